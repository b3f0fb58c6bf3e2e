//! What a day may hold at most, whatever is chosen on the days around it: the first of the two tables of constraints.
//!
//! A constraint of a lower rank never breaks one of a higher rank, and the reason shown is that of the highest. Rules about
//! how the runner feels are in `lower.rs`.

use super::bounds::{DayLimits, Most, Rank};
use super::frame::WeekFrame;
use super::habits::RUN_DAYS_MAX;
use super::race::stage_minutes;
use super::returning::tightest;
use super::timeline::{add_days, place, weekday};
use super::{Goal, Kind, PlanReason, Priority, Race};
use crate::calendar::days_between;
use jiff::civil::Date;

/// A constraint on single days.
pub(super) struct DayRule {
    pub rank: Rank,
    pub name: &'static str,
    pub limit: fn(&WeekFrame, Date) -> Option<(Most, PlanReason)>,
}

/// Constraints on single days, in the order of their ranks. Illness, pain, soreness and the overtraining watch (rank 1)
/// come last of all, in `lower`, since they only ever lower a finished plan.
pub(super) const DAY_RULES: [DayRule; 19] = {
    use Rank::{Habit, Protection, Wish};
    const fn rule(
        rank: Rank,
        name: &'static str,
        limit: fn(&WeekFrame, Date) -> Option<(Most, PlanReason)>,
    ) -> DayRule {
        DayRule { rank, name, limit }
    }
    [
        rule(Wish, "date not available", date_off),
        rule(Wish, "weekday not available", weekday_off),
        rule(Wish, "rest day", rest_day),
        rule(Wish, "minutes at most on a weekday", weekday_minutes),
        rule(Wish, "busiest day", busiest_day),
        rule(Wish, "no hard or long days", no_hard),
        rule(Wish, "coming back", coming_back),
        rule(Protection, "under 18", young),
        rule(Protection, "day before a race", before_race),
        rule(Protection, "days after a race", after_race),
        rule(Protection, "no hard session after a race", no_hard_after_race),
        rule(Protection, "last long run before a race", last_long),
        rule(Protection, "last hard session before a race", last_hard),
        rule(Protection, "return after a break", returning),
        rule(Protection, "late soreness", late_soreness),
        rule(Protection, "no run on file", no_run_yet),
        rule(Protection, "first days", first_days),
        rule(Protection, "longest run", longest),
        rule(Habit, "weekday never run on", never_run_on),
    ]
};

/// Minutes of a recovery run on the busiest day.
const BUSY_MIN: f64 = 30.0;
/// From so many run days a week on, the busiest day may hold a short run.
const BUSY_RUN_DAYS: u32 = 5;
/// A race over at least so many kilometres is approached with a day of rest two days before.
const REST_TWO_DAYS_BEFORE_KM: f64 = 15.0;
/// Days without a hard session after a run that makes sore late.
const LATE_SORENESS_DAYS: i64 = 2;
/// Days on file before the first hard session.
const HARD_FROM_DAYS: i64 = 28;

/// The week with what its days may hold.
pub(super) fn bounded(mut frame: WeekFrame) -> WeekFrame {
    frame.days = (0..7).map(|day| of_day(&frame, frame.date(day))).collect();
    frame
}

fn of_day(frame: &WeekFrame, date: Date) -> DayLimits {
    let said = DAY_RULES.iter().filter_map(|rule| {
        let (most, reason) = (rule.limit)(frame, date)?;
        Some((rule.rank, most, reason))
    });
    DayLimits::of(said.collect())
}

type Limit = Option<(Most, PlanReason)>;

fn date_off(frame: &WeekFrame, date: Date) -> Limit {
    let is_off = frame.inputs.wishes.dates_off.iter().any(|range| range.contains(date));
    is_off.then_some((Most::Kind(Kind::Rest), PlanReason::DateOff))
}

