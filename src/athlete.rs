//! The athlete's thresholds by date, each with what it rests on (methods §5).

use crate::activity::{DeviceSettings, Sex, Sport};
use crate::cadence_lock::{Lock, Locked};
use crate::calendar::{days_between, monday_of};
use crate::digest::SPEED_DURATIONS_S;
use crate::physiology::statistics::{self, Line};
use crate::physiology::{curve, heart, zones};
use crate::profile::{AthleteSettings, Profile};
use crate::recording::Recording;
use crate::units::Speed;
use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use std::fmt;

/// Days of history that set the maximal heart rate (methods §5.1).
const HEART_RATE_MAX_DAYS: i32 = 365;
/// Days of history that set the threshold heart rate and speed (methods §5.3, §5.6).
const THRESHOLD_DAYS: i32 = 90;
/// Days of device settings whose median sets the resting heart rate (methods §5.2).
const RESTING_DAYS: i32 = 30;
/// An effort at this fraction of LTHR shows that the threshold was approached (methods §5.6).
const NEAR_THRESHOLD: f64 = 0.95;
/// A heart rate above this multiple of the maximum is the sensor's (methods §1.4).
pub(crate) const ABOVE_MAX: f64 = 1.08;

/// A threshold with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub basis: Basis,
    pub trust: Trust,
}

/// How far a number can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    Low,
    Medium,
    High,
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Trust::Low => "low",
            Trust::Medium => "medium",
            Trust::High => "high",
        })
    }
}

/// What a threshold rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// The runner's profile.
    Given,
    /// A setting of the watch, as of this day.
    Device { date: Date },
    /// The median of a watch setting over the last 30 days of files.
    DeviceMedian { files: usize },
    /// The highest 30 seconds seen, plus 2 bpm.
    Observed { date: Date },
    /// The lowest minute seen.
    LowestSeen { date: Date },
    /// Formula of Tanaka 2001.
    Age { years: f64 },
    /// The best 20 to 60 minutes of heart rate.
    BestHeartRate { date: Date },
    /// 85 % of the heart-rate reserve.
    Reserve,
    /// The best graded effort of 10 to 60 minutes, as a one-hour speed.
    BestEffort { date: Date },
    /// The heart-rate–speed line read at the threshold heart rate.
    HeartRateLine { windows: usize },
    /// Nothing on file says better.
    Assumed,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Basis::Given => f.write_str("given in the profile"),
            Basis::Device { date } => write!(f, "set in the watch on {date}"),
            Basis::DeviceMedian { files: 1 } => f.write_str("set in the watch"),
            Basis::DeviceMedian { files } => write!(f, "set in the watch, median of {files} files"),
            Basis::Observed { date } => write!(f, "the highest half minute of the year, on {date}, plus 2"),
            Basis::LowestSeen { date } => write!(f, "just below the lowest minute on file, on {date}"),
            Basis::Age { years } => write!(f, "from age {years:.0} (Tanaka 2001); no all-out effort on file"),
            Basis::BestHeartRate { date } => write!(f, "the best 20 to 60 minutes of three months, on {date}"),
            Basis::Reserve => f.write_str("85 % of the way from resting to maximal heart rate"),
            Basis::BestEffort { date } => {
                write!(f, "the best 10 to 60 minutes of three months, on {date}, as a one-hour pace")
            }
            Basis::HeartRateLine { windows } => {
                write!(f, "the pace at the threshold heart rate, from {windows} five-minute stretches")
            }
            Basis::Assumed => f.write_str("assumed; nothing on file says better"),
        }
    }
}

/// Everything a verdict is measured against, as of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    pub sex: Option<Sex>,
    pub age_years: Option<f64>,
    /// bpm.
    pub heart_rate_max: Estimate,
    /// bpm.
    pub heart_rate_rest: Estimate,
    /// Lactate-threshold heart rate, bpm.
    pub heart_rate_threshold: Estimate,
    /// Graded speed at the threshold, m/s; `None` while no effort of ten minutes is on file.
    pub speed_threshold: Option<Estimate>,
    /// Heart rate (bpm) over graded speed (m/s).
    pub line: Option<Line>,
    /// W; only ever given, never estimated.
    pub critical_power_w: Option<f64>,
}

