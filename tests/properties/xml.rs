//! GPX, TCX and KML: the tags that matter in any order and number, with anything for their content.

use super::{check, config};
use proptest::prelude::*;

const GPX_TAGS: [&str; 14] = [
    "trk",
    "trkseg",
    "trkpt lat=\"46.5\" lon=\"7.5\"",
    "trkpt lat=\"1e999\" lon=\"-\"",
    "ele",
    "time",
    "extensions",
    "ns3:hr",
    "hr",
    "cad",
    "name",
    "type",
    "rtept lat=\"1\" lon=\"2\"",
    "speed",
];
const TCX_TAGS: [&str; 18] = [
    "Activities",
    "Activity Sport=\"Running\"",
    "Lap StartTime=\"2024-05-01T06:00:00Z\"",
    "Track",
    "Trackpoint",
    "Time",
    "Position",
    "LatitudeDegrees",
    "LongitudeDegrees",
    "AltitudeMeters",
    "DistanceMeters",
    "HeartRateBpm",
    "Value",
    "Extensions",
    "ns3:RunCadence",
    "TotalTimeSeconds",
    "MultiSportSession",
    "Course",
];
const KML_TAGS: [&str; 12] = [
    "Document",
    "Placemark",
    "gx:MultiTrack",
    "gx:Track",
    "when",
    "gx:coord",
    "ExtendedData",
    "Data name=\"type\"",
    "gx:SimpleArrayData name=\"heartrate\"",
    "gx:SimpleArrayData name=\"speed\"",
    "gx:value",
    "name",
];
const TEXTS: [&str; 22] = [
    "2024-05-01T06:00:00Z",
    "2024-05-01T06:00:01Z",
    "2024-05-01T06:00:02.5+05:45",
    "1989-12-31T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "-009999-01-01T00:00:00Z",
    "2024-02-30T06:00:00Z",
    "0",
    "-0",
    "1e308",
    "-1e308",
    "NaN",
    "inf",
    "255",
    "142",
    "46.5",
    "&amp;",
    "&undefined;",
    "]]>",
    "<!-- -->",
    "<![CDATA[ 7 ]]>",
    "\u{0}",
];

/// A tag with something in it, closed as it should be, or wrongly, or never.
fn element(tags: &'static [&'static str]) -> impl Strategy<Value = String> {
    let text = prop_oneof![6 => prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), 1 => any::<String>()];
    let whole = |tag: &str, inside: &str, close: u8| {
        let name = tag.split(' ').next().unwrap_or(tag);
        match close {
            0 => format!("<{tag}>{inside}"),
            1 => format!("{inside}</{name}>"),
            2 => format!("<{tag}/>"),
            _ => format!("<{tag}>{inside}</{name}>"),
        }
    };
    let leaf =
        (prop::sample::select(tags), text, 0..24_u8).prop_map(move |(tag, text, close)| whole(tag, &text, close));
    leaf.prop_recursive(5, 60, 6, move |inner| {
        (prop::sample::select(tags), prop::collection::vec(inner, 0..6), 0..24_u8)
            .prop_map(move |(tag, inside, close)| whole(tag, &inside.concat(), close))
    })
}

/// A point a second, as it should be, between the oddities.
fn gpx_points() -> impl Strategy<Value = String> {
    let value = prop_oneof![3 => (0..220_i32).prop_map(|v| v.to_string()), 1 => prop::sample::select(&TEXTS[..]).prop_map(str::to_owned)];
    prop::collection::vec((0..60_u32, value, any::<f64>()), 0..30).prop_map(|points| {
        let point = |(second, value, number): (u32, String, f64)| {
            let time = format!("<time>2024-05-01T06:00:{second:02}Z</time>");
            format!("<trkpt lat=\"46.{second}\" lon=\"{number}\">{time}<ele>{number}</ele><hr>{value}</hr></trkpt>")
        };
        points.into_iter().map(point).collect()
    })
}

fn tcx_points() -> impl Strategy<Value = String> {
    prop::collection::vec((0..60_u32, any::<f64>(), 0..250_i32), 0..30).prop_map(|points| {
        let point = |(second, metres, bpm): (u32, f64, i32)| {
            let heart = format!("<HeartRateBpm><Value>{bpm}</Value></HeartRateBpm>");
            let time = format!("<Time>2024-05-01T06:00:{second:02}Z</Time>");
            format!("<Trackpoint>{time}<DistanceMeters>{metres}</DistanceMeters>{heart}</Trackpoint>")
        };
        points.into_iter().map(point).collect()
    })
}

fn kml_points() -> impl Strategy<Value = String> {
    prop::collection::vec((0..60_u32, any::<f64>(), any::<f64>()), 0..30).prop_map(|points| {
        let times = points.iter().map(|(second, ..)| format!("<when>2024-05-01T06:00:{second:02}Z</when>"));
        let places = points.iter().map(|(second, x, y)| format!("<coord>{x} 46.{second} {y}</coord>"));
        times.chain(places).collect()
    })
}

fn document(
    open: &'static str,
    close: &'static str,
    points: impl Strategy<Value = String>,
    tags: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let odd = || prop::collection::vec(element(tags), 0..4).prop_map(|elements| elements.concat());
    (odd(), points, odd()).prop_map(move |(before, points, after)| format!("{open}{before}{points}{after}{close}"))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn gpx_that_makes_little_sense(
        text in document("<gpx version=\"1.1\"><trk><trkseg>", "</trkseg></trk></gpx>", gpx_points(), &GPX_TAGS)
    ) {
        check(text.as_bytes())?;
    }

    #[test]
    fn kml_that_makes_little_sense(
        text in document("<kml><Placemark><gx:Track>", "</gx:Track></Placemark></kml>", kml_points(), &KML_TAGS)
    ) {
        check(text.as_bytes())?;
    }

    #[test]
    fn tcx_that_makes_little_sense(
        text in document(
            "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap><Track>",
            "</Track></Lap></Activity></Activities></TrainingCenterDatabase>",
            tcx_points(),
            &TCX_TAGS,
        )
    ) {
        check(text.as_bytes())?;
    }
}
