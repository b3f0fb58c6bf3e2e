//! A digest with its place in the season: which file it came from and on which local day it began.

use crate::activity::Sport;
use crate::checkin::CheckIns;
use crate::content::ContentHash;
use crate::digest::{Digest, OffsetSource};
use crate::notes::{Notes, RunRef, Said};
use crate::outcome::{FileResult, Outcome, use_listings};
use crate::shown::FileName;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// One recording of the season. A copy costs little: it shares the digest.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Where it stands among the files.
    pub origin: Origin,
    /// The path as the user would find it, with the entry for archives.
    pub file: FileName,
    /// What is known of it.
    pub digest: Arc<Digest>,
    /// Start on the local clock.
    pub started: Zoned,
    /// Where its local time comes from.
    pub clock: LocalClock,
    /// What the runner said of it afterwards, by hand.
    pub said: Said,
}

/// Place of an activity among all that count, in order of time: how the parts of a season name each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityId(usize);

impl ActivityId {
    /// The activity at this place of the season.
    pub fn new(place: usize) -> ActivityId {
        ActivityId(place)
    }

    /// Its place in the season, from 0.
    pub fn index(self) -> usize {
        self.0
    }
}

/// What a recording is called in files, the same on any machine and in whatever archive it lies: the start in UTC and four
/// digits made of start, sport and duration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(String);

impl RunId {
    /// True for the whole name, and for any beginning of it that tells the day.
    pub fn matches(&self, text: &str) -> bool {
        const DAY: usize = "20260621".len();
        text.len() >= DAY && self.0.starts_with(text)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which activity of which file a recording is: both count from 0, files in the order in which they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Place of its file, from 0.
    pub file: usize,
    /// Place among the activities of that file, from 0.
    pub activity: usize,
}

/// Where the local clock of a recording comes from (design: the device, the place, the profile, the system).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalClock {
    /// The device says so.
    Device,
    /// Its position says so.
    Position,
    /// The profile's time zone, or the system's where the profile names none.
    Home,
}

impl fmt::Display for LocalClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LocalClock::Device => "the device's local time",
            LocalClock::Position => "the time zone at the start",
            LocalClock::Home => "your home time zone",
        })
    }
}

/// Recordings that tell neither zone nor place: another clock dates them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeClocks {
    runs: usize,
    of: usize,
    /// IANA name of the zone they were dated by.
    zone: Option<String>,
}

impl HomeClocks {
    /// `None` where every recording tells its own zone or place.
    pub fn of(recordings: &[Recording], home: &TimeZone) -> Option<HomeClocks> {
        let runs = recordings.iter().filter(|recording| recording.clock == LocalClock::Home).count();
        let zone = home.iana_name().map(str::to_owned);
        (runs > 0).then_some(HomeClocks { runs, of: recordings.len(), zone })
    }
}

impl fmt::Display for HomeClocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let HomeClocks { runs, of, zone } = self;
        let tell = if *runs == 1 { "tells" } else { "tell" };
        let recordings = if *of == 1 { "recording" } else { "recordings" };
        write!(f, "{runs} of {of} {recordings} {tell} no time zone and no place: dated by this computer's clock")?;
        let example = match zone.as_deref() {
            Some(name) => {
                write!(f, " ({name})")?;
                name
            }
            None => "Europe/Vienna",
        };
        write!(
            f,
            "\nhint: to date them by another zone, write `time_zone = \"{example}\"` under `[athlete]` in profile.toml"
        )
    }
}

impl Recording {
    /// Puts a digest on the local calendar; `home` is used where the recording tells no offset.
    ///
    /// `None` where the start lies outside the calendar (before the year -9999 or after 9999).
    pub fn new(file: FileName, digest: Digest, home: &TimeZone) -> Option<Recording> {
        let instant = Timestamp::from_millisecond(digest.start_ms).ok()?;
        let stated = digest.utc_offset.and_then(|o| Some((Offset::from_seconds(o.seconds).ok()?, o.source)));
        let (zone, clock) = match stated {
            Some((offset, OffsetSource::Device)) => (TimeZone::fixed(offset), LocalClock::Device),
            Some((offset, OffsetSource::Position)) => (TimeZone::fixed(offset), LocalClock::Position),
            None => (TimeZone::fixed(home.to_offset(instant)), LocalClock::Home),
        };
        let digest = Arc::new(digest);
        Some(Recording {
            origin: Origin::default(),
            file,
            digest,
            started: instant.to_zoned(zone),
            clock,
            said: Said::default(),
        })
    }

    /// The recordings in all files, in order of time, named by the lists among these.
    pub fn all(mut results: Vec<FileResult>, home: &TimeZone) -> Vec<Recording> {
        use_listings(&mut results);
        let mut recordings = Vec::new();
        for (file, result) in results.into_iter().enumerate() {
            let Outcome::Read(digests) = result.outcome else { continue };
            let placed = digests.into_iter().enumerate().filter_map(|(activity, mut digest)| {
                if let Some(content) = &result.content {
                    digest.trace.comes_from(content, activity);
                }
                let recording = Recording::new(result.file.clone(), digest, home)?;
                Some(Recording { origin: Origin { file, activity }, ..recording })
            });
            recordings.extend(placed);
        }
        recordings.sort_by(|a, b| (a.digest.start_ms, &a.file).cmp(&(b.digest.start_ms, &b.file)));
        recordings
    }

