//! Zip and tar archives, and archives in them, without unpacking to disk or holding more than one entry in memory.
//!
//! The names of entries are text to be shown and never a path: they may say what they like.

mod beside;
mod extents;
mod headers;
mod health;
mod salvage;
mod stretch;
mod tarball;

use super::apple::Workout;
use super::{Damage, Limits, ReadError, gzip, strava};
pub use crate::shown::WITHIN;
use crate::shown::{FileName, Names};
pub use beside::{Beside, groups};
use extents::Extents;
use headers::Header;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::rc::Rc;
pub use stretch::ReadSeek;
use stretch::{ByteStretch, Tally};
use zip::read::{ArchiveOffset, Config, ZipFile, ZipFileEntry};
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

/// A file or an entry of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Path of the file, then the names within.
    pub name: FileName,
    /// What is in it.
    pub content: Content,
}

/// What an entry holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// To be read; unpacked, if it was a gzip file.
    Bytes {
        /// The unpacked bytes.
        bytes: Vec<u8>,
        /// What is wrong with what they were packed in.
        damage: Option<Damage>,
    },
    /// A file too long to be held, to be read as it streams by.
    Long,
    /// The routes of a workout in an export of Apple Health, which tells the rest.
    Routes {
        /// A workout of the export.
        workout: Box<Workout>,
        /// Its routes, GPX each.
        routes: Vec<Vec<u8>>,
        /// What is wrong with the packing.
        damage: Option<Damage>,
    },
    /// The workouts in an export of Apple Health that have no route beside it.
    Workouts(Vec<Workout>),
    /// A file or entry that neither is an activity nor is named like one.
    Unrelated,
    /// It could not be opened or unpacked.
    Failed(ReadError),
}

impl Entry {
    /// Of which nothing can be had.
    pub fn failed(name: impl Into<FileName>, error: ReadError) -> Self {
        Entry { name: name.into(), content: Content::Failed(error) }
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Bytes { bytes, .. } => bytes.len(),
            Content::Routes { workout, routes, .. } => workout.size() + routes.iter().map(Vec::len).sum::<usize>(),
            Content::Workouts(workouts) => workouts.iter().map(Workout::size).sum(),
            Content::Long | Content::Unrelated | Content::Failed(_) => 0,
        }
    }
}

/// Shows `each` what a file holds: the file itself, or one by one the entries of an archive and of the archives in it.
/// Directories and hidden entries are passed over.
pub fn visit<'f>(name: &str, file: impl Read + Seek + 'f, limits: &Limits, each: &mut dyn FnMut(Entry)) {
    let tally = Rc::new(Tally::new(limits.total_bytes));
    let mut visit = Visit { limits, tally, entries: 0, beside: Beside::default(), each };
    let found = ByteStretch::whole(file).and_then(|mut file| {
        visit.tally = Rc::new(Tally::new(limits.total_of(file.len())));
        let mut bytes = Vec::new();
        read_up_to(&mut file, &mut bytes, HEAD_BYTES)?;
        if is_archive(&bytes) {
            return Ok(EntryKind::Archive(file));
        }
        if !is_promising(name) && !strava::is_listing(name) && super::sniff(&bytes).is_err() {
            return Ok(EntryKind::Unrelated);
        }
        if file.len() > limits.entry_bytes {
            return Ok(EntryKind::Failed(ReadError::TooLarge { limit_mb: limits.entry_bytes >> 20 }));
        }
        if file.len() > LONG_BYTES && super::is_streamable(&bytes) {
            return Ok(EntryKind::Long);
        }
        read_up_to(&mut file, &mut bytes, u64::MAX)?;
        Ok(EntryKind::Bytes { bytes, damage: None })
    });
    match found {
        Ok(found) => visit.show(name.into(), found, 1),
        Err(error) => visit.give(name.into(), Content::Failed(ReadError::Disk { reason: error.to_string().into() })),
    }
}

