//! Which files to read: named ones, and all that a folder holds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::read::archive::ReadSeek;
use crate::read::strava;
use crate::shown::shown;

/// The files found, each once, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub files: Vec<Listed>,
    /// What could not be looked at, with the reason.
    pub unreadable: Vec<(String, String)>,
}

/// A file and how it is shown. Names need not be text, and must not steer the terminal; no two are shown alike.
#[derive(Debug)]
pub(super) struct Listed {
    pub name: String,
    pub path: PathBuf,
    /// By the user, and not found in a folder: then it should be an activity.
    pub is_named: bool,
}

impl Found {
    /// Takes named files as they are and walks folders; hidden files are left alone.
    pub(super) fn under(paths: &[PathBuf]) -> Found {
        let mut found = Found::default();
        let mut files = BTreeSet::new();
        for path in paths {
            files.extend(list_beside(path));
            if path.is_dir() {
                found.walk(path, &mut files);
            } else {
                files.insert(path.clone());
            }
        }
        let mut seen = BTreeSet::new();
        let once = files.into_iter().filter(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
        let mut names = BTreeSet::new();
        let listed = |path: PathBuf| Listed {
            name: unused(&mut names, &shown(&path.to_string_lossy())),
            is_named: paths.contains(&path),
            path,
        };
        found.files = once.map(listed).collect();
        found
    }

    fn walk(&mut self, folder: &Path, files: &mut BTreeSet<PathBuf>) {
        let visible =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        for entry in walkdir::WalkDir::new(folder).follow_links(true).into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    files.insert(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => {
                    let path = shown(&error.path().unwrap_or(folder).to_string_lossy());
                    let reason =
                        error.io_error().map_or_else(|| "the link leads in a circle".into(), ToString::to_string);
                    self.unreadable.push((path, reason));
                }
            }
        }
    }
}

/// Strava's list of activities lies beside the folder of their files, and is of use to who names only these.
fn list_beside(path: &Path) -> Option<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let list = folder.with_file_name(strava::FILE_NAME);
    (folder.file_name()? == strava::FOLDER && list.is_file()).then_some(list)
}

/// The name, or with a number where another file is shown by it already.
fn unused(names: &mut BTreeSet<String>, name: &str) -> String {
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !names.contains(name));
    let free = free.unwrap_or_default();
    names.insert(free.clone());
    free
}

/// Opens a file, or says why it cannot.
pub(super) fn open(path: &Path) -> Result<Box<dyn ReadSeek>, String> {
    let mut file = File::open(path).map_err(|e| reason(&e))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(Box::new(file));
    }
    // A pipe cannot be read anywhere but on.
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    Ok(Box::new(Cursor::new(bytes)))
}

/// The system's reason without its error number.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder; check the path".into(),
        std::io::ErrorKind::PermissionDenied => "you may not open it; check its permissions".into(),
        _ => error.to_string(),
    }
}
