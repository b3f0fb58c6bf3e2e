//! KML: tracks with times (`gx:Track`, in KML 2.3 `Track`), as recording apps for phones export them.

use super::gpx::set_by_name;
use super::time;
use super::xml::{self, Stop, Tag, Tags};
use super::{FileKind, Meter, ReadError, Reading, has_steps, position, sport, timestamp};
use crate::activity::{Activity, Format, ReadNote, Sample};
use crate::shown::Text;
use quick_xml::events::BytesStart;

/// Reads every placemark with such tracks as an activity; the tracks in one placemark are its parts.
pub fn read(document: &str, meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let mut reader = KmlReader {
        tags: Tags::new(document),
        meter,
        placemarks: vec![Placemark::default()],
        track: None,
        data_name: String::new(),
    };
    let broken = Stop::reason(reader.run())?;
    reader.end_track();
    let document_name = reader.placemarks.first().and_then(|outside| outside.name.clone());
    let mut activities: Vec<Activity> = reader.placemarks.into_iter().filter_map(Placemark::finish).collect();
    if let [only] = activities.as_mut_slice() {
        only.name = only.name.take().or(document_name);
    }
    match (activities.last_mut(), broken) {
        (Some(last), broken) => {
            last.notes.extend(broken.map(|reason| ReadNote::Broken { reason }));
            Ok(Reading::Activities(activities))
        }
        (None, Some(reason)) => Err(ReadError::Xml { reason }),
        (None, None) => Ok(Reading::NotAnActivity(FileKind::Route)),
    }
}

/// What a `<Placemark>` holds, or what stands outside of all.
#[derive(Default)]
struct Placemark {
    name: Option<Text>,
    sport: Option<Text>,
    utc_offset_s: Option<i32>,
    samples: Vec<Sample>,
    /// Points left out because they have no time.
    untimed: usize,
}

/// A track as far as it has been read: times, places and each further channel stand in lists of their own.
#[derive(Default)]
struct KmlTrack {
    times_ms: Vec<Option<i64>>,
    places: Vec<Place>,
    channels: Vec<(String, Vec<Option<f64>>)>,
    /// Of the channel that came last: true if it is beyond those that are kept.
    skips_values: bool,
}

/// Each channel is looked at for each sample.
const MAX_CHANNELS: usize = 32;
/// A placemark or channel weighs as much as so many samples.
const PLACEMARK_RECORDS: usize = 2;

/// Latitude and longitude in degrees, and the altitude in metres.
type Place = (Option<(f64, f64)>, Option<f64>);

struct KmlReader<'a> {
    tags: Tags<'a>,
    meter: &'a Meter<'a>,
    /// The last one is read; the first takes what stands outside of all.
    placemarks: Vec<Placemark>,
    track: Option<KmlTrack>,
    /// Name of the `<Data>` that came last.
    data_name: String,
}

impl KmlReader<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        while let Some(tag) = self.tags.next()? {
            match tag {
                Tag::Open(tag) => self.open(&tag)?,
                Tag::Close(tag) => self.close(tag.local_name().as_ref())?,
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        let name = || xml::attribute(tag, "name").unwrap_or_default();
        match (tag.local_name().as_ref(), &mut self.track) {
            ("Placemark", _) => {
                self.meter.records(PLACEMARK_RECORDS)?;
                self.end_track();
                self.placemarks.push(Placemark::default());
            }
            ("Track", _) => {
                self.meter.record()?;
                self.end_track();
                self.track = Some(KmlTrack::default());
            }
            ("SimpleArrayData", Some(track)) => {
                track.skips_values = track.channels.len() == MAX_CHANNELS;
                if !track.skips_values {
                    track.channels.push((name(), Vec::new()));
                }
            }
            ("Data", _) => self.data_name = name(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Stop> {
        let text = self.tags.text();
        let Some(placemark) = self.placemarks.last_mut() else { return Ok(()) };
        if self.track.is_some() && matches!(name, "when" | "coord" | "value") {
            self.meter.record()?;
        }
        match (name, &mut self.track) {
            ("when", Some(track)) => {
                track.times_ms.push(time::time_ms(text));
                placemark.utc_offset_s = placemark.utc_offset_s.or_else(|| time::utc_offset_s(text));
            }
            ("coord", Some(track)) => track.places.push(place(text)),
            ("value", Some(track)) => {
                if let Some((_, values)) = track.channels.last_mut().filter(|_| !track.skips_values) {
                    values.push(xml::number(text));
                }
            }
            ("Track", Some(_)) => self.end_track(),
            ("value", None) if matches!(&*self.data_name, "type" | "activityType") => {
                placemark.sport = self.tags.words();
            }
            ("name", None) if placemark.name.is_none() => placemark.name = self.tags.words(),
            _ => {}
        }
        Ok(())
    }

    /// Gives the placemark the samples of the track.
    fn end_track(&mut self) {
        let (Some(track), Some(placemark)) = (self.track.take(), self.placemarks.last_mut()) else { return };
        let mut starts_segment = !placemark.samples.is_empty();
        for (i, time_ms) in track.times_ms.iter().enumerate() {
            let Some(time_ms) = *time_ms else {
                placemark.untimed += 1;
                continue;
            };
            let (position, altitude_m) = track.places.get(i).copied().unwrap_or_default();
            let mut sample = Sample { time_ms, starts_segment, position, altitude_m, ..Sample::default() };
            for (name, values) in &track.channels {
                set_by_name(&mut sample, name, values.get(i).copied().flatten());
            }
            starts_segment = false;
            placemark.samples.push(sample);
        }
    }
}

/// Longitude, latitude and altitude, in this order.
fn place(text: &str) -> Place {
    let mut numbers = text.split_whitespace().map(xml::number);
    let mut next = || numbers.next().flatten();
    let (longitude, latitude, altitude_m) = (next(), next(), next());
    (position(latitude, longitude), altitude_m)
}

impl Placemark {
    fn finish(self) -> Option<Activity> {
        let (sport, sub_sport) = self.sport.as_deref().map(sport::by_name).unwrap_or_default();
        let mut samples = self.samples;
        if !has_steps(sport) {
            samples.iter_mut().for_each(|sample| sample.cadence_spm = None);
        }
        Some(Activity {
            sport,
            sub_sport,
            name: self.name,
            start: timestamp(samples.first()?.time_ms),
            utc_offset_s: self.utc_offset_s,
            samples,
            notes: (self.untimed > 0).then_some(ReadNote::UntimedPoints { count: self.untimed }).into_iter().collect(),
            ..Activity::new(Format::Kml)
        })
    }
}
