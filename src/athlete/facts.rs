//! What one recording tells about the athlete.

use crate::activity::{DeviceSettings, Sport};
use crate::cadence_lock::{Lock, Locked};
use crate::digest::{SPEED_DURATIONS_S, Second, Trace};
use crate::intent::Intent;
use crate::physiology::statistics::{self, Line};
use crate::physiology::{curve, heart};
use crate::recording::Recording;
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

/// Two minutes of smooth, high heart rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeldHigh {
    pub bpm: f64,
    /// Grade-adjusted speed meanwhile, m/s.
    pub mps: Option<f64>,
}

impl Facts {
    /// `uses_heart_rate` is false where the runner says that theirs means nothing.
    pub fn of(recording: &Recording, uses_heart_rate: bool) -> Facts {
        let d = &recording.digest;
        let is_run = recording.is_run();
        let is_walked = recording.is_mostly_walked();
        let passed = TracePass::through(&d.trace);
        let v60 = || {
            let efforts = SPEED_DURATIONS_S.iter().zip(d.best_gap_mps);
            let v60 = efforts.filter_map(|(t, v)| curve::v60_mps(v?, f64::from(*t))).reduce(f64::max);
            v60.filter(|mps| *mps <= FASTEST_V60_MPS)
        };
        let paced = is_run && d.pace_reliable && !is_walked;
        let v60_mps = if paced { v60() } else { None };
        let is_all_run = d.running_s >= ALL_RUN_SHARE * d.moving_s;
        let usual_v60 = || curve::v60_mps(passed.mean_mps.filter(|_| is_all_run)?, d.running_s.min(3600.0));
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
            mean_mps: passed.mean_mps.filter(|_| paced),
            best_3min_mps: passed.best_3min_mps.filter(|_| paced),
            held: passed.held.filter(|_| sound),
            is_stated_hard: Intent::of(recording).is_hard(),
            is_all_run,
            has_heart_rate: sound && passed.coverage >= SOUND_COVERAGE,
            locked: Locked::in_trace(&d.trace),
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

/// What one pass through a trace finds.
#[derive(Default)]
struct TracePass {
    coverage: f64,
    mean_mps: Option<f64>,
    best_3min_mps: Option<f64>,
    held: Option<HeldHigh>,
}

impl TracePass {
    fn through(trace: &Trace) -> TracePass {
        let seconds: Vec<Second> = trace.seconds().collect();
        let moving = seconds.iter().filter(|s| s.moving);
        let (moving, valid) =
            moving.fold((0_u32, 0_u32), |(m, v), s| (m + 1, v + u32::from(s.heart_rate_bpm.is_some())));
        let running = seconds.iter().filter(|s| s.running).filter_map(|s| s.gap_mps);
        let (count, sum) = running.fold((0_u32, 0.0), |(n, sum), mps| (n + 1, sum + mps));
        let mut passed = TracePass {
            coverage: f64::from(valid) / f64::from(moving.max(1)),
            mean_mps: (count > 0).then(|| sum / f64::from(count)),
            ..TracePass::default()
        };
        let mut from = 0;
        for (_, length) in &trace.spans {
            let span = &seconds[from..(from + *length as usize).min(seconds.len())];
            passed.best_3min_mps = passed.best_3min_mps.into_iter().chain(best_3min(span)).reduce(f64::max);
            let higher = |a: HeldHigh, b: HeldHigh| if b.bpm > a.bpm { b } else { a };
            passed.held = passed.held.into_iter().chain(highest_held(span)).reduce(higher);
            from += span.len();
        }
        passed
    }
}

/// Best mean grade-adjusted speed over three unbroken minutes.
fn best_3min(span: &[Second]) -> Option<f64> {
    const LENGTH: usize = 180;
    let speed = |s: &Second| s.gap_mps.unwrap_or(0.0);
    let mut sum: f64 = span.get(..LENGTH)?.iter().map(speed).sum();
    let mut best = sum;
    for (leaving, entering) in span.iter().zip(&span[LENGTH..]) {
        sum += speed(entering) - speed(leaving);
        best = best.max(sum);
    }
    Some(best / LENGTH as f64).filter(|mps| *mps > 0.0)
}

/// The highest two minutes in which the heart rate never jumps and stays below 215 bpm.
fn highest_held(span: &[Second]) -> Option<HeldHigh> {
    const LENGTH: usize = 120;
    const LARGEST_STEP_BPM: f64 = 6.0;
    const HIGHEST_BPM: f64 = 215.0;
    let mut best: Option<HeldHigh> = None;
    let (mut smooth, mut sum) = (0, 0.0);
    let mut before: Option<f64> = None;
    for (i, second) in span.iter().enumerate() {
        let bpm = second.heart_rate_bpm.filter(|bpm| !second.cadence_lock && *bpm < HIGHEST_BPM);
        let goes_on = bpm.zip(before).is_some_and(|(now, then)| (now - then).abs() <= LARGEST_STEP_BPM);
        before = bpm;
        (smooth, sum) = match bpm {
            Some(bpm) if goes_on => (smooth + 1, sum + bpm),
            Some(bpm) => (1, bpm),
            None => (0, 0.0),
        };
        if smooth > LENGTH {
            sum -= span[i - LENGTH].heart_rate_bpm.unwrap_or(0.0);
            smooth = LENGTH;
        }
        let mean = sum / LENGTH as f64;
        if smooth == LENGTH && best.is_none_or(|best| mean > best.bpm) {
            let speeds = span[i + 1 - LENGTH..=i].iter().filter_map(|s| s.gap_mps);
            let (count, total) = speeds.fold((0_u32, 0.0), |(n, sum), mps| (n + 1, sum + mps));
            best = Some(HeldHigh { bpm: mean, mps: (count > 0).then(|| total / f64::from(count)) });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(bpm: f64, mps: f64) -> Second {
        Second { heart_rate_bpm: Some(bpm), gap_mps: Some(mps), moving: true, running: true, ..Second::default() }
    }

    #[test]
    fn a_spike_is_not_held() {
        let mut span = vec![second(150.0, 2.8); 300];
        span[150..165].fill(second(205.0, 2.8));
        assert_eq!(highest_held(&span).map(|held| held.bpm), Some(150.0));
        span.extend((0..60).map(|i| second(150.0 + f64::from(i) * 0.5, 4.0)));
        span.extend(vec![second(180.0, 4.0); 120]);
        assert_eq!(highest_held(&span), Some(HeldHigh { bpm: 180.0, mps: Some(4.0) }));
        assert_eq!(highest_held(&span[..100]), None);
    }

    #[test]
    fn three_minutes_are_three_minutes() {
        let mut span = vec![second(150.0, 2.0); 400];
        span[100..280].fill(second(150.0, 4.0));
        assert_eq!(best_3min(&span), Some(4.0));
        assert_eq!(best_3min(&span[..179]), None);
    }
}
