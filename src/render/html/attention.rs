//! Verdicts that want a look: which, why, and the line to type if one is wrong.

use super::super::words;
use super::card::{PageRun, asks_for_race, correction};
use super::runs::chip;
use super::sentences;
use crate::label::{Label, MEDIUM};
use crate::season::Season;
use jiff::ToSpan;
use maud::{Markup, html};

/// Days that are looked at.
const DAYS: i64 = 28;
/// Verdicts shown at most.
const MOST: usize = 6;

pub(super) fn attention(runs: &[PageRun], season: &Season) -> Markup {
    let today = season.today;
    let questions = season.thresholds().questions();
    let from = today.saturating_sub((DAYS - 1).days());
    let wanting: Vec<&PageRun> = runs.iter().rev().filter(|run| run.row.date >= from && wants_a_look(run)).collect();
    html! {
        @if !runs.is_empty() {
            section #attention {
                h2 { "To check" }
                @if !questions.is_empty() {
                    p { "What the program does not know yet:" }
                    ul { @for question in &questions { li { (words::capitalised(&question.to_string())) } } }
                }
                @if wanting.is_empty() {
                    p { "No verdict of the last four weeks is too hard for what was meant, or in doubt." }
                } @else {
                    ul.attention { @for run in wanting.iter().take(MOST) { (entry(run)) } }
                }
                @if wanting.len() > MOST { p.soft { "and " (wanting.len() - MOST) " more in the table of runs" } }
            }
        }
    }
}

/// Too hard for recovery, perhaps a race, or in doubt and of consequence; not what the runner has judged by hand.
fn wants_a_look(run: &PageRun) -> bool {
    let label = run.row.label;
    let matters = label.is_hard() || label == Label::Recovery;
    !run.is_said && (label == Label::RecoveryTooHard || asks_for_race(run) || matters && run.row.confidence < MEDIUM)
}

fn entry(run: &PageRun) -> Markup {
    let first: Vec<String> = run.row.reasons.iter().take(2).map(ToString::to_string).collect();
    html! {
        li {
            a href={ "#" (run.row.run_id) } { (words::short_date(run.row.date)) } ": " (chip(run.row.label, &run.row.word())) ". "
            (sentences(&first)) " "
            (correction(run))
        }
    }
}
