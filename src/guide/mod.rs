//! What goes with the planned running: what each kind of day asks for, what a gentle day is for, two hard sessions to choose
//! from, and the exercises beside the running, chosen by the day (methods §7.5 and §7.8).
//!
//! Everything that is said is said once for a whole plan; a day holds only what is its own.

pub mod advice;
pub mod drawing;
pub mod exercise;
pub mod routine;

pub use advice::{Aside, KindAdvice};
pub use exercise::Exercise;
pub use routine::{Routine, RoutineKind};

use crate::calendar::days_between;
use crate::label::Label;
use crate::plan::steps::{HardSession, hard_sessions};
use crate::plan::{Kind, Plan, PlanInputs, PlanReason, PlannedDay};
use crate::season::Season;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// What goes with a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guide {
    /// One for every planned day, in their order.
    pub days: Vec<DayGuide>,
    /// One for every kind of day in the plan, the gentlest first.
    pub kinds: Vec<KindAdvice>,
    /// What holds on all days.
    pub beside: Vec<Aside>,
}

/// What goes with one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayGuide {
    #[serde(skip)]
    pub date: Date,
    /// The session that a gentle day is for.
    #[serde(rename = "for")]
    pub purpose: Option<NextKeyDay>,
    /// Seconds from which on a long run counts as one; its planned length is the most.
    pub least_s: Option<f64>,
    /// A day of rest after a hard or long one, on which a walk does good.
    pub walks: bool,
    /// Hard sessions to choose from.
    pub sessions: Vec<HardSession>,
    pub routines: Vec<Routine>,
    /// What such a day asks for; the same for all days of its kind, so not repeated in files.
    #[serde(skip)]
    pub advice: Option<KindAdvice>,
}

/// The next hard or long day, for which a gentle one makes the legs fresh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NextKeyDay {
    pub date: Date,
    pub kind: Kind,
    /// Days until then.
    pub days: i64,
}

/// A session further away than this is not what a gentle day is for.
const PURPOSE_DAYS: i64 = 4;
/// A long run shorter than this share of the planned one is an easy run.
const LEAST_OF_LONG: f64 = 0.85;
/// Shares of the usual easy run from which on a run is long (methods §7.4).
const LONG_OF_EASY: f64 = 1.25;
/// After races and hills the calves come first for so many days.
const CALVES_DAYS: i64 = 2;

impl Guide {
    /// The guide to a plan; `calves` are the days behind that were hard on the calves.
    pub fn of(plan: &Plan, inputs: &PlanInputs, calves: &[Date]) -> Guide {
        let raced = plan.days.iter().filter(|day| day.kind == Kind::Race).map(|day| day.date);
        let named = inputs.races.iter().map(|race| race.date);
        let calves: Vec<Date> = calves.iter().copied().chain(raced).chain(named).collect();
        let after_calves = |date: Date| calves.iter().any(|day| (0..=CALVES_DAYS).contains(&days_between(*day, date)));
        let sessions: Vec<Vec<HardSession>> = plan.days.iter().map(|day| sessions(day, inputs)).collect();
        let kinds = KindAdvice::of(plan, inputs, sessions.iter().any(|sessions| sessions.len() > 1));
        let mut routines = routine::of(&plan.days, after_calves).into_iter();
        let day = |((i, day), sessions): ((usize, &PlannedDay), Vec<HardSession>)| DayGuide {
            date: day.date,
            purpose: purpose(&plan.days[i..]),
            least_s: (day.kind == Kind::Long).then(|| least_s(day, plan.habits.easy_min)),
            walks: walks(day),
            sessions,
            routines: routines.next().unwrap_or_default(),
            advice: kinds.iter().find(|advice| advice.kind == day.kind).copied(),
        };
        let days: Vec<DayGuide> = plan.days.iter().enumerate().zip(sessions).map(day).collect();
        let beside = Aside::of(&days);
        Guide { days, kinds, beside }
    }

    /// The exercises that any day of the plan asks for, each once.
    pub fn exercises(&self) -> impl Iterator<Item = &'static Exercise> {
        let used = |exercise: &&Exercise| {
            self.days.iter().flat_map(|day| &day.routines).any(|routine| routine.exercises.contains(exercise))
        };
        exercise::ALL.into_iter().filter(used)
    }
}

/// The days of the past that were hard on the calves: races, and runs with more descent than the legs were used to.
pub fn hard_on_calves(season: &Season) -> Vec<Date> {
    let from = season.today.saturating_sub((CALVES_DAYS + 1).days());
    let recent = season.sessions().iter().filter(|s| s.session.date >= from);
    recent.filter(|s| s.eccentric || s.verdict.label == Label::Race).map(|s| s.session.date).collect()
}

/// True on days of illness or pain, on which nothing is asked for.
fn is_unwell(day: &PlannedDay) -> bool {
    day.reasons.iter().any(|reason| matches!(reason, PlanReason::Unwell { .. }))
}

/// What a recovery run, and a jog before a race, is for: the next hard or long day within reach.
fn purpose(days: &[PlannedDay]) -> Option<NextKeyDay> {
    let (today, later) = days.split_first()?;
    if !matches!(today.kind, Kind::Recovery | Kind::WalkJog) {
        return None;
    }
    let next = later.iter().find(|day| day.kind.is_taxing())?;
    let days = days_between(today.date, next.date);
    (days <= PURPOSE_DAYS).then_some(NextKeyDay { date: next.date, kind: next.kind, days })
}

