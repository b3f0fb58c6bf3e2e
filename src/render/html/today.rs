//! What to do today: one sentence about this runner, why, how sure, and what would change it; which recovery runs were
//! none; whether fitness goes up; and what has changed since the last report.

use super::super::advice::Advice;
use super::super::chart::strip;
use super::super::history::History;
use super::super::table::RunRow;
use super::super::words::{self, FitnessTrend};
use super::prose;
use crate::label::Label;
use crate::pipeline::Analysis;
use jiff::civil::Date;
use maud::{Markup, html};

/// Spoiled ones named at most.
const NAMED: usize = 4;

/// The day of the report, and in one word whether fitness goes up.
pub(super) fn date_line(analysis: &Analysis, trend: Option<&FitnessTrend>) -> Markup {
    html! {
        p.date {
            (words::long_date(analysis.season.today))
            @if let Some(answer) = trend.and_then(|trend| trend.answer) { " · Fitness " (answer) }
        }
    }
}

pub(super) fn today(analysis: &Analysis, trend: Option<&FitnessTrend>, rows: &[RunRow], earlier: &History) -> Markup {
    let Some(advice) = Advice::of(analysis) else {
        return html! { h1.headline { "Nothing can be planned yet." } };
    };
    html! {
        h1.headline { (advice.headline) }
        dl.because {
            @if let Some(what) = &advice.what { dt { "What" } dd { (what) } }
            @if let Some(why) = &advice.why { dt { "Why" } dd { (prose(why)) } }
            dt { "How sure" } dd { (advice.how_sure) }
            dt { "What would change it" } dd { (advice.what_would_change_it) }
            @if let Some((called, next)) = &advice.next { dt { (called) } dd { (next) } }
            (recovery_runs(rows, analysis.season.today))
            @if let Some(trend) = trend {
                dt { "Fitness" }
                dd { @if let Some(answer) = trend.answer { b { (words::capitalised(answer)) } ": " } (trend.sentence) }
            }
            @if let Some(kept) = earlier.before(analysis.season.today) {
                dt { "Since " (kept.as_of.strftime("%-d %B").to_string()) }
                dd { (kept.changes(analysis).join(" ")) }
            }
        }
    }
}

/// Which runs of the weeks of the strip were recovery runs, which were meant as such and too hard, or which was the last.
fn recovery_runs(rows: &[RunRow], today: Date) -> Markup {
    let from = strip::first_monday(today);
    let recent = || rows.iter().rev().filter(|row| row.date >= from && row.rough.is_none());
    let count = recent().filter(|row| row.label == Label::Recovery).count();
    let is_spoiled = |row: &&RunRow| row.label == Label::RecoveryTooHard && row.rough.is_none();
    let spoiled: Vec<&RunRow> = recent().filter(is_spoiled).collect();
    let last = rows.iter().rev().find(is_spoiled);
    if recent().next().is_none() {
        return recovery_runs_untold(rows.iter().any(|row| row.date >= from));
    }
    html! {
        dt { "Recovery runs" }
        dd {
            (if count == 0 { "None".to_owned() } else { count.to_string() }) " in " (strip::LAST_WEEKS)
            @match (spoiled.len(), last) {
                (0, Some(last)) => {
                    @if count > 0 { ", none too hard" }
                    ". The last that was too hard: " (link(last)) "."
                }
                (0, None) => { @if count > 0 { ", none too hard" } "." }
                (many, _) => {
                    "; " (many) " more meant as one and too hard: "
                    @for (i, run) in spoiled.iter().take(NAMED).enumerate() { @if i > 0 { ", " } (link(run)) }
                    @if many > NAMED { " and " (many - NAMED) " more" }
                    "."
                }
            }
        }
    }
}

/// While only defaults are known, nobody can tell an easy run from a recovery run.
fn recovery_runs_untold(has_runs: bool) -> Markup {
    html! {
        @if has_runs {
            dt { "Recovery runs" }
            dd { "Cannot be told yet: " a href="#attention" { "your own heart-rate limits" } " are not known." }
        }
    }
}

fn link(run: &RunRow) -> Markup {
    html! { a href={ "#" (run.run_id) } { (words::short_date(run.date)) } }
}
