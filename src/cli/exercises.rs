//! `freshlegs exercises`: how to do what the plan asks for beside the running.

use super::Ending;
use super::output::{OutputFormat, print_json};
use super::talk::width;
use crate::render::plan;
use crate::render::table::{self, ExerciseRow};
use anyhow::Result;
use serde_json::json;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How to print them
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let bytes = match arguments.format {
        OutputFormat::Table => plan::all_exercises(width()).into_bytes(),
        OutputFormat::Csv => table::csv(&ExerciseRow::all())?,
        OutputFormat::Json => {
            print_json(&json!({ "exercises": ExerciseRow::all() }))?;
            return Ok(Ending::Done);
        }
    };
    anstream::stdout().write_all(&bytes)?;
    Ok(Ending::Done)
}
