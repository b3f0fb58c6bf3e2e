//! What a run is measured against: thresholds, what is usual, and what came before.

use super::Label;
use crate::athlete::{Estimate, Thresholds, Trust};

/// What a run is measured against besides itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Context {
    /// Highest mean heart rate of a recovery run, bpm.
    pub ceiling_bpm: f64,
    /// How far it may be off, one standard deviation, bpm.
    pub ceiling_half_width_bpm: f64,
    /// First lactate threshold, bpm.
    pub lt1_bpm: f64,
    /// bpm.
    pub lthr: Estimate,
    /// Grade-adjusted threshold speed, m/s.
    pub threshold: Option<Estimate>,
    /// Nothing but defaults: only rough words can be used.
    pub rough: bool,
    /// The runner's usual grade-adjusted speed on all but hard days, m/s.
    pub usual_mps: Option<f64>,
    /// The same over all days, hard ones too: what contrast is told from, so that no verdict feeds the next.
    pub ordinary_mps: Option<f64>,
    /// Their usual heart rate on those days, bpm.
    pub usual_bpm: Option<f64>,
    /// Their usual duration, minutes.
    pub usual_min: Option<f64>,
    /// Fitness (CTL) of that morning.
    pub fitness: f64,
    /// Earlier runs that the usual values rest on.
    pub base_runs: usize,
    pub prompt: RecoveryPrompt,
    /// Hours from the end of the run to the start of the next race, if that is near.
    pub race_in_h: Option<f64>,
}

impl Context {
    /// From a day's thresholds alone, as on the first day of a history.
    pub fn of(thresholds: &Thresholds) -> Context {
        Context {
            ceiling_bpm: thresholds.recovery_ceiling_bpm(),
            ceiling_half_width_bpm: thresholds.recovery_ceiling_half_width_bpm(),
            lt1_bpm: thresholds.lt1_bpm(),
            lthr: thresholds.heart_rate_threshold,
            threshold: thresholds.speed_threshold,
            rough: thresholds.are_rough(),
            usual_mps: None,
            ordinary_mps: None,
            usual_bpm: None,
            usual_min: None,
            fitness: 0.0,
            base_runs: 0,
            prompt: RecoveryPrompt::Nothing,
            race_in_h: None,
        }
    }

    /// Threshold speed, m/s.
    pub fn threshold_mps(&self) -> Option<f64> {
        self.threshold.map(|speed| speed.value)
    }

    /// The threshold speed is little more than a guess, or nothing.
    pub fn speed_is_guess(&self) -> bool {
        self.threshold.is_none_or(|speed| speed.trust == Trust::Low)
    }
}

/// Why the legs may have wanted a recovery run that day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RecoveryPrompt {
    /// A race was this many days ago, and its recovery is not over.
    AfterRace {
        days: u32,
        of_days: u32,
    },
    /// The last hard session ended this many hours before; `really` if it was hard by what was run, not only unusual.
    AfterHard {
        hours: f64,
        label: Label,
        really: bool,
    },
    /// Nothing hard lately, but form was low that morning (percent of fitness).
    LowForm {
        form_relative: f64,
    },
    Nothing,
}

/// Part C of the recovery score, 0..=1: hours since the last hard session, or low form (methods §6.3).
pub fn context_score(hours_since_hard: Option<f64>, form_relative: f64) -> f64 {
    const LOW_FORM: f64 = -10.0;
    match hours_since_hard {
        Some(h) if h <= 36.0 => 1.0,
        Some(h) if h <= 60.0 => 0.7,
        Some(h) if h <= 72.0 => 0.4,
        _ if form_relative <= LOW_FORM => 0.4,
        _ => 0.0,
    }
}

impl RecoveryPrompt {
    /// Finds the strongest reason. `hard` is the last hard session: hours since, its label, and whether it really was hard.
    pub fn of(race: Option<(u32, u32)>, hard: Option<(f64, Label, bool)>, form_relative: f64) -> RecoveryPrompt {
        if let Some((days, of_days)) = race.filter(|(days, of)| days <= of) {
            return RecoveryPrompt::AfterRace { days, of_days };
        }
        match hard {
            Some((hours, label, really)) if context_score(Some(hours), 0.0) > 0.0 => {
                RecoveryPrompt::AfterHard { hours, label, really }
            }
            _ if context_score(None, form_relative) > 0.0 => RecoveryPrompt::LowForm { form_relative },
            _ => RecoveryPrompt::Nothing,
        }
    }

    /// Part C of the recovery score, 0..=1.
    pub fn score(self) -> f64 {
        match self {
            RecoveryPrompt::AfterRace { .. } => 1.0,
            RecoveryPrompt::AfterHard { hours, .. } => context_score(Some(hours), 0.0),
            RecoveryPrompt::LowForm { form_relative } => context_score(None, form_relative),
            RecoveryPrompt::Nothing => 0.0,
        }
    }

    /// The day calls for a recovery run so plainly that a short, slow run was meant as one.
    pub fn asks_for_recovery(self) -> bool {
        match self {
            RecoveryPrompt::AfterHard { really, .. } => really && self.score() >= 1.0,
            RecoveryPrompt::AfterRace { .. } => true,
            _ => false,
        }
    }
}
