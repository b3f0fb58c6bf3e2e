//! Scales, sentinels and codes of FIT fields.

use super::fit_file::{BYTE, ENUM, SINT32, START, SectionWriter, UINT8, UINT16, UINT32, run};
use super::only;
use crate::activity::{PrimaryBenefit, Sample, Sex};

fn close(value: Option<f64>, expected: f64) {
    let value = value.expect("a value");
    assert!((value - expected).abs() <= 1e-8 * expected.abs(), "{value} is not {expected}");
}

#[test]
fn scales_match_the_reference_numbers() {
    let mut section = SectionWriter::activity();
    let record = [(253, 4, UINT32), (0, 4, SINT32), (1, 4, SINT32), (2, 2, UINT16), (6, 2, UINT16)];
    section.define(1, 20, &[&record[..], &[(4, 1, UINT8), (53, 1, UINT8)]].concat());
    let degrees = 549_032_704u32.to_le_bytes();
    let (altitude, speed) = (u16::to_le_bytes(2600), u16::to_le_bytes(2778));
    section.data(1, &[&START.to_le_bytes(), &degrees, &degrees, &altitude, &speed, &[86, 64]]);
    section.define(2, 18, &[(5, 1, ENUM), (24, 1, UINT8), (168, 4, SINT32), (193, 1, UINT8), (192, 1, UINT8)]);
    section.data(2, &[&[1, 22], &1_430_957u32.to_le_bytes(), &[20, 75]]);
    let run = only(&section.bytes());
    let sample = run.samples[0];
    assert_eq!(sample.time_ms, 1_694_361_505_000);
    close(sample.position.map(|place| place.0), 46.019_389_63);
    close(sample.altitude_m, 20.0);
    close(sample.speed_mps, 2.778);
    close(sample.cadence_spm, 173.0);
    close(run.watch.exercise_load, 21.834_671_02);
    close(run.watch.rpe, 2.0);
    close(run.watch.feel, 75.0);
    close(run.watch.training_effect, 2.2);
}

#[test]
fn enhanced_fields_outrank_plain_ones() {
    let mut section = SectionWriter::activity();
    let fields = [(253, 4, UINT32), (73, 4, UINT32), (6, 2, UINT16), (78, 4, UINT32), (2, 2, UINT16)];
    section.define(1, 20, &fields);
    let (speed, altitude) = (u32::to_le_bytes(3111), u32::to_le_bytes(3000));
    section.data(1, &[&START.to_le_bytes(), &speed, &u16::to_le_bytes(2999), &altitude, &u16::to_le_bytes(2600)]);
    let sample = only(&section.bytes()).samples[0];
    assert_eq!((sample.speed_mps, sample.altitude_m), (Some(3.111), Some(100.0)));
}

#[test]
fn sentinels_and_impossible_places_are_missing() {
    let mut section = SectionWriter::activity();
    let fields = [(253, 4, UINT32), (0, 4, SINT32), (1, 4, SINT32), (2, 2, UINT16), (3, 1, UINT8), (5, 4, UINT32)];
    section.define(1, 20, &fields);
    let mut record = |time: u32, latitude: i32, longitude: i32| {
        let places: [&[u8]; 2] = [&latitude.to_le_bytes(), &longitude.to_le_bytes()];
        section.data(1, &[&time.to_le_bytes(), places[0], places[1], &[0xff, 0xff], &[0xff], &[0xff; 4]]);
    };
    record(START, i32::MAX, i32::MAX);
    record(START + 1, 0, 0);
    record(START + 2, 1_200_000_000, 0);
    record(START + 3, 600_000_000, i32::MAX);
    for sample in only(&section.bytes()).samples {
        assert_eq!(sample, Sample { time_ms: sample.time_ms, ..Sample::default() });
    }
}

#[test]
fn big_endian_files() {
    let mut section = SectionWriter::activity();
    section.turn_big_endian();
    section.define(1, 20, &[(253, 4, UINT32), (3, 1, UINT8), (5, 4, UINT32)]);
    section.data(1, &[&START.to_be_bytes(), &[144], &u32::to_be_bytes(12_345)]);
    let sample = only(&section.bytes()).samples[0];
    assert_eq!((sample.time_ms, sample.distance_m), (1_694_361_505_000, Some(123.45)));
}

