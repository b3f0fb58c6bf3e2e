//! Single files compressed with gzip, as Strava and Garmin hand them out.

use super::{Limits, ReadError, Reading};
use flate2::read::MultiGzDecoder;
use std::io::Read;

pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Unpacks and reads what is inside.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    super::read_within(&unpacked(bytes, limits)?, limits)
}

/// What is inside; some services pack what was packed before. What came out before a break is used; the inner format
/// notices what is missing.
pub fn unpacked(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut unpacked = unpack(bytes, limits)?;
    for _ in 1..limits.depth {
        if is_gzip(&unpacked) {
            unpacked = unpack(&unpacked, limits)?;
        }
    }
    if is_gzip(&unpacked) {
        return Err(ReadError::TooDeep { limit: limits.depth });
    }
    Ok(unpacked)
}

fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let limit = limits.unpacked_bytes(bytes.len() as u64);
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut end = decoder.by_ref().take(super::SNIFFED_BYTES as u64).read_to_end(&mut unpacked);
    // What is no activity need not be unpacked to its end.
    if !unpacked.is_empty() {
        super::sniff(&unpacked)?;
    }
    if end.is_ok() {
        end = decoder.take((limit + 1).saturating_sub(unpacked.len() as u64)).read_to_end(&mut unpacked);
    }
    if unpacked.len() as u64 > limit {
        return Err(match limit == limits.entry_bytes {
            true => ReadError::TooLarge { limit_mb: limit >> 20 },
            false => ReadError::Bomb { ratio: limits.ratio },
        });
    }
    match end {
        Err(_) if unpacked.is_empty() => Err(ReadError::Gzip { reason: "its data are damaged".into() }),
        _ => Ok(unpacked),
    }
}
