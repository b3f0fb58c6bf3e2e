//! How far, and how fast (methods §1.3).

pub use super::position::{position_of, straight_m};

use super::pauses::{MAX_GAP_MS, Stretch};
use super::resample::{self, Span, ranges};
use crate::activity::{Activity, Format, Sample, Sport};
use serde::{Deserialize, Serialize};

/// No runner is faster than this, in m/s.
pub const MAX_RUNNING_MPS: f64 = 12.5;
/// The same for everything on wheels, skis or water, in m/s.
const MAX_RIDING_MPS: f64 = 40.0;
/// So many rejected points in a row, and the next is taken as a relocation.
const MAX_REJECTED: usize = 10;
/// A device counter may be off by so much at once, in metres.
const COUNTER_SLACK_M: f64 = 50.0;
/// So many records of a device counter may be wrong in a row.
const COUNTER_SPIKE: usize = 10;
/// Steps of up to this (m) over a pause that only a gap betrays belong to the run: points are taken every few metres.
const PAUSE_STEP_M: f64 = 50.0;
/// Counters beyond this are garbage, in metres.
const MAX_DISTANCE_M: f64 = 1e7;

/// What the distance of a run was measured with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DistanceSource {
    /// Cumulative distance of the device.
    Device,
    /// Sum of great-circle distances between positions.
    Positions,
    /// Integrated from recorded speed.
    Speed,
    /// The device's total for the whole; how far the run was at any moment is not known.
    Total,
    /// Nothing to measure it with.
    None,
}

/// Cumulative distance at the samples.
#[derive(Debug)]
pub struct Measured {
    pub source: DistanceSource,
    /// Metres since the start, one value a sample, never decreasing.
    pub cumulative_m: Vec<Option<f64>>,
    pub total_m: f64,
    /// Positions that would have needed an impossible speed.
    pub spikes: usize,
}

/// Fastest believable speed in m/s.
pub fn max_speed_mps(sport: Sport) -> f64 {
    match sport {
        Sport::Running | Sport::Walking | Sport::Unknown => MAX_RUNNING_MPS,
        Sport::Cycling | Sport::Swimming | Sport::Other => MAX_RIDING_MPS,
    }
}

/// A position that passed the spike filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub index: usize,
    /// Accepted after too many rejections in a row: the way there is not counted.
    pub relocated: bool,
}

/// Leaves out points (seconds, latitude, longitude) that need more than `max_mps` from the last point kept.
///
/// After ten rejections in a row the next point is accepted as a relocation.
pub fn without_spikes(points: &[(f64, f64, f64)], max_mps: f64) -> Vec<Kept> {
    let mut kept: Vec<Kept> = Vec::new();
    let mut rejected = 0;
    for (index, &(t, lat, lon)) in points.iter().enumerate() {
        let last = kept.last().map(|k| points[k.index]);
        let too_fast = last.is_some_and(|(t0, lat0, lon0)| straight_m((lat0, lon0), (lat, lon)) > max_mps * (t - t0));
        if too_fast && rejected < MAX_REJECTED {
            rejected += 1;
        } else {
            kept.push(Kept { index, relocated: too_fast });
            rejected = 0;
        }
    }
    kept
}

