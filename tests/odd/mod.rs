//! Odd files as runners have them, through the whole program: no number breaks, and none passes for a recovery run.

pub mod made;
mod clocks;
mod faults;
mod recorded;

use freshlegs::activity::{ReadNote, Sport};
use freshlegs::label::{Criterion, Label, Reason};
use freshlegs::load::Method;
use freshlegs::outcome::Outcome as FileOutcome;
use freshlegs::read::ReadError;
use made::{Made, Outcome, steady};

const ODD_DAY: &str = "2024-06-06T05:00:00Z";

/// True where a verdict rests on a heart rate.
fn is_judged_by_heart_rate(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| matches!(reason, Reason::Measured(e) if e.criterion == Criterion::Intensity))
}

#[test]
fn the_usual_runs_are_what_they_are_meant_to_be() {
    let outcome = Outcome::with_odd(Made::run(ODD_DAY).gpx());
    let run = outcome.odd();
    assert_eq!((outcome.runs().len(), run.label, run.load_method), (19, Label::Easy, Method::HeartRate));
    assert!(is_judged_by_heart_rate(&run.reasons), "{:?}", run.reasons);
    assert_eq!(outcome.analysis.plan.days.len(), 14);
}

#[test]
fn without_a_heart_rate_the_pace_judges() {
    let nothing: fn(i64) -> Option<u32> = |_| None;
    for bpm in [nothing, |_| Some(0), |_| Some(255), |_| Some(1)] {
        let outcome = Outcome::with_odd(Made { bpm, ..Made::run(ODD_DAY) }.gpx());
        let run = outcome.odd();
        assert_eq!((run.heart_rate_mean_bpm, run.heart_rate_max_bpm, run.heart_rate_coverage), (None, None, 0.0));
        assert_eq!(run.load_method, Method::Pace);
        assert!(!is_judged_by_heart_rate(&run.reasons) && run.label != Label::Recovery, "{:?}", run.reasons);
    }
}

#[test]
fn a_heart_rate_for_under_half_of_the_time_judges_nothing() {
    // Low enough for a recovery run, if it were believed.
    let outcome = Outcome::with_odd(
        Made { bpm: |s| (s < 1400).then_some(112 + (s / 20 % 3) as u32), ..Made::run(ODD_DAY) }.gpx(),
    );
    let run = outcome.odd();
    assert!((0.4..0.5).contains(&run.heart_rate_coverage), "{}", run.heart_rate_coverage);
    assert_eq!((run.heart_rate_mean_bpm, run.load_method), (None, Method::Pace));
    assert!(!is_judged_by_heart_rate(&run.reasons) && run.label != Label::Recovery, "{} {:?}", run.label, run.reasons);
}

#[test]
fn a_strap_that_died_is_not_a_low_heart_rate() {
    let outcome = Outcome::with_odd(Made { bpm: |_| Some(95), ..Made::run(ODD_DAY) }.gpx());
    let run = outcome.odd();
    assert_eq!(run.heart_rate_mean_bpm, None);
    assert_ne!(run.label, Label::Recovery);
}

#[test]
fn files_without_a_run() {
    let one_point = Made { seconds: 0, ..Made::run(ODD_DAY) }.gpx();
    let stopped_clock = Made::run(ODD_DAY).gpx_by(|_| ODD_DAY.parse().expect("a time"));
    let cases = [
        (Vec::new(), ReadError::Empty),
        (b"  \n".to_vec(), ReadError::Empty),
        (b"hello".to_vec(), ReadError::UnknownFormat),
        (one_point, ReadError::NoDuration),
        (stopped_clock, ReadError::NoDuration),
    ];
    for (bytes, error) in cases {
        let outcome = Outcome::with_odd(bytes);
        assert_eq!(outcome.odd_result(), &FileOutcome::Failed(error));
        assert_eq!((outcome.odd_runs().len(), outcome.runs().len()), (0, 18));
    }
}

#[test]
fn nothing_at_all_still_gives_a_plan() {
    let outcome = Outcome::of_nothing();
    assert!(outcome.runs().is_empty());
    assert_eq!(outcome.analysis.plan.days.len(), 14);
}

