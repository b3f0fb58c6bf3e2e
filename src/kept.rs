//! Plans of earlier days: what was run of them, and what the plan of today makes different.
//!
//! A missed session is never moved to the next day. The plan is made anew from what was run, and what was missed has a place
//! in it only where the constraints have one; this module says which.

use crate::calendar::monday_of;
use crate::label::Label;
use crate::plan::{Kind, PastDay, Plan, PlanReason, from_season};
use crate::replay::Difference;
use crate::season::Season;
use crate::units::{Seconds, Spoken};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// Days looked back.
const DAYS_BACK: i64 = 14;
/// Plans kept: those of the days looked back, and one more to compare with.
pub const PLANS_KEPT: usize = 15;
/// Minutes by which a run may differ and still be the same.
const SAME_MIN: f64 = 5.0;

/// A plan as it was on the day it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPlan {
    pub made: Date,
    pub days: Vec<KeptDay>,
}

/// A day of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDay {
    pub date: Date,
    pub kind: Kind,
    /// Minutes of running, or of the other activity.
    pub minutes: f64,
}

impl KeptPlan {
    pub fn of(plan: &Plan, made: Date) -> KeptPlan {
        let day = |day: &crate::plan::PlannedDay| KeptDay {
            date: day.date,
            kind: day.kind,
            minutes: day.run_minutes().max(day.minutes()).round(),
        };
        KeptPlan { made, days: plan.days.iter().map(day).collect() }
    }

    fn day(&self, date: Date) -> Option<&KeptDay> {
        self.days.iter().find(|day| day.date == date)
    }
}

/// Two histories as one, oldest first; of two plans made on a day the first history's counts. No plan is made after `today`.
pub fn joined(one: Vec<KeptPlan>, other: Vec<KeptPlan>, today: Date) -> Vec<KeptPlan> {
    let mut all = one;
    for plan in other {
        if all.iter().all(|known| known.made != plan.made) {
            all.push(plan);
        }
    }
    all.retain(|plan| plan.made <= today);
    all.sort_by_key(|plan| plan.made);
    all.split_off(all.len().saturating_sub(PLANS_KEPT))
}

/// The hard session or long run that the plans of earlier days had for the day before `start`, if `done` on that day was
/// neither.
pub fn missed_before(start: Date, done: PastDay, earlier: &[KeptPlan]) -> Option<Kind> {
    let yesterday = start.yesterday().ok()?;
    let planned = earlier.iter().rev().filter(|plan| plan.made <= yesterday).find_map(|plan| plan.day(yesterday))?;
    done.missed(planned.kind)
}

/// What was planned on the days behind and what was run, and what changed in the days ahead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedAndDone {
    /// The day of the plan that today's is compared with.
    pub made: Date,
    pub days: Vec<DayDone>,
    pub changes: Vec<PlanChange>,
}

/// One day behind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayDone {
    pub date: Date,
    pub planned: Kind,
    pub planned_minutes: f64,
    pub done: Kind,
    pub done_minutes: f64,
    /// The label of the longest run of the day.
    pub label: Option<Label>,
    pub difference: Difference,
    /// What becomes of a run that was planned and not run.
    pub missed: Option<Missed>,
}

/// What becomes of a missed run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Missed {
    Dropped,
    /// Another day of the week has room for one.
    Placed {
        date: Date,
    },
}

/// One day ahead that is another one than it was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlanChange {
    pub date: Date,
    pub before: Kind,
    pub before_minutes: f64,
    pub now: Kind,
    pub now_minutes: f64,
    pub why: ChangeReason,
}

/// Why a day changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChangeReason {
    /// The deciding reason of the day as it is now.
    Reason(PlanReason),
    /// Its week holds more or less than was planned so far.
    WeekSoFar { done_min: f64, planned_min: f64 },
    /// The week was planned anew from the weeks that count now.
    Habit,
}

impl PlannedAndDone {
    /// `None` without a plan made before today.
    pub fn of(kept: &[KeptPlan], season: &Season, plan: &Plan) -> Option<PlannedAndDone> {
        let last = kept.iter().rfind(|kept| kept.made < season.today)?;
        let start = plan.days.first().map_or(season.today, |day| day.date);
        let from = start.saturating_sub(DAYS_BACK.days());
        let dates = (0..DAYS_BACK).map(|n| from.saturating_add(n.days()));
        let planned_on =
            |date: Date| kept.iter().rev().filter(|kept| kept.made <= date).find_map(|kept| kept.day(date));
        let days: Vec<DayDone> =
            dates.filter_map(planned_on).map(|planned| DayDone::of(planned, season, last, plan)).collect();
        let changes = changes(last, plan, &days);
        (!days.is_empty() || !changes.is_empty()).then_some(PlannedAndDone { made: last.made, days, changes })
    }

