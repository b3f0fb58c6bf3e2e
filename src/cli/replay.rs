//! `freshlegs replay`: what the plan would have said on each morning of the season, and what was run.

use super::output::OutputFormat;
use super::season::Read;
use super::talk::{say, width};
use super::{Ending, Input};
use crate::render::replay as shown;
use crate::render::table::{self, MadeWith};
use crate::replay::Replay;
use anyhow::Result;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Weeks to show as a grid, the latest ones; the figures count all
    #[arg(long, value_name = "N", default_value_t = 12)]
    weeks: usize,
    /// How to print it
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let read = Read::of(&arguments.input)?;
    let season = &read.analysis.season;
    say(&arguments.input.reading, read.import.counts(season));
    let replay = Replay::of(season, &read.analysis.inputs.check_ins);
    let bytes = match arguments.format {
        OutputFormat::Table => shown::text(&replay, arguments.weeks, width()).into_bytes(),
        OutputFormat::Json => table::json_of("replay", &replay, &MadeWith::of(season, &read.import))?,
        OutputFormat::Csv => shown::csv(&replay).into_bytes(),
    };
    anstream::stdout().write_all(&bytes)?;
    Ok(read.outcome(&arguments.input))
}
