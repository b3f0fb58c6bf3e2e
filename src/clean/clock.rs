//! Puts samples into the order of one clock.
//!
//! Watches set their clock in the middle of a run, files are stitched together, a single time may be garbage.
//! Nothing here may stretch a run over years or make it run backwards.

use crate::activity::Sample;

/// A step back of at most this much is jitter: the late samples are dropped.
const JITTER_MS: i64 = 60_000;
/// A step forward of more than this belongs to another recording.
const FAR_MS: i64 = 86_400_000;
/// The longest recording kept (ten days: the longest races on foot); bounds memory whatever the clock says.
const LONGEST_MS: i64 = 10 * FAR_MS;
/// At most this many samples in a row with a wrong time count as a spike.
const SPIKE_SAMPLES: usize = 10;
/// Times outside years -5900..9900 are garbage; also keeps all sums within `i64`.
const LIMIT_MS: i64 = 250_000_000_000_000;
/// 2000-01-01 00:00 UTC.
const YEAR_2000_MS: i64 = 946_684_800_000;
/// Where a later part is moved on, it starts this much after the earlier one.
const REJOIN_MS: i64 = 1000;

/// Samples in strictly increasing time.
#[derive(Debug, Default)]
pub struct Ordered {
    pub samples: Vec<Sample>,
    /// How far the clock jumped back in all, in milliseconds; 0 if it never did.
    pub jumped_back_ms: i64,
    /// Samples recorded before the clock was set; moved up to one second before the others.
    pub set_after: usize,
    /// Samples left out because their time is more than a day from the rest, or no time at all.
    pub far_off: usize,
}

/// Orders samples by one clock (methods §1.2 and the rules of this module).
///
/// * The same time twice: the later sample wins, field by field.
/// * Back by up to 60 s: dropped.
/// * Back by more: what follows is moved on to one second after where the clock was.
/// * Forward by more than a day from before 2000 to after it: the clock was set, and what precedes is moved up.
/// * Forward by more than a day otherwise: the larger side is kept.
/// * Up to ten samples in a row that step out and back again are dropped.
pub fn order(samples: &[Sample]) -> Ordered {
    let mut done: Vec<Part> = Vec::new();
    let mut part = Part::default();
    let mut garbage = 0;
    for (i, sample) in samples.iter().enumerate() {
        if !is_time(sample.time_ms) {
            garbage += 1;
            continue;
        }
        let rest = &samples[i + 1..];
        match part.place(sample, rest) {
            Step::On => part.push(*sample),
            Step::Same => part.merge(sample),
            Step::Jitter => {}
            Step::Spike => garbage += 1,
            Step::Back if part.samples.len() <= SPIKE_SAMPLES && rest.len() > 10 * part.samples.len() => {
                garbage += part.samples.len();
                part = Part::starting_with(*sample);
            }
            Step::Back => garbage += part.rejoin(*sample),
            Step::Far if part.is_set_by(sample) => part.move_up_to(sample),
            Step::Far => done.push(std::mem::replace(&mut part, Part::starting_with(*sample))),
        }
    }
    done.push(part);
    largest(done, garbage)
}

fn is_time(time_ms: i64) -> bool {
    (-LIMIT_MS..=LIMIT_MS).contains(&time_ms)
}

fn largest(parts: Vec<Part>, garbage: usize) -> Ordered {
    let total: usize = parts.iter().map(|p| p.samples.len()).sum();
    let Some(mut best) = parts.into_iter().reduce(|a, b| if b.samples.len() > a.samples.len() { b } else { a }) else {
        return Ordered::default();
    };
    if let Some(first) = best.samples.first().map(|s| s.time_ms) {
        best.samples.retain(|s| s.time_ms - first <= LONGEST_MS);
    }
    let far_off = garbage + total - best.samples.len();
    Ordered { samples: best.samples, jumped_back_ms: best.jumped_back_ms, set_after: best.set_after, far_off }
}

impl Ordered {
    /// True where times were changed, so that other times of the file no longer fit them.
    pub fn jumped(&self) -> bool {
        self.jumped_back_ms > 0 || self.set_after > 0
    }
}

/// What the time of the next sample means.
enum Step {
    On,
    Same,
    Jitter,
    Spike,
    Back,
    Far,
}

/// Samples of one clock, moved on where it jumped back.
#[derive(Default)]
struct Part {
    samples: Vec<Sample>,
    /// Added to the file's times.
    shift_ms: i64,
    jumped_back_ms: i64,
    set_after: usize,
}

impl Part {
    fn starting_with(sample: Sample) -> Self {
        Part { samples: vec![sample], ..Part::default() }
    }

    fn place(&mut self, sample: &Sample, rest: &[Sample]) -> Step {
        let Some(last) = self.samples.last().map(|s| s.time_ms) else { return Step::On };
        let step = sample.time_ms + self.shift_ms - last;
        let follows = |t: i64| t > last && t - last <= FAR_MS;
        let resumes = || {
            let soon = rest.iter().take(SPIKE_SAMPLES).filter(|s| is_time(s.time_ms));
            soon.map(|s| s.time_ms + self.shift_ms).any(follows)
        };
        match step {
            0 => Step::Same,
            _ if step > FAR_MS && self.shift_ms != 0 && follows(sample.time_ms) => {
                // The clock was set right again.
                self.shift_ms = 0;
                Step::On
            }
            _ if step > FAR_MS => {
                if resumes() {
                    Step::Spike
                } else {
                    Step::Far
                }
            }
            1.. => Step::On,
            _ if step >= -JITTER_MS => Step::Jitter,
            _ => {
                if resumes() {
                    Step::Spike
                } else {
                    Step::Back
                }
            }
        }
    }

