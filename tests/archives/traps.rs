//! Archives that are broken, or meant to break something.

use super::made::{self, ACTIVITY, deflated, fit, gzip, stored, zip, zip_with};
use super::{results, results_within, told};
use freshlegs::import::Import;
use freshlegs::read::Limits;
use std::io::Write;

/// Repeats what deflates a thousandfold.
fn blanks(head: &str, size: usize) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    bytes.resize(size, b' ');
    bytes
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = blanks("<gpx>", 8 << 20);
    let archive = zip([("run.fit", fit(ACTIVITY, 0, 600)), ("bomb", bomb.clone()), ("zeros.bin", vec![0; 8 << 20])]);
    let says = "it unpacks to more than 200 times its size, as no activity does; if you trust it, raise --max-ratio";
    assert_eq!(
        told(&results(&[("b.zip", archive.clone()), ("bomb.gpx.gz", gzip(&bomb))])),
        [
            "b.zip › run.fit: 1 read".to_owned(),
            format!("b.zip › bomb: {says}"),
            "b.zip › zeros.bin: unrelated".to_owned(),
            format!("bomb.gpx.gz: {says}"),
        ]
    );
    // An archive of zeros in an archive, and so on, unpacks as far.
    let nested = zip([("inner.zip", zip_with(stored(), [("zeros.fit", vec![0; 8 << 20])]))]);
    assert_eq!(told(&results(&[("n.zip", nested)])), [format!("n.zip › inner.zip: {says}")]);
}

#[test]
fn what_is_packed_twice_counts_as_what_it_unpacks_to() {
    let limits = Limits { total_bytes: 100_000, ..Limits::default() };
    let packed = |hour| gzip(&fit(ACTIVITY, hour, 3000));
    let archive =
        zip([("1.fit.gz", packed(0)), ("2.fit.gz", packed(5)), ("3.fit.gz", packed(10)), ("4.fit.gz", packed(15))]);
    let told = told(&results_within(&limits, &[("g.zip", archive)]));
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[1].ends_with("1 read") && told[2].contains("raise --max-total-mb"), "{told:?}");
}

#[test]
fn a_size_that_lies_is_not_believed() {
    let run = fit(ACTIVITY, 0, 600);
    let mut archive = zip([("run.fit", &run)]);
    // In the directory: the unpacked size, 24 bytes after the mark of the entry.
    let mark = archive.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    archive[mark + 24..mark + 28].copy_from_slice(&1000_u32.to_le_bytes());
    let results = results(&[("l.zip", archive)]);
    assert_eq!(Import::of(&results).sentence(), "1 file read, 1 only in part");
}

#[test]
fn limits_hold_and_what_precedes_them_is_used() {
    let limits =
        Limits { entry_bytes: 60_000, total_bytes: 100_000, ratio: 1000, depth: 2, entries: 5, ..Limits::default() };
    let run = |hour| fit(ACTIVITY, hour, 3000);
    let told = |archive| told(&results_within(&limits, &[("l.zip", archive)]));
    assert_eq!(
        told(zip([("1.fit", run(0)), ("2.fit", run(5)), ("3.fit", run(10)), ("4.fit", run(15)), ("5.fit", run(20))])),
        [
            "l.zip › 1.fit: 1 read",
            "l.zip › 2.fit: 1 read",
            "l.zip › 3.fit: 1 read",
            "l.zip: it unpacks to more than 0 MB in all; the rest was left out: if you trust it, raise --max-total-mb",
        ]
    );
    assert_eq!(
        told(zip([("long.fit", fit(ACTIVITY, 0, 7000))])),
        [
            "l.zip › long.fit: it is larger than 0 MB, larger than any activity; export it again, or raise --max-entry-mb"
        ]
    );
    let deep = zip([("2.zip", zip([("3.zip", zip([("1.fit", run(0))]))])), ("1.fit", zip([("1.fit", run(0))]))]);
    assert_eq!(
        told(deep),
        [
            "l.zip › 2.zip › 3.zip: it lies more than 2 archives deep; if you trust it, raise --max-depth",
            "l.zip › 1.fit › 1.fit: 1 read",
        ]
    );
    let many = zip((0..6).map(|i| (format!("{i}.fit"), Vec::new())));
    assert_eq!(told(many), ["l.zip: it holds more than 5 files; if you trust it, raise --max-entries"]);
}

