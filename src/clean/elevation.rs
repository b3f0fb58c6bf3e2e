//! Climbing and descending (methods §1.5).

use super::resample::{Span, ranges};
use super::window::means;
use crate::activity::AltitudeSource;
use crate::physiology::statistics::median;

/// Steepest grade that is believed, a fraction.
const MAX_GRADE: f64 = 0.45;
/// Over a shorter distance (m) than this there is no grade.
const MIN_WINDOW_M: f64 = 8.0;
/// Altitudes (m) outside are garbage.
const BELIEVABLE_M: (f64, f64) = (-500.0, 9000.0);

/// How much an altitude is smoothed, by where it comes from.
#[derive(Clone, Copy, Debug)]
struct Smoothing {
    /// Half of the moving average, in seconds.
    half_s: usize,
    /// Half of the distance over which a grade is taken, in metres.
    half_m: f64,
    /// Ups and downs smaller than this (m) are noise.
    hysteresis_m: f64,
}

fn smoothing(source: AltitudeSource) -> Smoothing {
    match source {
        AltitudeSource::Barometric => Smoothing { half_s: 7, half_m: 20.0, hysteresis_m: 3.0 },
        AltitudeSource::Satellite => Smoothing { half_s: 15, half_m: 40.0, hysteresis_m: 5.0 },
    }
}

/// Elevation of a run at 1 Hz.
#[derive(Debug, Default)]
pub struct Elevation {
    /// Grades as fractions; missing without altitude or distance.
    pub grade: Vec<Option<f64>>,
    pub ascent_m: Option<f64>,
    pub descent_m: Option<f64>,
}

/// The altitude if it is one on Earth.
pub fn believable(altitude_m: f64) -> Option<f64> {
    (BELIEVABLE_M.0..=BELIEVABLE_M.1).contains(&altitude_m).then_some(altitude_m)
}

/// Smooths the altitude and takes grades span by span; gain and loss over pieces that no long pause divides.
///
/// What happens to the altitude in a long pause is no climb.
pub fn elevation(
    altitude_m: &[Option<f64>],
    distance_m: &[Option<f64>],
    spans: &[Span],
    source: AltitudeSource,
) -> Elevation {
    let how = smoothing(source);
    let mut out = Elevation::default();
    let mut piece: Vec<f64> = Vec::new();
    let mut total: Option<(f64, f64)> = None;
    let mut count = |piece: &mut Vec<f64>| {
        if !piece.is_empty() {
            let (gain, loss) = gain_and_loss(piece, how.hysteresis_m);
            let (up, down) = total.unwrap_or_default();
            total = Some((up + gain, down + loss));
            piece.clear();
        }
    };
    for (k, range) in ranges(spans).enumerate() {
        if k > 0 && spans[k - 1].is_apart_from(&spans[k]) {
            count(&mut piece);
        }
        let smooth = means(&medians_of_three(&altitude_m[range.clone()]), how.half_s, how.half_s);
        piece.extend(smooth.iter().flatten());
        out.grade.append(&mut grades(&distance_m[range], &smooth, how.half_m));
    }
    count(&mut piece);
    (out.ascent_m, out.descent_m) = total.unzip();
    out
}

fn medians_of_three(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let around = |i: usize| -> Vec<f64> {
        values[i.saturating_sub(1)..values.len().min(i + 2)].iter().flatten().copied().collect()
    };
    (0..values.len()).map(|i| values[i].and_then(|_| median(&around(i)))).collect()
}

/// Grade at every second that has distance and altitude: rise over run between the last second at least `half_m` behind and
/// the first at least `half_m` ahead (cut off at the ends); 0 over less than 8 m, within ±0.45.
pub fn grades(distance_m: &[Option<f64>], altitude_m: &[Option<f64>], half_m: f64) -> Vec<Option<f64>> {
    let known: Vec<(usize, f64, f64)> = distance_m
        .iter()
        .zip(altitude_m)
        .enumerate()
        .filter_map(|(i, (d, a))| d.zip(*a).map(|(d, a)| (i, d, a)))
        .collect();
    let mut out = vec![None; distance_m.len()];
    let (mut low, mut high) = (0, 0);
    for &(i, d, _) in &known {
        while low + 1 < known.len() && known[low + 1].1 <= d - half_m {
            low += 1;
        }
        while high + 1 < known.len() && known[high].1 < d + half_m {
            high += 1;
        }
        let run = known[high].1 - known[low].1;
        let rise = known[high].2 - known[low].2;
        out[i] = Some(if run < MIN_WINDOW_M { 0.0 } else { (rise / run).clamp(-MAX_GRADE, MAX_GRADE) });
    }
    out
}

/// Sum of rises and of falls (both positive) of at least `hysteresis_m` from the last turning level (GoldenCheetah).
pub fn gain_and_loss(altitude_m: &[f64], hysteresis_m: f64) -> (f64, f64) {
    let Some(&first) = altitude_m.first() else { return (0.0, 0.0) };
    let (mut level, mut gain, mut loss) = (first, 0.0, 0.0);
    for &altitude in altitude_m {
        let step = altitude - level;
        if step.abs() >= hysteresis_m {
            if step > 0.0 {
                gain += step
            } else {
                loss -= step
            }
            level = altitude;
        }
    }
    (gain, loss)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hill(seconds: u32) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
        let distance = |i: u32| 3.0 * f64::from(i);
        (
            (0..seconds).map(|i| Some(200.0 + 0.06 * distance(i))).collect(),
            (0..seconds).map(|i| Some(distance(i))).collect(),
        )
    }

    #[test]
    fn a_steady_hill_has_one_grade_and_its_height() {
        let (altitude, distance) = hill(600);
        let spans = [Span { start_s: 0, len: 600 }];
        let out = elevation(&altitude, &distance, &spans, AltitudeSource::Barometric);
        // The moving average is cut off at the ends, so these are flatter.
        assert!(out.grade[20..580].iter().flatten().all(|g| (g - 0.06).abs() < 1e-3), "{:?}", &out.grade[20..30]);
        let ascent = out.ascent_m.unwrap_or_default();
        assert!((ascent - 107.8).abs() < 5.0, "{ascent}");
        assert_eq!(out.descent_m, Some(0.0));
    }

    #[test]
    fn no_altitude_no_elevation() {
        let (_, distance) = hill(60);
        let out = elevation(&[None; 60], &distance, &[Span { start_s: 0, len: 60 }], AltitudeSource::Satellite);
        assert!(out.grade.iter().all(Option::is_none));
        assert_eq!((out.ascent_m, out.descent_m), (None, None));
    }

    #[test]
    fn a_lift_during_a_long_pause_is_no_climb() {
        let altitude: Vec<Option<f64>> = (0..120).map(|i| Some(if i < 60 { 500.0 } else { 1500.0 })).collect();
        let ascent = |start_s| {
            let spans = [Span { start_s: 0, len: 60 }, Span { start_s, len: 60 }];
            elevation(&altitude, &[None; 120], &spans, AltitudeSource::Barometric).ascent_m
        };
        assert_eq!(ascent(2000), Some(0.0));
        assert_eq!(ascent(120), Some(1000.0));
    }

    #[test]
    fn a_standstill_has_no_grade() {
        let altitude: Vec<Option<f64>> = (0..30).map(|i| Some(f64::from(i))).collect();
        assert!(grades(&[Some(5.0); 30], &altitude, 20.0).iter().all(|g| *g == Some(0.0)));
    }
}
