//! A plan that is followed to the letter: each run gets the label of its kind, and fitness goes as the plan said.

use super::made::{FIRST, KNOWN, Made, season_on};
use freshlegs::daily::Daily;
use freshlegs::label::Label;
use freshlegs::plan::{Action, Kind, Plan, PlannedDay, Step, WorkoutPart, from_season, plan};
use jiff::ToSpan;
use proptest::prelude::*;

/// Days planned.
const DAYS: usize = 14;
/// A kind runner stays so far below every limit.
const BELOW: f64 = 0.98;

/// Seasons are slow to digest unoptimised: few cases; `PROPTEST_CASES` makes them more.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(6), failure_persistence: None, ..ProptestConfig::default() }
}

/// Ten weeks of a runner's habit, from a Monday.
#[derive(Clone, Debug)]
struct Habit {
    /// Weekdays of easy runs, of the hard one and of the long one, 0 for Monday.
    easy: Vec<i64>,
    hard: Option<i64>,
    long: i64,
    easy_min: i64,
    mps: f64,
    /// Weeks on file.
    weeks: i64,
}

impl Habit {
    fn runs(&self) -> Vec<Made> {
        let week = |week: i64| {
            // No two easy runs are quite alike.
            let mps = self.mps + 0.03 * ((week * 7 % 5) as f64 - 2.0) / 2.0;
            let easy = self.easy.iter().map(move |day| Made::run(7 * week + day, self.easy_min, mps));
            let hard =
                self.hard.map(|day| Made::of(7 * week + day, vec![(780, self.mps), (1200, 3.6), (720, self.mps)]));
            let long = Made::run(7 * week + self.long, 2 * self.easy_min, self.mps - 0.05);
            easy.chain(hard).chain([long])
        };
        (0..self.weeks).flat_map(week).collect()
    }
}

fn any_habit() -> impl Strategy<Value = Habit> {
    let days = prop::sample::select(vec![
        (vec![1, 3], None, 6),
        (vec![1, 5], Some(3), 6),
        (vec![0, 2, 4], None, 5),
        (vec![0, 3, 5], Some(1), 6),
        (vec![0, 2, 4, 5], Some(1), 6),
    ]);
    (days, 40_i64..56, 2.4..2.8_f64, 6_i64..12).prop_map(|((easy, hard, long), easy_min, mps, weeks)| Habit {
        easy,
        hard,
        long,
        easy_min,
        mps,
        weeks,
    })
}

/// The speed of a step run kindly by one whose heart beats at 60 + 30·speed.
fn mps(step: &Step, day: &PlannedDay, easy_mps: f64) -> f64 {
    let limit = |pace: Option<f64>, bpm: Option<f64>| {
        let by_pace = pace.map(|s_per_km| 1000.0 / s_per_km);
        by_pace.into_iter().chain(bpm.map(|bpm| (bpm - 1.0 - 60.0) / 30.0)).fold(f64::MAX, f64::min)
    };
    let own = limit(step.pace_ceiling_s_per_km, step.heart_rate_ceiling_bpm);
    let gentle = limit(day.pace_ceiling_s_per_km, day.heart_rate_ceiling_bpm).min(easy_mps);
    match step.action {
        Action::Walk => 1.4,
        Action::Threshold | Action::Fast => own,
        _ => BELOW * own.min(gentle),
    }
}

/// The planned run as it was run.
fn followed(day: &PlannedDay, easy_mps: f64) -> Made {
    let steps = day.steps.iter().flat_map(|part| match part {
        WorkoutPart::Step(step) => vec![*step],
        WorkoutPart::Repeat { times, steps } => steps.repeat(*times as usize),
    });
    let place = i64::from((day.date - FIRST).get_days());
    let mut parts: Vec<_> = steps.map(|step| (step.duration_s as i64, mps(&step, day, easy_mps))).collect();
    // So many seconds lie between one point more.
    parts.last_mut().expect("a step").0 += 1;
    Made::of(place, parts)
}

fn fits(kind: Kind, label: Label) -> bool {
    match kind {
        Kind::Recovery => label == Label::Recovery,
        Kind::Shakeout => matches!(label, Label::Shakeout | Label::Recovery),
        Kind::Easy => matches!(label, Label::Easy | Label::Recovery),
        Kind::Long => label == Label::Long,
        Kind::Hard => matches!(label, Label::Tempo | Label::Intervals),
        Kind::WalkJog => matches!(label, Label::Walk | Label::Easy | Label::Recovery),
        Kind::Rest | Kind::CrossTrain | Kind::Race => true,
    }
}

/// The plan after this habit, and the runs behind it.
fn planned(habit: &Habit) -> (Vec<Made>, freshlegs::season::Season, Plan) {
    let runs = habit.runs();
    let season = season_on(&runs, KNOWN, 7 * habit.weeks);
    let plan = plan(&from_season::inputs(&season, &[]), DAYS);
    (runs, season, plan)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_kind_run_as_planned_gets_its_label(habit in any_habit()) {
        let (mut runs, _, plan) = planned(&habit);
        let done = plan.days.iter().filter(|day| day.kind.is_run());
        runs.extend(done.clone().map(|day| followed(day, habit.mps)));
        let season = season_on(&runs, KNOWN, 7 * habit.weeks + DAYS as i64);
        for day in done {
            let session = season.sessions().iter().find(|s| s.session.date == day.date).expect("what was run");
            prop_assert!(fits(day.kind, session.verdict.label), "{} planned as {:?}, {} min, was called {:?}: {:?} {:?}",
                day.date, day.kind, day.minutes(), session.verdict.label, session.features.duration_min, session.context);
        }
    }

    #[test]
    fn fitness_goes_as_the_season_would_compute_it(habit in any_habit()) {
        let (_, season, plan) = planned(&habit);
        let behind = season.daily.dates().zip(season.daily.loads.iter().copied()).filter(|(date, _)| *date < plan.days[0].date);
        let ahead = plan.days.iter().map(|day| (day.date, day.load + day.other_load));
        let loads: Vec<_> = behind.chain(ahead).collect();
        let daily = Daily::new(loads.into_iter(), plan.days[DAYS - 1].date);
        for day in &plan.days {
            let (morning, evening) = (daily.morning(day.date), daily.morning(day.date.saturating_add(1.day())));
            prop_assert!((day.fitness - evening.ctl).abs() < 1e-6 && (day.fatigue - evening.atl).abs() < 1e-6,
                "{}: {} {} and {:?}", day.date, day.fitness, day.fatigue, evening);
            prop_assert!((day.form_morning - (morning.ctl - morning.atl)).abs() < 1e-6);
        }
    }
}
