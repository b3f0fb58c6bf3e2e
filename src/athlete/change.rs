//! Days from which heart rates mean something else: a new medicine, sensor or illness (methods §5).

use super::facts::Facts;
use super::known::Known;
use crate::physiology::statistics::{self, Line};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days whose easy runs are compared with the line of the days before.
pub(super) const RECENT_DAYS: i64 = 21;
/// After a change nothing new is found until the line rests on what came after.
const QUIET_DAYS: i64 = 111;
const LEAST_RUNS: usize = 6;
/// So far off the line, bpm.
const OFF_BPM: f64 = 12.0;
/// Runs up to this multiple of the usual speed are easy.
const EASY: f64 = 1.05;

/// A change of the heart rate at easy pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeartChange {
    pub since: Date,
    /// How far easy heart rates moved; `None` where the runner gave the day.
    pub by_bpm: Option<f64>,
}

/// All changes up to the last of `weeks`, oldest first. `weeks` gives the last day of every week with the line of the 90
/// days before its last three weeks.
pub(super) fn changes(facts: &[Facts], weeks: &[(Date, Option<Line>)]) -> Vec<HeartChange> {
    let mut changes: Vec<HeartChange> = Vec::new();
    for (end, line) in weeks {
        let is_quiet = changes.last().is_some_and(|last| *end < last.since.saturating_add(QUIET_DAYS.days()));
        if let Some(line) = line.filter(|_| !is_quiet)
            && let Some(change) = change(facts, *end, line)
        {
            changes.push(change);
        }
    }
    changes
}

fn change(facts: &[Facts], end: Date, line: Line) -> Option<HeartChange> {
    let recent = Known::between(facts, end.saturating_sub((RECENT_DAYS - 1).days()), end);
    let speeds: Vec<f64> = recent.iter().filter_map(|f| f.mean_mps).collect();
    let usual = statistics::median(&speeds)?;
    let easy = recent.iter().filter(|f| f.mean_mps.is_some_and(|mps| mps <= EASY * usual));
    let off: Vec<(Date, f64)> = easy.filter_map(|f| Some((f.date, off_the_line(f, line)?))).collect();
    if off.len() < LEAST_RUNS {
        return None;
    }
    let by_bpm = statistics::median(&off.iter().map(|(_, bpm)| *bpm).collect::<Vec<_>>())?;
    // The change began with the first run that shows it.
    let first = off.iter().find(|(_, bpm)| bpm.signum() == by_bpm.signum() && bpm.abs() >= OFF_BPM)?;
    (by_bpm.abs() >= OFF_BPM).then_some(HeartChange { since: first.0, by_bpm: Some(by_bpm) })
}

/// How far a run's heart rate lies above the line, bpm; negative below it.
fn off_the_line(facts: &Facts, line: Line) -> Option<f64> {
    let off: Vec<f64> = facts.windows.iter().filter_map(|(mps, bpm)| Some(bpm - line.at(*mps)?)).collect();
    statistics::median(&off)
}