#[test]
fn compressed_times_count_on_from_the_last_full_one() {
    let mut section = run();
    section.define(3, 20, &[(3, 1, UINT8)]);
    // 1063295914 ends in the five bits 01010: 10.
    for offset in [11, 31, 0, 0, 5] {
        section.data(0x80 | 3 << 5 | offset, &[&[150]]);
    }
    let times: Vec<i64> =
        only(&section.bytes()).samples[9..].iter().map(|s| s.time_ms / 1000 - 631_065_600 - 1_063_295_914).collect();
    assert_eq!(times, [0, 1, 21, 22, 27], "the second 0 is the same moment");
}

#[test]
fn fields_of_odd_sizes_are_stepped_over() {
    let mut section = SectionWriter::activity();
    // Three bytes are no uint16, and 0x1b is no base type.
    section.define(1, 20, &[(253, 4, UINT32), (6, 3, UINT16), (3, 1, UINT8), (5, 4, 0x1b), (8, 3, BYTE)]);
    section.data(1, &[&START.to_le_bytes(), &[1, 2, 3], &[150], &[9; 4], &[0xff; 3]]);
    let sample = only(&section.bytes()).samples[0];
    assert_eq!(sample, Sample { time_ms: sample.time_ms, heart_rate_bpm: Some(150.0), ..Sample::default() });
}

/// A section with one record and two messages 140: recovery times, and benefits of which the second is the latest.
fn with_metrics() -> SectionWriter {
    let mut section = SectionWriter::activity();
    section.define_records();
    section.record(START, 140, 85, 0);
    let fields = [(253, 4, UINT32), (4, 1, UINT8), (9, 2, UINT16), (14, 1, UINT8), (20, 1, UINT8), (41, 1, ENUM)];
    section.define(4, 140, &fields);
    for (minutes, benefit) in [(60, 3), (990, 2)] {
        section.data(4, &[&START.to_le_bytes(), &[31], &u16::to_le_bytes(minutes), &[168, 4, benefit]]);
    }
    section
}

#[test]
fn the_session_outranks_the_watchs_other_message() {
    let without_session = only(&with_metrics().bytes());
    assert_eq!(without_session.watch.training_effect, Some(3.1));
    assert_eq!(without_session.watch.anaerobic_training_effect, Some(0.4));
    assert_eq!(without_session.watch.recovery_time_h, Some(16.5), "the latest counts");
    assert_eq!(without_session.watch.primary_benefit, Some(PrimaryBenefit::AerobicBase));
    assert_eq!(without_session.settings.heart_rate_threshold_bpm, Some(168.0));

    let mut section = with_metrics();
    section.define(2, 18, &[(5, 1, ENUM), (24, 1, UINT8), (188, 1, ENUM)]);
    section.data(2, &[&[1, 25, 1]]);
    let run = only(&section.bytes());
    assert_eq!(run.watch.training_effect, Some(2.5));
    assert_eq!(run.watch.primary_benefit, Some(PrimaryBenefit::Recovery));
    assert_eq!(run.watch.recovery_time_h, Some(16.5), "the session has none");
}

#[test]
fn settings_by_rank_and_zero_is_unset() {
    let mut section = run();
    section.define(4, 3, &[(1, 1, ENUM), (2, 1, UINT8), (8, 1, UINT8), (9, 1, UINT8)]);
    section.data(4, &[&[0, 43, 48, 185]]);
    section.define(5, 7, &[(1, 1, UINT8), (2, 1, UINT8)]);
    section.data(5, &[&[190, 170]]);
    section.define(6, 216, &[(11, 1, UINT8), (12, 1, UINT8), (13, 1, UINT8)]);
    section.data(6, &[&[194, 0, 0]]);
    let settings = only(&section.bytes()).settings;
    assert_eq!(settings.heart_rate_max_bpm, Some(194.0));
    assert_eq!(settings.heart_rate_rest_bpm, Some(48.0));
    assert_eq!(settings.heart_rate_threshold_bpm, Some(170.0));
    assert_eq!((settings.sex, settings.age_years), (Some(Sex::Female), Some(43.0)));
}

#[test]
fn small_times_keep_their_order() {
    let mut section = SectionWriter::activity();
    section.define_records();
    for time in [5, 6, START, START + 1] {
        section.record(time, 140, 85, 0);
    }
    let times: Vec<i64> = only(&section.bytes()).samples.iter().map(|s| s.time_ms / 1000 - 631_065_600).collect();
    assert_eq!(times, [5, 6, 1_063_295_905, 1_063_295_906]);
}
