//! From exported watch files to training load, recovery runs and a recovery schedule.
//!
//! Most people want the program: `freshlegs analyse FOLDER -o report`. This library is what it is made of.
//!
//! # A tour
//!
//! Work is done in two stages. Stage 1 looks at one file at a time and knows no athlete; stage 2 looks at one athlete's season.
//!
//! 1. [`read`] turns the bytes of a FIT, GPX, TCX or KML file, or of a whole export, into an [`activity`].
//! 2. [`digest`] cleans it and sums it up in a few kB. [`outcome::outcome_of`] does both for one file, and says why where there is
//!    nothing to sum up. It depends on its arguments alone, so it can be kept, or worked out on another machine.
//! 3. [`season`] puts the recordings of one athlete, with what the [`profile`] says of them, on a calendar: thresholds, load,
//!    labels with their evidence, days and weeks. [`season::Season::as_of`] is the same season on an earlier morning.
//! 4. [`plan`] looks ahead: what to do on the days to come, and why.
//!
//! [`pipeline`] is all of it on one screen, and [`physiology`] holds the formulas, each with its source and an example.
//!
//! ```
//! use freshlegs::outcome::{Outcome, outcome_of};
//! use freshlegs::read::Limits;
//!
//! let gpx = br#"<gpx version="1.1" creator="me"><trk><trkseg>
//!   <trkpt lat="46.0000" lon="7.0"><time>2026-05-01T06:00:00Z</time></trkpt>
//!   <trkpt lat="46.0009" lon="7.0"><time>2026-05-01T06:00:40Z</time></trkpt>
//! </trkseg></trk></gpx>"#;
//! let Outcome::Read(digests) = outcome_of("morning.gpx", gpx, &Limits::default()) else { panic!("a run") };
//! assert_eq!(digests[0].timer_s, 40.0);
//! assert!((digests[0].distance_m - 100.0).abs() < 1.0);
//! ```
//!
//! `examples/one_file.rs` and `examples/plan.rs` in the repository go further.
//!
//! # What can be relied on
//!
//! The modules shown here follow semantic versioning; while the version begins with 0, its second number counts as the first.
//! The other modules are public for the program, its tests and its benchmarks only, are not shown here, and may change at any time.
//! Files that the program writes follow the same rule (`docs/data.md`).
//!
//! Modules stand in reading order; each imports only modules above it (`docs/architecture.md`).

#![warn(missing_docs)]

pub mod units;
#[doc(hidden)]
pub mod shown;
#[doc(hidden)]
pub mod content;
#[doc(hidden)]
pub mod packed;
#[doc(hidden)]
pub mod memo;
#[doc(hidden)]
pub mod calendar;
pub mod activity;
pub mod read;
pub mod physiology;
#[doc(hidden)]
pub mod clean;
pub mod digest;
pub mod outcome;
#[doc(hidden)]
pub mod rule;
pub mod profile;
#[doc(hidden)]
pub mod run_label;
#[doc(hidden)]
pub mod by_hand;
#[doc(hidden)]
pub mod notes;
#[doc(hidden)]
pub mod checkin;
pub mod recording;
#[doc(hidden)]
pub mod intent;
#[doc(hidden)]
pub mod duplicates;
#[doc(hidden)]
pub mod daily;
#[doc(hidden)]
pub mod cadence_lock;
#[doc(hidden)]
pub mod dry_strap;
#[doc(hidden)]
pub mod trace_sums;
#[doc(hidden)]
pub mod athlete;
#[doc(hidden)]
pub mod heart_rate;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod label;
pub mod season;
pub mod plan;
#[doc(hidden)]
pub mod guide;
#[doc(hidden)]
pub mod replay;
#[doc(hidden)]
pub mod kept;
#[doc(hidden)]
pub mod explain;
#[doc(hidden)]
pub mod bounded_map;
pub mod pipeline;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod job;
#[doc(hidden)]
pub mod sent;
#[doc(hidden)]
pub mod store;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod cli;
