//! Small made-up runs with a known digest.

use freshlegs::activity::{Activity, Format, ReadNote, Sample, Sport, SubSport, TimerEvent};
use freshlegs::digest::{CleanNote, Digest, DistanceSource, Second, digest};

const START_MS: i64 = 1_714_500_000_000;

/// Running at 3 m/s, 150 bpm and 170 steps a minute, one sample a second, both ends included.
fn steady(seconds: i64) -> Activity {
    let sample = |i: i64| Sample {
        time_ms: START_MS + i * 1000,
        position: Some((46.0 + i as f64 * 2.697_96e-5, 7.0)),
        altitude_m: Some(400.0),
        distance_m: Some(3.0 * i as f64),
        // Never quite the same, or it would be a dead strap.
        heart_rate_bpm: Some(150.0 + f64::from(i as i32 / 60 % 2)),
        cadence_spm: Some(170.0),
        ..Sample::default()
    };
    Activity { sport: Sport::Running, samples: (0..=seconds).map(sample).collect(), ..Activity::new(Format::Fit) }
}

fn timer(list: &[(i64, bool)]) -> Vec<TimerEvent> {
    list.iter().map(|&(s, running)| TimerEvent { time_ms: START_MS + s * 1000, running }).collect()
}

fn digested(activity: &Activity) -> Digest {
    digest(activity).expect("a run")
}

fn second(digest: &Digest, i: usize) -> Second {
    digest.trace.seconds().nth(i).expect("a second")
}

fn near(actual: Option<f64>, expected: f64) -> bool {
    actual.is_some_and(|v| (v - expected).abs() < 1e-6 * expected)
}

#[test]
fn a_steady_run_is_what_it_is() {
    let run = digested(&steady(3600));
    assert_eq!((run.elapsed_s, run.timer_s, run.moving_s, run.running_s), (3600.0, 3600.0, 3600.0, 3600.0));
    assert_eq!((run.distance_m, run.distance_source), (10_800.0, DistanceSource::Device));
    assert_eq!((run.ascent_m, run.descent_m), (Some(0.0), Some(0.0)));
    assert!(near(run.ngp_mps, 3.0));
    assert!(run.best_gap_mps.iter().all(|v| near(*v, 3.0)), "{:?}", run.best_gap_mps);
    let expected = [400.0, 800.0, 1500.0, 3000.0, 5000.0].map(|m| m / 3.0);
    assert!(run.best_effort_s.iter().zip(expected).all(|(t, e)| near(*t, e)), "{:?}", run.best_effort_s);
    assert!(near(run.best_heart_rate_bpm[3], 150.5) && near(run.lowest_heart_rate_bpm, 150.0));
    assert_eq!(run.windows.len(), 11);
    assert!(run.decoupling.is_some_and(|d| d.abs() < 1e-3));
    assert_eq!(run.utc_offset.map(|o| o.seconds), Some(7200));
    assert!(run.pace_reliable && run.notes.is_empty(), "{:?}", run.notes);
}

#[test]
fn nothing_or_a_single_point_is_no_run() {
    assert_eq!(digest(&steady(-1)), None);
    assert_eq!(digest(&steady(0)), None);
    let mut same = steady(1);
    same.samples[1].time_ms = START_MS;
    assert_eq!(digest(&same), None);
    assert_eq!(digested(&steady(1)).timer_s, 1.0);
}

#[test]
fn a_run_without_heart_rate_has_none() {
    for nothing in [None, Some(0.0), Some(255.0)] {
        let mut activity = steady(3600);
        activity.samples.iter_mut().for_each(|s| s.heart_rate_bpm = nothing);
        let run = digested(&activity);
        assert!(run.trace.seconds().all(|s| s.heart_rate_bpm.is_none()));
        assert_eq!((run.lowest_heart_rate_bpm, run.decoupling, run.windows.len()), (None, None, 0));
        assert_eq!(run.best_heart_rate_bpm, [None; 4]);
    }
}

#[test]
fn a_pause_is_neither_time_nor_effort() {
    let mut activity = steady(2400);
    activity.timer = timer(&[(0, true), (900, false), (1500, true), (2400, false)]);
    let run = digested(&activity);
    assert_eq!((run.elapsed_s, run.timer_s, run.moving_s), (2400.0, 1800.0, 1800.0));
    assert_eq!(run.trace.spans, [(0, 900), (1500, 900)]);
    // No twenty minutes without the pause.
    assert_eq!(run.best_gap_mps[1], None);
}

#[test]
fn a_clock_that_jumps_back_does_not_make_a_shorter_run() {
    let mut activity = steady(1800);
    activity.samples.iter_mut().skip(900).for_each(|s| s.time_ms -= 86_400_000 * 365);
    let run = digested(&activity);
    assert_eq!((run.timer_s, run.elapsed_s), (1800.0, 1800.0));
    assert_eq!(run.distance_m, 5400.0);
    assert!(matches!(run.notes[..], [CleanNote::ClockJumpedBack { .. }]), "{:?}", run.notes);
}

