//! Polar's sessions: whatever JSON says that it is one.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    const BEGINS: &[u8] = br#"{"startTime":"2025-08-16T08:30:00","exercises":["#;
    // Seeds are whole.
    let bytes = if data.starts_with(b"{") { data.to_vec() } else { [BEGINS, data].concat() };
    recording::check_bytes(&bytes).expect("plain numbers");
});
