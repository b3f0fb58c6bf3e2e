//! Sessions held against thresholds: each once for its verdict, and once more for those that other thresholds would change.
//!
//! Looking at every second is most of the work of a season, so what comes of it is remembered.

use super::effort::RUNS_TO_KNOW_THRESHOLDS;
use super::features::{HeldAgainst, SessionMeans, SessionSeconds, UnweighedFeatures};
use super::history::{Labelled, Session};
use super::part::Part;
use crate::athlete::{Athlete, Thresholds};
use crate::content::ContentHash;
use crate::memo::Memo;
use crate::recording::ActivityId;
use rayon::prelude::*;

/// Measures all sessions, each held against the thresholds of an athlete. `part` gives every recording of the season.
pub fn measure_all<'a>(
    sessions: &[Session],
    part: impl Fn(ActivityId) -> Part<'a> + Sync,
    athlete: &Athlete,
    memo: &Memo,
) -> Vec<UnweighedFeatures> {
    let measure = |(earlier, session): (usize, &Session)| {
        let parts: Vec<Part> = session.parts.iter().map(|i| part(*i)).collect();
        let thresholds = athlete.at(session.date);
        let look = || -> (SessionMeans, HeldAgainst) {
            let seconds = SessionSeconds::of(&parts);
            (seconds.means(&parts), seconds.by(thresholds, earlier))
        };
        let (means, held) = memo.result(|| fingerprint(b"means", &parts, &[thresholds], earlier), look);
        UnweighedFeatures::of(&parts, means, held, earlier)
    };
    sessions.par_iter().enumerate().map(measure).collect()
}

/// Holds sessions against the thresholds of other athletes: one list of them an athlete.
pub fn measure_again<'a>(
    sessions: &[Labelled],
    part: impl Fn(ActivityId) -> Part<'a> + Sync,
    athletes: &[Athlete],
    memo: &Memo,
) -> Vec<Vec<UnweighedFeatures>> {
    let measure = |known: &Labelled| -> Vec<HeldAgainst> {
        let parts: Vec<Part> = known.parts().map(&part).collect();
        let thresholds: Vec<&Thresholds> = athletes.iter().map(|athlete| athlete.at(known.session.date)).collect();
        let earlier = known.features.earlier_runs;
        let look = || {
            let seconds = SessionSeconds::of(&parts);
            thresholds.iter().map(|thresholds| seconds.by(thresholds, earlier)).collect()
        };
        memo.result(|| fingerprint(b"held", &parts, &thresholds, earlier), look)
    };
    let by_session: Vec<Vec<HeldAgainst>> = sessions.par_iter().map(measure).collect();
    let of_athlete = |place: usize| {
        let held = by_session.iter().filter_map(|held| held.get(place));
        sessions.iter().zip(held).map(|(known, held)| UnweighedFeatures::again(&known.features, *held)).collect()
    };
    (0..athletes.len()).map(of_athlete).collect()
}

/// Of all that is measured of a session, and of what it is held against.
fn fingerprint(what: &[u8], parts: &[Part], thresholds: &[&Thresholds], earlier_runs: usize) -> ContentHash {
    let mut measured = Vec::new();
    for Part { recording, heart_rate, .. } in parts {
        let d = &recording.digest;
        measured.extend_from_slice(d.trace.fingerprint().as_bytes());
        measured.extend([d.moving_s, d.running_s, heart_rate.coverage].map(f64::to_le_bytes).as_flattened());
        measured.extend([u8::from(d.pace_reliable), u8::from(heart_rate.suspect)]);
        measured.extend((d.told.repetitions() as u64).to_le_bytes());
        let own = heart_rate.own_beats().map(ContentHash::of);
        measured.extend(own.iter().flat_map(ContentHash::as_bytes));
        measured.push(u8::from(own.is_some()));
    }
    let numbers: Vec<Vec<u8>> = thresholds.iter().map(|thresholds| thresholds.numbers()).collect();
    let is_new = [u8::from(earlier_runs < RUNS_TO_KNOW_THRESHOLDS)];
    let mut all = vec![what, &is_new, &measured];
    all.extend(numbers.iter().map(Vec::as_slice));
    ContentHash::of_parts(&all)
}
