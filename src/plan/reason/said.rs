//! Parts of sentences: distances, counts, weekdays.

use jiff::civil::Weekday;
use std::fmt;

/// A distance in kilometres, given as it is said.
pub(super) struct Km(pub f64);

impl fmt::Display for Km {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenth = (self.0 * 10.0).round() / 10.0;
        write!(f, "{tenth} km")
    }
}

pub(super) struct TaxingRun(pub f64, pub bool);

impl fmt::Display for TaxingRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} over {}", if self.1 { "race" } else { "very long run" }, Km(self.0))
    }
}

pub(super) struct Count(pub u32, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

pub(super) struct Runs(pub u32);

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Count(self.0, "run").fmt(f)
    }
}

/// `Monday`.
pub(super) struct WeekdayName(pub Weekday);

impl fmt::Display for WeekdayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        })
    }
}

/// `Mondays`.
pub(super) struct Days(pub Weekday);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}s", WeekdayName(self.0))
    }
}
