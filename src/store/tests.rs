use super::*;
use crate::pipeline;
use crate::read::{FileKind, Limits, ReadError};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sub").join("store.sqlite")
    }

    fn named(&self) -> Place {
        Place::Named(self.path())
    }

    fn open(&self) -> Store {
        Store::open(self.named(), &Limits::default())
    }

    /// A store with one run, one source of three entries, closed.
    fn filled() -> Bench {
        let bench = Bench::new();
        let store = bench.open();
        keep_all(&store, &archive());
        assert_eq!(store.finish(), Vec::<String>::new());
        bench
    }
}

fn recall(store: &Store, key: &Key) -> Option<Vec<StoredPart>> {
    store.recall(&[key]).pop().flatten()
}

fn key(path: &str) -> Key {
    Key {
        path: path.into(),
        size: 1000,
        modified_ns: 1_750_000_000_123_456_789,
        changed_ns: 1_750_000_001_000_000_000,
        inode: 77,
        is_settled: true,
    }
}

fn run() -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2026-04-09-1805.fit");
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    let files = [path.to_string_lossy().into_owned()];
    let outcome = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| {}).remove(0).outcome;
    assert!(matches!(&outcome, Outcome::Read(digests) if digests.len() == 1));
    outcome
}

fn part(entry: &str, outcome: Outcome) -> StoredPart {
    StoredPart { entry: entry.into(), content: ContentHash::of(entry.as_bytes()), outcome }
}

/// Not in the order of their names.
fn archive() -> (Key, Vec<StoredPart>) {
    let parts = vec![
        part("z/run.fit", run()),
        part("a/sleep.fit", Outcome::Skipped(FileKind::Other(99))),
        part("m/broken.gpx", Outcome::Failed(ReadError::Xml { reason: "no end".into() })),
    ];
    (key("/season/export.zip"), parts)
}

fn keep_all(store: &Store, (key, parts): &(Key, Vec<StoredPart>)) {
    for part in parts {
        store.keep(&part.content, &mut part.outcome.clone());
    }
    let entries: Vec<(String, ContentHash)> = parts.iter().map(|p| (p.entry.clone(), p.content)).collect();
    store.keep_source(key, &entries);
}

#[test]
fn what_was_kept_comes_back() {
    let bench = Bench::filled();
    let (key, parts) = archive();
    let store = bench.open();
    assert_eq!(recall(&store, &key), Some(parts.clone()));
    for part in parts {
        assert_eq!(store.outcome(&part.content), Some(part.outcome));
    }
    assert_eq!(store.outcome(&ContentHash::of(b"never seen")), None);
    assert_eq!(store.finish(), Vec::<String>::new());
}

#[test]
fn a_source_that_looks_otherwise_is_not_known() {
    let bench = Bench::filled();
    let (kept, _) = archive();
    let store = bench.open();
    for other in [
        Key { size: 1001, ..kept.clone() },
        Key { modified_ns: kept.modified_ns + 1, ..kept.clone() },
        Key { changed_ns: kept.changed_ns + 1, ..kept.clone() },
        Key { inode: kept.inode + 1, ..kept.clone() },
        Key { path: "/season/export2.zip".into(), ..kept.clone() },
        Key { size: u64::MAX, ..kept.clone() },
    ] {
        assert_eq!(recall(&store, &other), None, "{other:?}");
    }
}

#[test]
fn a_changed_source_takes_the_place_of_the_old_one() {
    let bench = Bench::filled();
    let (old, _) = archive();
    let new = Key { modified_ns: old.modified_ns + 1, ..old.clone() };
    let store = bench.open();
    let parts = vec![part("", Outcome::Failed(ReadError::Empty))];
    keep_all(&store, &(new.clone(), parts.clone()));
    store.finish();
    let store = bench.open();
    assert_eq!(recall(&store, &old), None);
    assert_eq!(recall(&store, &new), Some(parts));
}

#[test]
fn another_version_of_the_digest_sees_nothing_and_spoils_nothing() {
    let bench = Bench::filled();
    let (key, parts) = archive();
    let next = Store::open_version(bench.named(), digest::VERSION + 1);
    assert_eq!(recall(&next, &key), None);
    assert_eq!(next.outcome(&parts[0].content), None);
    let others = vec![part("z/run.fit", Outcome::Failed(ReadError::NoSamples))];
    keep_all(&next, &(key.clone(), others.clone()));
    assert_eq!(next.finish(), Vec::<String>::new());
    assert_eq!(recall(&bench.open(), &key), Some(parts));
    assert_eq!(recall(&Store::open_version(bench.named(), digest::VERSION + 1), &key), Some(others));
}

