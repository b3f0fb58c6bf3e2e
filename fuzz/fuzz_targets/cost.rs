//! What an input may cost: a little more for every byte, and never much.

use cap::Cap;
use std::alloc::System;
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Ten days can be said in a few bytes.
const ANY_BYTES: usize = 300 << 20;
const BYTES_PER_BYTE: usize = 400;
/// On a slow machine, with the checks of a fuzzer.
const ANY_TIME: Duration = Duration::from_secs(5);
const TIME_PER_BYTE: Duration = Duration::from_micros(10);

/// Does the work; ends the fuzzer where it takes more than that.
pub fn bounded(data: &[u8], work: impl FnOnce()) {
    let most = MEMORY.allocated() + ANY_BYTES + BYTES_PER_BYTE * data.len();
    MEMORY.set_limit(most).expect("more is allowed than is used");
    let begun = Instant::now();
    work();
    let taken = begun.elapsed();
    MEMORY.set_limit(usize::MAX).expect("no limit");
    let allowed = ANY_TIME + TIME_PER_BYTE * data.len() as u32;
    assert!(taken < allowed, "{} bytes took {taken:?}", data.len());
}
