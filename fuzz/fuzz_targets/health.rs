//! Apple Health: whatever stands in an export.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;
mod rooted;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    recording::check_bytes(&rooted::rooted(b"<HealthData>", data)).expect("plain numbers");
});
