//! Recovery hours, race protocols and whole plans, day by day.

use freshlegs::{
    physiology::training::Fitness,
    plan::{
        CheckIn, Kind, Level, PastDay, PlannedDay, Preferences, Race, Reason, State, Usual, plan,
        race::{race_days, race_stage},
        recovery::{Effort, Session},
    },
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use serde_json::{Value, json};

use super::{Case, check, each, list, number, numbers, optional};

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

fn effort(name: &Value) -> Effort {
    match name.as_str().unwrap() {
        "INTERVALS" => Effort::Intervals,
        "TEMPO" => Effort::Tempo,
        _ => kind(name).into(),
    }
}

fn count(value: &Value) -> Option<u32> {
    value.as_u64().map(|n| u32::try_from(n).unwrap())
}

fn recovery_hours(input: &Value) -> Value {
    each(input, |row| {
        let eccentric = row[5].as_bool().unwrap();
        let session = Session { effort: effort(&row[0]), load: number(&row[1]), minutes: number(&row[3]), eccentric };
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

/// A Monday.
fn start() -> Date {
    date(2026, 3, 2)
}

fn weekday(value: &Value) -> Option<Weekday> {
    value.as_i64().map(|day| Weekday::from_monday_zero_offset(i8::try_from(day).unwrap()).unwrap())
}

fn races(given: &Value) -> Vec<Race> {
    let race = |days: i64, km: &Value| Race { date: start() + days.days(), distance_km: number(km) };
    let coming = given["races"].as_array().into_iter().flatten().map(|r| race(r["day"].as_i64().unwrap(), &r["km"]));
    let last = given["last_race"].as_array().map(|r| race(-r[0].as_i64().unwrap(), &r[1]));
    coming.chain(last).collect()
}

fn state(given: &Value) -> State {
    assert_eq!(given["dow0"], 0, "the plans start on a Monday");
    let past_day = |day: &Value| PastDay { kind: kind(&day[0]), load: number(&day[1]) };
    State {
        start: start(),
        fitness: numbers(&given["ctl_hist"]),
        fatigue: number(&given["atl"]),
        history: list(&given["hist"]).iter().map(past_day).collect(),
        residual_h: number(&given["residual"]),
        days_since_long: count(&given["since_long"]),
        days_since_hard: count(&given["since_hard"]),
        races: races(given),
        preferences: Preferences {
            rest_day: weekday(&given["rest_dow"]),
            busy_day: weekday(&given["busy_dow"]),
            long_day: weekday(&given["long_dow"]),
            max_runs: count(&given["max_runs"]),
            max_hard: count(&given["max_hard"]),
            max_consecutive: count(&given["max_consec"]),
            ..Preferences::default()
        },
        usual: Usual {
            easy_min: optional(&given["easy_dur"]),
            long_min: optional(&given["long_dur"]),
            hard_min: optional(&given["hard_dur"]),
            ..Usual::default()
        },
        check_in: CheckIn {
            soreness: optional(&given["soreness"]),
            sleep_h: optional(&given["sleep"]),
            motivation: count(&given["motivation"]).map(|n| u8::try_from(n).unwrap()),
            ..CheckIn::default()
        },
        level: if given["level"] == "red" { Level::Red } else { Level::Green },
        age_years: optional(&given["age"]),
        threshold_mps: optional(&given["v_thr"]),
        ..State::default()
    }
}

/// The vectors' word for a reason.
fn word(reason: &Reason) -> String {
    match *reason {
        Reason::RaceDay { .. } => "race day".into(),
        Reason::PostRace { day, .. } => format!("post-race day {day}"),
        Reason::PreferredRestDay { .. } => "preferred rest day".into(),
        Reason::RaceTomorrow { .. } => "race tomorrow".into(),
        Reason::RaceInTwoDays { .. } => "race in two days".into(),
        Reason::Overtraining => "overtraining warning".into(),
        Reason::DayAfter { yesterday: Kind::Long } => "day after the long run".into(),
        Reason::DayAfter { .. } => "day after the hard session".into(),
        Reason::RunsUsed { .. } => "weekly run budget used".into(),
        Reason::Overloaded { relative_form } => format!("form {relative_form:.0} %"),
        Reason::BusiestDay { .. } => "busiest day".into(),
        Reason::LongRunDay { .. } => "long-run day".into(),
        Reason::Recovered => "recovered".into(),
        Reason::AerobicBase => "aerobic base".into(),
        Reason::RampGuard { .. } => "ramp guard".into(),
        ref other => format!("{other}"),
    }
}

/// The vectors name the deciding reason, and only these beside it.
fn why(day: &PlannedDay) -> String {
    let (first, others) = day.reasons.split_first().unwrap();
    let named = others.iter().filter_map(|reason| match reason {
        Reason::RampGuard { .. } => Some(format!("; {}", word(reason))),
        Reason::PreferredRestDay { .. } => Some(format!(", {}", word(reason))),
        _ => None,
    });
    word(first) + &named.collect::<String>()
}

/// The vectors are printed with six decimals, minutes with three.
fn six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn planned(input: &Value, days: usize) -> Value {
    let row = |(index, day): (usize, &PlannedDay)| {
        json!({
            "day": index,
            "dow": day.date.weekday().to_monday_zero_offset(),
            "type": name(day.kind),
            "min": day.minutes,
            "load": six_decimals(day.load),
            "ctl": six_decimals(day.fitness),
            "atl": six_decimals(day.fatigue),
            "form_next": six_decimals(Fitness { ctl: day.fitness, atl: day.fatigue }.relative_form()),
            "residual_next": six_decimals(day.residual_h),
            "why": why(day),
        })
    };
    plan(&state(input), days).iter().enumerate().map(row).collect()
}

pub const CASES: &[Case] = &[
    ("recovery_hours", recovery_hours),
    ("race_days", days_after_races),
    ("race_stage_marathon", protocol),
    ("race_stage_half", protocol),
    ("race_stage_10k", protocol),
    ("plan/A_after_long_run", |input| planned(input, 14)),
    ("plan/B_after_half_marathon", |input| planned(input, 14)),
    ("plan/C_overtraining_red", |input| planned(input, 10)),
    ("plan/D_race_in_six_days", |input| planned(input, 14)),
    ("plan/E_beginner_ramp_guard", |input| planned(input, 14)),
];

#[test]
fn plan_vectors() {
    check(CASES);
}
