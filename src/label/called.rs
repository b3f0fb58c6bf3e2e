//! What a session is called: by its label, or by a rough word while only defaults are known of the runner.

use super::Label;
use std::fmt;

/// What can be said while only defaults are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rough {
    Gentle,
    Moderate,
    Hard,
}

impl Rough {
    /// What is left of a label; `None` where it says nothing of how hard a run was.
    pub(super) fn of(label: Label) -> Option<Rough> {
        match label {
            Label::Shakeout | Label::Recovery | Label::Easy => Some(Rough::Gentle),
            Label::Steady | Label::Long | Label::RecoveryTooHard => Some(Rough::Moderate),
            Label::Tempo | Label::Intervals | Label::Race => Some(Rough::Hard),
            Label::Walk | Label::Fragment | Label::Unknown => None,
        }
    }

    /// The word, in files and in print.
    pub fn word(self) -> &'static str {
        match self {
            Rough::Gentle => "gentle",
            Rough::Moderate => "moderate",
            Rough::Hard => "hard",
        }
    }
}

impl fmt::Display for Rough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What a session is called: its label, or a rough word where no more can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// By its kind.
    Label(Label),
    /// By a rough word.
    Roughly(Rough),
}

impl Called {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Called::Label(label) => label.word(),
            Called::Roughly(rough) => rough.word(),
        }
    }

    /// The label, or the one next to the rough word.
    pub fn nearest(self) -> Label {
        match self {
            Called::Label(label) => label,
            Called::Roughly(Rough::Gentle) => Label::Easy,
            Called::Roughly(Rough::Moderate) => Label::Steady,
            Called::Roughly(Rough::Hard) => Label::Tempo,
        }
    }
}

impl From<Label> for Called {
    fn from(label: Label) -> Called {
        Called::Label(label)
    }
}

impl fmt::Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Called::Label(label) => label.fmt(f),
            Called::Roughly(rough) => rough.fmt(f),
        }
    }
}
