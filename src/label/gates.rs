//! What a recovery run must keep beside its score (methods §6.3).

use super::evidence::{Criterion, Evidence, Measure, Role};
use super::ruling::Ruling;
use super::score::RUNS_BEHIND_USUAL;
use crate::rule::Source;

impl Ruling<'_> {
    /// The most that the mean heart rate of a recovery run may be, bpm.
    pub fn heart_rate_limit_bpm(&self) -> f64 {
        let slack = self.context.ceiling_half_width_bpm.min(self.rule.most_over_ceiling_bpm);
        (self.context.ceiling_bpm + slack).min(self.context.lt1_bpm - self.rule.below_lt1_bpm)
    }

    /// What a recovery run must keep beside its score.
    pub fn gates(&self) -> Vec<Evidence> {
        let (run, context, rule) = (self.run, self.context, self.rule);
        let heart = run.heart_rate_mean_bpm.map(|bpm| {
            let limit = self.heart_rate_limit_bpm();
            gate(Criterion::Intensity, Measure::HeartRateToLt1, bpm, limit, Source::OwnChoice)
                .within(context.ceiling_half_width_bpm)
        });
        let intensity = self.score.value(Criterion::Intensity).map(|met| {
            // Held against the ceiling: what is passed or failed is the criterion as a whole.
            let bpm = run.heart_rate_mean_bpm.unwrap_or_default();
            gate(Criterion::Intensity, Measure::HeartRateToCeiling, bpm, context.ceiling_bpm, Source::OwnChoice)
                .within(context.ceiling_half_width_bpm)
                .decided(met >= rule.least_intensity)
        });
        let (above, measure) = match run.heart_rate_mean_bpm {
            Some(_) => (run.above_lt1, Measure::ShareAboveLt1),
            None => (run.fast_pace_share, Measure::ShareFast),
        };
        let excursions = above.map(|share| {
            let limit = rule.excursions_none - rule.least_excursions * (rule.excursions_none - rule.excursions_full);
            gate(Criterion::Excursions, measure, share, limit, Source::Seiler2007)
        });
        let at_threshold = run.above_lthr.map(|share| {
            gate(Criterion::Excursions, Measure::ShareAtThreshold, share, rule.most_at_threshold, Source::OwnChoice)
        });
        let fast = gate(
            Criterion::Pace,
            Measure::FastSeconds,
            run.effort.fast_s,
            rule.most_fast_s,
            Source::PerfectRecoveryRun,
        );
        let all = [heart, intensity, excursions, at_threshold, Some(fast), Some(self.duration_gate())];
        all.into_iter().flatten().collect()
    }

    fn duration_gate(&self) -> Evidence {
        let rule = self.rule;
        let usual = self.context.usual_min.filter(|_| self.context.base_runs >= RUNS_BEHIND_USUAL);
        let times = if self.is_stated_recovery() {
            rule.most_of_usual_if_stated
        } else {
            rule.usual_minutes_none - rule.least_duration * (rule.usual_minutes_none - rule.usual_minutes_full)
        };
        let alone = if self.is_stated_recovery() {
            rule.most_minutes
        } else {
            rule.minutes_none - rule.least_duration * (rule.minutes_none - rule.minutes_full)
        };
        let most = usual.map_or(alone, |usual| times * usual).min(rule.most_minutes);
        gate(Criterion::Duration, Measure::Minutes, self.run.duration_min, most, Source::PerfectRecoveryRun)
    }
}

/// A limit that must be kept; the value must not exceed it.
fn gate(criterion: Criterion, measure: Measure, value: f64, limit: f64, source: Source) -> Evidence {
    Evidence {
        criterion,
        measure,
        value,
        limit,
        half_width: 0.0,
        margin: limit - value,
        full: limit,
        none: limit,
        role: Role::Gate { passed: value <= limit },
        source,
    }
}

impl Evidence {
    fn within(self, half_width: f64) -> Evidence {
        Evidence { half_width, ..self }
    }

    fn decided(self, passed: bool) -> Evidence {
        Evidence { role: Role::Gate { passed }, ..self }
    }
}
