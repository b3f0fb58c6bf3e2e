//! What is remembered of a folder's routes depends on the export beside them.

use super::made::*;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

fn write(path: &Path, text: &str, minutes_ago: u64) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
    fs::write(path, text).expect("file");
    let time = SystemTime::now() - Duration::from_secs(60 * minutes_ago);
    fs::File::options().append(true).open(path).and_then(|file| file.set_modified(time)).expect("time");
}

fn export_xml(bpm: f64) -> String {
    let inside = [distance(5.04), route_reference("1.gpx")].concat();
    export(&[heart_rates(START, 1800, bpm), workout("Running", START, 1800, 30.0, &inside)].concat())
}

#[test]
fn the_store_never_shows() {
    let folder = tempfile::tempdir().expect("folder");
    let export = folder.path().join("health/export.xml");
    let route_path = folder.path().join("health/workout-routes/1.gpx");
    let store = folder.path().join("store");
    let runs = |store: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_freshlegs"));
        command.args(["runs", "--format", "json", "--quiet", "--today", "2026-03-02"]).args(store);
        let output = command.arg(folder.path().join("health")).output().expect("it runs");
        String::from_utf8(output.stdout).expect("text")
    };
    let check = |what: &str, bpm: Option<u32>| {
        let plain = runs(&["--no-store"]);
        let kept = ["--store", store.to_str().expect("text")];
        assert_eq!(runs(&kept), plain, "{what}, first");
        assert_eq!(runs(&kept), plain, "{what}, then");
        let heart = bpm.map(|bpm| format!("\"heart_rate_mean_bpm\": {bpm}"));
        let heart = heart.unwrap_or_else(|| "\"heart_rate_mean_bpm\": null".into());
        assert!(plain.contains(&heart), "{what}: {plain}");
    };
    write(&export, &export_xml(144.0), 20);
    write(&route_path, &route(START, 1800, 0..0), 30);
    check("with the export", Some(144));
    write(&export, &export_xml(150.0), 10);
    check("with a newer export", Some(150));
    fs::remove_file(&export).expect("removed");
    check("with the route alone", None);
    write(&export, &export_xml(144.0), 20);
    check("with the first export again", Some(144));
}