    /// `5 of 6 planned runs were run, 1 of them harder than planned.`; `None` where none was planned.
    pub fn summary(&self) -> Option<String> {
        let planned: Vec<&DayDone> = self.days.iter().filter(|day| day.planned.is_run()).collect();
        let run = planned.iter().filter(|day| day.missed.is_none()).count();
        let harder = planned.iter().filter(|day| day.difference == Difference::Harder).count();
        let harder = if harder > 0 { format!(", {harder} of them harder than planned") } else { String::new() };
        match (planned.len(), run) {
            (0, _) => None,
            (1, 1) if harder.is_empty() => Some("The one planned run was run.".to_owned()),
            (1, 1) => Some("The one planned run was run, harder than planned.".to_owned()),
            (1, _) => Some("The one planned run was not run.".to_owned()),
            (n, run) if run == n => Some(format!("All {n} planned runs were run{harder}.")),
            (n, run) => Some(format!("{run} of {n} planned runs were run{harder}.")),
        }
    }
}

impl DayDone {
    fn of(planned: &KeptDay, season: &Season, last: &KeptPlan, plan: &Plan) -> DayDone {
        let done = from_season::day(season, planned.date);
        let of_day = season.sessions().iter().filter(|s| s.session.date == planned.date);
        let longest = of_day.max_by(|a, b| a.features.duration_min.total_cmp(&b.features.duration_min));
        DayDone {
            date: planned.date,
            planned: planned.kind,
            planned_minutes: planned.minutes,
            done: done.kind,
            done_minutes: done.minutes.round(),
            label: longest.map(|s| s.verdict.label).filter(|_| done.is_run()),
            difference: difference(planned, &done),
            missed: (planned.kind.is_run() && !done.is_run()).then(|| missed(planned, last, plan)),
        }
    }
}

fn difference(planned: &KeptDay, done: &PastDay) -> Difference {
    let minutes = if planned.kind.is_run() { planned.minutes } else { 0.0 };
    Difference::of(planned.kind, minutes, done)
}

/// Whether a day of the same week, on which something else was planned before, holds the missed session now.
fn missed(missed: &KeptDay, last: &KeptPlan, plan: &Plan) -> Missed {
    let is_new = |date: Date| last.day(date).is_none_or(|before| before.kind != missed.kind);
    let of_week = plan.days.iter().filter(|day| monday_of(day.date) == monday_of(missed.date));
    let found = of_week.filter(|_| missed.kind.is_taxing()).find(|day| day.kind == missed.kind && is_new(day.date));
    found.map_or(Missed::Dropped, |day| Missed::Placed { date: day.date })
}

fn changes(last: &KeptPlan, plan: &Plan, days: &[DayDone]) -> Vec<PlanChange> {
    let changed = plan.days.iter().filter_map(|day| {
        let before = last.day(day.date)?;
        let now_minutes = day.run_minutes().max(day.minutes()).round();
        let is_same_kind = day.kind == before.kind;
        if is_same_kind && (now_minutes - before.minutes).abs() <= SAME_MIN {
            return None;
        }
        let reason = day.reasons.first().copied().filter(|_| !is_same_kind).map(ChangeReason::Reason);
        Some(PlanChange {
            date: day.date,
            before: before.kind,
            before_minutes: before.minutes,
            now: day.kind,
            now_minutes,
            why: reason.unwrap_or_else(|| of_week(day.date, days)),
        })
    });
    changed.collect()
}

/// Why a day has other minutes: by what its week has seen so far.
fn of_week(date: Date, days: &[DayDone]) -> ChangeReason {
    let week = || days.iter().filter(|day| monday_of(day.date) == monday_of(date));
    let minutes = |kind: Kind, minutes: f64| if kind.is_run() { minutes } else { 0.0 };
    let planned_min: f64 = week().map(|day| minutes(day.planned, day.planned_minutes)).sum();
    let done_min: f64 = week().map(|day| minutes(day.done, day.done_minutes)).sum();
    if (done_min - planned_min).abs() > SAME_MIN {
        ChangeReason::WeekSoFar { done_min, planned_min }
    } else {
        ChangeReason::Habit
    }
}

/// `hard session, 1 h`; for a day of rest its name alone.
struct Named(Kind, f64);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        if self.1 > 0.0 { write!(f, ", {}", Spoken(Seconds(60.0 * self.1))) } else { Ok(()) }
    }
}

impl DayDone {
    /// What was planned: `easy run, 45 min`.
    pub fn planned(&self) -> impl fmt::Display {
        Named(self.planned, self.planned_minutes)
    }

    /// What was done, and how it differs: `easy run, 46 min`, `hard session, 50 min: harder than planned`.
    pub fn done(&self) -> String {
        let done = Named(self.done, self.done_minutes);
        match (self.missed, self.difference) {
            (Some(missed), _) => format!("not run: {missed}"),
            (None, Difference::AsPlanned) if !self.done.is_run() => "no run".to_owned(),
            (None, Difference::AsPlanned | Difference::Raced) => done.to_string(),
            (None, Difference::RanOnRestDay) => format!("{done}: no run was planned"),
            (None, difference) => format!("{done}: {} than planned", difference.word()),
        }
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missed::Dropped => f.write_str("nothing to make up for"),
            Missed::Placed { date } => write!(f, "{} has room for it", date.strftime("%A")),
        }
    }
}

