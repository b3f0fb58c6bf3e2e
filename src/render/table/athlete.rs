//! The thresholds week by week.

use crate::athlete::{Estimate, Thresholds};
use crate::calendar::monday_of;
use crate::season::Season;
use crate::units::round;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// What a week's runs are measured against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThresholdsOfWeek {
    pub monday: Date,
    pub maximal_heart_rate: Estimated,
    pub resting_heart_rate: Estimated,
    /// The heart rate that can be held for about an hour of racing.
    pub threshold_heart_rate: Estimated,
    /// The same as grade-adjusted speed; missing while no effort of ten minutes is on file.
    pub threshold_speed: Option<Estimated>,
    pub critical_power_w: Option<f64>,
}

/// A number and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimated {
    pub value: f64,
    /// It may be off by so much to either side: one standard deviation.
    pub half_width: f64,
    /// `bpm` or `m/s`.
    pub unit: &'static str,
    /// In words.
    pub basis: String,
    /// `low`, `medium` or `high`.
    pub trust: String,
}

impl Estimated {
    fn bpm(estimate: &Estimate) -> Estimated {
        Estimated::of(estimate, "bpm", 1)
    }

    fn of(estimate: &Estimate, unit: &'static str, decimals: i32) -> Estimated {
        Estimated {
            value: round(estimate.value, decimals),
            half_width: round(estimate.half_width, decimals),
            unit,
            basis: estimate.basis.to_string(),
            trust: estimate.trust.to_string(),
        }
    }
}

impl ThresholdsOfWeek {
    /// Every week from the first activity to today.
    pub fn all(season: &Season) -> Vec<ThresholdsOfWeek> {
        let first = monday_of(season.daily.first.min(season.today));
        let mondays = (0_i64..).map(|week| first.saturating_add(week.weeks())).take_while(|day| *day <= season.today);
        mondays.map(|monday| ThresholdsOfWeek::of(monday, season.athlete.at(monday))).collect()
    }

    fn of(monday: Date, thresholds: &Thresholds) -> ThresholdsOfWeek {
        ThresholdsOfWeek {
            monday,
            maximal_heart_rate: Estimated::bpm(&thresholds.heart_rate_max),
            resting_heart_rate: Estimated::bpm(&thresholds.heart_rate_rest),
            threshold_heart_rate: Estimated::bpm(&thresholds.heart_rate_threshold),
            threshold_speed: thresholds.speed_threshold.as_ref().map(|speed| Estimated::of(speed, "m/s", 3)),
            critical_power_w: thresholds.critical_power_w,
        }
    }
}
