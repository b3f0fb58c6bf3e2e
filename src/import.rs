//! What came of every file, to be told to the user.

use crate::activity::ReadNote;
use crate::duplicates::Duplicate;
use crate::pipeline::{Analysis, FileResult, LeftOut, Outcome};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What came of all files, and what else there is to say about an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    pub files: Vec<FileNote>,
    /// The profile used.
    pub profile: Option<String>,
    /// The last activity and the day stood on, where that day was moved back.
    pub stale: Option<(Date, Date)>,
}

/// A file with what came of it and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNote {
    pub file: String,
    pub fate: Fate,
    /// What was wrong or mended, or of which kind it is; empty where there is nothing to say.
    pub note: String,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// A row of `import-log.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogRow {
    pub file: String,
    pub outcome: Fate,
    pub kind_or_reason: String,
    /// Runs that it gave to the season.
    pub runs: usize,
    /// For a duplicate, the file with the same run that was used.
    pub kept_instead: Option<String>,
}

/// What is said of a file that is no recording at all.
const OTHER: &str = "something else than FIT, GPX or TCX";
/// Files named for the same reason before the others are only counted.
const NAMED_FOR_A_REASON: usize = 5;

impl Import {
    pub fn of(results: &[FileResult]) -> Import {
        let files = results.iter().map(|FileResult { file, outcome, .. }| {
            let (fate, note) = fate(outcome);
            FileNote { file: file.clone(), fate, note }
        });
        Import { files: files.collect(), ..Import::default() }
    }

    /// Adds folders that could not be looked into.
    pub fn not_looked_into(&mut self, folders: Vec<(String, String)>) {
        let failed = folders.into_iter().map(|(file, note)| FileNote { file, fate: Fate::Failed, note });
        self.files.extend(failed);
    }

    /// Adds files of folders that are something else altogether.
    pub fn not_read(&mut self, files: Vec<String>) {
        let other = |file| FileNote { file, fate: Fate::Other, note: OTHER.into() };
        self.files.extend(files.into_iter().map(other));
    }

    /// The files of which this came.
    pub fn with(&self, fate: Fate) -> impl Iterator<Item = &FileNote> {
        self.files.iter().filter(move |file| file.fate == fate)
    }

    fn count(&self, fate: Fate) -> usize {
        self.with(fate).count()
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
                messages.push(format!("and {more} more (-v names them): {word}{note}"));
            }
        };
        lines(Fate::Failed, "not used: ");
        if all {
            lines(Fate::Read, "mended: ");
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
            parts.push(format!("{salvaged} of them in part"));
        }
        let skipped = self.count(Fate::Skipped);
        if skipped > 0 {
            parts.push(format!("{skipped} skipped ({})", self.kinds()));
        }
        let others = self.count(Fate::Other);
        if others > 0 {
            parts.push(format!("{} of other kinds", files(others)));
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
            return "no FIT, GPX or TCX file was found; name the files or the folder that your watch exported".into();
        }
        format!("no activity could be read ({}); name the files or the folder of your recorded runs", self.sentence())
    }

    /// What came of every file in the end, one row a file.
    pub fn log(&self, analysis: &Analysis) -> Vec<LogRow> {
        let mut runs: HashMap<&str, usize> = HashMap::new();
        for run in &analysis.runs {
            *runs.entry(&run.file).or_default() += 1;
        }
        let duplicates: HashMap<&str, &Duplicate> = analysis.duplicates.iter().map(|d| (&*d.file, d)).collect();
        let left_out: HashMap<&str, &LeftOut> = analysis.left_out.iter().map(|l| (&*l.file, l)).collect();
        let others = analysis.others.iter().map(|other| &*other.file);
        let used: std::collections::HashSet<&str> = runs.keys().copied().chain(others).collect();
        let row = |FileNote { file, fate, note }: &FileNote| {
            let duplicate = duplicates.get(&**file).filter(|_| !used.contains(&**file));
            LogRow {
                file: file.clone(),
                outcome: if duplicate.is_some() { Fate::Duplicate } else { *fate },
                kind_or_reason: match (duplicate, left_out.get(&**file)) {
                    (Some(duplicate), _) => duplicate.to_string(),
                    (None, Some(left_out)) => left_out.to_string(),
                    (None, None) => note.clone(),
                },
                runs: runs.get(&**file).copied().unwrap_or(0),
                kept_instead: duplicate.map(|d| d.kept.clone()),
            }
        };
        self.files.iter().map(row).collect()
    }
}

fn fate(outcome: &Outcome) -> (Fate, String) {
    match outcome {
        Outcome::Read(digests) => {
            let is_salvaged = digests.iter().flat_map(|d| &d.read_notes).any(ReadNote::is_salvage);
            let read = digests.iter().flat_map(|d| &d.read_notes).map(ToString::to_string);
            let mended = digests.iter().flat_map(|d| &d.notes).map(ToString::to_string);
            let notes: Vec<String> = read.chain(mended).collect();
            (if is_salvaged { Fate::Salvaged } else { Fate::Read }, notes.join("; "))
        }
        Outcome::Skipped(kind) => (Fate::Skipped, kind.to_string()),
        Outcome::Listing(_) => (Fate::Skipped, "Strava's list of activities".into()),
        Outcome::Unrelated => (Fate::Other, OTHER.into()),
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
