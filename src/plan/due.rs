//! When the next hard session is due: a range, each end of it by a convention with a name (methods §7.1).

use super::timeline::add_days;
use super::{Kind, PlanInputs, PlanReason, PlannedDay, race::Aftermath};
use crate::calendar::days_between;
use jiff::civil::Date;
use std::fmt;

/// What says that enough time has passed. None of them measures recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Hours since the last hard sessions, by kind and load. The plan goes by it.
    Hours,
    /// The recovery time that the watch gave.
    Watch,
    /// How far apart the runner's own hard sessions usually lie.
    OwnSpacing,
    /// Days after a race or a very long run. The plan goes by it.
    Race {
        /// False for a very long run.
        raced: bool,
    },
    /// Form back at zero, if the plan is followed.
    Form,
}

/// When the next hard session is planned, and by when each convention that says something has it due, the earliest first.
#[derive(Clone, Debug, PartialEq)]
pub struct NextHard {
    start: Date,
    planned: Option<Date>,
    by: Vec<DueBy>,
}

type DueBy = (Convention, Date, Hour);

/// Hour of the day, 0–24.
type Hour = f64;

impl NextHard {
    /// `None` where no convention says anything, and where neither the plan nor, with a habit, a rule has a hard session. While
    /// ill or in pain, with many signs of too much, and beside races and what-ifs that decide by themselves, too.
    pub(super) fn of(inputs: &PlanInputs, days: &[PlannedDay], is_known: bool) -> Option<NextHard> {
        let stops = |reason: &PlanReason| matches!(reason, PlanReason::Unwell { .. } | PlanReason::Overtraining { .. });
        let is_stopped = days.iter().flat_map(|day| &day.reasons).any(stops);
        let has = |kind: Kind| days.iter().any(|day| day.kind == kind);
        if days.is_empty() || is_stopped || inputs.first_day == Some(Kind::Hard) || has(Kind::Race) && !has(Kind::Hard)
        {
            return None;
        }
        let at = |hours: f64| {
            let days = (hours / 24.0).floor();
            (add_days(inputs.start, days as i64), hours - 24.0 * days)
        };
        let by_hours = |convention, hours: Option<f64>| {
            let (date, hour) = at(hours.filter(|hours| *hours > 0.0)?);
            Some((convention, date, hour))
        };
        let form = || {
            let day = days.iter().find(|day| day.form_morning >= 0.0)?;
            (inputs.settled && inputs.fitness.form() < 0.0).then_some((Convention::Form, day.date, 0.0))
        };
        let race = || {
            let last = Aftermath::of_past(inputs).max_by_key(Aftermath::no_hard_until)?;
            let (raced, until) = (last.raced, last.no_hard_until());
            (until >= inputs.start).then_some((Convention::Race { raced }, add_days(until, 1), 0.0))
        };
        let all = [
            by_hours(Convention::Hours, Some(inputs.ready_h)),
            by_hours(Convention::Watch, inputs.due.watch_h),
            by_hours(Convention::OwnSpacing, inputs.due.own_spacing_h),
            race(),
            form(),
        ];
        let mut by: Vec<DueBy> = all.into_iter().flatten().collect();
        by.sort_by(|a, b| a.1.cmp(&b.1).then(a.2.total_cmp(&b.2)));
        let planned = days.iter().find(|day| day.kind == Kind::Hard).map(|day| day.date);
        let next = NextHard { start: inputs.start, planned, by };
        let says = planned.map_or(is_known && next.decides().is_some(), |_| !next.by.is_empty());
        says.then_some(next)
    }

    /// The convention the plan goes by: hours and the days after a race both have to be over.
    fn decides(&self) -> Option<DueBy> {
        self.by.iter().rev().find(|(convention, ..)| convention.decides()).copied()
    }

    /// When it is planned, and the one rule that decides.
    fn decision(&self) -> String {
        let planned = self.planned.map(|date| self.day(date));
        match (planned, self.decides()) {
            (Some(planned), Some((convention, date, hour))) => {
                let elsewhere = self.planned.is_some_and(|planned| days_between(date, planned) > 1);
                format!(
                    "The next hard session is planned for {planned}: the rule that decides, {}, is met by {}{}.",
                    convention.met(),
                    self.when(convention, date, hour),
                    if elsewhere { ", and the rest of the plan puts it on that day" } else { "" }
                )
            }
            (Some(planned), None) => {
                format!("The next hard session is planned for {planned}: enough hours have passed since your last one.")
            }
            (None, decides) => {
                let met = decides.map(|(convention, date, hour)| {
                    format!(", though {} will have passed by {}", convention.met(), self.when(convention, date, hour))
                });
                format!("No hard session is planned in these days{}.", met.unwrap_or_default())
            }
        }
    }

