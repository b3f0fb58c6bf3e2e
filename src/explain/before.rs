//! What came before a session and bears on it.

use crate::calendar::days_between;
use crate::label::{Label, Labelled};
use crate::physiology::race::race_days;
use crate::season::Season;

/// Hard sessions further back than this have been recovered from, hours.
const MATTERS_H: f64 = 96.0;
const MS_PER_H: f64 = 3_600_000.0;
/// Most sessions named.
const MOST: usize = 4;

/// An earlier session.
#[derive(Clone, Copy, Debug)]
pub struct EarlierSession<'a> {
    pub session: &'a Labelled,
    /// From its end to the start of the session in question.
    pub hours: f64,
}

/// The session just before, hard ones of the last four days, and a race whose easy days are not over.
pub fn before<'a>(season: &'a Season, session: &Labelled) -> Vec<EarlierSession<'a>> {
    let start_ms = session.session.start_ms;
    let earlier = season.sessions().iter().filter(|s| s.session.start_ms < start_ms);
    let mut named: Vec<EarlierSession> = Vec::new();
    for (back, earlier) in earlier.rev().enumerate() {
        let hours = (start_ms - earlier.session.end_ms) as f64 / MS_PER_H;
        let is_recent = hours <= MATTERS_H && (back == 0 || earlier.hard);
        if is_recent || is_race_to_recover_from(earlier, session) {
            named.push(EarlierSession { session: earlier, hours });
        }
    }
    named.truncate(MOST);
    named.reverse();
    named
}

fn is_race_to_recover_from(earlier: &Labelled, session: &Labelled) -> bool {
    let days = days_between(earlier.session.date, session.session.date);
    let race_km = earlier.verdict.race_km.filter(|_| earlier.verdict.label == Label::Race);
    race_km.is_some_and(|km| days <= i64::from(race_days(km).no_hard))
}
