//! Methods §5.4–5.6, §7.5.

use super::{Case, check, each, list, numbers, optional, row};
use freshlegs::physiology::curve;
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("critical_speed", critical_speed),
    ("critical_speed_400_800_5000", critical_speed),
    ("riegel", riegel),
    ("riegel_v60", riegel_v60),
    ("v60_robust", |input| each(input, |runs| curve::v60_robust_mps(&numbers(runs)))),
    ("rec_pace_ceiling", rec_pace_ceiling),
];

#[test]
fn curve_numbers() {
    check(CASES);
}

fn critical_speed(input: &Value) -> Value {
    let efforts: Vec<(f64, f64)> = list(input).iter().map(|effort| row::<2>(effort).into()).collect();
    let fit = curve::critical_speed(&efforts).expect("three efforts or more");
    assert!(fit.is_plausible(), "{fit:?}");
    json!({"cs": fit.speed_mps, "dprime": fit.reserve_m, "r2": fit.r2})
}

fn riegel(input: &Value) -> Value {
    each(input, |race| {
        let [time_s, distance_m, other_m] = row(race);
        curve::riegel_time_s(time_s, distance_m, other_m)
    })
}

fn riegel_v60(input: &Value) -> Value {
    each(input, |effort| {
        let [distance_m, time_s] = row(effort);
        curve::v60_mps(distance_m / time_s, time_s)
    })
}

fn rec_pace_ceiling(input: &Value) -> Value {
    each(input, |speeds| {
        let ceiling = curve::recovery_ceiling_mps(optional(&speeds[0]), optional(&speeds[1]));
        ceiling.map(|mps| [mps, 1000.0 / mps])
    })
}
