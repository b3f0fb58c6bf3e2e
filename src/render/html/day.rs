//! A planned day as the page shows it, with what goes with it.

use super::super::planned;
use crate::guide::{DayGuide, Guide};
use crate::pipeline::Analysis;
use crate::plan::{Kind, PlannedDay};
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
    /// `30 min`, of a long run its range; `None` on a day of rest.
    pub length: Option<String>,
    /// Why the day is what it is, and what it is for.
    pub why: String,
    /// What is done, and the exercises that belong to it, in sentences.
    pub what: Vec<String>,
}

impl PlanDay {
    pub fn all(analysis: &Analysis, guide: &Guide) -> Vec<PlanDay> {
        let day = |(day, guide): (&PlannedDay, &DayGuide)| PlanDay {
            date: day.date,
            kind: day.kind,
            minutes: day.run_minutes().max(day.minutes()),
            ceiling_bpm: day.heart_rate_ceiling_bpm,
            ceiling_mps: day.pace_ceiling_s_per_km.map(|s_per_km| 1000.0 / s_per_km),
            length: planned::how_long(day, guide),
            why: planned::why(day, guide),
            what: planned::what(day, guide).into_iter().chain(planned::routines(guide)).collect(),
        };
        analysis.plan.days.iter().zip(&guide.days).map(day).collect()
    }
}
