//! Heart rate: reserve, training impulse, and the athlete's constants when nobody gave them (methods §2.1, §3.1–3.5, §5.1–5.3, §6.2).

use super::statistics::{finite, median, ratio};
use super::zones::FIVE_MAXIMUM;
use std::f64::consts::LN_2;

/// Maximum heart rate where nothing at all is known.
pub const DEFAULT_MAX_BPM: f64 = 190.0;
/// Resting heart rate where nothing is known.
pub const DEFAULT_REST_BPM: f64 = 60.0;
const S_PER_MIN: f64 = 60.0;

/// Share of the heart-rate reserve, `(hr - rest)/(max - rest)` (Karvonen 1957); below 0 under the resting rate.
///
/// `None` unless max > rest.
pub fn reserve(bpm: f64, rest_bpm: f64, max_bpm: f64) -> Option<f64> {
    if max_bpm > rest_bpm { ratio(bpm - rest_bpm, max_bpm - rest_bpm) } else { None }
}

/// The two numbers of a training impulse: a minute at reserve x weighs `x·a·e^(b·x)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrimpWeight {
    pub a: f64,
    pub b: f64,
}

impl TrimpWeight {
    /// Banister's curve for men (Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171).
    pub const MEN: TrimpWeight = TrimpWeight { a: 0.64, b: 1.92 };
    /// Banister's curve for women (as above).
    pub const WOMEN: TrimpWeight = TrimpWeight { a: 0.86, b: 1.67 };
    /// Half-way between, where the sex is not known.
    pub const UNKNOWN: TrimpWeight = TrimpWeight { a: 0.75, b: 1.795 };

    /// Curve through 2 mmol/l at the first and 4 mmol/l at the second threshold, both given as shares of the reserve:
    /// iTRIMP (Manzi et al. 2009, MSSE 41:2090) without a lactate test. The exponent is held within 1.5..=5.
    pub fn individual(lt1_reserve: f64, lthr_reserve: f64) -> Option<TrimpWeight> {
        if lthr_reserve <= lt1_reserve {
            return None;
        }
        let b = ratio(LN_2, lthr_reserve - lt1_reserve)?.clamp(1.5, 5.0);
        let a = ratio(4.0, (b * lthr_reserve).exp())?;
        Some(TrimpWeight { a, b })
    }

    /// Weight of one minute at this share of the reserve; 0 at rest and below.
    fn per_minute(self, reserve: f64) -> f64 {
        let x = reserve.max(0.0);
        x * self.a * (self.b * x).exp()
    }
}

/// Training impulse of heart rates lasting `dt_s` seconds each, summed one by one (methods §3.1).
///
/// Summing matters: the impulse of the mean heart rate is smaller than that of the run.
pub fn trimp(
    bpm: impl IntoIterator<Item = f64>,
    dt_s: f64,
    rest_bpm: f64,
    max_bpm: f64,
    weight: TrimpWeight,
) -> Option<f64> {
    let mut weights = 0.0;
    for rate in bpm {
        weights += weight.per_minute(reserve(rate, rest_bpm, max_bpm)?);
    }
    finite(weights * dt_s / S_PER_MIN)
}

/// Load of a training impulse: 100 = one hour at threshold heart rate under the same weight (methods §3.2).
pub fn heart_rate_load(trimp: f64, rest_bpm: f64, max_bpm: f64, lthr_bpm: f64, weight: TrimpWeight) -> Option<f64> {
    let hour = self::trimp([lthr_bpm], 3600.0, rest_bpm, max_bpm, weight)?;
    ratio(100.0 * trimp, hour)
}

/// Edwards' training load: minutes in the five tenths from 50 % of maximum on, times 1 to 5 (Edwards 1993).
pub fn edwards(zone_s: [f64; 5]) -> Option<f64> {
    weighted_minutes(&zone_s)
}

/// Edwards' load of heart rates lasting `dt_s` seconds each.
pub fn edwards_of(bpm: impl IntoIterator<Item = f64>, dt_s: f64, max_bpm: f64) -> Option<f64> {
    if max_bpm <= 0.0 {
        return None;
    }
    let seconds = FIVE_MAXIMUM.seconds(bpm.into_iter().map(|rate| rate / max_bpm), dt_s);
    weighted_minutes(&seconds[1..])
}

/// Lucia's training load: minutes below VT1, between, above VT2, times 1, 2, 3 (Lucia et al. 2003, MSSE 35:872).
pub fn lucia(zone_s: [f64; 3]) -> Option<f64> {
    weighted_minutes(&zone_s)
}

fn weighted_minutes(zone_s: &[f64]) -> Option<f64> {
    finite(zone_s.iter().zip(1..).map(|(seconds, weight)| seconds / S_PER_MIN * f64::from(weight)).sum())
}

/// Heart rate under which a run can be a recovery run: the median of three usual ceilings, so that one wrong
/// constant does no harm: Friel's Z1 (0.85·LTHR), Pfitzinger's 76 % of maximum and 70 % of reserve (methods §6.2).
pub fn recovery_ceiling_bpm(max_bpm: f64, rest_bpm: f64, lthr_bpm: f64) -> f64 {
    let mut ceilings = [0.85 * lthr_bpm, 0.76 * max_bpm, of_reserve(0.70, rest_bpm, max_bpm)];
    ceilings.sort_by(f64::total_cmp);
    ceilings[1]
}

/// Heart rate at this share (0..=1) of the reserve.
fn of_reserve(share: f64, rest_bpm: f64, max_bpm: f64) -> f64 {
    rest_bpm * (1.0 - share) + max_bpm * share
}

