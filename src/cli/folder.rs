//! The report folder: written whole beside its place, then moved in, so that half a report never replaces a good one.

use super::files::reason;
use crate::render::report::{MARK, ReportFile};
use anyhow::{Result, anyhow, bail};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Refuses a folder that holds something other than a report, before any work is done.
pub(super) fn check(folder: &Path) -> Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!("{} is a file; choose another folder for the report with -o", folder.display());
    }
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    let is_report = fs::read_to_string(folder.join("index.html")).is_ok_and(|page| page.contains(MARK));
    if !is_empty && !is_report {
        bail!(
            "{} holds other files and no earlier report, and nothing of yours is overwritten; choose another folder with -o",
            folder.display()
        );
    }
    Ok(())
}

/// Writes the report. Files of an earlier report are replaced one by one; anything else in the folder stays.
pub(super) fn write(folder: &Path, files: &[ReportFile]) -> Result<()> {
    let failed = |error: io::Error| {
        anyhow!(
            "the report cannot be written to {}: {}; choose another folder with -o",
            folder.display(),
            reason(&error)
        )
    };
    write_beside(folder, files).map_err(failed)
}

fn write_beside(folder: &Path, files: &[ReportFile]) -> io::Result<()> {
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let draft = tempfile::Builder::new().prefix(".freshlegs-").tempdir_in(parent)?;
    for file in files {
        write_file(&draft.path().join(&file.name), &file.bytes)?;
    }
    fs::create_dir_all(folder)?;
    for file in files {
        let place = folder.join(&file.name);
        create_parent(&place)?;
        fs::rename(draft.path().join(&file.name), place)?;
    }
    Ok(())
}

fn write_file(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    create_parent(path)?;
    fs::write(path, bytes)
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}