impl Thresholds {
    /// The first lactate threshold, 0.90·LTHR (methods §2.2), bpm.
    pub fn lt1_bpm(&self) -> f64 {
        zones::LT1_SHARE_OF_LTHR * self.heart_rate_threshold.value
    }

    /// The highest mean heart rate of a recovery run (methods §6.2), bpm.
    pub fn recovery_ceiling_bpm(&self) -> f64 {
        heart::recovery_ceiling_bpm(
            self.heart_rate_max.value,
            self.heart_rate_rest.value,
            self.heart_rate_threshold.value,
        )
    }

    /// Threshold speed in m/s.
    pub fn speed_mps(&self) -> Option<f64> {
        self.speed_threshold.map(|e| e.value)
    }

    pub fn threshold_pace(&self) -> Option<Speed> {
        self.speed_mps().map(Speed)
    }
}

/// The thresholds week by week.
#[derive(Clone, Debug)]
pub struct Athlete {
    /// First day of each step and what held from it on, oldest first; never empty.
    steps: Vec<(Date, Thresholds)>,
}

impl Athlete {
    /// Estimates the thresholds for every week from the first recording to `today`.
    ///
    /// A day is judged by what was known by the end of its week; the first three months are judged together, so
    /// that the first runs of a history are not judged against nothing.
    pub fn new(recordings: &[Recording], profile: &Profile, today: Date) -> Athlete {
        let mut facts: Vec<Facts> = recordings.par_iter().map(Facts::of).collect();
        // A slow ride that does not name itself must not set the pace of one who does run.
        if facts.iter().any(|f| f.is_certain_run && f.v60_mps.is_some()) {
            facts.iter_mut().filter(|f| !f.is_certain_run).for_each(|f| f.v60_mps = None);
        }
        let given = &profile.athlete;
        let first = facts.iter().map(|f| f.date).min().unwrap_or(today).min(today);
        let settled = first.saturating_add(THRESHOLD_DAYS.days());
        let weeks = days_between(monday_of(first), today) / 7;
        let step = |week: i64| {
            let monday = monday_of(first).saturating_add((7 * week).days());
            let end = monday.saturating_add(6.days()).max(settled).min(today);
            (monday, History { facts: &facts, given, end }.thresholds())
        };
        Athlete { steps: (0..=weeks).into_par_iter().map(step).collect() }
    }

    /// The thresholds that hold on `date`.
    pub fn at(&self, date: Date) -> &Thresholds {
        let after = self.steps.partition_point(|(from, _)| *from <= date);
        &self.steps[after.saturating_sub(1)].1
    }
}

/// What one recording tells about the athlete.
struct Facts {
    date: Date,
    is_run: bool,
    /// Mostly walked, as it turned out.
    is_walked: bool,
    /// Moving time with a heart rate over moving time.
    coverage: f64,
    locked: Option<Locked>,
    bests: Bests,
    bests_with_lock: Bests,
    lowest_bpm: Option<f64>,
    v60_mps: Option<f64>,
    /// It is a run for certain: its file says so, or its steps do.
    is_certain_run: bool,
    windows: Vec<(f64, f64)>,
    device: DeviceSettings,
}

/// Best mean heart rates over 30 s and 20, 30 and 60 minutes.
type Bests = [Option<f64>; 4];

impl Facts {
    fn of(recording: &Recording) -> Facts {
        let d = &recording.digest;
        let moving = d.trace.seconds().filter(|s| s.moving);
        let (moving, valid) =
            moving.fold((0_u32, 0_u32), |(m, v), s| (m + 1, v + u32::from(s.heart_rate_bpm.is_some())));
        let is_run = recording.is_run();
        let v60 = || {
            let efforts = SPEED_DURATIONS_S.iter().zip(d.best_graded_mps);
            efforts.filter_map(|(t, v)| curve::v60_mps(v?, f64::from(*t))).reduce(f64::max)
        };
        Facts {
            date: recording.date(),
            is_run,
            is_walked: recording.is_mostly_walked(),
            coverage: f64::from(valid) / f64::from(moving.max(1)),
            locked: Locked::in_trace(&d.trace),
            bests: d.best_heart_rate_bpm,
            bests_with_lock: d.best_heart_rate_with_lock_bpm,
            lowest_bpm: d.lowest_heart_rate_bpm,
            // A walk says nothing about how fast one can run.
            is_certain_run: d.sport == Sport::Running || d.has_running_steps(),
            v60_mps: (is_run && d.pace_reliable && !recording.is_mostly_walked()).then(v60).flatten(),
            windows: d.windows.iter().filter(|_| d.pace_reliable).map(|w| (w.graded_mps, w.heart_rate_bpm)).collect(),
            device: d.settings,
        }
    }

