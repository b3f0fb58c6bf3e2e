//! How much a week should hold (methods §7).

use super::habits::{Habits, RUN_DAYS_MAX};
use super::race::Aftermath;
use super::returning::{Return, tightest};
use super::sizes::WALK_JOG_MIN_MAX;
use super::timeline::{Timeline, add_days};
use super::{Goal, PlanInputs, PlanReason};
use crate::calendar::{days_between, monday_of};
use jiff::civil::Date;

/// A week without a special reason holds between these shares of its target.
pub(super) const BOUNDS: (f64, f64) = (0.85, 1.05);
/// The weeks of a block that builds, before the down week.
const BUILD: [f64; 3] = [1.00, 1.05, 1.10];
/// A down week, building and holding.
const DOWN_BUILD: f64 = 0.65;
const DOWN_HOLD: f64 = 0.80;
/// Every fourth week is down, every third from this age on; only for so many run days a week and more.
const DOWN_EVERY: i64 = 4;
const DOWN_EVERY_OLDER: i64 = 3;
const OLDER_YEARS: f64 = 50.0;
const DOWN_FROM_DAYS: u32 = 4;
/// A week at or below this share was down in effect.
const LOW_SHARE: f64 = 0.85;
/// After a race over more kilometres the weeks stay at or below the share until training is unrestricted.
const AFTER_RACE_KM: f64 = 12.0;
const AFTER_RACE_SHARE: f64 = 0.85;
/// Neither hard nor long in a week of this share or less on the way back.
pub(super) const EASY_ONLY_SHARE: f64 = 0.55;
/// A week on the way back may always hold two walks with jogging.
const RETURN_LEAST_MIN: f64 = 50.0;
/// Run days of the first weeks, and from so many days on file.
const FIRST_RUN_DAYS: u32 = 3;
const FIRST_RUN_DAYS_LATER: u32 = 4;
const FIRST_LATER_FROM: i64 = 14;
/// From so many days on file without a habit, running is irregular rather than new; run days a week that it may have.
const IRREGULAR_FROM_DAYS: i64 = 28;
const FEWEST_RUN_DAYS: u32 = 2;
/// Hard sessions a week at most.
pub(super) const HARD_MAX: u32 = 2;

/// What a week aims at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    /// Share of the habit.
    pub share: f64,
    pub minutes: f64,
    /// The most it may hold; infinite in the first weeks, which go by single runs.
    pub upper: f64,
    /// The least it should hold; `None` for the week now running.
    pub lower: Option<f64>,
    pub run_days: u32,
    /// Hard sessions that the habit has for this week.
    pub hard: u32,
    /// Hard and long days, races counted.
    pub taxing: u32,
    /// Why it is not the habit.
    pub because: Vec<PlanReason>,
}

/// What the target is drawn from.
pub(super) struct Grounds<'a> {
    pub inputs: &'a PlanInputs,
    pub habits: &'a Habits,
    pub timeline: &'a Timeline,
    pub returns: &'a [Return],
    pub aftermaths: &'a [Aftermath],
    pub monday: Date,
}

impl Target {
    pub fn of(grounds: &Grounds) -> Target {
        let Grounds { inputs, habits, monday, .. } = *grounds;
        if !habits.is_known() {
            return Target::first_days(grounds);
        }
        let mut low = Lowest { share: goal_share(grounds), because: Vec::new() };
        let mut run_days = habits.days;
        if let Some((share, back)) = mean_return(grounds)
            && low.lower(share, PlanReason::Returning { after_days: back.gap as u32, share })
        {
            let kept = f64::from(habits.days) * (1.0 + share) / 2.0;
            run_days = (kept.round() as u32).clamp(habits.days.min(2), habits.days);
        }
        low.before_and_after_races(grounds);
        if is_down(grounds, low.share) {
            let to = if inputs.wishes.goal == Goal::Build { DOWN_BUILD } else { DOWN_HOLD };
            low.share = low.share.min(to);
            run_days = run_days.min(habits.days.saturating_sub(1)).max(1);
            low.because.push(PlanReason::DownWeek { share: to });
        }
        let Lowest { share, because } = low;
        let minutes = share * habits.minutes;
        let is_back = because.iter().any(|reason| matches!(reason, PlanReason::Returning { .. }));
        Target {
            share,
            minutes,
            upper: upper(grounds, share, is_back),
            lower: (monday > monday_of(inputs.start) || monday == inputs.start).then_some(BOUNDS.0 * minutes),
            run_days,
            hard: hard_sessions(habits.hard_rate, monday),
            taxing: taxing_days(run_days, habits.taxing_rate()),
            because,
        }
    }

