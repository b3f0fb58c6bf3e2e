//! A week in the making: what is chosen for its days, and the minutes they get.

use super::{Kind, PlanReason};

/// What may be chosen for a day. Which gentle kind a gentle run is follows from the days before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayChoice {
    Off,
    Gentle,
    Long,
    Hard,
    Race,
    /// What the runner means to do whatever the plan says.
    Fixed(Kind),
}

/// Monday to Sunday.
pub(super) type Week = [DayChoice; 7];

/// One day with its minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sized {
    pub kind: Kind,
    pub minutes: f64,
    /// Of a second run on the same day.
    pub second_min: f64,
    /// Minutes at or above threshold.
    pub hard_min: f64,
}

impl Sized {
    pub fn total(&self) -> f64 {
        self.minutes + self.second_min
    }
}

/// A week with its minutes, and what shortened it.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub days: [Sized; 7],
    pub shortened: Option<PlanReason>,
    /// Days on which fatigue left only a recovery run.
    pub tired: [bool; 7],
}

/// Fitness in the evening, and the load of a race on that day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evening {
    pub ctl: f64,
    pub race_load: f64,
}
