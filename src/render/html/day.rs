//! A planned day as the page shows it, with what goes with it.

use super::super::words::capitalised;
use crate::guide::{DayGuide, Guide, Routine, RoutineKind};
use crate::pipeline::Analysis;
use crate::plan::steps::HardSession;
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
    /// What is done, in order, each a sentence; the sessions to choose from on a hard day; and the exercises.
    pub what: Vec<String>,
    /// The deciding one first; at the end what a gentle day is for.
    pub reasons: Vec<String>,
}

impl PlanDay {
    pub fn all(analysis: &Analysis, guide: &Guide) -> Vec<PlanDay> {
        analysis.plan.days.iter().zip(&guide.days).map(|(day, guide)| PlanDay::of(day, guide)).collect()
    }

    fn of(day: &PlannedDay, guide: &DayGuide) -> PlanDay {
        let reasons = day.reasons.iter().map(ToString::to_string);
        PlanDay {
            date: day.date,
            kind: day.kind,
            minutes: day.run_minutes().max(day.minutes()),
            ceiling_bpm: day.heart_rate_ceiling_bpm,
            ceiling_mps: day.pace_ceiling_s_per_km.map(|s_per_km| 1000.0 / s_per_km),
            what: what(day, guide),
            reasons: reasons.chain(guide.purpose.map(|purpose| purpose.to_string())).collect(),
        }
    }
}

fn what(day: &PlannedDay, guide: &DayGuide) -> Vec<String> {
    let mut lines: Vec<String> = match &guide.sessions[..] {
        [] if matches!(day.steps[..], [] | [Part::Step(_)]) => Vec::new(),
        [] => vec![capitalised(&steps(&day.steps)) + "."],
        sessions => sessions.iter().enumerate().map(|(i, session)| choice(i, session)).collect(),
    };
    lines.extend(guide.routines.iter().map(routine));
    lines
}

/// `Threshold: warm up 15 min, …`, and `Or fast repetitions: …`.
fn choice(place: usize, session: &HardSession) -> String {
    let or = if place == 0 { "" } else { "or " };
    format!("{}: {}.", capitalised(&format!("{or}{}", session.name)), steps(&session.steps))
}

fn steps(steps: &[Part]) -> String {
    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `Drills: skips forward, high lunge.`, `Mobility, 15 min: hamstring rock, calf stretch.`
fn routine(routine: &Routine) -> String {
    let names: Vec<&str> = routine.exercises.iter().map(|exercise| exercise.name).collect();
    let name = if routine.kind == RoutineKind::Drills { "drills".to_owned() } else { routine.to_string() };
    format!("{}: {}.", capitalised(&name), names.join(", "))
}
