//! The run at one value a second.

use super::columns::{self, Columns, KeptColumns, PackedColumns};
use crate::content::ContentHash;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// The run at one value a second, timer-on seconds only; `spans` say which seconds since the start they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Unbroken stretches: (seconds since the start of the run, number of values).
    pub spans: Vec<(u32, u32)>,
    columns: KeptColumns,
    fingerprint: Fingerprint,
}

/// A trace as it is kept beside its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PackedTrace {
    spans: Vec<(u32, u32)>,
    columns: PackedColumns,
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
    /// An empty trace whose values are going to fill these spans, with room for just as many.
    pub fn over(spans: Vec<(u32, u32)>) -> Self {
        let seconds = spans.iter().map(|(_, length)| *length as usize).sum();
        let columns = KeptColumns::loose(Columns::with_room_for(seconds));
        Trace { spans, columns, fingerprint: Fingerprint::default() }
    }

    /// Packs its seconds, which takes a quarter of the room.
    pub(crate) fn pack(&mut self) {
        self.columns.pack();
    }

    /// The trace with its seconds unpacked for as long as somebody looks at them.
    pub(crate) fn open(&self) -> Cow<'_, Trace> {
        let opened = |columns| Trace { spans: self.spans.clone(), columns, fingerprint: self.fingerprint.clone() };
        self.columns.opened().map(opened).map_or(Cow::Borrowed(self), Cow::Owned)
    }

    /// To be kept apart from its digest; `None` where it cannot be packed.
    pub(crate) fn packed(&self) -> Option<PackedTrace> {
        Some(PackedTrace { spans: self.spans.clone(), columns: self.columns.to_packed()? })
    }

    /// Says which file it comes from, and at which place it stands there: as good a fingerprint as one of all seconds, and made
    /// without looking at them.
    pub fn comes_from(&mut self, content: &ContentHash, place: usize) {
        let place = (place as u64).to_le_bytes();
        self.fingerprint = Fingerprint(ContentHash::of_parts(&[b"in a file", content.as_bytes(), &place]).into());
    }

    /// Tells it from every other trace of a season; the same trace may have one as part of a file and another one by itself.
    pub fn fingerprint(&self) -> ContentHash {
        let whole = || {
            let ends = self.spans.iter().flat_map(|(from, len)| [from.to_le_bytes(), len.to_le_bytes()]);
            let ends: Vec<u8> = ends.flatten().collect();
            ContentHash::of_parts(&[&ends, &self.columns.get().to_bytes()])
        };
        *self.fingerprint.0.get_or_init(whole)
    }

    /// Seconds in it.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// True without a second.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the next second.
    pub fn push(&mut self, second: Second) {
        let milli =
            |v: Option<f64>| v.map_or(u16::MAX, |v| (v * 1000.0).round().clamp(0.0, f64::from(u16::MAX - 1)) as u16);
        let byte = |v: Option<f64>| v.map_or(0, |v| v.round().clamp(1.0, 255.0) as u8);
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        self.fingerprint = Fingerprint::default();
        let columns = self.columns.to_mut();
        columns.heart_rate.push(byte(second.heart_rate_bpm));
        columns.speed.push(milli(second.speed_mps));
        columns.gap.push(milli(second.gap_mps));
        columns.cadence.push(byte(second.cadence_spm));
        columns.flags.push(
            flag(second.moving, MOVING)
                | flag(second.running, RUNNING)
                | flag(second.cadence_lock, CADENCE_LOCK)
                | flag(second.dry_strap, DRY_STRAP),
        );
    }

    /// Second by second, in order of time.
    #[inline]
    pub fn seconds(&self) -> impl Iterator<Item = Second> + '_ {
        let Columns { heart_rate, speed, gap, cadence, flags } = self.columns.get();
        let values = heart_rate.iter().zip(speed.iter().zip(gap)).zip(cadence.iter().zip(flags));
        values
            .map(|((heart_rate, (speed, gap)), (cadence, flags))| unpacked(*heart_rate, *speed, *gap, *cadence, *flags))
    }

    /// Grade-adjusted speed at these places, m/s.
    pub fn gap_mps(&self, places: Range<usize>) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        self.columns.get().gap[places].iter().map(|gap| mps(*gap))
    }

    /// The heart rate of each second, bpm; 0 where missing.
    pub fn beats(&self) -> &[u8] {
        &self.columns.get().heart_rate
    }

    /// Leaves out the heart rate of every second.
    pub fn forget_heart_rate(&mut self) {
        self.fingerprint = Fingerprint::default();
        let columns = self.columns.to_mut();
        columns.heart_rate.fill(0);
        columns.flags.iter_mut().for_each(|flags| *flags &= !CADENCE_LOCK);
    }

    /// Seconds from the start whose heart rate a dry strap may have spoiled.
    pub fn dry_strap_s(&self) -> usize {
        self.columns.get().flags.iter().take_while(|flags| **flags & DRY_STRAP != 0).count()
    }

    /// True where some second's heart rate follows the cadence.
    pub fn has_cadence_lock(&self) -> bool {
        self.columns.get().flags.iter().any(|flags| flags & CADENCE_LOCK != 0)
    }
}

