//! Walks from week to week: frame, search, minutes, reasons; then lowers and projects.

use super::frame::{SoFar, WeekFrame};
use super::habits::Habits;
use super::limits::bounded;
use super::lower::{DraftDay, Gentle, Lowering, fit_to_tomorrow};
use super::morning::Morning;
use super::returning::{BREAK_DAYS, Return};
use super::search::Search;
use super::sized::{Evening, Filled, Sized, Week};
use super::sizes::{Rates, planned_km};
use super::timeline::{Timeline, add_days};
use super::{FIRST_DAYS_MAX, Kind, PLAN_FROM_YEARS, PastDay, Plan, PlanInputs, PlanReason, PlannedDay, PlannedWeek};
use crate::calendar::monday_of;
use crate::physiology::training::Fitness;
use jiff::civil::Date;

/// Plans so many days from the first one on.
pub fn plan(inputs: &PlanInputs, days: usize) -> Plan {
    let timeline = Timeline::before(inputs.start, &inputs.past);
    let habits = Habits::of(&timeline, &inputs.races, monday_of(inputs.start));
    let rates = Rates::of(&timeline, monday_of(inputs.start), &inputs.paces);
    let count = days_at_most(inputs, &habits, days);
    let (drafts, mut weeks) = drafted(inputs, &habits, &rates, timeline, count);
    let last_run = inputs.past.iter().rposition(|day| day.kind.is_run());
    let mut lowering = Lowering {
        inputs,
        rates: &rates,
        fitness: sane(inputs.fitness),
        last_run: last_run.map(|i| add_days(inputs.start, i as i64 - inputs.past.len() as i64)),
        returns: Vec::new(),
        left_out: false,
        unraced_km: Vec::new(),
    };
    let mut days: Vec<PlannedDay> = drafts.into_iter().map(|draft| lowering.day(draft, &habits, &mut weeks)).collect();
    fit_to_tomorrow(&mut days);
    days.truncate(count);
    explain_lost_fitness(inputs, &days, &mut weeks);
    let mut plan = Plan { days, weeks, notes: Vec::new(), habits };
    plan.notes = super::notes::of(inputs, &plan);
    plan
}

/// A child is given no plan, and a runner without a habit a short one.
fn days_at_most(inputs: &PlanInputs, habits: &Habits, days: usize) -> usize {
    let child = inputs.age_years.is_some_and(|age| age < PLAN_FROM_YEARS);
    match (child, habits.is_known()) {
        (true, _) => 0,
        (false, true) => days.min(super::DAYS_MAX),
        (false, false) => days.min(FIRST_DAYS_MAX),
    }
}

/// The days before check-ins lower them, week by week, and the weeks they make. The day after the last one is there too
/// where it lies in the same week: the last one may be there for it.
fn drafted(
    inputs: &PlanInputs,
    habits: &Habits,
    rates: &Rates,
    timeline: Timeline,
    days: usize,
) -> (Vec<DraftDay>, Vec<PlannedWeek>) {
    let mut planner = Planner {
        inputs,
        habits,
        rates,
        timeline,
        ready_h: inputs.ready_h.max(0.0),
        fitness: sane(inputs.fitness),
        evenings: evenings_before(inputs),
        drafts: Vec::new(),
        weeks: Vec::new(),
    };
    let (mut monday, end) = (monday_of(inputs.start), add_days(inputs.start, days as i64));
    while monday < end {
        planner.plan_week(monday);
        monday = add_days(monday, 7);
    }
    planner.drafts.truncate(days + 1);
    (planner.drafts, planner.weeks)
}

/// Fitness that falls by more than this in two weeks is explained.
const FITNESS_LOST: f64 = 0.05;

/// Where no week has a reason to cost fitness, the weeks behind were heavier than the habit.
fn explain_lost_fitness(inputs: &PlanInputs, days: &[PlannedDay], weeks: &mut [PlannedWeek]) {
    let before = sane(inputs.fitness).ctl;
    let Some(day) = days.get(13).filter(|day| day.fitness < (1.0 - FITNESS_LOST) * before) else { return };
    let mut until: Vec<&mut PlannedWeek> = weeks.iter_mut().filter(|week| week.monday <= day.date).collect();
    if until.iter().all(|week| week.reasons.is_empty())
        && let Some(first) = until.first_mut()
    {
        first.reasons.push(PlanReason::FitnessFalls { percent: 100.0 * (1.0 - day.fitness / before) });
    }
}

fn sane(fitness: Fitness) -> Fitness {
    let ok = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    Fitness { ctl: ok(fitness.ctl), atl: ok(fitness.atl) }
}

struct Planner<'a> {
    inputs: &'a PlanInputs,
    habits: &'a Habits,
    rates: &'a Rates,
    timeline: Timeline,
    /// Hours from 0:00 of the day after the last one in the timeline until a hard session is due.
    ready_h: f64,
    fitness: Fitness,
    evenings: Vec<Evening>,
    drafts: Vec<DraftDay>,
    weeks: Vec<PlannedWeek>,
}

