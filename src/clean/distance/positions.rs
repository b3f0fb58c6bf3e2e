//! Distance by positions (methods §1.3).

use super::{DistanceSource, Measured, position_of, straight_m};
use crate::activity::Sample;
use crate::clean::pauses::TimerSpan;
use crate::clean::position::Location;

/// So many rejected points in a row, and the next is taken as a relocation.
pub(super) const MAX_REJECTED: usize = 10;
/// Steps of up to this (m) over a pause that only a gap betrays belong to the run: points are taken every few metres.
const PAUSE_STEP_M: f64 = 50.0;

/// A position that passed the spike filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptPosition {
    pub index: usize,
    /// Accepted after too many rejections in a row: the way there is not counted.
    pub relocated: bool,
}

/// Passes positions on that can be reached from the last one passed.
///
/// After ten rejections in a row the next one is accepted as a relocation.
struct Filter {
    max_mps: f64,
    last: Option<(f64, Location)>,
    rejected: usize,
}

/// The way to a position that was passed on.
struct Passed {
    metres: f64,
    relocated: bool,
}

impl Filter {
    fn new(max_mps: f64) -> Filter {
        Filter { max_mps, last: None, rejected: 0 }
    }

    fn pass(&mut self, seconds: f64, position: (f64, f64)) -> Option<Passed> {
        let here = Location::at(position);
        let way = self.last.map(|(before_s, there)| (there.straight_m(&here), seconds - before_s));
        let relocated = way.is_some_and(|(metres, seconds)| metres > self.max_mps * seconds);
        if relocated && self.rejected < MAX_REJECTED {
            self.rejected += 1;
            return None;
        }
        self.rejected = 0;
        self.last = Some((seconds, here));
        Some(Passed { metres: way.map_or(0.0, |(metres, _)| metres), relocated })
    }
}

/// Leaves out points (seconds, latitude, longitude) that need more than `max_mps` from the last point kept.
///
/// After ten rejections in a row the next point is accepted as a relocation.
pub fn without_spikes(points: &[(f64, f64, f64)], max_mps: f64) -> Vec<KeptPosition> {
    let mut filter = Filter::new(max_mps);
    let kept = points.iter().enumerate().filter_map(|(index, &(t, lat, lon))| {
        filter.pass(t, (lat, lon)).map(|passed| KeptPosition { index, relocated: passed.relocated })
    });
    kept.collect()
}

/// Sum of great-circle distances within stretches, without positions that need an impossible speed.
pub fn by_positions(samples: &[Sample], stretches: &[TimerSpan], max_mps: f64) -> Measured {
    let mut cumulative_m = vec![None; samples.len()];
    let (mut total, mut spikes) = (0.0, 0);
    let mut end: Option<(f64, f64)> = None;
    for stretch in stretches {
        let mut filter = Filter::new(max_mps);
        // Where the last stretch ended, if only a gap divides it from this one.
        let gap_only = samples.get(stretch.samples.start).is_some_and(|first| !first.starts_segment);
        let mut before = end.filter(|_| gap_only);
        for i in stretch.samples.clone() {
            let Some(position) = position_of(&samples[i]) else { continue };
            let Some(passed) = filter.pass(samples[i].time_ms as f64 / 1000.0, position) else {
                spikes += 1;
                continue;
            };
            if let Some(before) = before.take() {
                total += Some(straight_m(before, position)).filter(|m| *m <= PAUSE_STEP_M).unwrap_or(0.0);
            }
            if !passed.relocated {
                total += passed.metres;
            }
            end = Some(position);
            cumulative_m[i] = Some(total);
        }
    }
    Measured { spikes, ..Measured::of(DistanceSource::Positions, cumulative_m) }
}
