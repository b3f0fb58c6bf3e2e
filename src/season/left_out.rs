//! Recordings that have no place in a season.

use crate::digest::CleanNote;
use crate::recording::{Origin, Recording};
use crate::shown::FileName;
use crate::units::{Metres, Seconds, Spoken};
use jiff::civil::Date;
use std::fmt;

/// A recording that has no place in the season, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub origin: Origin,
    pub file: FileName,
    pub date: Date,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    ClockNotSet,
    Later,
    /// The runner said so.
    Excluded,
    /// A day of steps and no exercise.
    StepCounter {
        minutes: u32,
        metres: u32,
    },
    /// Longer than anybody exercises.
    TooLong {
        minutes: u32,
    },
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
            Why::no_exercise(recording)?
        };
        Some(LeftOut { origin: recording.origin, file: recording.file.clone(), date, why })
    }
}

impl Why {
    fn no_exercise(recording: &Recording) -> Option<Why> {
        let minutes = |seconds: f64| (seconds / 60.0).round() as u32;
        recording.digest.notes.iter().find_map(|note| match note {
            CleanNote::StepCounter { seconds, distance_m } => {
                Some(Why::StepCounter { minutes: minutes(*seconds), metres: distance_m.round() as u32 })
            }
            CleanNote::TooLong { seconds } => Some(Why::TooLong { minutes: minutes(*seconds) }),
            _ => None,
        })
    }

    /// What the runner should hear of in any case: something was recorded, and carries no load.
    pub fn is_no_exercise(self) -> bool {
        matches!(self, Why::StepCounter { .. } | Why::TooLong { .. })
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
            Why::StepCounter { minutes, metres } => {
                let (distance, time) = (Metres(f64::from(metres)), Spoken(Seconds(60.0 * f64::from(minutes))));
                write!(
                    f,
                    "{distance} in {time} without a heart rate: a day of steps is no exercise, so it carries no load"
                )
            }
            Why::TooLong { minutes } => {
                let time = Spoken(Seconds(60.0 * f64::from(minutes)));
                write!(f, "{time} on the timer: nobody exercises for more than 48 hours, so it carries no load")
            }
            Why::Excluded => f.write_str("excluded in notes.csv"),
        }
    }
}