#[test]
fn of_a_file_still_changing_only_the_content_is_kept() {
    let bench = Bench::new();
    let (key, parts) = archive();
    let store = bench.open();
    keep_all(&store, &(Key { is_settled: false, ..key.clone() }, parts.clone()));
    store.finish();
    let store = bench.open();
    assert_eq!(recall(&store, &key), None);
    assert_eq!(store.outcome(&parts[0].content), Some(parts[0].outcome.clone()));
}

#[test]
fn what_the_disk_would_not_give_is_not_kept() {
    let bench = Bench::new();
    let store = bench.open();
    let unreadable = part("a.fit", Outcome::Failed(ReadError::Disk { reason: "disk".into() }));
    keep_all(&store, &(key("/a.fit"), vec![unreadable.clone()]));
    store.finish();
    let store = bench.open();
    assert_eq!(store.outcome(&unreadable.content), None);
    assert_eq!(recall(&store, &key("/a.fit")), None);
}

#[test]
fn no_store_knows_nothing_and_says_nothing() {
    let store = Store::none();
    let (key, parts) = archive();
    keep_all(&store, &(key.clone(), parts.clone()));
    assert_eq!((recall(&store, &key), store.outcome(&parts[0].content)), (None, None));
    assert_eq!(store.finish(), Vec::<String>::new());
}

#[test]
fn what_was_not_finished_is_on_the_disk_but_for_the_last_batch() {
    let bench = Bench::new();
    let store = bench.open();
    let parts: Vec<StoredPart> =
        (0..BATCH + 50).map(|i| part(&i.to_string(), Outcome::Failed(ReadError::NoSamples))).collect();
    for part in &parts {
        store.keep(&part.content, &mut part.outcome.clone());
    }
    drop(store);
    let store = bench.open();
    let known = parts.iter().filter(|part| store.outcome(&part.content).is_some()).count();
    assert_eq!(known, BATCH);
}

#[test]
fn a_writer_that_vanishes_takes_back_what_it_had_not_committed() {
    let bench = Bench::filled();
    let (key, parts) = archive();
    let dying = Connection::open(bench.path()).expect("connection");
    dying.execute_batch("BEGIN IMMEDIATE; UPDATE source SET size = 1; DELETE FROM content;").expect("writes");
    assert_eq!(recall(&bench.open(), &key), Some(parts.clone()), "readers see the state before");
    drop(dying);
    assert_eq!(recall(&bench.open(), &key), Some(parts));
}