/// Measures the run: by the device's counter, else by positions, else by recorded speed, else by the device's total.
///
/// The counter must be there for at least half of the samples that have a position.
pub fn measure(activity: &Activity, samples: &[Sample], stretches: &[Stretch]) -> Measured {
    let used = || stretches.iter().flat_map(|s| s.samples.clone());
    let counted = used().filter(|&i| counter_of(&samples[i]).is_some()).count();
    let located = used().filter(|&i| position_of(&samples[i]).is_some()).count();
    let counter = (counted >= 2 && 2 * counted >= located).then(|| by_counter(samples, stretches));
    let positions = || (located >= 2).then(|| by_positions(samples, stretches, max_speed_mps(activity.sport)));
    // In GPX anybody may call anything a distance.
    let is_doubtful = |counter: &Measured| {
        activity.format == Format::Gpx && positions().is_some_and(|p| 2.0 * counter.total_m < p.total_m)
    };
    let counter = counter.filter(|counter| !is_doubtful(counter));
    let nothing = || {
        let total = activity.totals.distance_m.filter(|m| *m > 0.0 && *m <= MAX_DISTANCE_M);
        let source = if total.is_some() { DistanceSource::Total } else { DistanceSource::None };
        Measured { source, cumulative_m: vec![None; samples.len()], total_m: total.unwrap_or(0.0), spikes: 0 }
    };
    let says_something = |measured: &Measured| measured.total_m > 0.0;
    (counter.filter(says_something))
        .or_else(|| positions().filter(says_something))
        .or_else(|| Some(by_speed(samples, stretches)).filter(says_something))
        .unwrap_or_else(nothing)
}

fn counter_of(sample: &Sample) -> Option<f64> {
    sample.distance_m.filter(|m| (0.0..=MAX_DISTANCE_M).contains(m))
}

fn by_counter(samples: &[Sample], stretches: &[Stretch]) -> Measured {
    let used = stretches.iter().flat_map(|s| s.samples.clone());
    let (indices, points): (Vec<usize>, Vec<(f64, f64)>) =
        used.filter_map(|i| counter_of(&samples[i]).map(|m| (i, (samples[i].time_ms as f64 / 1000.0, m)))).unzip();
    let mut cumulative_m = vec![None; samples.len()];
    for (i, value) in indices.into_iter().zip(unbroken(&points)) {
        cumulative_m[i] = value;
    }
    finish(DistanceSource::Device, cumulative_m, 0)
}

/// A counter (seconds, metres) made non-decreasing.
///
/// Corrections by less than 50 m are held; up to ten wrong records in a row are left out; a fall that stays is a counter that
/// began anew (laps, chained files) and adds on. A counter that starts above 50 m began before this run.
pub fn unbroken(points: &[(f64, f64)]) -> Vec<Option<f64>> {
    let Some(&first) = points.first() else { return Vec::new() };
    let mut last = if first.1 < COUNTER_SLACK_M { (first.0, 0.0) } else { first };
    let mut total = 0.0;
    let mut out = Vec::with_capacity(points.len());
    for (i, &(t, metres)) in points.iter().enumerate() {
        let ahead = &points[i..points.len().min(i + 1 + COUNTER_SPIKE)];
        let step = metres - last.1;
        let reachable = |m: f64, at: f64| m <= MAX_RUNNING_MPS * (at - last.0) + COUNTER_SLACK_M;
        let spike = if step < 0.0 {
            // Wrong if the counter soon leaps back above where it was.
            ahead
                .windows(2)
                .any(|w| w[1].1 >= last.1 && w[1].1 - w[0].1 > MAX_RUNNING_MPS * (w[1].0 - w[0].0) + COUNTER_SLACK_M)
        } else {
            !reachable(step, t) && ahead.iter().any(|&(at, m)| m >= last.1 && reachable(m - last.1, at))
        };
        if spike {
            out.push(None);
            continue;
        }
        if step >= 0.0 {
            total += step;
            last = (t, metres);
        } else if -step >= COUNTER_SLACK_M {
            total += if reachable(metres, t) { metres } else { 0.0 };
            last = (t, metres);
        }
        out.push(Some(total));
    }
    out
}

