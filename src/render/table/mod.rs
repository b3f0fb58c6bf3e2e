//! Tables as CSV, JSON and Parquet.
//!
//! Rows ([`RunRow`], [`DayRow`], [`WeekRow`]) are made from a season here, at the edge: they are rounded, to be shown and
//! written, and nothing computes with them.

mod day;
mod frames;
mod run;
mod week;

pub use day::DayRow;
pub use frames::{days_table, runs_table, weeks_table};
pub use run::RunRow;
pub use week::WeekRow;

use polars::prelude::DataFrame;
use polars_io::SerWriter;
use polars_io::csv::write::CsvWriter;
use polars_io::parquet::write::ParquetWriter;
use serde::Serialize;

/// CSV with a header; missing is empty.
///
/// # Errors
/// Where polars cannot write the table; not for any table of this program.
pub fn csv(mut table: DataFrame) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(&mut table)?;
    Ok(bytes)
}

/// CSV with a header from rows that are no table of numbers.
///
/// # Errors
/// As [`csv`].
pub fn csv_of_rows<Row: Serialize>(rows: &[Row]) -> anyhow::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    Ok(writer.into_inner()?)
}

/// Parquet.
///
/// # Errors
/// As [`csv`].
pub fn parquet(mut table: DataFrame) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut table)?;
    Ok(bytes)
}

/// JSON, one object a row; missing is `null`.
///
/// # Errors
/// As [`csv`].
pub fn json<Row: Serialize>(rows: &[Row]) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(rows)?;
    bytes.push(b'\n');
    Ok(bytes)
}
