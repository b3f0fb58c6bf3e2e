//! The hard and the fast seconds of a session.

use super::part::Part;
use crate::athlete::{Basis, Estimate, Thresholds, Trust};
use crate::digest::Second;
use crate::intent::LEAST_REPETITIONS;
use crate::physiology::hard::{self, HardLimits, Repetitions, SpeedSeries};
use crate::physiology::statistics::{mean, median};
use serde::{Deserialize, Serialize};

/// Sessions on file before the thresholds are taken at their word.
pub(super) const RUNS_TO_KNOW_THRESHOLDS: usize = 20;
/// A pause of at least so many seconds is a recovery between repetitions; shorter ones are red lights.
const RECOVERY_PAUSE_S: u32 = 60;
/// The most of a pause that counts as standing still.
const COUNTED_PAUSE_S: u32 = 180;
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
    pub fn of(series: &EffortSeries, thresholds: &Thresholds, earlier_runs: usize) -> Effort {
        let is_new = earlier_runs < RUNS_TO_KNOW_THRESHOLDS;
        let mut limits = EffortLimits::of(thresholds, series.has_heart_rate, is_new);
        limits.own_mps = if limits.is_guess { series.median_mps() } else { None };
        let found = HardFound::in_all(series, &limits);
        let lthr = &thresholds.heart_rate_threshold;
        let only_watch_knows = is_new && limits.hard.lthr_bpm.is_some() && matches!(lthr.basis, Basis::Device { .. });
        let hard_by_watch_s = || {
            let hard = HardLimits { lthr_bpm: Some(lthr.value), ..limits.hard };
            HardFound::in_all(series, &EffortLimits { hard, ..limits }).hard_s
        };
        Effort {
            hard_s: found.hard_s,
            hard_by_watch_s: if only_watch_knows { hard_by_watch_s() } else { 0.0 },
            hard_bpm: mean(&found.bpm),
            hard_mps: mean(&found.mps),
            fast_s: found.fast_s,
            repetitions: intervals(series, &limits),
        }
    }
}

/// Speed and heart rate of a session second by second, read once for all thresholds it is held against.
pub struct EffortSeries {
    has_heart_rate: bool,
    stretches: Vec<EffortStretch>,
    /// The session in one row, where its pace is reliable throughout.
    whole: Option<EffortStretch>,
    /// Somebody had planned repetitions.
    is_planned: bool,
}

impl EffortSeries {
    /// Of the parts of a session; without a believed heart rate none is used.
    pub fn of(parts: &[Part], has_heart_rate: bool) -> EffortSeries {
        let is_reliable = parts.iter().all(|p| p.recording.digest.pace_reliable);
        EffortSeries {
            has_heart_rate,
            stretches: parts.iter().flat_map(|part| stretches(part, has_heart_rate)).collect(),
            whole: is_reliable.then(|| whole(parts, has_heart_rate)),
            is_planned: parts.iter().any(|p| p.recording.digest.told.repetitions() >= LEAST_REPETITIONS),
        }
    }

    /// The middle speed of the session, m/s.
    fn median_mps(&self) -> Option<f64> {
        let speeds = self.stretches.iter().flat_map(|stretch| stretch.speed.mps()).flatten().copied();
        median(&speeds.collect::<Vec<_>>())
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
}

impl EffortLimits {
    fn of(thresholds: &Thresholds, has_heart_rate: bool, is_new: bool) -> EffortLimits {
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
            own_mps: None,
            intervals_reach_bpm: has_heart_rate.then_some(INTERVALS_REACH * lthr.value),
        }
    }
}

#[derive(Default)]
struct HardFound {
    hard_s: f64,
    fast_s: f64,
    bpm: Vec<f64>,
    mps: Vec<f64>,
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
            self.bpm.extend(stretch.bpm[place]);
            self.mps.extend(stretch.speed.mps()[place].filter(|_| reliable));
        }
        let Some(threshold) = threshold_mps else { return };
        // Much of somebody's jogging may lie above a guess: what is fast must also stand out from the run itself.
        let threshold = limits.own_mps.map_or(threshold, |own| threshold.max(OUT_OF_OWN * own / hard::FAST_SHARE));
        self.fast_s += stretch.speed.fast_segments(threshold).iter().map(|s| s.len() as f64).sum::<f64>();
    }
}

