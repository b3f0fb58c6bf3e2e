//! A workout with what was measured during it.

use super::records::{AppleChannel, AppleRecord, metres, moment};
use super::tags::each_attribute;
use crate::activity::{DeviceTotals, Sex, Sport, SubSport, TimerEvent};
use crate::read::xml;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use quick_xml::events::BytesStart;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;

/// What is longer was never stopped, or its clock was set: ten days.
const LONGEST_S: i64 = 10 * 86_400;
/// More pauses or pieces of route than that no workout has.
const MOST_PARTS: usize = 2000;

/// A workout. What becomes of it depends on this alone, and on the routes it names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workout {
    /// `workoutActivityType`, without what all of them begin with.
    pub kind: String,
    /// Unix time, UTC.
    pub start_s: i64,
    /// Unix time of its end, UTC, s.
    pub end_s: i64,
    /// Of the clock of the phone that exported it: the phone's own zone at the time of the workout.
    pub phone_offset_s: i32,
    /// Local clock minus UTC where the workout was, by its time zone.
    pub offset_s: Option<i32>,
    /// Time on the timer in seconds.
    pub duration_s: Option<f64>,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Climb, m.
    pub ascent_m: Option<f64>,
    /// Mean heart rate, bpm.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest heart rate, bpm.
    pub heart_rate_max_bpm: Option<f64>,
    /// Done indoors, as the export says.
    pub is_indoor: bool,
    /// What recorded it.
    pub device: Option<String>,
    /// Where its routes lie, seen from the export.
    pub routes: Vec<String>,
    /// When it was paused.
    pub pauses: Vec<Pause>,
    /// In order of time, of one source a channel.
    pub records: Vec<AppleRecord>,
    /// Of the runner, as the export has it.
    pub sex: Option<Sex>,
    /// On the day of the workout.
    pub age_years: Option<f64>,
}

/// The timer stopped or went on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pause {
    pub at_s: i64,
    pub begins: bool,
    /// By itself, when the runner stood still.
    pub is_automatic: bool,
}

impl Workout {
    /// From the attributes of `<Workout>`; `None` where it has no credible time.
    pub fn read(tag: &BytesStart<'_>) -> Option<Workout> {
        let mut workout = Workout::default();
        let (mut start, mut end) = (None, None);
        let (mut duration, mut duration_unit) = (None, String::new());
        let (mut distance, mut distance_unit) = (None, String::new());
        let mut source = None;
        each_attribute(tag, |name, text| {
            match name {
                "workoutActivityType" => {
                    workout.kind = text.strip_prefix("HKWorkoutActivityType").unwrap_or(&text).to_owned();
                }
                "startDate" => start = moment(&text),
                "endDate" => end = moment(&text),
                "duration" => duration = xml::number(&text),
                "durationUnit" => duration_unit = text.into_owned(),
                "totalDistance" => distance = xml::number(&text),
                "totalDistanceUnit" => distance_unit = text.into_owned(),
                "device" => workout.device = device_name(&unescaped(&text)),
                "sourceName" => source = Some(unescaped(&text)),
                _ => {}
            }
            true
        });
        (workout.start_s, workout.end_s) = (start?.unix_s, end?.unix_s);
        workout.phone_offset_s = start?.offset_s;
        workout.duration_s = duration.map(|d| d * seconds(&duration_unit)).filter(|s| *s > 0.0);
        workout.distance_m = distance.zip(metres(&distance_unit)).map(|(d, m)| d * m).filter(|m| *m > 0.0);
        workout.device = workout.device.or(source);
        (1..=LONGEST_S).contains(&(workout.end_s - workout.start_s)).then_some(workout)
    }

