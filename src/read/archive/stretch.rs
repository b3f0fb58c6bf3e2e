//! Readers over a range of bytes, which unpack nested archives as they go, in little memory.

use flate2::read::DeflateDecoder;
use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::rc::Rc;

/// What can be read anywhere.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A stretch of a file or of something packed in it. A clone begins at the start and reads on its own.
pub struct ByteStretch<'f> {
    source: ByteSource<'f>,
    start: u64,
    len: u64,
    place: u64,
}

enum ByteSource<'f> {
    /// Shared by all that read in the same file.
    File(Rc<RefCell<dyn ReadSeek + 'f>>),
    Inflated(Box<Inflated<'f>>),
}

impl<'f> ByteStretch<'f> {
    /// The whole of a file.
    pub fn whole(mut file: impl Read + Seek + 'f) -> io::Result<Self> {
        let len = file.seek(SeekFrom::End(0))?;
        Ok(ByteStretch { source: ByteSource::File(Rc::new(RefCell::new(file))), start: 0, len, place: 0 })
    }

    /// What this stretch holds when unpacked, of which the directory states the size.
    pub fn inflated(self, len: u64, tally: Rc<Tally>) -> Self {
        let inflated = Inflated::new(self, len, tally);
        ByteStretch { source: ByteSource::Inflated(Box::new(inflated)), start: 0, len, place: 0 }
    }

    /// A part of this stretch, as far as there is one.
    pub fn part(&self, start: u64, len: u64) -> Self {
        let start = start.min(self.len);
        ByteStretch { start: self.start + start, len: len.min(self.len - start), ..self.clone() }
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    /// True where going back can mean to unpack everything before once more.
    pub fn is_inflated(&self) -> bool {
        matches!(self.source, ByteSource::Inflated(_))
    }
}

impl Clone for ByteStretch<'_> {
    fn clone(&self) -> Self {
        let source = match &self.source {
            ByteSource::File(file) => ByteSource::File(Rc::clone(file)),
            ByteSource::Inflated(inflated) => ByteSource::Inflated(Box::new(inflated.fresh())),
        };
        ByteStretch { source, place: 0, ..*self }
    }
}

impl Read for ByteStretch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.len.saturating_sub(self.place);
        let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if wanted == 0 {
            return Ok(0);
        }
        let (from, buffer) = (self.start + self.place, &mut buffer[..wanted]);
        let count = match &mut self.source {
            ByteSource::File(file) => {
                let mut file = file.borrow_mut();
                file.seek(SeekFrom::Start(from))?;
                file.read(buffer)?
            }
            ByteSource::Inflated(inflated) => inflated.read_at(from, buffer)?,
        };
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for ByteStretch<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(start) => Some(start),
            SeekFrom::Current(step) => self.place.checked_add_signed(step),
            SeekFrom::End(step) => self.len.checked_add_signed(step),
        };
        self.place = place.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

/// Counts what is unpacked and says when it is enough.
pub struct Tally {
    limit: u64,
    left: Cell<u64>,
    is_exceeded: Cell<bool>,
}

impl Tally {
    pub fn new(limit: u64) -> Self {
        Tally { limit, left: Cell::new(limit), is_exceeded: Cell::new(false) }
    }

    /// # Errors
    /// Once more than the limit was counted.
    pub fn count(&self, bytes: u64) -> io::Result<()> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => self.left.set(left),
            None => self.is_exceeded.set(true),
        }
        if self.is_exceeded.get() { Err(io::Error::other("too much was unpacked")) } else { Ok(()) }
    }

    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// What may still be unpacked.
    pub fn left(&self) -> u64 {
        self.left.get()
    }

    pub fn is_exceeded(&self) -> bool {
        self.is_exceeded.get()
    }
}

/// Reads no further than is allowed, and counts.
pub struct Guarded<R> {
    pub inner: R,
    /// Bytes that may still come.
    pub left: u64,
    pub tally: Rc<Tally>,
}

/// There was more than was allowed.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to too much")]
pub struct Burst;

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.tally.count(count as u64)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(Burst))?;
        Ok(count)
    }
}

/// A deflated stretch that can be read anywhere without being held in memory: whoever goes back beyond what was
/// unpacked lately waits until all is unpacked again from the start. Archives are read from their end, where the
/// directory is, and then once from the start.
struct Inflated<'f> {
    packed: ByteStretch<'f>,
    decoder: DeflateDecoder<ByteStretch<'f>>,
    /// Bytes unpacked so far, the last ones of which are `recent`.
    unpacked: u64,
    recent: Vec<u8>,
    /// Unpacked size, as the directory states it.
    len: u64,
    tally: Rc<Tally>,
}

