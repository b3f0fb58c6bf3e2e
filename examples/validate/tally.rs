//! Counts over judged runs.

use super::make_runners::Purpose;
use super::trial::Judged;
use freshlegs::label::{HIGH, Label, MEDIUM};
use std::fmt;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Of {
    pub count: usize,
    pub all: usize,
}

impl Of {
    /// Of the runs for which `among` holds, those for which `is` holds.
    pub fn runs<'a>(
        runs: impl Iterator<Item = &'a Judged>,
        among: impl Fn(&Judged) -> bool,
        is: impl Fn(&Judged) -> bool,
    ) -> Of {
        runs.filter(|run| among(run))
            .fold(Of::default(), |of, run| Of { count: of.count + usize::from(is(run)), all: of.all + 1 })
    }

    pub fn share(self) -> Option<f64> {
        (self.all > 0).then(|| self.count as f64 / self.all as f64)
    }
}

/// `22 of 24`; a dash where there is nothing to count.
impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all == 0 { f.pad("–") } else { f.pad(&format!("{} of {}", self.count, self.all)) }
    }
}

/// A question asked of every run.
pub struct Question {
    pub words: &'static str,
    among: fn(&Judged) -> bool,
    is: fn(&Judged) -> bool,
}

impl Question {
    pub fn ask<'a>(&self, runs: impl Iterator<Item = &'a Judged>) -> Of {
        Of::runs(runs, self.among, self.is)
    }
}

/// What the page asks of all runs, in its order.
pub const QUESTIONS: [Question; 9] = [
    Question { words: "recovery runs found", among: is_true_recovery, is: called_recovery },
    Question { words: "easy called recovery", among: is_easy, is: called_recovery },
    Question { words: "easy called tempo, intervals or race", among: is_gentle, is: called_quality },
    Question { words: "run as meant and accused", among: |run| run.truth.is_as_meant, is: is_accused },
    Question { words: "recovery runs too hard, found", among: is_spoiled, is: is_accused },
    Question { words: "long called long", among: |run| is_for(run, Purpose::Long), is: |run| run.label == Label::Long },
    Question { words: "hard called hard", among: is_quality, is: |run| run.is_hard },
    Question { words: "hard called recovery", among: is_quality, is: called_recovery },
    Question {
        words: "others called race",
        among: |run| !is_for(run, Purpose::Race),
        is: |run| run.label == Label::Race,
    },
];

fn is_for(run: &Judged, purpose: Purpose) -> bool {
    run.truth.purpose == purpose
}

fn is_true_recovery(run: &Judged) -> bool {
    is_for(run, Purpose::Recovery) && run.truth.is_as_meant
}

fn is_spoiled(run: &Judged) -> bool {
    is_for(run, Purpose::Recovery) && !run.truth.is_as_meant
}

fn is_easy(run: &Judged) -> bool {
    is_for(run, Purpose::Easy)
}

fn is_gentle(run: &Judged) -> bool {
    matches!(run.truth.purpose, Purpose::Easy | Purpose::WalkJog) || is_true_recovery(run)
}

fn is_quality(run: &Judged) -> bool {
    matches!(run.truth.purpose, Purpose::Tempo | Purpose::Intervals | Purpose::Race)
}

/// A shakeout is a recovery run on the day before a race.
fn called_recovery(run: &Judged) -> bool {
    matches!(run.label, Label::Recovery | Label::Shakeout)
}

fn called_quality(run: &Judged) -> bool {
    matches!(run.label, Label::Tempo | Label::Intervals | Label::Race)
}

fn is_accused(run: &Judged) -> bool {
    run.label == Label::RecoveryTooHard
}

/// Labels that a runner would let pass for what the run was.
pub fn is_acceptable(run: &Judged) -> bool {
    let labels: &[Label] = match run.truth.purpose {
        Purpose::Recovery if run.truth.is_as_meant => &[Label::Recovery, Label::Shakeout, Label::Easy],
        Purpose::Recovery => &[Label::RecoveryTooHard, Label::Easy, Label::Steady],
        Purpose::Easy => &[Label::Easy, Label::Recovery, Label::Steady],
        Purpose::Long => &[Label::Long, Label::Easy, Label::Steady],
        Purpose::Steady => &[Label::Steady, Label::Easy, Label::Tempo],
        Purpose::Tempo | Purpose::Intervals => &[Label::Tempo, Label::Intervals],
        Purpose::Race => &[Label::Race, Label::Tempo],
        Purpose::WalkJog => &[Label::Easy, Label::Recovery, Label::Walk],
        Purpose::Shakeout => &[Label::Shakeout, Label::Recovery, Label::Easy],
    };
    labels.contains(&run.label)
}

/// How sure the program was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    High,
    Medium,
    Low,
}

impl Sure {
    pub const ALL: [Sure; 3] = [Sure::High, Sure::Medium, Sure::Low];

    pub fn of(run: &Judged) -> Sure {
        match run.confidence {
            c if c >= HIGH => Sure::High,
            c if c >= MEDIUM => Sure::Medium,
            _ => Sure::Low,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Sure::High => "high",
            Sure::Medium => "medium",
            Sure::Low => "low",
        }
    }
}

/// Quantile of values, 0..=1, by the nearest rank.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    sorted.get((share * last as f64).round() as usize).copied()
}
