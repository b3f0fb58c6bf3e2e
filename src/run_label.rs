//! What a run can be called.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of run, in the order of the charts: the gentlest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    Walk,
    Shakeout,
    Recovery,
    /// Meant as a recovery run, and run too hard or too long to be one.
    RecoveryTooHard,
    Easy,
    Steady,
    Long,
    Tempo,
    Intervals,
    Race,
    /// Too short to say anything: under 10 minutes or 1 km.
    Fragment,
    /// The recording does not hold what a verdict would need.
    Unknown,
}

impl Label {
    pub const ALL: [Label; 12] = [
        Label::Walk,
        Label::Shakeout,
        Label::Recovery,
        Label::RecoveryTooHard,
        Label::Easy,
        Label::Steady,
        Label::Long,
        Label::Tempo,
        Label::Intervals,
        Label::Race,
        Label::Fragment,
        Label::Unknown,
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Label::Walk => "walk",
            Label::Shakeout => "shakeout",
            Label::Recovery => "recovery",
            Label::RecoveryTooHard => "recovery_too_hard",
            Label::Easy => "easy",
            Label::Steady => "steady",
            Label::Long => "long",
            Label::Tempo => "tempo",
            Label::Intervals => "intervals",
            Label::Race => "race",
            Label::Fragment => "fragment",
            Label::Unknown => "unknown",
        }
    }

    /// A hard session by its label (methods §6.1); load and novelty can make others hard too.
    pub fn is_hard(self) -> bool {
        matches!(self, Label::Long | Label::Tempo | Label::Intervals | Label::Race)
    }

    /// What the usual speed is taken from (methods §5.7).
    pub fn is_usual_running(self) -> bool {
        matches!(self, Label::Recovery | Label::RecoveryTooHard | Label::Easy | Label::Steady | Label::Long)
    }

    /// Gentle enough to follow a hard session (methods §4.7).
    pub fn is_gentle(self) -> bool {
        matches!(self, Label::Walk | Label::Recovery | Label::Easy | Label::Shakeout | Label::Fragment)
    }
}

impl Label {
    /// `a long run`.
    pub fn with_article(self) -> &'static str {
        match self {
            Label::Long => "a long run",
            Label::Tempo => "a tempo run",
            Label::Intervals => "intervals",
            Label::Race => "a race",
            _ => "a hard run",
        }
    }
}

/// Prints the word a runner reads: `too hard for recovery`.
impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Label::RecoveryTooHard => "recovery, too hard",
            other => other.word(),
        })
    }
}
