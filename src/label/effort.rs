//! The hard and the fast seconds of a session.

use super::series::{EffortReach, EffortSeries, EffortStretch};
use crate::athlete::{Basis, Estimate, Thresholds, Trust};
use crate::physiology::hard::{self, HardLimits, Repetitions};
use crate::physiology::statistics::{RunningMean, median};
use serde::{Deserialize, Serialize};

/// Sessions on file before the thresholds are taken at their word.
pub(super) const RUNS_TO_KNOW_THRESHOLDS: usize = 20;
/// The recoveries between repetitions are slower than this share of threshold speed.
const RECOVERY_SHARE: f64 = 0.85;
/// The heart rate that intervals reach at least, as a share of LTHR.
const INTERVALS_REACH: f64 = 0.90;

/// While the threshold speed is a guess, fast segments are faster than the middle of the run by this factor.
const OUT_OF_OWN: f64 = 1.12;

/// How hard the hard seconds of a session were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Seconds of hard running.
    pub hard_s: f64,
    /// Seconds of hard running by the threshold heart rate that the watch was told, while `hard_s` asks for more than that;
    /// 0 otherwise.
    pub hard_by_watch_s: f64,
    /// Mean heart rate of the seconds of `hard_s`, bpm.
    pub hard_bpm: Option<f64>,
    /// Mean grade-adjusted speed of those seconds, m/s.
    pub hard_mps: Option<f64>,
    /// Seconds in fast segments of at least 15 s.
    pub fast_s: f64,
    /// Repetitions in contrast to what lies between them.
    pub repetitions: Option<Repeated>,
}

/// Repetitions that make a session of intervals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeated {
    pub count: usize,
    pub seconds: f64,
    /// Mean speed of the repetitions and of the recoveries between them, m/s.
    pub fast_mps: f64,
    pub between_mps: f64,
}

impl Effort {
    /// Looks at every second of a session; without a believed heart rate none is used. With few runs behind it, only what
    /// lies beyond the thresholds' half-widths is hard.
    pub(super) fn of(
        series: &EffortSeries,
        reach: &EffortReach,
        thresholds: &Thresholds,
        earlier_runs: usize,
    ) -> Effort {
        let limits = EffortLimits::of(thresholds, reach, earlier_runs);
        let found = HardFound::in_all(series, &limits);
        Effort {
            hard_s: found.hard_s,
            hard_by_watch_s: limits.by_watch().map_or(0.0, |by_watch| HardFound::in_all(series, &by_watch).hard_s),
            hard_bpm: found.bpm.mean(),
            hard_mps: found.mps.mean(),
            fast_s: found.fast_s,
            repetitions: if reach.may_be_fast(limits.threshold_mps) { intervals(series, &limits) } else { None },
        }
    }

    /// The same by the highest values alone, where these are too low for anything hard or fast.
    pub(super) fn of_reach(reach: &EffortReach, thresholds: &Thresholds, earlier_runs: usize) -> Option<Effort> {
        let limits = EffortLimits::of(thresholds, reach, earlier_runs);
        let is_hard = |limits: EffortLimits| reach.may_be_hard(&limits.hard);
        let is_any =
            is_hard(limits) || limits.by_watch().is_some_and(is_hard) || reach.may_be_fast(limits.threshold_mps);
        (!is_any).then(Effort::default)
    }
}

/// What effort is measured against.
#[derive(Clone, Copy)]
struct EffortLimits {
    hard: HardLimits,
    threshold_mps: Option<f64>,
    /// The threshold speed is little more than a guess.
    is_guess: bool,
    /// The middle speed of the session, m/s; only while the threshold speed is a guess.
    own_mps: Option<f64>,
    intervals_reach_bpm: Option<f64>,
    /// The threshold heart rate that the watch was told, bpm, where it is not taken at its word.
    watch_lthr_bpm: Option<f64>,
}

