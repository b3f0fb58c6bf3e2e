//! The row of a file that was looked at.

use super::row;
use crate::import::Import;
use crate::season::Season;

row! {
    /// One file, or one entry of an archive, and what came of it.
    pub struct LogRow in "import-log" {
        /// Path within the folder that was read; for an archive with the entry.
        file: String,
        /// `read`, `salvaged` (read as far as it goes), `skipped` (no activity, or none that counts), `other` (not a
        /// recording), `duplicate` or `failed`.
        outcome: &'static str,
        /// What was mended, of which kind it is, or why it was not used.
        kind_or_reason: Option<String>,
        /// Runs that it gave.
        runs: usize,
        /// For a duplicate, the file with the same run that was used.
        kept_instead: Option<String>,
    }
}

impl LogRow {
    /// One row for every file, in the order in which they were read.
    pub fn all(import: &Import, season: &Season) -> Vec<LogRow> {
        let row = |end: crate::import::FileEnd| LogRow {
            file: end.file.into(),
            outcome: end.fate.word(),
            kind_or_reason: Some(end.kind_or_reason).filter(|text| !text.is_empty()),
            runs: end.runs,
            kept_instead: end.kept_instead.map(String::from),
        };
        import.ends(season).into_iter().map(row).collect()
    }
}
