//! The heart rate that may be believed, now that the athlete is known (methods §1.4 a and e).

use crate::athlete::{ABOVE_MAX, Thresholds};
use crate::digest::Trace;

/// A locked heart rate this far above the heart-rate–speed line is the cadence, bpm.
const LOCK_EXCESS_BPM: f64 = 12.0;
/// Coverage from which a heart rate counts as whole.
pub const GOOD_COVERAGE: f64 = 0.8;
/// Coverage below which a run counts as having no heart rate.
pub const LEAST_COVERAGE: f64 = 0.5;

/// The believed heart rate of one recording.
#[derive(Clone, Debug, PartialEq)]
pub struct HeartRate {
    /// One value a second of the trace, bpm.
    pub bpm: Vec<Option<f64>>,
    /// Moving seconds with a heart rate, as a fraction of all moving seconds, 0..=1.
    pub coverage: f64,
    /// It follows the cadence, yet not clearly wrongly.
    pub suspect: bool,
    /// Mean over the moving seconds, bpm.
    pub mean_bpm: Option<f64>,
    /// bpm.
    pub max_bpm: Option<f64>,
}

/// How much of a heart rate there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// At least four fifths, and nothing suspect.
    Good,
    /// Half or more, or suspect.
    Partial,
    /// Under half of the moving time: as good as none.
    None,
}

impl HeartRate {
    pub fn of(trace: &Trace, thresholds: &Thresholds) -> HeartRate {
        let highest = ABOVE_MAX * thresholds.heart_rate_max.value;
        let locked = Lock::of(trace, thresholds);
        let mut bpm = Vec::with_capacity(trace.len());
        let (mut moving, mut valid, mut sum) = (0_u32, 0_u32, 0.0);
        let mut max_bpm: Option<f64> = None;
        for second in trace.seconds() {
            let value =
                second.heart_rate_bpm.filter(|v| *v <= highest && !(second.cadence_lock && locked == Lock::Deleted));
            bpm.push(value);
            max_bpm = max_bpm.into_iter().chain(value).reduce(f64::max);
            if second.moving {
                moving += 1;
                valid += u32::from(value.is_some());
                sum += value.unwrap_or(0.0);
            }
        }
        HeartRate {
            bpm,
            coverage: if moving > 0 { f64::from(valid) / f64::from(moving) } else { 0.0 },
            suspect: locked == Lock::Suspect,
            mean_bpm: (valid > 0).then(|| sum / f64::from(valid)),
            max_bpm,
        }
    }

    pub fn quality(&self) -> Coverage {
        if self.coverage < LEAST_COVERAGE {
            Coverage::None
        } else if self.coverage < GOOD_COVERAGE || self.suspect {
            Coverage::Partial
        } else {
            Coverage::Good
        }
    }
}

/// What to do with seconds whose heart rate follows the cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    Absent,
    /// Fast runners do have a heart rate near their cadence: keep it, but say so.
    Suspect,
    /// Far above what this runner's heart does at this speed.
    Deleted,
}

impl Lock {
    fn of(trace: &Trace, thresholds: &Thresholds) -> Lock {
        let locked = || trace.seconds().filter(|s| s.cadence_lock);
        if locked().next().is_none() {
            return Lock::Absent;
        }
        let pairs: Vec<(f64, f64)> = locked().filter_map(|s| Some((s.graded_mps?, s.heart_rate_bpm?))).collect();
        let (Some(line), false) = (&thresholds.line, pairs.is_empty()) else { return Lock::Suspect };
        let n = pairs.len() as f64;
        let (speed, bpm) = pairs.iter().fold((0.0, 0.0), |(s, b), p| (s + p.0 / n, b + p.1 / n));
        let clearly_wrong = line.at(speed).is_some_and(|expected| bpm >= expected + LOCK_EXCESS_BPM);
        if clearly_wrong { Lock::Deleted } else { Lock::Suspect }
    }
}
