//! Named sets of numbers for the recovery rule.

use super::RecoveryRule;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Whose idea of a recovery run counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// The median of three usual ceilings, and the runner's own usual running beside it.
    #[default]
    Balanced,
    /// Under 76 % of maximal heart rate or 70 % of the reserve (Pfitzinger & Douglas, Advanced Marathoning).
    Pfitzinger,
    /// Under 85 % of threshold heart rate (Friel, The Triathlete's Training Bible).
    Friel,
    /// Easy running up to 79 % of maximal heart rate (Daniels, Daniels' Running Formula).
    Daniels,
    /// Under 180 less the age (Maffetone, The Maffetone Method).
    Maf,
}

impl Preset {
    pub const ALL: [Preset; 5] = [Preset::Balanced, Preset::Pfitzinger, Preset::Friel, Preset::Daniels, Preset::Maf];

    /// The word on the command line and in the profile.
    pub fn word(self) -> &'static str {
        match self {
            Preset::Balanced => "balanced",
            Preset::Pfitzinger => "pfitzinger",
            Preset::Friel => "friel",
            Preset::Daniels => "daniels",
            Preset::Maf => "maf",
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Preset::ALL.into_iter().find(|preset| preset.word() == text);
        known.ok_or_else(|| format!("`{text}` is not a recovery rule: balanced, pfitzinger, friel, daniels or maf"))
    }
}

impl RecoveryRule {
    /// The numbers of a preset. Those that no book gives are the project's own choice (methods §6.3).
    pub fn of(preset: Preset) -> RecoveryRule {
        match preset {
            Preset::Balanced => BALANCED,
            Preset::Pfitzinger => RecoveryRule { ceiling_of_threshold: 0.0, ..BALANCED },
            Preset::Friel => RecoveryRule { ceiling_of_maximum: 0.0, ceiling_of_reserve: 0.0, ..BALANCED },
            Preset::Daniels => RecoveryRule {
                ceiling_of_threshold: 0.0,
                ceiling_of_maximum: 0.79,
                ceiling_of_reserve: 0.0,
                ..BALANCED
            },
            Preset::Maf => RecoveryRule {
                ceiling_of_threshold: 0.0,
                ceiling_of_maximum: 0.0,
                ceiling_of_reserve: 0.0,
                ceiling_less_age: 180.0,
                ..BALANCED
            },
        }
    }
}

const BALANCED: RecoveryRule = RecoveryRule {
    ceiling_of_threshold: 0.85,
    ceiling_of_maximum: 0.76,
    ceiling_of_reserve: 0.70,
    ceiling_less_age: 0.0,
    below_lt1_bpm: 3.0,
    weight_intensity: 30.0,
    weight_excursions: 15.0,
    weight_pace: 25.0,
    weight_duration: 15.0,
    weight_load: 10.0,
    weight_context: 5.0,
    blind_weight_excursions: 15.0,
    blind_weight_pace: 45.0,
    blind_weight_duration: 20.0,
    blind_weight_load: 10.0,
    blind_weight_context: 10.0,
    ceiling_full: 1.00,
    ceiling_none: 1.06,
    usual_heart_rate_full: 0.96,
    usual_heart_rate_none: 1.03,
    usual_heart_rate_share: 0.6,
    excursions_full: 0.05,
    excursions_none: 0.20,
    usual_speed_full: 0.95,
    usual_speed_none: 1.03,
    threshold_speed_full: 0.78,
    threshold_speed_none: 0.86,
    usual_minutes_full: 0.8,
    usual_minutes_none: 1.2,
    minutes_full: 30.0,
    minutes_none: 60.0,
    load_full: 0.7,
    load_none: 1.2,
    least_score: 70.0,
    least_duration: 0.2,
    least_intensity: 0.3,
    least_excursions: 0.3,
    most_minutes: 75.0,
    most_of_usual_if_stated: 1.3,
    most_fast_s: 30.0,
    most_at_threshold: 0.02,
    most_over_ceiling_bpm: 4.0,
    contrast: 0.99,
    contrast_minutes: 0.85,
};
