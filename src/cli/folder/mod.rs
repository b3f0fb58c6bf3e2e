//! The report folder, replaced whole or not at all: whoever looks, and whenever a run is killed, sees one report.
//!
//! The report is written to a draft beside the folder and made safe on the disk; then the two change places at one stroke.
//! What else lies in the folder gets a second name in the draft first, so that it stays. Where folders cannot change places
//! (mount points, parents that may only be read, some file systems, a shell that stands in the folder) the draft lies
//! within the folder and its files are moved one by one, the page last.

mod disk;
mod draft;
#[cfg(test)]
mod tests;

use super::files::{reason, small_text};
use crate::content::ContentHash;
use crate::kept::KeptPlan;
use crate::render::history::History;
use crate::render::plan::kept_in;
use crate::render::report::{CALENDAR, HISTORY, MARK, PAGE, PLAN, PreviousReport, ReportFile};
use crate::shown::FileName;
use anyhow::{Result, anyhow, bail};
use disk::Disk;
use draft::Draft;
use rayon::prelude::*;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// True if the folder holds a report.
pub(super) fn is_report(folder: &Path) -> bool {
    let mut head = Vec::new();
    // The mark stands at the top of the page.
    let read = fs::File::open(folder.join(PAGE)).and_then(|page| page.take(4096).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(MARK)
}

/// A folder that will take a report.
#[derive(Debug)]
pub(super) struct ReportTarget {
    /// As the user wrote it.
    shown: PathBuf,
    /// Without links.
    folder: PathBuf,
    disk: Disk,
}

impl ReportTarget {
    /// Refuses a folder that holds something other than a report, or that cannot be written to, before any work is done.
    pub fn check(path: &Path) -> Result<ReportTarget> {
        if path.exists() && !path.is_dir() {
            bail!("{} is a file; choose another folder for the report with -o", FileName::of(path));
        }
        let target = ReportTarget { shown: path.to_owned(), folder: whole(path), disk: Disk::default() };
        let is_draft = |entry: &fs::DirEntry| draft::is_name_of_one(&entry.file_name());
        let holds_others =
            fs::read_dir(&target.folder).is_ok_and(|mut all| all.any(|e| e.is_ok_and(|e| !is_draft(&e))));
        // A run that was killed on its first report has left a draft and no page.
        if holds_others && !is_report(&target.folder) && !draft::is_in(&target.folder) {
            bail!(
                "{} holds other files and no earlier report, and nothing of yours is overwritten; choose another folder with -o",
                FileName::of(path)
            );
        }
        target.try_out().map_err(|error| target.failed(&error))?;
        Ok(target)
    }

    /// What the report in the folder leaves to the next one.
    pub fn before(&self) -> PreviousReport {
        PreviousReport { calendar: self.text(CALENDAR), history: History::parse(self.text(HISTORY).as_bytes()) }
    }

    /// The plans of earlier days that it holds.
    pub fn plans(&self) -> Vec<KeptPlan> {
        kept_in(&self.text(PLAN))
    }

    /// A file of the report; nothing where there is none.
    fn text(&self, name: &str) -> String {
        let text = is_report(&self.folder).then(|| small_text(&self.folder.join(name)).ok());
        text.flatten().unwrap_or_default()
    }

    /// What the folder is called, links and all else resolved.
    pub fn name(&self) -> String {
        self.folder.to_string_lossy().into_owned()
    }

    /// True if the folder holds these files, byte for byte.
    pub fn holds(&self, files: &[(String, ContentHash)]) -> bool {
        let folder = &self.folder;
        let holds = |(name, content): &(String, ContentHash)| {
            fs::read(folder.join(name)).is_ok_and(|bytes| ContentHash::of(&bytes) == *content)
        };
        files.par_iter().all(holds)
    }

    /// Writes the report.
    pub fn write(&self, files: &[ReportFile]) -> Result<()> {
        let signals = Signals::new();
        let written = self.replace(files, &|| signals.check());
        signals.obey();
        written.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> anyhow::Error {
        let reason = match error.kind() {
            io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the disk may only be read".to_owned(),
            _ => reason(error),
        };
        anyhow!(
            "the report cannot be written to {}: {reason}; choose another folder with -o",
            FileName::of(&self.shown)
        )
    }

    /// Begins a draft where one can be, and removes it again.
    fn try_out(&self) -> io::Result<()> {
        if let Some(parent) = self.parent() {
            fs::create_dir_all(parent)?;
            if Draft::begin(&self.disk, parent, &self.folder).is_ok() {
                return Ok(());
            }
        }
        fs::create_dir_all(&self.folder)?;
        Draft::begin(&self.disk, &self.folder, &self.folder).map(drop)
    }

    fn parent(&self) -> Option<&Path> {
        self.folder.parent().filter(|parent| !parent.as_os_str().is_empty())
    }

    fn replace(&self, files: &[ReportFile], go_on: &dyn Fn() -> io::Result<()>) -> io::Result<()> {
        if let Some(parent) = self.parent().filter(|_| !self.is_stood_in()) {
            match self.replace_whole(parent, files, go_on) {
                Err(error) if is_no_way(&error) => {}
                result => return result,
            }
        }
        self.replace_one_by_one(files, go_on)
    }

    /// True where the shell stands in the folder: it would find itself in the old one.
    fn is_stood_in(&self) -> bool {
        std::env::current_dir().is_ok_and(|place| place.starts_with(&self.folder))
    }

    fn replace_whole(&self, parent: &Path, files: &[ReportFile], go_on: &dyn Fn() -> io::Result<()>) -> io::Result<()> {
        let draft = self.filled(parent, files, go_on)?;
        self.adopt(&self.folder, draft.path())?;
        self.disk.sync_folder(draft.path())?;
        go_on()?;
        if self.folder.is_dir() {
            self.disk.exchange(draft.path(), &self.folder)?;
            // The draft is the old folder now. What was put there in the meantime goes on to the new one.
            self.hand_over(draft.path(), &self.folder);
        } else {
            self.disk.rename(draft.path(), &self.folder)?;
        }
        self.disk.sync_folder(parent)
    }

    fn replace_one_by_one(&self, files: &[ReportFile], go_on: &dyn Fn() -> io::Result<()>) -> io::Result<()> {
        if !self.folder.is_dir() {
            self.disk.create_folder(&self.folder, &self.folder)?;
        }
        let draft = self.filled(&self.folder, files, go_on)?;
        let (page, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.name == PAGE);
        for file in others.into_iter().chain(page) {
            let place = self.folder.join(&file.name);
            if let Some(within) = place.parent().filter(|within| !within.is_dir()) {
                self.disk.create_folder(within, within)?;
            }
            self.disk.rename(&draft.path().join(&file.name), &place)?;
        }
        self.disk.sync_folder(&self.folder)
    }

    /// A draft that holds these files, safe on the disk.
    fn filled(&self, parent: &Path, files: &[ReportFile], go_on: &dyn Fn() -> io::Result<()>) -> io::Result<Draft> {
        let draft = Draft::begin(&self.disk, parent, &self.folder)?;
        let mut folders: Vec<&Path> = files.iter().filter_map(|file| Path::new(&file.name).parent()).collect();
        folders.sort_unstable();
        folders.dedup();
        for within in folders.iter().filter(|within| !within.as_os_str().is_empty()) {
            self.disk.create_folder(&draft.path().join(within), &self.folder.join(within))?;
        }
        go_on()?;
        let write = |file: &ReportFile| {
            self.disk.write(&draft.path().join(&file.name), &file.bytes, &self.folder.join(&file.name))
        };
        write_all(files, write)?;
        for within in folders {
            self.disk.sync_folder(&draft.path().join(within))?;
        }
        Ok(draft)
    }

    /// Gives everything in one folder that the other lacks a second name there.
    fn adopt(&self, from: &Path, to: &Path) -> io::Result<()> {
        for (old, new, is_folder) in entries(from, to) {
            match new.symlink_metadata() {
                Ok(_) if is_folder && new.is_dir() => self.adopt(&old, &new)?,
                Ok(_) => {}
                Err(_) if is_folder => {
                    self.disk.create_folder(&new, &old)?;
                    self.adopt(&old, &new)?;
                }
                Err(_) => self.disk.link(&old, &new)?,
            }
        }
        Ok(())
    }

    /// Moves what the other folder lacks.
    fn hand_over(&self, from: &Path, to: &Path) {
        for (old, new, is_folder) in entries(from, to) {
            match new.symlink_metadata() {
                Ok(_) if is_folder => self.hand_over(&old, &new),
                Ok(_) => {}
                Err(_) => {
                    let _ = fs::rename(&old, &new);
                }
            }
        }
    }
}

/// The entries of a folder, drafts apart: each with its place in another folder, and whether it is a folder itself.
fn entries(folder: &Path, other: &Path) -> Vec<(PathBuf, PathBuf, bool)> {
    let all = fs::read_dir(folder).into_iter().flatten().flatten().filter(|e| !draft::is_name_of_one(&e.file_name()));
    all.map(|e| (e.path(), other.join(e.file_name()), e.file_type().is_ok_and(|t| t.is_dir()))).collect()
}

/// True where folders cannot change places, or not everything can have a second name.
fn is_no_way(error: &io::Error) -> bool {
    use io::ErrorKind::{
        CrossesDevices, InvalidInput, PermissionDenied, ReadOnlyFilesystem, ResourceBusy, TooManyLinks, Unsupported,
    };
    matches!(
        error.kind(),
        CrossesDevices
            | InvalidInput
            | PermissionDenied
            | ReadOnlyFilesystem
            | ResourceBusy
            | TooManyLinks
            | Unsupported
    )
}

/// Several at a time: each waits for the disk.
#[cfg(not(test))]
fn write_all(files: &[ReportFile], write: impl Fn(&ReportFile) -> io::Result<()> + Send + Sync) -> io::Result<()> {
    files.par_iter().try_for_each(write)
}

/// One after the other, so that each step can be counted.
#[cfg(test)]
fn write_all(files: &[ReportFile], write: impl Fn(&ReportFile) -> io::Result<()>) -> io::Result<()> {
    files.iter().try_for_each(write)
}

/// The path without links, as far as it is there.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    there.map_or_else(
        || absolute.clone(),
        |(above, whole)| match absolute.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => whole.join(rest),
            _ => whole,
        },
    )
}

/// Signals that would end the program wait until the draft is removed or in its place.
struct Signals {
    /// The number of the last one, or 0.
    last: Arc<AtomicUsize>,
    /// From then on they act as usual.
    is_over: Arc<AtomicBool>,
}

impl Signals {
    fn new() -> Signals {
        let signals = Signals { last: Arc::default(), is_over: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            // Where it cannot be had, the draft is swept up at the next start.
            let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&signals.is_over));
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&signals.last), signal as usize);
        }
        signals
    }

    fn check(&self) -> io::Result<()> {
        if self.last.load(Ordering::SeqCst) == 0 { Ok(()) } else { Err(io::ErrorKind::Interrupted.into()) }
    }

    /// Ends the program if a signal said so.
    fn obey(&self) {
        self.is_over.store(true, Ordering::SeqCst);
        let last = self.last.load(Ordering::SeqCst);
        if last != 0 {
            let _ = signal_hook::low_level::emulate_default_handler(last as i32);
        }
    }
}
