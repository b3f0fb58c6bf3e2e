//! The seconds of a trace, a column a quantity: seven bytes a second, or a third of that packed.

use crate::packed::{pack, unpack};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// One value a second in each; all of the same length.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Columns {
    /// bpm; 0 where missing.
    pub heart_rate: Vec<u8>,
    /// mm/s; `u16::MAX` where missing.
    pub speed: Vec<u16>,
    /// mm/s on the flat at the same heart rate; `u16::MAX` where missing.
    pub gap: Vec<u16>,
    /// Steps per minute, both feet; 0 where missing.
    pub cadence: Vec<u8>,
    pub flags: Vec<u8>,
}

/// Columns as they are kept: unpacked when they are first looked at, and most of a season never is.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptColumns {
    loose: OnceLock<Columns>,
    packed: Option<PackedColumns>,
}

/// Columns packed, with their length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PackedColumns {
    seconds: u32,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

impl Columns {
    /// Empty, with room for so many seconds and no more: a season holds thousands of them.
    pub fn with_room_for(seconds: usize) -> Columns {
        Columns {
            heart_rate: Vec::with_capacity(seconds),
            speed: Vec::with_capacity(seconds),
            gap: Vec::with_capacity(seconds),
            cadence: Vec::with_capacity(seconds),
            flags: Vec::with_capacity(seconds),
        }
    }

    /// So many seconds of which nothing is known.
    fn unknown(seconds: usize) -> Columns {
        Columns {
            heart_rate: vec![0; seconds],
            speed: vec![u16::MAX; seconds],
            gap: vec![u16::MAX; seconds],
            cadence: vec![0; seconds],
            flags: vec![0; seconds],
        }
    }

    /// One column after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Columns { heart_rate, speed, gap, cadence, flags } = self;
        [heart_rate, &le_bytes(speed), &le_bytes(gap), cadence, flags].map(Vec::as_slice).concat()
    }

    /// What changes from second to second, which is little: it packs into three fifths of what the values do. Of speed on the
    /// flat its distance from speed; of numbers of two bytes first all lower ones.
    fn differences(&self) -> Vec<u8> {
        let Columns { heart_rate, speed, gap, cadence, flags } = self;
        let mut bytes = Vec::with_capacity(7 * flags.len());
        extend_by_differences(&mut bytes, heart_rate);
        extend_by_planes(&mut bytes, speed.iter().copied());
        extend_by_planes(&mut bytes, gap.iter().zip(speed).map(|(gap, speed)| gap.wrapping_sub(*speed)));
        extend_by_differences(&mut bytes, cadence);
        bytes.extend_from_slice(flags);
        bytes
    }

    fn packed(&self) -> Option<PackedColumns> {
        Some(PackedColumns { seconds: u32::try_from(self.flags.len()).ok()?, bytes: pack(&self.differences())? })
    }
}

impl PackedColumns {
    fn unpacked(&self) -> Option<Columns> {
        let seconds = self.seconds as usize;
        let bytes = unpack(&self.bytes).filter(|bytes| bytes.len() == 7 * seconds)?;
        let (heart_rate, rest) = bytes.split_at(seconds);
        let (speed, rest) = rest.split_at(2 * seconds);
        let (gap, rest) = rest.split_at(2 * seconds);
        let (cadence, flags) = rest.split_at(seconds);
        let speed: Vec<u16> = of_planes(speed).collect();
        Some(Columns {
            heart_rate: of_differences(heart_rate),
            gap: of_planes(gap).zip(&speed).map(|(gap, speed)| gap.wrapping_add(*speed)).collect(),
            speed,
            cadence: of_differences(cadence),
            flags: flags.to_vec(),
        })
    }
}

fn extend_by_differences(bytes: &mut Vec<u8>, values: &[u8]) {
    let before = [0].iter().chain(values);
    bytes.extend(values.iter().zip(before).map(|(value, before)| value.wrapping_sub(*before)));
}

fn of_differences(bytes: &[u8]) -> Vec<u8> {
    let mut value = 0_u8;
    let next = |difference: &u8| {
        value = value.wrapping_add(*difference);
        value
    };
    bytes.iter().map(next).collect()
}

