//! The report as one page: words, charts, tables and a small script in a single file that asks for nothing outside.
//!
//! Everything is there without the script, which sorts, filters and reads values from the charts. Names of runs and files
//! come from strangers: [`maud`] escapes all that is put into the page, the charts alone are put in as they are, and these
//! hold the program's own words only. No element has a style of its own, so that the page's policy can forbid them.

mod about;
mod attention;
mod bars;
mod beside;
mod calendar;
mod card;
mod day;
mod figures;
mod hindsight;
mod overview;
mod policy;
mod prose;
mod runs;
mod today;
mod totals;

use super::chart::palette::css_variables;
use super::gallery::Gallery;
use super::history::History;
use super::table::RunRow;
use super::words;
use crate::import::Import;
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::plan::Kind;
use crate::units::{Metres, Speed};
use day::PlanDay;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use prose::prose;

pub use overview::{Runner, Standing, overview};

/// Stands in every report's page and tells a report folder from any other.
pub const MARK: &str = r#"<meta name="generator" content="freshlegs""#;
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole page.
pub fn page(analysis: &Analysis, import: &Import, gallery: &Gallery, earlier: &History) -> String {
    let season = &analysis.season;
    let guide = analysis.guide();
    let days = PlanDay::all(analysis, &guide);
    let rows = RunRow::all(season);
    let trend = words::fitness_trend(analysis);
    let runs = runs::pages(season, &rows);
    let style = style();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, SCRIPT));
                (PreEscaped(MARK)) (PreEscaped(">"))
                title { "Fresh legs? " (words::long_date(season.today)) }
                style { (PreEscaped(&style)) }
            }
            body {
                header {
                    (today::date_line(analysis, trend.as_ref()))
                    (today::today(analysis, trend.as_ref(), &rows, earlier))
                    (jump(!runs.is_empty()))
                }
                main {
                    section #strip { (figures::section(&gallery.strip)) }
                    (calendar::plan(analysis, &guide, &days))
                    (attention::attention(&runs, season))
                    (totals::totals(season))
                    @if let Some(replay) = &analysis.hindsight { (hindsight::hindsight(replay)) }
                    (charts(gallery))
                    (runs::runs(&runs))
                    (about::thresholds(analysis, import))
                    (about::about(analysis, import))
                }
                footer {
                    p { "Training guidance, not medical advice." }
                    p.soft { (import.sentence()) ". Made by freshlegs " (env!("CARGO_PKG_VERSION")) "." }
                }
                (keys())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    prose::held_together(&page.into_string())
}

/// The style with the colours of the charts, light and dark.
fn style() -> String {
    STYLE.replace("/*light*/", &css_variables(false)).replace("/*dark*/", &css_variables(true))
}

fn jump(has_runs: bool) -> Markup {
    html! {
        nav aria-label="On this page" {
            a href="#plan" { "Plan" }
            @if has_runs { a href="#attention" { "To check" } a href="#totals" { "Totals" } }
            a href="#charts" { "Charts" } a href="#runs" { "Runs" }
            a href="#thresholds" { "Thresholds" } a href="#about" { "How" }
            span.tools hidden {
                button #units type="button" { "miles" }
                button #theme type="button" { "dark" }
                button #help type="button" aria-label="Keys" { "?" }
            }
        }
    }
}

fn charts(gallery: &Gallery) -> Markup {
    html! {
        section #charts {
            h2 { "Charts" }
            @for figure in gallery.fitness.iter().chain([&gallery.weeks, &gallery.pace_heart_rate]) {
                (figures::figure(figure))
            }
            @for figure in &gallery.more { (figures::folded(figure)) }
        }
    }
}

/// The keys, shown by the script.
fn keys() -> Markup {
    html! {
        dialog #keys {
            h2 { "Keys" }
            dl.words {
                dt { kbd { "/" } } dd { "filter the runs, such as " code { "label:easy hr>145 month:2026-05 \"track\" !race" } }
                dt { kbd { "j" } " " kbd { "k" } } dd { "next run, run before" }
                dt { kbd { "Enter" } } dd { "open or close its card" }
                dt { kbd { "←" } " " kbd { "→" } } dd { "read values, on a chart" }
                dt { kbd { "[" } " " kbd { "]" } } dd { "first and last day of a time, on the fitness chart; " kbd { "Esc" } " all again" }
                dt { kbd { "u" } } dd { "kilometres or miles" }
                dt { kbd { "t" } } dd { "light or dark" }
            }
            p.soft { "Drag over the fitness chart to see the runs of a time, its totals and its balance." }
            form method="dialog" { button { "Close" } }
        }
    }
}

/// The class that gives a kind of run its colour.
fn label_class(label: Label) -> String {
    format!("k-{}", label.word())
}

/// The class that gives a kind of day its colour.
fn kind_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Rest => "k-rest",
        Kind::Recovery => "k-recovery",
        Kind::Easy => "k-easy",
        Kind::Long => "k-long",
        Kind::Hard => "k-intervals",
        Kind::WalkJog | Kind::CrossTrain => "k-walk",
        Kind::Shakeout => "k-shakeout",
        Kind::Race => "k-race",
    }
}

/// What is seen only where something is opened. Without the script it is there as it stands; for the script it waits as text,
/// so that thousands of cards and rows are not built before anybody looks at them.
fn waiting(content: &Markup) -> Markup {
    html! { noscript { (content) } }
}

/// A distance that the script can show in miles.
fn distance(metres: f64) -> Markup {
    html! { data.m value=(format!("{metres:.0}")) { (Metres(metres)) } }
}

/// A pace that the script can show per mile.
fn pace(mps: f64) -> Markup {
    html! { data.pace value=(format!("{mps:.3}")) { (Speed(mps)) } }
}

/// A climb that the script can show in feet.
fn climb(metres: f64) -> Markup {
    html! { data.climb value=(format!("{metres:.0}")) { (format!("{metres:.0} m")) } }
}

/// Reasons as sentences, the first letter of each large.
fn sentences(reasons: &[impl ToString]) -> Markup {
    let sentence = |reason: &_| words::capitalised(&ToString::to_string(reason)) + ".";
    prose(&reasons.iter().map(sentence).collect::<Vec<_>>().join(" "))
}

/// The last part of a path; the whole of it shows under the pointer.
fn file(path: &str) -> Markup {
    let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path);
    html! { small title=(path) { bdi { (name) } } }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests;
