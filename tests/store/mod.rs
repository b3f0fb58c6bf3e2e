//! The store as a user meets it: the same answers with and without it, whatever happens to it.

mod answers;
mod faults;
mod memo;
mod standing;
mod version;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A copy of some of the samples, modified long ago, and a place for a store.
struct Season {
    folder: TempDir,
}

impl Season {
    fn new(month: &str) -> Season {
        let season = Season { folder: tempfile::tempdir().expect("folder") };
        fs::create_dir(season.files()).expect("folder");
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        for entry in fs::read_dir(samples).expect("samples").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(month) && !name.ends_with(".json") {
                season.write(&name, &fs::read(entry.path()).expect("sample"));
            }
        }
        season.write("broken.gpx", b"<gpx><trk>");
        season.write("empty.fit", b"");
        season.write("notes.txt", b"none");
        season
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store.sqlite")
    }

    /// Writes a file whose time of modification lies `AGE` back.
    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.files().join(name);
        fs::write(&path, bytes).expect("file");
        set_modified(&path, long_ago());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.args(arguments).arg(self.files()).env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        command.env("TZ", "UTC").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("program")
    }

    /// The table of runs, made with this store.
    fn runs(&self, store: &Path) -> String {
        text(self.run(&["runs", "--format=csv", "--store", &store.to_string_lossy()]))
    }

    fn runs_without_store(&self) -> String {
        text(self.run(&["runs", "--format=csv", "--no-store"]))
    }

    /// The whole report with the texts on both streams.
    fn report(&self, arguments: &[&str]) -> (BTreeMap<String, Vec<u8>>, Output) {
        let folder = tempfile::tempdir_in(self.folder.path()).expect("folder");
        let place = folder.path().join("report");
        let mut all = vec!["analyse", "-v", "-o"];
        let place_text = place.to_string_lossy();
        all.push(&place_text);
        all.extend(arguments);
        let mut output = self.run(&all);
        // The name of the report is the only difference there may be.
        output.stderr = String::from_utf8_lossy(&output.stderr).replace(&*place_text, "").into_bytes();
        (contents(&place), output)
    }
}

fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

fn set_modified(path: &Path, time: SystemTime) {
    File::options().append(true).open(path).and_then(|file| file.set_modified(time)).expect("time of modification");
}

fn text(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// All files below a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|f| {
            let name = f.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            (name, fs::read(f.path()).expect("file"))
        })
        .collect()
}

#[test]
fn a_report_is_the_same_with_and_without_a_store() {
    let season = Season::new("2026-0");
    let store = season.store().to_string_lossy().into_owned();
    let (report, without) = season.report(&["--no-store"]);
    assert!(without.status.success() && report.len() > 3, "{:?}", report.keys());
    for jobs in ["1", "2", "5"] {
        for time in ["first", "second"] {
            let (other, with) = season.report(&["--store", &store, "--jobs", jobs]);
            assert_eq!(with, without, "{time} time, {jobs} jobs");
            assert!(report == other, "{time} time, {jobs} jobs");
        }
        fs::remove_file(season.store()).expect("store");
    }
}

#[cfg(unix)]
#[test]
fn a_file_changed_in_place_is_read_again_whatever_its_time_says() {
    let season = Season::new("2026-04");
    let before = season.runs(&season.store());
    let name = "2026-04-09-1805.fit";
    let length = fs::metadata(season.files().join(name)).expect("file").len();
    // `write` puts the time of modification back.
    season.write(name, &vec![b'x'; length as usize]);
    let after = season.runs(&season.store());
    assert_ne!(after, before);
    assert_eq!(after, season.runs_without_store());
}

#[test]
fn a_file_with_another_time_is_read_again() {
    let season = Season::new("2026-04");
    let before = season.runs(&season.store());
    let names = contents(&season.files());
    let sizes: Vec<(&String, usize)> = names.iter().map(|(name, bytes)| (name, bytes.len())).collect();
    let (name, size) = sizes.iter().find(|(name, _)| name.ends_with(".fit")).expect("a FIT file");
    season.write(name, &vec![b'x'; *size]);
    set_modified(&season.files().join(name), long_ago() + Duration::from_millis(5));
    let after = season.runs(&season.store());
    assert_ne!(after, before);
    assert_eq!(after, season.runs_without_store());
    season.write(name, &names[*name]);
    assert_eq!(season.runs(&season.store()), before);
}

#[test]
fn a_file_changed_within_the_tick_of_a_coarse_clock_is_read_again() {
    let season = Season::new("2026-04");
    let name = "2026-04-09-1805.fit";
    let whole = fs::read(season.files().join(name)).expect("sample");
    let now = SystemTime::now();
    set_modified(&season.files().join(name), now);
    let before = season.runs(&season.store());
    fs::write(season.files().join(name), vec![b'x'; whole.len()]).expect("changed");
    set_modified(&season.files().join(name), now);
    let after = season.runs(&season.store());
    assert_ne!(after, before);
    assert_eq!(after, season.runs_without_store());
}

