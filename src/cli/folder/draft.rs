//! Drafts: folders that are filled before they take the place of a report, and what is left of them.

use super::disk::Disk;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What the name of every draft begins with. Hidden, so that no run takes it for a folder of files.
const PREFIX: &str = ".freshlegs-draft-";

/// A draft of this process, removed when dropped. Another process sees by its lock that it is in use.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    /// `None` where folders cannot be locked.
    _lock: Option<File>,
}

impl Draft {
    /// Sweeps up what killed runs have left in `parent`, and begins a draft there.
    pub fn begin(disk: &Disk, parent: &Path, like: &Path) -> io::Result<Draft> {
        // Nobody sweeps between the creation of a folder and its lock.
        let _sweeping = locked(parent, File::lock);
        sweep(parent);
        let path = free_path(parent)?;
        disk.create_folder(&path, like)?;
        let lock = locked(&path, File::lock);
        Ok(Draft { path, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Moved away, or swept up the next time.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// True where the folder holds a draft: then a report was being written to it.
pub(super) fn is_in(folder: &Path) -> bool {
    drafts(folder).next().is_some()
}

/// True for a name that only drafts have.
pub(super) fn is_name_of_one(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with(PREFIX)
}

fn drafts(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|e| is_name_of_one(&e.file_name()) && e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path())
}

/// Removes the drafts that no process holds.
fn sweep(parent: &Path) {
    for path in drafts(parent) {
        // Where nothing can be locked, none is known to be left behind.
        if cfg!(unix) && locked(&path, |file| file.try_lock().map_err(io::Error::from)).is_some() {
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn locked(folder: &Path, lock: impl Fn(&File) -> io::Result<()>) -> Option<File> {
    let file = File::open(folder).ok()?;
    lock(&file).ok().map(|()| file)
}

/// A path that is not there yet; two processes never come to the same one.
fn free_path(parent: &Path) -> io::Result<PathBuf> {
    let process = std::process::id();
    let paths = (0..1000).map(|i| parent.join(format!("{PREFIX}{process}-{i}")));
    paths.into_iter().find(|path| path.symlink_metadata().is_err()).ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}