#[test]
fn a_full_disk_costs_the_store_and_nothing_else() {
    let bench = Bench::filled();
    let (old, old_parts) = archive();
    let store = bench.open();
    store.state().attempt(|database| {
        let pages: i64 = database.connection().pragma_query_value(None, "page_count", |row| row.get(0))?;
        Ok(database.connection().query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    });
    let Outcome::Read(digests) = run() else { panic!("no run") };
    let parts: Vec<StoredPart> = (0..40)
        .map(|i| {
            let mut digest = digests[0].clone();
            digest.start_ms += i;
            part(&format!("{i}.fit"), Outcome::Read(vec![digest]))
        })
        .collect();
    keep_all(&store, &(key("/full"), parts));
    let notes = store.finish();
    assert!(notes.len() == 1 && notes[0].ends_with("database or disk is full"), "{notes:?}");
    let store = bench.open();
    assert_eq!(recall(&store, &old), Some(old_parts));
    assert_eq!(recall(&store, &key("/full")), None);
}

/// Uses a store as a run does that reads what is not known; whatever it knows is right.
fn use_store(place: &Place) -> Vec<String> {
    let (key, parts) = archive();
    let store = Store::open(place.clone(), &Limits::default());
    if let Some(recalled) = recall(&store, &key) {
        assert_eq!(recalled, parts);
    }
    for part in &parts {
        assert!(store.outcome(&part.content).is_none_or(|outcome| outcome == part.outcome));
    }
    keep_all(&store, &(key, parts));
    let notes = store.finish();
    assert!(notes.len() <= 1, "{notes:?}");
    notes
}

/// Something happened to a store: it is right or knows nothing, and is sound again at the latest after two runs.
fn is_right_or_unknown(place: Place) {
    let notes = [use_store(&place), use_store(&place)].concat();
    let left_alone = notes.iter().any(|note| note.contains("left as it is") || note.contains("newer version"));
    if !left_alone {
        let store = Store::open(place, &Limits::default());
        assert!(recall(&store, &archive().0).is_some(), "not even the third time: {notes:?}");
        assert_eq!(store.finish(), Vec::<String>::new());
    }
}

#[test]
fn a_truncated_store_is_begun_anew() {
    let bench = Bench::filled();
    let whole = fs::read(bench.path()).expect("store");
    for length in (0..whole.len()).step_by(whole.len() / 23) {
        for place in [bench.named(), Place::Cache(bench.path())] {
            fs::write(bench.path(), &whole[..length]).expect("truncated");
            is_right_or_unknown(place);
        }
    }
}

#[test]
fn a_store_with_any_byte_changed_never_gives_a_wrong_answer() {
    let bench = Bench::filled();
    let whole = fs::read(bench.path()).expect("store");
    let (header, rest) = ((0..100).step_by(3), (100..whole.len()).step_by(whole.len() / 80 + 1));
    for i in header.chain(rest) {
        let mut bytes = whole.clone();
        bytes[i] ^= if i % 2 == 0 { 0x01 } else { 0xff };
        fs::write(bench.path(), &bytes).expect("changed");
        is_right_or_unknown(Place::Cache(bench.path()));
    }
}

#[test]
fn a_store_overwritten_with_noise_is_begun_anew_in_its_own_place_only() {
    let bench = Bench::filled();
    let noise: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    fs::write(bench.path(), &noise).expect("noise");
    let notes = bench.open().finish();
    assert!(notes.len() == 1 && notes[0].contains("it is not a store of freshlegs"), "{notes:?}");
    assert_eq!(fs::read(bench.path()).expect("file"), noise);
    let notes = Store::open(Place::Cache(bench.path()), &Limits::default()).finish();
    assert!(notes.len() == 1 && notes[0].ends_with("was damaged and is begun anew"), "{notes:?}");
    is_right_or_unknown(bench.named());
}

#[test]
fn lost_tables_are_damage() {
    let bench = Bench::filled();
    let vandal = Connection::open(bench.path()).expect("connection");
    vandal.execute_batch("DROP TABLE source; DROP TABLE content; CREATE TABLE content (x);").expect("vandalised");
    drop(vandal);
    is_right_or_unknown(bench.named());
    assert!(recall(&bench.open(), &archive().0).is_some());
}

#[test]
fn somebody_elses_database_is_left_as_it_is() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path().parent().expect("parent")).expect("folder");
    let theirs = Connection::open(bench.path()).expect("connection");
    theirs.execute_batch("CREATE TABLE photo (x); INSERT INTO photo VALUES ('me'); ").expect("table");
    drop(theirs);
    let before = fs::read(bench.path()).expect("file");
    let store = bench.open();
    keep_all(&store, &archive());
    let notes = store.finish();
    assert!(notes.len() == 1 && notes[0].ends_with("it is not a store of freshlegs and was left alone"), "{notes:?}");
    assert_eq!(fs::read(bench.path()).expect("file"), before);
}

#[test]
fn a_store_of_a_newer_version_is_left_as_it_is() {
    let bench = Bench::filled();
    let newer = Connection::open(bench.path()).expect("connection");
    newer.pragma_update(None, "user_version", 1000).expect("version");
    drop(newer);
    let before = fs::read(bench.path()).expect("file");
    for place in [bench.named(), Place::Cache(bench.path())] {
        let store = Store::open(place, &Limits::default());
        keep_all(&store, &archive());
        let notes = store.finish();
        assert!(notes.len() == 1 && notes[0].ends_with("a newer version of this program keeps it"), "{notes:?}");
    }
    assert_eq!(fs::read(bench.path()).expect("file"), before);
}

#[test]
fn a_place_where_no_store_can_be_costs_nothing_but_a_note() {
    let bench = Bench::new();
    fs::write(bench.folder.path().join("sub"), "a file, no folder").expect("file");
    for path in [bench.path(), bench.folder.path().to_path_buf()] {
        let store = Store::open(Place::Named(path), &Limits::default());
        let (key, parts) = archive();
        keep_all(&store, &(key.clone(), parts));
        assert_eq!(recall(&store, &key), None);
        assert_eq!(store.finish().len(), 1);
    }
}

