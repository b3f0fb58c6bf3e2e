//! Distance by the device's counter, whatever it did on the way (methods §1.3).

use super::{DistanceSource, Measured};
use crate::activity::Sample;
use crate::clean::pauses::TimerSpan;

/// A device counter may be off by so much at once, in metres.
const COUNTER_SLACK_M: f64 = 50.0;
/// Counters beyond this are garbage, in metres.
const GARBAGE_M: f64 = 1e12;
/// Jumps of a counter that may still be taken back.
const MOST_LEVELS: usize = 8;

/// The counter of a sample: any number, since some jump far below zero and count on from there.
pub fn counter_of(sample: &Sample) -> Option<f64> {
    sample.distance_m.filter(|m| m.abs() <= GARBAGE_M)
}

/// A counter made good.
#[derive(Debug, Default)]
pub struct Counted {
    /// Metres since the start at each point; nothing where the counter was wrong for a while.
    pub metres: Vec<Option<f64>>,
    /// What the counter said on its way up, all jumps included.
    pub as_it_stands_m: f64,
    /// It began anew: at laps, in chained files.
    pub restarts: usize,
    /// What it held at its first point was counted in the time before.
    pub began_late: bool,
}

/// Where a counter stood when it was last believed.
#[derive(Clone, Copy)]
struct CounterLevel {
    /// Of the point.
    index: usize,
    /// When it last rose, s.
    risen_s: f64,
    metres: f64,
    /// What it stood at when it jumped there.
    entered_m: f64,
    total: f64,
    restarts: usize,
}

/// Most metres in so many seconds.
fn metres_in(seconds: f64, max_mps: f64) -> f64 {
    max_mps * seconds + COUNTER_SLACK_M
}

/// A counter (seconds, metres) made non-decreasing. The run began at `from_s`; nobody is faster than `max_mps`.
///
/// Corrections by less than 50 m are held. A step too large for its time is left out; if the counter comes back to where it
/// was, so is all between. A fall that stays is a counter that began anew (laps, chained files) and adds on. What it holds at
/// its first point counts if it was reachable by then; else it began before this run.
pub fn unbroken(points: &[(f64, f64)], from_s: f64, max_mps: f64) -> Counted {
    let Some(&first) = points.first() else { return Counted::default() };
    // Some counters are written only when they have changed.
    let reaches = |from: &CounterLevel, metres: f64, t: f64| {
        (0.0..=metres_in(t - from.risen_s, max_mps)).contains(&(metres - from.metres))
    };
    let counts = (0.0..=metres_in(first.0 - from_s, max_mps)).contains(&first.1);
    let began_late = counts && first.1 > COUNTER_SLACK_M;
    let start = if counts { first.1 } else { 0.0 };
    let mut level =
        CounterLevel { index: 0, risen_s: first.0, metres: first.1, entered_m: first.1, total: start, restarts: 0 };
    let mut left: Vec<CounterLevel> = Vec::new();
    let mut out = Counted { as_it_stands_m: if began_late { 0.0 } else { start }, began_late, ..Counted::default() };
    out.metres.reserve(points.len());
    for (index, &(t, metres)) in points.iter().enumerate() {
        let step = metres - level.metres;
        out.as_it_stands_m += step.max(0.0);
        let back = left.iter().rposition(|before| reaches(before, metres, t));
        // A counter that stood wrong for minutes could have come as far as where it goes back to.
        let stood = step > COUNTER_SLACK_M && level.metres == level.entered_m;
        if reaches(&level, metres, t) && !(stood && back.is_some()) {
            let risen_s = if step > 0.0 { t } else { level.risen_s };
            level = CounterLevel { index, risen_s, metres, total: level.total + step, ..level };
        } else if step < 0.0 && -step < COUNTER_SLACK_M {
            // Held until it is passed.
            level.index = index;
        } else if let Some(back) = back {
            let before = left[back];
            left.truncate(back);
            out.metres[before.index + 1..].fill(None);
            level = CounterLevel { index, risen_s: t, metres, total: before.total + metres - before.metres, ..before };
        } else {
            let anew = step < 0.0 && (0.0..=metres_in(t - level.risen_s, max_mps)).contains(&metres);
            if left.len() == MOST_LEVELS {
                left.remove(0);
            }
            left.push(level);
            let (more_m, restarts) = if anew { (metres, level.restarts + 1) } else { (0.0, level.restarts) };
            level =
                CounterLevel { index, risen_s: t, metres, entered_m: metres, total: level.total + more_m, restarts };
        }
        out.metres.push(Some(level.total));
    }
    out.restarts = level.restarts;
    out
}

/// The counter of each point as what was covered since the one before, summed up; `None` where it cannot be that.
pub fn summed(points: &[(f64, f64)], max_mps: f64) -> Option<Vec<Option<f64>>> {
    let mut total = 0.0;
    let mut last: Option<f64> = None;
    let mut sums = Vec::with_capacity(points.len());
    for &(t, metres) in points {
        let most = metres_in(last.map_or(0.0, |before| t - before), max_mps);
        if !(0.0..=most).contains(&metres) {
            return None;
        }
        total += metres;
        last = Some(t);
        sums.push(Some(total));
    }
    Some(sums)
}

