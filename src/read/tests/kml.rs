//! KML of recording apps.

use super::{activities, is_broken, only};
use crate::activity::{Format, ReadNote, Sport};
use crate::read::{FileKind, Reading, read};

const TRACK: &str = r##"<gx:Track>
    <when>2024-05-01T07:00:00+02:00</when><when>2024-05-01T07:00:05+02:00</when><when>soon</when>
    <gx:coord>11.5 47.5 600.5</gx:coord><gx:coord>11.501 47.501</gx:coord><gx:coord/>
    <ExtendedData><SchemaData schemaUrl="#schema">
      <gx:SimpleArrayData name="heartrate"><gx:value>120</gx:value><gx:value></gx:value></gx:SimpleArrayData>
      <gx:SimpleArrayData name="cadence"><gx:value>82</gx:value><gx:value>84</gx:value></gx:SimpleArrayData>
      <gx:SimpleArrayData name="mood"><gx:value>1</gx:value></gx:SimpleArrayData>
    </SchemaData></ExtendedData></gx:Track>"##;

const LATER: &str = "<Track><when>2024-05-01T05:10:00Z</when><coord>11.51 47.51 610</coord></Track>";

fn document(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"
        xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>Folder</name>{inside}</Document></kml>"#
    )
}

#[test]
fn a_track_in_pieces_is_one_activity() {
    let data = r#"<ExtendedData><Data name="type"><value>trail running</value></Data></ExtendedData>"#;
    let placemark =
        format!("<Placemark><name>Hill</name>{data}<gx:MultiTrack>{TRACK}{LATER}</gx:MultiTrack></Placemark>");
    let marker = "<Placemark><name>Start</name><TimeStamp><when>2024-05-01T05:00:00Z</when></TimeStamp>\
                  <Point><coordinates>11.5,47.5</coordinates></Point></Placemark>";
    let run = only(document(&format!("{marker}{placemark}")).as_bytes());
    assert_eq!((run.format, run.sport, run.name.as_deref()), (Format::Kml, Sport::Running, Some("Hill")));
    assert_eq!(run.utc_offset_s, Some(7200));
    assert_eq!(run.notes, [ReadNote::UntimedPoints { count: 1 }]);
    let [first, second, third] = run.samples[..] else { panic!("{:?}", run.samples) };
    assert_eq!((first.position, first.altitude_m), (Some((47.5, 11.5)), Some(600.5)));
    assert_eq!((first.heart_rate_bpm, first.cadence_spm), (Some(120.0), Some(82.0)));
    assert_eq!((second.altitude_m, second.heart_rate_bpm, second.cadence_spm), (None, None, Some(84.0)));
    assert_eq!((second.time_ms - first.time_ms, third.time_ms - first.time_ms), (5000, 600_000));
    assert_eq!(run.samples.iter().map(|s| s.starts_segment).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn placemarks_are_activities_of_their_own() {
    let placemark = |track: &str| format!("<Placemark>{track}</Placemark>");
    let two = document(&[placemark(TRACK), placemark(LATER)].concat());
    assert_eq!(activities(two.as_bytes()).iter().map(|run| run.name.as_deref()).collect::<Vec<_>>(), [None, None]);
    assert_eq!(only(document(&placemark(LATER)).as_bytes()).name.as_deref(), Some("Folder"));
}

#[test]
fn places_are_no_activity_and_a_cut_track_is_one() {
    let line = document("<Placemark><LineString><coordinates>11,47 11,48</coordinates></LineString></Placemark>");
    assert_eq!(read(line.as_bytes()), Ok(Reading::NotAnActivity(FileKind::Route)));
    let whole = document(&format!("<Placemark>{TRACK}</Placemark>"));
    let cut = only(&whole.as_bytes()[..whole.find("<gx:coord/>").expect("a point")]);
    assert!(is_broken(&cut) && cut.samples.len() == 2);
}
