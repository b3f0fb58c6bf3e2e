//! freshlegs: from exported watch files to training load, recovery runs and a recovery schedule.
//!
//! Modules in reading order; each imports only modules above it (`docs/architecture.md`).

pub mod units;
pub mod shown;
pub mod content;
pub mod calendar;
pub mod activity;
pub mod read;
pub mod physiology;
pub mod clean;
pub mod digest;
pub mod outcome;
pub mod rule;
pub mod profile;
pub mod run_label;
pub mod by_hand;
pub mod notes;
pub mod checkin;
pub mod recording;
pub mod intent;
pub mod duplicates;
pub mod daily;
pub mod cadence_lock;
pub mod dry_strap;
pub mod athlete;
pub mod heart_rate;
pub mod load;
pub mod label;
pub mod season;
pub mod plan;
pub mod guide;
pub mod replay;
pub mod kept;
pub mod explain;
pub mod bounded_map;
pub mod pipeline;
pub mod import;
pub mod store;
pub mod render;
pub mod cli;
