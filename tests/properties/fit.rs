//! FIT: a header, then messages that may be right, nearly right or nothing of the kind.

use super::{check, config};
use proptest::prelude::*;

/// The messages that are read: `file_id`, `zones_target`, `sport`, `session`, `record`, `event`, `activity`,
/// `developer_data_id`, `field_description` and some of Garmin's own.
const GLOBALS: [u16; 12] = [0, 7, 12, 18, 20, 21, 34, 132, 140, 206, 207, 216];
const BASE_TYPES: [u8; 17] =
    [0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0a, 0x8b, 0x8c, 0x0d, 0x8e, 0x8f, 0x90];
/// Bytes of each of them.
const SIZES: [u8; 17] = [1, 1, 1, 2, 2, 4, 4, 1, 4, 8, 1, 2, 4, 1, 8, 8, 8];
/// A time stamp somewhere in 2023.
const START: u32 = 1_063_295_905;

/// A definition with its fields, and some messages of it.
fn defined() -> impl Strategy<Value = Vec<u8>> {
    let number = prop_oneof![4 => 0..10_u8, 1 => Just(253_u8), 1 => any::<u8>()];
    let field = (number, 0..BASE_TYPES.len(), prop_oneof![9 => Just(None), 1 => any::<u8>().prop_map(Some)]);
    let values = prop::collection::vec(any::<u8>(), 0..400);
    let global = prop_oneof![9 => prop::sample::select(&GLOBALS[..]), 1 => any::<u16>()];
    (0..16_u8, global, any::<bool>(), prop::collection::vec(field, 0..12), values).prop_map(
        |(local, global, is_big, fields, values)| {
            let fields: Vec<[u8; 3]> =
                fields.iter().map(|(n, base, size)| [*n, size.unwrap_or(SIZES[*base]), BASE_TYPES[*base]]).collect();
            let mut bytes = vec![0x40 | local, 0, u8::from(is_big)];
            bytes.extend(if is_big { global.to_be_bytes() } else { global.to_le_bytes() });
            bytes.push(fields.len() as u8);
            bytes.extend(fields.iter().flatten());
            let size: usize = fields.iter().map(|f| usize::from(f[1])).sum();
            for message in values.chunks_exact(size.max(1)).take(20) {
                bytes.push(local);
                bytes.extend(&message[..size.min(message.len())]);
            }
            bytes
        },
    )
}

/// Records as watches write them, with any numbers in them.
fn records() -> impl Strategy<Value = Vec<u8>> {
    let record = (0..40_u32, any::<(i32, i32, u16, u8, u8, u32, u16, u16)>(), any::<bool>());
    prop::collection::vec(record, 1..60).prop_map(|records| {
        let mut bytes = vec![0x40, 0, 0, 20, 0, 9, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 2, 2, 0x84, 3, 1, 2, 4, 1, 2];
        bytes.extend([5, 4, 0x86, 6, 2, 0x84, 7, 2, 0x84]);
        let mut time = START;
        for (step, (lat, lon, altitude, bpm, cadence, distance, speed, power), is_wild) in records {
            time = if is_wild && step == 0 { distance } else { time.wrapping_add(step) };
            bytes.push(0);
            bytes.extend(time.to_le_bytes().iter().chain(&lat.to_le_bytes()).chain(&lon.to_le_bytes()));
            bytes.extend(altitude.to_le_bytes().iter().chain(&[bpm, cadence]).chain(&distance.to_le_bytes()));
            bytes.extend(speed.to_le_bytes().iter().chain(&power.to_le_bytes()));
        }
        bytes
    })
}

/// A section with a header that fits it, or does not.
fn section() -> impl Strategy<Value = Vec<u8>> {
    let chunk = prop_oneof![4 => defined(), 2 => records(), 1 => prop::collection::vec(any::<u8>(), 0..40)];
    let header_size = prop_oneof![8 => Just(14_u8), 4 => Just(12_u8), 1 => any::<u8>()];
    let is_activity = prop::bool::weighted(0.9);
    (header_size, option_of_size(), is_activity, prop::collection::vec(chunk, 0..8)).prop_map(
        |(header_size, size, is_activity, chunks)| {
            let mut data = vec![0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0, if is_activity { 4 } else { 6 }];
            data.extend(chunks.concat());
            let mut bytes = vec![header_size, 0x20, 0, 8];
            bytes.extend(size.unwrap_or(data.len() as u32).to_le_bytes());
            bytes.extend(b".FIT");
            bytes.extend(vec![0; usize::from(header_size == 14) * 2]);
            bytes.extend(data);
            bytes.extend([0, 0]);
            bytes
        },
    )
}

fn option_of_size() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![6 => Just(None), 1 => (0..500_u32).prop_map(Some), 1 => any::<u32>().prop_map(Some)]
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn fit_sections_that_make_little_sense(sections in prop::collection::vec(section(), 1..3)) {
        check(&sections.concat())?;
    }
}
