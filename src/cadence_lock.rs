//! Whether a heart rate that follows the cadence is the runner's or the steps' (methods §1.4 e).

use crate::digest::{Second, Trace};
use crate::physiology::statistics::{Line, mean};
use serde::{Deserialize, Serialize};

/// A locked heart rate this far above the heart-rate–speed line is the cadence, bpm.
const LOCK_EXCESS_BPM: f64 = 12.0;
/// The rest of a run tells of its locked seconds if it has so many of its own after the heart has warmed up, s, and if the
/// locked ones were no faster than this multiple of them.
const LEAST_BESIDE_S: usize = 300;
const WARM_UP_S: usize = 180;
const AS_FAST: f64 = 1.05;

/// The seconds of one recording whose heart rate follows the cadence, as means.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Locked {
    gap_mps: Option<f64>,
    heart_rate_bpm: Option<f64>,
    /// Speed and heart rate of what was run beside them: m/s, bpm.
    beside: Option<(f64, f64)>,
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
        let pairs = |seconds: &mut dyn Iterator<Item = Second>| -> (Vec<f64>, Vec<f64>) {
            seconds.filter_map(|s| Some((s.gap_mps?, s.heart_rate_bpm?))).unzip()
        };
        let (speeds, beats) = pairs(&mut trace.seconds().filter(|s| s.cadence_lock));
        let warm = trace.seconds().skip(WARM_UP_S);
        let (free_speeds, free_beats) = pairs(&mut warm.filter(|s| s.running && !s.cadence_lock));
        let beside = mean(&free_speeds).zip(mean(&free_beats)).filter(|_| free_beats.len() >= LEAST_BESIDE_S);
        Some(Locked { gap_mps: mean(&speeds), heart_rate_bpm: mean(&beats), beside })
    }

    /// Judges by the runner's heart-rate–speed line; where there is none, by the rest of the run, if that was as fast.
    pub fn judge(self, line: Option<Line>) -> Lock {
        let expected = line.zip(self.gap_mps).and_then(|(line, mps)| line.at(mps));
        let beside = self.beside.zip(self.gap_mps).filter(|((mps, _), locked)| *locked <= AS_FAST * mps);
        let is_above = |expected: f64| self.heart_rate_bpm.is_some_and(|bpm| bpm >= expected + LOCK_EXCESS_BPM);
        match (expected, beside) {
            (Some(expected), _) if is_above(expected) => Lock::Wrong,
            (Some(_), _) if self.heart_rate_bpm.is_some() => Lock::Plausible,
            (None, Some(((_, expected), _))) if is_above(expected) => Lock::Wrong,
            _ => Lock::Suspect,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_the_steps_from_the_heart() {
        let line = Some(Line { slope: 20.0, intercept: 80.0 });
        let locked = |bpm| Locked { gap_mps: Some(3.0), heart_rate_bpm: Some(bpm), beside: None };
        assert_eq!(locked(172.0).judge(line), Lock::Wrong);
        assert_eq!(locked(151.9).judge(line), Lock::Plausible);
        assert_eq!(locked(172.0).judge(None), Lock::Suspect);
    }

    #[test]
    fn without_a_line_the_rest_of_the_run_tells() {
        let beside = |mps, bpm| Locked { gap_mps: Some(3.0), heart_rate_bpm: Some(170.0), beside: Some((mps, bpm)) };
        assert_eq!(beside(3.0, 142.0).judge(None), Lock::Wrong);
        assert_eq!(beside(3.0, 160.0).judge(None), Lock::Suspect, "as high as the rest");
        assert_eq!(beside(2.6, 142.0).judge(None), Lock::Suspect, "faster than the rest");
    }
}