/// Formulas for the maximum heart rate by age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgeFormula {
    /// 208 - 0.7·age (Tanaka 2001, JACC 37:153).
    #[default]
    Tanaka,
    /// 207 - 0.7·age (Gellish 2007).
    Gellish,
    /// 211 - 0.64·age (Nes 2013).
    Nes,
}

impl AgeFormula {
    /// Maximum heart rate in bpm at this age in years.
    pub fn max_bpm(self, age_years: f64) -> f64 {
        match self {
            AgeFormula::Tanaka => 208.0 - 0.7 * age_years,
            AgeFormula::Gellish => 207.0 - 0.7 * age_years,
            AgeFormula::Nes => 211.0 - 0.64 * age_years,
        }
    }
}

/// What an estimate of the maximum heart rate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxBasis {
    /// The best 30 s of the runs.
    Observed,
    /// Tanaka's formula.
    Age,
    /// [`DEFAULT_MAX_BPM`].
    Default,
}

/// Maximum heart rate from each run's best 30-s mean, else from age, else 190 (methods §5.1).
///
/// The highest mean counts if it is within 5 bpm of the second, else the second; 2 bpm are added. An observed value
/// more than 12 bpm under the formula only says that no maximal effort is on file.
pub fn max_estimate(best_30s_bpm: &[f64], age_years: Option<f64>) -> (f64, MaxBasis) {
    const ABOVE_BEST_MEAN: f64 = 2.0;
    const SUBMAXIMAL_GAP: f64 = 12.0;
    let by_age = age_years.map(|age| AgeFormula::Tanaka.max_bpm(age));
    let observed =
        highest_confirmed(best_30s_bpm, |first, second| first <= second + 5.0).map(|best| best + ABOVE_BEST_MEAN);
    match (observed, by_age) {
        (Some(observed), Some(by_age)) if observed < by_age - SUBMAXIMAL_GAP => (by_age, MaxBasis::Age),
        (Some(observed), _) => (observed, MaxBasis::Observed),
        (None, Some(by_age)) => (by_age, MaxBasis::Age),
        (None, None) => (DEFAULT_MAX_BPM, MaxBasis::Default),
    }
}

/// The highest value if `close(highest, second)` or alone, else the second highest: one bad recording must not decide.
pub(super) fn highest_confirmed(values: &[f64], close: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    match sorted[..] {
        [] => None,
        [only] => Some(only),
        [first, second, ..] => Some(if close(first, second) { first } else { second }),
    }
}

/// Resting heart rate: the median of what devices said lately, else 60; never above the lowest 60-s mean on file less 2 (methods §5.2).
pub fn rest_estimate(device_bpm: &[f64], lowest_60s_bpm: Option<f64>) -> f64 {
    let said = median(device_bpm).unwrap_or(DEFAULT_REST_BPM);
    lowest_60s_bpm.map_or(said, |lowest| said.min(lowest - 2.0))
}

/// Threshold heart rate from the best means over 20, 30 and 60 minutes, `max(0.95·B20, 0.97·B30, B60)`
/// of those there are (methods §5.3). Use it only if [`lthr_is_plausible`].
pub fn lthr_from_bests(best_20min: Option<f64>, best_30min: Option<f64>, best_60min: Option<f64>) -> Option<f64> {
    let candidates = [best_20min.map(|bpm| 0.95 * bpm), best_30min.map(|bpm| 0.97 * bpm), best_60min];
    candidates.into_iter().flatten().max_by(f64::total_cmp)
}

/// True where a threshold heart rate lies within 0.82..=0.95 of the maximum.
pub fn lthr_is_plausible(lthr_bpm: f64, max_bpm: f64) -> bool {
    max_bpm > 0.0 && (0.82 * max_bpm..=0.95 * max_bpm).contains(&lthr_bpm)
}

/// Threshold heart rate where none was observed: 85 % of the reserve (Elevate's default).
pub fn lthr_default(max_bpm: f64, rest_bpm: f64) -> f64 {
    of_reserve(0.85, rest_bpm, max_bpm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_that_make_no_sense_give_nothing() {
        assert_eq!(reserve(150.0, 60.0, 60.0), None);
        assert_eq!(trimp([150.0], 60.0, 190.0, 60.0, TrimpWeight::UNKNOWN), None);
        assert_eq!(heart_rate_load(100.0, 60.0, 190.0, 50.0, TrimpWeight::MEN), None);
        assert_eq!(TrimpWeight::individual(0.8, 0.8), None);
        assert_eq!(edwards_of([150.0], 60.0, 0.0), None);
    }

    #[test]
    fn a_beat_below_rest_is_no_training() {
        assert_eq!(trimp([40.0, 50.0], 60.0, 50.0, 190.0, TrimpWeight::WOMEN), Some(0.0));
    }

    #[test]
    fn edwards_counts_from_half_of_maximum() {
        assert_eq!(edwards_of([94.0, 100.0, 115.0, 185.0], 60.0, 190.0), Some(1.0 + 2.0 + 5.0));
    }

    #[test]
    fn rest_is_never_above_what_was_seen() {
        assert_eq!(rest_estimate(&[], None), 60.0);
        assert_eq!(rest_estimate(&[79.0, 50.0, 52.0], Some(70.0)), 52.0);
        assert_eq!(rest_estimate(&[79.0], Some(58.0)), 56.0);
    }

    #[test]
    fn thresholds_outside_the_usual_range_are_not_plausible() {
        assert_eq!([155.0, 156.0, 180.0, 181.0].map(|bpm| lthr_is_plausible(bpm, 190.0)), [false, true, true, false]);
        assert_eq!(lthr_from_bests(None, None, None), None);
    }
}
