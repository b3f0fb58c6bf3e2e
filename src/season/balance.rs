//! Whether hard days are followed by easy ones, and how intensity is spread (methods §4.6, §4.7).

use super::{Assessed, Season};
use crate::calendar::days_between;
use crate::heart_rate::Coverage;
use crate::label::{Label, Labelled};
use crate::physiology::statistics::median;
use crate::physiology::training::IntensityShares;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days over which the balance looks back.
const BALANCE_DAYS: i64 = 28;
/// Days whose hard sessions tell how they usually follow each other, and the fewest gaps that do.
const SPACING_DAYS: i64 = 84;
const FEWEST_GAPS: usize = 3;
/// Share of threshold speed at which easy running ends where there is no heart rate (methods §6.2).
const LT1_SHARE_OF_SPEED: f64 = 0.87;
const HOUR_MS: i64 = 3600 * 1000;
/// How long the time after a hard session should stay gentle; before it is over the session is still open.
const GENTLE_FOR_MS: i64 = 36 * HOUR_MS;
/// How far is looked for what followed.
const FOLLOWED_MS: i64 = 48 * HOUR_MS;

/// Hard sessions and what followed them, recovery runs, and days off, over the last 28 days.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryBalance {
    /// Days looked at.
    pub days: usize,
    /// Of these, days without a run.
    pub days_without_run: usize,
    /// In order of time.
    pub hard: Vec<HardThen>,
    /// Recovery runs that were.
    pub recovery_runs: usize,
    /// Recovery runs that were too hard to be.
    pub recovery_runs_too_hard: usize,
    /// There are runs, and of all of them only rough words can be said: which were for recovery cannot be told.
    pub is_rough: bool,
    /// Time of these days below the first threshold, between both, and above; `None` where neither heart rate nor pace tells.
    pub intensity: Option<IntensityShares>,
    /// Median hours from one hard session to the next within twelve weeks; `None` with fewer than three gaps.
    pub hard_every_h: Option<f64>,
}

/// A hard session and what came within 48 hours of its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HardThen {
    /// Day of the hard session.
    pub date: Date,
    /// What it was.
    pub label: Label,
    /// What the next 48 hours held.
    pub then: Then,
}

/// What followed a hard session, the gentlest first; the hardest within 48 hours counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Then {
    /// Less than 36 hours ago: nobody knows yet.
    Open,
    /// No run.
    Rest,
    /// A recovery run, a shakeout, or a walk.
    Recovery,
    /// Easy running and no recovery run.
    Easy,
    /// Meant as a recovery run, and too hard to be one.
    Spoiled,
    /// Above easy.
    Steady,
    /// The next hard session.
    Hard,
}

impl Then {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Then::Open => "open",
            Then::Rest => "rest",
            Then::Recovery => "recovery",
            Then::Easy => "easy",
            Then::Spoiled => "spoiled",
            Then::Steady => "steady",
            Then::Hard => "hard",
        }
    }

    /// Gentle enough.
    pub fn is_gentle(self) -> bool {
        matches!(self, Then::Rest | Then::Recovery | Then::Easy)
    }
}

impl RecoveryBalance {
    /// Looks at the 28 days up to and including today, or as many as there are since the first activity.
    pub(super) fn of(season: &Season) -> RecoveryBalance {
        let last = season.today;
        let days = BALANCE_DAYS.min(days_between(season.daily.first, last) + 1).max(0);
        let within = |days: i64| move |s: &&Labelled| (0..days).contains(&days_between(s.session.date, last));
        let recent: Vec<&Labelled> = season.sessions().iter().filter(within(days)).collect();
        let count = |label: Label| recent.iter().filter(|s| s.verdict.called() == label.into()).count();
        let mut run_days: Vec<Date> =
            recent.iter().filter(|s| s.verdict.label != Label::Walk).map(|s| s.session.date).collect();
        run_days.sort_unstable();
        run_days.dedup();
        let hard = recent.iter().filter(|s| s.hard).map(|s| HardThen {
            date: s.session.date,
            label: s.verdict.label,
            then: then(season, s),
        });
        RecoveryBalance {
            days: days as usize,
            days_without_run: days as usize - run_days.len(),
            hard: hard.collect(),
            recovery_runs: count(Label::Recovery),
            recovery_runs_too_hard: count(Label::RecoveryTooHard),
            is_rough: !recent.is_empty() && recent.iter().all(|s| s.verdict.rough.is_some()),
            intensity: intensity(season, recent.iter().copied()),
            hard_every_h: hard_every_h(season.sessions().iter().filter(within(SPACING_DAYS)).filter(|s| s.hard)),
        }
    }

