//! What came before and after a run: the reasons to run gently (methods §6.3, part C).

use super::Label;

/// What a run is measured against besides itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Context {
    /// Highest mean heart rate of a recovery run, bpm.
    pub ceiling_bpm: f64,
    /// First lactate threshold, bpm.
    pub lt1_bpm: f64,
    /// The runner's usual speed on all but hard days, graded, m/s.
    pub usual_mps: Option<f64>,
    /// Threshold speed, graded, m/s.
    pub threshold_mps: Option<f64>,
    /// The runner's usual duration, minutes.
    pub usual_min: Option<f64>,
    /// Fitness (CTL) of that morning.
    pub fitness: f64,
    /// Earlier runs that the usual values rest on.
    pub base_runs: usize,
    pub freshening: Freshening,
    /// Hours from the end of the run to the start of the next race.
    pub race_in_h: Option<f64>,
}

/// Why the legs may have wanted a recovery run that day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Freshening {
    /// A race was this many days ago, and its recovery is not over.
    AfterRace {
        days: u32,
        of_days: u32,
    },
    /// The last hard session ended this many hours before.
    AfterHard {
        hours: f64,
        label: Label,
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

impl Freshening {
    /// Finds the strongest reason.
    pub fn of(race: Option<(u32, u32)>, hard: Option<(f64, Label)>, form_relative: f64) -> Freshening {
        if let Some((days, of_days)) = race.filter(|(days, of)| days <= of) {
            return Freshening::AfterRace { days, of_days };
        }
        match hard {
            Some((hours, label)) if context_score(Some(hours), 0.0) > 0.0 => Freshening::AfterHard { hours, label },
            _ if context_score(None, form_relative) > 0.0 => Freshening::LowForm { form_relative },
            _ => Freshening::Nothing,
        }
    }

    /// Part C of the recovery score, 0..=1.
    pub fn score(self) -> f64 {
        match self {
            Freshening::AfterRace { .. } => 1.0,
            Freshening::AfterHard { hours, .. } => context_score(Some(hours), 0.0),
            Freshening::LowForm { form_relative } => context_score(None, form_relative),
            Freshening::Nothing => 0.0,
        }
    }
}
