//! `record` messages, nearly all of a recording, read straight from their bytes: where each field lies is worked out once a
//! definition, and a record costs no allocation.

use super::base::Base;
use super::field::record;
use super::values::{self, CompressedSpeedDistance};
use crate::activity::{Sample, watts};
use crate::read::position;
use std::collections::HashMap;

/// What one record says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitRecord {
    /// `cadence_spm` still holds what the file counts: strides or turns per minute.
    pub sample: Sample,
    /// Power from a developer field, with the rank of that field.
    pub developer_power: Option<(usize, f64)>,
}

/// Developer fields that hold running power, by developer index and field number.
pub type PowerFields = HashMap<(u8, u8), PowerField>;

/// A developer field that holds running power.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerField {
    /// The first described goes before the others.
    pub rank: usize,
    pub name: String,
    pub base: Base,
    pub scale: f64,
    pub offset: f64,
}

/// Where the fields of the records of one definition lie.
#[derive(Debug, Default)]
pub struct Layout {
    fields: Vec<FieldPlace>,
    power: Vec<(FieldPlace, PowerField)>,
    is_big_endian: bool,
}

#[derive(Clone, Copy, Debug)]
struct FieldPlace {
    number: u8,
    base: Base,
    from: usize,
    until: usize,
}

impl FieldPlace {
    fn bytes(self, body: &[u8]) -> &[u8] {
        body.get(self.from..self.until).unwrap_or_default()
    }
}

impl Layout {
    pub fn new(is_big_endian: bool) -> Self {
        Layout { is_big_endian, ..Layout::default() }
    }

    /// A native field lies at this byte. What nobody reads or fits no type is stepped over.
    pub fn native(&mut self, [number, size, base]: [u8; 3], from: usize) {
        if let Some(base) = Base::of(base).filter(|base| base.fills(size) && record::NUMBERS.contains(&number)) {
            self.fields.push(FieldPlace { number, base, from, until: from + usize::from(size) });
        }
    }

    /// A developer field lies at this byte.
    pub fn developer(&mut self, [number, size, index]: [u8; 3], from: usize, fields: &PowerFields) {
        if let Some(field) = fields.get(&(index, number)).filter(|field| field.base.fills(size)) {
            let place = FieldPlace { number, base: field.base, from, until: from + usize::from(size) };
            self.power.push((place, field.clone()));
        }
    }

    /// True if its records say nothing but the time.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.power.is_empty()
    }

    /// The record with these bytes.
    pub fn read(&self, body: &[u8], time: u32, counter: &mut CompressedSpeedDistance) -> FitRecord {
        let mut sample = Sample { time_ms: values::unix_ms(u64::from(time)), ..Sample::default() };
        let mut place = (None, None);
        let mut enhanced = (None, None);
        let mut compressed = None;
        let mut fraction = 0.0;
        for field in &self.fields {
            if field.number == record::COMPRESSED_SPEED_DISTANCE.number {
                compressed = packed(field.base, field.bytes(body)).map(|bytes| counter.decode(bytes)).or(compressed);
                continue;
            }
            let Some(raw) = field.base.number(field.bytes(body), self.is_big_endian) else { continue };
            match field.number {
                n if n == record::POSITION_LAT.number => place.0 = Some(values::degrees(raw)),
                n if n == record::POSITION_LONG.number => place.1 = Some(values::degrees(raw)),
                n if n == record::ALTITUDE.number => sample.altitude_m = values::altitude_m(raw),
                n if n == record::HEART_RATE.number => sample.heart_rate_bpm = Some(raw).filter(|bpm| *bpm > 0.0),
                n if n == record::CADENCE.number => sample.cadence_spm = Some(raw),
                n if n == record::DISTANCE.number => sample.distance_m = Some(record::DISTANCE.value(raw)),
                n if n == record::SPEED.number => sample.speed_mps = Some(record::SPEED.value(raw)),
                n if n == record::POWER.number => sample.power_w = watts(Some(raw)),
                n if n == record::FRACTIONAL_CADENCE.number => fraction = record::FRACTIONAL_CADENCE.value(raw),
                n if n == record::ENHANCED_SPEED.number => enhanced.0 = Some(record::ENHANCED_SPEED.value(raw)),
                n if n == record::ENHANCED_ALTITUDE.number => enhanced.1 = values::altitude_m(raw),
                _ => {}
            }
        }
        sample.position = position(place.0, place.1);
        sample.speed_mps = enhanced.0.or(sample.speed_mps).or(compressed.map(|(speed, _)| speed));
        sample.altitude_m = enhanced.1.or(sample.altitude_m);
        sample.distance_m = sample.distance_m.or(compressed.map(|(_, distance)| distance));
        sample.cadence_spm = sample.cadence_spm.map(|cadence| cadence + fraction);
        FitRecord { sample, developer_power: self.developer_power(body) }
    }

    /// Power of the first described field that is set.
    fn developer_power(&self, body: &[u8]) -> Option<(usize, f64)> {
        let set = self.power.iter().filter_map(|(place, field)| {
            let raw = place.base.number(place.bytes(body), self.is_big_endian)?;
            Some((field.rank, raw / field.scale - field.offset))
        });
        set.min_by_key(|(rank, _)| *rank)
    }
}

/// The bytes of a packed field, if they are set: of bytes as a whole, of numbers each.
fn packed(base: Base, bytes: &[u8]) -> Option<[u8; 3]> {
    let three: [u8; 3] = bytes.try_into().ok().filter(|_| base.size() == 1)?;
    let is_set = match base {
        Base::Byte => three != [u8::MAX; 3],
        _ => three.iter().all(|byte| base.number(&[*byte], false).is_some_and(|number| number >= 0.0)),
    };
    is_set.then_some(three)
}
