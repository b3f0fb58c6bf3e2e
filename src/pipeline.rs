//! The program on one screen: bytes to digests, digests to answers.

use crate::activity::{ReadNote, Sport};
use crate::athlete::{Athlete, Thresholds};
use crate::content::ContentHash;
use crate::daily::Daily;
use crate::digest::{self, Digest};
use crate::duplicates::{Duplicate, without_duplicates};
use crate::feed;
use crate::heart_rate::HeartRate;
use crate::label::{self, Label, Labelled, Part};
use crate::load::{self, Calibration, Method, RunLoad};
use crate::plan::{self, Ceilings, PlannedDay, situation};
use crate::profile::Profile;
use crate::read::archive::{self, Content, Entry};
use crate::read::strava::{self, Listing};
use crate::read::{self, FileKind, Limits, ReadError, Reading};
use crate::recording::Recording;
use crate::run::{Judgement, Run};
use crate::season::{Day, RecoveryBalance, Week};
use crate::shown::shown;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{Read, Seek};

/// Days planned ahead.
const PLAN_DAYS: usize = 14;

/// What came of one file, or of one entry of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct FileResult {
    /// As it is shown: the path, and for an entry the names within.
    pub file: String,
    /// The path of the file, or of the archive it lies in.
    pub source: String,
    /// What its outcome can be kept under; `None` where another try might give another one.
    pub content: Option<ContentHash>,
    pub outcome: Outcome,
}

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
    Failed(ReadError),
}

/// Stage 1: reads, cleans and digests every file and every entry of every archive, in parallel; the results stand in the
/// order of `files`.
///
/// `open` opens a file or says why it cannot; `known` says what came of a content before, if it was read before; `done`
/// is called after each file and entry.
pub fn digest_all<F: Read + Seek>(
    files: &[String],
    open: impl Fn(&str) -> Result<F, String> + Sync,
    limits: &Limits,
    known: impl Fn(&ContentHash) -> Option<Outcome> + Sync,
    done: impl Fn(&FileResult) + Sync,
) -> Vec<FileResult> {
    let source = |give: &mut dyn FnMut((usize, Entry))| {
        for (i, file) in files.iter().enumerate() {
            match open(file) {
                Ok(opened) => archive::visit(file, opened, limits, &mut |entry| give((i, entry))),
                Err(reason) => give((i, Entry::failed(file, ReadError::Disk { reason }))),
            }
        }
    };
    let digest_one = |(i, entry): (usize, Entry)| {
        let content = content_of(&entry);
        let outcome = content.as_ref().and_then(&known).unwrap_or_else(|| outcome_of(&entry, limits));
        let result = FileResult { file: entry.name, source: files[i].clone(), content, outcome };
        done(&result);
        result
    };
    feed::through(source, |(_, entry)| entry.size(), digest_one)
}

/// What an entry's outcome depends on: its bytes and, for a list, its name. What has no bytes to show is known by why.
fn content_of(entry: &Entry) -> Option<ContentHash> {
    match &entry.content {
        Content::Bytes { is_damaged: true, .. } | Content::Failed(ReadError::Disk { .. }) => None,
        Content::Bytes { bytes, .. } if strava::is_listing(&entry.name) => {
            Some(ContentHash::of_parts(&[b"a list", bytes]))
        }
        Content::Bytes { bytes, .. } => Some(ContentHash::of(bytes)),
        Content::Unrelated => Some(ContentHash::of_parts(&[b"unrelated"])),
        Content::Failed(error) => Some(ContentHash::of_parts(&[b"failed", error.to_string().as_bytes()])),
    }
}

fn outcome_of(entry: &Entry, limits: &Limits) -> Outcome {
    let (bytes, is_damaged) = match &entry.content {
        Content::Bytes { bytes, is_damaged } => (bytes, *is_damaged),
        Content::Unrelated => return Outcome::Unrelated,
        Content::Failed(error) => return Outcome::Failed(error.clone()),
    };
    if let Some(listing) = strava::is_listing(&entry.name).then(|| Listing::parse(bytes)) {
        return listing.map_or(Outcome::Unrelated, Outcome::Listing);
    }
    match read::read_within(bytes, limits) {
        Ok(Reading::NotAnActivity(kind)) => Outcome::Skipped(kind),
        Ok(Reading::Activities(mut activities)) => {
            if let (true, Some(last)) = (is_damaged, activities.last_mut()) {
                last.notes.push(ReadNote::ChecksumMismatch);
            }
            let digests: Vec<Digest> = activities.iter().filter_map(digest::digest).collect();
            if digests.is_empty() { Outcome::Failed(ReadError::NoDuration) } else { Outcome::Read(digests) }
        }
        Err(error) => Outcome::Failed(error),
    }
}

