//! The same run recorded twice counts once (methods §1.8).
//!
//! Recordings that overlap in time are compared each with each (`same`), the longest first, so that a whole takes the
//! place of all its parts; of two, the `choice` stays and is given what only the other knows. Copies whose clock is hours
//! off are found last (`shifted`).

mod same;
mod choice;
mod shifted;

use crate::activity::Format;
use crate::recording::{Origin, Recording};
use crate::shown::FileName;
use jiff::civil::Date;
use same::{is_same, overlap_s};
use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

/// A recording left out, and the one that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub origin: Origin,
    pub date: Date,
    pub file: FileName,
    /// The file of the one that stands for it.
    pub kept: FileName,
    pub is_run: bool,
    pub why: ChoiceReason,
}

/// Why the one was kept and not the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceReason {
    /// It goes on while the other had not begun or was over.
    Longer,
    /// It has a channel that the other lacks.
    Has(&'static str),
    /// It has the same channels and more seconds of heart rate.
    MoreHeartRate,
    /// It has the same channels, and more samples of them.
    SampledMoreOften,
    /// It comes from the device itself rather than from an export.
    FromDevice,
    /// It is in the format that tells more.
    Format(Format),
    /// Neither has more than the other; it comes first by name.
    First,
    /// The other is the same second by second, with a clock so many minutes off.
    Shifted { minutes: i64 },
}

impl fmt::Display for ChoiceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChoiceReason::Longer => f.write_str("which covers more time"),
            ChoiceReason::Has(channel) => write!(f, "which has {channel}"),
            ChoiceReason::MoreHeartRate => f.write_str("which has more heart rate"),
            ChoiceReason::SampledMoreOften => f.write_str("which was sampled more often"),
            ChoiceReason::FromDevice => f.write_str("which comes from the watch itself"),
            ChoiceReason::Format(Format::Fit) => f.write_str("which is the FIT file"),
            ChoiceReason::Format(Format::Tcx) => f.write_str("which is the TCX file"),
            ChoiceReason::Format(Format::Gpx) => f.write_str("which is the GPX file"),
            ChoiceReason::Format(Format::Kml) => f.write_str("which is the KML file"),
            ChoiceReason::Format(Format::AppleHealth) => {
                f.write_str("which comes from Apple Health with its measurements")
            }
            ChoiceReason::Format(Format::Polar) => f.write_str("which comes from Polar's archive"),
            ChoiceReason::First => f.write_str("which has the same data"),
            ChoiceReason::Shifted { minutes } => {
                let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
                write!(f, "second by second, with the clocks {hours}:{minutes:02} h apart")
            }
        }
    }
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_run { "run" } else { "activity" };
        write!(f, "the same {what} as {}, {}", self.kept, self.why)
    }
}

/// Keeps one recording of each run, the richest, which is given the name, sport and feeling that only another one tells.
///
/// What is kept is sorted by start, and is the same in whatever order the recordings come.
pub fn without_duplicates(mut recordings: Vec<Recording>) -> (Vec<Recording>, Vec<Duplicate>) {
    recordings.sort_by(|a, b| (a.digest.start_ms, &a.file).cmp(&(b.digest.start_ms, &b.file)));
    let mut left = Left { by_id: recordings.iter().map(|_| None).collect() };
    let mut kept = Vec::with_capacity(recordings.len());
    for group in overlapping(recordings) {
        kept.extend(left.one_of_each(group));
    }
    kept.sort_by_key(|held| (held.recording.digest.start_ms, held.id));
    let kept = left.without_shifted(kept);
    let duplicates = left.duplicates(&kept);
    (kept.into_iter().map(|held| held.recording).collect(), duplicates)
}

/// A recording with its place by start and name.
struct Placed {
    id: usize,
    recording: Recording,
}

