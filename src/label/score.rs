//! The recovery score: how much of a recovery run it was, 0 to 100 (methods §6.3).

use super::evidence::{Criterion, Evidence, Measure, Role};
use super::{Context, Features};
use crate::physiology::statistics::ramp;
use crate::rule::{RecoveryRule, Source};

/// Fitness below this counts as this when a load is weighed, points.
const LEAST_FITNESS: f64 = 25.0;
/// Runs that must be behind "usual" before duration is held against it alone.
pub(super) const RUNS_BEHIND_USUAL: usize = 5;
/// Points for a run that felt gentle (3 of 10 at most) or hard (5 at least), and for one that was meant to be gentle.
const FELT_GENTLE: f64 = 5.0;
const FELT_HARD: f64 = -10.0;
const MEANT_GENTLE: f64 = 5.0;

/// The score with the evidence it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryScore {
    /// 0..=100.
    pub points: f64,
    /// The criteria that could be judged.
    pub evidence: Vec<Evidence>,
}

impl RecoveryScore {
    /// How far a criterion was met, 0..=1; `None` where it could not be judged.
    pub fn value(&self, criterion: Criterion) -> Option<f64> {
        let of = self.evidence.iter().filter(|e| e.criterion == criterion).filter_map(|e| match e.role {
            Role::Scored { weight, met, .. } => Some((weight, met)),
            Role::Gate { .. } => None,
        });
        let (weights, met) =
            of.fold((0.0, 0.0), |(weights, sum), (weight, met)| (weights + weight, sum + weight * met));
        (weights > 0.0).then(|| met / weights)
    }
}

/// Weighs what can be judged; effort felt and intent move the sum a little.
pub fn recovery_score(run: &Features, context: &Context, rule: &RecoveryRule) -> RecoveryScore {
    let mut evidence = Scored { rule, blind: run.heart_rate_mean_bpm.is_none() }.all(run, context);
    let weight_of = |e: &Evidence| match e.role {
        Role::Scored { weight, met, .. } => (weight, met),
        Role::Gate { .. } => (0.0, 0.0),
    };
    let weights: f64 = evidence.iter().map(|e| weight_of(e).0).sum();
    let mut points = 0.0;
    for e in &mut evidence {
        let (weight, met) = weight_of(e);
        let added = if weights > 0.0 { 100.0 * weight * met / weights } else { 0.0 };
        e.role = Role::Scored { weight, met, points: added };
        points += added;
    }
    let felt = match run.rpe {
        Some(rpe) if rpe <= 3.0 => FELT_GENTLE,
        Some(rpe) if rpe >= 5.0 => FELT_HARD,
        _ => 0.0,
    };
    let meant = if run.intent.is_gentle() { MEANT_GENTLE } else { 0.0 };
    RecoveryScore { points: (points + felt + meant).clamp(0.0, 100.0), evidence }
}

/// Makes the evidence that is scored.
struct Scored<'a> {
    rule: &'a RecoveryRule,
    /// Without a heart rate.
    blind: bool,
}

/// A value held against a reference: what counts is their ratio.
struct Compared {
    measure: Measure,
    value: f64,
    against: f64,
    half_width: f64,
    /// Ratios at which it is fully met, and not at all.
    bounds: (f64, f64),
    weight: f64,
    source: Source,
}

