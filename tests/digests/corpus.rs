//! Real files, where they are at hand.

use freshlegs::activity::Activity;
use freshlegs::clean::distance::straight_m;
use freshlegs::digest::{Digest, digest};
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

#[test]
fn totals_agree_with_those_of_the_devices() {
    let Some(folder) = corpus() else { return };
    for (name, activity, d) in digests(&folder) {
        let t = &activity.totals;
        let differs = |ours: f64, theirs: Option<f64>, by: f64| theirs.filter(|t| (ours - t).abs() > by).map(|t| ours - t);
        let timer = differs(d.timer_s, t.timer_s, 1.0);
        let metres = differs(d.distance_m, t.distance_m, t.distance_m.unwrap_or(0.0) * 0.005);
        let heart = mean_heart_rate(&d).and_then(|bpm| differs(bpm, t.heart_rate_mean_bpm, 2.0));
        if timer.is_some() || metres.is_some() || heart.is_some() {
            println!("{name} {:?} n={} ev={} timer {:?} ({:.0}/{:?}) dist {metres:?} ({:.0}/{:?} {:?}) hr {heart:?} {:?}",
                d.sport, activity.samples.len(), activity.timer.len(), timer, d.timer_s, t.timer_s, d.distance_m, t.distance_m, d.distance_source, d.notes);
        } else { println!("ok {name} {:?} {:?} {:?}", t.timer_s, t.distance_m, d.notes); }
    }
}

#[test]
fn a_season_of_tracks_is_as_long_as_its_lines() {
    let Some(folder) = corpus().map(|c| c.join("season-runpandas")).filter(|f| f.is_dir()) else { return };
    for (name, activity, digest) in digests(&folder) {
        let positions: Vec<(f64, f64)> = activity.samples.iter().filter_map(|s| s.position).collect();
        let line: f64 = positions.windows(2).map(|w| straight_m(w[0], w[1])).sum();
        let off = digest.distance_m / line - 1.0;
        if off.abs() > 0.01 { println!("{name}: {:.0} m, line {line:.0} m {:?}", digest.distance_m, digest.notes); }
    }
}
