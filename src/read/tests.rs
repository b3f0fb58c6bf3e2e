//! Whole files through the front door, made by hand, byte by byte.

mod fit_damage;
mod fit_file;
mod fit_values;
mod gpx;
mod kml;
mod tcx;

use super::{FileKind, ReadError, Reading, read};
use crate::activity::{Activity, ReadNote};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The activities in a file that must have some.
fn activities(bytes: &[u8]) -> Vec<Activity> {
    match read(bytes) {
        Ok(Reading::Activities(activities)) => activities,
        other => panic!("no activities but {other:?}"),
    }
}

/// The only activity in a file.
fn only(bytes: &[u8]) -> Activity {
    let mut activities = activities(bytes);
    assert_eq!(activities.len(), 1);
    activities.remove(0)
}

fn is_broken(activity: &Activity) -> bool {
    activity.notes.iter().any(|note| matches!(note, ReadNote::Broken { .. }))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

const SHORT_GPX: &str = r#"<gpx version="1.1" creator="me"><trk><trkseg>
    <trkpt lat="51" lon="7"><time>2024-05-01T06:00:00Z</time></trkpt>
    <trkpt lat="51" lon="7.001"><time>2024-05-01T06:00:10Z</time></trkpt></trkseg></trk></gpx>"#;

#[test]
fn content_decides_what_a_file_is() {
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b" \r\n\t"), Err(ReadError::Empty));
    assert_eq!(read(&[0; 4096]), Err(ReadError::Empty));
    for other in ["hello", "{\"a\": 1}", "<svg></svg>", "<html><gpx/></html>", "PK\u{3}\u{4}", "<", "<!-- gpx"] {
        assert_eq!(read(other.as_bytes()), Err(ReadError::UnknownFormat), "{other}");
    }
    for other in [
        "#!/usr/bin/python3\nprint('<gpx>')",
        "Dear all,\n<gpx> begins a track",
        "<!-- a comment -->words<gpx/>",
        "&amp;<gpx/>",
    ] {
        assert_eq!(read(format!("{other}{SHORT_GPX}").as_bytes()), Err(ReadError::UnknownFormat), "{other}");
    }
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    assert_eq!(only(&utf16(&format!("\u{feff} <?xml version=\"1.0\"?>{SHORT_GPX}"))).samples.len(), 2);
    assert_eq!(only(&[b"\xef\xbb\xbf<!-- \xe9 -->", SHORT_GPX.as_bytes()].concat()).samples.len(), 2);
    for prolog in [
        "",
        "\u{feff}",
        "\n\n  ",
        "<?xml version=\"1.0\"?>",
        "<?xml version=\"1.0\"?><!-- from me --><?x y?>\n",
        "<!DOCTYPE gpx>",
    ] {
        assert_eq!(only(format!("{prolog}{SHORT_GPX}").as_bytes()).samples.len(), 2, "{prolog:?}");
    }
}

#[test]
fn gzip_is_unpacked_even_when_packed_twice_or_cut() {
    let packed = gzip(SHORT_GPX.as_bytes());
    assert_eq!(only(&packed).samples.len(), 2);
    assert_eq!(only(&gzip(&packed)).samples.len(), 2);
    let long = SHORT_GPX.replacen("</trkseg>", &SHORT_GPX[45..200].repeat(2000), 1);
    let packed = gzip(long.as_bytes());
    assert!(is_broken(&only(&packed[..packed.len() / 2])), "the first half is used");
    assert_eq!(read(&gzip(b"hello")), Err(ReadError::UnknownFormat));
    assert!(matches!(read(&[0x1f, 0x8b, 8, 0, 0]), Err(ReadError::Gzip { .. })));
}

#[test]
fn a_gzip_bomb_stops_at_its_limit() {
    let bomb = gzip(&[b"<gpx>".to_vec(), vec![b' '; 64 << 20]].concat());
    assert!(bomb.len() < 1 << 18);
    assert!(matches!(read(&bomb), Err(ReadError::Bomb { .. })));
}

#[test]
fn messages_say_what_to_do() {
    assert_eq!(ReadError::Empty.to_string(), "the file is empty; export or copy it again");
    let error = read(b"\x0e\x20\0\0\x10\0\0\0.FIT").expect_err("a header alone");
    assert_eq!(
        error.to_string(),
        "the FIT file cannot be read: it ends in the middle of the file header; copy it from the watch or export it again"
    );
    assert_eq!(FileKind::Monitoring.to_string(), "all-day monitoring");
    assert_eq!(FileKind::Other(77).to_string(), "a FIT file of type 77");
}