#[test]
fn a_hundred_thousand_empty_entries_are_one_message() {
    let entries = (0..100_000).map(|i| (format!("{i}.fit"), Vec::new()));
    let import = Import::of(&results(&[("many.zip", zip_with(stored(), entries))]));
    assert_eq!(import.sentence(), "no file read, 100000 not usable");
    let messages = import.messages(false);
    assert_eq!(messages.len(), 6);
    assert_eq!(messages[0], "many.zip › 0.fit: not used: the file is empty; export or copy it again");
    assert_eq!(
        messages[5],
        "99995 more files not used: the file is empty; export or copy it again (list them with -v)"
    );
}

#[test]
fn entities_within_entities_stay_unread() {
    let mut lol = String::from("<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY lol \"lol\">");
    for i in 1..10 {
        let before = if i == 1 { "lol".into() } else { format!("lol{}", i - 1) };
        lol.push_str(&format!("<!ENTITY lol{i} \"{}\">", format!("&{before};").repeat(10)));
    }
    lol.push_str("]><gpx><trk><name>&lol9;</name></trk></gpx>");
    let told = told(&results(&[("l.zip", zip([("lol.gpx", lol)]))]));
    assert_eq!(told, ["l.zip › lol.gpx: has no recorded samples; export the original file of the activity instead"]);
}

#[test]
fn passwords_and_unknown_packings_are_named_and_the_rest_is_read() {
    use zip::unstable::write::FileOptionsExt;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let run = fit(ACTIVITY, 0, 600);
    for (name, options) in [
        ("secret.fit", deflated().with_deprecated_encryption(b"password").unwrap()),
        ("secret.jpg", deflated().with_deprecated_encryption(b"password").unwrap()),
        ("odd.fit", stored()),
        ("run.fit", deflated()),
    ] {
        writer.start_file(name, options).unwrap();
        writer.write_all(&run).unwrap();
    }
    let mut archive = writer.finish().unwrap().into_inner();
    // Method 14, LZMA, in both headers of the third entry.
    for (mark, method_at) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
        let third = (0..archive.len() - 4).filter(|i| archive[*i..].starts_with(mark)).nth(2).unwrap();
        archive[third + method_at] = 14;
    }
    assert_eq!(
        told(&results(&[("p.zip", archive)])),
        [
            "p.zip › secret.fit: it is protected by a password; unpack it yourself",
            "p.zip › secret.jpg: unrelated",
            "p.zip › odd.fit: it is packed with Lzma, which this program cannot unpack; unpack it yourself",
            "p.zip › run.fit: 1 read",
        ]
    );
}

#[test]
fn damage_costs_what_it_hits() {
    let run = |hour| fit(ACTIVITY, hour, 600);
    let mut flipped = zip_with(stored(), [("1.fit", run(0)), ("2.fit", run(5))]);
    let inside = flipped.windows(5).position(|five| five == b"1.fit").unwrap() + 3000;
    flipped[inside] ^= 0x10;
    let results = results(&[("f.zip", flipped), ("next.fit", run(10))]);
    assert_eq!(told(&results), ["f.zip › 1.fit: 1 read", "f.zip › 2.fit: 1 read", "next.fit: 1 read"]);
    let import = Import::of(&results);
    assert_eq!(import.sentence(), "3 files read, 1 only in part");
    // No deflated block begins with these bits.
    let mut torn = zip([("1.fit", run(0)), ("2.fit", run(5))]);
    let inside = torn.windows(5).position(|five| five == b"1.fit").unwrap() + 5;
    torn[inside] = 0xff;
    let told = told(&super::results(&[("t.zip", torn)]));
    assert_eq!(
        told,
        [
            "t.zip › 1.fit: it is damaged within the archive; download or copy the archive again",
            "t.zip › 2.fit: 1 read"
        ]
    );
}

