//! Archives as services hand them out, and as nobody should.

pub mod made;
mod exports;
mod tarballs;
mod traps;

use freshlegs::outcome::{FileResult, Outcome};
use freshlegs::pipeline::digest_all;
use freshlegs::read::Limits;
use std::io::Cursor;

/// What comes of these files under the usual limits.
pub fn results(files: &[(&str, Vec<u8>)]) -> Vec<FileResult> {
    results_within(&Limits::default(), files)
}

pub fn results_within(limits: &Limits, files: &[(&str, Vec<u8>)]) -> Vec<FileResult> {
    let names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let open = |name: &str| {
        let (_, bytes) = files.iter().find(|(other, _)| *other == name).ok_or("there is no such file")?;
        Ok(Cursor::new(bytes.as_slice()))
    };
    digest_all(&names, open, limits, |_| None, |_| {})
}

/// `name: what came of it`, one a file.
pub fn told(results: &[FileResult]) -> Vec<String> {
    let tell = |FileResult { file, outcome, .. }: &FileResult| match outcome {
        Outcome::Read(digests) => format!("{file}: {} read", digests.len()),
        Outcome::Skipped(kind) => format!("{file}: {kind}"),
        Outcome::Listing(listing) => format!("{file}: a list of {}", listing.len()),
        Outcome::Unrelated => format!("{file}: unrelated"),
        Outcome::Failed(error) => format!("{file}: {error}"),
    };
    results.iter().map(tell).collect()
}
