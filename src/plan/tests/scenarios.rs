//! Runners a coach would recognise.

#![allow(clippy::disallowed_methods, reason = "tests read and write their snapshot")]

use super::athletes::{MONDAY, MadeUpRunner};
use crate::plan::{
    CheckIn, Goal, Kind, Level, PastDay, Plan, PlanInputs, PlanNote, PlanReason, Priority, Race, Signal, Wishes, plan,
};
use crate::profile::DateRange;
use jiff::ToSpan;
use jiff::civil::Weekday;
use std::fs;
use std::path::Path;

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
        let end = if day.date.weekday() == Weekday::Sunday { "\n" } else { " | " };
        text += &(word + &second + end);
    }
    text.trim_end().to_owned()
}

#[test]
fn a_steady_runner_keeps_days_minutes_and_long_run() {
    let week = [NONE, EASY, EASY, Kind::Hard, NONE, EASY, Kind::Long];
    let inputs = MadeUpRunner::steady(400, week, 45.0).inputs(MONDAY);
    assert_eq!(
        grid(&inputs, 28),
        "– | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80\n\
         – | easy 45 | – | hard 40 | – | easy 45 | long 70\n\
         – | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80\n\
         – | easy 45 | easy 45 | hard 50 | – | easy 45 | long 80"
    );
}

/// Days whose words stand in the snapshot.
const DAYS_TOLD: usize = 14;

/// Why each of the first days is what it is, a day a line; then what is to be read beside the plan.
fn told(plan: &Plan) -> String {
    let mut text = String::new();
    for day in plan.days.iter().take(DAYS_TOLD) {
        let reasons: Vec<String> = day.reasons.iter().map(ToString::to_string).collect();
        text += &format!("  {} {}: {}\n", day.date.strftime("%a %e %b"), day.kind.word(), reasons.join("; "));
    }
    let notes = plan.notes.iter().filter(|note| **note != PlanNote::TakesForGranted);
    notes.for_each(|note| text += &format!("  * {note}\n"));
    text
}

