//! Tar archives, plain and packed.

use super::made::{ACTIVITY, SLEEP, fit, gpx, gzip, zip};
use super::{results, results_within, told};
use freshlegs::outcome::Outcome;
use freshlegs::read::Limits;

/// A tar archive of these entries.
fn tar<Name: AsRef<str>, Bytes: AsRef<[u8]>>(entries: impl IntoIterator<Item = (Name, Bytes)>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.as_ref().len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name.as_ref(), bytes.as_ref()).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Five minutes at 10 km/h.
fn kml() -> String {
    let times = (0..=60).map(|i| format!("<when>2024-05-01T06:{:02}:{:02}Z</when>", i / 12, 5 * (i % 12)));
    let places = (0..=60).map(|i| format!("<coord>8 {} 5</coord>", 47.0 + 1.25e-4 * f64::from(i)));
    format!("<kml><Placemark><Track>{}</Track></Placemark></kml>", times.chain(places).collect::<String>())
}

#[test]
fn every_entry_stands_for_itself_at_any_depth() {
    let long = format!("{}/run.fit", "folder/".repeat(20).trim_end_matches('/'));
    let inner = zip([("run.fit", fit(ACTIVITY, 0, 600)), ("readme.txt", b"hello".to_vec())]);
    let archive = tar([
        ("a.fit.gz", gzip(&fit(ACTIVITY, 5, 600))),
        ("._a.fit.gz", b"resource fork".to_vec()),
        (&long, fit(ACTIVITY, 9, 600)),
        ("photo.jpg", vec![0xff; 100_000]),
        ("sleep.fit", fit(SLEEP, 0, 10)),
        ("broken.gpx", b"nothing".to_vec()),
        ("inner.zip", inner),
        ("track.kmz", zip([("doc.kml", kml())])),
        ("more.tgz", gzip(&tar([("b.gpx", gpx(12))]))),
    ]);
    let expected = |name: &str| {
        [
            "a.fit.gz: 1 read",
            &format!("{long}: 1 read"),
            "photo.jpg: unrelated",
            "sleep.fit: sleep",
            "broken.gpx: not a FIT, GPX or TCX file; export the activity in one of these formats",
            "inner.zip › run.fit: 1 read",
            "inner.zip › readme.txt: unrelated",
            "track.kmz › doc.kml: 1 read",
            "more.tgz › b.gpx: 1 read",
        ]
        .map(|line| format!("{name} › {line}"))
    };
    let packed = gzip(&archive);
    assert_eq!(told(&results(&[("x.tar", archive.clone())])), expected("x.tar"));
    assert_eq!(told(&results(&[("x.tgz", packed.clone())])), expected("x.tgz"));
    // The name decides nothing, and a tar archive may lie in a zip archive.
    assert_eq!(told(&results(&[("x", zip([("y", packed)]))])), expected("x › y"));
    // A folder has no bytes; one entry has the pax way to a long name.
    let mut builder = tar::Builder::new(Vec::new());
    let run = fit(ACTIVITY, 0, 600);
    let mut header = tar::Header::new_ustar();
    header.set_size(run.len() as u64);
    header.set_path("short.fit").unwrap();
    header.set_cksum();
    builder.append_pax_extensions([("path", long.as_bytes())]).unwrap();
    builder.append(&header, run.as_slice()).unwrap();
    builder.append_dir("folder.fit", std::env::temp_dir()).unwrap();
    let pax = builder.into_inner().unwrap();
    assert_eq!(told(&results(&[("p.tar", pax)])), [format!("p.tar › {long}: 1 read")]);
}

#[test]
fn what_precedes_a_break_is_used() {
    let whole = tar([("1.fit", fit(ACTIVITY, 0, 600)), ("2.fit", fit(ACTIVITY, 5, 600)), ("3.gpx", gpx(9))]);
    let cut_in_the_last = whole.len() - 40_000;
    let says = "the archive is cut off or damaged: what could be found in it was used; download or copy it again";
    let cut = results(&[("c.tar", whole[..cut_in_the_last].to_vec())]);
    let lines = told(&cut);
    assert_eq!(lines[..2], ["c.tar › 1.fit: 1 read", "c.tar › 2.fit: 1 read"]);
    let Outcome::Read(last) = &cut[2].outcome else { panic!("{lines:?}") };
    assert!(last[0].read_notes.iter().any(freshlegs::activity::ReadNote::is_salvage), "{:?}", last[0].read_notes);
    assert_eq!(lines[3], format!("c.tar: {says}"));
    // The same, packed: a download that broke off.
    let packed = gzip(&whole);
    let lines = told(&results(&[("c.tgz", packed[..packed.len() / 2].to_vec())]));
    assert!(lines[0].ends_with("1 read") && lines.last().is_some_and(|line| line.ends_with(says)), "{lines:?}");
}

#[test]
fn limits_hold() {
    let limits =
        Limits { entry_bytes: 60_000, total_bytes: 100_000, ratio: 50, depth: 2, entries: 4, ..Limits::default() };
    let told = |name: &str, archive: Vec<u8>| told(&results_within(&limits, &[(name, archive)]));
    let run = |hour| fit(ACTIVITY, hour, 3000);
    assert_eq!(
        told("t.tar", tar([("1.fit", run(0)), ("2.fit", run(5)), ("3.fit", run(10)), ("4.fit", run(15))])),
        [
            "t.tar › 1.fit: 1 read",
            "t.tar › 2.fit: 1 read",
            "t.tar: it unpacks to more than 0 MB in all; the rest was left out: if you trust it, raise --max-total-mb",
        ]
    );
    assert_eq!(
        told("t.tar", tar([("long.fit", fit(ACTIVITY, 0, 7000))])),
        [
            "t.tar › long.fit: it is larger than 0 MB, larger than any activity; export it again, or raise --max-entry-mb"
        ]
    );
    let many = tar((0..6).map(|i| (format!("{i}.fit"), fit(ACTIVITY, 5 * i, 300))));
    let lines = told("m.tar", many);
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert_eq!(lines[4], "m.tar: it holds more than 4 files; if you trust it, raise --max-entries");
    let deep = tar([("2.tar", tar([("3.tgz", gzip(&tar([("1.fit", run(0))])))]))]);
    assert_eq!(
        told("d.tar", deep),
        ["d.tar › 2.tar › 3.tgz: it lies more than 2 archives deep; if you trust it, raise --max-depth"]
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    // Zeros pack a thousandfold: in an entry of no interest, and in a name.
    let says = "it unpacks to more than 200 times its size, as no activity does; if you trust it, raise --max-ratio";
    let zeros = gzip(&tar([("run.fit", fit(ACTIVITY, 0, 600)), ("zeros.bin", vec![0; 20 << 20])]));
    assert_eq!(
        told(&results(&[("z.tgz", zeros)])),
        ["z.tgz › run.fit: 1 read", "z.tgz › zeros.bin: unrelated"]
            .map(str::to_owned)
            .into_iter()
            .chain([format!("z.tgz: {says}")])
            .collect::<Vec<_>>()
    );
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.as_old_mut().name[..13].copy_from_slice(b"././@LongLink");
    header.set_size(20 << 20);
    header.set_cksum();
    let mut name = header.as_bytes().to_vec();
    name.resize(512 + (20 << 20), b'a');
    assert_eq!(told(&results(&[("n.tgz", gzip(&name))])), [format!("n.tgz: {says}")]);
}
