//! Who may import whom: the order of `src/lib.rs`, and one home for each of the heavy crates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates with one home each: nothing outside the paths named may use them.
const HOMES: [(&str, &[&str]); 11] = [
    ("fitparser", &["read/fit"]),
    ("gpx", &["read/gpx"]),
    ("quick_xml", &["read/"]),
    ("plotters", &["render/chart/"]),
    ("resvg", &["render/chart/"]),
    ("polars", &["render/table/"]),
    ("blake3", &["content.rs"]),
    ("rusqlite", &["store/"]),
    ("clap", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("maud", &["render/html/"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).expect("src").map(|entry| entry.expect("entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&root).expect("in src").to_string_lossy().replace('\\', "/");
                sources.push((name, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    sources
}

/// Words after `crate::`, the names of modules, without comments.
fn imports(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.split("crate::").skip(1).map(word).filter(|w| !w.is_empty()).collect()
}

#[test]
fn modules_import_only_modules_above_them() {
    let sources = sources();
    let lib = &sources.iter().find(|(name, _)| name == "lib.rs").expect("lib.rs").1;
    let order: BTreeMap<&str, usize> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .enumerate()
        .map(|(place, name)| (name, place))
        .collect();
    let mut wrong = Vec::new();
    for (file, text) in &sources {
        let module = file.split(['/', '.']).next().unwrap_or_default();
        let Some(place) = order.get(module) else { continue };
        for import in imports(text) {
            match order.get(import.as_str()) {
                Some(other) if other > place => {
                    wrong.push(format!("{file} imports {import}, which stands below {module}"))
                }
                _ => {}
            }
        }
    }
    assert!(order.len() > 10, "no modules found in lib.rs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn physiology_knows_only_numbers() {
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with("physiology/")) {
        let others: Vec<String> =
            imports(text).into_iter().filter(|m| !["units", "physiology"].contains(&m.as_str())).collect();
        assert!(others.is_empty(), "{file} imports {others:?}");
    }
}

#[test]
fn heavy_crates_have_one_home() {
    let mut strays = Vec::new();
    for (file, text) in sources() {
        if file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        for (name, homes) in HOMES {
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            let used = program.lines().any(|line| line.starts_with(&format!("use {name}::")));
            if used && !homes.iter().any(|home| file.starts_with(home)) {
                strays.push(format!("{file} uses {name}"));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}
