//! Archives as services hand them out.

use super::made::{self, ACTIVITY, MONITORING, SLEEP, fit, gpx, gzip, zip, zip_with};
use super::{results, told};
use freshlegs::activity::{Sport, SubSport};
use freshlegs::import::{Fate, Import};
use freshlegs::outcome::{FileResult, Outcome, use_listings};
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::render::table::{self, LogRow};
use freshlegs::season::Season;
use jiff::civil::date;
use jiff::tz::TimeZone;

#[test]
fn every_entry_stands_for_itself_at_any_depth() {
    let inner = zip([("run.fit", fit(ACTIVITY, 0, 600)), ("readme.txt", b"hello".to_vec())]);
    let stored = zip_with(made::stored(), [("deep/inner.zip", inner.clone()), ("a.gpx", gpx(5))]);
    let outer = zip([
        ("folder/packed.bin", inner),
        ("stored.zip", stored),
        ("sleep.fit", fit(SLEEP, 0, 10)),
        ("run.fit.gz", gzip(&fit(ACTIVITY, 9, 600))),
        ("broken.fit", b"nothing".to_vec()),
        ("photo.jpg", vec![0xff; 100_000]),
    ]);
    let told = told(&results(&[("x/plain.gpx", gpx(0)), ("x/export.zip", outer)]));
    assert_eq!(
        told,
        [
            "x/plain.gpx: 1 read",
            "x/export.zip › folder/packed.bin › run.fit: 1 read",
            "x/export.zip › folder/packed.bin › readme.txt: unrelated",
            "x/export.zip › stored.zip › deep/inner.zip › run.fit: 1 read",
            "x/export.zip › stored.zip › deep/inner.zip › readme.txt: unrelated",
            "x/export.zip › stored.zip › a.gpx: 1 read",
            "x/export.zip › sleep.fit: sleep",
            "x/export.zip › run.fit.gz: 1 read",
            "x/export.zip › broken.fit: not a FIT, GPX or TCX file; export the activity in one of these formats",
            "x/export.zip › photo.jpg: unrelated",
        ]
    );
}

#[test]
fn what_a_system_hides_is_passed_over_and_names_are_only_text() {
    let archive = zip([
        ("__MACOSX/._run.fit", b"resource fork".to_vec()),
        ("._run.fit", b"resource fork".to_vec()),
        (".git/run.fit", fit(ACTIVITY, 0, 600)),
        ("../../etc/run.fit", fit(ACTIVITY, 0, 600)),
        ("/root/run.fit", fit(ACTIVITY, 5, 600)),
        ("C:\\Windows\\run.fit", fit(ACTIVITY, 10, 600)),
        ("\u{1b}[2Jrun.fit", fit(ACTIVITY, 15, 600)),
    ]);
    assert_eq!(
        told(&results(&[("e.zip", archive)])),
        [
            "e.zip › ../../etc/run.fit: 1 read",
            "e.zip › /root/run.fit: 1 read",
            "e.zip › C:\\Windows\\run.fit: 1 read",
            "e.zip › \u{fffd}[2Jrun.fit: 1 read",
        ]
    );
}

/// Some 8,000 entries, 350 of them activities, in nested archives; `seconds` is the length of a run.
fn takeout(seconds: u32) -> Vec<u8> {
    let entry = |i: u32| {
        let kind = match i % 23 {
            7 => ACTIVITY,
            i if i % 2 == 0 => MONITORING,
            _ => SLEEP,
        };
        (
            format!("someone@example.org_{i}.fit"),
            fit(kind, 26 * (i / 23), if kind == ACTIVITY { seconds } else { 2000 }),
        )
    };
    let part = |part: u32| zip((2010 * part..2010 * (part + 1)).map(entry));
    let folder = "DI_CONNECT/DI-Connect-Uploaded-Files";
    let parts = (0..4).map(|i| (format!("{folder}/UploadedFiles_0-_Part{i}.zip"), part(i)));
    let others = (0..40).map(|i| (format!("DI_CONNECT/DI-Connect-Wellness/{i}.json"), b"[{}]".repeat(20_000)));
    zip(parts.chain(others))
}

#[test]
fn a_garmin_export_gives_its_runs_and_skips_the_rest() {
    let results = results(&[("garmin.zip", takeout(300))]);
    let import = Import::of(&results);
    assert_eq!(
        import.sentence(),
        "350 files read, 7690 skipped (all-day monitoring ×4195, sleep ×3495), 40 other files ignored"
    );
    assert!(!import.has_failures() && import.messages(false).is_empty());
}

