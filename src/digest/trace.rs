//! The run at one value a second, in seven bytes a second.

use crate::content::ContentHash;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The run at one value a second, timer-on seconds only.
///
/// All vectors have the same length; `spans` say which seconds since the start they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Unbroken stretches: (seconds since the start of the run, number of values).
    pub spans: Vec<(u32, u32)>,
    /// bpm; 0 where missing.
    #[serde(with = "serde_bytes")]
    heart_rate: Vec<u8>,
    /// mm/s; `u16::MAX` where missing.
    #[serde(with = "as_bytes")]
    speed: Vec<u16>,
    /// mm/s on the flat at the same heart rate; `u16::MAX` where missing.
    #[serde(with = "as_bytes")]
    gap: Vec<u16>,
    /// Steps per minute, both feet; 0 where missing.
    #[serde(with = "serde_bytes")]
    cadence: Vec<u8>,
    #[serde(with = "serde_bytes")]
    flags: Vec<u8>,
    #[serde(skip)]
    fingerprint: Fingerprint,
}

/// Made when it is first asked for. It says nothing that the seconds do not say.
#[derive(Clone, Debug, Default)]
struct Fingerprint(OnceLock<ContentHash>);

impl PartialEq for Fingerprint {
    fn eq(&self, _: &Fingerprint) -> bool {
        true
    }
}

/// One second of a [`Trace`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Second {
    /// Heart rate, bpm.
    pub heart_rate_bpm: Option<f64>,
    /// Speed, m/s.
    pub speed_mps: Option<f64>,
    /// Grade-adjusted speed, m/s.
    pub gap_mps: Option<f64>,
    /// Steps of both feet per minute.
    pub cadence_spm: Option<f64>,
    /// Faster than a standstill.
    pub moving: bool,
    /// Running rather than walking.
    pub running: bool,
    /// The heart rate follows the cadence: the sensor may have locked on to the steps.
    pub cadence_lock: bool,
    /// A strap still dry may have spoiled the heart rate.
    pub dry_strap: bool,
}

const MOVING: u8 = 1;
const RUNNING: u8 = 2;
const CADENCE_LOCK: u8 = 4;
const DRY_STRAP: u8 = 8;

impl Trace {
    /// An empty trace whose values are going to fill these spans, with room for just as many: a season holds thousands.
    pub fn over(spans: Vec<(u32, u32)>) -> Self {
        let seconds = spans.iter().map(|(_, length)| *length as usize).sum();
        Trace {
            spans,
            heart_rate: Vec::with_capacity(seconds),
            speed: Vec::with_capacity(seconds),
            gap: Vec::with_capacity(seconds),
            cadence: Vec::with_capacity(seconds),
            flags: Vec::with_capacity(seconds),
            fingerprint: Fingerprint::default(),
        }
    }

    /// Says which file it comes from, and at which place it stands there: as good a fingerprint as one of all seconds, and made
    /// without looking at them.
    pub fn comes_from(&mut self, content: &ContentHash, place: usize) {
        let place = (place as u64).to_le_bytes();
        self.fingerprint = Fingerprint(ContentHash::of_parts(&[b"in a file", content.as_bytes(), &place]).into());
    }

    /// Tells it from every other trace of a season; the same trace may have one as part of a file and another one by itself.
    pub fn fingerprint(&self) -> ContentHash {
        let Trace { spans, heart_rate, speed, gap, cadence, flags, fingerprint } = self;
        let whole = || {
            let ends: Vec<u8> =
                spans.iter().flat_map(|(from, len)| [from.to_le_bytes(), len.to_le_bytes()]).flatten().collect();
            ContentHash::of_parts(&[&ends, heart_rate, &le_bytes(speed), &le_bytes(gap), cadence, flags])
        };
        *fingerprint.0.get_or_init(whole)
    }

    /// Seconds in it.
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    /// True without a second.
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    /// Adds the next second.
    pub fn push(&mut self, second: Second) {
        let milli =
            |v: Option<f64>| v.map_or(u16::MAX, |v| (v * 1000.0).round().clamp(0.0, f64::from(u16::MAX - 1)) as u16);
        let byte = |v: Option<f64>| v.map_or(0, |v| v.round().clamp(1.0, 255.0) as u8);
        self.fingerprint = Fingerprint::default();
        self.heart_rate.push(byte(second.heart_rate_bpm));
        self.speed.push(milli(second.speed_mps));
        self.gap.push(milli(second.gap_mps));
        self.cadence.push(byte(second.cadence_spm));
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        self.flags.push(
            flag(second.moving, MOVING)
                | flag(second.running, RUNNING)
                | flag(second.cadence_lock, CADENCE_LOCK)
                | flag(second.dry_strap, DRY_STRAP),
        );
    }

