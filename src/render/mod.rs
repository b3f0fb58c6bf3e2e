//! Renderers: a value goes in, text or bytes come out. Nothing here touches the disk, the clock or the terminal.
//!
//! [`terminal`] prints the summary, [`athlete`] the thresholds, [`table`] writes CSV, JSON and Parquet, [`chart`] draws the
//! pictures as SVG (and turns any of them into a PNG), [`plan`] and [`workout`] write the plan for terminal, calendar and watch,
//! [`drawing`] draws the exercises, [`html`] makes the page, [`history`] tells what has changed since the last one, and [`report`] gathers them as the files of a
//! report folder; [`words`] and [`advice`] say things the same way everywhere.

pub mod words;
mod wrap;
mod planned;
pub mod advice;
pub mod drawing;
pub mod table;
pub mod chart;
pub mod gallery;
pub mod athlete;
pub mod plot;
pub mod explain;
pub mod explain_row;
pub mod summary;
pub mod schema;
pub mod terminal;
pub mod history;
pub mod html;
pub mod report;
pub mod plan;
pub mod replay;
mod hindsight;
pub mod workout;