/// Gives names and sports to what has none of its own and stands in a list.
pub fn use_listings(results: &mut [FileResult]) {
    let lists = results.iter().filter_map(|result| match &result.outcome {
        Outcome::Listing(listing) => Some((result.file.clone(), listing.clone())),
        _ => None,
    });
    let lists: Vec<(String, Listing)> = lists.collect();
    for FileResult { file, outcome, .. } in results {
        let (Outcome::Read(digests), Some(listed)) =
            (outcome, lists.iter().find_map(|(list, listing)| listing.of(list, file)))
        else {
            continue;
        };
        for digest in digests {
            digest.name = digest.name.take().or_else(|| listed.name.as_deref().map(shown));
            let names_nothing = matches!(digest.sport, Sport::Unknown | Sport::Other);
            if names_nothing && listed.sport != Sport::Unknown {
                (digest.sport, digest.sub_sport) = (listed.sport, listed.sub_sport);
            }
        }
    }
}

/// Puts every digest on the local calendar, in order of time, named by the lists among the results.
pub fn recordings(mut results: Vec<FileResult>, home: &TimeZone) -> Vec<Recording> {
    use_listings(&mut results);
    let mut recordings: Vec<Recording> = results
        .into_iter()
        .flat_map(|FileResult { file, outcome, .. }| match outcome {
            Outcome::Read(digests) => {
                digests.into_iter().filter_map(|d| Recording::new(file.clone(), d, home)).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
        .collect();
    recordings.sort_by(|a, b| (a.digest.start_ms, &a.file).cmp(&(b.digest.start_ms, &b.file)));
    recordings
}

/// An activity that is no run: it counts as load, and not as running.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherActivity {
    pub date: Date,
    pub file: String,
    pub sport: Sport,
    pub duration_s: f64,
    pub load: f64,
    pub load_method: Method,
}

/// A recording that has no place in the season, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub file: String,
    pub date: Date,
}

impl LeftOut {
    /// Watches whose clock was never set count from the first day of their maker's calendar, 2000-01-01 at the latest, years
    /// before there were any that record a run.
    pub const FIRST_CREDIBLE: Date = jiff::civil::date(2001, 1, 1);

    fn of(recording: &Recording, today: Date) -> Option<LeftOut> {
        let date = recording.date();
        let has_place = date >= Self::FIRST_CREDIBLE && date <= today;
        (!has_place).then(|| LeftOut { file: recording.file.clone(), date })
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.date < Self::FIRST_CREDIBLE {
            write!(f, "its clock was not set: it says {}; correct the time and export it again", self.date)
        } else {
            write!(f, "it is of {}, after the day looked from", self.date)
        }
    }
}

/// Everything there is to say about a season as of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The day on which the runner stands.
    pub today: Date,
    /// The thresholds of today.
    pub thresholds: Thresholds,
    /// The upper limits of easy running that follow from them.
    pub ceilings: Ceilings,
    /// All runs up to today, the oldest first.
    pub runs: Vec<Run>,
    pub others: Vec<OtherActivity>,
    pub duplicates: Vec<Duplicate>,
    /// Recordings dated impossibly early, or after today.
    pub left_out: Vec<LeftOut>,
    pub days: Vec<Day>,
    pub weeks: Vec<Week>,
    pub balance: RecoveryBalance,
    pub plan: Vec<PlannedDay>,
}

