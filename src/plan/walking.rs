//! For whom even the slowest jog is too hard for recovery: how much of it to walk (methods §7.5).

use super::Ceilings;
use crate::athlete::Thresholds;
use crate::label::Baseline;

/// Nobody jogs slower than this, m/s.
const SLOWEST_JOG_MPS: f64 = 1.9;
/// How heart rate follows speed where the runner's own line is not known, and within which bounds it is believed, bpm for
/// each m/s.
const USUAL_SLOPE: f64 = 35.0;
const SLOPES: (f64, f64) = (20.0, 60.0);
/// Heart rate while walking, as a share of the reserve, where none was recorded.
const WALK_OF_RESERVE: f64 = 0.35;
/// A smaller share is within what a heart rate can say; a larger one is a walk.
const LEAST_SHARE: f64 = 0.1;
const MOST_SHARE: f64 = 2.0 / 3.0;

/// Share of a recovery run to be walked; 0 where the slowest jog stays below the ceiling, or nobody can say.
pub(super) fn walk_share(usual: &Baseline, thresholds: &Thresholds, ceilings: &Ceilings) -> f64 {
    let (Some(bpm), Some(mps), Some(ceiling)) = (usual.usual_bpm, usual.usual_mps, ceilings.recovery_hr_bpm) else {
        return 0.0;
    };
    let slope = thresholds.line.map_or(USUAL_SLOPE, |line| line.slope).clamp(SLOPES.0, SLOPES.1);
    let jog_bpm = bpm - slope * (mps - SLOWEST_JOG_MPS).max(0.0);
    let (rest, max) = (thresholds.heart_rate_rest.value, thresholds.heart_rate_max.value);
    let walk_bpm = usual.walking_bpm.unwrap_or(rest + WALK_OF_RESERVE * (max - rest));
    share(jog_bpm, walk_bpm, ceiling)
}

/// The share of walking with which the mean heart rate is at the ceiling.
fn share(jog_bpm: f64, walk_bpm: f64, ceiling_bpm: f64) -> f64 {
    if jog_bpm <= ceiling_bpm {
        return 0.0;
    }
    let share = (jog_bpm - ceiling_bpm) / (jog_bpm - walk_bpm.min(ceiling_bpm));
    if share < LEAST_SHARE { 0.0 } else { share.min(MOST_SHARE) }
}

/// Minutes of jogging and of walking in turns, with at least so much walking.
pub(super) fn turns(share: f64) -> (f64, f64) {
    let walk = if share > 1.0 / 3.0 { 2.0 } else { 1.0 };
    let jog = walk / share.clamp(LEAST_SHARE, MOST_SHARE) - walk;
    // In half minutes, so that a watch can be read.
    ((2.0 * jog + 1e-9).floor().max(1.0) / 2.0, walk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_cannot_jog_gently_enough_walks() {
        assert_eq!(share(140.0, 105.0, 144.0), 0.0);
        // 158 when jogging, 110 when walking, 145 allowed: 13 of 48.
        assert!((share(158.0, 110.0, 145.0) - 13.0 / 48.0).abs() < 1e-12);
        // Where walking itself is too hard, the most is walked.
        assert_eq!(share(170.0, 150.0, 140.0), MOST_SHARE);
        assert_eq!(share(146.0, 100.0, 145.0), 0.0);
    }

    #[test]
    fn turns_walk_at_least_the_share() {
        assert_eq!(turns(13.0 / 48.0), (2.5, 1.0));
        assert_eq!(turns(0.5), (2.0, 2.0));
        assert_eq!(turns(MOST_SHARE), (1.0, 2.0));
        for percent in 10..=66 {
            let (jog, walk) = turns(f64::from(percent) / 100.0);
            assert!(walk / (jog + walk) >= f64::from(percent) / 100.0 - 1e-9, "{percent}");
        }
    }
}
