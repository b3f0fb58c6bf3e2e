//! All integration tests in one binary: linking polars for each would be slow.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod archives;
mod cli;
mod digests;
mod layers;
mod reference;
mod samples;
mod store;