fn weekday_off(frame: &WeekFrame, date: Date) -> Limit {
    let is_off = frame.inputs.wishes.weekdays_off[place(date)];
    is_off.then_some((Most::Kind(Kind::Rest), PlanReason::WeekdayOff { weekday: date.weekday() }))
}

fn rest_day(frame: &WeekFrame, date: Date) -> Limit {
    let is_rest_day = frame.inputs.wishes.rest_day == Some(date.weekday());
    is_rest_day.then_some((Most::Kind(Kind::Rest), PlanReason::RestDay { weekday: date.weekday() }))
}

fn weekday_minutes(frame: &WeekFrame, date: Date) -> Limit {
    let minutes = frame.inputs.wishes.minutes_at_most[place(date)]?;
    Some((Most::Minutes(minutes), PlanReason::MinutesAtMost { weekday: date.weekday(), minutes }))
}

fn busiest_day(frame: &WeekFrame, date: Date) -> Limit {
    let weekday = date.weekday();
    let is_busy = frame.inputs.wishes.busy_day == Some(weekday);
    let most = if frame.habits.days >= BUSY_RUN_DAYS {
        Most::KindAndMinutes(Kind::Recovery, BUSY_MIN)
    } else {
        Most::Kind(Kind::Rest)
    };
    is_busy.then_some((most, PlanReason::BusiestDay { weekday }))
}

fn no_hard(frame: &WeekFrame, _: Date) -> Limit {
    frame.inputs.wishes.no_hard.then_some((Most::Kind(Kind::Easy), PlanReason::NoHard))
}

fn coming_back(frame: &WeekFrame, _: Date) -> Limit {
    (frame.inputs.wishes.goal == Goal::ComeBack).then_some((Most::NoHard, PlanReason::ComingBack))
}

fn young(frame: &WeekFrame, _: Date) -> Limit {
    frame.inputs.is_young().then_some((Most::Kind(Kind::Easy), PlanReason::Young))
}

fn before_race(frame: &WeekFrame, date: Date) -> Limit {
    let race_in = |days| frame.race_on(add_days(date, days));
    if let Some(race) = race_in(1) {
        return Some((Most::Kind(Kind::Shakeout), PlanReason::RaceTomorrow { distance_km: race.distance_km }));
    }
    let race = race_in(2).filter(|race| race.priority != Priority::C)?;
    let most = if race.distance_km >= REST_TWO_DAYS_BEFORE_KM { Kind::Rest } else { Kind::Easy };
    Some((Most::Kind(most), PlanReason::RaceInTwoDays { distance_km: race.distance_km }))
}

fn after_race(frame: &WeekFrame, date: Date) -> Limit {
    if frame.is_long_after_short_race(date) {
        return None;
    }
    let stages = frame.aftermaths.iter().filter_map(|aftermath| Some((aftermath.stage(date)?, aftermath)));
    let (stage, aftermath) = stages.min_by_key(|(stage, _)| *stage)?;
    let most = match stage_minutes(stage) {
        Some(minutes) if stage == Kind::Easy => Most::KindAndMinutes(stage, minutes.min(frame.sizes.easy)),
        Some(minutes) => Most::KindAndMinutes(stage, minutes),
        None => Most::Kind(stage),
    };
    let day = aftermath.day(date)?;
    Some((most, PlanReason::AfterRace { day, distance_km: aftermath.distance_km, raced: aftermath.raced, stage }))
}

fn no_hard_after_race(frame: &WeekFrame, date: Date) -> Limit {
    if frame.is_long_after_short_race(date) {
        return Some((Most::NoHard, PlanReason::DayAfter { yesterday: Kind::Race }));
    }
    let after = frame.aftermaths.iter().filter(|a| a.date < date && date <= a.no_hard_until());
    let last = after.max_by_key(|a| a.no_hard_until())?;
    let days = days_between(last.date, last.no_hard_until()) as u32;
    Some((Most::Kind(Kind::Easy), PlanReason::NoHardYet { days, distance_km: last.distance_km, raced: last.raced }))
}

