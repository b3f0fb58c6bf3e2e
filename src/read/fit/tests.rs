//! Records as read here against the same records as fitparser and rustyfit read them: made up, of a corpus, and damaged.

#![allow(clippy::disallowed_methods, reason = "tests read files, and the environment")]

use super::base::Base;
use super::field::record;
use super::framing::{Messages, Next, split_section};
use super::record::FitRecord;
use super::values::{self, CompressedSpeedDistance, Fields};
use crate::activity::Sample;
use crate::read::{Limits, Meter, position};
use fitparser::Value;
use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use proptest::prelude::*;
use rustyfit::DecoderBuilder;
use rustyfit::profile::typedef::{FitBaseType, MesgNum};
use rustyfit::proto::{Message, Value as Raw};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What follows it is one section of messages without an end.
const OPEN_HEADER: [u8; 14] = *b"\x0e\x20\x00\x08\xff\xff\xff\xff.FIT\x00\x00";
const RECORD: u16 = 20;
const TIMESTAMP: u8 = 253;

/// The records of a section as they are read here.
fn ours(data: &[u8]) -> Vec<FitRecord> {
    let limits = Limits::default();
    let meter = Meter::new(&limits);
    let mut messages = Messages::new(data, &meter).expect("a header of our own");
    let mut records = Vec::new();
    while let Some(Ok(next)) = messages.next() {
        if let Next::Record(record) = next {
            records.push(record);
        }
    }
    records
}

/// The samples of a section as fitparser reads its messages; the second is false where it gave up before the end.
fn by_fitparser(data: &[u8]) -> (Vec<Sample>, bool) {
    let mut samples = Vec::new();
    // It panics on some damaged messages.
    let is_whole = catch_unwind(AssertUnwindSafe(|| decode(data, &mut samples))).unwrap_or(false);
    (samples, is_whole)
}

fn decode(mut data: &[u8], samples: &mut Vec<Sample>) -> bool {
    let mut fitparser = FitStreamProcessor::new();
    fitparser.add_option(DecodeOption::SkipHeaderCrcValidation);
    fitparser.add_option(DecodeOption::SkipDataCrcValidation);
    fitparser.deserialize_next(&OPEN_HEADER).expect("a header");
    let (mut clock, mut counter) = (0_u32, CompressedSpeedDistance::default());
    while !data.is_empty() {
        let Ok((rest, object)) = fitparser.deserialize_next(data) else { return false };
        data = rest;
        let FitObject::DataMessage(message) = object else { continue };
        let stamp = match message.fields.get(&TIMESTAMP) {
            Some(Value::UInt32(time)) => Some(*time),
            _ => None,
        };
        // The five low bits, and one round more where they fell.
        let counted_on = message.time_offset().map(|low| {
            let (low, before) = (u32::from(low), clock & 31);
            (clock & !31).wrapping_add(low).wrapping_add(if low < before { 32 } else { 0 })
        });
        let time = stamp.or(counted_on);
        clock = time.unwrap_or(clock);
        match (message.global_message_number(), time) {
            (RECORD, Some(time)) => samples.push(sample(time, &message.fields, &mut counter)),
            // Developer fields must be described before they can be stepped over.
            (206, _) if fitparser.decode_message(message).is_err() => return false,
            _ => {}
        }
    }
    true
}

fn sample(time: u32, fields: &Fields, counter: &mut CompressedSpeedDistance) -> Sample {
    let raw = |field: u8| fields.get(&field).and_then(values::number);
    let packed = fields.get(&record::COMPRESSED_SPEED_DISTANCE.number).and_then(three_bytes);
    of_numbers(time, raw, packed.map(|bytes| counter.decode(bytes)))
}

/// A sample by methods §0, written down anew.
fn of_numbers(time: u32, raw: impl Fn(u8) -> Option<f64>, packed: Option<(f64, f64)>) -> Sample {
    let altitude = |field: u8| raw(field).map(|value| (value > 0.0).then(|| value / 5.0 - 500.0));
    let degrees = |field: u8| raw(field).map(|semicircles| semicircles * (180.0 / 2_147_483_648.0));
    Sample {
        time_ms: (i64::from(time) + 631_065_600) * 1000,
        position: position(degrees(0), degrees(1)),
        altitude_m: altitude(78).flatten().or(altitude(2).flatten()),
        distance_m: raw(5).map(|value| value / 100.0).or(packed.map(|(_, metres)| metres)),
        speed_mps: raw(73).or(raw(6)).map(|value| value / 1000.0).or(packed.map(|(speed, _)| speed)),
        heart_rate_bpm: raw(3).filter(|bpm| *bpm > 0.0),
        cadence_spm: raw(4).map(|whole| whole + raw(53).unwrap_or(0.0) / 128.0),
        power_w: raw(7).map(|watts| watts as f32).filter(|watts| *watts >= 0.0 && watts.is_finite()),
        ..Sample::default()
    }
}

