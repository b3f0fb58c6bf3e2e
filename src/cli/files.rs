//! Which files to read: named ones, and all that a folder holds.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::folder;

use crate::read::archive::ReadSeek;
use crate::read::{Limits, ReadError, strava};
use crate::shown::{FileName, Names, Text};

/// A text file of the runner's: its path and what stands in it.
pub(super) type Written = (FileName, String);

/// The files found, each once, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub files: Vec<ListedFile>,
    /// What could not be looked at, with the reason.
    pub unreadable: Vec<(FileName, Text)>,
    /// The paths as the user gave them.
    pub given: Vec<FileName>,
}

/// A file and how it is shown. Names need not be text, and must not steer the terminal; no two are shown alike.
#[derive(Debug)]
pub(super) struct ListedFile {
    pub name: FileName,
    pub path: PathBuf,
    /// By the user, and not found in a folder: then it should be an activity.
    pub is_named: bool,
}

impl Found {
    /// Takes named files as they are and walks folders; hidden files are left alone.
    pub(super) fn under(paths: &[PathBuf]) -> Found {
        let given = paths.iter().map(|path| FileName::of(path)).collect();
        let mut found = Found { given, ..Found::default() };
        let (mut files, mut has_links) = (Vec::new(), false);
        for path in paths {
            files.extend(list_beside(path));
            if path.is_dir() {
                has_links |= found.walk(path, &mut files);
            } else {
                files.push(path.clone());
            }
        }
        files.sort_unstable();
        files.dedup();
        // Without a link, what lies in one folder is there once.
        let may_repeat = has_links || paths.len() > 1;
        let mut seen = HashSet::new();
        let mut is_new = |file: &PathBuf| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone()));
        let once = files.into_iter().filter(|file| !may_repeat || is_new(file));
        let base = base(paths);
        let mut names = Names::default();
        let listed = |path: PathBuf| ListedFile {
            name: names.unused(FileName::of(path.strip_prefix(&base).unwrap_or(&path))),
            is_named: paths.contains(&path),
            path,
        };
        found.files = once.map(listed).collect();
        found
    }

    /// Whether there are links among them.
    fn walk(&mut self, folder: &Path, files: &mut Vec<PathBuf>) -> bool {
        let mut has_links = false;
        let mut linked = BTreeSet::new();
        let is_walked = |entry: &walkdir::DirEntry| entry.depth() == 0 || is_walked(entry, &mut linked);
        // Sorted, so that it is always the same one of several links that is followed.
        let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(is_walked) {
            match entry {
                Ok(entry) => {
                    has_links |= entry.path_is_symlink();
                    if entry.file_type().is_file() {
                        files.push(entry.into_path());
                    }
                }
                Err(error) => {
                    let path = FileName::of(error.path().unwrap_or(folder));
                    let reason = match error.io_error() {
                        None => "the link leads in a circle".into(),
                        Some(error) if error.kind() == ErrorKind::NotFound => "the link leads nowhere".into(),
                        Some(error) if error.kind() == ErrorKind::PermissionDenied => {
                            "you may not look into this folder; check its permissions".into()
                        }
                        Some(error) => reason(error),
                    };
                    self.unreadable.push((path, Text::from(reason)));
                }
            }
        }
        has_links
    }
}

/// Passes over what is hidden, reports of earlier runs with all in them, and what another link led to: links between
/// folders can multiply without end.
fn is_walked(entry: &walkdir::DirEntry, linked: &mut BTreeSet<PathBuf>) -> bool {
    if entry.file_name().to_string_lossy().starts_with('.') {
        return false;
    }
    let mut is_seen = || entry.path().canonicalize().is_ok_and(|place| !linked.insert(place));
    !(entry.file_type().is_dir() && (folder::is_report(entry.path()) || entry.path_is_symlink() && is_seen()))
}

/// What the names of files are told from: where one folder was given, nothing says where it lies.
fn base(paths: &[PathBuf]) -> PathBuf {
    let [only] = paths else { return PathBuf::new() };
    match list_beside(only) {
        Some(list) => list.parent().map(Path::to_owned).unwrap_or_default(),
        None if only.is_dir() => only.clone(),
        None => PathBuf::new(),
    }
}

/// Strava's list of activities lies beside the folder of their files, and is of use to who names only these.
fn list_beside(path: &Path) -> Option<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let list = folder.with_file_name(strava::FILE_NAME);
    (folder.file_name()? == strava::FOLDER && list.is_file()).then_some(list)
}

/// Opens a file, or says why it cannot. Of a pipe or a device as much is read as a file may be large.
pub(super) fn open(path: &Path, limits: &Limits) -> Result<Box<dyn ReadSeek>, String> {
    let file = File::open(path).map_err(|e| reason(&e))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(Box::new(file));
    }
    // It cannot be read anywhere but on.
    let mut bytes = Vec::new();
    file.take(limits.entry_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    if bytes.len() as u64 > limits.entry_bytes {
        return Err(ReadError::TooLarge { limit_mb: limits.entry_bytes >> 20 }.to_string());
    }
    Ok(Box::new(Cursor::new(bytes)))
}

/// The text of a file that the user writes by hand; whatever is larger than any of those is none.
pub(super) fn small_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(LARGEST_TEXT_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_TEXT_BYTES { Err(ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

/// Bytes of a profile or of notes.
const LARGEST_TEXT_BYTES: u64 = 4 << 20;

/// The system's reason without its error number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}