#[test]
fn many_begin_and_fill_one_store_at_once() {
    let bench = Bench::new();
    let failure = |i: usize| part(&i.to_string(), Outcome::Failed(ReadError::Fit { reason: i.to_string().into() }));
    let fill = |worker: usize| {
        let store = bench.open();
        for i in 0..300 {
            let part = failure(worker * 200 + i);
            store.keep(&part.content, &mut part.outcome.clone());
        }
        store.finish()
    };
    let notes: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8).map(|worker| scope.spawn(move || fill(worker))).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("worker")).collect()
    });
    assert_eq!(notes, Vec::<String>::new());
    let store = bench.open();
    let known = (0..7 * 200 + 300).filter(|&i| store.outcome(&failure(i).content) == Some(failure(i).outcome)).count();
    assert_eq!(known, 1700);
}

#[test]
fn the_day_of_last_use_is_noted_and_decides_what_is_removed() {
    let bench = Bench::filled();
    let (key, parts) = archive();
    let used = |table: &str| -> Vec<i64> {
        let connection = Connection::open(bench.path()).expect("connection");
        let mut days = connection.prepare(&format!("SELECT used FROM {table}")).expect("select");
        let days = days.query_map([], |row| row.get(0)).expect("rows");
        days.collect::<Result<_, _>>().expect("days")
    };
    let prune = |limit, before| {
        let mut database = Database::open(&bench.named(), digest::VERSION).expect("store").0;
        database.prune(limit, before).expect("pruned");
    };
    let month_ago = today() - 30;
    let connection = Connection::open(bench.path()).expect("connection");
    connection
        .execute_batch(&format!("UPDATE content SET used = {month_ago}; UPDATE source SET used = {month_ago};"))
        .expect("aged");
    drop(connection);
    prune(1 << 30, today());
    assert_eq!(used("content"), [month_ago; 3], "nothing is removed from a small store");
    let store = bench.open();
    store.outcome(&parts[1].content);
    store.finish();
    assert_eq!(used("content"), [month_ago, today(), month_ago]);
    prune(1, today() - 1);
    assert_eq!((used("content").len(), used("source").len()), (1, 0));
    let store = bench.open();
    assert_eq!(recall(&store, &key), None);
    keep_all(&store, &(key.clone(), parts.clone()));
    store.finish();
    assert_eq!(recall(&bench.open(), &key), Some(parts));
}

/// Plans outlive what is kept of files, each owner has its own, and the oldest give way.
#[test]
fn plans_are_kept_by_owner_and_day() {
    use crate::kept::{KeptDay, KeptPlan, PLANS_KEPT};
    use crate::plan::Kind;
    use jiff::ToSpan;
    let folder = tempfile::tempdir().expect("a folder");
    let open = || Store::open(Place::Named(folder.path().join("store.sqlite")), &Limits::USUAL);
    let first = jiff::civil::date(2026, 6, 1);
    let plan = |n: i64, minutes: f64| KeptPlan {
        made: first.saturating_add(n.days()),
        days: vec![KeptDay { date: first.saturating_add(n.days()), kind: Kind::Easy, minutes }],
    };
    let store = open();
    assert_eq!(store.plans("me"), []);
    (0..20).for_each(|n| store.keep_plan("me", &plan(n, 30.0)));
    store.keep_plan("me", &plan(19, 45.0));
    store.keep_plan("you", &plan(0, 60.0));
    assert_eq!(store.finish(), Vec::<String>::new());
    let kept = open().plans("me");
    assert_eq!((kept.len(), kept[0].made), (PLANS_KEPT, plan(20 - PLANS_KEPT as i64, 0.0).made));
    assert_eq!(kept.last(), Some(&plan(19, 45.0)));
    assert_eq!(open().plans("you"), [plan(0, 60.0)]);
}

#[test]
fn of_values_by_name_the_latest_are_kept_and_only_so_many_bytes() {
    let bench = Bench::new();
    let mut database = Database::open(&bench.named(), 1).expect("a store").0;
    let most = (3, 100);
    let known = |new: (&str, usize)| -> String {
        let sealed = Sealed { bytes: vec![7; new.1], seal: Vec::new() };
        database.keep_named(MEMOS, new.0, &sealed, most).expect("kept");
        let is_known = |name: &&str| database.named(MEMOS, name).expect("a table").is_some();
        ["a", "b", "c", "d"].into_iter().filter(is_known).collect()
    };
    let each = [("a", 40), ("b", 40), ("c", 40), ("b", 10), ("a", 10), ("d", 10)].map(known);
    assert_eq!(each, ["a", "ab", "bc", "bc", "abc", "abd"]);
}
