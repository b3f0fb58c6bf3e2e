//! The recovery score: how much of a recovery run it was, 0 to 100 (methods §6.3).

use super::{Context, Features};
use crate::physiology::statistics::{mean, ramp};

/// The six things that make a recovery run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Mean heart rate under the ceiling.
    Intensity,
    /// Hardly any time above the first threshold.
    Excursions,
    /// Significantly slower than usual.
    Pace,
    /// Short.
    Duration,
    /// Little load for this runner.
    Load,
    /// A day that calls for it.
    Context,
}

/// One criterion's weight and how far it was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    pub criterion: Criterion,
    pub weight: f64,
    /// 0..=1.
    pub value: f64,
}

/// The score with the parts it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryScore {
    /// 0..=100.
    pub points: f64,
    /// The parts that could be judged.
    pub parts: Vec<Score>,
}

impl RecoveryScore {
    /// How far a criterion was met, 0..=1; `None` where it could not be judged.
    pub fn value(&self, criterion: Criterion) -> Option<f64> {
        self.parts.iter().find(|part| part.criterion == criterion).map(|part| part.value)
    }
}

/// Weighs the parts that can be judged; effort felt and the title move the sum a little.
pub fn recovery_score(run: &Features, context: &Context) -> RecoveryScore {
    let parts = parts(run, context);
    let weights: f64 = parts.iter().map(|p| p.weight).sum();
    let weighted: f64 = parts.iter().map(|p| p.weight * p.value).sum();
    let felt = match run.rpe {
        Some(rpe) if rpe <= 3.0 => 5.0,
        Some(rpe) if rpe >= 5.0 => -10.0,
        _ => 0.0,
    };
    let titled = if run.title.gentle { 5.0 } else { 0.0 };
    // Duration and load can always be judged, so the weights never add up to nothing.
    RecoveryScore { points: (100.0 * weighted / weights + felt + titled).clamp(0.0, 100.0), parts }
}

fn parts(run: &Features, context: &Context) -> Vec<Score> {
    let has_heart_rate = run.heart_rate_mean_bpm.is_some();
    let weight = |with: f64, without: f64| if has_heart_rate { with } else { without };
    let excursions = if has_heart_rate { run.above_lt1 } else { run.fast_pace_share };
    let all = [
        (Criterion::Intensity, 30.0, run.heart_rate_mean_bpm.map(|bpm| ramp(bpm / context.ceiling_bpm, 1.00, 1.06))),
        (Criterion::Excursions, 15.0, excursions.map(|share| ramp(share, 0.05, 0.20))),
        (Criterion::Pace, weight(15.0, 40.0), pace(run, context)),
        (Criterion::Duration, weight(15.0, 20.0), Some(duration(run, context))),
        (Criterion::Load, 10.0, Some(ramp(run.load / context.fitness.max(25.0), 0.7, 1.2))),
        (Criterion::Context, 15.0, Some(context.freshening.score())),
    ];
    let judged =
        all.into_iter().filter_map(|(criterion, weight, value)| Some(Score { criterion, weight, value: value? }));
    judged.collect()
}

/// Slower than usual and far from the threshold.
fn pace(run: &Features, context: &Context) -> Option<f64> {
    let speed = run.speed_mps?;
    let usual = context.usual_mps.map(|usual| ramp(speed / usual, 0.95, 1.03));
    let threshold = context.threshold_mps.map(|threshold| ramp(speed / threshold, 0.78, 0.86));
    mean(&[usual, threshold].into_iter().flatten().collect::<Vec<_>>())
}

/// Short in itself and for this runner.
fn duration(run: &Features, context: &Context) -> f64 {
    let absolute = ramp(run.duration_min, 40.0, 70.0);
    let relative = context.usual_min.map(|usual| ramp(run.duration_min / usual, 0.8, 1.2));
    relative.map_or(absolute, |relative| 0.5 * absolute + 0.5 * relative)
}
