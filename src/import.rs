//! What came of every file, to be told to the user.

use crate::pipeline::{FileResult, Outcome};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// The counts and the lists of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Import {
    /// Files from which activities were read.
    pub read: usize,
    /// Files of which only a part could be read, with what was wrong.
    pub salvaged: Vec<FileNote>,
    /// Sound files without an activity.
    pub skipped: Vec<FileNote>,
    /// Files of which nothing could be used.
    pub failed: Vec<FileNote>,
    /// Files in the folders that are something else altogether.
    pub other_files: usize,
    /// The profile used.
    pub profile: Option<String>,
    /// The last activity and the day stood on, where that day was moved back.
    #[serde(skip)]
    pub stale: Option<(Date, Date)>,
}

/// A file with what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileNote {
    pub file: String,
    pub note: String,
}

impl Import {
    pub fn of(results: &[FileResult]) -> Import {
        let mut import = Import::default();
        for FileResult { file, outcome, .. } in results {
            let note = |note: String| FileNote { file: file.clone(), note };
            match outcome {
                Outcome::Read(_) => {
                    import.read += 1;
                    let salvages = outcome.read_notes().into_iter().filter(|n| n.is_salvage());
                    let notes: Vec<String> = salvages.map(ToString::to_string).collect();
                    if !notes.is_empty() {
                        import.salvaged.push(note(notes.join("; ")));
                    }
                }
                Outcome::Skipped(kind) => import.skipped.push(note(kind.to_string())),
                Outcome::Failed(error) => import.failed.push(note(error.to_string())),
                Outcome::Unreadable(reason) => import.failed.push(note(reason.clone())),
            }
        }
        import
    }

    /// Adds folders that could not be looked into.
    pub fn unreadable_folders(&mut self, folders: Vec<(String, String)>) {
        self.failed.extend(folders.into_iter().map(|(file, note)| FileNote { file, note }));
    }

    pub fn has_failures(&self) -> bool {
        !self.failed.is_empty()
    }

    /// One line for every file that failed; with `all` also for those skipped or used in part.
    pub fn messages(&self, all: bool) -> Vec<String> {
        let lines = |notes: &[FileNote], word: &str| {
            notes.iter().map(|n| format!("{}: {word}{}", n.file, n.note)).collect::<Vec<_>>()
        };
        let mut messages = lines(&self.failed, "not used: ");
        if all {
            messages.extend(lines(&self.salvaged, "used in part: "));
            messages.extend(lines(&self.skipped, "skipped: "));
        }
        messages
    }

    /// What was read, in one line.
    pub fn sentence(&self) -> String {
        let mut parts = vec![format!("{} read", files(self.read))];
        if !self.salvaged.is_empty() {
            parts.push(format!("{} of them in part", self.salvaged.len()));
        }
        if !self.skipped.is_empty() {
            parts.push(format!("{} skipped ({})", self.skipped.len(), self.kinds()));
        }
        if self.has_failures() {
            parts.push(format!("{} not usable", self.failed.len()));
        }
        parts.join(", ")
    }

    /// The kinds of skipped files with their counts, the commonest first.
    fn kinds(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for skipped in &self.skipped {
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
        if self.skipped.is_empty() && self.failed.is_empty() {
            return "no FIT, GPX or TCX file was found; name the files or the folder that your watch exported".into();
        }
        format!("no activity could be read ({}); name the files or the folder of your recorded runs", self.sentence())
    }
}

fn files(count: usize) -> String {
    match count {
        0 => "no file".into(),
        1 => "1 file".into(),
        n => format!("{n} files"),
    }
}
