//! Which verdicts would change if the thresholds were a half-width off: the season judged again with each moved so.

use super::{Assessed, JudgedBy, Season, SessionId};
use crate::athlete::{Athlete, Shift};
use crate::label::{self, Called, Label, Labelled, Part, Session, UnweighedFeatures};
use crate::recording::ActivityId;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;

/// The verdicts that would be others if the thresholds were off by one standard deviation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sensitivity {
    /// Sessions that were judged; fragments and those of which nothing is known left out.
    pub verdicts: usize,
    /// In order of time; a session that flips both ways stands there twice.
    pub flips: Vec<Flip>,
}

/// A verdict that another threshold would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// Whose verdict changes.
    pub session: SessionId,
    /// Which threshold was moved, and which way.
    pub shift: Shift,
    /// What the session is called.
    pub is: Called,
    /// What it would be called.
    pub would_be: Called,
}

impl Sensitivity {
    pub(super) fn of(season: &Season) -> Sensitivity {
        let is_judged = |session: &Labelled| !matches!(session.verdict.label, Label::Fragment | Label::Unknown);
        let parts: Vec<Part> = season.activities.iter().map(Assessed::part).collect();
        let part = |id: ActivityId| parts[id.index()];
        let sessions: Vec<Session> = season.sessions.iter().map(|labelled| labelled.session.clone()).collect();
        let mut flips: Vec<Flip> = Vec::new();
        let moved = Shift::ALL.map(|shift| season.athlete.shifted(shift));
        let measured = label::measure_again(&season.sessions, &season.session_sums, part, &moved, &season.memo);
        // Of thousands of sessions judged four times, only what they are called.
        let judge = |(athlete, measured): (&Athlete, Vec<UnweighedFeatures>)| -> Vec<Called> {
            let judged = JudgedBy { parts: &parts, sessions: &sessions, athlete, today: season.today }.judge(measured);
            judged.sessions.iter().map(|session| session.verdict.called()).collect()
        };
        let judged: Vec<Vec<Called>> = moved.par_iter().zip(measured).map(judge).collect();
        for (shift, would_be) in Shift::ALL.into_iter().zip(judged) {
            let pairs = season.sessions.iter().zip(would_be).enumerate();
            let pairs = pairs.filter(|(_, (session, _))| is_judged(session));
            let flip = |(place, (session, would_be)): (usize, (&Labelled, Called))| {
                let is = session.verdict.called();
                (is != would_be).then_some(Flip { session: SessionId(place), shift, is, would_be })
            };
            flips.extend(pairs.filter_map(flip));
        }
        flips.sort_by_key(|flip| flip.session);
        Sensitivity { verdicts: season.sessions.iter().filter(|session| is_judged(session)).count(), flips }
    }

    /// How many verdicts would be others.
    pub fn flipping(&self) -> usize {
        self.flips.chunk_by(|a, b| a.session == b.session).count()
    }

    /// What would change one verdict.
    pub fn of_session(&self, session: SessionId) -> &[Flip] {
        let from = self.flips.partition_point(|flip| flip.session < session);
        let to = self.flips.partition_point(|flip| flip.session <= session);
        &self.flips[from..to]
    }

    /// How often each verdict would be each other one, the most frequent first.
    pub fn counts(&self) -> Vec<((Called, Called), usize)> {
        let mut counts: BTreeMap<(Called, Called), usize> = BTreeMap::new();
        for flips in self.flips.chunk_by(|a, b| a.session == b.session) {
            let mut changes: Vec<(Called, Called)> = flips.iter().map(|flip| (flip.is, flip.would_be)).collect();
            changes.dedup();
            changes.into_iter().for_each(|change| *counts.entry(change).or_default() += 1);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

/// `12 of 76 verdicts are borderline, as far as your thresholds are known: 5 easy could be recovery, 4 steady could be tempo`.
impl fmt::Display for Sensitivity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 3;
        let (flipping, all) = (self.flipping(), self.verdicts);
        match (flipping, all) {
            (_, 0) => return f.write_str("no verdicts yet"),
            (0, _) => return write!(f, "none of {all} verdicts is borderline, as far as your thresholds are known"),
            (1, _) => write!(f, "1 of {all} verdicts is borderline, as far as your thresholds are known")?,
            _ => write!(f, "{flipping} of {all} verdicts are borderline, as far as your thresholds are known")?,
        }
        for (i, ((is, would_be), count)) in self.counts().into_iter().take(NAMED).enumerate() {
            write!(f, "{} {count} {is} could be {would_be}", if i == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}
