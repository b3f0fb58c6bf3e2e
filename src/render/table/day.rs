//! The row of a day.

use crate::season::{Day, Season};
use crate::units::round;
use jiff::civil::Date;
use serde::Serialize;

/// One calendar day. Its fields are the columns of `days.csv`, in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayRow {
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
    /// Change of fitness in seven days; missing in the first week.
    pub ramp: Option<f64>,
    /// Mean over spread of the last seven loads, 0..=10; missing in the first six days.
    pub monotony: Option<f64>,
    /// Last seven days' load times monotony.
    pub strain: Option<f64>,
}

impl DayRow {
    /// One row for every day.
    pub fn all(season: &Season) -> Vec<DayRow> {
        season.days().iter().map(DayRow::of).collect()
    }

    fn of(day: &Day) -> DayRow {
        DayRow {
            date: day.date,
            load: round(day.load, 1),
            fitness: round(day.fitness, 2),
            fatigue: round(day.fatigue, 2),
            form: round(day.form_morning, 2),
            form_relative: round(day.form_relative, 1),
            ramp: day.ramp.map(|ramp| round(ramp, 2)),
            monotony: day.monotony.map(|monotony| round(monotony, 2)),
            strain: day.strain.map(|strain| round(strain, 1)),
        }
    }
}
