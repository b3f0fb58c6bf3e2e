//! GPX 1.0 and 1.1: Strava, Garmin Connect, Runkeeper, Apple Health, phones and many more.
//!
//! The gpx crate reads what the document says of itself and its tracks ([`frame`]); the points, whose extensions it drops,
//! are read tag by tag.

mod frame;
mod long;

use super::time::{self, UnreadableTime};
use super::xml::{self, Stop, Tag, Tags};
use super::{FileKind, Meter, ReadError, Reading, has_steps, position, sport, timestamp};
use crate::activity::{Activity, Format, ReadNote, Sample, watts};
use crate::shown::Text;
use frame::GpxFrame;
pub use long::{ElementSizes, read as read_long};
use quick_xml::events::BytesStart;

/// Reads every track as its own activity; where no track has times, every route that has some.
pub fn read(document: &str, meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let mut reader = GpxReader::resume(document, meter, DocumentState::default(), 0);
    let broken = Stop::reason(reader.run())?;
    reader.state.finish(broken)
}

/// One `<trk>` or `<rte>`.
#[derive(Default)]
struct Track {
    label: TrackLabel,
    samples: Vec<Sample>,
    /// Points left out because they have no time.
    untimed: usize,
    utc_offset_s: Option<i32>,
}

/// What a track calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TrackLabel {
    name: Option<Text>,
    sport: Option<Text>,
}

/// The element directly below the root that is being read.
#[derive(Clone, Copy, PartialEq)]
enum DocumentPart {
    Metadata,
    Track,
    Route,
    Other,
}

struct GpxReader<'a> {
    tags: Tags<'a>,
    meter: &'a Meter<'a>,
    state: DocumentState,
    /// Tags still to come that were opened before.
    reopened: usize,
}

/// What has been read of a document so far.
struct DocumentState {
    part: DocumentPart,
    tracks: Vec<Track>,
    routes: Vec<Track>,
    version: Option<String>,
    creator: Option<Text>,
    name: Option<Text>,
    /// True if there are waypoints.
    has_places: bool,
    unreadable: UnreadableTime,
    starts_segment: bool,
    /// Tracks handed over already.
    handed_over: usize,
}

impl Default for DocumentState {
    fn default() -> Self {
        DocumentState {
            part: DocumentPart::Other,
            tracks: Vec::new(),
            routes: Vec::new(),
            version: None,
            creator: None,
            name: None,
            has_places: false,
            unreadable: UnreadableTime::default(),
            starts_segment: false,
            handed_over: 0,
        }
    }
}

const ROOT_DEPTH: usize = 1;
/// A track weighs as much as so many samples.
const TRACK_RECORDS: usize = 2;

impl<'a> GpxReader<'a> {
    /// Goes on from a state; the document begins with so many tags that were opened before.
    fn resume(document: &'a str, meter: &'a Meter<'a>, state: DocumentState, reopened: usize) -> Self {
        GpxReader { tags: Tags::new(document), meter, state, reopened }
    }

