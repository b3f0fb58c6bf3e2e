//! What came of files, as bytes on their way to another process or machine, or into a table.
//!
//! A line of text says what follows: which layout, which version of the digests, and a fingerprint; the rest is packed. Whoever
//! reads it takes the fields it knows, and ignores those that a later program of the same version has put behind them.

use crate::content::ContentHash;
use crate::digest;
use crate::outcome::{FileResult, Outcome};
use crate::shown::FileName;
use serde_bytes::ByteBuf;

const MAGIC: &str = "freshlegs digest";
/// Changes with the layout around the digests, which have a version of their own.
const LAYOUT: u32 = 1;
/// Fast, and within a few percent of the smallest.
const COMPRESSION_LEVEL: i32 = 3;
/// An archive with ten thousand runs takes a tenth of it.
const LARGEST_BYTES: u64 = 4 << 30;

/// Why bytes cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUsable {
    /// Something else.
    #[error("this is no digest by freshlegs; `freshlegs digest` and `freshlegs.digest` make them")]
    Foreign,
    /// Made before files were read as they are now.
    #[error(
        "this digest was made by an older freshlegs (version {found} of digests, not {}); make it again from the files",
        digest::VERSION
    )]
    Older {
        /// Its version.
        found: u32,
    },
    /// Made in a way that is not known here.
    #[error(
        "this digest was made by a newer freshlegs (version {found} of digests, not {}); update freshlegs here",
        digest::VERSION
    )]
    Newer {
        /// Its version.
        found: u32,
    },
    /// Not what was written.
    #[error("this digest is damaged; make it again from the files")]
    Damaged,
}

/// Packs what came of files.
///
/// # Errors
/// Where it cannot be written as bytes, which no outcome brings about.
pub fn pack(results: &[FileResult]) -> anyhow::Result<Vec<u8>> {
    let entry = |r: &FileResult| postcard::to_stdvec(&(&r.file, &r.source, &r.outcome)).map(ByteBuf::from);
    let entries = results.iter().map(entry).collect::<Result<Vec<ByteBuf>, _>>()?;
    let packed = zstd::bulk::compress(&postcard::to_stdvec(&entries)?, COMPRESSION_LEVEL)?;
    let head = format!("{MAGIC} {LAYOUT} {} {}\n", digest::VERSION, ContentHash::of(&packed));
    Ok([head.as_bytes(), &packed].concat())
}

/// What came of files, from their packed form.
///
/// # Errors
/// For bytes of another version, damaged ones, and others.
pub fn unpack(bytes: &[u8]) -> Result<Vec<FileResult>, NotUsable> {
    let packed = opened(bytes)?;
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.filter(|size| *size <= LARGEST_BYTES).and_then(|size| usize::try_from(size).ok());
    let unpacked = zstd::bulk::decompress(packed, size.ok_or(NotUsable::Damaged)?).map_err(|_| NotUsable::Damaged)?;
    let entries: Vec<ByteBuf> = postcard::from_bytes(&unpacked).map_err(|_| NotUsable::Damaged)?;
    entries.iter().map(|entry| result(entry).ok_or(NotUsable::Damaged)).collect()
}

/// What a later program has put behind the fields is left alone.
fn result(entry: &[u8]) -> Option<FileResult> {
    let ((file, source, outcome), _later) = postcard::take_from_bytes::<(FileName, FileName, Outcome)>(entry).ok()?;
    Some(FileResult { file, source, content: None, outcome })
}

fn opened(bytes: &[u8]) -> Result<&[u8], NotUsable> {
    let end = bytes.iter().take(200).position(|byte| *byte == b'\n').ok_or(NotUsable::Foreign)?;
    let (head, packed) = (std::str::from_utf8(&bytes[..end]).unwrap_or_default(), &bytes[end + 1..]);
    let rest = head.strip_prefix(MAGIC).ok_or(NotUsable::Foreign)?;
    let [layout, version, seal] = rest.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(NotUsable::Foreign);
    };
    let number = |text: &str| text.parse::<u32>().map_err(|_| NotUsable::Foreign);
    let (layout, found) = (number(layout)?, number(version)?);
    match (layout, found) {
        (LAYOUT, digest::VERSION) => {}
        (layout, found) if layout > LAYOUT || found > digest::VERSION => return Err(NotUsable::Newer { found }),
        (_, found) => return Err(NotUsable::Older { found }),
    }
    if seal == ContentHash::of(packed).to_string() { Ok(packed) } else { Err(NotUsable::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::outcome_of;
    use crate::read::Limits;

    fn results() -> Vec<FileResult> {
        let gpx = br#"<gpx version="1.1" creator="me"><trk><trkseg>
            <trkpt lat="46.0000" lon="7.0"><time>2026-05-01T06:00:00Z</time></trkpt>
            <trkpt lat="46.0009" lon="7.0"><time>2026-05-01T06:00:40Z</time></trkpt></trkseg></trk></gpx>"#;
        let of = |name: &str, bytes: &[u8]| FileResult {
            file: name.into(),
            source: name.into(),
            content: None,
            outcome: outcome_of(name, bytes, &Limits::USUAL),
        };
        vec![of("run.gpx", gpx), of("empty.fit", b"")]
    }

    #[test]
    fn what_is_sent_arrives() {
        let sent = pack(&results()).expect("packed");
        assert_eq!(unpack(&sent).expect("unpacked"), results());
    }

    #[test]
    fn other_versions_are_refused_with_what_to_do() {
        let sent = pack(&results()).expect("packed");
        let with = |from: String, to: String| {
            let at = sent.iter().position(|byte| *byte == b'\n').expect("a line");
            let head = String::from_utf8_lossy(&sent[..at]).replacen(&from, &to, 1);
            unpack(&[head.as_bytes(), &sent[at..]].concat()).expect_err("refused")
        };
        let now = digest::VERSION;
        let as_version = |version: u32| with(format!(" {LAYOUT} {now} "), format!(" {LAYOUT} {version} "));
        assert_eq!(as_version(now - 1), NotUsable::Older { found: now - 1 });
        assert!(as_version(now - 1).to_string().ends_with("make it again from the files"));
        assert_eq!(as_version(now + 1), NotUsable::Newer { found: now + 1 });
        assert_eq!(with(MAGIC.into(), "another file".into()), NotUsable::Foreign);
        assert_eq!(unpack(b"PK"), Err(NotUsable::Foreign));
    }

    #[test]
    fn a_changed_bit_is_seen() {
        let mut sent = pack(&results()).expect("packed");
        let last = sent.len() - 1;
        sent[last] ^= 1;
        assert_eq!(unpack(&sent), Err(NotUsable::Damaged));
    }

    #[test]
    fn fields_of_later_programs_are_ignored() {
        let first = &results()[0];
        let mut entry = postcard::to_stdvec(&(&first.file, &first.source, &first.outcome)).expect("written");
        entry.extend(postcard::to_stdvec(&("a new field", 1.5)).expect("written"));
        assert_eq!(result(&entry), Some(first.clone()));
    }
}
