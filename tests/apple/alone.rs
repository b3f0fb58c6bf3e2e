//! Workouts without a route: by heart rate and distance.

use super::made::*;
use super::{alone, assert_near, coverage, mean_bpm};
use freshlegs::activity::{ReadNote, Sport, SubSport};
use freshlegs::digest::DistanceSource;

const SECONDS: i64 = 1200;

/// Distance and steps as a watch measures them, every few seconds.
fn moved(source: &str, step_s: i64, factor: f64) -> String {
    let at = |i: i64| START + i * step_s;
    let span = |i: i64| step_s.min(SECONDS - i * step_s);
    (0..SECONDS / step_s)
        .flat_map(|i| {
            let seconds = span(i) as f64;
            [
                record("DistanceWalkingRunning", "km", source, at(i), span(i), factor * SPEED_MPS * seconds / 1000.0),
                record("StepCount", "count", source, at(i), span(i), (168.0 / 60.0 * seconds).round()),
            ]
        })
        .collect()
}

#[test]
fn a_treadmill_run_by_what_the_watch_measured() {
    let inside = [metadata("HKIndoorWorkout", "1"), metadata("HKTimeZone", "Europe/Berlin"), distance(3.36)].concat();
    let run = workout("Running", START, SECONDS, 20.0, &inside);
    let phone = moved("Ann’s iPhone", 60, 0.9);
    let found = alone(&[moved("Ann’s Watch", 5, 1.0), phone, heart_rates(START, SECONDS, 144.0), run].concat());
    let [run] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((run.sport, run.sub_sport), (Sport::Running, SubSport::IndoorRunning));
    assert_eq!((run.timer_s, run.pace_reliable, run.distance_source), (1200.0, false, DistanceSource::Device));
    assert_near(run.distance_m, 3360.0, 5.0);
    assert_near(mean_bpm(run), 144.0, 0.5);
    let cadence: Vec<f64> = run.trace.seconds().filter_map(|s| s.cadence_spm).collect();
    assert!(cadence.len() > 1100 && cadence.iter().all(|spm| (164.0..172.0).contains(spm)), "{cadence:?}");
    assert!(run.best_5min_mps.is_some_and(|mps| (mps - SPEED_MPS).abs() < 0.02));
    assert!(run.read_notes.is_empty() && run.utc_offset.is_some_and(|o| o.seconds == 3600));
}

#[test]
fn a_distance_that_is_known_for_the_whole_only() {
    let run = workout("Running", START, SECONDS, 20.0, &distance(3.36));
    // Records of a phone in a pocket that saw half of it.
    let found = alone(&[moved("Ann’s iPhone", 30, 0.5), heart_rates(START, SECONDS, 144.0), run].concat());
    assert_eq!((found[0].distance_m, found[0].distance_source), (3360.0, DistanceSource::Total));
    assert_near(coverage(&found[0]), 1.0, 0.01);
}

#[test]
fn a_summary_stands_for_what_was_not_measured() {
    let old = format!(
        " <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"0.5\" durationUnit=\"hr\" \
         totalDistance=\"3.1\" totalDistanceUnit=\"mi\" sourceName=\"Some App\" startDate=\"{}\" endDate=\"{}\"/>\n",
        date(START),
        date(START + 1800)
    );
    let found = alone(&old);
    assert_eq!((found[0].timer_s, found[0].device.as_deref()), (1800.0, Some("Some App")));
    assert_near(found[0].distance_m, 4989.0, 1.0);
    assert_eq!(found[0].read_notes, [ReadNote::SummaryOnly]);
    let statistics =
        "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"131\" maximum=\"151\"/>\n";
    let found = alone(&workout("Yoga", START, 3600, 60.0, statistics));
    assert_eq!((found[0].sport, found[0].timer_s), (Sport::Other, 3600.0));
    assert_near(mean_bpm(&found[0]), 131.0, 0.5);
}

#[test]
fn pauses_count_as_the_duration_says() {
    let events = |automatic: bool| {
        let (stop, start) = if automatic { ("MotionPaused", "MotionResumed") } else { ("Pause", "Resume") };
        [event(stop, START + 300), event(start, START + 420), event("Segment", START + 500)].concat()
    };
    let timer_s = |minutes: f64, automatic: bool| {
        let run = workout("Running", START, SECONDS, minutes, &events(automatic));
        alone(&[moved("Ann’s Watch", 5, 1.0), heart_rates(START, SECONDS, 144.0), run].concat())[0].timer_s
    };
    assert_eq!(timer_s(18.0, false), 1080.0);
    assert_eq!(timer_s(18.0, true), 1080.0);
    // Standing was noticed, and counted all the same.
    assert_eq!(timer_s(20.0, true), 1200.0);
}

#[test]
fn sports_by_their_kinds() {
    let of = |kind: &str| {
        let found = alone(&[heart_rates(START, SECONDS, 130.0), workout(kind, START, SECONDS, 20.0, "")].concat());
        found[0].sport
    };
    for (kind, sport) in [
        ("Running", Sport::Running),
        ("Walking", Sport::Walking),
        ("Hiking", Sport::Walking),
        ("Cycling", Sport::Cycling),
        ("Swimming", Sport::Swimming),
        ("HighIntensityIntervalTraining", Sport::Other),
        ("WheelchairRunPace", Sport::Other),
        ("SwimBikeRun", Sport::Other),
        ("Other", Sport::Other),
    ] {
        assert_eq!(of(kind), sport, "{kind}");
    }
}

#[test]
fn an_export_without_workouts_is_skipped_and_one_without_times_too() {
    assert!(alone(&heart_rates(START, 600, 60.0)).is_empty());
    assert!(alone(" <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\"/>\n").is_empty());
}
