//! How to pin a threshold down.

use super::estimate::{Basis, Estimate, Trust};

/// Which threshold is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdKind {
    MaximalHeartRate,
    RestingHeartRate,
    ThresholdHeartRate,
    ThresholdPace,
}

impl ThresholdKind {
    /// What would make the estimate surer; `None` where it is good enough.
    pub fn advice(self, estimate: Option<&Estimate>) -> Option<&'static str> {
        if estimate.is_some_and(|e| e.trust == Trust::High) {
            return None;
        }
        let basis = estimate.map(|e| e.basis);
        Some(match self {
            ThresholdKind::MaximalHeartRate if matches!(basis, Some(Basis::Assumed)) => {
                "write birth_year in profile.toml; surer: the highest heart rate at the end of an all-out 5 km"
            }
            ThresholdKind::MaximalHeartRate => "the highest heart rate at the end of an all-out 5 km would settle it",
            ThresholdKind::RestingHeartRate => {
                "count it in the morning before you get up: heart_rate_rest_bpm in profile.toml"
            }
            ThresholdKind::ThresholdHeartRate => {
                "run 30 min as hard as you can hold: the mean of the last 20 min is heart_rate_threshold_bpm"
            }
            ThresholdKind::ThresholdPace => {
                "a race of 5 km to half marathon, or 30 min as hard as you can hold, would settle it"
            }
        })
    }
}
