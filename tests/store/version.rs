//! Nobody may change what comes of a file without raising the version under which it is kept.

use freshlegs::content::ContentHash;
use freshlegs::digest;
use freshlegs::outcome::FileResult;
use freshlegs::pipeline;
use freshlegs::read::Limits;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// [`digest::VERSION`] with the fingerprints of the samples and of what comes of them, down to the last bit.
const PINNED: (u32, &str, &str) = (
    16,
    "1936243f378f269da600c285119ecdd58966c778ab3097dd06485ef8fb0f53b0",
    "7625f3961cda1969c5943365cf745f1664323cc1ecd6ab96a6d3e75b10160a40",
);

/// Files that fail or are skipped, each in its own way.
const OTHERS: [&[u8]; 6] = [
    b"",
    b"hello",
    b"<gpx><trk>",
    b"<gpx></gpx>",
    b"\x1f\x8b\x08broken",
    b"\x0e\x10\x00\x00\xff\xff\xff\xff.FIT\x00\x00",
];

fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("entry").path());
    let is_recording =
        |path: &PathBuf| path.extension().is_some_and(|e| e == "fit" || e == "gpx" || e == "tcx" || e == "gz");
    let mut paths: Vec<PathBuf> = paths.filter(is_recording).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("sample")).collect()
}

fn fingerprint(parts: &[Vec<u8>]) -> String {
    ContentHash::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()).to_string()
}

// Elsewhere sines and powers may end in another digit.
#[cfg_attr(not(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")), ignore = "pinned on Linux")]
#[test]
fn the_version_goes_with_what_comes_of_the_samples() {
    let files: Vec<Vec<u8>> = samples().into_iter().chain(OTHERS.map(Vec::from)).collect();
    let names: Vec<String> = (0..files.len()).map(|i| format!("{i}.fit")).collect();
    let open = |name: &str| {
        name.trim_end_matches(".fit").parse().map(|i: usize| Cursor::new(&files[i])).map_err(|e| e.to_string())
    };
    let results = pipeline::digest_all(&names, open, &Limits::default(), |_| None, |_| {});
    assert_eq!(results.len(), files.len());
    let kept = |result: &FileResult| postcard::to_stdvec(&result.outcome).expect("bytes");
    let outcomes: Vec<Vec<u8>> = results.iter().map(kept).collect();
    let found = (digest::VERSION, fingerprint(&files), fingerprint(&outcomes));
    let (version, files, outcomes) = PINNED;
    assert_eq!(
        (found.0, found.1.as_str(), found.2.as_str()),
        (version, files, outcomes),
        "if the last fingerprint changed and the one before it did not, raise digest::VERSION; then write them all here"
    );
}
