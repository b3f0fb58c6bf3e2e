//! Methods §1.

use super::{Case, check, described, each, number, numbers, optional, row};
use freshlegs::clean::gait::{Gait, gait};
use freshlegs::clean::{distance, elevation, heart_rate, resample};
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("haversine", haversine),
    ("gps_spike_filter", gps_spike_filter),
    ("resample_1hz", resample_1hz),
    ("hampel", |input| json!(heart_rate::hampel(&numbers(input).into_iter().map(Some).collect::<Vec<_>>()))),
    ("cadence_lock", cadence_lock),
    ("gait", gaits),
    ("grade_at", grade_at),
    ("elevation_gain_h3", |input| json!(elevation::gain_and_loss(&numbers(input), 3.0))),
];

#[test]
fn cleaning_numbers() {
    check(CASES);
}

fn haversine(input: &Value) -> Value {
    each(input, |pair| {
        let [lat_a, lon_a, lat_b, lon_b] = row(pair);
        distance::straight_m((lat_a, lon_a), (lat_b, lon_b))
    })
}

fn gps_spike_filter(input: &Value) -> Value {
    let points: Vec<(f64, f64, f64)> = super::list(input).iter().map(|p| row::<3>(p).into()).collect();
    let kept = distance::without_spikes(&points, distance::MAX_RUNNING_MPS);
    json!(kept.iter().map(|k| k.index).collect::<Vec<_>>())
}

fn resample_1hz(input: &Value) -> Value {
    let points: Vec<(f64, f64)> = numbers(&input["t"]).into_iter().zip(numbers(&input["y"])).collect();
    json!(resample::resample_1hz(&points, number(&input["max_gap"])))
}

fn cadence_lock(input: &Value) -> Value {
    described(input, "hr: 200 s ramp 120+0.1i, 260 s 172+(i%3), 100 s 140; cad: 170+(i%2)");
    let ramp = (0..200).map(|i| 120.0 + 0.1 * f64::from(i));
    let locked = (0..260).map(|i| 172.0 + f64::from(i % 3));
    let bpm: Vec<Option<f64>> = ramp.chain(locked).chain([140.0; 100]).map(Some).collect();
    let cadence: Vec<Option<f64>> = (0..560).map(|i| Some(170.0 + f64::from(i % 2))).collect();
    json!(heart_rate::cadence_lock(&bpm, &cadence))
}

fn gaits(input: &Value) -> Value {
    each(input, |moment| match gait(optional(&moment[0]), optional(&moment[1])) {
        Some(Gait::Stop) => Some("stop"),
        Some(Gait::Walk) => Some("walk"),
        Some(Gait::Run) => Some("run"),
        None => None,
    })
}

fn grade_at(input: &Value) -> Value {
    described(&input["dist"], "2.8*i, i=0..59");
    described(&input["alt"], "100+0.05*d if d<80 else 104-0.02*(d-80)");
    let distance: Vec<f64> = (0..60).map(|i| 2.8 * f64::from(i)).collect();
    let altitude = |d: &f64| Some(if *d < 80.0 { 100.0 + 0.05 * d } else { 104.0 - 0.02 * (d - 80.0) });
    let altitude: Vec<Option<f64>> = distance.iter().map(altitude).collect();
    let distance: Vec<Option<f64>> = distance.into_iter().map(Some).collect();
    let grades: Vec<Option<f64>> = elevation::grades(&distance, &altitude, 20.0).collect();
    each(&input["idx"], |i| grades[number(i) as usize])
}
