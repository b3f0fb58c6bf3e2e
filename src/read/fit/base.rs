//! FIT base types: how the bytes of a field are numbers, and which number stands for "not set".

/// A base type of the FIT protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `enum` and `uint8`, read alike.
    Uint8,
    Uint8z,
    Sint8,
    Byte,
    Text,
    Uint16,
    Uint16z,
    Sint16,
    Uint32,
    Uint32z,
    Sint32,
    Uint64,
    Uint64z,
    Sint64,
    Float32,
    Float64,
}

impl Base {
    /// By its code in a definition, of which bits 5 and 6 do not count.
    pub fn of(code: u8) -> Option<Base> {
        Some(match code & 0x9f {
            0x00 | 0x02 => Base::Uint8,
            0x01 => Base::Sint8,
            0x07 => Base::Text,
            0x0a => Base::Uint8z,
            0x0d => Base::Byte,
            0x83 => Base::Sint16,
            0x84 => Base::Uint16,
            0x8b => Base::Uint16z,
            0x85 => Base::Sint32,
            0x86 => Base::Uint32,
            0x8c => Base::Uint32z,
            0x88 => Base::Float32,
            0x89 => Base::Float64,
            0x8e => Base::Sint64,
            0x8f => Base::Uint64,
            0x90 => Base::Uint64z,
            _ => return None,
        })
    }

    /// Bytes of one value.
    pub fn size(self) -> usize {
        match self {
            Base::Uint8 | Base::Uint8z | Base::Sint8 | Base::Byte | Base::Text => 1,
            Base::Uint16 | Base::Uint16z | Base::Sint16 => 2,
            Base::Uint32 | Base::Uint32z | Base::Sint32 | Base::Float32 => 4,
            Base::Uint64 | Base::Uint64z | Base::Sint64 | Base::Float64 => 8,
        }
    }

    /// True if a field of so many bytes holds whole values, and at least one.
    pub fn fills(self, size: u8) -> bool {
        size > 0 && usize::from(size).is_multiple_of(self.size())
    }

    /// The number in a field; of several the first that is set.
    pub fn number(self, field: &[u8], is_big_endian: bool) -> Option<f64> {
        match (self, field) {
            // Bytes are set or not as a whole.
            (Base::Byte, [first, ..]) => field.iter().any(|byte| *byte != u8::MAX).then(|| f64::from(*first)),
            _ if field.len() == self.size() => self.one(field, is_big_endian),
            _ => field.chunks_exact(self.size()).find_map(|value| self.one(value, is_big_endian)),
        }
    }

    /// The number in the bytes of one value, unless it stands for "not set".
    fn one(self, value: &[u8], is_big_endian: bool) -> Option<f64> {
        let signed = |raw: i64, invalid: i64| (raw != invalid).then_some(raw as f64);
        let unsigned = |raw: u64, invalid: u64| (raw != invalid).then_some(raw as f64);
        match (self, value) {
            (Base::Uint8, [raw]) => unsigned(u64::from(*raw), u64::from(u8::MAX)),
            (Base::Uint8z, [raw]) => unsigned(u64::from(*raw), 0),
            (Base::Sint8, [raw]) => signed(i64::from(*raw as i8), i64::from(i8::MAX)),
            (Base::Byte, [raw]) => Some(f64::from(*raw)),
            (Base::Uint16 | Base::Uint16z | Base::Sint16, _) => {
                let raw = u16::from_le_bytes(in_order(value, is_big_endian)?);
                match self {
                    Base::Uint16 => unsigned(u64::from(raw), u64::from(u16::MAX)),
                    Base::Uint16z => unsigned(u64::from(raw), 0),
                    _ => signed(i64::from(raw as i16), i64::from(i16::MAX)),
                }
            }
            (Base::Uint32 | Base::Uint32z | Base::Sint32 | Base::Float32, _) => {
                let raw = u32::from_le_bytes(in_order(value, is_big_endian)?);
                match self {
                    Base::Uint32 => unsigned(u64::from(raw), u64::from(u32::MAX)),
                    Base::Uint32z => unsigned(u64::from(raw), 0),
                    Base::Sint32 => signed(i64::from(raw as i32), i64::from(i32::MAX)),
                    _ => Some(f64::from(f32::from_bits(raw))).filter(|number| number.is_finite()),
                }
            }
            (Base::Uint64 | Base::Uint64z | Base::Sint64 | Base::Float64, _) => {
                let raw = u64::from_le_bytes(in_order(value, is_big_endian)?);
                match self {
                    Base::Uint64 => unsigned(raw, u64::MAX),
                    Base::Uint64z => unsigned(raw, 0),
                    Base::Sint64 => signed(raw as i64, i64::MAX),
                    _ => Some(f64::from_bits(raw)).filter(|number| number.is_finite()),
                }
            }
            _ => None,
        }
    }
}

/// Bytes with the lowest first.
fn in_order<const N: usize>(value: &[u8], is_big_endian: bool) -> Option<[u8; N]> {
    let mut bytes: [u8; N] = value.try_into().ok()?;
    if is_big_endian {
        bytes.reverse();
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_own_number_for_not_set() {
        let unset: [(Base, &[u8]); 11] = [
            (Base::Uint8, &[0xff]),
            (Base::Uint8z, &[0]),
            (Base::Sint8, &[0x7f]),
            (Base::Byte, &[0xff, 0xff]),
            (Base::Uint16, &[0xff, 0xff]),
            (Base::Sint16, &[0xff, 0x7f]),
            (Base::Uint32z, &[0; 4]),
            (Base::Sint32, &[0xff, 0xff, 0xff, 0x7f]),
            (Base::Uint64, &[0xff; 8]),
            (Base::Float32, &[0xff; 4]),
            (Base::Float64, &[0xff; 8]),
        ];
        for (base, bytes) in unset {
            assert_eq!(base.number(bytes, false), None, "{base:?}");
        }
        assert_eq!(Base::Text.number(b"12", false), None);
    }

    #[test]
    fn numbers_in_both_byte_orders() {
        assert_eq!(Base::Sint16.number(&[0xfe, 0xff], false), Some(-2.0));
        assert_eq!(Base::Sint16.number(&[0xff, 0xfe], true), Some(-2.0));
        assert_eq!(Base::Uint32.number(&[0, 0, 1, 2], true), Some(258.0));
        assert_eq!(Base::Float32.number(&1.5_f32.to_le_bytes(), false), Some(1.5));
        assert_eq!(Base::Float64.number(&(-1.5_f64).to_be_bytes(), true), Some(-1.5));
        assert_eq!(Base::Uint64z.number(&5_u64.to_le_bytes(), false), Some(5.0));
    }

    #[test]
    fn of_several_values_the_first_that_is_set_counts() {
        assert_eq!(Base::Uint8.number(&[0xff, 7, 8], false), Some(7.0));
        assert_eq!(Base::Uint16.number(&[0xff, 0xff, 0, 1], true), Some(1.0));
        assert_eq!(Base::Byte.number(&[0xff, 7], false), Some(255.0), "bytes are set as a whole");
    }
}
