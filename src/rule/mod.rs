//! What makes a run a recovery run, as one value: weights, bounds and limits, each with where it comes from (methods §6).

mod preset;
mod source;

pub use preset::Preset;
pub use source::Source;

use serde::{Deserialize, Serialize};

/// The rule: every number by which a recovery run is told. A preset gives them all; `[model]` in the profile may change
/// any of them by its name here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRule {
    /// Highest mean heart rate, as shares of threshold heart rate, of maximal heart rate and of the reserve: the median of
    /// those that are not 0 counts, since it forgives one wrong constant.
    pub ceiling_of_threshold: f64,
    pub ceiling_of_maximum: f64,
    pub ceiling_of_reserve: f64,
    /// The same as a number of beats less the age in years; 0 leaves it out.
    pub ceiling_less_age: f64,
    /// No ceiling lies closer to the first threshold than this, bpm.
    pub below_lt1_bpm: f64,

    /// Weights of the six criteria with a heart rate.
    pub weight_intensity: f64,
    pub weight_excursions: f64,
    pub weight_pace: f64,
    pub weight_duration: f64,
    pub weight_load: f64,
    pub weight_context: f64,
    /// Weights of the other five without one.
    pub blind_weight_excursions: f64,
    pub blind_weight_pace: f64,
    pub blind_weight_duration: f64,
    pub blind_weight_load: f64,
    pub blind_weight_context: f64,

    /// Each criterion is met up to `full` and not at all from `none` on. Mean heart rate over the ceiling:
    pub ceiling_full: f64,
    pub ceiling_none: f64,
    /// Mean heart rate over the runner's usual easy one, and its share of the criterion.
    pub usual_heart_rate_full: f64,
    pub usual_heart_rate_none: f64,
    pub usual_heart_rate_share: f64,
    /// Share of the time above the first threshold; without heart rate, faster than easy pace.
    pub excursions_full: f64,
    pub excursions_none: f64,
    /// Grade-adjusted speed over the runner's usual one.
    pub usual_speed_full: f64,
    pub usual_speed_none: f64,
    /// Grade-adjusted speed over threshold speed.
    pub threshold_speed_full: f64,
    pub threshold_speed_none: f64,
    /// Minutes over the runner's usual ones.
    pub usual_minutes_full: f64,
    pub usual_minutes_none: f64,
    /// Minutes, while nothing is usual yet.
    pub minutes_full: f64,
    pub minutes_none: f64,
    /// Load over fitness.
    pub load_full: f64,
    pub load_none: f64,

    /// Score from which a run can be a recovery run, 0..=100.
    pub least_score: f64,
    /// The least that duration, intensity and excursions must be met by, 0..=1.
    pub least_duration: f64,
    pub least_intensity: f64,
    pub least_excursions: f64,
    /// Longest recovery run, min.
    pub most_minutes: f64,
    /// A run that was meant as one may last so many times the usual.
    pub most_of_usual_if_stated: f64,
    /// Seconds of fast running, skips and drills apart.
    pub most_fast_s: f64,
    /// Share of the time at the threshold heart rate or above.
    pub most_at_threshold: f64,
    /// The most the mean may lie above the ceiling for the ceiling's own uncertainty, bpm.
    pub most_over_ceiling_bpm: f64,
    /// Without stated intent, speed or heart rate must be at most this share of the usual, or minutes at most that.
    pub contrast: f64,
    pub contrast_minutes: f64,
}

impl Default for RecoveryRule {
    fn default() -> Self {
        RecoveryRule::of(Preset::Balanced)
    }
}

impl RecoveryRule {
    /// The preset's numbers with those that the profile changes.
    ///
    /// # Errors
    /// A sentence that names what is no number of the rule, or no number at all.
    pub fn with(preset: Preset, changes: &toml::Table) -> Result<RecoveryRule, String> {
        let mut numbers = toml::Table::try_from(RecoveryRule::of(preset)).map_err(|e| e.to_string())?;
        for (name, value) in changes {
            let number = value.as_float().or(value.as_integer().map(|whole| whole as f64));
            let Some(number) = number.filter(|n| n.is_finite() && (0.0..=1000.0).contains(n)) else {
                return Err(format!("[model] {name} is {value}; write a number from 0 to 1000"));
            };
            if !numbers.contains_key(name) {
                return Err(format!(
                    "[model] {name} is not a number of the recovery rule; `freshlegs athlete` lists them"
                ));
            }
            numbers.insert(name.clone(), toml::Value::Float(number));
        }
        let rule: RecoveryRule = numbers.try_into().map_err(|e: toml::de::Error| e.to_string())?;
        rule.check().map(|()| rule)
    }

