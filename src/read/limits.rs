//! How much is unpacked before an archive is taken for a trap.

/// What one file on disk may hold. Each limit is far beyond what any service exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of one entry when unpacked. A week at one sample a second is under 200 MB in the wordiest format.
    pub entry_bytes: u64,
    /// Bytes unpacked from one file on disk, archives within archives included.
    pub total_bytes: u64,
    /// Unpacked bytes for each packed one. XML packs some 20 to 1, deflate reaches 1032.
    pub ratio: u64,
    /// Archives within archives, or layers of gzip; a Garmin export needs two.
    pub depth: usize,
    /// Entries in one file on disk, those of archives within included. Twenty years of a watch worn day and night have
    /// some 100,000.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits::USUAL
    }
}

/// Below this size any ratio is harmless.
const ALWAYS_ALLOWED_BYTES: u64 = 1 << 20;

impl Limits {
    pub const USUAL: Limits =
        Limits { entry_bytes: 256 << 20, total_bytes: 16 << 30, ratio: 200, depth: 3, entries: 200_000 };

    /// What `packed_bytes` may become by the ratio alone.
    pub fn by_ratio(&self, packed_bytes: u64) -> u64 {
        packed_bytes.saturating_mul(self.ratio).max(ALWAYS_ALLOWED_BYTES)
    }

    /// What `packed_bytes` may become: the lower of the ratio's and the entry's limit.
    pub fn unpacked_bytes(&self, packed_bytes: u64) -> u64 {
        self.by_ratio(packed_bytes).min(self.entry_bytes)
    }
}
