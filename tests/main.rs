//! All integration tests in one binary: linking polars for each would be slow.

mod archives;
mod digests;
mod reference;
