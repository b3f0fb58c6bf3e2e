//! Heart rate: reserve, training impulse, and the athlete's constants when nobody gave them (methods §2.1, §3.1–3.2, §5.1–5.3, §6.2).

use super::statistics::{finite, ratio};

/// Maximum heart rate where nothing at all is known.
pub const DEFAULT_MAX_BPM: f64 = 190.0;
/// Resting heart rate where nothing is known.
pub const DEFAULT_REST_BPM: f64 = 60.0;
const S_PER_MIN: f64 = 60.0;

/// Share of the heart-rate reserve, `(hr - rest)/(max - rest)` (Karvonen 1957); below 0 under the resting rate.
///
/// `None` unless max > rest.
///
/// ```
/// use freshlegs::physiology::heart::reserve;
/// let share = reserve(150.0, 50.0, 190.0).unwrap();
/// assert!((share - 0.714).abs() < 1e-3);
/// ```
pub fn reserve(bpm: f64, rest_bpm: f64, max_bpm: f64) -> Option<f64> {
    if max_bpm > rest_bpm { ratio(bpm - rest_bpm, max_bpm - rest_bpm) } else { None }
}

/// The two numbers of a training impulse: a minute at reserve x weighs `x·a·e^(b·x)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrimpWeight {
    /// Factor before the exponential.
    pub a: f64,
    /// Factor in the exponent.
    pub b: f64,
}

impl TrimpWeight {
    /// Banister's curve for men (Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171).
    pub const MEN: TrimpWeight = TrimpWeight { a: 0.64, b: 1.92 };
    /// Banister's curve for women (as above).
    pub const WOMEN: TrimpWeight = TrimpWeight { a: 0.86, b: 1.67 };
    /// Half-way between, where the sex is not known.
    pub const UNKNOWN: TrimpWeight = TrimpWeight { a: 0.75, b: 1.795 };

    /// Weight of one minute at this share of the reserve; 0 at rest and below.
    fn per_minute(self, reserve: f64) -> f64 {
        let x = reserve.max(0.0);
        x * self.a * (self.b * x).exp()
    }
}

/// Training impulse of heart rates lasting `dt_s` seconds each, summed one by one (methods §3.1).
///
/// Summing matters: the impulse of the mean heart rate is smaller than that of the run.
///
/// ```
/// use freshlegs::physiology::heart::{TrimpWeight, trimp};
/// // An hour at a steady 150 bpm, rest 50, maximum 190.
/// let impulse = trimp([150.0; 3600], 1.0, 50.0, 190.0, TrimpWeight::MEN).unwrap();
/// assert!((impulse - 108.095).abs() < 1e-3);
/// ```
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
///
/// ```
/// use freshlegs::physiology::heart::{TrimpWeight, heart_rate_load};
/// // The hour at 150 bpm above, for a threshold of 170 bpm.
/// let load = heart_rate_load(108.0954, 50.0, 190.0, 170.0, TrimpWeight::MEN).unwrap();
/// assert!((load - 63.34).abs() < 0.01);
/// ```
pub fn heart_rate_load(trimp: f64, rest_bpm: f64, max_bpm: f64, lthr_bpm: f64, weight: TrimpWeight) -> Option<f64> {
    let hour = self::trimp([lthr_bpm], 3600.0, rest_bpm, max_bpm, weight)?;
    ratio(100.0 * trimp, hour)
}

/// Heart rate under which a run can be a recovery run: the median of three usual ceilings, so that one wrong
/// constant does no harm: Friel's Z1 (0.85·LTHR), Pfitzinger's 76 % of maximum and 70 % of reserve (methods §6.2).
///
/// ```
/// use freshlegs::physiology::heart::recovery_ceiling_bpm;
/// // Maximum 190, rest 50, threshold 170 bpm.
/// assert!((recovery_ceiling_bpm(190.0, 50.0, 170.0) - 144.5).abs() < 1e-9);
/// ```
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
    ///
    /// ```
    /// use freshlegs::physiology::heart::AgeFormula;
    /// assert!((AgeFormula::Tanaka.max_bpm(35.0) - 183.5).abs() < 1e-9);
    /// ```
    pub fn max_bpm(self, age_years: f64) -> f64 {
        match self {
            AgeFormula::Tanaka => 208.0 - 0.7 * age_years,
            AgeFormula::Gellish => 207.0 - 0.7 * age_years,
            AgeFormula::Nes => 211.0 - 0.64 * age_years,
        }
    }
}

