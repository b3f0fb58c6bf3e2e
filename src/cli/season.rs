//! From paths to an analysed season: what all commands begin with.

use super::clock;
use super::digests::digest_all;
use super::files::{Found, reason, small_text};
use super::talk::{error, say, warning};
use super::{Input, Outcome, checkin, note, usage_error};
use crate::calendar::days_between;
use crate::import::Import;
use crate::notes::Notes;
use crate::outcome::{self as file, FileResult};
use crate::pipeline::{self, Analysis};
use crate::profile::Profile;
use crate::read::ReadError;
use crate::recording::{HomeClocks, Recording};
use crate::rule::RecoveryRule;
use crate::season::LeftOut;
use crate::shown::{FileName, Text};
use anyhow::{Context, Result, bail};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

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
}

impl Read {
    /// Reads all files and analyses them; errors where nothing is usable.
    pub(super) fn of(input: &Input) -> Result<Read> {
        let threads = input.jobs.map_or(0, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("threads")?;
        let (mut profile, given) = profile(input);
        if let Some(preset) = input.recovery_rule {
            profile.model = RecoveryRule::of(preset);
        }
        let home = match &profile.athlete.time_zone {
            Some(name) => TimeZone::get(name).unwrap_or(TimeZone::UTC),
            None => clock::home(input),
        };
        let found = Found::under(&input.paths);
        let results = digest_all(input, &found.files)?;
        let missing = missing(&found, &results);
        let mut import = Import::of(&results);
        import.not_looked_into(found.unreadable);
        if let Some(Given { path, settings }) = &given {
            (import.profile, import.settings) = (Some(FileName::of(path)), settings.clone());
        }
        import.time_zone = home.iana_name().map(str::to_owned);
        import.messages(input.verbose).iter().for_each(warning);
        let notes_folder = notes_folder(input, given.as_ref().map(|given| &*given.path));
        let recordings = Recording::noted(pipeline::recordings(results, &home), &notes(&notes_folder)?);
        if let Some(clocks) = HomeClocks::of(&recordings, &home).filter(|_| profile.athlete.time_zone.is_none()) {
            say(input, clocks);
        }
        if recordings.is_empty() {
            bail!("{}", import.nothing_usable());
        }
        let now = input.today.map_or_else(clock::today, Ok)?;
        // A date long gone or to come is a clock gone wrong, and says nothing about when the season ended.
        let credible = LeftOut::FIRST_CREDIBLE..=now;
        let Some(last) = recordings.iter().map(Recording::date).filter(|date| credible.contains(date)).max() else {
            let dates: Vec<String> = recordings.iter().take(3).map(|r| r.date().to_string()).collect();
            bail!(
                "no activity has a possible date ({})\nhint: set the watch's clock, correct the times and export again",
                dates.join(", ")
            );
        };
        let (today, stale) = today(input.today, last, now);
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
        let check_ins = checkin::read(input, given.as_ref().map(|given| &*given.path))?;
        let analysis = pipeline::analyse(recordings, &profile, today);
        let analysis = analysis.with_check_ins(&check_ins.days);
        for choice in Import::choices(&analysis.season).iter().filter(|_| input.verbose) {
            say(input, choice);
        }
        for left_out in analysis.season.left_out.iter().filter(|left| input.verbose || left.why.is_no_exercise()) {
            say(input, format_args!("{}: ignored: {left_out}", left_out.file));
        }
        Ok(Read { analysis, import, missing, notes_folder, home })
    }

    /// How the command ends; what was missing is said once more, below the results.
    pub(super) fn outcome(&self, input: &Input) -> Outcome {
        self.missing.iter().for_each(error);
        match () {
            () if !self.missing.is_empty() => Outcome::PathMissing,
            () if input.strict && self.import.has_damage() => Outcome::SomeUnreadable,
            () => Outcome::Done,
        }
    }
}

/// What the user named and could not be opened.
fn missing(found: &Found, results: &[FileResult]) -> Vec<String> {
    let named: HashSet<&str> = found.files.iter().filter(|file| file.is_named).map(|file| &*file.name).collect();
    let closed = results.iter().filter_map(|result| match &result.outcome {
        file::Outcome::Failed(ReadError::Disk { reason }) if named.contains(&*result.file) => {
            Some(format!("{}: {reason}", result.file))
        }
        _ => None,
    });
    let unlisted = found.unreadable.iter().filter(|(path, _)| found.given.contains(path));
    closed.chain(unlisted.map(|(path, reason)| format!("{path}: {reason}"))).collect()
}

/// A profile as it was written.
struct Given {
    path: PathBuf,
    settings: toml::Table,
}

fn profile(input: &Input) -> (Profile, Option<Given>) {
    let beside = || input.paths.iter().map(|path| path.join("profile.toml")).find(|path| path.is_file());
    let Some(path) = input.profile.clone().or_else(beside) else { return (Profile::default(), None) };
    let text = match small_text(&path) {
        Ok(text) => text,
        Err(error) => {
            usage_error(format_args!("cannot read the profile `{}`: {}", FileName::of(&path), reason(&error)))
        }
    };
    match Profile::parse(&text) {
        Ok(profile) => (profile, Some(Given { path, settings: cleaned(text.parse().unwrap_or_default()) })),
        Err(message) => usage_error(format_args!("the profile `{}` has a mistake: {message}", FileName::of(&path))),
    }
}

/// The same with its texts fit to be shown.
fn cleaned(settings: toml::Table) -> toml::Table {
    let value = |value: toml::Value| match value {
        toml::Value::String(text) => toml::Value::String(Text::from(text).into()),
        toml::Value::Table(table) => toml::Value::Table(cleaned(table)),
        other => other,
    };
    settings.into_iter().map(|(name, of)| (Text::from(name).into(), value(of))).collect()
}

/// The folder of the notes: beside the profile, else the first folder given that has some, else the first folder given.
fn notes_folder(input: &Input, profile: Option<&Path>) -> PathBuf {
    let beside = profile.and_then(Path::parent).map(Path::to_path_buf);
    let folders = || input.paths.iter().filter(|path| path.is_dir()).cloned();
    let noted = folders().find(|folder| folder.join(note::FILE_NAME).is_file());
    let folder = beside.or(noted).or_else(|| folders().next()).unwrap_or_default();
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

/// The notes in a folder; lines that cannot be read are named.
fn notes(folder: &Path) -> Result<Notes> {
    let path = folder.join(note::FILE_NAME);
    if !path.is_file() {
        return Ok(Notes::default());
    }
    let text = small_text(&path).with_context(|| format!("cannot read the notes `{}`", FileName::of(&path)))?;
    let notes = Notes::parse(text.as_bytes());
    for unreadable in &notes.unreadable {
        warning(format_args!("{}: {unreadable}", FileName::of(&path)));
    }
    Ok(notes)
}

/// The day to stand on, and whether it was moved back to the season on file.
fn today(given: Option<Date>, last: Date, now: Date) -> (Date, bool) {
    if let Some(date) = given {
        return (date, false);
    }
    if days_between(last, now) > STALE_DAYS { (last.saturating_add(1.day()), true) } else { (now, false) }
}
