//! FIT files of very many very small messages.

use super::{is_refused_within, said};
use freshlegs::read::Limits;

const TOO_MANY: &str = "more than 20000 samples, laps and events";

fn is_too_much(name: &str, bytes: Vec<u8>) {
    is_refused_within(&Limits { records: 20_000, ..Limits::default() }, name, bytes, TOO_MANY);
}

/// A FIT file of these data; its size is right, its checksum not.
fn fit(data: &[u8]) -> Vec<u8> {
    let mut file = vec![14, 0x20, 0, 8];
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(*b".FIT\0\0");
    file.extend(data);
    file.extend([0, 0]);
    file
}

/// A definition of local message 0: this global message with these fields.
fn definition(global: u8, fields: &[[u8; 3]]) -> Vec<u8> {
    let mut bytes = vec![0x40, 0, 0, global, 0, fields.len() as u8];
    bytes.extend(fields.iter().flatten());
    bytes
}

const RECORD: u8 = 20;
const SESSION: u8 = 18;
const EVENT: u8 = 21;

#[test]
fn records_of_one_byte_are_counted_before_they_are_kept() {
    // With the time in the header, and without any.
    for header in [0x80_u8, 0x00] {
        let mut data = definition(RECORD, &[]);
        data.extend((0..21_000_u32).map(|i| if header == 0 { 0 } else { header | (i % 32) as u8 }));
        is_too_much("r.fit", fit(&data));
    }
}

#[test]
fn other_messages_count_too() {
    for (global, field) in [(SESSION, [5, 1, 0]), (EVENT, [1, 1, 0])] {
        let mut data = definition(global, &[field]);
        data.extend([0, 1].repeat(20_001));
        is_too_much("m.fit", fit(&data));
    }
    let definitions = definition(RECORD, &[[3, 1, 2]]).repeat(20_001);
    is_too_much("d.fit", fit(&definitions));
    // Files in a chain, all of them empty.
    is_too_much("c.fit", fit(&[]).repeat(1001));
}

#[test]
fn developer_fields_are_looked_up_by_what_a_record_holds() {
    let mut data = Vec::new();
    // field_description: developer index, field, base type, replaces native field 7 (power).
    data.extend(definition(206, &[[0, 1, 2], [1, 1, 2], [2, 1, 2], [15, 1, 2]]));
    for key in 0..30_000_u32 {
        data.extend([0, (key >> 8) as u8, key as u8, 0x02, 7]);
    }
    // record with a time and the developer field described last.
    data.extend([0x61, 0, 0, RECORD, 0, 1, 253, 4, 0x86, 1, (29_999 % 256) as u8, 1, (29_999 / 256) as u8]);
    for second in 0..30_000_u32 {
        data.push(1);
        data.extend((1_000_000_000 + second).to_le_bytes());
        data.push(200);
    }
    let told = said("d.fit", fit(&data));
    assert_eq!(told, ["d.fit: 1 read"]);
}

#[test]
fn a_chain_of_recordings_lasts_no_longer_than_years() {
    // A day each with the timer on, and a record every fifty minutes.
    let section = |part: u32| {
        let mut data = definition(EVENT, &[[253, 4, 0x86], [0, 1, 0], [1, 1, 0]]);
        let time = |second: u32| (1_000_000_000 + part * 100_000 + second).to_le_bytes();
        data.push(0);
        data.extend(time(0));
        data.extend([0, 0]);
        data.extend(definition(RECORD, &[[253, 4, 0x86], [3, 1, 2]]));
        for second in (0..86_000).step_by(3000) {
            data.push(0);
            data.extend(time(second));
            data.push(140);
        }
        fit(&data)
    };
    let chain: Vec<u8> = (0..100).flat_map(section).collect();
    let limits = Limits { hours: 60, ..Limits::default() };
    let says = "its activities last more than 60 hours in all; if you trust it, raise --max-hours";
    is_refused_within(&limits, "c.fit", chain, says);
}
