//! Reads the entries of an archive that lost its directory.

use super::headers::{Appetite, DEFLATED, FoundEntry, Header, STORED};
use super::stretch::ByteStretch;
use super::{ARCHIVE_IN_MEMORY_BYTES, Damage, EntryKind, Size, Visit, is_archive, is_hidden};
use crate::read::{ReadError, sniff, strava};
use crate::shown::{FileName, Names};
use std::io::Cursor;
use std::rc::Rc;

impl Visit<'_> {
    /// Goes through the entries of an archive whose directory is lost, as far as they follow each other, and returns what
    /// there is to say about it.
    pub(super) fn without_directory(&mut self, name: &FileName, packed: &ByteStretch<'_>, depth: usize) -> ReadError {
        let mut archive = packed.clone();
        let (mut at, mut found_any, mut names) = (Some(0), false, Names::default());
        while let Some(header) = at.and_then(|at| Header::read(&mut archive, at)) {
            if let Err(too_many) = self.count_entries(1) {
                return too_many;
            }
            let inner = String::from_utf8_lossy(&header.name).into_owned();
            let appetite = Appetite {
                keep: &|head| self.appetite(&inner, head),
                allowed: &|packed| self.limits.by_ratio(packed),
                tally: &self.tally,
            };
            let Some(unpacked) = header.unpack(&mut archive, &appetite) else { break };
            if let Some(too_much) = self.too_much() {
                return too_much;
            }
            at = header.end(&mut archive, unpacked.packed);
            if !inner.ends_with('/') && !is_hidden(&inner) {
                let found = self.found_or_unrelated(&inner, self.found_behind(&header, unpacked, packed));
                found_any = true;
                self.show(name.within(&names.unused_entry(&inner)), found, depth + 1);
            }
        }
        if found_any { ReadError::CutArchive } else { self.broken() }
    }

    /// Bytes to hold of an entry that begins like this.
    fn appetite(&self, name: &str, head: &[u8]) -> u64 {
        match () {
            () if is_archive(head) => ARCHIVE_IN_MEMORY_BYTES,
            () if strava::is_listing(name) || sniff(head).is_ok() => self.limits.entry_bytes,
            () => 0,
        }
    }

    /// What an entry is of which only its own header is known.
    fn found_behind<'f>(
        &self,
        header: &Header,
        FoundEntry { bytes, packed, unpacked, is_whole }: FoundEntry,
        archive: &ByteStretch<'f>,
    ) -> Result<EntryKind<'f>, ReadError> {
        if header.is_encrypted {
            return Err(ReadError::Encrypted);
        }
        if !matches!(header.method, STORED | DEFLATED) {
            return Err(ReadError::UnknownPacking { method: format!("method {}", header.method).into() });
        }
        let size = Size { packed, unpacked };
        if !is_archive(&bytes) {
            size.check(self.limits, self.limits.entry_bytes)?;
            return match (bytes.is_empty(), is_whole) {
                (false, _) => Ok(EntryKind::Bytes { bytes, damage: (!is_whole).then_some(Damage::Cut) }),
                (true, true) if unpacked == 0 => Err(ReadError::Empty),
                (true, true) => Err(ReadError::UnknownFormat),
                (true, false) => Err(ReadError::DamagedEntry),
            };
        }
        size.check(self.limits, u64::MAX)?;
        if unpacked <= ARCHIVE_IN_MEMORY_BYTES {
            return ByteStretch::whole(Cursor::new(bytes)).map(EntryKind::Archive).map_err(|_| ReadError::DamagedEntry);
        }
        let part = archive.part(header.body, packed);
        Ok(EntryKind::Archive(match header.method {
            STORED => part,
            _ => part.inflated(unpacked, Rc::clone(&self.tally)),
        }))
    }
}
