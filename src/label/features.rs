//! What is measured of a session before it is judged (methods §6).

use super::Title;
use crate::activity::SubSport;
use crate::athlete::{Thresholds, Trust};
use crate::heart_rate::{Coverage, HeartRate};
use crate::load::RunLoad;
use crate::physiology::hard::{self, HardLimits, RaceSigns};
use crate::physiology::statistics::{self, trailing_mean};
use crate::recording::Recording;

/// Seconds at the start whose heart rate is still on its way up.
const WARM_UP_S: usize = 300;
/// Runs longer than this have their warm-up left out of the mean heart rate, minutes.
const WARM_UP_MATTERS_MIN: f64 = 15.0;
/// Earlier runs needed before pace alone can call a run hard.
pub(super) const RUNS_TO_KNOW_THRESHOLD: usize = 20;

/// A recording with what the second stage has found out about it.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub recording: &'a Recording,
    pub heart_rate: &'a HeartRate,
    pub load: RunLoad,
}

/// A session in numbers. Missing means that it could not be measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// Moving time, minutes.
    pub duration_min: f64,
    /// `None` where nothing measured it.
    pub distance_km: Option<f64>,
    /// Running share of the moving time, 0..=1.
    pub run_share: f64,
    /// Mean over moving time, the first five minutes left out of runs over 15 min; `None` with too little heart rate.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Share of the moving time with a heart rate at or above LT1, 0..=1.
    pub above_lt1: Option<f64>,
    /// The same for LTHR.
    pub above_lthr: Option<f64>,
    /// Median of the 30-s graded speed; `None` where the pace is not reliable.
    pub speed_mps: Option<f64>,
    /// Share of the moving time faster than 0.87 of threshold speed, 0..=1.
    pub fast_pace_share: Option<f64>,
    /// Seconds of hard running.
    pub hard_s: f64,
    /// Seconds in fast segments.
    pub fast_s: f64,
    /// Fast segments of at least 30 s.
    pub repetitions: usize,
    /// Metres descended.
    pub descent_m: f64,
    pub trail: bool,
    pub load: f64,
    /// How far the load's method can be relied on, 0..=1.
    pub quality: f64,
    /// Effort felt, 0..=10.
    pub rpe: Option<f64>,
    pub title: Title,
    /// Distance of the part that was a race, km.
    pub race_km: Option<f64>,
    /// Moving seconds with a heart rate over moving seconds, 0..=1.
    pub heart_rate_coverage: f64,
    /// Runs on file before this one.
    pub earlier_runs: usize,
    /// Only its means were recorded: nobody knows how hard it was at any moment.
    pub summary_only: bool,
    /// Some of it was lost or its clock jumped: its length is not known.
    pub length_in_doubt: bool,
}

/// Measures a session of one or more recordings that follow each other closely.
pub fn features(parts: &[Part], thresholds: &Thresholds, earlier_runs: usize) -> Features {
    let sum = |of: &dyn Fn(&Part) -> f64| parts.iter().map(of).sum::<f64>();
    let moving_s = sum(&|p| p.recording.digest.moving_s);
    let title = parts.iter().filter_map(|p| p.recording.digest.name.as_deref()).map(Title::of);
    let title = title.fold(Title::default(), |all, t| Title {
        recovery: all.recovery || t.recovery,
        gentle: all.gentle || t.gentle,
        race: all.race || t.race,
    });
    let coverage = sum(&|p| p.heart_rate.coverage * p.recording.digest.moving_s) / moving_s.max(1.0);
    let heart = Heart::of(parts, thresholds, moving_s / 60.0);
    let pace = Pace::of(parts, thresholds);
    let hard = Hard::of(parts, thresholds, earlier_runs >= RUNS_TO_KNOW_THRESHOLD, heart.is_some());
    Features {
        duration_min: moving_s / 60.0,
        distance_km: parts
            .iter()
            .filter_map(|p| p.recording.digest.known_distance_m())
            .reduce(|a, b| a + b)
            .map(|m| m / 1000.0),
        run_share: sum(&|p| p.recording.digest.running_s) / moving_s.max(1.0),
        heart_rate_mean_bpm: heart.as_ref().map(|h| h.mean_bpm),
        above_lt1: heart.as_ref().map(|h| h.above_lt1),
        above_lthr: heart.as_ref().map(|h| h.above_lthr),
        speed_mps: pace.as_ref().map(|p| p.median_mps),
        fast_pace_share: pace.as_ref().and_then(|p| p.fast_share),
        hard_s: hard.hard_s,
        fast_s: hard.fast_s,
        repetitions: hard.repetitions,
        descent_m: sum(&|p| p.recording.digest.descent_m.unwrap_or(0.0)),
        trail: parts.iter().any(|p| p.recording.digest.sub_sport == SubSport::Trail),
        load: sum(&|p| p.load.points),
        quality: parts.iter().map(|p| p.load.quality).fold(1.0, f64::min),
        rpe: parts.iter().filter_map(|p| p.recording.digest.watch.rpe).reduce(f64::max),
        title,
        race_km: parts.iter().find(|p| is_race(p, thresholds)).map(|p| p.recording.digest.distance_m / 1000.0),
        heart_rate_coverage: coverage,
        earlier_runs,
        summary_only: parts.iter().any(|p| p.recording.digest.is_summary_only()),
        length_in_doubt: parts.iter().any(|p| p.recording.digest.length_is_in_doubt()),
    }
}

