//! How hard one run was: normalised pace and power, efficiency, and the loads they give (methods §2.5–2.7, §3.6–3.8).

use super::statistics::{finite, mean, median, ratio, standard_deviation, trailing_mean};

/// Seconds over which pace and power are averaged before they are raised to the fourth power.
const SMOOTHING_S: usize = 30;
const S_PER_MIN: f64 = 60.0;
const S_PER_H: f64 = 3600.0;

/// Normalised graded pace, as a speed, from grade-adjusted speeds of the moving seconds: the fourth root of the mean fourth power
/// of the 30-s trailing means (McGregor's NGP; as GoldenCheetah's GOVSS). `None` of nothing.
///
/// ```
/// use freshlegs::physiology::effort::ngp_mps;
/// // Ten minutes at 2.5 and ten at 3.5 m/s weigh more than their mean of 3.0 m/s.
/// let uneven: Vec<f64> = (0..1200).map(|s| if s < 600 { 2.5 } else { 3.5 }).collect();
/// assert!((ngp_mps(&[3.0; 1200]).unwrap() - 3.0).abs() < 1e-9);
/// assert!(ngp_mps(&uneven).unwrap() > 3.1);
/// ```
pub fn ngp_mps(moving_gap_mps: &[f64]) -> Option<f64> {
    fourth_power_mean(moving_gap_mps)
}

/// Normalised power in watts, one value a second, as [`ngp_mps`]. `None` of nothing.
///
/// ```
/// use freshlegs::physiology::effort::normalised_power_w;
/// assert!((normalised_power_w(&[250.0; 600]).unwrap() - 250.0).abs() < 1e-9);
/// ```
pub fn normalised_power_w(power_w: &[f64]) -> Option<f64> {
    fourth_power_mean(power_w)
}

fn fourth_power_mean(values: &[f64]) -> Option<f64> {
    let powers: Vec<f64> = trailing_mean(values, SMOOTHING_S).into_iter().map(|value| value.powi(4)).collect();
    finite(mean(&powers)?.sqrt().sqrt())
}

/// Efficiency factor: grade-adjusted speed in metres per *minute* over heart rate (Friel).
///
/// ```
/// use freshlegs::physiology::effort::efficiency;
/// // 3.0 m/s at 150 bpm: 1.2 metres a minute for every beat a minute.
/// assert!((efficiency(3.0, 150.0).unwrap() - 1.2).abs() < 1e-9);
/// ```
pub fn efficiency(gap_mps: f64, heart_rate_bpm: f64) -> Option<f64> {
    if heart_rate_bpm > 0.0 { ratio(gap_mps * S_PER_MIN, heart_rate_bpm) } else { None }
}

/// Grade-adjusted speed and heart rate of one moving second.
pub type PaceAndHeart = (Option<f64>, Option<f64>);

/// Decoupling of pace and heart rate in a steady run, a fraction; below 0.05 is well coupled (Friel).
///
/// From moving seconds, the first ten minutes left out. `None` unless 40 minutes remain, 80 % of them have a heart rate
/// and the pace is steady: coefficient of variation of the one-minute means at most 12 %.
///
/// ```
/// use freshlegs::physiology::effort::decoupling;
/// // Ten minutes of warm-up, then 20 min at 3.0 and 20 min at 2.85 m/s, all at 150 bpm.
/// let run: Vec<_> = (0..3000).map(|s| (Some(if s < 1800 { 3.0 } else { 2.85 }), Some(150.0))).collect();
/// assert!((decoupling(&run).unwrap() - 0.05).abs() < 1e-9);
/// ```
pub fn decoupling(moving: &[PaceAndHeart]) -> Option<f64> {
    const WARM_UP_S: usize = 600;
    const LEAST_S: usize = 2400;
    const LEAST_HEART_SHARE: f64 = 0.8;
    const MOST_VARIATION: f64 = 0.12;
    let steady = moving.get(WARM_UP_S..).filter(|rest| rest.len() >= LEAST_S)?;
    let with_heart = moving.iter().filter(|(_, bpm)| bpm.is_some()).count();
    let is_steady = pace_variation(steady)? <= MOST_VARIATION;
    if is_steady && ratio(with_heart as f64, moving.len() as f64)? >= LEAST_HEART_SHARE {
        decoupling_of_halves(steady)
    } else {
        None
    }
}

