//! The formats in which results are printed, and the width of the screen.

use super::talk::width;
use super::usage_error;
use crate::render::terminal::{LINES, Screen};
use clap::ValueEnum;
use serde::Serialize;
use std::io::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// To be read
    Table,
    /// To be computed with; errors are JSON too
    Json,
    /// One row each
    Csv,
}

/// Ends with a usage error where CSV is asked of a summary, before anything is read or written.
pub(super) fn refuse_csv_of_a_summary(format: OutputFormat) {
    if format == OutputFormat::Csv {
        usage_error(
            "--format csv: a summary has no rows; `freshlegs runs` and `freshlegs plan` have, and a report's folder holds \
             every table as CSV",
        );
    }
}

/// Prints what was done, with nothing to say of what it was made with.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    // By way of a value: numbers are then written the same everywhere.
    let mut bytes = serde_json::to_vec_pretty(&serde_json::to_value(value)?)?;
    bytes.push(b'\n');
    anstream::stdout().write_all(&bytes)?;
    Ok(())
}

/// The screen of a summary.
pub(super) fn screen(is_verbose: bool, runs: Option<usize>, has_whole_plan: bool) -> Screen {
    Screen { width: width(), height: (!is_verbose).then_some(LINES), runs, has_whole_plan }
}
