//! The row of a digest: what stage 1 hands to stage 2.

use super::row;
use crate::import::{FileNote, Import};
use crate::outcome::FileResult;
use crate::sent;
use serde_bytes::ByteBuf;

row! {
    /// What came of one file, or of one entry of an archive (written by `freshlegs digest`, read by `analyse`).
    pub struct DigestRow in "digests" {
        /// Whose it is.
        athlete: String,
        /// Path within the folder that was read; for an archive with the entry.
        file: String,
        /// `read`, `salvaged`, `skipped`, `other` or `failed`.
        status: &'static str,
        /// Activities in it.
        activities: usize,
        /// What was mended, of which kind it is, or why it was not used.
        note: Option<String>,
        /// The digest in its packed form.
        digest: ByteBuf,
    }
}

row! {
    /// What a file of digests holds of one athlete: `freshlegs digest --format csv`.
    pub struct DigestedRow in "digested" {
        /// Whose files they are.
        name: String,
        /// Files and entries of archives that were read.
        files: usize,
        /// Activities in them.
        activities: usize,
    }
}

impl DigestRow {
    /// One row for everything that was read of one athlete.
    ///
    /// # Errors
    /// As [`sent::pack`].
    pub fn all(athlete: &str, results: &[FileResult]) -> anyhow::Result<Vec<DigestRow>> {
        let row = |(result, note): (&FileResult, FileNote)| {
            Ok(DigestRow {
                athlete: athlete.to_owned(),
                file: result.file.to_string(),
                status: note.fate.word(),
                activities: note.activities,
                note: Some(note.note.to_string()).filter(|note| !note.is_empty()),
                digest: ByteBuf::from(sent::pack(std::slice::from_ref(result))?),
            })
        };
        results.iter().zip(Import::of(results).files).map(row).collect()
    }
}
