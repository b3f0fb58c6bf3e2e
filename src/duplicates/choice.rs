//! Which of two recordings of one run counts, and what it takes over from the other.

use super::ChoiceReason;
use super::same::SAME_TIME;
use crate::activity::{Format, Sport};
use crate::digest::Digest;
use crate::recording::Recording;

/// Amounts of heart rate that differ by less than this fraction count as equal.
const SAME_AMOUNT: f64 = 0.05;

/// `Ok` where the first stands for both, `Err` where the second does, with the reason.
pub(super) fn chosen(first: &Recording, second: &Recording) -> Result<ChoiceReason, ChoiceReason> {
    let (x, y) = (&first.digest, &second.digest);
    if covers_more(x, y) {
        return if has_the_heart_rate_of(y, x) { Err(by_heart_rate(x)) } else { Ok(ChoiceReason::Longer) };
    }
    if covers_more(y, x) {
        return if has_the_heart_rate_of(x, y) { Ok(by_heart_rate(y)) } else { Err(ChoiceReason::Longer) };
    }
    richer(x, y).unwrap_or_else(|| {
        let is_first = (&first.file, x.start_ms) <= (&second.file, y.start_ms);
        if is_first { Ok(ChoiceReason::First) } else { Err(ChoiceReason::First) }
    })
}

/// Much longer by every clock: one that only stands about longer, or never pauses, covers no more of the run.
fn covers_more(long: &Digest, short: &Digest) -> bool {
    let moves = long.moving_s > 0.0 && short.moving_s > 0.0;
    short.elapsed_s < SAME_TIME * long.elapsed_s
        && short.timer_s < SAME_TIME * long.timer_s
        && (!moves || short.moving_s < SAME_TIME * long.moving_s)
}

/// The shorter one has the heart rate of most of the longer one's run, and the longer one has not.
fn has_the_heart_rate_of(short: &Digest, long: &Digest) -> bool {
    let (beats, other_beats) = (beats_s(short), beats_s(long));
    beats > SAME_TIME * long.moving_s && 2.0 * other_beats < beats
}

fn by_heart_rate(less: &Digest) -> ChoiceReason {
    if beats_s(less) > 0.0 { ChoiceReason::MoreHeartRate } else { ChoiceReason::Has("heart rate") }
}

/// Seconds with a heart rate.
fn beats_s(digest: &Digest) -> f64 {
    digest.trace.seconds().filter(|s| s.heart_rate_bpm.is_some()).count() as f64
}

/// One that was sampled so many times as often as the other shows more of the run.
const DENSER: f64 = 1.5;

/// `None` where neither has more than the other.
fn richer(first: &Digest, second: &Digest) -> Option<Result<ChoiceReason, ChoiceReason>> {
    for ((channel, has), (_, other_has)) in channels(first).into_iter().zip(channels(second)) {
        match (has, other_has) {
            (true, false) => return Some(Ok(ChoiceReason::Has(channel))),
            (false, true) => return Some(Err(ChoiceReason::Has(channel))),
            _ => {}
        }
    }
    let (beats, other_beats) = (beats_s(first), beats_s(second));
    if (beats - other_beats).abs() > SAME_AMOUNT * beats.max(other_beats) {
        return Some(if beats > other_beats {
            Ok(ChoiceReason::MoreHeartRate)
        } else {
            Err(ChoiceReason::MoreHeartRate)
        });
    }
    let often = |digest: &Digest| f64::from(digest.recorded) / digest.timer_s.max(1.0);
    if often(first) > DENSER * often(second) {
        return Some(Ok(ChoiceReason::SampledMoreOften));
    }
    if often(second) > DENSER * often(first) {
        return Some(Err(ChoiceReason::SampledMoreOften));
    }
    let (origin, other_origin) = (origin(first), origin(second));
    match origin.cmp(&other_origin) {
        std::cmp::Ordering::Less => Some(Ok(by_origin(first))),
        std::cmp::Ordering::Greater => Some(Err(by_origin(second))),
        std::cmp::Ordering::Equal => None,
    }
}

/// The less, the nearer to the device; what names itself in a GPX or TCX is often the service that wrote it.
fn origin(digest: &Digest) -> u8 {
    match digest.format {
        Format::Fit if digest.device.is_some() => 0,
        Format::Fit => 1,
        Format::Tcx | Format::AppleHealth | Format::Polar => 2,
        Format::Gpx | Format::Kml => 3,
    }
}

fn by_origin(digest: &Digest) -> ChoiceReason {
    if origin(digest) == 0 { ChoiceReason::FromDevice } else { ChoiceReason::Format(digest.format) }
}

/// What a recording may have, the weightiest first.
fn channels(digest: &Digest) -> [(&'static str, bool); 5] {
    [
        ("heart rate", digest.trace.seconds().any(|s| s.heart_rate_bpm.is_some())),
        ("power", digest.normalised_power_w.is_some()),
        ("cadence", digest.trace.seconds().any(|s| s.cadence_spm.is_some())),
        ("positions", digest.pace_reliable),
        ("elevation", digest.ascent_m.is_some()),
    ]
}

/// Gives a digest what only another recording of the same run tells: labels must not depend on which of them was kept.
pub(super) fn fill(digest: &mut Digest, other: &Digest) {
    digest.name = digest.name.take().or_else(|| other.name.clone());
    digest.device = digest.device.take().or_else(|| other.device.clone());
    digest.watch.rpe = digest.watch.rpe.or(other.watch.rpe);
    digest.watch.feel = digest.watch.feel.or(other.watch.feel);
    if digest.sport == Sport::Unknown {
        (digest.sport, digest.sub_sport) = (other.sport, other.sub_sport);
    }
}
