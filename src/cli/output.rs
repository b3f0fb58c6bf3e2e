//! The formats in which results are printed, and the width of the screen.

use super::talk::width;
use crate::render::terminal::{LINES, Screen};
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// To be read
    Table,
    /// To be computed with; errors are JSON too
    Json,
    /// One row each
    Csv,
}

/// The same of what is no table of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WholeFormat {
    Table,
    Json,
}

/// The screen of a summary.
pub(super) fn screen(is_verbose: bool, runs: Option<usize>, has_whole_plan: bool) -> Screen {
    Screen { width: width(), height: (!is_verbose).then_some(LINES), runs, has_whole_plan }
}
