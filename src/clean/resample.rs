//! From records at any interval to one value a second (methods §1.2).

use super::pauses::{MOVED_ON_MPS, TimerSpan};
use std::ops::Range;

/// A pause of at most this many seconds does not divide an effort.
const SHORT_PAUSE_S: u32 = 60;

/// Unbroken whole seconds with the timer on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Seconds since the start of the run.
    pub start_s: u32,
    pub len: u32,
}

impl Span {
    /// The whole seconds t of a stretch with begin <= t < end, counted from `start_ms`.
    pub fn of(stretch: &TimerSpan, start_ms: i64) -> Self {
        let whole = |ms: i64| u32::try_from(((ms - start_ms).max(0) as u64).div_ceil(1000)).unwrap_or(u32::MAX);
        let (begin, end) = (whole(stretch.begin_ms), whole(stretch.end_ms));
        Span { start_s: begin, len: end.saturating_sub(begin) }
    }

    /// The second after the last one.
    pub fn end_s(&self) -> u32 {
        self.start_s.saturating_add(self.len)
    }

    /// Whole seconds of the pause before the next span.
    pub fn pause_before(&self, next: &Span) -> u32 {
        next.start_s.saturating_sub(self.end_s())
    }

    /// True if the pause before the next span is longer than 60 s: what comes after is another effort.
    pub fn is_apart_from(&self, next: &Span) -> bool {
        self.pause_before(next) > SHORT_PAUSE_S
    }
}

/// Index ranges of the spans in a channel that holds their seconds one after the other.
pub fn ranges(spans: &[Span]) -> impl Iterator<Item = Range<usize>> + '_ {
    spans.iter().scan(0, |next, span| {
        let from = *next;
        *next += span.len as usize;
        Some(from..*next)
    })
}

/// Linear interpolation at every whole second from the first to the last time, both included.
///
/// Between records more than `max_gap_s` apart seconds are missing. `points` are (seconds, value) in increasing time.
pub fn resample_1hz(points: &[(f64, f64)], max_gap_s: f64) -> Vec<Option<f64>> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let count = (last.0 - first.0).max(0.0).floor() as usize + 1;
    at_seconds(points, first.0, count, |a, b| b.0 - a.0 <= max_gap_s).collect()
}

/// A sampled channel at `count` seconds from `from_s` on, gaps up to `max_gap_s` bridged; nothing outside the first and last
/// point.
pub fn channel(
    points: &[(f64, f64)],
    from_s: f64,
    count: usize,
    max_gap_s: f64,
) -> impl Iterator<Item = Option<f64>> + '_ {
    at_seconds(points, from_s, count, move |a, b| b.0 - a.0 <= max_gap_s)
}

/// A channel that is written only when it changes: each value holds until the next, for up to `holds_s`.
pub fn held(points: &[(f64, f64)], from_s: f64, count: usize, holds_s: f64) -> impl Iterator<Item = Option<f64>> + '_ {
    let mut after = 0;
    let value_at = move |t: f64| {
        while after < points.len() && points[after].0 <= t {
            after += 1;
        }
        let last = points.get(after.checked_sub(1)?)?;
        (t - last.0 <= holds_s).then_some(last.1)
    };
    (0..count).map(move |k| from_s + k as f64).map(value_at)
}

/// Cumulative distance: bridges any gap up to the first of `bridged_s`, and up to the second one over which the runner moved
/// on (methods §1.1).
pub fn distance(points: &[(f64, f64)], from_s: f64, count: usize, bridged_s: (f64, f64)) -> Vec<Option<f64>> {
    let seconds = at_seconds(points, from_s, count, |a, b| {
        let gap = b.0 - a.0;
        let moved_on = (MOVED_ON_MPS.0..=MOVED_ON_MPS.1).contains(&((b.1 - a.1) / gap));
        gap <= bridged_s.0 || (gap <= bridged_s.1 && moved_on)
    });
    seconds.collect()
}

fn at_seconds<'p>(
    points: &'p [(f64, f64)],
    from_s: f64,
    count: usize,
    bridged: impl Fn((f64, f64), (f64, f64)) -> bool + 'p,
) -> impl Iterator<Item = Option<f64>> + 'p {
    let mut after = 0;
    let value_at = move |t: f64| {
        while after < points.len() && points[after].0 < t {
            after += 1;
        }
        let next = *points.get(after)?;
        if next.0 == t {
            return Some(next.1);
        }
        let last = *points.get(after.checked_sub(1)?)?;
        bridged(last, next).then(|| last.1 + (next.1 - last.1) * (t - last.0) / (next.0 - last.0))
    };
    (0..count).map(move |k| from_s + k as f64).map(value_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_up_to_the_limit_are_bridged() {
        let points = [(0.0, 10.0), (25.0, 35.0), (51.0, 0.0)];
        let out = resample_1hz(&points, 25.0);
        assert_eq!(out.len(), 52);
        assert_eq!(out[7], Some(17.0));
        assert_eq!(out[25], Some(35.0));
        assert!(out[26..51].iter().all(Option::is_none));
        assert_eq!(out[51], Some(0.0));
    }

    #[test]
    fn nothing_is_made_up_outside_the_records() {
        let channel = |points: &[(f64, f64)], from_s, count| channel(points, from_s, count, 25.0).collect::<Vec<_>>();
        assert_eq!(channel(&[(2.5, 1.0), (4.5, 3.0)], 1.0, 5), [None, None, Some(1.5), Some(2.5), None]);
        assert_eq!(channel(&[], 0.0, 2), [None, None]);
        assert!(resample_1hz(&[], 25.0).is_empty());
    }

    #[test]
    fn distance_is_bridged_over_a_lost_signal_only() {
        let at_50 = |metres: f64| distance(&[(0.0, 0.0), (100.0, metres)], 50.0, 1, (25.0, 120.0))[0];
        assert_eq!(at_50(300.0), Some(150.0));
        assert_eq!(at_50(20.0), None);
        assert_eq!(at_50(5000.0), None);
        assert_eq!(distance(&[(0.0, 0.0), (130.0, 390.0)], 50.0, 1, (25.0, 120.0))[0], None);
    }

    #[test]
    fn what_is_written_on_change_holds_until_it_changes() {
        let points = [(1.0, 140.0), (4.0, 150.0)];
        let held = |points: &[(f64, f64)], from_s, count| held(points, from_s, count, 3.0).collect::<Vec<_>>();
        let out = held(&points, 0.0, 8);
        assert_eq!(out[..4], [None, Some(140.0), Some(140.0), Some(140.0)]);
        assert_eq!(out[4..], [Some(150.0), Some(150.0), Some(150.0), Some(150.0)]);
        assert_eq!(held(&points, 9.0, 1), [None]);
    }

    #[test]
    fn a_span_holds_the_whole_seconds_of_its_stretch() {
        let span = |begin_ms, end_ms| Span::of(&TimerSpan { begin_ms, end_ms, samples: 0..0 }, 1_000);
        assert_eq!(span(1_000, 11_000), Span { start_s: 0, len: 10 });
        assert_eq!(span(2_500, 11_400), Span { start_s: 2, len: 9 });
        assert_eq!(span(5_000, 5_000).len, 0);
    }
}
