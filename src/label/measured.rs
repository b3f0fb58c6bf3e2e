//! Sessions held against thresholds: each once for its verdict, and once more for those that other thresholds would change.
//!
//! Looking at every second is most of the work of a season, so it is done only where the highest values leave something open,
//! and what comes of it is remembered.

use super::effort::RUNS_TO_KNOW_THRESHOLDS;
use super::features::{HeldAgainst, SessionSeconds, SessionSums, UnweighedFeatures};
use super::part::Part;
use super::session::{Labelled, Session};
use crate::athlete::{Athlete, Thresholds};
use crate::content::ContentHash;
use crate::memo::Memo;
use crate::recording::ActivityId;
use rayon::prelude::*;
use std::cell::OnceCell;

/// Measures all sessions, each held against the thresholds of an athlete. `part` gives every recording of the season.
pub fn measure_all<'a>(
    sessions: &[Session],
    part: impl Fn(ActivityId) -> Part<'a> + Sync,
    athlete: &Athlete,
    memo: &Memo,
) -> Vec<(SessionSums, UnweighedFeatures)> {
    let measure = |(earlier, session): (usize, &Session)| {
        let parts: Vec<Part> = session.parts.iter().map(|i| part(*i)).collect();
        let thresholds = athlete.at(session.date);
        let looked = OnceCell::new();
        let sums = memo.result(
            || fingerprint(b"session", &parts, &[], earlier),
            || {
                let (sums, seconds) = SessionSums::of(&parts);
                looked.get_or_init(|| seconds);
                sums
            },
        );
        let held = held_against(&parts, &sums, &[thresholds], earlier, looked, memo);
        let features = UnweighedFeatures::of(&parts, &sums, thresholds, held[0], earlier);
        (sums, features)
    };
    sessions.par_iter().enumerate().map(measure).collect()
}

/// Holds sessions with their sums against the thresholds of other athletes: one list of them an athlete.
pub fn measure_again<'a>(
    sessions: &[Labelled],
    sums: &[SessionSums],
    part: impl Fn(ActivityId) -> Part<'a> + Sync,
    athletes: &[Athlete],
    memo: &Memo,
) -> Vec<Vec<UnweighedFeatures>> {
    let measure = |(known, sums): (&Labelled, &SessionSums)| -> Vec<HeldAgainst> {
        let parts: Vec<Part> = known.parts().map(&part).collect();
        let thresholds: Vec<&Thresholds> = athletes.iter().map(|athlete| athlete.at(known.session.date)).collect();
        held_against(&parts, sums, &thresholds, known.features.earlier_runs, OnceCell::new(), memo)
    };
    let by_session: Vec<Vec<HeldAgainst>> = sessions.par_iter().zip(sums).map(measure).collect();
    let of_athlete = |(place, athlete): (usize, &Athlete)| {
        let each = sessions.iter().zip(sums).zip(&by_session);
        let again = |((known, sums), held): ((&Labelled, &SessionSums), &Vec<HeldAgainst>)| {
            UnweighedFeatures::again(&known.features, sums, athlete.at(known.session.date), held[place])
        };
        each.map(again).collect()
    };
    athletes.iter().enumerate().map(of_athlete).collect()
}

/// Holds a session against thresholds, each in its place. Its seconds are looked at, if they were not yet, only where neither
/// its sums nor an earlier season tell.
fn held_against(
    parts: &[Part],
    sums: &SessionSums,
    thresholds: &[&Thresholds],
    earlier_runs: usize,
    looked: OnceCell<SessionSeconds>,
    memo: &Memo,
) -> Vec<HeldAgainst> {
    let mut told: Vec<Option<HeldAgainst>> =
        thresholds.iter().map(|thresholds| sums.by(thresholds, earlier_runs)).collect();
    let open: Vec<usize> = (0..told.len()).filter(|i| told[*i].is_none()).collect();
    if !open.is_empty() {
        let asked: Vec<&Thresholds> = open.iter().map(|i| thresholds[*i]).collect();
        let look = || -> Vec<HeldAgainst> {
            let seconds = looked.get_or_init(|| SessionSeconds::of(parts, sums));
            asked.iter().map(|thresholds| seconds.by(sums, thresholds, earlier_runs)).collect()
        };
        let held = memo.result(|| fingerprint(b"held", parts, &asked, earlier_runs), look);
        open.iter().zip(held).for_each(|(i, held)| told[*i] = Some(held));
    }
    told.into_iter().flatten().collect()
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
