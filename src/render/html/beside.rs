//! What goes with the plan: what each kind of day asks for, how to do the exercises, and what was run of earlier plans.

use super::super::{drawing, words};
use super::prose;
use crate::guide::Guide;
use crate::kept::PlannedAndDone;
use maud::{Markup, PreEscaped, html};

/// What the days ask for and what belongs beside the running, once for all days.
pub(super) fn asked(guide: &Guide) -> Markup {
    html! {
        @if !guide.kinds.is_empty() {
            details.fold {
                summary { "What the days ask for, and what goes with the running" }
                dl.words {
                    @for advice in &guide.kinds {
                        dt { (words::capitalised(&advice.kind.to_string())) } dd { (prose(&advice.to_string())) }
                    }
                    @for said in &guide.beside { dt { (said.name()) } dd { (prose(&said.to_string())) } }
                }
            }
        }
    }
}

/// How to do each exercise of the plan.
pub(super) fn exercises(guide: &Guide) -> Markup {
    html! {
        @if guide.exercises().next().is_some() {
            details.fold {
                summary { "How to do each exercise" }
                dl.words {
                    @for exercise in guide.exercises() {
                        dt {
                            (words::capitalised(exercise.name)) br; small { (exercise.dose) }
                            (PreEscaped(drawing::svg(exercise)))
                        }
                        dd { "For " (exercise.purpose) ". " (exercise.instructions()) }
                    }
                }
                p.soft { "To a mild pull, never to pain; hold on to something; leave out what hurts." }
            }
        }
    }
}

/// What was planned and run of the last days, and which days ahead are other ones now, and why.
pub(super) fn planned_and_done(since: &PlannedAndDone) -> Markup {
    html! {
        @if let Some(summary) = since.summary() {
            details.fold {
                summary { "Planned and done: " (summary) }
                div.frame { table.stack {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "Planned" } th scope="col" { "Run" } } }
                    tbody { @for day in &since.days {
                        tr {
                            th.date scope="row" { (words::short_date(day.date)) }
                            td { (words::capitalised(&day.planned().to_string())) }
                            td { (words::capitalised(&day.done())) }
                        }
                    } }
                } }
            }
        }
        @if !since.changes.is_empty() {
            details.fold open {
                summary { "Changed since the plan of " (since.made.strftime("%A, %-d %B").to_string()) }
                dl.days {
                    @for change in &since.changes {
                        dt { (words::short_date(change.date)) }
                        dd { (prose(&words::capitalised(&change.to_string()))) "." }
                    }
                }
            }
        }
    }
}
