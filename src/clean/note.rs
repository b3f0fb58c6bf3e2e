//! Notes on what cleaning changed or doubts.

use super::distance::{Fault, Mended, Witness};
use crate::units::{Metres, Seconds, Spoken};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something cleaning had to put up with, or decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CleanNote {
    /// The clock jumped back by this much in all; what follows was moved on.
    ClockJumpedBack { seconds: f64, confirmed: bool },
    /// The clock was set after so many samples, which were moved to those that follow. The device's timer may confirm how long
    /// it was, here as above.
    ClockSet { samples: usize, confirmed: bool },
    /// Samples stood in another order than their times.
    OutOfOrder { samples: usize },
    /// One source of distance was not believed.
    Distance(Mended),
    /// Faster than any runner: a drive, left out.
    Drive { seconds: f64, place: DrivePlace, before_m: f64, after_m: f64 },
    /// The file's totals tell of more than its samples do.
    TotalsKnowMore { whose: TotalsOf, timer_s: f64, distance_m: Option<f64>, recorded_s: f64, recorded_m: f64 },
    /// Hours at next to no speed and without a heart rate: a day's steps.
    StepCounter { seconds: f64, distance_m: f64 },
    /// Longer than anybody exercises.
    TooLong { seconds: f64 },
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

/// Who tells of more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TotalsOf {
    /// The totals of the whole.
    Whole,
    Laps,
}

/// Where in the recording something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrivePlace {
    Start,
    Middle,
    End,
    /// In more than one of these.
    Several,
}

/// `1 point`, `2 points`.
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl fmt::Display for CleanNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CleanNote::ClockJumpedBack { seconds, .. } => {
                let by =
                    if *seconds < 3600.0 { format!("{seconds:.0} s") } else { Spoken(Seconds(*seconds)).to_string() };
                write!(f, "its clock jumped back by {by}; both sides were joined")
            }
            CleanNote::ClockSet { samples, .. } => {
                write!(f, "its clock was set on the way; {} before that moved to match", counted(*samples, "sample"))
            }
            CleanNote::OutOfOrder { samples } => {
                write!(f, "{} out of order, sorted by time", counted(*samples, "sample"))
            }
            CleanNote::Distance(mended) => mended.fmt(f),
            CleanNote::Drive { seconds, place, before_m, after_m } => {
                let (before, after) = (Metres(*before_m), Metres(*after_m));
                let time = Seconds(*seconds);
                write!(
                    f,
                    "distance {before} with a drive, {after} without: {time} {place}, faster than any runner, left out"
                )
            }
            CleanNote::TotalsKnowMore { whose, timer_s, distance_m, recorded_s, recorded_m } => {
                let stated = distance_m.map_or(String::new(), |m| format!("{} in ", Metres(m)));
                let (timer, recorded) = (Seconds(*timer_s), Seconds(*recorded_s));
                write!(
                    f,
                    "its {whose} say {stated}{timer}, its samples {} in {recorded}: only these count",
                    Metres(*recorded_m)
                )
            }
            CleanNote::StepCounter { seconds, distance_m } => {
                let (distance, time) = (Metres(*distance_m), Spoken(Seconds(*seconds)));
                write!(
                    f,
                    "{distance} in {time} without a heart rate: a day of steps is no exercise, so it carries no load"
                )
            }
            CleanNote::TooLong { seconds } => {
                let time = Spoken(Seconds(*seconds));
                write!(f, "{time} on the timer: nobody exercises for more than 48 hours, so it carries no load")
            }
            CleanNote::ForgottenWatch { seconds } => {
                write!(
                    f,
                    "{} of standing still at its end left out: the watch was not stopped",
                    Spoken(Seconds(*seconds))
                )
            }
            CleanNote::FarOffSamples { count } => {
                write!(f, "{} left out: the time is far from the rest", counted(*count, "sample"))
            }
            CleanNote::PositionSpikes { count } => {
                write!(f, "{} left out: getting there would take an impossible speed", counted(*count, "position"))
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

impl fmt::Display for TotalsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TotalsOf::Whole => "totals",
            TotalsOf::Laps => "laps",
        })
    }
}

impl fmt::Display for DrivePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DrivePlace::Start => "at its start",
            DrivePlace::Middle => "in the middle",
            DrivePlace::End => "at its end",
            DrivePlace::Several => "in several places",
        })
    }
}

impl fmt::Display for Mended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mended { before_m, before, after_m, after, fault } = self;
        write!(f, "distance {} by {before}, {}", Metres(*before_m), Metres(*after_m))?;
        match after {
            Witness::Counter => f.write_str(" mended")?,
            other => write!(f, " by {other}")?,
        }
        write!(f, ": {fault}")
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Witness::Counter => "the device's counter",
            Witness::Positions => "positions",
            Witness::Speed => "recorded speed",
            Witness::LapTotal => "lap total",
            Witness::SessionTotal => "session total",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::CounterInKilometres => "the counter was in km",
            Fault::CounterInMiles => "the counter was in miles",
            Fault::CounterOfIncrements => "the counter held the metres since the point before",
            Fault::CounterJumps => "the counter jumped",
            Fault::CounterBeganLate => "the counter was written late",
            Fault::CounterBeginsAnew => "the counter began again on the way",
            Fault::CounterStands => "the counter stood still",
            Fault::SpeedInKmh => "speed was in km/h",
            Fault::SpeedInMph => "speed was in mph",
            Fault::Corrected => "it was corrected by hand, as runners do on a treadmill",
            Fault::Outvoted => "two of its other channels agree",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_sentences() {
        let far = CleanNote::FarOffSamples { count: 1 };
        assert_eq!(far.to_string(), "1 sample left out: the time is far from the rest");
        let jump = CleanNote::ClockJumpedBack { seconds: 3600.0, confirmed: false };
        assert_eq!(jump.to_string(), "its clock jumped back by 1 h; both sides were joined");
        assert_eq!(CleanNote::Gaps { seconds: 61.0 }.to_string(), "nothing was recorded for 61 s with the timer on");
    }

    #[test]
    fn a_mended_distance_is_one_sentence() {
        let mended = |before_m, before, after_m, after, fault| {
            CleanNote::Distance(Mended { before_m, before, after_m, after, fault }).to_string()
        };
        assert_eq!(
            mended(18_144.0, Witness::Speed, 5040.0, Witness::LapTotal, Fault::SpeedInKmh),
            "distance 18.14 km by recorded speed, 5.04 km by lap total: speed was in km/h"
        );
        assert_eq!(
            mended(105_040.0, Witness::Counter, 5040.0, Witness::Counter, Fault::CounterJumps),
            "distance 105.04 km by the device's counter, 5.04 km mended: the counter jumped"
        );
        let drive = CleanNote::Drive { seconds: 1200.0, place: DrivePlace::End, before_m: 19_870.0, after_m: 5040.0 };
        let said =
            "distance 19.87 km with a drive, 5.04 km without: 20:00 at its end, faster than any runner, left out";
        assert_eq!(drive.to_string(), said);
    }
}
