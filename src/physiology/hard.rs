//! The hard seconds of a run: fast segments, time at threshold and above, and whether it looks like a race (methods §6, §6.1, §6.2).
//!
//! Series are one value a second over moving time, graded speed beside heart rate. Call these once for each unbroken stretch.

use super::curve::riegel_speed_mps;
use super::statistics::trailing_mean_present;
use std::ops::Range;

/// Seconds over which speed is averaged before it is called fast.
const WINDOW_S: usize = 10;
/// Share of threshold speed up to which running is easy.
pub const EASY_SHARE: f64 = 0.87;
/// Share of threshold speed from which running is fast.
const FAST_SHARE: f64 = 0.95;
/// Share of LTHR from which a heart rate is that of hard running.
const HARD_SHARE_OF_LTHR: f64 = 0.97;
/// Threshold speeds of low confidence are multiplied by this before fast segments are looked for.
pub const LOW_CONFIDENCE_FACTOR: f64 = 1.03;
/// Fast segments of at least so many seconds count as repetitions.
const REPETITION_S: usize = 30;
/// Seconds over which graded speed is averaged before it is compared with a threshold.
pub const SMOOTHING_S: usize = 30;

/// Stretches of at least 15 s whose 10-s trailing mean is at least 0.95 of threshold speed, as ranges of places.
///
/// Shorter ones are skips and drills, which belong in a recovery run.
pub fn fast_segments(graded_mps: &[Option<f64>], threshold_mps: f64) -> Vec<Range<usize>> {
    const LEAST_S: usize = 15;
    let limit = FAST_SHARE * threshold_mps;
    // A mean is as high as this only where a value is: in most runs none is.
    if !graded_mps.iter().flatten().any(|mps| *mps >= limit) {
        return Vec::new();
    }
    let fast: Vec<bool> = (trailing_mean_present(graded_mps, WINDOW_S).into_iter())
        .map(|mean| mean.is_some_and(|mps| mps >= limit))
        .collect();
    let mut place = 0;
    let segments = fast.chunk_by(|a, b| a == b).map(|chunk| {
        let start = place;
        place += chunk.len();
        start..place
    });
    segments.filter(|segment| fast[segment.start] && segment.len() >= LEAST_S).collect()
}

/// How often a runner repeated something fast for at least 30 s, with a recovery between; `fast` are the
/// [`fast_segments`].
///
/// Fast segments are one repetition unless 20 s or more lie between them in which the 10-s mean falls to easy running
/// (0.87 of threshold speed): a tempo run at just the limit flickers around it.
pub fn repetitions(graded_mps: &[Option<f64>], fast: &[Range<usize>], threshold_mps: f64) -> usize {
    const LEAST_RECOVERY_S: usize = 20;
    let mean = if fast.len() > 1 { trailing_mean_present(graded_mps, WINDOW_S) } else { Vec::new() };
    let eased = |between: Range<usize>| {
        between.len() >= LEAST_RECOVERY_S
            && mean[between].iter().any(|mps| mps.is_none_or(|mps| mps < EASY_SHARE * threshold_mps))
    };
    let mut repetitions: Vec<Range<usize>> = Vec::new();
    for segment in fast {
        match repetitions.last_mut().filter(|last| !eased(last.end..segment.start)) {
            Some(last) => last.end = segment.end,
            None => repetitions.push(segment.clone()),
        }
    }
    repetitions.iter().filter(|repetition| repetition.len() >= REPETITION_S).count()
}

/// What hard running is measured against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HardLimits {
    pub lthr_bpm: Option<f64>,
    /// `None` where it is not known or the pace is not to be trusted.
    pub threshold_mps: Option<f64>,
    /// Whether pace may decide where no heart rate confirms or denies it. Not before the threshold is well known:
    /// with fewer than 20 earlier runs it says nothing.
    pub pace_alone: bool,
}

