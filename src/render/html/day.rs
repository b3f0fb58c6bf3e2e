//! A planned day as the page shows it.

use crate::pipeline::Analysis;
use crate::plan::{Kind, Part, PlannedDay};
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
    /// What is done, in order; empty where one word says it.
    pub steps: String,
    /// The deciding one first.
    pub reasons: Vec<String>,
}

impl PlanDay {
    pub fn all(analysis: &Analysis) -> Vec<PlanDay> {
        let day = |day: &PlannedDay| PlanDay {
            date: day.date,
            kind: day.kind,
            minutes: day.run_minutes().max(day.minutes()),
            ceiling_bpm: day.heart_rate_ceiling_bpm,
            ceiling_mps: day.pace_ceiling_s_per_km.map(|s_per_km| 1000.0 / s_per_km),
            steps: steps(day),
            reasons: day.reasons.iter().map(ToString::to_string).collect(),
        };
        analysis.plan.days.iter().map(day).collect()
    }
}

/// `Warm up 15 min, 4 × (4 min fast, jog 3 min), cool down 10 min`; nothing where the day is a single step.
fn steps(day: &PlannedDay) -> String {
    let is_single = matches!(day.steps[..], [] | [Part::Step(_)]);
    let steps: Vec<String> = day.steps.iter().filter(|_| !is_single).map(ToString::to_string).collect();
    super::super::words::capitalised(&steps.join(", "))
}
