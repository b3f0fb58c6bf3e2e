//! The limits of files and archives, as flags.

use super::clock;
use crate::read::{Limits, Stopwatch};
use clap::builder::RangedU64ValueParser;

const HEADING: &str = "Safety limits for files and archives";
const USUAL: Limits = Limits::USUAL;

#[derive(Clone, Debug, clap::Args)]
pub(super) struct Flags {
    /// Megabytes of one file, or of one entry of an archive when unpacked
    #[arg(long, value_name = "MB", default_value_t = USUAL.entry_bytes >> 20, help_heading = HEADING, value_parser = megabytes())]
    max_entry_mb: u64,
    /// Megabytes unpacked from one archive, with the archives in it
    #[arg(long, value_name = "MB", default_value_t = USUAL.total_bytes >> 20, help_heading = HEADING, value_parser = megabytes())]
    max_total_mb: u64,
    /// Times its packed size that an entry may unpack to
    #[arg(long, value_name = "N", default_value_t = USUAL.ratio, help_heading = HEADING)]
    max_ratio: u64,
    /// Archives in archives, 16 at most
    #[arg(long, value_name = "N", default_value_t = USUAL.depth, help_heading = HEADING)]
    max_depth: usize,
    /// Entries of one archive, with those of the archives in it
    #[arg(long, value_name = "N", default_value_t = USUAL.entries, help_heading = HEADING)]
    max_entries: usize,
    /// Samples, laps and events of one file
    #[arg(long, value_name = "N", default_value_t = USUAL.records, help_heading = HEADING)]
    max_records: usize,
    /// Hours of all activities of one file
    #[arg(long, value_name = "N", default_value_t = USUAL.hours, help_heading = HEADING)]
    max_hours: u32,
    /// Cells of a service's list of activities
    #[arg(long, value_name = "N", default_value_t = USUAL.list_cells, help_heading = HEADING)]
    max_list_cells: usize,
    /// Seconds that reading one file may take
    #[arg(long, value_name = "N", default_value_t = USUAL.seconds, help_heading = HEADING)]
    max_seconds: u64,
}

impl Default for Flags {
    fn default() -> Flags {
        Flags {
            max_entry_mb: USUAL.entry_bytes >> 20,
            max_total_mb: USUAL.total_bytes >> 20,
            max_ratio: USUAL.ratio,
            max_depth: USUAL.depth,
            max_entries: USUAL.entries,
            max_records: USUAL.records,
            max_hours: USUAL.hours,
            max_list_cells: USUAL.list_cells,
            max_seconds: USUAL.seconds,
        }
    }
}

impl Flags {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            entry_bytes: self.max_entry_mb << 20,
            total_bytes: self.max_total_mb << 20,
            ratio: self.max_ratio,
            depth: self.max_depth,
            entries: self.max_entries,
            records: self.max_records,
            hours: self.max_hours,
            list_cells: self.max_list_cells,
            seconds: self.max_seconds,
            clock: Stopwatch(Some(clock::passed)),
        }
    }
}

/// A petabyte is enough for all.
fn megabytes() -> RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=1 << 30)
}
