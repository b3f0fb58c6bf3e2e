//! What the runner wants, and how the runner feels.

use super::story::{PlanStory, days_between, monday_of};
use crate::plan::{Kind, Level, Plan};

pub(super) fn wishes_are_kept(story: &PlanStory, plan: &Plan) {
    let wishes = &story.inputs.wishes;
    for day in &plan.days {
        let weekday = day.date.weekday();
        let place = weekday.to_monday_zero_offset() as usize;
        // Also where illness turns it into something gentler.
        if story.inputs.races.iter().any(|race| race.date == day.date) {
            continue;
        }
        let off = wishes.rest_day == Some(weekday)
            || wishes.weekdays_off[place]
            || wishes.dates_off.iter().any(|range| range.contains(day.date));
        assert!(!(off && day.kind.is_run()), "{} on {}", day.kind, day.date);
        if let Some(most) = wishes.minutes_at_most[place] {
            assert!(day.run_minutes() <= most + 0.5, "{} min on {}, {most} wished", day.run_minutes(), day.date);
        }
        if wishes.busy_day == Some(weekday) {
            assert!(day.kind <= Kind::Recovery && day.run_minutes() <= 30.0, "busiest day: {}", day.kind);
        }
        let young = story.inputs.age_years.is_some_and(|age| age < 18.0);
        assert!(!((wishes.no_hard || young) && day.kind.is_taxing()), "{} unwanted", day.kind);
    }
    if let Some(most) = wishes.runs_at_most {
        for i in story.start()..story.kinds.len() {
            let monday = monday_of(story.date(i));
            let week = (0..=i).filter(|j| monday_of(story.date(*j)) == monday && story.kinds[*j].is_run()).count();
            let is_race = story.entered(i);
            assert!(!story.kinds[i].is_run() || is_race || week as u32 <= most, "{week} runs, {most} wished");
        }
    }
}

pub(super) fn unwell_days_are_gentle(story: &PlanStory, plan: &Plan) {
    let inputs = story.inputs;
    let standing = inputs.check_ins.iter().fold((false, false), |(ill, _), c| {
        let now = c.ill || c.fever || c.pain;
        (now || ill && !c.well, c.well)
    });
    let last = inputs.check_ins.iter().rev().find_map(|c| Some((c.date, c.soreness?)));
    for (n, day) in plan.days.iter().enumerate() {
        if standing.0 {
            let most = match n {
                0..=2 => Kind::Rest,
                3..=6 => Kind::Recovery,
                7..=9 => Kind::Easy,
                _ => Kind::Race,
            };
            assert!(day.kind <= most, "{} on day {n} of illness", day.kind);
        }
        if let Some((told, soreness)) = last {
            let left = soreness - 1.5 * days_between(told, day.date) as f64;
            let most = match left {
                s if s >= 5.0 => Kind::CrossTrain,
                s if s >= 4.0 => Kind::Recovery,
                s if s >= 3.0 => Kind::Easy,
                _ => Kind::Race,
            };
            assert!(day.kind <= most, "{} at soreness {left}", day.kind);
        }
        if inputs.level != Level::Green && (n as u32 + inputs.level_days) < 7 {
            let raced = day.kind == Kind::Race && inputs.level == Level::Amber;
            assert!(!day.kind.is_taxing() || raced, "{} on {:?}", day.kind, inputs.level);
        }
    }
}
