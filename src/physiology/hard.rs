//! The hard seconds of a run: fast segments, time at threshold and above, and whether it looks like a race (methods §6, §6.1, §6.2).
//!
//! Series are one value a second over moving time, grade-adjusted speed beside heart rate. Call these once for each unbroken stretch.

use super::statistics::{RunningMean, median, ratio, trailing_mean_present};
use std::ops::Range;
use std::sync::OnceLock;

/// Seconds over which speed is averaged before it is called fast.
const WINDOW_S: usize = 10;
/// Seconds that something fast lasts at least.
const LEAST_FAST_S: usize = 15;
/// Share of threshold speed up to which running is easy.
pub const EASY_SHARE: f64 = 0.87;
/// Share of threshold speed from which running is fast.
pub const FAST_SHARE: f64 = 0.95;
/// Share of LTHR from which a heart rate is that of hard running.
pub const HARD_SHARE_OF_LTHR: f64 = 0.97;
/// Seconds over which grade-adjusted speed is averaged before it is compared with a threshold.
pub const SMOOTHING_S: usize = 30;

/// Stretches of at least 15 s whose 10-s trailing mean is at least 0.95 of threshold speed, as ranges of places.
///
/// Shorter ones are skips and drills, which belong in a recovery run.
///
/// ```
/// use freshlegs::physiology::hard::fast_segments;
/// // A minute at 4.2 m/s between slow ones, threshold 3.7 m/s.
/// let gap: Vec<Option<f64>> = (0..180).map(|s| Some(if (60..120).contains(&s) { 4.2 } else { 2.7 })).collect();
/// let fast = fast_segments(&gap, 3.7);
/// assert_eq!(fast.len(), 1);
/// ```
pub fn fast_segments(gap_mps: &[Option<f64>], threshold_mps: f64) -> Vec<Range<usize>> {
    SpeedSeries::of(gap_mps.to_vec()).fast_segments(threshold_mps)
}

/// Grade-adjusted speed, one value a second, whose means are made once for all thresholds it is held against.
#[derive(Clone, Debug)]
pub struct SpeedSeries {
    /// As they are.
    plain: Speeds,
    /// Means over ten seconds, for what is fast.
    fast: OnceLock<Speeds>,
    /// Means over half a minute, for what is hard.
    smooth: OnceLock<Speeds>,
}

/// Speeds, m/s, and the highest of them: most runs never come near a threshold.
#[derive(Clone, Debug)]
struct Speeds {
    mps: Vec<Option<f64>>,
    highest_mps: Option<f64>,
}

impl Speeds {
    fn of(mps: Vec<Option<f64>>) -> Speeds {
        Speeds { highest_mps: mps.iter().flatten().copied().reduce(f64::max), mps }
    }

    fn reach(&self, limit_mps: f64) -> bool {
        self.highest_mps.is_some_and(|mps| mps >= limit_mps)
    }
}

impl SpeedSeries {
    /// Of values in m/s.
    pub fn of(mps: Vec<Option<f64>>) -> SpeedSeries {
        SpeedSeries { plain: Speeds::of(mps), fast: OnceLock::new(), smooth: OnceLock::new() }
    }

    /// The values, m/s.
    pub fn mps(&self) -> &[Option<f64>] {
        &self.plain.mps
    }

    /// The means over so many seconds, if one of them is fast. Where no second is, no mean is, and none is made.
    fn fast_means<'s>(&'s self, made: &'s OnceLock<Speeds>, window_s: usize, threshold_mps: f64) -> Option<&'s Speeds> {
        let limit = FAST_SHARE * threshold_mps;
        let means = self.plain.reach(limit).then(|| self.means(made, window_s));
        means.filter(|means| means.reach(limit))
    }

    fn means<'s>(&'s self, made: &'s OnceLock<Speeds>, window_s: usize) -> &'s Speeds {
        made.get_or_init(|| Speeds::of(trailing_mean_present(&self.plain.mps, window_s)))
    }

    /// The highest 30-s mean, m/s: no second is hard by pace at a limit above it.
    pub fn highest_smooth_mps(&self) -> Option<f64> {
        self.means(&self.smooth, SMOOTHING_S).highest_mps
    }

    /// The highest speed that the 10-s means hold for 15 s, m/s: nothing is a fast segment at a limit above it.
    pub fn highest_fast_mps(&self) -> Option<f64> {
        let means = self.means(&self.fast, WINDOW_S).mps.split(Option::is_none);
        means.filter_map(|unbroken| highest_held(unbroken, LEAST_FAST_S)).reduce(f64::max)
    }

