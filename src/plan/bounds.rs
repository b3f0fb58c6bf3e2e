//! What a day may hold at most, all constraints on it taken together.

use super::sizes::LEAST_MIN;
use super::{Kind, PlanReason};

/// Who wins (methods §7): the lower number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Illness, pain, soreness, many signals of too much training.
    Stop = 1,
    /// What the runner asked for.
    Wish,
    /// What protects: days off, after races, after breaks, first days, the longest run.
    Protection,
    /// Easier days between hard ones.
    Spacing,
    /// The most a week may hold.
    WeekMost,
    /// What the runner is used to.
    Habit,
    /// The least a week should hold.
    WeekLeast,
}

/// The most a constraint allows on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Most {
    /// This kind or a gentler one.
    Kind(Kind),
    /// This kind or a gentler one, and so many minutes.
    KindAndMinutes(Kind, f64),
    /// Anything but a hard session.
    NoHard,
    /// Anything but a long run.
    NoLong,
    /// So many minutes of running.
    Minutes(f64),
}

/// What all constraints together allow on a day.
#[derive(Clone, Debug)]
pub(super) struct DayLimits {
    /// The most demanding gentle kind: easy or less.
    pub most: Kind,
    pub allows_long: bool,
    pub allows_hard: bool,
    pub minutes: f64,
    /// Every constraint that says something about the day, the highest rank first.
    pub because: Vec<(Rank, Most, PlanReason)>,
}

impl DayLimits {
    /// `because` is every constraint that says something about the day, the highest rank first.
    pub fn of(because: Vec<(Rank, Most, PlanReason)>) -> DayLimits {
        let mut limits = DayLimits {
            most: Kind::Easy,
            allows_long: true,
            allows_hard: true,
            minutes: f64::INFINITY,
            because: Vec::new(),
        };
        because.iter().for_each(|(_, most, _)| limits.apply(*most));
        DayLimits { because, ..limits }
    }

    fn apply(&mut self, most: Most) {
        match most {
            Most::Kind(kind) => self.apply_kind(kind),
            Most::KindAndMinutes(kind, minutes) => {
                self.apply_kind(kind);
                self.minutes = self.minutes.min(minutes);
            }
            Most::NoHard => self.allows_hard = false,
            Most::NoLong => self.allows_long = false,
            Most::Minutes(minutes) => self.minutes = self.minutes.min(minutes),
        }
    }

    fn apply_kind(&mut self, kind: Kind) {
        self.most = self.most.min(kind);
        self.allows_long &= kind >= Kind::Long;
        self.allows_hard &= kind >= Kind::Hard;
    }

    /// Why a kind is not allowed: the constraint of the highest rank.
    pub fn why_not(&self, kind: Kind) -> Option<(Rank, PlanReason)> {
        let bans = |most: &Most| match most {
            Most::Kind(most) | Most::KindAndMinutes(most, _) => kind > *most,
            Most::NoHard => kind == Kind::Hard,
            Most::NoLong => kind == Kind::Long,
            Most::Minutes(minutes) => *minutes < LEAST_MIN,
        };
        self.because.iter().find(|(_, most, _)| bans(most)).map(|(rank, _, reason)| (*rank, *reason))
    }

    /// Why a run of that kind may last no longer: the constraint that sets the limit.
    pub fn why_shorter(&self, minutes: f64) -> Option<(Rank, PlanReason)> {
        let at_most = |most: &Most| match most {
            Most::KindAndMinutes(_, at_most) | Most::Minutes(at_most) => Some(*at_most),
            _ => None,
        };
        let limit = self.because.iter().find(|(_, most, _)| at_most(most).is_some_and(|m| m < minutes));
        limit.map(|(rank, _, reason)| (*rank, *reason))
    }
}
