//! What it rests on: thresholds, how things are computed, the words, and the files.

use super::super::words;
use super::counted;
use crate::athlete::{Estimate, ThresholdKind};
use crate::import::{Fate, Import};
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::season::{Assessed, Season, SecondOpinion};
use crate::units::{Bpm, Load, Seconds, Speed};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Files named on the page for each thing that can come of them; the log has them all.
const LISTED_FILES: usize = 200;

pub(super) fn thresholds(analysis: &Analysis, import: &Import) -> Markup {
    let thresholds = analysis.season.thresholds();
    let bpm =
        |kind, name, e: &Estimate| threshold(kind, name, &format!("{} ± {:.0}", Bpm(e.value), e.half_width), Some(e));
    html! {
        section #thresholds {
            h2 { "Your thresholds, and how sure they are" }
            p {
                @if thresholds.uses_heart_rate {
                    "Recovery runs: below " (Bpm(thresholds.recovery_ceiling_bpm()))
                    @if let Some(mps) = analysis.ceilings.recovery_speed_mps { ", slower than " (super::pace(mps)) }
                    ". Easy runs: below " (Bpm(thresholds.lt1_bpm())) ". "
                } @else {
                    (words::WITHOUT_HEART_RATE)
                    @if let Some(mps) = analysis.ceilings.recovery_speed_mps { " Recovery runs: slower than " (super::pace(mps)) "." }
                    " "
                }
                (words::capitalised(&analysis.season.sensitivity().to_string())) "."
            }
            div.frame { table.stack {
                thead { tr {
                    th scope="col" { "Threshold" } th.number scope="col" { "Value" } th scope="col" { "Rests on" }
                    th scope="col" { "Trust" } th scope="col" { "Surer by" }
                } }
                tbody {
                    (bpm(ThresholdKind::MaximalHeartRate, "Maximal heart rate", &thresholds.heart_rate_max))
                    (bpm(ThresholdKind::RestingHeartRate, "Resting heart rate", &thresholds.heart_rate_rest))
                    (bpm(ThresholdKind::ThresholdHeartRate, "Threshold heart rate", &thresholds.heart_rate_threshold))
                    (threshold(
                        ThresholdKind::ThresholdPace,
                        "Threshold pace",
                        &thresholds.speed_threshold.as_ref().map_or("not known".to_owned(), pace_interval),
                        thresholds.speed_threshold.as_ref()
                    ))
                    @if let Some(watts) = thresholds.critical_power_w {
                        tr { th scope="row" { "Critical power" } td.number { (format!("{watts:.0} W")) } td { "given" } td {} td {} }
                    }
                }
            } }
            p.soft {
                @match &import.profile {
                    Some(path) => { "Your profile: " bdi { (path) } "." }
                    None => "If you know better, say so in a profile: your numbers take the place of these.",
                }
            }
        }
    }
}

/// `4:35 /km, 4:28 to 4:43`: slower and faster by one half-width.
fn pace_interval(speed: &Estimate) -> String {
    let (slow, fast) = speed.interval();
    let short = |mps: f64| Speed(mps).to_string().replace(" /km", "");
    format!("{} to {} /km", short(fast), short(slow))
}

fn threshold(kind: ThresholdKind, name: &str, value: &str, estimate: Option<&Estimate>) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td.number { (value) }
            td { @if let Some(e) = estimate { (e.basis) } }
            td data-is="trust" { @if let Some(e) = estimate { (e.trust) } }
            td.soft { @if let Some(advice) = kind.advice(estimate) { (super::super::words::capitalised(advice)) } }
        }
    }
}

/// How it was computed, the words, and the files.
pub(super) fn about(analysis: &Analysis, import: &Import) -> Markup {
    html! {
        section #about {
            h2 { "How this was computed" }
            details.fold { summary { "From files to a plan" } (computed()) }
            details.fold { summary { "What the words mean" } (glossary()) }
            (second_opinion(&analysis.season))
            (others(&analysis.season))
            (files(&analysis.season, import))
        }
    }
}

fn computed() -> Markup {
    html! {
        ol {
            li { "Every file is read, cleaned and brought to one value a second. What had to be mended is listed below." }
            li { "Thresholds are estimated week by week, from your profile, your watch and your own hard efforts." }
            li { "The load of a run is an hour at threshold × 100, by heart rate (TRIMP), else by pace, power, effort felt or time." }
            li { "Fitness and fatigue are means of the daily load that fade over 42 and 7 days. The two numbers are conventions: \
                  form is an order of days, not an amount." }
            li { "Each run is compared with the ceilings of its day and with your own usual runs; that gives its kind, and how \
                  sure it is." }
            li { "The plan keeps your habits, and puts gentle days where hard ones call for them." }
        }
    }
}

