//! Which days may follow which, and what is never planned in the windows around races and breaks.

use super::story::{PlanStory, days_between};
use crate::plan::Kind;

pub(super) fn no_two_hard_days_in_a_row(story: &PlanStory) {
    for i in story.start().max(1)..story.kinds.len() {
        if !(story.kinds[i].is_taxing() && story.taxing[i - 1]) {
            continue;
        }
        let two_races = story.entered(i) && (story.entered(i - 1) || i == story.start());
        let short = story.race_km[i - 1].is_some_and(|km| km <= 6.0);
        let habit = story.kinds[i] == Kind::Long && short;
        assert!(two_races || habit, "{:?} after {:?} on {}", story.kinds[i], story.kinds[i - 1], story.date(i));
    }
}

/// What was planned for yesterday and left out is not done today, unless the runner wishes it on this day.
pub(super) fn nothing_missed_is_slid(story: &PlanStory) {
    let Some(missed) = story.inputs.missed else { return };
    let today = story.start();
    let is_wished = story.inputs.wishes.long_day == Some(story.date(today).weekday());
    let slid = today < story.kinds.len() && story.kinds[today] == missed;
    assert!(!slid || missed == Kind::Long && is_wished, "{missed} on {}, the day after", story.date(today));
}

pub(super) fn a_day_off_in_seven(story: &PlanStory) {
    for i in story.start().max(6)..story.kinds.len() {
        let all_run = (i - 6..=i).all(|j| story.kinds[j].is_run());
        // A race ends a streak that is over already; the streak itself may be as long as it was.
        let closes = story.entered(i) && (i - 6..i).all(|j| j < story.start() || story.entered(j));
        assert!(!all_run || closes, "seven days in a row up to {}", story.date(i));
    }
}

pub(super) fn windows_hold_nothing_hard(story: &PlanStory) {
    let days_after = |i: usize| (0..i).filter_map(move |j| story.race_km[j].map(|km| (i - j, km))).collect::<Vec<_>>();
    for i in story.start()..story.kinds.len() {
        let kind = story.kinds[i];
        if !matches!(kind, Kind::Long | Kind::Hard) {
            continue;
        }
        for (day, km) in days_after(i) {
            let banned = ((km / 3.0).ceil() as usize).min(28);
            let habit = km <= 6.0 && day == 1 && kind == Kind::Long;
            assert!(habit || day > banned, "{kind} on day {day} after {km} km");
        }
        for race in &story.inputs.races {
            let before = days_between(story.date(i), race.date);
            let last_long = match race.distance_km {
                _ if race.priority == crate::plan::Priority::C => 2,
                km if km > 25.0 => 11,
                km if km > 12.0 => 7,
                km if km > 6.0 => 4,
                _ => 2,
            };
            let last_hard = if race.priority == crate::plan::Priority::C { 2 } else { 4 };
            let least = if kind == Kind::Long { last_long } else { last_hard };
            assert!(!(0..least).contains(&before), "{kind} {before} days before {} km", race.distance_km);
        }
        if let Some((share, from, gap)) = story.share(i) {
            let allowed = match kind {
                Kind::Long => share >= 0.70,
                _ => gap <= 14 && share > 0.55,
            };
            assert!(allowed, "{kind} at {share} of the habit, {} days into the return after {gap}", i - from);
        }
    }
}
