//! What followed hard sessions, and what the watch thinks of the same runs.

use freshlegs::activity::PrimaryBenefit;
use freshlegs::label::Label;
use freshlegs::notes::Notes;
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::season::{Season, Then};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::fs;
use std::sync::{Arc, LazyLock};

/// Weeks five to nine of the samples.
static RECORDINGS: LazyLock<Vec<Recording>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    files.retain(|file| file.contains("/2026-04-") && !file.ends_with(".json"));
    files.sort();
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    let results = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| {});
    pipeline::recordings(results, &TimeZone::UTC)
});

/// The season with every label given by hand, so that only the days count.
fn season(labels: &str, today: Date) -> Season {
    let notes = Notes::parse(labels.as_bytes());
    assert_eq!(notes.unreadable, []);
    Season::new(Recording::noted(RECORDINGS.clone(), &notes), &Profile::default(), today)
}

#[test]
fn what_follows_a_hard_session_is_told_apart() {
    let labels = "2026-04-09,label,tempo\n2026-04-11,label,recovery\n2026-04-12,label,long\n2026-04-13,label,recovery\n\
                  2026-04-14,label,intervals\n2026-04-15,label,recovery_too_hard\n2026-04-16,label,easy\n2026-04-19,label,long\n";
    let balance = season(labels, date(2026, 4, 20)).balance();
    let then = |day: i8| balance.hard.iter().find(|hard| hard.date == date(2026, 4, day)).expect("hard").then;
    // Nothing within 36 hours, a recovery run within 48.
    assert_eq!(then(9), Then::Recovery);
    // A recovery run in the morning, but the next hard session within 48 hours: the day and a half was kept.
    assert_eq!(then(12), Then::Recovery);
    // Too hard for a recovery run, and with a hard part as well.
    assert!(then(14) >= Then::Spoiled, "{:?}", then(14));
    assert_eq!(then(19), Then::Open);
    assert!(balance.closed().all(|hard| hard.date != date(2026, 4, 19)));
    assert!(balance.gentle() < balance.closed().count());
    assert!(balance.hard_every_h.is_some_and(|hours| (24.0..120.0).contains(&hours)), "{:?}", balance.hard_every_h);
    let intensity = balance.intensity.expect("heart rates");
    assert!((intensity.low + intensity.middle + intensity.high - 1.0).abs() < 1e-9 && intensity.low > 0.4);
}

#[test]
fn the_day_of_the_balance_is_the_runners() {
    let labels = "2026-04-19,label,long\n";
    for (today, open) in [(date(2026, 4, 20), true), (date(2026, 4, 21), false)] {
        let balance = season(labels, today).balance();
        let last = balance.hard.iter().find(|hard| hard.date == date(2026, 4, 19)).expect("hard");
        assert_eq!(last.then == Then::Open, open, "as of {today}");
    }
}

#[test]
fn the_watch_is_compared_with_and_changes_nothing() {
    let today = date(2026, 4, 30);
    let silent = Season::new(RECORDINGS.clone(), &Profile::default(), today);
    assert_eq!(silent.second_opinion(), None);
    let mut spoken = RECORDINGS.clone();
    for (i, recording) in spoken.iter_mut().enumerate() {
        let watch = &mut Arc::make_mut(&mut recording.digest).watch;
        watch.primary_benefit = Some(if i % 2 == 0 { PrimaryBenefit::Recovery } else { PrimaryBenefit::Tempo });
        watch.exercise_load = Some(10.0 + i as f64);
    }
    let season = Season::new(spoken, &Profile::default(), today);
    let opinion = season.second_opinion().expect("an opinion");
    let labels = |season: &Season| season.sessions().iter().map(|s| s.verdict.label).collect::<Vec<Label>>();
    assert_eq!(labels(&season), labels(&silent));
    assert_eq!(opinion.pairs.values().sum::<usize>(), opinion.recovery.all());
    assert_eq!(opinion.recovery.all(), opinion.hard.all());
    assert!(opinion.recovery.watch_alone > 0 && opinion.hard.watch_alone > 0);
    // A watch that says yes to every second run agrees by chance only.
    assert!(opinion.recovery.kappa().is_some_and(|kappa| kappa.abs() < 0.5), "{opinion:?}");
    assert_eq!(opinion.loads.map(|(_, runs)| runs), Some(opinion.recovery.all()));
}
