//! What a slope costs: grade-adjusted speed = speed · factor(grade) (methods §2.4).
//!
//! A grade is a fraction, rise over run. Grade-adjusted speed is the speed on the flat at the same heart rate.

/// Grade beyond which the heart-rate factor stays what it is.
const HEART_RATE_LIMIT: f64 = 0.30;

/// `1 + (8/3)·g + (400/27)·g²`, grade held within ±0.30: 1 on the flat and at -18 %, least (0.88) at -9 %.
///
/// An own quadratic with the published shape of Strava's heart-rate-equivalent model of 2017.
///
/// ```
/// use freshlegs::physiology::grade::heart_rate_factor;
/// // 10 % up costs as much as running 1.41 times as fast on the flat.
/// assert!((heart_rate_factor(0.10) - 1.4148).abs() < 1e-4);
/// assert_eq!(heart_rate_factor(0.0), 1.0);
/// ```
pub fn heart_rate_factor(grade: f64) -> f64 {
    let g = grade.clamp(-HEART_RATE_LIMIT, HEART_RATE_LIMIT);
    1.0 + 8.0 / 3.0 * g + 400.0 / 27.0 * g * g
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn downhill_is_easiest_at_nine_per_cent() {
        let grades = (-30..=30).map(|g| f64::from(g) / 100.0);
        let easiest = grades.min_by(|a, b| heart_rate_factor(*a).total_cmp(&heart_rate_factor(*b)));
        assert_eq!(easiest, Some(-0.09));
    }

    #[test]
    fn the_flat_stays_as_it_is() {
        assert_eq!(heart_rate_factor(0.0), 1.0);
    }
}
