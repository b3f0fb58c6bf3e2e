//! Every file of the corpus of real files: whole, cut short and with bytes flipped.

use crate::activity::Activity;
use crate::read::{ReadError, Reading, fit, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes to be read of one file, all its cuts or damaged copies together; short files get more of these than long ones.
const BUDGET_BYTES: usize = 600_000;

/// Where the corpus lies, if it is there.
#[allow(clippy::disallowed_methods, reason = "tests may look where their files are")]
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("FRESHLEGS_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpus at {}", folder.display());
    None
}

/// Name and bytes of every file.
#[allow(clippy::disallowed_methods, reason = "the corpus is on disk")]
fn files() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = folder() else { return Vec::new() };
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(&folder).unwrap_or(entry.path()).display().to_string();
            (name, std::fs::read(entry.path()).expect("a file of the corpus"))
        })
        .collect()
}

/// What must hold of every activity that is handed out.
fn check(name: &str, activity: &Activity) {
    assert!(!activity.samples.is_empty(), "{name}: no samples");
    assert!(!activity.samples[0].starts_segment, "{name}: nothing precedes the first sample");
    for sample in &activity.samples {
        let numbers = [
            sample.altitude_m,
            sample.distance_m,
            sample.speed_mps,
            sample.heart_rate_bpm,
            sample.cadence_spm,
            sample.power_w,
            sample.temperature_c,
        ];
        assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{name}: {sample:?}");
        assert_ne!(sample.heart_rate_bpm, Some(0.0), "{name}");
        assert_ne!(sample.position, Some((0.0, 0.0)), "{name}");
    }
}

fn check_all(name: &str, bytes: &[u8]) -> &'static str {
    match read(bytes) {
        Ok(Reading::Activities(activities)) => {
            assert!(!activities.is_empty(), "{name}");
            activities.iter().for_each(|activity| check(name, activity));
            let is_salvaged = activities.iter().any(|a| a.notes.iter().any(|note| note.is_salvage()));
            if is_salvaged { "salvaged" } else { "read" }
        }
        Ok(Reading::NotAnActivity(_)) => "no activity",
        Err(ReadError::Fit { reason }) if reason == fit::BEYOND_READING => panic!("{name}: the last net was needed"),
        Err(_) => "unreadable",
    }
}

#[test]
fn every_file_of_the_corpus() {
    let mut outcomes: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (name, bytes) in files() {
        let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let outcome = check_all(&name, &bytes);
        let is_text = matches!(extension.as_str(), "txt" | "csv" | "json" | "sha256");
        assert!(!is_text || outcome == "unreadable", "{name}: {outcome}");
        assert!(extension != "tcx" || outcome != "unreadable", "{name}: {outcome}");
        *outcomes.entry((extension, outcome)).or_default() += 1;
    }
    for ((extension, outcome), count) in outcomes {
        println!("{extension:8} {outcome:12} {count}");
    }
}

#[test]
fn every_file_of_the_corpus_cut_short() {
    for (name, bytes) in files() {
        let cuts = (2 * BUDGET_BYTES / bytes.len().max(1)).clamp(7, 200);
        for cut in 1..=cuts {
            let end = bytes.len() * cut / (cuts + 1);
            check_all(&format!("{name} cut at {end}"), &bytes[..end]);
        }
    }
}

#[test]
fn every_file_of_the_corpus_with_bytes_flipped() {
    // A linear congruential generator: the same places every time.
    let mut state = 1u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for (name, bytes) in files().into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
        for round in 0..(BUDGET_BYTES / bytes.len()).clamp(4, 100) {
            let mut damaged = bytes.clone();
            for _ in 0..=round {
                // Headers and definitions lie at the front.
                let reach = if random(2) == 0 { bytes.len().min(600) } else { bytes.len() };
                let at = random(reach);
                damaged[at] = random(256) as u8;
            }
            check_all(&format!("{name} damaged, round {round}"), &damaged);
        }
    }
}