const WORDS: [(&str, &str); 11] = [
    ("Recovery run", "A short, very easy run with one purpose: that the next session goes well."),
    ("Too hard for recovery", "Meant as a recovery run, and above its ceiling."),
    ("Ceiling", "The highest mean heart rate, or the fastest pace, of such a run."),
    ("Threshold", "The effort one can hold for about an hour of racing: LTHR is its heart rate."),
    ("LT1", "The first threshold, where easy running ends: 90 % of LTHR where it is not known better."),
    ("Load", "How much a session asked for: 100 points are one hour at threshold."),
    ("Fitness", "Load of about six weeks, points a day (CTL)."),
    ("Fatigue", "Load of about one week, points a day (ATL)."),
    ("Form", "Fitness less fatigue, in percent of fitness: low after hard days, high after easy ones."),
    ("Monotony", "How much alike the days of a week were: mean over spread of their loads."),
    ("Grade-adjusted pace", "The pace on flat ground that would have asked as much of the heart."),
];

fn glossary() -> Markup {
    html! { dl.words { @for (word, meaning) in WORDS { dt { (word) } dd { (meaning) } } } }
}

/// What the watch thought of the same runs, where it thought anything.
fn second_opinion(season: &Season) -> Markup {
    let Some(opinion) = season.second_opinion() else { return html! {} };
    html! {
        details.fold {
            summary { "What your watch thinks of the same runs" }
            p.soft { "Shown to compare, never used here. A watch judges each run by its dose alone." }
            ul { @for sentence in words::second_opinion(&opinion) { li { (sentence) } } }
            (opinions(&opinion))
        }
    }
}

/// How often each pair of labels was given: one row a label, one column for each of the watch's.
fn opinions(opinion: &SecondOpinion) -> Markup {
    let watch: BTreeSet<&str> = opinion.pairs.keys().map(|(_, benefit)| *benefit).collect();
    let ours: BTreeSet<Label> = opinion.pairs.keys().map(|(label, _)| *label).collect();
    html! {
        @if !opinion.pairs.is_empty() {
            div.frame tabindex="0" role="region" aria-label="Labels of this program and of the watch" { table {
                thead { tr {
                    th scope="col" { "Runs" }
                    @for benefit in &watch { th.number scope="col" { (words::benefit(benefit)) } }
                } }
                tbody { @for label in ours {
                    tr {
                        th scope="row" { (label) }
                        @for benefit in &watch {
                            td.number { @if let Some(count) = opinion.pairs.get(&(label, *benefit)) { (count) } }
                        }
                    }
                } }
            } }
        }
    }
}

fn others(season: &Season) -> Markup {
    let others: Vec<&Assessed> = season.others().collect();
    html! {
        @if !others.is_empty() {
            details.fold {
                summary { (counted(others.len(), "activity", "activities")) " of other sports, counted as load" }
                div.frame { table.stack {
                    thead { tr {
                        th scope="col" { "Day" } th scope="col" { "Sport" } th.number scope="col" { "Time" }
                        th.number scope="col" { "Load" } th scope="col" { "File" }
                    } }
                    tbody { @for other in others.iter().rev() { (other_row(other)) } }
                } }
            }
        }
    }
}

fn other_row(other: &Assessed) -> Markup {
    let (recording, load) = (&other.recording, other.load);
    html! {
        tr {
            th.date scope="row" { (super::super::words::short_date(recording.date())) " " small { (recording.date().year()) } }
            td { (recording.sport()) }
            td.number { (Seconds(recording.digest.timer_s)) }
            td.number data-is="load" { (Load(load.points)) " " small { "by " (load.method) } }
            td.name { (super::file(&recording.file)) }
        }
    }
}

/// The files left out, used in part or mended, with the reasons.
fn files(season: &Season, import: &Import) -> Markup {
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
        (file_list(&doubles, "duplicate recording", "duplicate recordings", "ignored"))
        (file_list(&with(Fate::Skipped), "file", "files", "without an activity, skipped"))
    }
}

fn file_list(notes: &[(&str, impl AsRef<str>)], one: &str, many: &str, what: &str) -> Markup {
    html! {
        @if !notes.is_empty() {
            details.fold {
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
