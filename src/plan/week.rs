//! What a day may hold after the days before it: the second table of constraints.

use super::bounds::Rank;
use super::frame::{GAP, WeekFrame};
use super::habits::RUN_DAYS_MAX;
use super::morning::{FORM_LOW, Morning, Taxing};
use super::sized::{DayChoice, Week};
use super::sizes::LEAST_MIN;
use super::{Kind, PlanReason};
use crate::calendar::days_between;

/// A constraint on a day and the days before it.
pub(super) struct WeekRule {
    pub rank: Rank,
    pub name: &'static str,
    /// It goes by loads, which are known only once the whole week has its minutes.
    pub by_load: bool,
    pub forbids: fn(&WeekFrame, &Morning, usize, Kind) -> Option<PlanReason>,
}

/// Constraints between days, in the order of their ranks.
pub(super) const WEEK_RULES: [WeekRule; 15] = {
    use Rank::{Habit, Protection, Spacing, WeekMost, Wish};
    const fn rule(
        rank: Rank,
        name: &'static str,
        forbids: fn(&WeekFrame, &Morning, usize, Kind) -> Option<PlanReason>,
    ) -> WeekRule {
        WeekRule { rank, name, by_load: false, forbids }
    }
    const fn by_load(rule: WeekRule) -> WeekRule {
        WeekRule { by_load: true, ..rule }
    }
    [
        rule(Wish, "runs at most a week", runs_at_most),
        rule(Protection, "a day off in seven", day_off),
        rule(Protection, "a day between in the first days", day_between),
        rule(Protection, "one hard session in seven days after a race", one_after_race),
        rule(Spacing, "easier days between", spacing),
        by_load(rule(Spacing, "hours since the last hard session", hours)),
        by_load(rule(Spacing, "form", form)),
        rule(WeekMost, "hard and long days a week", taxing_days),
        rule(WeekMost, "two hard sessions a week", two_hard),
        rule(WeekMost, "minutes a week", week_minutes),
        rule(Habit, "hard sessions of the habit", usual_hard),
        rule(Habit, "long run of the habit", usual_long),
        rule(Habit, "run days of the habit", usual_days),
        rule(Habit, "no run slid onto the next day", not_slid),
        rule(Habit, "no missed session on the next day", not_missed),
    ]
};
/// A hard session may begin with so many hours left, a long run with more.
const HOURS_LEFT_HARD: f64 = 6.0;
const HOURS_LEFT_LONG: f64 = 12.0;
/// Below this relative form there is no hard session.
const FORM_HARD: f64 = -20.0;
/// A weekday run on in so many of the weeks is a usual one.
const USUAL_DAY: f64 = 0.5;
/// Days between long runs at least.
const LONG_GAP: i64 = 5;

fn runs_at_most(frame: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    let runs = frame.inputs.wishes.runs_at_most?;
    (kind.is_run() && morning.runs + 1 > runs).then_some(PlanReason::RunsAtMost { runs })
}

/// Also counts the races that follow at once, whose days cannot be moved.
fn day_off(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let races = (day + 1..day + 7).take_while(|next| frame.race_on(frame.date(*next)).is_some()).count() as u32;
    let days = morning.streak;
    (kind.is_run() && days + 1 + races > RUN_DAYS_MAX).then_some(PlanReason::DayOff { days })
}

fn day_between(frame: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    let is_new = !frame.habits.is_known() && !frame.habits.has_run_in_a_row;
    let walks = kind == Kind::WalkJog;
    (kind.is_run() && (is_new || walks) && morning.streak > 0).then_some(PlanReason::DayBetween)
}

fn one_after_race(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let after = frame.one_session_after(frame.date(day))?;
    let last = morning.last_hard.filter(|last| day as i64 - last < 7)?;
    let since_race = last > days_between(frame.monday, after.date);
    (kind == Kind::Hard && since_race).then_some(after.one_session())
}

