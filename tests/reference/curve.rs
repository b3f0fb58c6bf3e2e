//! Methods §5.4–5.6, §7.5.

use super::{Case, check, each, list, number, numbers, optional, row};
use freshlegs::physiology::curve;
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("critical_speed", critical_speed),
    ("critical_speed_400_800_5000", critical_speed),
    ("riegel", riegel),
    ("riegel_v60", riegel_v60),
    ("v60_robust", |input| each(input, |runs| curve::v60_robust_mps(&numbers(runs)))),
    ("vdot", vdot),
    ("vdot_paces", vdot_paces),
    ("vdot_time", vdot_time),
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

fn vdot(input: &Value) -> Value {
    each(input, |race| {
        let [distance_m, minutes] = row(race);
        curve::vdot(distance_m, minutes * 60.0)
    })
}

fn vdot_paces(input: &Value) -> Value {
    each(input, |value| {
        let speed = |share| curve::vdot_speed_mps(number(value), share).expect("a speed");
        json!({
            "easy59": speed(*curve::VDOT_EASY.start()) * 60.0,
            "easy74": speed(*curve::VDOT_EASY.end()) * 60.0,
            "T88": speed(curve::VDOT_THRESHOLD) * 60.0,
            "vVDOT": speed(1.0) * 60.0,
            "T_pace_s_per_km": 1000.0 / speed(curve::VDOT_THRESHOLD),
        })
    })
}

fn vdot_time(input: &Value) -> Value {
    each(input, |race| {
        let [value, distance_m] = row(race);
        curve::vdot_time_s(value, distance_m).map(|time_s| time_s / 60.0)
    })
}

fn rec_pace_ceiling(input: &Value) -> Value {
    each(input, |speeds| {
        let ceiling = curve::recovery_ceiling_mps(optional(&speeds[0]), optional(&speeds[1]));
        ceiling.map(|mps| [mps, 1000.0 / mps])
    })
}
