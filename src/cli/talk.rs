//! What is said about the work, beside the results: it goes to stderr, in one style.
//!
//! `error:` ends a command or names a path that could not be used; `warning:` names what was left out; `hint:` says what to do.
//! Those who want quiet are spared all but errors and warnings.

use super::Input;
use crate::shown::Text;
use std::fmt::Display;
use std::io::Write;

/// Says something that those who want quiet need not know.
pub(super) fn say(input: &Input, what: impl Display) {
    if !input.quiet {
        line(what);
    }
}

/// What could be done next.
pub(super) fn hint(input: &Input, what: impl Display) {
    say(input, format_args!("hint: {what}"));
}

/// What could not be used, told even to those who want quiet.
pub(super) fn warning(what: impl Display) {
    line(format_args!("warning: {what}"));
}

/// What went wrong.
pub(super) fn error(what: impl Display) {
    line(format_args!("error: {what}"));
}

/// Columns of a line that is printed: those of the terminal within reason, or so many where there is none.
pub(super) fn width() -> usize {
    const WITHOUT_TERMINAL: usize = 100;
    const LEAST: usize = 60;
    const MOST: usize = 160;
    let columns = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    columns.unwrap_or(WITHOUT_TERMINAL).clamp(LEAST, MOST)
}

/// A line as it is, but for what would steer the terminal.
pub(super) fn line(what: impl Display) {
    // Nothing is lost where nobody listens.
    let _ = writeln!(anstream::stderr(), "{}", Text::lines(&what.to_string()));
}
