//! Cuts off the time after a run when the watch was left running.

use super::Series;
use super::distance::DistanceSource;
use super::gait::{Gait, RUN_SPM};
use super::position::{position_of, straight_m};
use super::resample::ranges;
use crate::activity::Sample;

/// So much standing at the end is no part of the run, in seconds.
const LEAST_S: usize = 3600;
/// Standing is looked for in blocks of this many seconds: positions drift indoors, so single seconds seem to move.
const BLOCK_S: usize = 300;

/// Positions that drift stay within so many metres for the whole of a block, and make no runner's speed of it, m/s.
const DRIFT_M: f64 = 50.0;
const DRIFT_MPS: f64 = 1.2;
/// Blocks that lie over so long a time (ms) hold few points: their speed says nothing.
const FEW_MS: i64 = 900_000;

/// When the run ended (Unix milliseconds), if the watch went on for an hour or more while its owner stood still.
pub fn end_ms(series: &Series, samples: &[Sample]) -> Option<i64> {
    if series.elapsed_s < LEAST_S as f64 {
        return None;
    }
    let time_of = |i: usize| {
        let (span, range) = series.spans.iter().zip(ranges(&series.spans)).find(|(_, range)| range.contains(&i))?;
        Some(series.start_ms + 1000 * (i64::from(span.start_s) + (i - range.start) as i64))
    };
    let mut last = series.len();
    while last > 0 {
        let from = last.saturating_sub(BLOCK_S);
        let stops = series.gait[from..last].iter().filter(|gait| **gait == Some(Gait::Stop)).count();
        // Positions that drift make any speed; a counter or steps tell a runner on the spot.
        let may_drift = || {
            series.distance_source == DistanceSource::Positions && !has_steps(&series.cadence_spm[from..last])
                || is_slow(&series.speed_mps[from..last])
        };
        let drifts = || {
            let times = time_of(from).zip(time_of(last - 1));
            times.is_some_and(|times| (may_drift() || times.1 - times.0 > FEW_MS) && is_drift(samples, times))
        };
        if 2 * stops <= last - from && !drifts() {
            break;
        }
        last = from;
    }
    let end_ms = time_of(last).filter(|_| last > 0)?;
    (series.end_ms() - end_ms >= 1000 * LEAST_S as i64).then_some(end_ms)
}

fn has_steps(cadence_spm: &[Option<f64>]) -> bool {
    let steps = cadence_spm.iter().flatten().filter(|spm| **spm >= RUN_SPM).count();
    2 * steps > cadence_spm.len()
}

fn is_slow(speed_mps: &[Option<f64>]) -> bool {
    speed_mps.iter().flatten().sum::<f64>() < DRIFT_MPS * speed_mps.len() as f64
}

/// All positions between two times lie within a few steps of the first.
fn is_drift(samples: &[Sample], (from_ms, to_ms): (i64, i64)) -> bool {
    let from = samples.partition_point(|s| s.time_ms < from_ms);
    let to = samples.partition_point(|s| s.time_ms <= to_ms);
    let mut places = samples[from..to].iter().filter_map(position_of);
    places.next().is_some_and(|first| places.all(|place| straight_m(first, place) <= DRIFT_M))
}
