//! A value as packed bytes, piece by piece: a season is hundreds of megabytes, and the same one is not packed twice.

use crate::content::ContentHash;
use anyhow::{Context, Result};
use serde::Serialize;
use std::io::{self, BufWriter, Read, Write};

/// As good as the best, in a fifth of its time.
const COMPRESSION_LEVEL: i32 = 9;
/// Bytes of a piece.
const PIECE: usize = 1 << 17;

/// The value packed.
pub(super) fn packed(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), COMPRESSION_LEVEL)?;
    // Who unpacks it wants to know beforehand how long it is.
    encoder.set_pledged_src_size(Some(written(value, PackedSize(0))?.0))?;
    Ok(written(value, encoder)?.finish()?)
}

/// Whether these bytes unpack to the value. Unpacking takes a tenth of the time that packing does.
pub(super) fn holds(packed: &[u8], value: &impl Serialize) -> bool {
    let same = || -> Result<bool> {
        let mut rest = written(value, SameBytes { held: zstd::Decoder::new(packed)?, piece: Vec::new() })?;
        Ok(rest.held.read(&mut [0])? == 0)
    };
    same().unwrap_or(false)
}

/// The fingerprint of the value, unpacked.
pub(super) fn fingerprint(value: &impl Serialize) -> Result<ContentHash> {
    Ok(ContentHash::of_written(|hasher| written(value, hasher).map(drop).map_err(io::Error::other))?)
}

fn written<W: Write>(value: &impl Serialize, writer: W) -> Result<W> {
    let buffered = postcard::to_io(value, BufWriter::with_capacity(PIECE, writer))?;
    buffered.into_inner().map_err(io::IntoInnerError::into_error).context("packing")
}

/// Only counts.
struct PackedSize(u64);

impl Write for PackedSize {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes what another source holds too, and refuses all else.
struct SameBytes<R> {
    held: R,
    piece: Vec<u8>,
}

impl<R: Read> Write for SameBytes<R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.resize(bytes.len(), 0);
        self.held.read_exact(&mut self.piece)?;
        if self.piece == bytes { Ok(bytes.len()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_value_is_held() {
        let value: Vec<u32> = (0..100_000_u32).map(|i| i * 31 % 977).collect();
        let bytes = packed(&value).expect("packed");
        let unpacked = zstd::bulk::decompress(&bytes, 1 << 20).expect("unpacked");
        assert_eq!(postcard::from_bytes::<Vec<u32>>(&unpacked).ok().as_ref(), Some(&value));
        assert_eq!(zstd::zstd_safe::get_frame_content_size(&bytes).ok().flatten(), Some(unpacked.len() as u64));
        assert!(holds(&bytes, &value));
        let mut other = value.clone();
        other[99_999] += 1;
        assert!(!holds(&bytes, &other));
        assert!(!holds(&bytes, &value[..99_999].to_vec()), "shorter");
        other = value.iter().copied().chain([1]).collect();
        assert!(!holds(&bytes, &other), "longer");
        assert!(!holds(&bytes[..bytes.len() / 2], &value) && !holds(b"", &value) && !holds(b"no pack", &value));
    }
}
