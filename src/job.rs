//! From what came of the files, and what the runner told, to a season with its plan: what the program and every other caller share.

use crate::calendar::days_between;
use crate::checkin::CheckIns;
use crate::import::Import;
use crate::memo::Memo;
use crate::notes::Notes;
use crate::outcome::FileResult;
use crate::pipeline::{self, Analysis};
use crate::profile::Profile;
use crate::recording::{HomeClocks, Recording};
use crate::season::{LeftOut, Season};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A last activity longer ago than this is looked at from the day after it: fitness has gone since, and a plan from
/// today would say nothing about the season on file.
const STALE_DAYS: i64 = 42;

/// Nobody's season is longer than a life, and every day of it is counted.
const LONGEST_DAYS: i64 = 36_525;

/// The day to stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The day somebody chose.
    Day(Date),
    /// What the clock says; moved back where the season on file ended long ago.
    Now(Date),
}

/// Everything that a season is made from.
#[derive(Clone, Debug)]
pub struct Job {
    /// What came of the files.
    pub results: Vec<FileResult>,
    /// What is known of the runner.
    pub profile: Profile,
    /// What the runner says of single runs.
    pub notes: Notes,
    /// How the runner felt.
    pub check_ins: CheckIns,
    /// Where the runner is at home.
    pub home: TimeZone,
}

/// A season and how it came about.
#[derive(Clone, Debug)]
pub struct JobDone {
    /// The season with its plan.
    pub analysis: Analysis,
    /// What came of every file.
    pub import: Import,
    /// How many recordings took their local time from home, where any did.
    pub clocks: Option<HomeClocks>,
}

/// Why there is no season.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSeason {
    /// No file holds an activity.
    #[error("{said}")]
    NothingUsable {
        /// What there was instead.
        said: String,
    },
    /// All activities are of a time before watches, or after the day chosen.
    #[error("no activity has a possible date ({})\nhint: set the watch's clock, correct the times and export again", joined(.dates))]
    NoPossibleDate {
        /// The first few.
        dates: Vec<Date>,
    },
    /// Some clock was wrong.
    #[error(
        "the activities from {first} to {today} span more than a hundred years\nhint: leave out the older ones, or choose an earlier day with --today"
    )]
    TooLong {
        /// The day of the first activity.
        first: Date,
        /// The day to stand on.
        today: Date,
    },
}

fn joined(dates: &[Date]) -> String {
    dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Job {
    /// The season as of a day, from what was worked out for it before.
    ///
    /// # Errors
    /// Where no activity counts on that day, and why.
    pub fn run(self, mut import: Import, as_of: AsOf, memo: Memo) -> Result<JobDone, NoSeason> {
        let Job { results, profile, notes, check_ins, home } = self;
        let recordings = Recording::noted(pipeline::recordings(results, &home), &notes);
        let recordings = Recording::felt(recordings, &check_ins);
        let clocks = HomeClocks::of(&recordings, &home).filter(|_| profile.athlete.time_zone.is_none());
        if recordings.is_empty() {
            return Err(NoSeason::NothingUsable { said: import.nothing_usable() });
        }
        let (today, stale) = as_of.among(&recordings)?;
        import.stale = stale.map(|last| (last, today));
        let season = Season::remembered(recordings, &profile, today, memo);
        let analysis = Analysis::of(season).with_check_ins(&check_ins.days);
        Ok(JobDone { analysis, import, clocks })
    }
}

impl AsOf {
    /// The day to stand on among these recordings, and the last of them where it is because of that.
    fn among(self, recordings: &[Recording]) -> Result<(Date, Option<Date>), NoSeason> {
        let (AsOf::Day(now) | AsOf::Now(now)) = self;
        // A date long gone or to come is a clock gone wrong, and says nothing about when the season ended.
        let credible = LeftOut::FIRST_CREDIBLE..=now;
        let dates = || recordings.iter().map(Recording::date).filter(|date| credible.contains(date));
        let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
            return Err(NoSeason::NoPossibleDate { dates: recordings.iter().take(3).map(Recording::date).collect() });
        };
        let is_stale = matches!(self, AsOf::Now(_)) && days_between(last, now) > STALE_DAYS;
        let today = if is_stale { last.saturating_add(1.day()) } else { now };
        if days_between(first, today) > LONGEST_DAYS {
            return Err(NoSeason::TooLong { first, today });
        }
        Ok((today, is_stale.then_some(last)))
    }
}
