//! The workouts for the watch, read back by another program's reader.

use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};
use freshlegs::outcome::Outcome;
use freshlegs::plan::{Action, Ceilings, Kind, Paces, Plan, PlanInputs, PlannedDay, Step, WorkoutPart, plan};
use freshlegs::read::Limits;
use freshlegs::render::workout::{WorkoutFile, workouts};
use jiff::ToSpan;
use jiff::civil::date;

fn inputs() -> PlanInputs {
    let ceilings = Ceilings {
        recovery_hr_bpm: Some(144.6),
        easy_hr_bpm: Some(154.0),
        cross_train_hr_bpm: Some(130.0),
        recovery_speed_mps: Some(2.75),
        easy_speed_mps: Some(3.1),
    };
    let paces = Paces { threshold_mps: Some(3.6), is_trusted: true, threshold_bpm: Some(171.0), ..Paces::default() };
    PlanInputs { start: date(2026, 6, 22), ceilings, paces, ..PlanInputs::default() }
}

/// A day of each kind, with the steps that such a day has.
fn whole_plan() -> Plan {
    let step = |action, minutes: f64, bpm: Option<f64>, pace: Option<f64>| Step {
        action,
        duration_s: 60.0 * minutes,
        heart_rate_ceiling_bpm: bpm,
        pace_ceiling_s_per_km: pace,
    };
    let recovery = vec![
        WorkoutPart::Repeat {
            times: 8,
            steps: vec![step(Action::Jog, 2.5, Some(144.6), Some(363.0)), step(Action::Walk, 1.0, None, None)],
        },
        WorkoutPart::Step(step(Action::Walk, 7.0, None, None)),
    ];
    let hard = vec![
        WorkoutPart::Step(step(Action::WarmUp, 15.0, Some(144.6), None)),
        WorkoutPart::Repeat {
            times: 6,
            steps: vec![step(Action::Fast, 3.0, None, Some(263.0)), step(Action::Between, 2.0, None, None)],
        },
        WorkoutPart::Step(step(Action::CoolDown, 15.0, Some(144.6), None)),
    ];
    let mut plan = plan(&inputs(), 7);
    let template = plan.days[0].clone();
    let day = |(i, (kind, steps)): (i64, (Kind, Vec<WorkoutPart>))| PlannedDay {
        date: inputs().start.saturating_add(i.days()),
        kind,
        second_run_s: if kind == Kind::Hard { 1500.0 } else { 0.0 },
        duration_s: steps.iter().map(WorkoutPart::duration_s).sum(),
        steps,
        ..template.clone()
    };
    let days = [(Kind::Recovery, recovery), (Kind::Rest, Vec::new()), (Kind::Hard, hard), (Kind::Race, Vec::new())];
    plan.days = (0..).zip(days).map(day).collect();
    plan
}

fn files() -> Vec<WorkoutFile> {
    workouts(&whole_plan(), &inputs(), date(2026, 6, 21)).expect("encoded")
}

fn read(bytes: &[u8]) -> Vec<FitDataRecord> {
    fitparser::from_bytes(bytes).expect("a whole FIT file")
}

fn values<'r>(records: &'r [FitDataRecord], kind: MesgNum, field: &str) -> Vec<Option<&'r Value>> {
    let messages = records.iter().filter(|record| record.kind() == kind);
    messages.map(|message| message.fields().iter().find(|f| f.name() == field).map(|f| f.value())).collect()
}

/// The number under any of these names, step by step: what a value means depends on the kind of step.
fn numbers(records: &[FitDataRecord], names: &[&str]) -> Vec<Option<f64>> {
    let steps = records.iter().filter(|record| record.kind() == MesgNum::WorkoutStep);
    let number = |step: &FitDataRecord| {
        let field = step.fields().iter().find(|field| names.contains(&field.name()))?;
        TryInto::<f64>::try_into(field.value().clone()).ok()
    };
    steps.map(number).collect()
}