#[test]
fn a_forgotten_watch_costs_its_span_only() {
    let mut activity = steady(1800);
    let last = activity.samples[1800];
    activity.samples.extend((1..=3).map(|day| Sample { time_ms: last.time_ms + day * 86_000_000, ..last }));
    let run = digested(&activity);
    assert_eq!(run.timer_s, 1800.0);
    assert_eq!(run.trace.len(), 1800);
    assert_eq!(run.elapsed_s, 1800.0);
}

#[test]
fn a_loss_of_records_with_the_timer_on_keeps_time_and_distance() {
    let mut activity = steady(1800);
    activity.timer = timer(&[(0, true), (1800, false)]);
    activity.samples.drain(600..900);
    let run = digested(&activity);
    assert_eq!((run.timer_s, run.distance_m), (1800.0, 5400.0));
    assert!(run.notes.contains(&CleanNote::Gaps { seconds: 301.0 }), "{:?}", run.notes);
    assert!((600..899).all(|i| second(&run, i).heart_rate_bpm.is_none() && !second(&run, i).moving));
}

#[test]
fn satellites_lost_for_a_minute_are_no_stop() {
    let mut activity = steady(600);
    activity.samples.drain(200..260);
    let run = digested(&activity);
    assert_eq!((run.timer_s, run.moving_s), (600.0, 600.0));
    assert!((200..259).all(|i| second(&run, i).heart_rate_bpm.is_none()));
}

#[test]
fn smart_recording_gives_the_same_run() {
    let mut activity = steady(3600);
    let mut i = 0;
    activity.samples.retain(|_| {
        i += 1;
        i % 7 == 1 || i == 3601
    });
    let run = digested(&activity);
    assert_eq!((run.timer_s, run.running_s, run.distance_m), (3600.0, 3600.0, 10_800.0));
    assert!(near(run.ngp_mps, 3.0) && near(run.best_gap_mps[4], 3.0));
}

#[test]
fn indoors_the_ground_is_flat_and_the_pace_unproven() {
    let mut activity = steady(600);
    activity.sub_sport = SubSport::Treadmill;
    activity.samples.iter_mut().for_each(|s| s.altitude_m = Some(400.0 + (s.time_ms - START_MS) as f64 * 1e-4));
    let run = digested(&activity);
    assert!(!run.pace_reliable && near(run.ngp_mps, 3.0));
    assert_eq!((run.ascent_m, run.descent_m), (None, None));
    let outdoors = digested(&Activity { sub_sport: SubSport::Generic, ..activity });
    assert!(outdoors.ngp_mps.is_some_and(|v| v > 3.2) && outdoors.ascent_m.is_some_and(|m| m > 50.0));
}

#[test]
fn one_legs_steps_are_doubled_and_a_walk_stays_a_walk() {
    let mut one_leg = Activity { format: Format::Tcx, ..steady(600) };
    one_leg.samples.iter_mut().for_each(|s| s.cadence_spm = Some(85.0));
    let run = digested(&one_leg);
    assert_eq!((run.running_s, second(&run, 5).cadence_spm), (600.0, Some(170.0)));
    assert_eq!(run.notes, [CleanNote::SingleLegCadence]);
    let mut walk = steady(600);
    walk.samples.iter_mut().for_each(|s| (s.cadence_spm, s.distance_m) = (Some(105.0), s.distance_m.map(|m| m / 2.2)));
    let walk = digested(&walk);
    assert_eq!((walk.moving_s, walk.running_s), (600.0, 0.0));
    // Those of FIT were made both feet's on reading.
    one_leg.format = Format::Fit;
    assert_eq!(second(&digested(&one_leg), 5).cadence_spm, Some(85.0));
}

#[test]
fn the_means_of_a_summary_give_a_load_and_no_best_effort() {
    let mut activity = Activity { notes: vec![ReadNote::SummaryOnly], ..steady(3000) };
    activity.samples.iter_mut().for_each(|s| {
        *s = Sample { time_ms: s.time_ms, distance_m: s.distance_m, heart_rate_bpm: Some(131.0), ..Sample::default() };
    });
    activity.samples = activity.samples.into_iter().step_by(20).collect();
    let run = digested(&activity);
    assert_eq!((run.timer_s, run.moving_s, run.distance_m), (3000.0, 3000.0, 9000.0));
    assert!(run.trace.seconds().all(|second| second.heart_rate_bpm == Some(131.0)));
    assert_eq!((run.best_heart_rate_bpm, run.best_gap_mps, run.windows.len()), ([None; 4], [None; 5], 0));
}

#[test]
fn a_heart_rate_alone_is_a_recording_without_distance() {
    let mut activity = steady(1200);
    activity.samples.iter_mut().for_each(|s| {
        *s = Sample { time_ms: s.time_ms, heart_rate_bpm: s.heart_rate_bpm, ..Sample::default() };
    });
    let run = digested(&activity);
    assert_eq!((run.distance_m, run.distance_source, run.ngp_mps), (0.0, DistanceSource::None, None));
    assert_eq!((run.moving_s, run.pace_reliable), (1200.0, false));
    assert!(near(run.best_heart_rate_bpm[1], 150.5));
    activity.totals.distance_m = Some(4000.0);
    let told = digested(&activity);
    assert_eq!((told.known_distance_m(), told.distance_source), (Some(4000.0), DistanceSource::Total));
}