    /// Takes an element within the workout.
    pub fn add(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "MetadataEntry" => self.add_metadata(tag),
            "WorkoutStatistics" => self.add_statistics(tag),
            "WorkoutEvent" if self.pauses.len() < MOST_PARTS => self.pauses.extend(pause(tag)),
            "FileReference" if self.routes.len() < MOST_PARTS => {
                self.routes.extend(xml::attribute(tag, "path").map(|path| path.trim_start_matches('/').to_owned()));
            }
            _ => {}
        }
    }

    fn add_metadata(&mut self, tag: &BytesStart<'_>) {
        let value = || xml::attribute(tag, "value");
        match xml::attribute(tag, "key").as_deref() {
            Some("HKTimeZone") => {
                let zone = value().and_then(|name| TimeZone::get(&name).ok());
                let start = Timestamp::from_second(self.start_s).ok();
                self.offset_s = zone.zip(start).map(|(zone, start)| zone.to_offset(start).seconds());
            }
            Some("HKIndoorWorkout") => self.is_indoor = value().as_deref() == Some("1"),
            Some("HKElevationAscended") => {
                self.ascent_m = value().and_then(|text| {
                    let (number, unit) = text.split_once(' ')?;
                    Some(xml::number(number)? * metres(unit)?)
                });
            }
            _ => {}
        }
    }

    fn add_statistics(&mut self, tag: &BytesStart<'_>) {
        let number = |name: &str| xml::number_attribute(tag, name).filter(|n| *n > 0.0);
        match xml::attribute(tag, "type").as_deref().and_then(|t| t.strip_prefix("HKQuantityTypeIdentifier")) {
            Some("HeartRate") => {
                self.heart_rate_mean_bpm = number("average");
                self.heart_rate_max_bpm = number("maximum");
            }
            Some("DistanceWalkingRunning" | "DistanceCycling" | "DistanceSwimming") => {
                let unit = xml::attribute(tag, "unit").and_then(|unit| metres(&unit));
                self.distance_m = number("sum").zip(unit).map(|(sum, m)| sum * m).or(self.distance_m);
            }
            _ => {}
        }
    }

    /// The sport that its type stands for.
    pub fn sport(&self) -> (Sport, SubSport) {
        let sport = match self.kind.as_str() {
            "Running" => Sport::Running,
            "Walking" | "Hiking" => Sport::Walking,
            "Cycling" => Sport::Cycling,
            "Swimming" => Sport::Swimming,
            // The list of kinds is long: what is called "Other" is no run either.
            _ => Sport::Other,
        };
        let indoor = self.is_indoor && sport == Sport::Running;
        (sport, if indoor { SubSport::IndoorRunning } else { SubSport::Generic })
    }

    /// What the export adds up.
    pub fn totals(&self) -> DeviceTotals {
        let elapsed_s = (self.end_s - self.start_s) as f64;
        DeviceTotals {
            distance_m: self.distance_m,
            elapsed_s: Some(elapsed_s),
            timer_s: self.duration_s.filter(|s| *s <= elapsed_s + 1.0).or(Some(elapsed_s)),
            ascent_m: self.ascent_m,
            heart_rate_mean_bpm: self.heart_rate_mean_bpm,
            heart_rate_max_bpm: self.heart_rate_max_bpm,
            ..DeviceTotals::default()
        }
    }

    /// When the timer started, stopped and went on. Automatic pauses count where the duration agrees.
    pub fn timer(&self) -> Vec<TimerEvent> {
        let all = self.timer_with(|_| true);
        let own = self.timer_with(|pause| !pause.is_automatic);
        let Some(duration_s) = self.duration_s else { return all };
        let miss = |timer: &[TimerEvent]| (on_s(timer) - duration_s).abs();
        if miss(&own) < miss(&all) { own } else { all }
    }

    fn timer_with(&self, counts: impl Fn(&Pause) -> bool) -> Vec<TimerEvent> {
        let mut pauses: Vec<Pause> = self.pauses.iter().filter(|pause| counts(pause)).copied().collect();
        pauses.sort_by_key(|pause| pause.at_s);
        let event = |at_s: i64, running| TimerEvent { time_ms: at_s * 1000, running };
        let mut timer = vec![event(self.start_s, true)];
        let (mut stopped, mut stands) = (false, false);
        for pause in pauses.iter().filter(|pause| (self.start_s..=self.end_s).contains(&pause.at_s)) {
            let was_on = !stopped && !stands;
            *(if pause.is_automatic { &mut stands } else { &mut stopped }) = pause.begins;
            let is_on = !stopped && !stands;
            if is_on != was_on {
                timer.push(event(pause.at_s, is_on));
            }
        }
        if timer.last().is_some_and(|last| last.running) {
            timer.push(event(self.end_s, false));
        }
        timer
    }

    /// Records of each channel from the source that has the most of them: a phone counts the steps of a watch again.
    pub fn keep_best_sources(&mut self) {
        let mut counts: HashMap<(AppleChannel, u16), usize> = HashMap::new();
        for record in &self.records {
            *counts.entry((record.channel, record.source)).or_default() += 1;
        }
        let mut best: HashMap<AppleChannel, (usize, Reverse<u16>)> = HashMap::new();
        for ((channel, source), count) in counts {
            let most = best.entry(channel).or_default();
            *most = (count, Reverse(source)).max(*most);
        }
        let best = |channel: AppleChannel| best.get(&channel).map(|(_, source)| source.0);
        let records = std::mem::take(&mut self.records);
        self.records = records.into_iter().filter(|r| best(r.channel) == Some(r.source)).collect();
        self.records.sort_by_key(|r| (r.start_s, r.channel, r.seconds));
        self.records.dedup_by_key(|r| (r.start_s, r.channel));
        // Numbers of sources depend on the rest of the document.
        self.records.iter_mut().for_each(|r| r.source = 0);
    }

    /// Whole years from this day to the workout.
    pub fn years_since(&self, born: Date) -> Option<f64> {
        let day = Timestamp::from_second(self.start_s).ok()?.to_zoned(TimeZone::UTC).date();
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        let years = day.year() - born.year() - i16::from(!had_birthday);
        (0..=120).contains(&years).then(|| f64::from(years))
    }

    /// All of it as bytes, to be known by.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        size_of::<Workout>() + self.records.len() * size_of::<AppleRecord>() + self.pauses.len() * size_of::<Pause>()
    }
}

/// Seconds for which the timer was on.
fn on_s(timer: &[TimerEvent]) -> f64 {
    let on_ms: i64 =
        timer.windows(2).filter(|pair| pair[0].running).map(|pair| pair[1].time_ms - pair[0].time_ms).sum();
    on_ms as f64 / 1000.0
}

fn seconds(unit: &str) -> f64 {
    match unit {
        "s" | "sec" => 1.0,
        "hr" | "h" => 3600.0,
        _ => 60.0,
    }
}

fn pause(tag: &BytesStart<'_>) -> Option<Pause> {
    let at_s = moment(&xml::attribute(tag, "date")?)?.unix_s;
    let (begins, is_automatic) = match xml::attribute(tag, "type")?.strip_prefix("HKWorkoutEventType")? {
        "Pause" => (true, false),
        "Resume" => (false, false),
        "MotionPaused" => (true, true),
        "MotionResumed" => (false, true),
        _ => return None,
    };
    Some(Pause { at_s, begins, is_automatic })
}

/// Name and model in `<<HKDevice: 0x1>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, …>`.
fn device_name(text: &str) -> Option<String> {
    let field = |key: &str| {
        let from = text.find(key)? + key.len();
        let value = text[from..].split(", ").next()?.trim_end_matches('>').trim();
        (!value.is_empty()).then_some(value)
    };
    let name = field("name:")?;
    Some(field("hardware:").map_or_else(|| name.to_owned(), |model| format!("{name} ({model})")))
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