/// Reads on up to so many bytes in all, with room made once: growing would copy them over and over.
fn read_up_to(file: &mut ByteStretch<'_>, bytes: &mut Vec<u8>, len: u64) -> io::Result<()> {
    let len = usize::try_from(len.min(file.len())).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut filled = bytes.len();
    let mut all = vec![0; len.max(filled)];
    all[..filled].copy_from_slice(bytes);
    while filled < all.len() {
        match file.read(&mut all[filled..]) {
            // Shorter than it was when it was opened.
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    all.truncate(filled);
    *bytes = all;
    Ok(())
}

/// A document on disk beyond this size is not held.
const LONG_BYTES: u64 = 32 << 20;

/// Enough of an entry to know its kind.
const HEAD_BYTES: u64 = 64 * 1024;

/// Bytes of an entry's own header, its name apart.
const LOCAL_HEADER_BYTES: u64 = 30;

/// Up to this size an archive in an archive is held in memory.
const ARCHIVE_IN_MEMORY_BYTES: u64 = 16 << 20;

/// True if these bytes begin an archive of any kind that is read.
fn is_archive(bytes: &[u8]) -> bool {
    is_zip(bytes) || tarball::is_tar(bytes)
}

/// True if these bytes begin a zip archive; an empty one has an end only.
pub fn is_zip(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|mark| bytes.starts_with(*mark))
}

/// What a file or an entry turned out to be.
enum EntryKind<'f> {
    Archive(ByteStretch<'f>),
    Bytes { bytes: Vec<u8>, damage: Option<Damage> },
    Long,
    Unrelated,
    Failed(ReadError),
}

type Directory<'f> = ZipIterable<BufReader<ByteStretch<'f>>>;

/// An archive's directory, entry by entry. It begins where the file does: the directory of an archive that lies unpacked
/// in a cut one is not its own.
fn directory<'f>(packed: &ByteStretch<'f>) -> Option<Directory<'f>> {
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    ZipIterable::try_new(BufReader::new(packed.clone()), config).ok()
}

fn name_of(entry: &ZipFileEntry<'_>) -> String {
    entry.name().unwrap_or_else(|_| String::from_utf8_lossy(entry.name_raw())).into_owned()
}

struct Visit<'v> {
    limits: &'v Limits,
    tally: Rc<Tally>,
    /// Entries seen, those of inner archives too.
    entries: usize,
    beside: Beside,
    each: &'v mut dyn FnMut(Entry),
}