/// The lower bytes of the differences, then the upper ones; their sign stands in the lowest bit, so that small ones have no
/// upper byte.
fn extend_by_planes(bytes: &mut Vec<u8>, values: impl Iterator<Item = u16> + Clone) {
    let before = std::iter::once(0).chain(values.clone());
    let difference = |(value, before): (u16, u16)| {
        let signed = value.wrapping_sub(before).cast_signed();
        ((signed << 1) ^ (signed >> 15)).cast_unsigned().to_le_bytes()
    };
    let differences = values.zip(before).map(difference);
    bytes.extend(differences.clone().map(|[lower, _]| lower));
    bytes.extend(differences.map(|[_, upper]| upper));
}

fn of_planes(bytes: &[u8]) -> impl Iterator<Item = u16> {
    let (lower, upper) = bytes.split_at(bytes.len() / 2);
    let mut value = 0_u16;
    lower.iter().zip(upper).map(move |(lower, upper)| {
        let folded = u16::from_le_bytes([*lower, *upper]);
        value = value.wrapping_add((folded >> 1) ^ 0_u16.wrapping_sub(folded & 1));
        value
    })
}

impl KeptColumns {
    pub fn loose(columns: Columns) -> KeptColumns {
        KeptColumns { loose: columns.into(), packed: None }
    }

    pub fn packed(packed: PackedColumns) -> KeptColumns {
        KeptColumns { loose: OnceLock::new(), packed: Some(packed) }
    }

    /// `None` where they cannot be packed.
    pub fn to_packed(&self) -> Option<PackedColumns> {
        self.packed.clone().or_else(|| self.get().packed())
    }

    /// Seconds in them; nothing is unpacked for it.
    pub fn len(&self) -> usize {
        self.packed.as_ref().map_or_else(|| self.get().flags.len(), |packed| packed.seconds as usize)
    }

    #[inline]
    pub fn get(&self) -> &Columns {
        self.loose.get_or_init(|| self.unpacked())
    }

    /// Leaves them as they are where they cannot be packed.
    pub fn pack(&mut self) {
        if let Some(packed) = self.to_packed() {
            *self = KeptColumns::packed(packed);
        }
    }

    /// Unpacked, if they are not so already.
    pub fn opened(&self) -> Option<KeptColumns> {
        self.loose.get().is_none().then(|| KeptColumns::loose(self.unpacked()))
    }

    /// A copy of the columns: what is packed stays so.
    pub fn once(&self) -> Columns {
        self.loose.get().cloned().unwrap_or_else(|| self.unpacked())
    }

    /// The columns, to be changed: what was packed are not they any more.
    pub fn to_mut(&mut self) -> &mut Columns {
        self.get();
        self.packed = None;
        self.loose.get_mut().expect("made two lines before")
    }

    fn unpacked(&self) -> Columns {
        let Some(packed) = &self.packed else { return Columns::default() };
        // Whoever hands over packed columns has made sure that they are as they were packed.
        packed.unpacked().unwrap_or_else(|| Columns::unknown(packed.seconds as usize))
    }
}

impl PartialEq for KeptColumns {
    fn eq(&self, other: &KeptColumns) -> bool {
        self.get() == other.get()
    }
}

/// Two bytes a number, the lower one first.
fn le_bytes(numbers: &[u16]) -> Vec<u8> {
    let mut bytes = vec![0; 2 * numbers.len()];
    bytes.chunks_exact_mut(2).zip(numbers).for_each(|(pair, number)| pair.copy_from_slice(&number.to_le_bytes()));
    bytes
}

/// `None` of an odd number of bytes.
fn from_le_bytes(bytes: &[u8]) -> Option<Vec<u16>> {
    let (pairs, []) = bytes.as_chunks::<2>() else { return None };
    Some(pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
}

/// Two bytes a number: read several times as fast as numbers one by one, and as small once packed.
pub(super) mod as_bytes {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(numbers: &[u16], serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(&super::le_bytes(numbers), serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u16>, D::Error> {
        let bytes: Vec<u8> = serde_bytes::deserialize(deserializer)?;
        super::from_le_bytes(&bytes).ok_or_else(|| D::Error::custom("half a number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(
            seconds in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>(), any::<u8>(), any::<u8>()), 0..200),
        ) {
            let columns = Columns {
                heart_rate: seconds.iter().map(|s| s.0).collect(),
                speed: seconds.iter().map(|s| s.1).collect(),
                gap: seconds.iter().map(|s| s.2).collect(),
                cadence: seconds.iter().map(|s| s.3).collect(),
                flags: seconds.iter().map(|s| s.4).collect(),
            };
            prop_assert_eq!(columns.packed().and_then(|packed| packed.unpacked()), Some(columns));
        }
    }
}