    /// What the conventions say that decide nothing: those that agree with the plan, and those that ask for more days.
    fn others(&self) -> Vec<String> {
        let decides = self.decides().map(|(convention, ..)| convention);
        let others = || self.by.iter().filter(|(convention, ..)| Some(*convention) != decides);
        let is_met = |date: &Date| self.planned.is_some_and(|planned| *date <= planned);
        let said = |met: bool| -> Vec<String> {
            let those = others().filter(|(_, date, _)| is_met(date) == met);
            those.map(|(by, date, hour)| format!("{} ({by})", self.when(*by, *date, *hour))).collect()
        };
        let met = listed(&said(true)).map(|met| format!("Also met by then: {met}."));
        let later = if self.planned.is_some() { "Later by" } else { "By" };
        let later =
            listed(&said(false)).map(|when| format!("{later} other yardsticks, which decide nothing here: {when}."));
        met.into_iter().chain(later).collect()
    }

    /// `Tuesday`, and from a week on `Tuesday, 30 June`.
    fn day(&self, date: Date) -> String {
        let near = (0..7).contains(&days_between(self.start, date));
        date.strftime(if near { "%A" } else { "%A, %-d %B" }).to_string()
    }

    /// Never to the hour what is a guess.
    fn when(&self, convention: Convention, date: Date, hour: Hour) -> String {
        let (day, near) = (self.day(date), days_between(self.start, date) < 7);
        let part = match hour {
            ..=11.0 => "morning",
            ..=17.0 => "afternoon",
            _ => "evening",
        };
        match convention {
            Convention::Race { .. } | Convention::Form => day,
            _ if near => format!("{day} {part}"),
            _ => format!("the {part} of {day}"),
        }
    }
}

impl fmt::Display for NextHard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decision())?;
        self.others().iter().try_for_each(|others| write!(f, " {others}"))
    }
}

/// `a, b and c`.
fn listed(words: &[String]) -> Option<String> {
    let (last, before) = words.split_last()?;
    Some(if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) })
}

impl Convention {
    /// Whether the plan places hard sessions by it.
    fn decides(self) -> bool {
        matches!(self, Convention::Hours | Convention::Race { .. })
    }

    /// What is waited for where it decides.
    fn met(self) -> String {
        match self {
            Convention::Hours => "enough hours since your last one".to_owned(),
            Convention::Race { raced: true } => "enough days after your race".to_owned(),
            Convention::Race { raced: false } => "enough days after your very long run".to_owned(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Convention::Hours => "the hours since your last one",
            Convention::Watch => "your watch's recovery time",
            Convention::OwnSpacing => "how far apart yours usually lie",
            Convention::Race { raced: true } => "the days after your race",
            Convention::Race { raced: false } => "the days after your very long run",
            Convention::Form => "form back at zero",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::training::Fitness;
    use crate::plan::{Due, plan};
    use jiff::civil::date;

    fn said(inputs: &PlanInputs, hard: Option<Date>) -> Option<String> {
        let mut days = plan(&PlanInputs { start: inputs.start, ..PlanInputs::default() }, 14).days;
        days.iter_mut().filter(|day| Some(day.date) == hard).for_each(|day| day.kind = Kind::Hard);
        days.iter_mut().for_each(|day| day.form_morning = -1.0);
        NextHard::of(inputs, &days, true).map(|next| next.to_string())
    }

    #[test]
    fn one_rule_decides_and_the_others_are_told_after_it() {
        let monday = date(2026, 6, 22);
        let mut inputs = PlanInputs { start: monday, ready_h: 18.0, ..PlanInputs::default() };
        assert_eq!(
            said(&inputs, Some(date(2026, 6, 23))).as_deref(),
            Some(
                "The next hard session is planned for Tuesday: the rule that decides, enough hours since your last one, is \
                 met by Monday evening."
            )
        );
        inputs.due = Due { watch_h: Some(30.0), own_spacing_h: Some(200.0) };
        assert_eq!(
            said(&inputs, Some(date(2026, 6, 25))).as_deref(),
            Some(
                "The next hard session is planned for Thursday: the rule that decides, enough hours since your last one, is \
                 met by Monday evening, and the rest of the plan puts it on that day. Also met by then: Tuesday morning (your \
                 watch's recovery time). Later by other yardsticks, which decide nothing here: the morning of Tuesday, 30 June (how \
                 far apart yours usually lie)."
            )
        );
        assert!(
            said(&inputs, None).unwrap().starts_with("No hard session is planned in these days, though enough hours")
        );
        inputs = PlanInputs { fitness: Fitness { ctl: 40.0, atl: 30.0 }, start: monday, ..PlanInputs::default() };
        assert_eq!(said(&inputs, Some(monday)), None);
    }

    #[test]
    fn nothing_is_due_before_there_is_a_habit() {
        let inputs = PlanInputs { start: date(2026, 6, 22), ready_h: 18.0, ..PlanInputs::default() };
        assert_eq!(NextHard::of(&inputs, &[], false), None);
    }
}