impl Visit<'_> {
    fn give(&mut self, name: FileName, content: Content) {
        self.beside.joined(Entry { name, content }).into_iter().for_each(&mut self.each);
    }

    fn show(&mut self, name: FileName, found: EntryKind<'_>, depth: usize) {
        let content = match found {
            EntryKind::Archive(packed) => match self.archive(&name, &packed, depth) {
                Ok(()) => return,
                Err(error) => Content::Failed(error),
            },
            EntryKind::Bytes { bytes, damage } if gzip::is_gzip(&bytes) => match self.gunzipped(&bytes) {
                Some(Ok(inner)) => Content::Bytes { bytes: inner.bytes, damage: damage.or(inner.damage) },
                Some(Err(error)) => Content::Failed(error),
                // The archive says so; a file that is none says it itself.
                None if depth > 1 => return,
                None => Content::Failed(self.broken()),
            },
            EntryKind::Bytes { bytes, damage } => Content::Bytes { bytes, damage },
            EntryKind::Long => Content::Long,
            EntryKind::Unrelated => Content::Unrelated,
            EntryKind::Failed(error) => Content::Failed(error),
        };
        self.give(name, content);
    }

    /// What is in a gzip file; `None` where that would be too much in all.
    fn gunzipped(&self, bytes: &[u8]) -> Option<Result<gzip::Gunzipped, ReadError>> {
        let most = self.limits.unpacked_bytes(bytes.len() as u64);
        let unpacked = gzip::unpacked(bytes, most.min(self.tally.left()), self.limits);
        let size = match &unpacked {
            Ok(unpacked) => unpacked.bytes.len() as u64,
            Err(ReadError::TooLarge { .. } | ReadError::Bomb { .. }) if self.tally.left() < most => u64::MAX,
            Err(_) => 0,
        };
        self.tally.count(size).is_ok().then_some(unpacked)
    }

    /// Goes through an archive; the error is about the archive as a whole.
    fn archive(&mut self, name: &FileName, packed: &ByteStretch<'_>, depth: usize) -> Result<(), ReadError> {
        if depth > self.limits.depth() {
            return Err(ReadError::TooDeep { limit: self.limits.depth() });
        }
        let mut head = Vec::new();
        let _ = packed.clone().take(HEAD_BYTES).read_to_end(&mut head);
        if !is_zip(&head) && tarball::is_tar(&head) {
            return self.tar(name, packed, depth);
        }
        let Some(mut archive) = directory(packed) else { return Err(self.without_directory(name, packed, depth)) };
        if archive.is_empty() {
            let has_entries = Header::read(&mut packed.clone(), 0).is_some();
            return Err(if has_entries {
                self.without_directory(name, packed, depth)
            } else {
                ReadError::EmptyArchive
            });
        }
        self.count_entries(archive.len())?;
        self.read_exports(name, &mut archive, packed);
        if let Some(too_much) = self.too_much() {
            return Err(too_much);
        }
        let (mut names, mut extents) = (Names::default(), Extents::default());
        let mut bodies = BufReader::new(packed.clone());
        let Ok(entries) = archive.files() else { return Err(self.without_directory(name, packed, depth)) };
        for (place, entry) in entries.enumerate() {
            let Ok(entry) = entry else {
                let nothing_yet = place == 0 && self.too_much().is_none();
                return Err(if nothing_yet { self.without_directory(name, packed, depth) } else { self.broken() });
            };
            if !extents.take(entry.header_start(), LOCAL_HEADER_BYTES + entry.compressed_size()) {
                return Err(ReadError::Overlap);
            }
            let inner = name_of(&entry);
            if entry.is_dir() || is_hidden(&inner) {
                continue;
            }
            if let Some(shown) = self.beside.export(&format!("{name}{WITHIN}{inner}")) {
                shown.into_iter().for_each(&mut self.each);
                continue;
            }
            let found = self.found(&inner, entry, packed, &mut bodies);
            // What is left out is told once, not for every entry that follows.
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

    fn count_entries(&mut self, more: usize) -> Result<(), ReadError> {
        self.entries += more;
        let limit = self.limits.entries;
        if self.entries > limit { Err(ReadError::TooManyEntries { limit }) } else { Ok(()) }
    }

    fn broken(&self) -> ReadError {
        self.too_much().unwrap_or(ReadError::BrokenArchive)
    }

    fn too_much(&self) -> Option<ReadError> {
        let (limit, ratio) = (self.limits.total_bytes, self.limits.ratio);
        let is_by_size = self.tally.limit() >= limit;
        let too_much =
            if is_by_size { ReadError::TooMuch { limit_mb: limit >> 20 } } else { ReadError::Bomb { ratio } };
        self.tally.is_exceeded().then_some(too_much)
    }

    fn found<'f>(
        &self,
        name: &str,
        entry: ZipFileEntry<'_>,
        packed: &ByteStretch<'f>,
        bodies: &mut BufReader<ByteStretch<'f>>,
    ) -> EntryKind<'f> {
        self.found_or_unrelated(name, self.open(name, entry, packed, bodies))
    }

    fn found_or_unrelated<'f>(&self, name: &str, opened: Result<EntryKind<'f>, ReadError>) -> EntryKind<'f> {
        use ReadError::{DamagedEntry, Empty, Encrypted, UnknownFormat, UnknownPacking};
        match opened {
            // Nothing that could be seen of it, its name included, speaks of an activity.
            Err(Empty | UnknownFormat | Encrypted | UnknownPacking { .. } | DamagedEntry) if !is_promising(name) => {
                EntryKind::Unrelated
            }
            Err(error) => EntryKind::Failed(error),
            Ok(found) => found,
        }
    }

    fn open<'f>(
        &self,
        name: &str,
        entry: ZipFileEntry<'_>,
        packed: &ByteStretch<'f>,
        bodies: &mut BufReader<ByteStretch<'f>>,
    ) -> Result<EntryKind<'f>, ReadError> {
        if entry.encrypted() {
            return Err(ReadError::Encrypted);
        }
        let method = entry.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(ReadError::UnknownPacking { method: method.to_string().into() });
        }
        let size = Size { packed: entry.compressed_size(), unpacked: entry.size() };
        let mut body = entry.with_reader(bodies, ZipReadOptions::new()).map_err(|_| ReadError::DamagedEntry)?;
        let mut bytes = Vec::new();
        let mut end = body.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes);
        if is_archive(&bytes) {
            size.check(self.limits, u64::MAX)?;
            return self.inner_archive(body, bytes, size, packed).map(EntryKind::Archive);
        }
        if bytes.is_empty() && end.is_err() {
            return Err(ReadError::DamagedEntry);
        }
        if !strava::is_listing(name) {
            super::sniff(&bytes)?;
        }
        size.check(self.limits, self.limits.entry_bytes)?;
        if end.is_ok() {
            // An entry that is larger than it says would not stop by itself.
            let rest = size.unpacked.saturating_add(1).saturating_sub(bytes.len() as u64);
            end = body.by_ref().take(rest).read_to_end(&mut bytes);
        }
        // Where too much was counted, the archive says so.
        let _ = self.tally.count(bytes.len() as u64);
        if bytes.is_empty() || bytes.len() as u64 > size.unpacked {
            return Err(ReadError::DamagedEntry);
        }
        Ok(EntryKind::Bytes { bytes, damage: end.err().as_ref().map(Damage::of) })
    }

    /// A small archive is held in memory, where it is read fastest; a large one stays in the file.
    fn inner_archive<'f>(
        &self,
        mut body: ZipFile<'_, BufReader<ByteStretch<'f>>>,
        mut bytes: Vec<u8>,
        size: Size,
        packed: &ByteStretch<'f>,
    ) -> Result<ByteStretch<'f>, ReadError> {
        if size.unpacked <= ARCHIVE_IN_MEMORY_BYTES {
            // What is damaged will tell.
            let _ = body.by_ref().take(ARCHIVE_IN_MEMORY_BYTES).read_to_end(&mut bytes);
            let _ = self.tally.count(bytes.len() as u64);
            return ByteStretch::whole(Cursor::new(bytes)).map_err(|_| ReadError::DamagedEntry);
        }
        let part = packed.part(body.data_start().ok_or(ReadError::DamagedEntry)?, size.packed);
        Ok(match body.compression() {
            CompressionMethod::Stored => part,
            _ => part.inflated(size.unpacked, Rc::clone(&self.tally)),
        })
    }
}

/// Bytes of an entry, as the archive states them.
#[derive(Clone, Copy)]
struct Size {
    packed: u64,
    unpacked: u64,
}

impl Size {
    fn check(self, limits: &Limits, limit: u64) -> Result<(), ReadError> {
        if self.unpacked > limit {
            return Err(ReadError::TooLarge { limit_mb: limit >> 20 });
        }
        if self.unpacked > limits.by_ratio(self.packed) {
            return Err(ReadError::Bomb { ratio: limits.ratio });
        }
        Ok(())
    }
}

/// True of what a system put there for itself, as macOS does with `__MACOSX/._run.fit`.
fn is_hidden(name: &str) -> bool {
    let hides = |part: &str| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | "..");
    name.split(['/', '\\']).any(hides)
}

/// Names that promise an activity; what is so named and holds none is worth a word.
pub fn is_promising(name: &str) -> bool {
    const PROMISING: [&str; 9] = ["fit", "gpx", "tcx", "kml", "gz", "zip", "kmz", "tar", "tgz"];
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    extension.is_some_and(|extension| PROMISING.contains(&extension.as_str()))
}
