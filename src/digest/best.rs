//! Best efforts of one run (methods §5.3, §5.4, §5.6).
//!
//! An effort may contain pauses of up to 60 s, which count with their time (otherwise ten hard repetitions with the watch
//! stopped in between would pass for half an hour of steady running), but never a longer one.

use crate::clean::resample::{Span, ranges};
use std::borrow::Cow;

/// Share of a heart-rate window that must have a value.
const VALID: f64 = 0.9;

/// Values without a long pause in them.
pub type Piece<'a> = Cow<'a, [Option<f64>]>;

/// One channel cut at long pauses; the seconds of short pauses are missing values.
pub fn pieces<'a>(values: &'a [Option<f64>], spans: &[Span]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (k, range) in ranges(spans).enumerate() {
        let last = k.checked_sub(1).map(|before| &spans[before]).filter(|before| !before.is_apart_from(&spans[k]));
        match (pieces.last_mut(), last) {
            (Some(piece), Some(before)) => {
                let piece = piece.to_mut();
                piece.extend(std::iter::repeat_n(None, before.pause_before(&spans[k]) as usize));
                piece.extend_from_slice(&values[range]);
            }
            _ => pieces.push(Cow::Borrowed(&values[range])),
        }
    }
    pieces
}

/// Running sums of a channel and of its values present; one element more than the channel.
pub struct Sums {
    sum: Vec<f64>,
    count: Vec<u32>,
}

impl Sums {
    /// The sums of each piece.
    pub fn of_pieces(pieces: &[Piece<'_>]) -> Vec<Sums> {
        pieces.iter().map(|piece| Sums::of(piece)).collect()
    }

    fn of(values: &[Option<f64>]) -> Self {
        let room = values.len() + 1;
        let mut sums = Sums { sum: Vec::with_capacity(room), count: Vec::with_capacity(room) };
        let (mut sum, mut count) = (0.0, 0);
        sums.sum.push(sum);
        sums.count.push(count);
        for value in values {
            sum += value.unwrap_or(0.0);
            count += u32::from(value.is_some());
            sums.sum.push(sum);
            sums.count.push(count);
        }
        sums
    }

    /// Sum and count of every window of this length.
    fn windows(&self, seconds: usize) -> impl Iterator<Item = (f64, f64)> + '_ {
        (seconds..self.sum.len()).map(move |to| {
            (self.sum[to] - self.sum[to - seconds], f64::from(self.count[to] - self.count[to - seconds]))
        })
    }
}

/// Best mean speed (m/s) over each duration; a missing second counts as standing. `None` where no piece is long enough.
pub fn mean_speeds<const N: usize>(sums: &[Sums], durations_s: [u32; N]) -> [Option<f64>; N] {
    durations_s.map(|seconds| {
        let means = sums.iter().flat_map(|s| s.windows(seconds as usize)).map(|(sum, _)| sum / f64::from(seconds));
        means.filter(|mean| *mean > 0.0).max_by(f64::total_cmp)
    })
}

/// Mean heart rates (bpm) of all windows of this duration with at least 90 % of their seconds.
fn mean_heart_rates(sums: &[Sums], seconds: u32) -> impl Iterator<Item = f64> + '_ {
    let mean = move |(sum, count): (f64, f64)| (count >= VALID * f64::from(seconds)).then(|| sum / count);
    sums.iter().flat_map(move |s| s.windows(seconds as usize).filter_map(mean))
}

/// Highest mean heart rate (bpm) over each duration.
pub fn highest_heart_rates<const N: usize>(sums: &[Sums], durations_s: [u32; N]) -> [Option<f64>; N] {
    durations_s.map(|seconds| mean_heart_rates(sums, seconds).max_by(f64::total_cmp))
}

/// Lowest mean heart rate (bpm) over a duration.
pub fn lowest_heart_rate(sums: &[Sums], seconds: u32) -> Option<f64> {
    mean_heart_rates(sums, seconds).min_by(f64::total_cmp)
}

/// Shortest time (s) in which each distance (m) is covered.
pub fn effort_times<const N: usize>(sums: &[Sums], distances_m: [f64; N]) -> [Option<f64>; N] {
    distances_m.map(|metres| sums.iter().filter_map(|s| shortest(&s.sum, metres)).min_by(f64::total_cmp))
}

/// Shortest time from any whole second until `metres` are covered, its last second in proportion.
fn shortest(covered_m: &[f64], metres: f64) -> Option<f64> {
    let mut to = 0;
    let mut best: Option<f64> = None;
    for (from, start) in covered_m.iter().enumerate() {
        while to < covered_m.len() && covered_m[to] - start < metres {
            to += 1;
        }
        let (Some(end), Some(before)) = (covered_m.get(to), to.checked_sub(1)) else { break };
        let second = end - covered_m[before];
        let beyond = if second > 0.0 { (end - start - metres) / second } else { 0.0 };
        let seconds = (to - from) as f64 - beyond;
        if best.is_none_or(|b| seconds < b) {
            best = Some(seconds);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Vec<Sums> {
        let fast = |i: i32| if (600..1200).contains(&i) { 4.0 } else { 2.5 };
        vec![Sums::of(&(0..1800).map(|i| Some(fast(i))).collect::<Vec<_>>())]
    }

    #[test]
    fn the_best_ten_minutes_are_found() {
        let [ten, twenty, hour] = mean_speeds(&run(), [600, 1200, 3600]);
        assert!((ten.unwrap_or_default() - 4.0).abs() < 1e-9);
        assert!((twenty.unwrap_or_default() - 3.25).abs() < 1e-9);
        assert_eq!(hour, None);
    }

    #[test]
    fn distances_are_timed_to_the_fraction_of_a_second() {
        let [short, long, too_long] = effort_times(&run(), [402.0, 2405.0, 9000.0]);
        assert!((short.unwrap_or_default() - 100.5).abs() < 1e-9);
        assert!((long.unwrap_or_default() - 602.0).abs() < 1e-9);
        assert_eq!(too_long, None);
    }

    #[test]
    fn a_short_pause_counts_with_its_time_and_a_long_one_divides() {
        let speed = vec![Some(4.0); 600];
        let two = |pause: u32| [Span { start_s: 0, len: 300 }, Span { start_s: 300 + pause, len: 300 }];
        let best = |pause| mean_speeds(&Sums::of_pieces(&pieces(&speed, &two(pause))), [600])[0];
        assert!((best(0).unwrap_or_default() - 4.0).abs() < 1e-9);
        assert!((best(60).unwrap_or_default() - 3.6).abs() < 1e-9);
        assert_eq!(best(61), None);
    }

    #[test]
    fn heart_rates_need_nine_tenths_of_their_window() {
        let mut bpm = vec![Some(150.0); 60];
        bpm[10..16].fill(None);
        assert_eq!(highest_heart_rates(&[Sums::of(&bpm)], [60]), [Some(150.0)]);
        assert_eq!(lowest_heart_rate(&[Sums::of(&bpm)], 60), Some(150.0));
        bpm[16] = None;
        assert_eq!(highest_heart_rates(&[Sums::of(&bpm)], [60]), [None]);
    }
}