    /// The best heart rates of a run that has one for nine tenths of the time, the runner's own and not the steps'.
    fn sound_bests(&self, line: Option<Line>) -> Option<Bests> {
        const SOUND_COVERAGE: f64 = 0.9;
        if !self.is_run || self.is_walked || self.coverage < SOUND_COVERAGE {
            return None;
        }
        match self.locked.map(|locked| locked.judge(line)) {
            None => Some(self.bests),
            Some(Lock::Plausible) => Some(self.bests_with_lock),
            Some(Lock::Suspect | Lock::Wrong) => None,
        }
    }
}

/// The history up to and including `end`.
struct History<'a> {
    facts: &'a [Facts],
    given: &'a AthleteSettings,
    end: Date,
}

impl<'a> History<'a> {
    fn last_days(&self, days: i32) -> impl Iterator<Item = &'a Facts> + use<'a> {
        let (from, end) = (self.end.saturating_sub(days.days()), self.end);
        self.facts.iter().filter(move |f| f.date > from && f.date <= end)
    }

    /// Best heart rates with their days.
    fn sound_bests(&self, days: i32, line: Option<Line>) -> impl Iterator<Item = (Date, Bests)> + use<'a> {
        self.last_days(days).filter_map(move |f| Some((f.date, f.sound_bests(line)?)))
    }

    /// The latest device setting up to this day.
    fn latest(&self, pick: impl Fn(&Facts) -> Option<f64>) -> Option<Estimate> {
        let known = self.facts.iter().filter(|f| f.date <= self.end);
        let (date, value) = known.filter_map(|f| Some((f.date, pick(f)?))).max_by_key(|(date, _)| *date)?;
        Some(Estimate { value, basis: Basis::Device { date }, trust: Trust::Medium })
    }

    fn thresholds(&self) -> Thresholds {
        let age_years = self.age_years();
        let measured = self.line();
        let line = measured.map(|(line, _)| line);
        let max = self.heart_rate_max(age_years, line);
        let rest = self.heart_rate_rest();
        let lthr = self.heart_rate_threshold(max.value, rest.value, line);
        Thresholds {
            sex: self.given.sex.or_else(|| self.facts.iter().rev().find_map(|f| f.device.sex)),
            age_years,
            heart_rate_max: max,
            heart_rate_rest: rest,
            heart_rate_threshold: lthr,
            speed_threshold: self.speed_threshold(lthr.value, measured),
            line,
            critical_power_w: self.given.critical_power_w,
        }
    }

    fn age_years(&self) -> Option<f64> {
        let from_profile = self.given.birth_year.map(|y| f64::from(self.end.year() - y));
        let from_device = || self.facts.iter().rev().filter(|f| f.date <= self.end).find_map(|f| f.device.age_years);
        from_profile.or_else(from_device).filter(|age| (5.0..=110.0).contains(age))
    }

    /// Methods §5.1.
    fn heart_rate_max(&self, age_years: Option<f64>, line: Option<Line>) -> Estimate {
        if let Some(value) = self.given.heart_rate_max_bpm {
            return given(value);
        }
        if let Some(device) = self.latest(|f| f.device.heart_rate_max_bpm) {
            return device;
        }
        let bests = self.sound_bests(HEART_RATE_MAX_DAYS, line);
        let mut bests: Vec<(f64, Date)> =
            bests.filter_map(|(date, [best_30_s, ..])| Some((best_30_s?, date))).collect();
        bests.sort_by(|a, b| b.0.total_cmp(&a.0));
        let values: Vec<f64> = bests.iter().map(|b| b.0).collect();
        let (value, source) = heart::max_estimate(&values, age_years);
        let date = bests.iter().find(|b| b.0 < value).map_or(self.end, |b| b.1);
        match source {
            heart::MaxBasis::Observed => Estimate { value, basis: Basis::Observed { date }, trust: Trust::Medium },
            heart::MaxBasis::Age => {
                Estimate { value, basis: Basis::Age { years: age_years.unwrap_or_default() }, trust: Trust::Low }
            }
            heart::MaxBasis::Default => Estimate { value, basis: Basis::Assumed, trust: Trust::Low },
        }
    }

    /// Methods §5.2.
    fn heart_rate_rest(&self) -> Estimate {
        if let Some(value) = self.given.heart_rate_rest_bpm {
            return given(value);
        }
        let recent: Vec<f64> = self.last_days(RESTING_DAYS).filter_map(|f| f.device.heart_rate_rest_bpm).collect();
        let device = statistics::median(&recent)
            .map(|value| Estimate { value, basis: Basis::DeviceMedian { files: recent.len() }, trust: Trust::Medium })
            .or_else(|| self.latest(|f| f.device.heart_rate_rest_bpm));
        let estimate =
            device.unwrap_or(Estimate { value: heart::DEFAULT_REST_BPM, basis: Basis::Assumed, trust: Trust::Low });
        let known = self.facts.iter().filter(|f| f.date <= self.end);
        let lowest = known.filter_map(|f| Some((f.lowest_bpm?, f.date))).min_by(|a, b| a.0.total_cmp(&b.0));
        match lowest {
            Some((bpm, date)) if bpm - 2.0 < estimate.value => {
                Estimate { value: bpm - 2.0, basis: Basis::LowestSeen { date }, trust: Trust::Low }
            }
            _ => estimate,
        }
    }

    /// Methods §5.3.
    fn heart_rate_threshold(&self, max_bpm: f64, rest_bpm: f64, line: Option<Line>) -> Estimate {
        if let Some(value) = self.given.heart_rate_threshold_bpm {
            return given(value);
        }
        if let Some(device) = self.latest(|f| f.device.heart_rate_threshold_bpm) {
            return device;
        }
        for days in [THRESHOLD_DAYS, HEART_RATE_MAX_DAYS] {
            let sound =
                self.sound_bests(days, line).filter(|(_, b)| b[0].is_some_and(|best| best <= ABOVE_MAX * max_bpm));
            let best = sound
                .filter_map(|(date, [_, b20, b30, b60])| Some((heart::lthr_from_bests(b20, b30, b60)?, date)))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((value, date)) = best
                && heart::lthr_is_plausible(value, max_bpm)
            {
                return Estimate { value, basis: Basis::BestHeartRate { date }, trust: Trust::Medium };
            }
        }
        Estimate { value: heart::lthr_default(max_bpm, rest_bpm), basis: Basis::Reserve, trust: Trust::Low }
    }

    /// The heart-rate–speed line and the number of windows it rests on (methods §2.8).
    fn line(&self) -> Option<(Line, usize)> {
        let runs = self.last_days(THRESHOLD_DAYS).filter(|f| f.is_run);
        let windows: Vec<(f64, f64)> = runs.flat_map(|f| f.windows.iter().copied()).collect();
        Some((curve::heart_speed_line(&windows)?, windows.len()))
    }

    /// Methods §5.6.
    fn speed_threshold(&self, lthr_bpm: f64, measured: Option<(Line, usize)>) -> Option<Estimate> {
        if let Some(pace) = self.given.threshold_pace {
            return Some(given(pace.0.0));
        }
        let efforts: Vec<(f64, Date)> =
            self.last_days(THRESHOLD_DAYS).filter_map(|f| Some((f.v60_mps?, f.date))).collect();
        let speeds: Vec<f64> = efforts.iter().map(|e| e.0).collect();
        let v60 = curve::v60_robust_mps(&speeds)?;
        let date = efforts.iter().find(|e| e.0 == v60).map_or(self.end, |e| e.1);
        let line = measured.map(|(line, _)| line);
        let near = self
            .sound_bests(THRESHOLD_DAYS, line)
            .any(|(_, [_, b20, ..])| b20.is_some_and(|b| b >= NEAR_THRESHOLD * lthr_bpm));
        let trust = if near { Trust::Medium } else { Trust::Low };
        let by_line = measured.and_then(|(line, windows)| Some((line.inverse(lthr_bpm)?, windows)));
        let value = curve::threshold_mps(v60, by_line.map(|(mps, _)| mps));
        let basis = match by_line {
            Some((_, windows)) if value > v60 => Basis::HeartRateLine { windows },
            _ => Basis::BestEffort { date },
        };
        Some(Estimate { value, basis, trust })
    }
}

fn given(value: f64) -> Estimate {
    Estimate { value, basis: Basis::Given, trust: Trust::High }
}
