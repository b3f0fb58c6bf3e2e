//! Recovery hours and the days after races.

use freshlegs::plan::Kind;
use freshlegs::plan::race::{race_days, race_stage};
use freshlegs::plan::recovery::{TaxingEffort, TaxingSession};
use serde_json::{Value, json};

use super::{Case, check, each, number, optional};

const KINDS: [(&str, Kind); 9] = [
    ("REST", Kind::Rest),
    ("RECOVERY", Kind::Recovery),
    ("EASY", Kind::Easy),
    ("LONG", Kind::Long),
    ("HARD", Kind::Hard),
    ("WALK_JOG", Kind::WalkJog),
    ("XTRAIN", Kind::CrossTrain),
    ("SHAKEOUT", Kind::Shakeout),
    ("RACE", Kind::Race),
];

fn kind(name: &Value) -> Kind {
    KINDS.iter().find(|(known, _)| name == known).map_or_else(|| panic!("no such kind: {name}"), |(_, kind)| *kind)
}

fn name(kind: Kind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or_else(|| panic!("no name for {kind}"), |(name, _)| *name)
}

fn effort(name: &Value) -> TaxingEffort {
    match name.as_str().unwrap() {
        "INTERVALS" => TaxingEffort::Intervals,
        "TEMPO" => TaxingEffort::Tempo,
        _ => kind(name).into(),
    }
}

fn recovery_hours(input: &Value) -> Value {
    each(input, |row| {
        let eccentric = row[5].as_bool().unwrap();
        let session =
            TaxingSession { effort: effort(&row[0]), load: number(&row[1]), minutes: number(&row[3]), eccentric };
        session.recovery_h(number(&row[2]), optional(&row[4]), number(&row[6]))
    })
}

fn days_after_races(input: &Value) -> Value {
    each(input, |km| {
        let days = race_days(number(km));
        [days.no_hard, days.full]
    })
}

/// The protocol up to the first day it no longer covers.
fn protocol(input: &Value) -> Value {
    let km = number(input);
    let stages = (1..).map_while(|day| race_stage(km, day)).map(|stage| json!(name(stage)));
    stages.chain([Value::Null]).collect()
}

pub const CASES: &[Case] = &[
    ("recovery_hours", recovery_hours),
    ("race_days", days_after_races),
    ("race_stage_marathon", protocol),
    ("race_stage_half", protocol),
    ("race_stage_10k", protocol),
];

#[test]
fn plan_vectors() {
    check(CASES);
}
