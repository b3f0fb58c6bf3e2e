//! Bytes that nobody would record: whatever they are, reading ends, and what comes out is made of plain numbers.

mod fit;
mod mutated;
mod xml;

use crate::sane::recording::check_bytes;
use proptest::prelude::*;

/// Few enough for every day; `PROPTEST_CASES` makes them more.
fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    check_bytes(bytes).map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&bytes)?;
    }
}