/// Seconds of hard running (methods §6): a heart rate of at least 0.97·LTHR that is not spent at a crawl
/// (30-s speed at least 0.80 of threshold), or a 30-s speed of at least 0.95 of threshold that the heart
/// confirms by reaching 0.90·LTHR within the next 30 s.
///
/// The two series are of the same length; places beyond the shorter are not looked at.
pub fn hard_seconds(graded_mps: &[Option<f64>], heart_rate_bpm: &[Option<f64>], limits: &HardLimits) -> usize {
    let fast = |mps: &f64| limits.threshold_mps.is_some_and(|threshold| *mps >= FAST_SHARE * threshold);
    let high = |bpm: &f64| limits.lthr_bpm.is_some_and(|lthr| *bpm >= HARD_SHARE_OF_LTHR * lthr);
    if !graded_mps.iter().flatten().any(fast) && !heart_rate_bpm.iter().flatten().any(high) {
        return 0;
    }
    let speed = trailing_mean_present(graded_mps, SMOOTHING_S);
    let places = speed.len().min(heart_rate_bpm.len());
    (0..places)
        .filter(|i| {
            hard_by_heart(heart_rate_bpm[*i], speed[*i], limits) || hard_by_pace(&speed, heart_rate_bpm, *i, limits)
        })
        .count()
}

fn hard_by_heart(bpm: Option<f64>, speed_mps: Option<f64>, limits: &HardLimits) -> bool {
    const CRAWL_SHARE: f64 = 0.80;
    let (Some(bpm), Some(lthr)) = (bpm, limits.lthr_bpm) else { return false };
    let no_crawl =
        limits.threshold_mps.is_none_or(|threshold| speed_mps.is_some_and(|mps| mps >= CRAWL_SHARE * threshold));
    bpm >= HARD_SHARE_OF_LTHR * lthr && no_crawl
}

fn hard_by_pace(speed_mps: &[Option<f64>], bpm: &[Option<f64>], place: usize, limits: &HardLimits) -> bool {
    const CONFIRMING_SHARE_OF_LTHR: f64 = 0.90;
    const CONFIRMING_S: usize = 30;
    let (Some(mps), Some(threshold)) = (speed_mps[place], limits.threshold_mps) else { return false };
    if mps < FAST_SHARE * threshold {
        return false;
    }
    let mut ahead = bpm[place..bpm.len().min(place + CONFIRMING_S + 1)].iter().flatten().peekable();
    match limits.lthr_bpm.filter(|_| ahead.peek().is_some()) {
        Some(lthr) => ahead.any(|bpm| *bpm >= CONFIRMING_SHARE_OF_LTHR * lthr),
        None => limits.pace_alone,
    }
}

/// The distances people race over, metres.
pub const RACE_DISTANCES_M: [f64; 9] =
    [5_000.0, 10_000.0, 15_000.0, 16_093.4, 21_097.5, 25_000.0, 30_000.0, 42_195.0, 50_000.0];

/// The race distance that a measured one is within -1..+4 % of.
pub fn race_distance_m(distance_m: f64) -> Option<f64> {
    RACE_DISTANCES_M.into_iter().find(|race| (0.99 * race..=1.04 * race).contains(&distance_m))
}

/// What a run shows of a race, beside its title.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceSigns {
    pub distance_m: f64,
    pub mean_graded_mps: Option<f64>,
    pub threshold_mps: Option<f64>,
    pub mean_heart_rate_bpm: Option<f64>,
    pub lthr_bpm: Option<f64>,
    /// Share of the elapsed time spent standing, 0..=1.
    pub stop_share: f64,
}

/// True for a race distance run without stops (at most 3 %) at 0.95 of the speed that Riegel expects, or at the heart
/// rate of a race that long (methods §6.1).
pub fn looks_like_race(signs: &RaceSigns) -> bool {
    const MOST_STOPPED: f64 = 0.03;
    const RACE_PACE_SHARE: f64 = 0.95;
    let Some(race_m) = race_distance_m(signs.distance_m) else { return false };
    let expected = signs.threshold_mps.and_then(|threshold| riegel_speed_mps(threshold, signs.distance_m));
    let at_race_pace = signs.mean_graded_mps.zip(expected).is_some_and(|(mps, riegel)| mps >= RACE_PACE_SHARE * riegel);
    let at_race_heart_rate = (signs.mean_heart_rate_bpm.zip(signs.lthr_bpm))
        .is_some_and(|(bpm, lthr)| bpm >= race_share_of_lthr(race_m) * lthr);
    signs.stop_share <= MOST_STOPPED && (at_race_pace || at_race_heart_rate)
}

