//! `freshlegs plan`: the next days.

use super::answer::CommandAsked;
use super::checkin::Feeling;
use super::files::{reason, small_text};
use super::output::OutputFormat;
use super::season::Read;
use super::talk::{print, say, width};
use super::{Ending, Input, kept, usage_error, workouts};
use crate::calendar::monday_of;
use crate::checkin::CheckIns;
use crate::guide::{self, Guide};
use crate::kept::PlannedAndDone;
use crate::plan::{self, DAYS, DAYS_MAX, Kind, PlanInputs, Priority, Race};
use crate::render::plan as shown;
use crate::render::plan::ics::{self, Hour};
use crate::render::table::{self, MadeWith, PlanRow};
use crate::render::workout;
use crate::shown::FileName;
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Days to plan, 1 to 84
    #[arg(long, value_name = "N", default_value_t = DAYS as u16, value_parser = clap::value_parser!(u16).range(1..=DAYS_MAX as i64))]
    days: u16,
    /// A race to come, besides those of the profile, such as 2026-09-27=21.1
    #[arg(long, value_name = "DATE=KM", value_parser = race)]
    race: Vec<Race>,
    /// What today would do to the days after, whatever the plan says
    #[arg(long, value_name = "KIND")]
    what_if: Option<WhatIf>,
    /// Make this week a down week (from Thursday on: the next)
    #[arg(long)]
    cut_back: bool,
    /// Write the plan as a calendar file; one of this program that is there is brought up to date, others are left alone
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// Time of day at which the runs stand in the calendar, such as 6:30 [default: they last all day]
    #[arg(long, value_name = "TIME", value_parser = time_of_day, requires = "ics")]
    at: Option<Time>,
    /// Write a workout for the watch (FIT) for every planned run into this folder; earlier ones of this program give way,
    /// other files are left alone
    #[arg(long, value_name = "DIR")]
    workouts: Option<PathBuf>,
    /// How to print the plan
    #[arg(long, default_value = "table")]
    format: OutputFormat,
    #[command(flatten)]
    feeling: Feeling,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhatIf {
    Rest,
    Recovery,
    Easy,
    Hard,
}

impl WhatIf {
    fn kind(self) -> Kind {
        match self {
            WhatIf::Rest => Kind::Rest,
            WhatIf::Recovery => Kind::Recovery,
            WhatIf::Easy => Kind::Easy,
            WhatIf::Hard => Kind::Hard,
        }
    }
}

fn race(text: &str) -> Result<Race, String> {
    let race = text.split_once('=').and_then(|(date, km)| {
        let distance_km = km.trim().trim_end_matches("km").replace(',', ".").trim().parse::<f64>().ok()?;
        let date = date.trim().parse().ok()?;
        (0.1..=1000.0).contains(&distance_km).then_some(Race {
            date,
            distance_km,
            goal_min: None,
            priority: Priority::A,
        })
    });
    race.ok_or_else(|| "write the day and the kilometres, such as 2026-09-27=21.1".to_owned())
}

fn time_of_day(text: &str) -> Result<Time, String> {
    let time =
        text.split_once(':').and_then(|(hour, minute)| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok());
    time.ok_or_else(|| "write the time as hours and minutes, such as 6:30".to_owned())
}

impl Arguments {
    /// What the plan is made from, with what the command line adds.
    fn inputs(&self, known: &PlanInputs) -> PlanInputs {
        let mut inputs = known.clone();
        for race in &self.race {
            if unavailable(&inputs, race.date) {
                usage_error(format_args!("--race {}: the profile says that this day is not available", race.date));
            }
            inputs.races.retain(|other| other.date != race.date);
            inputs.races.push(*race);
        }
        let check_in = self.feeling.check_in(inputs.start);
        if !check_in.is_empty() {
            let mut all = CheckIns { days: inputs.check_ins, unreadable: Vec::new() };
            all.add(check_in);
            inputs.check_ins = all.days;
        }
        if self.cut_back {
            inputs.cut_back = Some(down_week(inputs.start));
        }
        inputs
    }
}

