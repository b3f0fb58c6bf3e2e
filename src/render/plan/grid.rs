//! Weeks as lines, days as columns.

use super::style;
use crate::calendar::monday_of;
use crate::plan::{Kind, Plan, PlannedDay};
use crate::render::words;
use jiff::civil::Date;
use std::fmt::Write;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Columns of a day that holds its word and its minutes side by side, and of one that holds them below each other.
const WIDE: usize = 13;
const NARROW: usize = 7;
const DATE: usize = 8;

/// The weeks of a plan, as wide as there is room for.
pub(super) fn grid(plan: &Plan, width: usize) -> String {
    let is_wide = width >= DATE + 7 * WIDE;
    let columns = if is_wide { WIDE } else { NARROW };
    let mut text = line("", DAYS.map(|day| (day.to_owned(), None)), columns);
    for week in &plan.weeks {
        let date = week.monday.strftime("%-d %b").to_string();
        let days = days(plan, week.monday);
        let cells = |cell: fn(&PlannedDay) -> String| {
            days.map(|day| (day.map(cell).unwrap_or_default(), day.map(|day| day.kind)))
        };
        if is_wide {
            text += &line(
                &date,
                cells(|day| [words::kind(day.kind), &minutes(day)].join(" ").trim_end().to_owned()),
                columns,
            );
        } else {
            text += &line(&date, cells(|day| words::short_kind(day.kind).to_owned()), columns);
            text += &line("", cells(minutes), columns);
        }
    }
    text
}

/// The seven days of a week, those that are planned.
fn days(plan: &Plan, monday: Date) -> [Option<&PlannedDay>; 7] {
    let mut week = [None; 7];
    for day in plan.days.iter().filter(|day| monday_of(day.date) == monday) {
        week[day.date.weekday().to_monday_zero_offset() as usize] = Some(day);
    }
    week
}

fn line(first: &str, cells: [(String, Option<Kind>); 7], columns: usize) -> String {
    let mut text = format!("{first:DATE$}");
    let last = cells.iter().rposition(|(cell, _)| !cell.is_empty()).unwrap_or(0);
    for (i, (cell, kind)) in cells.iter().enumerate().take(last + 1) {
        let colour = kind.map(style).unwrap_or_default();
        let blanks = if i == last { 0 } else { columns.saturating_sub(cell.chars().count()) };
        let _ = write!(text, "{colour}{cell}{colour:#}{:blanks$}", "");
    }
    text.trim_end().to_owned() + "\n"
}

/// `45`, or `45+20` with a second run; nothing on a day of rest.
fn minutes(day: &PlannedDay) -> String {
    match (day.minutes() > 0.0, day.second_run_s > 0.0) {
        (false, _) => String::new(),
        (true, false) => format!("{:.0}", day.minutes()),
        (true, true) => format!("{:.0}+{:.0}", day.minutes(), day.second_run_s / 60.0),
    }
}
