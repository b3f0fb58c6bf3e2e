//! The training load of one recording: how much, by which method, how sure (methods §3).

use crate::activity::{Sex, Sport};
use crate::athlete::{Athlete, Thresholds, Trust};
use crate::heart_rate::{Coverage, HeartRate};
use crate::physiology::{effort, heart, statistics};
use crate::recording::Recording;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;

/// Days over which pace load is calibrated against heart-rate load (methods §3.8).
const CALIBRATION_DAYS: i32 = 120;
/// Points an hour of easy running costs when no easy run is on file: intensity 0.71.
const EASY_LOAD_PER_H: f64 = 50.0;

/// Nobody holds more than the first multiple of threshold speed for ten minutes, or the second for any time that counts:
/// then the threshold is not known yet, or this was no run.
const MOST_INTENSE: f64 = 1.3;
const MOST_INTENSE_SHORT: f64 = 1.6;
const LONG_ENOUGH_S: f64 = 600.0;
/// The most that pace may make of an hour while the threshold speed is little more than a guess, points.
const MOST_WITHOUT_TRUST_PER_H: f64 = 110.0;
/// How far a heart-rate load can be relied on, whole or in part.
const WHOLE: f64 = 1.0;
const IN_PART: f64 = 0.85;

/// The load of one recording, in points: 100 = one hour at threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunLoad {
    pub points: f64,
    pub method: Method,
    /// How far the method can be relied on, 0..=1.
    pub quality: f64,
}

/// How a load was found, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    HeartRate,
    Pace,
    Power,
    Rpe,
    Duration,
    None,
}

impl Method {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Method::HeartRate => "heart_rate",
            Method::Pace => "pace",
            Method::Power => "power",
            Method::Rpe => "rpe",
            Method::Duration => "duration",
            Method::None => "none",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Method::HeartRate => "heart rate",
            Method::Rpe => "effort felt",
            other => other.word(),
        })
    }
}

/// Heart-rate load of the timer-on seconds with a heart rate (methods §3.1, §3.2), points.
pub fn heart_rate_load(heart_rate: &HeartRate, thresholds: &Thresholds) -> Option<f64> {
    let (rest, max) = (thresholds.heart_rate_rest.value, thresholds.heart_rate_max.value);
    let weight = match thresholds.sex {
        Some(Sex::Male) => heart::TrimpWeight::MEN,
        Some(Sex::Female) => heart::TrimpWeight::WOMEN,
        None => heart::TrimpWeight::UNKNOWN,
    };
    // A season has millions of seconds and few heart rates: each is weighed once.
    let trimps = heart_rate.seconds_at().map(|(bpm, s)| heart::trimp([bpm], s, rest, max, weight));
    let trimp = trimps.sum::<Option<f64>>()?;
    heart::heart_rate_load(trimp, rest, max, thresholds.heart_rate_threshold.value, weight)
}

/// What all loads of a season share.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// (day, (heart-rate load, pace load)) of every run that has both.
    pairs: Vec<(Date, (f64, f64))>,
    first: Date,
    /// Median load an hour of the athlete's own easy runs, once labels are known.
    pub easy_load_per_h: Option<f64>,
}

impl Calibration {
    /// From recordings, each with the heart rate that may be believed.
    pub fn new<'a>(parts: impl Iterator<Item = (&'a Recording, &'a HeartRate)>, athlete: &Athlete) -> Calibration {
        let both = |(recording, heart_rate): (&'a Recording, &'a HeartRate)| {
            if !recording.is_run() || heart_rate.quality() != Coverage::Good || !recording.digest.pace_reliable {
                return None;
            }
            let thresholds = athlete.at(recording.date());
            Some((recording.date(), (heart_rate_load(heart_rate, thresholds)?, pace_load(recording, thresholds)?)))
        };
        let pairs: Vec<(Date, (f64, f64))> = parts.filter_map(both).collect();
        let first = pairs.iter().map(|p| p.0).min().unwrap_or(Date::ZERO);
        Calibration { pairs, first, easy_load_per_h: None }
    }

    /// Factor from pace load to heart-rate load on `date`; 1 with too few runs that have both.
    ///
    /// The first 120 days are calibrated together, as the thresholds are.
    pub fn pace_factor(&self, date: Date) -> f64 {
        let end = date.max(self.first.saturating_add(CALIBRATION_DAYS.days()));
        let from = end.saturating_sub(CALIBRATION_DAYS.days());
        let recent = self.pairs.iter().filter(|(d, _)| *d > from && *d <= end).map(|p| p.1);
        effort::pace_calibration(&recent.collect::<Vec<_>>())
    }
}

