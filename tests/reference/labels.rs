//! Methods §6.3, §6.4: the recovery score, its context and the decision list.

use super::{Case, check, each, number, optional};
use freshlegs::label::{
    self, Context, Criterion, Features, Freshening, Label, RecoveryScore, Title, Verdict, decide, recovery_score,
};
use serde_json::{Map, Value, json};

pub const CASES: &[Case] = &[
    ("context_score", context_score),
    ("recovery_score/clear_recovery", score),
    ("recovery_score/recovery_without_context", score),
    ("recovery_score/easy_run", score),
    ("recovery_score/too_hard", score),
    ("recovery_score/no_hr_recovery", score),
    ("recovery_score/no_hr_no_vthr", score),
    ("recovery_score/rpe_contradicts", score),
    ("recovery_score/titled", score),
    ("classify/recovery", classify),
    ("classify/too_hard", classify),
    ("classify/easy", classify),
    ("classify/strides_block_recovery", classify),
    ("classify/no_hr", classify),
    ("classify/long", classify),
    ("classify/tempo", classify),
    ("classify/intervals", classify),
    ("classify/shakeout", classify),
    ("classify/fragment", classify),
    ("classify/steady", classify),
    ("classify/walk", classify),
    ("classify/race", classify),
    ("classify/titled_recovery_run_long_and_hard", classify),
    ("classify/titled_recovery_kept", classify),
];

#[test]
fn label_numbers() {
    check(CASES);
}

fn context_score(input: &Value) -> Value {
    each(input, |pair| label::context_score(optional(&pair[0]), number(&pair[1])))
}

/// The run of an input; what it does not name is as on a plain run.
fn features(input: &Value) -> Features {
    let or = |key: &str, otherwise: f64| optional(&input[key]).unwrap_or(otherwise);
    let says = |key: &str| input[key].as_bool().unwrap_or(false);
    Features {
        duration_min: number(&input["dur"]),
        distance_km: Some(or("dist_km", 5.5)),
        summary_only: false,
        run_share: or("run_share", 1.0),
        heart_rate_mean_bpm: optional(&input["hr_mean"]),
        above_lt1: optional(&input["above_lt1"]),
        above_lthr: optional(&input["above_lthr"]),
        speed_mps: optional(&input["v"]),
        fast_pace_share: optional(&input["z_share_pace"]),
        hard_s: or("t_hard", 0.0),
        fast_s: or("fast_s", 0.0),
        repetitions: or("n_reps", 0.0) as usize,
        descent_m: 0.0,
        trail: false,
        load: number(&input["load"]),
        quality: or("q_src", 1.0),
        rpe: optional(&input["rpe"]),
        title: Title { recovery: says("titled_recovery"), gentle: says("title"), race: false },
        race_km: says("race").then(|| number(&input["dist_km"])),
        heart_rate_coverage: if input["hr_mean"].is_null() { 0.0 } else { 1.0 },
        earlier_runs: or("n_base", 0.0) as usize,
        length_in_doubt: false,
    }
}

fn context(input: &Value) -> Context {
    let hours_ago = |hours| Freshening::AfterHard { hours, label: Label::Long };
    // The inputs give part C itself; these hours bring it about.
    let freshening = match number(&input["ctx"]) {
        1.0 => hours_ago(20.0),
        0.7 => hours_ago(48.0),
        0.4 => hours_ago(70.0),
        _ => Freshening::Nothing,
    };
    assert_eq!(freshening.score(), number(&input["ctx"]));
    Context {
        ceiling_bpm: number(&input["hrc"]),
        lt1_bpm: 153.0,
        usual_mps: optional(&input["v_ref"]),
        threshold_mps: optional(&input["v_thr"]),
        usual_min: optional(&input["med_dur"]),
        fitness: number(&input["ctl"]),
        base_runs: optional(&input["n_base"]).unwrap_or(0.0) as usize,
        freshening,
        race_in_h: optional(&input["race_next_h"]),
    }
}

fn score(input: &Value) -> Value {
    let RecoveryScore { points, parts } = recovery_score(&features(input), &context(input));
    let letter = |criterion| match criterion {
        Criterion::Intensity => "I",
        Criterion::Excursions => "X",
        Criterion::Pace => "P",
        Criterion::Duration => "D",
        Criterion::Load => "L",
        Criterion::Context => "C",
    };
    let parts: Map<String, Value> =
        parts.into_iter().map(|part| (letter(part.criterion).to_owned(), json!(part.value))).collect();
    json!({ "score": points, "parts": parts })
}

fn classify(input: &Value) -> Value {
    let Verdict { label, score, confidence, .. } = decide(&features(input), &context(input));
    json!({ "label": label.word().to_uppercase(), "score": score.points, "confidence": confidence })
}

/// Every label states its reasons, and none of them speaks of a number that is not there.
#[test]
fn every_verdict_says_why() {
    let vectors = super::vectors();
    let inputs = CASES.iter().filter(|(key, _)| key.starts_with("classify")).map(|(key, _)| &vectors[*key]["in"]);
    for input in inputs {
        let verdict = decide(&features(input), &context(input));
        assert!(!verdict.reasons.is_empty(), "{:?}", verdict.label);
        for reason in verdict.reasons {
            let sentence = reason.to_string();
            assert!(!sentence.contains("NaN") && !sentence.contains("inf"), "{sentence}");
        }
    }
}

/// Where nothing can be compared, nothing gentle is claimed.
#[test]
fn without_any_measure_there_is_no_recovery_run() {
    let vectors = super::vectors();
    let input = &vectors["classify/recovery"]["in"];
    let blind = Features { heart_rate_mean_bpm: None, above_lt1: None, speed_mps: None, ..features(input) };
    assert_eq!(decide(&blind, &context(input)).label, Label::Unknown);
    let broken = Features { length_in_doubt: true, ..features(input) };
    assert_eq!(decide(&broken, &context(input)).label, Label::Unknown);
    let titled = Features { title: Title { recovery: true, gentle: true, race: false }, ..broken };
    assert_eq!(decide(&titled, &context(input)).label, Label::Unknown);
    let indoors = Features { distance_km: None, ..features(input) };
    assert_ne!(decide(&indoors, &context(input)).label, Label::Fragment, "half an hour without a distance");
    assert_eq!(decide(&Features { duration_min: 5.0, ..blind }, &context(input)).label, Label::Fragment);
}
