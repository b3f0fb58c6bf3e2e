//! Archives: whatever follows the mark of a zip file, and within small limits.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;
mod cost;

use freshlegs::outcome::outcome_of;
use freshlegs::read::Limits;
use freshlegs::read::archive::{Content, visit};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    let limits = Limits::default();
    let each = |of: &mut dyn FnMut(&str, &[u8])| {
        visit("a.zip", Cursor::new(data), &limits, &mut |entry| {
            if let Content::Bytes { bytes, .. } = entry.content {
                of(&entry.name, &bytes);
            }
        });
    };
    // The cost is that of the program's own way; the checks hold more at a time.
    cost::bounded(data, || {
        each(&mut |name, bytes| {
            outcome_of(name, bytes, &limits);
        });
    });
    each(&mut |_, bytes| recording::check_bytes(bytes).expect("plain numbers"));
});
