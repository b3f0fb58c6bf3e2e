//! All integration tests in one binary: linking polars for each would be slow.

mod digests;
mod reference;