fn text(value: Option<&Value>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

#[test]
fn there_is_one_for_every_run_and_none_for_a_race() {
    let names: Vec<String> = files().into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["2026-06-22-recovery.fit", "2026-06-24-hard.fit", "2026-06-24-second.fit"]);
}

#[test]
fn walk_breaks_are_turns_under_a_ceiling() {
    let records = read(&files()[0].bytes);
    assert_eq!(text(values(&records, MesgNum::FileId, "type")[0]), "workout");
    assert_eq!(text(values(&records, MesgNum::Workout, "wkt_name")[0]), "Mon 22 recovery");
    assert_eq!(text(values(&records, MesgNum::Workout, "sport")[0]), "running");
    assert_eq!(text(values(&records, MesgNum::Workout, "num_valid_steps")[0]), "4");
    let kinds: Vec<String> = values(&records, MesgNum::WorkoutStep, "duration_type").into_iter().map(text).collect();
    assert_eq!(kinds, ["time", "time", "repeat_until_steps_cmplt", "time"]);
    // Seconds, which the file holds as milliseconds; of the turns, the step at which they begin and how often.
    assert_eq!(numbers(&records, &["duration_time"]), [Some(150.0), Some(60.0), None, Some(420.0)]);
    assert_eq!(numbers(&records, &["duration_step"])[2], Some(0.0));
    assert_eq!(numbers(&records, &["repeat_steps"]), [None, None, Some(8.0), None]);
    // At most 144 bpm, and nothing below which the watch complains.
    assert_eq!(numbers(&records, &["custom_target_heart_rate_high"]), [Some(244.0), None, None, None]);
    assert_eq!(numbers(&records, &["custom_target_heart_rate_low"]), [Some(101.0), None, None, None]);
    let intensities: Vec<String> = values(&records, MesgNum::WorkoutStep, "intensity").into_iter().map(text).collect();
    assert_eq!(intensities, ["active", "rest", "", "cooldown"]);
}

#[test]
fn a_fast_step_has_a_pace_where_heart_rate_comes_too_late() {
    let records = read(&files()[1].bytes);
    let targets: Vec<String> = values(&records, MesgNum::WorkoutStep, "target_type").into_iter().map(text).collect();
    // No target while the heart comes down between two of them.
    assert_eq!(targets, ["heart_rate", "speed", "open", "open", "heart_rate"]);
    assert_eq!(numbers(&records, &["custom_target_speed_high"])[1], Some(3.802));
    assert_eq!(numbers(&records, &["duration_step"])[3], Some(1.0));
}

#[test]
fn every_name_fits_a_watch_and_no_two_files_are_taken_for_one() {
    let mut ids = Vec::new();
    for file in files() {
        let records = read(&file.bytes);
        for name in values(&records, MesgNum::WorkoutStep, "wkt_step_name").into_iter().flatten() {
            assert!(name.to_string().chars().count() <= 15, "{name}");
        }
        assert!(text(values(&records, MesgNum::Workout, "wkt_name")[0]).chars().count() <= 15);
        let id = |field| text(values(&records, MesgNum::FileId, field)[0]);
        assert!(!id("serial_number").is_empty() && !id("time_created").is_empty());
        ids.push((id("serial_number"), id("time_created")));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), files().len());
}

#[test]
fn a_damaged_file_is_noticed() {
    for file in files() {
        for i in [12, 20, file.bytes.len() / 2, file.bytes.len() - 1] {
            let mut broken = file.bytes.clone();
            broken[i] ^= 0x10;
            assert!(fitparser::from_bytes(&broken).is_err(), "{} byte {i}", file.name);
        }
    }
}

#[test]
fn they_are_no_runs_of_anybody() {
    for file in files() {
        let outcome = freshlegs::outcome::outcome_of(&file.name, &file.bytes, &Limits::default());
        assert!(matches!(outcome, Outcome::Skipped(_)), "{outcome:?}");
    }
}
