//! The row of a planned day.

use super::row;
use crate::guide::{DayGuide, Guide, Routine};
use crate::plan::{Plan, PlannedDay};
use crate::units::round;
use jiff::civil::Date;

row! {
    /// One planned day.
    pub struct PlanRow in "plan" {
        /// The local day.
        date: Date,
        /// What it is for: `rest`, `cross_train`, `walk_jog`, `shakeout`, `recovery`, `easy`, `long`, `hard` or `race`.
        kind: &'static str,
        /// Minutes of the run or of the other activity, at most; 0 on a day of rest.
        minutes: f64,
        /// Minutes from which on a long run counts as one.
        least_minutes: Option<f64>,
        /// Minutes of a second, very easy run.
        second_run_minutes: f64,
        /// Minutes at or above threshold of a hard session.
        hard_minutes: f64,
        /// Heart rate not to be exceeded, bpm.
        heart_rate_ceiling_bpm: Option<f64>,
        /// The fastest pace, seconds per kilometre of flat ground.
        pace_ceiling_s_per_km: Option<f64>,
        /// What is done, in order.
        steps: String,
        /// Exercises that belong to the day.
        routines: String,
        /// Why, the deciding reason first.
        reasons: String,
        /// Expected load of the plan, points.
        load: f64,
        /// Load of other sports expected by habit, points.
        other_load: f64,
        /// Fitness in the evening, points.
        fitness: f64,
        /// Fatigue in the evening, points.
        fatigue: f64,
        /// Form in the morning, points.
        form_morning: f64,
    }
}

impl PlanRow {
    /// One row for every planned day.
    pub fn all(plan: &Plan, guide: &Guide) -> Vec<PlanRow> {
        plan.days.iter().zip(&guide.days).map(|(day, guide)| PlanRow::of(day, guide)).collect()
    }

    fn of(day: &PlannedDay, guide: &DayGuide) -> PlanRow {
        let minutes = |seconds: f64| round(seconds / 60.0, 1);
        PlanRow {
            date: day.date,
            kind: day.kind.word(),
            minutes: minutes(day.duration_s),
            least_minutes: guide.least_s.map(minutes),
            second_run_minutes: minutes(day.second_run_s),
            hard_minutes: minutes(day.hard_s),
            heart_rate_ceiling_bpm: day.heart_rate_ceiling_bpm.map(|bpm| round(bpm, 1)),
            pace_ceiling_s_per_km: day.pace_ceiling_s_per_km.map(|pace| round(pace, 1)),
            steps: joined(&day.steps, ", "),
            routines: joined::<Routine>(&guide.routines, "; "),
            reasons: joined(&day.reasons, "; "),
            load: round(day.load, 2),
            other_load: round(day.other_load, 2),
            fitness: round(day.fitness, 2),
            fatigue: round(day.fatigue, 2),
            form_morning: round(day.form_morning, 2),
        }
    }
}

fn joined<T: ToString>(items: &[T], separator: &str) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}
