//! Archives: whatever follows the mark of a zip file, and within small limits.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;
mod cost;

use freshlegs::read::Limits;
use freshlegs::read::archive::{Content, visit};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    let limits = Limits::default();
    cost::bounded(data, || {
        visit("a.zip", Cursor::new(data), &limits, &mut |entry| {
            if let Content::Bytes { bytes, .. } = entry.content {
                recording::check_bytes(&bytes).expect("plain numbers");
            }
        });
    });
});