/// The points of a counter: indices of their samples, and (seconds, metres). What it rose by over a time left out is taken
/// off.
pub fn points(samples: &[Sample], stretches: &[TimerSpan], left_out: &[(i64, i64)]) -> (Vec<usize>, Vec<(f64, f64)>) {
    let used = stretches.iter().flat_map(|s| s.samples.clone());
    let (indices, mut points): (Vec<usize>, Vec<(f64, f64)>) =
        used.filter_map(|i| counter_of(&samples[i]).map(|m| (i, (samples[i].time_ms as f64 / 1000.0, m)))).unzip();
    let mut off = 0.0;
    let mut next = 0;
    for k in 1..points.len() {
        let (before, now) = (samples[indices[k - 1]].time_ms, samples[indices[k]].time_ms);
        while next < left_out.len() && left_out[next].1 <= before {
            next += 1;
        }
        if left_out.get(next).is_some_and(|(from, _)| *from < now) {
            off += points[k].1 - (points[k - 1].1 + off);
        }
        points[k].1 -= off;
    }
    (indices, points)
}

/// Metres at the samples from those at the points; a stretch of them that is missing is filled evenly.
pub fn by_counter(samples: usize, indices: &[usize], points: &[(f64, f64)], metres: &[Option<f64>]) -> Measured {
    let mut cumulative_m = vec![None; samples];
    let mut last: Option<(usize, f64)> = None;
    for (k, value) in metres.iter().enumerate() {
        let Some(value) = value else { continue };
        if let Some((from, before)) = last.filter(|(from, _)| k - from > 1) {
            let span = points[k].0 - points[from].0;
            for between in from + 1..k {
                let share = if span > 0.0 { (points[between].0 - points[from].0) / span } else { 1.0 };
                cumulative_m[indices[between]] = Some(before + share * (value - before));
            }
        }
        cumulative_m[indices[k]] = Some(*value);
        last = Some((k, *value));
    }
    Measured::of(DistanceSource::Device, cumulative_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::distance::MAX_RUNNING_MPS;

    fn counted(metres: &[f64]) -> Vec<Option<f64>> {
        let points: Vec<(f64, f64)> = metres.iter().enumerate().map(|(t, m)| (t as f64, *m)).collect();
        unbroken(&points, 0.0, MAX_RUNNING_MPS).metres
    }

    fn total(metres: &[f64]) -> Option<f64> {
        counted(metres).last().copied().flatten()
    }

    fn steady(seconds: u32) -> Vec<f64> {
        (0..seconds).map(|i| f64::from(i) * 3.0).collect()
    }

    #[test]
    fn a_counter_never_decreases() {
        assert_eq!(counted(&[0.0, 10.0, 8.0, 9.0, 12.0]), [0.0, 10.0, 10.0, 10.0, 12.0].map(Some));
    }

    #[test]
    fn a_counter_that_begins_anew_adds_on() {
        let laps: Vec<f64> = (0..400).map(|i| f64::from(i % 200) * 3.0).collect();
        assert_eq!(total(&laps), Some(2.0 * 199.0 * 3.0));
        // A part of a longer recording starts where the counter is.
        assert_eq!(total(&[5000.0, 5003.0, 5006.0]), Some(6.0));
    }

    #[test]
    fn wrong_records_of_a_counter_are_left_out() {
        for wrong in [0.0, 99_999.0, -2_147_483.6, 1e9] {
            for length in [1, 30, 120] {
                let mut metres = steady(300);
                metres[150..150 + length].fill(wrong);
                let out = counted(&metres);
                assert_eq!(out[150..150 + length].iter().flatten().count(), 0, "{wrong}");
                assert_eq!(out.last(), Some(&Some(897.0)), "{wrong} for {length} s");
            }
        }
    }

    #[test]
    fn jumps_that_stay_are_left_out() {
        for jump in [100_000.0, 5e8, -2_147_483.6, -5e8] {
            let mut metres = steady(300);
            metres[150..].iter_mut().for_each(|m| *m += jump);
            assert_eq!(total(&metres), Some(894.0), "{jump}");
        }
    }

    #[test]
    fn what_a_counter_holds_at_first_counts_if_it_was_reachable() {
        let late: Vec<(f64, f64)> = (600..=1800).map(|t| (f64::from(t), 2.8 * f64::from(t))).collect();
        let counted = unbroken(&late, 0.0, MAX_RUNNING_MPS);
        assert!((counted.metres.last().copied().flatten().unwrap_or(0.0) - 5040.0).abs() < 1e-6);
        assert!(counted.began_late);
        assert!(
            (unbroken(&late, 590.0, MAX_RUNNING_MPS).metres.last().copied().flatten().unwrap_or(0.0) - 3360.0).abs()
                < 1e-6
        );
    }

    #[test]
    fn a_counter_written_once_a_minute_is_believed() {
        let minutes: Vec<f64> = (0..600).map(|i| f64::from(i / 60) * 170.0).collect();
        assert_eq!(total(&minutes), Some(9.0 * 170.0));
    }

    #[test]
    fn increments_are_summed_up() {
        let points: Vec<(f64, f64)> = (0..100).map(|t| (f64::from(t), 2.5)).collect();
        assert_eq!(summed(&points, MAX_RUNNING_MPS).and_then(|sums| sums[99]), Some(250.0));
        assert_eq!(summed(&[(0.0, 0.0), (1.0, 500.0)], MAX_RUNNING_MPS), None);
    }
}
