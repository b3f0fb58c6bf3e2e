//! TCX: whatever stands in the root element.
#![no_main]

#[path = "../../tests/sane/recording.rs"]
mod recording;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // Seeds bring their own root, perhaps after a prolog.
    let has_root = data.windows(ROOT.len() - 1).take(1000).any(|w| w == &ROOT[..ROOT.len() - 1]);
    let bytes = if has_root { data.to_vec() } else { [ROOT, data].concat() };
    recording::check_bytes(&bytes).expect("plain numbers");
});

const ROOT: &[u8] = b"<TrainingCenterDatabase>";
