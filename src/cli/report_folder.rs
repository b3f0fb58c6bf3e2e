//! A report on its way into a folder: one's own with its data, or one to share without names. One that would come out the
//! same as the one that stands there is not made again.

use super::digests::store;
use super::folder::ReportTarget;
use super::material::{self, Material};
use super::program::program;
use super::{Input, kept};
use crate::content::ContentHash;
use crate::import::Import;
use crate::job::AsOf;
use crate::kept::KeptPlan;
use crate::pipeline::Analysis;
use crate::render::report::{self, PreviousReport, ReportFile};
use crate::shown::FileName;
use crate::store::{StandingReport, Store};
use anyhow::{Result, bail};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A report that is wanted in a folder.
#[derive(Debug)]
pub(super) struct WantedReport<'i> {
    input: &'i Input,
    path: PathBuf,
    target: ReportTarget,
    share: bool,
    hindsight: bool,
}

/// What a report is made from, as it was before the season was computed.
#[derive(Debug)]
pub(super) struct Ingredients {
    /// Of the runner's files and words, and the day to stand on.
    fingerprint: ContentHash,
    /// To be kept in the report; `None` where the report that stands in the folder was made from the same.
    packed: Option<Vec<u8>>,
}

impl<'i> WantedReport<'i> {
    /// # Errors
    /// Where the folder cannot take it.
    pub fn of(input: &'i Input, path: &Path, share: bool, hindsight: bool) -> Result<WantedReport<'i>> {
        Ok(WantedReport { input, path: path.to_owned(), target: target(path, share)?, share, hindsight })
    }

    /// The plans of earlier days in the report that it replaces.
    pub fn plans(&self) -> Vec<KeptPlan> {
        self.target.plans()
    }

    /// Takes from the material what the report is going to need of it.
    pub fn ingredients(&self, material: &Material, as_of: AsOf) -> Result<Ingredients> {
        let (rule, shown) = (self.input.recovery_rule, (self.share, self.hindsight));
        let said = format!("{as_of:?} {:?} {rule:?} {shown:?}", material.home);
        let fingerprint = ContentHash::of_parts(&[material.fingerprint()?.as_bytes(), said.as_bytes()]);
        let mut ingredients = Ingredients { fingerprint, packed: None };
        if !self.stands(&ingredients) {
            ingredients.packed = Some(material.packed(&self.path)?);
        }
        Ok(ingredients)
    }

    /// Writes the report of a season made from these ingredients, if another one stands in the folder.
    pub fn write(&self, analysis: &mut Analysis, import: &Import, ingredients: &Ingredients) -> Result<()> {
        let Some(packed) = &ingredients.packed else { return Ok(()) };
        if self.hindsight {
            analysis.add_hindsight();
        }
        let (before, today) = (self.target.before(), analysis.season.today);
        let files = files(analysis, import, packed, &before, self.share)?;
        self.target.write(&files)?;
        let store = store(&self.input.reading);
        if let Some(made_from) = self.made_from(&store, ingredients, &before, today) {
            let files = files.iter().map(|file| (file.name.clone(), ContentHash::of(&file.bytes))).collect();
            store.keep_report(&self.target.name(), &StandingReport { made_from, today, files });
        }
        store.finish();
        Ok(())
    }

    /// What is known of the report in the folder, if nobody has changed it since it was written.
    pub fn standing(&self, store: &Store) -> Option<StandingReport> {
        store.report(&self.target.name()).filter(|standing| self.target.holds(&standing.files))
    }

    /// True if this program made the report in the folder from the same, and nobody has changed it since.
    fn stands(&self, ingredients: &Ingredients) -> bool {
        let store = store(&self.input.reading);
        let stands = |standing: StandingReport| {
            let made_from = self.made_from(&store, ingredients, &self.target.before(), standing.today);
            made_from == Some(standing.made_from)
        };
        let stands = self.standing(&store).is_some_and(stands);
        store.finish();
        stands
    }

    /// The fingerprint of all that the report of a day depends on: the program, what it was given, and what it said on
    /// earlier days. `None` where the program cannot be told from another one.
    fn made_from(
        &self,
        store: &Store,
        ingredients: &Ingredients,
        before: &PreviousReport,
        today: Date,
    ) -> Option<ContentHash> {
        let plans = kept::earlier(store, self.input, self.plans(), today);
        let earlier = before.history.reports.iter().filter(|report| report.as_of < today);
        let said = serde_json::to_vec(&(plans, earlier.collect::<Vec<_>>())).ok()?;
        let program = program()?;
        let parts = [program.as_bytes(), ingredients.fingerprint.as_bytes(), &said];
        Some(ContentHash::of_parts(&parts))
    }
}

/// The folder of a report. What is to be shared goes to one that never held anything else.
pub(super) fn target(path: &Path, share: bool) -> Result<ReportTarget> {
    if share && path.join(material::FILE).exists() {
        bail!(
            "{} holds a report of your own, with its data; choose another folder for the one you share",
            FileName::of(path)
        );
    }
    ReportTarget::check(path)
}

/// The files of a report that goes on from the one that stands in its folder; `packed` is what it was made from.
pub(super) fn files(
    analysis: &Analysis,
    import: &Import,
    packed: &[u8],
    before: &PreviousReport,
    share: bool,
) -> Result<Vec<ReportFile>> {
    if share {
        let mut analysis = analysis.clone();
        analysis.season = analysis.season.unnamed();
        return report::files(&analysis, &import.clone().unnamed(), before);
    }
    let mut files = report::files(analysis, import, before)?;
    files.push(ReportFile { name: material::FILE.into(), bytes: material::file(analysis.season.today, packed) });
    Ok(files)
}
