//! From bytes to activities: what a file is, is told by its content, never by its name.
//!
//! A damaged file gives what can be read of it, with a note; a file that holds no activity is no error.

mod limits;
mod damage;
mod xml;
mod time;
mod sport;
mod summary;
mod fit;
mod gpx;
mod tcx;
mod kml;
pub mod apple;
mod polar;
mod gzip;
pub mod archive;
pub mod strava;

pub use limits::{Limits, Meter, Stopwatch};
#[cfg(test)]
mod tests;

use crate::activity::{Activity, ReadNote, Sport};
use crate::shown::Text;
pub use damage::Damage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// At least one activity, each with at least one sample.
    Activities(Vec<Activity>),
    /// A sound file of a kind that holds no activity: skipped, not failed.
    NotAnActivity(FileKind),
}

impl Reading {
    /// Notes that what the file was packed in is damaged.
    pub fn add_damage(&mut self, damage: Damage) {
        if let Reading::Activities(activities) = self
            && let Some(last) = activities.last_mut()
        {
            last.notes.push(ReadNote::from(damage));
        }
    }
}

/// What a file holds, if not an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum FileKind {
    Device,
    Settings,
    Sport,
    Workout,
    Course,
    Schedules,
    Weight,
    Totals,
    Goals,
    BloodPressure,
    Monitoring,
    ActivitySummary,
    Segment,
    SegmentList,
    Changelog,
    Metrics,
    Sleep,
    Ecg,
    HrvStatus,
    HealthSnapshot,
    SkinTemperature,
    /// GPX tracks, routes or waypoints without times.
    Route,
    /// A GPX document without a track or a place.
    Empty,
    /// A FIT file type without a public name.
    Other(u8),
    /// Apple Health's records without a workout that would not stand elsewhere.
    HealthRecords,
}

/// Why nothing could be read. The caller knows the path and says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ReadError {
    #[error("the file is empty; export or copy it again")]
    Empty,
    #[error("not a FIT, GPX or TCX file; export the activity in one of these formats")]
    UnknownFormat,
    #[error("the FIT file cannot be read: {reason}; copy it from the watch or export it again")]
    Fit { reason: Text },
    #[error("the XML cannot be read: {reason}; export the file again")]
    Xml { reason: Text },
    #[error("the compressed file cannot be unpacked: {reason}; copy or export it again")]
    Gzip { reason: Text },
    #[error("it is larger than {limit_mb} MB, larger than any activity; export it again, or raise --max-entry-mb")]
    TooLarge { limit_mb: u64 },
    #[error("it unpacks to more than {ratio} times its size, as no activity does; if you trust it, raise --max-ratio")]
    Bomb { ratio: u64 },
    #[error(
        "it unpacks to more than {limit_mb} MB in all; the rest was left out: if you trust it, raise --max-total-mb"
    )]
    TooMuch { limit_mb: u64 },
    #[error("it holds more than {limit} files; if you trust it, raise --max-entries")]
    TooManyEntries { limit: usize },
    #[error(
        "it holds more than {limit} samples, laps and events, more than any activity; if you trust it, raise --max-records"
    )]
    TooManyRecords { limit: usize },
    #[error("its activities last more than {limit} hours in all; if you trust it, raise --max-hours")]
    TooManyHours { limit: u32 },
    #[error("it took more than {seconds} s to read; if it is worth the time, raise --max-seconds")]
    TooSlow { seconds: u64 },
    #[error("its elements are nested more than {limit} deep, which no activity needs; export the file again")]
    TooNested { limit: usize },
    #[error("the list has more than {limit} cells; if you trust it, raise --max-list-cells")]
    TooManyCells { limit: usize },
    #[error("its entries overlap, as they do in no sound archive; the rest was left out: pack the files again")]
    Overlap,
    #[error("it lies more than {limit} archives deep; if you trust it, raise --max-depth")]
    TooDeep { limit: usize },
    #[error("the archive is empty")]
    EmptyArchive,
    #[error("the archive is cut off or damaged; download or copy it again")]
    BrokenArchive,
    #[error("the archive is cut off or damaged: what could be found in it was used; download or copy it again")]
    CutArchive,
    #[error("it is damaged within the archive; download or copy the archive again")]
    DamagedEntry,
    #[error("it is protected by a password; unpack it yourself")]
    Encrypted,
    #[error("it is packed with {method}, which this program cannot unpack; unpack it yourself")]
    UnknownPacking { method: Text },
    #[error("{reason}")]
    Disk { reason: Text },
    #[error("has no recorded samples; export the original file of the activity instead")]
    NoSamples,
    #[error("has no time that can be read (`{example}`); export the file again, with times as in 2026-05-25T07:00:00Z")]
    UnreadableTimes { example: Text },
    #[error("has fewer than two timed points, so nothing can be measured; export the original file instead")]
    NoDuration,
    #[error("has its points too far apart in time to say what happened between; export the original file instead")]
    FarApart,
    #[error("freshlegs failed on this file ({reason}); please report it, with the file if you can share it")]
    Panicked { reason: Text },
    #[error("the JSON cannot be read: {reason}; download the archive again")]
    Json { reason: Text },
}

/// Reads the activities in a file. Archives are [`archive::visit`]'s.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    read_within(bytes, &Limits::default())
}

/// Reads the activities in a file that unpacks to no more than the limits allow.
pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    read_metered(bytes, &Meter::new(limits))
}

