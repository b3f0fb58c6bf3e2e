//! What the commands do, for callers without a command line: nothing is printed, and errors are returned.

use super::explain::Which;

use super::material::Material;
use super::report_folder::{self, target};
use super::{Input, ReadingFlags, clock, kept};
use crate::explain::Explanation;
use crate::job::JobDone;
use crate::memo::Memo;
use crate::outcome::FileResult;
use crate::render::explain;
use crate::render::explain_row::ExplainRow;
use crate::render::report;
use crate::render::terminal::{self, LINES, Screen};
use crate::rule::Preset;
use crate::shown::FileName;
use anyhow::{Context, Result};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Columns of texts.
const PAGE_COLUMNS: usize = 100;

/// A season that somebody wants.
#[derive(Clone, Debug, Default)]
pub struct SeasonRequest {
    /// Files, archives, folders, or Parquet files by `freshlegs digest`.
    pub paths: Vec<PathBuf>,
    /// Whose runs, where a Parquet file holds those of several.
    pub athlete: Option<String>,
    /// What came of other files already.
    pub results: Vec<FileResult>,
    /// The profile; without one, that in one of the folders.
    pub profile: Option<GivenProfile>,
    /// The day to stand on; without one, what the clock says.
    pub today: Option<Date>,
    /// Whose idea of a recovery run counts, instead of what the profile says.
    pub rule: Option<Preset>,
    /// Whether what was read is remembered in the user's cache folder.
    pub remembers: bool,
    /// Whether a report may be asked for later: what it is made from is held until then.
    pub keeps: bool,
}

/// A profile as it was given.
#[derive(Clone, Debug)]
pub enum GivenProfile {
    /// Its file.
    File(PathBuf),
    /// Its text.
    Text(String),
}

/// A season with all that was said on the way.
#[derive(Debug)]
pub struct SeasonFound {
    /// The season, its plan, and what came of every file.
    pub done: JobDone,
    /// What could not be used.
    pub warnings: Vec<String>,
    input: Input,
    notes_folder: String,
    material: Option<Material>,
}

impl SeasonRequest {
    /// Reads and analyses.
    ///
    /// # Errors
    /// Where the profile has a mistake, or nothing is usable; in the words of the program.
    pub fn find(self) -> Result<SeasonFound> {
        let (profile, profile_text) = match self.profile {
            Some(GivenProfile::File(path)) => (Some(path), None),
            Some(GivenProfile::Text(text)) => (None, Some(text)),
            None => (None, None),
        };
        let input = Input {
            athlete: self.athlete,
            profile,
            recovery_rule: self.rule,
            today: self.today,
            reading: ReadingFlags { no_store: !self.remembers, quiet: true, ..ReadingFlags::default() },
            ..Input::of(self.paths)
        };
        let mut material = Material::read(&input)?;
        material.results.extend(self.results);
        if let Some(text) = profile_text {
            material.profile = Some(("profile".into(), text));
        }
        let kept = self.keeps.then(|| material.clone());
        let notes_folder = FileName::of(&material.notes_folder).to_string();
        let (job, import, unread) = material.into_job(input.recovery_rule)?;
        let warnings = import.messages(false).into_iter().chain(unread).collect();
        // Nothing is remembered: the program that runs is another one's, by which this one cannot be told from a newer one.
        let done = job.run(import, clock::as_of(input.today)?, Memo::none())?;
        Ok(SeasonFound { done, warnings, input, notes_folder, material: kept })
    }
}

impl SeasonFound {
    /// Writes the report, as `freshlegs analyse -o` does, and says where its page is.
    ///
    /// # Errors
    /// Where the folder holds something else, or cannot be written to; where nothing was kept for a report.
    pub fn write_report(&self, folder: &Path, share: bool) -> Result<PathBuf> {
        let material = self.material.as_ref().context("nothing was kept for a report")?;
        let target = target(folder, share)?;
        let mut analysis = self.done.analysis.clone();
        kept::recall(&self.input, &mut analysis, target.plans());
        let packed = material.packed(folder)?;
        let files = report_folder::files(&analysis, &self.done.import, &packed, &target.before(), share)?;
        target.write(&files)?;
        Ok(folder.join(report::PAGE))
    }

    /// What `freshlegs analyse` shows on the screen, without colour.
    pub fn summary(&self) -> String {
        let screen = Screen { width: PAGE_COLUMNS, height: Some(LINES), runs: None, has_whole_plan: false };
        plain(&terminal::summary(&self.done.analysis, &self.done.import, &screen))
    }

    /// The runs meant, as `freshlegs explain` shows them: for other programs, and as text.
    ///
    /// # Errors
    /// Where no run is of that name or day.
    pub fn explain(&self, run: &str) -> Result<Vec<(ExplainRow, String)>> {
        let season = &self.done.analysis.season;
        let sessions = Which::of(run)?.among(season, run)?;
        let explanations = sessions.into_iter().map(|session| Explanation::of(season, session));
        Ok(explanations
            .map(|one| (ExplainRow::of(&one), plain(&explain::text(&one, &self.notes_folder, PAGE_COLUMNS))))
            .collect())
    }
}

/// Without what colours a terminal.
fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
