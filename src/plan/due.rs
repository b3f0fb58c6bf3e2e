//! When the next hard session is due: a range, each end of it by a convention with a name (methods §7.1).

use super::timeline::add_days;
use super::{PlanInputs, PlannedDay, race::Aftermath};
use crate::calendar::days_between;
use jiff::civil::Date;
use std::fmt;

/// What says that enough time has passed. None of them measures recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Hours since the last hard sessions, by kind and load: the one the plan goes by.
    Hours,
    /// The recovery time that the watch gave.
    Watch,
    /// How far apart the runner's own hard sessions usually lie.
    OwnSpacing,
    /// Days after a race or a very long run.
    Race,
    /// Form back at zero, if the plan is followed.
    Form,
}

/// By each convention that says something, the earliest first.
#[derive(Clone, Debug, PartialEq)]
pub struct NextHard {
    start: Date,
    by: Vec<(Convention, Date, Hour)>,
}

/// Hour of the day, 0–24.
type Hour = f64;

impl NextHard {
    /// `None` where nothing stands against a hard session on the first day.
    pub(super) fn of(inputs: &PlanInputs, days: &[PlannedDay]) -> Option<NextHard> {
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
            let until = Aftermath::of_past(inputs).map(|a| a.no_hard_until()).max()?;
            (until >= inputs.start).then_some((Convention::Race, add_days(until, 1), 0.0))
        };
        let all = [
            by_hours(Convention::Hours, Some(inputs.ready_h)),
            by_hours(Convention::Watch, inputs.due.watch_h),
            by_hours(Convention::OwnSpacing, inputs.due.own_spacing_h),
            race(),
            form(),
        ];
        let mut by: Vec<(Convention, Date, Hour)> = all.into_iter().flatten().collect();
        by.sort_by(|a, b| a.1.cmp(&b.1).then(a.2.total_cmp(&b.2)));
        (!by.is_empty()).then_some(NextHard { start: inputs.start, by })
    }

    /// Never to the hour what is a guess.
    fn when(&self, convention: Convention, date: Date, hour: Hour) -> String {
        let day = if days_between(self.start, date) < 7 {
            date.strftime("%A").to_string()
        } else {
            date.strftime("%A, %-d %B").to_string()
        };
        match (convention, hour) {
            (Convention::Race | Convention::Form, _) => day,
            (_, ..=11.0) => format!("{day} morning"),
            (_, ..=17.0) => format!("{day} afternoon"),
            _ => format!("{day} evening"),
        }
    }
}

impl fmt::Display for NextHard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<(String, Convention)> = self
            .by
            .iter()
            .map(|(convention, date, hour)| (self.when(*convention, *date, *hour), *convention))
            .collect();
        match &said[..] {
            [(when, convention)] => write!(f, "The next hard session is due by {when}, {convention}."),
            [(first, _), .., (last, _)] if first != last => {
                write!(f, "The next hard session is due between {first} and {last}: ")?;
                let each: Vec<String> = said.iter().map(|(when, by)| format!("{when} {by}")).collect();
                write!(f, "{}.", each.join(", "))
            }
            [(first, _), ..] => {
                let each: Vec<String> = said.iter().map(|(_, by)| by.to_string()).collect();
                write!(f, "The next hard session is due by {first}, {}.", each.join(" and "))
            }
            [] => Ok(()),
        }
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Convention::Hours => "by the hours since your last one",
            Convention::Watch => "by your watch's recovery time",
            Convention::OwnSpacing => "by how far apart yours usually lie",
            Convention::Race => "by the days after your race",
            Convention::Form => "by form back at zero",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::training::Fitness;
    use crate::plan::Due;
    use jiff::civil::date;

    #[test]
    fn a_range_with_its_conventions() {
        let mut inputs = PlanInputs { start: date(2026, 6, 22), ready_h: 18.0, ..PlanInputs::default() };
        let said = |inputs: &PlanInputs| NextHard::of(inputs, &[]).map(|next| next.to_string());
        assert_eq!(
            said(&inputs).as_deref(),
            Some("The next hard session is due by Monday evening, by the hours since your last one.")
        );
        inputs.due = Due { watch_h: Some(30.0), own_spacing_h: Some(90.0) };
        assert_eq!(
            said(&inputs).as_deref(),
            Some(
                "The next hard session is due between Monday evening and Thursday evening: Monday evening by the hours since \
                 your last one, Tuesday morning by your watch's recovery time, Thursday evening by how far apart yours \
                 usually lie."
            )
        );
        inputs = PlanInputs { fitness: Fitness { ctl: 40.0, atl: 30.0 }, start: inputs.start, ..PlanInputs::default() };
        assert_eq!(said(&inputs), None);
    }
}
