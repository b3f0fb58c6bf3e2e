//! Hindsight: a season as it looked on a morning, and the plan of that morning beside what was run.

use freshlegs::checkin::CheckIn;
use freshlegs::pipeline;
use freshlegs::plan::{Kind, Level, Signal, Watch};
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::render::replay as shown;
use freshlegs::replay::{Difference, Replay};
use freshlegs::season::Season;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::fs;
use std::sync::LazyLock;

const TODAY: Date = date(2026, 6, 22);

static RECORDINGS: LazyLock<Vec<Recording>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    files.retain(|file| [".fit", ".gpx", ".tcx", ".gz"].iter().any(|end| file.ends_with(end)));
    files.sort();
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    let results = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| {});
    pipeline::recordings(results, &TimeZone::UTC)
});

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::new(RECORDINGS.clone(), &Profile::default(), TODAY));

static REPLAY: LazyLock<Replay> = LazyLock::new(|| Replay::of(&SEASON, &[]));

/// Nothing recorded later may have left a trace.
#[test]
fn a_season_as_of_a_morning_is_the_one_of_the_files_before_it() {
    for morning in [date(2026, 3, 4), date(2026, 3, 30), date(2026, 5, 1), date(2026, 5, 31), TODAY] {
        let before = RECORDINGS.iter().filter(|r| r.date() < morning).cloned().collect();
        let (known, replayed) = (Season::new(before, &Profile::default(), morning), SEASON.as_of(morning));
        assert_eq!(known.sessions(), replayed.sessions(), "{morning}");
        assert_eq!(known.daily, replayed.daily, "{morning}");
        assert_eq!(known.duplicates, replayed.duplicates, "{morning}");
        assert_eq!(known.left_out, replayed.left_out, "{morning}");
        assert_eq!(known.thresholds(), replayed.thresholds(), "{morning}");
        assert!(
            known.activities().iter().map(|a| a.load).eq(replayed.activities().iter().map(|a| a.load)),
            "{morning}"
        );
    }
}

#[test]
fn every_day_is_replayed_once_and_counted_once() {
    let Replay { summary, days } = &*REPLAY;
    assert!(days.windows(2).all(|pair| pair[0].date.tomorrow().expect("a day") == pair[1].date));
    assert_eq!(days.last().map(|day| day.date), TODAY.yesterday().ok());
    assert_eq!(summary.days + summary.first_days, days.len());
    let by_difference = summary.as_planned
        + summary.gentler
        + summary.longer
        + summary.harder
        + summary.ran_on_rest_day
        + summary.raced;
    assert_eq!(by_difference, summary.days);
    assert!(summary.run_days_planned > 0 && summary.run_days_done > 0);
}

/// The first mornings know almost nothing, and plan nothing hard.
#[test]
fn the_first_mornings_are_careful() {
    let first = REPLAY.days.iter().filter(|day| day.is_first_days);
    assert!(first.clone().count() >= 21);
    assert!(first.clone().all(|day| day.planned <= Kind::Easy));
}

#[test]
fn the_race_of_the_samples_was_not_known_of() {
    let race = REPLAY.days.iter().find(|day| day.done == Kind::Race).expect("a race");
    assert_eq!((race.date, race.difference), (date(2026, 5, 31), Difference::Raced));
    assert_eq!(REPLAY.summary.raced, 1);
}

#[test]
fn it_is_shown_in_words_and_as_a_table() {
    let text = shown::text(&REPLAY, 2, 100);
    assert!(text.starts_with("Hindsight, "), "{text}");
    assert!(text.contains("Too much") && text.contains("weeks before"), "{text}");
    let csv = shown::csv(&REPLAY);
    assert_eq!(csv.lines().count(), REPLAY.days.len() + 1);
    let none = Replay::of(&Season::new(Vec::new(), &Profile::default(), TODAY), &[]);
    assert!(shown::text(&none, 12, 100).starts_with("Too little on file"));
}

/// The overtraining watch on the samples: calm by the runs alone, and it hears what the runner says.
#[test]
fn the_watch_listens_to_check_ins() {
    let quiet = Watch::of(&SEASON, &[], TODAY);
    assert_eq!(quiet.level, Level::Green, "{:?}", quiet.signals);
    let day = |ago: i64, check_in: CheckIn| CheckIn { date: TODAY - ago.days(), ..check_in };
    let tired = CheckIn { motivation: Some(1), sleep_h: Some(5.0), soreness: Some(5.0), ..CheckIn::default() };
    let check_ins: Vec<CheckIn> = (0..3).rev().map(|ago| day(ago, tired)).collect();
    let watch = Watch::of(&SEASON, &check_ins, TODAY);
    assert_eq!((watch.level, watch.days), (Level::Amber, 0));
    assert!(watch.signals.contains(&Signal::LowMotivation { times: 3 }), "{:?}", watch.signals);
    assert!(watch.signals.contains(&Signal::ShortSleep { hours: 5.0 }), "{:?}", watch.signals);
    // Sore for weeks, restless and with a high resting heart rate on top.
    let rested = (5..30).rev().map(|ago| {
        let soreness = if ago < 14 { 4.0 } else { 1.0 };
        day(ago, CheckIn { resting_bpm: Some(48.0), soreness: Some(soreness), ..CheckIn::default() })
    });
    let worn = CheckIn { resting_bpm: Some(57.0), restless: true, ..tired };
    let check_ins: Vec<CheckIn> = rested.chain((0..3).rev().map(|ago| day(ago, worn))).collect();
    let watch = Watch::of(&SEASON, &check_ins, TODAY);
    assert_eq!(watch.level, Level::Red, "{:?}", watch.signals);
    let resting = |signal: &Signal| matches!(signal, Signal::RestingHeartRate { above_bpm } if *above_bpm == 9.0);
    assert!(watch.signals.iter().any(resting), "{:?}", watch.signals);
    assert!(watch.signals.iter().any(|s| matches!(s, Signal::LongSoreness { .. })), "{:?}", watch.signals);
    // Later it is over.
    let later = Watch::of(&SEASON, &check_ins, TODAY + 20.days());
    assert_eq!(later.level, Level::Green);
}
