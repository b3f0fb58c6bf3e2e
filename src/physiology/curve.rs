//! What a runner can hold for how long: critical speed, Riegel, threshold speed (methods §2.8, §5.4–5.6, §7.5).

use super::statistics::{Line, finite, highest_confirmed, least_squares, ratio, theil_sen};

/// Exponent of [`riegel_time_s`].
const RIEGEL: f64 = 1.06;
const HOUR_S: f64 = 3600.0;

/// Distance = speed · time + reserve: the speed that can be held, and the metres one has on top of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalSpeed {
    /// Critical speed, m/s.
    pub speed_mps: f64,
    /// D′, metres.
    pub reserve_m: f64,
    /// Coefficient of determination of the fit, at most 1.
    pub r2: f64,
}

/// Critical speed by least squares over efforts (distance in m, time in s); `None` of fewer than three
/// (Smyth & Muniz-Pumares 2020, MSSE 52:2637).
///
/// ```
/// use freshlegs::physiology::curve::critical_speed;
/// // Metres and seconds of five best efforts.
/// let efforts = [(400.0, 78.0), (800.0, 172.0), (1500.0, 345.0), (3000.0, 735.0), (5000.0, 1270.0)];
/// let critical = critical_speed(&efforts).unwrap();
/// assert!((critical.speed_mps - 3.8473).abs() < 1e-4);
/// assert!((critical.reserve_m - 139.41).abs() < 0.01);
/// ```
pub fn critical_speed(efforts: &[(f64, f64)]) -> Option<CriticalSpeed> {
    if efforts.len() < 3 {
        return None;
    }
    let points: Vec<(f64, f64)> = efforts.iter().map(|(distance_m, time_s)| (*time_s, *distance_m)).collect();
    let fit = least_squares(&points)?;
    Some(CriticalSpeed { speed_mps: fit.line.slope, reserve_m: fit.line.intercept, r2: fit.r2 })
}

impl CriticalSpeed {
    /// True where the fit is close and its numbers are those of a runner: R² >= 0.99, 1.8..=6.5 m/s, 30..=400 m.
    pub fn is_plausible(&self) -> bool {
        self.r2 >= 0.99 && (1.8..=6.5).contains(&self.speed_mps) && (30.0..=400.0).contains(&self.reserve_m)
    }

    /// Speed for an hour, which lies below critical speed: 0.96 of it.
    ///
    /// ```
    /// use freshlegs::physiology::curve::threshold_mps;
    /// // Best efforts of 3.0 m/s, 4.0 m/s by heart rate: raised by a tenth at most.
    /// assert!((threshold_mps(3.0, Some(4.0), 3.2) - 3.3).abs() < 1e-9);
    /// ```
    pub fn threshold_mps(&self) -> f64 {
        0.96 * self.speed_mps
    }
}

/// Time over another distance: `T2 = T1·(D2/D1)^1.06` (Riegel 1981, Am Sci 69:285).
///
/// ```
/// use freshlegs::physiology::curve::riegel_time_s;
/// // 20 minutes over 5 km become 41:42 over 10 km.
/// assert!((riegel_time_s(1200.0, 5000.0, 10_000.0).unwrap() - 2501.9).abs() < 0.1);
/// ```
pub fn riegel_time_s(time_s: f64, distance_m: f64, other_distance_m: f64) -> Option<f64> {
    if distance_m <= 0.0 || other_distance_m <= 0.0 {
        return None;
    }
    finite(time_s * (other_distance_m / distance_m).powf(RIEGEL))
}

/// Speed for 60 minutes of a runner who held `speed_mps` for `time_s`, after Riegel: `v·(3600/t)^(1/1.06 - 1)`.
///
/// ```
/// use freshlegs::physiology::curve::v60_mps;
/// // 5 km in 20 minutes.
/// assert!((v60_mps(5000.0 / 1200.0, 1200.0).unwrap() - 3.9155).abs() < 1e-4);
/// ```
pub fn v60_mps(speed_mps: f64, time_s: f64) -> Option<f64> {
    if speed_mps <= 0.0 || time_s <= 0.0 {
        return None;
    }
    finite(speed_mps * (HOUR_S / time_s).powf(1.0 / RIEGEL - 1.0))
}

/// Speed over a distance of a runner who can hold `threshold_mps` for 60 minutes, after Riegel.
///
/// ```
/// use freshlegs::physiology::curve::riegel_speed_mps;
/// // Who can hold 3.7 m/s for an hour is faster over 5 km.
/// assert!((riegel_speed_mps(3.7, 5000.0).unwrap() - 3.9240).abs() < 1e-3);
/// ```
pub fn riegel_speed_mps(threshold_mps: f64, distance_m: f64) -> Option<f64> {
    if threshold_mps <= 0.0 {
        return None;
    }
    ratio(distance_m, riegel_time_s(HOUR_S, threshold_mps * HOUR_S, distance_m)?)
}

/// Best 60-minute speed of a runner from each run's own: the highest if it is at most 3 % above the second, else the second.
///
/// One bad track or mislabelled ride must not set it.
///
/// ```
/// use freshlegs::physiology::curve::v60_robust_mps;
/// // 4.60 stands alone: one bad track must not decide.
/// assert_eq!(v60_robust_mps(&[4.60, 3.62, 3.60]), Some(3.62));
/// ```
pub fn v60_robust_mps(v60_of_runs: &[f64]) -> Option<f64> {
    highest_confirmed(v60_of_runs, |first, second| first <= 1.03 * second)
}