/// Grade-adjusted speed and heart rate second by second.
struct EffortStretch {
    speed: SpeedSeries,
    bpm: Vec<Option<f64>>,
    highest_bpm: Option<f64>,
    pace_reliable: bool,
}

impl EffortStretch {
    fn of(mps: Vec<Option<f64>>, bpm: Vec<Option<f64>>, pace_reliable: bool) -> EffortStretch {
        let highest_bpm = bpm.iter().flatten().copied().reduce(f64::max);
        EffortStretch { speed: SpeedSeries::of(mps), bpm, highest_bpm, pace_reliable }
    }
}

/// The unbroken stretches of a part.
fn stretches(part: &Part, has_heart_rate: bool) -> Vec<EffortStretch> {
    let trace = &part.recording.digest.trace;
    let mut seconds = seconds(part, has_heart_rate);
    let stretch = |(_, length): &(u32, u32)| {
        let (mps, bpm) = seconds.by_ref().take(*length as usize).unzip();
        EffortStretch::of(mps, bpm, part.recording.digest.pace_reliable)
    };
    trace.spans.iter().map(stretch).collect()
}

fn seconds<'a>(part: &Part<'a>, has_heart_rate: bool) -> impl Iterator<Item = (Option<f64>, Option<f64>)> + use<'a> {
    let bpm = part.heart_rate.bpm(&part.recording.digest.trace).map(move |bpm| bpm.filter(|_| has_heart_rate));
    part.recording.digest.trace.seconds().map(|second: Second| second.gap_mps).zip(bpm)
}

/// Repetitions with recoveries in contrast to them (methods §6.1).
fn intervals(series: &EffortSeries, limits: &EffortLimits) -> Option<Repeated> {
    let EffortStretch { speed, bpm, highest_bpm, .. } = series.whole.as_ref()?;
    let threshold = limits.threshold_mps?;
    let fast = speed.fast_segments(threshold);
    if fast.len() < 3 {
        return None;
    }
    let speed = speed.mps();
    let recovery_mps = if limits.is_guess {
        mean(&speed.iter().flatten().copied().collect::<Vec<_>>())?
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

/// The session in one row: long pauses stand as standing still, short ones as seconds of which nothing is known.
fn whole(parts: &[Part], has_heart_rate: bool) -> EffortStretch {
    let spans = || parts.iter().flat_map(|part| &part.recording.digest.trace.spans);
    let room: usize = spans().map(|(_, length)| *length as usize + COUNTED_PAUSE_S as usize).sum();
    let (mut speed, mut bpm) = (Vec::with_capacity(room), Vec::with_capacity(room));
    for part in parts {
        let mut values = seconds(part, has_heart_rate);
        let mut before: Option<u32> = None;
        for (start, length) in &part.recording.digest.trace.spans {
            let pause = before.map_or(RECOVERY_PAUSE_S, |end| start.saturating_sub(end));
            let stood = (pause >= RECOVERY_PAUSE_S).then_some(0.0);
            let counted = pause.min(COUNTED_PAUSE_S) as usize;
            speed.extend(std::iter::repeat_n(stood, counted));
            bpm.extend(std::iter::repeat_n(None, counted));
            for (mps, beats) in values.by_ref().take(*length as usize) {
                speed.push(mps);
                bpm.push(beats);
            }
            before = Some(start + length);
        }
    }
    EffortStretch::of(speed, bpm, true)
}

/// True unless the heart rate stays the same through repetitions and recoveries: then the track was noisy, not the run.
fn heart_answers(repetitions: &Repetitions, bpm: &[Option<f64>]) -> bool {
    /// Repetitions and recoveries long enough for the heart to follow, s.
    const FOLLOWS_S: usize = 40;
    const LEAST_RISE_BPM: f64 = 2.0;
    const END_S: usize = 10;
    let end_of = |end: usize| {
        let last = &bpm[end.saturating_sub(END_S)..(end + END_S / 2).min(bpm.len())];
        mean(&last.iter().flatten().copied().collect::<Vec<_>>())
    };
    let rises: Vec<f64> = repetitions
        .fast
        .windows(2)
        .filter(|pair| pair[0].len() >= FOLLOWS_S && pair[1].start - pair[0].end >= FOLLOWS_S)
        .filter_map(|pair| Some(end_of(pair[0].end)? - end_of(pair[1].start)?))
        .collect();
    median(&rises).is_none_or(|rise| rise >= LEAST_RISE_BPM)
}
