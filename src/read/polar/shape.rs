//! The document, in both of its shapes. What has an unexpected form is missing.

use crate::read::xml;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct PolarSession {
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    pub start_time: PolarTime,
    /// Minutes; the letters differ with the years.
    #[serde(alias = "timezoneOffset", alias = "timezoneOffsetMinutes", deserialize_with = "number")]
    time_zone_offset: Option<f64>,
    physical_information_snapshot: Option<Person>,
    physical_information: Option<Person>,
    pub product: Option<Product>,
    #[serde(deserialize_with = "or_default")]
    pub exercises: Vec<PolarExercise>,
}

impl PolarSession {
    pub fn offset_min(&self) -> Option<f64> {
        self.time_zone_offset
    }

    pub fn person(&self) -> Option<&Person> {
        self.physical_information_snapshot.as_ref().or(self.physical_information.as_ref())
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct Product {
    #[serde(deserialize_with = "text")]
    pub model_name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct Person {
    #[serde(deserialize_with = "text")]
    pub sex: Option<String>,
    #[serde(deserialize_with = "text")]
    pub birthday: Option<String>,
    #[serde(deserialize_with = "number")]
    pub maximum_heart_rate: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub resting_heart_rate: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub anaerobic_threshold: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct PolarExercise {
    pub start_time: PolarTime,
    pub stop_time: PolarTime,
    #[serde(alias = "timezoneOffset", alias = "timezoneOffsetMinutes", deserialize_with = "number")]
    time_zone_offset: Option<f64>,
    /// ISO 8601.
    #[serde(deserialize_with = "text")]
    pub duration: Option<String>,
    #[serde(deserialize_with = "number")]
    pub duration_millis: Option<f64>,
    /// Metres, as the next one.
    #[serde(deserialize_with = "number")]
    pub distance: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub distance_meters: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub ascent: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub descent: Option<f64>,
    pub sport: SportName,
    heart_rate: Option<Statistic>,
    #[serde(deserialize_with = "or_default")]
    statistics: Statistics,
    #[serde(deserialize_with = "or_default")]
    pub samples: PolarSamples,
    #[serde(deserialize_with = "or_default")]
    pub routes: Routes,
    /// A plan has these.
    phases: Option<IgnoredAny>,
}

impl PolarExercise {
    pub fn offset_min(&self) -> Option<f64> {
        self.time_zone_offset
    }

    /// Mean and maximum in beats per minute.
    pub fn heart_rate(&self) -> (Option<f64>, Option<f64>) {
        let of_type = || self.statistics.statistics.iter().find(|s| s.kind.as_deref() == Some("HEART_RATE"));
        self.heart_rate.as_ref().or_else(of_type).map_or((None, None), |s| (s.avg, s.max))
    }

    /// True of what is still to be done: it neither ended nor took any time.
    pub fn is_planned(&self) -> bool {
        self.phases.is_some()
            || self.stop_time == PolarTime::None && self.duration.is_none() && self.duration_millis.is_none()
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Statistics {
    #[serde(deserialize_with = "or_default")]
    statistics: Vec<Statistic>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Statistic {
    #[serde(rename = "type", deserialize_with = "text")]
    kind: Option<String>,
    #[serde(deserialize_with = "number")]
    avg: Option<f64>,
    #[serde(deserialize_with = "number")]
    max: Option<f64>,
}

/// A word, or in the later shape a number that stands for one.
#[derive(Default)]
pub struct SportName(Option<String>);

impl SportName {
    pub fn name(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<'de> Deserialize<'de> for SportName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(SportName)
    }
}

/// Channels by their names, in the later shape in a list of their own.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct PolarSamples {
    #[serde(deserialize_with = "or_default")]
    pub heart_rate: Vec<PolarPoint>,
    #[serde(deserialize_with = "or_default")]
    pub altitude: Vec<PolarPoint>,
    #[serde(deserialize_with = "or_default")]
    pub speed: Vec<PolarPoint>,
    #[serde(deserialize_with = "or_default")]
    pub cadence: Vec<PolarPoint>,
    #[serde(deserialize_with = "or_default")]
    pub distance: Vec<PolarPoint>,
    #[serde(deserialize_with = "or_default")]
    pub recorded_route: Vec<PolarPlace>,
    #[serde(deserialize_with = "or_default")]
    pub samples: Vec<Stream>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct PolarPoint {
    pub date_time: PolarTime,
    #[serde(deserialize_with = "number")]
    pub value: Option<f64>,
}

/// A channel with one value after each interval.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct Stream {
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "number")]
    pub interval_millis: Option<f64>,
    #[serde(deserialize_with = "or_default")]
    pub values: Vec<Option<f64>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Routes {
    #[serde(deserialize_with = "or_default")]
    pub route: Route,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct Route {
    pub start_time: PolarTime,
    #[serde(deserialize_with = "or_default")]
    pub way_points: Vec<PolarPlace>,
}

/// A point of a route: with its time, or with the time since the route's start.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub struct PolarPlace {
    pub date_time: PolarTime,
    #[serde(deserialize_with = "number")]
    pub elapsed_millis: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub latitude: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub longitude: Option<f64>,
    #[serde(deserialize_with = "number")]
    pub altitude: Option<f64>,
}

/// A time as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum PolarTime {
    #[default]
    None,
    /// Unix milliseconds, UTC.
    Utc(i64),
    /// What the clock at the place showed, as milliseconds since it showed the beginning of 1970.
    Local(i64),
}

impl PolarTime {
    pub fn read(text: &str) -> PolarTime {
        if let Ok(instant) = text.parse::<Timestamp>() {
            return PolarTime::Utc(instant.as_millisecond());
        }
        let clock = text.parse::<DateTime>().and_then(|clock| Offset::UTC.to_timestamp(clock));
        clock.map_or(PolarTime::None, |clock| PolarTime::Local(clock.as_millisecond()))
    }
}

impl<'de> Deserialize<'de> for PolarTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match deserializer.deserialize_any(AnyVisitor)? {
            AnyJson::Text(text) => PolarTime::read(&text),
            AnyJson::Number(_) | AnyJson::Nothing => PolarTime::None,
        })
    }
}

/// A value that may have any form.
enum AnyJson<'de> {
    Text(Cow<'de, str>),
    Number(f64),
    Nothing,
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = AnyJson<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Number(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Number(number as f64))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Number(number as f64))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Nothing)
    }

    fn visit_unit<E: de::Error>(self) -> Result<AnyJson<'de>, E> {
        Ok(AnyJson::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AnyJson<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(AnyJson::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AnyJson<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(AnyJson::Nothing)
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match deserializer.deserialize_any(AnyVisitor)? {
        AnyJson::Text(text) => Some(text.into_owned()),
        AnyJson::Number(_) | AnyJson::Nothing => None,
    })
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match deserializer.deserialize_any(AnyVisitor)? {
        AnyJson::Number(number) => Some(number).filter(|number| number.is_finite()),
        AnyJson::Text(text) => xml::number(&text),
        AnyJson::Nothing => None,
    })
}

/// What is `null` is as if it were not there.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