/// Every plan a coach should look at, with all reasons: compared with `coach.txt`, which is to be read by eye.
#[test]
fn a_coach_would_follow_these() {
    let mut text = String::new();
    for (name, inputs, days) in coached() {
        let made = plan(&inputs, days);
        text += &format!("{name}\n{}\n", grid(&inputs, days));
        for week in &made.weeks {
            let reasons: Vec<String> = week.reasons.iter().map(ToString::to_string).collect();
            text += &format!(
                "  {}: {:.0} of {:.0} min{}{}\n",
                week.monday,
                week.minutes,
                week.usual_minutes,
                if reasons.is_empty() { "" } else { "; " },
                reasons.join("; ")
            );
        }
        text += &told(&made);
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plan/tests/coach.txt");
    if std::env::var_os("FRESHLEGS_WRITE_SNAPSHOTS").is_some() {
        fs::write(&path, &text).expect("written");
    }
    let expected = fs::read_to_string(&path).expect("coach.txt");
    assert!(text == expected, "plans changed: read them as a coach, then set FRESHLEGS_WRITE_SNAPSHOTS=1:\n{text}");
}

/// Wednesday, after a Tuesday whose planned hard session was not run: it may come later in the week, not today.
#[test]
fn a_missed_hard_session_is_not_slid_onto_the_next_day() {
    let week = [NONE, Kind::Hard, EASY, EASY, NONE, EASY, Kind::Long];
    let mut inputs = MadeUpRunner::steady(400, week, 45.0).inputs(MONDAY + 2.days());
    *inputs.past.last_mut().expect("a day") = PastDay::REST;
    let slid = plan(&inputs, 5).days;
    assert_eq!(slid[0].kind, Kind::Hard, "without a plan on file nobody knows that it was missed");
    inputs.missed = Some(Kind::Hard);
    let days = plan(&inputs, 5).days;
    assert!(!days[0].kind.is_taxing(), "{}", days[0].kind);
    assert!(days[0].reasons.contains(&PlanReason::MissedYesterday { missed: Kind::Hard }));
}

/// Runners with a name, and the days planned.
fn coached() -> Vec<(&'static str, PlanInputs, usize)> {
    const LONG: Kind = Kind::Long;
    const HARD: Kind = Kind::Hard;
    const RECOVERY: Kind = Kind::Recovery;
    let five_days = [NONE, EASY, EASY, HARD, NONE, EASY, LONG];
    let on_file = |days: usize| MadeUpRunner::steady(days, five_days, 45.0).inputs(MONDAY);
    let away = |days: usize| MadeUpRunner { breaks: vec![(1, days)], ..MadeUpRunner::steady(400, five_days, 45.0) };
    let marathon =
        |days: i64| Race { date: MONDAY + days.days(), distance_km: 42.195, goal_min: None, priority: Priority::A };
    let building = PlanInputs { wishes: Wishes { goal: Goal::Build, ..Wishes::default() }, ..on_file(400) };
    let after_marathon = MadeUpRunner { races: vec![(1, 42.195)], ..MadeUpRunner::steady(400, five_days, 45.0) };
    let sore = CheckIn { date: MONDAY, soreness: Some(5.0), ..CheckIn::default() };
    let ill = CheckIn { date: MONDAY, ill: true, ..CheckIn::default() };
    let few = MadeUpRunner::steady(400, [NONE, EASY, NONE, NONE, NONE, NONE, EASY], 30.0);
    let ten_km = MadeUpRunner::steady(400, [NONE, EASY, NONE, NONE, EASY, NONE, NONE], 30.0);
    let many = MadeUpRunner {
        twice: true,
        hard_min: 80.0,
        ..MadeUpRunner::steady(400, [EASY, HARD, EASY, EASY, HARD, EASY, LONG], 75.0)
    };
    let three_hard = MadeUpRunner::steady(400, [NONE, HARD, RECOVERY, HARD, NONE, HARD, LONG], 45.0);
    let parkrun = MadeUpRunner::steady(400, [NONE, EASY, NONE, EASY, NONE, Kind::Race, LONG], 45.0);
    let ten_km_on_sunday = Race { date: MONDAY + 6.days(), distance_km: 10.0, goal_min: None, priority: Priority::A };
    let ill_before = CheckIn { date: MONDAY - 4.days(), ..ill };
    let well = CheckIn { date: MONDAY, well: true, ..CheckIn::default() };
    let tired =
        CheckIn { date: MONDAY, soreness: Some(3.5), sleep_h: Some(5.0), motivation: Some(1), ..CheckIn::default() };
    let after_half = MadeUpRunner { races: vec![(1, 21.0975)], ..MadeUpRunner::steady(400, five_days, 45.0) };
    let mut after_big_run = on_file(400);
    if let Some(day) = after_big_run.past.last_mut() {
        (day.minutes, day.longest_min, day.longest_km, day.late_soreness) = (180.0, 180.0, 29.0, true);
    }
    let wishes = Wishes {
        rest_day: Some(Weekday::Friday),
        busy_day: Some(Weekday::Wednesday),
        long_day: Some(Weekday::Saturday),
        dates_off: vec![DateRange { first: MONDAY + 7.days(), last: MONDAY + 9.days() }],
        minutes_at_most: [None, Some(30.0), None, None, None, None, None],
        ..Wishes::default()
    };
    vec![
        ("Five days a week, 14 days", on_file(400), 14),
        ("Five days a week, 28 days", on_file(400), 28),
        ("Five days a week, building, 84 days", building, 84),
        ("No run on file", on_file(0), 14),
        ("One day on file", on_file(2), 14),
        ("Three days on file", on_file(3), 14),
        ("Twenty days on file", on_file(20), 14),
        ("Away for ten days", away(10).inputs(MONDAY), 28),
        ("Away for three months", away(92).inputs(MONDAY), 84),
        ("Ten kilometres a week", ten_km.inputs(MONDAY), 28),
        ("160 kilometres a week, twice a day", many.inputs(MONDAY), 28),
        ("Tuesdays and Sundays only", few.inputs(MONDAY), 28),
        ("Three hard days a week by habit", three_hard.inputs(MONDAY), 28),
        ("Parkrun on Saturday, long run on Sunday", parkrun.inputs(MONDAY), 28),
        ("A marathon in five weeks", PlanInputs { races: vec![marathon(34)], ..on_file(400) }, 70),
        ("The day after a marathon", after_marathon.inputs(MONDAY), 35),
        ("The day after a marathon, sore", PlanInputs { check_ins: vec![sore], ..after_marathon.inputs(MONDAY) }, 21),
        ("Ill", PlanInputs { check_ins: vec![ill], ..on_file(400) }, 14),
        (
            "Ill, and a race on Sunday",
            PlanInputs { check_ins: vec![ill], races: vec![ten_km_on_sunday], ..on_file(400) },
            14,
        ),
        ("Well again after four days", PlanInputs { check_ins: vec![ill_before, well], ..on_file(400) }, 14),
        ("Sore, badly slept and without motivation", PlanInputs { check_ins: vec![tired], ..on_file(400) }, 7),
        ("The day after a half marathon", after_half.inputs(MONDAY), 21),
        ("The day after a run of three hours", after_big_run, 21),
        ("Ten kilometres on Sunday", PlanInputs { races: vec![ten_km_on_sunday], ..on_file(400) }, 14),
        (
            "Many signs of too much",
            PlanInputs { level: Level::Red, signals: vec![Signal::NoDayOff { days: 14 }], ..on_file(400) },
            21,
        ),
        (
            "Some signs of too much",
            PlanInputs { level: Level::Amber, signals: vec![Signal::NoDayOff { days: 14 }], ..on_file(400) },
            14,
        ),
        ("With wishes for most days", PlanInputs { wishes, ..on_file(400) }, 14),
        ("No hard days", PlanInputs { wishes: Wishes { no_hard: true, ..Wishes::default() }, ..on_file(400) }, 14),
        ("Sixteen years old", PlanInputs { age_years: Some(16.0), ..on_file(400) }, 14),
        ("Sixty years old", PlanInputs { age_years: Some(60.0), ..on_file(400) }, 28),
        ("What if today were hard", PlanInputs { first_day: Some(HARD), ..on_file(400) }, 7),
        ("The last two long runs faded", PlanInputs { fade: Some(0.09), ..on_file(400) }, 7),
        ("Cut back", PlanInputs { cut_back: Some(MONDAY), ..on_file(400) }, 14),
    ]
}

#[test]
fn every_constraint_stands_in_the_methods() {
    let methods = include_str!("../../../docs/methods.md");
    let missing: Vec<&str> =
        crate::plan::constraints().into_iter().map(|(_, name)| name).filter(|name| !methods.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