    fn check(&self) -> Result<(), String> {
        let rising = [
            ("ceiling", self.ceiling_full, self.ceiling_none),
            ("usual_heart_rate", self.usual_heart_rate_full, self.usual_heart_rate_none),
            ("excursions", self.excursions_full, self.excursions_none),
            ("usual_speed", self.usual_speed_full, self.usual_speed_none),
            ("threshold_speed", self.threshold_speed_full, self.threshold_speed_none),
            ("usual_minutes", self.usual_minutes_full, self.usual_minutes_none),
            ("minutes", self.minutes_full, self.minutes_none),
            ("load", self.load_full, self.load_none),
        ];
        if let Some((name, full, none)) = rising.into_iter().find(|(_, full, none)| full >= none) {
            return Err(format!("[model] {name}_full ({full}) must be less than {name}_none ({none})"));
        }
        let ceilings =
            self.ceiling_of_threshold + self.ceiling_of_maximum + self.ceiling_of_reserve + self.ceiling_less_age;
        if ceilings <= 0.0 {
            return Err("[model] needs a ceiling: one of ceiling_of_threshold, ceiling_of_maximum, ceiling_of_reserve, ceiling_less_age".into());
        }
        Ok(())
    }

    /// Highest mean heart rate of a recovery run, bpm: the median of the rule's ceilings, of two the lower.
    pub fn ceiling_bpm(&self, max_bpm: f64, rest_bpm: f64, lthr_bpm: f64, age_years: Option<f64>) -> f64 {
        let share = |share: f64, of: f64| (share > 0.0).then_some(share * of);
        let by_age = age_years.filter(|_| self.ceiling_less_age > 0.0).map(|age| self.ceiling_less_age - age);
        let reserve = share(self.ceiling_of_reserve, max_bpm - rest_bpm).map(|above| rest_bpm + above);
        let ceilings =
            [share(self.ceiling_of_threshold, lthr_bpm), share(self.ceiling_of_maximum, max_bpm), reserve, by_age];
        let mut ceilings: Vec<f64> = ceilings.into_iter().flatten().collect();
        // Without an age nothing may be left of a rule that goes by it: then the usual one.
        if ceilings.is_empty() {
            return RecoveryRule::of(Preset::Balanced).ceiling_bpm(max_bpm, rest_bpm, lthr_bpm, age_years);
        }
        ceilings.sort_by(f64::total_cmp);
        ceilings[(ceilings.len() - 1) / 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::heart;

    fn changed(text: &str) -> Result<RecoveryRule, String> {
        RecoveryRule::with(Preset::Balanced, &text.parse().unwrap())
    }

    #[test]
    fn any_number_can_be_changed_and_nothing_else() {
        let rule = changed("weight_pace = 40\nleast_score = 65.5").unwrap();
        assert_eq!((rule.weight_pace, rule.least_score, rule.weight_load), (40.0, 65.5, 10.0));
        for (text, expected) in [
            ("weight_speed = 3", "not a number of the recovery rule"),
            ("weight_pace = \"much\"", "write a number"),
            ("weight_pace = -1", "write a number"),
            ("load_full = 2.0", "must be less than"),
        ] {
            let message = changed(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn the_balanced_ceiling_is_the_median_of_three() {
        let rule = RecoveryRule::default();
        for (max, rest, lthr) in [(190.0, 50.0, 170.0), (185.0, 60.0, 150.0), (200.0, 45.0, 190.0)] {
            let expected = heart::recovery_ceiling_bpm(max, rest, lthr);
            assert!((rule.ceiling_bpm(max, rest, lthr, None) - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn presets_differ_in_their_ceilings() {
        let ceiling = |preset, age| RecoveryRule::of(preset).ceiling_bpm(190.0, 50.0, 170.0, age).round();
        assert_eq!(ceiling(Preset::Pfitzinger, None), 144.0);
        assert_eq!(ceiling(Preset::Friel, None), 145.0);
        assert_eq!(ceiling(Preset::Daniels, None), 150.0);
        assert_eq!((ceiling(Preset::Maf, Some(40.0)), ceiling(Preset::Maf, None)), (140.0, 145.0));
    }
}
