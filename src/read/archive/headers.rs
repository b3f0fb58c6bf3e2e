//! Entries found by their own headers, for archives that have lost their directory: of a download that broke off the
//! first entries are there, and the directory would have come last (PKWARE's APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.9).

use super::stretch::{ByteStretch, Tally};
use flate2::bufread::DeflateDecoder;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// What stands before an entry.
#[derive(Debug)]
pub struct Header {
    pub name: Vec<u8>,
    pub is_encrypted: bool,
    pub method: u16,
    /// Bytes packed and unpacked; `None` where they follow the entry, as services write that pack while they send.
    sizes: Option<(u64, u64)>,
    /// Where the entry's bytes begin.
    pub body: u64,
}

/// Packing methods.
pub const STORED: u16 = 0;
pub const DEFLATED: u16 = 8;

/// What was found behind a header.
#[derive(Debug)]
pub struct FoundEntry {
    /// As much as was to be kept.
    pub bytes: Vec<u8>,
    pub packed: u64,
    pub unpacked: u64,
    /// False where the archive ends first, or the bytes cannot be unpacked.
    pub is_whole: bool,
}

/// How much of an entry to hold, and how far to go in it.
pub struct Appetite<'a> {
    /// Bytes to keep of what begins like this; more are only counted.
    pub keep: &'a dyn Fn(&[u8]) -> u64,
    /// Bytes that so many packed ones may become.
    pub allowed: &'a dyn Fn(u64) -> u64,
    pub tally: &'a Tally,
}

const MARK: &[u8] = b"PK\x03\x04";
/// What may follow an entry: another one, the directory, and in it its end.
const MARKS: [&[u8]; 3] = [MARK, b"PK\x01\x02", b"PK\x05\x06"];
/// Sizes that are too large for their place stand in an extra field.
const ELSEWHERE: u64 = u32::MAX as u64;
const ZIP64: u64 = 1;

impl Header {
    /// `None` where no entry begins.
    pub fn read(archive: &mut ByteStretch<'_>, at: u64) -> Option<Header> {
        archive.seek(SeekFrom::Start(at)).ok()?;
        let mut fixed = [0; 30];
        archive.read_exact(&mut fixed).ok().filter(|()| fixed.starts_with(MARK))?;
        let number = |at: usize, len: usize| little(&fixed[at..at + len]);
        let (flags, name_len, extra_len) = (number(6, 2), number(26, 2), number(28, 2));
        let mut name = vec![0; name_len as usize];
        let mut extra = vec![0; extra_len as usize];
        archive.read_exact(&mut name).and_then(|()| archive.read_exact(&mut extra)).ok()?;
        let sizes = match (number(18, 4), number(22, 4)) {
            _ if flags & 8 != 0 => None,
            (ELSEWHERE, _) | (_, ELSEWHERE) => Some(large_sizes(&extra)?),
            sizes => Some(sizes),
        };
        let body = at + fixed.len() as u64 + name_len + extra_len;
        Some(Header { name, is_encrypted: flags & 1 != 0, method: number(8, 2) as u16, sizes, body })
    }

    /// Goes through the entry as far as needed to find its end. `None` where only the lost directory knew how.
    pub fn unpack(&self, archive: &mut ByteStretch<'_>, appetite: &Appetite<'_>) -> Option<FoundEntry> {
        archive.seek(SeekFrom::Start(self.body)).ok()?;
        let there = archive.len().saturating_sub(self.body);
        let stated = self.sizes.map(|(packed, unpacked)| (packed.min(there), unpacked, packed <= there));
        let nothing = |(packed, unpacked, is_whole)| FoundEntry { bytes: Vec::new(), packed, unpacked, is_whole };
        match (self.method, stated) {
            _ if self.is_encrypted => stated.map(nothing),
            (DEFLATED, _) => {
                let packed = archive.take(stated.map_or(u64::MAX, |(packed, ..)| packed));
                let mut decoder = DeflateDecoder::new(BufReader::new(packed));
                let read = |decoder: &mut DeflateDecoder<_>, buffer: &mut [u8]| {
                    let count = decoder.read(buffer)?;
                    Ok((count, decoder.total_in()))
                };
                Some(consumed(|buffer| read(&mut decoder, buffer), stated, appetite))
            }
            (STORED, Some((packed, ..))) => {
                let mut body = archive.take(packed);
                let read = |buffer: &mut [u8]| {
                    let count = body.read(buffer)?;
                    Ok((count, packed - body.limit()))
                };
                Some(consumed(read, stated, appetite))
            }
            _ => stated.map(nothing),
        }
    }

    /// Where the next header is to be looked for: behind the entry's `packed` bytes. `None` where nothing follows.
    pub fn end(&self, archive: &mut ByteStretch<'_>, packed: u64) -> Option<u64> {
        let end = self.body + packed;
        archive.seek(SeekFrom::Start(end)).ok()?;
        let mut bytes = Vec::new();
        archive.by_ref().take(28).read_to_end(&mut bytes).ok()?;
        // Behind an entry without sizes: a mark perhaps, a checksum, and both sizes in four bytes each or in eight.
        let gaps: &[usize] = if self.sizes.is_some() { &[0] } else { &[12, 16, 20, 24] };
        let follows = |gap: &&usize| bytes.get(**gap..).is_some_and(|next| MARKS.iter().any(|m| next.starts_with(m)));
        gaps.iter().find(follows).map(|gap| end + *gap as u64)
    }
}

/// Reads until nothing more is wanted and the end is known; `read` says how many bytes came out, and how many packed
/// ones went in so far.
fn consumed(
    mut read: impl FnMut(&mut [u8]) -> io::Result<(usize, u64)>,
    stated: Option<(u64, u64, bool)>,
    appetite: &Appetite<'_>,
) -> FoundEntry {
    let mut buffer = vec![0; 1 << 16];
    let mut found = FoundEntry { bytes: Vec::new(), packed: 0, unpacked: 0, is_whole: false };
    let (mut keep, mut ends_well) = (None, None);
    while ends_well.is_none() {
        let mut count = 0;
        while count < buffer.len() && ends_well.is_none() {
            match read(&mut buffer[count..]) {
                Ok((more, packed)) => {
                    ends_well = (more == 0).then_some(true);
                    count += more;
                    found.packed = packed;
                }
                Err(_) => ends_well = Some(false),
            }
        }
        found.unpacked += count as u64;
        if found.unpacked > (appetite.allowed)(found.packed) || appetite.tally.count(count as u64).is_err() {
            return found;
        }
        let keep = *keep.get_or_insert_with(|| (appetite.keep)(&buffer[..count]));
        let wanted = keep.saturating_sub(found.bytes.len() as u64).min(count as u64);
        found.bytes.extend_from_slice(&buffer[..wanted as usize]);
        if let Some((packed, unpacked, is_whole)) = stated.filter(|_| found.unpacked > keep) {
            return FoundEntry { packed, unpacked, is_whole, ..found };
        }
    }
    found.is_whole = ends_well == Some(true) && stated.is_none_or(|(.., is_whole)| is_whole);
    found
}

/// Packed and unpacked size from the extra fields, where the unpacked one stands first.
fn large_sizes(mut extra: &[u8]) -> Option<(u64, u64)> {
    while extra.len() >= 4 {
        let (id, len) = (little(&extra[..2]), little(&extra[2..4]) as usize);
        let field = extra.get(4..4 + len)?;
        if id == ZIP64 {
            return Some((little(field.get(8..16)?), little(&field[..8])));
        }
        extra = &extra[4 + len..];
    }
    None
}

fn little(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
