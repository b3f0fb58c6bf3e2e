//! `freshlegs completions`: what a shell needs to complete the program's words.

use super::{Cli, Ending};
use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(after_help = PLACES)]
pub(super) struct Arguments {
    /// Your shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const PLACES: &str = "\
Where they go:
  bash        freshlegs completions bash > ~/.local/share/bash-completion/completions/freshlegs
  zsh         freshlegs completions zsh > \"${fpath[1]}/_freshlegs\"
  fish        freshlegs completions fish > ~/.config/fish/completions/freshlegs.fish
  PowerShell  freshlegs completions powershell >> $PROFILE";

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "freshlegs", &mut script);
    anstream::stdout().write_all(&script)?;
    Ok(Ending::Done)
}
