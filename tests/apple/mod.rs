//! Apple Health's export as it is: workouts, heart rate and routes become runs.

pub mod made;
mod whole;
mod alone;
mod remembered;

use freshlegs::digest::Digest;
use freshlegs::outcome::{FileResult, Outcome};
use freshlegs::pipeline::digest_all;
use freshlegs::read::Limits;
use std::io::{Cursor, Write};

fn results_within(limits: &Limits, files: &[(&str, Vec<u8>)]) -> Vec<FileResult> {
    let names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let open = |name: &str| {
        let (_, bytes) = files.iter().find(|(other, _)| *other == name).ok_or("there is no such file")?;
        Ok(Cursor::new(bytes.as_slice()))
    };
    digest_all(&names, open, limits, |_| None, |_| {})
}

fn results(files: &[(&str, Vec<u8>)]) -> Vec<FileResult> {
    results_within(&Limits::default(), files)
}

/// What came of the files: their names with the digests of each.
fn digests(results: Vec<FileResult>) -> Vec<(String, Vec<Digest>)> {
    let digests = |outcome| match outcome {
        Outcome::Read(digests) => digests,
        _ => Vec::new(),
    };
    results.into_iter().map(|result| (result.file.into(), digests(result.outcome))).collect()
}

/// The digests of a lone `export.xml`.
fn alone(inside: &str) -> Vec<Digest> {
    let found = digests(results(&[("export.xml", made::export(inside).into_bytes())]));
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().flat_map(|(_, digests)| digests).collect()
}

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn mean_bpm(digest: &Digest) -> f64 {
    let beats: Vec<f64> = digest.trace.seconds().filter_map(|s| s.heart_rate_bpm).collect();
    beats.iter().sum::<f64>() / beats.len() as f64
}

/// Share of the seconds that have a heart rate.
fn coverage(digest: &Digest) -> f64 {
    digest.trace.seconds().filter(|s| s.heart_rate_bpm.is_some()).count() as f64 / digest.timer_s
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}
