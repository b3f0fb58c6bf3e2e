//! GPX: whatever stands in the root element.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;
mod cost;
mod rooted;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    cost::bounded(data, || recording::check_bytes(&rooted::rooted(b"<gpx>", data)).expect("plain numbers"));
});
