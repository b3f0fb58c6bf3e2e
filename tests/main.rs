//! All integration tests in one binary: linking polars for each would be slow.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read and write files, and say what they skip"
)]

mod apple;
mod archives;
mod charts;
mod balance;
mod cli;
mod corpus;
mod data;
mod digests;
mod hostile;
mod layers;
mod notes;
mod odd;
mod page;
mod polar;
mod properties;
mod reference;
mod replay;
mod robustness;
mod samples;
mod sane;
mod store;
mod verdicts;
mod workouts;
