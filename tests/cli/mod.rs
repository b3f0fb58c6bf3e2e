//! The program as a user runs it: whole transcripts, exit codes, and the report folder.

mod digest;
mod plan;
mod schema;
mod screen;

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
    let cases = trycmd::TestCases::new();
    cases.env("TZ", "UTC").env("XDG_CACHE_HOME", CACHE).env("COLUMNS", "80");
    cases.case("tests/cli/*.md").case("docs/guide.md").case("README.md");
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
    assert!(stderr(&output).contains("no FIT, GPX or TCX file found"), "{}", stderr(&output));
}

#[test]
fn a_missing_path_beside_good_ones_is_said_and_the_rest_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report");
    let arguments = ["analyse", "samples/2026-06-21-0830.fit.gz", "nowhere.fit", "-o", &place.to_string_lossy()];
    let output = freshlegs(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("1 file read, 1 not usable"), "{}", stdout(&output));
    assert!(place.join("index.html").is_file());
    let last = stderr(&output).lines().last().unwrap_or_default().to_owned();
    assert_eq!(last, "error: nowhere.fit: no such file or folder");
}

#[test]
fn hindsight_is_on_the_page_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report");
    let path = place.to_string_lossy().into_owned();
    let page = || fs::read_to_string(place.join("index.html")).expect("a page");
    assert!(freshlegs(&["analyse", "samples", "-q", "-o", &path, "--today", "2026-06-22"]).status.success());
    assert!(!page().contains("id=\"hindsight\""));
    assert!(freshlegs(&["report", &path, "-q", "--hindsight"]).status.success());
    let page = page();
    let on_screen = stdout(&freshlegs(&["replay", "samples", "-q", "--today", "2026-06-22"]));
    let run_days = on_screen.lines().find_map(|line| line.strip_prefix("Run days")).expect("run days").trim();
    assert!(page.contains("id=\"hindsight\"") && page.contains(run_days), "{run_days}");
}

#[test]
fn the_report_is_offered_to_who_does_not_ask_for_it() {
    let hint = "hint: add `-o report` for the page with charts";
    let run = "samples/2026-06-21-0830.fit.gz";
    assert_eq!(stderr(&freshlegs(&["analyse", run])).lines().last(), Some(hint));
    assert!(!stderr(&freshlegs(&["analyse", run, "--quiet"])).contains("hint"));
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

/// A GPX track of ten minutes under no name, at least so long.
fn track(least_bytes: usize) -> String {
    let mut text = String::from("<gpx><trk><trkseg>");
    for second in 0..=600 {
        let (latitude, minute, second) = (47.0 + 2.7e-5 * f64::from(second), second / 60, second % 60);
        text.push_str(&format!(
            "<trkpt lat=\"{latitude}\" lon=\"8\"><time>2026-05-04T06:{minute:02}:{second:02}Z</time></trkpt>"
        ));
    }
    text.push_str(&" ".repeat(least_bytes.saturating_sub(text.len())));
    text + "</trkseg></trk></gpx>"
}

#[test]
fn limits_can_be_set_and_what_is_remembered_knows_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("large.gpx"), track(3 << 20)).expect("a file");
    fs::copy("samples/2026-06-21-0830.fit.gz", folder.path().join("good.fit.gz")).expect("a copy");
    let (path, store) =
        (folder.path().to_string_lossy(), elsewhere.path().join("store").to_string_lossy().into_owned());
    let summary = |limits: &[&str]| {
        let output = freshlegs(&[&["analyse", &path, "--store", &store], limits].concat());
        (stdout(&output), stderr(&output))
    };
    for _ in 0..2 {
        let (usual, _) = summary(&[]);
        assert!(usual.contains("2 files read"), "{usual}");
        let (limited, says) = summary(&["--max-entry-mb", "2"]);
        assert!(limited.contains("1 file read, 1 not usable"), "{limited}");
        assert!(says.contains("large.gpx: not used: it is larger than 2 MB"), "{says}");
    }
    assert_eq!(freshlegs(&["runs", &path, "--max-entry-mb", "0"]).status.code(), Some(2));
}