#[test]
fn a_download_that_broke_off_gives_what_came() {
    let entries = || {
        let inner = zip([("2.fit", fit(ACTIVITY, 5, 600)), ("notes.txt", b"none".to_vec())]);
        [
            ("1.fit", fit(ACTIVITY, 0, 600)),
            ("page.html", b"<html/>".to_vec()),
            ("__MACOSX/._1.fit", fit(ACTIVITY, 0, 600)),
            ("in.zip", inner),
            ("no.fit", Vec::new()),
            ("3.fit", fit(ACTIVITY, 10, 6000)),
            ("4.fit", fit(ACTIVITY, 20, 600)),
        ]
    };
    // As services send: sizes and checksum follow each entry.
    let sent = made::zip_as_sent(entries());
    for archive in [zip(entries()), zip_with(stored(), entries()), sent] {
        let third = archive.windows(5).position(|five| five == b"3.fit").unwrap();
        let next = archive.windows(5).position(|five| five == b"4.fit").unwrap();
        let results = results(&[("d.zip", archive[..third + 2 * (next - third) / 3].to_vec())]);
        assert_eq!(
            told(&results),
            [
                "d.zip › 1.fit: 1 read",
                "d.zip › page.html: unrelated",
                "d.zip › in.zip › 2.fit: 1 read",
                "d.zip › in.zip › notes.txt: unrelated",
                "d.zip › no.fit: the file is empty; export or copy it again",
                "d.zip › 3.fit: 1 read",
                "d.zip: the archive is cut off or damaged: what could be found in it was used; download or copy it again",
            ]
        );
        assert_eq!(
            Import::of(&results).sentence(),
            "3 files read, 1 only in part, 2 other files ignored, 2 not usable"
        );
    }
}

#[test]
fn limits_hold_without_a_directory() {
    let limits =
        Limits { entry_bytes: 60_000, total_bytes: 100_000, ratio: 1000, depth: 2, entries: 3, ..Limits::default() };
    let told = |archive: Vec<u8>| {
        let directory = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        told(&results_within(&limits, &[("l.zip", archive[..directory + 20].to_vec())]))
    };
    let run = |hour| fit(ACTIVITY, hour, 3000);
    for pack in [zip::<&str, Vec<u8>>, made::zip_as_sent] {
        assert_eq!(
            told(pack(vec![("1.fit", run(0)), ("long.fit", fit(ACTIVITY, 0, 5500))])),
            [
                "l.zip › 1.fit: 1 read",
                "l.zip › long.fit: it is larger than 0 MB, larger than any activity; export it again, or raise --max-entry-mb",
                "l.zip: the archive is cut off or damaged: what could be found in it was used; download or copy it again",
            ]
        );
        assert_eq!(
            told(pack(["1.fit", "2.fit", "3.fit", "4.fit"].map(|name| (name, fit(ACTIVITY, 0, 600))).to_vec()))
                .last()
                .unwrap(),
            "l.zip: it holds more than 3 files; if you trust it, raise --max-entries"
        );
        let deep = || zip([("3.zip", zip([("1.fit", run(0))]))]);
        assert_eq!(
            told(pack(vec![("2.zip", deep())]))[0],
            "l.zip › 2.zip › 3.zip: it lies more than 2 archives deep; if you trust it, raise --max-depth"
        );
        let bomb = told(pack(vec![("1.fit", blanks("<gpx>", 8 << 20))]));
        assert!(!bomb.iter().any(|line| line.ends_with(" read")), "{bomb:?}");
    }
}

/// Whatever a broken archive holds, nothing panics and every other file is read.
#[test]
fn archives_broken_anywhere_are_told_of() {
    let whole = zip([("a.zip", zip([("run.fit", fit(ACTIVITY, 0, 60))])), ("run.fit", fit(ACTIVITY, 5, 60))]);
    let runs = |bytes: Vec<u8>| {
        let told = told(&results(&[("b.zip", bytes), ("next.fit", made::fit(ACTIVITY, 10, 60))]));
        assert_eq!(told.last().map(String::as_str), Some("next.fit: 1 read"));
        told
    };
    for len in (0..whole.len()).step_by(7) {
        let told = runs(whole[..len].to_vec());
        assert!(told.len() >= 2, "cut at {len}: {told:?}");
    }
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        runs(bytes);
    }
}
