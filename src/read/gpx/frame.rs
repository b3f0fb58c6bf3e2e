//! What a document says of itself and its tracks, asked of the gpx crate.
//!
//! The crate's cost grows with the square of what is nested or declared, so it is given a document of our own: the version
//! and the creator, and the names and types of document and tracks, at a length that titles have.

use super::TrackLabel;
use crate::shown::Text;
use quick_xml::escape::escape;
use std::fmt::Write;

/// The document without its points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GpxFrame {
    pub version: Option<String>,
    pub creator: Option<Text>,
    pub name: Option<Text>,
    pub tracks: Vec<TrackLabel>,
}

/// More tracks than this are not asked about.
const MAX_TRACKS: usize = 1000;

impl GpxFrame {
    /// What the gpx crate reads of the frame; `None` where it does not want the document.
    pub fn as_the_crate_reads_it(&self) -> Option<GpxFrame> {
        if self.tracks.len() > MAX_TRACKS {
            return None;
        }
        let document = ::gpx::read(self.document()?.as_bytes()).ok()?;
        let label = |track: ::gpx::Track| TrackLabel { name: filled(track.name), sport: filled(track.type_) };
        Some(GpxFrame {
            version: self.version.clone(),
            creator: filled(document.creator),
            name: filled(document.metadata.and_then(|metadata| metadata.name)),
            tracks: document.tracks.into_iter().map(label).collect(),
        })
    }

    /// The frame as GPX; `None` for a version that the crate does not know.
    fn document(&self) -> Option<String> {
        let version = self.version.as_deref().filter(|version| ["1.0", "1.1"].contains(version))?;
        let mut gpx =
            format!("<gpx version=\"{version}\" creator=\"{}\">", escaped(self.creator.as_deref().unwrap_or("")));
        let name = element("name", self.name.as_deref());
        // In GPX 1.0 the name stands by itself.
        gpx.push_str(&if version == "1.0" { name } else { format!("<metadata>{name}</metadata>") });
        for TrackLabel { name, sport } in &self.tracks {
            let (name, sport) = (element("name", name.as_deref()), element("type", sport.as_deref()));
            // Writing to a string does not fail.
            let _ = write!(gpx, "<trk>{name}{sport}</trk>");
        }
        gpx.push_str("</gpx>");
        Some(gpx)
    }
}

fn element(tag: &str, text: Option<&str>) -> String {
    text.map(|text| format!("<{tag}>{}</{tag}>", escaped(text))).unwrap_or_default()
}

/// A text as it stands in XML, without the two characters that XML does not have.
fn escaped(text: &str) -> String {
    escape(text.replace(['\u{fffe}', '\u{ffff}'], "")).into_owned()
}

fn filled(text: Option<String>) -> Option<Text> {
    text.as_deref().and_then(Text::filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(version: &str) -> GpxFrame {
        let label = |name: &str, sport: &str| TrackLabel { name: Some(name.into()), sport: Some(sport.into()) };
        GpxFrame {
            version: Some(version.into()),
            creator: Some("A \"B\" & C".into()),
            name: Some("All of <it>".into()),
            tracks: vec![label("Läufe 🏃", "running"), TrackLabel::default(), label("2 < 3 & 4", "9")],
        }
    }

    #[test]
    fn the_crate_reads_what_was_framed() {
        for version in ["1.0", "1.1"] {
            assert_eq!(frame(version).as_the_crate_reads_it(), Some(frame(version)), "{version}");
        }
    }

    #[test]
    fn other_versions_and_masses_of_tracks_are_not_asked_about() {
        assert_eq!(frame("2.0").as_the_crate_reads_it(), None);
        assert_eq!(GpxFrame { version: None, ..frame("1.1") }.as_the_crate_reads_it(), None);
        assert_eq!(
            GpxFrame { tracks: vec![TrackLabel::default(); 1001], ..frame("1.1") }.as_the_crate_reads_it(),
            None
        );
    }

    #[test]
    fn long_texts_are_escaped() {
        let long = GpxFrame { name: Some("x".repeat(1 << 20).into()), ..frame("1.1") };
        let name = long.as_the_crate_reads_it().and_then(|frame| frame.name);
        assert_eq!(name.map(|name| name.chars().count()), Some(200));
    }
}
