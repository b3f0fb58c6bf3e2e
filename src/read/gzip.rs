//! Single files compressed with gzip, as Strava and Garmin hand them out.

use super::{ReadError, Reading};
use flate2::read::MultiGzDecoder;
use std::io::Read;

/// No activity comes near this when unpacked.
const MAX_UNPACKED_BYTES: usize = 512 << 20;
/// XML packs some 20 to 1; far beyond that it is a bomb.
const MAX_RATIO: usize = 200;
/// Below this size any ratio is harmless.
const ALWAYS_ALLOWED_BYTES: usize = 1 << 20;

pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Layers of compression that are taken off: some services pack what was packed before.
const MAX_LAYERS: usize = 3;

/// Unpacks and reads what is inside. What came out before a break is used; the inner format notices what is missing.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut unpacked = unpack(bytes)?;
    for _ in 1..MAX_LAYERS {
        if is_gzip(&unpacked) {
            unpacked = unpack(&unpacked)?;
        }
    }
    if is_gzip(&unpacked) {
        return Err(ReadError::Gzip { reason: "it is packed over and over".into() });
    }
    super::read(&unpacked)
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let limit = bytes.len().saturating_mul(MAX_RATIO).clamp(ALWAYS_ALLOWED_BYTES, MAX_UNPACKED_BYTES);
    let mut unpacked = Vec::new();
    let end = MultiGzDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > limit {
        return Err(ReadError::TooLarge { limit_mb: limit >> 20 });
    }
    match end {
        Err(_) if unpacked.is_empty() => Err(ReadError::Gzip { reason: "its data are damaged".into() }),
        _ => Ok(unpacked),
    }
}
