//! The files of a report against their dictionary, `docs/data.md`.

mod drawings;

use crate::odd::made::{Made, Outcome};
use freshlegs::import::Import;
use freshlegs::pipeline::recordings;
use freshlegs::profile::Profile;
use freshlegs::render::report;
use freshlegs::render::table::{ActivityRow, DayRow, RunRow, dictionary};
use freshlegs::season::Season;
use jiff::civil::date;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

fn documented() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md")).expect("docs/data.md")
}

/// The files of a report on a few made-up runs.
fn files() -> BTreeMap<String, Vec<u8>> {
    let outcome = Outcome::with_odd(Made { sport: "cycling", ..Made::run("2024-06-06T05:00:00Z") }.gpx());
    let files = report::files(&outcome.analysis, &Import::of(&outcome.results), &report::PreviousReport::default())
        .expect("a report");
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn parsed(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// With `FRESHLEGS_WRITE_DOCS` set, this test writes the dictionary instead of comparing it.
#[test]
fn the_dictionary_is_current() {
    let text = documented();
    let made = text.find("## `runs`").expect("the dictionary's first table");
    let (prose, tables) = text.split_at(made);
    if std::env::var_os("FRESHLEGS_WRITE_DOCS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md");
        return fs::write(path, format!("{prose}{}", dictionary())).expect("written");
    }
    let remedy = "run `FRESHLEGS_WRITE_DOCS=1 cargo test the_dictionary_is_current` and commit docs/data.md";
    assert!(tables == dictionary(), "docs/data.md is not current: {remedy}");
}

#[test]
fn every_key_is_documented() {
    let (text, files) = (documented(), files());
    let first = |name: &str, list: &str| parsed(&files, name)[list][0].clone();
    let made_with = parsed(&files, "runs.json")["made_with"].clone();
    let estimate = first("athlete.json", "weeks")["maximal_heart_rate"].clone();
    for value in [made_with, first("athlete.json", "weeks"), estimate, first("plan.json", "days")] {
        for key in value.as_object().expect("an object").keys() {
            assert!(text.contains(&format!("`{key}`")), "{key} is not in docs/data.md");
        }
    }
}

#[test]
fn every_file_is_documented_and_says_what_it_was_made_with() {
    let (text, files) = (documented(), files());
    let names: Vec<&String> = files.keys().filter(|name| !name.contains('/') && *name != "index.html").collect();
    for name in &names {
        let (stem, kind) = name.split_once('.').expect("a kind");
        assert!(
            text.contains(&format!("`{stem}.{kind}`")) || text.contains(&format!("`{stem}.csv` `.json` `.parquet`"))
        );
        match kind {
            "json" => assert_eq!(parsed(&files, name)["made_with"]["as_of"], "2024-06-06", "{name}"),
            "parquet" => assert!(String::from_utf8_lossy(&files[*name]).contains("\"as_of\":\"2024-06-06\""), "{name}"),
            "ics" => assert!(files[*name].starts_with(b"BEGIN:VCALENDAR\r\n"), "{name}"),
            _ => assert_eq!(kind, "csv"),
        }
    }
    let listed = parsed(&files, "report.json")["files"].clone();
    let listed: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(names.iter().all(|name| *name == "report.json" || listed.contains(&name.as_str())), "{listed:?}");
}

#[test]
fn days_can_be_rebuilt_from_activities() {
    let outcome = Outcome::with_odd(Made { sport: "cycling", ..Made::run("2024-06-06T05:00:00Z") }.gpx());
    let mut loads = BTreeMap::new();
    for activity in ActivityRow::all(&outcome.analysis.season) {
        *loads.entry(activity.date).or_insert(0.0) += activity.load;
    }
    for day in DayRow::all(&outcome.analysis.season) {
        let rebuilt = loads.get(&day.date).copied().unwrap_or(0.0);
        assert!((day.load - rebuilt).abs() < 0.15, "{}: {} and {rebuilt}", day.date, day.load);
    }
    assert!(loads.contains_key(&jiff::civil::date(2024, 6, 6)), "the ride counts");
}

/// The view of a morning is the season of those who had stopped there.
#[test]
fn a_morning_knows_only_what_was_recorded_before() {
    let outcome = Outcome::with_odd(Made::run("2024-06-06T05:00:00Z").gpx());
    let season = &outcome.analysis.season;
    for morning in [date(2024, 5, 1), date(2024, 5, 20), date(2024, 6, 6)] {
        let mut earlier = recordings(outcome.results.clone(), &TimeZone::UTC);
        earlier.retain(|recording| recording.date() < morning);
        let (then, view) = (Season::new(earlier, &Profile::default(), morning), season.as_of(morning));
        assert_eq!(view.activities().len(), then.activities().len());
        assert!(view.activities().iter().all(|activity| activity.recording.date() < morning));
        assert_eq!(RunRow::all(&view), RunRow::all(&then), "{morning}");
        assert_eq!((view.days(), view.thresholds()), (then.days(), then.thresholds()), "{morning}");
    }
    assert_eq!(season.as_of(date(2024, 6, 7)).activities().len(), season.activities().len());
}

/// Packed, renamed and beside other files, a run keeps its name; another run has another one.
#[test]
fn a_run_keeps_its_name_wherever_it_lies() {
    let (run, other) = (Made::run("2024-06-05T21:40:00Z"), Made::run("2024-06-05T21:40:01Z"));
    let id = |outcome: &Outcome| outcome.odd().run_id.clone();
    let plain = id(&Outcome::with_odd(run.gpx()));
    assert!(plain.starts_with("20240605T214000Z-"), "{plain}");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&run.gpx()).expect("packed");
    let packed = packed.finish().expect("packed");
    assert_eq!(id(&Outcome::alone(packed, jiff::civil::date(2030, 1, 1))), plain);
    assert_ne!(id(&Outcome::with_odd(other.gpx())), plain);
}

#[test]
fn recordings_close_together_are_one_session() {
    let first = Made { seconds: 900, ..Made::run("2024-06-05T06:00:00Z") };
    let second = Made { start: first.start + jiff::SignedDuration::from_mins(20), ..first.clone() };
    let files = [("a.gpx".to_owned(), first.gpx()), ("b.gpx".to_owned(), second.gpx())];
    let outcome = Outcome::of_files(files.into(), jiff::civil::date(2024, 6, 6));
    let [one, two]: &[RunRow] = outcome.runs() else { panic!("{:?}", outcome.runs()) };
    assert_eq!((&one.session_id, &two.session_id), (&one.run_id, &one.run_id));
    assert_ne!(one.run_id, two.run_id);
}
