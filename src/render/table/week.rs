//! The row of a week.

use crate::label::Label;
use crate::season::{Season, Week};
use crate::units::round;
use jiff::civil::Date;
use serde::Serialize;

/// One week, Monday to Sunday. Its fields are the columns of `weeks.csv`, in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekRow {
    pub monday: Date,
    /// Walks are none.
    pub runs: usize,
    pub distance_m: f64,
    pub moving_s: f64,
    pub load: f64,
    /// Moving seconds by label, every label in [`Label::ALL`] order.
    pub moving_s_by_label: [f64; Label::ALL.len()],
}

impl WeekRow {
    /// One row for every week.
    pub fn all(season: &Season) -> Vec<WeekRow> {
        season.weeks().iter().map(WeekRow::of).collect()
    }

    fn of(week: &Week) -> WeekRow {
        WeekRow {
            monday: week.monday,
            runs: week.runs,
            distance_m: round(week.distance_m, 1),
            moving_s: round(week.moving_s, 0),
            load: round(week.load, 1),
            moving_s_by_label: week.moving_s_by_label.map(|s| round(s, 0)),
        }
    }
}
