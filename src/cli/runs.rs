//! `freshlegs runs`: one line a run.

use super::season::Read;
use super::talk::say;
use super::{Input, Outcome};
use crate::render::table::{self, MadeWith, RunRow};
use crate::render::terminal;
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Output format
    #[arg(long, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let read = Read::of(&arguments.input)?;
    say(&arguments.input, read.import.counts(&read.analysis.season));
    let runs = RunRow::all(&read.analysis.season);
    let bytes = match arguments.format {
        Format::Table => terminal::runs_table(&runs).into_bytes(),
        Format::Json => table::json(&runs, &MadeWith::of(&read.analysis.season, &read.import))?,
        Format::Csv => table::csv(&runs)?,
    };
    anstream::stdout().write_all(&bytes)?;
    Ok(read.outcome(&arguments.input))
}
