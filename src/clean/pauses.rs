//! Where the timer was on (methods §1.1).

use super::position::{position_of, straight_m};
use super::spacing::{MAX_GAP_MS, MAX_LOST_MS, Spacing};
use crate::activity::{Sample, TimerEvent};
use std::cell::OnceCell;
use std::ops::Range;

/// Speeds (m/s) over a gap that say the runner moved on.
pub const MOVED_ON_MPS: (f64, f64) = (0.8, 6.5);
/// Longest time without samples at which the timer's first start or last stop is still that of these samples.
const NEAR_MS: i64 = MAX_LOST_MS;
/// With the timer on and nothing recorded for longer than this, the watch was off.
const WATCH_OFF_MS: i64 = 3_600_000;
/// A device's time on the timer may differ from that of its events by so much.
const STATED_SLACK_MS: i64 = 5_000;
/// A new segment that follows this soon is a lap: nobody stops and starts a watch in so short a time.
const LAP_MS: i64 = 2_000;

/// A time with the timer on, and the samples that fall into it (indices).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimerSpan {
    pub begin_ms: i64,
    pub end_ms: i64,
    pub samples: Range<usize>,
}

/// Without a device's total, samples that go on for longer than this after a stop mean that the timer was started again.
const GOES_ON_MS: i64 = 60_000;

/// Splits ordered samples at pauses.
///
/// With timer events the timer decides: a pause is [stop, next start), samples strictly inside are dropped. Where no start
/// follows a stop and samples go on, the timer was started again; `timer_s`, the device's own time on the timer, decides in
/// doubt, else samples of over a minute do. The run begins and ends with the timer, unless that is more than 120 s away from
/// the samples (25 s where samples precede the first start), or unless the device's time says that it ended with these.
/// Should the events leave nothing, they are not believed. Gaps that the device's time does not count are pauses too.
/// Without events a gap of more than 25 s is a pause (four times the usual spacing, where points are further apart than
/// that), unless it is at most 120 s and the runner moved on at 0.8..=6.5 m/s. A segment start is a boundary either way,
/// unless it follows within 2 s.
pub fn stretches(samples: &[Sample], timer: &[TimerEvent], timer_s: Option<f64>) -> Vec<TimerSpan> {
    let stated_ms = timer_s.filter(|s| *s > 0.0 && *s < 1e9).map(|s| (s * 1000.0) as i64);
    let timed = by_timer(samples, timer, stated_ms);
    let used: usize = timed.iter().map(|s| s.samples.len()).sum();
    if !timed.is_empty() && used >= 2 { timed } else { by_gaps(samples) }
}

/// Seconds with the timer on between samples more than 25 s apart.
pub fn gaps_s(samples: &[Sample], stretches: &[TimerSpan]) -> f64 {
    let inside = stretches.iter().flat_map(|s| samples[s.samples.clone()].windows(2));
    let gaps = inside.map(|w| w[1].time_ms - w[0].time_ms).filter(|gap| *gap > MAX_GAP_MS);
    gaps.sum::<i64>() as f64 / 1000.0
}

fn by_gaps(samples: &[Sample]) -> Vec<TimerSpan> {
    let spacing = OnceCell::new();
    let is_pause = |a: &Sample, b: &Sample, gap: i64| {
        let spacing = spacing.get_or_init(|| Spacing::of(samples));
        let lost = gap <= spacing.lost_ms() && moved_on(a, b);
        gap > spacing.gap_ms() && !lost
    };
    let cut = |a: &Sample, b: &Sample| {
        let gap = b.time_ms - a.time_ms;
        starts_segment(a, b) || (gap > MAX_GAP_MS && is_pause(a, b, gap))
    };
    split(samples, 0..samples.len(), cut)
}

