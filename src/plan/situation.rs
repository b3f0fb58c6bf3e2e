//! From the season behind to the state the planner starts from (methods §7.1, §7.4).

use super::Kind;
use super::race::Race;
use super::recovery::{Effort, Session};
use super::state::{Ceilings, LoadPerHour, PastDay, Preferences, State, Usual};
use crate::calendar::days_between;
use crate::daily::Daily;
use crate::label::{Baseline, Label, Labelled};
use crate::physiology::curve;
use crate::physiology::statistics::median;
use crate::season::Season;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// Days whose CTL the ramp guard looks at.
const FITNESS_DAYS: i64 = 8;
const HISTORY_DAYS: i64 = 7;
const WEEKS: i64 = 4;
/// Races older than this no longer matter to any rule.
const RACE_DAYS: i64 = 60;
/// A weekday is the day of the long run where at least so many long runs of so many days, and most, were run on it.
const LONG_HABIT_RUNS: usize = 3;
const LONG_HABIT_DAYS: i64 = 56;
/// The hour at which planned sessions start.
const SESSION_HOUR: i8 = 8;
/// Runs of a kind needed to take its load an hour from them.
const OWN_RUNS: usize = 3;
/// Heart-rate ceiling of cross-training, as a fraction of the maximum (methods §7.5).
const CROSS_TRAIN_OF_MAX: f64 = 0.70;
/// Speed ceiling of easy running, as a fraction of threshold speed (methods §7.5).
const EASY_OF_THRESHOLD: f64 = 0.86;

/// The state on the morning of the first day to plan: today, or tomorrow where today's run is done.
pub fn state(season: &Season) -> State {
    let (sessions, daily, thresholds, today) = (season.sessions(), &season.daily, season.thresholds(), season.today);
    let ran_today = sessions.iter().any(|s| s.session.date == today);
    let start = if ran_today { today.saturating_add(1.day()) } else { today };
    let past = Past { season, sessions, daily, start };
    let baseline = Baseline::before(start, sessions);
    State {
        start,
        fitness: (1..=FITNESS_DAYS).rev().map(|back| daily.morning(days_before(start, back - 1)).ctl).collect(),
        fatigue: daily.morning(start).atl,
        history: (1..=HISTORY_DAYS).rev().map(|back| past.day(days_before(start, back))).collect(),
        residual_h: past.residual_h(thresholds.age_years),
        days_since_long: past.days_since(|s| s.verdict.label == Label::Long),
        days_since_hard: past.days_since(|s| kind_of(s).is_hard()),
        races: past.races(),
        runs_per_week: past.runs_per_week(),
        preferences: Preferences { long_day: past.long_day(), ..Default::default() },
        usual: past.usual(),
        check_in: Default::default(),
        level: Default::default(),
        age_years: thresholds.age_years,
        threshold_mps: thresholds.speed_mps(),
        ceilings: Ceilings {
            recovery_hr_bpm: Some(thresholds.recovery_ceiling_bpm()),
            easy_hr_bpm: Some(thresholds.lt1_bpm()),
            cross_train_hr_bpm: Some(CROSS_TRAIN_OF_MAX * thresholds.heart_rate_max.value),
            recovery_speed_mps: curve::recovery_ceiling_mps(baseline.usual_mps, thresholds.speed_mps()),
            easy_speed_mps: thresholds.speed_mps().map(|v| EASY_OF_THRESHOLD * v),
        },
    }
}

fn days_before(date: Date, days: i64) -> Date {
    date.saturating_sub(days.days())
}

/// What the planner calls a past session. One that was hard by its load or its novelty counts as hard.
fn kind_of(session: &Labelled) -> Kind {
    match session.verdict.label {
        Label::Race => Kind::Race,
        Label::Intervals | Label::Tempo => Kind::Hard,
        Label::Long => Kind::Long,
        _ if session.hard => Kind::Hard,
        Label::Shakeout => Kind::Shakeout,
        Label::Recovery | Label::Fragment => Kind::Recovery,
        Label::Walk => Kind::CrossTrain,
        Label::Easy | Label::Steady | Label::RecoveryTooHard | Label::Unknown => Kind::Easy,
    }
}

