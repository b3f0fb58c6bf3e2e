//! Single files compressed with gzip, as Strava and Garmin hand them out.

use super::damage::Damage;
use super::{Limits, Meter, ReadError, Reading};
use flate2::read::MultiGzDecoder;
use std::io::Read;

pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// What came out of a gzip file, and what was wrong with it.
pub struct Gunzipped {
    pub bytes: Vec<u8>,
    pub damage: Option<Damage>,
}

/// Unpacks and reads what is inside.
pub fn read(bytes: &[u8], meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let limits = meter.limits();
    let Gunzipped { bytes, damage } = unpacked(bytes, limits.unpacked_bytes(bytes.len() as u64), limits)?;
    let mut reading = super::read_metered(&bytes, meter)?;
    if let Some(damage) = damage {
        reading.add_damage(damage);
    }
    Ok(reading)
}

/// What is inside, at most `most` bytes however many layers there are; some services pack what was packed before. What
/// came out before a break is used, and the damage told.
pub fn unpacked(bytes: &[u8], most: u64, limits: &Limits) -> Result<Gunzipped, ReadError> {
    let mut unpacked = unpack(bytes, most, limits)?;
    for _ in 1..limits.depth() {
        if is_gzip(&unpacked.bytes) {
            let inner = unpack(&unpacked.bytes, most, limits)?;
            unpacked = Gunzipped { damage: unpacked.damage.or(inner.damage), ..inner };
        }
    }
    if is_gzip(&unpacked.bytes) {
        return Err(ReadError::TooDeep { limit: limits.depth() });
    }
    Ok(unpacked)
}

fn unpack(bytes: &[u8], most: u64, limits: &Limits) -> Result<Gunzipped, ReadError> {
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut end = decoder.by_ref().take(super::SNIFFED_BYTES as u64).read_to_end(&mut unpacked);
    // What is no activity need not be unpacked to its end.
    if !unpacked.is_empty() {
        super::sniff(&unpacked)?;
    }
    if end.is_ok() {
        let rest = most.saturating_add(1).saturating_sub(unpacked.len() as u64);
        end = decoder.take(rest).read_to_end(&mut unpacked);
    }
    if unpacked.len() as u64 > most {
        return Err(match most >= limits.entry_bytes {
            true => ReadError::TooLarge { limit_mb: limits.entry_bytes >> 20 },
            false => ReadError::Bomb { ratio: limits.ratio },
        });
    }
    match end {
        Err(_) if unpacked.is_empty() => Err(ReadError::Gzip { reason: "its data are damaged".into() }),
        end => Ok(Gunzipped { bytes: unpacked, damage: end.err().as_ref().map(Damage::of) }),
    }
}