    /// Takes in what the runner said of these recordings, which stand in order of time.
    ///
    /// A title, a perceived exertion and a heart rate that is none replace what the file holds; what kind of run it was is kept
    /// beside it for whoever judges it.
    pub fn noted(mut recordings: Vec<Recording>, notes: &Notes) -> Vec<Recording> {
        if notes.lines.is_empty() {
            return recordings;
        }
        let mut on_day: HashMap<Date, usize> = HashMap::new();
        recordings.iter().for_each(|recording| *on_day.entry(recording.date()).or_default() += 1);
        for recording in &mut recordings {
            let is_alone = on_day[&recording.date()] == 1;
            recording.take(notes.of(|run| recording.is_named(run, is_alone)));
        }
        recordings
    }

    /// Takes in how hard runs felt by the runner's check-ins, where no watch, service or note says it; of days with one run.
    pub fn felt(mut recordings: Vec<Recording>, check_ins: &CheckIns) -> Vec<Recording> {
        let mut runs_on: HashMap<Date, usize> = HashMap::new();
        recordings.iter().filter(|r| r.is_run()).for_each(|run| *runs_on.entry(run.date()).or_default() += 1);
        let is_alone = |recording: &Recording| recording.is_run() && runs_on.get(&recording.date()) == Some(&1);
        for recording in recordings.iter_mut().filter(|recording| is_alone(recording)) {
            let effort = check_ins.effort(recording.date()).filter(|_| recording.digest.watch.rpe.is_none());
            if effort.is_some() {
                Arc::make_mut(&mut recording.digest).watch.rpe = effort;
            }
        }
        recordings
    }

    fn take(&mut self, said: Said) {
        if said.has_no_heart_rate || said.rpe.is_some() || said.title.is_some() {
            let digest = Arc::make_mut(&mut self.digest);
            if said.has_no_heart_rate {
                digest.forget_heart_rate();
            }
            digest.watch.rpe = said.rpe.or(digest.watch.rpe);
            digest.name = said.title.clone().or_else(|| digest.name.take());
        }
        self.said = said;
    }

    /// How a runner names it in a note.
    pub fn run_ref(&self) -> RunRef {
        RunRef::starting(self.started.datetime())
    }

    /// Whether it is meant by this name; `is_alone` if it is the only one of its day, or if all of the day are meant.
    pub fn is_named(&self, run: &RunRef, is_alone: bool) -> bool {
        match run {
            RunRef::Id(id) => self.run_id().matches(id),
            _ => run.names_start(self.started.datetime(), is_alone),
        }
    }

    /// What the recording is called everywhere: made of its start, its sport and its duration.
    pub fn run_id(&self) -> RunId {
        let start = Timestamp::from_millisecond(self.digest.start_ms).unwrap_or_default();
        let start = start.strftime("%Y%m%dT%H%M%SZ").to_string();
        let sport = self.sport().to_string();
        let duration = (self.digest.timer_s.round() as i64).to_le_bytes();
        let parts = [&self.digest.start_ms.to_le_bytes()[..], sport.as_bytes(), &duration];
        let hash = ContentHash::of_parts(&parts).to_string();
        RunId(format!("{start}-{}", &hash[..4]))
    }

    /// The local calendar day on which it started, and to which it belongs.
    pub fn date(&self) -> Date {
        self.started.date()
    }

    /// Unix time, UTC, of the last second, in milliseconds.
    pub fn end_ms(&self) -> i64 {
        self.digest.start_ms + (self.digest.elapsed_s * 1000.0) as i64
    }

    /// What was done: as the file says, else as gait and speed suggest.
    ///
    /// Without a named sport, what was mostly walked is a walk. Without a runner's steps besides, five minutes at 6 m/s
    /// (2:47 /km) or 20 minutes at a mean of 5 m/s (3:20 /km) are taken for a ride: hardly anybody runs so, and every
    /// bicycle goes so.
    pub fn sport(&self) -> Sport {
        match self.digest.sport {
            Sport::Unknown if self.is_mostly_walked() => Sport::Walking,
            Sport::Unknown if self.is_faster_than_running() && !self.digest.has_running_steps() => Sport::Other,
            Sport::Unknown => Sport::Running,
            named => named,
        }
    }

    fn is_faster_than_running(&self) -> bool {
        const FIVE_MINUTES_MPS: f64 = 6.0;
        const MEAN_MPS: f64 = 5.0;
        const LONG_ENOUGH_TO_TELL_S: f64 = 1200.0;
        let d = &self.digest;
        d.best_5min_mps.is_some_and(|mps| mps > FIVE_MINUTES_MPS)
            || d.moving_s >= LONG_ENOUGH_TO_TELL_S && d.distance_m > MEAN_MPS * d.moving_s
    }

    /// Less than half of the moving time was running.
    pub fn is_mostly_walked(&self) -> bool {
        2.0 * self.digest.running_s < self.digest.moving_s
    }

    /// True of running of any kind.
    pub fn is_run(&self) -> bool {
        self.sport() == Sport::Running
    }
}
