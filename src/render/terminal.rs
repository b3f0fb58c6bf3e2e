//! The summary on screen: what a runner wants to know in ten seconds.

use super::table::RunRow;
use super::words;
use crate::athlete::Estimate;
use crate::import::Import;
use crate::label::{Agreement, Label, Labelled};
use crate::pipeline::Analysis;
use crate::plan::PlannedDay;
use crate::recording::Recording;
use crate::units::{Bpm, Load, Seconds, Speed};
use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, Table};
use std::fmt::Write;

/// Runs shown in the summary.
const LAST_RUNS: usize = 10;
/// Width of the summary, columns.
const WIDTH: u16 = 124;

/// The whole summary.
pub fn summary(analysis: &Analysis, import: &Import) -> String {
    let sections = [
        header(analysis, import),
        today(analysis),
        thresholds(analysis, import),
        last_runs(analysis),
        state(analysis),
        plan(analysis),
    ];
    sections.join("\n")
}

fn heading(text: &str) -> String {
    let bold = Style::new().bold();
    format!("{bold}{text}{bold:#}\n")
}

fn header(analysis: &Analysis, import: &Import) -> String {
    let season = &analysis.season;
    let mut text = import.counts(season);
    let is_walk = |labelled: &Labelled| labelled.verdict.label == Label::Walk;
    let walks = season.runs().filter(|(_, session)| is_walk(session)).count();
    let runs: Vec<&Recording> =
        season.runs().filter(|(_, session)| !is_walk(session)).map(|(run, _)| &run.recording).collect();
    if let (Some(first), Some(last)) = (runs.first(), runs.last()) {
        let km: f64 = runs.iter().filter_map(|run| run.digest.known_distance_m()).sum::<f64>() / 1000.0;
        let _ = write!(
            text,
            "\n{} from {} to {}, {km:.0} km",
            words::counted(runs.len(), "run"),
            first.date(),
            last.date()
        );
    } else {
        text.push_str("\nNo runs among them");
    }
    if walks > 0 {
        let _ = write!(text, "; {} walked", words::counted(walks, "recording"));
    }
    let others = season.others().count();
    if others > 0 {
        let _ = write!(text, "; {} in other sports", words::counted(others, "activity"));
    }
    text.push('\n');
    if let Some((last, today)) = import.stale {
        let _ = writeln!(
            text,
            "Your last activity was on {}; this report is as of {} (change with `--today`).",
            words::date(last),
            words::date(today)
        );
    }
    text
}

/// One line on how one stands, one on what to do next.
fn today(analysis: &Analysis) -> String {
    let mut text = heading(&words::long_date(analysis.season.today));
    if let Some(now) = words::now(analysis) {
        let _ = writeln!(
            text,
            "  You are {} (form {:+.0}: fitness {:.0}, fatigue {:.0}).",
            words::form(now.zone),
            now.form,
            now.fitness,
            now.fatigue
        );
    }
    if let Some(next) = analysis.plan.days.first() {
        let when = if next.date == analysis.season.today { "Today" } else { "Tomorrow" };
        let _ = writeln!(text, "  {when}: {}.", prescription(next));
        for reason in &next.reasons {
            let _ = writeln!(text, "    {}.", words::capitalised(&reason.to_string()));
        }
    }
    text
}

/// `recovery run, 30 min, at most 144 bpm and not faster than 5:52 /km`.
fn prescription(day: &PlannedDay) -> String {
    let mut text = day.kind.to_string();
    if day.minutes() > 0.0 {
        let _ = write!(text, ", {:.0} min", day.minutes());
    }
    if let Some(bpm) = day.heart_rate_ceiling_bpm {
        let _ = write!(text, ", at most {}", Bpm(bpm));
    }
    if let Some(pace) = day.pace_ceiling_s_per_km {
        let _ = write!(text, " and not faster than {}", Speed(1000.0 / pace));
    }
    text
}

