//! The next days: what each one is for, how long it is, how gently to run it, and why (methods §7).
//!
//! [`plan`] goes week by week, Monday to Sunday. [`Habits`] say what a usual week is, `target` how much of it the week
//! holds, two tables of constraints (`limits` on single days, `week` between days) what is possible; the search picks
//! the best whole week that begins with what has been done in it, and `fill` gives it minutes. At the very end `lower`
//! makes days gentler where a check-in or the overtraining watch asks for it. The same inputs give the same plan.

mod bounds;
mod due;
mod fill;
mod frame;
pub mod from_season;
pub mod habits;
pub mod inputs;
mod kind;
mod limits;
mod lower;
mod morning;
pub mod notes;
mod planner;
pub mod race;
pub mod reason;
pub mod recovery;
mod returning;
mod search;
mod sized;
mod sizes;
pub mod steps;
mod target;
mod timeline;
mod walking;
mod watch;
mod week;
mod why;

#[cfg(test)]
mod tests;

pub use bounds::Rank;
pub use due::{Convention, NextHard};
pub use habits::Habits;
pub use inputs::{Ceilings, CheckIn, Due, Goal, Paces, PastDay, PlanInputs, Priority, Race, Wishes};
pub use kind::Kind;
pub use notes::PlanNote;
pub use planner::plan;
pub use reason::PlanReason;
pub use steps::{Action, HardSession, Step, WorkoutPart};
pub use watch::{Level, Signal, Watch};

use crate::units::round;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Days planned at most.
pub const DAYS_MAX: usize = 84;
/// Days that a plan has where nothing else is asked for.
pub const DAYS: usize = 14;
/// While there is no habit, no plan reaches further than this.
pub const FIRST_DAYS_MAX: usize = 14;
/// Nobody younger than this is given a plan.
pub const PLAN_FROM_YEARS: f64 = 14.0;

/// The days to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// One by one, today or tomorrow first.
    pub days: Vec<PlannedDay>,
    /// Calendar weeks that they lie in.
    pub weeks: Vec<PlannedWeek>,
    /// To be read beside it.
    pub notes: Vec<PlanNote>,
    /// The habit it was drawn from.
    #[serde(skip)]
    pub habits: Habits,
}

/// One planned day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedDay {
    /// The local day.
    pub date: Date,
    /// What it is for.
    pub kind: Kind,
    /// Seconds of the run or of the other activity; 0 on a day of rest.
    pub duration_s: f64,
    /// Seconds of a second, very easy run; 0 without one.
    pub second_run_s: f64,
    /// Seconds at or above threshold of a hard session.
    pub hard_s: f64,
    /// Heart rate not to be exceeded.
    #[serde(serialize_with = "one_decimal")]
    pub heart_rate_ceiling_bpm: Option<f64>,
    /// The fastest pace allowed, in seconds per kilometre of flat ground.
    #[serde(serialize_with = "one_decimal")]
    pub pace_ceiling_s_per_km: Option<f64>,
    /// What is done, in order.
    pub steps: Vec<WorkoutPart>,
    /// Why, the deciding reason first.
    pub reasons: Vec<PlanReason>,
    /// Expected load of the plan in points.
    #[serde(serialize_with = "two_decimals")]
    pub load: f64,
    /// Load of other sports expected by habit, points.
    #[serde(serialize_with = "two_decimals")]
    pub other_load: f64,
    /// Fitness (CTL, points) in the evening.
    #[serde(serialize_with = "two_decimals")]
    pub fitness: f64,
    /// Fatigue (ATL, points) in the evening.
    #[serde(serialize_with = "two_decimals")]
    pub fatigue: f64,
    /// Form (TSB, points) in the morning: fitness less fatigue of the evening before.
    #[serde(serialize_with = "two_decimals")]
    pub form_morning: f64,
}

impl PlannedDay {
    /// Minutes of the main run or other activity.
    pub fn minutes(&self) -> f64 {
        self.duration_s / 60.0
    }

    /// Minutes of running, both runs.
    pub fn run_minutes(&self) -> f64 {
        if self.kind.is_run() { (self.duration_s + self.second_run_s) / 60.0 } else { 0.0 }
    }
}

/// One calendar week of the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedWeek {
    /// Its Monday.
    pub monday: Date,
    /// Minutes of running, done and planned; races entered apart.
    pub minutes: f64,
    /// The habit's minutes.
    pub usual_minutes: f64,
    /// The most minutes it should hold; `None` without a habit.
    pub most_minutes: Option<f64>,
    /// The fewest; likewise.
    pub least_minutes: Option<f64>,
    /// Why it is not a usual week.
    pub reasons: Vec<PlanReason>,
}

/// Every constraint with its rank, the highest first: the table of docs/methods.md §7.
pub fn constraints() -> Vec<(Rank, &'static str)> {
    let days = limits::DAY_RULES.iter().map(|rule| (rule.rank, rule.name));
    let weeks = week::WEEK_RULES.iter().map(|rule| (rule.rank, rule.name));
    let mut all: Vec<(Rank, &'static str)> = days.chain(weeks).collect();
    all.sort_by_key(|(rank, _)| *rank);
    all
}

fn two_decimals<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(round(*value, 2))
}

fn one_decimal<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(|v| round(v, 1)).serialize(serializer)
}
