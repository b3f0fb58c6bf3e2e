//! GPX 1.0 and 1.1: Strava, Garmin Connect, Runkeeper, Apple Health, phones and many more.
//!
//! The gpx crate reads the document with its points taken out; the points, whose extensions it drops, are read tag by tag.

use super::xml::{self, Tag, Tags};
use super::{FileKind, ReadError, Reading, has_steps, position, sport, timestamp};
use crate::activity::{Activity, Format, ReadNote, Sample};
use quick_xml::events::BytesStart;

/// Reads every track as its own activity; where no track has times, every route that has some.
pub fn read(document: &str) -> Result<Reading, ReadError> {
    let mut reader = GpxReader::new(document);
    let broken = reader.run().err();
    let points = |tracks: &[Track]| tracks.iter().map(|track| track.samples.len() + track.untimed).sum::<usize>();
    let has_places = reader.has_places || points(&reader.tracks) + points(&reader.routes) > 0;
    let has_tracks = !reader.tracks.is_empty();
    let mut activities = reader.activities();
    if activities.is_empty() {
        return match broken {
            Some(reason) => Err(ReadError::Xml { reason }),
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

/// One `<trk>` or `<rte>`.
#[derive(Default)]
struct Track {
    label: Label,
    samples: Vec<Sample>,
    /// Points left out because they have no time.
    untimed: usize,
    utc_offset_s: Option<i32>,
}

/// What a track calls itself.
#[derive(Clone, Default)]
struct Label {
    name: Option<String>,
    sport: Option<String>,
}

/// The element directly below the root that is being read.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Metadata,
    Track,
    Route,
    Other,
}

struct GpxReader<'a> {
    document: &'a str,
    tags: Tags<'a>,
    part: Part,
    tracks: Vec<Track>,
    routes: Vec<Track>,
    creator: Option<String>,
    name: Option<String>,
    /// True if there are waypoints.
    has_places: bool,
    starts_segment: bool,
    /// The document without its points.
    frame: String,
    /// How far the document has been copied into it.
    framed: usize,
}

const ROOT_DEPTH: usize = 1;

impl<'a> GpxReader<'a> {
    fn new(document: &'a str) -> Self {
        GpxReader {
            document,
            tags: Tags::new(document),
            part: Part::Other,
            tracks: Vec::new(),
            routes: Vec::new(),
            creator: None,
            name: None,
            has_places: false,
            starts_segment: false,
            frame: String::new(),
            framed: 0,
        }
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(tag) = self.tags.next()? {
            match tag {
                Tag::Open(tag) => self.open(&tag)?,
                Tag::Close(tag) => self.close(tag.local_name().as_ref()),
            }
        }
        self.frame_up_to(self.document.len());
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let depth = self.tags.depth();
        match tag.local_name().as_ref() {
            "gpx" if depth == ROOT_DEPTH => {
                self.creator = xml::attribute(tag, "creator");
                // The frame has no prolog: the gpx crate would expand the entities of a document type.
                self.framed = self.tags.tag_start();
            }
            "trkpt" | "rtept" => {
                self.frame_up_to(self.tags.tag_start());
                self.add_point(tag)?;
                self.framed = self.tags.position();
            }
            "wpt" => {
                self.frame_up_to(self.tags.tag_start());
                self.has_places = true;
                self.tags.skip()?;
                self.framed = self.tags.position();
            }
            "trkseg" => self.starts_segment = true,
            name if depth == ROOT_DEPTH + 1 => self.part = self.enter(name),
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, name: &str) -> Part {
        match name {
            "metadata" => Part::Metadata,
            "trk" => {
                self.tracks.push(Track::default());
                Part::Track
            }
            "rte" => {
                self.routes.push(Track::default());
                Part::Route
            }
            _ => Part::Other,
        }
    }

    /// Takes names and sports, should the gpx crate not want the document.
    fn close(&mut self, name: &str) {
        let (depth, words) = (self.tags.depth(), self.tags.words());
        let of_part = match self.part {
            Part::Track => self.tracks.last_mut(),
            Part::Route => self.routes.last_mut(),
            Part::Metadata | Part::Other => None,
        };
        match (name, self.part, of_part) {
            ("name", _, Some(track)) if depth == ROOT_DEPTH + 2 => track.label.name = words,
            ("type", _, Some(track)) if depth == ROOT_DEPTH + 2 => track.label.sport = words,
            ("name", Part::Metadata, _) if depth == ROOT_DEPTH + 2 => self.name = words,
            ("name", _, _) if depth == ROOT_DEPTH + 1 => self.name = words,
            _ => {}
        }
    }

    fn add_point(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let (sample, offset_s) = read_point(&mut self.tags, tag)?;
        let tracks = if self.part == Part::Route { &mut self.routes } else { &mut self.tracks };
        if tracks.is_empty() {
            tracks.push(Track::default());
        }
        let Some(track) = tracks.last_mut() else { return Ok(()) };
        match sample {
            Some(sample) => {
                track.utc_offset_s = track.utc_offset_s.or(offset_s);
                let starts_segment = self.starts_segment && !track.samples.is_empty();
                track.samples.push(Sample { starts_segment, ..sample });
                self.starts_segment = false;
            }
            None => track.untimed += 1,
        }
        Ok(())
    }

    /// Copies the document up to here, blanks between points apart.
    fn frame_up_to(&mut self, end: usize) {
        let piece = self.document.get(self.framed..end).unwrap_or("");
        if !piece.trim().is_empty() {
            self.frame.push_str(piece);
        }
        self.framed = end;
    }

    fn activities(mut self) -> Vec<Activity> {
        self.ask_gpx_crate();
        let takes_time = |route: &Track| route.samples.windows(2).any(|pair| pair[0].time_ms != pair[1].time_ms);
        self.routes.retain(takes_time);
        // The times of a route beside a track are a plan.
        let has_track = self.tracks.iter().any(|track| !track.samples.is_empty());
        let tracks = if has_track || self.routes.is_empty() { self.tracks } else { self.routes };
        let mut activities = Vec::new();
        let mut untimed_tracks = 0;
        let named = tracks.len();
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

    /// What the gpx crate reads of the document replaces what the tags gave; a document it does not want keeps that.
    fn ask_gpx_crate(&mut self) {
        let Ok(document) = ::gpx::read(self.frame.as_bytes()) else { return };
        if document.tracks.len() != self.tracks.len() {
            return;
        }
        let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        self.creator = document.creator;
        self.name = filled(document.metadata.and_then(|metadata| metadata.name));
        for (track, described) in self.tracks.iter_mut().zip(document.tracks) {
            track.label = Label { name: filled(described.name), sport: filled(described.type_) };
        }
    }
}

fn activity(track: Track, name: Option<String>, creator: Option<String>) -> Activity {
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
        device: creator.map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()),
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
fn read_point(tags: &mut Tags<'_>, tag: &BytesStart<'_>) -> Result<(Option<Sample>, Option<i32>), String> {
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
                time_ms = xml::time_ms(text);
                offset_s = xml::utc_offset_s(text);
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
        "power" | "Power" | "watts" | "Watts" | "PowerInWatts" => (&mut sample.power_w, 0.0),
        "atemp" | "temp" | "temperature" => (&mut sample.temperature_c, f64::MIN),
        "speed" | "Speed" => (&mut sample.speed_mps, 0.0),
        "distance" | "Distance" => (&mut sample.distance_m, 0.0),
        _ => return,
    };
    *slot = number.filter(|number| *number >= least).or(*slot);
}
