//! Where the entries of an archive lie: in a sound one no two share a byte.
//!
//! A file of a megabyte can list one body thousands of times, or let bodies begin within others, and so unpack to
//! terabytes without any entry going beyond its limits (Fifield 2019, "A better zip bomb", USENIX WOOT).

use std::collections::BTreeMap;

/// The stretches taken so far: where each begins and ends.
#[derive(Debug, Default)]
pub struct Extents {
    taken: BTreeMap<u64, u64>,
}

impl Extents {
    /// Takes a stretch; false if part of it is taken.
    pub fn take(&mut self, start: u64, len: u64) -> bool {
        let end = start.saturating_add(len);
        let is_free = self.taken.range(..end).next_back().is_none_or(|(_, before_ends)| *before_ends <= start);
        if is_free {
            self.taken.insert(start, end);
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_is_taken_twice() {
        let mut extents = Extents::default();
        assert!(extents.take(100, 50) && extents.take(0, 100) && extents.take(150, 10));
        for (start, len) in [(100, 50), (149, 1), (90, 20), (0, 1), (40, 500), (155, u64::MAX)] {
            assert!(!extents.take(start, len), "{start} {len}");
        }
        assert!(extents.take(160, u64::MAX));
    }
}
