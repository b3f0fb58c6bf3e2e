//! Runners a coach would recognise.

use super::athletes::{MONDAY, Runner};
use crate::plan::{Kind, PlanInputs, plan};

const NONE: Kind = Kind::Rest;
const EASY: Kind = Kind::Easy;

/// Kinds and minutes of the days, a week a line.
fn grid(inputs: &PlanInputs, days: usize) -> String {
    let mut text = String::new();
    for day in &plan(inputs, days).days {
        let word = match day.kind {
            Kind::Rest => "–".to_owned(),
            kind => format!("{} {:.0}", kind.word(), day.minutes()),
        };
        let second = if day.second_run_s > 0.0 { format!("+{:.0}", day.second_run_s / 60.0) } else { String::new() };
        let end = if day.date.weekday() == jiff::civil::Weekday::Sunday { "\n" } else { " | " };
        text += &(word + &second + end);
    }
    text.trim_end().to_owned()
}

#[test]
fn a_steady_runner_keeps_days_minutes_and_long_run() {
    let week = [NONE, EASY, EASY, Kind::Hard, NONE, EASY, Kind::Long];
    let inputs = Runner::steady(400, week, 45.0).inputs(MONDAY);
    assert_eq!(
        grid(&inputs, 28),
        "– | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80\n\
         – | easy 50 | – | hard 40 | – | easy 50 | long 70\n\
         – | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80\n\
         – | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80"
    );
}

#[test]
fn every_constraint_stands_in_the_methods() {
    let methods = include_str!("../../../docs/methods.md");
    let missing: Vec<&str> =
        crate::plan::constraints().into_iter().map(|(_, name)| name).filter(|name| !methods.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
