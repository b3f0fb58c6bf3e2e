//! Reports under power cuts, full disks and odd folders.

use crate::archives::made::gzip;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A folder of a few runs, and a place for reports of them.
struct Season {
    folder: TempDir,
}

impl Season {
    fn new() -> Season {
        let season = Season { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(season.files()).unwrap();
        for name in ["2026-04-09-1805.fit", "2026-04-15-0640.gpx", "2026-04-12-0835.gpx.gz"] {
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name), season.files().join(name))
                .unwrap();
        }
        season
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    fn report(&self) -> PathBuf {
        self.folder.path().join("report")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.arg("analyse").arg(self.files()).args(["--quiet", "--no-store", "-o"]).arg(self.report());
        command.args(arguments).env("TZ", "UTC").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a whole report as of this day holds.
    fn whole(&self, today: &str) -> BTreeMap<String, Vec<u8>> {
        let output = self.run(&["--today", today]);
        assert!(output.status.success(), "{output:?}");
        contents(&self.report())
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap().flatten();
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    };
    all.map(named).collect()
}

/// A report without its calendar, whose events count how often they changed.
#[cfg(unix)]
fn but_calendar(mut report: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    report.remove("plan.ics").expect("a calendar");
    report
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_the_old_report_or_the_new_one() {
    let season = Season::new();
    let whole = |today| but_calendar(season.whole(today));
    // Each report knows the one before it: these are what follows from the other.
    whole("2026-04-20");
    let begun = std::time::Instant::now();
    let new = whole("2026-04-21");
    let begun = begun.elapsed();
    let old = whole("2026-04-20");
    assert!(old != new);
    let kills = 12;
    for kill in 0..kills {
        let mut child = season.command(&["--today", "2026-04-21"]).stdout(Stdio::null()).spawn().unwrap();
        // Most of them near the end, when the report is written.
        std::thread::sleep(begun.mul_f64(0.3 + 0.8 * f64::from(kill) / f64::from(kills)));
        let _ = child.kill();
        child.wait().unwrap();
        let left = but_calendar(contents(&season.report()));
        assert!(left == old || left == new, "kill {kill} left a mixed report");
        assert!(whole("2026-04-20") == old, "kill {kill}");
        assert_eq!(season.names(), ["files", "report"], "kill {kill} left something behind");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_earlier_report() {
    let season = Season::new();
    let old = season.whole("2026-04-20");
    // No file may grow beyond so many blocks of 512 bytes, as on a disk with no more room.
    for blocks in [0, 1, 8, 64] {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh");
        let command = season.command(&["--today", "2026-04-21"]);
        shell.arg(command.get_program()).args(command.get_args()).env("TZ", "UTC");
        let output = shell.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let says = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(says.contains("the report cannot be written to"), "{says}");
        assert!(contents(&season.report()) == old && season.names() == ["files", "report"], "{blocks} blocks");
    }
}

#[test]
fn a_report_within_the_folder_of_runs_changes_nothing() {
    let season = Season::new();
    let before = season.whole("2026-04-20");
    let inside = season.files().join("my report");
    let summary = || {
        let output = season.run(&["--today", "2026-04-20"]);
        (output.status.code(), output.stdout, contents(&season.report()))
    };
    let usual = summary();
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.arg("analyse").arg(season.files()).args(["--quiet", "--no-store", "--today", "2026-04-20", "-o"]);
        assert!(command.arg(&inside).env("TZ", "UTC").status().unwrap().success());
        assert!(contents(&inside) == before);
    }
    assert!(summary() == usual);
}

#[cfg(unix)]
#[test]
fn a_parent_that_may_only_be_read_is_no_obstacle_and_a_folder_is_told_of_before_the_work() {
    use std::os::unix::fs::PermissionsExt;
    let season = Season::new();
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(season.report()).unwrap();
    permit(season.folder.path(), 0o555);
    let may_write_anywhere = fs::write(season.folder.path().join("probe"), "").is_ok();
    let inside = season.run(&["--today", "2026-04-20"]);
    permit(&season.report(), 0o555);
    let refused = season.run(&["--today", "2026-04-20"]);
    permit(&season.report(), 0o755);
    permit(season.folder.path(), 0o755);
    assert!(inside.status.success(), "{inside:?}");
    assert!(contents(&season.report()).contains_key("index.html"));
    if may_write_anywhere {
        println!("skipped in part: this user may write everywhere");
        return;
    }
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let says = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        says.contains("you may not write there; choose another folder with -o") && refused.stdout.is_empty(),
        "{says}"
    );
}

#[test]
fn damage_is_an_exit_code_under_strict() {
    let season = Season::new();
    assert_eq!(season.run(&["--strict"]).status.code(), Some(0));
    let plain = fs::read(season.files().join("2026-04-15-0640.gpx")).unwrap();
    let mut packed = gzip(&plain);
    let checksum = packed.len() - 8;
    packed[checksum] ^= 1;
    for (name, bytes) in [("wrong.gpx.gz", packed), ("cut.gpx", plain[..plain.len() / 2].to_vec())] {
        fs::write(season.files().join(name), bytes).unwrap();
        assert_eq!(season.run(&[]).status.code(), Some(0), "{name}");
        assert_eq!(season.run(&["--strict"]).status.code(), Some(3), "{name}");
        fs::remove_file(season.files().join(name)).unwrap();
    }
}

#[test]
fn no_day_is_too_far_and_none_depends_on_the_clock() {
    let season = Season::new();
    for (today, code) in [("9999-12-31", 1), ("2120-01-01", 0), ("2026-04-20", 0)] {
        let output = season.run(&["--today", today]);
        assert_eq!(output.status.code(), Some(code), "{today}: {output:?}");
        let says = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(code == 0 || says.contains("more than a hundred years"), "{says}");
    }
    let output = season.command(&["--today", "2026-04-20"]).env("TZDIR", "/no/such/folder").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let mut loud = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
    loud.arg("runs").arg(season.files()).args(["--no-store", "--today", "2026-04-20"]);
    let says = loud.env("TZDIR", "/no/such/folder").output().unwrap().stderr;
    let says = String::from_utf8_lossy(&says);
    assert!(says.contains("TZDIR: /no/such/folder holds no time zones"), "{says}");
}

#[cfg(unix)]
#[test]
fn links_between_folders_multiply_nothing_and_devices_end() {
    use std::os::unix::fs::symlink;
    let season = Season::new();
    for level in 0..24 {
        let here = season.files().join(format!("{level:02}"));
        fs::create_dir(&here).unwrap();
        for name in ["a", "b"] {
            symlink(format!("../{:02}", level + 1), here.join(name)).unwrap();
        }
    }
    symlink("/dev/zero", season.files().join("profile.toml")).unwrap();
    symlink("/no/such/file", season.files().join("lost.fit")).unwrap();
    let runs = |paths: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.arg("runs").args(paths).args(["--no-store", "--today", "2026-04-20", "--max-entry-mb", "3"]);
        command.env("TZ", "UTC");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        for _ in 0..200 {
            if child.try_wait().unwrap().is_some() {
                return child.wait_with_output().unwrap();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = child.kill();
        panic!("it does not end");
    };
    let output = runs(&[&season.files()]);
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && says.contains("3 files read"), "{says}");
    assert!(says.contains("lost.fit: not used: the link leads nowhere"), "{says}");
    let output = runs(&[&season.files().join("2026-04-09-1805.fit"), Path::new("/dev/zero")]);
    let says = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "it was named, so it was wanted: {says}");
    assert!(says.contains("/dev/zero: not used: it is larger than 3 MB"), "{says}");
}
