//! The hours after a run in which nobody stopped the watch.

use super::Series;
use super::gait::Gait;
use super::resample::ranges;

/// So much standing at the end is no part of the run, in seconds.
const LEAST_S: usize = 3600;
/// Standing is looked for in blocks of this many seconds: positions drift indoors, so single seconds seem to move.
const BLOCK_S: usize = 300;

/// When the run ended (Unix milliseconds), if the watch went on for an hour or more while its owner stood still.
pub fn end_ms(series: &Series) -> Option<i64> {
    let blocks = series.gait.rchunks(BLOCK_S);
    let stood =
        |block: &&[Option<Gait>]| 2 * block.iter().filter(|gait| **gait == Some(Gait::Stop)).count() > block.len();
    let standing_s: usize = blocks.take_while(stood).map(<[_]>::len).sum();
    let last = series.len().checked_sub(standing_s).filter(|last| *last > 0 && standing_s >= LEAST_S)?;
    let (span, range) = series.spans.iter().zip(ranges(&series.spans)).find(|(_, range)| range.contains(&last))?;
    Some(series.start_ms + 1000 * (i64::from(span.start_s) + (last - range.start) as i64))
}
