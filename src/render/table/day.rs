//! The row of a day.

use super::row;
use crate::season::{Day, Season};
use crate::units::round;
use jiff::civil::Date;

row! {
    /// One calendar day; there is one for every day from the first activity on.
    pub struct DayRow in "days" {
        /// The local day.
        date: Date,
        /// Load of all activities that started on this day, points.
        load: f64,
        /// Fitness (chronic training load, CTL) in the evening, points.
        fitness: f64,
        /// Fatigue (acute training load, ATL) in the evening, points.
        fatigue: f64,
        /// Form in the morning: fitness less fatigue of the evening before, points.
        form_morning: f64,
        /// The same in per cent of fitness (taken as 20 at least).
        form_relative: f64,
        /// Change of fitness in seven days, points; missing in the first week.
        ramp: Option<f64>,
        /// Mean over spread of the last seven loads, 0 to 10; missing in the first six days.
        monotony: Option<f64>,
        /// Last seven days' load times monotony.
        strain: Option<f64>,
    }
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
            form_morning: round(day.form_morning, 2),
            form_relative: round(day.form_relative, 1),
            ramp: day.ramp.map(|ramp| round(ramp, 2)),
            monotony: day.monotony.map(|monotony| round(monotony, 2)),
            strain: day.strain.map(|strain| round(strain, 1)),
        }
    }
}
