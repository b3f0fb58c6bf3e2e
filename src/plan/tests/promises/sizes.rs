//! How long runs and weeks are, and what that does to fitness.

use super::story::{PlanStory, days_between, monday_of};
use crate::plan::{Kind, Plan, PlannedDay};

pub(super) fn no_run_is_much_longer_than_the_longest(story: &PlanStory) {
    for i in story.start()..story.kinds.len() {
        // Walking and jogging, and races, have their own bounds.
        if matches!(story.kinds[i], Kind::Race | Kind::WalkJog) || story.longest_min[i] == 0.0 {
            continue;
        }
        let monday = days_between(story.first, monday_of(story.date(i))).max(0) as usize;
        let month = &story.longest_min[monday.saturating_sub(30)..monday];
        let month_km = &story.longest_km[monday.saturating_sub(30)..monday];
        let (longest, km) =
            (month.iter().fold(0.0, |a: f64, b| a.max(*b)), month_km.iter().fold(0.0, |a: f64, b| a.max(*b)));
        let back = story.share(i).map(|(share, from, gap)| {
            let last = from - gap;
            let before = &story.longest_min[last.saturating_sub(30)..last];
            (share * before.iter().fold(0.0, |a: f64, b| a.max(*b))).max(20.0)
        });
        let half_year = &story.longest_min[monday.saturating_sub(180)..monday];
        let ago = half_year.iter().fold(0.0, |a: f64, b| a.max(*b)) / 2.0;
        let own = if longest > 0.0 { 1.1 * longest } else { ago.min(45.0) };
        let bound = own.max(back.unwrap_or(0.0));
        // A first week: nothing lies before its Monday.
        let first_week = story.longest_min[..monday].iter().all(|m| *m == 0.0);
        let so_far = story.longest_min[..story.start()].iter().fold(0.0, |a: f64, b| a.max(*b));
        let raced = story.inputs.past.iter().map(|d| d.race_minutes).fold(0.0, f64::max).min(45.0);
        let bound = if first_week { so_far.max(raced).max(back.unwrap_or(0.0)) } else { bound };
        assert!(
            story.longest_min[i] <= bound + 0.01,
            "{} of {} min, {bound} allowed on {}",
            story.kinds[i],
            story.longest_min[i],
            story.date(i)
        );
        if km > 0.0 && back.is_none() && !first_week && longest > 0.0 {
            assert!(story.longest_km[i] <= 1.1 * km * 1.081 + 0.01, "{} km after {km}", story.longest_km[i]);
        }
    }
}

pub(super) fn sizes_are_what_they_are_called(story: &PlanStory, plan: &Plan) {
    let easy = plan.habits.easy_min.unwrap_or(30.0);
    for day in &plan.days {
        assert!(!day.kind.is_run() || day.minutes() >= 10.0, "{} of {} min", day.kind, day.minutes());
        match day.kind {
            Kind::Recovery => assert!(day.minutes() <= 0.8 * easy + 2.5, "recovery {} of easy {easy}", day.minutes()),
            Kind::Easy => assert!(day.minutes() <= 1.25 * easy + 3.5, "easy {} of {easy}", day.minutes()),
            Kind::Long => {
                let week =
                    plan.days.iter().filter(|d| d.kind == Kind::Easy && monday_of(d.date) == monday_of(day.date));
                let easy = week.map(PlannedDay::minutes).fold(0.0, f64::max);
                assert!(day.minutes() >= 60.0 && day.minutes() > easy, "long {} easy {easy}", day.minutes());
            }
            Kind::Rest => assert!(day.minutes() == 0.0 && day.load == 0.0),
            _ => {}
        }
        assert!(day.second_run_s == 0.0 || day.kind == Kind::Easy || day.kind == Kind::Hard);
        assert!(!day.reasons.is_empty() && day.reasons.iter().all(|r| !r.to_string().is_empty()));
    }
    let ceilings = story.inputs.ceilings.ordered();
    for day in plan.days.iter().filter(|day| day.kind == Kind::Recovery) {
        assert!(day.heart_rate_ceiling_bpm <= ceilings.easy_hr_bpm);
        assert!(day.pace_ceiling_s_per_km >= ceilings.pace_ceiling_s_per_km(Kind::Easy));
    }
}

pub(super) fn weeks_keep_their_bounds(story: &PlanStory, plan: &Plan) {
    for week in &plan.weeks {
        if let Some(most) = week.most_minutes {
            let in_week = |i: &usize| monday_of(story.date(*i)) == week.monday;
            let done: f64 = (0..story.start()).filter(in_week).map(|i| story.minutes[i]).sum();
            assert!(week.minutes <= most.max(done) + 0.5, "{} of at most {most}", week.minutes);
        }
        if let Some(least) = week.least_minutes {
            assert!(week.minutes >= least - 0.5 || !week.reasons.is_empty(), "{} of at least {least}", week.minutes);
        }
        let days =
            || (0..story.kinds.len()).filter(|i| monday_of(story.date(*i)) == week.monday && *i >= story.start());
        let hard = days().filter(|i| story.kinds[*i] == Kind::Hard).count();
        assert!(hard <= 2, "{hard} hard sessions");
    }
}

pub(super) fn fitness_is_kept_or_explained(story: &PlanStory, plan: &Plan) {
    let inputs = story.inputs;
    let mut state = inputs.fitness;
    for day in &plan.days {
        assert!((day.form_morning - state.form()).abs() < 1e-9);
        state = state.step(day.load + day.other_load);
        assert!((day.fitness - state.ctl).abs() < 1e-9 && (day.fatigue - state.atl).abs() < 1e-9);
    }
    if plan.days.len() < 14 || inputs.fitness.ctl < 1.0 {
        return;
    }
    let fell = plan.days[13].fitness < 0.95 * inputs.fitness.ctl;
    let explained = plan.weeks.iter().any(|week| !week.reasons.is_empty());
    assert!(!fell || explained, "{} to {}", inputs.fitness.ctl, plan.days[13].fitness);
}