#[test]
fn the_list_beside_stravas_folder_gives_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let activities = folder.path().join("activities");
    fs::create_dir(&activities).expect("a folder");
    fs::write(activities.join("7.gpx"), track(0)).expect("a track");
    fs::write(activities.join("notes.txt"), "none").expect("a file");
    let list = "Activity Name,Activity Type,Filename\nOnce Around,Run,activities/7.gpx\n";
    fs::write(folder.path().join("activities.csv"), list).expect("a list");
    for path in [folder.path(), &activities, &activities.join("7.gpx")] {
        let runs = stdout(&freshlegs(&["runs", &path.to_string_lossy(), "--format", "csv"]));
        assert!(runs.contains(",Once Around,"), "{}: {runs}", path.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_read_and_none_steers_the_terminal() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    for (day, name) in [(11, &b"caf\xe9.gpx"[..]), (12, b"caf\xe8.gpx"), (13, b"\x1b[31mred.gpx")] {
        let name = folder.path().join(std::ffi::OsStr::from_bytes(name));
        fs::write(name, track(0).replace("2026-05-04", &format!("2026-05-{day}"))).expect("a track");
    }
    let output = freshlegs(&["runs", &folder.path().to_string_lossy(), "--format", "csv"]);
    let runs = stdout(&output);
    assert_eq!(runs.lines().count(), 4, "{runs}{}", stderr(&output));
    assert!(runs.contains("caf\u{fffd}.gpx,") && runs.contains("caf\u{fffd}.gpx (2),"), "{runs}");
    assert!(!runs.contains('\u{1b}'), "{runs}");
}

#[test]
fn dates_that_cannot_be_true_are_no_season() {
    let folder = tempfile::tempdir().expect("a folder");
    for year in ["1989", "2106"] {
        let path = folder.path().join(format!("{year}.gpx"));
        fs::write(&path, track(0).replace("2026", year)).expect("a track");
        let output = freshlegs(&["analyse", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("no activity has a possible date"), "{}", stderr(&output));
    }
}

#[test]
fn the_log_lists_every_file_of_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report");
    let files = folder.path().join("files");
    fs::create_dir(&files).expect("a folder");
    fs::copy("samples/2026-06-21-0830.fit.gz", files.join("good.fit.gz")).expect("a copy");
    fs::write(files.join("notes.txt"), "none").expect("a file");
    fs::write(files.join("empty.tcx"), "").expect("a file");
    let output = freshlegs(&["analyse", &files.to_string_lossy(), "-o", &place.to_string_lossy()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let log = fs::read_to_string(place.join("import-log.csv")).expect("the log");
    for row in ["good.fit.gz,read,", "empty.tcx,failed,the file is empty", "notes.txt,other,\"not a FIT"] {
        assert!(log.contains(row), "{log}");
    }
    assert_eq!(log.lines().count(), 4, "{log}");
    // Who names a file means it to be an activity.
    let named = freshlegs(&["runs", &files.join("notes.txt").to_string_lossy()]);
    assert!(stderr(&named).contains("notes.txt: not used: not a FIT, GPX or TCX file"), "{}", stderr(&named));
}

#[test]
fn runs_as_json_and_csv_have_the_agreed_columns() {
    let json = freshlegs(&["runs", "samples", "--format", "json", "--today", "2026-06-22"]);
    let data: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((&data["made_with"]["as_of"], &data["made_with"]["time_zone"]), (&"2026-06-22".into(), &"UTC".into()));
    let rows = data["runs"].as_array().expect("rows");
    let columns: Vec<&String> = rows[0].as_object().expect("an object").keys().collect();
    let expected = [
        "run_id",
        "session_id",
        "date",
        "started",
        "utc_offset_s",
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
        "gap_mps",
        "ngp_mps",
        "intensity",
        "load",
        "load_method",
        "label",
        "recovery_score",
        "confidence",
        "borderline",
        "could_be",
        "rough",
        "hardest_part",
        "hardest_min",
        "reasons",
        "device",
        "watch_training_effect",
        "watch_anaerobic_effect",
        "watch_load",
        "watch_benefit",
        "watch_recovery_h",
    ];
    assert_eq!(columns, expected);
    let csv = stdout(&freshlegs(&["runs", "samples", "--format", "csv", "--today", "2026-06-22"]));
    assert_eq!(csv.lines().next().unwrap_or_default(), expected.join(","));
    assert_eq!(csv.lines().count(), rows.len() + 1);
}

#[test]
fn a_note_is_written_beside_the_runs_and_heeded() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_string_lossy().into_owned();
    let name = "2026-03-12-1820.fit.gz";
    fs::copy(Path::new("samples").join(name), folder.path().join(name)).expect("copied");
    let note = freshlegs(&["note", "2026-03-12", &place, "--label", "tempo", "--rpe", "7"]);
    assert!(note.status.success(), "{}", stderr(&note));
    let notes = fs::read_to_string(folder.path().join("notes.csv")).expect("notes.csv");
    assert_eq!(notes, "run,note,value\n2026-03-12,label,tempo\n2026-03-12,rpe,7\n");
    fs::write(folder.path().join("notes.csv"), notes + "yesterday,race,\n").expect("edited by hand");
    let runs = freshlegs(&["runs", &place, "--format", "csv", "--no-store"]);
    assert!(runs.status.success() && stdout(&runs).contains(",tempo,"), "{}", stdout(&runs));
    assert!(stderr(&runs).contains("notes.csv: line 4: `yesterday` is not a run"), "{}", stderr(&runs));
    let wrong = freshlegs(&["note", "2026-03-12", &place]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(freshlegs(&["note", "2026-03-12", &place, "--rpe", "11"]).status.code(), Some(2));
}

#[test]
fn one_run_is_explained_in_full() {
    let explain = |run: &str, rest: &[&str]| {
        freshlegs(&[&["explain", run, "samples", "--today", "2026-06-22", "--quiet"], rest].concat())
    };
    let text = stdout(&explain("2026-04-15", &[]));
    assert!(text.starts_with("Wednesday, 15 April 2026, 06:40\n"), "{text}");
    for expected in [
        "Recovery jog",
        "Recovery, too hard",
        "As a recovery run:",
        "It would have been a recovery run",
        "┤",
        "Before it",
        "a recovery run, by its title: it was not",
        "freshlegs note 2026-04-15T06:40 samples --label easy",
    ] {
        assert!(text.contains(expected), "{expected} is missing:\n{text}");
    }
    // Where a file is named beside its folder, it is shown with its whole path.
    let rest = |text: &str| text.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    for same in ["2026-04-15T06:40", "samples/2026-04-15-0640.gpx", "20260415T0440"] {
        assert_eq!(rest(&stdout(&explain(same, &[]))), rest(&text), "{same}");
    }
    assert!(stdout(&explain("last", &[])).starts_with("Sunday, 21 June 2026"));
    let folder = tempfile::tempdir().expect("a folder");
    for (name, magic) in [("run.svg", &b"<svg"[..]), ("run.png", b"\x89PNG")] {
        let path = folder.path().join(name);
        let output = explain("2026-04-15", &["-o", &path.to_string_lossy()]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(fs::read(&path).expect("a chart").starts_with(magic));
    }
    // An earlier chart is replaced, anything else stays.
    let mine = folder.path().join("mine.png");
    for path in [&mine, &folder.path().join("again.svg")] {
        let write = || explain("2026-04-15", &["-o", &path.to_string_lossy()]);
        assert!(write().status.success() && write().status.success());
        fs::write(path, "a holiday").expect("written");
        let refused = write();
        assert_eq!(refused.status.code(), Some(1));
        assert!(stderr(&refused).contains("is not a chart by freshlegs"), "{}", stderr(&refused));
        assert_eq!(fs::read(path).expect("there"), b"a holiday");
    }
    assert_eq!(explain("2026-04-15", &["-o", "chart.gif"]).status.code(), Some(2));
    assert_eq!(explain("yesterday", &[]).status.code(), Some(2));
    let none = explain("2026-04-17", &[]);
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("no run on 2026-04-17; the last ones are of 2026-06-21"), "{}", stderr(&none));
}

#[test]
fn a_report_is_made_again_from_its_folder_and_tells_what_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (one, two) = (one.to_string_lossy(), two.to_string_lossy());
    let analyse = |today: &str| freshlegs(&["analyse", "samples", "-q", "-o", &one, "--today", today]);
    assert!(analyse("2026-06-14").status.success());
    let page = || fs::read_to_string(folder.path().join("one/index.html")).expect("a page");
    assert!(!page().contains("<dt>Since "), "nothing was there to compare with");
    assert!(analyse("2026-06-22").status.success());
    assert!(page().contains("<dt>Since 14 June</dt><dd>6 new runs: "), "{}", &page()[..9000]);
    let before = contents(&folder.path().join("one"));
    let again = freshlegs(&["report", &one]);
    assert!(again.status.success(), "{}", stderr(&again));
    assert!(before == contents(&folder.path().join("one")), "the same from the data alone");
    let other = freshlegs(&["report", &one, "-o", &two, "--recovery-rule", "maf", "--today", "2026-06-01"]);
    assert!(other.status.success(), "{}", stderr(&other));
    assert!(fs::read_to_string(folder.path().join("two/index.html")).expect("a page").contains("1 June 2026"));
    fs::write(folder.path().join("two/report.data"), "other").expect("written");
    assert_eq!(freshlegs(&["report", &two]).status.code(), Some(1));
}

#[test]
fn a_report_to_share_names_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("shared");
    let path = place.to_string_lossy().into_owned();
    let output = freshlegs(&["analyse", "samples", "-q", "--share", "-o", &path, "--today", "2026-06-22"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for (name, bytes) in contents(&place) {
        let text = String::from_utf8_lossy(&bytes);
        for private in ["Recovery jog", ".fit", ".gpx", ".tcx", "samples/", "birth_year", "UTC\""] {
            assert!(!text.contains(private), "{}: {private}", name.display());
        }
    }
    assert!(!place.join("report.data").exists());
    let again = freshlegs(&["report", &path]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("one made with --share keeps no data"), "{}", stderr(&again));
    let own = folder.path().join("own").to_string_lossy().into_owned();
    assert!(freshlegs(&["analyse", "samples", "-q", "-o", &own]).status.success());
    let mixed = freshlegs(&["analyse", "samples", "-q", "--share", "-o", &own]);
    assert!(stderr(&mixed).contains("choose another folder for the one you share"), "{}", stderr(&mixed));
}

/// The examples in the help of a command.
fn examples(help: &str) -> Vec<Vec<String>> {
    let after = help.split_once("Examples:\n").map_or("", |(_, after)| after);
    let lines = after.lines().map(str::trim).filter_map(|line| line.strip_prefix("freshlegs "));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn examples_in_the_help_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = folder.path().join("samples");
    fs::create_dir(&samples).expect("a folder");
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).expect("samples") {
        let entry = entry.expect("a sample");
        fs::copy(entry.path(), samples.join(entry.file_name())).expect("copied");
    }
    let run = |arguments: &[String]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.args(arguments).current_dir(folder.path()).env("TZ", "UTC").env("XDG_CACHE_HOME", CACHE);
        command.output().expect("freshlegs runs")
    };
    let mut tried = 0;
    for command in ["analyse", "runs", "athlete", "explain", "plan", "checkin", "report", "note", "digest", "schema"] {
        let all = examples(&stdout(&freshlegs(&[command, "--help"])));
        assert!(!all.is_empty(), "{command} has no examples");
        for example in all {
            let output = run(&example);
            assert!(output.status.success(), "{example:?}: {}", stderr(&output));
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn several_runners_get_a_report_each_and_one_overview() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |runner: &str, file: &str| {
        let place = folder.path().join("team").join(runner);
        fs::create_dir_all(&place).expect("a folder");
        if !file.is_empty() {
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(file), place.join(file))
                .expect("copied");
        }
    };
    copy("Ann Müller", "2026-06-21-0830.fit.gz");
    copy("Ben", "2026-03-12-1820.fit.gz");
    copy("Cem", "");
    let (team, place) = (folder.path().join("team"), folder.path().join("out"));
    let (team, place) = (team.to_string_lossy(), place.to_string_lossy());
    let analyse = || freshlegs(&["analyse", "--athletes", &team, "-q", "-o", &place, "--today", "2026-06-22"]);
    // The second time the folder holds an overview and reports.
    for _ in 0..2 {
        let output = analyse();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).contains("warning: Cem: no FIT, GPX or TCX file found"), "{}", stderr(&output));
        let page = fs::read_to_string(format!("{place}/index.html")).expect("an overview");
        assert!(page.contains("3 runners, 2 to look at first"), "{page}");
        assert!(page.contains("<a href=\"Ann%20M%C3%BCller/index.html\"><bdi>Ann Müller</bdi></a>"), "{page}");
        assert!(page.contains("No run for 102 days."), "{page}");
        for report in ["Ann Müller/index.html", "Ann Müller/runs.csv", "Ben/report.data"] {
            assert!(Path::new(&format!("{place}/{report}")).is_file(), "{report}");
        }
    }
    assert_eq!(freshlegs(&["analyse", "--athletes", &team]).status.code(), Some(2));
}
