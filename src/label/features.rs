//! What is measured of a session before it is judged (methods §6).

use super::effort::Effort;
use super::part::Part;
use super::race::RaceSigns;
use crate::activity::{Sport, SubSport};
use crate::athlete::Thresholds;
use crate::digest::Second;
use crate::heart_rate::Coverage;
use crate::intent::Intent;
use crate::physiology::hard;
use crate::physiology::statistics::{self, trailing_mean};

/// The heart rate is on its way up in the first of so many equal parts. A share and no number of minutes: else a longer copy of
/// an uneven run would have another mean.
const WARM_UP_OF: usize = 6;
/// With less of it run than this, heart rate and pace are those of all moving time.
const LEAST_RUN_SHARE: f64 = 0.2;

/// A session in numbers. Missing means that it could not be measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// Moving time, minutes.
    pub duration_min: f64,
    /// `None` where nothing measured it.
    pub distance_km: Option<f64>,
    /// Running share of the moving time, 0..=1.
    pub run_share: f64,
    /// The file names it a run, whatever its gait.
    pub names_running: bool,
    /// Mean over the running seconds, the first sixth of the session left out; `None` with too little heart rate.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Mean heart rate while walking, bpm; `None` with less than a minute of it.
    pub walking_bpm: Option<f64>,
    /// Share of the running time with a heart rate at or above LT1, 0..=1.
    pub above_lt1: Option<f64>,
    /// The same for LTHR.
    pub above_lthr: Option<f64>,
    /// Median of the 30-s grade-adjusted speed over the running seconds; `None` where the pace is not reliable.
    pub speed_mps: Option<f64>,
    /// Share of the running time faster than 0.87 of threshold speed, 0..=1.
    pub fast_pace_share: Option<f64>,
    /// Best grade-adjusted speed over ten minutes, m/s.
    pub best_10min_mps: Option<f64>,
    pub effort: Effort,
    /// Metres descended.
    pub descent_m: f64,
    /// Mean altitude, m.
    pub altitude_m: Option<f64>,
    /// Air temperature by the service's weather, °C.
    pub air_c: Option<f64>,
    pub trail: bool,
    pub load: f64,
    /// How far the load's method can be relied on, 0..=1.
    pub quality: f64,
    /// Effort felt, 0..=10.
    pub rpe: Option<f64>,
    pub intent: Intent,
    /// The part that may have been a race.
    pub race: Option<RaceSigns>,
    /// Moving seconds with a heart rate over moving seconds, 0..=1.
    pub heart_rate_coverage: f64,
    /// Runs on file before this one.
    pub earlier_runs: usize,
    /// Only its means were recorded: nobody knows how hard it was at any moment.
    pub summary_only: bool,
    /// Some of it was lost or its clock jumped: its length is not known.
    pub length_in_doubt: bool,
}

impl Features {
    /// Warm enough to drive the heart rate up by itself (methods §6.5).
    pub fn is_hot(&self) -> bool {
        const HOT_C: f64 = 22.0;
        self.air_c.is_some_and(|c| c >= HOT_C)
    }

    /// Mean speed as it was covered, m/s; `None` where no distance is known.
    pub fn mean_mps(&self) -> Option<f64> {
        statistics::ratio(1000.0 * self.distance_km?, 60.0 * self.duration_min)
    }
}

