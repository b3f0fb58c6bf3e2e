//! `freshlegs analyse`: the whole job.

use super::answer::CommandAsked;
use super::output::{OutputFormat, print_json, refuse_csv_of_a_summary, screen};
use super::report_folder::WantedReport;
use super::season::Read;
use super::talk::{hint, print, say};
use super::{Ending, Input, athletes, kept};
use crate::render::report;
use crate::render::summary::SummaryRow;
use crate::render::table::{self, MadeWith};
use crate::render::terminal;
use crate::shown::FileName;
use anyhow::Result;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Write the report to this folder: page, charts and tables; an earlier report there is replaced
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Leave out of the report what tells who and where: titles, file names, the profile, the time zone. There are no
    /// positions in any report
    #[arg(long, requires = "output")]
    share: bool,
    /// Show on the page, too, what the plan would have said on each morning, and what you ran; takes some seconds a year
    #[arg(long, requires = "output", conflicts_with = "athletes")]
    hindsight: bool,
    /// PATH holds a folder for each runner: write a report for each, and one page that says who needs a look first
    #[arg(long, requires = "output")]
    athletes: bool,
    /// Show so many of the last runs
    #[arg(long, value_name = "N")]
    runs: Option<usize>,
    /// Show the whole plan
    #[arg(long)]
    plan: bool,
    /// How to print the summary; as CSV only with --athletes, a row for each runner
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    if let (true, Some(output)) = (arguments.athletes, &arguments.output) {
        let runners = athletes::run(&arguments.input, output, arguments.share)?;
        match arguments.format {
            OutputFormat::Table => {}
            OutputFormat::Json => print_json(&json!({ "athletes": runners.standings }))?,
            OutputFormat::Csv => print(&table::csv(&runners.standings)?)?,
        }
        return Ok(runners.ending);
    }
    refuse_csv_of_a_summary(arguments.format);
    let wanted = |path: &PathBuf| WantedReport::of(&arguments.input, path, arguments.share, arguments.hindsight);
    let wanted = arguments.output.as_ref().map(wanted).transpose()?;
    let command = CommandAsked { input: &arguments.input, asked: &arguments, report: wanted.as_ref() };
    command.answered(|| season(arguments, wanted.as_ref()))
}

fn season(arguments: &Arguments, wanted: Option<&WantedReport>) -> Result<Ending> {
    let mut read = match wanted {
        Some(wanted) => Read::for_report(&arguments.input, wanted)?,
        None => Read::of(&arguments.input)?,
    };
    kept::recall(&arguments.input, &mut read.analysis, wanted.map(WantedReport::plans).unwrap_or_default());
    // The report first: nobody who pipes the summary into `head` should lose it.
    if let Some(wanted) = wanted {
        read.write(wanted)?;
    }
    let (analysis, import) = (&read.analysis, &read.import);
    let bytes = match arguments.format {
        OutputFormat::Table | OutputFormat::Csv => {
            let screen = screen(arguments.input.reading.verbose, arguments.runs, arguments.plan);
            terminal::summary(analysis, import, &screen).into_bytes()
        }
        OutputFormat::Json => {
            let summary = SummaryRow::of(analysis, arguments.runs);
            table::json_of("summary", &summary, &MadeWith::of(&analysis.season, import))?
        }
    };
    print(&bytes)?;
    if let Some(folder) = &arguments.output {
        say(&arguments.input.reading, format_args!("\nReport: {}", FileName::of(&folder.join(report::PAGE))));
    } else {
        hint(&arguments.input.reading, "add `-o report` for the page with charts");
    }
    Ok(read.outcome(&arguments.input))
}
