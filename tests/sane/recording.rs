//! What must hold of every activity and every digest.

use freshlegs::activity::{Activity, Sample};
use freshlegs::digest::{Digest, Second, digest};
use freshlegs::read::{ReadError, Reading, read};

/// The timer may run on for so long before the first and after the last sample.
const ENDS_S: f64 = 2.0 * 120.0;
/// Longest recording that is kept.
const LONGEST_S: f64 = 10.0 * 86_400.0 + ENDS_S;

/// Reads any bytes and checks what comes out.
pub fn check_bytes(bytes: &[u8]) -> Result<(), String> {
    match read(bytes) {
        Ok(Reading::Activities(activities)) => {
            ensure(!activities.is_empty(), || "activities, yet none".into())?;
            activities.iter().try_for_each(check_activity)
        }
        Err(ReadError::Fit { reason }) if reason.contains("damaged beyond reading") => {
            Err("a panic that only the last net caught".into())
        }
        Ok(Reading::NotAnActivity(_)) | Err(_) => Ok(()),
    }
}

/// Checks an activity as read, then its digest.
fn check_activity(activity: &Activity) -> Result<(), String> {
    check_samples(activity)?;
    check_digest_of(activity)
}

/// Checks the digest of an activity, if it has one.
pub fn check_digest_of(activity: &Activity) -> Result<(), String> {
    match digest(activity) {
        Some(digest) => {
            check_digest(&digest)?;
            check_length(activity, &digest)
        }
        None => Ok(()),
    }
}

pub fn ensure(holds: bool, say: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(say()) }
}

/// Readers give finite numbers, and nothing where there is none.
fn check_samples(activity: &Activity) -> Result<(), String> {
    ensure(!activity.samples.is_empty(), || "no samples".into())?;
    ensure(!activity.samples[0].starts_segment, || "nothing precedes the first sample".into())?;
    activity.samples.iter().try_for_each(|sample| {
        let position = sample.position.map(|(latitude, longitude)| [Some(latitude), Some(longitude)]);
        let numbers = [
            sample.altitude_m,
            sample.distance_m,
            sample.speed_mps,
            sample.heart_rate_bpm,
            sample.cadence_spm,
            sample.power_w.map(f64::from),
        ];
        let all = numbers.iter().chain(position.iter().flatten());
        ensure(all.flatten().all(|number| number.is_finite()), || format!("not finite: {sample:?}"))?;
        let nothing = sample.heart_rate_bpm == Some(0.0) || sample.position == Some((0.0, 0.0));
        ensure(!nothing, || format!("a zero that means nothing: {sample:?}"))
    })
}

/// Every number of a digest by itself, lists taken apart.
fn numbers(digest: &Digest) -> Vec<(&'static str, f64)> {
    let single = [
        ("elapsed_s", Some(digest.elapsed_s)),
        ("timer_s", Some(digest.timer_s)),
        ("moving_s", Some(digest.moving_s)),
        ("running_s", Some(digest.running_s)),
        ("distance_m", Some(digest.distance_m)),
        ("ascent_m", digest.ascent_m),
        ("descent_m", digest.descent_m),
        ("ngp_mps", digest.ngp_mps),
        ("lowest_heart_rate_bpm", digest.lowest_heart_rate_bpm),
        ("normalised_power_w", digest.normalised_power_w),
        ("cooldown_walk_s", digest.cooldown_walk_s),
    ];
    let mut out: Vec<_> = single.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let best = [
        ("best_gap_mps", &digest.best_gap_mps[..]),
        ("best_effort_s", &digest.best_effort_s[..]),
        ("best_heart_rate_bpm", &digest.best_heart_rate_bpm[..]),
        ("best_heart_rate_with_lock_bpm", &digest.best_heart_rate_with_lock_bpm[..]),
    ];
    out.extend(best.into_iter().flat_map(|(name, list)| list.iter().flatten().map(move |v| (name, *v))));
    out.extend(digest.windows.iter().flat_map(|w| [("window", w.gap_mps), ("window", w.heart_rate_bpm)]));
    out
}

/// A digest is made of plain numbers that fit together.
fn check_digest(digest: &Digest) -> Result<(), String> {
    for (name, value) in numbers(digest) {
        ensure(value.is_finite() && value >= 0.0, || format!("{name} is {value}"))?;
    }
    let Digest { running_s, moving_s, timer_s, elapsed_s, trace, .. } = digest;
    ensure(digest.decoupling.is_none_or(f64::is_finite), || format!("decoupling is {:?}", digest.decoupling))?;
    ensure(running_s <= moving_s && moving_s <= timer_s && *timer_s <= elapsed_s + 1.0, || {
        format!("running {running_s} s, moving {moving_s} s, timer {timer_s} s, elapsed {elapsed_s} s")
    })?;
    let values: u32 = trace.spans.iter().map(|s| s.1).sum();
    ensure(trace.len() as f64 == *timer_s && f64::from(values) == *timer_s, || format!("{} values", trace.len()))?;
    let ordered = trace.spans.windows(2).all(|w| w[0].0 + w[0].1 <= w[1].0);
    let end = trace.spans.last().map_or(0, |s| s.0 + s.1);
    ensure(ordered && f64::from(end) <= elapsed_s + 1.0, || format!("spans {:?}", trace.spans))?;
    let seconds = |flag: fn(&Second) -> bool| trace.seconds().filter(flag).count() as f64;
    ensure(seconds(|s| s.moving) == *moving_s && seconds(|s| s.running) == *running_s, || "flags".into())?;
    ensure(digest.utc_offset.is_none_or(|o| o.seconds.abs() <= 54_000), || format!("{:?}", digest.utc_offset))
}

/// No run is longer than the times in its file; where the clock jumped back the parts add up.
fn check_length(activity: &Activity, digest: &Digest) -> Result<(), String> {
    let step_s = |w: &[Sample]| w[1].time_ms.abs_diff(w[0].time_ms) as f64 / 1000.0;
    let span_s: f64 = activity.samples.windows(2).map(step_s).sum();
    let longest_s = (span_s + ENDS_S + activity.samples.len() as f64).min(LONGEST_S);
    ensure(digest.elapsed_s <= longest_s, || format!("{} s of {span_s} s", digest.elapsed_s))
}