    /// Three days, or four from two weeks on file if so many were seen. Who has run for longer, only not regularly enough for
    /// a habit, is given no more days and minutes than weeks with runs held so far, and has a way back after breaks.
    fn first_days(grounds: &Grounds) -> Target {
        let Grounds { inputs, habits, timeline, monday, .. } = *grounds;
        let on_file = inputs.first_run.map_or(0, |first| days_between(first, monday));
        let seen = (1..=4).any(|back| {
            let week = timeline.last_days(add_days(monday, -7 * (back - 1)), 7);
            week.iter().filter(|day| day.is_run()).count() >= FIRST_RUN_DAYS_LATER as usize
        });
        let run_days = if on_file >= FIRST_LATER_FROM && seen { FIRST_RUN_DAYS_LATER } else { FIRST_RUN_DAYS };
        let mut target = Target {
            share: 1.0,
            minutes: 0.0,
            upper: f64::INFINITY,
            lower: None,
            run_days,
            hard: 0,
            taxing: 1,
            because: vec![PlanReason::FirstDays { weeks: habits.weeks as u32 }],
        };
        if on_file >= IRREGULAR_FROM_DAYS && habits.minutes > 0.0 {
            let back = mean_return(grounds);
            target.run_days = run_days.min(habits.days.max(FEWEST_RUN_DAYS));
            target.upper = upper(grounds, back.map_or(1.0, |(share, _)| share), back.is_some());
            let returning = |(share, back): (f64, Return)| PlanReason::Returning { after_days: back.gap as u32, share };
            target.because.extend(back.map(returning));
        }
        target
    }
}

/// The most minutes of a week of this share of the habit. On the way back there is always room for a little.
fn upper(grounds: &Grounds, share: f64, is_back: bool) -> f64 {
    let Grounds { habits, monday, .. } = *grounds;
    let walks = grounds.returns.iter().any(|back| back.is_walk_jog(monday) || back.is_walk_jog(add_days(monday, 6)));
    let least = match is_back {
        // Three walks with jogging a week, whose walking is not counted for running.
        true if walks => FIRST_RUN_DAYS as f64 * WALK_JOG_MIN_MAX,
        true => RETURN_LEAST_MIN,
        false => 0.0,
    };
    (BOUNDS.1 * share * habits.minutes).max(least.min(habits.minutes))
}

/// The lowest share of the habit so far, and what made it so.
struct Lowest {
    share: f64,
    because: Vec<PlanReason>,
}

impl Lowest {
    /// Whether this share is lower than those before.
    fn lower(&mut self, to: f64, because: PlanReason) -> bool {
        let lowers = to < self.share;
        if lowers {
            self.share = to;
            self.because.push(because);
        }
        lowers
    }

    fn before_and_after_races(&mut self, grounds: &Grounds) {
        let monday = grounds.monday;
        for race in &grounds.inputs.races {
            if let Some(share) = race.taper_share(monday) {
                let days = days_between(monday, race.date) as u32;
                self.lower(share, PlanReason::TaperWeek { distance_km: race.distance_km, days, share });
            }
        }
        for after in grounds.aftermaths {
            if after.distance_km > AFTER_RACE_KM && monday <= after.full_until() {
                let because = PlanReason::WeekAfterRace { distance_km: after.distance_km, raced: after.raced };
                self.lower(AFTER_RACE_SHARE, because);
            }
        }
    }
}

