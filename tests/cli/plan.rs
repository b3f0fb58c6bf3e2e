//! The files that `freshlegs plan` writes.

use super::{freshlegs, stderr};
use std::fs;

const PLAN: [&str; 8] = ["plan", "samples", "-q", "--no-store", "--today", "2026-06-22", "--days", "7"];

#[test]
fn a_calendar_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ics");
    let name = path.to_string_lossy().into_owned();
    let write = || freshlegs(&[&PLAN[..], &["--ics", &name]].concat());
    for theirs in [&b"BEGIN:VCALENDAR\r\nPRODID:-//theirs//EN\r\nEND:VCALENDAR\r\n"[..], b"\xff\xfe"] {
        fs::write(&path, theirs).expect("written");
        let output = write();
        assert!(!output.status.success() && stderr(&output).contains("no calendar of this program"), "{output:?}");
        assert_eq!(fs::read(&path).expect("there"), theirs);
    }
    fs::write(&path, b"").expect("written");
    assert!(write().status.success());
    let ours = fs::read(&path).expect("there");
    assert!(write().status.success());
    assert_eq!(fs::read(&path).expect("there"), ours);
}
