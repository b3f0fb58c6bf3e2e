//! From paths to an analysed season: what all commands begin with.

use super::material::Material;
use super::report_folder::{Ingredients, WantedReport};
use super::talk::{error, say, warning};
use super::{Ending, Input, ReadingFlags};
use super::{clock, kept};
use crate::import::Import;
use crate::job::JobDone;
use crate::pipeline::Analysis;
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use std::path::PathBuf;
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
    /// What the report wanted is made from.
    pub ingredients: Option<Ingredients>,
}

impl Read {
    /// Reads all files and analyses them; errors where nothing is usable.
    pub(super) fn of(input: &Input) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, Material::read(input)?, None)
    }

    /// The same for a report.
    pub(super) fn for_report(input: &Input, wanted: &WantedReport) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, Material::read(input)?, Some(wanted))
    }

    /// Analyses what was read before, for a report.
    pub(super) fn again(input: &Input, material: Material, wanted: &WantedReport) -> Result<Read> {
        set_threads(&input.reading)?;
        Read::from(input, material, Some(wanted))
    }

    fn from(input: &Input, material: Material, wanted: Option<&WantedReport>) -> Result<Read> {
        let as_of = clock::as_of(input.today.or(material.as_of))?;
        let ingredients = wanted.map(|wanted| wanted.ingredients(&material, as_of)).transpose()?;
        let (missing, notes_folder) = (material.missing.clone(), material.notes_folder.clone());
        let (job, import, unread) = material.into_job(input.recovery_rule)?;
        import.messages(input.reading.verbose).iter().chain(&unread).for_each(warning);
        let home = job.home.clone();
        let JobDone { analysis, import, clocks } = job.run(import, as_of, kept::memo(input))?;
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
        Ok(Read { analysis, import, missing, notes_folder, home, ingredients })
    }

    /// Writes the report that it was read for.
    pub(super) fn write(&mut self, wanted: &WantedReport) -> Result<()> {
        let write = |ingredients| wanted.write(&mut self.analysis, &self.import, ingredients);
        self.ingredients.as_ref().map_or(Ok(()), write)
    }

    /// How the command ends; what was missing is said once more, below the results. What was worked out for them is kept.
    pub(super) fn outcome(&self, input: &Input) -> Ending {
        kept::keep_memo(input, self.analysis.season.memo());
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
