//! Which exercises belong to which day (methods §7.8).

use super::exercise::{self, Exercise, Range};
use super::is_unwell;
use crate::calendar::{days_between, monday_of};
use crate::plan::{Action, Kind, PlanReason, PlannedDay, WorkoutPart};
use jiff::civil::{Date, date};
use serde::{Serialize, Serializer};
use std::fmt;

/// Mobility on so many days a week; four to five are asked for.
const MOBILITY_DAYS: f64 = 5.0;

/// Some exercises in a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Routine {
    pub kind: RoutineKind,
    /// Minutes, from the least to the most.
    pub minutes: Range,
    /// In this order.
    #[serde(serialize_with = "ids")]
    pub exercises: Vec<&'static Exercise>,
    /// Each exercise only half as often as it says.
    pub half: bool,
}

/// What a routine is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutineKind {
    /// Before a hard session or a race.
    MobilityBefore,
    /// Halfway through a recovery run.
    Drills,
    /// After a hard session or a race.
    MobilityAfter,
    Mobility,
    Stretching,
}

const MOBILITY: [&Exercise; 3] = [&exercise::HAMSTRING_ROCK, &exercise::HIP_ROTATIONS, &exercise::CALF_STRETCH];
const CALVES_FIRST: [&Exercise; 3] = [&exercise::CALF_STRETCH, &exercise::HAMSTRING_ROCK, &exercise::HIP_ROTATIONS];
const STRETCHING: [&Exercise; 6] = [
    &exercise::HIP_OPENER,
    &exercise::CHILDS_POSE,
    &exercise::CAT_COW,
    &exercise::SPINAL_TWIST,
    &exercise::HAMSTRING_STRETCH,
    &exercise::PIGEON,
];
/// Two or three drills at a time, another set on each day.
const DRILLS: [&[&Exercise]; 3] = [
    &[&exercise::SKIPS, &exercise::QUAD_TO_KNEE_HUG],
    &[&exercise::SIDE_SHUFFLE, &exercise::FORWARD_FOLD],
    &[&exercise::BACKWARD, &exercise::QUAD_TO_KNEE_HUG, &exercise::HIGH_LUNGE],
];
/// While the legs mend after a race nothing springs.
const DRILLS_WHILE_SORE: [&Exercise; 2] = [&exercise::QUAD_TO_KNEE_HUG, &exercise::HIGH_LUNGE];

impl Routine {
    fn new(kind: RoutineKind, exercises: &[&'static Exercise]) -> Routine {
        let (least, most) = match kind {
            RoutineKind::MobilityBefore => (7, 8),
            RoutineKind::Drills => (3, 4),
            RoutineKind::MobilityAfter | RoutineKind::Mobility => (15, 15),
            RoutineKind::Stretching => (10, 15),
        };
        let half = kind == RoutineKind::MobilityBefore;
        Routine { kind, minutes: Range { least, most }, exercises: exercises.to_vec(), half }
    }
}

/// The routines of every day, in the order of the days; `after_calves` says on which days the calves come first.
pub(super) fn of(days: &[PlannedDay], after_calves: impl Fn(Date) -> bool) -> Vec<Vec<Routine>> {
    let mobile = mobility_days(days);
    days.iter().map(|day| of_day(day, mobile.contains(&day.date), after_calves(day.date))).collect()
}

/// The routines there are, each with all of its exercises.
pub fn all() -> [Routine; 3] {
    let mut drills: Vec<&Exercise> = Vec::new();
    for exercise in DRILLS.concat() {
        if !drills.contains(&exercise) {
            drills.push(exercise);
        }
    }
    [
        Routine::new(RoutineKind::Mobility, &MOBILITY),
        Routine::new(RoutineKind::Stretching, &STRETCHING),
        Routine::new(RoutineKind::Drills, &drills),
    ]
}

fn of_day(day: &PlannedDay, is_mobile: bool, after_calves: bool) -> Vec<Routine> {
    if is_unwell(day) {
        return Vec::new();
    }
    let mut routines = Vec::new();
    if has_drills(day) {
        routines.push(Routine::new(RoutineKind::Drills, drills(day)));
    }
    let mobility = |kind, calves_first| Routine::new(kind, if calves_first { &CALVES_FIRST } else { &MOBILITY });
    if is_intense(day.kind) {
        routines.push(mobility(RoutineKind::MobilityBefore, false));
        // Fast running is hardest on the calves.
        routines.push(mobility(RoutineKind::MobilityAfter, true));
    } else if is_mobile {
        routines.push(mobility(RoutineKind::Mobility, after_calves));
    } else {
        routines.push(Routine::new(RoutineKind::Stretching, &STRETCHING));
    }
    routines
}

fn is_intense(kind: Kind) -> bool {
    matches!(kind, Kind::Hard | Kind::Race)
}

fn has_drills(day: &PlannedDay) -> bool {
    day.steps.iter().any(|part| matches!(part, WorkoutPart::Step(step) if step.action == Action::Drills))
}

fn drills(day: &PlannedDay) -> &'static [&'static Exercise] {
    let is_mending = |reason: &PlanReason| matches!(reason, PlanReason::AfterRace { .. } | PlanReason::Sore { .. });
    if day.reasons.iter().any(is_mending) {
        return &DRILLS_WHILE_SORE;
    }
    // By the calendar, so that a plan made again asks for the same.
    let number = days_between(date(2020, 1, 1), day.date);
    DRILLS[number.rem_euclid(DRILLS.len() as i64) as usize]
}

