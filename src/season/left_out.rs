//! Recordings that are not counted, and why.

use crate::digest::CleanNote;
use crate::recording::{Origin, Recording};
use crate::shown::FileName;
use jiff::civil::Date;
use std::fmt;

/// A recording that has no place in the season, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Where it stands among the files.
    pub origin: Origin,
    /// Its file.
    pub file: FileName,
    /// Its local day.
    pub date: Date,
    /// Why it does not count.
    pub why: LeftOutReason,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LeftOutReason {
    ClockNotSet,
    Later,
    /// The runner said so.
    Excluded,
    /// Something was recorded that is not exercise, as this note says: a day of steps, or longer than anybody exercises.
    NoExercise(CleanNote),
}

impl LeftOut {
    /// Watches whose clock was never set count from the first day of their maker's calendar, 2000-01-01 at the latest, years
    /// before there were any that record a run.
    pub const FIRST_CREDIBLE: Date = jiff::civil::date(2001, 1, 1);

    pub(super) fn of(recording: &Recording, today: Date) -> Option<LeftOut> {
        let date = recording.date();
        let why = if recording.said.is_excluded {
            LeftOutReason::Excluded
        } else if date < Self::FIRST_CREDIBLE {
            LeftOutReason::ClockNotSet
        } else if date > today {
            LeftOutReason::Later
        } else {
            LeftOutReason::no_exercise(recording)?
        };
        Some(LeftOut { origin: recording.origin, file: recording.file.clone(), date, why })
    }
}

impl LeftOutReason {
    fn no_exercise(recording: &Recording) -> Option<LeftOutReason> {
        let is_no_exercise =
            |note: &&CleanNote| matches!(note, CleanNote::StepCounter { .. } | CleanNote::TooLong { .. });
        recording.digest.notes.iter().find(is_no_exercise).cloned().map(LeftOutReason::NoExercise)
    }

    /// What the runner should hear of in any case: something was recorded, and carries no load.
    pub fn is_no_exercise(&self) -> bool {
        matches!(self, LeftOutReason::NoExercise(_))
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date;
        match &self.why {
            LeftOutReason::ClockNotSet => {
                write!(f, "dated {date}: the clock was not set; correct the time and export it again")
            }
            LeftOutReason::Later => write!(f, "dated {date}, after the day of this report"),
            LeftOutReason::NoExercise(note) => note.fmt(f),
            LeftOutReason::Excluded => f.write_str("excluded in notes.csv"),
        }
    }
}
