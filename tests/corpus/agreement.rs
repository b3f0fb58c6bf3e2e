//! Every file of the corpus against the table: first what was read, then what cleaning made of it.

use super::table::{Entry, Run, Table};
use super::{File, files};
use freshlegs::activity::{Activity, Format, ReadNote, Sample, Sport};
use freshlegs::digest::{CleanNote, Digest, digest};
use freshlegs::read::{FileKind, ReadError, Reading, read};

/// Disagreements found so far, each with its file.
#[derive(Default)]
struct Disagreements {
    compared: usize,
    found: Vec<String>,
}

impl Disagreements {
    fn check(&mut self, file: &str, agrees: bool, say: impl FnOnce() -> String) {
        self.compared += 1;
        if !agrees {
            self.found.push(format!("{file}: {}", say()));
        }
    }

    fn compare(&mut self, file: &str, what: &str, found: Option<f64>, expected: Option<f64>, tolerance: f64) {
        let agrees = match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() <= tolerance,
            (found, expected) => found.is_none() && expected.is_none(),
        };
        self.check(file, agrees, || format!("{what} is {found:?}, expected {expected:?} within {tolerance}"));
    }

    fn finish(self) {
        println!("{} comparisons", self.compared);
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

/// Every file with its entry; the table names all files and no other.
fn entries() -> Vec<(File, Entry)> {
    let files = files();
    if files.is_empty() {
        return Vec::new();
    }
    let table = Table::load().file;
    let names = |list: &mut dyn Iterator<Item = String>| list.collect::<Vec<_>>();
    assert_eq!(names(&mut files.iter().map(|f| f.name.clone())), names(&mut table.iter().map(|e| e.file.clone())));
    files.into_iter().zip(table).collect()
}

/// The activities of a file with what is expected of each. Transitions between sports are no activities here.
fn runs(entry: &Entry, reading: Reading) -> Vec<(String, Activity, &Run)> {
    let Reading::Activities(activities) = reading else { return Vec::new() };
    let expected: Vec<&Run> = entry.runs.iter().filter(|run| run.sport != "transition").collect();
    assert_eq!(activities.len(), expected.len(), "{}: activities", entry.file);
    let named = activities.into_iter().zip(expected).enumerate();
    named.map(|(i, (activity, run))| (format!("{} #{i}", entry.file), activity, run)).collect()
}

fn notes(reading: &Reading) -> Vec<&ReadNote> {
    match reading {
        Reading::Activities(activities) => activities.iter().flat_map(|a| &a.notes).collect(),
        Reading::NotAnActivity(_) => Vec::new(),
    }
}

/// Outcome, and the kind or the class of reasons.
fn outcome(reading: &Result<Reading, ReadError>) -> (&'static str, String) {
    match reading {
        Ok(Reading::NotAnActivity(kind)) => ("skipped", kind_word(*kind)),
        Ok(found) => match notes(found).iter().find(|note| note.is_salvage()) {
            Some(note) => ("salvaged", salvage_word(note)),
            None => ("read", String::new()),
        },
        Err(ReadError::UnknownFormat) => ("failed", "unknown_format".into()),
        Err(ReadError::NoSamples) => ("failed", "no_samples".into()),
        Err(other) => ("failed", other.to_string()),
    }
}

/// The table's word for a kind: the FIT profile's name of the type, or what the points of a GPX file are.
fn kind_word(kind: FileKind) -> String {
    match kind {
        FileKind::Monitoring => "monitoring_b".into(),
        FileKind::Route => "route".into(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn salvage_word(note: &ReadNote) -> String {
    let reason = note.to_string();
    let words = [
        ("checksum", "bad_crc"),
        ("the file ends before", "truncated"),
        ("bytes at its end are not FIT", "garbage_after_end"),
        ("make no sense from byte", "undefined_message"),
    ];
    words.iter().find(|(part, _)| reason.contains(part)).map_or(reason.clone(), |(_, word)| (*word).to_owned())
}

/// The sport of the table in the program's words.
fn sport_of(word: &str) -> Sport {
    match word {
        "running" => Sport::Running,
        "walking" => Sport::Walking,
        "cycling" => Sport::Cycling,
        "swimming" => Sport::Swimming,
        // One file calls its sport "t".
        "unknown" | "generic" | "t" => Sport::Unknown,
        _ => Sport::Other,
    }
}

#[test]
fn every_file_comes_out_as_expected() {
    let mut all = Disagreements::default();
    for (file, entry) in entries() {
        let (found, class) = outcome(&read(&file.bytes));
        // A GPX file of waypoints holds places without times, as a route does. One break can have two notes.
        let wanted = entry.kind.as_deref().or(entry.reason.as_deref()).unwrap_or("");
        let wanted = if wanted == "waypoints" { "route" } else { wanted };
        let same_class = class == wanted || (class == "bad_crc" && wanted == "truncated");
        all.check(&file.name, found == entry.outcome && same_class, || {
            format!("{found} {class}, expected {} {wanted}", entry.outcome)
        });
    }
    all.finish();
}

#[test]
fn every_record_is_read() {
    let mut all = Disagreements::default();
    for (file, entry) in entries() {
        let Ok(reading) = read(&file.bytes) else { continue };
        for (name, activity, run) in runs(&entry, reading) {
            compare_reading(&mut all, &name, &activity, run, &entry);
        }
    }
    all.finish();
}

fn compare_reading(all: &mut Disagreements, name: &str, activity: &Activity, run: &Run, entry: &Entry) {
    all.check(name, activity.sport == sport_of(&run.sport), || format!("{} for {}", activity.sport, run.sport));
    // FIT records of one moment are one sample.
    let merged = if activity.format == Format::Fit { run.repeated_times } else { 0 };
    let samples = activity.samples.len();
    all.check(name, samples + merged == run.records, || format!("{samples} samples of {} - {merged}", run.records));
    let time = |ms: Option<i64>| ms.map(|ms| ms as f64 / 1000.0);
    let expected = |t: Option<jiff::Timestamp>| time(t.map(|t| t.as_millisecond()));
    all.compare(name, "start", time(activity.start.map(|t| t.as_millisecond())), expected(run.start), 0.0);
    let first = activity.samples.first().map(|s| s.time_ms);
    all.compare(name, "first sample", time(first), expected(run.first_record.or(run.start)), 0.0);
    let hearts: Vec<f64> = activity.samples.iter().filter_map(|s| s.heart_rate_bpm).collect();
    let mean = (!hearts.is_empty()).then(|| hearts.iter().sum::<f64>() / hearts.len() as f64);
    // Where records of one moment were put together there are fewer to take the mean of.
    all.compare(name, "mean heart rate", mean, run.mean_hr_bpm, if merged > 0 { 0.1 } else { 0.001 });
    let counted = activity.samples.iter().rev().find_map(|s| s.distance_m);
    let from = run.record_from_m.unwrap_or(0.0);
    all.compare(name, "last distance", counted, run.record_distance_m.map(|m| m - from), 0.01);
    if activity.format != Format::Gpx && !entry.facts.iter().any(|fact| fact == "no_session") {
        let totals = &activity.totals;
        all.compare(name, "total distance", totals.distance_m, run.distance_m, 0.01);
        all.compare(name, "total timer", totals.timer_s, run.timer_s, 0.001);
        all.compare(name, "stated mean heart rate", totals.heart_rate_mean_bpm, run.session_mean_hr_bpm, 0.001);
        let elapsed = run.elapsed_s.filter(|_| activity.format == Format::Fit);
        all.compare(name, "total elapsed", totals.elapsed_s, elapsed, 0.001);
    }
}

#[test]
fn cleaned_totals_are_those_of_the_records() {
    let mut all = Disagreements::default();
    for (file, entry) in entries() {
        let Ok(reading) = read(&file.bytes) else { continue };
        for (name, activity, run) in runs(&entry, reading) {
            let digest = digest(&activity);
            let has_length = run.stamped_elapsed_s.or(run.elapsed_s).is_some_and(|s| s > 0.0) && run.records > 1;
            all.check(&name, digest.is_some() == has_length, || format!("digest: {}", digest.is_some()));
            if let Some(digest) = digest {
                compare_cleaned(&mut all, &name, &digest, run);
            }
        }
    }
    all.finish();
}

fn compare_cleaned(all: &mut Disagreements, name: &str, digest: &Digest, run: &Run) {
    let elapsed = run.stamped_elapsed_s.or(run.elapsed_s);
    all.compare(name, "elapsed_s", Some(digest.elapsed_s), elapsed, 1.0);
    if let Some(timer) = run.stamped_timer_s.or(run.timer_s) {
        all.compare(name, "timer_s", Some(digest.timer_s), Some(timer), 1.0);
    }
    let counted = run.record_distance_m.filter(|_| digest.format != Format::Gpx);
    let counted = counted.map(|m| m - run.record_from_m.unwrap_or(0.0)).filter(|m| *m > 0.0);
    if let Some(distance) = counted.or(run.kept_distance_m).or(run.distance_m) {
        all.compare(name, "distance_m", Some(digest.distance_m), Some(distance), 0.005 * distance);
    }
    let is_raw = !digest
        .notes
        .iter()
        .any(|note| matches!(note, CleanNote::HeartRateSpikes { .. } | CleanNote::HeartRateFlat { .. }));
    let hearts: Vec<f64> = digest.trace.seconds().filter_map(|s| s.heart_rate_bpm).collect();
    let mean = (!hearts.is_empty()).then(|| hearts.iter().sum::<f64>() / hearts.len() as f64);
    // In a shorter one it matters whether its last second counts.
    if is_raw && digest.timer_s >= 60.0 {
        all.compare(name, "mean heart rate", mean, run.weighted_mean_hr_bpm.or(run.mean_hr_bpm), 1.0);
    }
}

#[test]
fn compressed_speed_and_distance_match_another_reader() {
    let files = files();
    let bytes = |name: &str| files.iter().find(|file| file.name.ends_with(name)).map(|file| &file.bytes[..]);
    let Some(fit) = bytes("compressed-speed-distance.fit") else { return };
    let table = String::from_utf8_lossy(bytes("compressed-speed-distance-records.csv").expect("its table"));
    let column = |index: usize| -> Vec<f64> {
        table.lines().skip(1).filter_map(|line| line.split(',').nth(index)?.parse().ok()).collect()
    };
    let Ok(Reading::Activities(activities)) = read(fit) else { panic!("no activity") };
    let ours = |of: fn(&Sample) -> Option<f64>| -> Vec<f64> { activities[0].samples.iter().filter_map(of).collect() };
    assert!(activities[0].samples.len() > 700);
    assert_eq!(ours(|sample| sample.speed_mps), column(2));
    assert_eq!(ours(|sample| sample.distance_m), column(3));
}
