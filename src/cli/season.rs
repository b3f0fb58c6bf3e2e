//! From paths to an analysed season: what all commands begin with.

use super::clock;
use super::material::Material;
use super::talk::{error, say, warning};
use super::{Ending, Input, ReadingFlags};
use crate::import::Import;
use crate::job::JobDone;
use crate::pipeline::Analysis;
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A season read and analysed.
pub(super) struct Read {
    pub analysis: Analysis,
    pub import: Import,
    /// Paths the user named that could not be opened, each with why.
    missing: Vec<String>,
    /// Where notes are kept.
    pub notes_folder: PathBuf,
    /// The runner's own time zone.
    pub home: TimeZone,
    /// What it was made from, packed to be kept; empty where nobody asked for it.
    pub packed: Vec<u8>,
}

impl Read {
    /// Reads all files and analyses them; errors where nothing is usable.
    pub(super) fn of(input: &Input) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, Material::read(input)?, None)
    }

    /// The same for a report in this folder, which keeps what it was made from.
    pub(super) fn to_keep(input: &Input, folder: &Path) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, Material::read(input)?, Some(folder))
    }

    /// Analyses what was read before, for a report in this folder.
    pub(super) fn again(input: &Input, material: Material, folder: &Path) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, material, Some(folder))
    }

    fn from(input: &Input, material: Material, keep: Option<&Path>) -> Result<Read> {
        let packed = keep.map(|folder| material.packed(folder)).transpose()?.unwrap_or_default();
        let (missing, notes_folder) = (material.missing.clone(), material.notes_folder.clone());
        let given = input.today.or(material.as_of);
        let (job, import, unread) = material.into_job(input.recovery_rule)?;
        import.messages(input.reading.verbose).iter().chain(&unread).for_each(warning);
        let home = job.home.clone();
        let JobDone { analysis, import, clocks } = job.run(import, clock::as_of(given)?)?;
        if let Some(clocks) = clocks {
            say(&input.reading, clocks);
        }
        for choice in Import::choices(&analysis.season).iter().filter(|_| input.reading.verbose) {
            say(&input.reading, choice);
        }
        for left_out in
            analysis.season.left_out.iter().filter(|left| input.reading.verbose || left.why.is_no_exercise())
        {
            say(&input.reading, format_args!("{}: ignored: {left_out}", left_out.file));
        }
        Ok(Read { analysis, import, missing, notes_folder, home, packed })
    }

    /// How the command ends; what was missing is said once more, below the results.
    pub(super) fn outcome(&self, input: &Input) -> Ending {
        self.missing.iter().for_each(error);
        match () {
            () if !self.missing.is_empty() => Ending::PathMissing,
            () if input.reading.strict && self.import.has_damage() => Ending::SomeUnreadable,
            () => Ending::Done,
        }
    }
}

/// The pool of threads is made once; later commands of a process share it.
pub(super) fn set_threads(flags: &ReadingFlags) -> Result<()> {
    static MADE: OnceLock<()> = OnceLock::new();
    if MADE.set(()).is_ok() {
        let threads = flags.jobs.map_or(0, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("threads")?;
    }
    Ok(())
}