/// Writes the export that the figures on memory are measured with:
/// `FRESHLEGS_WRITE_TAKEOUT=path cargo test --test main -- --ignored write_a_garmin_export`.
#[test]
#[ignore = "writes a file for measuring by hand"]
fn write_a_garmin_export() {
    let path = std::env::var("FRESHLEGS_WRITE_TAKEOUT").expect("FRESHLEGS_WRITE_TAKEOUT names the file to write");
    std::fs::write(path, takeout(3600)).unwrap();
}

fn digest_of<'r>(results: &'r [FileResult], file: &str) -> &'r freshlegs::digest::Digest {
    match &results.iter().find(|result| result.file == file).unwrap().outcome {
        Outcome::Read(digests) => &digests[0],
        other => panic!("{file}: {other:?}"),
    }
}

const GERMAN_LIST: &str = "\
Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Dateiname,Distanz,Distanz
1,\"09.12.2022, 15:24:49\",Feierabendrunde,Radfahrt,activities/1.gpx.gz,\"5,0\",5000
2,\"10.12.2022, 15:24:49\",Hausrunde,Traillauf,activities/2.fit.gz,\"5,0\",5000
";

#[test]
fn stravas_list_names_what_has_no_name() {
    let entries = [
        ("activities/1.gpx.gz", gzip(&gpx(0))),
        ("activities/2.fit.gz", gzip(&fit(ACTIVITY, 48, 600))),
        ("activities/3.gpx", gpx(96)),
        ("activities.csv", GERMAN_LIST.as_bytes().to_vec()),
    ];
    let archive = zip(entries.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
    let in_folder: Vec<(String, Vec<u8>)> =
        entries.iter().map(|(name, bytes)| (format!("folder/{name}"), bytes.clone())).collect();
    let mut files: Vec<(&str, Vec<u8>)> =
        in_folder.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    files.push(("s.zip", archive));
    let mut results = results(&files);
    use_listings(&mut results);
    for place in ["folder/", "s.zip › "] {
        let ride = digest_of(&results, &format!("{place}activities/1.gpx.gz"));
        assert_eq!((ride.name.as_deref(), ride.sport), (Some("Feierabendrunde"), Sport::Cycling));
        let run = digest_of(&results, &format!("{place}activities/2.fit.gz"));
        assert_eq!((run.name.as_deref(), run.sport), (Some("Hausrunde"), Sport::Running));
        assert_eq!(run.sub_sport, SubSport::Generic, "what the file says stands");
        let unlisted = digest_of(&results, &format!("{place}activities/3.gpx"));
        assert_eq!((unlisted.name.as_deref(), unlisted.sport), (None, Sport::Unknown));
    }
    assert!(told(&results).contains(&"s.zip › activities.csv: a list of 2".to_owned()));
}

#[test]
fn the_log_says_what_came_of_every_file() {
    let mut cut = fit(ACTIVITY, 48, 600);
    cut.truncate(cut.len() - 100);
    let archive = zip([
        ("same.fit", fit(ACTIVITY, 0, 600)),
        ("cut.fit", cut),
        ("night.fit", fit(SLEEP, 0, 5)),
        ("page.html", b"<html/>".to_vec()),
        ("empty.fit", Vec::new()),
    ]);
    let results = results(&[("a.fit", fit(ACTIVITY, 0, 600)), ("b.zip", archive), ("none.gpx", Vec::new())]);
    let import = Import::of(&results);
    let season = Season::new(pipeline::recordings(results, &TimeZone::UTC), &Profile::default(), date(2023, 11, 20));
    let log: Vec<(String, Fate, usize, Option<String>)> = import
        .ends(&season)
        .into_iter()
        .map(|row| (row.file.into(), row.fate, row.runs, row.kept_instead.map(String::from)))
        .collect();
    let row = |file: &str, fate, runs, kept: Option<&str>| (file.to_owned(), fate, runs, kept.map(str::to_owned));
    assert_eq!(
        log,
        [
            row("a.fit", Fate::Read, 1, None),
            row("b.zip › same.fit", Fate::Duplicate, 0, Some("a.fit")),
            row("b.zip › cut.fit", Fate::Salvaged, 1, None),
            row("b.zip › night.fit", Fate::Skipped, 0, None),
            row("b.zip › page.html", Fate::Other, 0, None),
            row("b.zip › empty.fit", Fate::Failed, 0, None),
            row("none.gpx", Fate::Failed, 0, None),
        ]
    );
    let bytes = table::csv(&LogRow::all(&import, &season)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("file,outcome,kind_or_reason,runs,kept_instead\na.fit,read,,1,\n"), "{text}");
    assert!(
        text.contains("b.zip › same.fit,duplicate,\"the same run as a.fit, which has the same data\",0,a.fit\n"),
        "{text}"
    );
}

/// The log of these files: outcome, what is said, runs.
fn log_of(files: &[(&str, Vec<u8>)]) -> Vec<(String, Fate, String, usize)> {
    let results = results(files);
    let import = Import::of(&results);
    let recordings = pipeline::recordings(results, &TimeZone::UTC);
    let season = Season::new(recordings, &Profile::default(), date(2023, 11, 20));
    let rows = import.ends(&season).into_iter();
    rows.map(|row| (row.file.into(), row.fate, row.kind_or_reason, row.runs)).collect()
}

fn row(file: &str, fate: Fate, note: &str, runs: usize) -> (String, Fate, String, usize) {
    (file.to_owned(), fate, note.to_owned(), runs)
}

/// Tracks of 25 minutes with a point every 5 s, each as (type, hour, m/s).
fn tracks(tracks: &[(&str, i64, f64)]) -> Vec<u8> {
    let mut text = String::from("<gpx version=\"1.1\" creator=\"an app\">");
    for (kind, hour, mps) in tracks {
        text.push_str(&format!("<trk><type>{kind}</type><trkseg>"));
        for i in 0..=300_i64 {
            let at = jiff::Timestamp::from_second(1_700_000_000 + 3600 * hour + 5 * i).unwrap();
            let latitude = 47.0 + mps * 5.0 * i as f64 / 111_200.0;
            text.push_str(&format!("<trkpt lat=\"{latitude:.7}\" lon=\"15\"><time>{at}</time></trkpt>"));
        }
        text.push_str("</trkseg></trk>");
    }
    (text + "</gpx>").into_bytes()
}

#[test]
fn the_log_says_what_is_no_run() {
    let log = log_of(&[
        ("ride.gpx", tracks(&[("cycling", 0, 7.0)])),
        ("walked.gpx", tracks(&[("running", 3, 1.3)])),
        ("run.gpx", tracks(&[("running", 6, 3.0)])),
        ("later.gpx", tracks(&[("running", 24 * 365, 3.0)])),
    ]);
    assert_eq!(
        log,
        [
            row("ride.gpx", Fate::Read, "cycling: counts as load, not as a run", 0),
            row("walked.gpx", Fate::Read, "mostly walked: counts as load, not as a run", 0),
            row("run.gpx", Fate::Read, "", 1),
            row("later.gpx", Fate::Skipped, "dated 2024-11-13, after the day of this report", 0),
        ]
    );
}

#[test]
fn the_log_tells_activities_of_one_file_and_files_of_one_name_apart() {
    let (one, other) = (tracks(&[("running", 0, 3.0)]), tracks(&[("running", 12, 3.0)]));
    let log = log_of(&[
        ("day.gpx", tracks(&[("running", 0, 3.0), ("running", 3, 3.1), ("cycling", 6, 7.0)])),
        ("run.gpx", one),
        // Names that look the same once nothing in them steers a terminal.
        ("e.zip", zip([("\u{1}a.gpx", other.clone()), ("\u{2}a.gpx", other)])),
    ]);
    assert_eq!(
        log,
        [
            row("day.gpx", Fate::Read, "cycling: counts as load, not as a run (one of its activities)", 2),
            row("run.gpx", Fate::Duplicate, "the same run as day.gpx, which has the same data", 0),
            row("e.zip › \u{fffd}a.gpx", Fate::Read, "", 1),
            row(
                "e.zip › \u{fffd}a.gpx (2)",
                Fate::Duplicate,
                "the same run as e.zip › \u{fffd}a.gpx, which has the same data",
                0
            ),
        ]
    );
    let log = log_of(&[
        ("a.gpx", tracks(&[("running", 0, 3.0)])),
        ("b.gpx", tracks(&[("running", 0, 3.0), ("running", 3, 3.1)])),
    ]);
    assert_eq!(
        log[1],
        row("b.gpx", Fate::Read, "one of its activities is the same run as a.gpx, which has the same data", 1)
    );
}

#[test]
fn a_long_document_gives_what_it_gives_when_held() {
    let run = String::from_utf8(gpx(0)).unwrap();
    let padding = format!("<!--{}-->", "-x".repeat(17 << 20));
    let long = run.replacen("<trk>", &format!("{padding}<trk>"), 1).into_bytes();
    let held = freshlegs::outcome::outcome_of("a.gpx", &long, &freshlegs::read::Limits::default());
    let read = results(&[("a.gpx", long)]).remove(0);
    assert_eq!(told(std::slice::from_ref(&read)), ["a.gpx: 1 read"]);
    assert!(read.outcome == held && read.content.is_some());
}