#[test]
fn another_sport_is_load_and_no_run() {
    for (word, sport) in [("cycling", Sport::Cycling), ("swimming", Sport::Swimming), ("yoga", Sport::Other)] {
        let outcome = Outcome::with_odd(Made { sport: word, ..Made::run(ODD_DAY) }.gpx());
        assert!(outcome.odd_runs().is_empty());
        let [other] = &outcome.others()[..] else { panic!("{word}") };
        assert_eq!(other.recording.sport(), sport);
        assert!(other.load.points > 0.0 && other.load.method == Method::HeartRate);
    }
}

#[test]
fn a_ride_or_a_walk_that_does_not_name_itself_is_no_run() {
    for (speed_mps, sport) in [(8.0, Sport::Other), (5.2, Sport::Other), (1.4, Sport::Walking)] {
        let outcome = Outcome::with_odd(Made { sport: "", speed_mps, ..Made::run(ODD_DAY) }.gpx());
        let [other] = &outcome.others()[..] else { panic!("{speed_mps} m/s") };
        assert_eq!((outcome.odd_runs().len(), other.recording.sport()), (0, sport), "{speed_mps} m/s");
    }
    // So slow a ride might be a run, but it does not say how fast its owner can run.
    let slow_ride = Outcome::with_odd(Made { sport: "", speed_mps: 4.6, bpm: |_| None, ..Made::run(ODD_DAY) }.gpx());
    let without = Outcome::with_odd(Vec::new());
    let threshold = |outcome: &Outcome| outcome.analysis.season.thresholds().speed_threshold;
    assert_eq!(threshold(&slow_ride), threshold(&without));
}

#[test]
fn a_walk_is_no_recovery_run() {
    let slow = Made { speed_mps: 1.4, bpm: |s| Some(95 + (s / 20 % 3) as u32), ..Made::run(ODD_DAY) };
    let outcome = Outcome::with_odd(slow.gpx());
    assert_eq!(outcome.odd().label, Label::Walk);
    let weeks = outcome.analysis.season.weeks();
    let week = weeks.last().expect("a week");
    assert_eq!((week.runs, week.distance_m.round()), (1, 8700.0), "of that week only the usual run");
}

#[test]
fn a_broken_off_file_is_used_and_promises_nothing() {
    // Twenty gentle minutes of a run whose rest is lost: it may have been anything.
    let gentle = Made { speed_mps: 2.4, bpm: |s| Some(115 + (s / 20 % 3) as u32), ..Made::run(ODD_DAY) };
    let bytes = gentle.gpx();
    let outcome = Outcome::with_odd(bytes[..bytes.len() * 2 / 5].to_vec());
    let run = outcome.odd();
    let FileOutcome::Read(digests) = outcome.odd_result() else { panic!("{:?}", outcome.odd_result()) };
    assert!(matches!(digests[0].read_notes[..], [ReadNote::Broken { .. }]), "{:?}", digests[0].read_notes);
    assert!((1000.0..1400.0).contains(&run.timer_s), "{}", run.timer_s);
    assert_eq!((run.label, run.confidence), (Label::Unknown, 0.0), "{:?}", run.reasons);
    // The whole of it is one.
    let whole = Outcome::with_odd(Made { seconds: 1800, ..gentle }.gpx());
    assert_eq!(whole.odd().label, Label::Recovery, "{:?}", whole.odd().reasons);
}

#[test]
fn a_watch_forgotten_for_three_days_is_the_run_before() {
    let run = Made { bpm: |s| steady(s).filter(|_| s < 3000), seconds: 3300, ..Made::run("2024-06-03T05:00:00Z") };
    // After the run single points, hours apart, for three days.
    let clock =
        |s: i64| run.start + jiff::SignedDuration::from_secs(if s <= 3000 { s } else { 3000 + (s - 3000) * 860 });
    let outcome = Outcome::with_odd(run.gpx_by(clock));
    let odd = outcome.odd();
    assert_eq!((odd.date.to_string().as_str(), odd.timer_s), ("2024-06-03", 3000.0));
    assert_ne!(odd.label, Label::Long);
    assert!((odd.load - outcome.runs()[0].load).abs() < 10.0, "{}", odd.load);
}