/// `(EF1 - EF2)/EF1` of the two halves, each from its seconds that have both values.
///
/// ```
/// use freshlegs::physiology::effort::decoupling_of_halves;
/// let halves = [(Some(3.0), Some(150.0)), (Some(2.85), Some(150.0))];
/// assert!((decoupling_of_halves(&halves).unwrap() - 0.05).abs() < 1e-9);
/// ```
pub fn decoupling_of_halves(moving: &[PaceAndHeart]) -> Option<f64> {
    let (first, second) = moving.split_at(moving.len() / 2);
    let (first, second) = (mean_efficiency(first)?, mean_efficiency(second)?);
    ratio(first - second, first)
}

/// Efficiency of the mean grade-adjusted speed at the mean heart rate, over the seconds that have both.
///
/// ```
/// use freshlegs::physiology::effort::mean_efficiency;
/// let seconds = [(Some(2.9), Some(148.0)), (Some(3.1), Some(152.0)), (Some(9.0), None)];
/// assert!((mean_efficiency(&seconds).unwrap() - 1.2).abs() < 1e-9);
/// ```
pub fn mean_efficiency(moving: &[PaceAndHeart]) -> Option<f64> {
    let both = moving.iter().filter_map(|(gap, bpm)| gap.zip(bpm.filter(|bpm| *bpm > 0.0)));
    let (gap, bpm): (Vec<f64>, Vec<f64>) = both.unzip();
    efficiency(mean(&gap)?, mean(&bpm)?)
}

/// Coefficient of variation of the one-minute means of grade-adjusted speed.
fn pace_variation(moving: &[PaceAndHeart]) -> Option<f64> {
    let minutes: Vec<f64> = (moving.chunks_exact(60))
        .filter_map(|minute| mean(&minute.iter().filter_map(|(gap, _)| *gap).collect::<Vec<_>>()))
        .collect();
    ratio(standard_deviation(&minutes)?, mean(&minutes)?)
}

/// Running stress score: `100·hours·(NGP/threshold speed)²` (as Elevate's). `None` without a threshold.
///
/// ```
/// use freshlegs::physiology::effort::rtss;
/// // Half an hour at 5:00/km, threshold 4:30/km.
/// let points = rtss(1800.0, 1000.0 / 300.0, 1000.0 / 270.0).unwrap();
/// assert!((points - 40.5).abs() < 1e-9);
/// ```
pub fn rtss(duration_s: f64, ngp_mps: f64, threshold_mps: f64) -> Option<f64> {
    squared_intensity_load(duration_s, ngp_mps, threshold_mps)
}

/// Load from power: `100·hours·(normalised power/critical power)²`. `None` without a critical power.
///
/// ```
/// use freshlegs::physiology::effort::power_load;
/// // An hour at critical power is 100 points.
/// assert!((power_load(3600.0, 280.0, 280.0).unwrap() - 100.0).abs() < 1e-9);
/// ```
pub fn power_load(duration_s: f64, normalised_power_w: f64, critical_power_w: f64) -> Option<f64> {
    squared_intensity_load(duration_s, normalised_power_w, critical_power_w)
}

fn squared_intensity_load(duration_s: f64, normalised: f64, threshold: f64) -> Option<f64> {
    let intensity = ratio(normalised, Some(threshold).filter(|t| *t > 0.0)?)?;
    finite(100.0 * duration_s / S_PER_H * intensity * intensity)
}