impl Scored<'_> {
    fn all(&self, run: &Features, context: &Context) -> Vec<Evidence> {
        let held = [
            (Criterion::Intensity, self.intensity(run, context)),
            (Criterion::Excursions, self.excursions(run)),
            (Criterion::Pace, self.pace(run, context)),
            (Criterion::Duration, vec![self.duration(run, context)]),
            (Criterion::Load, vec![self.load(run, context)]),
            (Criterion::Context, vec![self.days_before(context)]),
        ];
        let evidence =
            |(criterion, held): (Criterion, Vec<Compared>)| held.into_iter().map(move |h| h.evidence(criterion));
        held.into_iter().flat_map(evidence).filter(|e| e.value.is_finite() && e.margin.is_finite()).collect()
    }

    fn weight(&self, seeing: f64, blind: f64) -> f64 {
        if self.blind { blind } else { seeing }
    }

    fn intensity(&self, run: &Features, context: &Context) -> Vec<Compared> {
        let rule = self.rule;
        let Some(value) = run.heart_rate_mean_bpm else { return Vec::new() };
        let usual_share = if context.usual_bpm.is_some() { rule.usual_heart_rate_share } else { 0.0 };
        let to_ceiling = Compared {
            measure: Measure::HeartRateToCeiling,
            value,
            against: context.ceiling_bpm,
            half_width: context.ceiling_half_width_bpm,
            bounds: (rule.ceiling_full, rule.ceiling_none),
            weight: rule.weight_intensity * (1.0 - usual_share),
            source: Source::Friel,
        };
        let to_usual = context.usual_bpm.map(|usual| Compared {
            measure: Measure::HeartRateToUsual,
            value,
            against: usual,
            half_width: 0.0,
            bounds: (rule.usual_heart_rate_full, rule.usual_heart_rate_none),
            weight: rule.weight_intensity * usual_share,
            source: Source::OwnChoice,
        });
        std::iter::once(to_ceiling).chain(to_usual).collect()
    }

    fn excursions(&self, run: &Features) -> Vec<Compared> {
        let rule = self.rule;
        let (measure, value) = match run.heart_rate_mean_bpm {
            Some(_) => (Measure::ShareAboveLt1, run.above_lt1),
            None => (Measure::ShareFast, run.fast_pace_share),
        };
        let held = value.map(|value| Compared {
            measure,
            value,
            against: 1.0,
            half_width: 0.0,
            bounds: (rule.excursions_full, rule.excursions_none),
            weight: self.weight(rule.weight_excursions, rule.blind_weight_excursions),
            source: Source::Seiler2007,
        });
        held.into_iter().collect()
    }

    fn pace(&self, run: &Features, context: &Context) -> Vec<Compared> {
        let rule = self.rule;
        let Some(value) = run.speed_mps else { return Vec::new() };
        let known = f64::from(u8::from(context.usual_mps.is_some()) + u8::from(context.threshold.is_some()));
        let weight = self.weight(rule.weight_pace, rule.blind_weight_pace) / known;
        let to_usual = context.usual_mps.map(|usual| Compared {
            measure: Measure::SpeedToUsual,
            value,
            against: usual,
            half_width: 0.0,
            bounds: (rule.usual_speed_full, rule.usual_speed_none),
            weight,
            source: Source::PerfectRecoveryRun,
        });
        let to_threshold = context.threshold.map(|threshold| Compared {
            measure: Measure::SpeedToThreshold,
            value,
            against: threshold.value,
            half_width: threshold.half_width,
            bounds: (rule.threshold_speed_full, rule.threshold_speed_none),
            weight,
            source: Source::Friel,
        });
        [to_usual, to_threshold].into_iter().flatten().collect()
    }

    fn duration(&self, run: &Features, context: &Context) -> Compared {
        let rule = self.rule;
        let usual = context.usual_min.filter(|_| context.base_runs >= RUNS_BEHIND_USUAL);
        let (measure, against, bounds) = match usual {
            Some(usual) => (Measure::MinutesToUsual, usual, (rule.usual_minutes_full, rule.usual_minutes_none)),
            None => (Measure::Minutes, 1.0, (rule.minutes_full, rule.minutes_none)),
        };
        Compared {
            measure,
            value: run.duration_min,
            against,
            half_width: 0.0,
            bounds,
            weight: self.weight(rule.weight_duration, rule.blind_weight_duration),
            source: Source::PerfectRecoveryRun,
        }
    }

    fn load(&self, run: &Features, context: &Context) -> Compared {
        let rule = self.rule;
        Compared {
            measure: Measure::LoadToFitness,
            value: run.load,
            against: context.fitness.max(LEAST_FITNESS),
            half_width: 0.0,
            bounds: (rule.load_full, rule.load_none),
            weight: self.weight(rule.weight_load, rule.blind_weight_load),
            source: Source::OwnChoice,
        }
    }

    /// The more the days before call for it the better: the only measure that is met by much.
    fn days_before(&self, context: &Context) -> Compared {
        Compared {
            measure: Measure::DaysBefore,
            value: context.prompt.score(),
            against: 1.0,
            half_width: 0.0,
            bounds: (1.0, 0.0),
            weight: self.weight(self.rule.weight_context, self.rule.blind_weight_context),
            source: Source::GentleSessions,
        }
    }
}

impl Compared {
    fn evidence(self, criterion: Criterion) -> Evidence {
        let (full, none) = self.bounds;
        let grows = none < full;
        let ratio = self.value / self.against;
        let met = if grows { ratio.clamp(0.0, 1.0) } else { ramp(ratio, full, none) };
        // Shares and minutes are held against their own middle, all else against the reference itself.
        let limit = match self.measure {
            Measure::ShareAboveLt1 | Measure::ShareFast | Measure::Minutes => (full + none) / 2.0 * self.against,
            _ => self.against,
        };
        Evidence {
            criterion,
            measure: self.measure,
            value: self.value,
            limit,
            half_width: self.half_width,
            margin: if grows { self.value - limit } else { limit - self.value },
            full: full * self.against,
            none: none * self.against,
            role: Role::Scored { weight: self.weight, met, points: 0.0 },
            source: self.source,
        }
    }
}