fn by_timer(samples: &[Sample], timer: &[TimerEvent], stated_ms: Option<i64>) -> Vec<TimerSpan> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
    let mut on = timer_on(samples, timer, stated_ms);
    near_samples(&mut on, (first.time_ms, last.time_ms), stated_ms);
    let longest_ms = uncounted_gap_ms(samples, &on, stated_ms).unwrap_or(WATCH_OFF_MS);
    let cut = |a: &Sample, b: &Sample| starts_segment(a, b) || b.time_ms - a.time_ms > longest_ms;
    let mut out = Vec::new();
    let mut next = 0;
    for (on, off) in on {
        if off <= on {
            continue;
        }
        next += samples[next..].partition_point(|s| s.time_ms < on);
        let end = next + samples[next..].partition_point(|s| s.time_ms <= off);
        if next == end {
            if off - on <= longest_ms {
                out.push(TimerSpan { begin_ms: on, end_ms: off, samples: next..end });
            }
            continue;
        }
        let mut parts = split(samples, next..end, cut);
        if let Some(part) = parts.first_mut().filter(|p| p.begin_ms - on <= longest_ms) {
            part.begin_ms = on;
        }
        if let Some(part) = parts.last_mut().filter(|p| off - p.end_ms <= longest_ms) {
            part.end_ms = off;
        }
        out.append(&mut parts);
        next = end;
    }
    out
}

/// Ends that lie beyond the samples are those of the samples: always where they are over 120 s away, else if the device's
/// own time on the timer says so.
fn near_samples(on: &mut [(i64, i64)], (first_ms, last_ms): (i64, i64), stated_ms: Option<i64>) {
    let near = |ms: i64, sample_ms: i64| if ms.abs_diff(sample_ms) <= NEAR_MS.unsigned_abs() { ms } else { sample_ms };
    for (begin, end) in on.iter_mut() {
        *begin = if *begin < first_ms { near(*begin, first_ms) } else { *begin };
        *end = if *end > last_ms { near(*end, last_ms) } else { *end };
    }
    let Some(stated_ms) = stated_ms else { return };
    let excess_ms = || length_ms(on) - stated_ms;
    let tail_ms = on.last().map_or(0, |(begin, end)| end - last_ms.max(*begin));
    let cut_tail = tail_ms > 0 && is_nearer(excess_ms(), tail_ms);
    if let Some((_, end)) = on.last_mut().filter(|_| cut_tail) {
        *end -= tail_ms;
    }
    let excess_ms = length_ms(on) - stated_ms;
    let head_ms = on.first().map_or(0, |(begin, end)| first_ms.min(*end) - begin);
    if let Some((begin, _)) = on.first_mut().filter(|_| head_ms > 0 && is_nearer(excess_ms, head_ms)) {
        *begin += head_ms;
    }
}

/// Without so much of it, a time that is in excess would come nearer to what was stated, and close to it.
fn is_nearer(excess_ms: i64, less_ms: i64) -> bool {
    (excess_ms - less_ms).abs() < excess_ms.abs() && (excess_ms - less_ms).abs() <= STATED_SLACK_MS
}

fn length_ms(on: &[(i64, i64)]) -> i64 {
    on.iter().map(|(begin, end)| end - begin).sum()
}

/// The longest gap that the device counts as time on the timer, if it does not count all: the watch was stopped in longer
/// ones, or its clock set, and no event says so.
fn uncounted_gap_ms(samples: &[Sample], on: &[(i64, i64)], stated_ms: Option<i64>) -> Option<i64> {
    let stated_ms = stated_ms?;
    let slack_ms = STATED_SLACK_MS.max(stated_ms / 50);
    let mut excess_ms = length_ms(on) - stated_ms;
    if excess_ms <= slack_ms {
        return None;
    }
    let is_on = |a: i64, b: i64| {
        let at = on.partition_point(|(_, end)| *end < b);
        on.get(at).is_some_and(|(begin, _)| *begin <= a)
    };
    let steps = samples.windows(2).map(|w| (w[0].time_ms, w[1].time_ms));
    let mut gaps: Vec<i64> = steps.filter(|(a, b)| b - a > MAX_GAP_MS && is_on(*a, *b)).map(|(a, b)| b - a).collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    for (i, gap) in gaps.iter().enumerate() {
        excess_ms -= gap;
        // Of equal gaps all are left out, or none.
        if gaps.get(i + 1) != Some(gap) && excess_ms.abs() <= slack_ms {
            return Some((gap - 1).min(WATCH_OFF_MS));
        }
    }
    None
}

