//! Samples of one clock, and whether the next sample still belongs to it.

use super::{FAR_MS, JITTER_MS, LONGEST_MS, Ordered, REJOIN_MS, SPIKE_SAMPLES, YEAR_2000_MS, is_time};
use crate::activity::Sample;

/// What the time of the next sample means.
pub enum ClockStep {
    On,
    Same,
    Jitter,
    Spike,
    Back,
    Far,
}

/// Samples of one clock, moved on where it jumped back.
#[derive(Default)]
pub struct ClockPart {
    pub samples: Vec<Sample>,
    /// Added to the file's times.
    pub shift_ms: i64,
    pub jumped_back_ms: i64,
    /// Jumps back by more than a day.
    pub far_back: usize,
    pub set_after: usize,
    pub moved: Option<(i64, i64)>,
}

impl ClockPart {
    pub fn starting_with(sample: Sample) -> Self {
        ClockPart { samples: vec![sample], ..ClockPart::default() }
    }

    pub fn place(&mut self, sample: &Sample, rest: &[Sample]) -> ClockStep {
        let Some(last) = self.samples.last().map(|s| s.time_ms) else { return ClockStep::On };
        let step = sample.time_ms + self.shift_ms - last;
        let follows = |t: i64| t > last && t - last <= FAR_MS;
        let resumes = || {
            let soon = rest.iter().take(SPIKE_SAMPLES).filter(|s| is_time(s.time_ms));
            soon.map(|s| s.time_ms + self.shift_ms).any(follows)
        };
        match step {
            0 => ClockStep::Same,
            _ if step > FAR_MS && self.shift_ms != 0 && follows(sample.time_ms) => {
                // The clock was set right again.
                self.shift_ms = 0;
                ClockStep::On
            }
            _ if step > FAR_MS => {
                if resumes() {
                    ClockStep::Spike
                } else {
                    ClockStep::Far
                }
            }
            1.. => ClockStep::On,
            _ if step >= -JITTER_MS => ClockStep::Jitter,
            _ => {
                if resumes() {
                    ClockStep::Spike
                } else {
                    ClockStep::Back
                }
            }
        }
    }

    /// Clocks that were never set count from the eighties or nineties on.
    pub fn is_set_by(&self, sample: &Sample) -> bool {
        self.shift_ms == 0
            && self.samples.last().is_some_and(|last| last.time_ms < YEAR_2000_MS)
            && sample.time_ms >= YEAR_2000_MS
    }

    pub fn move_up_to(&mut self, sample: &Sample) {
        let Some(last_ms) = self.samples.last().map(|last| last.time_ms) else { return };
        let shift_ms = sample.time_ms - REJOIN_MS - last_ms;
        self.samples.iter_mut().for_each(|earlier| earlier.time_ms += shift_ms);
        self.set_after = self.samples.len();
        // Set more than once: only the first times can be told from the others.
        self.moved = self.moved.is_none().then_some((last_ms, shift_ms));
        self.push(*sample);
    }

    pub fn push(&mut self, sample: Sample) {
        self.samples.push(Sample { time_ms: sample.time_ms + self.shift_ms, ..sample });
    }

    pub fn merge(&mut self, new: &Sample) {
        let Some(old) = self.samples.last_mut() else { return };
        *old = Sample {
            time_ms: old.time_ms,
            starts_segment: old.starts_segment || new.starts_segment,
            position: new.position.or(old.position),
            altitude_m: new.altitude_m.or(old.altitude_m),
            distance_m: new.distance_m.or(old.distance_m),
            speed_mps: new.speed_mps.or(old.speed_mps),
            heart_rate_bpm: new.heart_rate_bpm.or(old.heart_rate_bpm),
            cadence_spm: new.cadence_spm.or(old.cadence_spm),
            power_w: new.power_w.or(old.power_w),
        };
    }

    /// Takes up a sample from before the last one; returns how many earlier samples it showed to be a spike.
    pub fn rejoin(&mut self, sample: Sample) -> usize {
        let spike = self.spike_before(sample.time_ms + self.shift_ms);
        if spike > 0 {
            self.samples.truncate(self.samples.len() - spike);
            self.push(sample);
            return spike;
        }
        let Some(last) = self.samples.last().map(|s| s.time_ms) else { return 0 };
        let jump = last + REJOIN_MS - (sample.time_ms + self.shift_ms);
        self.shift_ms += jump;
        self.jumped_back_ms += jump;
        self.far_back += usize::from(jump > FAR_MS && sample.time_ms >= YEAR_2000_MS);
        self.push(sample);
        0
    }

    /// A clock that was set back once, by more than a day, has been right since: everything is moved to it.
    pub fn believe_later_clock(&mut self) {
        if self.far_back == 1 && self.shift_ms == self.jumped_back_ms {
            let shift_ms = std::mem::take(&mut self.shift_ms);
            self.samples.iter_mut().for_each(|sample| sample.time_ms -= shift_ms);
        }
    }

    pub fn finish(mut self, others: usize) -> Ordered<'static> {
        let total = self.samples.len();
        if let Some(first) = self.samples.first().map(|s| s.time_ms) {
            self.samples.retain(|s| s.time_ms - first <= LONGEST_MS);
        }
        Ordered {
            far_off: others + total - self.samples.len(),
            samples: self.samples.into(),
            jumped_back_ms: self.jumped_back_ms,
            set_after: self.set_after,
            moved: self.moved,
            ..Ordered::default()
        }
    }

    /// Length of the run of samples at the end that jumped ahead, if without them `time_ms` would simply follow.
    fn spike_before(&self, time_ms: i64) -> usize {
        let n = self.samples.len();
        let jumped_ahead = |k: &usize| {
            let (before, first) = (self.samples[n - k - 1].time_ms, self.samples[n - k].time_ms);
            before < time_ms && time_ms < first && first - before > JITTER_MS
        };
        (1..=SPIKE_SAMPLES.min(n.saturating_sub(1))).find(jumped_ahead).unwrap_or(0)
    }
}
