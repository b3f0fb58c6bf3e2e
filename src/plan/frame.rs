//! Everything that is known of one week before its days are chosen.

use super::bounds::DayLimits;
use super::habits::{Habits, SHORT_RACE_KM};
use super::race::Aftermath;
use super::returning::{Return, tightest};
use super::sized::Evening;
use super::sizes::{Rates, Sizes, speed_mps};
use super::steps::WalkJogStage;
use super::target::{EASY_ONLY_SHARE, Grounds, Target};
use super::timeline::{Timeline, add_days, place, weekday};
use super::{Kind, PastDay, PlanInputs, Priority, Race};
use crate::calendar::days_between;
use crate::physiology::statistics::median;
use jiff::civil::Date;

/// One week as it lies before the planner.
pub(super) struct WeekFrame<'a> {
    pub inputs: &'a PlanInputs,
    pub habits: &'a Habits,
    pub timeline: &'a Timeline,
    pub rates: &'a Rates,
    /// The evenings before the first day that is not over, the oldest first.
    pub evenings: &'a [Evening],
    pub monday: Date,
    /// Days of the week that are over; 0–6.
    pub done: usize,
    pub target: Target,
    pub sizes: Sizes,
    pub returns: Vec<Return>,
    pub aftermaths: Vec<Aftermath>,
    /// What its days may hold; set by `limits`.
    pub days: Vec<DayLimits>,
    longest: super::timeline::Longest,
    longest_half_year: f64,
}

/// What a week is planned from: the runner, and the days before it.
#[derive(Clone, Copy)]
pub(super) struct SoFar<'a> {
    pub inputs: &'a PlanInputs,
    pub habits: &'a Habits,
    pub timeline: &'a Timeline,
    pub rates: &'a Rates,
    pub evenings: &'a [Evening],
}

/// Growth of the longest run of 30 days from one week to the next.
const LONGEST_GROWTH: f64 = 1.1;
const LONGEST_DAYS: i64 = 30;
/// With nothing on file in those days: half of the longest of half a year, at most so many minutes.
const LONGEST_LONG_AGO_DAYS: i64 = 180;
const LONGEST_LONG_AGO_MIN: f64 = 45.0;
/// On the way back there may always be a run of so many minutes.
const LONGEST_BACK_MIN: f64 = 20.0;
/// Days of history that tell the usual run, and the longer try, as for labels.
const USUAL_DAYS: [i64; 2] = [60, 180];
const USUAL_RUNS: usize = 5;

/// Easier days between hard or long ones: two, or one where that is the habit of a runner under this age.
pub(super) const GAP: i64 = 3;
const SHORT_GAP: i64 = 2;
const SHORT_GAP_YEARS: f64 = 50.0;

impl<'a> WeekFrame<'a> {
    /// `resume` is the return that would begin in this week, if one would.
    pub fn new(so_far: SoFar<'a>, monday: Date, resume: Option<Return>) -> WeekFrame<'a> {
        let SoFar { inputs, habits, timeline, rates, evenings } = so_far;
        // What begins within the week holds for all of it, whether its first run is planned or done.
        let begun = Return::all(timeline).into_iter().chain(resume);
        let returns: Vec<Return> = begun.map(|back| Return { is_open: back.start >= monday, ..back }).collect();
        let aftermaths = Aftermath::reaching(timeline, &inputs.races, monday);
        let grounds = Grounds { inputs, habits, timeline, returns: &returns, aftermaths: &aftermaths, monday };
        let target = Target::of(&grounds);
        let mut sizes = Sizes::of(habits, usual_minutes(timeline, monday), target.share);
        // Who is spared hard and long days does not run longer on the others instead.
        if inputs.wishes.no_hard || inputs.is_young() {
            sizes.easy_most = sizes.easy;
        }
        let done = days_between(monday, timeline.end()).clamp(0, 6) as usize;
        WeekFrame {
            inputs,
            habits,
            timeline,
            rates,
            evenings,
            monday,
            done,
            target,
            sizes,
            returns,
            aftermaths,
            days: Vec::new(),
            longest: timeline.longest(monday, LONGEST_DAYS),
            longest_half_year: timeline.longest(monday, LONGEST_LONG_AGO_DAYS).minutes,
        }
    }

    pub fn date(&self, day: usize) -> Date {
        add_days(self.monday, day as i64)
    }

    /// A day of the week that is over.
    pub fn past(&self, day: usize) -> Option<PastDay> {
        (day < self.done).then(|| self.timeline.day(self.date(day)))
    }

    /// The race the runner entered on a day.
    pub fn race_on(&self, date: Date) -> Option<&'a Race> {
        let on_day = self.inputs.races.iter().filter(|race| race.date == date);
        on_day.max_by(|a, b| a.distance_km.total_cmp(&b.distance_km))
    }

