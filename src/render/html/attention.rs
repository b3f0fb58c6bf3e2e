//! Verdicts that want a look: which, why, and the line to type if one is wrong.

use super::super::chart::strip;
use super::super::words;
use super::card::{PageRun, asks_for_race, correction};
use super::runs::chip;
use super::sentences;
use crate::label::{Called, Label, MEDIUM};
use crate::season::Season;
use jiff::civil::Date;
use maud::{Markup, html};

/// Verdicts shown at most.
const MOST: usize = 6;
/// Earlier spoiled recovery runs named.
const NAMED_BEFORE: usize = 8;

pub(super) fn attention(runs: &[PageRun], season: &Season) -> Markup {
    let today = season.today;
    let questions = season.thresholds().questions();
    let from = strip::first_monday(today);
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
                    p { "Nothing in " (strip::LAST_WEEKS) (nothing_wrong(runs, from)) "." }
                } @else {
                    ul.attention { @for (i, run) in wanting.iter().take(MOST).enumerate() { (entry(run, &wanting[..i])) } }
                }
                (spoiled_before(runs, from))
                @if wanting.len() > MOST { p.soft { "and " (wanting.len() - MOST) " more in the table of runs" } }
            }
        }
    }
}

/// While only rough words can be said, nobody knows which run was too hard for recovery.
fn nothing_wrong(runs: &[PageRun], from: Date) -> &'static str {
    match runs.iter().any(|run| run.row.date >= from && run.row.rough.is_none()) {
        true => ": no recovery run was too hard, and no verdict that matters is in doubt",
        false => " stands out",
    }
}

/// Runs before that which were meant for recovery and too hard, each with its link.
fn spoiled_before(runs: &[PageRun], from: Date) -> Markup {
    let is_spoiled = |run: &&PageRun| called(run) == Called::Label(Label::RecoveryTooHard) && run.row.date < from;
    let spoiled: Vec<&PageRun> = runs.iter().rev().filter(is_spoiled).collect();
    html! {
        @if !spoiled.is_empty() {
            p {
                "Before that, " (super::counted(spoiled.len(), "recovery run was", "recovery runs were")) " too hard: "
                @for (i, run) in spoiled.iter().take(NAMED_BEFORE).enumerate() {
                    @if i > 0 { ", " }
                    a href={ "#" (run.row.run_id) } { (words::short_date(run.row.date)) }
                }
                @if spoiled.len() > NAMED_BEFORE { " and " (spoiled.len() - NAMED_BEFORE) " more" }
                "."
            }
        }
    }
}

/// Too hard for recovery, perhaps a race, or in doubt and of consequence; not what the runner has judged by hand.
fn wants_a_look(run: &PageRun) -> bool {
    let spoiled = called(run) == Called::Label(Label::RecoveryTooHard);
    let matters = run.row.label.is_hard() || called(run) == Called::Label(Label::Recovery);
    !run.is_said && (spoiled || asks_for_race(run) || matters && run.row.confidence < MEDIUM)
}

fn called(run: &PageRun) -> Called {
    run.session.verdict.called()
}

/// A run with its reasons, but for those that stand in an entry above in the same words.
fn entry(run: &PageRun, above: &[&PageRun]) -> Markup {
    let first = |run: &PageRun| run.row.reasons[..run.row.reasons.len().min(2)].to_vec();
    let said: Vec<String> = above.iter().flat_map(|run| first(run)).map(|reason| reason.to_string()).collect();
    let mut new = first(run);
    new.retain(|reason| !said.contains(&reason.to_string()));
    html! {
        li {
            a href={ "#" (run.row.run_id) } { (words::short_date(run.row.date)) } ": " (chip(called(run))) ". "
            (sentences(&new)) " "
            (correction(run))
        }
    }
}
