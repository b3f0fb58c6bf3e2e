//! What an input may cost: a little more for every byte, and never much.

use cap::Cap;
use std::alloc::System;
use std::time::{Duration, Instant};
use std::{fs, sync::LazyLock};

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
    let begun = spent();
    work();
    let taken = spent().saturating_sub(begun);
    MEMORY.set_limit(usize::MAX).expect("no limit");
    let allowed = ANY_TIME + TIME_PER_BYTE * data.len() as u32;
    assert!(taken < allowed, "{} bytes took {taken:?}", data.len());
}

/// Time this thread had a processor, where the system tells; else time that passed, which other work makes longer.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let on_processor = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = on_processor.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
