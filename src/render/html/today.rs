//! What to do today: one sentence about this runner, why, how sure, and what would change it; whether fitness goes up; and
//! what has changed since the last report.

use super::super::advice::Advice;
use super::super::history::History;
use super::super::words;
use super::prose;
use crate::pipeline::Analysis;
use maud::{Markup, html};

pub(super) fn today(analysis: &Analysis, earlier: &History) -> Markup {
    let Some(advice) = Advice::of(analysis) else {
        return html! { h1.headline { "Nothing can be planned yet." } };
    };
    html! {
        h1.headline { (advice.headline) }
        dl.because {
            @if let Some(why) = &advice.why { dt { "Why" } dd { (prose(why)) } }
            dt { "How sure" } dd { (advice.how_sure) }
            dt { "What would change it" } dd { (advice.what_would_change_it) }
            @if let Some((called, next)) = &advice.next { dt { (called) } dd { (next) } }
            @if let Some(trend) = words::fitness_trend(analysis) { dt { "Fitness" } dd { (trend) } }
            @if let Some(kept) = earlier.before(analysis.season.today) {
                dt { "Since " (kept.as_of.strftime("%-d %B").to_string()) }
                dd { (kept.changes(analysis).join(" ")) }
            }
        }
    }
}
