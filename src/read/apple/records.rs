//! What was measured, kept small: an export holds millions of records, and their workouts come last.

use super::tags::each_attribute;
use crate::read::xml;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use quick_xml::events::BytesStart;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// More records than that nobody has who wears a watch day and night for decades.
pub const MOST_RECORDS: usize = 16_000_000;
/// A sum over a longer time tells nothing of its seconds.
const LONGEST_SUM_S: i64 = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AppleChannel {
    /// Beats per minute.
    HeartRate,
    /// Metres per second.
    Speed,
    /// Watts.
    Power,
    /// Steps of both feet within the record's time.
    Steps,
    /// Metres covered within the record's time.
    Distance,
    /// Effort as the runner rated it, 1..=10.
    Effort,
}

impl AppleChannel {
    fn of_type(name: &str) -> Option<AppleChannel> {
        Some(match name.strip_prefix("HKQuantityTypeIdentifier")? {
            "HeartRate" => AppleChannel::HeartRate,
            "RunningSpeed" | "WalkingSpeed" | "CyclingSpeed" => AppleChannel::Speed,
            "RunningPower" | "CyclingPower" => AppleChannel::Power,
            "StepCount" => AppleChannel::Steps,
            "DistanceWalkingRunning" | "DistanceCycling" | "DistanceSwimming" => AppleChannel::Distance,
            "WorkoutEffortScore" => AppleChannel::Effort,
            _ => return None,
        })
    }

    /// What one of these units is in ours; `None` if it is no such unit.
    fn factor(self, unit: &str) -> Option<f64> {
        match self {
            AppleChannel::Distance => metres(unit),
            AppleChannel::Speed => match unit.split_once('/')? {
                (length, "hr" | "h") => Some(metres(length)? / 3600.0),
                (length, "min") => Some(metres(length)? / 60.0),
                (length, "s") => metres(length),
                _ => None,
            },
            AppleChannel::HeartRate => Some(if unit == "count/s" { 60.0 } else { 1.0 }),
            AppleChannel::Power | AppleChannel::Steps | AppleChannel::Effort => Some(1.0),
        }
    }

    /// What is less was not measured: no heart beats at 0.
    fn least(self) -> f32 {
        if self == AppleChannel::HeartRate { 1.0 } else { 0.0 }
    }

    /// True where the value is a sum over the record's time.
    pub fn is_sum(self) -> bool {
        matches!(self, AppleChannel::Steps | AppleChannel::Distance)
    }
}

/// A length in metres.
pub fn metres(unit: &str) -> Option<f64> {
    Some(match unit {
        "m" => 1.0,
        "km" => 1000.0,
        "cm" => 0.01,
        "mi" => 1609.344,
        "yd" => 0.9144,
        "ft" => 0.3048,
        _ => return None,
    })
}

/// A measurement in twelve bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppleRecord {
    /// Unix time, UTC.
    pub start_s: u32,
    /// 0 for a moment.
    pub seconds: u8,
    pub channel: AppleChannel,
    /// The app or device it came from, by number.
    pub source: u16,
    pub value: f32,
}

impl AppleRecord {
    pub fn start_ms(&self) -> i64 {
        i64::from(self.start_s) * 1000
    }

    pub fn end_ms(&self) -> i64 {
        self.start_ms() + i64::from(self.seconds) * 1000
    }
}

/// All records of the channels that are read, in the order of the document.
#[derive(Default)]
pub struct Records {
    /// Pieces: one list would be moved as it grows, and be held twice.
    pieces: Vec<Vec<AppleRecord>>,
    count: usize,
    sources: HashMap<String, u16>,
}

const PIECE: usize = 1 << 16;

impl Records {
    /// Takes a `<Record>`, unless it is of no interest; false once there are too many.
    pub fn add(&mut self, tag: &BytesStart<'_>) -> bool {
        let Some(record) = self.read(tag) else { return true };
        if self.count >= MOST_RECORDS {
            return false;
        }
        match self.pieces.last_mut().filter(|piece| piece.len() < PIECE) {
            Some(piece) => piece.push(record),
            None => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(record);
                self.pieces.push(piece);
            }
        }
        self.count += 1;
        true
    }

    fn read(&mut self, tag: &BytesStart<'_>) -> Option<AppleRecord> {
        let mut channel = None;
        let (mut source, mut unit, mut value) = (None, None, None);
        let (mut start, mut end) = (None, None);
        each_attribute(tag, |name, text| {
            match name {
                // It comes first; most records are of no interest.
                "type" => channel = AppleChannel::of_type(&text),
                "sourceName" => source = Some(self.source(&text)),
                "unit" => unit = Some(text.into_owned()),
                "value" => value = xml::number(&text),
                "startDate" => start = moment(&text),
                "endDate" => end = moment(&text),
                _ => {}
            }
            channel.is_some()
        });
        let (channel, start) = (channel?, start?);
        let factor = unit.map_or(Some(1.0), |unit| channel.factor(&unit))?;
        let seconds = end.map_or(0, |end| end.unix_s - start.unix_s);
        if seconds < 0 || channel.is_sum() && !(1..=LONGEST_SUM_S).contains(&seconds) {
            return None;
        }
        Some(AppleRecord {
            start_s: u32::try_from(start.unix_s).ok()?,
            seconds: u8::try_from(seconds).unwrap_or(u8::MAX),
            channel,
            source: source.unwrap_or_default(),
            value: value.map(|v| (v * factor) as f32).filter(|v| v.is_finite() && *v >= channel.least())?,
        })
    }

    fn source(&mut self, name: &str) -> u16 {
        if let Some(known) = self.sources.get(name) {
            return *known;
        }
        let next = u16::try_from(self.sources.len() + 1).unwrap_or(0);
        if next > 0 {
            self.sources.insert(name.to_owned(), next);
        }
        next
    }

    /// Hands over all records and forgets them piece by piece.
    pub fn drain(self, mut each: impl FnMut(AppleRecord)) {
        for piece in self.pieces {
            piece.into_iter().for_each(&mut each);
        }
    }
}