    /// As [`fast_segments`].
    pub fn fast_segments(&self, threshold_mps: f64) -> Vec<Range<usize>> {
        let Some(Speeds { mps: means, .. }) = self.fast_means(&self.fast, WINDOW_S, threshold_mps) else {
            return Vec::new();
        };
        let limit = FAST_SHARE * threshold_mps;
        let is_fast = |mean: &Option<f64>| mean.is_some_and(|mps| mps >= limit);
        let mut place = 0;
        let segments = means.chunk_by(|a, b| is_fast(a) == is_fast(b)).map(|chunk| {
            let start = place;
            place += chunk.len();
            start..place
        });
        segments.filter(|segment| segment.len() >= LEAST_FAST_S && is_fast(&means[segment.start])).collect()
    }

    /// The places of [`hard_seconds`] beside a heart rate, bpm, and the highest value of that.
    pub fn hard_places(
        &self,
        heart_rate_bpm: &[Option<f64>],
        highest_bpm: Option<f64>,
        limits: &HardLimits,
    ) -> Vec<usize> {
        let is_fast = |threshold| self.fast_means(&self.smooth, SMOOTHING_S, threshold).is_some();
        let fast = limits.threshold_mps.is_some_and(is_fast);
        let high = |bpm: f64| limits.lthr_bpm.is_some_and(|lthr| bpm >= HARD_SHARE_OF_LTHR * lthr);
        if !fast && !highest_bpm.is_some_and(high) {
            return Vec::new();
        }
        let speed = &self.means(&self.smooth, SMOOTHING_S).mps;
        let [high_bpm, fast_mps] = [limits.lthr_bpm.map(|lthr| HARD_SHARE_OF_LTHR * lthr), limits.fast_mps()]
            .map(|limit| limit.unwrap_or(f64::INFINITY));
        let mut places = Vec::new();
        for (place, (bpm, mps)) in heart_rate_bpm.iter().zip(speed).enumerate() {
            // Most seconds are neither, and only these are looked at closely.
            let may_be = bpm.is_some_and(|bpm| bpm >= high_bpm) || mps.is_some_and(|mps| mps >= fast_mps);
            if may_be && (hard_by_heart(*bpm, *mps, limits) || hard_by_pace(speed, heart_rate_bpm, place, limits)) {
                places.push(place);
            }
        }
        places
    }
}

/// The highest of the lowest values of all windows; `None` where none is so long.
fn highest_held(values: &[Option<f64>], window: usize) -> Option<f64> {
    // Only values above the highest so far can raise it, and only if a window of them comes together.
    let (mut highest, mut above) = (None, 0);
    for (place, value) in values.iter().enumerate() {
        above = if *value > highest { above + 1 } else { 0 };
        if above == window {
            let held = &values[place + 1 - window..=place];
            highest = held.iter().copied().reduce(|a, b| if b < a { b } else { a }).flatten();
            above = held.iter().rev().take_while(|value| **value > highest).count();
        }
    }
    highest
}

/// Something fast that was repeated, with what lay between.
#[derive(Clone, Debug, PartialEq)]
pub struct Repetitions {
    /// Places of the repetitions.
    pub fast: Vec<Range<usize>>,
    /// Mean speed of the repetitions, m/s.
    pub fast_mps: f64,
    /// Mean speed of the recoveries between them, m/s.
    pub between_mps: f64,
}

impl Repetitions {
    /// Repetitions of at least 30 s with recoveries between: 20 s or more at a mean below `recovery_mps`. `None` of fewer
    /// than two.
    ///
    /// `fast` are the [`fast_segments`]; those without a recovery between are one: a tempo run at just the limit flickers.
    pub fn among(gap_mps: &[Option<f64>], fast: &[Range<usize>], recovery_mps: f64) -> Option<Repetitions> {
        const LEAST_S: usize = 30;
        const LEAST_RECOVERY_S: usize = 20;
        let speeds = |range: Range<usize>| gap_mps[range].iter().flatten().copied();
        let is_recovery = |between: Range<usize>| {
            let speeds = RunningMean::of(speeds(between));
            speeds.count() >= LEAST_RECOVERY_S && speeds.mean().is_some_and(|mps| mps < recovery_mps)
        };
        let mut joined: Vec<Range<usize>> = Vec::new();
        for segment in fast {
            match joined.last_mut().filter(|last| !is_recovery(last.end..segment.start)) {
                Some(last) => last.end = segment.end,
                None => joined.push(segment.clone()),
            }
        }
        joined.retain(|repetition| repetition.len() >= LEAST_S);
        let between = joined.windows(2).flat_map(|pair| speeds(pair[0].end..pair[1].start));
        let quick = joined.iter().cloned().flat_map(speeds);
        let (quick, between) = (RunningMean::of(quick), RunningMean::of(between));
        Some(Repetitions { fast_mps: quick.mean()?, between_mps: between.mean()?, fast: joined })
    }

