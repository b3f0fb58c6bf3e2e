//! The plan on screen, as JSON and as a calendar file.

mod exercises;
mod grid;
pub mod ics;
mod json;

pub use exercises::exercises as all_exercises;
pub use json::{json, kept_in};

use super::planned::{how_much, routines, what, why};
use super::words::{capitalised, short_date};
use super::wrap::{beside, wrapped};
use crate::guide::{DayGuide, Guide};
use crate::kept::PlannedAndDone;
use crate::plan::steps::WorkoutPart;
use crate::plan::{Kind, Plan, PlanInputs, PlannedDay, PlannedWeek};
use anstyle::{AnsiColor, Style};
use grid::grid;
use jiff::civil::Date;
use std::fmt::Write;

/// Columns of a day's date, and of the names in the lists below.
const DATE: usize = 12;
const NAME: usize = 15;
/// Columns of what was planned on a day behind.
const PLANNED: usize = 26;

/// The whole plan, in lines of `width` columns.
pub fn text(plan: &Plan, guide: &Guide, since: Option<&PlannedAndDone>, width: usize) -> String {
    let mut text = since.map(|since| planned_and_done(since, width)).unwrap_or_default();
    text += &grid(plan, width);
    text.push('\n');
    for (i, week) in plan.weeks.iter().enumerate() {
        let said = i > 0 && !week.reasons.is_empty() && plan.weeks[i - 1].reasons == week.reasons;
        text += &week_line(week, said, width);
    }
    text.push('\n');
    text + &days(plan, guide, plan.days.len(), width) + &advice(guide, width) + &notes(plan, width)
}

/// The plan and what today would make of it.
pub fn side_by_side(inputs: &PlanInputs, plan: &Plan, kind: Kind, other: &Plan, width: usize) -> String {
    const DAYS: usize = 7;
    let (as_planned, with) = (bold("As planned"), bold(&format!("With {} today", kind.with_article())));
    let mut text = format!("{as_planned}\n{}\n{with}\n{}\n", grid(plan, width), grid(other, width));
    let last = |plan: &Plan| plan.days.last().map(|day| (day.fitness, day.fitness - day.fatigue));
    if let (Some(one), Some(two)) = (last(plan), last(other)) {
        let sentence = format!(
            "After {} days fitness would be {:.1} instead of {:.1}, form {:+.1} instead of {:+.1}.",
            plan.days.len(),
            two.0,
            one.0,
            two.1,
            one.1
        );
        text += &(wrapped(&sentence, width, 0) + "\n");
    }
    text + &days(other, &Guide::of(other, inputs, &[]), DAYS, width) + &notes(other, width)
}

/// What was run of the plans before, and what changed since the last of them.
fn planned_and_done(since: &PlannedAndDone, width: usize) -> String {
    let heads = format!("{:DATE$}{:PLANNED$}{}", "", "planned", "run");
    let mut text = format!("{}\n{heads}\n", bold("Planned and done"));
    for day in &since.days {
        let planned = format!("{:DATE$}{:PLANNED$}", short_date(day.date), day.planned().to_string());
        text += &beside(&planned, &day.done(), width, DATE + PLANNED);
    }
    since.summary().iter().for_each(|summary| text += &wrapped(summary, width, 0));
    text.push('\n');
    if !since.changes.is_empty() {
        let made = since.made.strftime("%A, %-d %B").to_string();
        text += &format!("{}\n", bold(&format!("Changed since the plan of {made}")));
        for change in &since.changes {
            text += &beside(&short_date(change.date), &(capitalised(&change.to_string()) + "."), width, DATE);
        }
        text.push('\n');
    }
    text
}

fn bold(text: &str) -> String {
    let bold = Style::new().bold();
    format!("{bold}{text}{bold:#}")
}

/// The colour of a kind of day; the gentle ones have none.
fn style(kind: Kind) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match kind {
        Kind::Rest => Style::new().dimmed(),
        Kind::Recovery | Kind::WalkJog | Kind::Shakeout => colour(AnsiColor::Green),
        Kind::Long => colour(AnsiColor::Blue),
        Kind::Hard => colour(AnsiColor::Red),
        Kind::Race => colour(AnsiColor::Magenta),
        Kind::CrossTrain | Kind::Easy => Style::new(),
    }
}

fn notes(plan: &Plan, width: usize) -> String {
    plan.notes.iter().map(|note| format!("\n{}", wrapped(&note.to_string(), width, 0))).collect()
}

/// `Week of 22 June: 290 min of running; your usual week has 310. A down week.`; reasons that were `said` are left out.
fn week_line(week: &PlannedWeek, said: bool, width: usize) -> String {
    let mut text = format!("Week of {}: {:.0} min of running", week.monday.strftime("%-d %B"), week.minutes);
    if week.most_minutes.is_some() {
        let _ = write!(text, "; your usual week has {:.0}", week.usual_minutes);
    }
    let reasons: Vec<String> = week.reasons.iter().map(ToString::to_string).collect();
    if said {
        text += ". For the same reasons";
    } else if !reasons.is_empty() {
        let _ = write!(text, ". {}", capitalised(&reasons.join("; ")));
    }
    wrapped(&(text + "."), width, 2)
}

/// The first days one by one. What an earlier day said already is not said again.
fn days(plan: &Plan, guide: &Guide, count: usize, width: usize) -> String {
    let mut said: Vec<(Date, &[WorkoutPart], usize)> = Vec::new();
    let mut text = String::new();
    for (day, guide) in plan.days.iter().zip(&guide.days).take(count) {
        let is_same = |steps: &[WorkoutPart], sessions| *steps == day.steps && sessions == guide.sessions.len();
        let before = said.iter().find(|(_, steps, sessions)| is_same(steps, *sessions)).map(|(date, ..)| *date);
        text += &day_text(day, guide, before, width);
        if day.steps.len() > 1 {
            said.push((day.date, &day.steps, guide.sessions.len()));
        }
    }
    text
}

/// A day; `before` is an earlier day with the same steps.
fn day_text(day: &PlannedDay, guide: &DayGuide, before: Option<Date>, width: usize) -> String {
    let colour = style(day.kind).bold();
    let name = capitalised(&day.kind.to_string());
    let title = format!("{colour}{name}{colour:#}{}", how_much(day, guide));
    let mut text = beside(&short_date(day.date), &title, width, DATE);
    let mut lines = vec![why(day, guide)];
    match before {
        Some(date) if day.kind == Kind::Hard => {
            let session = if guide.sessions.len() > 1 { "One of the two sessions" } else { "The session" };
            lines.push(format!("{session} of {}.", date.strftime("%A, %-d %B")));
        }
        Some(_) if !guide.walks => {}
        _ => lines.extend(what(day, guide)),
    }
    lines.extend(routines(guide));
    for line in lines {
        text += &beside("", &line, width, DATE);
    }
    text
}

/// What each kind of day asks for and what holds on all of them, once.
fn advice(guide: &Guide, width: usize) -> String {
    let mut text = String::new();
    if !guide.kinds.is_empty() {
        text += &format!("\n{}\n", bold("What the days ask for"));
    }
    for advice in &guide.kinds {
        text += &beside(&capitalised(&advice.kind.to_string()), &advice.to_string(), width, NAME);
    }
    if !guide.beside.is_empty() {
        text += &format!("\n{}\n", bold("Beside the running"));
    }
    for said in &guide.beside {
        text += &beside(said.name(), &said.to_string(), width, NAME);
    }
    if guide.exercises().next().is_some() {
        text += "\nHow to do each exercise: `freshlegs exercises`\n";
    }
    text
}
