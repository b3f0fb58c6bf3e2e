//! The verdict card of a run: why it is what it is, what would have made it a recovery run, its picture, what was said of
//! it, and the line that puts it right. Each fact once: what has a bar stands beside its bar.

use super::super::chart::palette::themed;
use super::super::table::RunRow;
use super::super::words;
use super::bars::bars;
use super::{sentences, waiting};
use crate::explain::Explanation;
use crate::label::{Label, Labelled, Reason, Spoil};
use crate::notes::RunRef;
use crate::season::{Season, Then};
use crate::units::Score;
use maud::{Markup, PreEscaped, html};

/// Reasons in the line that is seen while the card is closed.
const FIRST_REASONS: usize = 2;

/// A run with everything the page says of it.
pub(super) struct PageRun<'a> {
    pub row: &'a RunRow,
    pub session: &'a Labelled,
    /// The only one of its day.
    pub is_alone: bool,
    /// The runner said by hand what it was.
    pub is_said: bool,
    /// What followed a hard session, on its first part.
    pub then: Option<Then>,
    /// Seconds easy, between the thresholds, and above.
    pub zone_s: Option<[f64; 3]>,
    pub story: Option<Story>,
}

/// What takes long to find out about a run: only the newest have it.
pub(super) struct Story {
    /// SVG of heart rate and pace.
    pub chart: Option<String>,
    /// What would have made it a recovery run.
    pub remedy: Option<String>,
    /// Where the heart rate was above the recovery limit.
    pub above: Option<String>,
    pub watch: Vec<String>,
}

impl Story {
    pub fn of(season: &Season, session: &Labelled, chart: Option<String>) -> Story {
        let explanation = Explanation::of(season, session);
        let ceiling_bpm = session.context.ceiling_bpm;
        Story {
            chart,
            remedy: explanation.remedy.as_ref().map(words::remedy),
            above: words::above(&explanation.above_ceiling, ceiling_bpm).filter(|_| asks_about_recovery(session)),
            watch: explanation.parts.iter().flat_map(|part| words::watch(&part.recording.digest.watch)).collect(),
        }
    }
}

/// Whether it might have been a recovery run: nobody asks that of intervals.
fn asks_about_recovery(session: &Labelled) -> bool {
    use Label::{Easy, Recovery, RecoveryTooHard, Shakeout, Steady};
    matches!(session.verdict.label, Recovery | RecoveryTooHard | Easy | Steady | Shakeout)
}

pub(super) fn card(run: &PageRun) -> Markup {
    let reasons = &run.row.reasons;
    let first = &reasons[..reasons.len().min(FIRST_REASONS)];
    let has_bars =
        run.story.is_some() && asks_about_recovery(run.session) && !run.session.verdict.score.evidence.is_empty();
    // What was measured stands beside its bar, and what was said has a place of its own below.
    let is_told_there = |reason: &Reason| match reason {
        Reason::Stated { .. } => run.row.label != Label::Race,
        reason => has_bars && has_bar(reason),
    };
    let told: Vec<&Reason> = reasons.iter().filter(|reason| !is_told_there(reason)).collect();
    html! {
        details.card {
            summary { span.brief { @if first.is_empty() { "More" } @else { (sentences(first)) } } span.whole { "Why" } }
            @if run.story.is_some() { (waiting(&inside(run, &told, has_bars))) }
            @else { (inside(run, &told, has_bars)) }
        }
    }
}

/// What is seen of an open card.
fn inside(run: &PageRun, told: &[&Reason], has_bars: bool) -> Markup {
    html! {
        p { (sentences(told)) " " @if let Some(story) = &run.story { (wanted(story)) } }
        div.evidence {
            @if has_bars { (evidence(run)) }
            @if let Some(chart) = run.story.as_ref().and_then(|story| story.chart.as_ref()) {
                figure.run { (PreEscaped(slim(&themed(chart)))) }
            }
        }
        (around(run))
        p.soft { (correction(run)) }
    }
}

/// What the style sheet says once for all pictures of runs, as a page holds hundreds.
const SAID_BY_STYLE: [&str; 6] = [
    " xmlns=\"http://www.w3.org/2000/svg\"",
    " font-family=\"DejaVu Sans, Verdana, sans-serif\"",
    " stroke-linejoin=\"round\"",
    " dy=\"0.5ex\"",
    " fill=\"none\"",
    " width=\"560\"",
];

/// The picture without what the style sheet says, and without its paper.
fn slim(svg: &str) -> String {
    let mut svg = SAID_BY_STYLE.iter().fold(svg.to_owned(), |svg, said| svg.replace(said, ""));
    let rect = svg.find("<rect").and_then(|from| Some(from..from + svg[from..].find("/>")? + 2));
    if let Some(rect) = rect.filter(|rect| svg[rect.clone()].contains("--chart-paper")) {
        svg.replace_range(rect, "");
    }
    svg
}

fn has_bar(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Measured(_)
            | Reason::Score { .. }
            | Reason::RecoveryPrompt(_)
            | Reason::Spoilt(Spoil::HeartRateOver { .. } | Spoil::TimeAboveEasy { .. })
    )
}

/// Where it was too hard for a recovery run, and what would have made it one.
fn wanted(story: &Story) -> Markup {
    html! {
        @if let Some(above) = &story.above { (words::capitalised(above)) ". " }
        @if let Some(remedy) = &story.remedy { "It would have been a recovery run " b { (remedy) } "." }
    }
}

/// What the verdict rests on, in bars.
fn evidence(run: &PageRun) -> Markup {
    let verdict = &run.session.verdict;
    html! {
        div.score {
            p { "Recovery score " b { (Score(verdict.score.points)) } " of 100; a recovery run from 70." }
            (bars(&verdict.score.evidence, &verdict.gates, &run.session.context.prompt))
        }
    }
}

/// What was said beforehand, what the watch concluded, and where the load comes from.
fn around(run: &PageRun) -> Markup {
    let row = run.row;
    let stated = words::stated(run.session);
    let watch = run.story.as_ref().map(|story| story.watch.join(", ")).unwrap_or_default();
    html! {
        dl.facts {
            @if stated != "nothing" { div { dt { "Said beforehand" } dd { (stated) } } }
            @if !watch.is_empty() { div { dt { "Your watch says" } dd { (watch) } } }
            div { dt { "Load" } dd { "by " (row.load_method) } }
            @if let Some(device) = &row.device { div { dt { "Recorded by" } dd { bdi { (device) } } } }
        }
    }
}

/// It may have been a race.
pub(super) fn asks_for_race(run: &PageRun) -> bool {
    run.row.reasons.iter().any(|reason| matches!(reason, Reason::WasThisARace { .. }))
}

/// The line that puts it right.
pub(super) fn correction(run: &PageRun) -> Markup {
    let run_ref = if run.is_alone { RunRef::Day(run.row.date) } else { RunRef::starting(run.row.started.datetime()) };
    let instead = match run.row.label {
        _ if asks_for_race(run) => "--race",
        Label::Easy => "--label recovery",
        Label::Race => "--not-race",
        _ => "--label easy",
    };
    html! {
        span.correction {
            @if run.is_said { "You said what it was. To change it: " }
            @else if asks_for_race(run) { "If it was a race: " }
            @else { "If this is wrong: " }
            code { "freshlegs note " (run_ref) " " (instead) }
        }
    }
}