    /// Hard sessions whose next 36 hours are over.
    pub fn closed(&self) -> impl Iterator<Item = &HardThen> {
        self.hard.iter().filter(|hard| hard.then != Then::Open)
    }

    /// Of these, how many had only rest or gentle running after them.
    pub fn gentle(&self) -> usize {
        self.closed().filter(|hard| hard.then.is_gentle()).count()
    }
}

/// What the time after a hard session held, as of the season's day.
pub(super) fn then(season: &Season, hard: &Labelled) -> Then {
    let end_ms = hard.session.end_ms;
    let after = season.sessions().iter().filter(|s| s.session.start_ms >= end_ms);
    let kind = |s: &Labelled| match s.verdict.label {
        _ if s.hard => Then::Hard,
        Label::Walk | Label::Recovery | Label::Shakeout | Label::Fragment => Then::Recovery,
        Label::Easy | Label::Unknown => Then::Easy,
        Label::RecoveryTooHard => Then::Spoiled,
        _ => Then::Steady,
    };
    let within = |span_ms: i64| after.clone().filter(move |s| s.session.start_ms < end_ms + span_ms).map(kind).max();
    // A harder run in the day and a half decides; after that only a hard one comes too early.
    let soon = within(GENTLE_FOR_MS).unwrap_or(Then::Rest);
    let later = within(FOLLOWED_MS).unwrap_or(Then::Rest);
    match soon {
        Then::Hard | Then::Steady | Then::Spoiled => soon,
        _ if end_ms + GENTLE_FOR_MS > morning_ms(season, hard) => Then::Open,
        _ if later.is_gentle() => soon.max(later),
        _ => soon,
    }
}

/// Midnight at which the season's day begins on the clock of a session, Unix ms.
fn morning_ms(season: &Season, session: &Labelled) -> i64 {
    let zone =
        session.parts().next().map_or(TimeZone::UTC, |id| season.activity(id).recording.started.time_zone().clone());
    season.today.to_zoned(zone).map_or(i64::MAX, |midnight| midnight.timestamp().as_millisecond())
}

/// Shares of the time below, between and above the thresholds.
fn intensity<'a>(season: &Season, sessions: impl Iterator<Item = &'a Labelled>) -> Option<IntensityShares> {
    let parts = sessions.flat_map(Labelled::parts).filter_map(|id| zone_seconds(season, season.activity(id)));
    let [low, middle, high] = parts.fold([0.0; 3], |all, of| [0, 1, 2].map(|i| all[i] + of[i]));
    IntensityShares::of_seconds(low, middle, high)
}

/// Seconds of a recording below the first threshold of its day, up to the threshold, and above: by heart rate, else by pace
/// where the threshold speed is more than a guess.
pub(super) fn zone_seconds(season: &Season, activity: &Assessed) -> Option<[f64; 3]> {
    let thresholds = season.athlete.at(activity.recording.date());
    let mut seconds = [0.0; 3];
    if activity.heart_rate.quality() != Coverage::None {
        let (lt1, lthr) = (thresholds.lt1_bpm(), thresholds.heart_rate_threshold.value);
        for (bpm, s) in activity.heart_rate.seconds_at() {
            seconds[zone(bpm, lt1, lthr)] += s;
        }
        return Some(seconds);
    }
    let digest = &activity.recording.digest;
    let threshold = thresholds.trusted_speed().filter(|_| digest.pace_reliable)?.value;
    let moving = digest.trace.seconds().filter(|s| s.moving).filter_map(|s| s.gap_mps);
    moving.for_each(|mps| seconds[zone(mps, LT1_SHARE_OF_SPEED * threshold, threshold)] += 1.0);
    (seconds != [0.0; 3]).then_some(seconds)
}

fn zone(value: f64, lt1: f64, threshold: f64) -> usize {
    usize::from(value >= lt1) + usize::from(value >= threshold)
}

/// Median hours from the end of one to the start of the next.
fn hard_every_h<'a>(hard: impl Iterator<Item = &'a Labelled>) -> Option<f64> {
    let hard: Vec<&Labelled> = hard.collect();
    let gaps: Vec<f64> = hard
        .windows(2)
        .map(|pair| (pair[1].session.start_ms - pair[0].session.end_ms) as f64 / HOUR_MS as f64)
        .collect();
    median(&gaps).filter(|_| gaps.len() >= FEWEST_GAPS)
}