    /// Clocks that were never set count from the eighties or nineties on.
    fn is_set_by(&self, sample: &Sample) -> bool {
        self.shift_ms == 0
            && self.samples.last().is_some_and(|last| last.time_ms < YEAR_2000_MS)
            && sample.time_ms >= YEAR_2000_MS
    }

    fn move_up_to(&mut self, sample: &Sample) {
        let Some(last_ms) = self.samples.last().map(|last| last.time_ms) else { return };
        let shift_ms = sample.time_ms - REJOIN_MS - last_ms;
        self.samples.iter_mut().for_each(|earlier| earlier.time_ms += shift_ms);
        self.set_after = self.samples.len();
        self.push(*sample);
    }

    fn push(&mut self, sample: Sample) {
        self.samples.push(Sample { time_ms: sample.time_ms + self.shift_ms, ..sample });
    }

    fn merge(&mut self, new: &Sample) {
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
            temperature_c: new.temperature_c.or(old.temperature_c),
        };
    }

    /// Takes up a sample from before the last one; returns how many earlier samples it showed to be a spike.
    fn rejoin(&mut self, sample: Sample) -> usize {
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
        self.push(sample);
        0
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: impl IntoIterator<Item = i64>) -> Vec<Sample> {
        seconds.into_iter().map(|s| Sample { time_ms: s * 1000, ..Sample::default() }).collect()
    }

    fn seconds(ordered: &Ordered) -> Vec<i64> {
        ordered.samples.iter().map(|s| s.time_ms / 1000).collect()
    }

    #[test]
    fn the_last_of_two_samples_at_one_time_wins_field_by_field() {
        let mut samples = at([0, 1, 1, 2]);
        samples[1].heart_rate_bpm = Some(120.0);
        samples[1].speed_mps = Some(3.0);
        samples[2].heart_rate_bpm = Some(130.0);
        let ordered = order(&samples);
        assert_eq!(seconds(&ordered), [0, 1, 2]);
        assert_eq!(ordered.samples[1].heart_rate_bpm, Some(130.0));
        assert_eq!(ordered.samples[1].speed_mps, Some(3.0));
    }

    #[test]
    fn jitter_is_dropped() {
        assert_eq!(seconds(&order(&at([0, 10, 7, 8, 11, 12]))), [0, 10, 11, 12]);
    }

    #[test]
    fn single_garbage_times_are_left_out() {
        for garbage in [-1_000_000_000, 4_000_000_000, 5_000, -5_000] {
            let ordered = order(&at((0..100).chain([garbage]).chain(100..200)));
            assert_eq!(seconds(&ordered), (0..200).collect::<Vec<_>>(), "{garbage}");
            assert_eq!((ordered.far_off, ordered.jumped_back_ms), (1, 0), "{garbage}");
            let first = order(&at([garbage].into_iter().chain(100..200)));
            assert!(seconds(&first).ends_with(&(100..200).collect::<Vec<_>>()), "{garbage}");
        }
        let mut samples = at(0..50);
        samples[20].time_ms = i64::MAX;
        samples[21].time_ms = i64::MIN;
        assert_eq!(order(&samples).samples.len(), 48);
    }

    #[test]
    fn what_follows_a_jump_back_is_moved_on() {
        let ordered = order(&at((5000..5100).chain(1000..1200)));
        assert_eq!(seconds(&ordered), (5000..5300).collect::<Vec<_>>());
        assert_eq!(ordered.jumped_back_ms, 4_100_000);
    }

    #[test]
    fn a_clock_set_right_again_is_believed() {
        let year = 31_536_000;
        let times = (40 * year..40 * year + 100).chain(0..200).chain(40 * year + 400..40 * year + 500);
        let ordered = order(&at(times));
        assert_eq!(ordered.samples.len(), 400);
        assert_eq!(seconds(&ordered).last(), Some(&(40 * year + 499)));
    }

    #[test]
    fn the_larger_side_of_a_far_jump_is_kept() {
        let ordered = order(&at((0..50).chain(1_000_000..1_000_200)));
        assert_eq!(seconds(&ordered), (1_000_000..1_000_200).collect::<Vec<_>>());
        assert_eq!(ordered.far_off, 50);
    }

    #[test]
    fn no_recording_is_longer_than_ten_days() {
        let ordered = order(&at((0..30).map(|day| day * 80_000)));
        assert!(seconds(&ordered).last() <= Some(&864_000));
        assert_eq!(ordered.samples.len() + ordered.far_off, 30);
    }

    #[test]
    fn a_clock_that_is_set_during_the_run_costs_nothing() {
        let true_s = 1_700_000_000;
        let mut samples = at(0..1500);
        samples.extend(at(true_s..true_s + 300));
        let ordered = order(&samples);
        assert_eq!(
            (ordered.samples.len(), ordered.set_after, ordered.far_off, ordered.jumped()),
            (1800, 1500, 0, true)
        );
        assert_eq!(seconds(&ordered)[0], true_s - 1500);
        assert!(seconds(&ordered).windows(2).all(|w| w[1] - w[0] == 1));
    }
}
