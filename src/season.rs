//! Days and weeks: what the loads add up to (methods §4).

use crate::label::Label;
use jiff::civil::Date;
use serde::Serialize;

/// One calendar day; there is one for every day from the first activity on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    pub date: Date,
    /// Load of all activities that began on this local day.
    pub load: f64,
    /// Chronic training load at the end of the day.
    pub fitness: f64,
    /// Acute training load at the end of the day.
    pub fatigue: f64,
    /// Yesterday's fitness minus yesterday's fatigue: how fresh the morning is.
    pub form: f64,
    /// Form in percent of fitness (at least 20).
    pub form_relative: f64,
    /// Change of fitness in seven days; `None` in the first week.
    pub ramp: Option<f64>,
    /// Mean over spread of the last seven loads, 0..=10; `None` in the first six days.
    pub monotony: Option<f64>,
    /// Last seven days' load times monotony.
    pub strain: Option<f64>,
    /// The first 42 days of a long history: fitness still grows from zero here and means little.
    #[serde(skip)]
    pub warming_up: bool,
}

/// One week, Monday to Sunday.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    pub monday: Date,
    pub runs: usize,
    pub distance_m: f64,
    pub moving_s: f64,
    pub load: f64,
    /// Moving seconds by label, every label in [`Label::ALL`] order.
    pub moving_s_by_label: [f64; 12],
}

/// Whether hard days are followed by easy ones, over the last 28 days (methods §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RecoveryBalance {
    pub hard_sessions: usize,
    /// Of these, how many had only rest or gentle running in the 36 hours after.
    pub hard_then_gentle: usize,
    pub days: usize,
    pub days_without_run: usize,
    pub recovery_runs: usize,
    pub recovery_runs_too_hard: usize,
}
