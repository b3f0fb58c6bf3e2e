//! Thresholds moved up or down by their half-width, for `season/sensitivity.rs`.

use super::{Ceiling, Estimate, Thresholds};
use crate::rule::RecoveryRule;

/// What may be off, and which way. Maximal, resting and threshold heart rate move together, as they do from one heart to
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    HigherHeartRate,
    LowerHeartRate,
    FasterPace,
    SlowerPace,
}

impl Shift {
    pub const ALL: [Shift; 4] = [Shift::HigherHeartRate, Shift::LowerHeartRate, Shift::FasterPace, Shift::SlowerPace];

    /// Whether it is the heart rates that are off, not the pace.
    pub fn is_of_heart_rate(self) -> bool {
        matches!(self, Shift::HigherHeartRate | Shift::LowerHeartRate)
    }

    /// The thresholds moved by their half-widths: one standard deviation.
    pub fn of(self, thresholds: &Thresholds, rule: &RecoveryRule) -> Thresholds {
        let mut moved = thresholds.clone();
        let by = |sign: f64, e: &Estimate| Estimate { value: e.value + sign * e.half_width, ..*e };
        if self.is_of_heart_rate() {
            let sign = if self == Shift::HigherHeartRate { 1.0 } else { -1.0 };
            moved.heart_rate_max = by(sign, &thresholds.heart_rate_max);
            moved.heart_rate_rest = by(sign, &thresholds.heart_rate_rest);
            moved.heart_rate_threshold = by(sign, &thresholds.heart_rate_threshold);
            let heart_rates = [&moved.heart_rate_max, &moved.heart_rate_rest, &moved.heart_rate_threshold];
            moved.recovery = Ceiling::of(rule, heart_rates, moved.age_years);
        } else {
            let sign = if self == Shift::FasterPace { 1.0 } else { -1.0 };
            moved.speed_threshold = thresholds.speed_threshold.as_ref().map(|speed| by(sign, speed));
        }
        moved
    }
}
