//! How far, and how fast (methods §1.3).

pub mod counter;
mod positions;
mod agreement;
mod motion;

pub use agreement::{Conditions, Fault, Mended, Witness, measure};
pub use motion::{Motion, motion};
pub use positions::{KeptPosition, without_spikes};

pub use super::position::{position_of, straight_m};

use super::pauses::TimerSpan;
use super::spacing::{MAX_LOST_MS, Spacing};
use crate::activity::{Sample, Sport};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// No runner is faster than this, in m/s.
pub const MAX_RUNNING_MPS: f64 = 12.5;
/// The same for everything on wheels, skis or water, in m/s.
pub const MAX_RIDING_MPS: f64 = 40.0;
/// Recorded speeds beyond this are garbage in whatever unit, in m/s.
const MAX_RECORDED_MPS: f64 = 200.0;

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
#[derive(Clone, Debug)]
pub struct Measured {
    pub source: DistanceSource,
    /// Metres since the start, one value a sample, never decreasing.
    pub cumulative_m: Vec<Option<f64>>,
    pub total_m: f64,
    /// Positions that would have needed an impossible speed.
    pub spikes: usize,
    /// What was not believed, and why.
    pub mended: Option<Mended>,
}

impl Measured {
    fn of(source: DistanceSource, cumulative_m: Vec<Option<f64>>) -> Measured {
        let total_m = cumulative_m.iter().rev().find_map(|m| *m).unwrap_or(0.0);
        Measured { source, cumulative_m, total_m, spikes: 0, mended: None }
    }

    /// The same way in another measure.
    fn scaled(mut self, factor: f64) -> Measured {
        self.cumulative_m.iter_mut().flatten().for_each(|m| *m *= factor);
        self.total_m *= factor;
        self
    }
}

/// Fastest believable speed in m/s.
pub fn max_speed_mps(sport: Sport) -> f64 {
    match sport {
        Sport::Running | Sport::Walking | Sport::Unknown => MAX_RUNNING_MPS,
        Sport::Cycling | Sport::Swimming | Sport::Other => MAX_RIDING_MPS,
    }
}

/// The integral of recorded speed, at the samples that have one.
fn by_speed(samples: &[Sample], stretches: &[TimerSpan]) -> Measured {
    let longest_s = OnceCell::new();
    // How far apart points usually are matters for the longest gaps only.
    let is_bridged = |seconds: f64| {
        seconds <= MAX_LOST_MS as f64 / 1000.0
            || seconds <= *longest_s.get_or_init(|| Spacing::of(samples).distance_s().1)
    };
    let speed_of = |i: &usize| samples[*i].speed_mps.filter(|v| (0.0..=MAX_RECORDED_MPS).contains(v));
    let mut cumulative_m = vec![None; samples.len()];
    let mut total = 0.0;
    for stretch in stretches {
        let mut last: Option<(i64, f64)> = None;
        for i in stretch.samples.clone() {
            let Some(speed) = speed_of(&i) else { continue };
            let t = samples[i].time_ms;
            let step = last.map(|(t0, speed0)| ((t - t0) as f64 / 1000.0, (speed0 + speed) / 2.0));
            total += step.filter(|(seconds, _)| is_bridged(*seconds)).map_or(0.0, |(seconds, mean)| seconds * mean);
            last = Some((t, speed));
            cumulative_m[i] = Some(total);
        }
    }
    Measured::of(DistanceSource::Speed, cumulative_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Format};

    fn activity(samples: Vec<Sample>) -> Activity {
        Activity { samples, ..Activity::new(Format::Fit) }
    }

    fn measured(samples: Vec<Sample>) -> Measured {
        let stretches = super::super::pauses::stretches(&samples, &[], None);
        let activity = activity(samples);
        measure(&activity, &activity.samples, &stretches, &Conditions::of(MAX_RUNNING_MPS))
    }

    #[test]
    fn a_relocation_is_accepted_after_ten_rejections_without_distance() {
        let mut points: Vec<(f64, f64, f64)> = (0..5).map(|i| (f64::from(i), 46.0, 7.0)).collect();
        points.extend((5..30).map(|i| (f64::from(i), 47.0, 7.0)));
        let kept = without_spikes(&points, MAX_RUNNING_MPS);
        assert_eq!(kept.len(), points.len() - positions::MAX_REJECTED);
        assert_eq!(kept[5], KeptPosition { index: 15, relocated: true });
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
}