fn unavailable(inputs: &PlanInputs, date: Date) -> bool {
    let wishes = &inputs.wishes;
    wishes.weekdays_off[date.weekday().to_monday_zero_offset() as usize]
        || wishes.dates_off.iter().any(|range| range.contains(date))
}

/// This week, or the next one where most of this one is over.
fn down_week(start: Date) -> Date {
    let is_late = start.weekday().to_monday_zero_offset() >= Weekday::Thursday.to_monday_zero_offset();
    monday_of(start).saturating_add(if is_late { 7.days() } else { 0.days() })
}

/// The calendar that a new one replaces, or nothing; one of another program is left alone.
fn calendar_before(path: &Path) -> Result<String> {
    let shown = FileName::of(path);
    match small_text(path) {
        Ok(text) if text.is_empty() || ics::is_ours(&text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::FileTooLarge) => {
            bail!("{shown} cannot be read: {}", reason(&error))
        }
        _ => bail!("{shown} is no calendar of this program and is left as it is\nhint: choose another file with --ics"),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    if arguments.what_if.is_some() && arguments.format == OutputFormat::Csv {
        usage_error("--what-if: CSV has room for one plan; --format json holds both");
    }
    if arguments.ics.is_some() || arguments.workouts.is_some() {
        return make(arguments);
    }
    let command = CommandAsked { input: &arguments.input, asked: &arguments, report: None };
    command.answered(|| make(arguments))
}

fn make(arguments: &Arguments) -> Result<Ending> {
    let mut read = Read::of(&arguments.input)?;
    kept::recall(&arguments.input, &mut read.analysis, Vec::new());
    let season = &read.analysis.season;
    say(&arguments.input.reading, read.import.counts(season));
    let inputs = arguments.inputs(&read.analysis.inputs);
    let days = usize::from(arguments.days);
    let made = plan::plan(&inputs, days);
    let what_if = arguments.what_if.map(|what_if| what_if.kind());
    let other = what_if.map(|kind| (kind, plan::plan(&PlanInputs { first_day: Some(kind), ..inputs.clone() }, days)));
    let earlier = &read.analysis.earlier;
    let since = PlannedAndDone::of(earlier, season, &made);
    let guide = Guide::of(&made, &inputs, &guide::hard_on_calves(season));
    let bytes = match (arguments.format, &other) {
        (OutputFormat::Table, Some((kind, other))) => {
            shown::side_by_side(&inputs, &made, *kind, other, width()).into_bytes()
        }
        (OutputFormat::Table, None) => shown::text(&made, &guide, since.as_ref(), width()).into_bytes(),
        (OutputFormat::Json, _) => {
            let made_with = MadeWith::of(season, &read.import);
            shown::json(&made, &guide, other.as_ref(), (since.as_ref(), earlier), &made_with)?
        }
        (OutputFormat::Csv, _) => table::csv(&PlanRow::all(&made, &guide))?,
    };
    print(&bytes)?;
    if let Some(path) = &arguments.ics {
        let before = calendar_before(path)?;
        let hour = arguments.at.map(|time| Hour { time, zone: read.home.clone() });
        let calendar = ics::calendar(&made, &guide, season.today, hour.as_ref(), &before);
        std::fs::write(path, calendar).with_context(|| format!("{} could not be written", FileName::of(path)))?;
        say(&arguments.input.reading, format_args!("Calendar: {}", FileName::of(path)));
    }
    if let Some(folder) = &arguments.workouts {
        let files = workout::workouts(&made, &inputs, season.today).map_err(anyhow::Error::msg)?;
        let planned = made.days.first().zip(made.days.last()).map(|(first, last)| first.date..=last.date);
        workouts::write(folder, &files, planned)?;
        say(&arguments.input.reading, format_args!("Workouts: {} in {}", files.len(), FileName::of(folder)));
    }
    Ok(read.outcome(&arguments.input))
}
