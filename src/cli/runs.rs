//! `freshlegs runs`: one line a run.

use super::answer::CommandAsked;
use super::output::OutputFormat;
use super::season::Read;
use super::talk::{print, say, width};
use super::{Ending, Input, note};
use crate::calendar;
use crate::label::Label;
use crate::render::table::{self, MadeWith, RunRow};
use crate::render::terminal;
use anyhow::Result;
use jiff::civil::Date;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    choice: RunFilter,
    /// Output format
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  freshlegs runs samples --last 5
  freshlegs runs samples --label recovery --since 2026-05-01
  freshlegs runs samples --title jog --format csv";

/// Which runs are wanted.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which runs")]
struct RunFilter {
    /// The last N of them
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// From this day on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = calendar::day)]
    since: Option<Date>,
    /// Up to this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = calendar::day)]
    until: Option<Date>,
    /// Of this kind, such as recovery or recovery_too_hard; several times for several kinds
    #[arg(long, value_name = "LABEL", value_parser = note::label)]
    label: Vec<Label>,
    /// With these words in the title, large or small
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
}

impl RunFilter {
    fn of<'r>(&self, runs: &'r [RunRow]) -> Vec<&'r RunRow> {
        let wanted = self.title.as_ref().map(|title| title.to_lowercase());
        let is_wanted = |run: &&RunRow| {
            let title = || run.name.as_deref().unwrap_or_default().to_lowercase();
            self.since.is_none_or(|since| run.date >= since)
                && self.until.is_none_or(|until| run.date <= until)
                && (self.label.is_empty() || self.label.contains(&run.label))
                && wanted.as_ref().is_none_or(|wanted| title().contains(wanted))
        };
        let chosen: Vec<&RunRow> = runs.iter().filter(is_wanted).collect();
        let from = self.last.map_or(0, |last| chosen.len().saturating_sub(last));
        chosen[from..].to_vec()
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let command = CommandAsked { input: &arguments.input, asked: &arguments, report: None };
    command.answered(|| list(arguments))
}

fn list(arguments: &Arguments) -> Result<Ending> {
    let read = Read::of(&arguments.input)?;
    let season = &read.analysis.season;
    say(&arguments.input.reading, read.import.counts(season));
    let all = RunRow::all(season);
    let runs = arguments.choice.of(&all);
    let rows = || runs.iter().map(|run| (*run).clone()).collect::<Vec<_>>();
    let bytes = match arguments.format {
        OutputFormat::Table => terminal::runs_table(&runs, width(), arguments.input.reading.verbose).into_bytes(),
        OutputFormat::Json => table::json(&rows(), &MadeWith::of(season, &read.import))?,
        OutputFormat::Csv => table::csv(&rows())?,
    };
    print(&bytes)?;
    if runs.is_empty() {
        say(&arguments.input.reading, "no run is like that");
    }
    Ok(read.outcome(&arguments.input))
}
