//! The heart rate that may be believed, now that the athlete is known (methods §1.4 a and e).

use crate::athlete::{ABOVE_MAX, Thresholds};
use crate::cadence_lock::{Lock, Locked};
use crate::digest::Trace;
use crate::dry_strap::dry_s;
use crate::trace_sums::{RecordedBeats, TraceSums, seconds_at};

/// Coverage from which a heart rate counts as whole.
pub const GOOD_COVERAGE: f64 = 0.8;
/// Coverage below which a run counts as having no heart rate.
pub const LEAST_COVERAGE: f64 = 0.5;

/// The believed heart rate of one recording.
#[derive(Clone, Debug, PartialEq)]
pub struct HeartRate {
    /// One value a second of the trace, bpm, and 0 where missing; `None` where every value of the trace is believed, as
    /// nearly always: a season has millions of them.
    beats: Option<Vec<u8>>,
    /// Seconds at each of them that occurs, (bpm, s), the lowest first.
    seconds_at: Vec<(u8, u32)>,
    /// Moving seconds with a heart rate, as a fraction of all moving seconds, 0..=1.
    pub coverage: f64,
    /// Some of it follows the cadence, yet not clearly wrongly.
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
    /// Of a trace with its sums.
    pub fn of(trace: &Trace, sums: &TraceSums, thresholds: &Thresholds) -> HeartRate {
        let highest = ABOVE_MAX * thresholds.heart_rate_max.value;
        let all_is_possible = sums.beats.highest_bpm().is_none_or(|bpm| bpm <= highest);
        // Of nearly every run all is believed, and its sums say the rest.
        if thresholds.uses_heart_rate && all_is_possible && !sums.beats.is_doubtful {
            return HeartRate::as_recorded(&sums.beats);
        }
        let trace = &*trace.open();
        let lock = Locked::in_trace(trace).map(|locked| locked.judge(thresholds.line));
        let dry_s = dry_s(trace, thresholds.line);
        let mut beats = Vec::with_capacity(trace.len());
        let (mut moving, mut valid, mut sum) = (0_u32, 0_u32, 0.0);
        let mut max_bpm: Option<f64> = None;
        for (at, second) in trace.seconds().enumerate() {
            let is_wrong = at < dry_s || second.cadence_lock && lock == Some(Lock::Wrong);
            let is_believed = |v: &f64| thresholds.uses_heart_rate && *v <= highest && !is_wrong;
            let value = second.heart_rate_bpm.filter(is_believed);
            // Whole numbers up to 255, as the trace keeps them.
            beats.push(value.map_or(0, |bpm| bpm as u8));
            max_bpm = max_bpm.into_iter().chain(value).reduce(f64::max);
            if second.moving {
                moving += 1;
                valid += u32::from(value.is_some());
                sum += value.unwrap_or(0.0);
            }
        }
        HeartRate {
            seconds_at: seconds_at(&beats),
            beats: (beats != trace.beats()).then_some(beats),
            coverage: if moving > 0 { f64::from(valid) / f64::from(moving) } else { 0.0 },
            suspect: matches!(lock, Some(Lock::Suspect | Lock::Plausible)),
            mean_bpm: (valid > 0).then(|| sum / f64::from(valid)),
            max_bpm,
        }
    }

    fn as_recorded(beats: &RecordedBeats) -> HeartRate {
        HeartRate {
            beats: None,
            seconds_at: beats.seconds_at.clone(),
            coverage: beats.coverage(),
            suspect: false,
            mean_bpm: (beats.moving_beats_s > 0).then(|| beats.moving_sum / f64::from(beats.moving_beats_s)),
            max_bpm: beats.highest_bpm(),
        }
    }

    /// One value a second of the trace that this is the heart rate of, bpm.
    pub fn bpm<'a>(&'a self, trace: &'a Trace) -> impl ExactSizeIterator<Item = Option<f64>> + use<'a> {
        self.beats(trace).iter().map(|bpm| (*bpm != 0).then(|| f64::from(*bpm)))
    }

    /// The same as they are kept: bpm, and 0 where missing.
    pub fn beats<'a>(&'a self, trace: &'a Trace) -> &'a [u8] {
        self.beats.as_deref().unwrap_or(trace.beats())
    }

    /// Seconds spent at each heart rate that occurs, (bpm, s).
    pub fn seconds_at(&self) -> impl Iterator<Item = (f64, f64)> {
        self.seconds_at.iter().map(|(bpm, seconds)| (f64::from(*bpm), f64::from(*seconds)))
    }

    /// The values that are not those of the trace; `None` where all are.
    pub fn own_beats(&self) -> Option<&[u8]> {
        self.beats.as_deref()
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
