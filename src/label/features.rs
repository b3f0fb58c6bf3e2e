//! What is measured of a session before it is judged (methods §6).

use super::effort::Effort;
use super::part::{OpenPart, Part};
use super::race::RaceSigns;
use super::series::{EffortReach, EffortSeries};
use crate::activity::{Sport, SubSport};
use crate::athlete::Thresholds;
use crate::digest::{Digest, Second};
use crate::heart_rate::Coverage;
use crate::intent::Intent;
use crate::load::RunLoad;
use crate::physiology::hard;
use crate::physiology::statistics::{self, trailing_mean};
use crate::trace_sums::seconds_at;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

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
    /// Median of the grade-adjusted speed over the running seconds, not smoothed: of a run of two paces a longer copy has the
    /// same; `None` where the pace is not reliable.
    pub speed_mps: Option<f64>,
    /// Share of the running time faster than 0.87 of threshold speed, 0..=1, where no heart rate tells.
    pub fast_pace_share: Option<f64>,
    /// Best grade-adjusted speed over ten minutes, m/s.
    pub best_10min_mps: Option<f64>,
    /// Highest mean heart rate over ten minutes of running, bpm.
    pub best_10min_bpm: Option<f64>,
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

/// What only the seconds of a session tell, whatever its thresholds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionSums {
    heart: Option<Heart>,
    walking_bpm: Option<f64>,
    speed_mps: Option<f64>,
    /// The highest of the 30-s means that count, m/s.
    smooth_mps: Option<f64>,
    reach: EffortReach,
}

/// What they tell once they are held against thresholds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct HeldAgainst {
    /// Nobody asks for it where there is a heart rate.
    fast_pace_share: Option<f64>,
    effort: Effort,
}

/// The seconds of a session, read once, whatever thresholds they are then held against.
pub(super) struct SessionSeconds {
    /// 30-s means of those that count, m/s; empty where the pace is not reliable, or the heart rate tells.
    smooth_mps: Vec<f64>,
    effort: EffortSeries,
}

impl SessionSeconds {
    /// Of one or more recordings that follow each other closely.
    pub fn of(parts: &[Part], sums: &SessionSums) -> SessionSeconds {
        let parts = OpenPart::all(parts);
        let smooth_mps = if sums.heart.is_some() { Vec::new() } else { smooth_mps(&counted_mps(&parts)) };
        SessionSeconds { smooth_mps, effort: EffortSeries::of(&parts, sums.heart.is_some()) }
    }

    /// Held against thresholds; so many runs are on file before.
    pub fn by(&self, sums: &SessionSums, thresholds: &Thresholds, earlier_runs: usize) -> HeldAgainst {
        let fast_share = |threshold: f64| {
            let fast = self.smooth_mps.iter().filter(|mps| **mps > hard::EASY_SHARE * threshold).count();
            fast as f64 / self.smooth_mps.len() as f64
        };
        HeldAgainst {
            fast_pace_share: thresholds.speed_mps().filter(|_| !self.smooth_mps.is_empty()).map(fast_share),
            effort: Effort::of(&self.effort, &sums.reach, thresholds, earlier_runs),
        }
    }
}

fn smooth_mps(counted_mps: &[f64]) -> Vec<f64> {
    trailing_mean(counted_mps, hard::SMOOTHING_S)
}

impl SessionSums {
    /// Of the same, with its seconds.
    pub(super) fn of(parts: &[Part]) -> (SessionSums, SessionSeconds) {
        let parts = OpenPart::all(parts);
        let heart = Heart::of(&parts);
        let mut counted_mps = counted_mps(&parts);
        let smooth_mps = smooth_mps(&counted_mps);
        let effort = EffortSeries::of(&parts, heart.is_some());
        let sums = SessionSums {
            walking_bpm: if heart.is_some() { walking_bpm(&parts) } else { None },
            heart,
            speed_mps: statistics::median_of(&mut counted_mps),
            smooth_mps: smooth_mps.iter().copied().reduce(f64::max),
            reach: effort.reach(),
        };
        let smooth_mps = if sums.heart.is_some() { Vec::new() } else { smooth_mps };
        (sums, SessionSeconds { smooth_mps, effort })
    }