fn thresholds(analysis: &Analysis, import: &Import) -> String {
    let thresholds = analysis.season.thresholds();
    let mut table = plain_table();
    let mut row = |name: &str, value: String, estimate: Option<&Estimate>| {
        let basis = estimate.map(|e| e.basis.to_string()).unwrap_or_default();
        let trust = estimate.map(|e| format!("{} trust", e.trust)).unwrap_or_default();
        table.add_row([format!("  {name}"), value, trust, basis]);
    };
    let bpm = |e: &Estimate| format!("{:.0} ± {}", e.value, Bpm(e.half_width));
    row("maximal heart rate", bpm(&thresholds.heart_rate_max), Some(&thresholds.heart_rate_max));
    row("resting heart rate", bpm(&thresholds.heart_rate_rest), Some(&thresholds.heart_rate_rest));
    row("threshold heart rate", bpm(&thresholds.heart_rate_threshold), Some(&thresholds.heart_rate_threshold));
    match &thresholds.speed_threshold {
        Some(speed) => row("threshold pace", Speed(speed.value).to_string(), Some(speed)),
        None => row("threshold pace", "not known".into(), None),
    }
    let title = match &import.profile {
        Some(path) => format!("Your thresholds (profile: {path})"),
        None => "Your thresholds".into(),
    };
    let mut text = heading(&title) + &lines(&table);
    let slowest = analysis.ceilings.recovery_speed_mps;
    let _ = writeln!(
        text,
        "  Recovery runs: below {}{}",
        Bpm(thresholds.recovery_ceiling_bpm()),
        slowest.map(|v| format!(", slower than {}", Speed(v))).unwrap_or_default()
    );
    for note in &thresholds.notes {
        let _ = writeln!(text, "  {}.", words::capitalised(&note.to_string()));
    }
    for question in thresholds.questions() {
        let _ = writeln!(text, "  Not known yet: {question}.");
    }
    text
}

fn last_runs(analysis: &Analysis) -> String {
    let runs = RunRow::all(&analysis.season);
    let from = runs.len().saturating_sub(LAST_RUNS);
    if runs.is_empty() {
        return String::new();
    }
    let title = if from == 0 { "Your runs".to_owned() } else { format!("Your last {LAST_RUNS} runs") };
    let sensitivity = words::capitalised(&analysis.season.sensitivity().to_string());
    heading(&title) + &runs_table(&runs[from..]) + &format!("  {sensitivity}.\n")
}

/// One line a run.
pub fn runs_table(runs: &[RunRow]) -> String {
    let mut table = plain_table();
    table.set_header(["  date", "km", "time", "pace", "heart rate", "load", "", "run", "confidence", "score"]);
    for run in runs {
        table.add_row([
            format!("  {}", run.date.strftime("%a %Y-%m-%d")),
            run.distance_m.map(|m| format!("{:.2}", m / 1000.0)).unwrap_or_default(),
            Seconds(run.moving_s).to_string(),
            run.speed_mean_mps.map(|v| Speed(v).to_string()).unwrap_or_default(),
            run.heart_rate_mean_bpm.map(|v| Bpm(v).to_string()).unwrap_or_default(),
            Load(run.load).to_string(),
            format!("by {}", run.load_method),
            styled(run),
            sureness(run),
            format!("{:.0}", run.recovery_score),
        ]);
    }
    for column in [1, 2, 3, 4, 5, 9] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    lines(&table)
}

/// `medium, borderline`.
fn sureness(run: &RunRow) -> String {
    format!("{}{}", run.confidence_word(), if run.borderline { ", borderline" } else { "" })
}

fn styled(run: &RunRow) -> String {
    let style = match run.label {
        Label::Recovery | Label::Shakeout => Style::new().fg_color(Some(AnsiColor::Green.into())),
        Label::RecoveryTooHard => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        Label::Race | Label::Intervals | Label::Tempo => Style::new().bold(),
        _ => Style::new(),
    };
    format!("{style}{}{style:#}", run.word())
}

fn state(analysis: &Analysis) -> String {
    let mut text = heading("The last four weeks");
    if let Some(ramp) = words::now(analysis).and_then(|now| now.ramp) {
        let _ = writeln!(text, "  Fitness changed by {ramp:+.1} in seven days.");
    }
    for line in words::balance(&analysis.season.balance()) {
        let _ = writeln!(text, "  {line}");
    }
    let agreement = Agreement::of(analysis.season.sessions().iter());
    if !agreement.is_empty() {
        let all = agreement.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "  What you had said of your runs was so: {all}.");
    }
    text
}

fn plan(analysis: &Analysis) -> String {
    let mut table = plain_table();
    table.set_header(["  day", "", "min", "heart rate", "pace", "why"]);
    for day in &analysis.plan.days {
        table.add_row([
            format!("  {}", words::short_date(day.date)),
            day.kind.to_string(),
            if day.minutes() > 0.0 { format!("{:.0}", day.minutes()) } else { String::new() },
            day.heart_rate_ceiling_bpm.map(|bpm| format!("≤ {}", Bpm(bpm))).unwrap_or_default(),
            day.pace_ceiling_s_per_km.map(|pace| format!("{} or slower", Speed(1000.0 / pace))).unwrap_or_default(),
            day.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        ]);
    }
    let mut text = heading(&format!("The next {} days", analysis.plan.days.len())) + &lines(&table);
    for note in &analysis.plan.notes {
        let _ = writeln!(text, "  {note}");
    }
    text
}

fn plain_table() -> Table {
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table
}

/// The table's lines without blanks at their ends.
fn lines(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
