//! The plan on screen: weeks as a grid, then the days; and as a table of commas.

pub mod ics;

use super::words::{capitalised, short_date};
use crate::calendar::monday_of;
use crate::plan::{Kind, Plan, PlanInputs, PlannedDay, PlannedWeek};
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::civil::Weekday;
use std::fmt::Write;

/// Width of the text, columns, and of a day of the grid.
const WIDTH: usize = 110;
const CELL: usize = 13;

/// The whole plan.
pub fn text(inputs: &PlanInputs, plan: &Plan) -> String {
    let mut text = grid(plan);
    for week in &plan.weeks {
        text += &week_line(week);
    }
    text.push('\n');
    for day in &plan.days {
        text += &day_text(day, inputs);
    }
    text + &notes(plan)
}

/// The plan and what today would make of it.
pub fn side_by_side(inputs: &PlanInputs, plan: &Plan, kind: Kind, other: &Plan) -> String {
    let mut text = format!("As planned\n{}\nWith {} today\n{}\n", grid(plan), with_article(kind), grid(other));
    let last = |plan: &Plan| plan.days.last().map(|day| (day.fitness, day.fitness - day.fatigue));
    if let (Some(one), Some(two)) = (last(plan), last(other)) {
        let _ = writeln!(
            text,
            "After {} days fitness would be {:.1} instead of {:.1}, form {:+.1} instead of {:+.1}.\n",
            plan.days.len(),
            two.0,
            one.0,
            two.1,
            one.1
        );
    }
    for day in other.days.iter().take(7) {
        text += &day_text(day, inputs);
    }
    text + &notes(other)
}

fn with_article(kind: Kind) -> String {
    let article = if kind == Kind::Easy { "an" } else { "a" };
    format!("{article} {kind}")
}

fn notes(plan: &Plan) -> String {
    plan.notes.iter().map(|note| format!("\n{}", wrapped(&note.to_string(), 0))).collect()
}

/// Weeks as lines, days as columns.
fn grid(plan: &Plan) -> String {
    let mut text = format!("{:10}", "");
    for day in [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday] {
        let _ = write!(text, "{:CELL$}", name(day));
    }
    let _ = writeln!(text, "{:CELL$}{}", name(Weekday::Saturday), name(Weekday::Sunday));
    for week in &plan.weeks {
        let mut line = format!("{:10}", week.monday.strftime("%-d %b").to_string());
        for place in 0..7 {
            let of_week = |day: &&PlannedDay| {
                monday_of(day.date) == week.monday && day.date.weekday().to_monday_zero_offset() == place
            };
            let cell = plan.days.iter().find(of_week).map(cell).unwrap_or_default();
            let _ = write!(line, "{cell:CELL$}");
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

fn cell(day: &PlannedDay) -> String {
    let word = match day.kind {
        Kind::Rest => return "rest".to_owned(),
        Kind::CrossTrain => "cross",
        Kind::WalkJog => "walk-jog",
        Kind::Shakeout => "shakeout",
        Kind::Recovery => "recovery",
        Kind::Easy => "easy",
        Kind::Long => "long",
        Kind::Hard => "hard",
        Kind::Race => "race",
    };
    let second = if day.second_run_s > 0.0 { format!("+{:.0}", day.second_run_s / 60.0) } else { String::new() };
    format!("{word} {:.0}{second}", day.minutes())
}

/// `Week of 22 Jun: 290 of your usual 310 min: a down week.`
fn week_line(week: &PlannedWeek) -> String {
    let mut text = format!("Week of {}: {:.0} min", week.monday.strftime("%-d %b"), week.minutes);
    if week.most_minutes.is_some() {
        let _ = write!(text, ", your usual week has {:.0}", week.usual_minutes);
    }
    let reasons: Vec<String> = week.reasons.iter().map(ToString::to_string).collect();
    if !reasons.is_empty() {
        let _ = write!(text, " ({})", reasons.join("; "));
    }
    wrapped(&text, 2)
}

fn day_text(day: &PlannedDay, inputs: &PlanInputs) -> String {
    let mut text = format!("{}  {}", short_date(day.date), capitalised(&day.kind.to_string()));
    if day.minutes() > 0.0 {
        let _ = write!(text, ", {}", Spoken(Seconds(day.duration_s)));
    }
    let limits: Vec<String> = [
        day.heart_rate_ceiling_bpm.map(|bpm| format!("at most {}", Bpm(bpm))),
        day.pace_ceiling_s_per_km.map(|pace| format!("{} or slower", Speed(1000.0 / pace))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !limits.is_empty() {
        let _ = write!(text, ", {}", limits.join(" and "));
    }
    let why: Vec<String> = day.reasons.iter().map(ToString::to_string).collect();
    let mut lines = wrapped(&text, 0) + &indented(&format!("Why: {}.", why.join("; ")));
    lines += &indented(&day.advice(inputs));
    if day.steps.len() > 1 {
        let steps: Vec<String> = day.steps.iter().map(ToString::to_string).collect();
        lines += &indented(&format!("{}.", capitalised(&steps.join(", "))));
    }
    lines
}

/// Under the day's date.
fn indented(text: &str) -> String {
    const INDENT: usize = 12;
    format!("{:INDENT$}{}", "", wrapped(text, INDENT))
}

/// Lines of the width, those after the first indented.
fn wrapped(text: &str, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{:indent$}{word}", "")),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

/// One line a day.
pub fn csv(plan: &Plan) -> String {
    let mut text = "date,kind,minutes,second_run_minutes,heart_rate_ceiling_bpm,pace_ceiling_s_per_km,load,fitness,fatigue,form_morning,reasons\n".to_owned();
    for day in &plan.days {
        let number = |value: Option<f64>| value.map(|v| format!("{v:.0}")).unwrap_or_default();
        let reasons: Vec<String> = day.reasons.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "{},{},{:.0},{:.0},{},{},{:.1},{:.1},{:.1},{:.1},\"{}\"",
            day.date,
            day.kind.word(),
            day.minutes(),
            day.second_run_s / 60.0,
            number(day.heart_rate_ceiling_bpm),
            number(day.pace_ceiling_s_per_km),
            day.load,
            day.fitness,
            day.fatigue,
            day.form_morning,
            reasons.join("; ").replace('"', "\"\"")
        );
    }
    text
}
