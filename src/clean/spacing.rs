//! How far apart samples are.

use crate::activity::Sample;

/// Longest gap between records that is bridged by a straight line, in milliseconds (GoldenCheetah's default of 25 s).
pub const MAX_GAP_MS: i64 = 25_000;
/// Longest gap of a runner who visibly moved on: satellites lost, not a stop.
pub const MAX_LOST_MS: i64 = 120_000;

/// From this median spacing on, points are few: what is a gap depends on how far apart they are.
const FEW_POINTS_MS: i64 = 60_000;
/// So many steps are needed to say what is usual.
const LEAST_STEPS: usize = 5;
/// Where points are few, heart rate and the like go on over one and a half times their spacing, but never longer than this.
const LONGEST_CHANNEL_MS: i64 = 300_000;
/// Median spacing beyond which heart rate and the like are taken to go on for longer than 25 s.
const SPARSE_MS: i64 = 8_000;

/// How far apart the samples of a recording usually are, and what follows for its gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spacing {
    median_ms: i64,
}

impl Spacing {
    pub fn of(samples: &[Sample]) -> Spacing {
        let mut steps: Vec<i64> = samples.windows(2).map(|w| w[1].time_ms - w[0].time_ms).collect();
        let middle = steps.len() / 2;
        let is_known = steps.len() >= LEAST_STEPS;
        let median_ms = if is_known { *steps.select_nth_unstable(middle).1 } else { 0 };
        Spacing { median_ms }
    }

    /// The longest gap that is no pause, in milliseconds.
    pub fn gap_ms(self) -> i64 {
        if self.median_ms > FEW_POINTS_MS { self.median_ms.saturating_mul(4) } else { MAX_GAP_MS }
    }

    /// The longest gap of a runner who visibly moved on.
    pub fn lost_ms(self) -> i64 {
        self.gap_ms().max(MAX_LOST_MS)
    }

    /// Seconds between two samples.
    pub fn median_s(self) -> f64 {
        self.median_ms as f64 / 1000.0
    }

    /// Points are so far apart that more than 25 s between them may be usual.
    pub fn is_sparse(self) -> bool {
        self.median_ms > SPARSE_MS
    }

    /// The longest gap over which a channel is interpolated, in seconds (methods §1.4).
    pub fn channel_s(self) -> f64 {
        let ms = if self.is_sparse() { 4 * self.median_ms.min(MAX_LOST_MS) } else { MAX_GAP_MS };
        let few_ms = (self.median_ms.saturating_mul(3) / 2).min(LONGEST_CHANNEL_MS);
        ms.clamp(MAX_GAP_MS, MAX_LOST_MS).max(few_ms) as f64 / 1000.0
    }

    /// The longest gap over which distance is interpolated, in seconds, and the same for a runner who moved on.
    pub fn distance_s(self) -> (f64, f64) {
        (self.gap_ms() as f64 / 1000.0, self.lost_ms() as f64 / 1000.0)
    }
}
