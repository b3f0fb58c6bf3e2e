//! Methods §2.4–2.6, §3.6–3.8.

use super::{Case, check, described, each, number, numbers, row};
use freshlegs::physiology::statistics::mean;
use freshlegs::physiology::{effort, grade};
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("gap_factor_hr", |input| each(input, |slope| grade::heart_rate_factor(number(slope)))),
    ("ngp", ngp),
    ("decoupling_ef", decoupling_ef),
    ("rtss", rtss),
    ("rpe_load", rpe_load),
    ("pace_calibration", pace_calibration),
];

#[test]
fn effort_numbers() {
    check(CASES);
}

/// The grade-adjusted speeds that «ngp» describes and «t_hard_seconds» takes up.
pub fn intervals_mps() -> Vec<f64> {
    let repetition = [vec![4.2; 180], vec![2.2; 120]].concat();
    [vec![2.8; 600], repetition.repeat(4), vec![2.7; 900]].concat()
}

fn ngp(input: &Value) -> Value {
    described(input, "600 s @2.8; 4x(180 s @4.2 + 120 s @2.2); 900 s @2.7 (1 Hz)");
    let speeds = intervals_mps();
    let (mean, ngp) = (mean(&speeds).unwrap(), effort::ngp_mps(&speeds).unwrap());
    json!({"mean": mean, "ngp": ngp, "ngp_const_3.0": effort::ngp_mps(&[3.0; 600]), "vi": ngp / mean})
}

fn decoupling_ef(input: &Value) -> Value {
    described(input, "1 Hz, i=0..3599, m=i//60: v=3.0-0.0001*m, hr=140+0.2*m");
    let second = |i: i32| (Some(3.0 - 0.0001 * f64::from(i / 60)), Some(140.0 + 0.2 * f64::from(i / 60)));
    let seconds: Vec<effort::PaceAndHeart> = (0..3600).map(second).collect();
    json!({
        "decoupling_pct": effort::decoupling_of_halves(&seconds).map(|share| 100.0 * share),
        "ef_m_per_min_per_bpm": effort::mean_efficiency(&seconds),
    })
}

fn rtss(input: &Value) -> Value {
    each(input, |run| {
        let [hours, ngp, threshold] = row(run);
        effort::rtss(hours * 3600.0, ngp, threshold)
    })
}

fn rpe_load(input: &Value) -> Value {
    each(input, |run| {
        let [minutes, rpe] = row(run);
        effort::rpe_load(minutes * 60.0, rpe)
    })
}

fn pace_calibration(input: &Value) -> Value {
    let pairs: Vec<(f64, f64)> = numbers(&input["hr_load"]).into_iter().zip(numbers(&input["rtss"])).collect();
    json!(effort::pace_calibration(&pairs))
}
