//! The files of a report folder, as bytes.

use super::chart::fitness::FitnessChart;
use super::chart::{self, weekly};
use super::html;
use super::table::{self, ActivityRow, DayRow, LogRow, MadeWith, Row, RunRow, ThresholdsOfWeek, WeekRow};
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
        rayon::join(|| png(&fitness), || (png(&weekly), page_and_data(analysis, import)));
    let charts = [
        ("charts/fitness.png", fitness_png?),
        ("charts/weekly.png", weekly_png?),
        ("charts/fitness.svg", fitness.into_bytes()),
        ("charts/weekly.svg", weekly.into_bytes()),
    ];
    let charts = charts.map(|(name, bytes)| (name.to_owned(), bytes));
    let files = texts?.into_iter().chain(charts);
    Ok(files.map(|(name, bytes)| ReportFile { name, bytes }).collect())
}

fn page_and_data(analysis: &Analysis, import: &Import) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let season = &analysis.season;
    let made_with = MadeWith::of(season, import);
    let mut files = vec![("index.html".to_owned(), html::page(analysis, import).into_bytes())];
    files.extend(in_all_formats(&RunRow::all(season), &made_with)?);
    files.extend(in_all_formats(&ActivityRow::all(season), &made_with)?);
    files.extend(in_all_formats(&DayRow::all(season), &made_with)?);
    files.extend(in_all_formats(&WeekRow::all(season), &made_with)?);
    files.push(("import-log.csv".into(), table::csv(&LogRow::all(import, season))?));
    files.push(("athlete.json".into(), table::json_of("weeks", &ThresholdsOfWeek::all(season), &made_with)?));
    files.push(("plan.json".into(), table::json_of("days", &analysis.plan, &made_with)?));
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    files.push(("report.json".into(), table::json_of("files", &names, &made_with)?));
    Ok(files)
}

/// A table as CSV, JSON and Parquet.
fn in_all_formats<R: Row>(rows: &[R], made_with: &MadeWith) -> anyhow::Result<[(String, Vec<u8>); 3]> {
    Ok([
        (format!("{}.csv", R::NAME), table::csv(rows)?),
        (format!("{}.json", R::NAME), table::json(rows, made_with)?),
        (format!("{}.parquet", R::NAME), table::parquet(rows, made_with)?),
    ])
}
