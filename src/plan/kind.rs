//! The kinds of day a plan is made of.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a day is for, in the one order of effort: the gentlest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No training.
    #[default]
    Rest,
    /// A walk, an easy ride or a swim.
    CrossTrain,
    /// Walking and jogging in turns.
    WalkJog,
    /// A few very easy minutes on the day before a race.
    Shakeout,
    /// A short, very easy run with one purpose: recovery.
    Recovery,
    /// A run at conversational effort.
    Easy,
    /// A long run at easy effort.
    Long,
    /// A hard session of the runner's choice; of the past, tempo and intervals.
    Hard,
    /// A race.
    Race,
}

impl Kind {
    /// The gentlest first.
    pub const ALL: [Kind; 9] = [
        Kind::Rest,
        Kind::CrossTrain,
        Kind::WalkJog,
        Kind::Shakeout,
        Kind::Recovery,
        Kind::Easy,
        Kind::Long,
        Kind::Hard,
        Kind::Race,
    ];

    /// Whether it counts as a run.
    pub fn is_run(self) -> bool {
        self >= Self::WalkJog
    }

    /// Whether the days around it have to be easier.
    pub fn is_taxing(self) -> bool {
        self >= Self::Long
    }

    /// `an easy run`.
    pub fn with_article(self) -> String {
        let article = match self {
            Self::Easy => "an ",
            Self::CrossTrain => "",
            _ => "a ",
        };
        format!("{article}{self}")
    }

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::CrossTrain => "cross_train",
            Self::WalkJog => "walk_jog",
            Self::Shakeout => "shakeout",
            Self::Recovery => "recovery",
            Self::Easy => "easy",
            Self::Long => "long",
            Self::Hard => "hard",
            Self::Race => "race",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rest => "rest day",
            Self::CrossTrain => "cross-training",
            Self::WalkJog => "walk and jog",
            Self::Shakeout => "shakeout",
            Self::Recovery => "recovery run",
            Self::Easy => "easy run",
            Self::Long => "long run",
            Self::Hard => "hard session",
            Self::Race => "race",
        })
    }
}
