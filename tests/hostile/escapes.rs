//! Texts that would steer a terminal, turn a line around, hide or never end: in every place where a file has one.

use crate::archives::made::zip;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Colours, a title, a bell, the eighth bit, a line turned around, blanks of no width, tags, and a hidden BOM.
const STEERING: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{2066}\u{200b}\u{e0041}\u{feff}\u{7f}\r";

fn is_plain(c: char) -> bool {
    let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
    !hides && (!c.is_control() || matches!(c, '\n' | '\t'))
}

/// XML has no control characters but in references, which readers resolve.
fn in_xml(text: &str) -> String {
    text.chars().map(|c| format!("&#{};", c as u32)).collect()
}

fn points(day: u32) -> String {
    let point = |second: u32| {
        let (latitude, minute, second) = (47.0 + 2.7e-5 * f64::from(second), second / 60, second % 60);
        format!("<trkpt lat=\"{latitude}\" lon=\"8\"><time>2026-04-{day:02}T06:{minute:02}:{second:02}Z</time></trkpt>")
    };
    (0..1200).step_by(4).map(point).collect()
}

fn gpx(day: u32, name: &str, creator: &str) -> String {
    format!(
        "<gpx version=\"1.1\" creator=\"{}\"><trk><name>{}</name><trkseg>{}</trkseg></trk></gpx>",
        in_xml(creator),
        in_xml(name),
        points(day)
    )
}

fn tcx(day: u32, notes: &str, creator: &str) -> String {
    let point = |second: u32| {
        let (minute, metres, second) = (second / 60, 3 * second, second % 60);
        let time = format!("<Time>2026-04-{day:02}T06:{minute:02}:{second:02}Z</Time>");
        format!("<Trackpoint>{time}<DistanceMeters>{metres}</DistanceMeters></Trackpoint>")
    };
    let points: String = (0..1200).step_by(4).map(point).collect();
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap StartTime=\"2026-04-{day:02}T06:00:00Z\">\
         <Track>{points}</Track></Lap><Notes>{}</Notes><Creator><Name>{}</Name></Creator></Activity></Activities>\
         </TrainingCenterDatabase>",
        in_xml(notes),
        in_xml(creator)
    )
}

/// A folder with such a text wherever there is one.
fn write_all(folder: &Path) {
    let write = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).unwrap();
    let named = |what: &str| format!("{what}{STEERING}{}", "long ".repeat(100));
    write("a.gpx", gpx(1, &named("title"), &named("creator")).into_bytes());
    write("b.tcx", tcx(2, &format!("notes{STEERING}"), &named("device")).into_bytes());
    write("broken.gpx", format!("<gpx><trk></{STEERING}{}>", "x".repeat(1000)).into_bytes());
    let entries = [
        (format!("in{STEERING}.gpx"), gpx(3, "a", "b").into_bytes()),
        (format!("in{STEERING}{STEERING}.gpx"), gpx(4, "a", "b").into_bytes()),
        (format!("{}{STEERING}.fit", "deep/".repeat(200)), b"no FIT".to_vec()),
    ];
    write("c.zip", zip(entries));
    fs::create_dir(folder.join("activities")).unwrap();
    write("activities/7.gpx", gpx(5, "", "x").into_bytes());
    let list =
        format!("Activity Name,Activity Type,Filename\n{},Run,activities/7.gpx\n", named("listed").replace('\r', ""));
    write("activities.csv", list.into_bytes());
    write(
        "notes.csv",
        format!("run,says,value\n2026-04-01,title,{0}\n{0},race,\n", STEERING.replace('\r', "")).into_bytes(),
    );
    if cfg!(unix) {
        let inside = folder.join(format!("folder{}", STEERING.replace('\u{7f}', "")));
        fs::create_dir(&inside).unwrap();
        fs::write(inside.join(format!("d{STEERING}.gpx")), gpx(6, "a", "b")).unwrap();
    }
}

#[test]
fn nothing_that_is_shown_or_written_steers_or_hides() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    fs::create_dir(&files).unwrap();
    write_all(&files);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.args(arguments).arg(&files).args(["--no-store", "--today", "2026-04-20", "-v", "--color", "never"]);
        command.env("TZ", "UTC").output().unwrap()
    };
    let report = folder.path().join("report");
    let output = run(&["analyse", "-o", &report.to_string_lossy()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let outputs = [
        ("stdout", output.stdout),
        ("stderr", output.stderr),
        ("runs", run(&["runs"]).stdout),
        ("CSV", run(&["runs", "--format", "csv"]).stdout),
        ("JSON", run(&["runs", "--format", "json"]).stdout),
    ];
    let written = walkdir::WalkDir::new(&report).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let texts = written
        .filter(|e| e.path().extension().is_some_and(|e| ["html", "csv", "json", "svg"].iter().any(|t| e == *t)));
    let texts = texts.map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).unwrap()));
    let all: Vec<(String, Vec<u8>)> =
        outputs.map(|(name, bytes)| (name.to_owned(), bytes)).into_iter().chain(texts).collect();
    assert!(all.len() > 10);
    for (name, bytes) in all {
        let text = String::from_utf8(bytes).unwrap();
        if let Some(at) = text.char_indices().find(|(_, c)| !is_plain(*c)).map(|(at, _)| at) {
            let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("{name}: {around:?} then {:?}", text[at..].chars().next());
        }
        assert!(!text.contains(&"long ".repeat(50)), "{name}: a title without end");
    }
    assert!(told.contains("broken.gpx: not used: the XML cannot be read"), "{told}");
}

#[test]
fn a_profile_and_an_argument_are_shown_harmlessly_too() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile.toml");
    for text in [format!("[athlete]\n\"{STEERING}\" = 1"), format!("[athlete]\ntime_zone = '''{STEERING}'''")] {
        fs::write(&profile, text.replace('\r', "")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        let output = command.arg("runs").arg(folder.path()).arg("--no-store").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let says = String::from_utf8(output.stderr).unwrap();
        assert!(says.chars().all(is_plain), "{says:?}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
    let output = command.args(["runs", &format!("--{STEERING}")]).output().unwrap();
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && says.chars().all(is_plain), "{says:?}");
}
