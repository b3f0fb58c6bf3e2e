//! How long a session is and what it costs (methods §7).

use super::habits::Habits;
use super::race::race_cost;
use super::timeline::Timeline;
use super::{Kind, Paces, Race};
use crate::physiology::statistics::median;
use jiff::civil::Date;

/// Below this many minutes there is no run.
pub(super) const LEAST_MIN: f64 = 10.0;
/// Minutes of the longest walk with jogging, of cross-training and of a shakeout.
pub(super) const WALK_JOG_MIN_MAX: f64 = 32.0;
pub(super) const CROSS_TRAIN_MIN: f64 = 30.0;
pub(super) const SHAKEOUT_MIN: f64 = 20.0;
/// Minutes of easy and hard sessions of a runner of whom nothing is known.
const EASY_MIN: f64 = 30.0;
const HARD_MIN: f64 = 50.0;
/// The shortest hard session, and its hard minutes where none are on file; fewer than the third are no session.
const LEAST_HARD_MIN: f64 = 30.0;
const HARD_PART_MIN: f64 = 20.0;
pub(super) const LEAST_HARD_PART_MIN: f64 = 8.0;
/// Share of the week's minutes that may be hard.
pub(super) const HARD_SHARE: f64 = 0.20;
/// A recovery run as a share of an easy one, the most it may be, and in minutes.
const RECOVERY_SHARE: f64 = 0.65;
const RECOVERY_SHARE_MAX: f64 = 0.80;
const RECOVERY_MIN_MAX: f64 = 60.0;
/// An easy run fills the week within these shares of the usual one.
const EASY_RANGE: (f64, f64) = (0.70, 1.25);
/// A long run is at least so many times an easy one.
const LONG_SHARE: f64 = 1.25;
/// What falls a little short of the least long run is lengthened to it.
const NEARLY_LONG: f64 = 0.85;
/// A second run of a day.
pub(super) const SECOND_RUN_MIN: (f64, f64) = (20.0, 40.0);
/// Speed where nothing is known, m/s; of other kinds as a share of easy speed.
const EASY_MPS: f64 = 2.7;
const RECOVERY_SPEED: f64 = 0.93;
const HARD_SPEED: f64 = 1.08;
const WALK_JOG_SPEED: f64 = 0.65;

/// The sizes of the sessions of one week, before the week is filled. Minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    pub easy: f64,
    pub easy_least: f64,
    pub easy_most: f64,
    pub recovery: f64,
    pub recovery_most: f64,
    /// `None` where the runner's long run would be no long run.
    pub long: Option<f64>,
    pub long_least: f64,
    pub hard: f64,
    pub hard_least: f64,
    /// Minutes at or above threshold.
    pub hard_part: f64,
}

impl Sizes {
    /// `usual_min` is the median of all runs of two months, by which labels tell long runs; `share` is the week's share
    /// of the habit.
    pub fn of(habits: &Habits, usual_min: Option<f64>, share: f64) -> Sizes {
        let long_from = long_from(usual_min);
        let easy = to_five(habits.easy_min.unwrap_or(EASY_MIN)).clamp(LEAST_MIN, long_from - 5.0);
        let long_least = to_five_up((LONG_SHARE * easy).max(long_from));
        let own_long = habits.long_min.map_or(long_least, to_five);
        let hard = to_five(habits.hard_min.unwrap_or(HARD_MIN)).max(LEAST_HARD_MIN);
        let less = share.min(1.0);
        let recovery_most = to_five_down(RECOVERY_SHARE_MAX * easy).clamp(LEAST_MIN, RECOVERY_MIN_MAX);
        Sizes {
            easy,
            easy_least: to_five(EASY_RANGE.0 * easy).max(LEAST_MIN),
            // In a week of less, no run grows.
            easy_most: if share < 1.0 {
                easy
            } else {
                to_five_down((EASY_RANGE.1 * easy).min(long_from - 5.0)).max(easy)
            },
            recovery: to_five(RECOVERY_SHARE * easy).min(recovery_most),
            recovery_most,
            long: (own_long >= NEARLY_LONG * long_least).then(|| to_five(own_long * share).max(long_least)),
            long_least,
            hard: to_five(hard * less).max(LEAST_HARD_MIN),
            hard_least: LEAST_HARD_MIN,
            hard_part: habits.hard_part_min.unwrap_or(HARD_PART_MIN).max(LEAST_HARD_PART_MIN),
        }
    }

    /// The usual size and the least one of a kind, within so many minutes; `None` where the kind is not possible.
    pub fn within(&self, kind: Kind, most: f64) -> Option<(f64, f64)> {
        let (usual, least) = match kind {
            Kind::Rest | Kind::Race => (0.0, 0.0),
            Kind::CrossTrain => (CROSS_TRAIN_MIN, LEAST_MIN),
            Kind::WalkJog => (most.min(WALK_JOG_MIN_MAX), WALK_JOG_MIN_MAX),
            Kind::Shakeout => (SHAKEOUT_MIN.min(self.easy), SHAKEOUT_MIN),
            Kind::Recovery => (self.recovery, self.recovery),
            Kind::Easy => (self.easy, self.easy_least),
            Kind::Long => (self.long?, self.long_least),
            Kind::Hard => (self.hard, self.hard_least),
        };
        let must_keep = matches!(kind, Kind::Long | Kind::Hard);
        if must_keep && most < least || kind.is_run() && kind != Kind::Race && most.min(usual) < LEAST_MIN {
            return None;
        }
        // Nobody is sent out for 89 minutes.
        let most = if kind == Kind::Long && most < usual { to_five_down(most).max(least) } else { most.floor() };
        Some((usual.min(most), least.min(usual).min(most)))
    }
}

