//! The tables of the page: the plan, the runs, other activities and the files left out.

use super::super::chart::palette;
use super::super::table::RunRow;
use super::super::words;
use super::minutes;
use crate::import::{Fate, Import};
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::plan::race::SEE_A_PROFESSIONAL;
use crate::plan::{Kind, PlannedDay};
use crate::season::{Assessed, Season};
use crate::units::{Bpm, Load, Metres, Seconds, Speed};
use maud::{Markup, html};
use std::fmt::Display;

/// Runs shown without unfolding.
const RECENT_RUNS: usize = 28;

/// A kind of run with its colour.
pub(super) fn chip(label: Label) -> Markup {
    html! {
        span.chip.recovery[label == Label::Recovery] { i style={ "background:" (palette::css(label)) } {} (label) }
    }
}

/// Reasons one after the other, the first letter large: `Day 2 after a race; form is low`.
pub(super) fn sentences(reasons: &[impl Display]) -> String {
    words::capitalised(&reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// `8.42 km in 52:10, 6:12 /km, 139 bpm, load 48`.
pub(super) fn run_in_short(run: &RunRow) -> String {
    let time = Seconds(run.moving_s);
    let mut text = run.distance_m.map_or(time.to_string(), |m| format!("{} in {time}", Metres(m)));
    let mut add = |part: Option<String>| text.extend(part.map(|part| format!(", {part}")));
    add(run.speed_mean_mps.map(|v| Speed(v).to_string()));
    add(run.heart_rate_mean_bpm.map(|v| Bpm(v).to_string()));
    add(Some(format!("load {}", Load(run.load))));
    text
}

pub(super) fn plan(analysis: &Analysis) -> Markup {
    let raced = analysis.plan.iter().any(|day| day.kind == Kind::Race)
        || analysis.season.runs().rev().take(RECENT_RUNS).any(|(_, session)| session.verdict.label == Label::Race);
    html! {
        section {
            h2 { "The next " (analysis.plan.len()) " days" }
            div.frame { table {
                thead { tr {
                    th { "Day" } th { "What" } th.number { "Time" } th.number { "Heart rate" } th.number { "Pace" }
                    th.number { "Form" } th { "Why" }
                } }
                tbody { @for day in &analysis.plan { (planned(day)) } }
            } }
            p.soft { "Limits of heart rate are upper ones; a pace is the fastest allowed on flat ground. " @if raced { (SEE_A_PROFESSIONAL) } }
        }
    }
}

fn planned(day: &PlannedDay) -> Markup {
    html! {
        tr.recovery[day.kind == Kind::Recovery].week-ends[words::ends_week(day.date)] {
            th.date scope="row" { (words::short_date(day.date)) }
            td.date { (day.kind) }
            td.number { @if day.minutes > 0.0 { (minutes(day)) } }
            td.number { @if let Some(bpm) = day.heart_rate_max_bpm { "≤ " (Bpm(bpm)) } }
            td.number { @if let Some(pace) = day.pace_min_s_per_km { (Speed(1000.0 / pace)) " or slower" } }
            td.number data-is="form" { (super::signed(day.form)) }
            td.reasons { (sentences(&day.reasons)) }
        }
    }
}

/// The newest runs; older ones are folded, a year at a time.
pub(super) fn runs(runs: &[RunRow]) -> Markup {
    let newest_first: Vec<&RunRow> = runs.iter().rev().collect();
    let (recent, older) = newest_first.split_at(newest_first.len().min(RECENT_RUNS));
    html! {
        section {
            h2 { "Your runs" }
            @if runs.is_empty() { p { "None yet." } } @else { (runs_table(recent)) }
            @for year in older.chunk_by(|a, b| a.date.year() == b.date.year()) {
                details {
                    summary {
                        (year.len()) @if year.len() == 1 { " earlier run of " } @else { " earlier runs of " }
                        (year[0].date.year())
                    }
                    (runs_table(year))
                }
            }
        }
    }
}

fn runs_table(runs: &[&RunRow]) -> Markup {
    html! {
        div.frame { table {
            thead { tr {
                th { "Day" } th { "Run" } th.number { "Distance" } th.number { "Time" } th.number { "Pace" }
                th.number { "Heart rate" } th.number { "Load" } th { "Kind, and why" }
            } }
            tbody { @for run in runs { (run_row(run)) } }
        } }
    }
}

fn run_row(run: &RunRow) -> Markup {
    html! {
        tr {
            th.date scope="row" { (words::short_date(run.date)) " " small { (run.date.year()) } }
            td.name { @if let Some(name) = &run.name { bdi { (name) } br; } (file(&run.file)) }
            td.number { @if let Some(m) = run.distance_m { (Metres(m)) } }
            td.number { (Seconds(run.moving_s)) }
            td.number { @if let Some(mps) = run.speed_mean_mps { (Speed(mps)) } }
            td.number { @if let Some(bpm) = run.heart_rate_mean_bpm { (Bpm(bpm)) } }
            td.number data-is="load" { (Load(run.load)) " " br; small { "by " (run.load_method) } }
            td.kind {
                (chip(run.label)) " " small { (run.confidence_word()) " confidence" }
                div.reasons { (sentences(&run.reasons)) }
            }
        }
    }
}

/// The last part of a path; the whole of it shows under the pointer.
fn file(path: &str) -> Markup {
    let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path);
    html! { small title=(path) { bdi { (name) } } }
}

pub(super) fn others(season: &Season) -> Markup {
    let others: Vec<&Assessed> = season.others().collect();
    html! {
        @if !others.is_empty() {
            details {
                summary { (counted(others.len(), "activity", "activities")) " of other sports, counted as load" }
                div.frame { table {
                    thead { tr { th { "Day" } th { "Sport" } th.number { "Time" } th.number { "Load" } th { "File" } } }
                    tbody {
                        @for other in others.iter().rev() {
                            (other_row(other))
                        }
                    }
                } }
            }
        }
    }
}

fn other_row(other: &Assessed) -> Markup {
    let (recording, load) = (&other.recording, other.load);
    html! {
        tr {
            th.date scope="row" { (words::short_date(recording.date())) " " small { (recording.date().year()) } }
            td { (recording.sport()) }
            td.number { (Seconds(recording.digest.timer_s)) }
            td.number data-is="load" { (Load(load.points)) " " br; small { "by " (load.method) } }
            td.name { (file(&recording.file)) }
        }
    }
}

/// Files named on the page for each thing that can come of them; the log has them all.
const LISTED_FILES: usize = 200;

/// The files left out, used in part or mended, with the reasons.
pub(super) fn files(season: &Season, import: &Import) -> Markup {
    let with = |fate| -> Vec<(&str, &str)> {
        import.with(fate).map(|f| (f.file.as_str(), f.note.as_str())).filter(|(_, note)| !note.is_empty()).collect()
    };
    let doubles: Vec<(&str, String)> = season.duplicates.iter().map(|d| (d.file.as_str(), d.to_string())).collect();
    let left_out: Vec<(&str, String)> = season.left_out.iter().map(|l| (l.file.as_str(), l.to_string())).collect();
    html! {
        (file_list(&left_out, "recording", "recordings", "left out by date"))
        (file_list(&with(Fate::Failed), "file", "files", "not used"))
        (file_list(&with(Fate::Salvaged), "file", "files", "used in part"))
        (file_list(&with(Fate::Read), "file", "files", "mended"))
        (file_list(&doubles, "recording", "recordings", "of a run that is there already, left out"))
        (file_list(&with(Fate::Skipped), "file", "files", "without an activity, skipped"))
    }
}

fn file_list(notes: &[(&str, impl AsRef<str>)], one: &str, many: &str, what: &str) -> Markup {
    html! {
        @if !notes.is_empty() {
            details {
                summary { (counted(notes.len(), one, many)) " " (what) }
                ul {
                    @for (file, note) in notes.iter().take(LISTED_FILES) {
                        li { bdi.name { (file) } ": " span.soft { bdi { (note.as_ref()) } } }
                    }
                    @if notes.len() > LISTED_FILES { li { "and " (notes.len() - LISTED_FILES) " more: see import-log.csv" } }
                }
            }
        }
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_last_part() {
        let name = |path: &str| file(path).into_string();
        assert_eq!(name("a/b/run.fit"), r#"<small title="a/b/run.fit"><bdi>run.fit</bdi></small>"#);
        assert_eq!(name("run.fit"), r#"<small title="run.fit"><bdi>run.fit</bdi></small>"#);
        assert!(name("c:\\x\\run.gpx").contains("<bdi>run.gpx</bdi>"));
        assert!(name("/").contains("<bdi>/</bdi>"));
        assert!(name("x\"onload=\"y").contains("title=\"x&quot;onload=&quot;y\""));
    }

    #[test]
    fn sentences_begin_large() {
        assert_eq!(sentences(&["élan", "rest"]), "Élan; rest");
        assert_eq!(sentences(&[] as &[&str]), "");
    }
}
