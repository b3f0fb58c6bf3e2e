//! Copies whose clock is off by whole quarters of an hour: some services write the local time as if it were UTC.

use super::same::{alike, distances_agree, may_be_of_one_sport};
use crate::digest::{Digest, Second};
use crate::recording::Recording;

/// No local clock is further from UTC than this, nor nearer to it than a quarter of an hour; ms.
pub(super) const LONGEST_MS: i64 = 14 * 3_600_000 + NEAR_MS;
const QUARTER_MS: i64 = 900_000;
/// Copies start and last alike within this time, ms, and last and are far alike within a fraction.
const NEAR_MS: i64 = 5000;
const SAME_LENGTH: f64 = 0.01;
/// They agree in this share of the seconds, and must have so many,
const SAME_SECONDS: f64 = 0.9;
const ENOUGH_SECONDS: usize = 300;
/// within this much (bpm, m/s).
const SAME_BPM: f64 = 1.0;
const SAME_MPS: f64 = 0.15;
/// A run that agrees in this share with itself a minute later is so even that another one may agree with it too.
const EVEN: f64 = 0.75;
const LAG_S: i64 = 60;

/// Minutes from the first to the second where they are copies but for the clock.
///
/// Two loops of one course on one day take the same time within seconds at the most, and never beat by beat.
pub(super) fn shift_min(a: &Recording, b: &Recording) -> Option<i64> {
    let (x, y) = (&a.digest, &b.digest);
    let apart_ms = y.start_ms - x.start_ms;
    let quarters = (apart_ms + QUARTER_MS / 2).div_euclid(QUARTER_MS);
    let residual_ms = apart_ms - quarters * QUARTER_MS;
    let same_length = alike(x.elapsed_s, y.elapsed_s, SAME_LENGTH)
        && ((x.elapsed_s - y.elapsed_s) * 1000.0).abs() <= NEAR_MS as f64
        && distances_agree(a, b, SAME_LENGTH);
    let may_be = quarters != 0
        && apart_ms.abs() <= LONGEST_MS
        && residual_ms.abs() <= NEAR_MS
        && same_length
        && a.file != b.file
        && may_be_of_one_sport(a, b);
    let residual_s = (residual_ms as f64 / 1000.0).round() as i64;
    (may_be && are_copies(x, y, residual_s)).then_some(quarters * QUARTER_MS / 60_000)
}

/// Heart beats tell best; without them the speed must, where it is not the programme of a treadmill.
fn are_copies(x: &Digest, y: &Digest, residual_s: i64) -> bool {
    let channel = |d: &Digest, value: fn(&Second) -> Option<f64>| {
        let second_of = d.trace.spans.iter().flat_map(|(from, len)| *from..from.saturating_add(*len)).map(i64::from);
        second_of.zip(d.trace.seconds()).filter_map(|(at, second)| Some((at, value(&second)?))).collect::<Vec<_>>()
    };
    let both = |value| (channel(x, value), channel(y, value));
    let (mut values, mut tolerance) = (both(|s| s.heart_rate_bpm), SAME_BPM);
    if values.0.len().min(values.1.len()) < ENOUGH_SECONDS {
        if !(x.pace_reliable && y.pace_reliable) {
            return false;
        }
        (values, tolerance) = (both(|s| s.speed_mps), SAME_MPS);
    }
    let (p, q) = values;
    p.len().min(q.len()) >= ENOUGH_SECONDS
        && agreement(&p, &q, residual_s, tolerance) >= SAME_SECONDS
        && agreement(&p, &p, LAG_S, tolerance) < EVEN
}

/// Share of the seconds of the longer one in which the second, so many seconds earlier, agrees with the first.
fn agreement(p: &[(i64, f64)], q: &[(i64, f64)], earlier_s: i64, tolerance: f64) -> f64 {
    let (mut j, mut agreeing) = (0, 0.0);
    for (at, value) in p {
        while q.get(j).is_some_and(|(other, _)| *other < at - earlier_s) {
            j += 1;
        }
        let is_like = |(other, v): &(i64, f64)| *other == at - earlier_s && (v - value).abs() <= tolerance;
        agreeing += f64::from(u8::from(q.get(j).is_some_and(is_like)));
    }
    agreeing / p.len().max(q.len()).max(1) as f64
}
