//! Methods §3–§6, second edition: `second.json`, as `second.py` works it out.

use super::{compare, each, number, numbers, optional};
use freshlegs::athlete::Athlete;
use freshlegs::intent::{Intent, Purpose, Voice};
use freshlegs::label::{Context, Criterion, Effort, Features, Label, RecoveryPrompt, recovery_score};
use freshlegs::physiology::curve;
use freshlegs::physiology::statistics::normal_share_below;
use freshlegs::physiology::training::{Fitness, fitness_series};
use freshlegs::profile::Profile;
use freshlegs::rule::RecoveryRule;
use jiff::civil::date;
use serde_json::{Value, json};

fn second() -> Value {
    serde_json::from_str(include_str!("second.json")).expect("second.json is JSON")
}

fn check(key: &str, case: impl Fn(&Value) -> Value) {
    let vector = &second()[key];
    let mut differences = Vec::new();
    compare(key, &case(&vector["in"]), &vector["out"], &mut differences);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn scores() {
    let second = second();
    let runs = second["score"].as_object().expect("runs by name");
    assert!(runs.len() > 10);
    let mut differences = Vec::new();
    for (name, run) in runs {
        compare(name, &score(&run["in"]), &run["out"], &mut differences);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The run of an input; what it does not name is as on a plain run.
fn features(input: &Value) -> Features {
    let is_titled = input["titled"].as_bool().unwrap_or(false);
    let purposes: &[Purpose] = if is_titled { &[Purpose::Easy] } else { &[] };
    Features {
        duration_min: number(&input["minutes"]),
        distance_km: Some(5.5),
        run_share: 1.0,
        names_running: true,
        heart_rate_mean_bpm: optional(&input["hr"]),
        walking_bpm: None,
        above_lt1: optional(&input["above_lt1"]),
        above_lthr: optional(&input["hr"]).map(|_| 0.0),
        speed_mps: optional(&input["v"]),
        fast_pace_share: optional(&input["fast_share"]),
        best_10min_mps: None,
        best_10min_bpm: None,
        effort: Effort::default(),
        descent_m: 0.0,
        altitude_m: None,
        air_c: None,
        trail: false,
        load: number(&input["load"]),
        quality: 1.0,
        rpe: optional(&input["rpe"]),
        intent: Intent::default().and(Voice::Title, purposes),
        race: None,
        heart_rate_coverage: 1.0,
        earlier_runs: 30,
        summary_only: false,
        length_in_doubt: false,
    }
}

fn context(input: &Value) -> Context {
    let today = date(2026, 6, 22);
    let athlete = Athlete::new(&[], &Profile::default(), today);
    let hard = optional(&input["hours_since_hard"]).map(|hours| (hours, Label::Tempo, true));
    let given = |mps: f64| {
        let profile = Profile::parse("[athlete]\nthreshold_pace = \"4:30\"").expect("a profile");
        let estimate = Athlete::new(&[], &profile, today).at(today).speed_threshold.expect("given");
        freshlegs::athlete::Estimate { value: mps, ..estimate }
    };
    Context {
        ceiling_bpm: number(&input["ceiling"]),
        threshold: optional(&input["v_thr"]).map(given),
        usual_mps: optional(&input["usual_v"]),
        usual_bpm: optional(&input["usual_hr"]),
        usual_min: optional(&input["usual_min"]),
        fitness: number(&input["ctl"]),
        base_runs: number(&input["base_runs"]) as usize,
        prompt: RecoveryPrompt::of(None, hard, 0.0),
        ..Context::of(athlete.at(today))
    }
}

fn score(input: &Value) -> Value {
    let found = recovery_score(&features(input), &context(input), &RecoveryRule::default());
    let letters = ["I", "X", "P", "D", "L", "C"];
    let parts = Criterion::ALL.into_iter().zip(letters);
    let parts: serde_json::Map<String, Value> =
        parts.filter_map(|(criterion, letter)| Some((letter.to_owned(), json!(found.value(criterion)?)))).collect();
    json!({ "score": found.points, "parts": parts })
}

#[test]
fn ceilings() {
    check("ceilings", |input| {
        each(input, |row| {
            let preset = row[0].as_str().and_then(|word| word.parse().ok()).expect("a preset");
            RecoveryRule::of(preset).ceiling_bpm(number(&row[1]), number(&row[2]), number(&row[3]), optional(&row[4]))
        })
    });
}

#[test]
fn fitness() {
    check("fitness", |input| {
        each(input, |loads| {
            let loads = numbers(loads);
            let start = Fitness::start(&loads);
            let last = fitness_series(start, &loads).pop().expect("days");
            json!({"start": start.ctl, "ctl_last": last.ctl, "atl_last": last.atl})
        })
    });
}

#[test]
fn normal_distribution() {
    // The program's formula is good to 7.5e-8, which is more than 1e-6 of the smallest shares.
    let second = second();
    for (z, share) in numbers(&second["phi"]["in"]).into_iter().zip(numbers(&second["phi"]["out"])) {
        assert!((normal_share_below(z) - share).abs() < 1e-7, "{z}");
    }
}

#[test]
fn usual_pace() {
    check("usual_pace", |input| {
        each(input, |effort| curve::v60_mps(number(&effort[0]), number(&effort[1])).map(curve::threshold_of_usual_mps))
    });
}
