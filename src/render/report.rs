//! The files of a report folder, as bytes.

use super::chart::{self, Figure};
use super::gallery::Gallery;
pub use super::history::FILE as HISTORY;
use super::history::History;
use super::html;
use super::plan::{self, ics};
use super::table::{self, ActivityRow, DayRow, LogRow, MadeWith, PlanRow, Row, RunRow, ThresholdsOfWeek, WeekRow};
use crate::import::Import;
use crate::pipeline::Analysis;
use anyhow::Context;
use rayon::prelude::*;

pub use super::html::MARK;

/// The page, which holds the mark.
pub const PAGE: &str = "index.html";

/// Pixels of a PNG for each of its chart.
const PNG_SCALE: f32 = 2.0;

/// A file of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Path inside the folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Of the report that this one replaces, what the new one goes on from.
#[derive(Clone, Debug, Default)]
pub struct PreviousReport {
    /// Its calendar, or nothing.
    pub calendar: String,
    /// What it and those before it said.
    pub history: History,
}

/// The calendar in the report, and the plan.
pub const CALENDAR: &str = "plan.ics";
pub const PLAN: &str = "plan.json";

/// The whole report.
///
/// # Errors
/// Where a table or a picture cannot be made, which no input should bring about.
pub fn files(analysis: &Analysis, import: &Import, before: &PreviousReport) -> anyhow::Result<Vec<ReportFile>> {
    let gallery = Gallery::of(analysis);
    let shown: Vec<&Figure> = gallery.figures().filter(|figure| !figure.values.rows.is_empty()).collect();
    let pictures: Vec<(&str, String)> = shown.iter().map(|figure| (figure.id, figure.standalone())).collect();
    // Painting takes longest.
    let (painted, texts) =
        rayon::join(|| paint(&pictures, &gallery), || page_and_data(analysis, import, before, &gallery));
    let mut files: Vec<ReportFile> = texts?.into_iter().map(|(name, bytes)| ReportFile { name, bytes }).collect();
    files.extend(painted?);
    files.extend(
        pictures.into_iter().map(|(id, svg)| ReportFile { name: format!("charts/{id}.svg"), bytes: svg.into_bytes() }),
    );
    Ok(files)
}

/// The charts that the page shows unfolded, as PNG.
fn paint(pictures: &[(&str, String)], gallery: &Gallery) -> anyhow::Result<Vec<ReportFile>> {
    let is_open = |id: &str| gallery.open().any(|figure| figure.id == id);
    let open: Vec<&(&str, String)> = pictures.iter().filter(|(id, _)| is_open(id)).collect();
    open.par_iter()
        .map(|(id, svg)| {
            let bytes = chart::png(svg, PNG_SCALE).context("a chart could not be painted")?;
            Ok(ReportFile { name: format!("charts/{id}.png"), bytes })
        })
        .collect()
}

fn page_and_data(
    analysis: &Analysis,
    import: &Import,
    before: &PreviousReport,
    gallery: &Gallery,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let season = &analysis.season;
    let made_with = MadeWith::of(season, import);
    let mut files = vec![(PAGE.to_owned(), html::page(analysis, import, gallery, &before.history).into_bytes())];
    files.extend(in_all_formats(&RunRow::all(season), &made_with)?);
    files.extend(in_all_formats(&ActivityRow::all(season), &made_with)?);
    files.extend(in_all_formats(&DayRow::all(season), &made_with)?);
    files.extend(in_all_formats(&WeekRow::all(season), &made_with)?);
    files.push(("import-log.csv".into(), table::csv(&LogRow::all(import, season))?));
    files.push(("athlete.json".into(), table::json_of("weeks", &ThresholdsOfWeek::all(season), &made_with)?));
    files.extend(of_plan(analysis, before, &made_with)?);
    files.push((HISTORY.into(), table::json_of("reports", &before.history.with(analysis).reports, &made_with)?));
    let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    files.push(("report.json".into(), table::json_of("files", &names, &made_with)?));
    Ok(files)
}

/// The plan as a table, as JSON and as a calendar.
fn of_plan(
    analysis: &Analysis,
    before: &PreviousReport,
    made_with: &MadeWith,
) -> anyhow::Result<[(String, Vec<u8>); 3]> {
    let (season, planned) = (&analysis.season, &analysis.plan);
    let guide = analysis.guide();
    let since = analysis.planned_and_done();
    let calendar = ics::calendar(planned, &guide, season.today, None, &before.calendar);
    Ok([
        ("plan.csv".into(), table::csv(&PlanRow::all(planned, &guide))?),
        (PLAN.into(), plan::json(planned, &guide, None, (since.as_ref(), &analysis.earlier), made_with)?),
        (CALENDAR.into(), calendar.into_bytes()),
    ])
}

/// A table as CSV, JSON and Parquet.
fn in_all_formats<R: Row>(rows: &[R], made_with: &MadeWith) -> anyhow::Result<[(String, Vec<u8>); 3]> {
    Ok([
        (format!("{}.csv", R::NAME), table::csv(rows)?),
        (format!("{}.json", R::NAME), table::json(rows, made_with)?),
        (format!("{}.parquet", R::NAME), table::parquet(rows, made_with)?),
    ])
}
