use super::*;
use crate::activity::{Activity, Format, Sample, Sport};
use crate::digest::digest;
use crate::import::{Fate, FileNote};
use crate::pipeline::analyse;
use crate::profile::Profile;
use crate::recording::Recording;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

const TODAY: Date = date(2026, 6, 22);

/// Half an hour at 3 m/s on the morning of a day.
fn recording(day: Date, sport: Sport, name: &str, file: &str) -> Recording {
    let start_ms = day.at(6, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp().as_millisecond();
    let mut activity = Activity::new(Format::Gpx);
    (activity.sport, activity.name) = (sport, Some(name.into()));
    activity.samples = (0..=1800_i32)
        .map(|s| Sample {
            time_ms: start_ms + i64::from(s) * 1000,
            position: Some((47.0 + f64::from(s) * 2.7e-5, 15.0)),
            heart_rate_bpm: Some(139.0 + f64::from(s / 20 % 3)),
            ..Sample::default()
        })
        .collect();
    Recording::new(file.into(), digest(&activity).expect("a digest"), &TimeZone::UTC).expect("a date")
}

fn run(day: Date) -> Recording {
    recording(day, Sport::Running, "Morning Run", "a.fit")
}

fn page_of(recordings: Vec<Recording>, import: &Import) -> String {
    let analysis = analyse(recordings, &Profile::default(), TODAY);
    page(&analysis, import, &Gallery::of(&analysis), &History::default())
}

const HOSTILE: &str = "</title><script>alert(\"1\")</script>\u{202e}'";

#[test]
fn strange_names_stay_text() {
    let yesterday = TODAY.saturating_sub(1.days());
    let run = recording(TODAY, Sport::Running, HOSTILE, &format!("a/{HOSTILE}"));
    let note = |fate| FileNote { file: HOSTILE.into(), fate, activities: 0, note: HOSTILE.to_owned() };
    let import = Import {
        files: [Fate::Failed, Fate::Skipped, Fate::Salvaged, Fate::Read].map(note).into(),
        profile: Some(HOSTILE.into()),
        ..Import::default()
    };
    let page = page_of(vec![run, recording(yesterday, Sport::Cycling, HOSTILE, HOSTILE)], &import);
    assert!(!page.contains("alert(\"1\")"));
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(page.matches("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;").count() >= 8);
}

#[test]
fn of_a_newcomer_only_rough_words_are_said_everywhere() {
    let days = [5, 3, 1].map(|ago| TODAY.saturating_sub(ago.days()));
    let page = page_of(days.map(run).into(), &Import::default());
    assert!(page.contains("Cannot be told yet: <a href=\"#attention\">your own heart-rate limits</a> are not known."));
    assert!(page.contains("cannot be told before your limits are known"));
    let rows: Vec<&str> = page.split("<tbody class=\"run").skip(1).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.contains("data-label=\"gentle\"") && row.contains("</i>gentle</span>")));
    // The charts call them so too, and no recovery run is among them.
    assert!(page.matches(">gentle</text>").count() > 4 && !page.contains(">recovery</text>"));
    assert!(!page.contains("tbody class=\"run recovery\""));
}

#[test]
fn stands_alone() {
    let page = page_of(vec![run(TODAY)], &Import::default());
    assert!(page.contains(MARK));
    let addresses = page.replace("http-equiv", "").matches("http").count();
    assert_eq!(addresses, page.matches("http://www.w3.org/2000/svg\"").count());
    for outside in [" src=", " href=\"h", "url(", "@import", "<link", " style=", " onclick="] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("Training guidance, not medical advice."));
    assert!(!page.contains("NaN") && !page.contains("inf "));
}

#[test]
fn the_script_is_small_and_ends_where_it_ends() {
    assert!(SCRIPT.len() < 40_000, "{} bytes", SCRIPT.len());
    assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    assert!(!SCRIPT.contains("fetch(") && !SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval("));
}

#[test]
fn names_used_for_reference_are_not_used_twice() {
    let runs = (0..3).map(|i| run(TODAY.saturating_sub((i / 2).days()))).collect();
    let page = page_of(runs, &Import::default());
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(count, ids.len());
    assert!(count > 15);
}

#[test]
fn links_of_the_page_lead_somewhere() {
    let page = page_of(vec![run(TODAY)], &Import::default());
    for link in page.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(page.contains(&format!(" id=\"{link}\"")), "{link}");
    }
}

#[test]
fn a_page_without_runs_says_so() {
    let page = page_of(Vec::new(), &Import::default());
    assert!(page.contains("None yet.") && page.contains("no run is on file yet"));
    assert!(!page.contains("class=\"wide\""), "no chart of nothing");
}

#[test]
fn older_runs_are_folded_by_year() {
    let runs = (0..40).map(|i| run(TODAY.saturating_sub((10 * i).days()))).collect();
    let page = page_of(runs, &Import::default());
    assert!(page.contains("12 earlier runs of 2025"), "28 of 40 are shown");
    let newest = page.find("Mon 22 Jun <small>2026").unwrap();
    assert!(newest < page.find("Fri 12 Jun <small>2026").unwrap());
}

/// The end of one that lay inside another would be taken for the end of both.
#[test]
fn nothing_that_waits_lies_in_another_that_waits() {
    let runs = (0..450).map(|i| run(TODAY.saturating_sub(i.days()))).collect();
    let page = page_of(runs, &Import::default());
    let waiting: Vec<&str> =
        page.split("<noscript>").skip(1).filter_map(|rest| rest.split("</noscript>").next()).collect();
    assert_eq!(page.matches("</noscript>").count(), waiting.len());
    assert!(waiting.len() > 400 && waiting.iter().all(|one| !one.contains("<noscript") && !one.contains("<script")));
    assert_eq!(page.matches("<tbody class=\"run").count(), 450);
    assert!(waiting.iter().any(|one| one.contains("<figure class=\"chart\"")));
    assert!(waiting.iter().any(|one| one.contains("<figure class=\"run\"")));
}

#[test]
fn a_file_is_called_by_its_last_part() {
    let name = |path: &str| file(path).into_string();
    assert_eq!(name("a/b/run.fit"), r#"<small title="a/b/run.fit"><bdi>run.fit</bdi></small>"#);
    assert_eq!(name("run.fit"), r#"<small title="run.fit"><bdi>run.fit</bdi></small>"#);
    assert!(name("c:\\x\\run.gpx").contains("<bdi>run.gpx</bdi>"));
    assert!(name("/").contains("<bdi>/</bdi>"));
    assert!(name("x\"onload=\"y").contains("title=\"x&quot;onload=&quot;y\""));
}

#[test]
fn the_same_season_gives_the_same_page() {
    let page = || page_of(vec![run(TODAY)], &Import::default());
    assert_eq!(page(), page());
}
