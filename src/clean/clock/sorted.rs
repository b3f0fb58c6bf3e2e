//! Samples that stand in the file in another order than their times: blocks, segments, or all of them.

use super::{FAR_MS, PAUSE_MS, is_time};
use crate::activity::Sample;
use crate::clean::distance::{MAX_RUNNING_MPS, position_of, straight_m};
use std::ops::Range;

/// One step back is a change of order only if both sides meet within so many metres, plus what a runner covers.
const MEETS_M: f64 = 50.0;
/// Sorted one by one, samples must give a way shorter than this share of the one in file order.
const SHORTER: f64 = 0.8;
/// Samples sorted one by one may share their times to this extent.
const SAME_TIMES: f64 = 0.02;

/// The samples in order of time with the number of those that were moved; `None` where their order is no matter of sorting.
pub fn sorted(samples: &[Sample]) -> Option<(Vec<Sample>, usize)> {
    let falls = samples.windows(2).filter(|w| w[1].time_ms < w[0].time_ms).count();
    if falls == 0 || !samples.iter().all(|s| is_time(s.time_ms)) {
        return None;
    }
    let mut blocks = blocks(samples);
    blocks.sort_by_key(|block| samples[block.start].time_ms);
    let joints = || blocks.windows(2).map(|w| (w[0].end - 1, w[1].start));
    let follows = |a: usize, b: usize| (0..=FAR_MS).contains(&(samples[b].time_ms - samples[a].time_ms));
    let fits = |(a, b): (usize, usize)| {
        let is_new = b != a + 1;
        follows(a, b) && (falls > 1 || !is_new || meet(&samples[a], &samples[b]))
    };
    let mut out: Vec<Sample> = blocks.iter().flat_map(|block| &samples[block.clone()]).copied().collect();
    if !joints().all(fits) {
        out.sort_by_key(|sample| sample.time_ms);
        if falls <= 1 || !is_better(samples, &out) {
            return None;
        }
    }
    if let Some(first) = out.first_mut() {
        first.starts_segment = false;
    }
    let moved = samples.iter().zip(&out).filter(|(before, after)| before.time_ms != after.time_ms).count();
    Some((out, moved))
}

/// Stretches of samples that follow each other: none falls back in time, none begins after a break.
fn blocks(samples: &[Sample]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    for i in 1..=samples.len() {
        let is_break = |gap_ms: i64| !(0..=PAUSE_MS).contains(&gap_ms) || samples[i].starts_segment;
        if i == samples.len() || is_break(samples[i].time_ms - samples[i - 1].time_ms) {
            blocks.push(from..i);
            from = i;
        }
    }
    blocks
}

/// The second sample follows the first in time and place.
fn meet(a: &Sample, b: &Sample) -> bool {
    let gap_ms = b.time_ms - a.time_ms;
    let reach_m = MEETS_M + MAX_RUNNING_MPS * gap_ms as f64 / 1000.0;
    gap_ms <= PAUSE_MS && step_m(a, b).is_some_and(|metres| metres <= reach_m)
}

/// Metres between two samples, by position, else by the device's counter.
fn step_m(a: &Sample, b: &Sample) -> Option<f64> {
    let line = position_of(a).zip(position_of(b)).map(|(p, q)| straight_m(p, q));
    line.or_else(|| Some((b.distance_m? - a.distance_m?).abs()))
}

/// Sorted, samples have times of their own and lie on a shorter way.
fn is_better(before: &[Sample], after: &[Sample]) -> bool {
    let way_m = |samples: &[Sample]| samples.windows(2).filter_map(|w| step_m(&w[0], &w[1])).sum::<f64>();
    let shared = after.windows(2).filter(|w| w[0].time_ms == w[1].time_ms).count();
    let (old, new) = (way_m(before), way_m(after));
    shared as f64 <= SAME_TIMES * after.len() as f64 && old > 0.0 && new < SHORTER * old
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample at each second, on a straight way at 3 m/s.
    fn at(seconds: impl IntoIterator<Item = i64>) -> Vec<Sample> {
        let place = |s: i64| Some((46.0 + 3.0 * s as f64 / 111_195.0, 7.0));
        seconds.into_iter().map(|s| Sample { time_ms: s * 1000, position: place(s), ..Sample::default() }).collect()
    }

    fn seconds(samples: &[Sample]) -> Option<Vec<i64>> {
        Some(sorted(samples)?.0.iter().map(|s| s.time_ms / 1000).collect())
    }

    #[test]
    fn blocks_are_put_in_order() {
        let whole: Vec<i64> = (0..900).collect();
        assert_eq!(seconds(&at((300..600).chain(0..300).chain(600..900))), Some(whole.clone()), "two that meet");
        assert_eq!(seconds(&at((600..900).chain(300..600).chain(0..300))), Some(whole.clone()), "last first");
        assert_eq!(seconds(&at((0..900).rev())), Some(whole.clone()), "backwards");
        let parts = at((600..900).chain(0..300).chain(300..600));
        assert_eq!(seconds(&parts), Some(whole.clone()), "the last first");
        let mut segments = at((300..500).chain(0..300).chain(700..900).chain(500..700));
        [200, 500, 700].into_iter().for_each(|at| segments[at].starts_segment = true);
        assert_eq!(seconds(&segments), Some(whole.clone()), "segments");
        let shuffled = (0..900).map(|i| i * 7 % 900);
        assert_eq!(seconds(&at(shuffled)), Some(whole), "shuffled");
    }

    #[test]
    fn a_clock_that_jumps_is_no_matter_of_order() {
        assert_eq!(seconds(&at(0..300)), None);
        assert_eq!(seconds(&at((7200..8100).chain(0..900))), None, "set back by two hours");
        assert_eq!(seconds(&at((0..300).chain(298..600))), None, "jitter");
        assert_eq!(seconds(&at((0..300).chain(100..400).chain(200..500))), None, "the same times again and again");
        assert_eq!(seconds(&at((0..100).chain([-99_999]).chain(100..200))), None, "a spike");
    }
}
