//! Answers given before: the same question about the same files, on the same day and screen, is not worked out twice.
//!
//! An answer is all that a command printed. What it depends on is its question: the program, the arguments, the files by their
//! size, times and number on the disk, the runner's own words, the day, the clock's zone, the width of the screen, the plans of
//! earlier days and the report that stands in the folder. It is kept only where nothing went wrong, and where no file may
//! still be changing.

use super::digests::sound_store;
use super::files::Found;
use super::program::program;
use super::report_folder::WantedReport;
use super::season::set_threads;
use super::talk::{self, Printed};
use super::{Ending, Input, clock, kept, material};
use crate::content::ContentHash;
use crate::store::{Key, Store};
use anyhow::Result;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use std::fmt::Debug;

/// Longer answers are worked out again, so that a store holds runs and not lists of them.
const LONGEST_BYTES: usize = 4 << 20;

/// What a command is asked, that reads files and prints.
pub(super) struct CommandAsked<'q> {
    pub input: &'q Input,
    /// The command with all its arguments.
    pub asked: &'q dyn Debug,
    /// The report that it writes.
    pub report: Option<&'q WantedReport<'q>>,
}

impl CommandAsked<'_> {
    /// Prints the answer given before, or has it worked out.
    pub fn answered(&self, work_out: impl FnOnce() -> Result<Ending>) -> Result<Ending> {
        set_threads(&self.input.reading)?;
        self.found_or(work_out)
    }

    fn found_or(&self, work_out: impl FnOnce() -> Result<Ending>) -> Result<Ending> {
        let store = sound_store(&self.input.reading);
        // Looked at before the files are read, so that a change made meanwhile shows the next time.
        let Some(given) = self.given() else { return work_out() };
        let known: Option<Vec<Printed>> = self.with_state(&given, &store).and_then(|question| store.answer(&question));
        store.finish();
        if let Some(said) = known {
            said.iter().try_for_each(talk::say_again)?;
            return Ok(Ending::Done);
        }
        talk::listen();
        let ending = work_out();
        let is_short = |said: &Vec<Printed>| said.iter().map(Printed::len).sum::<usize>() <= LONGEST_BYTES;
        if let (Ok(Ending::Done), Some(said)) = (&ending, talk::heard().filter(is_short)) {
            let store = sound_store(&self.input.reading);
            if let Some(question) = self.with_state(&given, &store) {
                store.keep_answer(&question, &said);
            }
            store.finish();
        }
        ending
    }

    /// The fingerprint of all that is given; `None` where that cannot be told, or may still be changing.
    fn given(&self) -> Option<ContentHash> {
        let reading = &self.input.reading;
        if reading.no_store {
            return None;
        }
        let found = Found::under(&self.input.paths);
        let keys = Key::of_all(found.files.par_iter().map(|file| &*file.path));
        let keys: Vec<Key> = keys.into_iter().collect::<Option<_>>()?;
        let is_settled = keys.iter().all(|key| key.is_settled);
        let words = material::words(self.input).ok()?;
        let as_of = clock::as_of(self.input.today).ok()?;
        let zone = TimeZone::try_system().ok()?;
        let clock = format!("{as_of:?} {zone:?} {:?} {:?}", std::env::var_os("TZ"), std::env::var_os("TZDIR"));
        let files = found.files.iter().map(|file| (&file.name, file.is_named)).collect::<Vec<_>>();
        let listed = postcard::to_stdvec(&(files, &keys)).ok()?;
        let given = format!("{:?} {words:?}", found.unreadable);
        let asked = format!("{:?} {:?} {} {}", program()?, self.asked, talk::width(), talk::is_json());
        let parts = [asked.as_bytes(), clock.as_bytes(), given.as_bytes(), &listed];
        is_settled.then(|| ContentHash::of_parts(&parts))
    }

    /// The same with what earlier commands left; `None` where the report in the folder is not the one that was written there.
    fn with_state(&self, given: &ContentHash, store: &Store) -> Option<ContentHash> {
        let report = match self.report {
            Some(report) => format!("{:?}", report.standing(store)?),
            None => String::new(),
        };
        let plans = kept::all(store, self.input, self.report.map(WantedReport::plans).unwrap_or_default());
        let plans = serde_json::to_vec(&plans).ok()?;
        Some(ContentHash::of_parts(&[given.as_bytes(), report.as_bytes(), &plans]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::cell::Cell;
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    fn age(path: &Path) {
        let long_ago = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        fs::File::options().append(true).open(path).and_then(|file| file.set_modified(long_ago)).expect("a file");
    }

    #[test]
    fn only_what_is_not_known_is_worked_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = folder.path().join("files");
        fs::create_dir(&files).expect("a folder");
        let run = files.join("a.gpx");
        fs::write(&run, "<gpx></gpx>").expect("a file");
        age(&run);
        let mut input = Input::of(vec![files.clone()]);
        (input.today, input.reading.store) = (Some(date(2026, 6, 1)), Some(folder.path().join("store.sqlite")));
        let times = Cell::new(0);
        let ask = |input: &Input, asked: &str, ending: fn() -> Result<Ending>| {
            let command = CommandAsked { input, asked: &asked, report: None };
            let done = command.found_or(|| {
                times.set(times.get() + 1);
                talk::print(b"")?;
                ending()
            });
            (done.ok(), times.replace(0))
        };
        let done: fn() -> Result<Ending> = || Ok(Ending::Done);
        assert_eq!(ask(&input, "runs", done), (Some(Ending::Done), 1));
        assert_eq!(ask(&input, "runs", done), (Some(Ending::Done), 0), "known");
        assert_eq!(ask(&input, "plan", done).1, 1, "another question");
        let other = Input { today: Some(date(2026, 6, 2)), ..input.clone() };
        assert_eq!(ask(&other, "runs", done).1, 1, "another day");
        fs::write(files.join("notes.csv"), "run,note,value\n").expect("notes");
        age(&files.join("notes.csv"));
        assert_eq!(ask(&input, "runs", done).1, 1, "other words");
        assert_eq!(ask(&input, "runs", done).1, 0);
        fs::write(&run, "<gpx> </gpx>").expect("a file");
        assert_eq!(ask(&input, "runs", done).1, 1, "another file");
        assert_eq!(ask(&input, "runs", done).1, 1, "which may still be changing");
        age(&run);
        let passing: fn() -> Result<Ending> = || {
            talk::only_this_time();
            Ok(Ending::Done)
        };
        for ending in [passing, || Ok(Ending::PathMissing), || anyhow::bail!("nothing usable")] {
            assert_eq!(ask(&input, "athlete", ending).1, 1);
        }
        assert_eq!(ask(&input, "athlete", done).1, 1, "what went wrong is not kept");
        input.reading.no_store = true;
        assert_eq!(ask(&input, "runs", done).1, 1, "nothing is kept without a store");
    }
}
