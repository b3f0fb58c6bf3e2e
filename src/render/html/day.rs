//! A planned day as the page shows it.

use crate::pipeline::Analysis;
use crate::plan::Kind;
use jiff::civil::Date;

pub(super) struct PlanDay {
    pub date: Date,
    pub kind: Kind,
    /// 0 on a day of rest.
    pub minutes: f64,
    /// Heart rate not to be exceeded.
    pub ceiling_bpm: Option<f64>,
    /// Fastest pace on flat ground, m/s.
    pub ceiling_mps: Option<f64>,
    /// The deciding one first.
    pub reasons: Vec<String>,
}

impl PlanDay {
    pub fn all(analysis: &Analysis) -> Vec<PlanDay> {
        let day = |day: &crate::plan::PlannedDay| PlanDay {
            date: day.date,
            kind: day.kind,
            minutes: day.run_minutes().max(day.minutes()),
            ceiling_bpm: day.heart_rate_ceiling_bpm,
            ceiling_mps: day.pace_ceiling_s_per_km.map(|s_per_km| 1000.0 / s_per_km),
            reasons: day.reasons.iter().map(ToString::to_string).collect(),
        };
        analysis.plan.days.iter().map(day).collect()
    }
}