fn three_bytes(value: &Value) -> Option<[u8; 3]> {
    let Value::Array(bytes) = value else { return None };
    let byte = |value: &Value| values::unsigned(value).and_then(|byte| u8::try_from(byte).ok());
    let bytes: Vec<u8> = bytes.iter().map(byte).collect::<Option<_>>()?;
    bytes.try_into().ok().filter(|bytes| *bytes != [u8::MAX; 3])
}

/// Both agree on every record that fitparser got to.
fn agree(data: &[u8], name: &str) -> usize {
    let samples: Vec<Sample> = ours(data).iter().map(|record| record.sample).collect();
    let (theirs, is_whole) = by_fitparser(data);
    assert!(samples.len() >= theirs.len(), "{name}: {} records for {}", samples.len(), theirs.len());
    if is_whole {
        assert_eq!(samples.len(), theirs.len(), "{name}");
    }
    for (i, (here, there)) in samples.iter().zip(&theirs).enumerate() {
        assert_eq!(here, there, "{name}: record {i}");
    }
    theirs.len()
}

/// The first section of every FIT file of a corpus, if there is one at hand.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = std::env::var_os("FRESHLEGS_CORPUS");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut folders: Vec<_> = folder.map(Into::into).into_iter().chain([samples]).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "fit") {
                files.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

fn sections() -> Vec<(String, Vec<u8>)> {
    let data = |(name, bytes): (String, Vec<u8>)| Some((name, split_section(&bytes).ok()?.0.data.to_vec()));
    corpus().into_iter().filter_map(data).collect()
}

#[test]
fn fitparser_reads_the_same_records() {
    let records: usize = sections().iter().map(|(name, data)| agree(data, name)).sum();
    println!("{records} records");
    assert!(records > 10_000);
}

#[test]
fn rustyfit_reads_the_same_records() {
    let mut records = 0;
    for (name, bytes) in corpus() {
        let Ok((section, _)) = split_section(&bytes) else { continue };
        let mut decoder = DecoderBuilder::new().checksum(false).expand_components(false).build();
        let Ok(Some(fit)) = decoder.decode(&mut &bytes[..]) else { continue };
        let theirs: Vec<&Message> = fit.messages.iter().filter(|m| m.num == MesgNum::RECORD).collect();
        let with_time = |message: &&&Message| number(message, TIMESTAMP).is_some();
        let theirs: Vec<&&Message> = theirs.iter().filter(with_time).collect();
        let ours = ours(section.data);
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (i, (here, there)) in ours.iter().zip(theirs).enumerate() {
            let time = number(there, TIMESTAMP).unwrap_or_default() as u32;
            // Its distance is a running sum of its own, tried elsewhere.
            let is_packed = there.fields.iter().any(|field| field.num == record::COMPRESSED_SPEED_DISTANCE.number);
            if !is_packed {
                assert_eq!(here.sample, of_numbers(time, |field| number(there, field), None), "{name}: record {i}");
                records += 1;
            }
        }
    }
    println!("{records} records");
    assert!(records > 10_000);
}

/// A number of rustyfit's, which keeps what stands for "not set".
fn number(message: &Message, field: u8) -> Option<f64> {
    let field = message.fields.iter().find(|f| f.num == field)?;
    let is_z = matches!(field.base_type, FitBaseType::UINT8Z | FitBaseType::UINT16Z | FitBaseType::UINT32Z);
    let unset = |value: f64, invalid: f64| Some(value).filter(|value| *value != if is_z { 0.0 } else { invalid });
    match &field.value {
        Raw::Int8(v) => unset(f64::from(*v), f64::from(i8::MAX)),
        Raw::Uint8(v) => unset(f64::from(*v), f64::from(u8::MAX)),
        Raw::Int16(v) => unset(f64::from(*v), f64::from(i16::MAX)),
        Raw::Uint16(v) => unset(f64::from(*v), f64::from(u16::MAX)),
        Raw::Int32(v) => unset(f64::from(*v), f64::from(i32::MAX)),
        Raw::Uint32(v) => unset(f64::from(*v), f64::from(u32::MAX)),
        Raw::Float32(v) => Some(f64::from(*v)).filter(|v| v.is_finite()),
        Raw::Float64(v) => Some(*v).filter(|v| v.is_finite()),
        _ => None,
    }
}

