//! Tables as CSV, JSON and Parquet.
//!
//! Rows are made from a season here, at the edge: they are rounded, to be shown and written, and nothing computes with them.
//! A table's columns are the fields of its row, listed once with `row!`: names, order, kinds and descriptions in every
//! format and in `docs/data.md` come from there.

mod activity;
mod athlete;
mod day;
mod dictionary;
mod digest;
mod evidence;
mod exercise;
mod frames;
mod log;
mod made_with;
mod plan;
mod run;
mod runner;
mod second;
mod athlete_week;
mod week;

pub use activity::ActivityRow;
pub use athlete::ThresholdsOfWeek;
pub use athlete_week::AthleteWeekRow;
pub use day::DayRow;
pub use dictionary::dictionary;
pub use digest::{DigestRow, DigestedRow};
pub use evidence::CriterionRow;
pub use exercise::ExerciseRow;
pub use frames::{Cell, Form, csv, digests_in, parquet};
pub use log::LogRow;
pub use made_with::MadeWith;
pub use plan::PlanRow;
pub use run::RunRow;
pub use runner::RunnerRow;
pub use second::SecondRow;
pub use week::WeekRow;

use polars::prelude::{DataFrame, PolarsResult};
use serde::Serialize;

/// A row of a table.
pub trait Row: Serialize + Sized {
    /// The name of the table's files, without their ending.
    const NAME: &'static str;
    /// What one row is.
    const ABOUT: &'static str;
    const COLUMNS: &'static [Column];

    /// The rows as a data frame.
    ///
    /// # Errors
    /// Where polars cannot make a column; not for any table of this program.
    fn frame(rows: &[Self], form: Form) -> PolarsResult<DataFrame>;
}

/// A column as the data dictionary describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    /// What its cells hold, in the words of the data dictionary.
    pub kind: &'static str,
    /// Meaning, unit and range.
    pub about: &'static str,
}

/// Declares the row of a table: its fields, in this order, are the columns. Every field says what it means.
macro_rules! row {
    (
        $(#[doc = $about:literal])+
        pub struct $Row:ident in $name:literal {
            $($(#[doc = $doc:literal])+ $(#[serde($($serde:tt)+)])? $field:ident: $type:ty,)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        pub struct $Row {
            $($(#[doc = $doc])+ $(#[serde($($serde)+)])? pub $field: $type,)+
        }

        impl $crate::render::table::Row for $Row {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = concat!($($about),+).trim_ascii();
            const COLUMNS: &'static [$crate::render::table::Column] = &[$($crate::render::table::Column {
                name: stringify!($field),
                kind: <$type as $crate::render::table::Cell>::KIND,
                about: concat!($($doc),+).trim_ascii(),
            }),+];

            fn frame(
                rows: &[Self],
                form: $crate::render::table::Form,
            ) -> polars::prelude::PolarsResult<polars::prelude::DataFrame> {
                use $crate::render::table::Cell;
                polars::prelude::DataFrame::new(rows.len(), vec![
                    $(Cell::column(stringify!($field), rows.iter().map(|row| &row.$field), form)?),+
                ])
            }
        }
    };
}
use row;

/// JSON: an object that says what it was made with, and holds the rows under the table's name; missing is `null`.
///
/// # Errors
/// Where a value cannot be written as JSON; not for any table of this program.
pub fn json<R: Row>(rows: &[R], made_with: &MadeWith) -> anyhow::Result<Vec<u8>> {
    json_of(R::NAME, &rows, made_with)
}

/// The same for what is no table: its value under a name.
///
/// # Errors
/// As [`json`].
pub fn json_of(name: &str, value: &impl Serialize, made_with: &MadeWith) -> anyhow::Result<Vec<u8>> {
    json_with(&serde_json::Map::from_iter([(name.to_owned(), serde_json::to_value(value)?)]), made_with)
}

/// The same for a value with names of its own.
///
/// # Errors
/// As [`json`], and for a value without names.
pub fn json_with(value: &impl Serialize, made_with: &MadeWith) -> anyhow::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Whole<'a, T> {
        made_with: &'a MadeWith,
        #[serde(flatten)]
        value: &'a T,
    }
    // By way of a value: numbers are then written the same everywhere.
    let mut bytes = serde_json::to_vec_pretty(&serde_json::to_value(Whole { made_with, value })?)?;
    bytes.push(b'\n');
    Ok(bytes)
}
