//! What came of every file, to be told to the user.

use crate::activity::{ReadNote, Sport};
use crate::duplicates::Duplicate;
use crate::label::Label;
use crate::outcome::{FileResult, Outcome};
use crate::recording::Origin;
use crate::season::{LeftOut, Season};
use crate::shown::{FileName, Text};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// What came of all files, and what else there is to say about an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// In the order in which they were read, as an [`Origin`] counts them.
    pub files: Vec<FileNote>,
    /// The path of the profile used.
    pub profile: Option<FileName>,
    /// What it says.
    pub settings: toml::Table,
    /// IANA name of the home time zone, where it has one.
    pub time_zone: Option<String>,
    /// The last activity and the day stood on, where that day was moved back.
    pub stale: Option<(Date, Date)>,
}

/// A file with what came of it and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNote {
    pub file: FileName,
    pub fate: Fate,
    /// How many activities it holds.
    pub activities: usize,
    /// What was wrong or mended, or of which kind it is; empty where there is nothing to say.
    pub note: String,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Read,
    /// Read as far as it could be.
    Salvaged,
    /// Sound, and without an activity.
    Skipped,
    /// Something else altogether.
    Other,
    /// Recorded in another file too, which was used instead.
    Duplicate,
    Failed,
}

impl Fate {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Read => "read",
            Fate::Salvaged => "salvaged",
            Fate::Skipped => "skipped",
            Fate::Other => "other",
            Fate::Duplicate => "duplicate",
            Fate::Failed => "failed",
        }
    }
}

/// What came of a file in the end, now that the season is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEnd {
    pub file: FileName,
    pub fate: Fate,
    /// What was mended, of which kind it is, or why it was not used.
    pub kind_or_reason: String,
    /// Runs that it gave to the season.
    pub runs: usize,
    /// For a duplicate, the file with the same run that was used.
    pub kept_instead: Option<FileName>,
}

/// Files named for the same reason before the others are only counted.
const NAMED_FOR_A_REASON: usize = 5;

impl Import {
    pub fn of(results: &[FileResult]) -> Import {
        let files = results.iter().map(|FileResult { file, outcome, .. }| {
            let (fate, note) = fate(outcome);
            let activities = if let Outcome::Read(digests) = outcome { digests.len() } else { 0 };
            FileNote { file: file.clone(), fate, activities, note }
        });
        Import { files: files.collect(), ..Import::default() }
    }

    /// The same to be shown to others: without the names of files, the profile and its values, and the home time zone.
    pub fn unnamed(mut self) -> Import {
        for (i, file) in self.files.iter_mut().enumerate() {
            file.file = FileName::from(format!("file {}", i + 1).as_str());
        }
        Import { profile: None, settings: toml::Table::new(), time_zone: None, ..self }
    }

    /// Adds folders that could not be looked into.
    pub fn not_looked_into(&mut self, folders: Vec<(FileName, Text)>) {
        let failed = folders.into_iter().map(|(file, note)| FileNote {
            file,
            fate: Fate::Failed,
            activities: 0,
            note: note.into(),
        });
        self.files.extend(failed);
    }

    /// The files of which this came.
    pub fn with(&self, fate: Fate) -> impl Iterator<Item = &FileNote> {
        self.files.iter().filter(move |file| file.fate == fate)
    }

    fn count(&self, fate: Fate) -> usize {
        self.with(fate).count()
    }

    /// True where a file could not be used, or only in part.
    pub fn has_damage(&self) -> bool {
        self.has_failures() || self.with(Fate::Salvaged).next().is_some()
    }

    pub fn has_failures(&self) -> bool {
        self.with(Fate::Failed).next().is_some()
    }