#[test]
fn hours_of_standing_after_a_run_are_no_part_of_it() {
    let run = Made::run("2024-06-03T05:00:00Z");
    let text = String::from_utf8(run.gpx()).expect("text");
    let (before, after) = text.split_at(text.find("</trkseg>").expect("an end"));
    // The watch lies on the table, or is worn at home, for three days.
    let rest: String = (1..25_000_i64)
        .map(|i| {
            let time = run.start + jiff::SignedDuration::from_secs(3000 + 10 * i);
            format!(
                "<trkpt lat=\"48.27824\" lon=\"16.4\"><time>{time}</time><extensions><hr>75</hr></extensions></trkpt>\n"
            )
        })
        .collect();
    let outcome = Outcome::with_odd(format!("{before}{rest}{after}").into_bytes());
    let (odd, usual) = (outcome.odd(), &outcome.runs()[0]);
    assert!((odd.timer_s - 3000.0).abs() < 400.0, "{}", odd.timer_s);
    assert!((odd.load - usual.load).abs() < 10.0, "{} {}", odd.load, usual.load);
    let FileOutcome::Read(digests) = outcome.odd_result() else { panic!("{:?}", outcome.odd_result()) };
    let says: Vec<String> = digests[0].notes.iter().map(ToString::to_string).collect();
    assert!(says.iter().any(|note| note.ends_with("left out: the watch was not stopped")), "{says:?}");
}

#[test]
fn what_is_no_exercise_carries_no_load() {
    use recorded::{Recorded, Sport};
    let day = |timer_s: f64, total_m: f64| Recorded { timer_s, total_m, sport: Sport::Walking, ..Recorded::easy() };
    let steps = day(86_340.0, 6540.0).only(|_| false).tcx();
    // A point every ten minutes, now and then a few steps.
    let strolled = Recorded::run(36_000, |s| if s / 600 % 6 == 0 { 1.2 } else { 0.0 }).only(|p| p.s % 60 == 0);
    let strolled = Recorded { sport: Sport::Walking, ..strolled.with(|p| (p.bpm, p.cadence) = (None, None)) };
    let two_days = Recorded::run(50 * 3600, |_| 1.0).only(|p| p.s % 60 == 0);
    let two_days = Recorded { sport: Sport::Walking, ..two_days };
    // A phone that writes a point where its owner walks, and none where he sits: seven walks of 15 minutes in 14 hours.
    let about = Recorded::run(50_400, |s| if s % 7200 < 900 { 1.2 } else { 0.0 }).only(|p| p.s % 7200 < 900);
    let about = Recorded { sport: Sport::Walking, ..about.with(|p| (p.bpm, p.cadence) = (None, None)) };
    let cases = [
        (
            about.gpx(),
            "7.56 km in 12 h 15 min without a heart rate: a day of steps is no exercise, so it carries no load",
        ),
        (steps, "6.54 km in 23 h 59 min without a heart rate: a day of steps is no exercise, so it carries no load"),
        (strolled.fit(), "7.20 km in 10 h without a heart rate: a day of steps is no exercise, so it carries no load"),
        (two_days.fit(), "50 h on the timer: nobody exercises for more than 48 hours, so it carries no load"),
    ];
    for (bytes, says) in cases {
        let outcome = Outcome::alone(bytes, jiff::civil::date(2026, 6, 1));
        assert_eq!((outcome.odd_runs().len(), outcome.others().len()), (0, 0), "{says}");
        let left_out: Vec<String> = outcome.analysis.season.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(left_out, [says]);
        assert!(outcome.analysis.season.left_out[0].why.is_no_exercise(), "said without -v");
    }
    // A hike of four hours without a strap is one.
    let hike = Outcome::alone(day(14_400.0, 12_000.0).only(|_| false).tcx(), jiff::civil::date(2026, 6, 1));
    assert_eq!(hike.analysis.season.left_out.len(), 0);
}

#[test]
fn recordings_without_zone_and_place_say_whose_clock_dates_them() {
    use freshlegs::recording::{HomeClocks, Recording};
    use jiff::tz::TimeZone;
    use recorded::Recorded;
    let files = [
        ("indoors.fit".to_owned(), Recorded::easy().without_places().fit()),
        ("outdoors.fit".to_owned(), Recorded::easy().fit()),
    ];
    let recordings = Recording::all(made::digested(files.into()), &TimeZone::get("Europe/Vienna").expect("a zone"));
    let home = TimeZone::get("Europe/Vienna").expect("a zone");
    let clocks = HomeClocks::of(&recordings, &home).expect("one without").to_string();
    assert!(
        clocks.starts_with("1 of 2 recordings tells no time zone and no place: dated by this computer's clock"),
        "{clocks}"
    );
    assert!(clocks.contains("`time_zone = \"Europe/Vienna\"` under `[athlete]` in profile.toml"), "{clocks}");
    assert_eq!(HomeClocks::of(&recordings[1..1], &home), None);
}
