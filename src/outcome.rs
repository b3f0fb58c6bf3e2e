//! What came of one file: its digests, or why there are none.

use crate::activity::{Activity, ReadNote, Sport};
use crate::content::ContentHash;
use crate::digest::{self, Digest};
use crate::read::apple::Workout;
use crate::read::archive::{Content, Entry};
use crate::read::strava::{self, Listing};
use crate::read::{self, Damage, FileKind, Limits, Meter, ReadError, Reading};
use crate::shown::{FileName, Text};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What came of one file, or of one entry of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct FileResult {
    /// As it is shown: the path, and for an entry the names within.
    pub file: FileName,
    /// The path of the file, or of the archive it lies in.
    pub source: FileName,
    /// What its outcome can be kept under; `None` where another try might give another one.
    pub content: Option<ContentHash>,
    /// What came of it.
    pub outcome: Outcome,
}

/// Opens a file, or says why it cannot.
pub type Open<'o> = &'o dyn Fn() -> Result<Box<dyn Read + 'o>, String>;

/// What came of reading one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// The activities in it, in file order.
    Read(Vec<Digest>),
    /// A sound file without an activity.
    Skipped(FileKind),
    /// A service's list of the activities beside it.
    Listing(Listing),
    /// Something else altogether.
    Unrelated,
    /// It could not be read.
    Failed(ReadError),
}

/// Reads, cleans and digests one file that is no archive. The outcome depends on the arguments alone, so that it can be kept,
/// or worked out on another machine; a reader that panics has failed on this file and on no other.
///
/// Of the name only the last part matters: it tells a service's list of activities from other tables.
pub fn outcome_of(name: &str, bytes: &[u8], limits: &Limits) -> Outcome {
    caught(|| read_and_digest(name, bytes, limits))
}

/// A reader that panics has failed on this file and on no other.
fn caught(read: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Outcome::Failed(ReadError::Panicked { reason: message_of(&*panic) }))
}

fn read_and_digest(name: &str, bytes: impl AsRef<[u8]>, limits: &Limits) -> Outcome {
    if strava::is_listing(name) {
        let listing = Listing::parse(bytes.as_ref(), limits);
        return listing.map_or_else(Outcome::Failed, |listing| listing.map_or(Outcome::Unrelated, Outcome::Listing));
    }
    let meter = Meter::new(limits);
    let reading = read::read_metered(bytes.as_ref(), &meter);
    // A long recording needs the room.
    drop(bytes);
    of_reading(Vec::new(), reading, &meter)
}

/// A document read as it streams by; `open` opens it.
fn stream_and_digest(open: Open<'_>, limits: &Limits) -> Outcome {
    let disk = |reason: String| Outcome::Failed(ReadError::Disk { reason: reason.into() });
    let mut document = match open() {
        Ok(document) => document,
        Err(reason) => return disk(reason),
    };
    let (meter, mut early) = (Meter::new(limits), Vec::new());
    if let Some(reading) = read::read_long(document, &meter, &mut |activity| early.extend(digest_of(activity, &meter)))
    {
        return of_reading(early, reading, &meter);
    }
    document = match open() {
        Ok(document) => document,
        Err(reason) => return disk(reason),
    };
    let mut bytes = Vec::new();
    match document.read_to_end(&mut bytes) {
        Ok(_) => read_and_digest("", bytes, limits),
        Err(error) => disk(error.to_string()),
    }
}

/// What came of a reading; `early` are the digests of activities that were handed over before its end.
fn of_reading(
    early: Vec<Result<Digest, ReadError>>,
    reading: Result<Reading, ReadError>,
    meter: &Meter<'_>,
) -> Outcome {
    let activities = match reading {
        Ok(Reading::NotAnActivity(kind)) => return Outcome::Skipped(kind),
        Ok(Reading::Activities(activities)) => activities,
        Err(error) => return Outcome::Failed(error),
    };
    let takes_time = activities.iter().any(Activity::takes_time);
    // Each is let go before the next one is digested.
    let rest = activities.into_iter().filter_map(|activity| digest_of(activity, meter));
    match early.into_iter().chain(rest).collect::<Result<Vec<Digest>, ReadError>>() {
        Ok(digests) if digests.is_empty() && takes_time => Outcome::Failed(ReadError::FarApart),
        Ok(digests) => digested(digests),
        Err(error) => Outcome::Failed(error),
    }
}

fn digest_of(activity: Activity, meter: &Meter<'_>) -> Option<Result<Digest, ReadError>> {
    let digest = digest::digest_at_last(activity)?;
    Some(meter.seconds(digest.timer_s).map(|()| digest))
}

fn digested(digests: Vec<Digest>) -> Outcome {
    if digests.is_empty() { Outcome::Failed(ReadError::NoDuration) } else { Outcome::Read(digests) }
}

/// Of workouts that stand in a list with many others, each for itself.
fn of_workouts(workouts: &[Workout]) -> Outcome {
    if workouts.is_empty() {
        return Outcome::Skipped(FileKind::HealthRecords);
    }
    let activities = workouts.par_iter().filter_map(Workout::without_routes);
    digested(activities.filter_map(|activity| digest::digest(&activity)).collect())
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> Text {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned()).into()
}

