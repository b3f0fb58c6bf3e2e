//! A plan made again after some days were run exactly as planned.

use super::super::athletes::any_case;
use super::cases;
use super::story::days_between;
use crate::physiology::training::Fitness;
use crate::plan::{Kind, Level, PastDay, Plan, PlanInputs, PlanReason, PlannedDay, plan};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_plan_that_was_followed_is_made_again_the_same(case in any_case(), followed in 1_usize..6) {
        let inputs = PlanInputs { check_ins: Vec::new(), level: Level::Green, ..case.0 };
        let first = plan(&inputs, 14);
        let left = (6 - inputs.start.weekday().to_monday_zero_offset()) as usize;
        let followed = followed.min(left).min(first.days.len());
        // A day that fatigue made gentler is a named reason, as a check-in is.
        let tired = |day: &PlannedDay| day.reasons.iter().any(|r| matches!(r, PlanReason::Tired { .. }));
        prop_assume!(!first.days.iter().take(left + 1).any(tired));
        let later = follow(&inputs, &first, followed);
        let second = plan(&later, 14);
        let week = |plan: &Plan, from: usize, to: usize| -> Vec<(Date, Kind, f64)> {
            plan.days[from.min(plan.days.len())..to.min(plan.days.len())].iter().map(|d| (d.date, d.kind, d.minutes().round())).collect()
        };
        let reasons = |plan: &Plan| plan.days.iter().take(8).map(|d| (d.date.day(), d.kind, d.minutes(), d.reasons.clone())).collect::<Vec<_>>();
        let (expected, found) = (week(&first, followed, left + 1), week(&second, 0, left + 1 - followed));
        // Minutes are shared out in fives, so that what the last run of a week gets may differ by a step.
        // In the first days every run teaches how long one is: a named reason too.
        let is_beginning = first.weeks[0].reasons.iter().any(|reason| matches!(reason, PlanReason::FirstDays { .. }));
        let most_apart = if is_beginning { f64::INFINITY } else { 5.0 };
        let agrees = |(a, b): (&(Date, Kind, f64), &(Date, Kind, f64))| (a.0, a.1) == (b.0, b.1) && (a.2 - b.2).abs() <= most_apart;
        prop_assert!(
            expected.len() == found.len() && expected.iter().zip(&found).all(agrees),
            "{:?}\n{:?}\n{:#?}\n{:#?}\n{:?}\n{:?}", expected, found, &first.weeks[0], &second.weeks[0], reasons(&first), reasons(&second)
        );
    }
}

/// The state after so many days run exactly as planned.
fn follow(inputs: &PlanInputs, plan: &Plan, days: usize) -> PlanInputs {
    let mut later = PlanInputs { missed: None, ..inputs.clone() };
    for day in &plan.days[..days] {
        let story = day.kind.is_run();
        let raced = day.kind == Kind::Race;
        let entered =
            inputs.races.iter().filter(|race| race.date == day.date).map(|race| race.distance_km).reduce(f64::max);
        let km = entered.or_else(|| plan.habits.race_day.map(|(_, km)| km));
        later.past.push(PastDay {
            kind: day.kind,
            taxing: day.kind.is_taxing(),
            load: day.load + day.other_load,
            other_load: day.other_load,
            minutes: day.run_minutes(),
            race_km: km.filter(|_| raced),
            race_minutes: if raced { day.minutes() } else { 0.0 },
            longest_min: if story && !raced { day.minutes() } else { 0.0 },
            longest_km: 0.0,
            sessions: u8::from(story) + u8::from(day.second_run_s > 0.0),
            hard_minutes: 0.0,
            late_soreness: false,
            hour: None,
        });
        later.fitness = Fitness { ctl: day.fitness, atl: day.fatigue };
        later.fitness_before.push(day.fitness);
        later.start = day.date + 1.days();
        later.first_run = later.first_run.or(story.then_some(day.date));
    }
    // A runner new to the file has no past before the first run.
    if let Some(first) = later.first_run {
        let keep = days_between(first, later.start).max(0) as usize;
        let cut = later.past.len().saturating_sub(keep.max(inputs.past.len()));
        later.past.drain(..if inputs.past.is_empty() { cut } else { 0 });
    } else {
        later.past.clear();
    }
    later.ready_h = ready_after(inputs, plan, days);
    later
}

fn ready_after(inputs: &PlanInputs, plan: &Plan, days: usize) -> f64 {
    let mut fitness = inputs.fitness;
    let mut ready = inputs.ready_h;
    for (n, day) in plan.days[..days].iter().enumerate() {
        let hour = 24.0 * n as f64 + plan.habits.hour[day.date.weekday().to_monday_zero_offset() as usize];
        if day.kind.is_run() {
            let session = crate::plan::recovery::TaxingSession {
                effort: day.kind.into(),
                load: day.load,
                minutes: day.minutes(),
                eccentric: false,
            };
            ready = hour + session.recovery_h(fitness.ctl, inputs.age_years, (ready - hour).max(0.0));
        }
        fitness = Fitness { ctl: day.fitness, atl: day.fatigue };
    }
    (ready - 24.0 * days as f64).max(0.0)
}