/// Groups such that no recording overlaps with one of another group.
fn overlapping(recordings: Vec<Recording>) -> Vec<Vec<Placed>> {
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    let mut end_ms = i64::MIN;
    for (id, recording) in recordings.into_iter().enumerate() {
        let (begins, ends) = (recording.digest.start_ms, recording.end_ms());
        let held = Placed { id, recording };
        match groups.last_mut().filter(|_| begins < end_ms) {
            Some(group) => group.push(held),
            None => groups.push(vec![held]),
        }
        end_ms = end_ms.max(ends);
    }
    groups
}

/// A recording that another one stands for.
struct Dropped {
    recording: Recording,
    by: usize,
    why: ChoiceReason,
}

/// What was left out so far; a recording may have been outdone by one that is outdone itself.
struct Left {
    by_id: Vec<Option<Dropped>>,
}

impl Left {
    /// The longest first: a whole meets its parts, and stands for all of them.
    fn one_of_each(&mut self, mut group: Vec<Placed>) -> Vec<Placed> {
        let length = |held: &Placed| held.recording.digest.elapsed_s;
        group.sort_by(|a, b| length(b).total_cmp(&length(a)).then(a.id.cmp(&b.id)));
        let mut kept: Vec<Placed> = Vec::with_capacity(group.len());
        for mut held in group {
            // What stands in the end may be the same as yet another one, having more time or a sport now.
            while let Some(i) = nearest(&kept, &held) {
                let other = kept.swap_remove(i);
                held = self.choose(other, held, None);
            }
            kept.push(held);
        }
        kept
    }

    fn without_shifted(&mut self, kept: Vec<Placed>) -> Vec<Placed> {
        let starts: Vec<i64> = kept.iter().map(|held| held.recording.digest.start_ms).collect();
        let mut kept: Vec<Option<Placed>> = kept.into_iter().map(Some).collect();
        for (i, start_ms) in starts.iter().enumerate() {
            for j in i + 1..starts.partition_point(|other| other - start_ms <= shifted::LONGEST_MS) {
                let (Some(one), Some(other)) = (&kept[i], &kept[j]) else { continue };
                let Some(minutes) = shifted::shift_min(&one.recording, &other.recording) else { continue };
                let (id, pair) = (one.id, (kept[i].take(), kept[j].take()));
                if let (Some(one), Some(other)) = pair {
                    let stays = self.choose(one, other, Some(ChoiceReason::Shifted { minutes }));
                    let place = if stays.id == id { i } else { j };
                    kept[place] = Some(stays);
                }
            }
        }
        kept.into_iter().flatten().collect()
    }

    /// The one that stays, with what only the other knew.
    fn choose(&mut self, one: Placed, other: Placed, known: Option<ChoiceReason>) -> Placed {
        let (mut stays, leaves, why) = match choice::chosen(&one.recording, &other.recording) {
            Ok(why) => (one, other, why),
            Err(why) => (other, one, why),
        };
        choice::fill(Arc::make_mut(&mut stays.recording.digest), &leaves.recording.digest);
        let why = known.unwrap_or(why);
        self.by_id[leaves.id] = Some(Dropped { recording: leaves.recording, by: stays.id, why });
        stays
    }

    /// What was left out, by start, each with the one that stands in the end.
    fn duplicates(&self, kept: &[Placed]) -> Vec<Duplicate> {
        let mut standing: Vec<Option<&Recording>> = vec![None; self.by_id.len()];
        for held in kept {
            standing[held.id] = Some(&held.recording);
        }
        let duplicate = |dropped: &Dropped| {
            let (mut by, mut why) = (dropped.by, dropped.why);
            let mut shift = Some(why).filter(|why| matches!(why, ChoiceReason::Shifted { .. }));
            while let Some(next) = &self.by_id[by] {
                by = next.by;
                shift = shift.or(Some(next.why).filter(|why| matches!(why, ChoiceReason::Shifted { .. })));
            }
            let stands = standing[by]?;
            if by != dropped.by {
                why = choice::chosen(stands, &dropped.recording).unwrap_or(why);
            }
            Some(Duplicate {
                origin: dropped.recording.origin,
                date: dropped.recording.date(),
                file: dropped.recording.file.clone(),
                kept: stands.file.clone(),
                is_run: stands.is_run(),
                why: shift.unwrap_or(why),
            })
        };
        self.by_id.iter().flatten().filter_map(duplicate).collect()
    }
}