/// Factor that brings this runner's rTSS to the scale of the heart-rate load: the median of heart-rate load over rTSS,
/// held within 0.7..=1.4; 1 with fewer than 8 runs that have both (methods §3.8).
///
/// Pairs are (heart-rate load, rTSS) of one run each.
///
/// ```
/// use freshlegs::physiology::effort::pace_calibration;
/// // Runs with both loads: by heart rate, by pace.
/// let both = [(52.0, 50.0), (61.0, 55.0), (40.0, 42.0), (75.0, 66.0), (48.0, 47.0), (90.0, 80.0), (35.0, 36.0), (66.0, 60.0)];
/// assert!((pace_calibration(&both) - 1.07).abs() < 0.005);
/// ```
pub fn pace_calibration(heart_rate_load_and_rtss: &[(f64, f64)]) -> f64 {
    const LEAST_RUNS: usize = 8;
    let ratios: Vec<f64> = (heart_rate_load_and_rtss.iter())
        .filter(|(_, rtss)| *rtss > 0.0)
        .filter_map(|(heart_rate_load, rtss)| ratio(*heart_rate_load, *rtss))
        .collect();
    let calibrated = (ratios.len() >= LEAST_RUNS).then(|| median(&ratios)).flatten();
    calibrated.map_or(1.0, |k| k.clamp(0.7, 1.4))
}

/// Load from perceived exertion, on the common scale: points an hour by rating, linear between (after Friel).
///
/// Nothing at all (0) gives no load. `None` unless 0 <= rating <= 10.
///
/// ```
/// use freshlegs::physiology::effort::rpe_load;
/// // 45 minutes felt as 3 of 10.
/// assert!((rpe_load(2700.0, 3.0).unwrap() - 30.0).abs() < 1e-9);
/// ```
pub fn rpe_load(duration_s: f64, rpe: f64) -> Option<f64> {
    const PER_HOUR: [f64; 11] = [0.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.0, 120.0, 140.0];
    if !(0.0..=10.0).contains(&rpe) {
        return None;
    }
    let below = PER_HOUR[rpe.floor() as usize];
    let above = PER_HOUR[rpe.ceil() as usize];
    finite((below + (above - below) * rpe.fract()) * (duration_s / S_PER_H))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(seconds: usize) -> Vec<PaceAndHeart> {
        (0..seconds).map(|i| (Some(3.0), Some(140.0 + 10.0 * i as f64 / seconds as f64))).collect()
    }

    #[test]
    fn decoupling_wants_forty_steady_minutes_with_a_heart_rate() {
        assert!(decoupling(&steady(3000)).is_some_and(|share| (0.0..0.1).contains(&share)));
        assert_eq!(decoupling(&steady(2999)), None);
        let mut intervals = steady(3600);
        (0..3600).filter(|i| i / 180 % 2 == 0).for_each(|i| intervals[i].0 = Some(4.5));
        assert_eq!(decoupling(&intervals), None);
        let mut no_heart = steady(3600);
        no_heart.iter_mut().step_by(4).for_each(|second| second.1 = None);
        assert_eq!(decoupling(&no_heart), None);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!((ngp_mps(&[]), normalised_power_w(&[]), mean_efficiency(&[])), (None, None, None));
        assert_eq!((efficiency(3.0, 0.0), rtss(3600.0, 3.0, 0.0)), (None, None));
    }

    #[test]
    fn calibration_needs_eight_runs_and_stays_in_bounds() {
        assert_eq!(pace_calibration(&[(60.0, 50.0); 7]), 1.0);
        assert_eq!(pace_calibration(&[(60.0, 50.0); 8]), 1.2);
        assert_eq!(pace_calibration(&[(60.0, 20.0); 8]), 1.4);
        assert_eq!(pace_calibration(&[(60.0, 0.0); 8]), 1.0);
    }

    #[test]
    fn exertion_ratings_end_at_ten() {
        assert_eq!(rpe_load(3600.0, 0.0), Some(0.0));
        assert_eq!(rpe_load(3600.0, 10.0), Some(140.0));
        assert_eq!((rpe_load(3600.0, 11.0), rpe_load(3600.0, -1.0)), (None, None));
    }

    #[test]
    fn power_load_is_a_hundred_for_an_hour_at_critical_power() {
        assert_eq!(power_load(3600.0, 300.0, 300.0), Some(100.0));
    }
}
