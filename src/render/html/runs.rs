//! The table of runs, the newest first; behind each run its verdict card.

use super::super::gallery::run_chart;
use super::super::table::RunRow;
use super::super::words;
use super::card::{PageRun, Story, card};
use super::{counted, file, label_class};
use crate::label::{Called, Label, Labelled};
use crate::season::{Assessed, Season, Then};
use crate::units::{Bpm, Load, Seconds};
use maud::{Markup, html};
use rayon::prelude::*;

/// Runs shown without unfolding, where there is no script to sort and filter them.
const RECENT_RUNS: usize = 28;
/// The newest runs have bars and a picture on their card; a page with those of all would be slow to open.
const PICTURED_RUNS: usize = 400;

pub(super) fn runs(all: &[PageRun]) -> Markup {
    let newest_first: Vec<&PageRun> = all.iter().rev().collect();
    let (recent, older) = newest_first.split_at(newest_first.len().min(RECENT_RUNS));
    html! {
        section #runs {
            h2 { "Your runs" }
            @if all.is_empty() { p { "None yet." } } @else { (filter())
                p.soft {
                    "Behind each run: what its verdict rests on, from gentle at the left to hard at the right. The line is the \
                     limit, its shade how uncertain it is, and the dot this run. Its mean heart rate leaves out the first \
                     sixth, while the heart is still getting going."
                }
                (table(recent, true)) }
            @for year in older.chunk_by(|a, b| a.row.date.year() == b.row.date.year()) {
                details.fold.older {
                    summary { (counted(year.len(), "earlier run", "earlier runs")) " of " (year[0].row.date.year()) }
                    // One that waits cannot hold others: pictures wait alone, a year without any as a whole.
                    @if year.iter().any(|run| run.story.is_some()) { (table(year, false)) }
                    @else { (super::waiting(&table(year, false))) }
                }
            }
            @if all.len() > PICTURED_RUNS {
                p.soft { "Only the newest " (PICTURED_RUNS) " runs have bars and a picture on their card; of the others it says the same in words." }
            }
        }
    }
}

pub(super) fn pages<'a>(season: &'a Season, rows: &'a [RunRow]) -> Vec<PageRun<'a>> {
    let from = rows.len().saturating_sub(PICTURED_RUNS);
    let runs: Vec<_> = season.runs().zip(rows).collect();
    let page = |(i, ((activity, session), row)): (usize, &((&Assessed, &'a Labelled), &'a RunRow))| {
        let description = format!("Heart rate and pace of the run of {}", row.date);
        let story = (i >= from).then(|| Story::of(season, session, run_chart(activity, season, &description)));
        let shares_day = |other: Option<&RunRow>| other.is_some_and(|other| other.date == row.date);
        PageRun {
            row,
            session,
            is_alone: !shares_day(i.checked_sub(1).and_then(|i| rows.get(i))) && !shares_day(rows.get(i + 1)),
            is_said: activity.recording.said.label.is_some() || activity.recording.said.is_race.is_some(),
            then: (session.hard && session.parts().next() == Some(activity.id)).then(|| season.after_hard(session)),
            zone_s: season.zone_seconds(activity),
            story,
        }
    };
    runs.par_iter().enumerate().map(page).collect()
}

/// Shown by the script alone, which makes it work.
fn filter() -> Markup {
    html! {
        div.filter hidden {
            label for="filter" { "Filter" }
            input #filter type="search" autocomplete="off" spellcheck="false" placeholder="label:recovery hr>140 month:2026-05 !race";
            span #filtered role="status" {}
        }
    }
}

fn table(runs: &[&PageRun], is_first: bool) -> Markup {
    html! {
        div.frame { table.runs {
            thead { tr {
                @for (name, number) in [
                    ("Day", false), ("Run", false), ("Distance", true), ("Time", true), ("Pace", true), ("Heart rate", true),
                    ("Load", true), ("Kind", false),
                ] {
                    th.number[number] scope="col" data-sort=[is_first.then_some(name)] { (name) @if name == "Kind" { ", how sure" } }
                }
            } }
            @for run in runs { (run_rows(run)) }
        } }
    }
}

fn run_rows(run: &PageRun) -> Markup {
    let (row, called) = (run.row, run.session.verdict.called());
    html! {
        tbody.run.recovery[called == Label::Recovery.into()] id=(row.run_id) data-date=(row.date) data-label=(called.word())
            data-km=[row.distance_m.map(|m| format!("{:.2}", m / 1000.0))] data-min=(format!("{:.1}", row.moving_s / 60.0))
            data-pace=[row.speed_mean_mps.filter(|v| *v > 0.1).map(|v| format!("{:.0}", 1000.0 / v))]
            data-hr=[row.heart_rate_mean_bpm.map(|v| format!("{v:.0}"))] data-load=(format!("{:.0}", row.load))
            data-climb=[row.ascent_m.map(|v| format!("{v:.0}"))] data-then=[run.then.map(Then::word)]
            data-easy=[run.zone_s.map(|[easy, ..]| format!("{easy:.0}"))]
            data-zone=[run.zone_s.map(|zones| format!("{:.0}", zones.iter().sum::<f64>()))]
        {
            tr {
                th.date scope="row" { (words::short_date(row.date)) " " small { (row.date.year()) } }
                td.name { @if let Some(name) = &row.name { bdi { (name) } " " } (file(&row.file)) }
                td.number { @if let Some(m) = row.distance_m { (super::distance(m)) } }
                td.number { (Seconds(row.moving_s)) }
                td.number { @if let Some(mps) = row.speed_mean_mps { (super::pace(mps)) } }
                td.number { @if let Some(bpm) = row.heart_rate_mean_bpm { (Bpm(bpm)) } }
                td.number data-is="load" { (Load(row.load)) }
                td.kind { (chip(called)) " " small { (row.confidence_word()) } }
            }
            tr.why { td colspan="8" { (card(run)) } }
        }
    }
}

/// What a run is called, in the colour of its kind, or of the kind next to a rough word.
pub(super) fn chip(called: Called) -> Markup {
    html! { span.chip.(label_class(called.nearest())) { i {} (called) } }
}
