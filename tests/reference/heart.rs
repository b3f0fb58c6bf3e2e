//! Methods §2.1, §2.2, §3.1–3.2, §5.1, §5.3, §6.2.

use super::{Case, check, each, list, number, optional, row};
use freshlegs::physiology::heart::{self, AgeFormula, TrimpWeight};
use freshlegs::physiology::zones::FRIEL_RUN;
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("hrr", hrr),
    ("friel_zone_run", friel_zone_run),
    ("rec_hr_ceiling", rec_hr_ceiling),
    ("banister_trimp", banister_trimp),
    ("trimp_series", trimp_series),
    ("hr_load", hr_load),
    ("hrmax_age", hrmax_age),
    ("lthr_from_bests", lthr_from_bests),
];

#[test]
fn heart_rate_numbers() {
    check(CASES);
}

/// Rest, maximum and threshold that the notes of the load vectors name.
const REST: f64 = 50.0;
const MAX: f64 = 190.0;
const LTHR: f64 = 170.0;

fn weight(sex: &str) -> TrimpWeight {
    match sex {
        "male" => TrimpWeight::MEN,
        "female" => TrimpWeight::WOMEN,
        "unknown" => TrimpWeight::UNKNOWN,
        other => panic!("no weight for {other}"),
    }
}

/// `case` for each of the three weights, by name.
fn by_sex(case: impl Fn(TrimpWeight) -> Value) -> Value {
    ["male", "female", "unknown"].map(|sex| (sex.to_owned(), case(weight(sex)))).into_iter().collect()
}

fn hrr(input: &Value) -> Value {
    each(input, |triple| {
        let [bpm, rest, max] = row(triple);
        heart::reserve(bpm, rest, max)
    })
}

fn friel_zone_run(input: &Value) -> Value {
    each(&input["hr"], |bpm| FRIEL_RUN.index(number(bpm) / number(&input["lthr"])) + 1)
}

fn rec_hr_ceiling(input: &Value) -> Value {
    each(input, |triple| {
        let [max, rest, lthr] = row(triple);
        heart::recovery_ceiling_bpm(max, rest, lthr)
    })
}

fn banister_trimp(input: &Value) -> Value {
    let steady = |bpm: f64, minutes: f64, weight| {
        heart::trimp([bpm], minutes * 60.0, number(&input["rest"]), number(&input["max"]), weight)
    };
    by_sex(|weight| {
        json!({
            "avg_60min_hr150": steady(150.0, 60.0, weight),
            "avg_40min_hr130": steady(130.0, 40.0, weight),
            "one_hour_at_lthr170": steady(170.0, 60.0, weight),
        })
    })
}

fn trimp_series(input: &Value) -> Value {
    super::described(input, "hr[i]=120+(i mod 41), i=0..2399, 1 Hz, rest 50 max 190 lthr 170");
    by_sex(|weight| {
        let bpm = (0..2400).map(|i| 120.0 + f64::from(i % 41));
        let trimp = heart::trimp(bpm, 1.0, REST, MAX, weight);
        json!({
            "trimp": trimp,
            "hr_load": trimp.and_then(|trimp| heart::heart_rate_load(trimp, REST, MAX, LTHR, weight)),
        })
    })
}

fn hr_load(input: &Value) -> Value {
    each(input, |run| {
        let weight = weight(run[0].as_str().unwrap_or_default());
        let trimp = heart::trimp([number(&run[2])], 60.0 * number(&run[1]), REST, MAX, weight)?;
        heart::heart_rate_load(trimp, REST, MAX, LTHR, weight)
    })
}

fn hrmax_age(input: &Value) -> Value {
    let ages = |formula: AgeFormula| each(input, |age| formula.max_bpm(number(age)));
    json!({"tanaka": ages(AgeFormula::Tanaka), "gellish": ages(AgeFormula::Gellish), "nes": ages(AgeFormula::Nes)})
}

fn lthr_from_bests(input: &Value) -> Value {
    each(input, |bests| {
        let bests = list(bests);
        heart::lthr_from_bests(optional(&bests[0]), optional(&bests[1]), optional(&bests[2]))
    })
}