/// Uncalibrated pace load: moving hours times squared intensity (methods §3.6), points.
fn pace_load(recording: &Recording, thresholds: &Thresholds) -> Option<f64> {
    let d = &recording.digest;
    effort::rtss(d.moving_s, d.ngp_mps?, thresholds.speed_mps()?)
}

/// The load of a recording by the first method that applies (methods §3.8).
pub fn load(
    recording: &Recording,
    heart_rate: &HeartRate,
    thresholds: &Thresholds,
    calibration: &Calibration,
) -> RunLoad {
    let by_heart_rate = by_heart_rate(heart_rate, thresholds);
    let found = match recording.sport() {
        Sport::Running => by_heart_rate
            .or_else(|| by_pace(recording, thresholds, calibration))
            .or_else(|| by_power(recording, thresholds))
            .or_else(|| by_rpe(recording))
            .or_else(|| by_duration(on_foot_s(recording), easy_load_per_h(recording, calibration))),
        other => by_heart_rate.or_else(|| by_duration(recording.digest.timer_s, load_per_h_of(other))),
    };
    let nothing = RunLoad { points: 0.0, method: Method::None, quality: 0.0 };
    found.filter(|l| l.points.is_finite() && l.points >= 0.0).unwrap_or(nothing)
}

/// What was lost is taken to have been as hard as what was kept, however little was lost: there is no step.
fn by_heart_rate(heart_rate: &HeartRate, thresholds: &Thresholds) -> Option<RunLoad> {
    let quality = match heart_rate.quality() {
        Coverage::Good => WHOLE,
        Coverage::Partial => IN_PART,
        Coverage::None => return None,
    };
    let points = heart_rate_load(heart_rate, thresholds)? / heart_rate.coverage;
    Some(RunLoad { points, method: Method::HeartRate, quality })
}

fn by_pace(recording: &Recording, thresholds: &Thresholds, calibration: &Calibration) -> Option<RunLoad> {
    let intensity = recording.digest.ngp_mps? / thresholds.speed_mps()?;
    let most = if recording.digest.moving_s >= LONG_ENOUGH_S { MOST_INTENSE } else { MOST_INTENSE_SHORT };
    if intensity > most {
        return None;
    }
    let calibrated = pace_load(recording, thresholds)? * calibration.pace_factor(recording.date());
    let is_guess = thresholds.speed_threshold.is_some_and(|speed| speed.trust == Trust::Low);
    let most = if is_guess { MOST_WITHOUT_TRUST_PER_H * recording.digest.moving_s / 3600.0 } else { f64::INFINITY };
    let points = calibrated.min(most);
    Some(RunLoad { points, method: Method::Pace, quality: 0.75 })
}

fn by_power(recording: &Recording, thresholds: &Thresholds) -> Option<RunLoad> {
    let (power, critical) = (recording.digest.normalised_power_w?, thresholds.critical_power_w?);
    let points = effort::power_load(recording.digest.moving_s, power, critical)?;
    Some(RunLoad { points, method: Method::Power, quality: 0.75 })
}

fn by_rpe(recording: &Recording) -> Option<RunLoad> {
    let rpe = recording.digest.watch.rpe.filter(|rpe| *rpe > 0.0)?;
    let points = effort::rpe_load(recording.digest.timer_s, rpe)?;
    Some(RunLoad { points, method: Method::Rpe, quality: 0.6 })
}

/// The time on the timer; where the way is known, without what was spent standing.
fn on_foot_s(recording: &Recording) -> f64 {
    let d = &recording.digest;
    if d.known_distance_m().is_some() { d.moving_s } else { d.timer_s }
}

fn by_duration(seconds: f64, per_h: f64) -> Option<RunLoad> {
    let hours = seconds / 3600.0;
    (hours > 0.0).then_some(RunLoad { points: hours * per_h, method: Method::Duration, quality: 0.4 })
}

/// Points an hour of the runner's easy running, or of a walk where most of it was one.
fn easy_load_per_h(recording: &Recording, calibration: &Calibration) -> f64 {
    if recording.is_mostly_walked() {
        return load_per_h_of(Sport::Walking);
    }
    calibration.easy_load_per_h.unwrap_or(EASY_LOAD_PER_H)
}

/// Points an hour of another sport without heart rate (methods §3.8).
fn load_per_h_of(sport: Sport) -> f64 {
    match sport {
        Sport::Cycling | Sport::Swimming => 40.0,
        Sport::Walking => 15.0,
        Sport::Other | Sport::Unknown => 30.0,
        Sport::Running => EASY_LOAD_PER_H,
    }
}

/// Median load an hour; `None` without any.
pub fn median_load_per_h(runs: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let rates: Vec<f64> = runs.filter(|(_, s)| *s > 0.0).map(|(points, s)| points / s * 3600.0).collect();
    statistics::median(&rates)
}
