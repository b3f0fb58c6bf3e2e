//! `freshlegs runs`: one line a run.

use super::season::{Read, say};
use super::{Input, Outcome};
use crate::render::{table, terminal};
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// How to print the runs
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
    say(&arguments.input, read.import.counts(&read.analysis));
    let runs = &read.analysis.runs;
    let bytes = match arguments.format {
        Format::Table => terminal::runs_table(runs).into_bytes(),
        Format::Json => table::json(runs)?,
        Format::Csv => table::csv(crate::season::runs_table(runs)?)?,
    };
    anstream::stdout().write_all(&bytes)?;
    Ok(read.outcome(&arguments.input))
}
