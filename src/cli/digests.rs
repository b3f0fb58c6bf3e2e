//! Digests of files: from the store what it knows, and the rest from the files.

use super::ReadingFlags;
use super::files::{ListedFile, open};
use super::talk::{only_this_time, say};
use crate::content::ContentHash;
use crate::outcome::{FileResult, Outcome};
use crate::pipeline;
use crate::read::archive::{ReadSeek, groups};
use crate::read::{Limits, ReadError};
use crate::store::{Key, Place, Store, StoredPart};
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;

/// What comes of every file, in the order of `files`; the same with and without a store.
pub(super) fn digest_all(flags: &ReadingFlags, files: &[ListedFile]) -> Result<Vec<FileResult>> {
    let bar = if flags.quiet { ProgressBar::hidden() } else { ProgressBar::new(files.len() as u64) };
    let style =
        ProgressStyle::with_template("reading {pos} of {len} files {wide_bar} {eta}").context("progress bar")?;
    bar.set_style(style);
    let store = store(flags);
    let results = known_or_read(files, open, &flags.limits.limits(), &store, &bar);
    bar.finish_and_clear();
    let notes = store.finish();
    // Who named a store wants to know of it.
    for note in notes.iter().filter(|_| flags.verbose || flags.store.is_some()) {
        say(flags, note);
    }
    // What is wrong with the store or the disk may have passed when the same is asked again.
    if !notes.is_empty() || results.iter().any(|result| !result.outcome.is_lasting()) {
        only_this_time();
    }
    Ok(results)
}

/// The store that the user wants.
pub(super) fn store(flags: &ReadingFlags) -> Store {
    place(flags).map_or_else(Store::none, |place| Store::open(place, &flags.limits.limits()))
}

/// The same, if nothing is wrong with it.
pub(super) fn sound_store(flags: &ReadingFlags) -> Store {
    place(flags).map_or_else(Store::none, |place| Store::open_sound(place, &flags.limits.limits()))
}

fn place(flags: &ReadingFlags) -> Option<Place> {
    flags.store.clone().map(Place::Named).or_else(Place::in_cache).filter(|_| !flags.no_store)
}

fn known_or_read(
    files: &[ListedFile],
    open: impl Fn(&Path, &Limits) -> Result<Box<dyn ReadSeek>, String> + Sync,
    limits: &Limits,
    store: &Store,
    bar: &ProgressBar,
) -> Vec<FileResult> {
    let mut keys: Vec<Option<Key>> = Key::of_all(files.par_iter().map(|file| &*file.path));
    // What comes of some files depends on others: they are known together, or read together.
    let groups = groups(&files.iter().map(|file| &*file.name).collect::<Vec<_>>());
    groups.iter().for_each(|group| tie(group, &mut keys));
    let mut recalled = store.recall(&keys.iter().flatten().collect::<Vec<_>>()).into_iter();
    let mut recalled: Vec<Option<Vec<FileResult>>> = (files.iter().zip(&keys))
        .map(|(file, key)| key.as_ref().and_then(|_| recalled.next()?).map(|parts| results(&file.name, parts)))
        .collect();
    for group in &groups {
        if group.iter().any(|i| recalled[*i].is_none()) {
            group.iter().for_each(|i| recalled[*i] = None);
        }
    }
    let unknown: Vec<String> = files
        .iter()
        .zip(&recalled)
        .filter(|(_, known)| known.is_none())
        .map(|(file, _)| file.name.to_string())
        .collect();
    let paths: HashMap<&str, &Path> = files.iter().map(|file| (&*file.name, &*file.path)).collect();
    let open = |name: &str| open(paths.get(name).copied().unwrap_or(Path::new(name)), limits);
    bar.inc((files.len() - unknown.len()) as u64);
    let done = |result: &mut FileResult| {
        if let Some(content) = &result.content {
            store.keep(content, &mut result.outcome);
        }
        bar.inc(1);
        // How much an archive holds shows only as it is read.
        bar.set_length(bar.position().max(files.len() as u64));
    };
    let read = pipeline::digest_all(&unknown, open, limits, |content| store.outcome(content), done);
    let mut read = read.into_iter().peekable();
    let mut results = Vec::new();
    for ((file, key), known) in files.iter().zip(keys).zip(recalled) {
        let parts = known.unwrap_or_else(|| {
            let parts: Vec<FileResult> =
                std::iter::from_fn(|| read.next_if(|result| result.source == file.name)).collect();
            keep_source(store, key, &parts);
            parts
        });
        results.extend(parts.into_iter().map(|part| if file.is_named { expected(part) } else { part }));
    }
    results
}

/// Makes each of these keys change with every other one.
fn tie(group: &[usize], keys: &mut [Option<Key>]) {
    let (mut all, mut are_settled) = (Vec::new(), true);
    for i in group {
        let Some(key) = &keys[*i] else {
            group.iter().for_each(|i| keys[*i] = None);
            return;
        };
        all.push(format!("{} {} {} {} {}", key.path, key.size, key.modified_ns, key.changed_ns, key.inode));
        are_settled &= key.is_settled;
    }
    let all = ContentHash::of_parts(&all.iter().map(String::as_bytes).collect::<Vec<_>>());
    for i in group {
        if let Some(key) = &mut keys[*i] {
            key.path = format!("{} with {all}", key.path);
            key.is_settled = are_settled;
        }
    }
}

/// What the user named is to be an activity, whatever it is called.
fn expected(result: FileResult) -> FileResult {
    let outcome = match result.outcome {
        Outcome::Unrelated if result.file == result.source => Outcome::Failed(ReadError::UnknownFormat),
        outcome => outcome,
    };
    FileResult { outcome, ..result }
}

/// What an unchanged file or archive held when it was read.
fn results(file: &str, parts: Vec<StoredPart>) -> Vec<FileResult> {
    let result = |StoredPart { entry, content, outcome }: StoredPart| FileResult {
        file: format!("{file}{entry}").into(),
        source: file.into(),
        content: Some(content),
        outcome,
    };
    parts.into_iter().map(result).collect()
}

/// Remembers what a file or archive held, if every part of it can be known again.
fn keep_source(store: &Store, key: Option<Key>, parts: &[FileResult]) {
    let entry = |part: &FileResult| Some((part.file.strip_prefix(part.source.as_str())?.to_owned(), part.content?));
    let entries: Option<Vec<(String, ContentHash)>> = parts.iter().map(entry).collect();
    if let (Some(key), Some(entries)) = (key, entries) {
        store.keep_source(&key, &entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn an_unchanged_file_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpx");
        std::fs::write(&path, "<gpx></gpx>").unwrap();
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        std::fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(long_ago)).unwrap();
        let files = [ListedFile { name: "a.gpx".into(), path: path.clone(), is_named: true }];
        let opened = AtomicUsize::new(0);
        let counted = |path: &Path, limits: &Limits| {
            opened.fetch_add(1, Ordering::SeqCst);
            open(path, limits)
        };
        let read = || {
            let store = Store::open(Place::Named(folder.path().join("store.sqlite")), &Limits::USUAL);
            let results = known_or_read(&files, counted, &Limits::USUAL, &store, &ProgressBar::hidden());
            assert_eq!(store.finish(), Vec::<String>::new());
            results
        };
        let first = read();
        assert_eq!((read(), opened.load(Ordering::SeqCst)), (first, 1));
        std::fs::write(&path, "<gpx>       </gpx>").unwrap();
        read();
        assert_eq!(opened.load(Ordering::SeqCst), 2);
    }
}
