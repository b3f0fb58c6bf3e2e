//! The files of a report folder, as bytes.

use super::chart::{self, fitness, weekly};
use super::{html, table};
use crate::import::Import;
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::plan::Kind;
use crate::run::round;
use crate::season::{days_table, runs_table, weeks_table};
use anyhow::Context;
use jiff::civil::Date;

/// Stands in every report's page and tells a report folder from any other.
pub const MARK: &str = r#"<meta name="generator" content="freshlegs""#;

/// Width of the charts, px, and pixels of the PNG for each of them.
const CHART_PX: u32 = 900;
const PNG_SCALE: f32 = 2.0;

/// A file of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Path inside the folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The whole report.
///
/// # Errors
/// Where a table or a picture cannot be made, which no input should bring about.
pub fn files(analysis: &Analysis, import: &Import) -> anyhow::Result<Vec<ReportFile>> {
    let fitness = fitness_chart(analysis);
    let weekly = weekly::svg(&analysis.weeks, CHART_PX);
    let png = |svg: &str| chart::png(svg, PNG_SCALE).context("a chart could not be painted");
    let page = html::page(analysis, import, &html::Charts { fitness: &fitness, weekly: &weekly });
    let files = [
        ("index.html", page.into_bytes()),
        ("runs.csv", table::csv(runs_table(&analysis.runs)?)?),
        ("runs.json", table::json(&analysis.runs)?),
        ("runs.parquet", table::parquet(runs_table(&analysis.runs)?)?),
        ("days.csv", table::csv(days_table(&analysis.days)?)?),
        ("weeks.csv", table::csv(weeks_table(&analysis.weeks)?)?),
        ("import-log.csv", table::csv_of_rows(&import.log(analysis))?),
        ("plan.json", table::json(&analysis.plan)?),
        ("charts/fitness.png", png(&fitness)?),
        ("charts/weekly.png", png(&weekly)?),
        ("charts/fitness.svg", fitness.into_bytes()),
        ("charts/weekly.svg", weekly.into_bytes()),
    ];
    Ok(files.map(|(name, bytes)| ReportFile { name: name.into(), bytes }).into())
}

fn fitness_chart(analysis: &Analysis) -> String {
    let dates = |label: Label| -> Vec<Date> {
        analysis.runs.iter().filter(|run| run.label == label).map(|run| run.date).collect()
    };
    let projection: Vec<fitness::Projection> = analysis
        .plan
        .iter()
        .map(|day| fitness::Projection {
            date: day.date,
            load: day.load,
            fitness: day.fitness,
            fatigue: day.fatigue,
            form_relative: round(100.0 * day.form / day.fitness.max(20.0), 1),
            recovery: day.kind == Kind::Recovery,
        })
        .collect();
    fitness::Fitness {
        days: &analysis.days,
        today: analysis.today,
        recovery: &dates(Label::Recovery),
        too_hard: &dates(Label::RecoveryTooHard),
        projection: &projection,
    }
    .svg(CHART_PX)
}
