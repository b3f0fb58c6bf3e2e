//! The row of a week's thresholds.

use super::athlete::{Estimated, ThresholdsOfWeek};
use super::row;
use crate::season::Season;
use jiff::civil::Date;

row! {
    /// What the runs of one week are measured against (`athlete.json` as a table): `freshlegs athlete --format csv`.
    pub struct AthleteWeekRow in "athlete" {
        /// The week's Monday.
        monday: Date,
        /// Highest heart rate, bpm.
        maximal_heart_rate_bpm: f64,
        /// One standard deviation of it, bpm.
        maximal_heart_rate_half_width_bpm: f64,
        /// What it rests on.
        maximal_heart_rate_basis: String,
        /// `low`, `medium` or `high`.
        maximal_heart_rate_trust: String,
        /// Heart rate at rest, bpm.
        resting_heart_rate_bpm: f64,
        /// One standard deviation of it, bpm.
        resting_heart_rate_half_width_bpm: f64,
        /// What it rests on.
        resting_heart_rate_basis: String,
        /// `low`, `medium` or `high`.
        resting_heart_rate_trust: String,
        /// The heart rate that can be held for about an hour of racing, bpm.
        threshold_heart_rate_bpm: f64,
        /// One standard deviation of it, bpm.
        threshold_heart_rate_half_width_bpm: f64,
        /// What it rests on.
        threshold_heart_rate_basis: String,
        /// `low`, `medium` or `high`.
        threshold_heart_rate_trust: String,
        /// The same as grade-adjusted speed, m/s; missing while no effort of ten minutes is on file.
        threshold_speed_mps: Option<f64>,
        /// One standard deviation of it, m/s.
        threshold_speed_half_width_mps: Option<f64>,
        /// What it rests on.
        threshold_speed_basis: Option<String>,
        /// `low`, `medium` or `high`.
        threshold_speed_trust: Option<String>,
        /// Critical power, W.
        critical_power_w: Option<f64>,
    }
}

impl AthleteWeekRow {
    /// Every week from the first activity to today.
    pub fn all(season: &Season) -> Vec<AthleteWeekRow> {
        ThresholdsOfWeek::all(season).into_iter().map(AthleteWeekRow::of).collect()
    }

    fn of(week: ThresholdsOfWeek) -> AthleteWeekRow {
        let (most, rest, threshold) = (week.maximal_heart_rate, week.resting_heart_rate, week.threshold_heart_rate);
        let speed: Option<Estimated> = week.threshold_speed;
        AthleteWeekRow {
            monday: week.monday,
            maximal_heart_rate_bpm: most.value,
            maximal_heart_rate_half_width_bpm: most.half_width,
            maximal_heart_rate_basis: most.basis,
            maximal_heart_rate_trust: most.trust,
            resting_heart_rate_bpm: rest.value,
            resting_heart_rate_half_width_bpm: rest.half_width,
            resting_heart_rate_basis: rest.basis,
            resting_heart_rate_trust: rest.trust,
            threshold_heart_rate_bpm: threshold.value,
            threshold_heart_rate_half_width_bpm: threshold.half_width,
            threshold_heart_rate_basis: threshold.basis,
            threshold_heart_rate_trust: threshold.trust,
            threshold_speed_mps: speed.as_ref().map(|s| s.value),
            threshold_speed_half_width_mps: speed.as_ref().map(|s| s.half_width),
            threshold_speed_basis: speed.as_ref().map(|s| s.basis.clone()),
            threshold_speed_trust: speed.map(|s| s.trust),
            critical_power_w: week.critical_power_w,
        }
    }
}
