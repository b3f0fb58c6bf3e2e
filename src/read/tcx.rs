//! TCX: Garmin Training Center and everything that exports to it.

use super::summary::Maker;
use super::time::{self, UnreadableTime};
use super::xml::{self, Stop, Tag, Tags};
use super::{FileKind, Meter, ReadError, Reading, has_steps, position, sport, timestamp};
use crate::activity::{Activity, DeviceTotals, Format, ReadNote, Sample, watts};
use crate::shown::Text;
use quick_xml::events::BytesStart;

/// Reads every `<Activity>`, those of a multisport session too.
pub fn read(document: &str, meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let mut reader = TcxReader::new(document, meter);
    let broken = Stop::reason(reader.run())?;
    let kind = reader.other_kind;
    let unreadable = std::mem::take(&mut reader.unreadable);
    if let (Some(last), Some(_)) = (reader.activities.last_mut(), &broken) {
        last.is_cut = true;
    }
    let mut maker = Maker::new();
    let mut activities: Vec<Activity> =
        reader.activities.into_iter().filter_map(|recorded| recorded.finish(&mut maker)).collect();
    if let Some(last) = activities.last_mut() {
        last.notes.extend(broken.map(|reason| ReadNote::Broken { reason }));
        return Ok(Reading::Activities(activities));
    }
    match (broken, kind) {
        (Some(reason), _) => Err(ReadError::Xml { reason }),
        (None, Some(kind)) => Ok(Reading::NotAnActivity(kind)),
        (None, None) => Err(unreadable.error().unwrap_or(ReadError::NoSamples)),
    }
}

/// An activity as far as it has been read.
struct Recorded {
    activity: Activity,
    laps: Vec<TcxLap>,
    /// Points left out because they have no time.
    untimed: usize,
    /// The document breaks in it: what it lacks may be lost.
    is_cut: bool,
}

/// What a lap says of itself.
#[derive(Default)]
struct TcxLap {
    start_ms: Option<i64>,
    timer_s: Option<f64>,
    distance_m: Option<f64>,
    heart_rate_mean_bpm: Option<f64>,
    heart_rate_max_bpm: Option<f64>,
    has_track: bool,
}

struct TcxReader<'a> {
    tags: Tags<'a>,
    meter: &'a Meter<'a>,
    activities: Vec<Recorded>,
    other_kind: Option<FileKind>,
    unreadable: UnreadableTime,
    starts_segment: bool,
    /// Names of the open elements between `<Activity>` and the one that is read, outside of points.
    path: Vec<String>,
}

/// A lap that begins later than this after the timer of the one before ran out was begun after a pause.
const LAP_SLACK_MS: f64 = 2000.0;

/// An activity weighs as much as so many samples, and so does a lap.
const ACTIVITY_RECORDS: usize = 8;
const LAP_RECORDS: usize = 1;

/// Notes longer than this are a diary and no title.
const MAX_NAME_CHARS: usize = 100;

impl<'a> TcxReader<'a> {
    fn new(document: &'a str, meter: &'a Meter<'a>) -> Self {
        TcxReader {
            tags: Tags::new(document),
            meter,
            activities: Vec::new(),
            other_kind: None,
            unreadable: UnreadableTime::default(),
            starts_segment: false,
            path: Vec::new(),
        }
    }

