//! Bytes packed with zstd, and unpacked.

use std::cell::RefCell;
use zstd::bulk::Decompressor;
use zstd::zstd_safe;

/// Fast, and within a few percent of the smallest.
const COMPRESSION_LEVEL: i32 = 3;

thread_local! {
    /// Made once for each thread: making one takes as long as unpacking a run with it.
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// `None` without the memory for it.
pub fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    zstd::bulk::compress(bytes, COMPRESSION_LEVEL).ok()
}

/// What [`pack`] packed; `None` of other bytes.
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(zstd_safe::get_frame_content_size(bytes).ok()??).ok()?;
    UNPACKER.with_borrow_mut(|unpacker| {
        if unpacker.is_none() {
            *unpacker = Decompressor::new().ok();
        }
        unpacker.as_mut()?.decompress(bytes, size).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        for bytes in [&b""[..], b"a", &[7; 100_000]] {
            assert_eq!(unpack(&pack(bytes).expect("packed")).as_deref(), Some(bytes));
        }
        assert_eq!(unpack(b"something else"), None);
    }
}
