//! Digests kept between runs, so that an unchanged file is not even opened.
//!
//! The store is one SQLite file and, but for plans, only ever a cache: all else can be read again from the user's files. So
//! nothing in it is worth an error. Whatever goes wrong with it, the run goes on without it, and one line says so.
//!
//! * `content` keeps what came of a file's bytes, under their fingerprint and the version of the digest: a file that was
//!   renamed, copied or packed into an archive is known again. Its seconds stay packed until somebody looks at them.
//! * `source` keeps which contents a file or an archive had when its path, size, times and number on the disk were these.
//! * `report` keeps what the report in a folder was made from, so that the same is not made twice.
//! * `answer` keeps the last answers printed, so that the same question is not worked out twice.
//! * `memo` keeps what was worked out for a season, so that another one of the same files asks less of its seconds.
//! * `plan` keeps the last plans made from the same paths, so that the next one can be compared with them.
//!
//! All kinds of row are sealed (`sealed`), so a damaged one is taken for absent. A file modified less than two seconds
//! before it was read may change again without a change of its time; its row is left out, and the next run compares its
//! content. Writes are collected into transactions of some 200 contents: a run that is killed loses no more than those.
//! When the store has grown beyond 256 MB, what was not used for 90 days is removed.
//!
//! Digests depend on the system's table of time zones too, where the recording has a position and no local time. It
//! changes for days to come, hardly ever for days gone by.
#![allow(clippy::disallowed_methods, reason = "this is the module that keeps things on the disk")]

mod content;
mod database;
mod key;
mod place;
mod sealed;
#[cfg(test)]
mod tests;

pub use key::Key;
pub use place::Place;

use crate::content::ContentHash;
use crate::digest;
use crate::kept::{KeptPlan, PLANS_KEPT};
use crate::memo::{KeptResult, Memo};
use crate::outcome::Outcome;
use crate::read::Limits;
use crate::shown::FileName;
use database::{ANSWERS, Batch, Database, MEMOS, REPORTS, StoredValue, Trouble};
use jiff::civil::Date;
use rayon::prelude::*;
use sealed::Sealed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Rows read at once, while no other thread can.
const AT_ONCE: usize = 32;
/// Contents written at once.
const BATCH: usize = 200;
/// Up to this size nothing is ever removed: some 30,000 runs.
const LARGEST_BYTES: i64 = 256 << 20;
/// Beyond it, what was not used for so long.
const UNUSED_DAYS: i64 = 90;
/// What plans are sealed with; another number for another layout.
const PLAN_KEY: &[u8] = b"plan 1";
/// The same of reports.
const REPORT_KEY: &[u8] = b"report 1";
/// Folders of reports that are known.
const REPORTS_KEPT: usize = 100;
/// The same of answers.
const ANSWER_KEY: &[u8] = b"answer 1";
/// Answers that are known, the latest.
const ANSWERS_KEPT: usize = 100;
/// The same of memos.
const MEMO_KEY: &[u8] = b"memo 1";
/// Memos that are known, the latest, and all of them together.
const MEMOS_KEPT: usize = 1000;
const MEMOS_BYTES: usize = 96 << 20;
/// The day of last use is not written more often, so that most runs write nothing.
const USE_NOTED_DAYS: i64 = 7;

/// What an earlier run made of one file, or of one entry of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPart {
    /// What is shown after the path of its archive; empty for a file that is none.
    pub entry: String,
    pub content: ContentHash,
    pub outcome: Outcome,
}

/// A report as it was written to a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingReport {
    /// The fingerprint of all that it was made from.
    pub made_from: ContentHash,
    /// The day that it is about.
    pub today: Date,
    /// Its files, by their place in the folder, and what they hold.
    pub files: Vec<(String, ContentHash)>,
}

/// What earlier runs made of files. May be used from several threads at once.
#[derive(Debug)]
pub struct Store {
    version: u32,
    today: i64,
    state: Mutex<StoreState>,
}

#[derive(Debug, Default)]
struct StoreState {
    /// `None` when there is no store or it could not be used.
    open: Option<(Database, Place)>,
    waiting: Batch,
    /// Contents that need not be written: they came from the store or are about to go there.
    held: HashSet<ContentHash>,
    notes: Vec<String>,
}