    fn run(&mut self) -> Result<(), Stop> {
        while let Some(tag) = self.tags.next()? {
            match tag {
                Tag::Open(tag) => self.open(&tag)?,
                Tag::Close(tag) => self.close(tag.local_name().as_ref()),
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        if self.reopened > 0 {
            self.reopened -= 1;
            return Ok(());
        }
        let depth = self.tags.depth();
        let state = &mut self.state;
        match tag.local_name().as_ref() {
            "gpx" if depth == ROOT_DEPTH => {
                state.version = xml::attribute(tag, "version");
                state.creator = xml::attribute(tag, "creator").and_then(|creator| Text::filled(&creator));
            }
            "trkpt" | "rtept" => self.add_point(tag)?,
            "wpt" => {
                state.has_places = true;
                self.tags.skip()?;
            }
            "trkseg" => state.starts_segment = true,
            name if depth == ROOT_DEPTH + 1 => state.part = state.enter(name, self.meter)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes names and sports.
    fn close(&mut self, name: &str) {
        let (depth, words) = (self.tags.depth(), self.tags.words());
        let state = &mut self.state;
        let of_part = match state.part {
            DocumentPart::Track => state.tracks.last_mut(),
            DocumentPart::Route => state.routes.last_mut(),
            DocumentPart::Metadata | DocumentPart::Other => None,
        };
        match (name, state.part, of_part) {
            ("name", _, Some(track)) if depth == ROOT_DEPTH + 2 => track.label.name = words,
            ("type", _, Some(track)) if depth == ROOT_DEPTH + 2 => track.label.sport = words,
            ("name", DocumentPart::Metadata, _) if depth == ROOT_DEPTH + 2 => state.name = words,
            ("name", _, _) if depth == ROOT_DEPTH + 1 => state.name = words,
            _ => {}
        }
    }

    fn add_point(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        self.meter.record()?;
        let (sample, offset_s) = read_point(&mut self.tags, tag, &mut self.state.unreadable)?;
        let state = &mut self.state;
        let tracks = if state.part == DocumentPart::Route { &mut state.routes } else { &mut state.tracks };
        if tracks.is_empty() {
            tracks.push(Track::default());
        }
        let Some(track) = tracks.last_mut() else { return Ok(()) };
        match sample {
            Some(sample) => {
                track.utc_offset_s = track.utc_offset_s.or(offset_s);
                let starts_segment = state.starts_segment && !track.samples.is_empty();
                track.samples.push(Sample { starts_segment, ..sample });
                state.starts_segment = false;
            }
            None => track.untimed += 1,
        }
        Ok(())
    }
}

impl DocumentState {
    fn enter(&mut self, name: &str, meter: &Meter<'_>) -> Result<DocumentPart, Stop> {
        let (part, parts) = match name {
            "metadata" => return Ok(DocumentPart::Metadata),
            "trk" => (DocumentPart::Track, &mut self.tracks),
            "rte" => (DocumentPart::Route, &mut self.routes),
            _ => return Ok(DocumentPart::Other),
        };
        meter.records(TRACK_RECORDS)?;
        parts.push(Track::default());
        Ok(part)
    }

    /// The activities of a whole document, or of one that breaks.
    fn finish(mut self, broken: Option<Text>) -> Result<Reading, ReadError> {
        let points = |tracks: &[Track]| tracks.iter().map(|track| track.samples.len() + track.untimed).sum::<usize>();
        let has_places = self.has_places || points(&self.tracks) + points(&self.routes) > 0;
        let has_tracks = !self.tracks.is_empty();
        let was_handed_over = self.handed_over > 0;
        let unreadable = std::mem::take(&mut self.unreadable).error();
        let mut activities = self.activities();
        if activities.is_empty() && !was_handed_over {
            return match broken.map(|reason| ReadError::Xml { reason }).or(unreadable) {
                Some(error) => Err(error),
                None if has_places => Ok(Reading::NotAnActivity(FileKind::Route)),
                None if has_tracks => Err(ReadError::NoSamples),
                None => Ok(Reading::NotAnActivity(FileKind::Empty)),
            };
        }
        if let (Some(last), Some(reason)) = (activities.last_mut(), broken) {
            last.notes.push(ReadNote::Broken { reason });
        }
        Ok(Reading::Activities(activities))
    }

    /// Hands over what is whole, once it weighs so many samples; the last whole track stays, lest the document break after it.
    fn hand_over(&mut self, samples: usize, early: &mut dyn FnMut(Activity)) {
        let held: usize = self.tracks.iter().map(|track| track.samples.len()).sum();
        let whole = self.tracks.len().saturating_sub(2);
        if held < samples || whole == 0 {
            return;
        }
        let rest = self.tracks.split_off(whole);
        let tracks = std::mem::replace(&mut self.tracks, rest);
        self.handed_over += tracks.len();
        let part = DocumentState {
            tracks,
            version: self.version.clone(),
            creator: self.creator.clone(),
            handed_over: self.handed_over,
            ..DocumentState::default()
        };
        part.activities().into_iter().for_each(early);
    }

    fn activities(mut self) -> Vec<Activity> {
        self.ask_gpx_crate();
        let takes_time = |route: &Track| route.samples.windows(2).any(|pair| pair[0].time_ms != pair[1].time_ms);
        self.routes.retain(takes_time);
        // The times of a route beside a track are a plan.
        let has_track = self.handed_over > 0 || self.tracks.iter().any(|track| !track.samples.is_empty());
        let tracks = if has_track || self.routes.is_empty() { self.tracks } else { self.routes };
        let mut activities = Vec::new();
        let mut untimed_tracks = 0;
        let named = tracks.len() + self.handed_over;
        for track in tracks {
            if track.samples.is_empty() {
                untimed_tracks += track.untimed;
                continue;
            }
            // The document's name is the name of its only track, not of each of several.
            let name = track.label.name.clone().or_else(|| self.name.clone().filter(|_| named == 1));
            activities.push(activity(track, name, self.creator.clone()));
        }
        if let Some(first) = activities.first_mut() {
            add_untimed(&mut first.notes, untimed_tracks);
        }
        activities
    }

    /// What the gpx crate reads of the document goes before what the tags gave; one that it does not want keeps that.
    fn ask_gpx_crate(&mut self) {
        let tracks = self.tracks.iter().map(|track| track.label.clone()).collect();
        let (version, creator, name) = (self.version.clone(), self.creator.clone(), self.name.clone());
        let Some(read) = (GpxFrame { version, creator, name, tracks }).as_the_crate_reads_it() else { return };
        self.creator = read.creator;
        self.name = read.name;
        for (track, label) in self.tracks.iter_mut().zip(read.tracks) {
            track.label = label;
        }
    }
}

fn activity(track: Track, name: Option<Text>, creator: Option<Text>) -> Activity {
    let (sport, sub_sport) = track.label.sport.as_deref().map(sport::by_name).unwrap_or_default();
    let mut samples = track.samples;
    if !has_steps(sport) {
        samples.iter_mut().for_each(|sample| sample.cadence_spm = None);
    }
    let mut notes = Vec::new();
    add_untimed(&mut notes, track.untimed);
    Activity {
        sport,
        sub_sport,
        name,
        device: creator,
        start: samples.first().and_then(|sample| timestamp(sample.time_ms)),
        utc_offset_s: track.utc_offset_s,
        samples,
        notes,
        ..Activity::new(Format::Gpx)
    }
}

fn add_untimed(notes: &mut Vec<ReadNote>, count: usize) {
    match notes.iter_mut().find(|note| matches!(note, ReadNote::UntimedPoints { .. })) {
        Some(ReadNote::UntimedPoints { count: known }) => *known += count,
        _ if count > 0 => notes.push(ReadNote::UntimedPoints { count }),
        _ => {}
    }
}

/// Reads a `<trkpt>` to its end: a sample if it has a time, and the offset from UTC if the time states one.
fn read_point(
    tags: &mut Tags<'_>,
    tag: &BytesStart<'_>,
    unreadable: &mut UnreadableTime,
) -> Result<(Option<Sample>, Option<i32>), Stop> {
    let depth = tags.depth();
    let mut sample = Sample {
        position: position(xml::number_attribute(tag, "lat"), xml::number_attribute(tag, "lon")),
        ..Sample::default()
    };
    let mut time_ms = None;
    let mut offset_s = None;
    while let Some(tag) = tags.next()? {
        let Tag::Close(tag) = tag else { continue };
        if tags.depth() == depth {
            break;
        }
        let is_child = tags.depth() == depth + 1;
        let text = tags.text();
        match tag.local_name().as_ref() {
            "time" if is_child => {
                time_ms = unreadable.time_ms(text);
                offset_s = time::utc_offset_s(text);
            }
            "ele" if is_child => sample.altitude_m = xml::number(text),
            name => set_by_name(&mut sample, name, xml::number(text)),
        }
    }
    Ok((time_ms.map(|time_ms| Sample { time_ms, ..sample }), offset_s))
}

/// Sets what an element of this local name holds, in whichever namespace.
pub(super) fn set_by_name(sample: &mut Sample, name: &str, number: Option<f64>) {
    let (slot, least) = match name {
        // No heart beats at 0; phones write -1 for a speed they do not know.
        "hr" | "heartrate" | "heartRate" | "HeartRate" | "heart_rate" => (&mut sample.heart_rate_bpm, 1.0),
        "cad" | "cadence" | "Cadence" | "RunCadence" => (&mut sample.cadence_spm, 0.0),
        "speed" | "Speed" => (&mut sample.speed_mps, 0.0),
        "distance" | "Distance" => (&mut sample.distance_m, 0.0),
        "power" | "Power" | "watts" | "Watts" | "PowerInWatts" => {
            sample.power_w = watts(number).or(sample.power_w);
            return;
        }
        _ => return,
    };
    *slot = number.filter(|number| *number >= least).or(*slot);
}
