//! What was worked out before changes nothing of what is said.

use super::{Season, text};
use freshlegs::content::ContentHash;
use freshlegs::memo::{KeptResult, Memo};
use freshlegs::notes::Notes;
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::season;
use freshlegs::store::{Place, Store};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::fs;
use std::sync::LazyLock;

const TODAY: Date = date(2026, 6, 22);

static RECORDINGS: LazyLock<Vec<Recording>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    files.retain(|file| [".fit", ".gpx", ".tcx", ".gz"].iter().any(|end| file.ends_with(end)));
    files.sort();
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    let results = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| {});
    pipeline::recordings(results, &TimeZone::UTC)
});

/// Holds a season made from what is known against one made from nothing; what is known after it.
fn the_same(recordings: &[Recording], profile: &str, known: &[KeptResult]) -> Option<Vec<KeptResult>> {
    let profile = Profile::parse(profile).expect("a profile");
    let fresh = season::Season::new(recordings.to_vec(), &profile, TODAY);
    let memo = Memo::knowing(known.to_vec());
    let remembered = season::Season::remembered(recordings.to_vec(), &profile, TODAY, memo);
    assert_eq!(remembered.sensitivity(), fresh.sensitivity());
    assert_eq!(remembered.sessions(), fresh.sessions());
    assert_eq!(remembered.thresholds(), fresh.thresholds());
    for (one, other) in remembered.activities().iter().zip(fresh.activities()) {
        assert_eq!((&one.heart_rate, one.load, one.gap_mps), (&other.heart_rate, other.load, other.gap_mps));
    }
    remembered.memo().kept()
}

#[test]
fn a_season_is_the_same_whatever_was_worked_out_before() {
    let all = &RECORDINGS[..];
    let (before, own) = (&all[..all.len() - 3], "");
    let numbers = "[athlete]\nheart_rate_max_bpm = 184\nthreshold_pace = \"4:40\"\n";
    let noted = Notes::parse(b"2026-05-10,no_heart_rate,\n2026-04-16,rpe,8\n2026-05-03,label,race\n");
    let noted = Recording::noted(all.to_vec(), &noted);
    let mut known = Vec::new();
    for (recordings, profile) in [(before, own), (all, own), (all, numbers), (&noted[..], own), (&noted[..], numbers)] {
        known = the_same(recordings, profile, &known).expect("something new");
    }
    assert_eq!(the_same(before, own, &known), None, "all of it is known");
    assert_eq!(the_same(all, numbers, &known), None, "all of it is known");
    the_same(all, "[athlete]\nheart_rate = \"off\"\n", &known);
}

#[test]
fn a_new_file_and_another_profile_give_the_runs_that_they_give_without_a_store() {
    let season = Season::new("2026-04");
    let runs = || {
        let said = season.runs(&season.store());
        assert_eq!(said, season.runs_without_store());
        said
    };
    let mut all = vec![runs()];
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2026-05-03-0830.fit.gz");
    season.write("new.fit.gz", &fs::read(sample).expect("a sample"));
    all.push(runs());
    season.write("profile.toml", b"[athlete]\nheart_rate_threshold_bpm = 165\n");
    all.push(runs());
    let damaged = rusqlite::Connection::open(season.store()).expect("a store");
    let rows = damaged.execute("UPDATE memo SET value = zeroblob(length(value))", []).expect("a table");
    assert_eq!(rows, 1);
    season.write("profile.toml", b"[athlete]\nheart_rate_threshold_bpm = 160\n");
    all.push(runs());
    all.dedup();
    assert_eq!(all.len(), 4, "each says something else");
    let plan = |store: &[&str]| text(season.run(&[&["plan", "--today", "2026-05-04"], store].concat()));
    assert_eq!(plan(&["--store", &season.store().to_string_lossy()]), plan(&["--no-store"]));
}

#[test]
fn what_another_program_worked_out_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(Place::Named(folder.path().join("store.sqlite")), &Limits::USUAL);
    let fresh = |owner: &str, program: &str| {
        let memo = store.memo(owner, program);
        assert_eq!(memo.result(|| ContentHash::of(b"seconds"), || 7_u8), 7);
        memo.kept()
    };
    store.keep_memo("one", "program 1", &fresh("one", "program 1").expect("something new"));
    assert_eq!(fresh("one", "program 1"), None);
    assert!(fresh("one", "program 2").is_some() && fresh("two", "program 1").is_some());
    assert_eq!((store.finish(), Store::none().memo("one", "program 1").kept()), (Vec::new(), None));
}