impl Store {
    /// Knows nothing and keeps nothing.
    pub fn none() -> Store {
        Store { version: digest::VERSION, today: today(), state: Mutex::default() }
    }

    /// Opens the store at this place or begins one there, for files read within these limits.
    pub fn open(place: Place, limits: &Limits) -> Store {
        Store::open_version(place, version(limits))
    }

    /// Opens a store that is sound, for files read within these limits; another one is left to be mended by who writes to it.
    pub fn open_sound(place: Place, limits: &Limits) -> Store {
        let store = Store { version: version(limits), ..Store::none() };
        if let Ok(database) = Database::open_sound(&place, store.version) {
            store.state().open = Some((database, place));
        }
        store
    }

    fn open_version(place: Place, version: u32) -> Store {
        let store = Store { version, ..Store::none() };
        match Database::open(&place, version) {
            Ok((database, mended)) => {
                let mut state = store.state();
                state.notes.extend(mended.then(|| begun_anew(&place)));
                state.open = Some((database, place));
            }
            Err(trouble) => store.state().notes.push(not_used(&place, &trouble)),
        }
        store
    }

    /// All that each file or archive held, if it is the same as when it was read; in their order.
    pub fn recall(&self, keys: &[&Key]) -> Vec<Option<Vec<StoredPart>>> {
        keys.par_chunks(AT_ONCE).flat_map_iter(|keys| self.recall_some(keys)).collect()
    }

    fn recall_some(&self, keys: &[&Key]) -> Vec<Option<Vec<StoredPart>>> {
        let kept = self.state().attempt(|database| database.sources(keys)).unwrap_or_default();
        let unsealed = |(key, kept): (&&Key, Option<StoredValue>)| {
            let kept = kept?;
            let entries = kept.value.open(&self.seal_of_source(key).each())?;
            Some(StoredFile { used: kept.used, entries })
        };
        let sources: Vec<Option<StoredFile>> = keys.iter().zip(kept).map(unsealed).collect();
        let entries = sources.iter().flatten().flat_map(|source| &source.entries);
        let contents: Vec<ContentHash> = entries.map(|(_, content)| *content).collect();
        let mut outcomes = self.outcomes(&contents).into_iter();
        let whole = |(key, source): (&&Key, Option<StoredFile>)| {
            let StoredFile { used, entries } = source?;
            let outcomes: Vec<Option<Outcome>> = outcomes.by_ref().take(entries.len()).collect();
            let part = |((entry, content), outcome)| Some(StoredPart { entry, content, outcome: outcome? });
            let parts: Vec<StoredPart> = entries.into_iter().zip(outcomes).map(part).collect::<Option<_>>()?;
            if self.is_long_ago(used) {
                self.state().waiting.used_sources.push(key.path.clone());
            }
            Some(parts)
        };
        let mut parts: Vec<Option<Vec<StoredPart>>> = keys.iter().zip(sources).map(whole).collect();
        // Nothing is known where there is no store.
        parts.resize(keys.len(), None);
        parts
    }

    /// What came of a content, wherever it was read from.
    pub fn outcome(&self, content: &ContentHash) -> Option<Outcome> {
        self.outcomes(std::slice::from_ref(content)).pop()?
    }

    fn outcomes(&self, contents: &[ContentHash]) -> Vec<Option<Outcome>> {
        contents.par_chunks(AT_ONCE).flat_map_iter(|contents| self.some_outcomes(contents)).collect()
    }

    fn some_outcomes(&self, contents: &[ContentHash]) -> Vec<Option<Outcome>> {
        let kept = self.state().attempt(|database| database.contents(contents)).unwrap_or_default();
        let open = |(content, kept): (&ContentHash, Option<StoredValue>)| {
            let kept = kept?;
            Some((content::opened(self.version, content, &kept.value)?, kept.used))
        };
        let opened: Vec<Option<(Outcome, i64)>> = contents.iter().zip(kept).map(open).collect();
        let mut state = self.state();
        let known = |(content, opened): (&ContentHash, Option<(Outcome, i64)>)| {
            let (outcome, used) = opened?;
            if self.is_long_ago(used) && !state.held.contains(content) {
                state.waiting.used_contents.push(*content);
            }
            state.held.insert(*content);
            Some(outcome)
        };
        let mut outcomes: Vec<Option<Outcome>> = contents.iter().zip(opened).map(known).collect();
        outcomes.resize(contents.len(), None);
        outcomes
    }

