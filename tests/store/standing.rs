//! A report that stands as it should is left alone; whatever it depends on, another one is made.

use super::{Season, contents, text};
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

impl Season {
    fn report_place(&self) -> PathBuf {
        self.folder.path().join("report")
    }

    /// Makes the report with this store, and says when its page was written.
    fn made(&self, more: &[&str]) -> SystemTime {
        let (place, store) = (self.report_place(), self.store());
        let (place, store) = (place.to_string_lossy(), store.to_string_lossy());
        let usual = ["analyse", "-q", "-o", &place, "--store", &store];
        let screen = text(self.run(&[&usual[..], more].concat()));
        assert!(screen.contains("runs"), "{screen}");
        fs::metadata(self.report_place().join("index.html")).and_then(|page| page.modified()).expect("a page")
    }
}

const DAY: [&str; 2] = ["--today", "2026-04-30"];

#[test]
fn the_same_report_is_not_made_twice() {
    let season = Season::new("2026-04");
    let first = season.made(&DAY);
    let report = contents(&season.report_place());
    assert_eq!(season.made(&DAY), first, "left alone");
    assert!(contents(&season.report_place()) == report);
    fs::remove_file(season.store()).expect("a store");
    assert_ne!(season.made(&DAY), first, "made again where nothing is known of it");
    assert!(contents(&season.report_place()) == report, "and the same");
}

#[test]
fn a_report_that_was_changed_by_hand_is_made_again() {
    let season = Season::new("2026-04");
    season.made(&DAY);
    let report = contents(&season.report_place());
    for name in ["charts/fitness.png", "runs.csv", "report.data"] {
        let path = season.report_place().join(name);
        fs::write(&path, "other").expect("changed");
        season.made(&DAY);
        assert!(contents(&season.report_place()) == report, "{name}");
        fs::remove_file(&path).expect("removed");
        season.made(&DAY);
        assert!(contents(&season.report_place()) == report, "{name}");
    }
    let own = season.report_place().join("mine.txt");
    fs::write(&own, "mine").expect("a file of one's own");
    season.made(&DAY);
    assert_eq!(fs::read_to_string(own).expect("still there"), "mine");
}

#[test]
fn whatever_a_report_depends_on_makes_another_one() {
    let season = Season::new("2026-04");
    let mut last = season.made(&DAY);
    let mut is_new = |what: &str, more: &[&str]| {
        let made = season.made(more);
        assert_ne!(made, last, "{what}");
        last = season.made(more);
        assert_eq!(last, made, "{what}, twice");
    };
    is_new("another day", &["--today", "2026-04-29"]);
    is_new("and back", &DAY);
    fs::write(season.files().join("profile.toml"), "[athlete]\nbirth_year = 1980\n").expect("a profile");
    is_new("a profile", &DAY);
    fs::write(season.files().join("notes.csv"), "run,note,value\n2026-04-17,exclude,\n").expect("notes");
    is_new("notes", &DAY);
    fs::write(season.files().join("checkins.csv"), "date,soreness\n2026-04-29,6\n").expect("check-ins");
    is_new("how it felt", &DAY);
    season.write("2026-04-28_copy.gpx", b"<gpx><trk>");
    is_new("one more file, though a broken one", &DAY);
    is_new("hindsight", &[&DAY[..], &["--hindsight"]].concat());
}
