//! GPX of many writers.

use super::{activities, is_broken, only};
use crate::activity::{ReadNote, Sample, Sport, SubSport};
use crate::read::{FileKind, ReadError, Reading, read};

/// Content of a point, the channel it fills and the value it gives.
type Case = (&'static str, fn(&Sample) -> Option<f64>, Option<f64>);

/// A document with these points in one segment.
fn with_points(points: &str) -> String {
    format!(r#"<gpx version="1.1" creator="me"><trk><name>A</name><trkseg>{points}</trkseg></trk></gpx>"#)
}

/// A point whose time is so many seconds after six in the morning.
fn point(second: u32, inside: &str) -> String {
    format!(r#"<trkpt lat="51.5" lon="7.25"><time>2024-05-01T06:00:{second:02}Z</time>{inside}</trkpt>"#)
}

fn only_sample(point_content: &str) -> Sample {
    only(with_points(&point(0, point_content)).as_bytes()).samples[0]
}

#[test]
fn a_garmin_export() {
    let run = only(
        br#"<?xml version="1.0" encoding="UTF-8"?>
        <gpx creator="Garmin Connect" version="1.1" xmlns="http://www.topografix.com/GPX/1/1"
            xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
          <metadata><name>not this one</name><time>2018-02-21T14:30:50.000Z</time></metadata>
          <trk><name>Bad &amp; Baden</name><type>trail_running</type><trkseg>
            <trkpt lat="51.43788929097354412078857421875" lon="6.617012657225131988525390625">
              <ele>23.6</ele><time>2018-02-21T14:30:50.000Z</time>
              <extensions><ns3:TrackPointExtension>
                <ns3:atemp>22.0</ns3:atemp><ns3:hr>120</ns3:hr><ns3:cad>70</ns3:cad>
              </ns3:TrackPointExtension></extensions>
            </trkpt></trkseg></trk></gpx>"#,
    );
    assert_eq!((run.sport, run.sub_sport), (Sport::Running, SubSport::Trail));
    assert_eq!(run.name.as_deref(), Some("Bad & Baden"));
    assert_eq!(run.device.as_deref(), Some("Garmin Connect"));
    assert_eq!(
        run.samples,
        [Sample {
            time_ms: 1_519_223_450_000,
            position: Some((51.437_889_290_973_544, 6.617_012_657_225_132)),
            altitude_m: Some(23.6),
            heart_rate_bpm: Some(120.0),
            cadence_spm: Some(70.0),
            ..Sample::default()
        }]
    );
    assert_eq!(run.notes, []);
}

#[test]
fn routes_with_times_stand_in_for_tracks() {
    let route = |name: &str, hour: u32| {
        let point = |s: u32| {
            format!(r#"<rtept lat="51" lon="7.{s}"><ele>9</ele><time>2024-05-01T{hour:02}:00:{s:02}Z</time></rtept>"#)
        };
        let points: String = (10..13).map(point).collect();
        format!("<rte><name>{name}</name><type>running</type>{points}</rte>")
    };
    let routes = format!("{}{}", route("first", 6), route("second", 9));
    let planned = r#"<rte><rtept lat="51" lon="7"/></rte>"#;
    let runs = activities(format!("<gpx>{planned}{routes}</gpx>").as_bytes());
    let seen: Vec<_> = runs.iter().map(|run| (run.name.as_deref(), run.sport, run.samples.len())).collect();
    assert_eq!(seen, [(Some("first"), Sport::Running, 3), (Some("second"), Sport::Running, 3)]);
    assert_eq!(runs[1].samples[0].altitude_m, Some(9.0));
    assert_eq!(runs[1].samples[2].time_ms - runs[0].samples[0].time_ms, 3 * 3_600_000 + 2000);
    // Beside a track their times are a plan.
    let track = format!("<trk><trkseg>{}{}</trkseg></trk>", point(0, ""), point(5, ""));
    assert_eq!(only(format!("<gpx>{routes}{track}</gpx>").as_bytes()).samples.len(), 2);
}

#[test]
fn extensions_by_local_name_in_any_namespace_or_none() {
    let cases: &[Case] = &[
        (
            "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>99</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions>",
            |s| s.heart_rate_bpm,
            Some(99.0),
        ),
        ("<extensions><undeclared:hr>99</undeclared:hr></extensions>", |s| s.heart_rate_bpm, Some(99.0)),
        ("<extensions><heartrate>99</heartrate></extensions>", |s| s.heart_rate_bpm, Some(99.0)),
        ("<hr>99</hr>", |s| s.heart_rate_bpm, Some(99.0)),
        ("<hr>9<!-- x -->9</hr>", |s| s.heart_rate_bpm, Some(99.0)),
        ("<hr><![CDATA[ 99 ]]></hr>", |s| s.heart_rate_bpm, Some(99.0)),
        ("<hr>0</hr>", |s| s.heart_rate_bpm, None),
        ("<hr>NaN</hr>", |s| s.heart_rate_bpm, None),
        ("<hr/>", |s| s.heart_rate_bpm, None),
        ("<extensions><gpxdata:cadence>88</gpxdata:cadence></extensions>", |s| s.cadence_spm, Some(88.0)),
        (
            "<extensions><pwr:PowerInWatts>288</pwr:PowerInWatts></extensions>",
            |s| s.power_w.map(f64::from),
            Some(288.0),
        ),
        ("<extensions><power>0</power></extensions>", |s| s.power_w.map(f64::from), Some(0.0)),
        ("<extensions><speed>2.5</speed></extensions>", |s| s.speed_mps, Some(2.5)),
        ("<extensions><speed>-1</speed></extensions>", |s| s.speed_mps, None),
        ("<extensions><gpxdata:distance>1234.5</gpxdata:distance></extensions>", |s| s.distance_m, Some(1234.5)),
        ("<ele>12,5</ele>", |s| s.altitude_m, Some(12.5)),
        ("<ele/>", |s| s.altitude_m, None),
        ("<extensions><ele>7</ele></extensions>", |s| s.altitude_m, None),
    ];
    for (content, value, expected) in cases {
        assert_eq!(value(&only_sample(content)), *expected, "{content}");
    }
}

#[test]
fn tracks_are_activities_and_segments_are_marked() {
    let segment = |second| format!("<trkseg>{}{}</trkseg>", point(second, ""), point(second + 1, ""));
    let document = format!(
        "<gpx version=\"1.0\"><name>all</name><trk><name>one</name><type>9</type>{}<trkseg/>{}</trk>\
         <trk><type>Ride</type>{}</trk><trk><name>empty</name></trk></gpx>",
        segment(0),
        segment(10),
        segment(20)
    );
    let found = activities(document.as_bytes());
    assert_eq!(found.iter().map(|a| a.sport).collect::<Vec<_>>(), [Sport::Running, Sport::Cycling]);
    assert_eq!(found.iter().map(|a| a.name.as_deref()).collect::<Vec<_>>(), [Some("one"), None]);
    let breaks: Vec<bool> = found[0].samples.iter().map(|sample| sample.starts_segment).collect();
    assert_eq!(breaks, [false, false, true, false]);
}

#[test]
fn points_without_a_time_are_left_out() {
    let untimed = r#"<trkpt lat="1" lon="2"/>"#;
    assert_eq!(read(with_points(untimed).as_bytes()), Ok(Reading::NotAnActivity(FileKind::Route)));
    for other in
        [r#"<rte><rtept lat="1" lon="2"><time>2024-05-01T06:00:00Z</time></rtept></rte>"#, r#"<wpt lat="1" lon="2"/>"#]
    {
        let document = format!("<gpx version=\"1.1\">{other}</gpx>");
        assert_eq!(read(document.as_bytes()), Ok(Reading::NotAnActivity(FileKind::Route)), "{other}");
    }
    assert_eq!(read(b"<gpx version=\"1.1\"/>"), Ok(Reading::NotAnActivity(FileKind::Empty)));
    assert_eq!(read(b"<gpx version=\"1.1\"><trk><name>Run</name></trk></gpx>"), Err(ReadError::NoSamples));

    let partly = with_points(&format!("{}{untimed}{}{untimed}", point(0, ""), point(1, "")));
    assert_eq!(only(partly.as_bytes()).notes, [ReadNote::UntimedPoints { count: 2 }]);
}

#[test]
fn a_document_that_the_gpx_crate_rejects_still_has_its_names() {
    let document = format!(
        r#"<gpx creator="an app"><odd:thing/><metadata><name>all</name></metadata>
        <trk><name>Six &#8211; &lt;easy&gt;</name><activity>x</activity><type>run</type><trkseg>{}</trkseg></trk></gpx>"#,
        point(0, "")
    );
    let run = only(document.as_bytes());
    assert_eq!(run.name.as_deref(), Some("Six – <easy>"));
    assert_eq!((run.sport, run.device.as_deref()), (Sport::Running, Some("an app")));
}

#[test]
fn the_documents_name_serves_a_single_nameless_track() {
    let document = |tracks: usize| {
        let track = format!("<trk><trkseg>{}</trkseg></trk>", point(0, ""));
        format!(r#"<gpx version="1.1"><metadata><name>Park</name></metadata>{}</gpx>"#, track.repeat(tracks))
    };
    assert_eq!(only(document(1).as_bytes()).name.as_deref(), Some("Park"));
    assert!(activities(document(2).as_bytes()).iter().all(|activity| activity.name.is_none()));
}

#[test]
fn a_stated_offset_is_kept() {
    let local = with_points(r#"<trkpt lat="1" lon="2"><time>2024-05-01T08:00:00+02:00</time></trkpt>"#);
    let run = only(local.as_bytes());
    assert_eq!(run.utc_offset_s, Some(7200));
    assert_eq!(run.samples[0].time_ms, only(with_points(&point(0, "")).as_bytes()).samples[0].time_ms);
}

#[test]
fn positions_that_are_none() {
    for place in [r#"lat="0" lon="0""#, r#"lat="91" lon="7""#, r#"lat="NaN" lon="7""#, r#"lat="51""#, ""] {
        let document = with_points(&format!("<trkpt {place}><time>2024-05-01T06:00:00Z</time></trkpt>"));
        assert_eq!(only(document.as_bytes()).samples[0].position, None, "{place}");
    }
}

#[test]
fn a_ride_has_no_steps() {
    let document = with_points(&point(0, "<cad>90</cad>")).replace("<name>A</name>", "<type>cycling</type>");
    assert_eq!(only(document.as_bytes()).samples[0].cadence_spm, None);
}

#[test]
fn a_type_that_names_no_sport_leaves_it_open() {
    for word in ["Other", "undefined", "null", "0", "Training"] {
        let document =
            with_points(&point(0, "<cad>90</cad>")).replace("<name>A</name>", &format!("<type>{word}</type>"));
        let run = only(document.as_bytes());
        assert_eq!((run.sport, run.samples[0].cadence_spm), (Sport::Unknown, Some(90.0)), "{word}");
    }
}

#[test]
fn cut_anywhere_a_document_keeps_what_precedes() {
    let whole = with_points(&(0..6).map(|second| point(second, "<hr>99</hr>")).collect::<String>());
    let mut most = 0;
    for end in 1..whole.len() {
        match read(&whole.as_bytes()[..end]) {
            Ok(Reading::Activities(runs)) => {
                let samples = runs[0].samples.len();
                assert!(samples >= most && is_broken(&runs[0]), "cut at {end}");
                assert_eq!(runs[0].name.as_deref(), Some("A"));
                most = samples;
            }
            Ok(Reading::NotAnActivity(kind)) => panic!("cut at {end}: {kind}"),
            Err(_) => assert_eq!(most, 0, "cut at {end}"),
        }
    }
    assert_eq!(most, 6);
}

#[test]
fn crossed_tags_end_the_reading() {
    let document = with_points(&format!("{}<trkpt><time></trkpt></time>{}", point(0, ""), point(1, "")));
    let run = only(document.as_bytes());
    assert_eq!(run.samples.len(), 1);
    assert!(is_broken(&run));
}

#[test]
fn an_entity_bomb_is_cheap() {
    let levels: String =
        (1..40).map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10))).collect();
    let document = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY e0 \"lol\">{levels}]>{}",
        with_points(&point(0, "<hr>&e39;</hr>")).replace("<name>A", "<name>&e39;A")
    );
    let run = only(document.as_bytes());
    assert_eq!((run.name.as_deref(), run.samples[0].heart_rate_bpm), (Some("A"), None));
}
