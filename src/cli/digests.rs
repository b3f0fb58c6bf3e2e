//! Digests of files: from the store what it knows, and the rest from the files.

use super::Input;
use super::files::bytes_of;
use super::season::say;
use crate::pipeline::{self, FileResult};
use crate::store::{Key, Part, Place, Store};
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

/// What comes of every file, in the order of `files`; the same with and without a store.
pub(super) fn digest_all(input: &Input, files: &[String]) -> Result<Vec<FileResult>> {
    let bar = if input.quiet { ProgressBar::hidden() } else { ProgressBar::new(files.len() as u64) };
    let style =
        ProgressStyle::with_template("reading {pos} of {len} files {wide_bar} {eta}").context("progress bar")?;
    bar.set_style(style);
    let threads = input.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("threads")?;
    let store = store(input);
    let results = pool.install(|| known_or_read(files, &store, &bar));
    bar.finish_and_clear();
    for note in store.finish().iter().filter(|_| input.verbose) {
        say(input, note);
    }
    Ok(results)
}

fn store(input: &Input) -> Store {
    let place = input.store.clone().map(Place::Named).or_else(Place::in_cache);
    place.filter(|_| !input.no_store).map_or_else(Store::none, Store::open)
}

fn known_or_read(files: &[String], store: &Store, bar: &ProgressBar) -> Vec<FileResult> {
    let keys: Vec<Option<Key>> = files.par_iter().map(Key::of).collect();
    let known: Vec<Option<FileResult>> =
        files.par_iter().zip(&keys).map(|(file, key)| recall(file, store, key.as_ref()?)).collect();
    let (unknown, their_keys): (Vec<String>, Vec<&Option<Key>>) = files
        .iter()
        .zip(&keys)
        .zip(&known)
        .filter(|(_, known)| known.is_none())
        .map(|((f, k), _)| (f.clone(), k))
        .unzip();
    bar.inc((files.len() - unknown.len()) as u64);
    let done = |result: &FileResult| {
        if let Some(content) = &result.content {
            store.keep(content, &result.outcome);
        }
        bar.inc(1);
    };
    let read = pipeline::digest_all(&unknown, bytes_of, |content| store.outcome(content), done);
    for (result, key) in read.iter().zip(their_keys) {
        if let (Some(key), Some(content)) = (key, result.content) {
            store.keep_source(key, &[(String::new(), content)]);
        }
    }
    let mut read = read.into_iter();
    known.into_iter().filter_map(|known| known.or_else(|| read.next())).collect()
}

/// What an unchanged file held when it was read.
fn recall(file: &str, store: &Store, key: &Key) -> Option<FileResult> {
    let Part { content, outcome, .. } = store.recall(key)?.pop()?;
    Some(FileResult { file: file.into(), content: Some(content), outcome })
}