/// Threshold speed of a runner of whom only usual running is known: its one-hour speed is 0.82 of it (methods §5.6).
///
/// ```
/// use freshlegs::physiology::curve::threshold_of_usual_mps;
/// assert!((threshold_of_usual_mps(2.87) - 3.5).abs() < 1e-9);
/// ```
pub fn threshold_of_usual_mps(median_v60_mps: f64) -> f64 {
    finite(median_v60_mps / 0.82).unwrap_or(median_v60_mps)
}

/// How heart rate rises with grade-adjusted speed: a Theil–Sen line over (speed m/s, heart rate bpm) of five-minute windows.
///
/// Windows at 1.8 m/s and slower are left out. `None` of fewer than 30, of a spread in heart rate below 15 bpm,
/// or if heart rate does not rise.
pub fn heart_speed_line(windows: &[(f64, f64)]) -> Option<Line> {
    const SLOWEST_MPS: f64 = 1.8;
    const LEAST_WINDOWS: usize = 30;
    const LEAST_SPREAD_BPM: f64 = 15.0;
    let running: Vec<(f64, f64)> = windows.iter().copied().filter(|(mps, _)| *mps > SLOWEST_MPS).collect();
    let lowest = running.iter().map(|(_, bpm)| *bpm).min_by(f64::total_cmp)?;
    let highest = running.iter().map(|(_, bpm)| *bpm).max_by(f64::total_cmp)?;
    if running.len() < LEAST_WINDOWS || highest - lowest < LEAST_SPREAD_BPM {
        return None;
    }
    theil_sen(&running).filter(|line| line.slope > 0.0)
}

/// Threshold speed from the best efforts, which are a lower bound, raised by up to 10 % (or to `most_mps`, if that is
/// more) where the heart rate at that speed says there is more (methods §5.6). `at_lthr_mps` is the speed of the
/// [`heart_speed_line`] at LTHR.
pub fn threshold_mps(v60_mps: f64, at_lthr_mps: Option<f64>, most_mps: f64) -> f64 {
    const MOST_RAISED: f64 = 1.10;
    at_lthr_mps.map_or(v60_mps, |at_lthr| at_lthr.min(most_mps.max(MOST_RAISED * v60_mps)).max(v60_mps))
}

/// Grade-adjusted speed no recovery run should exceed: the lower of 0.95 of the usual easy speed and 0.78 of threshold speed (methods §7.5).
///
/// ```
/// use freshlegs::physiology::curve::recovery_ceiling_mps;
/// // Usual easy speed 2.9, threshold 3.7 m/s: 6:03/km at most.
/// assert!((recovery_ceiling_mps(Some(2.9), Some(3.7)).unwrap() - 2.755).abs() < 1e-9);
/// ```
pub fn recovery_ceiling_mps(usual_easy_mps: Option<f64>, threshold_mps: Option<f64>) -> Option<f64> {
    [usual_easy_mps.map(|v| 0.95 * v), threshold_mps.map(|v| 0.78 * v)].into_iter().flatten().min_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_critical_speeds_are_not_plausible() {
        let sound = CriticalSpeed { speed_mps: 3.9, reserve_m: 150.0, r2: 0.995 };
        assert!(sound.is_plausible());
        assert!(!CriticalSpeed { r2: 0.98, ..sound }.is_plausible());
        assert!(!CriticalSpeed { reserve_m: 20.0, ..sound }.is_plausible());
        assert!(!CriticalSpeed { speed_mps: 7.0, ..sound }.is_plausible());
        assert_eq!(critical_speed(&[(400.0, 80.0), (800.0, 170.0)]), None);
    }

    #[test]
    fn an_hour_of_riegel_is_threshold_speed() {
        assert!((riegel_speed_mps(3.7, 3.7 * 3600.0).unwrap() - 3.7).abs() < 1e-12);
        assert!(riegel_speed_mps(3.7, 5000.0).unwrap() > 3.7);
    }

    #[test]
    fn heart_rate_may_raise_threshold_speed_by_a_tenth() {
        let raised = [None, Some(3.0), Some(3.7), Some(5.0)].map(|at_lthr| threshold_mps(3.6, at_lthr, 0.0));
        assert_eq!(raised, [3.6, 3.6, 3.7, 1.10 * 3.6]);
        assert_eq!(threshold_mps(3.0, Some(5.0), 3.5), 3.5, "all of it was easy");
    }

    #[test]
    fn a_heart_speed_line_needs_windows_and_spread() {
        let windows: Vec<(f64, f64)> = (0..40).map(|i| (2.0 + 0.05 * f64::from(i), 120.0 + f64::from(i))).collect();
        let line = heart_speed_line(&windows).unwrap();
        assert!((line.inverse(150.0).unwrap() - 3.5).abs() < 1e-9);
        assert_eq!(heart_speed_line(&windows[..29]), None);
        let level: Vec<(f64, f64)> = windows.iter().map(|(mps, bpm)| (*mps, 120.0 + (bpm - 120.0) / 4.0)).collect();
        assert_eq!(heart_speed_line(&level), None);
        let walking: Vec<(f64, f64)> = windows.iter().map(|(mps, bpm)| (mps - 2.5, *bpm)).collect();
        assert_eq!(heart_speed_line(&walking), None);
    }
}
