//! The verdict card of a run: why it is what it is, its picture, and what the watch said.

use super::super::table::RunRow;
use super::bars::bars;
use super::sentences;
use crate::label::{Label, Labelled, Reason};
use crate::notes::RunRef;
use crate::units::{Seconds, Spoken};
use maud::{Markup, PreEscaped, html};

/// Reasons in the line that is always seen; the others stand on the card.
const FIRST_REASONS: usize = 2;

/// A run with everything the page says of it.
pub(super) struct PageRun<'a> {
    pub row: &'a RunRow,
    pub session: &'a Labelled,
    /// The only one of its day.
    pub is_alone: bool,
    /// The runner said by hand what it was.
    pub is_said: bool,
    /// SVG of heart rate and pace.
    pub chart: Option<String>,
}

pub(super) fn card(run: &PageRun) -> Markup {
    let (first, rest) = run.row.reasons.split_at(run.row.reasons.len().min(FIRST_REASONS));
    // What was measured stands beside its bar.
    let more: Vec<String> = rest
        .iter()
        .filter(|reason| !matches!(reason, Reason::Measured(_) | Reason::Score { .. } | Reason::RecoveryPrompt(_)))
        .map(ToString::to_string)
        .collect();
    let first: Vec<String> = first.iter().map(ToString::to_string).collect();
    html! {
        details.card {
            summary { (sentences(&first)) @if first.is_empty() { "More" } }
            @if !more.is_empty() { p { (sentences(&more)) } }
            div.evidence {
                (evidence(run))
                @if let Some(chart) = &run.chart { figure.run { (PreEscaped(super::super::chart::palette::themed(chart))) } }
            }
            (watch(run))
            p.soft { (correction(run)) }
        }
    }
}

/// What the verdict rests on, in bars.
fn evidence(run: &PageRun) -> Markup {
    let verdict = &run.session.verdict;
    let scored = &verdict.score.evidence;
    let label = run.row.label;
    // Nobody asks of a race or a long run how much of a recovery run it was.
    let is_asked = !scored.is_empty() && !label.is_hard() && !matches!(label, Label::Walk | Label::Fragment);
    html! {
        @if is_asked {
            div.score {
                p { "Recovery score " b { (format!("{:.0}", verdict.score.points)) } " of 100; a recovery run from 70." }
                (bars(scored, &verdict.gates, &run.session.context.prompt))
            }
        }
    }
}

/// What the watch concluded, to compare with.
fn watch(run: &PageRun) -> Markup {
    let row = run.row;
    let mut said = Vec::new();
    said.extend(row.watch_benefit.map(|benefit| format!("good for {benefit}")));
    said.extend(row.watch_training_effect.map(|effect| format!("training effect {effect:.1}")));
    said.extend(row.watch_recovery_h.map(|hours| format!("{} of recovery", Spoken(Seconds(3600.0 * hours)))));
    html! {
        p.soft {
            "Load by " (row.load_method) "."
            @if let Some(device) = &row.device { " Recorded by " bdi { (device) } "." }
            @if !said.is_empty() { " The watch said: " (said.join(", ")) "." }
        }
    }
}

/// It may have been a race.
pub(super) fn asks_for_race(run: &PageRun) -> bool {
    run.row.reasons.iter().any(|reason| matches!(reason, Reason::WasThisARace { .. }))
}

/// The line that puts it right.
pub(super) fn correction(run: &PageRun) -> Markup {
    let run_ref = if run.is_alone { RunRef::Day(run.row.date) } else { RunRef::starting(run.row.started.datetime()) };
    let instead = match run.row.label {
        _ if asks_for_race(run) => "--race",
        Label::Easy => "--label recovery",
        Label::Race => "--not-race",
        _ => "--label easy",
    };
    html! {
        span.correction {
            @if run.is_said { "You said what it was. To change it: " }
            @else if asks_for_race(run) { "If it was a race: " }
            @else { "If this is wrong: " }
            code { "freshlegs note " (run_ref) " " (instead) }
        }
    }
}