#[test]
fn a_renamed_file_has_its_own_name() {
    let season = Season::new("2026-04");
    let before = season.runs(&season.store());
    fs::rename(season.files().join("2026-04-09-1805.fit"), season.files().join("thursday.fit")).expect("renamed");
    let after = season.runs(&season.store());
    assert_eq!(after, before.replace("2026-04-09-1805.fit", "thursday.fit"));
    assert!(after.contains("thursday.fit"));
}

#[test]
fn the_store_is_in_the_cache_folder_unless_it_is_not_wanted() {
    let season = Season::new("2026-04");
    season.runs_without_store();
    let cache = season.folder.path().join("cache");
    assert!(!cache.exists());
    text(season.run(&["runs", "--format=csv"]));
    assert!(cache.join("freshlegs").join("store.sqlite").is_file());
    let both = season.run(&["runs", "--no-store", "--store", "x"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn runs_that_are_killed_leave_a_store_that_is_right() {
    let season = Season::new("2026-0");
    let right = season.runs_without_store();
    for attempt in 0..25_u64 {
        let mut command = season.command(&["runs", "--quiet", "--store", &season.store().to_string_lossy()]);
        let mut child = command.stdout(Stdio::null()).spawn().expect("program");
        // From the first millisecond, when the store is made, to the end, when it is written.
        std::thread::sleep(Duration::from_millis(2 + attempt * 20));
        // SIGKILL on Unix.
        let _ = child.kill();
        child.wait().expect("ended");
        if attempt % 5 == 4 {
            assert_eq!(season.runs(&season.store()), right, "killed {attempt} times");
            fs::remove_file(season.store()).expect("store");
        }
    }
}

#[test]
fn several_runs_at_once_share_a_store() {
    let season = Season::new("2026-0");
    let right = season.runs_without_store();
    let start = || {
        let mut command = season.command(&["runs", "--format=csv", "-v", "--store", &season.store().to_string_lossy()]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("program")
    };
    for _ in 0..2 {
        let children: Vec<_> = (0..4).map(|_| start()).collect();
        for child in children {
            let output = child.wait_with_output().expect("ended");
            assert!(!String::from_utf8_lossy(&output.stderr).contains("the store"), "{output:?}");
            assert_eq!(text(output), right);
        }
    }
}

/// The answer with a store that is of no use, and what is said about it with `-v` and without.
fn runs_and_notes(season: &Season, store: &Path) -> (String, String) {
    let store = store.to_string_lossy();
    let loud = season.run(&["runs", "--format=csv", "-v", "--store", &store]);
    let notes = String::from_utf8_lossy(&loud.stderr).lines().filter(|l| l.contains("the store")).collect::<String>();
    (text(loud), notes)
}

#[test]
fn a_store_that_cannot_be_used_changes_no_answer() {
    let season = Season::new("2026-04");
    let right = season.runs_without_store();
    let theirs = season.folder.path().join("letter.txt");
    fs::write(&theirs, "Dear all,\n".repeat(1000)).expect("file");
    for place in [theirs.join("store.sqlite"), season.files(), theirs.clone()] {
        let (runs, notes) = runs_and_notes(&season, &place);
        assert_eq!(runs, right);
        assert!(notes.contains("is not used: "), "{notes:?}");
        // Who named the store is told, unless they want to hear nothing.
        for (arguments, is_told) in [(&["runs", "--store"][..], true), (&["runs", "-q", "--store"], false)] {
            let output = season.run(&[arguments, &[&*place.to_string_lossy()]].concat());
            assert_eq!(String::from_utf8_lossy(&output.stderr).contains("the store"), is_told, "{output:?}");
        }
    }
    assert_eq!(fs::read(&theirs).expect("file"), "Dear all,\n".repeat(1000).as_bytes());
    assert_eq!(fs::read_dir(season.folder.path()).expect("folder").count(), 2, "nothing was left beside it");
}

#[test]
fn a_damaged_store_is_begun_anew() {
    let season = Season::new("2026-04");
    let right = season.runs(&season.store());
    let whole = fs::read(season.store()).expect("store");
    fs::write(season.store(), &whole[..whole.len() / 2]).expect("truncated");
    let (runs, notes) = runs_and_notes(&season, &season.store());
    assert_eq!(runs, right);
    assert!(notes.ends_with("was damaged and is begun anew"), "{notes:?}");
    assert_eq!(runs_and_notes(&season, &season.store()), (right, String::new()));
}

#[cfg(unix)]
#[test]
fn a_store_that_may_only_be_read_is_no_obstacle() {
    use std::os::unix::fs::PermissionsExt;
    let season = Season::new("2026-04");
    let locked = season.folder.path().join("locked");
    fs::create_dir(&locked).expect("folder");
    let right = season.runs(&locked.join("store.sqlite"));
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    permit(&locked.join("store.sqlite"), 0o444);
    permit(&locked, 0o555);
    if File::create(locked.join("probe")).is_ok() {
        println!("skipped: this user may write everywhere");
    }
    assert_eq!(season.runs(&locked.join("store.sqlite")), right);
    assert_eq!(season.runs(&locked.join("another.sqlite")), right);
    permit(&locked, 0o755);
}