    /// One line for every file that failed; with `all` also for those skipped, mended or used in part. Without it, many that
    /// failed for the same reason are summed up.
    pub fn messages(&self, all: bool) -> Vec<String> {
        let mut messages = Vec::new();
        let mut lines = |fate: Fate, word: &str| {
            let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
            for FileNote { file, note, .. } in self.with(fate).filter(|file| !file.note.is_empty()) {
                let count = reasons.entry(note).or_default();
                *count += 1;
                if all || *count <= NAMED_FOR_A_REASON {
                    messages.push(format!("{file}: {word}{note}"));
                }
            }
            for (note, count) in reasons.into_iter().filter(|(_, count)| !all && *count > NAMED_FOR_A_REASON) {
                let more = count - NAMED_FOR_A_REASON;
                messages.push(format!("{more} more files {word}{note} (list them with -v)"));
            }
        };
        lines(Fate::Failed, "not used: ");
        if all {
            lines(Fate::Read, "repaired: ");
            lines(Fate::Salvaged, "used in part: ");
            lines(Fate::Skipped, "skipped: ");
            lines(Fate::Other, "skipped: ");
        }
        messages
    }

    /// What was read, in one line.
    pub fn sentence(&self) -> String {
        let salvaged = self.count(Fate::Salvaged);
        let mut parts = vec![format!("{} read", files(self.count(Fate::Read) + salvaged))];
        if salvaged > 0 {
            parts.push(format!("{salvaged} only in part"));
        }
        let skipped = self.count(Fate::Skipped);
        if skipped > 0 {
            parts.push(format!("{skipped} skipped ({})", self.kinds()));
        }
        let others = self.count(Fate::Other);
        if others > 0 {
            parts.push(format!("{others} other {} ignored", if others == 1 { "file" } else { "files" }));
        }
        if self.has_failures() {
            parts.push(format!("{} not usable", self.count(Fate::Failed)));
        }
        parts.join(", ")
    }

    /// The kinds of skipped files with their counts, the commonest first.
    fn kinds(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for skipped in self.with(Fate::Skipped) {
            *counts.entry(&skipped.note).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        counts
            .iter()
            .map(|(kind, count)| if *count == 1 { (*kind).to_owned() } else { format!("{kind} ×{count}") })
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Why there is nothing to analyse, and what to do.
    pub fn nothing_usable(&self) -> String {
        if self.files.iter().all(|file| file.fate == Fate::Other) {
            return "no FIT, GPX or TCX file found\nhint: give the files or the folder that your watch exported".into();
        }
        format!(
            "no activity could be read ({})\nhint: give the files or the folder of your recorded runs",
            self.sentence()
        )
    }

    /// What was read and what of it counts, in a line.
    pub fn counts(&self, season: &Season) -> String {
        let mut text = format!("{}.", self.sentence());
        match season.duplicates.len() {
            0 => {}
            1 => text.push_str(" 1 duplicate recording ignored."),
            n => text.push_str(&format!(" {n} duplicate recordings ignored.")),
        }
        let no_exercise = season.left_out.iter().filter(|left| left.why.is_no_exercise()).count();
        match no_exercise {
            0 => {}
            1 => text.push_str(" 1 recording that is no exercise ignored."),
            n => text.push_str(&format!(" {n} recordings that are no exercise ignored.")),
        }
        match season.left_out.len() - no_exercise {
            0 => {}
            1 => text.push_str(" 1 activity with an impossible or later date ignored."),
            n => text.push_str(&format!(" {n} activities with impossible or later dates ignored.")),
        }
        text
    }

    /// One line for every recording that another one stands for: which one, and why that.
    pub fn choices(season: &Season) -> Vec<String> {
        season.duplicates.iter().map(|duplicate| format!("{}: ignored: {duplicate}", duplicate.file)).collect()
    }

    /// What came of every file in the end, in the order in which they were read.
    pub fn ends(&self, season: &Season) -> Vec<FileEnd> {
        let ends = ends(season);
        let rows = self.files.iter().enumerate().map(|(i, FileNote { file, fate, activities, note })| {
            let origins = (0..*activities).map(|activity| Origin { file: i, activity });
            let ends: Vec<End> = origins.filter_map(|origin| ends.get(&origin).copied()).collect();
            let is_used = ends.iter().any(|end| matches!(end, End::Run(_) | End::Other(_)));
            let is_left = !is_used && !ends.is_empty();
            let duplicate = ends.iter().find_map(End::duplicate).filter(|_| is_left);
            let mut reasons = sentences(&ends, *activities);
            reasons.extend(Some(note.clone()).filter(|note| !is_left && !note.is_empty()));
            FileEnd {
                file: file.clone(),
                fate: match (duplicate, is_left) {
                    (Some(_), _) => Fate::Duplicate,
                    (None, true) => Fate::Skipped,
                    (None, false) => *fate,
                },
                kind_or_reason: reasons.join("; "),
                runs: ends.iter().filter(|end| matches!(end, End::Run(label) if *label != Label::Walk)).count(),
                kept_instead: duplicate.map(|d| d.kept.clone()),
            }
        });
        rows.collect()
    }
}

/// What came of one activity.
#[derive(Clone, Copy)]
enum End<'a> {
    Run(Label),
    Other(Sport),
    Duplicate(&'a Duplicate),
    LeftOut(&'a LeftOut),
}

impl<'a> End<'a> {
    fn duplicate(&self) -> Option<&'a Duplicate> {
        match self {
            End::Duplicate(duplicate) => Some(duplicate),
            _ => None,
        }
    }
}

impl fmt::Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LOAD: &str = "counts as load, not as a run";
        match self {
            End::Run(Label::Walk) => write!(f, "mostly walked: {LOAD}"),
            End::Run(_) => Ok(()),
            End::Other(sport) => write!(f, "{sport}: {LOAD}"),
            End::Duplicate(duplicate) => duplicate.fmt(f),
            End::LeftOut(left_out) => left_out.fmt(f),
        }
    }
}