fn by_positions(samples: &[Sample], stretches: &[Stretch], max_mps: f64) -> Measured {
    let mut cumulative_m = vec![None; samples.len()];
    let (mut total, mut spikes) = (0.0, 0);
    let mut end: Option<(f64, f64)> = None;
    for stretch in stretches {
        let (indices, points): (Vec<usize>, Vec<(f64, f64, f64)>) = stretch
            .samples
            .clone()
            .filter_map(|i| position_of(&samples[i]).map(|p| (i, (samples[i].time_ms as f64 / 1000.0, p.0, p.1))))
            .unzip();
        let kept = without_spikes(&points, max_mps);
        spikes += points.len() - kept.len();
        let position = |k: &Kept| (points[k.index].1, points[k.index].2);
        let gap_only = stretch.samples.clone().next().is_some_and(|i| !samples[i].starts_segment);
        if let Some((before, first)) = end.zip(kept.first().map(position)).filter(|_| gap_only) {
            total += Some(straight_m(before, first)).filter(|m| *m <= PAUSE_STEP_M).unwrap_or(0.0);
        }
        end = kept.last().map(position).or(end);
        for (k, at) in kept.iter().enumerate() {
            if k > 0 && !at.relocated {
                total += straight_m(position(&kept[k - 1]), position(at));
            }
            cumulative_m[indices[at.index]] = Some(total);
        }
    }
    finish(DistanceSource::Positions, cumulative_m, spikes)
}

fn by_speed(samples: &[Sample], stretches: &[Stretch]) -> Measured {
    let speed_of = |i: &usize| samples[*i].speed_mps.filter(|v| (0.0..=MAX_RIDING_MPS).contains(v));
    let mut cumulative_m = vec![None; samples.len()];
    let mut total = 0.0;
    for stretch in stretches {
        let mut last: Option<(i64, f64)> = None;
        for i in stretch.samples.clone() {
            let Some(speed) = speed_of(&i) else { continue };
            let t = samples[i].time_ms;
            if let Some((t0, speed0)) = last.filter(|(t0, _)| t - t0 <= MAX_GAP_MS) {
                total += (speed0 + speed) / 2.0 * (t - t0) as f64 / 1000.0;
            }
            last = Some((t, speed));
            cumulative_m[i] = Some(total);
        }
    }
    finish(DistanceSource::Speed, cumulative_m, 0)
}

fn finish(source: DistanceSource, cumulative_m: Vec<Option<f64>>, spikes: usize) -> Measured {
    let total_m = cumulative_m.iter().rev().find_map(|m| *m).unwrap_or(0.0);
    Measured { source, cumulative_m, total_m, spikes }
}

/// Cumulative distance (m) and speed (m/s) at 1 Hz.
pub struct Motion {
    pub distance_m: Vec<Option<f64>>,
    pub speed_mps: Vec<Option<f64>>,
}

