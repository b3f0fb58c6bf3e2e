//! Tar archives, plain or packed with gzip (`.tar`, `.tgz`, `.tar.gz`): entries one after the other, without a directory.

use super::stretch::{Burst, ByteStretch, Guarded};
use super::{Damage, EntryKind, HEAD_BYTES, Visit, is_archive, is_hidden};
use crate::read::{Limits, ReadError, gzip, sniff, strava};
use crate::shown::{FileName, Names};
use ::tar::{Entry, EntryType, Header, PaxExtensions};
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

/// Bytes of a header, and of what everything in a tar archive is a multiple of.
const BLOCK_BYTES: usize = 512;
/// A name longer than this is none.
const LONGEST_NAME_BYTES: u64 = 64 << 10;

/// True if these bytes begin a tar archive, packed with gzip or not.
pub(super) fn is_tar(head: &[u8]) -> bool {
    if gzip::is_gzip(head) {
        let mut block = Vec::new();
        // What is damaged further on has its beginning all the same.
        let _ = MultiGzDecoder::new(head).take(BLOCK_BYTES as u64).read_to_end(&mut block);
        return begins_with_header(&block);
    }
    begins_with_header(head)
}

/// A header's checksum fits no other kind of file.
fn begins_with_header(bytes: &[u8]) -> bool {
    let Some(block) = bytes.first_chunk::<BLOCK_BYTES>() else { return false };
    let header = Header::from_byte_slice(block);
    let (Ok(stated), Ok(_)) = (header.cksum(), header.entry_size()) else { return false };
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let sum: u32 = block.iter().enumerate().map(|(i, b)| if CHECKSUM.contains(&i) { 32 } else { u32::from(*b) }).sum();
    sum == stated
}

impl Visit<'_> {
    /// Goes through a tar archive; the error is about the archive as a whole.
    pub(super) fn tar(&mut self, name: &FileName, packed: &ByteStretch<'_>, depth: usize) -> Result<(), ReadError> {
        let mut head = [0; 2];
        let is_packed = packed.clone().read_exact(&mut head).is_ok() && gzip::is_gzip(&head);
        let whole = io::BufReader::new(packed.clone());
        let (inner, left): (Box<dyn Read>, u64) = match is_packed {
            true => (Box::new(MultiGzDecoder::new(whole)), self.limits.by_ratio(packed.len())),
            false => (Box::new(whole), u64::MAX),
        };
        let mut archive = ::tar::Archive::new(Guarded { inner, left, tally: Rc::clone(&self.tally) });
        // Raw: otherwise names of any length would be held in memory.
        let entries = archive.entries().map_err(|_| ReadError::BrokenArchive)?.raw(true);
        let (mut long_name, mut found_any, mut names) = (None, false, Names::default());
        for entry in entries {
            let mut entry = entry.map_err(|error| self.breaks(&error, found_any))?;
            let kind = entry.header().entry_type();
            if matches!(kind, EntryType::GNULongName | EntryType::XHeader) {
                long_name = long_name_in(&mut entry).or(long_name);
                continue;
            }
            let own_name = || entry.path_bytes().into_owned();
            let inner = String::from_utf8_lossy(&long_name.take().unwrap_or_else(own_name)).into_owned();
            if !kind.is_file() || is_hidden(&inner) {
                continue;
            }
            self.count_entries(1)?;
            let found = self.found_or_unrelated(&inner, self.streamed(&inner, entry.size(), &mut entry));
            found_any = true;
            if let Some(too_much) = self.too_much() {
                return Err(too_much);
            }
            self.show(name.within(&names.unused_entry(&inner)), found, depth + 1);
            if let Some(too_much) = self.too_much() {
                return Err(too_much);
            }
        }
        Ok(())
    }

    fn breaks(&self, error: &io::Error, found_any: bool) -> ReadError {
        let is_burst = error.get_ref().is_some_and(|inner| inner.is::<Burst>());
        match self.too_much() {
            Some(too_much) => too_much,
            None if is_burst => ReadError::Bomb { ratio: self.limits.ratio },
            None if found_any => ReadError::CutArchive,
            None => ReadError::BrokenArchive,
        }
    }

    /// What an entry of this size turns out to be, of which nothing but the bytes is known.
    fn streamed<'f>(&self, name: &str, size: u64, body: &mut impl Read) -> Result<EntryKind<'f>, ReadError> {
        let Limits { entry_bytes, .. } = *self.limits;
        let mut bytes = Vec::new();
        let mut end = body.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes);
        let holds_entries = is_archive(&bytes);
        if !holds_entries && !strava::is_listing(name) {
            sniff(&bytes)?;
        }
        if size > entry_bytes {
            return Err(ReadError::TooLarge { limit_mb: entry_bytes >> 20 });
        }
        if end.is_ok() {
            end = body.by_ref().take(entry_bytes).read_to_end(&mut bytes);
        }
        if holds_entries {
            return ByteStretch::whole(Cursor::new(bytes)).map(EntryKind::Archive).map_err(|_| ReadError::DamagedEntry);
        }
        let is_cut = (bytes.len() as u64) < size;
        Ok(EntryKind::Bytes { bytes, damage: end.err().as_ref().map(Damage::of).or(is_cut.then_some(Damage::Cut)) })
    }
}

/// The name that an entry of its own gives the next one.
fn long_name_in<R: Read>(entry: &mut Entry<'_, R>) -> Option<Vec<u8>> {
    let is_gnu = entry.header().entry_type() == EntryType::GNULongName;
    let mut text = Vec::new();
    entry.take(LONGEST_NAME_BYTES).read_to_end(&mut text).ok()?;
    if is_gnu {
        return Some(text.split(|byte| *byte == 0).next()?.to_vec());
    }
    let path = PaxExtensions::new(&text).flatten().find(|record| record.key_bytes() == b"path")?;
    Some(path.value_bytes().to_vec())
}
