//! Runs, one a line.

use super::super::table::RunRow;
use super::super::words;
use super::columns::{TextCell, TextColumn, table, wrapped};
use crate::label::Label;
use crate::units::{Bpm, Score, Seconds, Speed};
use anstyle::{AnsiColor, Style};

/// Places for a title; more only where the screen is wide.
const TITLE: usize = 22;
const WIDE_TITLE: usize = 40;
const WIDE: usize = 140;
/// Reasons named under a run.
const REASONS: usize = 3;

/// The lines of a table of runs, its head first: day, time and title, what was run, and what it was.
pub(super) fn lines(runs: &[&RunRow], width: usize) -> Vec<String> {
    let is_narrow = width < 80;
    let is_one_year = runs.windows(2).all(|pair| pair[0].date.year() == pair[1].date.year());
    let day = |run: &RunRow| match (is_narrow, is_one_year) {
        (true, true) => run.date.strftime("%-d %b").to_string(),
        (true, false) => run.date.strftime("%-d %b %y").to_string(),
        (false, true) => words::short_date(run.date),
        (false, false) => run.date.strftime("%a %-d %b %Y").to_string(),
    };
    let column = |name, value: &dyn Fn(&RunRow) -> String| TextColumn::numbers(name, runs.iter().map(|run| value(run)));
    let title = TextColumn::words("title", runs.iter().map(|run| run.name.clone().unwrap_or_default()));
    let distance = |run: &RunRow| run.distance_m.map(|m| format!("{:.2}", m / 1000.0)).unwrap_or_default();
    let pace = |run: &RunRow| run.speed_mean_mps.map(|v| Speed(v).to_string().replace(" /km", "")).unwrap_or_default();
    let bpm =
        |run: &RunRow| run.heart_rate_mean_bpm.map(|v| Bpm(v).to_string().replace(" bpm", "")).unwrap_or_default();
    let columns = vec![
        TextColumn::words("day", runs.iter().map(|run| day(run))),
        column("start", &|run| run.started.strftime("%H:%M").to_string()).giving_way(4),
        title.at_most(if width >= WIDE { WIDE_TITLE } else { TITLE }).giving_way(5),
        column("km", &distance),
        column("time", &|run| Seconds(run.moving_s).to_string()),
        column("/km", &pace),
        column("bpm", &bpm),
        column("load", &|run| format!("{:.0}", run.load)).giving_way(1),
        TextColumn::words("", runs.iter().map(|run| format!("by {}", run.load_method))).giving_way(8),
        TextColumn::words("kind", runs.iter().map(|run| TextCell::styled(run.word(), style(run)))),
        TextColumn::words("sure", runs.iter().map(|run| sureness(run))).giving_way(7),
        column("score", &|run| Score(run.recovery_score).to_string()).giving_way(6),
    ];
    table(columns, width)
}

/// The same with the weightiest reasons under each run.
pub(super) fn with_reasons(runs: &[&RunRow], width: usize) -> Vec<String> {
    let mut lines = lines(runs, width).into_iter();
    let mut all: Vec<String> = lines.next().into_iter().collect();
    for (line, run) in lines.zip(runs) {
        all.push(line);
        let reasons: Vec<String> = run.reasons.iter().take(REASONS).map(ToString::to_string).collect();
        all.extend(wrapped(&reasons.join("; "), width, 4, 0));
    }
    all
}

/// `medium, borderline`.
fn sureness(run: &RunRow) -> String {
    format!("{}{}", run.confidence_word(), if run.borderline { ", borderline" } else { "" })
}

/// Green is recovery and nothing else, on the page too.
fn style(run: &RunRow) -> Style {
    match run.label {
        _ if run.rough.is_some() => Style::new(),
        Label::Recovery | Label::Shakeout => Style::new().fg_color(Some(AnsiColor::Green.into())),
        Label::RecoveryTooHard => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        Label::Race | Label::Intervals | Label::Tempo | Label::Long => Style::new().bold(),
        _ => Style::new(),
    }
}