fn last_long(frame: &WeekFrame, date: Date) -> Limit {
    let race = frame.inputs.races.iter().find(|race| race.bans_long(date))?;
    Some((Most::NoLong, taper(race, date)))
}

fn last_hard(frame: &WeekFrame, date: Date) -> Limit {
    let race = frame.inputs.races.iter().find(|race| race.bans_hard(date))?;
    Some((Most::NoHard, taper(race, date)))
}

fn taper(race: &Race, date: Date) -> PlanReason {
    PlanReason::Taper { distance_km: race.distance_km, days: days_between(date, race.date) as u32 }
}

fn returning(frame: &WeekFrame, date: Date) -> Limit {
    let (share, back) = tightest(&frame.returns, date)?;
    let reason = PlanReason::Returning { after_days: back.gap as u32, share };
    let active = || frame.returns.iter().filter(|r| r.share(date).is_some());
    if active().any(|r| r.is_walk_jog(date)) {
        return Some((Most::KindAndMinutes(Kind::WalkJog, frame.walk_jog_since(back.start).minutes()), reason));
    }
    let (long, hard) = (active().all(|r| r.allows_long(date)), active().all(|r| r.allows_hard(date)));
    match (long && !frame.is_easy_only(), hard && !frame.is_easy_only()) {
        (true, true) => None,
        (true, false) => Some((Most::NoHard, reason)),
        (false, true) => Some((Most::NoLong, reason)),
        (false, false) => Some((Most::Kind(Kind::Easy), reason)),
    }
}

/// Soreness after unusual or steep running peaks one to two days later (methods §7.1).
fn late_soreness(frame: &WeekFrame, date: Date) -> Limit {
    let days = (1..=LATE_SORENESS_DAYS).find(|days| frame.timeline.day(add_days(date, -days)).late_soreness)?;
    Some((Most::NoHard, PlanReason::LateSoreness { days: days as u32 }))
}

fn no_run_yet(frame: &WeekFrame, _: Date) -> Limit {
    let stage = frame.walk_jog_stage()?;
    Some((Most::KindAndMinutes(Kind::WalkJog, stage.minutes()), PlanReason::NoRunYet))
}

fn first_days(frame: &WeekFrame, date: Date) -> Limit {
    if !frame.habits.is_known() {
        return Some((Most::Kind(Kind::Easy), PlanReason::FirstDays { weeks: frame.habits.weeks as u32 }));
    }
    let on_file = frame.inputs.first_run.map_or(0, |first| days_between(first, date));
    (on_file < HARD_FROM_DAYS).then_some((Most::NoHard, PlanReason::FirstDays { weeks: frame.habits.weeks as u32 }))
}

fn longest(frame: &WeekFrame, date: Date) -> Limit {
    // Walks with jogging have their own length, most of it walked.
    let walks = frame.returns.iter().any(|back| back.share(date).is_some() && back.is_walk_jog(date));
    let minutes = frame.longest_allowed_min(date).filter(|_| !walks)?;
    Some((Most::Minutes(minutes), PlanReason::Longest { minutes }))
}

/// A weekday on which the runner never runs stays free, unless wishes leave too few others.
fn never_run_on(frame: &WeekFrame, date: Date) -> Limit {
    let wishes = &frame.inputs.wishes;
    let is_free = |day: usize| !wishes.weekdays_off[day] && wishes.rest_day.is_none_or(|rest| weekday(rest) != day);
    let usual = (0..7).filter(|day| is_free(*day) && !frame.habits.never_runs(*day)).count();
    let needed = frame.habits.days.min(RUN_DAYS_MAX) as usize;
    let never = frame.habits.never_runs(place(date)) && usual >= needed;
    let wished = wishes.long_day == Some(date.weekday());
    (never && !wished).then_some((Most::Kind(Kind::Rest), PlanReason::NeverRunsOn { weekday: date.weekday() }))
}
