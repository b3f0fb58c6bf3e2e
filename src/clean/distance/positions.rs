//! Distance by positions (methods §1.3).

use super::{DistanceSource, Measured, position_of, straight_m};
use crate::activity::Sample;
use crate::clean::pauses::Stretch;

/// So many rejected points in a row, and the next is taken as a relocation.
pub(super) const MAX_REJECTED: usize = 10;
/// Steps of up to this (m) over a pause that only a gap betrays belong to the run: points are taken every few metres.
const PAUSE_STEP_M: f64 = 50.0;

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

/// Sum of great-circle distances within stretches, without positions that need an impossible speed.
pub fn by_positions(samples: &[Sample], stretches: &[Stretch], max_mps: f64) -> Measured {
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
    Measured { spikes, ..Measured::of(DistanceSource::Positions, cumulative_m) }
}
