//! Whether two recordings are of one run.

use crate::activity::Sport;
use crate::recording::Recording;

/// Two recordings of one run start within this time of each other, ms,
const SAME_START_MS: i64 = 60_000;
/// and last equally long within this fraction.
const SAME_DURATION: f64 = 0.05;
/// Or one covers this share of the time of the other.
pub(super) const SAME_TIME: f64 = 0.8;
/// Where one of them names no sport, they are equally far within this fraction besides.
const SAME_DISTANCE: f64 = 0.1;

/// Recordings at the same time: of one sport, or of one that is named in one of them only and of the same distance.
///
/// Distances of one sport need not agree: a foot pod, a treadmill and a phone in the pocket each measure their own.
pub(super) fn is_same(a: &Recording, b: &Recording) -> bool {
    at_the_same_time(a, b) && may_be_of_one_sport(a, b)
}

pub(super) fn may_be_of_one_sport(a: &Recording, b: &Recording) -> bool {
    let names_none = |r: &Recording| r.digest.sport == Sport::Unknown;
    a.sport() == b.sport() || ((names_none(a) || names_none(b)) && distances_agree(a, b, SAME_DISTANCE))
}

/// Equally far within this fraction, or one of them does not know how far.
pub(super) fn distances_agree(a: &Recording, b: &Recording, tolerance: f64) -> bool {
    let known = |r: &Recording| r.digest.known_distance_m().filter(|m| *m > 0.0);
    known(a).zip(known(b)).is_none_or(|(p, q)| alike(p, q, tolerance))
}

pub(super) fn alike(p: f64, q: f64, tolerance: f64) -> bool {
    (p - q).abs() <= tolerance * p.max(q)
}

fn at_the_same_time(a: &Recording, b: &Recording) -> bool {
    let (x, y) = (&a.digest, &b.digest);
    let together_s = overlap_s(a, b);
    if together_s <= 0.0 {
        return false;
    }
    if a.file == b.file {
        // Parts of one file follow each other, and are the same only where they are copies.
        return together_s >= SAME_TIME * x.timer_s.max(y.timer_s);
    }
    let starts_alike = (x.start_ms - y.start_ms).abs() <= SAME_START_MS;
    (starts_alike && alike(x.elapsed_s, y.elapsed_s, SAME_DURATION))
        || together_s >= SAME_TIME * x.timer_s.min(y.timer_s)
}

/// Seconds in which the timers of both were on: a run during the long pause of another recording is none of it.
pub(super) fn overlap_s(a: &Recording, b: &Recording) -> f64 {
    if a.end_ms().min(b.end_ms()) <= a.digest.start_ms.max(b.digest.start_ms) {
        return 0.0;
    }
    let spans = |r: &'_ Recording| {
        let start_ms = r.digest.start_ms;
        let span = move |(from_s, len): &(u32, u32)| {
            let begins = start_ms + 1000 * i64::from(*from_s);
            (begins, begins + 1000 * i64::from(*len))
        };
        r.digest.trace.spans.iter().map(span).collect::<Vec<_>>()
    };
    let (x, y) = (spans(a), spans(b));
    let (mut i, mut j, mut together_ms) = (0, 0, 0);
    while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
        together_ms += (p.1.min(q.1) - p.0.max(q.0)).max(0);
        if p.1 <= q.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    together_ms as f64 / 1000.0
}
