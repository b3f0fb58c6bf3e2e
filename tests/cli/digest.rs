//! The two stages apart: `freshlegs digest`, and every command on what it wrote.

use super::{freshlegs, stderr, stdout};
use std::fs;
use std::path::Path;

const TODAY: [&str; 3] = ["--today", "2026-06-22", "-q"];

fn run(arguments: &[&str]) -> std::process::Output {
    freshlegs(&[arguments, &TODAY].concat())
}

#[test]
fn digests_in_a_table_give_what_the_files_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("all.parquet").to_string_lossy().into_owned();
    let made = freshlegs(&["digest", "samples", "-o", &table]);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stderr(&made).contains("samples: 75 activities"), "{}", stderr(&made));
    for command in [&["runs", "--format", "json"][..], &["plan"], &["explain", "2026-04-15", "--format", "json"]] {
        let of = |path: &str| stdout(&run(&[command, &[path, "--profile", "samples/profile.toml"]].concat()));
        assert!(of("samples").len() > 500 && of(&table) == of("samples"), "{command:?}");
    }
    // Made again, it is replaced; nothing else is.
    assert!(freshlegs(&["digest", "samples", "-q", "-o", &table]).status.success());
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "dear").expect("a letter");
    let refused = freshlegs(&["digest", "samples", "-q", "-o", &letter.to_string_lossy()]);
    assert!(stderr(&refused).contains("is not a file by `freshlegs digest`"), "{}", stderr(&refused));
    assert_eq!(fs::read(&letter).expect("the letter"), b"dear");
}

#[test]
fn each_folder_is_a_runner_and_one_of_them_is_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |runner: &str, file: &str| {
        let place = folder.path().join(runner);
        fs::create_dir_all(&place).expect("a folder");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(file);
        fs::copy(sample, place.join(file)).expect("copied");
        place.to_string_lossy().into_owned()
    };
    let (ann, ben) = (copy("ann", "2026-06-21-0830.fit.gz"), copy("ben", "2026-03-12-1820.fit.gz"));
    let table = folder.path().join("all.parquet").to_string_lossy().into_owned();
    assert!(freshlegs(&["digest", &ann, &ben, "-q", "-o", &table]).status.success());
    let which = run(&["runs", &table]);
    assert_eq!(which.status.code(), Some(2));
    assert!(stderr(&which).contains("holds the runs of ann, ben; choose one with --athlete"), "{}", stderr(&which));
    let nobody = run(&["runs", &table, "--athlete", "cem"]);
    assert!(stderr(&nobody).contains("has no runs of `cem`, but of ann, ben"), "{}", stderr(&nobody));
    for (runner, path) in [("ann", &ann), ("ben", &ben)] {
        assert_eq!(stdout(&run(&["runs", &table, "--athlete", runner])), stdout(&run(&["runs", path])));
    }
}