fn effort_of(session: &Labelled) -> Effort {
    match session.verdict.label {
        Label::Race => Effort::Race,
        Label::Intervals => Effort::Intervals,
        Label::Tempo => Effort::Tempo,
        Label::Long => Effort::Long,
        Label::Steady | Label::RecoveryTooHard => Effort::Steady,
        Label::Easy | Label::Unknown => Effort::Easy,
        Label::Recovery | Label::Shakeout | Label::Walk | Label::Fragment => Effort::Gentle,
    }
}

/// How much a kind of day takes out of a runner, to find the day's main session.
fn taxing(kind: Kind) -> u8 {
    match kind {
        Kind::Rest => 0,
        Kind::CrossTrain => 1,
        Kind::WalkJog => 2,
        Kind::Shakeout => 3,
        Kind::Recovery => 4,
        Kind::Easy => 5,
        Kind::Long => 6,
        Kind::Hard => 7,
        Kind::Race => 8,
    }
}

struct Past<'a> {
    season: &'a Season,
    sessions: &'a [Labelled],
    daily: &'a Daily,
    start: Date,
}

impl Past<'_> {
    /// Days from the date of a session to the first planned day; at least 1 for all that counts.
    fn days_ago(&self, session: &Labelled) -> i64 {
        days_between(session.session.date, self.start)
    }

    fn last_days(&self, days: i64) -> impl Iterator<Item = &Labelled> {
        self.sessions.iter().filter(move |s| (1..=days).contains(&self.days_ago(s)))
    }

    /// The hardest thing done on a day, and the day's load.
    fn day(&self, date: Date) -> PastDay {
        let runs = self.sessions.iter().filter(|s| s.session.date == date).map(kind_of);
        let others = self.season.others().filter(|a| a.recording.date() == date).map(|_| Kind::CrossTrain);
        let kind = runs.chain(others).max_by_key(|kind| taxing(*kind)).unwrap_or(Kind::Rest);
        let place = usize::try_from(days_between(self.daily.first, date)).ok();
        let load = place.and_then(|i| self.daily.loads.get(i)).copied().unwrap_or(0.0);
        PastDay { kind, load }
    }

    fn days_since(&self, is: impl Fn(&Labelled) -> bool) -> Option<u32> {
        let last = self.sessions.iter().rfind(|s| self.days_ago(s) >= 1 && is(s))?;
        u32::try_from(self.days_ago(last)).ok()
    }

    fn races(&self) -> Vec<Race> {
        let raced = self.last_days(RACE_DAYS).filter(|s| s.verdict.label == Label::Race);
        raced
            .map(|s| Race {
                date: s.session.date,
                distance_km: s.verdict.race_km.or(s.features.distance_km).unwrap_or_default(),
            })
            .collect()
    }

    /// Runs in each of the last four weeks, the oldest first.
    fn runs_per_week(&self) -> Vec<u32> {
        let known_days = days_between(self.daily.first, self.start);
        let runs = |s: &&Labelled| !matches!(s.verdict.label, Label::Walk | Label::Fragment);
        let whole_weeks = (1..=WEEKS).rev().filter(|week| 7 * week <= known_days);
        let count = |week: i64| {
            let days = 7 * (week - 1) + 1..=7 * week;
            self.sessions.iter().filter(runs).filter(|s| days.contains(&self.days_ago(s))).count() as u32
        };
        whole_weeks.map(count).collect()
    }

    /// The weekday on which most long runs of the last eight weeks were run, where it is a habit.
    fn long_day(&self) -> Option<Weekday> {
        let days: Vec<Weekday> = self
            .last_days(LONG_HABIT_DAYS)
            .filter(|s| s.verdict.label == Label::Long)
            .map(|s| s.session.date.weekday())
            .collect();
        let count = |day: &Weekday| days.iter().filter(|d| *d == day).count();
        let usual = days.iter().copied().max_by_key(|day| (count(day), day.to_monday_zero_offset()))?;
        (count(&usual) >= LONG_HABIT_RUNS && 2 * count(&usual) > days.len()).then_some(usual)
    }

    /// Hours still needed at 08:00 of the first planned day (methods §7.1).
    fn residual_h(&self, age_years: Option<f64>) -> f64 {
        let mut efforts: Vec<(DateTime, Session)> = self.run_efforts().chain(self.other_efforts()).collect();
        efforts.sort_by_key(|(began, _)| *began);
        let mut residual_h: f64 = 0.0;
        let mut clock: Option<DateTime> = None;
        for (began, session) in efforts {
            residual_h = passed(residual_h, clock, began);
            let fitness = self.daily.morning(began.date()).ctl;
            residual_h = session.recovery_h(fitness, age_years, residual_h);
            clock = Some(began);
        }
        passed(residual_h, clock, self.start.at(SESSION_HOUR, 0, 0, 0))
    }

    fn run_efforts(&self) -> impl Iterator<Item = (DateTime, Session)> {
        self.last_days(2 * HISTORY_DAYS).filter_map(|labelled| {
            let first = &self.season.activity(labelled.parts().next()?).recording;
            let session = Session {
                effort: effort_of(labelled),
                load: labelled.features.load,
                minutes: labelled.features.duration_min,
                eccentric: labelled.eccentric,
            };
            Some((first.started.datetime(), session))
        })
    }

    /// Other sports tire too, yet gently.
    fn other_efforts(&self) -> impl Iterator<Item = (DateTime, Session)> {
        let recent = |date| (1..=2 * HISTORY_DAYS).contains(&days_between(date, self.start));
        self.season.others().filter(move |a| recent(a.recording.date())).map(|other| {
            let minutes = other.recording.digest.timer_s / 60.0;
            let session = Session { effort: Effort::Gentle, load: other.load.points, minutes, eccentric: false };
            (other.recording.started.datetime(), session)
        })
    }

    /// This runner's usual minutes and loads (methods §5.7).
    fn usual(&self) -> Usual {
        let minutes = |label: Label| self.own(label, 1, |s| s.features.duration_min);
        let hard: Vec<f64> = self
            .recent()
            .filter(|s| matches!(s.verdict.label, Label::Tempo | Label::Intervals))
            .map(|s| s.features.duration_min)
            .collect();
        let per_h = |label| self.own(label, OWN_RUNS, load_per_h);
        let hard_per_h: Vec<f64> = self
            .recent()
            .filter(|s| matches!(s.verdict.label, Label::Tempo | Label::Intervals))
            .map(load_per_h)
            .collect();
        Usual {
            easy_min: minutes(Label::Easy).map(to_five),
            long_min: minutes(Label::Long).map(to_five),
            hard_min: median(&hard).map(to_five),
            longest_30d_min: self.last_days(30).map(|s| s.features.duration_min).reduce(f64::max),
            load_per_h: LoadPerHour {
                recovery: per_h(Label::Recovery),
                easy: per_h(Label::Easy),
                long: per_h(Label::Long),
                hard: median(&hard_per_h).filter(|_| hard_per_h.len() >= OWN_RUNS),
                walk_jog: None,
                cross_train: None,
                shakeout: per_h(Label::Shakeout),
            },
        }
    }

    /// The sessions that usual values are taken from: two months.
    fn recent(&self) -> impl Iterator<Item = &Labelled> {
        self.last_days(60)
    }

    /// Median over the runner's own sessions of a kind, where there are enough.
    fn own(&self, label: Label, at_least: usize, value: impl Fn(&Labelled) -> f64) -> Option<f64> {
        let values: Vec<f64> = self.recent().filter(|s| s.verdict.label == label).map(value).collect();
        median(&values).filter(|_| values.len() >= at_least)
    }
}

/// Whole five minutes: nobody plans 57 and a half.
fn to_five(minutes: f64) -> f64 {
    5.0 * (minutes / 5.0).round_ties_even()
}

fn load_per_h(session: &Labelled) -> f64 {
    60.0 * session.features.load / session.features.duration_min.max(1.0)
}

/// What is left of a residual after the time from `clock` to `now`; it falls an hour an hour.
fn passed(residual_h: f64, clock: Option<DateTime>, now: DateTime) -> f64 {
    let Some(clock) = clock else { return 0.0 };
    let hours = clock.duration_until(now).as_secs_f64() / 3600.0;
    (residual_h - hours.max(0.0)).max(0.0)
}
