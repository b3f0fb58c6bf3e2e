//! Whether hard days are followed by easy ones (methods §4.7).

use super::Season;
use crate::calendar::days_between;
use crate::label::{Label, Labelled};
use jiff::civil::Date;

/// Days over which the recovery balance looks back (methods §4.7).
const BALANCE_DAYS: i64 = 28;
/// How long the time after a hard session should stay gentle, ms (methods §4.7).
const GENTLE_FOR_MS: i64 = 36 * 3600 * 1000;

/// Hard sessions, what followed them, and days off, over the last 28 days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecoveryBalance {
    pub hard_sessions: usize,
    /// Of these, how many had only rest or gentle running in the 36 hours after.
    pub hard_then_gentle: usize,
    pub days: usize,
    pub days_without_run: usize,
    pub recovery_runs: usize,
    pub recovery_runs_too_hard: usize,
}

impl RecoveryBalance {
    /// Looks at the 28 days up to and including today, or as many as there are since the first activity.
    pub(super) fn of(season: &Season) -> RecoveryBalance {
        let (sessions, last) = (season.sessions(), season.today);
        let days = BALANCE_DAYS.min(days_between(season.daily.first, last) + 1).max(0);
        let is_recent = |s: &&Labelled| (0..days).contains(&days_between(s.session.date, last));
        let recent: Vec<&Labelled> = sessions.iter().filter(is_recent).collect();
        let count = |label: Label| recent.iter().filter(|s| s.verdict.label == label).count();
        let hard: Vec<&&Labelled> = recent.iter().filter(|s| s.hard).collect();
        let mut run_days: Vec<Date> =
            recent.iter().filter(|s| s.verdict.label != Label::Walk).map(|s| s.session.date).collect();
        run_days.sort_unstable();
        run_days.dedup();
        RecoveryBalance {
            hard_sessions: hard.len(),
            hard_then_gentle: hard.iter().filter(|s| only_gentle_after(s, sessions)).count(),
            days: days as usize,
            days_without_run: days as usize - run_days.len(),
            recovery_runs: count(Label::Recovery),
            recovery_runs_too_hard: count(Label::RecoveryTooHard),
        }
    }
}

/// True where the 36 hours after a hard session hold only rest and gentle running.
fn only_gentle_after(hard: &Labelled, sessions: &[Labelled]) -> bool {
    let (from, until) = (hard.session.end_ms, hard.session.end_ms + GENTLE_FOR_MS);
    let mut after = sessions.iter().filter(|s| s.session.start_ms >= from && s.session.start_ms < until);
    after.all(|s| s.verdict.label.is_gentle() && !s.hard)
}
