use super::*;
use std::collections::BTreeMap;
use tempfile::TempDir;

fn files(round: u8) -> Vec<ReportFile> {
    let file = |name: &str, text: String| ReportFile { name: name.into(), bytes: text.into_bytes() };
    vec![
        file(PAGE, format!("<head>{MARK}></head> {round}")),
        file("runs.csv", format!("runs {round}")),
        file("charts/fitness.svg", format!("fitness {round}")),
        file("charts/weekly.svg", format!("weekly {round}")),
    ]
}

fn expected(round: u8) -> BTreeMap<String, String> {
    files(round).into_iter().map(|f| (f.name, String::from_utf8(f.bytes).unwrap())).collect()
}

/// The files of a folder, drafts apart; empty if there is none.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file());
    let visible = all.filter(|e| !e.path().to_string_lossy().contains(".freshlegs-draft-"));
    let named = |e: walkdir::DirEntry| {
        let name = e.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(e.path()).unwrap())
    };
    visible.map(named).collect()
}

/// A place for a report in a folder of its own.
struct ReportPlace {
    parent: TempDir,
}

impl ReportPlace {
    fn new() -> ReportPlace {
        ReportPlace { parent: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.parent.path().join("report")
    }

    fn write(&self, disk: Disk, round: u8) -> io::Result<usize> {
        let target = ReportTarget { shown: self.path(), folder: self.path(), disk };
        target.replace(&files(round), &|| Ok(()))?;
        Ok(target.disk.steps.get())
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.parent.path()).unwrap().flatten().map(|e| e.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }
}

#[test]
fn whatever_step_fails_the_folder_holds_one_report() {
    let place = ReportPlace::new();
    let first = place.write(Disk::default(), 0).unwrap();
    assert_eq!(held(&place.path()), expected(0));
    let steps = place.write(Disk::default(), 0).unwrap();
    assert!(first > 15 && steps > 15, "{first} {steps}");
    for at in 0..steps {
        let place = ReportPlace::new();
        place.write(Disk::default(), 1).unwrap();
        fs::write(place.path().join("notes.txt"), "mine").unwrap();
        let failed = place.write(Disk { fails_at: Some(at), ..Disk::default() }, 2);
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::StorageFull, "step {at}");
        let mut left = held(&place.path());
        assert_eq!(left.remove("notes.txt").as_deref(), Some("mine"), "step {at}");
        assert!(left == expected(1) || left == expected(2), "step {at}: {left:?}");
        assert_eq!(place.names(), ["report"], "step {at}");
        place.write(Disk::default(), 3).unwrap();
        assert_eq!(held(&place.path()).len(), files(3).len() + 1, "step {at}");
    }
}

#[test]
fn a_first_report_that_fails_leaves_nothing() {
    let steps = ReportPlace::new().write(Disk::default(), 1).unwrap();
    for at in 0..steps {
        let place = ReportPlace::new();
        assert!(place.write(Disk { fails_at: Some(at), ..Disk::default() }, 1).is_err(), "step {at}");
        let left = held(&place.path());
        assert!(left.is_empty() || left == expected(1), "step {at}: {left:?}");
        assert!(place.names().iter().all(|name| name == "report"), "step {at}: {:?}", place.names());
    }
}

#[test]
fn where_folders_cannot_be_exchanged_the_page_comes_last() {
    let plain = || Disk { is_plain: true, ..Disk::default() };
    let place = ReportPlace::new();
    place.write(plain(), 1).unwrap();
    fs::write(place.path().join("notes.txt"), "mine").unwrap();
    let steps = place.write(plain(), 1).unwrap();
    for at in 0..steps {
        place.write(plain(), 1).unwrap();
        assert!(place.write(Disk { fails_at: Some(at), ..plain() }, 2).is_err(), "step {at}");
        let mut left = held(&place.path());
        assert_eq!(left.remove("notes.txt").as_deref(), Some("mine"), "step {at}");
        assert_eq!(left.len(), 4, "step {at}: {left:?}");
        if left[PAGE] == expected(2)[PAGE] {
            assert_eq!(left, expected(2), "step {at}");
        }
        assert!(!draft::is_in(&place.path()), "step {at}");
    }
    place.write(plain(), 3).unwrap();
    assert_eq!(place.names(), ["report"]);
}

#[test]
fn what_else_lies_in_the_folder_stays() {
    let place = ReportPlace::new();
    place.write(Disk::default(), 1).unwrap();
    fs::create_dir_all(place.path().join("charts/mine")).unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    fs::write(place.path().join("charts/mine/a.txt"), "a").unwrap();
    place.write(Disk::default(), 2).unwrap();
    let mut left = held(&place.path());
    assert_eq!(left.remove("charts/mine/a.txt").as_deref(), Some("a"));
    assert_eq!(left, expected(2));
    assert!(place.path().join("empty").is_dir());
}

#[cfg(unix)]
#[test]
fn reports_are_for_the_user_alone_unless_they_said_otherwise() {
    use std::os::unix::fs::PermissionsExt;
    let place = ReportPlace::new();
    let mode = |name: &str| fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o777;
    place.write(Disk::default(), 1).unwrap();
    assert_eq!(["", PAGE, "charts", "charts/weekly.svg"].map(mode), [0o700, 0o600, 0o700, 0o600]);
    for (name, open) in [("", 0o755), (PAGE, 0o644)] {
        fs::set_permissions(place.path().join(name), fs::Permissions::from_mode(open)).unwrap();
    }
    place.write(Disk::default(), 2).unwrap();
    assert_eq!(["", PAGE, "charts", "runs.csv"].map(mode), [0o755, 0o644, 0o700, 0o600]);
}

#[cfg(unix)]
#[test]
fn drafts_that_nobody_holds_are_swept_up_and_others_are_not() {
    let place = ReportPlace::new();
    let left_behind = place.parent.path().join(".freshlegs-draft-1-0");
    fs::create_dir(&left_behind).unwrap();
    fs::write(left_behind.join(PAGE), "half").unwrap();
    let held = Draft::begin(&Disk::default(), place.parent.path(), &place.path()).unwrap();
    assert!(!left_behind.exists());
    place.write(Disk::default(), 1).unwrap();
    assert!(held.path().is_dir());
    drop(held);
    assert_eq!(place.names(), ["report"]);
}

#[test]
fn a_folder_in_which_a_first_report_was_begun_may_be_written_to() {
    let place = ReportPlace::new();
    fs::create_dir_all(place.path().join(".freshlegs-draft-1-0")).unwrap();
    fs::write(place.path().join("runs.csv"), "half").unwrap();
    ReportTarget::check(&place.path()).unwrap().write(&files(1)).unwrap();
    assert_eq!(held(&place.path()), expected(1));
    assert!(!draft::is_in(&place.path()));
}

#[test]
fn links_on_the_way_are_followed() {
    let place = ReportPlace::new();
    assert_eq!(whole(&place.path()), place.parent.path().canonicalize().unwrap().join("report"));
    let elsewhere = Path::new("/no such folder/a/b");
    assert_eq!(whole(elsewhere), elsewhere);
}

#[test]
fn a_signal_ends_the_writing_and_leaves_the_report() {
    let place = ReportPlace::new();
    place.write(Disk::default(), 1).unwrap();
    let target = ReportTarget { shown: place.path(), folder: place.path(), disk: Disk::default() };
    let stopped = target.replace(&files(2), &|| Err(io::ErrorKind::Interrupted.into()));
    assert!(stopped.is_err());
    assert_eq!(held(&place.path()), expected(1));
    assert_eq!(place.names(), ["report"]);
}
