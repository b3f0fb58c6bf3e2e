//! Whether a heart rate that follows the cadence is the runner's or the steps' (methods §1.4 e).

use crate::digest::Trace;
use crate::physiology::statistics::{Line, mean};

/// A locked heart rate this far above the heart-rate–speed line is the cadence, bpm.
const LOCK_EXCESS_BPM: f64 = 12.0;

/// The seconds of one recording whose heart rate follows the cadence, as means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locked {
    gap_mps: Option<f64>,
    heart_rate_bpm: Option<f64>,
}

/// What the runner's other runs say of such seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// As high as this runner's heart is at this speed: fast runners do have a heart rate near their cadence.
    Plausible,
    /// There is nothing to judge it by.
    Suspect,
    /// Far above what this runner's heart does at this speed.
    Wrong,
}

impl Locked {
    /// `None` where no second is flagged.
    pub fn in_trace(trace: &Trace) -> Option<Locked> {
        if !trace.has_cadence_lock() {
            return None;
        }
        let seconds = trace.seconds().filter(|s| s.cadence_lock);
        let (speeds, beats): (Vec<f64>, Vec<f64>) =
            seconds.filter_map(|s| Some((s.gap_mps?, s.heart_rate_bpm?))).unzip();
        Some(Locked { gap_mps: mean(&speeds), heart_rate_bpm: mean(&beats) })
    }

    /// Judges by the runner's heart-rate–speed line.
    pub fn judge(self, line: Option<Line>) -> Lock {
        let expected = line.zip(self.gap_mps).and_then(|(line, mps)| line.at(mps));
        match self.heart_rate_bpm.zip(expected) {
            Some((bpm, expected)) if bpm >= expected + LOCK_EXCESS_BPM => Lock::Wrong,
            Some(_) => Lock::Plausible,
            None => Lock::Suspect,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_the_steps_from_the_heart() {
        let line = Some(Line { slope: 20.0, intercept: 80.0 });
        let locked = |bpm| Locked { gap_mps: Some(3.0), heart_rate_bpm: Some(bpm) };
        assert_eq!(locked(172.0).judge(line), Lock::Wrong);
        assert_eq!(locked(151.9).judge(line), Lock::Plausible);
        assert_eq!(locked(172.0).judge(None), Lock::Suspect);
    }
}
