//! Recordings that are not counted, and why.

use crate::activity::Sport;
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
        let noted = recording.digest.notes.iter().find(is_no_exercise).cloned();
        noted.or_else(|| nothing_measured(recording)).map(LeftOutReason::NoExercise)
    }

    /// What the runner should hear of in any case: something was recorded, and carries no load.
    pub fn is_no_exercise(&self) -> bool {
        matches!(self, LeftOutReason::NoExercise(_))
    }
}

/// Hours of which no distance, no heart rate, no power and no effort is known: nobody can say that anything was done in them.
fn nothing_measured(recording: &Recording) -> Option<CleanNote> {
    const ON_FOOT_S: f64 = 3.0 * 3600.0;
    const ELSEWHERE_S: f64 = 12.0 * 3600.0;
    let d = &recording.digest;
    let is_measured = d.known_distance_m().is_some_and(|m| m > 0.0)
        || d.trace.beats().iter().any(|bpm| *bpm > 0)
        || d.normalised_power_w.is_some()
        || d.watch.rpe.is_some();
    let longest_s = match recording.sport() {
        Sport::Running | Sport::Walking | Sport::Unknown => ON_FOOT_S,
        Sport::Cycling | Sport::Swimming | Sport::Other => ELSEWHERE_S,
    };
    let is_nothing = !is_measured && d.timer_s > longest_s;
    is_nothing.then_some(CleanNote::StepCounter { seconds: d.timer_s, distance_m: 0.0 })
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