/// The shortest run that is labelled long: 75 min and 1.3 × usual, or 60 and 1.5 ×; 90 while nothing is usual.
fn long_from(usual_min: Option<f64>) -> f64 {
    usual_min.map_or(90.0, |usual| (1.3 * usual).max(75.0).min((1.5 * usual).max(60.0)))
}

/// Whole five minutes: nobody plans 57 and a half.
pub(super) fn to_five(minutes: f64) -> f64 {
    5.0 * (minutes / 5.0).round_ties_even()
}

fn to_five_up(minutes: f64) -> f64 {
    5.0 * (minutes / 5.0 - 1e-9).ceil()
}

pub(super) fn to_five_down(minutes: f64) -> f64 {
    5.0 * (minutes / 5.0 + 1e-9).floor()
}

/// Points an hour by kind: the runner's own median of three runs or more, else a common value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    recovery: f64,
    easy: f64,
    long: f64,
    hard: f64,
    threshold_mps: Option<f64>,
}

/// Runs of a kind that make a rate one's own, and days looked back for them.
const OWN_RUNS: usize = 3;
const RATE_DAYS: i64 = 180;
/// Points an hour of the gentlest kinds.
const WALK_JOG_RATE: f64 = 35.0;
const CROSS_TRAIN_RATE: f64 = 25.0;
const SHAKEOUT_RATE: f64 = 45.0;

impl Rates {
    pub fn of(timeline: &Timeline, start: Date, paces: &Paces) -> Rates {
        let days = timeline.last_days(start, RATE_DAYS);
        let own = |kind: Kind, common: f64| {
            let of_kind = days.iter().filter(|day| day.kind == kind && day.minutes >= LEAST_MIN);
            let rates: Vec<f64> = of_kind.map(|day| 60.0 * (day.load - day.other_load) / day.minutes).collect();
            median(&rates).filter(|rate| rates.len() >= OWN_RUNS && *rate > 0.0).unwrap_or(common)
        };
        let easy = own(Kind::Easy, 60.0);
        Rates {
            // A common value never turns the order of effort round.
            recovery: own(Kind::Recovery, 0.75 * easy).min(easy),
            easy,
            long: own(Kind::Long, 1.03 * easy),
            hard: own(Kind::Hard, 80.0).max(easy),
            threshold_mps: paces.threshold_mps,
        }
    }

    /// Points of a session.
    pub fn load(&self, kind: Kind, minutes: f64) -> f64 {
        let per_h = match kind {
            Kind::Rest => 0.0,
            Kind::CrossTrain => CROSS_TRAIN_RATE.min(0.8 * self.recovery),
            Kind::WalkJog => WALK_JOG_RATE.min(0.9 * self.recovery),
            Kind::Shakeout => SHAKEOUT_RATE.min(self.recovery),
            Kind::Recovery => self.recovery,
            Kind::Easy => self.easy,
            Kind::Long => self.long,
            Kind::Hard | Kind::Race => self.hard,
        };
        per_h * minutes / 60.0
    }

    /// Minutes and points of a race.
    pub fn race(&self, race: &Race) -> (f64, f64) {
        let cost = race_cost(race.distance_km, self.threshold_mps.unwrap_or(super::race::THRESHOLD_UNKNOWN_MPS));
        match race.goal_min.filter(|goal| *goal > 0.0) {
            // The same points an hour over the time hoped for.
            Some(goal) => (goal, cost.load * goal / cost.minutes),
            None => (cost.minutes, cost.load),
        }
    }
}

/// Kilometres of a planned session.
pub(super) fn planned_km(kind: Kind, minutes: f64, paces: &Paces) -> f64 {
    minutes * 60.0 * speed_mps(kind, paces) / 1000.0
}

pub(super) fn speed_mps(kind: Kind, paces: &Paces) -> f64 {
    let easy = paces.easy_mps.filter(|v| *v > 0.0).unwrap_or(EASY_MPS);
    match kind {
        Kind::Hard | Kind::Race => HARD_SPEED * easy,
        Kind::Recovery | Kind::Shakeout => RECOVERY_SPEED * easy,
        Kind::WalkJog | Kind::CrossTrain => WALK_JOG_SPEED * easy,
        Kind::Rest | Kind::Easy | Kind::Long => easy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_what_the_labels_call_long() {
        assert_eq!(
            [None, Some(35.0), Some(45.0), Some(60.0), Some(90.0)].map(long_from),
            [90.0, 60.0, 67.5, 78.0, 117.0]
        );
    }

    #[test]
    fn minutes_go_by_fives() {
        assert_eq!(
            [to_five(32.5), to_five(33.0), to_five_up(31.0), to_five_up(35.0), to_five_down(34.9)],
            [30.0, 35.0, 35.0, 35.0, 30.0]
        );
    }
}