impl Planner<'_> {
    fn plan_week(&mut self, monday: Date) {
        let mut resume = None;
        // The day of the first run after a break decides how the return begins, and the return where that run may lie.
        for _ in 0..4 {
            let frame = self.frame(monday, resume);
            let (_, filled) = Search::best(&frame, self.first_morning(&frame));
            let first_run = (frame.done..7).find(|day| filled.days[*day].kind.is_run()).map(|day| frame.date(day));
            let next = first_run.and_then(|date| Return::beginning(&self.timeline, date));
            if next == resume {
                break;
            }
            // Where the two chase each other, the later beginning is the more careful one.
            resume = match (resume, next) {
                (Some(a), Some(b)) => Some(if a.start > b.start { a } else { b }),
                (one, other) => one.or(other),
            };
        }
        self.keep(monday, resume);
    }

    fn frame(&self, monday: Date, resume: Option<Return>) -> WeekFrame<'_> {
        let Planner { inputs, habits, timeline, rates, evenings, .. } = self;
        bounded(WeekFrame::new(SoFar { inputs, habits, timeline, rates, evenings }, monday, resume))
    }

    fn first_morning(&self, frame: &WeekFrame) -> Morning {
        frame.first_morning(self.ready_h + 24.0 * frame.done as f64, self.fitness)
    }

    /// Plans the week for good and puts its days behind.
    fn keep(&mut self, monday: Date, resume: Option<Return>) {
        let frame = self.frame(monday, resume);
        let first = self.first_morning(&frame);
        let (week, filled) = Search::best(&frame, first);
        let days: Vec<(DraftDay, PastDay)> =
            (frame.done..7).map(|day| self.draft(&frame, first, &week, &filled, day)).collect();
        let planned_week = self.summary(&frame, first, &week, &filled);
        let mut morning = first;
        let mut evenings = Vec::new();
        for (i, (draft, past)) in days.iter().enumerate() {
            let load = draft.load + draft.second_load;
            morning.pass(&frame, frame.done + i, past.kind, draft.sized.minutes, load);
            let race_load = if past.kind == Kind::Race { draft.load } else { 0.0 };
            evenings.push(Evening { ctl: morning.fitness.ctl, race_load });
        }
        (self.ready_h, self.fitness) = (morning.ready_h - 24.0 * 7.0, morning.fitness);
        self.evenings.extend(evenings);
        self.weeks.push(planned_week);
        for (draft, past) in days {
            self.timeline.push(past);
            self.drafts.push(draft);
        }
    }

    fn draft(
        &self,
        frame: &WeekFrame,
        first: Morning,
        week: &Week,
        filled: &Filled,
        day: usize,
    ) -> (DraftDay, PastDay) {
        let mut sized = filled.days[day];
        let race = frame.race(day).filter(|_| sized.kind == Kind::Race);
        if let Some(race) = &race {
            sized.minutes = self.rates.race(race).0;
        }
        let (load, second_load) = frame.loads(day, &sized);
        let other_load = frame.other_load(day);
        let is_training = sized.kind.is_run() && sized.kind != Kind::Race;
        let past = PastDay {
            kind: sized.kind,
            taxing: sized.kind.is_taxing(),
            load: load + second_load + other_load,
            other_load,
            minutes: if sized.kind.is_run() { sized.total() } else { 0.0 },
            race_km: race.map(|race| race.distance_km),
            race_minutes: if race.is_some() { sized.minutes } else { 0.0 },
            longest_min: if is_training { sized.minutes } else { 0.0 },
            longest_km: if is_training { planned_km(sized.kind, sized.minutes, &self.inputs.paces) } else { 0.0 },
            sessions: u8::from(sized.kind.is_run()) + u8::from(sized.second_min > 0.0),
            hard_minutes: sized.hard_min,
            late_soreness: false,
            hour: None,
        };
        let reasons = frame.reasons(first, week, filled, day);
        let gentle = Gentle { recovery_min: frame.sizes.recovery, easy_min: frame.sizes.easy };
        (DraftDay { date: frame.date(day), sized, load, second_load, gentle, reasons }, past)
    }

    fn summary(&self, frame: &WeekFrame, first: Morning, week: &Week, filled: &Filled) -> PlannedWeek {
        let open = (frame.done..7).map(|day| &filled.days[day]).filter(|sized| sized.kind.is_run());
        let to_come: f64 = open.map(Sized::total).sum();
        let minutes = frame.done_minutes() + to_come;
        let known = self.habits.is_known();
        let least_minutes = frame.target.lower.filter(|_| known);
        let mut reasons = frame.target.because.clone();
        filled.shortened.into_iter().for_each(|reason| reason.join(&mut reasons));
        let is_short = least_minutes.is_some_and(|least| minutes < least);
        if known {
            let limits = frame.what_limits(first, week, filled, is_short);
            limits.into_iter().for_each(|reason| reason.join(&mut reasons));
        }
        PlannedWeek {
            monday: frame.monday,
            minutes,
            usual_minutes: self.habits.minutes,
            most_minutes: Some(frame.target.upper).filter(|upper| upper.is_finite()),
            least_minutes,
            reasons,
        }
    }
}

/// The evenings of the last week, with what was raced on them.
fn evenings_before(inputs: &PlanInputs) -> Vec<Evening> {
    let count = inputs.fitness_before.len();
    let race_load = |back: usize| {
        let day = inputs.past.len().checked_sub(back).map(|i| inputs.past[i]);
        day.filter(|day| day.kind == Kind::Race).map_or(0.0, |day| (day.load - day.other_load).max(0.0))
    };
    let evenings = inputs.fitness_before.iter().enumerate();
    evenings.map(|(i, ctl)| Evening { ctl: ctl.max(0.0), race_load: race_load(count - i) }).collect()
}

/// A break needs at least as many days as it takes to lose the habit of a week.
const _: () = assert!(BREAK_DAYS > 7);
