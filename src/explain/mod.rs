//! One session in full: what is needed to tell a runner how a verdict came about.

mod before;
mod course;
mod remedy;

pub use before::{EarlierSession, before};
pub use course::{Above, Course, CourseSecond, CourseStretch, RiseCause};
pub use remedy::{Remedy, remedy};

use crate::athlete::Thresholds;
use crate::label::Labelled;
use crate::notes::RunRef;
use crate::season::{Assessed, Season};

/// A session with all that bears on its verdict.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    pub season: &'a Season,
    pub session: &'a Labelled,
    /// Its recordings, in order of time; never empty.
    pub parts: Vec<&'a Assessed>,
    /// What held on that day.
    pub thresholds: &'a Thresholds,
    pub course: Course,
    /// Time above the recovery ceiling; nothing without a believed heart rate.
    pub above_ceiling: Above,
    /// Earlier sessions that matter for this one, the oldest first.
    pub before: Vec<EarlierSession<'a>>,
    /// What would have made it a recovery run, where that is a question.
    pub remedy: Option<Remedy>,
}

impl<'a> Explanation<'a> {
    pub fn of(season: &'a Season, session: &'a Labelled) -> Explanation<'a> {
        let parts: Vec<&Assessed> = session.parts().map(|id| season.activity(id)).collect();
        let first_ms = session.session.start_ms;
        let course = Course::of(parts.iter().map(|part| {
            let digest = &part.recording.digest;
            ((digest.start_ms - first_ms) as f64 / 1000.0, &digest.trace, &part.heart_rate)
        }));
        let thresholds = season.athlete.at(session.session.date);
        let has_heart_rate = session.features.heart_rate_mean_bpm.is_some();
        let above_ceiling = if has_heart_rate { course.above(session.context.ceiling_bpm) } else { Above::default() };
        Explanation {
            before: before(season, session),
            remedy: remedy(season, session, &course),
            season,
            session,
            parts,
            thresholds,
            course,
            above_ceiling,
        }
    }

    /// How the runner names it in a note.
    pub fn run_ref(&self) -> RunRef {
        self.parts[0].recording.run_ref()
    }
}