/// Bytes kept for going back.
const KEPT_BYTES: usize = 1 << 20;
/// Bytes unpacked at a time.
const STEP_BYTES: usize = 1 << 16;

impl<'f> Inflated<'f> {
    fn new(packed: ByteStretch<'f>, len: u64, tally: Rc<Tally>) -> Self {
        let decoder = DeflateDecoder::new(packed.clone());
        Inflated { packed, decoder, unpacked: 0, recent: Vec::new(), len, tally }
    }

    /// The same from the start.
    fn fresh(&self) -> Self {
        Inflated::new(self.packed.clone(), self.len, Rc::clone(&self.tally))
    }

    fn restart(&mut self) {
        self.decoder = DeflateDecoder::new(self.packed.clone());
        self.unpacked = 0;
        self.recent.clear();
    }

    /// Unpacks the next step.
    fn advance(&mut self) -> io::Result<()> {
        if self.recent.len() >= 2 * KEPT_BYTES {
            self.recent.drain(..self.recent.len() - KEPT_BYTES);
        }
        let known = self.recent.len();
        self.recent.resize(known + STEP_BYTES, 0);
        let result = self.decoder.read(&mut self.recent[known..]);
        let count = *result.as_ref().unwrap_or(&0);
        self.recent.truncate(known + count);
        self.unpacked += count as u64;
        match result? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            count => self.tally.count(count as u64),
        }
    }

    fn read_at(&mut self, place: u64, buffer: &mut [u8]) -> io::Result<usize> {
        if place >= self.len || buffer.is_empty() {
            return Ok(0);
        }
        if place < self.unpacked - self.recent.len() as u64 {
            self.restart();
        }
        while self.unpacked <= place {
            self.advance()?;
        }
        let ready = (self.unpacked - place).min(self.len - place).min(buffer.len() as u64) as usize;
        let from = self.recent.len() - (self.unpacked - place) as usize;
        buffer[..ready].copy_from_slice(&self.recent[from..from + ready]);
        Ok(ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use std::io::{Cursor, Write};

    fn plain() -> Vec<u8> {
        (0..5_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 & 0x3f).collect()
    }

    fn packed() -> ByteStretch<'static> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&plain()).unwrap();
        ByteStretch::whole(Cursor::new(encoder.finish().unwrap())).unwrap()
    }

    #[test]
    fn a_packed_stretch_is_read_anywhere() {
        let plain = plain();
        let len = plain.len() as u64;
        let mut inflated = packed().inflated(len, Rc::new(Tally::new(u64::MAX)));
        for start in [len - 100, 0, 70_000, 3_000_000, 2_500_000, 10, len - 1, len - 66_000] {
            inflated.seek(SeekFrom::Start(start)).unwrap();
            let mut piece = vec![0; 64.min((len - start) as usize)];
            inflated.read_exact(&mut piece).unwrap();
            assert_eq!(piece, plain[start as usize..][..piece.len()], "from {start}");
            let ByteSource::Inflated(inflated) = &inflated.source else { panic!() };
            assert!(inflated.recent.len() <= 2 * KEPT_BYTES + STEP_BYTES);
        }
        inflated.seek(SeekFrom::End(0)).unwrap();
        assert_eq!(inflated.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn unpacking_over_and_over_is_counted() {
        let tally = Rc::new(Tally::new(12_000_000));
        let mut inflated = packed().inflated(5_000_000, Rc::clone(&tally));
        let mut from = |start| {
            inflated.seek(SeekFrom::Start(start)).unwrap();
            inflated.read_exact(&mut [0; 8])
        };
        assert!(from(4_900_000).is_ok() && from(0).is_ok() && from(4_900_000).is_ok());
        assert!(!tally.is_exceeded());
        assert!(from(0).is_ok() && from(4_900_000).is_err() && tally.is_exceeded());
    }

    #[test]
    fn a_stretch_that_promises_too_much_ends_in_an_error() {
        let mut inflated = packed().inflated(6_000_000, Rc::new(Tally::new(u64::MAX)));
        assert!(inflated.read_to_end(&mut Vec::new()).is_err());
        let mut part = packed().part(1000, u64::MAX);
        assert_eq!(part.seek(SeekFrom::End(0)).unwrap(), packed().len() - 1000);
        assert_eq!(packed().part(u64::MAX, 5).len(), 0);
    }
}