    /// Seconds of all repetitions together.
    pub fn seconds(&self) -> usize {
        self.fast.iter().map(Range::len).sum()
    }

    /// True for a session of intervals (methods §6.1): four repetitions, or three of 90 s; five minutes together; 12 %
    /// faster than what lies between; three quarters of them within a factor of two of the median length, unless somebody
    /// had `planned` them so.
    pub fn are_intervals(&self, planned: bool) -> bool {
        const MANY: usize = 4;
        const LONG: usize = 3;
        const LONG_S: usize = 90;
        const TOGETHER_S: usize = 300;
        const FASTER: f64 = 1.12;
        let lengths: Vec<f64> = self.fast.iter().map(|repetition| repetition.len() as f64).collect();
        let Some(usual) = median(&lengths) else { return false };
        let alike = lengths.iter().filter(|length| (usual / 2.0..=usual * 2.0).contains(*length)).count();
        let long = self.fast.iter().filter(|repetition| repetition.len() >= LONG_S).count();
        (self.fast.len() >= MANY || long >= LONG)
            && self.seconds() >= TOGETHER_S
            && ratio(self.fast_mps, self.between_mps).is_none_or(|faster| faster >= FASTER)
            && (planned || 4 * alike >= 3 * lengths.len())
    }
}

/// What hard running is measured against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HardLimits {
    /// Threshold heart rate, bpm.
    pub lthr_bpm: Option<f64>,
    /// `None` where it is not known or the pace is not to be trusted.
    pub threshold_mps: Option<f64>,
    /// Whether pace may decide where no heart rate confirms or denies it: only if the threshold is more than a guess.
    pub pace_alone: bool,
    /// Whether a high heart rate at a crawl counts for nothing: only if the threshold speed is more than a guess.
    pub no_crawl: bool,
}

impl HardLimits {
    /// The speed from which a second may be hard by pace, m/s.
    fn fast_mps(&self) -> Option<f64> {
        self.threshold_mps.map(|threshold| FAST_SHARE * threshold)
    }
}

/// Seconds of hard running (methods §6): a heart rate of at least 0.97·LTHR that is not spent at a crawl
/// (30-s speed at least 0.80 of threshold), or a 30-s speed of at least 0.95 of threshold that the heart
/// confirms by reaching 0.90·LTHR within the next 30 s.
///
/// The two series are of the same length; places beyond the shorter are not looked at.
///
/// ```
/// use freshlegs::physiology::hard::{HardLimits, hard_seconds};
/// // Ten minutes at 168 bpm and 3.4 m/s, threshold 170 bpm and 3.7 m/s.
/// let limits = HardLimits { lthr_bpm: Some(170.0), threshold_mps: Some(3.7), pace_alone: false, no_crawl: true };
/// assert_eq!(hard_seconds(&[Some(3.4); 600], &[Some(168.0); 600], &limits), 600);
/// // A high heart rate at a crawl is no hard running.
/// assert_eq!(hard_seconds(&[Some(2.6); 600], &[Some(168.0); 600], &limits), 0);
/// ```
pub fn hard_seconds(gap_mps: &[Option<f64>], heart_rate_bpm: &[Option<f64>], limits: &HardLimits) -> usize {
    let highest_bpm = heart_rate_bpm.iter().flatten().copied().reduce(f64::max);
    SpeedSeries::of(gap_mps.to_vec()).hard_places(heart_rate_bpm, highest_bpm, limits).len()
}

