//! `freshlegs note`: one line into `notes.csv`.

use super::output::{OutputFormat, print_json};
use super::talk::warning;
use super::{Ending, appended};
use crate::label::Label;
use crate::notes::{self, HEADER, Note, Notes, RunRef, Says};
use crate::shown::{FileName, Text};
use anyhow::{Context, Result};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// The name of the file, beside the profile or in a folder of runs.
pub(super) const FILE_NAME: &str = "notes.csv";

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
pub(super) struct Arguments {
    /// Day of the run (2026-04-21), with its start where there were several (2026-04-21T06:50), or its run_id
    #[arg(value_name = "DATE|RUN_ID", value_parser = run_ref)]
    run: RunRef,
    /// Folder in which notes.csv is kept, such as the one with your runs
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Keep notes.csv beside this profile instead
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    profile: Option<PathBuf>,
    /// It was a race
    #[arg(long, group = "what", conflicts_with = "not_race")]
    race: bool,
    /// It was not a race
    #[arg(long, group = "what")]
    not_race: bool,
    /// What kind of run it was
    #[arg(long, group = "what", value_name = "LABEL", value_parser = label)]
    label: Option<Label>,
    /// Leave the run out of everything
    #[arg(long, group = "what")]
    exclude: bool,
    /// Its heart rate is wrong: judge it by pace
    #[arg(long, group = "what")]
    no_heart_rate: bool,
    /// How hard it felt, 0 (nothing at all) to 10 (all out)
    #[arg(long, group = "what", value_name = "N", value_parser = rpe)]
    rpe: Option<f64>,
    /// What it should be called
    #[arg(long, group = "what", value_name = "TITLE", value_parser = title)]
    title: Option<Text>,
    /// How to print what was written
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

fn run_ref(text: &str) -> Result<RunRef, String> {
    text.parse().map_err(|()| notes::NoteFault::NotARun(text.into()).to_string())
}

pub(super) fn label(text: &str) -> Result<Label, String> {
    notes::label(text).ok_or_else(|| notes::NoteFault::NotALabel(text.into()).to_string())
}

fn rpe(text: &str) -> Result<f64, String> {
    notes::rpe(text).ok_or_else(|| notes::NoteFault::NotAnExertion(text.into()).to_string())
}

fn title(text: &str) -> Result<Text, String> {
    notes::title(text).ok_or_else(|| notes::NoteFault::NoTitle.to_string())
}

impl Arguments {
    fn says(&self) -> Vec<Says> {
        let flags = [
            (self.race, Says::Race),
            (self.not_race, Says::NotRace),
            (self.exclude, Says::Exclude),
            (self.no_heart_rate, Says::NoHeartRate),
        ];
        let mut says: Vec<Says> = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, says)| says).collect();
        says.extend(self.label.map(Says::Label));
        says.extend(self.rpe.map(Says::Rpe));
        says.extend(self.title.clone().map(Says::Title));
        says
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let path = appended::place(&arguments.folder, arguments.profile.as_deref(), FILE_NAME);
    let notes: Vec<Note> = arguments.says().into_iter().map(|says| Note::new(arguments.run.clone(), says)).collect();
    let lines: Vec<String> = notes.iter().map(Note::written).collect();
    let all = appended::append(&path, HEADER, &lines).with_context(|| format!("{}", FileName::of(&path)))?;
    let file = FileName::of(&path);
    match arguments.format {
        OutputFormat::Table => {
            let mut out = anstream::stdout();
            lines.iter().try_for_each(|line| writeln!(out, "{file}: {line}"))?;
        }
        OutputFormat::Csv => {
            let mut out = anstream::stdout();
            writeln!(out, "{HEADER}")?;
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        OutputFormat::Json => {
            let note = |note: &Note| {
                let (word, value) = note.says.written();
                json!({ "run": note.run.to_string(), "note": word, "value": value })
            };
            print_json(&json!({ "file": file.to_string(), "notes": notes.iter().map(note).collect::<Vec<_>>() }))?;
        }
    }
    for unreadable in &Notes::parse(&all).unreadable {
        warning(format_args!("{file}: {unreadable}"));
    }
    Ok(Ending::Done)
}
