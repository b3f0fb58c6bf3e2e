//! What is said about the work, beside the results: it goes to stderr, in one style.
//!
//! `error:` ends a command or names a path that could not be used; `warning:` names what was left out; `hint:` says what to do.
//! Those who want quiet are spared all but errors and warnings. With `--format json` each is an object of its own, on a line.

use super::ReadingFlags;
use crate::shown::Text;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::cell::RefCell;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::LazyLock;

/// Whether the user asked for JSON. Looked up in the arguments themselves: they may be wrong, and that is said too.
static IS_JSON: LazyLock<bool> = LazyLock::new(|| asks_for_json(std::env::args_os()));

fn asks_for_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.take_while(|argument| argument != "--").collect();
    let pairs = arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json");
    pairs || arguments.iter().any(|argument| argument == "--format=json")
}

/// True with `--format json`.
pub(super) fn is_json() -> bool {
    *IS_JSON
}

/// Something that was printed, colours and all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Printed {
    /// A result, on stdout.
    Result(Vec<u8>),
    /// A line about the work, on stderr.
    Line(String),
}

impl Printed {
    /// Bytes of it.
    pub fn len(&self) -> usize {
        match self {
            Printed::Result(bytes) => bytes.len(),
            Printed::Line(text) => text.len(),
        }
    }
}

thread_local! {
    /// What is said while somebody listens: all talk is one thread's.
    static HEARD: RefCell<Option<Vec<Printed>>> = const { RefCell::new(None) };
}

/// Begins to listen to what is said.
pub(super) fn listen() {
    HEARD.set(Some(Vec::new()));
}

/// All that was said since; `None` where some of it is not to be said again. Nobody listens any more.
pub(super) fn heard() -> Option<Vec<Printed>> {
    HEARD.take()
}

/// What is said this time may be something else the next time, whatever is asked.
pub(super) fn only_this_time() {
    heard();
}

/// Says again what was heard.
///
/// # Errors
/// Where a result cannot be printed.
pub(super) fn say_again(said: &Printed) -> io::Result<()> {
    match said {
        Printed::Result(bytes) => print(bytes),
        Printed::Line(text) => {
            put(text);
            Ok(())
        }
    }
}

/// Prints a result.
///
/// # Errors
/// Where it cannot be printed.
pub(super) fn print(bytes: &[u8]) -> io::Result<()> {
    hear(|| Printed::Result(bytes.to_vec()));
    anstream::stdout().write_all(bytes)
}

fn hear(said: impl FnOnce() -> Printed) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.push(said());
        }
    });
}

/// Says something that those who want quiet need not know.
pub(super) fn say(flags: &ReadingFlags, what: impl Display) {
    if !flags.quiet {
        tell("note", what);
    }
}

/// What could be done next.
pub(super) fn hint(flags: &ReadingFlags, what: impl Display) {
    if !flags.quiet {
        tell("hint", what);
    }
}

/// What could not be used, told even to those who want quiet.
pub(super) fn warning(what: impl Display) {
    tell("warning", what);
}

/// What went wrong.
pub(super) fn error(what: impl Display) {
    tell("error", what);
}

/// Columns of a line that is printed: what COLUMNS says, else those of the terminal, else a usual page; within reason.
pub(super) fn width() -> usize {
    const WITHOUT_TERMINAL: usize = 100;
    const LEAST: usize = 60;
    const MOST: usize = 160;
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    named.or_else(terminal).unwrap_or(WITHOUT_TERMINAL).clamp(LEAST, MOST)
}

/// A line as it is, but for what would steer the terminal.
pub(super) fn line(what: impl Display) {
    put(&Text::lines(&what.to_string()));
}

fn put(text: &str) {
    // Nothing is lost where nobody reads.
    let _ = writeln!(anstream::stderr(), "{text}");
    hear(|| Printed::Line(text.to_owned()));
}

fn tell(level: &str, what: impl Display) {
    let message = Text::lines(&what.to_string());
    match (is_json(), level) {
        (false, "note") => line(message),
        (false, _) => line(format_args!("{level}: {message}")),
        (true, _) => {
            // A hint that follows its message stands beside it.
            let (said, hint) = message.split_once("\nhint: ").map_or((message.as_str(), None), |(a, b)| (a, Some(b)));
            let mut object = json!({ "level": level, "message": said.trim() });
            if let Some(hint) = hint {
                object["hint"] = hint.into();
            }
            put(&object.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_asked_for_in_either_spelling_and_not_by_a_file_of_that_name() {
        let asks = |text: &str| asks_for_json(text.split_whitespace().map(OsString::from));
        assert!(asks("freshlegs runs . --format json") && asks("freshlegs runs --format=json ."));
        assert!(!asks("freshlegs runs json") && !asks("freshlegs runs --format csv"));
        assert!(!asks("freshlegs runs -- --format json"));
    }
}
