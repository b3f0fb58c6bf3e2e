//! The same run recorded twice counts once (methods §1.8).

use crate::digest::Digest;
use crate::recording::Recording;
use std::fmt;

/// Two recordings of one run start within this time of each other, ms,
const SAME_START_MS: i64 = 60_000;
/// and last equally long within this fraction.
const SAME_DURATION: f64 = 0.05;
/// Or one covers this share of the time of the other,
const SAME_TIME: f64 = 0.8;
/// and they are equally far within this fraction.
const SAME_DISTANCE: f64 = 0.1;

/// A recording left out, and the one that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub file: String,
    pub kept: String,
    pub why: Why,
}

/// Why the one was kept and not the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has a channel that the other lacks.
    Has(&'static str),
    /// It has the same channels and more seconds of heart rate.
    MoreHeartRate,
    /// It comes from the device itself rather than from an export.
    FromDevice,
    /// Neither has more than the other; it comes first by name.
    First,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Has(channel) => write!(f, "which has {channel}"),
            Why::MoreHeartRate => f.write_str("which has more of the heart rate"),
            Why::FromDevice => f.write_str("which comes from the watch itself"),
            Why::First => f.write_str("which holds the same"),
        }
    }
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the same run as {}, {}", self.kept, self.why)
    }
}

/// Keeps one recording of each run, the richest; the order by start is kept.
///
/// `recordings` must be sorted by start.
pub fn without_duplicates(recordings: Vec<Recording>) -> (Vec<Recording>, Vec<Duplicate>) {
    let mut kept: Vec<Recording> = Vec::with_capacity(recordings.len());
    let mut duplicates = Vec::new();
    for recording in recordings {
        match kept.iter_mut().rev().take(NEIGHBOURS).find(|other| is_same(other, &recording)) {
            Some(other) => {
                let (left, why) = match richer(&other.digest, &recording.digest) {
                    Ok(why) => (recording, why),
                    Err(why) => (std::mem::replace(other, recording), why),
                };
                duplicates.push(Duplicate { file: left.file, kept: other.file.clone(), why });
            }
            None => kept.push(recording),
        }
    }
    kept.sort_by_key(|r| r.digest.start_ms);
    // A recording may have been outdone by a still richer one: name the one that stands in the end.
    for i in (0..duplicates.len()).rev() {
        let last = |file: &str| duplicates.iter().find(|d: &&Duplicate| d.file == file).map(|d| d.kept.clone());
        if let Some(standing) = last(&duplicates[i].kept) {
            duplicates[i].kept = standing;
        }
    }
    (kept, duplicates)
}

/// More recordings than these cannot overlap with another one and yet not be the same run.
const NEIGHBOURS: usize = 16;

/// Recordings of one sport that overlap in time and agree in distance, or start and last alike.
fn is_same(a: &Recording, b: &Recording) -> bool {
    let (x, y) = (&a.digest, &b.digest);
    let alike = |p: f64, q: f64, tolerance: f64| (p - q).abs() <= tolerance * p.max(q);
    let starts_alike = (x.start_ms - y.start_ms).abs() <= SAME_START_MS;
    let overlap_s = (a.end_ms().min(b.end_ms()) - x.start_ms.max(y.start_ms)) as f64 / 1000.0;
    let overlaps = overlap_s > 0.0 && overlap_s >= SAME_TIME * x.elapsed_s.min(y.elapsed_s);
    a.is_run() == b.is_run()
        && ((starts_alike && alike(x.elapsed_s, y.elapsed_s, SAME_DURATION))
            || (overlaps && alike(x.distance_m, y.distance_m, SAME_DISTANCE)))
}

/// `Ok` where the first is at least as rich, `Err` where the second is richer, with the reason.
fn richer(first: &Digest, second: &Digest) -> Result<Why, Why> {
    for ((channel, has), (_, other_has)) in channels(first).into_iter().zip(channels(second)) {
        match (has, other_has) {
            (true, false) => return Ok(Why::Has(channel)),
            (false, true) => return Err(Why::Has(channel)),
            _ => {}
        }
    }
    let beats = |digest: &Digest| digest.trace.seconds().filter(|s| s.heart_rate_bpm.is_some()).count() as f64;
    let (beats, other_beats) = (beats(first), beats(second));
    if (beats - other_beats).abs() > SAME_DURATION * beats.max(other_beats) {
        return if beats > other_beats { Ok(Why::MoreHeartRate) } else { Err(Why::MoreHeartRate) };
    }
    match (first.device.is_some(), second.device.is_some()) {
        (true, false) => Ok(Why::FromDevice),
        (false, true) => Err(Why::FromDevice),
        _ => Ok(Why::First),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Format, Sample, Sport};
    use crate::digest;
    use jiff::tz::TimeZone;

    /// A run at 3 m/s along a meridian, with or without a heart rate.
    fn run(file: &str, start_s: i64, seconds: i64, bpm: Option<f64>) -> Recording {
        let mut activity = Activity::new(Format::Gpx);
        activity.sport = Sport::Running;
        activity.samples = (0..=seconds)
            .map(|s| Sample {
                time_ms: (start_s + s) * 1000,
                position: Some((47.0 + s as f64 * 2.7e-5, 15.0)),
                heart_rate_bpm: bpm.map(|b| b + (s % 3) as f64),
                ..Sample::default()
            })
            .collect();
        Recording::new(file.into(), digest::digest(&activity).expect("a digest"), &TimeZone::UTC).expect("a date")
    }

    fn left_out(mut recordings: Vec<Recording>) -> Vec<String> {
        recordings.sort_by_key(|r| r.digest.start_ms);
        without_duplicates(recordings).1.iter().map(|d| format!("{}: {d}", d.file)).collect()
    }

    const T: i64 = 1_770_000_000;

    #[test]
    fn the_richer_recording_stands_for_both() {
        let two = vec![run("bare", T, 1800, None), run("full", T + 20, 1790, Some(140.0))];
        assert_eq!(left_out(two), ["bare: the same run as full, which has heart rate"]);
    }

    #[test]
    fn overlap_and_distance_tell_where_starts_differ() {
        let late = vec![run("watch", T, 1800, Some(140.0)), run("phone", T + 150, 1650, None)];
        assert_eq!(left_out(late).len(), 1);
        let half = vec![run("whole", T, 3600, Some(140.0)), run("half", T + 100, 1500, None)];
        assert_eq!(left_out(half), Vec::<String>::new());
    }

    #[test]
    fn runs_minutes_apart_stay_two() {
        let two = vec![run("first", T, 1200, Some(140.0)), run("second", T + 1320, 1200, Some(140.0))];
        assert_eq!(left_out(two), Vec::<String>::new());
    }

    #[test]
    fn three_of_one_run_name_the_one_that_stands() {
        let three = vec![run("a", T, 1800, None), run("b", T + 5, 1800, None), run("c", T + 9, 1800, Some(140.0))];
        let out = left_out(three);
        assert_eq!(out.len(), 2);
        assert!(out.iter().all(|line| line.contains("as c,")), "{out:?}");
    }
}
