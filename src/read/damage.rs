//! Damage of the gzip stream or archive around a file.

use crate::activity::ReadNote;
use std::io;

/// What is wrong with what a file was packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The bytes are not those that were packed.
    Checksum,
    /// It breaks off, or cannot be unpacked to its end.
    Cut,
}

impl Damage {
    /// What an error at the end of unpacking means.
    pub(super) fn of(error: &io::Error) -> Damage {
        if error.to_string().contains("checksum") { Damage::Checksum } else { Damage::Cut }
    }
}

impl From<Damage> for ReadNote {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Checksum => ReadNote::ChecksumMismatch,
            Damage::Cut => ReadNote::DamagedPacking,
        }
    }
}
