//! Hindsight on the page: how the season compares with what the plan would have said each morning.

use super::super::hindsight::{TOO_LITTLE, WHAT, figures, left_out};
use super::super::words;
use crate::replay::Replay;
use maud::{Markup, html};

pub(super) fn hindsight(replay: &Replay) -> Markup {
    let summary = &replay.summary;
    html! {
        section #hindsight {
            h2 { "Hindsight" }
            @if let (Some(first), Some(last)) = (summary.first, summary.last) {
                p { (words::capitalised(&words::span(first, last))) ": " (WHAT) }
                div.frame { table.stack {
                    tbody { @for (name, value) in figures(summary) { tr { th scope="row" { (name) } td { (value) } } } }
                } }
                @if let Some(left_out) = left_out(summary) { p.soft { (left_out) } }
                p.soft {
                    "What followed may have other causes, and the plan did not know how you felt. Every day: "
                    code { "freshlegs replay" } "."
                }
            } @else { p { (TOO_LITTLE) } }
        }
    }
}
