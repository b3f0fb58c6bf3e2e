//! Heart rates that a chest strap stored while the watch could not hear it, in the water: FIT `hr` messages.
//!
//! Each holds several values with the times of their beats, of which most keep only the low twelve bits (FIT profile, message
//! 132). They may stand in sections of their own after the activity's.

use super::field::hr;
use super::values::{self, Fields};
use crate::activity::{Activity, Sample};
use fitparser::Value;

/// Ticks of the strap's clock a second.
const TICKS: f64 = 1024.0;
/// Twelve bits of the strap's clock.
const LOW: u64 = 0xfff;
/// A beat speaks for so many milliseconds at most.
const HOLDS_MS: i64 = 5_000;
/// An activity with a heart rate at more than this share of its samples has one of its own.
const OWN_SHARE: f64 = 0.1;

/// Heart rates of a strap, each at its time (Unix milliseconds).
#[derive(Default)]
pub struct Beats {
    of: Vec<(i64, f64)>,
    /// The strap's clock at the last beat.
    last: u64,
    /// Unix milliseconds at a beat of the strap's clock.
    anchor: Option<(f64, u64)>,
}

impl Beats {
    /// Takes in an `hr` message.
    pub fn add(&mut self, time: Option<u32>, fields: &Fields) {
        let bpm = fields.get(&hr::FILTERED_BPM.number).map(numbers).unwrap_or_default();
        let ticks = (fields.get(&hr::EVENT_TIMESTAMP.number), fields.get(&hr::EVENT_TIMESTAMP_12.number));
        let clock: Vec<u64> = match ticks {
            (Some(whole), _) => numbers(whole).into_iter().map(|ticks| ticks as u64).collect(),
            (None, Some(low)) => low_bits(&numbers(low), self.last),
            (None, None) => return,
        };
        if let (Some(time), Some(first)) = (time, clock.first()) {
            let fraction_s = hr::FRACTIONAL_TIMESTAMP.of(fields).or_else(|| hr::TIME_256.of(fields)).unwrap_or(0.0);
            self.anchor = Some((values::unix_ms(u64::from(time)) as f64 + 1000.0 * fraction_s, *first));
        }
        self.last = clock.last().copied().unwrap_or(self.last);
        let Some((anchor_ms, anchor)) = self.anchor else { return };
        let at = |ticks: u64| (anchor_ms + 1000.0 * (ticks as f64 - anchor as f64) / TICKS) as i64;
        // 0 and 255 stand for no heart rate.
        let beats = clock.into_iter().zip(bpm).filter(|(_, bpm)| (1.0..255.0).contains(bpm));
        self.of.extend(beats.map(|(ticks, bpm)| (at(ticks), bpm)));
    }

    pub fn append(&mut self, mut later: Beats) {
        self.of.append(&mut later.of);
    }

    /// Gives the samples of activities without a heart rate of their own the strap's.
    pub fn give_to(mut self, activities: &mut [Activity]) {
        if self.of.is_empty() {
            return;
        }
        self.of.sort_by_key(|beat| beat.0);
        for activity in activities {
            let own = activity.samples.iter().filter(|sample| sample.heart_rate_bpm.is_some()).count();
            if own as f64 <= OWN_SHARE * activity.samples.len() as f64 {
                activity.samples.iter_mut().for_each(|sample| self.fill(sample));
            }
        }
    }

    fn fill(&self, sample: &mut Sample) {
        let until = sample.time_ms.saturating_add(1000);
        let at = self.of.partition_point(|beat| beat.0 < until);
        let beat = at.checked_sub(1).map(|i| self.of[i]).filter(|beat| sample.time_ms - beat.0 <= HOLDS_MS);
        sample.heart_rate_bpm = sample.heart_rate_bpm.or(beat.map(|beat| beat.1));
    }
}

/// The numbers of an array, or the only one; all bits set counts as 255 here, since among low bits it is a value.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().map(|value| values::number(value).unwrap_or(255.0)).collect(),
        one => values::number(one).into_iter().collect(),
    }
}

/// Times of twelve bits each, packed into one and a half bytes, counted on from the last one.
fn low_bits(bytes: &[f64], last: u64) -> Vec<u64> {
    let mut last = last;
    let bytes: Vec<u64> = bytes.iter().map(|byte| *byte as u64 & 0xff).collect();
    let halves = bytes.chunks(3).flat_map(|triple| {
        let byte = |i: usize| triple.get(i).copied();
        let first = byte(0).zip(byte(1)).map(|(a, b)| a | (b & 0xf) << 8);
        let second = byte(1).zip(byte(2)).map(|(b, c)| b >> 4 | c << 4);
        [first, second].into_iter().flatten()
    });
    let count_on = |low: u64| {
        let ahead = low.wrapping_sub(last) & LOW;
        last = last.saturating_add(ahead);
        last
    };
    halves.map(count_on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Format;

    fn bytes(list: &[u8]) -> Value {
        Value::Array(list.iter().map(|byte| Value::UInt8(*byte)).collect())
    }

    #[test]
    fn low_bits_count_on_over_their_end() {
        // Two values in three bytes: 0x26a and 0x138, after a clock whose low bits are 0xf00.
        assert_eq!(low_bits(&[106.0, 130.0, 19.0], 0x5f00), [0x626a, 0x7138]);
        assert_eq!(low_bits(&[1.0], 0), [0_u64; 0]);
    }

    #[test]
    fn a_strap_s_beats_stand_at_their_times() {
        let mut beats = Beats::default();
        let first = Fields::from([(9, Value::UInt32(4096)), (0, Value::UInt16(16_384)), (6, Value::UInt8(131))]);
        beats.add(Some(1000), &first);
        // 4096 + 1024 and 4096 + 2048 ticks: one and two seconds later.
        beats.add(None, &Fields::from([(10, bytes(&[0x00, 0x04, 0x80])), (6, bytes(&[132, 255]))]));
        let begin = values::unix_ms(1000);
        assert_eq!(beats.of, [(begin + 500, 131.0), (begin + 1500, 132.0)]);
        let sample = |s: i64| Sample { time_ms: begin + 1000 * s, ..Sample::default() };
        let samples = vec![sample(-9), sample(0), sample(2), sample(9)];
        let mut activities = [Activity { samples, ..Activity::new(Format::Fit) }];
        beats.give_to(&mut activities);
        let filled: Vec<_> = activities[0].samples.iter().map(|s| s.heart_rate_bpm).collect();
        assert_eq!(filled, [None, Some(131.0), Some(132.0), None]);
    }
}
