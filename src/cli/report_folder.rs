//! A report on its way into a folder: one's own with its data, or one to share without names.

use super::folder::ReportTarget;
use super::material;
use crate::import::Import;
use crate::pipeline::Analysis;
use crate::render::report::{self, PreviousReport, ReportFile};
use crate::shown::FileName;
use anyhow::{Result, bail};
use std::path::Path;

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