/// By hand, by its title, or by its distance run without stops at a racing speed or heart rate.
fn is_race(part: &Part, thresholds: &Thresholds) -> bool {
    let d = &part.recording.digest;
    if let Some(by_hand) = part.recording.said.is_race {
        return by_hand;
    }
    let titled = d.name.as_deref().is_some_and(|name| Title::of(name).race);
    let believed = part.heart_rate.quality() != Coverage::None;
    titled
        || hard::looks_like_race(&RaceSigns {
            distance_m: d.distance_m,
            mean_graded_mps: hard::race_distance_m(d.distance_m)
                .filter(|_| d.pace_reliable)
                .and_then(|_| mean_graded(part)),
            threshold_mps: thresholds.speed_mps(),
            mean_heart_rate_bpm: part.heart_rate.mean_bpm.filter(|_| believed),
            lthr_bpm: Some(thresholds.heart_rate_threshold.value),
            stop_share: 1.0 - d.moving_s / d.elapsed_s.max(1.0),
        })
}

fn mean_graded(part: &Part) -> Option<f64> {
    statistics::mean(&moving_graded(part).collect::<Vec<_>>())
}

fn moving_graded<'a>(part: &Part<'a>) -> impl Iterator<Item = f64> + use<'a> {
    part.recording.digest.trace.seconds().filter(|s| s.moving).filter_map(|s| s.graded_mps)
}

/// The session's heart rate, where every part has enough of it.
struct Heart {
    mean_bpm: f64,
    above_lt1: f64,
    above_lthr: f64,
}

impl Heart {
    fn of(parts: &[Part], thresholds: &Thresholds, duration_min: f64) -> Option<Heart> {
        if parts.iter().any(|p| p.heart_rate.quality() == Coverage::None) {
            return None;
        }
        let skip = if duration_min > WARM_UP_MATTERS_MIN { WARM_UP_S } else { 0 };
        let (lt1, lthr) = (thresholds.lt1_bpm(), thresholds.heart_rate_threshold.value);
        let (mut beats, mut above_lt1, mut above_lthr) = (0_u32, 0_u32, 0_u32);
        let (mut warm_beats, mut warm_sum) = (0_u32, 0.0);
        let seconds = parts.iter().flat_map(|p| p.recording.digest.trace.seconds().zip(p.heart_rate.bpm()));
        for (i, (second, bpm)) in seconds.enumerate() {
            let Some(bpm) = bpm.filter(|_| second.moving) else { continue };
            beats += 1;
            above_lt1 += u32::from(bpm >= lt1);
            above_lthr += u32::from(bpm >= lthr);
            if i >= skip {
                warm_beats += 1;
                warm_sum += bpm;
            }
        }
        Some(Heart {
            mean_bpm: statistics::ratio(warm_sum, f64::from(warm_beats))?,
            above_lt1: f64::from(above_lt1) / f64::from(beats),
            above_lthr: f64::from(above_lthr) / f64::from(beats),
        })
    }
}

/// The session's graded speed, where it can be relied on.
struct Pace {
    median_mps: f64,
    fast_share: Option<f64>,
}

impl Pace {
    fn of(parts: &[Part], thresholds: &Thresholds) -> Option<Pace> {
        if parts.iter().any(|p| !p.recording.digest.pace_reliable) {
            return None;
        }
        let moving: Vec<f64> = parts.iter().flat_map(moving_graded).collect();
        let smooth = trailing_mean(&moving, hard::SMOOTHING_S);
        let fast_share = thresholds.speed_mps().map(|threshold| {
            let fast = smooth.iter().filter(|mps| **mps > hard::EASY_SHARE * threshold).count();
            fast as f64 / smooth.len().max(1) as f64
        });
        Some(Pace { median_mps: statistics::median(&smooth)?, fast_share })
    }
}

/// The session's hard and fast seconds.
#[derive(Default)]
struct Hard {
    hard_s: f64,
    fast_s: f64,
    repetitions: usize,
}

impl Hard {
    fn of(parts: &[Part], thresholds: &Thresholds, pace_alone: bool, has_heart_rate: bool) -> Hard {
        let mut found = Hard::default();
        for part in parts {
            let threshold = thresholds.speed_threshold.filter(|_| part.recording.digest.pace_reliable);
            let limits = HardLimits {
                lthr_bpm: has_heart_rate.then_some(thresholds.heart_rate_threshold.value),
                threshold_mps: threshold.map(|e| e.value),
                pace_alone,
            };
            for (graded, bpm) in stretches(part, has_heart_rate) {
                found.hard_s += hard::hard_seconds(&graded, &bpm, &limits) as f64;
                let Some(threshold) = threshold else { continue };
                let doubt = if threshold.trust == Trust::Low { hard::LOW_CONFIDENCE_FACTOR } else { 1.0 };
                let fast = hard::fast_segments(&graded, threshold.value * doubt);
                found.fast_s += fast.iter().map(|segment| segment.len() as f64).sum::<f64>();
                found.repetitions += hard::repetitions(&graded, &fast, threshold.value * doubt);
            }
        }
        found
    }
}

/// Graded speed and heart rate second by second.
type Stretch = (Vec<Option<f64>>, Vec<Option<f64>>);

/// The unbroken stretches of a part; without a believed heart rate none is shown.
fn stretches(part: &Part, has_heart_rate: bool) -> Vec<Stretch> {
    let trace = &part.recording.digest.trace;
    let bpm = part.heart_rate.bpm().map(|bpm| bpm.filter(|_| has_heart_rate));
    let mut seconds = trace.seconds().map(|second| second.graded_mps).zip(bpm);
    trace.spans.iter().map(|(_, length)| seconds.by_ref().take(*length as usize).unzip()).collect()
}
