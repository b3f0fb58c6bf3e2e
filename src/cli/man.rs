//! `freshlegs man`: the manual pages.

use super::files::reason;
use super::{Cli, Ending};
use crate::shown::FileName;
use anyhow::{Result, anyhow};
use clap::CommandFactory;
use clap_mangen::Man;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  freshlegs man | man -l -\n  freshlegs man ~/.local/share/man/man1")]
pub(super) struct Arguments {
    /// Write a page for each command into this folder, instead of printing the first
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    // `freshlegs help COMMAND` shows what the command's own page says.
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        Man::new(program).render(&mut page)?;
        anstream::stdout().write_all(&page)?;
        return Ok(Ending::Done);
    };
    let failed = |error| anyhow!("{} cannot be written: {}", FileName::of(folder), reason(&error));
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(program, folder).map_err(failed)?;
    Ok(Ending::Done)
}
