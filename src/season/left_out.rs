//! Recordings that have no place in a season.

use crate::recording::{Origin, Recording};
use jiff::civil::Date;
use std::fmt;

/// A recording that has no place in the season, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub origin: Origin,
    pub file: String,
    pub date: Date,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    ClockNotSet,
    Later,
    /// The runner said so.
    Excluded,
}

impl LeftOut {
    /// Watches whose clock was never set count from the first day of their maker's calendar, 2000-01-01 at the latest, years
    /// before there were any that record a run.
    pub const FIRST_CREDIBLE: Date = jiff::civil::date(2001, 1, 1);

    pub(super) fn of(recording: &Recording, today: Date) -> Option<LeftOut> {
        let date = recording.date();
        let why = if recording.said.is_excluded {
            Why::Excluded
        } else if date < Self::FIRST_CREDIBLE {
            Why::ClockNotSet
        } else if date > today {
            Why::Later
        } else {
            return None;
        };
        Some(LeftOut { origin: recording.origin, file: recording.file.clone(), date, why })
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date;
        match self.why {
            Why::ClockNotSet => {
                write!(f, "dated {date}: the clock was not set; correct the time and export it again")
            }
            Why::Later => write!(f, "dated {date}, after the day of this report"),
            Why::Excluded => f.write_str("excluded in notes.csv"),
        }
    }
}
