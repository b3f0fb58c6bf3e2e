//! How sure a verdict is: no surer than the rulers it was measured with (methods §0, §6.4).

use super::evidence::{Criterion, Role};
use super::hardness::HARD_S;
use super::race::RaceCall;
use super::ruling::Ruling;
use super::{Context, Features, Label};
use crate::athlete::Trust;
use crate::physiology::hard;
use crate::physiology::statistics::normal_share_below;
use crate::physiology::zones::LT1_SHARE_OF_LTHR;

/// High from here on; medium from there.
pub const HIGH: f64 = 0.85;
pub const MEDIUM: f64 = 0.65;
/// Just under high, and just under medium.
const AT_MOST_MEDIUM: f64 = 0.84;
const AT_MOST_LOW: f64 = 0.64;
/// One standard deviation of the score, points (own choice).
const SCORE_HALF_WIDTH: f64 = 10.0;
/// One standard deviation of a share of the time, 0..=1 (own choice).
const SHARE_HALF_WIDTH: f64 = 0.15;
/// One standard deviation of hard seconds, s (own choice).
const HARD_HALF_WIDTH_S: f64 = 150.0;
/// What is hard by one ruler only is fairly sure at most, in standard deviations (own choice).
const BY_ONE_RULER: f64 = 0.75;
/// Sessions on file before a verdict can be called sure.
const RUNS_TO_BE_SURE: usize = 20;
/// Up to this duration a run is likely a warm-up or cool-down, min.
const LIKELY_WARM_UP_MIN: f64 = 15.0;

/// Confidence in a label, 0..=1.
pub(super) fn of(label: Label, ruling: &Ruling) -> f64 {
    let sigmas = match label {
        Label::Unknown => return 0.0,
        Label::Fragment | Label::Walk => 2.0,
        Label::Race => match ruling.race {
            RaceCall::Race { sigmas, .. } => sigmas,
            _ => 0.0,
        },
        Label::Tempo | Label::Intervals => of_hard(ruling),
        Label::Long => of_long(ruling),
        Label::Recovery | Label::Shakeout => of_recovery(ruling),
        Label::RecoveryTooHard if ruling.is_hard() => of_hard(ruling),
        Label::RecoveryTooHard => of_too_hard(ruling),
        Label::Easy | Label::Steady => of_easy(ruling),
    };
    let confidence = ruling.run.quality * normal_share_below(sigmas);
    confidence.min(cap(label, ruling.run, ruling.context))
}

/// What is known too little of the runner keeps every verdict down.
fn cap(label: Label, run: &Features, context: &Context) -> f64 {
    let is_plain = matches!(label, Label::Fragment | Label::Walk);
    let by_heart = run.heart_rate_mean_bpm.is_some();
    let is_thin = if by_heart { context.lthr.trust == Trust::Low } else { context.speed_is_guess() };
    let is_new = run.earlier_runs < RUNS_TO_BE_SURE;
    let is_short = run.duration_min <= LIKELY_WARM_UP_MIN;
    if is_plain {
        1.0
    } else if context.rough {
        AT_MOST_LOW
    } else if is_thin || is_new || is_short {
        AT_MOST_MEDIUM
    } else {
        1.0
    }
}

/// Far enough beyond the limits of hard running, by heart rate or by pace, and for long enough.
fn of_hard(ruling: &Ruling) -> f64 {
    let (run, context) = (ruling.run, ruling.context);
    let effort = &run.effort;
    let by_heart =
        effort.hard_bpm.map(|bpm| (bpm - hard::HARD_SHARE_OF_LTHR * context.lthr.value) / context.lthr.half_width);
    let by_pace = effort
        .hard_mps
        .zip(context.threshold)
        .map(|(mps, threshold)| (mps - hard::FAST_SHARE * threshold.value) / threshold.half_width);
    let by_contrast = (ruling.hard_by_contrast_s().max(ruling.hard_by_watch_s()) > 0.0).then_some(BY_ONE_RULER);
    let repeated = ruling.repetitions().map(|r| (r.fast_mps / r.between_mps.max(0.1) - 1.12) / 0.08);
    // Fast, and the heart far from its threshold: one of the two rulers is wrong.
    let is_at_ease = by_heart.is_some_and(|sigmas| sigmas < -1.0);
    let by_pace = by_pace.map(|sigmas: f64| if is_at_ease { sigmas.min(BY_ONE_RULER) } else { sigmas });
    let intense = [by_heart, by_pace, by_contrast, repeated].into_iter().flatten().fold(0.0, f64::max);
    let length = ruling.repetitions().map_or(ruling.hard_s(), |r| r.seconds.max(ruling.hard_s()));
    let least = HARD_S.min(0.15 * 60.0 * run.duration_min).max(300.0);
    intense.min((length - least) / HARD_HALF_WIDTH_S + 0.5)
}

