//! Recordings whose date gives them no place in a season.

use crate::recording::{Origin, Recording};
use jiff::civil::Date;
use std::fmt;

/// A recording that has no place in the season, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub origin: Origin,
    pub file: String,
    pub date: Date,
}

impl LeftOut {
    /// Watches whose clock was never set count from the first day of their maker's calendar, 2000-01-01 at the latest, years
    /// before there were any that record a run.
    pub const FIRST_CREDIBLE: Date = jiff::civil::date(2001, 1, 1);

    pub(super) fn of(recording: &Recording, today: Date) -> Option<LeftOut> {
        let date = recording.date();
        let has_place = date >= Self::FIRST_CREDIBLE && date <= today;
        (!has_place).then(|| LeftOut { origin: recording.origin, file: recording.file.clone(), date })
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.date < Self::FIRST_CREDIBLE {
            write!(f, "its clock was not set: it says {}; correct the time and export it again", self.date)
        } else {
            write!(f, "it is of {}, after the day looked from", self.date)
        }
    }
}