    /// Held against thresholds; so many runs are on file before. `None` where only the seconds can tell.
    pub(super) fn by(&self, thresholds: &Thresholds, earlier_runs: usize) -> Option<HeldAgainst> {
        let fast_pace_share = match (&self.heart, thresholds.speed_mps().zip(self.smooth_mps)) {
            (Some(_), _) | (_, None) => None,
            (None, Some((threshold, highest))) => (highest <= hard::EASY_SHARE * threshold).then_some(Some(0.0))?,
        };
        Some(HeldAgainst { fast_pace_share, effort: Effort::of_reach(&self.reach, thresholds, earlier_runs)? })
    }
}

/// The features of a session whose load is not known yet.
#[derive(Clone, Debug)]
pub struct UnweighedFeatures(Features);

impl UnweighedFeatures {
    /// Of a session with the sums of its seconds; `earlier_runs` are on file before it.
    pub(super) fn of(
        parts: &[Part],
        sums: &SessionSums,
        thresholds: &Thresholds,
        held: HeldAgainst,
        earlier_runs: usize,
    ) -> UnweighedFeatures {
        let digests = || parts.iter().map(|p| &*p.recording.digest);
        let sum = |of: &dyn Fn(&Part) -> f64| parts.iter().map(of).sum::<f64>();
        let moving_s = sum(&|p| p.recording.digest.moving_s);
        let plain = Features {
            duration_min: moving_s / 60.0,
            distance_km: digests().filter_map(|d| d.known_distance_m()).reduce(|a, b| a + b).map(|m| m / 1000.0),
            run_share: run_share(digests()),
            names_running: digests().any(|d| d.sport == Sport::Running),
            heart_rate_mean_bpm: sums.heart.as_ref().map(|heart| heart.mean_bpm),
            walking_bpm: sums.walking_bpm,
            above_lt1: None,
            above_lthr: None,
            speed_mps: sums.speed_mps,
            fast_pace_share: None,
            best_10min_mps: digests().filter(|d| d.pace_reliable).filter_map(|d| d.best_gap_mps[0]).reduce(f64::max),
            best_10min_bpm: sums.heart.as_ref().and_then(|heart| heart.best_10min_bpm),
            effort: Effort::default(),
            descent_m: sum(&|p| p.recording.digest.descent_m.unwrap_or(0.0)),
            altitude_m: statistics::mean(&digests().filter_map(|d| d.altitude_m).collect::<Vec<_>>()),
            air_c: digests().filter_map(|d| d.told.air_c).reduce(f64::max),
            trail: digests().any(|d| d.sub_sport == SubSport::Trail),
            load: 0.0,
            quality: 1.0,
            rpe: digests().filter_map(|d| d.watch.rpe).reduce(f64::max),
            intent: Intent::of_session(parts.iter().map(|p| Intent::of(p.recording))),
            race: RaceSigns::among(parts),
            heart_rate_coverage: sum(&|p| p.heart_rate.coverage * p.recording.digest.moving_s) / moving_s.max(1.0),
            earlier_runs,
            summary_only: digests().any(|d| d.is_summary_only()),
            length_in_doubt: digests().any(|d| d.length_is_in_doubt()),
        };
        UnweighedFeatures::again(&plain, sums, thresholds, held)
    }

    /// Of a session of which all is known that no threshold changes.
    pub(super) fn again(
        known: &Features,
        sums: &SessionSums,
        thresholds: &Thresholds,
        held: HeldAgainst,
    ) -> UnweighedFeatures {
        let share_from = |bpm: f64| sums.heart.as_ref().map(|heart| heart.share_from(bpm));
        UnweighedFeatures(Features {
            above_lt1: share_from(thresholds.lt1_bpm()),
            above_lthr: share_from(thresholds.heart_rate_threshold.value),
            fast_pace_share: held.fast_pace_share.filter(|_| known.speed_mps.is_some()),
            effort: held.effort,
            ..known.clone()
        })
    }

    /// With the loads of its parts.
    pub fn weighed(self, parts: impl Iterator<Item = RunLoad> + Clone) -> Features {
        Features {
            load: parts.clone().map(|load| load.points).sum(),
            quality: parts.map(|load| load.quality).fold(1.0, f64::min),
            ..self.0
        }
    }
}

/// Running share of the moving time, 0..=1.
fn run_share<'a>(digests: impl Iterator<Item = &'a Digest> + Clone) -> f64 {
    let sum = |of: fn(&Digest) -> f64| digests.clone().map(of).sum::<f64>();
    sum(|d| d.running_s) / sum(|d| d.moving_s).max(1.0)
}

