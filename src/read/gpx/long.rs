//! Documents too long to be held: read in pieces that end with a point.

use super::{DocumentState, GpxReader};
use crate::activity::Activity;
use crate::read::xml::{Stop, decode};
use crate::read::{Meter, ReadError, Reading};
use std::io::Read;

/// How much is held.
#[derive(Clone, Copy)]
pub struct ElementSizes {
    /// Bytes of a piece, about.
    pub piece_bytes: usize,
    /// Samples of whole tracks.
    pub samples: usize,
}

impl ElementSizes {
    pub const USUAL: ElementSizes = ElementSizes { piece_bytes: 4 << 20, samples: 50_000 };
}

/// A piece that grows beyond this holds no points.
const LONGEST_PIECE_BYTES: usize = 64 << 20;
/// What surrounds the points of a track, before and after.
const AROUND: (&str, &str) = ("<gpx><trk><trkseg>", "</trkseg></trk></gpx>");
/// Tags that a piece begins with and that are not its own.
const BORROWED_TAGS: usize = 3;

/// Reads a document from its beginning to its end; activities that are whole before that go to `early`. `None` where it
/// cannot be read in pieces.
///
/// # Errors
/// As for a document that is held.
pub fn read(
    document: impl Read,
    sizes: ElementSizes,
    meter: &Meter<'_>,
    early: &mut dyn FnMut(Activity),
) -> Option<Result<Reading, ReadError>> {
    let mut pieces = Pieces { document, rest: Vec::new(), piece_bytes: sizes.piece_bytes, is_over: false };
    let mut state = DocumentState::default();
    let mut is_first = true;
    loop {
        let piece = pieces.next()?;
        let text = decode(&piece);
        let (before, after) = (if is_first { "" } else { AROUND.0 }, if pieces.is_over { "" } else { AROUND.1 });
        let text = [before, &text, after].concat();
        let mut reader = GpxReader::resume(&text, meter, state, if is_first { 0 } else { BORROWED_TAGS });
        let broken = match Stop::reason(reader.run()) {
            Ok(broken) => broken,
            Err(limit) => return Some(Err(limit)),
        };
        state = reader.state;
        match (pieces.is_over, broken) {
            (true, broken) => return Some(state.finish(broken)),
            // It breaks here, or what surrounds its points is not what should.
            (false, Some(_)) => return None,
            (false, None) => state.hand_over(sizes.samples, early),
        }
        is_first = false;
    }
}

struct Pieces<R> {
    document: R,
    /// What follows the last point of the piece before.
    rest: Vec<u8>,
    piece_bytes: usize,
    is_over: bool,
}

impl<R: Read> Pieces<R> {
    /// The next piece, which ends with a point unless it is the last; `None` where none can be found.
    fn next(&mut self) -> Option<Vec<u8>> {
        let mut piece = std::mem::take(&mut self.rest);
        loop {
            let wanted = self.piece_bytes as u64;
            let count = self.document.by_ref().take(wanted).read_to_end(&mut piece).ok()?;
            if (count as u64) < wanted {
                self.is_over = true;
                return Some(piece);
            }
            if let Some(end) = end_of_last_point(&piece) {
                self.rest = piece.split_off(end);
                return Some(piece);
            }
            if piece.len() > LONGEST_PIECE_BYTES {
                return None;
            }
        }
    }
}

/// Where the last closing tag of a point ends, whatever its prefix.
fn end_of_last_point(piece: &[u8]) -> Option<usize> {
    const END: &[u8] = b"trkpt>";
    let closes = |at: usize| {
        let prefix = piece[..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b':').count();
        piece[..at - prefix].ends_with(b"</")
    };
    let ends = piece.windows(END.len()).enumerate().rev().filter(|(_, window)| *window == END);
    ends.map(|(at, _)| at).find(|at| closes(*at)).map(|at| at + END.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn track(name: &str, hour: u32, prefix: &str) -> String {
        let point = |s: u32| {
            format!(
                "<{prefix}trkpt lat=\"47.{s:02}\" lon=\"8\"><ele>4{s:02}</ele><time>2025-01-01T{hour:02}:00:{s:02}Z</time>\
                 <extensions><hr>1{s:02}</hr></extensions></{prefix}trkpt>"
            )
        };
        let points = |range: std::ops::Range<u32>| range.map(point).collect::<String>();
        format!(
            "<trk><name>{name}</name><type>running</type><trkseg>{}</trkseg>\n<trkseg>{}</trkseg></trk>",
            points(0..17),
            points(30..45)
        )
    }

    /// The activities of a document, read in pieces of so many bytes.
    fn in_pieces(document: &str, piece_bytes: usize) -> Option<Result<Vec<Activity>, ReadError>> {
        let (limits, sizes) = (Limits::USUAL, ElementSizes { piece_bytes, samples: 40 });
        let mut activities = Vec::new();
        let meter = Meter::new(&limits);
        let reading = read(document.as_bytes(), sizes, &meter, &mut |activity| activities.push(activity))?;
        Some(reading.map(|reading| {
            if let Reading::Activities(rest) = reading {
                activities.extend(rest);
            }
            activities
        }))
    }

    fn whole(document: &str) -> Vec<Activity> {
        match crate::read::read(document.as_bytes()) {
            Ok(Reading::Activities(activities)) => activities,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn pieces_of_any_size_give_what_the_whole_gives() {
        let named: Vec<String> = (0..5).map(|i| track(&format!("é{i}"), 5 + i, "")).collect();
        let route = "<wpt lat=\"1\" lon=\"2\"><name>w</name></wpt><metadata><name>all</name></metadata>";
        let documents = [
            format!("<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"me\">{route}{}</gpx>\n", named.concat()),
            format!("<gpx creator=\"me\"><metadata><name>all</name></metadata>{}</gpx>", track("", 9, "x:")),
        ];
        for document in &documents {
            let whole = whole(document);
            for size in [200, 333, 1000, 5000, 100_000] {
                assert_eq!(in_pieces(document, size), Some(Ok(whole.clone())), "{size}");
            }
        }
    }

    #[test]
    fn a_document_that_ends_too_early_is_used_as_far_as_it_goes() {
        let document = format!("<gpx>{}{}", track("a", 6, ""), track("b", 7, ""));
        let cut = &document[..document.len() - 300];
        assert_eq!(in_pieces(cut, 400), Some(Ok(whole(cut))));
        // Damage in the middle, and points where none should be: read otherwise.
        assert_eq!(in_pieces(&document.replacen("</ele>", "</elf>", 8), 400), None);
        assert_eq!(in_pieces(&document.replace("<trkseg>", "").replace("</trkseg>", ""), 400), None);
        let limits = Limits { records: 10, ..Limits::USUAL };
        let refused = read(document.as_bytes(), ElementSizes::USUAL, &Meter::new(&limits), &mut |_| {});
        assert_eq!(refused, Some(Err(ReadError::TooManyRecords { limit: 10 })));
    }
}
