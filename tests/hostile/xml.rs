//! GPX and TCX whose cost could grow faster than their size.

use super::{is_refused, is_refused_within, said};
use crate::archives::made::gzip;
use freshlegs::read::Limits;

const POINT: &str = r#"<trkpt lat="47" lon="8"><time>2026-05-04T06:00:00Z</time></trkpt>"#;
const NEXT: &str = r#"<trkpt lat="47.0002" lon="8"><time>2026-05-04T06:00:05Z</time></trkpt>"#;
const DEEP: usize = 20_000;

/// A GPX document with something in its root, in its metadata, in its track and in a point.
fn gpx(root: &str, metadata: &str, track: &str, point: &str) -> Vec<u8> {
    let inner = POINT.replace("</trkpt>", &format!("{point}</trkpt>"));
    format!(
        "<gpx version=\"1.1\" creator=\"x\">{root}<metadata>{metadata}</metadata>\
         <trk>{track}<trkseg>{inner}{NEXT}</trkseg></trk></gpx>"
    )
    .into_bytes()
}

/// One thing in each of the places.
fn everywhere(text: &str) -> [Vec<u8>; 4] {
    [gpx(text, "", "", ""), gpx("", text, "", ""), gpx("", "", text, ""), gpx("", "", "", text)]
}

fn nested(open: impl Fn(usize) -> String, close: &str) -> String {
    (0..DEEP).map(open).collect::<String>() + &close.repeat(DEEP)
}

#[test]
fn what_is_nested_deep_is_refused_wherever_it_stands() {
    let says = "its elements are nested more than 64 deep";
    let plain = nested(|_| "<a>".into(), "</a>");
    let in_namespaces = nested(|i| format!("<n{i}:a xmlns:n{i}=\"http://example.com/{i}\">"), "");
    let in_extensions = format!("<extensions>{plain}</extensions>");
    for text in [&plain, &in_namespaces, &in_extensions] {
        for (place, document) in everywhere(text).into_iter().enumerate() {
            is_refused(&format!("{place}.gpx"), gzip(&document), says);
        }
    }
    let tcx = |text: &str| format!("<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap>{text}");
    is_refused("a.tcx", tcx(&plain).into_bytes(), says);
    is_refused("b.tcx", tcx(&format!("<Track><Trackpoint>{plain}")).into_bytes(), says);
    is_refused("c.tcx", tcx(&"<Activity>".repeat(DEEP)).into_bytes(), says);
}

#[test]
fn masses_of_anything_cost_as_much_as_their_bytes() {
    let many = 30_000;
    let namespaces: String = (0..many).map(|i| format!(" xmlns:n{i}=\"http://example.com/{i}\"")).collect();
    let attributes: String = (0..many).map(|i| format!(" a{i}=\"{i}\"")).collect();
    let texts = [
        format!("<a{namespaces}/>"),
        format!("<a{attributes}/>"),
        format!("<a {}=\"1\"/>", "long".repeat(many)),
        format!("<desc>{}</desc>", "&amp;&#65;&no;".repeat(many)),
        format!("<desc>{}</desc>", "<![CDATA[x]]>".repeat(many)),
        "<!-- a -->".repeat(many),
        "<?pi x?>".repeat(many),
        format!("<name>{}</name>", "x".repeat(10 * many)),
        "<link href=\"http://example.com\"/>".repeat(many),
        format!("<time>{}</time>", "2".repeat(10 * many)),
        format!("<ele>{}</ele>", "1".repeat(10 * many)),
        format!("<type>{}</type>", "run ".repeat(many)),
    ];
    for (i, text) in texts.iter().enumerate() {
        for (place, document) in everywhere(text).into_iter().enumerate() {
            let told = said(&format!("{i}-{place}.gpx"), document);
            // A time that is none takes the point's own.
            let without_time = i == 9 && place == 3;
            assert!(without_time || told[0].ends_with(": 1 read"), "{told:?}");
        }
    }
    // A root element beyond 64 kB is not looked for.
    let some = &namespaces[..namespaces[..60_000].rfind(' ').unwrap()];
    let on_the_root = format!("<gpx version=\"1.1\"{some}><trk{attributes}><trkseg>{POINT}{NEXT}</trkseg></trk></gpx>");
    assert_eq!(said("r.gpx", on_the_root.into_bytes()), ["r.gpx: 1 read"]);
}

#[test]
fn more_points_than_anyone_records_are_refused() {
    let limits = Limits { records: 20_000, ..Limits::default() };
    let says = "it holds more than 20000 samples, laps and events, more than any activity; if you trust it, raise --max-records";
    for (name, open, item) in [
        ("p.gpx", "<gpx><trk>", "<trkpt/>"),
        ("w.gpx", "<gpx>", "<trk/>"),
        ("p.tcx", "<TrainingCenterDatabase><Activity>", "<Trackpoint/>"),
        ("l.tcx", "<TrainingCenterDatabase><Activity>", "<Lap/>"),
        ("a.tcx", "<TrainingCenterDatabase>", "<Activity/>"),
    ] {
        let document = open.to_owned() + &item.repeat(20_001);
        is_refused_within(&limits, name, document.into_bytes(), says);
    }
}