/// Mean heart rate of a race as a share of LTHR, by its distance.
fn race_share_of_lthr(race_m: f64) -> f64 {
    const BY_DISTANCE: [(f64, f64); 4] = [(5_000.0, 0.99), (10_000.0, 0.97), (21_100.0, 0.94), (42_200.0, 0.88)];
    const LONGER: f64 = 0.80;
    BY_DISTANCE.iter().find(|(up_to_m, _)| race_m <= *up_to_m).map_or(LONGER, |(_, share)| *share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: HardLimits = HardLimits { lthr_bpm: Some(170.0), threshold_mps: Some(3.7), pace_alone: true };

    #[test]
    fn a_hole_ends_a_fast_segment() {
        let places = |speeds: &[Option<f64>]| -> Vec<(usize, usize)> {
            fast_segments(speeds, 3.7).iter().map(|segment| (segment.start, segment.end)).collect()
        };
        let mut speeds = vec![Some(4.0); 40];
        assert_eq!(places(&speeds), [(0, 40)]);
        speeds[12] = None;
        assert_eq!(places(&speeds), [(13, 40)]);
        speeds[30] = None;
        assert_eq!(places(&speeds), [(13, 30)]);
        assert_eq!(places(&[]), []);
    }

    #[test]
    fn a_flickering_tempo_is_one_repetition() {
        let series = |parts: &[(usize, f64)]| -> Vec<Option<f64>> {
            parts.iter().flat_map(|(seconds, mps)| vec![Some(*mps); *seconds]).collect()
        };
        let repetitions = |series: &[Option<f64>]| repetitions(series, &fast_segments(series, 3.7), 3.7);
        let flickering = series(&[(60, 3.6), (40, 3.4), (60, 3.6), (40, 3.4), (60, 3.6)]);
        assert_eq!(repetitions(&flickering), 1);
        let repeated = series(&[(60, 4.0), (60, 2.5), (60, 4.0), (60, 2.5), (25, 4.0)]);
        assert_eq!(repetitions(&repeated), 2);
        assert_eq!(repetitions(&[]), 0);
    }

    #[test]
    fn fast_without_a_heartbeat_to_match_is_not_hard() {
        let speeds = [Some(4.0); 100];
        assert_eq!(hard_seconds(&speeds, &[Some(120.0); 100], &LIMITS), 0);
        assert_eq!(hard_seconds(&speeds, &[None; 100], &LIMITS), 100);
        assert_eq!(hard_seconds(&speeds, &[None; 100], &HardLimits { pace_alone: false, ..LIMITS }), 0);
        assert_eq!(hard_seconds(&speeds, &[Some(155.0); 100], &LIMITS), 100);
    }

    #[test]
    fn the_heart_may_lag_by_half_a_minute() {
        let mut heart = [Some(120.0); 100];
        heart[60] = Some(153.0);
        assert_eq!(hard_seconds(&[Some(3.6); 100], &heart, &LIMITS), 31);
    }

    #[test]
    fn race_distances_allow_for_measuring() {
        assert_eq!(race_distance_m(21_300.0), Some(21_097.5));
        assert_eq!([4_949.0, 5_201.0, 8_000.0].map(race_distance_m), [None; 3]);
    }

    #[test]
    fn an_ultra_is_raced_at_a_lower_heart_rate() {
        let signs = RaceSigns {
            distance_m: 50_500.0,
            mean_graded_mps: None,
            threshold_mps: None,
            mean_heart_rate_bpm: Some(138.0),
            lthr_bpm: Some(170.0),
            stop_share: 0.02,
        };
        assert!(looks_like_race(&signs));
        assert!(!looks_like_race(&RaceSigns { distance_m: 42_195.0, ..signs }));
    }
}
