//! Archives that unpack to more than they seem to, or hide what they hold.

use super::{is_refused, said};
use crate::archives::made::{ACTIVITY, fit, gzip, stored, zip, zip_with};
use crate::archives::{results, results_within, told};
use freshlegs::import::Import;
use freshlegs::read::Limits;

const RATIO: &str =
    "it unpacks to more than 200 times its size, as no activity does; if you trust it, raise --max-ratio";

/// Where the directory says that an entry begins: 42 bytes after the mark of its place in it.
fn set_offset(archive: &mut [u8], entry: usize, offset: u32) {
    let mark = (0..archive.len() - 4).filter(|i| archive[*i..].starts_with(b"PK\x01\x02")).nth(entry).unwrap();
    archive[mark + 42..mark + 46].copy_from_slice(&offset.to_le_bytes());
}

#[test]
fn entries_that_overlap_are_refused_and_those_before_are_used() {
    let run = |hour| fit(ACTIVITY, hour, 600);
    let mut same = zip([("1.fit", run(0)), ("2.fit", run(5)), ("3.fit", run(9))]);
    set_offset(&mut same, 2, 0);
    let overlap = "its entries overlap, as they do in no sound archive; the rest was left out: pack the files again";
    assert_eq!(
        said("o.zip", same),
        ["o.zip › 1.fit: 1 read".to_owned(), "o.zip › 2.fit: 1 read".to_owned(), format!("o.zip: {overlap}")]
    );
    // An archive stored in an entry, of which the directory lists an entry too.
    let inner = zip_with(stored(), [("2.fit", run(5))]);
    let mut within = zip_with(stored(), [("in.zip", inner), ("2.fit", run(5))]);
    let inner_begins = within.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x03\x04").nth(1).unwrap().0;
    let second = (0..within.len() - 4).filter(|i| within[*i..].starts_with(b"PK\x01\x02")).count() - 1;
    set_offset(&mut within, second, inner_begins as u32);
    let told = said("w.zip", within);
    assert_eq!(told, ["w.zip › in.zip › 2.fit: 1 read".to_owned(), format!("w.zip: {overlap}")]);
}

#[test]
fn layers_of_packing_multiply_no_ratio() {
    let mut document = b"<gpx>".to_vec();
    document.resize(64 << 20, b' ');
    // 64 MB in 64 kB in half a kB.
    let twice = gzip(&gzip(&document));
    assert!(twice.len() < 1000, "{}", twice.len());
    is_refused("twice.gpx.gz", twice.clone(), RATIO);
    let entries = (0..20).map(|i| (format!("{i}.gpx.gz"), gzip(&document)));
    let told = said("many.zip", zip(entries));
    assert!(told.iter().all(|line| line.contains("raise --max-ratio")), "{told:?}");
}

#[test]
fn archives_in_archives_unpack_to_no_more_than_their_file_allows() {
    // Each level holds the one below twenty times: 400 MB in a few kB.
    let mut blanks = b"<gpx>".to_vec();
    blanks.resize(1 << 20, b' ');
    let mut archive = zip([("run.gpx", blanks)]);
    for _ in 0..2 {
        archive = zip((0..20).map(|i| (format!("{i}.zip"), &archive)));
    }
    let size = archive.len() as u64;
    let results = results_within(&Limits { depth: 5, ..Limits::default() }, &[("n.zip", archive)]);
    let last = told(&results).pop().unwrap();
    let limit = Limits::default().total_of(size);
    assert!(limit == 64 << 20 && results.len() < 400 && last.ends_with(RATIO), "{size} {last}");
}

#[test]
fn no_flag_lets_archives_nest_without_end() {
    let mut archive = fit(ACTIVITY, 0, 60);
    for _ in 0..20 {
        archive = zip_with(stored(), [("in.zip", &archive)]);
    }
    let results = results_within(&Limits { depth: 1000, ..Limits::default() }, &[("n.zip", archive)]);
    let told = told(&results);
    assert!(told.len() == 1 && told[0].contains("it lies more than 16 archives deep"), "{told:?}");
}

#[test]
fn an_emptied_directory_hides_nothing() {
    let archive = zip([("1.fit", fit(ACTIVITY, 0, 600)), ("2.fit", fit(ACTIVITY, 5, 600))]);
    let directory = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut end = zip::<&str, Vec<u8>>([]);
    end[16..20].copy_from_slice(&(directory as u32).to_le_bytes());
    let emptied = [&archive[..directory], &end].concat();
    assert_eq!(
        said("e.zip", emptied),
        [
            "e.zip › 1.fit: 1 read",
            "e.zip › 2.fit: 1 read",
            "e.zip: the archive is cut off or damaged: what could be found in it was used; download or copy it again",
        ]
    );
    is_refused("none.zip", zip::<&str, Vec<u8>>([]), "the archive is empty");
}

#[test]
fn entries_of_one_name_are_told_apart() {
    let mut archive = zip([("a/1.fit", fit(ACTIVITY, 0, 600)), ("a/2.fit", fit(ACTIVITY, 5, 600))]);
    let second: Vec<usize> = (0..archive.len() - 7).filter(|i| archive[*i..].starts_with(b"a/2.fit")).collect();
    second.iter().for_each(|at| archive[*at..*at + 7].copy_from_slice(b"a/1.fit"));
    assert_eq!(said("s.zip", archive), ["s.zip › a/1.fit: 1 read", "s.zip › a/1.fit (2): 1 read"]);
}

#[test]
fn a_wrong_checksum_is_noted_and_so_is_a_packed_file_cut_short() {
    let packed = gzip(&fit(ACTIVITY, 0, 600));
    let mut wrong = packed.clone();
    let checksum = wrong.len() - 8;
    wrong[checksum] ^= 1;
    let cut = packed[..checksum].to_vec();
    for (bytes, note) in [
        (wrong, "its checksum does not match; the values were used as they are"),
        (cut, "what it was packed in is cut off or damaged; what could be unpacked was used"),
    ] {
        let results = results(&[("run.fit.gz", bytes.clone()), ("in.zip", zip([("run.fit.gz", bytes)]))]);
        let import = Import::of(&results);
        assert_eq!(import.sentence(), "2 files read, 2 only in part");
        assert!(import.files.iter().all(|file| file.note.contains(note)), "{:?}", import.files);
        // It is read again the next time, whatever the store knows.
        assert!(results.iter().all(|result| result.content.is_none()));
    }
}

#[test]
fn lists_of_millions_of_cells_are_refused() {
    let list = format!("name,type,filename\n{}", ",".repeat(4_000_001));
    let told = said("l.zip", zip_with(stored(), [("activities.csv", list + "\n")]));
    let refused =
        "l.zip › activities.csv: the list has more than 4000000 cells; if you trust it, raise --max-list-cells";
    assert_eq!(told, [refused]);
}