fn spacing(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    if !kind.is_taxing() {
        return None;
    }
    let gap = frame.gap();
    let today = day as i64;
    // Two days after a short race are easy, whatever the habit.
    let gap_after = |short_race: bool| if short_race { GAP } else { gap };
    if let Some(last) = morning.last_taxing
        && today - last.day < gap_after(last.short_race)
        && (kind != Kind::Long || !is_habit_after_short_race(frame, morning, day))
    {
        return Some(PlanReason::TooSoon { days: (today - last.day) as u32 });
    }
    let next = (day + 1..day + gap as usize).find_map(|next| frame.race_on(frame.date(next)));
    next.map(|race| PlanReason::RaceSoon { distance_km: race.distance_km })
}

/// Yesterday was a short race, and the long run follows such races by habit.
fn is_habit_after_short_race(frame: &WeekFrame, morning: &Morning, day: usize) -> bool {
    let yesterday = |last: &Taxing| last.short_race && last.day == day as i64 - 1;
    frame.habits.long_after_race && morning.last_taxing.as_ref().is_some_and(yesterday)
}

fn hours(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let left = morning.ready_h - frame.hour(day);
    let most = match kind {
        Kind::Hard => HOURS_LEFT_HARD,
        // The long run on the day after a short race is a habit, not an oversight.
        Kind::Long if is_habit_after_short_race(frame, morning, day) => return None,
        Kind::Long => HOURS_LEFT_LONG,
        _ => return None,
    };
    (left > most).then_some(PlanReason::HoursLeft { hours: left })
}

fn form(frame: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    let relative_form = frame.relative_form(morning)?;
    let least = match kind {
        Kind::Hard => FORM_HARD,
        Kind::Long => FORM_LOW,
        _ => return None,
    };
    (relative_form < least).then_some(PlanReason::Tired { relative_form })
}

fn taxing_days(frame: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    let most = frame.target.taxing;
    let is_full = kind.is_taxing() && morning.taxing + 1 > most;
    is_full.then_some(PlanReason::TaxingDays { most, run_days: frame.target.run_days })
}

fn two_hard(_: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    (kind == Kind::Hard && morning.hard + 1 > 2).then_some(PlanReason::TwoHard)
}

fn week_minutes(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let most = frame.days[day].minutes;
    let least = frame.sizes.within(kind, most).map_or(0.0, |(_, least)| least);
    let upper = frame.target.upper;
    (kind.is_run() && morning.least_minutes + least > upper).then_some(PlanReason::WeekMinutes { minutes: upper })
}

fn usual_hard(frame: &WeekFrame, morning: &Morning, _: usize, kind: Kind) -> Option<PlanReason> {
    let most = frame.target.hard;
    (kind == Kind::Hard && morning.hard + 1 > most).then_some(PlanReason::UsualHard { most })
}

fn usual_long(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    if kind != Kind::Long {
        return None;
    }
    if !frame.wants_long() {
        return Some(PlanReason::NoLongHabit);
    }
    let too_soon = morning.last_long.is_some_and(|last| day as i64 - last < LONG_GAP);
    (morning.long > 0 || too_soon).then_some(PlanReason::OneLong)
}

/// Who has run as often as usual before the day of the long run still has it to come. Once that day has passed without it,
/// it is not made up for.
fn usual_days(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let days = frame.target.run_days;
    let is_its_day = frame.long_day() == Some(day);
    let is_awaited = kind == Kind::Long && is_its_day && morning.long == 0 && frame.wants_long();
    let most = if is_awaited { days.max(frame.done_runs() + 1) } else { days };
    let is_usual = frame.habits.is_known() && days == frame.habits.days;
    let reason = if is_usual { PlanReason::UsualDays { days } } else { PlanReason::EnoughDays { days } };
    (kind.is_run() && morning.runs + 1 > most).then_some(reason)
}

