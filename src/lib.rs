//! freshlegs: from exported watch files to training load, recovery runs and a recovery schedule.
//!
//! Modules in reading order; each imports only modules above it (`docs/architecture.md`).

pub mod units;
pub mod activity;
pub mod digest;
pub mod profile;
pub mod label;
pub mod season;
pub mod render;
