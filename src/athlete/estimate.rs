//! A threshold with its interval and what it rests on.

use jiff::civil::Date;
use serde::Serialize;
use std::fmt;

/// A threshold with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// One standard deviation of what the value may be off by, in its own unit.
    pub half_width: f64,
    pub basis: Basis,
    pub trust: Trust,
}

/// How far a number can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    Low,
    Medium,
    High,
}

/// What a threshold rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// The runner's profile.
    Given,
    /// The runner's profile gave less, and two runs went above it.
    GivenRaised { given: f64, date: Date },
    /// A setting of the watch, as of this day.
    Device { date: Date },
    /// The median of a watch setting over the last 30 days of files.
    DeviceMedian { files: usize },
    /// The highest 30 seconds seen, plus 2 bpm.
    Observed { date: Date },
    /// The highest two minutes held without a break, plus 2 bpm.
    Held { date: Date },
    /// At least what a given threshold asks for.
    AboveThreshold,
    /// The lowest minute seen.
    LowestSeen { date: Date },
    /// Formula of Tanaka 2001.
    Age { years: f64 },
    /// The best 20 to 60 minutes of heart rate.
    BestHeartRate { date: Date },
    /// 90 % of maximal heart rate.
    OfMax,
    /// The best grade-adjusted effort of 10 to 60 minutes, as a one-hour speed.
    BestEffort { date: Date },
    /// The heart-rate–speed line read at the threshold heart rate.
    HeartRateLine { windows: usize },
    /// Usual runs, which are slower than the threshold by about a fifth.
    UsualPace { runs: usize },
    /// Nothing on file says better.
    Assumed,
}

impl Estimate {
    pub(super) fn new(value: f64, half_width: f64, basis: Basis, trust: Trust) -> Estimate {
        Estimate { value, half_width, basis, trust }
    }

    /// The value less and plus its half-width: it lies in there about two times out of three.
    pub fn interval(&self) -> (f64, f64) {
        (self.value - self.half_width, self.value + self.half_width)
    }

    /// True where no run, watch or runner said so.
    pub fn is_default(&self) -> bool {
        matches!(self.basis, Basis::Age { .. } | Basis::OfMax | Basis::Assumed | Basis::UsualPace { .. })
    }

    pub(super) fn at_most(self, trust: Trust) -> Estimate {
        Estimate { trust: self.trust.min(trust), ..self }
    }
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Trust::Low => "low",
            Trust::Medium => "medium",
            Trust::High => "high",
        })
    }
}

impl Basis {
    /// The day of the run or the setting it comes from.
    pub fn date(&self) -> Option<Date> {
        match self {
            Basis::GivenRaised { date, .. }
            | Basis::Device { date }
            | Basis::Observed { date }
            | Basis::Held { date }
            | Basis::LowestSeen { date }
            | Basis::BestHeartRate { date }
            | Basis::BestEffort { date } => Some(*date),
            _ => None,
        }
    }

    /// The word used in files.
    pub fn word(&self) -> &'static str {
        match self {
            Basis::Given => "given",
            Basis::GivenRaised { .. } => "given_raised",
            Basis::Device { .. } | Basis::DeviceMedian { .. } => "watch",
            Basis::Observed { .. } => "observed",
            Basis::Held { .. } => "held",
            Basis::AboveThreshold => "above_threshold",
            Basis::LowestSeen { .. } => "lowest_seen",
            Basis::Age { .. } => "age",
            Basis::BestHeartRate { .. } => "best_heart_rate",
            Basis::OfMax => "share_of_maximum",
            Basis::BestEffort { .. } => "best_effort",
            Basis::HeartRateLine { .. } => "heart_rate_line",
            Basis::UsualPace { .. } => "usual_pace",
            Basis::Assumed => "assumed",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |date: &Date| date.strftime("%-d %B %Y").to_string();
        match self {
            Basis::Given => f.write_str("given in the profile"),
            Basis::GivenRaised { given, date } => {
                write!(f, "the profile says {given:.0}, but two runs went higher (the last on {})", day(date))
            }
            Basis::Device { date } => write!(f, "set in the watch on {}", day(date)),
            Basis::DeviceMedian { files: 1 } => f.write_str("set in the watch"),
            Basis::DeviceMedian { files } => write!(f, "set in the watch, median of {files} files"),
            Basis::Observed { date } => write!(f, "best 30 s within a year ({}) + 2 bpm", day(date)),
            Basis::Held { date } => write!(f, "held for two minutes on {}, + 2 bpm", day(date)),
            Basis::AboveThreshold => f.write_str("follows from your threshold heart rate"),
            Basis::LowestSeen { date } => write!(f, "just below the lowest minute on file ({})", day(date)),
            Basis::Age { years } => write!(f, "from age {years:.0} (Tanaka 2001); no all-out effort on file"),
            Basis::BestHeartRate { date } => write!(f, "best 20 to 60 minutes within a year ({})", day(date)),
            Basis::OfMax => f.write_str("90 % of maximal heart rate; no hard effort on file"),
            Basis::BestEffort { date } => {
                write!(f, "best 10 to 60 minutes of three months ({}), as a one-hour pace", day(date))
            }
            Basis::HeartRateLine { windows } => {
                write!(f, "pace at your threshold heart rate, from {windows} five-minute stretches")
            }
            Basis::UsualPace { runs } => {
                write!(f, "about a fifth faster than your {runs} runs; no hard effort on file")
            }
            Basis::Assumed => f.write_str("assumed; nothing on file says better"),
        }
    }
}
