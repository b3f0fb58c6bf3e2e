//! Methods §4.

use super::{Case, check, each, number, numbers, row};
use freshlegs::physiology::training::{
    self, FATIGUE_DAYS, FITNESS_DAYS, Fitness, FormZone, IntensityShares, fitness_series, k_tau,
};
use serde_json::{Value, json};

pub const CASES: &[Case] = &[
    ("ctl_atl_tsb", ctl_atl_tsb),
    ("ctl_rest_decay", ctl_rest_decay),
    ("monotony_strain", monotony_strain),
    ("polarization_index", polarization_index),
    ("form_zone", |input| each(input, |form| FormZone::of(number(form)).to_string())),
    ("ramp_limit", |input| each(input, |ctl| training::ramp_limit(number(ctl)))),
    ("session_spike", session_spike),
    ("rest_cost_pct", |input| each(input, |days| 100.0 * training::rest_cost(number(days)))),
];

#[test]
fn training_numbers() {
    check(CASES);
}

fn ctl_atl_tsb(input: &Value) -> Value {
    let days = fitness_series(Fitness::default(), &numbers(input));
    let last = days[days.len() - 1];
    json!({
        "ctl_last": last.ctl,
        "atl_last": last.atl,
        "ctl_day7": days[6].ctl,
        "atl_day7": days[6].atl,
        "form_morning_day31": last.form(),
        "form_rel": last.relative_form(),
        "k42": k_tau(FITNESS_DAYS),
        "k7": k_tau(FATIGUE_DAYS),
        "ramp7": last.ctl - days[days.len() - 8].ctl,
    })
}

fn ctl_rest_decay(input: &Value) -> Value {
    let start = Fitness { ctl: number(&input["ctl"]), atl: number(&input["atl"]) };
    each(&input["days"], |days| {
        let rested = (0..number(days) as usize).fold(start, |state, _| state.step(0.0));
        [rested.ctl, rested.atl, rested.form()]
    })
}

fn monotony_strain(input: &Value) -> Value {
    each(input, |loads| training::monotony(&numbers(loads)).map(|week| [week.monotony, week.strain]))
}

fn polarization_index(input: &Value) -> Value {
    each(input, |shares| {
        let [low, middle, high] = row(shares);
        IntensityShares { low, middle, high }.polarization_index()
    })
}

fn session_spike(input: &Value) -> Value {
    let spike = training::session_spike(number(&input["dist"]), number(&input["max30"]));
    let (ratio, class) = spike.expect("a longest run");
    json!({"ratio": ratio, "class": class.to_string()})
}
