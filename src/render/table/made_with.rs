//! What a file of data was made with.

use crate::digest;
use crate::import::Import;
use crate::season::Season;
use jiff::civil::Date;
use serde::Serialize;

/// Everything besides the recordings that the numbers depend on. Part of every JSON and Parquet file; for the CSV files, which
/// have no place for it, it stands in `report.json` beside them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MadeWith {
    /// Version of freshlegs.
    pub version: &'static str,
    /// Version of reading and cleaning.
    pub digest_version: u32,
    /// The day as of which everything is said.
    pub as_of: Date,
    /// IANA name of the home time zone; it dates recordings that don't tell where they were made.
    pub time_zone: Option<String>,
    /// The values of the profile.
    pub profile: toml::Table,
}

impl MadeWith {
    pub fn of(season: &Season, import: &Import) -> MadeWith {
        MadeWith {
            as_of: season.today,
            time_zone: import.time_zone.clone(),
            profile: import.settings.clone(),
            ..MadeWith::default()
        }
    }
}

impl Default for MadeWith {
    fn default() -> Self {
        MadeWith {
            version: env!("CARGO_PKG_VERSION"),
            digest_version: digest::VERSION,
            as_of: Date::default(),
            time_zone: None,
            profile: toml::Table::new(),
        }
    }
}