/// The seconds that count, by the running share of a session.
fn counted(parts: &[OpenPart]) -> fn(&Second) -> bool {
    let run_share = run_share(parts.iter().map(|part| part.digest));
    if run_share >= LEAST_RUN_SHARE { |second| second.running } else { |second| second.moving }
}

/// Seconds of all parts.
fn seconds_of(parts: &[OpenPart]) -> usize {
    parts.iter().map(|part| part.trace.len()).sum()
}

/// The session's heart rate, where every part has enough of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Heart {
    mean_bpm: f64,
    /// `None` where fewer seconds count.
    best_10min_bpm: Option<f64>,
    /// Counted seconds at each whole heart rate that occurs, (bpm, s).
    seconds_at: Vec<(u8, u32)>,
}

impl Heart {
    fn of(parts: &[OpenPart]) -> Option<Heart> {
        if parts.iter().any(|p| p.heart_rate.quality() == Coverage::None) {
            return None;
        }
        let counts = counted(parts);
        let skip = seconds_of(parts) / WARM_UP_OF;
        let mut counted = Vec::with_capacity(seconds_of(parts));
        let (mut warm_beats, mut warm_sum) = (0_u32, 0.0);
        let mut best = BestMean::default();
        let mut place = 0;
        for part in parts {
            for (second, bpm) in part.seconds() {
                place += 1;
                let Some(bpm) = bpm.filter(|_| counts(&second)) else { continue };
                // Whole numbers up to 255, as the trace keeps them.
                counted.push(bpm as u8);
                best.add(bpm as u8);
                if place > skip {
                    warm_beats += 1;
                    warm_sum += bpm;
                }
            }
        }
        let mean_bpm = statistics::ratio(warm_sum, f64::from(warm_beats))?;
        Some(Heart { mean_bpm, best_10min_bpm: best.of_10min_bpm(), seconds_at: seconds_at(&counted) })
    }

    /// Share of the counted seconds with a heart rate at or above this one, 0..=1.
    fn share_from(&self, limit_bpm: f64) -> f64 {
        let seconds = |from_bpm: f64| {
            let above = self.seconds_at.iter().filter(|(bpm, _)| f64::from(*bpm) >= from_bpm);
            f64::from(above.map(|(_, seconds)| seconds).sum::<u32>())
        };
        seconds(limit_bpm) / seconds(0.0)
    }
}

/// The highest mean of ten minutes on end, of seconds given one by one.
#[derive(Default)]
struct BestMean {
    recent: VecDeque<u8>,
    sum: u32,
    highest: u32,
}

impl BestMean {
    const SECONDS: usize = 600;

    fn add(&mut self, bpm: u8) {
        if self.recent.len() == Self::SECONDS {
            self.sum -= self.recent.pop_front().map_or(0, u32::from);
        }
        self.recent.push_back(bpm);
        self.sum += u32::from(bpm);
        if self.recent.len() == Self::SECONDS {
            self.highest = self.highest.max(self.sum);
        }
    }

    fn of_10min_bpm(&self) -> Option<f64> {
        (self.highest > 0).then(|| f64::from(self.highest) / Self::SECONDS as f64)
    }
}

/// Mean heart rate while moving without running.
fn walking_bpm(parts: &[OpenPart]) -> Option<f64> {
    const LEAST_S: usize = 60;
    let seconds = parts.iter().flat_map(OpenPart::seconds);
    let walking: Vec<f64> = seconds.filter(|(s, _)| s.moving && !s.running).filter_map(|(_, bpm)| bpm).collect();
    statistics::mean(&walking).filter(|_| walking.len() >= LEAST_S)
}

/// The session's grade-adjusted speeds second by second, where they can be relied on.
fn counted_mps(parts: &[OpenPart]) -> Vec<f64> {
    if parts.iter().any(|part| !part.digest.pace_reliable) {
        return Vec::new();
    }
    let counts = counted(parts);
    // Room for all at once: growing costs more than what fills it.
    let mut speeds = Vec::with_capacity(seconds_of(parts));
    for part in parts {
        part.trace.seconds().filter(counts).filter_map(|second| second.gap_mps).for_each(|mps| speeds.push(mps));
    }
    speeds
}
