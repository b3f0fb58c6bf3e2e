//! `freshlegs exercises`: how to do what the plan asks for beside the running.

use super::Ending;
use super::talk::width;
use crate::render::plan;
use anyhow::Result;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Ending> {
    anstream::stdout().write_all(plan::all_exercises(width()).as_bytes())?;
    Ok(Ending::Done)
}
