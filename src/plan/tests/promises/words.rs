//! What is said of a day fits the day, and the days beside it.

use super::story::PlanStory;
use crate::plan::{Kind, Plan, PlanReason};

/// True of reasons not to run.
fn speaks_for_rest(reason: &PlanReason) -> bool {
    use PlanReason as R;
    matches!(
        reason,
        R::DateOff
            | R::WeekdayOff { .. }
            | R::RestDay { .. }
            | R::NeverRunsOn { .. }
            | R::DayOff { .. }
            | R::RunsAtMost { .. }
            | R::UsualDays { .. }
            | R::EnoughDays { .. }
            | R::NotSlid { .. }
            | R::FreeDay
            | R::PlannedElsewhere
            | R::RestBeforeRace { .. }
    )
}

/// True of reasons to run.
fn speaks_for_running(reason: &PlanReason) -> bool {
    use PlanReason as R;
    matches!(
        reason,
        R::UsualDay { .. }
            | R::HardAllowed
            | R::LongRun
            | R::LongRunDay { .. }
            | R::EasyBefore { .. }
            | R::AerobicBase
            | R::SecondRun { .. }
            | R::Faded { .. }
            | R::RaceDay { .. }
            | R::HabitualRace { .. }
            | R::EveningBefore { .. }
    )
}

pub(super) fn words_fit_their_day(story: &PlanStory, plan: &Plan) {
    for (n, day) in plan.days.iter().enumerate() {
        let place = story.start() + n;
        let yesterday = place.checked_sub(1).map(|i| story.kinds[i]);
        for reason in &day.reasons {
            let told = || format!("{} on {}: {reason}", day.kind, day.date);
            assert!(!day.kind.is_run() || day.kind == Kind::Race || !speaks_for_rest(reason), "{}", told());
            assert!(day.kind.is_run() || !speaks_for_running(reason), "{}", told());
            match *reason {
                PlanReason::EasyBefore { tomorrow } => {
                    assert!(plan.days.get(n + 1).is_none_or(|next| next.kind == tomorrow), "{}", told());
                }
                PlanReason::EveningBefore { .. } | PlanReason::TooSoon { days: 1 } => {
                    assert!(place > 0 && story.taxing[place - 1], "{}", told());
                }
                PlanReason::DayAfter { yesterday: said } => assert_eq!(yesterday, Some(said), "{}", told()),
                PlanReason::AfterRace { stage, .. } => assert!(day.kind <= stage, "{}", told()),
                PlanReason::RaceTomorrow { .. } | PlanReason::RestBeforeRace { .. } => {
                    assert!(story.entered(place + 1), "{}", told())
                }
                PlanReason::HardAllowed => assert_eq!(day.kind, Kind::Hard, "{}", told()),
                PlanReason::LongRun | PlanReason::LongRunDay { .. } => assert_eq!(day.kind, Kind::Long, "{}", told()),
                PlanReason::SecondRun { .. } => assert!(day.second_run_s > 0.0, "{}", told()),
                PlanReason::Unwell { day: since, .. } => assert!(since > 2 || day.kind == Kind::Rest, "{}", told()),
                PlanReason::RaceWhileUnwell { .. } => assert_eq!(day.kind, Kind::Rest, "{}", told()),
                PlanReason::NothingMadeUp => assert!(day.kind.is_run(), "{}", told()),
                PlanReason::OneAfterRace { .. } => assert!(day.kind <= Kind::Hard, "{}", told()),
                PlanReason::NoHard | PlanReason::Young => assert!(!day.kind.is_taxing(), "{}", told()),
                _ => {}
            }
        }
    }
}
