//! Speed and heart rate of a session second by second, and the highest of both.

use super::part::OpenPart;
use crate::intent::LEAST_REPETITIONS;
use crate::physiology::hard::{self, HardLimits, SpeedSeries};
use crate::physiology::statistics::median_of;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// A pause of at least so many seconds is a recovery between repetitions; shorter ones are red lights.
const RECOVERY_PAUSE_S: u32 = 60;
/// The most of a pause that counts as standing still.
const COUNTED_PAUSE_S: u32 = 180;

/// Speed and heart rate of a session second by second, read once for all thresholds it is held against.
pub(super) struct EffortSeries {
    has_heart_rate: bool,
    /// Unbroken stretches, in order of time.
    pub(super) stretches: Vec<EffortStretch>,
    /// The pace is reliable throughout.
    is_reliable: bool,
    /// The session in one row; made where it is asked for.
    whole: OnceCell<EffortStretch>,
    /// Somebody had planned repetitions.
    pub(super) is_planned: bool,
}

impl EffortSeries {
    /// Of the parts of a session; without a believed heart rate none is used.
    pub fn of(parts: &[OpenPart], has_heart_rate: bool) -> EffortSeries {
        let stretches = parts.iter().flat_map(|part| stretches(part, has_heart_rate)).collect();
        let is_planned = parts.iter().any(|part| part.digest.told.repetitions() >= LEAST_REPETITIONS);
        EffortSeries { is_planned, ..EffortSeries::joined(stretches, has_heart_rate) }
    }

    /// Of stretches in order of time.
    pub fn joined(stretches: Vec<EffortStretch>, has_heart_rate: bool) -> EffortSeries {
        EffortSeries {
            has_heart_rate,
            is_reliable: stretches.iter().all(|stretch| stretch.pace_reliable),
            stretches,
            whole: OnceCell::new(),
            is_planned: false,
        }
    }

    /// The session in one row, where its pace is reliable throughout: long pauses stand as standing still, short ones as
    /// seconds of which nothing is known.
    pub fn whole(&self) -> Option<&EffortStretch> {
        let joined = || {
            let pause = |stretch: &EffortStretch| stretch.pause_s.min(COUNTED_PAUSE_S) as usize;
            let room = self.stretches.iter().map(|stretch| pause(stretch) + stretch.bpm.len()).sum();
            let (mut speed, mut bpm) = (Vec::with_capacity(room), Vec::with_capacity(room));
            for stretch in &self.stretches {
                let stood = (stretch.pause_s >= RECOVERY_PAUSE_S).then_some(0.0);
                speed.extend(std::iter::repeat_n(stood, pause(stretch)));
                bpm.extend(std::iter::repeat_n(None, pause(stretch)));
                speed.extend_from_slice(stretch.speed.mps());
                bpm.extend_from_slice(&stretch.bpm);
            }
            EffortStretch::of(speed, bpm, true, 0)
        };
        self.is_reliable.then(|| self.whole.get_or_init(joined))
    }

    /// Its highest values.
    pub fn reach(&self) -> EffortReach {
        let reliable = || self.stretches.iter().filter(|stretch| stretch.pace_reliable).map(|stretch| &stretch.speed);
        // A single stretch has no pauses in it: all in one row is that, after standing still.
        let whole = if self.stretches.len() > 1 { self.whole() } else { None };
        let speeds = self.stretches.iter().flat_map(|stretch| stretch.speed.mps()).flatten().copied();
        let fast = reliable().chain(whole.map(|whole| &whole.speed));
        EffortReach {
            has_heart_rate: self.has_heart_rate,
            highest_bpm: self.stretches.iter().filter_map(|stretch| stretch.highest_bpm).reduce(f64::max),
            smooth_mps: reliable().filter_map(SpeedSeries::highest_smooth_mps).reduce(f64::max),
            fast_mps: fast.filter_map(SpeedSeries::highest_fast_mps).reduce(f64::max),
            median_mps: median_of(&mut speeds.collect::<Vec<_>>()),
        }
    }
}

/// Grade-adjusted speed and heart rate second by second.
pub(super) struct EffortStretch {
    pub speed: SpeedSeries,
    pub bpm: Vec<Option<f64>>,
    pub highest_bpm: Option<f64>,
    pub pace_reliable: bool,
    /// Seconds of pause before it; a part begins with one.
    pause_s: u32,
}

impl EffortStretch {
    pub fn of(mps: Vec<Option<f64>>, bpm: Vec<Option<f64>>, pace_reliable: bool, pause_s: u32) -> EffortStretch {
        let highest_bpm = bpm.iter().flatten().copied().reduce(f64::max);
        EffortStretch { speed: SpeedSeries::of(mps), bpm, highest_bpm, pace_reliable, pause_s }
    }
}

/// The unbroken stretches of a part.
fn stretches(part: &OpenPart, has_heart_rate: bool) -> Vec<EffortStretch> {
    let believed = part.heart_rate.beats(&part.trace);
    let (mut place, mut end): (usize, Option<u32>) = (0, None);
    let stretch = |(start, length): &(u32, u32)| {
        let places = place..part.trace.len().min(place + *length as usize);
        place = places.end;
        let pause_s = end.map_or(RECOVERY_PAUSE_S, |end| start.saturating_sub(end));
        end = Some(start.saturating_add(*length));
        let bpm = |beats: &u8| (*beats != 0 && has_heart_rate).then(|| f64::from(*beats));
        let bpm = believed[places.clone()].iter().map(bpm).collect();
        EffortStretch::of(part.trace.gap_mps(places).collect(), bpm, part.digest.pace_reliable, pause_s)
    };
    part.trace.spans.iter().map(stretch).collect()
}

/// The highest values of a session: below all limits, nobody need look at its seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortReach {
    pub(super) has_heart_rate: bool,
    highest_bpm: Option<f64>,
    /// The highest speed over half a minute, and the highest held long enough to be called fast, m/s; of parts whose pace is
    /// reliable.
    smooth_mps: Option<f64>,
    fast_mps: Option<f64>,
    /// The middle speed, m/s.
    pub(super) median_mps: Option<f64>,
}

impl EffortReach {
    /// False where no second is hard.
    pub(super) fn may_be_hard(&self, limits: &HardLimits) -> bool {
        let passes = |value: Option<f64>, limit: Option<f64>| value.zip(limit).is_some_and(|(v, limit)| v >= limit);
        passes(self.highest_bpm, limits.lthr_bpm.map(|lthr| hard::HARD_SHARE_OF_LTHR * lthr))
            || passes(self.smooth_mps, limits.threshold_mps.map(|threshold| hard::FAST_SHARE * threshold))
    }

    /// False where nothing is a fast segment.
    pub(super) fn may_be_fast(&self, threshold_mps: Option<f64>) -> bool {
        self.fast_mps.zip(threshold_mps).is_some_and(|(mps, threshold)| mps >= hard::FAST_SHARE * threshold)
    }
}