impl EffortLimits {
    fn of(thresholds: &Thresholds, reach: &EffortReach, earlier_runs: usize) -> EffortLimits {
        let is_new = earlier_runs < RUNS_TO_KNOW_THRESHOLDS;
        let has_heart_rate = reach.has_heart_rate;
        let lthr = &thresholds.heart_rate_threshold;
        let beyond = |e: &Estimate| if is_new && e.trust < Trust::High { e.value + e.half_width } else { e.value };
        // While all is a default, only what lies beyond its half-width is surely hard.
        let lthr_bpm = if thresholds.are_rough() {
            (lthr.value + lthr.half_width) / hard::HARD_SHARE_OF_LTHR
        } else {
            beyond(lthr)
        };
        let is_guess = thresholds.speed_threshold.is_none_or(|speed| speed.trust == Trust::Low);
        EffortLimits {
            hard: HardLimits {
                lthr_bpm: has_heart_rate.then_some(lthr_bpm),
                threshold_mps: thresholds.speed_threshold.as_ref().map(|e| if is_guess { e.value } else { beyond(e) }),
                pace_alone: !is_guess,
                no_crawl: !is_guess,
            },
            threshold_mps: thresholds.speed_mps(),
            is_guess,
            own_mps: reach.median_mps.filter(|_| is_guess),
            intervals_reach_bpm: has_heart_rate.then_some(INTERVALS_REACH * lthr.value),
            watch_lthr_bpm: (is_new && has_heart_rate && matches!(lthr.basis, Basis::Device { .. }))
                .then_some(lthr.value),
        }
    }

    /// The same with the watch taken at its word, where it is not.
    fn by_watch(&self) -> Option<EffortLimits> {
        let lthr_bpm = self.watch_lthr_bpm;
        lthr_bpm.map(|_| EffortLimits { hard: HardLimits { lthr_bpm, ..self.hard }, ..*self })
    }
}

#[derive(Default)]
struct HardFound {
    hard_s: f64,
    fast_s: f64,
    bpm: RunningMean,
    mps: RunningMean,
}

impl HardFound {
    fn in_all(series: &EffortSeries, limits: &EffortLimits) -> HardFound {
        let mut found = HardFound::default();
        series.stretches.iter().for_each(|stretch| found.look_at(stretch, limits));
        found
    }

    fn look_at(&mut self, stretch: &EffortStretch, limits: &EffortLimits) {
        let reliable = stretch.pace_reliable;
        let threshold_mps = limits.threshold_mps.filter(|_| reliable);
        let hard_mps = limits.hard.threshold_mps.filter(|_| reliable);
        let hard_limits =
            HardLimits { threshold_mps: hard_mps, no_crawl: limits.hard.no_crawl && reliable, ..limits.hard };
        for place in stretch.speed.hard_places(&stretch.bpm, stretch.highest_bpm, &hard_limits) {
            self.hard_s += 1.0;
            stretch.bpm[place].into_iter().for_each(|bpm| self.bpm.add(bpm));
            stretch.speed.mps()[place].filter(|_| reliable).into_iter().for_each(|mps| self.mps.add(mps));
        }
        let Some(threshold) = threshold_mps else { return };
        // Much of somebody's jogging may lie above a guess: what is fast must also stand out from the run itself.
        let threshold = limits.own_mps.map_or(threshold, |own| threshold.max(OUT_OF_OWN * own / hard::FAST_SHARE));
        self.fast_s += stretch.speed.fast_segments(threshold).iter().map(|s| s.len() as f64).sum::<f64>();
    }
}

/// Repetitions with recoveries in contrast to them (methods §6.1).
fn intervals(series: &EffortSeries, limits: &EffortLimits) -> Option<Repeated> {
    let threshold = limits.threshold_mps?;
    let EffortStretch { speed, bpm, highest_bpm, .. } = series.whole()?;
    let fast = speed.fast_segments(threshold);
    if fast.len() < 3 {
        return None;
    }
    let speed = speed.mps();
    let recovery_mps = if limits.is_guess {
        RunningMean::of(speed.iter().flatten().copied()).mean()?
    } else {
        RECOVERY_SHARE * threshold
    };
    let repetitions = Repetitions::among(speed, &fast, recovery_mps)?;
    let reached = limits.intervals_reach_bpm.is_none_or(|reach| highest_bpm.is_some_and(|bpm| bpm >= reach));
    (repetitions.are_intervals(series.is_planned) && reached && heart_answers(&repetitions, bpm)).then(|| Repeated {
        count: repetitions.fast.len(),
        seconds: repetitions.seconds() as f64,
        fast_mps: repetitions.fast_mps,
        between_mps: repetitions.between_mps,
    })
}

