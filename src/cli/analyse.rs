//! `freshlegs analyse`: the whole job.

use super::folder::Target;
use super::season::Read;
use super::talk::{hint, say};
use super::{Input, Outcome, kept};
use crate::render::{report, terminal};
use crate::shown::FileName;
use anyhow::Result;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Write the report to this folder: page, charts and tables; an earlier report there is replaced
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let target = arguments.output.as_deref().map(Target::check).transpose()?;
    let mut read = Read::of(&arguments.input)?;
    kept::recall(&arguments.input, &mut read.analysis, target.as_ref().map(Target::plans).unwrap_or_default());
    // The report first: nobody who pipes the summary into `head` should lose it.
    if let Some(target) = &target {
        target.write(&report::files(&read.analysis, &read.import, &target.before())?)?;
    }
    anstream::stdout().write_all(terminal::summary(&read.analysis, &read.import).as_bytes())?;
    if let Some(folder) = &arguments.output {
        say(&arguments.input, format_args!("\nReport: {}", FileName::of(&folder.join(report::PAGE))));
    } else {
        hint(&arguments.input, "add `-o report` for the page with charts");
    }
    Ok(read.outcome(&arguments.input))
}
