//! The files of a report folder, as bytes.

use super::chart::fitness::FitnessChart;
use super::chart::{self, weekly};
use super::html;
use super::table::{self, DayRow, RunRow, WeekRow, days_table, runs_table, weeks_table};
use crate::import::Import;
use crate::pipeline::Analysis;
use anyhow::Context;

/// Stands in every report's page and tells a report folder from any other.
pub const MARK: &str = r#"<meta name="generator" content="freshlegs""#;

/// Pixels of a PNG for each of its chart.
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
    let fitness = FitnessChart::of(analysis).svg(chart::WIDE_PX);
    let weekly = weekly::svg(&analysis.season.weeks(), chart::WIDE_PX);
    let png = |svg: &str| chart::png(svg, PNG_SCALE).context("a chart could not be painted");
    // Painting takes longest, and the larger chart longer than all else.
    let (fitness_png, (weekly_png, texts)) =
        rayon::join(|| png(&fitness), || (png(&weekly), page_and_tables(analysis, import)));
    let charts = [
        ("charts/fitness.png", fitness_png?),
        ("charts/weekly.png", weekly_png?),
        ("charts/fitness.svg", fitness.into_bytes()),
        ("charts/weekly.svg", weekly.into_bytes()),
    ];
    let files = texts?.into_iter().chain(charts);
    Ok(files.map(|(name, bytes)| ReportFile { name: name.into(), bytes }).collect())
}

fn page_and_tables(analysis: &Analysis, import: &Import) -> anyhow::Result<[(&'static str, Vec<u8>); 8]> {
    let season = &analysis.season;
    let runs = RunRow::all(season);
    Ok([
        ("index.html", html::page(analysis, import).into_bytes()),
        ("runs.csv", table::csv(runs_table(&runs)?)?),
        ("runs.json", table::json(&runs)?),
        ("runs.parquet", table::parquet(runs_table(&runs)?)?),
        ("days.csv", table::csv(days_table(&DayRow::all(season))?)?),
        ("weeks.csv", table::csv(weeks_table(&WeekRow::all(season))?)?),
        ("import-log.csv", table::csv_of_rows(&import.log(season))?),
        ("plan.json", table::json(&analysis.plan)?),
    ])
}
