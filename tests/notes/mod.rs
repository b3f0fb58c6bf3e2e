//! What a runner says by hand beats every rule, and what the rules say is shown beside it.

use freshlegs::label::{Label, Labelled};
use freshlegs::notes::Notes;
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::season::Season;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::fs;
use std::sync::LazyLock;

/// The first three weeks of the samples.
static RECORDINGS: LazyLock<Vec<Recording>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    files.retain(|file| (file.contains("2026-03-0") || file.contains("2026-03-1")) && file.ends_with(".gz"));
    files.sort();
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    let results = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| {});
    pipeline::recordings(results, &TimeZone::UTC)
});

fn season(notes: &str) -> Season {
    let notes = Notes::parse(notes.as_bytes());
    assert_eq!(notes.unreadable, []);
    Season::new(Recording::noted(RECORDINGS.clone(), &notes), &Profile::default(), date(2026, 3, 20))
}

fn session(season: &Season, day: i8) -> &Labelled {
    season.sessions().iter().find(|s| s.session.date == date(2026, 3, day)).expect("a session on that day")
}

#[test]
fn a_label_by_hand_stands_and_the_rules_are_quoted() {
    let by_rules = session(&season(""), 12).verdict.label;
    assert_ne!(by_rules, Label::Tempo);
    let season = season("2026-03-12,label,tempo\n");
    let verdict = &session(&season, 12).verdict;
    assert_eq!((verdict.label, verdict.confidence), (Label::Tempo, 1.0));
    let reason = verdict.reasons[0].to_string();
    assert_eq!(reason, format!("you said so in notes.csv; the rules alone say {by_rules}"));
}

#[test]
fn a_race_by_hand_is_one_and_what_is_none_is_not() {
    let raced = season("2026-03-12T18:20,race,\n");
    assert_eq!(session(&raced, 12).verdict.label, Label::Race);
    let denied = season("2026-03-12,race,\n2026-03-12,not_race,\n");
    let verdict = &session(&denied, 12).verdict;
    assert_ne!(verdict.label, Label::Race);
    assert_eq!(verdict.reasons[0].to_string(), "you said in notes.csv that it was not a race");
}

#[test]
fn an_excluded_run_counts_nowhere() {
    let (all, without) = (season(""), season("2026-03-15,exclude,\n"));
    assert_eq!(without.sessions().len() + 1, all.sessions().len());
    assert_eq!(without.left_out.len(), 1);
    assert_eq!(without.left_out[0].to_string(), "excluded in notes.csv");
    assert_eq!(without.days()[13].load, 0.0);
    assert!(all.days()[13].load > 50.0);
}

#[test]
fn a_wrong_heart_rate_is_left_out_of_load_and_thresholds() {
    let noted = season("2026-03-17,no_heart_rate,\n2026-03-17,rpe,8\n2026-03-17,title,Cruise intervals\n");
    let labelled = session(&noted, 17);
    let activity = noted.activity(labelled.parts().next().expect("a part"));
    assert_eq!(activity.heart_rate.coverage, 0.0);
    assert_eq!(activity.recording.digest.name.as_deref(), Some("Cruise intervals"));
    assert_eq!(labelled.features.rpe, Some(8.0));
    // Its tempo held the highest heart rate so far.
    let highest = |season: &Season| season.thresholds().heart_rate_max.value;
    assert!(highest(&noted) <= highest(&season("")));
    assert_ne!(activity.load.method, freshlegs::load::Method::HeartRate);
}