/// The days with mobility work: hard days and races, then recovery runs and days of rest, four to five a week.
fn mobility_days(days: &[PlannedDay]) -> Vec<Date> {
    let mut chosen = Vec::new();
    for week in days.chunk_by(|a, b| monday_of(a.date) == monday_of(b.date)) {
        let wanted = (MOBILITY_DAYS * week.len() as f64 / 7.0).round() as usize;
        let mut fit: Vec<&PlannedDay> = week.iter().filter(|day| !is_unwell(day)).collect();
        fit.sort_by_key(|day| (rank(day.kind), day.date));
        let must = fit.iter().filter(|day| is_intense(day.kind)).count();
        chosen.extend(fit.iter().take(wanted.max(must)).map(|day| day.date));
    }
    chosen
}

/// The lower, the sooner such a day is chosen.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Hard | Kind::Race => 0,
        Kind::Recovery => 1,
        Kind::Rest => 2,
        Kind::CrossTrain | Kind::WalkJog => 3,
        Kind::Shakeout | Kind::Easy => 4,
        Kind::Long => 5,
    }
}

fn ids<S: Serializer>(exercises: &[&Exercise], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(exercises.iter().map(|exercise| exercise.id))
}

impl RoutineKind {
    /// When it is done, in a sentence.
    pub fn occasion(self) -> &'static str {
        match self {
            RoutineKind::Mobility => {
                "Four to five times a week; half of it before hard sessions and races, all of it after them. After races and \
                 after hills the calves come first."
            }
            RoutineKind::Stretching => "On the days without mobility work, when you are warm.",
            RoutineKind::Drills => "Two or three of them, halfway through a recovery run.",
            RoutineKind::MobilityBefore => "Before the warm-up, each exercise half as often.",
            RoutineKind::MobilityAfter => "After the cool-down, or later in the day.",
        }
    }

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            RoutineKind::MobilityBefore => "mobility before it",
            RoutineKind::MobilityAfter => "mobility after it",
            RoutineKind::Mobility => "mobility",
            RoutineKind::Stretching => "stretching",
            RoutineKind::Drills => "drills",
        }
    }
}

/// `mobility, 15 min, calves first`.
impl fmt::Display for Routine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} min", self.kind.word(), self.minutes)?;
        let is_mobility = self.kind != RoutineKind::Stretching && self.kind != RoutineKind::Drills;
        let calves_first = is_mobility && self.exercises.first() == Some(&&exercise::CALF_STRETCH);
        if calves_first { f.write_str(", calves first") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::exercise::Dose;
    use super::*;
    use crate::plan::{PlanInputs, plan};
    use jiff::ToSpan;

    fn week(kinds: [Kind; 7]) -> Vec<PlannedDay> {
        let monday = date(2026, 6, 22);
        let template = plan(&PlanInputs { start: monday, ..PlanInputs::default() }, 1).days.remove(0);
        let day = |(i, kind): (i64, Kind)| {
            let mut day = template.clone();
            (day.kind, day.date, day.reasons) = (kind, monday.saturating_add(i.days()), Vec::new());
            day
        };
        (0_i64..).zip(kinds).map(day).collect()
    }

    #[test]
    fn mobility_comes_four_to_five_times_a_week_and_with_every_hard_day() {
        let kinds = [Kind::Rest, Kind::Hard, Kind::Recovery, Kind::Easy, Kind::Rest, Kind::Easy, Kind::Long];
        let routines = of(&week(kinds), |_| false);
        let is_mobility =
            |routine: &Routine| [RoutineKind::Mobility, RoutineKind::MobilityAfter].contains(&routine.kind);
        let days = routines.iter().filter(|day| day.iter().any(is_mobility)).count();
        assert_eq!(days, 5);
        let hard: Vec<RoutineKind> = routines[1].iter().map(|routine| routine.kind).collect();
        assert_eq!(hard, [RoutineKind::MobilityBefore, RoutineKind::MobilityAfter]);
        assert_eq!(routines[1][1].to_string(), "mobility after it, 15 min, calves first");
        // Every day has something, and no day all of it.
        assert!(routines.iter().all(|day| (1..=2).contains(&day.len())));
    }

    #[test]
    fn calves_come_first_after_races_and_hills() {
        let days = week([Kind::Recovery; 7]);
        let routines = of(&days, |date| date == days[1].date);
        let first = |day: usize| routines[day].last().map(|routine| routine.exercises[0].id);
        assert_eq!(first(0), Some("hamstring_rock"));
        assert_eq!(first(1), Some("calf_stretch"));
    }

    #[test]
    fn the_ill_are_asked_for_nothing() {
        let mut days = week([Kind::Rest; 7]);
        days[0].reasons = vec![PlanReason::Unwell { ill: true, pain: false, day: 0 }];
        assert!(of(&days, |_| true)[0].is_empty());
    }

    #[test]
    fn routines_last_about_as_long_as_they_say() {
        for (kind, exercises) in [(RoutineKind::Mobility, &MOBILITY[..]), (RoutineKind::Stretching, &STRETCHING)] {
            let routine = Routine::new(kind, exercises);
            let seconds: f64 = exercises.iter().map(|exercise| Dose::seconds(&exercise.dose)).sum();
            let (least, most) = (f64::from(routine.minutes.least) - 3.0, f64::from(routine.minutes.most) + 3.0);
            assert!((60.0 * least..=60.0 * most).contains(&seconds), "{kind:?} {seconds}");
        }
        for drills in DRILLS {
            let seconds: f64 = drills.iter().map(|exercise| exercise.dose.seconds()).sum();
            assert!((2..=3).contains(&drills.len()) && seconds < 300.0, "{seconds}");
        }
    }
}