/// Reads the activities in a file that costs no more than the meter allows.
pub fn read_metered(bytes: &[u8], meter: &Meter<'_>) -> Result<Reading, ReadError> {
    match sniff(bytes)? {
        Sniffed::Fit => fit::read(bytes, meter),
        Sniffed::Gpx => gpx::read(&xml::decode(bytes), meter),
        Sniffed::Tcx => tcx::read(&xml::decode(bytes), meter),
        Sniffed::Kml => kml::read(&xml::decode(bytes), meter),
        Sniffed::AppleHealth => apple::read(bytes),
        Sniffed::Polar => polar::read(bytes, meter),
        Sniffed::Gzip => gzip::read(bytes, meter),
    }
}

/// Reads a long GPX document as it streams by; activities that are whole before its end go to `early`. `None` where it can
/// only be read as a whole.
pub fn read_long(
    document: impl std::io::Read,
    meter: &Meter<'_>,
    early: &mut dyn FnMut(Activity),
) -> Option<Result<Reading, ReadError>> {
    gpx::read_long(document, gpx::ElementSizes::USUAL, meter, early)
}

/// True if these bytes begin a document that can be read as it streams by.
fn is_streamable(head: &[u8]) -> bool {
    let is_utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    !is_utf16 && matches!(sniff(head), Ok(Sniffed::Gpx))
}

enum Sniffed {
    Fit,
    Gpx,
    Tcx,
    Kml,
    AppleHealth,
    Polar,
    Gzip,
}

/// Bytes looked at to find the root element of an XML file.
const SNIFFED_BYTES: usize = 64 * 1024;

fn sniff(bytes: &[u8]) -> Result<Sniffed, ReadError> {
    // A copy that failed can leave nothing but zeros.
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    if fit::is_fit(bytes) {
        return Ok(Sniffed::Fit);
    }
    if gzip::is_gzip(bytes) {
        return Ok(Sniffed::Gzip);
    }
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    if apple::is_export(head) {
        return Ok(Sniffed::AppleHealth);
    }
    if polar::is_session(head) {
        return Ok(Sniffed::Polar);
    }
    match xml::root_name(&xml::decode(head)).as_deref() {
        Some("gpx") => Ok(Sniffed::Gpx),
        // Files cut out of a bigger one begin with the inner element.
        Some("TrainingCenterDatabase" | "Activities") => Ok(Sniffed::Tcx),
        Some("kml") => Ok(Sniffed::Kml),
        _ => Err(ReadError::UnknownFormat),
    }
}

/// A position on Earth; (0, 0) is what devices write that do not know it.
fn position(latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    let place = (latitude?, longitude?);
    let is_on_earth = (-90.0..=90.0).contains(&place.0) && (-180.0..=180.0).contains(&place.1);
    (is_on_earth && place != (0.0, 0.0)).then_some(place)
}

/// Where cadence counts steps; on a bicycle it counts turns of the crank.
fn has_steps(sport: Sport) -> bool {
    matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown)
}

fn timestamp(unix_ms: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(unix_ms).ok()
}

impl FileKind {
    /// From `file_id.type`. Numbers above 40 are not in the public profile; files of Garmin accounts attest them.
    fn from_fit(code: u8) -> Self {
        match code {
            1 => FileKind::Device,
            2 => FileKind::Settings,
            3 => FileKind::Sport,
            5 => FileKind::Workout,
            6 => FileKind::Course,
            7 => FileKind::Schedules,
            9 => FileKind::Weight,
            10 => FileKind::Totals,
            11 => FileKind::Goals,
            14 => FileKind::BloodPressure,
            15 | 28 | 32 => FileKind::Monitoring,
            20 => FileKind::ActivitySummary,
            34 => FileKind::Segment,
            35 => FileKind::SegmentList,
            41 => FileKind::Changelog,
            44 => FileKind::Metrics,
            49 => FileKind::Sleep,
            61 => FileKind::Ecg,
            68 => FileKind::HrvStatus,
            70 => FileKind::HealthSnapshot,
            73 => FileKind::SkinTemperature,
            other => FileKind::Other(other),
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileKind::Device => "device information",
            FileKind::Settings => "settings",
            FileKind::Sport => "sport settings",
            FileKind::Workout => "a planned workout",
            FileKind::Course => "a course",
            FileKind::Schedules => "a workout schedule",
            FileKind::Weight => "weight",
            FileKind::Totals => "totals",
            FileKind::Goals => "goals",
            FileKind::BloodPressure => "blood pressure",
            FileKind::Monitoring => "all-day monitoring",
            FileKind::ActivitySummary => "an activity summary",
            FileKind::Segment => "a segment",
            FileKind::SegmentList => "a list of segments",
            FileKind::Changelog => "a change log",
            FileKind::Metrics => "metrics",
            FileKind::Sleep => "sleep",
            FileKind::Ecg => "an ECG",
            FileKind::HrvStatus => "heart rate variability",
            FileKind::HealthSnapshot => "a health snapshot",
            FileKind::SkinTemperature => "skin temperature",
            FileKind::Route => "a route without times",
            FileKind::Empty => "a document without a track",
            FileKind::HealthRecords => "records of Apple Health",
            FileKind::Other(code) => return write!(f, "a FIT file of type {code}"),
        })
    }
}
