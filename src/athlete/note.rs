//! What the thresholds had to put up with, and what would settle them.

use crate::units::Bpm;
use jiff::civil::Date;
use std::fmt;

/// Something a runner should know about their thresholds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AthleteNote {
    /// The watch holds a maximal heart rate nobody has.
    MaxIgnored { bpm: f64 },
    /// The watch holds a threshold heart rate that does not fit the maximal one.
    ThresholdIgnored { bpm: f64, max_bpm: f64 },
    /// The watch holds a maximal heart rate that two runs exceeded.
    WatchMaxExceeded { bpm: f64, seen_bpm: f64 },
    /// The profile does so.
    GivenMaxExceeded { bpm: f64, seen_bpm: f64 },
    /// Easy heart rates moved away from what they were at the same pace.
    Changed { since: Date, by_bpm: f64 },
    /// The profile says that heart rates count from this day on only.
    CountedSince { since: Date },
    /// The profile says that heart rates do not count.
    HeartRateOff,
}

/// What is not known yet, and what would settle it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    Age,
    Max,
    Threshold,
    Speed,
    Change { since: Date },
}

impl fmt::Display for AthleteNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            AthleteNote::MaxIgnored { bpm } => {
                write!(f, "the watch's maximal heart rate of {} is ignored: nobody's is", Bpm(bpm))
            }
            AthleteNote::ThresholdIgnored { bpm, max_bpm } => write!(
                f,
                "the watch's threshold heart rate of {} is ignored: it does not fit a maximal heart rate of {}",
                Bpm(bpm),
                Bpm(max_bpm)
            ),
            AthleteNote::WatchMaxExceeded { bpm, seen_bpm } => write!(
                f,
                "the watch's maximal heart rate of {} is too low: two runs reached {} or more",
                Bpm(bpm),
                Bpm(seen_bpm)
            ),
            AthleteNote::GivenMaxExceeded { bpm, seen_bpm } => write!(
                f,
                "heart_rate_max_bpm = {bpm:.0} in your profile is too low: your runs reached {}",
                Bpm(seen_bpm)
            ),
            AthleteNote::Changed { since, by_bpm } => write!(
                f,
                "since {since} your easy heart rate is {:.0} bpm {} than before at the same pace; only runs since then count",
                by_bpm.abs(),
                if by_bpm < 0.0 { "lower" } else { "higher" }
            ),
            AthleteNote::CountedSince { since } => write!(f, "heart rates count from {since} on, as your profile says"),
            AthleteNote::HeartRateOff => {
                f.write_str("heart rates are not used, as your profile says: pace and effort alone count")
            }
        }
    }
}

/// Prints the question with what to do about it.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::Age => f.write_str(
                "your age: write birth_year = 1988 (yours) under [athlete] in profile.toml, or heart_rate_max_bpm if you know it",
            ),
            Question::Max => f.write_str(
                "your maximal heart rate: a race of 5 km, or heart_rate_max_bpm in profile.toml, would settle it",
            ),
            Question::Threshold => f.write_str(
                "your threshold heart rate: half an hour as hard as you can hold, or heart_rate_threshold_bpm in profile.toml, would settle it",
            ),
            Question::Speed => f.write_str(
                "your threshold pace: a race or half an hour as hard as you can hold, or threshold_pace in profile.toml, would settle it",
            ),
            Question::Change { since } => write!(
                f,
                "what changed around {since} (a new medicine, a new sensor, an illness?): if it stays, write heart_rate_since = {since} in profile.toml"
            ),
        }
    }
}
