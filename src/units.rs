//! Quantities that know how to print themselves.
//!
//! Inside the program a quantity is an `f64` whose name ends in its unit (`_s`, `_m`, `_mps`, `_bpm`, `_spm`, `_w`).
//! These newtypes are put on at the edge, where a number becomes words, so that a pace or a time looks the same everywhere.

use std::fmt;

/// Heart rate in beats per minute; prints `147 bpm`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Bpm(pub f64);

/// Distance in metres; prints `8.42 km`, or `850 m` below one kilometre.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

/// Duration in seconds; prints `32:07` or `1:32:07`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Seconds(pub f64);

/// Speed in metres per second; prints as pace, `5:42 /km`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Speed(pub f64);

/// Training load in points, 100 = one hour at threshold; prints `64`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Load(pub f64);

/// Recovery score, 0..=100; prints its whole points, so that what missed a limit does not look as if it had reached it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Score(pub f64);

/// A duration the way one says it: `45 min`, `1 h 30 min`, `3 h`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Spoken(pub Seconds);

impl Speed {
    /// Pace in seconds per kilometre; infinite at a standstill.
    pub fn s_per_km(self) -> f64 {
        1000.0 / self.0
    }
}

/// Rounds to so many decimals: what is written says no more than what is known.
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

impl fmt::Display for Bpm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} bpm", self.0)
    }
}

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.abs() < 1000.0 { write!(f, "{:.0} m", self.0) } else { write!(f, "{:.2} km", self.0 / 1000.0) }
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0.round() as i64;
        let (sign, total) = if total < 0 { ("-", -total) } else { ("", total) };
        let (h, m, s) = (total / 3600, total / 60 % 60, total % 60);
        if h > 0 { write!(f, "{sign}{h}:{m:02}:{s:02}") } else { write!(f, "{sign}{m}:{s:02}") }
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0.1 { write!(f, "{} /km", Seconds(self.s_per_km())) } else { f.write_str("standing") }
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0}", self.0)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A sum of parts may be a hair short of the whole number that it is.
        write!(f, "{:.0}", (self.0 + 1e-6).floor())
    }
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = (self.0.0 / 60.0).round() as i64;
        match (minutes / 60, minutes % 60) {
            (0, m) => write!(f, "{m} min"),
            (h, 0) => write!(f, "{h} h"),
            (h, m) => write!(f, "{h} h {m} min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_print_as_runners_say_them() {
        assert_eq!(Speed(1000.0 / 342.0).to_string(), "5:42 /km");
        assert_eq!(Speed(0.0).to_string(), "standing");
        assert_eq!(Seconds(1927.0).to_string(), "32:07");
        assert_eq!(Seconds(5527.4).to_string(), "1:32:07");
        assert_eq!(Seconds(59.6).to_string(), "1:00");
        assert_eq!(Metres(8420.0).to_string(), "8.42 km");
        assert_eq!(Metres(850.0).to_string(), "850 m");
        assert_eq!(Spoken(Seconds(5400.0)).to_string(), "1 h 30 min");
        assert_eq!(Bpm(146.6).to_string(), "147 bpm");
        assert_eq!([69.7, 70.0, 69.999_999_9].map(|points| Score(points).to_string()), ["69", "70", "70"]);
    }
}
