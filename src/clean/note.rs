//! What cleaning had to say.

use crate::units::{Seconds, Spoken};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something cleaning had to put up with, or decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CleanNote {
    /// The clock jumped back by this much in all; what follows was moved on.
    ClockJumpedBack { seconds: f64 },
    /// The clock was set after so many samples, which were moved up to those that follow.
    ClockSet { samples: usize },
    /// The last seconds of the recording, an hour or more of standing still, were left out.
    ForgottenWatch { seconds: f64 },
    /// Samples more than a day from the rest were left out.
    FarOffSamples { count: usize },
    /// Points that would need more than 12.5 m/s.
    PositionSpikes { count: usize },
    /// Heart-rate values replaced by the median of their surroundings.
    HeartRateSpikes { seconds: usize },
    /// The same value for three minutes or more: the strap was dead.
    HeartRateFlat { seconds: usize },
    /// The heart rate follows the cadence.
    CadenceLock { seconds: usize },
    /// Time with the timer on and nothing recorded.
    Gaps { seconds: f64 },
    /// Cadence was stored for one leg and was doubled.
    SingleLegCadence,
}

/// `1 point`, `2 points`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl fmt::Display for CleanNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CleanNote::ClockJumpedBack { seconds } => {
                let by =
                    if *seconds < 3600.0 { format!("{seconds:.0} s") } else { Spoken(Seconds(*seconds)).to_string() };
                write!(f, "its clock jumped back by {by}; what follows was moved on")
            }
            CleanNote::ClockSet { samples } => {
                write!(f, "its clock was set after {}, which were moved up", counted(*samples, "sample"))
            }
            CleanNote::ForgottenWatch { seconds } => {
                write!(
                    f,
                    "{} of standing still at its end left out: the watch was not stopped",
                    Spoken(Seconds(*seconds))
                )
            }
            CleanNote::FarOffSamples { count } => {
                write!(f, "{} with a time far from the rest left out", counted(*count, "sample"))
            }
            CleanNote::PositionSpikes { count } => {
                write!(f, "{} left out that would need an impossible speed", counted(*count, "position"))
            }
            CleanNote::HeartRateSpikes { seconds } => write!(f, "{seconds} s of heart-rate spikes smoothed"),
            CleanNote::HeartRateFlat { seconds } => {
                write!(f, "{seconds} s of heart rate left out: it did not change for three minutes or more")
            }
            CleanNote::CadenceLock { seconds } => {
                write!(f, "for {seconds} s the heart rate follows the steps; the sensor may have counted those")
            }
            CleanNote::Gaps { seconds } => write!(f, "nothing was recorded for {seconds:.0} s with the timer on"),
            CleanNote::SingleLegCadence => f.write_str("its cadence counts one leg and was doubled"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_sentences() {
        let far = CleanNote::FarOffSamples { count: 1 };
        assert_eq!(far.to_string(), "1 sample with a time far from the rest left out");
        let jump = CleanNote::ClockJumpedBack { seconds: 3600.0 };
        assert_eq!(jump.to_string(), "its clock jumped back by 1 h; what follows was moved on");
        assert_eq!(CleanNote::Gaps { seconds: 61.0 }.to_string(), "nothing was recorded for 61 s with the timer on");
    }
}
