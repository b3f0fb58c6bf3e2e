//! The program as a user runs it: whole transcripts, exit codes, and the report folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Tests leave the user's own store alone.
const CACHE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cache");

/// Runs freshlegs in the project's folder.
fn freshlegs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_freshlegs"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("TZ", "UTC")
        .env("XDG_CACHE_HOME", CACHE)
        .output()
        .expect("freshlegs runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry")) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).expect("inside").to_owned();
            contents.insert(name, fs::read(entry.path()).expect("bytes"));
        }
    }
    contents
}

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("TZ", "UTC").env("XDG_CACHE_HOME", CACHE).case("tests/cli/*.md");
}

#[test]
fn the_report_is_the_same_whatever_the_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = |name: &str, jobs: &str| {
        let place = folder.path().join(name);
        let path = place.to_string_lossy().into_owned();
        let output = freshlegs(&["analyse", "samples", "-o", &path, "--jobs", jobs, "--today", "2026-06-22"]);
        assert!(output.status.success(), "{}", stderr(&output));
        (stdout(&output), contents(&place))
    };
    let (one, two) = (report("one", "1"), report("two", "2"));
    assert_eq!(one.0, two.0);
    assert_eq!(one.1.keys().collect::<Vec<_>>(), two.1.keys().collect::<Vec<_>>());
    for (name, bytes) in &one.1 {
        assert!(two.1[name] == *bytes, "{} differs", name.display());
    }
    assert!(one.1.len() >= 11, "{:?}", one.1.keys());
}

#[test]
fn an_earlier_report_is_replaced_and_other_files_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report");
    let path = place.to_string_lossy().into_owned();
    let arguments = ["analyse", "samples/2026-06-21-0830.fit.gz", "-o", &path];
    assert!(freshlegs(&arguments).status.success());
    fs::write(place.join("notes.txt"), "mine").expect("a note");
    fs::write(place.join("runs.csv"), "stale").expect("stale");
    assert!(freshlegs(&arguments).status.success());
    assert_eq!(fs::read_to_string(place.join("notes.txt")).expect("a note"), "mine");
    assert_ne!(fs::read_to_string(place.join("runs.csv")).expect("runs"), "stale");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "a draft was left behind");
}

#[test]
fn a_folder_of_other_files_is_no_place_for_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("runs.csv"), "mine").expect("a file");
    let output = freshlegs(&["analyse", "samples", "-o", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("choose another folder with -o"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("runs.csv")).expect("runs"), "mine");
}

#[test]
fn an_output_that_cannot_be_written_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    let below = file.join("report");
    let output = freshlegs(&["analyse", "samples/2026-06-21-0830.fit.gz", "-o", &below.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot be written"), "{}", stderr(&output));
}

#[test]
fn an_empty_folder_has_nothing_usable() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = freshlegs(&["analyse", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no FIT, GPX or TCX file was found"), "{}", stderr(&output));
}

#[test]
fn a_broken_file_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy("samples/2026-06-21-0830.fit.gz", folder.path().join("good.fit.gz")).expect("a copy");
    fs::write(folder.path().join("bad.fit"), b"not a FIT file at all").expect("a file");
    fs::write(folder.path().join("empty.gpx"), b"").expect("a file");
    let path = folder.path().to_string_lossy().into_owned();
    let lenient = freshlegs(&["analyse", &path]);
    assert_eq!(lenient.status.code(), Some(0), "{}", stderr(&lenient));
    for name in ["bad.fit", "empty.gpx"] {
        assert!(stderr(&lenient).contains(name), "{}", stderr(&lenient));
    }
    assert!(stdout(&lenient).contains("1 file read, 2 not usable"), "{}", stdout(&lenient));
    assert_eq!(freshlegs(&["analyse", &path, "--strict"]).status.code(), Some(3));
}

#[test]
fn runs_as_json_and_csv_have_the_agreed_columns() {
    let json = freshlegs(&["runs", "samples", "--format", "json", "--today", "2026-06-22"]);
    let rows: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(&json.stdout).expect("a list of objects");
    let columns: Vec<&String> = rows[0].keys().collect();
    let expected = [
        "date",
        "started",
        "file",
        "name",
        "sport",
        "sub_sport",
        "distance_m",
        "elapsed_s",
        "timer_s",
        "moving_s",
        "ascent_m",
        "descent_m",
        "heart_rate_mean_bpm",
        "heart_rate_max_bpm",
        "heart_rate_coverage",
        "speed_mean_mps",
        "graded_speed_mps",
        "ngp_mps",
        "intensity",
        "load",
        "load_method",
        "label",
        "recovery_score",
        "confidence",
        "reasons",
    ];
    assert_eq!(columns, expected);
    let csv = stdout(&freshlegs(&["runs", "samples", "--format", "csv", "--today", "2026-06-22"]));
    assert_eq!(csv.lines().next().unwrap_or_default(), expected.join(","));
    assert_eq!(csv.lines().count(), rows.len() + 1);
}
