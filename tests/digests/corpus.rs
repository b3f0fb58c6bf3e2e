//! Real files, where they are at hand.
#![allow(clippy::disallowed_methods)]

use freshlegs::activity::{Activity, Sport};
use freshlegs::clean::distance::straight_m;
use freshlegs::digest::{CleanNote, Digest, digest};
use freshlegs::read::{Reading, read};
use std::fs;
use std::path::{Path, PathBuf};

/// Folder with real files: `FRESHLEGS_CORPUS`, else `../shared/corpus`.
fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("FRESHLEGS_CORPUS").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no corpus at {}", folder.display());
    }
    folder.is_dir().then_some(folder)
}

/// All files below a folder, in order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

/// The activities below a folder that have a digest, by file name.
fn digests(folder: &Path) -> Vec<(String, Activity, Digest)> {
    let mut out = Vec::new();
    for path in files(folder) {
        let Ok(bytes) = fs::read(&path) else { continue };
        let Ok(Reading::Activities(activities)) = read(&bytes) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        out.extend(activities.into_iter().filter_map(|a| digest(&a).map(|d| (name.clone(), a, d))));
    }
    out
}

fn mean_heart_rate(digest: &Digest) -> Option<f64> {
    let values: Vec<f64> = digest.trace.seconds().filter_map(|s| s.heart_rate_bpm).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Recordings on foot of at least a minute, of which nothing is lost.
fn is_sound_run(activity: &Activity, digest: &Digest) -> bool {
    let lost = activity.notes.iter().any(|note| note.is_salvage())
        || digest.notes.iter().any(|note| matches!(note, CleanNote::FarOffSamples { .. }));
    matches!(activity.sport, Sport::Running | Sport::Walking) && activity.samples.len() > 60 && !lost
}

#[test]
fn totals_agree_with_those_of_the_devices() {
    let Some(folder) = corpus() else { return };
    let mut far_off = Vec::new();
    let mut compared = 0;
    for (name, activity, digest) in digests(&folder).iter().filter(|(_, a, d)| is_sound_run(a, d)) {
        let totals = &activity.totals;
        // Without timer events short pauses are seen only as gaps; devices keep fractions of a second for themselves.
        let share = if activity.timer.is_empty() { 0.005 } else { 0.001 };
        let timer = totals.timer_s.map(|t| ("timer_s", digest.timer_s, t, (share * t).max(1.0)));
        let metres = totals.distance_m.map(|m| ("distance_m", digest.distance_m, m, 0.005 * m));
        let bpm = mean_heart_rate(digest).zip(totals.heart_rate_mean_bpm).map(|(own, bpm)| ("bpm", own, bpm, 2.0));
        for (what, own, device, tolerance) in [timer, metres, bpm].into_iter().flatten() {
            compared += 1;
            if (own - device).abs() > tolerance {
                far_off.push(format!("{name}: {what} {own:.1}, device {device:.1}"));
            }
        }
    }
    println!("compared {compared} totals");
    assert!(far_off.is_empty(), "{}", far_off.join("\n"));
}

#[test]
fn a_season_of_tracks_is_as_long_as_its_lines() {
    let Some(folder) = corpus().map(|c| c.join("season-runpandas")).filter(|f| f.is_dir()) else { return };
    let mut far_off = Vec::new();
    for (name, activity, digest) in digests(&folder) {
        let positions: Vec<(f64, f64)> = activity.samples.iter().filter_map(|s| s.position).collect();
        let line: f64 = positions.windows(2).map(|w| straight_m(w[0], w[1])).sum();
        let off = digest.distance_m / line - 1.0;
        // Two receivers recorded in turns make a line that zigzags; then it is only a bound.
        let zigzags = digest.notes.iter().any(|note| matches!(note, CleanNote::PositionSpikes { .. }));
        if off > 0.001 || (off < -0.01 && !zigzags) {
            far_off.push(format!("{name}: {:.0} m, line {line:.0} m", digest.distance_m));
        }
    }
    assert!(far_off.is_empty(), "{}", far_off.join("\n"));
}
