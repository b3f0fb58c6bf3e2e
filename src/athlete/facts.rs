//! What one recording tells about the athlete.

use crate::activity::{DeviceSettings, Sport};
use crate::cadence_lock::{Lock, Locked};
use crate::digest::SPEED_DURATIONS_S;
use crate::intent::Intent;
use crate::physiology::statistics::{self, Line};
use crate::physiology::{curve, heart};
use crate::recording::Recording;
use crate::trace_sums::{HeldHigh, TraceSums};
use jiff::civil::Date;

/// Share of the moving time that must have a heart rate before it sets a threshold.
const SOUND_COVERAGE: f64 = 0.9;
/// Share of the moving time that must be run before a run says where the threshold lies.
const ALL_RUN_SHARE: f64 = 0.8;
/// Nobody holds this for an hour, m/s: a ride, or a broken track.
const FASTEST_V60_MPS: f64 = 6.5;
/// Air warmer than this drives the heart rate up by itself, °C.
const HOT_C: f64 = 25.0;

/// What one recording tells about the athlete.
pub(super) struct Facts {
    pub date: Date,
    pub is_run: bool,
    pub settings: DeviceSettings,
    /// Lowest minute, bpm.
    pub lowest_bpm: Option<f64>,
    /// Best effort of 10 to 60 minutes as a one-hour speed, m/s.
    pub v60_mps: Option<f64>,
    /// The same of what was run, where hardly any of it was walked: standing at red lights slows nobody down.
    pub usual_v60_mps: Option<f64>,
    /// It is a run for certain: its file says so, or its steps do.
    pub is_certain_run: bool,
    /// Mean (grade-adjusted speed, heart rate) of its full five minutes.
    pub windows: Vec<(f64, f64)>,
    /// Mean grade-adjusted speed over the running seconds, m/s.
    pub mean_mps: Option<f64>,
    /// Best grade-adjusted speed over three minutes, m/s.
    pub best_3min_mps: Option<f64>,
    /// The highest two minutes held without a break.
    pub held: Option<HeldHigh>,
    /// Meant to be hard, or a race.
    pub is_stated_hard: bool,
    /// Hardly any of it was walked: a mean over half an hour is one of running.
    pub is_all_run: bool,
    /// Sound enough to set a threshold, but for what [`Locked`] says.
    has_heart_rate: bool,
    locked: Option<Locked>,
    bests: Bests,
    bests_with_lock: Bests,
}

/// Best mean heart rates over 30 s and 20, 30 and 60 minutes, bpm.
pub(super) type Bests = [Option<f64>; 4];

impl Facts {
    /// `uses_heart_rate` is false where the runner says that theirs means nothing.
    pub fn of(recording: &Recording, sums: &TraceSums, uses_heart_rate: bool) -> Facts {
        let d = &recording.digest;
        let is_run = recording.is_run();
        let is_walked = recording.is_mostly_walked();
        let v60 = || {
            let efforts = SPEED_DURATIONS_S.iter().zip(d.best_gap_mps);
            let v60 = efforts.filter_map(|(t, v)| curve::v60_mps(v?, f64::from(*t))).reduce(f64::max);
            v60.filter(|mps| *mps <= FASTEST_V60_MPS)
        };
        let paced = is_run && d.pace_reliable && !is_walked;
        let v60_mps = if paced { v60() } else { None };
        let is_all_run = d.running_s >= ALL_RUN_SHARE * d.moving_s;
        let usual_v60 = || curve::v60_mps(sums.running_mps.filter(|_| is_all_run)?, d.running_s.min(3600.0));
        let windows = || d.windows.iter().map(|w| (w.gap_mps, w.heart_rate_bpm)).collect();
        let sound = uses_heart_rate && is_run && !is_walked && !is_hot(recording);
        Facts {
            date: recording.date(),
            is_run,
            settings: d.settings,
            lowest_bpm: d.lowest_heart_rate_bpm.filter(|_| uses_heart_rate),
            v60_mps,
            usual_v60_mps: v60_mps.into_iter().chain(usual_v60()).reduce(f64::max).filter(|_| v60_mps.is_some()),
            is_certain_run: d.sport == Sport::Running || d.has_running_steps(),
            windows: if paced && uses_heart_rate { windows() } else { Vec::new() },
            mean_mps: sums.running_mps.filter(|_| paced),
            best_3min_mps: sums.best_3min_mps.filter(|_| paced),
            held: sums.held.filter(|_| sound),
            is_stated_hard: Intent::of(recording).is_hard(),
            is_all_run,
            has_heart_rate: sound && sums.beats.coverage() >= SOUND_COVERAGE,
            locked: sums.locked,
            bests: d.best_heart_rate_bpm,
            bests_with_lock: d.best_heart_rate_with_lock_bpm,
        }
    }

    /// The best heart rates of a run that has one for nine tenths of the time, the runner's own and not the steps'.
    pub fn sound_bests(&self, line: Option<Line>) -> Option<Bests> {
        if !self.has_heart_rate {
            return None;
        }
        match self.locked.map(|locked| locked.judge(line)) {
            None => Some(self.bests),
            Some(Lock::Plausible) => Some(self.bests_with_lock),
            Some(Lock::Suspect | Lock::Wrong) => None,
        }
    }

    /// Median of something over its five minutes, (grade-adjusted speed, heart rate), at this heart rate or above; `None` of
    /// fewer than three of them.
    pub fn median_from(&self, least_bpm: f64, of: impl Fn((f64, f64)) -> f64) -> Option<f64> {
        const LEAST_WINDOWS: usize = 3;
        let high: Vec<f64> = self.windows.iter().copied().filter(|(_, bpm)| *bpm >= least_bpm).map(of).collect();
        statistics::median(&high).filter(|_| high.len() >= LEAST_WINDOWS)
    }

    /// Threshold heart rate that this run alone suggests, bpm; `None` of a run with walks in it.
    pub fn threshold_bpm(&self, line: Option<Line>) -> Option<f64> {
        let [_, b20, b30, b60] = self.sound_bests(line).filter(|_| self.is_all_run)?;
        heart::lthr_from_bests(b20, b30, b60)
    }
}

fn is_hot(recording: &Recording) -> bool {
    recording.digest.told.air_c.is_some_and(|c| c >= HOT_C)
}