/// Measures a session of one or more recordings that follow each other closely.
pub fn features(parts: &[Part], thresholds: &Thresholds, earlier_runs: usize) -> Features {
    let digests = || parts.iter().map(|p| &p.recording.digest);
    let sum = |of: &dyn Fn(&Part) -> f64| parts.iter().map(of).sum::<f64>();
    let moving_s = sum(&|p| p.recording.digest.moving_s);
    let run_share = sum(&|p| p.recording.digest.running_s) / moving_s.max(1.0);
    let counts: fn(&Second) -> bool = if run_share >= LEAST_RUN_SHARE { |s| s.running } else { |s| s.moving };
    let heart = Heart::of(parts, thresholds, counts);
    let pace = SessionPace::of(parts, thresholds, counts);
    Features {
        duration_min: moving_s / 60.0,
        distance_km: digests().filter_map(|d| d.known_distance_m()).reduce(|a, b| a + b).map(|m| m / 1000.0),
        run_share,
        names_running: digests().any(|d| d.sport == Sport::Running),
        heart_rate_mean_bpm: heart.as_ref().map(|h| h.mean_bpm),
        walking_bpm: if heart.is_some() { walking_bpm(parts) } else { None },
        above_lt1: heart.as_ref().map(|h| h.above_lt1),
        above_lthr: heart.as_ref().map(|h| h.above_lthr),
        speed_mps: pace.as_ref().map(|p| p.median_mps),
        fast_pace_share: pace.as_ref().and_then(|p| p.fast_share),
        best_10min_mps: digests().filter(|d| d.pace_reliable).filter_map(|d| d.best_gap_mps[0]).reduce(f64::max),
        effort: Effort::of(parts, thresholds, heart.is_some(), earlier_runs),
        descent_m: sum(&|p| p.recording.digest.descent_m.unwrap_or(0.0)),
        altitude_m: statistics::mean(&digests().filter_map(|d| d.altitude_m).collect::<Vec<_>>()),
        air_c: digests().filter_map(|d| d.told.air_c).reduce(f64::max),
        trail: digests().any(|d| d.sub_sport == SubSport::Trail),
        load: sum(&|p| p.load.points),
        quality: parts.iter().map(|p| p.load.quality).fold(1.0, f64::min),
        rpe: digests().filter_map(|d| d.watch.rpe).reduce(f64::max),
        intent: Intent::of_session(parts.iter().map(|p| Intent::of(p.recording))),
        race: RaceSigns::among(parts),
        heart_rate_coverage: sum(&|p| p.heart_rate.coverage * p.recording.digest.moving_s) / moving_s.max(1.0),
        earlier_runs,
        summary_only: digests().any(|d| d.is_summary_only()),
        length_in_doubt: digests().any(|d| d.length_is_in_doubt()),
    }
}

/// The session's heart rate, where every part has enough of it.
struct Heart {
    mean_bpm: f64,
    above_lt1: f64,
    above_lthr: f64,
}

impl Heart {
    fn of(parts: &[Part], thresholds: &Thresholds, counts: fn(&Second) -> bool) -> Option<Heart> {
        if parts.iter().any(|p| p.heart_rate.quality() == Coverage::None) {
            return None;
        }
        let skip = parts.iter().map(|p| p.recording.digest.trace.len()).sum::<usize>() / WARM_UP_OF;
        let (lt1, lthr) = (thresholds.lt1_bpm(), thresholds.heart_rate_threshold.value);
        let (mut beats, mut above_lt1, mut above_lthr) = (0_u32, 0_u32, 0_u32);
        let (mut warm_beats, mut warm_sum) = (0_u32, 0.0);
        let seconds = parts.iter().flat_map(|p| p.recording.digest.trace.seconds().zip(p.heart_rate.bpm()));
        for (i, (second, bpm)) in seconds.enumerate() {
            let Some(bpm) = bpm.filter(|_| counts(&second)) else { continue };
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

/// Mean heart rate while moving without running.
fn walking_bpm(parts: &[Part]) -> Option<f64> {
    const LEAST_S: usize = 60;
    let seconds = parts.iter().flat_map(|p| p.recording.digest.trace.seconds().zip(p.heart_rate.bpm()));
    let walking: Vec<f64> = seconds.filter(|(s, _)| s.moving && !s.running).filter_map(|(_, bpm)| bpm).collect();
    statistics::mean(&walking).filter(|_| walking.len() >= LEAST_S)
}

/// The session's grade-adjusted speed, where it can be relied on.
struct SessionPace {
    median_mps: f64,
    fast_share: Option<f64>,
}

impl SessionPace {
    fn of(parts: &[Part], thresholds: &Thresholds, counts: fn(&Second) -> bool) -> Option<SessionPace> {
        if parts.iter().any(|p| !p.recording.digest.pace_reliable) {
            return None;
        }
        let seconds = parts.iter().flat_map(|p| p.recording.digest.trace.seconds());
        let counted: Vec<f64> = seconds.filter(counts).filter_map(|s| s.gap_mps).collect();
        let smooth = trailing_mean(&counted, hard::SMOOTHING_S);
        let fast_share = thresholds.speed_mps().map(|threshold| {
            let fast = smooth.iter().filter(|mps| **mps > hard::EASY_SHARE * threshold).count();
            fast as f64 / smooth.len().max(1) as f64
        });
        Some(SessionPace { median_mps: statistics::median(&smooth)?, fast_share })
    }
}