/// Rest on the day after a hard or long day, or while the legs mend after a race; not in illness or pain.
fn walks(day: &PlannedDay) -> bool {
    let is_after = |reason: &PlanReason| {
        matches!(reason, PlanReason::DayAfter { .. } | PlanReason::AfterUnusualRun | PlanReason::AfterRace { .. })
    };
    day.kind == Kind::Rest && day.reasons.iter().any(is_after) && !is_unwell(day)
}

fn least_s(day: &PlannedDay, easy_min: Option<f64>) -> f64 {
    const FIVE_MIN_S: f64 = 300.0;
    let least = (LEAST_OF_LONG * day.duration_s).max(easy_min.map_or(0.0, |min| LONG_OF_EASY * 60.0 * min));
    ((least / FIVE_MIN_S).ceil() * FIVE_MIN_S).min(day.duration_s)
}

/// Hard sessions to choose from; while a race is behind only the one at threshold.
fn sessions(day: &PlannedDay, inputs: &PlanInputs) -> Vec<HardSession> {
    if day.kind != Kind::Hard {
        return Vec::new();
    }
    let after_race = day.reasons.iter().any(|reason| matches!(reason, PlanReason::OneAfterRace { .. }));
    let both = hard_sessions(inputs, day.duration_s, day.hard_s);
    both.into_iter().take(if after_race { 1 } else { 2 }).collect()
}

impl fmt::Display for NextKeyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = if self.days == 1 { "tomorrow".to_owned() } else { self.date.strftime("%A").to_string() };
        write!(f, "so that {day}’s {} goes well", self.kind)
    }
}

impl Serialize for NextKeyDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;
    use jiff::civil::date;

    fn day(date: Date, kind: Kind, minutes: f64) -> PlannedDay {
        let mut day = plan(&PlanInputs { start: date, ..PlanInputs::default() }, 1).days.remove(0);
        (day.kind, day.duration_s, day.reasons) = (kind, 60.0 * minutes, Vec::new());
        day
    }

    #[test]
    fn a_recovery_run_is_for_the_next_session() {
        let monday = date(2026, 6, 22);
        let kinds = [Kind::Recovery, Kind::Easy, Kind::Hard, Kind::Recovery, Kind::Rest];
        let days: Vec<PlannedDay> =
            (0_i64..).zip(kinds).map(|(i, kind)| day(monday.saturating_add(i.days()), kind, 40.0)).collect();
        let said = |i: usize| purpose(&days[i..]).map(|purpose| purpose.to_string());
        assert_eq!(said(0).as_deref(), Some("so that Wednesday’s hard session goes well"));
        assert_eq!((said(1), said(3)), (None, None));
        let before = [day(monday, Kind::Recovery, 30.0), day(monday.saturating_add(1.days()), Kind::Long, 90.0)];
        assert_eq!(purpose(&before).unwrap().to_string(), "so that tomorrow’s long run goes well");
    }

    #[test]
    fn after_a_race_the_calves_come_first_and_a_rest_day_has_a_walk() {
        use crate::plan::{Priority, Race};
        let monday = date(2026, 6, 22);
        let inputs = PlanInputs { start: monday, ..PlanInputs::default() };
        let mut plan = plan(&inputs, 1);
        let race = Race { date: date(2026, 6, 21), distance_km: 21.1, goal_min: None, priority: Priority::A };
        let raced = PlanInputs { races: vec![race], ..inputs.clone() };
        plan.days[0].kind = Kind::Rest;
        plan.days[0].reasons = vec![PlanReason::DayAfter { yesterday: Kind::Race }];
        let first = |inputs: &PlanInputs| {
            let day = Guide::of(&plan, inputs, &[]).days.remove(0);
            (day.routines[0].exercises[0].id, day.walks)
        };
        assert_eq!((first(&inputs), first(&raced)), (("hamstring_rock", true), ("calf_stretch", true)));
    }

    #[test]
    fn a_long_run_has_a_range_and_stays_longer_than_an_easy_one() {
        let long = day(date(2026, 6, 28), Kind::Long, 100.0);
        assert_eq!(least_s(&long, Some(50.0)), 85.0 * 60.0);
        assert_eq!(least_s(&long, Some(74.0)), 95.0 * 60.0);
        assert_eq!(least_s(&long, Some(90.0)), 100.0 * 60.0);
    }

    #[test]
    fn what_is_said_is_said_once() {
        let inputs = PlanInputs { start: date(2026, 6, 22), ..PlanInputs::default() };
        let plan = plan(&inputs, 14);
        let guide = Guide::of(&plan, &inputs, &[]);
        assert_eq!(guide.days.len(), plan.days.len());
        let mut kinds: Vec<Kind> = guide.kinds.iter().map(|advice| advice.kind).collect();
        assert!(kinds.is_sorted());
        kinds.dedup();
        assert_eq!(kinds.len(), guide.kinds.len());
        assert!(plan.days.iter().all(|day| kinds.contains(&day.kind)));
    }
}