/// `easy run, 45 min, instead of hard session, 1 h: yesterday was hard or long`.
impl fmt::Display for PlanChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.now == self.before {
            let time = |minutes: f64| Spoken(Seconds(60.0 * minutes)).to_string();
            write!(f, "{} of {} instead of {}", self.now, time(self.now_minutes), time(self.before_minutes))?;
        } else {
            let (now, before) = (Named(self.now, self.now_minutes), Named(self.before, self.before_minutes));
            write!(f, "{now}, instead of {before}")?;
        }
        write!(f, ": {}", self.why)
    }
}

impl fmt::Display for ChangeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChangeReason::Reason(reason) => reason.fmt(f),
            ChangeReason::WeekSoFar { done_min, planned_min } => {
                write!(f, "{done_min:.0} min were run in this week so far, and {planned_min:.0} were planned")
            }
            ChangeReason::Habit => f.write_str("your usual week is another one by now"),
        }
    }
}

impl Serialize for ChangeReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Missed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{PlanInputs, plan};
    use jiff::civil::date;

    const MONDAY: Date = date(2026, 6, 22);

    fn week(kinds: [(Kind, f64); 7]) -> Plan {
        let mut made = plan(&PlanInputs { start: MONDAY, ..PlanInputs::default() }, 7);
        for (day, (kind, minutes)) in made.days.iter_mut().zip(kinds) {
            (day.kind, day.duration_s, day.second_run_s) = (kind, 60.0 * minutes, 0.0);
        }
        made
    }

    fn usual() -> [(Kind, f64); 7] {
        [
            (Kind::Recovery, 30.0),
            (Kind::Hard, 60.0),
            (Kind::Rest, 0.0),
            (Kind::Easy, 45.0),
            (Kind::Easy, 45.0),
            (Kind::Rest, 0.0),
            (Kind::Long, 100.0),
        ]
    }

    fn done(date: Date, planned: (Kind, f64), done: (Kind, f64)) -> DayDone {
        DayDone {
            date,
            planned: planned.0,
            planned_minutes: planned.1,
            done: done.0,
            done_minutes: done.1,
            label: None,
            difference: Difference::AsPlanned,
            missed: None,
        }
    }

    #[test]
    fn what_was_missed_is_dropped_or_placed_and_never_moved_without_room() {
        let before = KeptPlan::of(&week(usual()), MONDAY);
        let hard = before.days[1];
        let mut now = usual();
        now[1] = (Kind::Rest, 0.0);
        assert_eq!(missed(&hard, &before, &week(now)), Missed::Dropped);
        now[3] = (Kind::Hard, 60.0);
        assert_eq!(missed(&hard, &before, &week(now)), Missed::Placed { date: date(2026, 6, 25) });
        // An easy run is not looked for elsewhere.
        assert_eq!(missed(&before.days[3], &before, &week(now)), Missed::Dropped);
    }

    #[test]
    fn a_session_counts_as_missed_if_nothing_like_it_was_run() {
        let before = [KeptPlan::of(&week(usual()), MONDAY)];
        let wednesday = date(2026, 6, 24);
        let easy = PastDay { kind: Kind::Easy, minutes: 40.0, ..PastDay::REST };
        assert_eq!(missed_before(wednesday, PastDay::REST, &before), Some(Kind::Hard));
        assert_eq!(missed_before(wednesday, easy, &before), Some(Kind::Hard));
        for run in [PastDay { kind: Kind::Hard, ..easy }, PastDay { taxing: true, ..easy }] {
            assert_eq!(missed_before(wednesday, run, &before), None);
        }
        // An easy run, and a day before any plan.
        assert_eq!(missed_before(date(2026, 6, 26), PastDay::REST, &before), None);
        assert_eq!(missed_before(MONDAY, PastDay::REST, &before), None);
    }

    #[test]
    fn a_day_that_changed_says_why() {
        let before = KeptPlan::of(&week(usual()), MONDAY);
        assert_eq!(changes(&before, &week(usual()), &[]), []);
        let mut now = usual();
        (now[3], now[4]) = ((Kind::Easy, 58.0), (Kind::Recovery, 30.0));
        let mut plan = week(now);
        plan.days[4].reasons = vec![PlanReason::FeelingOff];
        let behind = [done(MONDAY, (Kind::Recovery, 30.0), (Kind::Rest, 0.0))];
        let said: Vec<String> = changes(&before, &plan, &behind).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "easy run of 58 min instead of 45 min: 0 min were run in this week so far, and 30 were planned",
                "recovery run, 30 min, instead of easy run, 45 min: not quite yourself today: reason enough for a gentle day",
            ]
        );
    }

    #[test]
    fn histories_join_without_doubles_and_without_days_to_come() {
        let kept = |made: Date| KeptPlan { made, days: Vec::new() };
        let days = |plans: Vec<KeptPlan>| plans.iter().map(|plan| plan.made).collect::<Vec<_>>();
        let (one, two, three) = (date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3));
        assert_eq!(days(joined(vec![kept(two)], vec![kept(one), kept(two), kept(three)], two)), [one, two]);
    }
}