fn goal_share(grounds: &Grounds) -> f64 {
    if grounds.inputs.wishes.goal != Goal::Build {
        return 1.0;
    }
    let place = place_in_block(grounds) as usize;
    BUILD.get(place).copied().unwrap_or(BUILD[BUILD.len() - 1])
}

/// The mean over the days of the week since the return began.
fn mean_return(grounds: &Grounds) -> Option<(f64, Return)> {
    let week = || (0..7).map(|i| add_days(grounds.monday, i));
    let from = week().find(|day| tightest(grounds.returns, *day).is_some())?;
    let back = tightest(grounds.returns, from)?.1;
    let days: Vec<f64> =
        week().filter(|day| *day >= from).map(|day| tightest(grounds.returns, day).map_or(1.0, |(s, _)| s)).collect();
    Some((days.iter().sum::<f64>() / days.len() as f64, back))
}

fn block_weeks(inputs: &PlanInputs) -> i64 {
    if inputs.age_years.is_some_and(|age| age >= OLDER_YEARS) { DOWN_EVERY_OLDER } else { DOWN_EVERY }
}

/// 0 in the first week of a block, counted from the first week on file.
fn place_in_block(grounds: &Grounds) -> i64 {
    let first = grounds.inputs.first_run.map_or(grounds.monday, monday_of);
    (days_between(first, grounds.monday) / 7).rem_euclid(block_weeks(grounds.inputs))
}

/// Whether this is a down week: wished, or due and none of the weeks of the block was low for another reason.
fn is_down(grounds: &Grounds, share: f64) -> bool {
    let Grounds { inputs, habits, timeline, monday, .. } = *grounds;
    if inputs.cut_back == Some(monday) {
        return true;
    }
    let weeks = block_weeks(inputs);
    let is_due = place_in_block(grounds) == weeks - 1 && habits.days >= DOWN_FROM_DAYS && share > LOW_SHARE;
    is_due
        && (1..weeks).all(|back| {
            let week = timeline.last_days(add_days(monday, -7 * (back - 1)), 7);
            let minutes: f64 = week.iter().map(|day| day.minutes).sum();
            week.len() == 7 && minutes > LOW_SHARE * habits.minutes
        })
}

/// A rate of 0.4 is two sessions in five weeks, always the same ones.
fn hard_sessions(rate: f64, monday: Date) -> u32 {
    const NEARLY: f64 = 1e-6;
    let week = (days_between(jiff::civil::date(1970, 1, 5), monday) / 7) as f64;
    let until = |week: f64| (week * rate + NEARLY).floor();
    ((until(week + 1.0) - until(week)) as u32).min(HARD_MAX)
}

/// Hard and long days a week, races counted, by run days and by what the runner is used to.
fn taxing_days(run_days: u32, usual: f64) -> u32 {
    match run_days {
        0..=2 => 1,
        3 if usual >= 1.5 => 2,
        3 => 1,
        4 => 2,
        _ if usual >= 2.5 => 3,
        _ => 2,
    }
    .min(RUN_DAYS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_rate_is_spread_over_weeks() {
        let weeks = |rate, n: i64| -> u32 {
            (0..n).map(|week| hard_sessions(rate, add_days(date(2026, 3, 2), 7 * week))).sum()
        };
        assert_eq!((weeks(0.4, 20), weeks(1.0, 5), weeks(0.125, 8), weeks(2.0, 4), weeks(3.0, 4)), (8, 5, 1, 8, 8));
    }

    #[test]
    fn few_run_days_hold_few_hard_ones() {
        let days = |run_days, usual| taxing_days(run_days, usual);
        assert_eq!(
            [days(2, 2.0), days(3, 1.0), days(3, 2.0), days(4, 3.0), days(5, 2.0), days(6, 3.0)],
            [1, 1, 2, 2, 2, 3]
        );
    }
}
