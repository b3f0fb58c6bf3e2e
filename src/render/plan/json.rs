//! The plan as JSON: everything, for other programs.

use super::super::table::{MadeWith, json_with};
use crate::guide::{Aside, DayGuide, Exercise, Guide, KindAdvice};
use crate::kept::{KeptDay, KeptPlan, PlannedAndDone};
use crate::plan::{Kind, Plan, PlanNote, PlannedDay, PlannedWeek};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Document<'a> {
    days: Vec<JsonDay<'a>>,
    weeks: &'a [PlannedWeek],
    notes: &'a [PlanNote],
    kinds: &'a [KindAdvice],
    beside: &'a [Aside],
    exercises: Vec<&'static Exercise>,
    what_if: Option<WhatIfPlan<'a>>,
    planned_and_done: Option<&'a PlannedAndDone>,
    earlier_plans: &'a [KeptPlan],
}

/// The plan that follows if today is of another kind.
#[derive(Serialize)]
struct WhatIfPlan<'a> {
    today: Kind,
    days: &'a [PlannedDay],
    weeks: &'a [PlannedWeek],
    notes: &'a [PlanNote],
}

#[derive(Serialize)]
struct JsonDay<'a> {
    #[serde(flatten)]
    day: &'a PlannedDay,
    #[serde(flatten)]
    guide: &'a DayGuide,
}

/// The plan with all that goes with it, the one that another kind of day today would make, what was run of the plans before, and these.
///
/// # Errors
/// Where a value cannot be written as JSON; not for any plan of this program.
pub fn json(
    plan: &Plan,
    guide: &Guide,
    what_if: Option<&(Kind, Plan)>,
    (since, earlier): (Option<&PlannedAndDone>, &[KeptPlan]),
    made_with: &MadeWith,
) -> anyhow::Result<Vec<u8>> {
    let days = plan.days.iter().zip(&guide.days).map(|(day, guide)| JsonDay { day, guide });
    let document = Document {
        days: days.collect(),
        weeks: &plan.weeks,
        notes: &plan.notes,
        kinds: &guide.kinds,
        beside: &guide.beside,
        exercises: guide.exercises().collect(),
        what_if: what_if.map(|(today, plan)| WhatIfPlan {
            today: *today,
            days: &plan.days,
            weeks: &plan.weeks,
            notes: &plan.notes,
        }),
        planned_and_done: since,
        earlier_plans: earlier,
    };
    json_with(&document, made_with)
}

/// The plans that an earlier `plan.json` holds, its own among them; none in a file of another kind.
pub fn kept_in(file: &str) -> Vec<KeptPlan> {
    #[derive(Deserialize)]
    struct Earlier {
        made_with: Made,
        days: Vec<DaySeconds>,
        #[serde(default)]
        earlier_plans: Vec<KeptPlan>,
    }
    #[derive(Deserialize)]
    struct Made {
        as_of: Date,
    }
    #[derive(Deserialize)]
    struct DaySeconds {
        date: Date,
        kind: Kind,
        duration_s: f64,
        second_run_s: f64,
    }
    let Ok(file) = serde_json::from_str::<Earlier>(file) else { return Vec::new() };
    let day = |day: &DaySeconds| KeptDay {
        date: day.date,
        kind: day.kind,
        minutes: ((day.duration_s + day.second_run_s) / 60.0).round(),
    };
    let own = KeptPlan { made: file.made_with.as_of, days: file.days.iter().map(day).collect() };
    let mut all = file.earlier_plans;
    all.retain(|plan| plan.made != own.made);
    all.push(own);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{PlanInputs, plan};
    use jiff::civil::date;

    #[test]
    fn a_plan_is_found_again_in_its_file() {
        let inputs = PlanInputs { start: date(2026, 6, 22), ..PlanInputs::default() };
        let plan = plan(&inputs, 7);
        let before = KeptPlan { made: date(2026, 6, 20), days: Vec::new() };
        let made_with = MadeWith { as_of: date(2026, 6, 22), ..MadeWith::default() };
        let guide = Guide::of(&plan, &inputs, &[]);
        let file = json(&plan, &guide, None, (None, std::slice::from_ref(&before)), &made_with).expect("written");
        let file = String::from_utf8(file).expect("text");
        assert_eq!(kept_in(&file), [before, KeptPlan::of(&plan, date(2026, 6, 22))]);
        assert_eq!(kept_in(""), []);
        assert_eq!(kept_in("{\"days\": 1}"), []);
    }
}