    /// Second by second, in order of time.
    #[inline]
    pub fn seconds(&self) -> impl Iterator<Item = Second> + '_ {
        let speeds = self.speed.iter().zip(&self.gap);
        let steps = self.cadence.iter().zip(&self.flags);
        let columns = self.heart_rate.iter().zip(speeds).zip(steps);
        columns
            .map(|((heart_rate, (speed, gap)), (cadence, flags))| unpacked(*heart_rate, *speed, *gap, *cadence, *flags))
    }

    /// The heart rate of each second, bpm; 0 where missing.
    pub fn beats(&self) -> &[u8] {
        &self.heart_rate
    }

    /// Leaves out the heart rate of every second.
    pub fn forget_heart_rate(&mut self) {
        self.fingerprint = Fingerprint::default();
        self.heart_rate.fill(0);
        self.flags.iter_mut().for_each(|flags| *flags &= !CADENCE_LOCK);
    }

    /// Seconds from the start whose heart rate a dry strap may have spoiled.
    pub fn dry_strap_s(&self) -> usize {
        self.flags.iter().take_while(|flags| **flags & DRY_STRAP != 0).count()
    }

    /// True where some second's heart rate follows the cadence.
    pub fn has_cadence_lock(&self) -> bool {
        self.flags.iter().any(|flags| flags & CADENCE_LOCK != 0)
    }
}

/// In line, so that columns which nobody looks at are not unpacked: a season is millions of seconds.
#[inline]
fn unpacked(heart_rate: u8, speed: u16, gap: u16, cadence: u8, flags: u8) -> Second {
    let mps = |v: u16| (v != u16::MAX).then(|| f64::from(v) / 1000.0);
    let byte = |v: u8| (v != 0).then(|| f64::from(v));
    Second {
        heart_rate_bpm: byte(heart_rate),
        speed_mps: mps(speed),
        gap_mps: mps(gap),
        cadence_spm: byte(cadence),
        moving: flags & MOVING != 0,
        running: flags & RUNNING != 0,
        cadence_lock: flags & CADENCE_LOCK != 0,
        dry_strap: flags & DRY_STRAP != 0,
    }
}

/// Two bytes a number, the lower one first.
fn le_bytes(numbers: &[u16]) -> Vec<u8> {
    let mut bytes = vec![0; 2 * numbers.len()];
    bytes.chunks_exact_mut(2).zip(numbers).for_each(|(pair, number)| pair.copy_from_slice(&number.to_le_bytes()));
    bytes
}

/// Two bytes a number: read several times as fast as numbers one by one, and as small once packed.
mod as_bytes {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[u16], serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(&super::le_bytes(numbers), serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u16>, D::Error> {
        let bytes: Vec<u8> = serde_bytes::deserialize(deserializer)?;
        let (pairs, []) = bytes.as_chunks::<2>() else { return Err(D::Error::custom("half a number")) };
        Ok(pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_come_back_as_they_went_in() {
        let given = Second {
            heart_rate_bpm: Some(147.0),
            speed_mps: Some(3.217),
            gap_mps: Some(3.4),
            cadence_spm: Some(172.0),
            moving: true,
            running: true,
            cadence_lock: false,
            dry_strap: true,
        };
        let mut trace = Trace::default();
        trace.push(given);
        trace.push(Second::default());
        assert_eq!(trace.seconds().next(), Some(given));
        assert_eq!(trace.seconds().nth(1), Some(Second::default()));
        assert_eq!((trace.len(), trace.is_empty()), (2, false));
    }

    #[test]
    fn other_seconds_have_another_fingerprint() {
        let second = |bpm| Second { heart_rate_bpm: Some(bpm), gap_mps: Some(3.0), ..Second::default() };
        let mut trace = Trace::over(vec![(0, 2)]);
        let mut seen = vec![trace.fingerprint()];
        trace.push(second(147.0));
        seen.push(trace.fingerprint());
        trace.push(second(148.0));
        seen.push(trace.fingerprint());
        let (same, mut silent) = (trace.clone(), trace);
        assert_eq!((same.fingerprint(), &same), (seen[2], &silent));
        silent.forget_heart_rate();
        seen.push(silent.fingerprint());
        for (file, place) in [("a", 0), ("a", 1), ("b", 0)] {
            silent.comes_from(&ContentHash::of(file.as_bytes()), place);
            seen.push(silent.fingerprint());
        }
        silent.forget_heart_rate();
        assert_eq!(silent.fingerprint(), seen[3], "not that of the file any more");
        assert!((0..seen.len()).all(|i| seen[..i].iter().all(|earlier| *earlier != seen[i])));
    }
}
