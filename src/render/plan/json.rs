//! The plan as JSON: everything, for other programs.

use super::super::table::{MadeWith, json_with};
use crate::guide::{Beside, DayGuide, Exercise, Guide, KindAdvice};
use crate::plan::{Plan, PlanNote, PlannedDay, PlannedWeek};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    days: Vec<Day<'a>>,
    weeks: &'a [PlannedWeek],
    notes: &'a [PlanNote],
    kinds: &'a [KindAdvice],
    beside: &'a [Beside],
    exercises: Vec<&'static Exercise>,
}

#[derive(Serialize)]
struct Day<'a> {
    #[serde(flatten)]
    day: &'a PlannedDay,
    #[serde(flatten)]
    guide: &'a DayGuide,
}

/// The plan with all that goes with it.
///
/// # Errors
/// Where a value cannot be written as JSON; not for any plan of this program.
pub fn json(plan: &Plan, guide: &Guide, made_with: &MadeWith) -> anyhow::Result<Vec<u8>> {
    let days = plan.days.iter().zip(&guide.days).map(|(day, guide)| Day { day, guide });
    let document = Document {
        days: days.collect(),
        weeks: &plan.weeks,
        notes: &plan.notes,
        kinds: &guide.kinds,
        beside: &guide.beside,
        exercises: guide.exercises().collect(),
    };
    json_with(&document, made_with)
}
