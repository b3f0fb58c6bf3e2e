//! Damaged files: whatever is cut off or flipped, what comes out is finite, fits together and comes soon.
//!
//! Each file of the corpus is cut at up to 200 places and damaged up to 200 times. Files over 200 kB get as many
//! trials as `BUDGET_BYTES` allow, at least 12 of each; `FRESHLEGS_FULL=1` gives every file 200 of both.

use crate::corpus::{File, files};
use crate::sane::recording::check_bytes;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

const TRIALS: usize = 200;
/// Files up to this size get all their trials.
const SMALL_BYTES: usize = 200_000;
/// Bytes read of one larger file, all its trials of one kind together.
const BUDGET_BYTES: usize = 10_000_000;
const LEAST_TRIALS: usize = 12;
/// No file of the corpus may take longer than this, damaged or not, on a slow machine in the dev profile.
const LONGEST: Duration = Duration::from_secs(20);

/// How often a file is cut, and how often damaged.
fn trials(bytes: usize) -> usize {
    let is_full = std::env::var_os("FRESHLEGS_FULL").is_some();
    if is_full || bytes <= SMALL_BYTES { TRIALS } else { (BUDGET_BYTES / bytes).clamp(LEAST_TRIALS, TRIALS) }
}

/// Reads, digests and checks some bytes; what was wrong with them, if anything.
fn fault(bytes: &[u8]) -> Option<String> {
    let begun = Instant::now();
    let checked = catch_unwind(AssertUnwindSafe(|| check_bytes(bytes)));
    let took = begun.elapsed();
    match checked {
        Err(_) => Some("it panics".into()),
        Ok(Err(fault)) => Some(fault),
        Ok(Ok(())) => (took > LONGEST).then(|| format!("it takes {took:?}")),
    }
}

/// Places to cut at: evenly spread, and around where structures begin and end.
fn cuts(file: &File) -> Vec<usize> {
    let (length, trials) = (file.bytes.len(), trials(file.bytes.len()));
    let spread = (0..trials * 3 / 4).map(|i| length * i / (trials * 3 / 4));
    let structures = [0, 1, 8, 11, 12, 13, 14, 15, 16, 20, 21, 26, 27, 32, 33, 64];
    let ends = structures.iter().flat_map(|at| [*at, length.saturating_sub(*at)]);
    let tags = file.bytes.iter().enumerate().filter(|(_, b)| matches!(b, b'<' | b'>' | b'"')).map(|(at, _)| at);
    let step = (tags.clone().count() / (trials / 8).max(1)).max(1);
    let mut cuts: Vec<usize> = spread.chain(ends).chain(tags.step_by(step).map(|at| at + 1)).collect();
    cuts.retain(|at| *at < length);
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Sets one to sixteen bytes anywhere, every other time near the front, where headers and definitions are.
fn damage(bytes: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..rng.random_range(1..=16) {
        let reach = if rng.random() { bytes.len().min(600) } else { bytes.len() };
        let at = rng.random_range(0..reach);
        damaged[at] = if rng.random() { damaged[at] ^ (1 << rng.random_range(0..8)) } else { rng.random() };
    }
    damaged
}

fn assert_none(trials: usize, faults: Vec<String>) {
    println!("{trials} trials");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_cut_short() {
    let trials: Vec<(Vec<usize>, File)> = files().into_iter().map(|file| (cuts(&file), file)).collect();
    let faults = trials.par_iter().flat_map_iter(|(cuts, file)| {
        let fault = |at: &usize| Some(format!("{} cut at {at}: {}", file.name, fault(&file.bytes[..*at])?));
        cuts.iter().filter_map(fault).collect::<Vec<_>>()
    });
    assert_none(trials.iter().map(|(cuts, _)| cuts.len()).sum(), faults.collect());
}

#[test]
fn files_with_bytes_changed() {
    let files: Vec<File> = files().into_iter().filter(|file| !file.bytes.is_empty()).collect();
    let faults = files.par_iter().enumerate().flat_map_iter(|(i, file)| {
        let trial = move |round: usize| {
            let mut rng = ChaCha8Rng::seed_from_u64((i * TRIALS + round) as u64);
            Some(format!("{} round {round}: {}", file.name, fault(&damage(&file.bytes, &mut rng))?))
        };
        (0..trials(file.bytes.len())).filter_map(trial).collect::<Vec<_>>()
    });
    assert_none(files.iter().map(|file| trials(file.bytes.len())).sum(), faults.collect());
}