impl Outcome {
    /// What came of a file, or of an entry of an archive; `open` opens the file again where it was too long to be held.
    pub fn of(name: &str, content: Content, open: Open<'_>, limits: &Limits) -> Outcome {
        let (outcome, damage) = match content {
            Content::Bytes { bytes, damage } => (caught(|| read_and_digest(name, bytes, limits)), damage),
            Content::Long => (caught(|| stream_and_digest(open, limits)), None),
            Content::Routes { workout, routes, damage } => {
                let activity = || workout.with_routes(&routes, limits);
                (caught(|| digested(activity().iter().filter_map(digest::digest).collect())), damage)
            }
            Content::Workouts(workouts) => (caught(|| of_workouts(&workouts)), None),
            Content::Unrelated => (Outcome::Unrelated, None),
            Content::Failed(error) => (Outcome::Failed(error), None),
        };
        match damage {
            Some(damage) => outcome.damaged(damage),
            None => outcome,
        }
    }

    /// The same with a note that what it was packed in is damaged.
    fn damaged(mut self, damage: Damage) -> Outcome {
        if let Outcome::Read(digests) = &mut self
            && let Some(last) = digests.last_mut()
        {
            last.read_notes.push(ReadNote::from(damage));
        }
        self
    }

    /// True where the same bytes always give the same outcome: a panic is a mistake of the program, to be mended, and
    /// what took too long may have more time at the next run.
    pub fn is_final(&self) -> bool {
        !matches!(self, Outcome::Failed(ReadError::Panicked { .. } | ReadError::TooSlow { .. }))
    }

    /// True where the same file, unchanged, gives the same outcome whenever it is read: a disk may be back the next time.
    pub fn is_lasting(&self) -> bool {
        self.is_final() && !matches!(self, Outcome::Failed(ReadError::Disk { .. }))
    }
}

/// What an entry's outcome depends on: its bytes and, for a list, its name. What has no bytes to show is known by why.
pub fn content_of(entry: &Entry, open: Open<'_>) -> Option<ContentHash> {
    match &entry.content {
        Content::Long => ContentHash::of_stream(open().ok()?).ok(),
        Content::Bytes { damage: Some(_), .. } | Content::Routes { damage: Some(_), .. } => None,
        Content::Failed(ReadError::Disk { .. }) => None,
        Content::Routes { workout, routes, .. } => {
            let workout = workout.to_bytes();
            let routes = routes.iter().map(Vec::as_slice);
            let parts: Vec<&[u8]> = [b"a workout", workout.as_slice()].into_iter().chain(routes).collect();
            Some(ContentHash::of_parts(&parts))
        }
        Content::Workouts(workouts) => {
            let each: Vec<Vec<u8>> = workouts.iter().map(Workout::to_bytes).collect();
            let parts: Vec<&[u8]> =
                std::iter::once(b"workouts".as_slice()).chain(each.iter().map(Vec::as_slice)).collect();
            Some(ContentHash::of_parts(&parts))
        }
        Content::Bytes { bytes, .. } if strava::is_listing(&entry.name) => {
            Some(ContentHash::of_parts(&[b"a list", bytes]))
        }
        Content::Bytes { bytes, .. } => Some(ContentHash::of(bytes)),
        Content::Unrelated => Some(ContentHash::of_parts(&[b"unrelated"])),
        Content::Failed(error) => Some(ContentHash::of_parts(&[b"failed", error.to_string().as_bytes()])),
    }
}

/// Gives what stands in a list to the recordings beside it: names and sports to those that have none, flags, effort, weather.
pub fn use_listings(results: &mut [FileResult]) {
    let lists = results.iter().filter_map(|result| match &result.outcome {
        Outcome::Listing(listing) => Some((result.file.clone(), listing.clone())),
        _ => None,
    });
    let lists: Vec<(FileName, Listing)> = lists.collect();
    for FileResult { file, outcome, .. } in results {
        let (Outcome::Read(digests), Some(listed)) =
            (outcome, lists.iter().find_map(|(list, listing)| listing.of(list, file)))
        else {
            continue;
        };
        for digest in digests {
            digest.name = digest.name.take().or_else(|| listed.name.clone());
            digest.told.flag = digest.told.flag.or(listed.flag);
            digest.told.air_c = digest.told.air_c.or(listed.air_c.map(f64::from));
            digest.watch.rpe = digest.watch.rpe.or(listed.rpe.map(f64::from));
            let names_nothing = matches!(digest.sport, Sport::Unknown | Sport::Other);
            if names_nothing && listed.sport != Sport::Unknown {
                (digest.sport, digest.sub_sport) = (listed.sport, listed.sub_sport);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_give_the_same_outcome_whatever_the_file_is_called() {
        let bytes = b"<gpx></gpx>";
        let of = |name| outcome_of(name, bytes, &Limits::USUAL);
        assert_eq!(of("a.gpx"), of("somewhere/b.fit"));
        assert!(matches!(of("a.gpx"), Outcome::Skipped(_)), "{:?}", of("a.gpx"));
        assert_eq!(outcome_of("a.gpx", b"", &Limits::USUAL), Outcome::Failed(ReadError::Empty));
    }

    #[test]
    fn a_panic_has_a_message() {
        let caught = catch_unwind(|| std::panic::resume_unwind(Box::new("slice past \u{1b}[0m its end"))).unwrap_err();
        assert_eq!(message_of(&*caught), "slice past \u{fffd}[0m its end");
        assert_eq!(message_of(&7_u8), "no message");
        assert!(!Outcome::Failed(ReadError::Panicked { reason: Text::default() }).is_final());
    }
}