/// Times from start to stop. Before a first stop the timer was on, before a first start it was not, unless samples of
/// more than 25 s say so; after the last start it stays on.
fn timer_on(samples: &[Sample], timer: &[TimerEvent], stated_ms: Option<i64>) -> Vec<(i64, i64)> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
    let mut events = timer.to_vec();
    events.sort_by_key(|e| e.time_ms);
    if events.is_empty() {
        return Vec::new();
    }
    let plain = between(&events, (first.time_ms, last.time_ms));
    let restarts = missing_starts(samples, &events);
    if restarts.is_empty() {
        return plain;
    }
    let gained_ms: i64 = restarts.iter().map(|(start, until)| until - start).sum();
    let is_on_again = match stated_ms {
        Some(stated_ms) => {
            let without_ms = length_ms(&plain);
            (without_ms + gained_ms).abs_diff(stated_ms) < without_ms.abs_diff(stated_ms)
        }
        None => gained_ms > GOES_ON_MS,
    };
    if !is_on_again {
        return plain;
    }
    events.extend(restarts.iter().map(|(time_ms, _)| TimerEvent { time_ms: *time_ms, running: true }));
    events.sort_by_key(|e| (e.time_ms, e.running));
    between(&events, (first.time_ms, last.time_ms))
}

/// Where samples go on after a stop that no start follows: the first of them, and when the timer stops again or the last is.
fn missing_starts(samples: &[Sample], events: &[TimerEvent]) -> Vec<(i64, i64)> {
    let Some(last_ms) = samples.last().map(|s| s.time_ms) else { return Vec::new() };
    let is_open =
        |(i, event): &(usize, &TimerEvent)| !event.running && events.get(i + 1).is_none_or(|next| !next.running);
    let restart = |(i, event): (usize, &TimerEvent)| {
        let until_ms = events.get(i + 1).map_or(last_ms, |next| next.time_ms.min(last_ms));
        let start_ms = samples.get(samples.partition_point(|s| s.time_ms <= event.time_ms))?.time_ms;
        (start_ms < until_ms).then_some((start_ms, until_ms))
    };
    events.iter().enumerate().filter(is_open).filter_map(restart).collect()
}

fn between(events: &[TimerEvent], (first_ms, last_ms): (i64, i64)) -> Vec<(i64, i64)> {
    let Some(earliest) = events.first() else { return Vec::new() };
    let begin = if earliest.running && earliest.time_ms - first_ms <= MAX_GAP_MS { earliest.time_ms } else { first_ms };
    let mut on = Some(begin);
    let mut out: Vec<(i64, i64)> = Vec::new();
    for event in events {
        match (on, event.running) {
            (Some(from), false) => {
                out.push((from, event.time_ms));
                on = None;
            }
            // A pause of no length is none: go on where the timer left off.
            (None, true) => {
                let resumed = out.last().filter(|(_, off)| *off == event.time_ms).map(|(from, _)| *from);
                if resumed.is_some() {
                    out.pop();
                }
                on = Some(resumed.unwrap_or(event.time_ms));
            }
            _ => {}
        }
    }
    if let Some(from) = on {
        out.push((from, last_ms.max(from)));
    }
    out
}

fn split(samples: &[Sample], range: Range<usize>, cut: impl Fn(&Sample, &Sample) -> bool) -> Vec<TimerSpan> {
    let mut out = Vec::new();
    let mut from = range.start;
    for i in range.clone() {
        if i + 1 == range.end || cut(&samples[i], &samples[i + 1]) {
            out.push(TimerSpan { begin_ms: samples[from].time_ms, end_ms: samples[i].time_ms, samples: from..i + 1 });
            from = i + 1;
        }
    }
    out
}

