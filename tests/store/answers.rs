//! A question asked before has the answer it had, and another question another one.

use super::{Season, text};
use std::fs;

const DAY: [&str; 2] = ["--today", "2026-04-30"];

impl Season {
    /// What is printed with the store, on both streams; it is the same the second time, and without a store.
    fn said(&self, command: &[&str]) -> (String, String) {
        let store = self.store();
        let store = ["--store", &store.to_string_lossy()];
        let both = |more: &[&str]| {
            let output = self.run(&[command, &DAY, more].concat());
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            (text(output), stderr)
        };
        let first = both(&store);
        assert!(both(&store) == first, "{command:?} a second time");
        assert_eq!(both(&["--no-store"]).0, first.0, "{command:?} without a store");
        first
    }
}

#[test]
fn the_same_is_said_again_whatever_is_asked() {
    let season = Season::new("2026-04");
    let commands: [&[&str]; 6] = [
        &["analyse"],
        &["analyse", "--format", "json"],
        &["runs", "-v"],
        &["runs", "--format", "csv", "-q"],
        &["plan", "--what-if", "rest"],
        &["athlete"],
    ];
    let mut all: Vec<(String, String)> = commands.iter().map(|command| season.said(command)).collect();
    assert!(all[0].1.contains("broken.gpx"), "{}", all[0].1);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), commands.len(), "each has an answer of its own");
}

#[test]
fn whatever_an_answer_depends_on_gives_another_one() {
    let season = Season::new("2026-04");
    let runs = || season.said(&["runs"]).0;
    let mut last = runs();
    let mut is_new = |what: &str| {
        let now = runs();
        assert!(now != last, "{what}");
        last = now;
    };
    fs::write(season.files().join("profile.toml"), "[athlete]\nheart_rate = \"off\"\n").expect("a profile");
    is_new("a profile");
    fs::write(season.files().join("notes.csv"), "run,note,value\n2026-04-16,exclude,\n").expect("notes");
    is_new("notes");
    let sample = fs::read_dir(season.files()).expect("files").flatten().find(|file| {
        file.file_name().to_string_lossy().ends_with(".fit.gz") || file.file_name().to_string_lossy().ends_with(".fit")
    });
    fs::remove_file(sample.expect("a sample").path()).expect("removed");
    is_new("a file less");
}
