//! The table of expectations, `tests/corpus.toml`; its head says what every field means.

use jiff::Timestamp;
use serde::Deserialize;

/// The entries; which files hold the same run is for readers of the table.
#[derive(Deserialize)]
pub struct Table {
    pub file: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub file: String,
    pub outcome: String,
    pub kind: Option<String>,
    pub reason: Option<String>,
    #[serde(default)]
    pub facts: Vec<String>,
    #[allow(dead_code, reason = "for readers of the table")]
    pub note: Option<String>,
    #[serde(default)]
    pub runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub sport: String,
    #[allow(dead_code, reason = "for readers of the table")]
    pub sub_sport: Option<String>,
    pub records: usize,
    pub distance_m: Option<f64>,
    pub record_distance_m: Option<f64>,
    pub timer_s: Option<f64>,
    pub elapsed_s: Option<f64>,
    pub mean_hr_bpm: Option<f64>,
    pub session_mean_hr_bpm: Option<f64>,
    pub start: Option<Timestamp>,
    pub first_record: Option<Timestamp>,
    #[serde(default)]
    pub repeated_times: usize,
    pub record_from_m: Option<f64>,
    pub stamped_timer_s: Option<f64>,
    pub stamped_elapsed_s: Option<f64>,
    pub kept_distance_m: Option<f64>,
    pub weighted_mean_hr_bpm: Option<f64>,
}

impl Table {
    pub fn load() -> Table {
        toml::from_str(include_str!("../corpus.toml")).expect("tests/corpus.toml")
    }
}
