//! Which program this is: what another one worked out is not used.

use std::time::UNIX_EPOCH;

/// What tells this program from another build of it; `None` where it cannot be told.
pub(super) fn program() -> Option<String> {
    let program = std::env::current_exe().and_then(|path| path.metadata()).ok()?;
    let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", program.len(), built.as_nanos()))
}
