//! Who may import whom: the order of `src/lib.rs`, one home for each of the heavy crates, and one type for each name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates with one home each: nothing outside the paths named may use them.
const HOMES: [(&str, &[&str]); 13] = [
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
    ("toml_edit", &["profile/edit.rs"]),
    ("rustyfit", &["render/workout.rs"]),
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

/// A module by its names from the root, such as `["render", "chart", "axis"]`.
type Module = Vec<String>;

fn module_of(file: &str) -> Module {
    let names: Module = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    match names.split_last() {
        Some((last, folder)) if ["mod", "lib", "main"].contains(&last.as_str()) => folder.to_vec(),
        _ => names,
    }
}

/// The program's own text: no comments, no tests.
fn code(text: &str) -> String {
    let program = text.split("#[cfg(test)]").next().unwrap_or_default();
    program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every path that begins with `crate`, `super` or `self`, the branches of a `use` each by itself.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut paths = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            // Not in the middle of another path or word.
            if !code[..at].ends_with(|c: char| is_name(c) || c == ':') {
                branches(&mut Vec::new(), &code[at..], &mut paths);
            }
        }
    }
    paths
}

/// Follows one path, `stem` before it, into all its branches; returns what stands behind it.
fn branches<'t>(stem: &mut Vec<String>, text: &'t str, found: &mut Vec<Vec<String>>) -> &'t str {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    if end > 0 {
        stem.push(text[..end].to_owned());
    }
    let mut rest = match text[end..].strip_prefix("::") {
        Some(rest) if end > 0 && !rest.starts_with('<') => branches(stem, rest, found),
        _ if text.starts_with('{') => {
            let mut rest = &text[1..];
            loop {
                rest = branches(stem, rest, found).trim_start();
                match rest.strip_prefix(',') {
                    Some(next) if !next.trim_start().starts_with('}') => rest = next,
                    Some(next) => break next,
                    None => break rest,
                }
            }
        }
        _ => {
            found.push(stem.clone());
            match text[end..].trim_start().strip_prefix("as ") {
                Some(other_name) => other_name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
                None => &text[end..],
            }
        }
    };
    if end > 0 {
        stem.pop();
    } else if let Some(behind) = rest.trim_start().strip_prefix('}') {
        rest = behind;
    }
    rest
}

/// The module that a path in `from` leads to.
fn target(from: &[String], path: &[String], modules: &BTreeSet<Module>) -> Module {
    let mut place = if path[0] == "crate" { Vec::new() } else { from.to_vec() };
    let ups = path.iter().take_while(|name| *name == "super").count();
    place.truncate(place.len().saturating_sub(ups));
    place.extend(path.iter().skip_while(|name| ["crate", "super", "self"].contains(&name.as_str())).cloned());
    while !place.is_empty() && !modules.contains(&place) {
        place.pop();
    }
    place
}

/// For every folder (the root is the empty one), which of the modules in it uses which, and where.
fn uses() -> BTreeMap<Module, BTreeMap<(String, String), String>> {
    let sources: Vec<(String, String)> =
        sources().into_iter().filter(|(file, _)| !file.ends_with("tests.rs") && !file.contains("/tests/")).collect();
    let modules: BTreeSet<Module> = sources.iter().map(|(file, _)| module_of(file)).collect();
    let mut uses: BTreeMap<Module, BTreeMap<(String, String), String>> = BTreeMap::new();
    for (file, text) in &sources {
        let from = module_of(file);
        for path in paths(&code(text)) {
            let to = target(&from, &path, &modules);
            let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(user), Some(used)) = (from.get(common), to.get(common)) {
                let folder = uses.entry(from[..common].to_vec()).or_default();
                folder.entry((user.clone(), used.clone())).or_insert_with(|| file.clone());
            }
        }
    }
    uses
}

#[test]
fn paths_are_followed_into_their_branches() {
    let paths = paths("use super::{a, b::{C, self as d}, e::f};\nlet x = crate::g::h(1, self::i::J::new());");
    let told: Vec<String> = paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(told, ["crate::g::h", "super::a", "super::b::C", "super::b::self", "super::e::f", "self::i::J::new"]);
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
    assert!(order.len() > 10, "no modules found in lib.rs");
    let uses = uses();
    let wrong: Vec<String> = uses[&Vec::new()]
        .iter()
        .filter(|((user, used), _)| order.get(used.as_str()) > order.get(user.as_str()) && user != "main")
        .map(|((user, used), file)| format!("{file} imports {used}, which stands below {user}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_architecture_page_shows_every_module() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md")).expect("the page");
    let lib = sources().into_iter().find(|(name, _)| name == "lib.rs").expect("lib.rs").1;
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let shown =
        |module: &str| page.lines().any(|l| [".rs ", "/ "].iter().any(|end| l.starts_with(&format!("{module}{end}"))));
    let missing: Vec<&str> = modules.filter(|module| !shown(module)).collect();
    assert!(missing.is_empty(), "docs/architecture.md does not show {missing:?}");
}

/// In no folder do files use each other in a circle: each can be read, tested and moved without the others.
#[test]
fn no_circles_inside_folders() {
    let mut wrong = Vec::new();
    for (folder, uses) in uses() {
        // Who uses nothing that is left, stands above the rest: what cannot be taken away so goes in a circle.
        let mut left = uses;
        loop {
            let users: BTreeSet<String> = left.keys().map(|(user, _)| user.clone()).collect();
            let before = left.len();
            left.retain(|(_, used), _| users.contains(used));
            if left.len() == before {
                break;
            }
        }
        wrong.extend(
            left.iter().map(|((user, used), file)| format!("{}: {user} uses {used} ({file})", folder.join("/"))),
        );
    }
    assert!(wrong.is_empty(), "circles, or what leads into them:\n{}", wrong.join("\n"));
}

#[test]
fn physiology_knows_only_numbers() {
    let uses = uses();
    let others: Vec<_> = uses[&Vec::new()].iter().filter(|((user, _), _)| user == "physiology").collect();
    assert!(others.is_empty(), "{others:?}");
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

/// The one name that several types share: what a command takes, which the list of commands asks for by this name.
const SHARED_NAME: &str = "Arguments";

/// Structs, enums and traits that a text declares, tests included.
fn declared(text: &str) -> Vec<&str> {
    let mut declared = Vec::new();
    for line in text.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
        let words = line.strip_prefix("pub").map_or(line, |rest| {
            rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest)
        });
        let name = ["struct ", "enum ", "trait "].iter().find_map(|word| words.trim_start().strip_prefix(word));
        let Some(name) = name else { continue };
        let name = &name[..name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len())];
        // A macro's `struct $name` has none.
        declared.extend((!name.is_empty()).then_some(name));
    }
    declared
}

#[test]
fn declarations_are_found() {
    let text = "pub(super) struct A<'a>(u8);\n    enum B {\n// struct C\npub trait D: E {\nlet structure = 1;\nstruct $name;\nstruct F;";
    assert_eq!(declared(text), ["A", "B", "D", "F"]);
}

/// Who meets a name in one file should not have to ask which of several it is.
#[test]
fn one_name_is_one_type() {
    let sources = sources();
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, text) in &sources {
        for name in declared(text).into_iter().filter(|name| *name != SHARED_NAME) {
            files.entry(name).or_default().push(file);
        }
    }
    assert!(files.len() > 300, "only {} types found", files.len());
    let shared: Vec<_> = files.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(shared.is_empty(), "one name, several types: {shared:?}");
}
