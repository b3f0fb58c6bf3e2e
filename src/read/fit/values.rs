//! Raw FIT values to numbers. Sentinels are gone by the time they get here: fitparser drops them, and so does
//! [`super::base`].

use fitparser::Value;
use std::collections::HashMap;

/// The fields of a message, by number.
pub type Fields = HashMap<u8, Value>;

/// Seconds from 1970-01-01 to 1989-12-31, where FIT time begins.
pub const FIT_EPOCH_S: i64 = 631_065_600;

/// The number in a value; of an array the first that is set.
pub fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Byte(v) | Value::Enum(v) | Value::UInt8(v) | Value::UInt8z(v) => f64::from(*v),
        Value::SInt8(v) => f64::from(*v),
        Value::SInt16(v) => f64::from(*v),
        Value::UInt16(v) | Value::UInt16z(v) => f64::from(*v),
        Value::SInt32(v) => f64::from(*v),
        Value::UInt32(v) | Value::UInt32z(v) => f64::from(*v),
        Value::SInt64(v) => *v as f64,
        Value::UInt64(v) | Value::UInt64z(v) => *v as f64,
        Value::Float32(v) => f64::from(*v),
        Value::Float64(v) => *v,
        Value::Array(values) => return values.iter().find_map(number),
        Value::String(_) | Value::Timestamp(_) | Value::Invalid => return None,
    };
    number.is_finite().then_some(number)
}

/// A whole number that is not negative: an enum, an index, a time stamp.
pub fn unsigned(value: &Value) -> Option<u64> {
    number(value).filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64)
}

/// A text that says something.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        _ => None,
    }
}

/// Unix time in milliseconds of a FIT time stamp. A file may declare it wider than it is: no number overflows.
pub fn unix_ms(fit_s: u64) -> i64 {
    i64::try_from(fit_s).unwrap_or(i64::MAX).saturating_add(FIT_EPOCH_S).saturating_mul(1000)
}

/// Degrees of an angle in semicircles, 2^31 of which make 180°.
pub fn degrees(semicircles: f64) -> f64 {
    semicircles * (180.0 / 2_147_483_648.0)
}

/// Metres of an altitude stored in fifths of a metre above -500 m. Zero stands for "not measured".
pub fn altitude_m(raw: f64) -> Option<f64> {
    (raw > 0.0).then(|| raw / 5.0 - 500.0)
}

/// Counts on the distance of `compressed_speed_distance`, whose 12 bits of 1/16 m wrap around.
#[derive(Default)]
pub struct CompressedSpeedDistance {
    last_raw: Option<u32>,
    sixteenths: u64,
}

impl CompressedSpeedDistance {
    /// Speed in m/s and the distance in metres counted up so far.
    pub fn decode(&mut self, bytes: [u8; 3]) -> (f64, f64) {
        let [low, middle, high] = bytes.map(u32::from);
        let speed = low | (middle & 0xf) << 8;
        let distance = middle >> 4 | high << 4;
        let step = distance.wrapping_sub(self.last_raw.unwrap_or(0)) & 0xfff;
        self.last_raw = Some(distance);
        self.sixteenths += u64::from(step);
        (f64::from(speed) / 100.0, self.sixteenths as f64 / 16.0)
    }
}
