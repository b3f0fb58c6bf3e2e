//! Recovery hours, race protocols and whole plans, day by day.

use freshlegs::plan::{
    CheckIn, Kind, Level, PastDay, PlannedDay, Preferences, Race, Reason, State, Usual, plan,
    race::{race_days, race_stage},
    recovery::{Effort, Session},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use serde_json::Value;

use super::{close, vector};

fn effort(name: &Value) -> Effort {
    match name.as_str().unwrap() {
        "RACE" => Effort::Race,
        "INTERVALS" => Effort::Intervals,
        "TEMPO" => Effort::Tempo,
        "LONG" => Effort::Long,
        "EASY" => Effort::Easy,
        "RECOVERY" => Effort::Gentle,
        other => panic!("no such effort: {other}"),
    }
}

fn kind(name: &Value) -> Kind {
    match name.as_str().unwrap() {
        "REST" => Kind::Rest,
        "RECOVERY" => Kind::Recovery,
        "EASY" => Kind::Easy,
        "LONG" => Kind::Long,
        "HARD" => Kind::Hard,
        "WALK_JOG" => Kind::WalkJog,
        "XTRAIN" => Kind::CrossTrain,
        "SHAKEOUT" => Kind::Shakeout,
        "RACE" => Kind::Race,
        other => panic!("no such kind: {other}"),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn count(value: &Value) -> Option<u32> {
    value.as_u64().map(|n| u32::try_from(n).unwrap())
}

#[test]
fn recovery_hours() {
    let (given, expected) = vector("recovery_hours");
    for (row, hours) in given.as_array().unwrap().iter().zip(expected.as_array().unwrap()) {
        let session = Session {
            effort: effort(&row[0]),
            load: number(&row[1]),
            minutes: number(&row[3]),
            eccentric: row[5].as_bool().unwrap(),
        };
        close(&format!("{row}"), session.recovery_h(number(&row[2]), row[4].as_f64(), number(&row[6])), number(hours));
    }
}

#[test]
fn restricted_days_after_races() {
    let (given, expected) = vector("race_days");
    for (km, days) in given.as_array().unwrap().iter().zip(expected.as_array().unwrap()) {
        let found = race_days(number(km));
        assert_eq!((Some(found.no_hard), Some(found.full)), (count(&days[0]), count(&days[1])), "{km} km");
    }
}

#[test]
fn protocols_after_races() {
    for name in ["race_stage_marathon", "race_stage_half", "race_stage_10k"] {
        let (km, expected) = vector(name);
        for (day, stage) in (1..).zip(expected.as_array().unwrap()) {
            let stage = if stage.is_null() { None } else { Some(kind(stage)) };
            assert_eq!(race_stage(number(&km), day), stage, "{name}, day {day}");
        }
    }
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
    assert_eq!(given["dow0"], 0, "the vectors start on a Monday");
    let past_day = |day: &Value| PastDay { kind: kind(&day[0]), load: number(&day[1]) };
    State {
        start: start(),
        fitness: given["ctl_hist"].as_array().unwrap().iter().map(number).collect(),
        fatigue: number(&given["atl"]),
        history: given["hist"].as_array().unwrap().iter().map(past_day).collect(),
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
            easy_min: given["easy_dur"].as_f64(),
            long_min: given["long_dur"].as_f64(),
            hard_min: given["hard_dur"].as_f64(),
            ..Usual::default()
        },
        check_in: CheckIn {
            soreness: given["soreness"].as_f64(),
            sleep_h: given["sleep"].as_f64(),
            motivation: count(&given["motivation"]).map(|n| u8::try_from(n).unwrap()),
            ..CheckIn::default()
        },
        level: if given["level"] == "red" { Level::Red } else { Level::Green },
        age_years: given["age"].as_f64(),
        threshold_mps: given["v_thr"].as_f64(),
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

fn check_plan(name: &str) {
    let (given, expected) = vector(name);
    let expected = expected.as_array().unwrap();
    let days = plan(&state(&given), expected.len());
    assert_eq!(days.len(), expected.len());
    for (day, row) in days.iter().zip(expected) {
        let what = format!("{name}, day {}: {day:?}", row["day"]);
        assert_eq!((Some(day.date.weekday()), day.kind), (weekday(&row["dow"]), kind(&row["type"])), "{what}");
        assert_eq!(why(day), row["why"], "{what}");
        let form_next = 100.0 * (day.fitness - day.fatigue) / day.fitness.max(20.0);
        let found = [day.minutes, day.load, day.fitness, day.fatigue, form_next, day.residual_h];
        let columns = ["min", "load", "ctl", "atl", "form_next", "residual_next"];
        for (found, column) in found.into_iter().zip(columns) {
            close(&format!("{column} of {what}"), found, number(&row[column]));
        }
    }
    for pair in days.windows(2) {
        close("form of the morning", pair[1].form, pair[0].fitness - pair[0].fatigue);
    }
}

#[test]
fn after_a_long_run() {
    check_plan("plan/A_after_long_run");
}

#[test]
fn after_a_half_marathon() {
    check_plan("plan/B_after_half_marathon");
}

#[test]
fn on_red() {
    check_plan("plan/C_overtraining_red");
}

#[test]
fn a_race_in_six_days() {
    check_plan("plan/D_race_in_six_days");
}

#[test]
fn a_beginner_held_back_by_the_ramp_guard() {
    check_plan("plan/E_beginner_ramp_guard");
}
