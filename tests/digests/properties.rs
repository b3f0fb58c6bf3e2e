//! Whatever an activity holds, its digest is made of plain numbers that fit together.

use crate::sane::recording::check_digest_of;
use freshlegs::activity::{Activity, Format, Sample, Sport, SubSport, TimerEvent};
use proptest::option;
use proptest::prelude::*;

/// Steps of the clock in milliseconds: mostly seconds, sometimes anything.
fn steps() -> impl Strategy<Value = i64> {
    prop_oneof![
        20 => Just(1000_i64),
        5 => 0..30_000_i64,
        2 => -100_000..200_000_i64,
        1 => -100_000_000_000..100_000_000_000_i64,
    ]
}

/// Values around a usual one, and everything else a float can be.
fn value(usual: std::ops::Range<f64>) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        4 => usual.prop_map(Some),
        1 => option::of(prop_oneof![
            Just(0.0), Just(-1.0), Just(1e300), Just(-1e300), Just(f64::NAN), Just(f64::INFINITY), any::<f64>(),
        ]),
        1 => Just(None),
    ]
}

fn position() -> impl Strategy<Value = Option<(f64, f64)>> {
    prop_oneof![
        4 => (46.0..46.001_f64, 7.0..7.001_f64).prop_map(Some),
        1 => (any::<f64>(), any::<f64>()).prop_map(Some),
        1 => Just(None),
    ]
}

prop_compose! {
    fn sample()(
        starts_segment in prop::bool::weighted(0.02),
        position in position(),
        altitude_m in value(300.0..320.0),
        distance_m in value(0.0..5000.0),
        speed_mps in value(0.0..6.0),
        heart_rate_bpm in value(90.0..190.0),
        cadence_spm in value(0.0..200.0),
        power_w in value(0.0..400.0),
    ) -> Sample {
        Sample {
            time_ms: 0, starts_segment, position, altitude_m, distance_m, speed_mps, heart_rate_bpm, cadence_spm, power_w: power_w.map(|watts: f64| watts as f32),
        }
    }
}

/// Takes whole channels away, so that every source of distance and gait gets its turn.
fn without(mut sample: Sample, missing: u8) -> Sample {
    let gone = |bit: u8| missing & bit != 0;
    if gone(1) {
        sample.position = None
    }
    if gone(2) {
        sample.distance_m = None
    }
    if gone(4) {
        sample.speed_mps = None
    }
    if gone(8) {
        sample.heart_rate_bpm = None
    }
    if gone(16) {
        sample.cadence_spm = None
    }
    if gone(32) {
        sample.altitude_m = None
    }
    sample
}

prop_compose! {
    fn activity()(
        start in prop_oneof![9 => Just(1_700_000_000_000_i64), 1 => any::<i64>()],
        samples in prop::collection::vec((steps(), sample()), 0..400),
        timer in prop::collection::vec((0..400_000_i64, any::<bool>()), 0..12),
        missing in any::<u8>(),
        far_event in option::weighted(0.1, (any::<i64>(), any::<bool>())),
        sport in prop_oneof![Just(Sport::Running), Just(Sport::Cycling), Just(Sport::Unknown)],
        sub_sport in prop_oneof![Just(SubSport::Generic), Just(SubSport::Treadmill)],
        format in prop_oneof![Just(Format::Fit), Just(Format::Gpx)],
        utc_offset_s in option::of(any::<i32>()),
    ) -> Activity {
        let mut time_ms = start;
        let samples = samples.into_iter().map(|(step, sample)| {
            time_ms = time_ms.wrapping_add(step);
            Sample { time_ms, ..without(sample, missing) }
        }).collect();
        let timed = timer.into_iter().map(|(after, running)| (start.wrapping_add(after), running));
        let timer = timed.chain(far_event).map(|(time_ms, running)| TimerEvent { time_ms, running }).collect();
        Activity { samples, timer, sport, sub_sport, utc_offset_s, ..Activity::new(format) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_digest_is_made_of_plain_numbers_that_fit_together(activity in activity()) {
        check_digest_of(&activity).map_err(TestCaseError::fail)?;
    }
}
