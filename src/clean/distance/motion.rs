//! From distance at the samples to distance and speed at 1 Hz (methods §1.3).

use crate::clean::resample::{self, Span, ranges};

/// Cumulative distance (m) and speed (m/s) at 1 Hz.
pub struct Motion {
    pub distance_m: Vec<Option<f64>>,
    pub speed_mps: Vec<Option<f64>>,
}

/// Speed as the central 5-s mean of the distance covered in each second, never across a pause.
///
/// `points` holds the (seconds since the start, metres) of each span. Faster than `max_mps` is missing. `bridged_s` are the
/// longest gaps that are interpolated: any, and of a runner who moved on.
pub fn motion(
    points: impl Iterator<Item = Vec<(f64, f64)>>,
    spans: &[Span],
    max_mps: f64,
    bridged_s: (f64, f64),
) -> Motion {
    let mut motion = Motion { distance_m: Vec::new(), speed_mps: Vec::new() };
    for ((span, range), points) in spans.iter().zip(ranges(spans)).zip(points) {
        // One more than the span has seconds, since a second is covered between two of them.
        let mut metres = resample::distance(&points, f64::from(span.start_s), range.len() + 1, bridged_s);
        let end = points.last().filter(|p| f64::from(span.end_s()) - p.0 < 1.0).map(|p| p.1);
        if let Some(beyond) = metres.last_mut().filter(|m| m.is_none()) {
            *beyond = end;
        }
        drop(points);
        let covered: Vec<Option<f64>> = metres.windows(2).map(|w| w[0].zip(w[1]).map(|(a, b)| b - a)).collect();
        let mean = |i: usize| {
            covered[i]?;
            let around = &covered[i.saturating_sub(2)..covered.len().min(i + 3)];
            let (sum, n) = around.iter().flatten().fold((0.0, 0.0), |(s, n), v| (s + v, n + 1.0));
            Some(sum / n).filter(|v| *v <= max_mps)
        };
        motion.speed_mps.extend((0..range.len()).map(mean));
        metres.truncate(range.len());
        motion.distance_m.append(&mut metres);
    }
    motion
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::distance::MAX_RUNNING_MPS;

    #[test]
    fn steady_speed_stays_steady_and_never_crosses_a_pause() {
        let spans = [Span { start_s: 0, len: 20 }, Span { start_s: 50, len: 20 }];
        let first: Vec<(f64, f64)> = (0..=20).map(|t| (f64::from(t), 3.0 * f64::from(t))).collect();
        let second: Vec<(f64, f64)> = (50..=70).map(|t| (f64::from(t), 500.0 + 2.0 * f64::from(t - 50))).collect();
        let motion = motion([first, second].into_iter(), &spans, MAX_RUNNING_MPS, (25.0, 120.0));
        assert!(motion.speed_mps[..20].iter().flatten().all(|v| (v - 3.0).abs() < 1e-9));
        assert!(motion.speed_mps[20..].iter().flatten().all(|v| (v - 2.0).abs() < 1e-9));
        assert_eq!(motion.speed_mps.iter().flatten().count(), 40);
    }
}