/// A duration is exact; how much longer than needed it was stands for how plain the case is.
fn of_long(ruling: &Ruling) -> f64 {
    const A_TENTH: f64 = 0.10;
    let least = ruling.long_from_min().unwrap_or(ruling.run.duration_min);
    (ruling.run.duration_min / least - 1.0) / A_TENTH + 0.5
}

fn of_recovery(ruling: &Ruling) -> f64 {
    let by_score = (ruling.score.points - ruling.rule.least_score) / SCORE_HALF_WIDTH;
    let gates = ruling.gates.iter().filter(|gate| gate.half_width > 0.0 && gate.criterion == Criterion::Intensity);
    let nearest = gates.map(|gate| (ruling.heart_rate_limit_bpm() - gate.value) / gate.half_width);
    let by_heart = nearest.fold(f64::INFINITY, f64::min);
    // What lies above the ceiling itself is earned within its uncertainty only.
    let is_over = ruling.run.heart_rate_mean_bpm.is_some_and(|bpm| bpm > ruling.context.ceiling_bpm);
    let sigmas = by_score.min(by_heart);
    if is_over { sigmas.min(0.0) } else { sigmas }
}

fn of_too_hard(ruling: &Ruling) -> f64 {
    let over = ruling
        .run
        .heart_rate_mean_bpm
        .map(|bpm| (bpm - ruling.context.ceiling_bpm) / ruling.context.ceiling_half_width_bpm.max(1.0));
    over.unwrap_or((ruling.rule.least_score - ruling.score.points) / (2.0 * SCORE_HALF_WIDTH))
}

/// Easy and steady lie between recovery, each other and hard: the nearest of these decides.
fn of_easy(ruling: &Ruling) -> f64 {
    const PLAIN: f64 = 2.0;
    let (run, rule) = (ruling.run, ruling.rule);
    let above = (ruling.score.points - rule.least_score) / SCORE_HALF_WIDTH;
    let from_recovery = match ruling.failed_gate() {
        _ if above < 0.0 => -above,
        // A gate decided: the higher the score, the less sure.
        Some(gate) if gate.half_width > 0.0 => (-gate.sigmas()).clamp(0.0, PLAIN),
        Some(gate) => match gate.role {
            Role::Gate { .. } => (gate.value / gate.limit.max(1e-9) - 1.0).clamp(0.0, 1.0) * 5.0 - above / 3.0,
            Role::Scored { .. } => 0.0,
        },
        None => 1.0 - above / 3.0,
    };
    // Where heart rate and pace contradict each other, nobody knows.
    let contradicted = ruling.heart_without_pace_s().map_or(PLAIN, |_| 0.0);
    let from_hard = ((HARD_S - ruling.hard_s()) / HARD_HALF_WIDTH_S).min(contradicted);
    // Half of the time above easy is a mean heart rate at the limit of easy, which is no surer than the threshold.
    let by_share = ruling.share_above_easy().map_or(PLAIN, |share| (share - 0.5).abs() / SHARE_HALF_WIDTH);
    let lt1_half_width = LT1_SHARE_OF_LTHR * ruling.context.lthr.half_width;
    let by_heart = run.heart_rate_mean_bpm.map_or(PLAIN, |bpm| (bpm - ruling.context.lt1_bpm).abs() / lt1_half_width);
    let from_each_other = by_share.min(by_heart);
    let nearest = from_recovery.min(from_hard).min(from_each_other);
    if run.heart_rate_mean_bpm.is_none() { nearest.min(1.0) } else { nearest.max(0.0) }
}