/// Which of those kept is the same, and of several the one most at the same time.
fn nearest(kept: &[Placed], held: &Placed) -> Option<usize> {
    let recording = &held.recording;
    let same = kept.iter().enumerate().filter(|(_, other)| is_same(&other.recording, recording));
    let nearest = same.min_by_key(|(_, other)| {
        let apart_m = (other.recording.digest.distance_m - recording.digest.distance_m).abs();
        (Reverse(overlap_s(&other.recording, recording) as u64), apart_m as u64, other.id)
    });
    nearest.map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Sample, Sport, SubSport};
    use crate::digest;
    use jiff::tz::TimeZone;

    /// A run at some 3 m/s along a meridian, never quite even, with or without a heart rate.
    fn activity(start_s: i64, seconds: i64, bpm: Option<f64>) -> Activity {
        let mut activity = Activity::new(Format::Gpx);
        activity.sport = Sport::Running;
        let wave = |s: i64, period: f64| (s as f64 / period).sin();
        activity.samples = (0..=seconds)
            .map(|s| Sample {
                time_ms: (start_s + s) * 1000,
                position: Some((47.0 + (s as f64 + 15.0 * wave(s, 30.0)) * 2.7e-5, 15.0)),
                heart_rate_bpm: bpm.map(|b| b + 12.0 * wave(s, 37.0)),
                ..Sample::default()
            })
            .collect();
        activity
    }

    fn recorded(file: &str, activity: &Activity) -> Recording {
        Recording::new(file.into(), digest::digest(activity).expect("a digest"), &TimeZone::UTC).expect("a date")
    }

    fn run(file: &str, start_s: i64, seconds: i64, bpm: Option<f64>) -> Recording {
        recorded(file, &activity(start_s, seconds, bpm))
    }

    fn of_sport(sport: Sport, mut recording: Recording) -> Recording {
        Arc::make_mut(&mut recording.digest).sport = sport;
        recording
    }

    fn far(metres: f64, mut recording: Recording) -> Recording {
        Arc::make_mut(&mut recording.digest).distance_m = metres;
        recording
    }

    fn named(name: &str, mut recording: Recording) -> Recording {
        Arc::make_mut(&mut recording.digest).name = Some(name.into());
        recording
    }

    fn in_format(format: Format, device: Option<&str>, mut recording: Recording) -> Recording {
        let digest = Arc::make_mut(&mut recording.digest);
        (digest.format, digest.device) = (format, device.map(Into::into));
        recording
    }

    /// What is kept and what is said of the others, the same in every order.
    fn outcome(recordings: Vec<Recording>) -> (Vec<Recording>, Vec<String>) {
        let of = |recordings: Vec<Recording>| {
            let (kept, duplicates) = without_duplicates(recordings);
            (kept, duplicates.iter().map(|d| format!("{}: {d}", d.file)).collect::<Vec<_>>())
        };
        let first = of(recordings.clone());
        for turn in 0..recordings.len() {
            let mut others = recordings.clone();
            others.rotate_left(turn);
            assert_eq!(of(others.clone()), first);
            others.reverse();
            assert_eq!(of(others), first);
        }
        first
    }

    fn left_out(recordings: Vec<Recording>) -> Vec<String> {
        outcome(recordings).1
    }

    fn kept(recordings: Vec<Recording>) -> Vec<String> {
        outcome(recordings).0.into_iter().map(|r| r.file.into()).collect()
    }

    const T: i64 = 1_770_000_000;
    const NONE: [&str; 0] = [];

    #[test]
    fn the_richer_recording_stands_for_both() {
        let two = vec![run("bare", T, 1800, None), run("full", T + 20, 1790, Some(140.0))];
        assert_eq!(left_out(two), ["bare: the same run as full, which has heart rate"]);
    }

    #[test]
    fn of_two_alike_the_one_sampled_more_often_stands() {
        let mut sparse = activity(T, 1800, Some(140.0));
        sparse.samples = sparse.samples.into_iter().step_by(8).collect();
        let two = vec![recorded("a", &sparse), run("b", T, 1800, Some(140.0))];
        assert_eq!(left_out(two), ["a: the same run as b, which was sampled more often"]);
    }

    #[test]
    fn overlap_tells_whatever_start_and_distance_say() {
        let late = vec![run("watch", T, 1800, Some(140.0)), run("phone", T + 150, 1650, None)];
        assert_eq!(kept(late), ["watch"]);
        let treadmill = vec![run("watch", T, 1800, Some(140.0)), far(9000.0, run("game", T + 100, 1700, None))];
        assert_eq!(kept(treadmill), ["watch"]);
    }

    #[test]
    fn what_went_on_stands_for_what_died() {
        let died = vec![run("watch", T, 1500, Some(140.0)), run("phone", T - 100, 3600, None)];
        assert_eq!(left_out(died), ["watch: the same run as phone, which covers more time"]);
        // A phone that lay on a table for an hour after the run has no more of it.
        let mut forgotten = run("phone", T - 100, 5400, None);
        Arc::make_mut(&mut forgotten.digest).moving_s = 1600.0;
        assert_eq!(kept(vec![forgotten, run("watch", T, 1500, Some(140.0))]), ["watch"]);
    }

    #[test]
    fn a_whole_stands_for_all_its_parts() {
        let parts = || vec![run("1", T, 1200, Some(140.0)), run("2", T + 1260, 1100, Some(140.0))];
        assert_eq!(kept(parts()), ["1", "2"]);
        let mut all = parts();
        all.push(run("whole", T, 2400, Some(140.0)));
        assert_eq!(kept(all), ["whole"]);
    }

    #[test]
    fn runs_minutes_apart_stay_two() {
        let two = vec![run("first", T, 1200, Some(140.0)), run("second", T + 1320, 1200, Some(140.0))];
        assert_eq!(left_out(two), NONE);
        let short = vec![run("first", T, 40, None), run("second", T + 50, 40, None)];
        assert_eq!(left_out(short), NONE);
    }

    #[test]
    fn a_run_in_the_pause_of_another_is_its_own() {
        let mut paused = activity(T, 4000, None);
        paused.samples.retain(|s| !(601_000..3_400_000).contains(&(s.time_ms - T * 1000)));
        assert_eq!(left_out(vec![recorded("paused", &paused), run("within", T + 700, 2500, None)]), NONE);
    }

    #[test]
    fn parts_of_one_file_are_parts() {
        let legs = vec![run("tri", T, 40, None), run("tri", T + 15, 40, None), run("tri", T + 50, 400, None)];
        assert_eq!(left_out(legs), NONE);
        let copies = vec![run("twice", T, 400, None), run("twice", T + 2, 400, None)];
        assert_eq!(left_out(copies), ["twice: the same run as twice, which has the same data"]);
    }

    #[test]
    fn a_copy_without_a_sport_takes_the_named_one() {
        let ride = of_sport(Sport::Cycling, run("ride", T, 1800, None));
        let copy = || of_sport(Sport::Unknown, run("copy", T + 3, 1800, Some(120.0)));
        let (stays, out) = outcome(vec![ride.clone(), copy()]);
        assert_eq!(out, ["ride: the same activity as copy, which has heart rate"]);
        assert_eq!(stays[0].sport(), Sport::Cycling);
        assert_eq!(kept(vec![ride.clone(), far(9000.0, copy())]), ["ride", "copy"]);
        let beside = of_sport(Sport::Running, run("run", T, 1800, Some(120.0)));
        assert_eq!(kept(vec![ride, beside]), ["ride", "run"]);
    }

    #[test]
    fn what_only_the_other_tells_is_kept() {
        let mut told = named("Parkrun", run("told", T, 1800, None));
        let known = Arc::make_mut(&mut told.digest);
        (known.watch.rpe, known.watch.feel) = (Some(7.0), Some(50.0));
        known.device = Some("a watch".into());
        known.sub_sport = SubSport::Trail;
        let full = of_sport(Sport::Unknown, run("full", T, 1800, Some(150.0)));
        let own = named("Morning", run("own", T + 1, 1800, None));
        let (stays, _) = outcome(vec![full, told, own]);
        let digest = &stays[0].digest;
        assert_eq!((stays.len(), stays[0].file.as_str(), digest.sub_sport), (1, "full", SubSport::Trail));
        assert_eq!((digest.name.as_deref(), digest.device.as_deref()), (Some("Parkrun"), Some("a watch")));
        assert_eq!((digest.watch.rpe, digest.watch.feel), (Some(7.0), Some(50.0)));
    }

    #[test]
    fn the_nearest_to_the_device_stands_among_equals() {
        let of = |file, format, device| in_format(format, device, run(file, T, 1800, Some(140.0)));
        let gpx = of("a", Format::Gpx, Some("StravaGPX"));
        let tcx = of("b", Format::Tcx, None);
        let fit = of("c", Format::Fit, None);
        let own = of("d", Format::Fit, Some("Garmin fenix6"));
        let two = |one: &Recording, other: &Recording| left_out(vec![one.clone(), other.clone()]);
        assert_eq!(two(&gpx, &tcx), ["a: the same run as b, which is the TCX file"]);
        assert_eq!(two(&gpx, &fit), ["a: the same run as c, which is the FIT file"]);
        assert_eq!(two(&own, &fit), ["c: the same run as d, which comes from the watch itself"]);
        assert_eq!(two(&gpx, &of("z", Format::Gpx, None)), ["z: the same run as a, which has the same data"]);
    }

    #[test]
    fn three_of_one_run_name_the_one_that_stands() {
        let three = vec![run("a", T, 1800, None), run("b", T + 5, 1800, None), run("c", T + 9, 1800, Some(140.0))];
        assert_eq!(
            left_out(three),
            ["a: the same run as c, which has heart rate", "b: the same run as c, which has heart rate"]
        );
    }

    #[test]
    fn a_copy_in_local_time_is_found() {
        let own = |bpm| in_format(Format::Fit, Some("a watch"), run("own", T, 1800, bpm));
        let told = "second by second, with the clocks 5:45 h apart";
        for bpm in [Some(140.0), None] {
            let copy = run("copy", T + 20_700 - 2, 1800, bpm);
            let late = run("again", T + 20_700, 1800, bpm);
            let lines = ["copy: the same run as own, ", "again: the same run as own, "].map(|l| format!("{l}{told}"));
            assert_eq!(left_out(vec![own(bpm), copy.clone()])[..], lines[..1]);
            assert_eq!(left_out(vec![own(bpm), copy, late])[..], lines);
        }
    }

    #[test]
    fn another_run_hours_later_is_another_run() {
        let hours = 7200;
        let other_heart = run("evening", T + hours, 1800, Some(147.0));
        assert_eq!(left_out(vec![run("morning", T, 1800, Some(140.0)), other_heart]), NONE);
        // Where all seconds are alike, and where a treadmill set the speed, agreeing proves nothing.
        let even = |file, start_s| {
            let mut activity = activity(start_s, 1800, None);
            for (i, sample) in activity.samples.iter_mut().enumerate() {
                sample.position = Some((47.0 + i as f64 * 2.7e-5, 15.0));
            }
            recorded(file, &activity)
        };
        let indoors = |file, start_s| {
            let mut recording = run(file, start_s, 1800, None);
            Arc::make_mut(&mut recording.digest).pace_reliable = false;
            recording
        };
        assert_eq!(left_out(vec![indoors("morning", T), indoors("evening", T + hours)]), NONE);
        assert_eq!(left_out(vec![even("morning", T), even("evening", T + hours)]), NONE);
        assert_eq!(left_out(vec![run("a", T, 1800, Some(140.0)), run("b", T + hours + 300, 1800, Some(140.0))]), NONE);
    }
}
