//! Where the timer was on (methods §1.1).

use super::position::{position_of, straight_m};
use crate::activity::{Sample, TimerEvent};
use std::ops::Range;

/// Longest gap between records that is bridged by a straight line, in milliseconds (GoldenCheetah's default of 25 s).
pub const MAX_GAP_MS: i64 = 25_000;
/// Longest gap of a runner who visibly moved on: satellites lost, not a stop.
pub const MAX_LOST_MS: i64 = 120_000;
/// Speeds (m/s) over a gap that say the runner moved on.
pub const MOVED_ON_MPS: (f64, f64) = (0.8, 6.5);
/// Longest time without samples at which the timer's first start or last stop is still that of these samples.
const NEAR_MS: i64 = MAX_LOST_MS;
/// With the timer on and nothing recorded for longer than this, the watch was off.
const WATCH_OFF_MS: i64 = 3_600_000;
/// A new segment that follows this soon is a lap: nobody stops and starts a watch in so short a time.
const LAP_MS: i64 = 2_000;

/// A time with the timer on, and the samples that fall into it (indices).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub begin_ms: i64,
    pub end_ms: i64,
    pub samples: Range<usize>,
}

/// Splits ordered samples at pauses.
///
/// With timer events the timer decides: a pause is [stop, next start), samples strictly inside are dropped, and a stop
/// that is never followed by a start ends the run. The run begins and ends with the timer, unless that is more than 120 s
/// away from the samples (25 s where samples precede the first start): then it begins or ends with these.
/// Should the events leave nothing, they are not believed. Without events a gap of more than 25 s is a pause, unless
/// it is at most 120 s and the runner moved on at 0.8..=6.5 m/s. A segment start is a boundary either way, unless it
/// follows within 2 s.
pub fn stretches(samples: &[Sample], timer: &[TimerEvent]) -> Vec<Stretch> {
    let timed = by_timer(samples, timer);
    let used: usize = timed.iter().map(|s| s.samples.len()).sum();
    if !timed.is_empty() && used >= 2 { timed } else { by_gaps(samples) }
}

/// Seconds with the timer on between samples more than 25 s apart.
pub fn gaps_s(samples: &[Sample], stretches: &[Stretch]) -> f64 {
    let inside = stretches.iter().flat_map(|s| samples[s.samples.clone()].windows(2));
    let gaps = inside.map(|w| w[1].time_ms - w[0].time_ms).filter(|gap| *gap > MAX_GAP_MS);
    gaps.sum::<i64>() as f64 / 1000.0
}

fn by_gaps(samples: &[Sample]) -> Vec<Stretch> {
    let cut = |a: &Sample, b: &Sample| {
        let gap = b.time_ms - a.time_ms;
        let lost = gap <= MAX_LOST_MS && moved_on(a, b);
        starts_segment(a, b) || (gap > MAX_GAP_MS && !lost)
    };
    split(samples, 0..samples.len(), cut)
}

fn by_timer(samples: &[Sample], timer: &[TimerEvent]) -> Vec<Stretch> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
    let near = |ms: i64, sample: &Sample| {
        if ms.abs_diff(sample.time_ms) <= NEAR_MS.unsigned_abs() { ms } else { sample.time_ms }
    };
    let cut = |a: &Sample, b: &Sample| starts_segment(a, b) || b.time_ms - a.time_ms > WATCH_OFF_MS;
    let mut out = Vec::new();
    let mut next = 0;
    for (on, off) in timer_on(first.time_ms, last.time_ms, timer) {
        let on = if on < first.time_ms { near(on, first) } else { on };
        let off = if off > last.time_ms { near(off, last) } else { off };
        if off <= on {
            continue;
        }
        next += samples[next..].partition_point(|s| s.time_ms < on);
        let end = next + samples[next..].partition_point(|s| s.time_ms <= off);
        if next == end {
            if off - on <= WATCH_OFF_MS {
                out.push(Stretch { begin_ms: on, end_ms: off, samples: next..end });
            }
            continue;
        }
        let mut parts = split(samples, next..end, cut);
        if let Some(part) = parts.first_mut().filter(|p| p.begin_ms - on <= WATCH_OFF_MS) {
            part.begin_ms = on;
        }
        if let Some(part) = parts.last_mut().filter(|p| off - p.end_ms <= WATCH_OFF_MS) {
            part.end_ms = off;
        }
        out.append(&mut parts);
        next = end;
    }
    out
}

/// Times from start to stop. Before a first stop the timer was on, before a first start it was not, unless samples of
/// more than 25 s say so; after the last start it stays on.
fn timer_on(first_ms: i64, last_ms: i64, timer: &[TimerEvent]) -> Vec<(i64, i64)> {
    let mut events = timer.to_vec();
    events.sort_by_key(|e| e.time_ms);
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

fn split(samples: &[Sample], range: Range<usize>, cut: impl Fn(&Sample, &Sample) -> bool) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut from = range.start;
    for i in range.clone() {
        if i + 1 == range.end || cut(&samples[i], &samples[i + 1]) {
            out.push(Stretch { begin_ms: samples[from].time_ms, end_ms: samples[i].time_ms, samples: from..i + 1 });
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
        let all = stretches(samples, &events(timer));
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