    /// Keeps what came of a content, whose seconds are packed then. Safe on the disk after some more of them, or
    /// [`Store::finish`].
    pub fn keep(&self, content: &ContentHash, outcome: &mut Outcome) {
        if !outcome.is_lasting() || !self.state().is_wanted(content) {
            return;
        }
        let sealed = content::sealed(self.version, content, outcome);
        let mut state = self.state();
        state.waiting.contents.extend(sealed.map(|value| (*content, value)));
        if state.waiting.contents.len() >= BATCH {
            state.write(self.today);
        }
    }

    /// Keeps which contents a file or archive has, by entry; its contents are to be kept too. Only for sources of which
    /// every part could be read. Does nothing for a source that may still be changing.
    pub fn keep_source(&self, key: &Key, entries: &[(String, ContentHash)]) {
        if !key.is_settled || self.state().open.is_none() {
            return;
        }
        let sealed = Sealed::new(&self.seal_of_source(key).each(), &entries);
        self.state().waiting.sources.extend(sealed.map(|value| (key.clone(), value)));
    }

    /// The plans kept for an owner, oldest first.
    pub fn plans(&self, owner: &str) -> Vec<KeptPlan> {
        let kept = self.state().attempt(|database| database.plans(owner)).unwrap_or_default();
        kept.iter().filter_map(|(made, value)| value.open(&[PLAN_KEY, owner.as_bytes(), made.as_bytes()])).collect()
    }

    /// Keeps a plan in place of another one of its owner and day; the oldest give way.
    pub fn keep_plan(&self, owner: &str, plan: &KeptPlan) {
        let made = plan.made.to_string();
        let key: [&[u8]; 3] = [PLAN_KEY, owner.as_bytes(), made.as_bytes()];
        if let Some(sealed) = Sealed::new(&key, plan) {
            self.state().attempt(|database| database.keep_plan(owner, &made, &sealed, PLANS_KEPT));
        }
    }

    /// The report that was last written to this folder.
    pub fn report(&self, folder: &str) -> Option<StandingReport> {
        let kept = self.state().attempt(|database| database.named(REPORTS, folder))??;
        kept.open(&[REPORT_KEY, folder.as_bytes()])
    }

    /// Keeps what was written to this folder; of many folders, the latest.
    pub fn keep_report(&self, folder: &str, report: &StandingReport) {
        if let Some(sealed) = Sealed::new(&[REPORT_KEY, folder.as_bytes()], report) {
            self.state().attempt(|database| database.keep_named(REPORTS, folder, &sealed, (REPORTS_KEPT, usize::MAX)));
        }
    }

    /// What was said to this question.
    pub fn answer<T: DeserializeOwned>(&self, question: &ContentHash) -> Option<T> {
        let kept = self.state().attempt(|database| database.named(ANSWERS, &question.to_string()))??;
        kept.open(&[ANSWER_KEY, question.as_bytes()])
    }

    /// Keeps what was said to this question; of many answers, the latest.
    pub fn keep_answer(&self, question: &ContentHash, answer: &impl Serialize) {
        if let Some(sealed) = Sealed::new(&[ANSWER_KEY, question.as_bytes()], answer) {
            self.state().attempt(|database| {
                database.keep_named(ANSWERS, &question.to_string(), &sealed, (ANSWERS_KEPT, usize::MAX))
            });
        }
    }

    /// What a program worked out for an owner's season of files read within these limits.
    pub fn memo(&self, owner: &str, program: &str) -> Memo {
        if self.state().open.is_none() {
            return Memo::none();
        }
        let kept = self.state().attempt(|database| database.named(MEMOS, owner)).flatten();
        let key: [&[u8]; 4] = [MEMO_KEY, &self.version.to_le_bytes(), owner.as_bytes(), program.as_bytes()];
        Memo::knowing(kept.and_then(|kept| kept.open(&key)).unwrap_or_default())
    }

