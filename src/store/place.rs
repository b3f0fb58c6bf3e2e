//! Where the store is, and whether what is there may be emptied.

use etcetera::BaseStrategy;
use std::fs::{DirBuilder, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Says in the file's header whose it is: "FrLg".
pub(super) const APPLICATION_ID: u32 = 0x4672_4c67;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The program's own file in the user's cache folder: whatever is there is ours.
    Cache(PathBuf),
    /// A file that the user named. It may be anything, so it is touched only if it says that it is a store.
    Named(PathBuf),
}

impl Place {
    /// `freshlegs/store.sqlite` in the user's cache folder; `None` for a user without a home.
    pub fn in_cache() -> Option<Place> {
        let folder = etcetera::choose_base_strategy().ok()?.cache_dir();
        Some(Place::Cache(folder.join("freshlegs").join("store.sqlite")))
    }

    pub fn path(&self) -> &Path {
        match self {
            Place::Cache(path) | Place::Named(path) => path,
        }
    }

    /// For the user's eyes alone, as heart rates and times of day are.
    pub(super) fn create_folder(&self) -> io::Result<()> {
        let Some(folder) = self.path().parent() else { return Ok(()) };
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        if folder.as_os_str().is_empty() { Ok(()) } else { builder.recursive(true).create(folder) }
    }

    /// Whether a damaged file may be emptied.
    ///
    /// No connection to it may be open in this process: closing a file gives up SQLite's locks on it.
    pub(super) fn is_ours(&self) -> bool {
        match self {
            Place::Cache(_) => true,
            Place::Named(path) => says_it_is_ours(path).unwrap_or(false),
        }
    }
}

/// Reads the name and the owner's number from SQLite's header, which a truncated file has too.
fn says_it_is_ours(path: &Path) -> io::Result<bool> {
    let mut header = [0; 72];
    File::open(path)?.read_exact(&mut header)?;
    Ok(header.starts_with(b"SQLite format 3\0") && header[68..72] == APPLICATION_ID.to_be_bytes())
}
