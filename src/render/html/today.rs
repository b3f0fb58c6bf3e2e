//! What to do today: one sentence about this runner, why, how sure, and what would change it; which recovery runs were
//! none; whether fitness goes up; and what has changed since the last report.

use super::super::advice::Advice;
use super::super::history::History;
use super::super::table::RunRow;
use super::super::words;
use super::prose;
use crate::label::Label;
use crate::pipeline::Analysis;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// Weeks of recovery runs told at the top.
const WEEKS: i64 = 12;
/// Spoiled ones named at most.
const NAMED: usize = 4;

pub(super) fn today(analysis: &Analysis, rows: &[RunRow], earlier: &History) -> Markup {
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
            (recovery_runs(rows, analysis.season.today))
            @if let Some(trend) = words::fitness_trend(analysis) { dt { "Fitness" } dd { (trend) } }
            @if let Some(kept) = earlier.before(analysis.season.today) {
                dt { "Since " (kept.as_of.strftime("%-d %B").to_string()) }
                dd { (kept.changes(analysis).join(" ")) }
            }
        }
    }
}

/// Which runs of the last weeks were recovery runs, and which were meant as such and were not.
fn recovery_runs(rows: &[RunRow], today: Date) -> Markup {
    let from = today.saturating_sub(WEEKS.weeks());
    let recent = || rows.iter().rev().filter(|row| row.date >= from && row.rough.is_none());
    let count = recent().filter(|row| row.label == Label::Recovery).count();
    let spoiled: Vec<&RunRow> = recent().filter(|row| row.label == Label::RecoveryTooHard).collect();
    if recent().next().is_none() {
        return html! {};
    }
    let (many, weeks) = (spoiled.len(), format!("in {WEEKS} weeks"));
    html! {
        dt { "Recovery runs" }
        dd {
            @match (count, many) {
                (0, 0) => { "None " (weeks) "." }
                (0, _) => { "None true " (weeks) }
                (_, 0) => { (count) " true " (weeks) ", none too hard to be one." }
                _ => { (count) " true " (weeks) }
            }
            @if many > 0 {
                ", " (many) " too hard to be one: "
                @for (i, run) in spoiled.iter().take(NAMED).enumerate() {
                    @if i > 0 { ", " }
                    a href={ "#" (run.run_id) } { (words::short_date(run.date)) }
                }
                @if many > NAMED { " and " (many - NAMED) " more" }
                "."
            }
        }
    }
}
