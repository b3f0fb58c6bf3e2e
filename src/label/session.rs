//! Recordings that follow each other closely are one session.

use super::part::Part;
use super::{Context, Features, Verdict};
use crate::recording::ActivityId;
use jiff::civil::Date;

/// Runs closer together than this are one session, ms (methods §1.8).
const ONE_SESSION_MS: i64 = 30 * 60 * 1000;

/// Recordings that follow each other closely and are judged together.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its recordings, in order of time.
    pub parts: Vec<ActivityId>,
    pub date: Date,
    pub start_ms: i64,
    pub end_ms: i64,
}

/// Groups runs, in order of time, into sessions.
pub fn sessions<'a>(runs: impl Iterator<Item = (ActivityId, Part<'a>)>) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for (id, part) in runs {
        let (start_ms, end_ms) = (part.recording.digest.start_ms, part.recording.end_ms());
        match sessions.last_mut().filter(|last| start_ms - last.end_ms < ONE_SESSION_MS) {
            Some(last) => {
                last.parts.push(id);
                last.end_ms = last.end_ms.max(end_ms);
            }
            None => sessions.push(Session { parts: vec![id], date: part.recording.date(), start_ms, end_ms }),
        }
    }
    sessions
}

/// A session with its label and what later ones need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    pub session: Session,
    pub features: Features,
    /// What it was judged against.
    pub context: Context,
    pub verdict: Verdict,
    /// Hard by its label, its load or its novelty: the next days should be gentle.
    pub hard: bool,
    /// Far more downhill than usual, which leaves the legs sore.
    pub eccentric: bool,
}

impl Labelled {
    /// Its recordings, in order of time.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = ActivityId> + '_ {
        self.session.parts.iter().copied()
    }
}