#[inline]
fn mps(milli: u16) -> Option<f64> {
    (milli != u16::MAX).then(|| f64::from(milli) / 1000.0)
}

/// In line, so that columns which nobody looks at are not unpacked: a season is millions of seconds.
#[inline]
fn unpacked(heart_rate: u8, speed: u16, gap: u16, cadence: u8, flags: u8) -> Second {
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

impl From<PackedTrace> for Trace {
    /// The seconds must be as they were packed: they are unpacked only when somebody looks at them.
    fn from(PackedTrace { spans, columns }: PackedTrace) -> Trace {
        Trace { spans, columns: KeptColumns::packed(columns), fingerprint: Fingerprint::default() }
    }
}

/// A trace as part of a digest that is sent or kept whole.
#[derive(Serialize, Deserialize)]
struct SentTrace {
    spans: Vec<(u32, u32)>,
    #[serde(with = "serde_bytes")]
    heart_rate: Vec<u8>,
    #[serde(with = "columns::as_bytes")]
    speed: Vec<u16>,
    #[serde(with = "columns::as_bytes")]
    gap: Vec<u16>,
    #[serde(with = "serde_bytes")]
    cadence: Vec<u8>,
    #[serde(with = "serde_bytes")]
    flags: Vec<u8>,
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Columns { heart_rate, speed, gap, cadence, flags } = self.columns.once();
        SentTrace { spans: self.spans.clone(), heart_rate, speed, gap, cadence, flags }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Trace, D::Error> {
        let SentTrace { spans, heart_rate, speed, gap, cadence, flags } = SentTrace::deserialize(deserializer)?;
        if [speed.len(), gap.len(), cadence.len(), flags.len()].iter().any(|length| *length != heart_rate.len()) {
            return Err(D::Error::custom("columns of different lengths"));
        }
        let columns = KeptColumns::loose(Columns { heart_rate, speed, gap, cadence, flags });
        Ok(Trace { spans, columns, fingerprint: Fingerprint::default() })
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
    fn a_packed_trace_has_the_same_seconds() {
        let mut trace = Trace::over(vec![(0, 100), (160, 20)]);
        for i in 0..120 {
            let value = (i % 7 > 0).then(|| f64::from(i) / 10.0);
            trace.push(Second { heart_rate_bpm: value.map(|v| v + 120.0), gap_mps: value, ..Second::default() });
        }
        let mut again = Trace::from(trace.packed().expect("packed"));
        assert_eq!((again.len(), &again.spans), (120, &trace.spans));
        assert_eq!((again.fingerprint(), &again), (trace.fingerprint(), &trace));
        assert_eq!((again.packed(), &*again.open()), (trace.packed(), &trace));
        let mut packed = trace.clone();
        packed.pack();
        assert_eq!((packed.len(), &packed), (120, &trace));
        again.push(Second::default());
        assert_eq!((again.len(), again.packed().map(|p| Trace::from(p).len())), (121, Some(121)));
        again.forget_heart_rate();
        assert!(again.beats().iter().all(|bpm| *bpm == 0) && trace.beats().iter().any(|bpm| *bpm > 0));
    }

    #[test]
    fn columns_of_different_lengths_are_no_trace() {
        let sent = |seconds: usize| SentTrace {
            spans: vec![(0, 3)],
            heart_rate: vec![150; 3],
            speed: vec![2800; 3],
            gap: vec![2800; seconds],
            cadence: vec![170; 3],
            flags: vec![3; 3],
        };
        let read = |sent: &SentTrace| postcard::from_bytes::<Trace>(&postcard::to_stdvec(sent).expect("bytes"));
        assert_eq!(read(&sent(3)).map(|trace| trace.len()), Ok(3));
        assert!(read(&sent(2)).is_err());
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
