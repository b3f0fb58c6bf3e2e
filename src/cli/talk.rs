//! What is said about the work, beside the results: it goes to stderr, and those who want quiet are spared.

use super::Input;
use std::io::Write;

/// Says something that those who want quiet need not know.
pub(super) fn say(input: &Input, what: impl std::fmt::Display) {
    if !input.quiet {
        // Nothing is lost where nobody listens.
        let _ = writeln!(anstream::stderr(), "{what}");
    }
}
