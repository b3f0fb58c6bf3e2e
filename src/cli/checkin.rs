//! `freshlegs checkin`: one line into `checkins.csv`.

use super::files::Written;
use super::files::{reason, small_text};
use super::output::{OutputFormat, print_json};
use super::talk::warning;
use super::{Ending, Input, appended, clock, usage_error};
use crate::calendar;
use crate::checkin::{self, CheckIn, CheckIns};
use crate::shown::FileName;
use anyhow::{Context, Result};
use jiff::civil::Date;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of the file, beside the profile or in a folder of runs.
const FILE_NAME: &str = "checkins.csv";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder in which checkins.csv is kept, such as the one with your runs
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Keep checkins.csv beside this profile instead
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    profile: Option<PathBuf>,
    /// The day it is about [default: today]
    #[arg(long, value_name = "DATE", value_parser = calendar::day)]
    date: Option<Date>,
    /// How to print what was written
    #[arg(long, default_value = "table")]
    format: OutputFormat,
    #[command(flatten)]
    feeling: Feeling,
}

/// How one feels.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "How you feel")]
pub(super) struct Feeling {
    /// Muscle soreness, 0 to 10
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("soreness", text))]
    soreness: Option<f64>,
    /// Hours of sleep last night
    #[arg(long, value_name = "HOURS", value_parser = |text: &str| parsed("sleep_h", text))]
    sleep: Option<f64>,
    /// Quality of that sleep, 1 to 5
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("sleep_quality", text))]
    sleep_quality: Option<f64>,
    /// Motivation, 1 to 5
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("motivation", text))]
    motivation: Option<f64>,
    /// Stress, 1 to 5
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("stress", text))]
    stress: Option<f64>,
    /// Mood, 1 to 5
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("mood", text))]
    mood: Option<f64>,
    /// Resting heart rate this morning, bpm
    #[arg(long, value_name = "BPM", value_parser = |text: &str| parsed("resting_bpm", text))]
    resting_heart_rate: Option<f64>,
    /// Effort of the day's run, 0 to 10
    #[arg(long, value_name = "N", value_parser = |text: &str| parsed("effort", text))]
    effort: Option<f64>,
    /// Ill
    #[arg(long)]
    ill: bool,
    /// A fever
    #[arg(long)]
    fever: bool,
    /// In pain, which is more than sore
    #[arg(long)]
    pain: bool,
    /// Illness or pain is over
    #[arg(long, conflicts_with_all = ["ill", "fever", "pain"])]
    well: bool,
    /// Low on energy, jittery, just waking up, or not quite right
    #[arg(long)]
    off: bool,
    /// Restless legs, or no sleep after a big session
    #[arg(long)]
    restless: bool,
    /// A hot day
    #[arg(long)]
    hot: bool,
}

fn parsed(column: &'static str, text: &str) -> Result<f64, String> {
    checkin::number(column, text).map_err(|reason| reason.to_string())
}

impl Feeling {
    pub(super) fn check_in(&self, date: Date) -> CheckIn {
        let whole = |value: Option<f64>| value.map(|v| v.round() as u8);
        CheckIn {
            date,
            soreness: self.soreness,
            sleep_h: self.sleep,
            sleep_quality: whole(self.sleep_quality),
            motivation: whole(self.motivation),
            stress: whole(self.stress),
            mood: whole(self.mood),
            resting_bpm: self.resting_heart_rate,
            effort: self.effort,
            ill: self.ill,
            fever: self.fever,
            pain: self.pain,
            well: self.well,
            off: self.off,
            restless: self.restless,
            hot: self.hot,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let date = arguments.date.map_or_else(clock::today, Ok)?;
    let check_in = arguments.feeling.check_in(date);
    if check_in.is_empty() {
        usage_error(
            "say how you feel, such as --soreness 4 --sleep 6.5; `freshlegs checkin --help` lists what there is",
        );
    }
    let path = appended::place(&arguments.folder, arguments.profile.as_deref(), FILE_NAME);
    let line = check_in.written();
    let all = appended::append(&path, &checkin::header(), std::slice::from_ref(&line))
        .with_context(|| format!("{}", FileName::of(&path)))?;
    match arguments.format {
        OutputFormat::Table => writeln!(anstream::stdout(), "{}: {line}", FileName::of(&path))?,
        OutputFormat::Csv => writeln!(anstream::stdout(), "{}\n{line}", checkin::header())?,
        OutputFormat::Json => print_json(&json!({ "file": FileName::of(&path).to_string(), "checkin": check_in }))?,
    }
    for unreadable in &CheckIns::parse(&all).unreadable {
        warning(format_args!("{}: {unreadable}", FileName::of(&path)));
    }
    Ok(Ending::Done)
}

/// The check-ins beside the profile, else in one of the folders, as they were written.
pub(super) fn written(input: &Input, profile: Option<&Path>) -> Result<Option<Written>> {
    let beside = profile.map(|path| path.with_file_name(FILE_NAME));
    let within = input.paths.iter().map(|path| path.join(FILE_NAME));
    let Some(path) = beside.into_iter().chain(within).find(|path| path.is_file()) else { return Ok(None) };
    let shown = FileName::of(&path);
    match small_text(&path) {
        Ok(text) => Ok(Some((shown, text))),
        Err(error) => anyhow::bail!("cannot read the check-ins `{shown}`: {}", reason(&error)),
    }
}