/// What came of every activity.
fn ends(season: &Season) -> HashMap<Origin, End<'_>> {
    let runs = season.runs().map(|(run, session)| (run.recording.origin, End::Run(session.verdict.label)));
    let others = season.others().map(|other| (other.recording.origin, End::Other(other.recording.sport())));
    let duplicates = season.duplicates.iter().map(|duplicate| (duplicate.origin, End::Duplicate(duplicate)));
    let left_out = season.left_out.iter().map(|left_out| (left_out.origin, End::LeftOut(left_out)));
    runs.chain(others).chain(duplicates).chain(left_out).collect()
}

/// What there is to say of a file's activities, each thing once; of one among several that it is one of them.
fn sentences(ends: &[End], activities: usize) -> Vec<String> {
    let mut said: Vec<(String, &End, usize)> = Vec::new();
    for end in ends {
        let text = end.to_string();
        match said.iter_mut().find(|(other, ..)| *other == text) {
            Some((.., count)) => *count += 1,
            None if text.is_empty() => {}
            None => said.push((text, end, 1)),
        }
    }
    let sentence = |(text, end, count): (String, &End, usize)| {
        let how_many = if count == 1 { "one".to_owned() } else { count.to_string() };
        match (end, count) {
            _ if activities == 1 => text,
            (End::Duplicate(_), 1) => format!("one of its activities is {text}"),
            (End::Duplicate(_), n) => format!("{n} of its activities are {text}"),
            _ => format!("{text} ({how_many} of its activities)"),
        }
    };
    said.into_iter().map(sentence).collect()
}

fn fate(outcome: &Outcome) -> (Fate, String) {
    match outcome {
        Outcome::Read(digests) => {
            let is_salvaged = digests.iter().flat_map(|d| &d.read_notes).any(ReadNote::is_salvage);
            let read = digests.iter().flat_map(|d| &d.read_notes).map(ToString::to_string);
            let mended = digests.iter().flat_map(|digest| digest.mended()).map(ToString::to_string);
            let notes: Vec<String> = read.chain(mended).collect();
            (if is_salvaged { Fate::Salvaged } else { Fate::Read }, notes.join("; "))
        }
        Outcome::Skipped(kind) => (Fate::Skipped, kind.to_string()),
        Outcome::Listing(_) => (Fate::Skipped, "Strava's list of activities".into()),
        Outcome::Unrelated => (Fate::Other, "not a FIT, GPX or TCX file".into()),
        Outcome::Failed(error) => (Fate::Failed, error.to_string()),
    }
}

fn files(count: usize) -> String {
    match count {
        0 => "no file".into(),
        1 => "1 file".into(),
        n => format!("{n} files"),
    }
}
