//! What must hold of every verdict.

use super::made::{FIRST, KNOWN, Made, base_season, on, season_of};
use freshlegs::label::{Label, Labelled};
use freshlegs::recording::Recording;
use jiff::ToSpan;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Digesting is slow unoptimised: few cases, each a season of its own; `PROPTEST_CASES` makes them more.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(12), failure_persistence: None, ..ProptestConfig::default() }
}

/// The last six weeks of the base runner, made once.
static BASE: LazyLock<Vec<Recording>> =
    LazyLock::new(|| base_season(true).iter().filter(|run| run.day >= 28).map(Made::recording).collect());

/// The base season with more runs.
fn with(runs: &[Made]) -> Vec<Recording> {
    BASE.iter().cloned().chain(runs.iter().map(Made::recording)).collect()
}

/// One run after the base season.
fn judged(run: &Made, profile: &str) -> Labelled {
    on(&season_of(with(&[Made { day: 71, ..run.clone() }]), profile, 72), 71).clone()
}

/// A run of one to three parts, from a crawl to a race.
fn any_run() -> impl Strategy<Value = Made> {
    let part = (300_i64..1500, 2.0..4.2_f64);
    prop::collection::vec(part, 1..4).prop_map(|parts| Made::of(71, parts))
}

/// A heart that follows the pace, or one that goes its own way.
fn any_course() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![Just(Vec::new()), prop::collection::vec(95.0..185.0_f64, 2..7)]
}

fn is_gentle(label: Label) -> bool {
    matches!(label, Label::Recovery | Label::Shakeout | Label::Easy | Label::Walk)
}

fn is_hard(label: Label) -> bool {
    matches!(label, Label::Tempo | Label::Intervals | Label::Race)
}

/// With thresholds given, so that the run itself cannot move them.
const GIVEN: &str = "[athlete]\nheart_rate_max_bpm = 200\nheart_rate_rest_bpm = 55\nheart_rate_threshold_bpm = 172\n\
                     threshold_pace = \"4:28\"";

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_higher_heart_rate_never_gives_a_higher_score_or_a_lower_load(
        run in any_run(), course in any_course(), more in 1.0..12.0_f64,
    ) {
        let run = run.on_course(course);
        let (lower, higher) = (judged(&run, GIVEN), judged(&Made { more_bpm: more.round(), ..run.clone() }, GIVEN));
        prop_assert!(higher.verdict.score.points <= lower.verdict.score.points + 1e-6);
        prop_assert!(higher.features.load >= lower.features.load - 1e-6);
    }

    #[test]
    fn a_longer_or_faster_copy_never_scores_higher(
        run in any_run(), course in any_course(), longer in 1.05..1.5_f64, faster in 1.01..1.1_f64,
    ) {
        let run = run.on_course(course);
        let plain = judged(&run, GIVEN);
        let copy = |seconds: f64, mps: f64| {
            let parts = run.parts.iter().map(|part| ((part.0 as f64 * seconds) as i64, part.1 * mps)).collect();
            // What is longer is so in its heart rate too.
            let (lag_s, wobble_s) = (run.lag_s * seconds, run.wobble_s * seconds);
            judged(&Made { parts, lag_s, wobble_s, ..run.clone() }, GIVEN)
        };
        for other in [copy(longer, 1.0), copy(1.0, faster), copy(longer, faster)] {
            // A fall from the first minutes' heart rate may look like a strap getting wet, in one of them only.
            if (other.features.heart_rate_coverage - plain.features.heart_rate_coverage).abs() < 0.01 {
                let (points, before) = (other.verdict.score.points, plain.verdict.score.points);
                prop_assert!(points <= before + 0.5, "{before} became {:?}", other.verdict.score);
            }
        }
    }

    #[test]
    fn where_when_and_how_densely_it_was_recorded_changes_nothing(
        run in any_run(), course in any_course(), hours in 0_i64..3, degrees in -20.0..20.0_f64,
    ) {
        let run = run.on_course(course);
        let plain = judged(&run, GIVEN);
        let moved = Made { minute: run.minute + 60 * hours, latitude: run.latitude + degrees, ..run.clone() };
        let sparse = Made { every_s: 2, ..run.clone() };
        for other in [judged(&moved, GIVEN), judged(&sparse, GIVEN)] {
            prop_assert!((other.features.load / plain.features.load - 1.0).abs() <= 0.01);
            prop_assert!((other.verdict.score.points - plain.verdict.score.points).abs() <= 2.0,
                "{} and {}", other.verdict.score.points, plain.verdict.score.points);
        }
    }

    #[test]
    fn a_split_at_a_pause_changes_nothing(seconds in 1200_i64..3000, mps in 2.2..3.2_f64, at in 0.2..0.8_f64) {
        let first = (seconds as f64 * at) as i64;
        // A heart that beats on through the pause, so that nothing but the split differs.
        let even = |parts| Made { bpm: Some(|_| 140.0), ..Made::of(71, parts) };
        let whole = judged(&even(vec![(first, mps), (120, 0.0), (seconds - first, mps)]), GIVEN);
        let second = Made { minute: 7 * 60 + (first + 120) / 60 + 1, ..even(vec![(seconds - first, mps)]) };
        let season = season_of(with(&[even(vec![(first, mps)]), second]), GIVEN, 72);
        let split = on(&season, 71);
        prop_assert_eq!(split.parts().count(), 2);
        prop_assert!((split.features.load / whole.features.load - 1.0).abs() <= 0.01);
        prop_assert!((split.verdict.score.points - whole.verdict.score.points).abs() <= 2.0);
    }

    #[test]
    fn a_lost_heart_rate_never_makes_a_sure_recovery(run in any_run()) {
        let seeing = judged(&run, KNOWN);
        let blind = judged(&run.clone().without_heart_rate(), KNOWN);
        if seeing.verdict.label != Label::Recovery {
            prop_assert!(blind.verdict.label != Label::Recovery || blind.verdict.confidence < 0.85);
        }
        prop_assert!(!is_hard(seeing.verdict.label) || blind.verdict.label != Label::Recovery,
            "{:?} without heart rate {:?}", seeing.verdict.label, blind.verdict.label);
    }

    #[test]
    fn words_alone_turn_nothing_over(run in any_run(), word in prop::sample::select(vec![
        "Recovery run", "Race", "parkrun", "Easy jog", "Long run", "Tempo", "Wettkampf", "Footing de récup", "恢复跑",
    ])) {
        let (plain, titled) = (judged(&run, KNOWN), judged(&run.clone().titled(word), KNOWN));
        let (before, after) = (plain.verdict.label, titled.verdict.label);
        prop_assert!(!(is_hard(before) && is_gentle(after)), "{word}: {before:?} became {after:?}");
        prop_assert!(!(is_gentle(before) && is_hard(after)), "{word}: {before:?} became {after:?}");
        prop_assert!(before != Label::Long || after != Label::Recovery, "{word}: {before:?} became {after:?}");
    }

    #[test]
    fn what_comes_later_changes_no_replayed_verdict(day in 30_i64..60, later in any_run()) {
        let today = FIRST.saturating_add(day.days());
        let before = BASE.iter().filter(|recording| recording.date() < today).cloned().collect();
        let replayed = season_of(with(&[later]), "", 72).as_of(today);
        let then = season_of(before, "", day);
        let verdicts = |season: &freshlegs::season::Season| -> Vec<_> {
            season.sessions().iter().map(|s| (s.verdict.clone(), s.hard)).collect()
        };
        prop_assert_eq!(verdicts(&replayed), verdicts(&then));
    }
}
