//! Small files that were made to cost much: each is read in a moment, or refused by a limit that the message names.

mod archives;
mod disk;
mod escapes;
mod fit;
mod xml;

use crate::archives::{results_within, told};
use freshlegs::read::Limits;
use std::time::{Duration, Instant};

/// Far beyond what any of these takes, and far below what they took.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is said of this file, and of a good one beside it, after no long time.
fn said(name: &str, bytes: Vec<u8>) -> Vec<String> {
    said_within(&Limits::default(), name, bytes)
}

fn said_within(limits: &Limits, name: &str, bytes: Vec<u8>) -> Vec<String> {
    let good = crate::archives::made::fit(crate::archives::made::ACTIVITY, 0, 60);
    let begun = Instant::now();
    let mut told = told(&results_within(limits, &[(name, bytes), ("good.fit", good)]));
    assert!(begun.elapsed() < PATIENCE, "{name} took {:?}", begun.elapsed());
    assert_eq!(told.pop().as_deref(), Some("good.fit: 1 read"), "{name}");
    told
}

/// The file is refused, in one line that speaks of this.
fn is_refused(name: &str, bytes: Vec<u8>, says: &str) {
    is_refused_within(&Limits::default(), name, bytes, says);
}

fn is_refused_within(limits: &Limits, name: &str, bytes: Vec<u8>, says: &str) {
    let told = said_within(limits, name, bytes);
    assert!(told.len() == 1 && told[0].contains(says), "{name}: {told:?}");
}