/// A moment and the offset of its clock from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppleTime {
    pub unix_s: i64,
    pub offset_s: i32,
}

/// A time as exports write it: `2026-03-01 07:12:45 +0100`; some with `AM` or `PM`.
pub fn moment(text: &str) -> Option<AppleTime> {
    let mut parts = text.split_ascii_whitespace();
    let (date, time, mut rest) = (parts.next()?, parts.next()?, parts.next()?);
    let mut hours_more = None;
    if rest.eq_ignore_ascii_case("am") || rest.eq_ignore_ascii_case("pm") {
        hours_more = Some(if rest.eq_ignore_ascii_case("pm") { 12 } else { 0 });
        rest = parts.next()?;
    }
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let hour = hours_more.map_or(hour, |more| hour % 12 + more);
    let small = |number: i16| i8::try_from(number).ok();
    let date = Date::new(year, small(month)?, small(day)?).ok()?;
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    let digits = rest.get(1..)?.parse::<i32>().ok().filter(|_| rest.len() == 5)?;
    let offset_s = (digits / 100 * 3600 + digits % 100 * 60) * if rest.starts_with('-') { -1 } else { 1 };
    let clock = DateTime::from_parts(date, time);
    let unix_s = Offset::UTC.to_timestamp(clock).ok()?.as_second() - i64::from(offset_s);
    Some(AppleTime { unix_s, offset_s })
}

fn numbers(text: &str, mark: char) -> Option<[i16; 3]> {
    let mut numbers = text.split(mark).map(|number| number.parse::<i16>().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_their_offsets() {
        let at = |unix_s, offset_s| Some(AppleTime { unix_s, offset_s });
        let cases = [
            ("2018-02-21 14:30:50 +0000", at(1_519_223_450, 0)),
            ("2018-02-21 15:30:50 +0100", at(1_519_223_450, 3600)),
            ("2018-02-21 11:00:50 -0330", at(1_519_223_450, -12_600)),
            ("2018-02-21 2:30:50 PM +0000", at(1_519_223_450, 0)),
            ("2018-02-21 12:00:00 am +0000", at(1_519_171_200, 0)),
            ("2018-02-30 14:30:50 +0000", None),
            ("2018-02-21 25:30:50 +0000", None),
            ("2018-02-21 14:30:50", None),
            ("2018-02-21 14:30:50 +1", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text), expected, "{text}");
        }
    }

    fn read(attributes: &str) -> Option<AppleRecord> {
        let content = format!("Record {attributes}");
        Records::default().read(&BytesStart::from_content(content, "Record".len()))
    }

    #[test]
    fn units_become_ours() {
        let of = |kind: &str, unit: &str, value: &str, until: &str| {
            read(&format!(
                r#"type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" unit="{unit}" creationDate="-"
                   startDate="2018-02-21 14:30:50 +0000" endDate="2018-02-21 {until} +0000" value="{value}""#
            ))
            .map(|r| (r.channel, r.seconds, (f64::from(r.value) * 1000.0).round() / 1000.0))
        };
        let cases = [
            (of("HeartRate", "count/min", "141", "14:30:50"), Some((AppleChannel::HeartRate, 0, 141.0))),
            (of("RunningSpeed", "km/hr", "10.8", "14:30:55"), Some((AppleChannel::Speed, 5, 3.0))),
            (of("RunningSpeed", "mi/hr", "5", "14:30:55"), Some((AppleChannel::Speed, 5, 2.235))),
            (of("DistanceWalkingRunning", "km", "0.0125", "14:30:54"), Some((AppleChannel::Distance, 4, 12.5))),
            (of("DistanceWalkingRunning", "mi", "1", "14:50:50"), None),
            (of("DistanceWalkingRunning", "AU", "1", "14:30:54"), None),
            (of("StepCount", "count", "14", "14:30:55"), Some((AppleChannel::Steps, 5, 14.0))),
            (of("StepCount", "count", "14", "14:30:50"), None),
            (of("StepCount", "count", "14", "14:30:40"), None),
            (of("RunningPower", "W", "-3", "14:30:50"), None),
            (of("BodyMass", "kg", "70", "14:30:50"), None),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
        assert_eq!(size_of::<AppleRecord>(), 12);
    }
}
