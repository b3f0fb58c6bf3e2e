//! How often a run was what somebody had said it was to be.

use super::Labelled;
use crate::intent::Purpose;
use std::fmt;

/// Runs that somebody had called something, and how many of them were that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub purpose: Purpose,
    pub agree: usize,
    pub of: usize,
}

impl Agreement {
    /// For recovery, long and hard runs and races, as far as any were called so.
    pub fn of<'a>(sessions: impl Iterator<Item = &'a Labelled>) -> Vec<Agreement> {
        let stated: Vec<(Purpose, bool)> = sessions.filter_map(|session| session.verdict.as_stated).collect();
        let purposes = [Purpose::Recovery, Purpose::Long, Purpose::Hard, Purpose::Race];
        let agreement = |purpose| {
            let such = || stated.iter().filter(move |(said, _)| *said == purpose);
            Agreement { purpose, agree: such().filter(|(_, was)| *was).count(), of: such().count() }
        };
        purposes.into_iter().map(agreement).filter(|agreement| agreement.of > 0).collect()
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.purpose {
            Purpose::Recovery => "recovery runs",
            Purpose::Easy => "easy runs",
            Purpose::Long => "long runs",
            Purpose::Hard => "hard sessions",
            Purpose::Race => "races",
        };
        write!(f, "{what} {} of {}", self.agree, self.of)
    }
}
