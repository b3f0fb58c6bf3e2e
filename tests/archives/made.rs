//! Files and archives made up on the spot.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Kinds of FIT files, as `file_id.type` numbers them.
pub const ACTIVITY: u8 = 4;
pub const MONITORING: u8 = 32;
pub const SLEEP: u8 = 49;

/// 2023-11-14 22:13:20 UTC in FIT seconds, about.
const EPOCH: u32 = 1_068_934_400;

/// A FIT file of this kind; an activity is a run at 3 m/s that begins so many hours after the epoch.
pub fn fit(kind: u8, hour: u32, seconds: u32) -> Vec<u8> {
    let start = EPOCH + 3600 * hour;
    let mut data = Vec::new();
    // file_id: type.
    data.extend([0x40, 0, 0, 0, 0, 1, 0, 1, 0x00, 0x00, kind]);
    if kind == ACTIVITY {
        // record: time, distance in cm, heart rate, cadence of one leg.
        data.extend([0x41, 0, 0, 20, 0, 4, 253, 4, 0x86, 5, 4, 0x86, 3, 1, 0x02, 4, 1, 0x02]);
        for second in 0..=seconds {
            data.push(1);
            data.extend((start + second).to_le_bytes());
            data.extend((300 * second).to_le_bytes());
            data.extend([140 + (second / 97 % 20) as u8, 85]);
        }
        // session: time, start, sport 1 = running.
        data.extend([0x42, 0, 0, 18, 0, 3, 253, 4, 0x86, 2, 4, 0x86, 5, 1, 0x00, 2]);
        data.extend((start + seconds).to_le_bytes());
        data.extend(start.to_le_bytes());
        data.push(1);
    } else {
        // Something of no interest: message 55 with a field of four bytes.
        data.extend([0x41, 0, 0, 55, 0, 1, 99, 4, 0x86]);
        (0..seconds).for_each(|i| {
            data.push(1);
            data.extend(i.wrapping_mul(2_654_435_761).to_le_bytes());
        });
    }
    let mut file = vec![14, 0x20, 0, 8];
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(*b".FIT\0\0");
    file.extend(data);
    let checksum = crc(&file);
    file.extend(checksum.to_le_bytes());
    file
}

fn crc(bytes: &[u8]) -> u16 {
    let shift = |crc: u16| if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), |crc, _| shift(crc)))
}

/// A GPX track without a word on the sport, ten minutes long.
pub fn gpx(hour: u32) -> Vec<u8> {
    let mut text = String::from(r#"<gpx version="1.1" creator="made up"><trk><trkseg>"#);
    for second in 0..=600_u32 {
        let (latitude, time) =
            (47.0 + 2.7e-5 * f64::from(second), 1_700_000_000 + 3600 * u64::from(hour) + u64::from(second));
        let time = jiff::Timestamp::from_second(time as i64).unwrap();
        text.push_str(&format!(r#"<trkpt lat="{latitude}" lon="8"><time>{time}</time></trkpt>"#));
    }
    (text + "</trkseg></trk></gpx>").into_bytes()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

pub fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

/// An archive of these entries.
pub fn zip<Name: AsRef<str>, Bytes: AsRef<[u8]>>(entries: impl IntoIterator<Item = (Name, Bytes)>) -> Vec<u8> {
    zip_with(deflated(), entries)
}

/// The same, packed otherwise.
pub fn zip_with<Name: AsRef<str>, Bytes: AsRef<[u8]>>(
    options: SimpleFileOptions,
    entries: impl IntoIterator<Item = (Name, Bytes)>,
) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), options).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive written to a stream, as services do: what is not known before follows each entry.
pub fn zip_as_sent<Name: AsRef<str>, Bytes: AsRef<[u8]>>(entries: impl IntoIterator<Item = (Name, Bytes)>) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), deflated()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