    /// A race still to be run.
    pub fn coming_race(&self, day: usize) -> Option<&'a Race> {
        self.race_on(self.date(day)).filter(|_| day >= self.done)
    }

    /// A day after a race that asks to walk, ride or swim, and that the runner has not set aside.
    pub fn keeps_moving(&self, day: usize) -> bool {
        let (date, wishes) = (self.date(day), &self.inputs.wishes);
        let stage = self.aftermaths.iter().filter_map(|aftermath| aftermath.stage(date)).min();
        let is_off = wishes.rest_day == Some(date.weekday())
            || wishes.weekdays_off[place(date)]
            || wishes.dates_off.iter().any(|range| range.contains(date));
        stage == Some(Kind::CrossTrain) && !is_off
    }

    /// The race or very long run after which there is still only one hard session in seven days.
    pub fn one_session_after(&self, date: Date) -> Option<&Aftermath> {
        self.aftermaths.iter().find(|a| a.date < date && date <= a.full_until() && a.distance_km > SHORT_RACE_KM)
    }

    /// Only easy running in this week of a return.
    pub fn is_easy_only(&self) -> bool {
        self.target.share <= EASY_ONLY_SHARE
    }

    /// The day after a short race, where the long run on that day is a habit.
    pub fn is_long_after_short_race(&self, date: Date) -> bool {
        let yesterday = add_days(date, -1);
        let km = self.timeline.day(yesterday).race_km.or_else(|| self.race_on(yesterday).map(|r| r.distance_km));
        self.habits.is_known()
            && self.habits.long_after_race
            && km.is_some_and(|km| km <= SHORT_RACE_KM)
            && self.aftermaths.iter().all(|a| a.date >= yesterday || a.no_hard_until() < date)
    }

    /// The longest run allowed on a day, minutes; `None` while nothing was ever run, walks with jogging apart.
    pub fn longest_allowed_min(&self, date: Date) -> Option<f64> {
        if self.walk_jog_stage().is_some() {
            return None;
        }
        let back = tightest(&self.returns, date)
            .map(|(share, back)| (share * back.longest_before.minutes).max(LONGEST_BACK_MIN));
        let own = match self.longest {
            known if known.minutes > 0.0 => {
                let by_km = (known.km > 0.0)
                    .then(|| 1000.0 * LONGEST_GROWTH * known.km / speed_mps(Kind::Long, &self.inputs.paces) / 60.0);
                Some(by_km.unwrap_or(f64::INFINITY).min(LONGEST_GROWTH * known.minutes))
            }
            _ if self.longest_half_year > 0.0 => Some((self.longest_half_year / 2.0).min(LONGEST_LONG_AGO_MIN)),
            // Only runs of this week are on file, or only races.
            _ => Some(self.timeline.longest(self.timeline.end(), 7).minutes)
                .filter(|minutes| *minutes > 0.0)
                .or(Some(self.longest_race_min().min(LONGEST_LONG_AGO_MIN)).filter(|minutes| *minutes > 0.0)),
        };
        match (own, back) {
            (Some(own), Some(back)) => Some(own.max(back)),
            (one, other) => one.or(other),
        }
    }

    fn longest_race_min(&self) -> f64 {
        self.timeline.runs().map(|(_, day)| day.race_minutes).fold(0.0, f64::max)
    }

    /// How far a newcomer has come with walking and jogging; `None` for all others.
    pub fn walk_jog_stage(&self) -> Option<WalkJogStage> {
        let is_new = self
            .timeline
            .runs()
            .all(|(date, day)| day.kind == Kind::WalkJog || day.kind == Kind::Race && self.race_on(date).is_some());
        let done = self.timeline.runs().filter(|(date, _)| *date < self.monday).count();
        is_new.then(|| WalkJogStage::after(done))
    }

    /// The stage of walking and jogging on the way back.
    pub fn walk_jog_since(&self, start: Date) -> WalkJogStage {
        let done =
            self.timeline.runs().filter(|(date, day)| (start..self.monday).contains(date) && day.kind == Kind::WalkJog);
        WalkJogStage::after(done.count())
    }

    /// Share of the habit's weeks in which this weekday was run.
    pub fn weekday_share(&self, day: usize) -> f64 {
        self.habits.day_share[place(self.date(day))]
    }

    /// Days from one hard or long day to the next.
    pub fn gap(&self) -> i64 {
        let young = self.inputs.age_years.is_none_or(|age| age < SHORT_GAP_YEARS);
        if self.habits.has_short_gaps && young { SHORT_GAP } else { GAP }
    }

    /// Hours from 0:00 of Monday to the usual hour of a run.
    pub fn hour(&self, day: usize) -> f64 {
        24.0 * day as f64 + self.habits.hour[place(self.date(day))]
    }

    /// Whether a long run belongs to the week.
    pub fn wants_long(&self) -> bool {
        self.habits.is_known() && (self.habits.has_long() || self.inputs.wishes.long_day.is_some())
    }

    /// A weekday on which the runner races a short race by habit, such as a parkrun.
    pub fn is_race_day(&self, day: usize) -> bool {
        self.habits.race_day.is_some_and(|(weekday, _)| weekday == self.date(day).weekday())
    }

    /// The race of a day: entered, or by habit.
    pub fn race(&self, day: usize) -> Option<Race> {
        let habit = || {
            let (_, distance_km) = self.habits.race_day.filter(|_| self.is_race_day(day))?;
            Some(Race { date: self.date(day), distance_km, goal_min: None, priority: Priority::C })
        };
        self.race_on(self.date(day)).copied().or_else(habit)
    }

    /// The day of the week of the long run: wished, else usual.
    pub fn long_day(&self) -> Option<usize> {
        self.inputs.wishes.long_day.or(self.habits.long_day).map(weekday)
    }

    /// Minutes that count against the week: a race does not, unless it is the usual short one of a weekday.
    pub fn counted_minutes(&self, day: usize, past: &PastDay) -> f64 {
        let usual = self.is_race_day(day) && past.race_km.is_some_and(|km| km <= SHORT_RACE_KM);
        let entered = self.race_on(self.date(day)).is_some();
        if usual && !entered { past.minutes } else { past.training_minutes() }
    }

    /// The hard session or long run that was planned for the day before, and not run.
    pub fn missed_before(&self, day: usize) -> Option<Kind> {
        self.inputs.missed.filter(|_| self.date(day) == self.inputs.start)
    }

    /// Days of the week with a run that are over.
    pub fn done_runs(&self) -> u32 {
        (0..self.done).filter(|day| self.past(*day).is_some_and(|past| past.is_run())).count() as u32
    }

    /// Minutes done in the week that count against it.
    pub fn done_minutes(&self) -> f64 {
        (0..self.done).filter_map(|day| Some(self.counted_minutes(day, &self.past(day)?))).sum()
    }

    /// Load of other sports expected on a day.
    pub fn other_load(&self, day: usize) -> f64 {
        self.habits.other_load[place(self.date(day))]
    }
}

/// The median run, long runs apart, by which long ones are told.
fn usual_minutes(timeline: &Timeline, monday: Date) -> Option<f64> {
    USUAL_DAYS.iter().find_map(|days| {
        let counts = |day: &&PastDay| day.is_run() && day.kind != Kind::Long && day.longest_min > 0.0;
        let runs = timeline.last_days(monday, *days).iter().filter(counts);
        let minutes: Vec<f64> = runs.map(|day| day.longest_min).collect();
        median(&minutes).filter(|_| minutes.len() >= USUAL_RUNS)
    })
}