/// True where an observed maximum may be one: at most 12 bpm below the prior (methods §5.1). A lower one only says that no
/// maximal effort is on file.
///
/// ```
/// use freshlegs::physiology::heart::is_near_prior;
/// assert!(is_near_prior(180.0, 190.0));
/// assert!(!is_near_prior(170.0, 190.0));
/// ```
pub fn is_near_prior(observed_bpm: f64, prior_bpm: f64) -> bool {
    const SUBMAXIMAL_GAP_BPM: f64 = 12.0;
    observed_bpm >= prior_bpm - SUBMAXIMAL_GAP_BPM
}

/// Threshold heart rate from the best means over 20, 30 and 60 minutes, `max(0.95·B20, 0.97·B30, B60)`
/// of those there are (methods §5.3). Use it only if [`lthr_is_plausible`].
///
/// ```
/// use freshlegs::physiology::heart::lthr_from_bests;
/// // The best 20, 30 and 60 minutes, bpm.
/// let lthr = lthr_from_bests(Some(178.0), Some(174.0), Some(168.0)).unwrap();
/// assert!((lthr - 169.1).abs() < 1e-9);
/// ```
pub fn lthr_from_bests(best_20min: Option<f64>, best_30min: Option<f64>, best_60min: Option<f64>) -> Option<f64> {
    let candidates = [best_20min.map(|bpm| 0.95 * bpm), best_30min.map(|bpm| 0.97 * bpm), best_60min];
    candidates.into_iter().flatten().max_by(f64::total_cmp)
}

/// Share of the maximum that no threshold heart rate exceeds.
pub const MOST_LTHR_OF_MAX: f64 = 0.97;

/// True where a threshold heart rate from a run lies within 0.885..=0.97 of the maximum; from 0.82 on where the maximum is
/// itself hardly more than a formula (methods §5.3).
///
/// ```
/// use freshlegs::physiology::heart::lthr_is_plausible;
/// assert!(lthr_is_plausible(172.0, 190.0, false));
/// assert!(!lthr_is_plausible(160.0, 190.0, false));
/// ```
pub fn lthr_is_plausible(lthr_bpm: f64, max_bpm: f64, max_is_formula: bool) -> bool {
    let least = if max_is_formula { 0.82 } else { 0.885 };
    max_bpm > 0.0 && (least * max_bpm..=MOST_LTHR_OF_MAX * max_bpm).contains(&lthr_bpm)
}

/// True where a watch's threshold heart rate lies within 0.80..=0.97 of the maximum.
///
/// ```
/// use freshlegs::physiology::heart::device_lthr_is_plausible;
/// assert!(!device_lthr_is_plausible(190.0, 190.0));
/// ```
pub fn device_lthr_is_plausible(lthr_bpm: f64, max_bpm: f64) -> bool {
    max_bpm > 0.0 && (0.80 * max_bpm..=MOST_LTHR_OF_MAX * max_bpm).contains(&lthr_bpm)
}

/// Threshold heart rate where none was observed: 90 % of the maximum. In 1,411 runners the second ventilatory threshold lay
/// at 93.5 ± 2.5 % of the highest heart rate, the first at 85.1 ± 4.6 % (Esteve-Lanao 2026, Sports 14:29).
///
/// ```
/// use freshlegs::physiology::heart::lthr_default;
/// assert!((lthr_default(190.0) - 171.0).abs() < 1e-9);
/// ```
pub fn lthr_default(max_bpm: f64) -> f64 {
    0.90 * max_bpm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_that_make_no_sense_give_nothing() {
        assert_eq!(reserve(150.0, 60.0, 60.0), None);
        assert_eq!(trimp([150.0], 60.0, 190.0, 60.0, TrimpWeight::UNKNOWN), None);
        assert_eq!(heart_rate_load(100.0, 60.0, 190.0, 50.0, TrimpWeight::MEN), None);
    }

    #[test]
    fn a_beat_below_rest_is_no_training() {
        assert_eq!(trimp([40.0, 50.0], 60.0, 50.0, 190.0, TrimpWeight::WOMEN), Some(0.0));
    }

    #[test]
    fn jogs_make_no_maximum() {
        assert!(is_near_prior(178.0, 190.0) && !is_near_prior(177.9, 190.0));
    }

    #[test]
    fn thresholds_outside_the_usual_range_are_not_plausible() {
        let measured = [168.0, 169.0, 184.0, 185.0].map(|bpm| lthr_is_plausible(bpm, 190.0, false));
        assert_eq!(measured, [false, true, true, false]);
        assert!(lthr_is_plausible(156.0, 190.0, true) && !lthr_is_plausible(155.0, 190.0, true));
        assert!(device_lthr_is_plausible(153.0, 190.0) && !device_lthr_is_plausible(46.0, 190.0));
        assert_eq!(lthr_from_bests(None, None, None), None);
    }
}
