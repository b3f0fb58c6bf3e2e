//! All integration tests in one binary: linking polars for each would be slow.

mod corpus;
mod digests;
mod odd;
mod reference;
mod robustness;
mod sane;
