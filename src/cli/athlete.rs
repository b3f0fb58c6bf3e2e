//! `freshlegs athlete`: the thresholds, what they rest on, and what would settle them.

use super::answer::CommandAsked;
use super::output::OutputFormat;
use super::season::Read;
use super::talk::{print, say, width};
use super::{Ending, Input, ask};
use crate::render::athlete::{self, AthleteRow};
use crate::render::table::{self, AthleteWeekRow, MadeWith};
use anyhow::Result;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// How to print the thresholds; as CSV those of every week
    #[arg(long, default_value = "table")]
    format: OutputFormat,
    /// Print them as a profile to keep: save it as profile.toml beside your files
    #[arg(long, conflicts_with = "format")]
    toml: bool,
    /// Ask you about your days, races and aims, and write the answers into profile.toml beside your files
    #[arg(long, conflicts_with_all = ["format", "toml"])]
    ask: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    if arguments.ask {
        return ask::run(&arguments.input);
    }
    let command = CommandAsked { input: &arguments.input, asked: &arguments, report: None };
    command.answered(|| thresholds(arguments))
}

fn thresholds(arguments: &Arguments) -> Result<Ending> {
    let read = Read::of(&arguments.input)?;
    let season = &read.analysis.season;
    say(&arguments.input.reading, read.import.counts(season));
    let thresholds = season.thresholds();
    let bytes = match arguments.format {
        _ if arguments.toml => athlete::toml(season.today, thresholds).into_bytes(),
        OutputFormat::Table => athlete::text(season.today, thresholds, width()).into_bytes(),
        OutputFormat::Csv => table::csv(&AthleteWeekRow::all(season))?,
        OutputFormat::Json => {
            let row = AthleteRow::of(season.today, thresholds, season.athlete.rule());
            table::json_of("athlete", &row, &MadeWith::of(season, &read.import))?
        }
    };
    print(&bytes)?;
    Ok(read.outcome(&arguments.input))
}