    fn run(&mut self) -> Result<(), Stop> {
        while let Some(tag) = self.tags.next()? {
            match tag {
                Tag::Open(tag) => self.open(&tag)?,
                Tag::Close(_) => self.close(),
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        let local_name = tag.local_name();
        let name = local_name.as_ref();
        match (name, self.activities.last_mut()) {
            ("Activity", _) => {
                self.meter.records(ACTIVITY_RECORDS)?;
                self.activities.push(Recorded::new(xml::attribute(tag, "Sport").as_deref()));
            }
            // Changing shoes belongs to neither sport.
            ("Transition", _) => return self.tags.skip(),
            ("Lap", Some(recorded)) => {
                self.meter.records(LAP_RECORDS)?;
                recorded.open_lap(xml::attribute(tag, "StartTime").as_deref());
            }
            ("Track", Some(recorded)) => self.starts_segment |= recorded.open_track(),
            ("Trackpoint", Some(recorded)) => {
                self.meter.record()?;
                match read_point(&mut self.tags, &mut self.unreadable)? {
                    Some(sample) => {
                        let starts_segment = self.starts_segment && !recorded.activity.samples.is_empty();
                        recorded.activity.samples.push(Sample { starts_segment, ..sample });
                        self.starts_segment = false;
                    }
                    None => recorded.untimed += 1,
                }
                return Ok(());
            }
            ("Courses", None) => self.other_kind = Some(FileKind::Course),
            ("Workouts", None) => self.other_kind = Some(FileKind::Workout),
            _ => {}
        }
        self.path.push(name.to_owned());
        Ok(())
    }

    fn close(&mut self) {
        let path: [&str; 3] = std::array::from_fn(|up| {
            self.path.len().checked_sub(3 - up).and_then(|at| self.path.get(at)).map_or("", String::as_str)
        });
        if let Some(recorded) = self.activities.last_mut() {
            recorded.set(path, &self.tags);
        }
        self.path.pop();
    }
}

impl Recorded {
    fn new(sport_name: Option<&str>) -> Self {
        let (sport, sub_sport) = sport_name.map(sport::by_name).unwrap_or_default();
        let activity = Activity { sport, sub_sport, ..Activity::new(Format::Tcx) };
        Recorded { activity, laps: Vec::new(), untimed: 0, is_cut: false }
    }

    fn open_lap(&mut self, start: Option<&str>) {
        if let (true, Some(start)) = (self.laps.is_empty(), start) {
            self.activity.start = time::time_ms(start).and_then(timestamp);
            self.activity.utc_offset_s = time::utc_offset_s(start);
        }
        self.laps.push(TcxLap { start_ms: start.and_then(time::time_ms), ..TcxLap::default() });
    }

    /// True if the track comes after a break. Every lap has a track of its own, so the first one of a lap counts only if
    /// the timer stood still before it.
    fn open_track(&mut self) -> bool {
        let [.., before, lap] = self.laps.as_mut_slice() else {
            return self.laps.last_mut().is_none_or(|lap| std::mem::replace(&mut lap.has_track, true));
        };
        let is_later_track = std::mem::replace(&mut lap.has_track, true);
        let gap_ms = || Some(lap.start_ms? as f64 - before.start_ms? as f64 - before.timer_s? * 1000.0);
        is_later_track || gap_ms().is_none_or(|gap| gap > LAP_SLACK_MS)
    }

    /// Takes what the element just closed says; `path` holds its own name and those of the two around it.
    fn set(&mut self, path: [&str; 3], tags: &Tags<'_>) {
        let number = || xml::number(tags.text());
        let lap = self.laps.last_mut();
        match (path, lap) {
            ([_, "Lap", "TotalTimeSeconds"], Some(lap)) => lap.timer_s = number(),
            ([_, "Lap", "DistanceMeters"], Some(lap)) => lap.distance_m = number(),
            (["Lap", "AverageHeartRateBpm", "Value"], Some(lap)) => lap.heart_rate_mean_bpm = number(),
            (["Lap", "MaximumHeartRateBpm", "Value"], Some(lap)) => lap.heart_rate_max_bpm = number(),
            ([_, "Activity", "Notes"], _) => {
                let title = tags.text().lines().next().map(str::trim).filter(|line| !line.is_empty());
                self.activity.name = title.filter(|line| line.chars().count() <= MAX_NAME_CHARS).and_then(Text::filled);
            }
            ([_, "Creator", "Name"], _) => self.activity.device = tags.words(),
            _ => {}
        }
    }

    fn finish(self, maker: &mut Maker) -> Option<Activity> {
        let mut activity = self.activity;
        activity.totals = totals(&self.laps);
        if activity.samples.is_empty() && !self.is_cut {
            activity.samples = maker.samples(self.laps.first()?.start_ms?, &activity.totals)?;
            activity.notes.push(ReadNote::SummaryOnly);
        }
        let first_ms = activity.samples.first()?.time_ms;
        activity.start = activity.start.or_else(|| timestamp(first_ms));
        if !has_steps(activity.sport) {
            activity.samples.iter_mut().for_each(|sample| sample.cadence_spm = None);
        }
        if self.untimed > 0 {
            activity.notes.push(ReadNote::UntimedPoints { count: self.untimed });
        }
        Some(activity)
    }
}

/// Sums the laps; the mean heart rate is weighted by their times and given only if every lap has one.
fn totals(laps: &[TcxLap]) -> DeviceTotals {
    if laps.is_empty() {
        return DeviceTotals::default();
    }
    let sum = |of: fn(&TcxLap) -> Option<f64>| laps.iter().map(of).sum::<Option<f64>>();
    let timer_s = sum(|lap| lap.timer_s);
    let beats_s = sum(|lap| Some(lap.heart_rate_mean_bpm.filter(|bpm| *bpm > 0.0)? * lap.timer_s?));
    let highest = laps.iter().filter_map(|lap| lap.heart_rate_max_bpm).fold(0.0, f64::max);
    DeviceTotals {
        distance_m: sum(|lap| lap.distance_m),
        timer_s,
        heart_rate_mean_bpm: beats_s.zip(timer_s).filter(|(_, s)| *s > 0.0).map(|(beats, s)| beats / s),
        heart_rate_max_bpm: Some(highest).filter(|bpm| *bpm > 0.0),
        ..DeviceTotals::default()
    }
}

/// Reads a `<Trackpoint>` to its end; nothing if it has no time.
fn read_point(tags: &mut Tags<'_>, unreadable: &mut UnreadableTime) -> Result<Option<Sample>, Stop> {
    let depth = tags.depth();
    let mut sample = Sample::default();
    let mut place = (None, None);
    let mut time_ms = None;
    let mut in_heart_rate = false;
    while let Some(tag) = tags.next()? {
        let text = tags.text();
        match tag {
            Tag::Open(tag) => in_heart_rate = tag.local_name().as_ref() == "HeartRateBpm" || in_heart_rate,
            Tag::Close(_) if tags.depth() == depth => break,
            Tag::Close(tag) => match tag.local_name().as_ref() {
                "Time" => time_ms = unreadable.time_ms(text),
                "LatitudeDegrees" => place.0 = xml::number(text),
                "LongitudeDegrees" => place.1 = xml::number(text),
                "AltitudeMeters" => sample.altitude_m = xml::number(text),
                "DistanceMeters" => sample.distance_m = xml::number(text),
                "Value" if in_heart_rate => sample.heart_rate_bpm = xml::number(text).filter(|bpm| *bpm > 0.0),
                "HeartRateBpm" => in_heart_rate = false,
                "Cadence" => sample.cadence_spm = sample.cadence_spm.or(xml::number(text)),
                // What a foot pod or watch counts while running outranks a sensor for bicycles.
                "RunCadence" => sample.cadence_spm = xml::number(text).or(sample.cadence_spm),
                "Speed" => sample.speed_mps = xml::number(text).filter(|speed| *speed >= 0.0),
                "Watts" => sample.power_w = watts(xml::number(text)),
                _ => {}
            },
        }
    }
    sample.position = position(place.0, place.1);
    Ok(time_ms.map(|time_ms| Sample { time_ms, ..sample }))
}