    /// Keeps it in place of what was known; of many owners, the latest.
    pub fn keep_memo(&self, owner: &str, program: &str, kept: &[KeptResult]) {
        let key: [&[u8]; 4] = [MEMO_KEY, &self.version.to_le_bytes(), owner.as_bytes(), program.as_bytes()];
        if let Some(sealed) = Sealed::new(&key, &kept) {
            let most = (MEMOS_KEPT, MEMOS_BYTES);
            self.state().attempt(|database| database.keep_named(MEMOS, owner, &sealed, most));
        }
    }

    /// Writes what is waiting, and returns what there is to say about the store: nothing, if all went well.
    pub fn finish(self) -> Vec<String> {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !state.waiting.is_empty() {
            state.write(self.today);
            state.attempt(|database| database.prune(LARGEST_BYTES, self.today - UNUSED_DAYS));
        }
        state.notes
    }

    fn state(&self) -> MutexGuard<'_, StoreState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_long_ago(&self, used: i64) -> bool {
        used < self.today - USE_NOTED_DAYS
    }

    fn seal_of_source<'a>(&self, key: &'a Key) -> SealOfSource<'a> {
        SealOfSource {
            version: self.version.to_le_bytes(),
            path: key.path.as_bytes(),
            size: key.size.to_le_bytes(),
            modified_ns: key.modified_ns.to_le_bytes(),
            changed_ns: key.changed_ns.to_le_bytes(),
            inode: key.inode.to_le_bytes(),
        }
    }
}

/// A row of a file or archive: when it was last of use, and its entries with their contents.
struct StoredFile {
    used: i64,
    entries: Vec<(String, ContentHash)>,
}

/// What a source's row is sealed with.
struct SealOfSource<'a> {
    version: [u8; 4],
    path: &'a [u8],
    size: [u8; 8],
    modified_ns: [u8; 8],
    changed_ns: [u8; 8],
    inode: [u8; 8],
}

impl SealOfSource<'_> {
    fn each(&self) -> [&[u8]; 6] {
        [&self.version, self.path, &self.size, &self.modified_ns, &self.changed_ns, &self.inode]
    }
}

impl StoreState {
    /// Does something with the store, if there is one; a damaged store is begun anew, any other trouble is the end of it.
    fn attempt<T>(&mut self, work: impl Fn(&mut Database) -> Result<T, Trouble>) -> Option<T> {
        let (mut database, place) = self.open.take()?;
        let mut result = work(&mut database);
        if result.as_ref().is_err_and(Trouble::is_damage) {
            let version = database.version();
            drop(database);
            match Database::anew(&place, version) {
                Ok(new) => database = new,
                Err(trouble) => {
                    self.notes.push(not_used(&place, &trouble));
                    return None;
                }
            }
            self.notes.push(begun_anew(&place));
            result = work(&mut database);
        }
        match result {
            Ok(value) => {
                self.open = Some((database, place));
                Some(value)
            }
            Err(trouble) => {
                self.notes.push(not_used(&place, &trouble));
                None
            }
        }
    }

    /// True the first time it is asked about a content, if there is a store.
    fn is_wanted(&mut self, content: &ContentHash) -> bool {
        self.open.is_some() && self.held.insert(*content)
    }

    fn write(&mut self, today: i64) {
        let batch = std::mem::take(&mut self.waiting);
        self.attempt(|database| database.write(&batch, today));
    }
}

fn begun_anew(place: &Place) -> String {
    format!("the store {} was damaged and is begun anew", FileName::of(place.path()))
}

fn not_used(place: &Place, trouble: &Trouble) -> String {
    format!("the store {} is not used: {trouble}", FileName::of(place.path()))
}

/// What is kept depends on the digest and, for files beyond a limit, on the limits.
fn version(limits: &Limits) -> u32 {
    // How long reading may take changes nothing of what comes out.
    let limits = &Limits { seconds: Limits::USUAL.seconds, ..*limits };
    if *limits == Limits::default() {
        return digest::VERSION;
    }
    const OTHER_LIMITS: u32 = 1 << 31;
    let [a, b, c, d, ..] = *ContentHash::of(format!("{} {limits:?}", digest::VERSION).as_bytes()).as_bytes();
    u32::from_le_bytes([a, b, c, d]) | OTHER_LIMITS
}

/// Days since 1970.
fn today() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| (since.as_secs() / 86_400) as i64)
}
