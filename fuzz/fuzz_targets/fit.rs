//! FIT: whatever follows the header.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;
mod cost;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = b"\x0e\x20\x00\x08\xff\xff\xff\xff.FIT\x00\x00".to_vec();
    // Seeds bring their own header.
    if data.get(8..12) == Some(b".FIT") {
        bytes.clear();
    }
    bytes.extend_from_slice(data);
    cost::bounded(data, || recording::check_bytes(&bytes).expect("plain numbers"));
});
