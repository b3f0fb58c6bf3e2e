//! From paths to an analysed season: what all commands begin with.

use super::clock;
use super::material::Material;
use super::talk::{error, say, warning};
use super::{Ending, Input};
use crate::calendar::days_between;
use crate::import::Import;
use crate::pipeline::{self, Analysis};
use crate::recording::{HomeClocks, Recording};
use crate::rule::RecoveryRule;
use crate::season::LeftOut;
use anyhow::{Context, Result, bail};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A last activity longer ago than this is looked at from the day after it: fitness has gone since, and a plan from
/// today would say nothing about the season on file.
const STALE_DAYS: i64 = 42;

/// Nobody's season is longer than a life, and every day of it is counted.
const LONGEST_DAYS: i64 = 36_525;

/// A season read and analysed.
pub(super) struct Read {
    pub analysis: Analysis,
    pub import: Import,
    /// Paths the user named that could not be opened, each with why.
    missing: Vec<String>,
    /// Where notes are kept.
    pub notes_folder: PathBuf,
    /// The runner's own time zone.
    pub home: TimeZone,
    /// What it was made from, packed to be kept; empty where nobody asked for it.
    pub packed: Vec<u8>,
}

impl Read {
    /// Reads all files and analyses them; errors where nothing is usable.
    pub(super) fn of(input: &Input) -> Result<Read> {
        set_threads(input)?;
        Read::from(input, Material::read(input)?, false)
    }

    /// The same for a report, which keeps what it was made from.
    pub(super) fn to_keep(input: &Input) -> Result<Read> {
        set_threads(input)?;
        Read::from(input, Material::read(input)?, true)
    }

    /// Analyses what was read before.
    pub(super) fn again(input: &Input, material: Material) -> Result<Read> {
        set_threads(input)?;
        Read::from(input, material, true)
    }

    fn from(input: &Input, material: Material, keep: bool) -> Result<Read> {
        let (mut profile, settings) = material.profile();
        if let Some(preset) = input.recovery_rule {
            profile.model = RecoveryRule::of(preset);
        }
        let home = match &profile.athlete.time_zone {
            Some(name) => TimeZone::get(name).unwrap_or(TimeZone::UTC),
            None => material.home.clone(),
        };
        let mut import = Import::of(&material.results);
        import.not_looked_into(material.unreadable.clone());
        (import.profile, import.settings) = (material.profile.as_ref().map(|(path, _)| path.clone()), settings);
        import.time_zone = home.iana_name().map(str::to_owned);
        import.messages(input.verbose).iter().for_each(warning);
        let packed = if keep { material.packed()? } else { Vec::new() };
        let (notes, check_ins) = (material.notes(), material.check_ins());
        let Material { results, missing, notes_folder, as_of, .. } = material;
        let recordings = Recording::noted(pipeline::recordings(results, &home), &notes);
        let recordings = Recording::felt(recordings, &check_ins);
        if let Some(clocks) = HomeClocks::of(&recordings, &home).filter(|_| profile.athlete.time_zone.is_none()) {
            say(input, clocks);
        }
        if recordings.is_empty() {
            bail!("{}", import.nothing_usable());
        }
        let given = input.today.or(as_of);
        let now = given.map_or_else(clock::today, Ok)?;
        // A date long gone or to come is a clock gone wrong, and says nothing about when the season ended.
        let credible = LeftOut::FIRST_CREDIBLE..=now;
        let Some(last) = recordings.iter().map(Recording::date).filter(|date| credible.contains(date)).max() else {
            let dates: Vec<String> = recordings.iter().take(3).map(|r| r.date().to_string()).collect();
            bail!(
                "no activity has a possible date ({})\nhint: set the watch's clock, correct the times and export again",
                dates.join(", ")
            );
        };
        let (today, stale) = today(given, last, now);
        if stale {
            import.stale = Some((last, today));
        }
        let on_time = recordings.iter().map(Recording::date).filter(|date| *date <= today);
        let Some(first) = on_time.filter(|date| *date >= LeftOut::FIRST_CREDIBLE).min() else {
            bail!("all activities are after {today}\nhint: choose a later day with --today");
        };
        if days_between(first, today) > LONGEST_DAYS {
            bail!(
                "the activities from {first} to {today} span more than a hundred years\nhint: leave out the older ones, or choose an earlier day with --today"
            );
        }
        let analysis = pipeline::analyse(recordings, &profile, today);
        let analysis = analysis.with_check_ins(&check_ins.days);
        for choice in Import::choices(&analysis.season).iter().filter(|_| input.verbose) {
            say(input, choice);
        }
        for left_out in analysis.season.left_out.iter().filter(|left| input.verbose || left.why.is_no_exercise()) {
            say(input, format_args!("{}: ignored: {left_out}", left_out.file));
        }
        Ok(Read { analysis, import, missing, notes_folder, home, packed })
    }

    /// How the command ends; what was missing is said once more, below the results.
    pub(super) fn outcome(&self, input: &Input) -> Ending {
        self.missing.iter().for_each(error);
        match () {
            () if !self.missing.is_empty() => Ending::PathMissing,
            () if input.strict && self.import.has_damage() => Ending::SomeUnreadable,
            () => Ending::Done,
        }
    }
}

/// The pool of threads is made once; later commands of a process share it.
fn set_threads(input: &Input) -> Result<()> {
    static MADE: OnceLock<()> = OnceLock::new();
    if MADE.set(()).is_ok() {
        let threads = input.jobs.map_or(0, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("threads")?;
    }
    Ok(())
}

/// The day to stand on, and whether it was moved back to the season on file.
fn today(given: Option<Date>, last: Date, now: Date) -> (Date, bool) {
    if let Some(date) = given {
        return (date, false);
    }
    if days_between(last, now) > STALE_DAYS { (last.saturating_add(1.day()), true) } else { (now, false) }
}
