//! Whether a chest strap that was still dry spoiled the start of a run (methods §1.4).

use crate::digest::{Second, Trace};
use crate::physiology::statistics::{Line, mean};

/// A dry strap reads this far above what the heart does at that speed, bpm.
const EXCESS_BPM: f64 = 25.0;
/// Without a line the minutes after it tell what that is: so many seconds.
const AFTER_S: usize = 600;

/// Seconds from the start to leave out.
///
/// Stage 1 finds up to ten minutes that end in a sudden fall while the runner goes on as before. They are wrong if their mean
/// lies 25 bpm or more above the runner's heart-rate–speed line; where there is none, above the ten minutes that follow.
pub fn dry_s(trace: &Trace, line: Option<Line>) -> usize {
    let until = trace.dry_strap_s();
    if until == 0 {
        return 0;
    }
    let pair = |s: Second| Some((s.gap_mps?, s.heart_rate_bpm?));
    let (speeds, beats): (Vec<f64>, Vec<f64>) =
        trace.seconds().take(until).filter(|s| s.moving).filter_map(pair).unzip();
    let after: Vec<f64> =
        trace.seconds().skip(until).take(AFTER_S).filter(|s| s.moving).filter_map(|s| s.heart_rate_bpm).collect();
    let expected = match line {
        Some(line) => mean(&speeds).and_then(|mps| line.at(mps)),
        None => mean(&after),
    };
    let is_dry = mean(&beats).zip(expected).is_some_and(|(bpm, expected)| bpm >= expected + EXCESS_BPM);
    if is_dry { until } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(first_bpm: f64) -> Trace {
        let mut trace = Trace::over(vec![(0, 1200)]);
        for i in 0..1200 {
            let bpm = if i < 240 { first_bpm } else { 140.0 };
            let speed = Some(2.8);
            trace.push(Second {
                heart_rate_bpm: Some(bpm),
                speed_mps: speed,
                gap_mps: speed,
                moving: true,
                running: true,
                dry_strap: i < 240,
                ..Second::default()
            });
        }
        trace
    }

    #[test]
    fn the_line_or_the_rest_of_the_run_tells_a_dry_strap() {
        let line = |at: f64| Some(Line { slope: 20.0, intercept: at - 56.0 });
        assert_eq!(dry_s(&trace(185.0), line(140.0)), 240);
        assert_eq!(dry_s(&trace(185.0), line(165.0)), 0, "this heart beats so");
        assert_eq!(dry_s(&trace(185.0), None), 240);
        assert_eq!(dry_s(&trace(160.0), None), 0);
    }
}