/// Speed as the central 5-s mean of the distance covered in each second, never across a pause.
///
/// `points` holds the (seconds since the start, metres) of each span. Faster than `max_mps` is missing.
pub fn motion(points: &[Vec<(f64, f64)>], spans: &[Span], max_mps: f64) -> Motion {
    let mut motion = Motion { distance_m: Vec::new(), speed_mps: Vec::new() };
    for ((span, range), points) in spans.iter().zip(ranges(spans)).zip(points) {
        // One more than the span has seconds, since a second is covered between two of them.
        let mut metres = resample::distance(points, f64::from(span.start_s), range.len() + 1);
        let end = points.last().filter(|p| f64::from(span.end_s()) - p.0 < 1.0).map(|p| p.1);
        if let Some(beyond) = metres.last_mut().filter(|m| m.is_none()) {
            *beyond = end;
        }
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
    use crate::activity::Format;

    fn activity(samples: Vec<Sample>) -> Activity {
        Activity { samples, ..Activity::new(Format::Fit) }
    }

    fn measured(samples: Vec<Sample>) -> Measured {
        let stretches = super::super::pauses::stretches(&samples, &[]);
        let activity = activity(samples);
        measure(&activity, &activity.samples, &stretches)
    }

    fn counted(metres: &[f64]) -> Vec<Option<f64>> {
        unbroken(&metres.iter().enumerate().map(|(t, m)| (t as f64, *m)).collect::<Vec<_>>())
    }

    #[test]
    fn a_relocation_is_accepted_after_ten_rejections_without_distance() {
        let mut points: Vec<(f64, f64, f64)> = (0..5).map(|i| (f64::from(i), 46.0, 7.0)).collect();
        points.extend((5..30).map(|i| (f64::from(i), 47.0, 7.0)));
        let kept = without_spikes(&points, MAX_RUNNING_MPS);
        assert_eq!(kept.len(), points.len() - MAX_REJECTED);
        assert_eq!(kept[5], Kept { index: 15, relocated: true });
        let samples = points
            .iter()
            .map(|p| Sample {
                time_ms: p.0 as i64 * 1000,
                position: Some((p.1 + p.0 * 2e-5, p.2)),
                ..Sample::default()
            })
            .collect();
        let measured = measured(samples);
        assert_eq!(measured.source, DistanceSource::Positions);
        assert!((measured.total_m - 18.0 * 2.224).abs() < 0.1, "{}", measured.total_m);
    }

    #[test]
    fn a_counter_never_decreases() {
        assert_eq!(counted(&[0.0, 10.0, 8.0, 9.0, 12.0]), [0.0, 10.0, 10.0, 10.0, 12.0].map(Some));
    }

    #[test]
    fn a_counter_that_begins_anew_adds_on() {
        let laps: Vec<f64> = (0..400).map(|i| f64::from(i % 200) * 3.0).collect();
        assert_eq!(counted(&laps).last(), Some(&Some(2.0 * 199.0 * 3.0)));
        // A part of a longer recording starts where the counter is.
        assert_eq!(counted(&[5000.0, 5003.0, 5006.0]).last(), Some(&Some(6.0)));
    }

    #[test]
    fn single_wrong_records_of_a_counter_are_left_out() {
        for wrong in [0.0, 99_999.0] {
            let mut metres: Vec<f64> = (0..300).map(|i| f64::from(i) * 3.0).collect();
            metres[200] = wrong;
            let out = counted(&metres);
            assert_eq!(out[200], None, "{wrong}");
            assert_eq!(out.last(), Some(&Some(897.0)), "{wrong}");
        }
    }

    #[test]
    fn sources_are_tried_in_order() {
        let sample = |i: i64| Sample {
            time_ms: i * 1000,
            position: Some((46.0 + i as f64 * 2e-5, 7.0)),
            speed_mps: Some(2.5),
            distance_m: Some(i as f64 * 3.0),
            ..Sample::default()
        };
        let all: Vec<Sample> = (0..101).map(sample).collect();
        assert_eq!(measured(all.clone()).total_m, 300.0);
        // A counter that stands at zero measures nothing.
        let zero: Vec<Sample> = all.iter().map(|s| Sample { distance_m: Some(0.0), ..*s }).collect();
        assert!((measured(zero).total_m - 222.39).abs() < 0.1);
        let speed: Vec<Sample> = all.iter().map(|s| Sample { distance_m: None, position: None, ..*s }).collect();
        assert_eq!(measured(speed).total_m, 250.0);
        let none = measured(all.iter().map(|s| Sample { time_ms: s.time_ms, ..Sample::default() }).collect());
        assert_eq!((none.source, none.total_m), (DistanceSource::None, 0.0));
    }

    #[test]
    fn steady_speed_stays_steady_and_never_crosses_a_pause() {
        let spans = [Span { start_s: 0, len: 20 }, Span { start_s: 50, len: 20 }];
        let first: Vec<(f64, f64)> = (0..=20).map(|t| (f64::from(t), 3.0 * f64::from(t))).collect();
        let second: Vec<(f64, f64)> = (50..=70).map(|t| (f64::from(t), 500.0 + 2.0 * f64::from(t - 50))).collect();
        let motion = motion(&[first, second], &spans, MAX_RUNNING_MPS);
        assert!(motion.speed_mps[..20].iter().flatten().all(|v| (v - 3.0).abs() < 1e-9));
        assert!(motion.speed_mps[20..].iter().flatten().all(|v| (v - 2.0).abs() < 1e-9));
        assert_eq!(motion.speed_mps.iter().flatten().count(), 40);
    }
}