fn hard_by_heart(bpm: Option<f64>, speed_mps: Option<f64>, limits: &HardLimits) -> bool {
    const CRAWL_SHARE: f64 = 0.80;
    let (Some(bpm), Some(lthr)) = (bpm, limits.lthr_bpm) else { return false };
    let crawls = limits.no_crawl
        && limits.threshold_mps.is_some_and(|threshold| speed_mps.is_none_or(|mps| mps < CRAWL_SHARE * threshold));
    bpm >= HARD_SHARE_OF_LTHR * lthr && !crawls
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
///
/// ```
/// use freshlegs::physiology::hard::race_distance_m;
/// assert_eq!(race_distance_m(10_120.0), Some(10_000.0));
/// assert_eq!(race_distance_m(12_000.0), None);
/// ```
pub fn race_distance_m(distance_m: f64) -> Option<f64> {
    RACE_DISTANCES_M.into_iter().find(|race| (0.99 * race..=1.04 * race).contains(&distance_m))
}

/// Mean heart rate of a race as a share of LTHR, by its distance (methods §6.1).
///
/// ```
/// use freshlegs::physiology::hard::race_share_of_lthr;
/// assert_eq!(race_share_of_lthr(10_000.0), 0.97);
/// ```
pub fn race_share_of_lthr(race_m: f64) -> f64 {
    const BY_DISTANCE: [(f64, f64); 4] = [(5_000.0, 0.99), (10_000.0, 0.97), (21_100.0, 0.94), (42_200.0, 0.88)];
    const LONGER: f64 = 0.80;
    BY_DISTANCE.iter().find(|(up_to_m, _)| race_m <= *up_to_m).map_or(LONGER, |(_, share)| *share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: HardLimits =
        HardLimits { lthr_bpm: Some(170.0), threshold_mps: Some(3.7), pace_alone: true, no_crawl: true };

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

    fn series(parts: &[(usize, f64)]) -> Vec<Option<f64>> {
        parts.iter().flat_map(|(seconds, mps)| vec![Some(*mps); *seconds]).collect()
    }

    fn repetitions(series: &[Option<f64>]) -> Option<Repetitions> {
        Repetitions::among(series, &fast_segments(series, 3.7), 0.85 * 3.7)
    }

    #[test]
    fn nothing_is_fast_above_what_was_held() {
        let mut speeds = series(&[(60, 2.5), (20, 4.0), (60, 2.8), (9, 5.0), (40, 3.1)]);
        speeds[70] = None;
        for (i, speed) in speeds.iter_mut().enumerate() {
            *speed = speed.map(|mps| mps + 0.01 * ((i * 7) % 13) as f64);
        }
        let series = SpeedSeries::of(speeds);
        let held = series.highest_fast_mps().expect("long enough");
        assert!(!series.fast_segments(held / FAST_SHARE * 0.999_999).is_empty(), "{held}");
        assert!(series.fast_segments(held / FAST_SHARE * 1.000_001).is_empty(), "{held}");
        assert_eq!(SpeedSeries::of(vec![Some(3.0); LEAST_FAST_S - 1]).highest_fast_mps(), None);
        assert_eq!(SpeedSeries::of(vec![None; 100]).highest_fast_mps(), None);
    }

    #[test]
    fn a_flickering_tempo_is_one_repetition() {
        let flickering = series(&[(60, 3.6), (40, 3.4), (60, 3.6), (40, 3.4), (60, 3.6)]);
        assert_eq!(repetitions(&flickering), None, "nothing lies between");
        let repeated = repetitions(&series(&[(60, 4.0), (60, 2.5), (60, 4.0), (60, 2.5), (25, 4.0)])).unwrap();
        assert_eq!(repeated.fast.len(), 2);
        assert!(repeated.fast_mps > 3.9 && repeated.between_mps < 2.9, "{repeated:?}");
        assert_eq!(repetitions(&[]), None);
    }

    #[test]
    fn intervals_are_many_alike_and_in_contrast() {
        let session = |fast: usize, slow_mps: f64, times: usize| {
            let parts: Vec<(usize, f64)> = (0..times).flat_map(|_| [(90, slow_mps), (fast, 4.0)]).collect();
            repetitions(&series(&parts)).is_some_and(|repetitions| repetitions.are_intervals(false))
        };
        assert!(session(90, 2.5, 6) && session(180, 2.5, 3));
        assert!(!session(40, 2.5, 6), "four minutes of strides");
        assert!(!session(180, 2.5, 2), "only two");
        assert!(!session(90, 3.3, 6), "no recovery between");
        let unlike =
            series(&[(60, 2.5), (40, 4.0), (60, 2.5), (600, 4.0), (60, 2.5), (40, 4.0), (60, 2.5), (200, 4.0)]);
        let unlike = repetitions(&unlike).unwrap();
        assert!(!unlike.are_intervals(false) && unlike.are_intervals(true));
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
    fn longer_races_are_run_at_lower_heart_rates() {
        let shares = [5_000.0, 10_000.0, 21_097.5, 42_195.0, 50_000.0].map(race_share_of_lthr);
        assert_eq!(shares, [0.99, 0.97, 0.94, 0.88, 0.80]);
    }
}