const BASES: [u8; 17] =
    [0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0a, 0x8b, 0x8c, 0x0d, 0x8e, 0x8f, 0x90];

/// A definition of records with any of their fields in any type, in either byte order, and records of it.
fn defined() -> impl Strategy<Value = Vec<u8>> {
    let numbers = prop::sample::subsequence(record::NUMBERS.to_vec(), 0..=record::NUMBERS.len());
    let field = (0..BASES.len(), 1..=3_usize);
    // Bytes that make up values for "not set" are met more often.
    let byte = prop_oneof![4 => any::<u8>(), 1 => Just(0xff), 1 => Just(0), 1 => Just(0x7f)];
    let bodies = prop::collection::vec(byte, 0..600);
    (numbers, prop::collection::vec(field, record::NUMBERS.len()), any::<bool>(), 0..4_u8, bodies).prop_map(
        |(numbers, types, is_big, local, bodies)| {
            let mut fields: Vec<[u8; 3]> = numbers
                .iter()
                .zip(types)
                .map(|(number, (base, count))| {
                    let size = Base::of(BASES[base]).map_or(1, Base::size) * count;
                    [*number, size as u8, BASES[base]]
                })
                .collect();
            fields.insert(fields.len() / 2, [TIMESTAMP, 4, 0x86]);
            let mut bytes = vec![0x40 | local, 0, u8::from(is_big)];
            bytes.extend(if is_big { RECORD.to_be_bytes() } else { RECORD.to_le_bytes() });
            bytes.push(fields.len() as u8);
            bytes.extend(fields.iter().flatten());
            let size: usize = fields.iter().map(|field| usize::from(field[1])).sum();
            for (i, body) in bodies.chunks_exact(size).enumerate() {
                // Every third one has the time in its header.
                bytes.push(if i % 3 == 2 { 0x80 | local << 5 | body[0] & 0x1f } else { local });
                bytes.extend(body);
            }
            bytes
        },
    )
}

/// Where the bytes of records lie in a section.
fn bodies(data: &[u8]) -> Vec<usize> {
    let mut layouts = [(0_u16, 0_usize); 16];
    let (mut at, mut out) = (0, Vec::new());
    while let Some(&header) = data.get(at) {
        if header & 0x80 == 0 && header & 0x40 != 0 {
            let Some(&[_, is_big, g0, g1, count]) = data.get(at + 1..at + 6) else { break };
            let global = if is_big == 1 { u16::from_be_bytes([g0, g1]) } else { u16::from_le_bytes([g0, g1]) };
            let end = at + 6 + 3 * usize::from(count);
            let developer = if header & 0x20 == 0 { 0 } else { data.get(end).map_or(0, |n| usize::from(*n)) };
            let fields = data.get(at + 6..end).unwrap_or_default().chunks_exact(3);
            let from = end + usize::from(header & 0x20 != 0);
            let own = data.get(from..from + 3 * developer).unwrap_or_default().chunks_exact(3);
            layouts[usize::from(header & 15)] = (global, fields.chain(own).map(|field| usize::from(field[1])).sum());
            at = from + 3 * developer;
        } else {
            let local = if header & 0x80 != 0 { header >> 5 & 3 } else { header & 15 };
            let (global, size) = layouts[usize::from(local)];
            if global == RECORD {
                out.extend(at + 1..(at + 1 + size).min(data.len()));
            }
            at += 1 + size;
        }
    }
    out
}

/// Few enough for every day; `PROPTEST_CASES` makes them more.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(256), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_definition_of_records_is_read_alike(definitions in prop::collection::vec(defined(), 1..4)) {
        agree(&definitions.concat(), "made up");
    }
}

#[test]
fn damaged_records_are_read_alike() {
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for (name, data) in sections() {
        let bodies = bodies(&data);
        if bodies.is_empty() || data.len() > 200_000 {
            continue;
        }
        let mut damaged = data;
        for _ in 0..1 + bodies.len() / 50 {
            let value = [0, 0x7f, 0x80, 0xff, random(256) as u8][random(5)];
            damaged[bodies[random(bodies.len())]] = value;
        }
        agree(&damaged, &format!("{name}, damaged"));
        damaged.truncate(random(damaged.len()));
        agree(&damaged, &format!("{name}, cut"));
    }
}