fn starts_segment(a: &Sample, b: &Sample) -> bool {
    b.starts_segment && b.time_ms - a.time_ms > LAP_MS
}

/// Straight-line or device-distance speed between two samples says the runner kept moving.
fn moved_on(a: &Sample, b: &Sample) -> bool {
    let seconds = (b.time_ms - a.time_ms) as f64 / 1000.0;
    let line = position_of(a).zip(position_of(b)).map(|(p, q)| straight_m(p, q));
    let device = a.distance_m.zip(b.distance_m).map(|(p, q)| q - p);
    [line, device].into_iter().flatten().any(|m| (MOVED_ON_MPS.0..=MOVED_ON_MPS.1).contains(&(m / seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: impl IntoIterator<Item = i64>) -> Vec<Sample> {
        seconds.into_iter().map(|s| Sample { time_ms: s * 1000, ..Sample::default() }).collect()
    }

    fn events(list: &[(i64, bool)]) -> Vec<TimerEvent> {
        list.iter().map(|&(s, running)| TimerEvent { time_ms: s * 1000, running }).collect()
    }

    fn spans(samples: &[Sample], timer: &[(i64, bool)]) -> Vec<(i64, i64, usize)> {
        let all = stretches(samples, &events(timer), None);
        all.iter().map(|s| (s.begin_ms / 1000, s.end_ms / 1000, s.samples.len())).collect()
    }

    #[test]
    fn samples_strictly_inside_a_stop_are_dropped() {
        let timer = [(0, true), (10, false), (20, true), (30, false)];
        assert_eq!(spans(&at(0..=30), &timer), [(0, 10, 11), (20, 30, 11)]);
    }

    #[test]
    fn a_stop_never_followed_by_a_start_ends_the_run() {
        assert_eq!(spans(&at(0..100), &[(0, true), (50, false)]), [(0, 50, 51)]);
    }

    fn timed(samples: &[Sample], timer: &[(i64, bool)], timer_s: f64) -> Vec<(i64, i64, usize)> {
        let all = stretches(samples, &events(timer), Some(timer_s));
        all.iter().map(|s| (s.begin_ms / 1000, s.end_ms / 1000, s.samples.len())).collect()
    }

    #[test]
    fn samples_that_go_on_after_a_stop_start_the_timer_again() {
        let samples = at((0..=900).chain(1200..=3600));
        let missing = [(0, true), (900, false), (3600, false)];
        assert_eq!(spans(&samples, &missing), [(0, 900, 901), (1200, 3600, 2401)]);
        assert_eq!(timed(&samples, &missing, 3300.0), [(0, 900, 901), (1200, 3600, 2401)]);
        assert_eq!(spans(&samples, &missing[..2]), [(0, 900, 901), (1200, 3600, 2401)], "never stopped again");
        // A watch that goes on recording while its owner reads the summary.
        assert_eq!(timed(&samples, &missing[..2], 900.0), [(0, 900, 901)]);
    }

    #[test]
    fn the_device_says_whether_the_run_ended_with_its_samples() {
        let late = [(0, true), (3600, false)];
        assert_eq!(timed(&at(0..=3523), &late, 3523.0), [(0, 3523, 3524)]);
        assert_eq!(timed(&at(0..=3523), &late, 3600.0), [(0, 3600, 3524)]);
        assert_eq!(timed(&at(60..=3600), &late, 3540.0), [(60, 3600, 3541)]);
        assert_eq!(spans(&at(0..=3523), &late), [(0, 3600, 3524)]);
    }

    #[test]
    fn a_gap_that_the_device_does_not_count_is_a_pause() {
        let samples = at((0..=600).chain(2400..=4800));
        let events = [(0, true), (4800, false)];
        assert_eq!(timed(&samples, &events, 3000.0), [(0, 600, 601), (2400, 4800, 2401)]);
        assert_eq!(timed(&samples, &events, 4800.0), [(0, 4800, 3002)]);
        assert_eq!(spans(&samples, &events), [(0, 4800, 3002)]);
    }

    #[test]
    fn points_minutes_apart_are_points() {
        let samples = at((0..20).map(|i| i * 180));
        assert_eq!(spans(&samples, &[]), [(0, 3420, 20)]);
        let rested = at((0..20).map(|i| i * 180).chain((60..80).map(|i| i * 180)));
        assert_eq!(spans(&rested, &[]).len(), 2, "two hours are a pause even there");
    }

    #[test]
    fn a_start_without_a_stop_runs_to_the_last_sample() {
        assert_eq!(spans(&at(0..100), &[(0, true)]), [(0, 99, 100)]);
    }

    #[test]
    fn the_timer_sets_the_ends_of_the_run() {
        // Smart recording: the last record is six seconds before the stop.
        assert_eq!(spans(&at([3, 10, 20, 30]), &[(0, true), (36, false)]), [(0, 36, 4)]);
        // A sample just before the start does not count, many do.
        assert_eq!(spans(&at([9, 10, 20]), &[(10, true), (20, false)]), [(10, 20, 2)]);
        assert_eq!(spans(&at(0..100), &[(50, true), (99, false)]), [(0, 99, 100)]);
        // The last records were lost: devices count that time.
        assert_eq!(spans(&at([0, 10]), &[(0, true), (110, false)]), [(0, 110, 2)]);
        // An event far from all samples does not stretch the run.
        assert_eq!(spans(&at([1000, 1010]), &[(0, true), (9000, false)]), [(1000, 1010, 2)]);
    }

    #[test]
    fn automatic_pauses_shorter_than_the_recording_interval_count() {
        let timer = [(0, true), (3, false), (5, true), (8, false), (12, true), (20, false)];
        assert_eq!(spans(&at([0, 10, 20]), &timer), [(0, 3, 1), (5, 8, 0), (12, 20, 1)]);
        assert_eq!(spans(&at(0..=20), &[(0, true), (9, false), (9, true), (20, false)]), [(0, 20, 21)]);
    }

    #[test]
    fn events_that_leave_nothing_are_not_believed() {
        assert_eq!(spans(&at(100..200), &[(50, false)]), [(100, 199, 100)]);
    }

    #[test]
    fn with_the_timer_on_a_gap_keeps_its_time_unless_the_watch_was_off() {
        assert_eq!(spans(&at([0, 1, 301, 302]), &[(0, true), (302, false)]), [(0, 302, 4)]);
        assert_eq!(spans(&at([0, 1, 9001, 9002]), &[(0, true), (9002, false)]), [(0, 1, 2), (9001, 9002, 2)]);
    }

    #[test]
    fn without_a_timer_a_long_gap_is_a_pause() {
        assert_eq!(spans(&at([0, 10, 35, 61, 70]), &[]), [(0, 35, 3), (61, 70, 2)]);
    }

    #[test]
    fn a_runner_who_moved_on_did_not_pause() {
        let mut samples = at([0, 100, 110, 240]);
        for (sample, metres) in samples.iter_mut().zip([0.0, 300.0, 330.0, 700.0]) {
            sample.distance_m = Some(metres);
        }
        // 3 m/s over 100 s is a lost signal; 130 s are too long to know.
        assert_eq!(spans(&samples, &[]), [(0, 110, 3), (240, 240, 1)]);
        samples[1].distance_m = Some(20.0);
        samples[2].distance_m = Some(50.0);
        assert_eq!(spans(&samples, &[]), [(0, 0, 1), (100, 110, 2), (240, 240, 1)]);
    }

    #[test]
    fn a_segment_start_is_a_boundary_but_a_lap_is_not() {
        let mut samples = at([0, 1, 2, 10, 11]);
        samples[3].starts_segment = true;
        assert_eq!(spans(&samples, &[]), [(0, 2, 3), (10, 11, 2)]);
        samples[3].starts_segment = false;
        samples[2].starts_segment = true;
        assert_eq!(spans(&samples, &[]), [(0, 11, 5)]);
    }
}
