//! The verdict card of a run: why it is what it is, its picture, and what the watch said.

use super::runs::PageRun;
use super::{sentences, words_of};
use crate::label::Criterion;
use crate::units::{Seconds, Spoken};
use maud::{Markup, PreEscaped, html};

/// Reasons in the line that is always seen; the others stand on the card.
const FIRST_REASONS: usize = 2;

pub(super) fn card(run: &PageRun) -> Markup {
    let reasons = words_of(&run.row.reasons);
    let (first, more) = reasons.split_at(reasons.len().min(FIRST_REASONS));
    html! {
        details.card {
            summary { (sentences(first)) @if first.is_empty() { "More" } }
            @if !more.is_empty() { p { (sentences(more)) } }
            div.evidence {
                (evidence(run))
                @if let Some(chart) = &run.chart { figure.run { (PreEscaped(super::super::chart::palette::themed(chart))) } }
            }
            (watch(run))
            p.soft { (super::attention::correction(run)) }
        }
    }
}

/// How far each thing that makes a recovery run was met.
fn evidence(run: &PageRun) -> Markup {
    let score = &run.session.verdict.score;
    html! {
        @if !score.evidence.is_empty() {
            div.score {
                p { "Recovery score " b { (format!("{:.0}", score.points)) } " of 100; a recovery run from 70." }
                table.bars { tbody {
                    @for criterion in Criterion::ALL {
                        @if let Some(met) = score.value(criterion) { (bar(criterion, met)) }
                    }
                } }
            }
        }
    }
}

fn bar(criterion: Criterion, met: f64) -> Markup {
    let width = (100.0 * met.clamp(0.0, 1.0)).round();
    html! {
        tr {
            th scope="row" { (name(criterion)) }
            td {
                svg.bar viewBox="0 0 100 8" width="100" height="8" aria-hidden="true" {
                    rect.rail width="100" height="8" rx="2" {}
                    rect.filled.low[met < 0.3] width=(width) height="8" rx="2" {}
                }
            }
            td.number { (width) " %" }
        }
    }
}

fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Intensity => "Heart rate under the ceiling",
        Criterion::Excursions => "Hardly any time above LT1",
        Criterion::Pace => "Slower than usual",
        Criterion::Duration => "Short",
        Criterion::Load => "Little load",
        Criterion::Context => "After something hard",
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
