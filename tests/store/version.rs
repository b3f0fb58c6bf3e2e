//! Nobody may change what comes of a file without raising the version under which it is kept.

use freshlegs::content::ContentHash;
use freshlegs::digest;
use freshlegs::pipeline::outcome_of;
use std::fs;
use std::path::{Path, PathBuf};

/// [`digest::VERSION`] with the fingerprints of the samples and of what comes of them.
const PINNED: (u32, &str, &str) = (
    1,
    "804f9cfb2f6278a9d5122f5d821f499b3b22de2f1d15ec23c0b36010cd16fb61",
    "4f36178dde0ccd967fa3e61f1e6818c16e700665d72225904dd3db0f4a7904d9",
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
    let kept = |bytes: &Vec<u8>| postcard::to_stdvec(&outcome_of(bytes)).expect("bytes");
    let outcomes: Vec<Vec<u8>> = files.iter().map(kept).collect();
    let found = (digest::VERSION, fingerprint(&files), fingerprint(&outcomes));
    let (version, files, outcomes) = PINNED;
    assert_eq!(
        (found.0, found.1.as_str(), found.2.as_str()),
        (version, files, outcomes),
        "if the last fingerprint changed and the one before it did not, raise digest::VERSION; then write them all here"
    );
}