/// Stage 2: from the season's recordings, sorted by start, to load, labels, form and plan as of `today`.
pub fn analyse(recordings: Vec<Recording>, profile: &Profile, today: Date) -> Analysis {
    // First what has no place: watches that never knew the time may all have begun at the same false one.
    let (placed, unplaced): (Vec<Recording>, Vec<Recording>) =
        recordings.into_iter().partition(|r| LeftOut::of(r, today).is_none());
    let left_out: Vec<LeftOut> = unplaced.iter().filter_map(|r| LeftOut::of(r, today)).collect();
    let (recordings, duplicates) = without_duplicates(placed);
    let athlete = Athlete::new(&recordings, profile, today);
    let heart_rates: Vec<HeartRate> =
        recordings.par_iter().map(|r| HeartRate::of(&r.digest.trace, athlete.at(r.date()))).collect();
    let season = Season::of(&recordings, &heart_rates, &athlete, today);
    let days = Day::all(&season.daily);
    let runs = season.runs(&recordings, &heart_rates, &athlete);
    let thresholds = athlete.at(today).clone();
    let state = situation::state(&season.sessions, &recordings, &season.loads, &season.daily, &thresholds, today);
    Analysis {
        weeks: Week::all(&days, &runs),
        balance: RecoveryBalance::new(&season.sessions, season.daily.first, today),
        plan: plan::plan(&state, PLAN_DAYS),
        ceilings: state.ceilings,
        others: season.others(&recordings),
        today,
        thresholds,
        runs,
        duplicates,
        left_out,
        days,
    }
}

/// Loads and labels, which need each other: a run without any measure is given the load of the runner's own easy
/// runs, and which runs are easy is known only after labelling.
struct Season {
    loads: Vec<RunLoad>,
    daily: Daily,
    sessions: Vec<Labelled>,
}

impl Season {
    fn of(recordings: &[Recording], heart_rates: &[HeartRate], athlete: &Athlete, today: Date) -> Season {
        let mut calibration = Calibration::new(recordings, heart_rates, athlete);
        let first = Season::with(&calibration, recordings, heart_rates, athlete, today);
        let by_duration = |l: &RunLoad| l.method == Method::Duration;
        if !first.loads.iter().any(by_duration) {
            return first;
        }
        let easy = first.sessions.iter().filter(|s| s.verdict.label == Label::Easy);
        let measured = easy.filter(|s| !s.session.parts.iter().any(|i| by_duration(&first.loads[*i])));
        calibration.easy_load_per_h =
            load::median_load_per_h(measured.map(|s| (s.features.load, 60.0 * s.features.duration_min)));
        Season::with(&calibration, recordings, heart_rates, athlete, today)
    }

    fn with(
        calibration: &Calibration,
        recordings: &[Recording],
        heart_rates: &[HeartRate],
        athlete: &Athlete,
        today: Date,
    ) -> Season {
        let loads: Vec<RunLoad> = recordings
            .par_iter()
            .zip(heart_rates)
            .map(|(r, heart_rate)| load::load(r, heart_rate, athlete.at(r.date()), calibration))
            .collect();
        let daily = Daily::new(recordings.iter().map(Recording::date).zip(loads.iter().map(|l| l.points)), today);
        let part = |i: usize| Part { recording: &recordings[i], heart_rate: &heart_rates[i], load: loads[i] };
        let runs = (0..recordings.len()).filter(|i| recordings[*i].is_run());
        let sessions = label::sessions(runs.map(|i| (i, part(i))));
        let sessions = label::label_all(&sessions, part, athlete, &daily);
        Season { loads, daily, sessions }
    }

    fn runs(&self, recordings: &[Recording], heart_rates: &[HeartRate], athlete: &Athlete) -> Vec<Run> {
        let rows = self.sessions.par_iter().flat_map_iter(|labelled| {
            labelled.session.parts.iter().map(move |&i| {
                let judgement = Judgement {
                    label: labelled.verdict.label,
                    recovery_score: labelled.verdict.score.points,
                    confidence: labelled.verdict.confidence,
                    reasons: label::reasons_of_part(labelled, i),
                };
                let threshold_mps = athlete.at(recordings[i].date()).speed_mps();
                Run::new(&recordings[i], &heart_rates[i], self.loads[i], threshold_mps, judgement)
            })
        });
        rows.collect()
    }

    fn others(&self, recordings: &[Recording]) -> Vec<OtherActivity> {
        let others = recordings.iter().zip(&self.loads).filter(|(recording, _)| !recording.is_run());
        others
            .map(|(recording, load)| OtherActivity {
                date: recording.date(),
                file: recording.file.clone(),
                sport: recording.sport(),
                duration_s: recording.digest.timer_s,
                load: load.points,
                load_method: load.method,
            })
            .collect()
    }
}
