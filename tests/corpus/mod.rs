//! Real files, where they are at hand: what freshlegs makes of each against what other readers found in it.

mod agreement;
mod load;
mod plans;
mod season;
mod table;
mod two_watches;

use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file of the corpus.
pub struct File {
    /// Path below the corpus, as the table spells it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Folder with real files: `FRESHLEGS_CORPUS`, else `../shared/corpus`; says so where there is none.
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("FRESHLEGS_CORPUS").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no corpus at {}", folder.display());
    }
    folder.is_dir().then_some(folder)
}

/// All files of the corpus, in order of their names; none where it is absent.
pub fn files() -> Vec<File> {
    let Some(folder) = folder() else { return Vec::new() };
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().flatten().filter(|e| e.file_type().is_file());
    let file = |path: &Path| File {
        name: path.strip_prefix(&folder).unwrap_or(path).display().to_string(),
        bytes: std::fs::read(path).expect("a file of the corpus"),
    };
    entries.map(|entry| file(entry.path())).collect()
}