/// A run that a usual day did not get is not slid onto the next day, unless that is a usual one too.
fn not_slid(frame: &WeekFrame, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let yesterday = day.checked_sub(1).filter(|_| frame.habits.is_known() && kind.is_run())?;
    let is_usual = |day: usize| frame.weekday_share(day) >= USUAL_DAY;
    let was_possible = frame.days[yesterday].most.is_run() && frame.days[yesterday].minutes >= LEAST_MIN;
    let is_long_day = kind == Kind::Long && frame.long_day() == Some(day);
    let run_slides = morning.streak == 0 && was_possible && is_usual(yesterday) && !is_usual(day) && !is_long_day;
    run_slides.then(|| PlanReason::NotSlid { weekday: frame.date(yesterday).weekday() })
}

/// A hard session or long run that yesterday's plan had and that was not run has no place today, unless the runner wishes the
/// long run on this day.
fn not_missed(frame: &WeekFrame, _: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
    let is_wished = kind == Kind::Long && frame.inputs.wishes.long_day == Some(frame.date(day).weekday());
    let missed = frame.missed_before(day).filter(|missed| kind == *missed && !is_wished)?;
    Some(PlanReason::MissedYesterday { missed })
}

impl WeekFrame<'_> {
    /// Why a hard or long run, sized and dated, comes too early after what was run before.
    pub fn forbids_by_load(&self, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
        WEEK_RULES.iter().filter(|rule| rule.by_load).find_map(|rule| (rule.forbids)(self, morning, day, kind))
    }

    /// What of the runner's own wishes, protection and spacing a kind would break on the day after this morning.
    pub fn speaks_against(&self, morning: &Morning, day: usize, kind: Kind) -> Option<PlanReason> {
        let by_day = self.days[day].why_not(kind).filter(|(rank, _)| *rank <= Rank::Spacing);
        let rules = WEEK_RULES.iter().filter(|rule| rule.rank <= Rank::Spacing);
        by_day
            .map(|(_, reason)| reason)
            .or_else(|| rules.into_iter().find_map(|rule| (rule.forbids)(self, morning, day, kind)))
    }

    /// Why a kind may not be on a day after this morning.
    pub fn forbids(&self, morning: &Morning, day: usize, choice: DayChoice) -> Option<(Rank, PlanReason)> {
        let kind = self.kind(morning, day, choice);
        let limits = &self.days[day];
        let day_limit = match choice {
            DayChoice::Off | DayChoice::Race | DayChoice::Fixed(_) => return None,
            DayChoice::Gentle => (!limits.most.is_run()).then_some(Kind::WalkJog),
            DayChoice::Long => (!limits.allows_long).then_some(Kind::Long),
            DayChoice::Hard => (!limits.allows_hard).then_some(Kind::Hard),
        };
        if let Some(banned) = day_limit {
            return limits.why_not(banned);
        }
        let asked = if kind == Kind::Race { Kind::Hard } else { kind };
        if self.sizes.within(asked, limits.minutes).is_none() {
            return Some(limits.why_shorter(f64::INFINITY).unwrap_or((Rank::WeekMost, PlanReason::TooShort)));
        }
        let by_place = WEEK_RULES.iter().filter(|rule| !rule.by_load);
        by_place.into_iter().find_map(|rule| Some((rule.rank, (rule.forbids)(self, morning, day, asked)?)))
    }

    /// Why a kind could not be on a day of the chosen week: the constraint it would break, there or later.
    pub fn why_not(&self, first: Morning, week: &Week, day: usize, choice: DayChoice) -> Option<(Rank, PlanReason)> {
        let mut morning = first;
        for (place, chosen) in week.iter().enumerate().skip(self.done) {
            let tried = if place == day { choice } else { *chosen };
            if place >= day {
                let kind = self.kind(&morning, place, tried);
                let by_load = || Some((Rank::Spacing, self.forbids_by_load(&morning, place, kind)?));
                let found = self.forbids(&morning, place, tried);
                let found = found.filter(|(rank, _)| *rank <= Rank::Spacing).or_else(by_load).or(found);
                if let Some((rank, reason)) = found {
                    // What a later day says of its yesterday is not said of this one.
                    return Some((rank, if place == day { reason } else { reason.of_week() }));
                }
            }
            morning = self.next(&morning, place, tried);
        }
        None
    }
}