/// True unless the heart rate stays the same through repetitions and recoveries: then the track was noisy, not the run.
fn heart_answers(repetitions: &Repetitions, bpm: &[Option<f64>]) -> bool {
    /// Repetitions and recoveries long enough for the heart to follow, s.
    const FOLLOWS_S: usize = 40;
    const LEAST_RISE_BPM: f64 = 2.0;
    const END_S: usize = 10;
    let end_of = |end: usize| {
        let last = &bpm[end.saturating_sub(END_S)..(end + END_S / 2).min(bpm.len())];
        RunningMean::of(last.iter().flatten().copied()).mean()
    };
    let rises: Vec<f64> = repetitions
        .fast
        .windows(2)
        .filter(|pair| pair[0].len() >= FOLLOWS_S && pair[1].start - pair[0].end >= FOLLOWS_S)
        .filter_map(|pair| Some(end_of(pair[0].end)? - end_of(pair[1].start)?))
        .collect();
    median(&rises).is_none_or(|rise| rise >= LEAST_RISE_BPM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Athlete;
    use crate::profile::Profile;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// What is known of a runner with and without numbers of their own.
    fn thresholds(profile: &str) -> Thresholds {
        let profile = Profile::parse(profile).expect("a profile");
        Athlete::new(&[], &profile, date(2026, 6, 22)).at(date(2026, 6, 22)).clone()
    }

    proptest! {
        #[test]
        fn the_highest_values_tell_what_all_seconds_tell(
            pieces in prop::collection::vec((1..150_usize, 2.0..4.5_f64, 120.0..180.0_f64, 0..200_u32), 1..7),
            (pace_reliable, has_heart_rate) in any::<(bool, bool)>(),
            earlier_runs in 0..40_usize,
        ) {
            let stretch = |(length, mps, bpm, pause_s): &(usize, f64, f64, u32)| {
                // Every eleventh second is missing, and no two are alike.
                let value = |i: usize, of: f64| (!i.is_multiple_of(11)).then(|| of + 0.01 * ((7 * i) % 13) as f64);
                let speed = (0..*length).map(|i| value(i, *mps)).collect();
                let bpm = (0..*length).map(|i| value(i, *bpm).filter(|_| has_heart_rate)).collect();
                EffortStretch::of(speed, bpm, pace_reliable, *pause_s)
            };
            let series = EffortSeries::joined(pieces.iter().map(stretch).collect(), has_heart_rate);
            let reach = series.reach();
            let numbers = "[athlete]\nheart_rate_max_bpm = 190\nheart_rate_threshold_bpm = 172\nthreshold_pace = \"4:30\"";
            for profile in ["", "[athlete]\nheart_rate_max_bpm = 184", numbers] {
                let thresholds = thresholds(profile);
                if let Some(told) = Effort::of_reach(&reach, &thresholds, earlier_runs) {
                    prop_assert_eq!(told, Effort::of(&series, &reach, &thresholds, earlier_runs));
                }
            }
        }
    }

    #[test]
    fn of_an_easy_run_the_highest_values_are_enough() {
        let run = |mps: f64, bpm: f64| {
            let stretch = EffortStretch::of(vec![Some(mps); 1800], vec![Some(bpm); 1800], true, 60);
            EffortSeries::joined(vec![stretch], true).reach()
        };
        let thresholds = thresholds("[athlete]\nheart_rate_threshold_bpm = 170\nthreshold_pace = \"4:30\"");
        assert_eq!(Effort::of_reach(&run(2.8, 140.0), &thresholds, 40), Some(Effort::default()));
        assert_eq!(Effort::of_reach(&run(2.8, 169.0), &thresholds, 40), None);
        assert_eq!(Effort::of_reach(&run(3.7, 140.0), &thresholds, 40), None);
    }
}
