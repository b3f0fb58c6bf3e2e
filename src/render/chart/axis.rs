//! Ticks and their words: round numbers, and dates at a spacing a reader can follow from one day to a century.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Least distance between two labelled dates, px.
const DATE_GAP_PX: f64 = 52.0;
/// No chart has any use for values past this.
const LARGEST: f64 = 1e6;

/// `3 Mar 2025`.
pub(super) fn full_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// Days from the chart's first to `date`; negative before it.
pub(super) fn day_number(first: Date, date: Date) -> f64 {
    f64::from((date - first).get_days())
}

/// `5:42` for a speed in m/s; a dash where nobody would call it a pace.
pub(super) fn pace(speed_mps: f64) -> String {
    pace_of(speed_mps, Mile::Metric)
}

/// The same for a kilometre or a mile.
pub(super) fn pace_of(speed_mps: f64, unit: Mile) -> String {
    if speed_mps < 0.3 {
        return "–".to_owned();
    }
    let seconds = (unit.metres() / speed_mps).round() as i64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What paces and distances are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mile {
    /// The kilometre.
    Metric,
    Statute,
}

impl Mile {
    pub fn metres(self) -> f64 {
        match self {
            Mile::Metric => 1000.0,
            Mile::Statute => 1609.344,
        }
    }
}

/// Speeds of round paces between two speeds, at most about `most` of them, the slowest first.
pub(super) fn pace_steps(slowest_mps: f64, fastest_mps: f64, most: f64, unit: Mile) -> Vec<f64> {
    let (long, short) = (unit.metres() / slowest_mps.max(0.4), unit.metres() / fastest_mps.max(0.5));
    let least = (long - short) / most;
    let step = [10.0, 15.0, 30.0, 60.0, 120.0, 300.0].into_iter().find(|s| *s >= least).unwrap_or(600.0);
    let paces = (0..).map(|i| ((long / step).floor() - f64::from(i)) * step).take_while(|s| *s >= short && *s > 0.0);
    paces.map(|seconds| unit.metres() / seconds).collect()
}

/// The value if it can be drawn, held within ±1 000 000.
pub(super) fn drawable(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-LARGEST, LARGEST))
}

/// Round steps along a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Steps {
    pub step: f64,
}

impl Steps {
    /// A step of 1, 2 or 5 times a power of ten that cuts `length` into at most `most` pieces.
    pub fn over(length: f64, most: f64) -> Steps {
        let least = (length / most).max(f64::MIN_POSITIVE);
        let magnitude = 10f64.powf(least.log10().floor());
        let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * magnitude >= least * (1.0 - 1e-9)).unwrap_or(10.0);
        Steps { step: factor * magnitude }
    }

    /// The first step at or above `value`.
    pub fn above(self, value: f64) -> f64 {
        (value / self.step - 1e-9).ceil() * self.step
    }

    /// All steps from `low` to `high`, both included where they are steps.
    pub fn between(self, low: f64, high: f64) -> Vec<f64> {
        let first = (low / self.step - 1e-9).ceil() as i64;
        let last = (high / self.step + 1e-9).floor() as i64;
        (first..=last).map(|i| i as f64 * self.step).collect()
    }

    /// The number with as many decimals as the step needs, and a true minus sign.
    pub fn label(self, value: f64) -> String {
        let decimals = (-self.step.log10().floor()).clamp(0.0, 6.0) as usize;
        let text = format!("{:.decimals$}", value.abs());
        if value < 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) { format!("−{text}") } else { text }
    }
}

/// A date that gets a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateTick {
    pub date: Date,
    pub label: String,
    /// Written below the label, on the first tick of each year.
    pub year: Option<i16>,
}

/// The distances between labelled dates that a reader can follow.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DateSpacing {
    Day,
    /// Mondays.
    Weeks(i32),
    /// First days of a month.
    Months(i32),
    /// First days of a year.
    Years(i32),
}

impl DateSpacing {
    const ALL: [DateSpacing; 13] = [
        DateSpacing::Day,
        DateSpacing::Weeks(1),
        DateSpacing::Weeks(2),
        DateSpacing::Months(1),
        DateSpacing::Months(2),
        DateSpacing::Months(3),
        DateSpacing::Months(6),
        DateSpacing::Years(1),
        DateSpacing::Years(2),
        DateSpacing::Years(5),
        DateSpacing::Years(10),
        DateSpacing::Years(50),
        DateSpacing::Years(100),
    ];

    fn days(self) -> f64 {
        match self {
            DateSpacing::Day => 1.0,
            DateSpacing::Weeks(n) => 7.0 * f64::from(n),
            DateSpacing::Months(n) => 30.4 * f64::from(n),
            DateSpacing::Years(n) => 365.25 * f64::from(n),
        }
    }

    fn span(self) -> Span {
        match self {
            DateSpacing::Day => 1.day(),
            DateSpacing::Weeks(n) => n.weeks(),
            DateSpacing::Months(n) => n.months(),
            DateSpacing::Years(n) => n.years(),
        }
    }

    /// Whether a tick may begin here.
    fn suits(self, date: Date) -> bool {
        match self {
            DateSpacing::Day => true,
            DateSpacing::Weeks(_) => date.weekday() == Weekday::Monday,
            DateSpacing::Months(n) => date.day() == 1 && (i32::from(date.month()) - 1) % n == 0,
            DateSpacing::Years(n) => date.day_of_year() == 1 && i32::from(date.year()) % n == 0,
        }
    }

    fn label(self, date: Date) -> String {
        match self {
            DateSpacing::Day | DateSpacing::Weeks(_) => date.strftime("%-d %b").to_string(),
            DateSpacing::Months(_) => date.strftime("%b").to_string(),
            DateSpacing::Years(_) => date.year().to_string(),
        }
    }
}

/// The labelled dates from `first` to `last` on an axis `width_px` wide.
pub(super) fn date_ticks(first: Date, last: Date, width_px: f64) -> Vec<DateTick> {
    let px_per_day = width_px / day_number(first, last).max(1.0);
    let pace =
        DateSpacing::ALL.into_iter().find(|p| p.days() * px_per_day >= DATE_GAP_PX).unwrap_or(DateSpacing::Years(100));
    let start = first.series(1.day()).take_while(|&d| d <= last).find(|&d| pace.suits(d));
    let mut year = None;
    let dates = start.into_iter().flat_map(|start| start.series(pace.span()).take_while(|&d| d <= last));
    dates
        .map(|date| {
            let new_year = year.replace(date.year()) != Some(date.year()) && !matches!(pace, DateSpacing::Years(_));
            DateTick { date, label: pace.label(date), year: new_year.then(|| date.year()) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(first: Date, last: Date, width_px: f64) -> Vec<String> {
        date_ticks(first, last, width_px).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn numbers_are_round() {
        assert_eq!(Steps::over(60.0, 4.0).step, 20.0);
        assert_eq!(Steps::over(4.0, 4.0).step, 1.0);
        assert_eq!(Steps::over(1.2, 4.0).step, 0.5);
        assert_eq!(Steps::over(95.0, 10.0).step, 10.0);
        assert_eq!(Steps { step: 20.0 }.above(61.0), 80.0);
        assert_eq!(Steps { step: 20.0 }.above(60.0), 60.0);
        assert_eq!(Steps { step: 20.0 }.between(-35.0, 40.0), [-20.0, 0.0, 20.0, 40.0]);
    }

    #[test]
    fn number_labels_have_the_decimals_of_their_step() {
        assert_eq!(Steps { step: 20.0 }.label(-40.0), "−40");
        assert_eq!(Steps { step: 0.5 }.label(1.5), "1.5");
        assert_eq!(Steps { step: 0.5 }.label(-0.0), "0.0");
    }

    #[test]
    fn dates_are_spaced_by_what_fits() {
        assert_eq!(labels(date(2025, 3, 3), date(2025, 3, 9), 780.0).len(), 7);
        assert_eq!(labels(date(2025, 3, 1), date(2025, 3, 28), 780.0), ["3 Mar", "10 Mar", "17 Mar", "24 Mar"]);
        assert_eq!(labels(date(2025, 1, 15), date(2025, 6, 20), 400.0), ["Feb", "Mar", "Apr", "May", "Jun"]);
        assert_eq!(labels(date(2015, 6, 1), date(2018, 6, 1), 260.0), ["2016", "2017", "2018"]);
        assert_eq!(labels(date(2025, 3, 3), date(2025, 3, 3), 780.0), ["3 Mar"]);
    }

    #[test]
    fn the_year_stands_on_its_first_tick() {
        let ticks = date_ticks(date(2024, 11, 20), date(2025, 3, 5), 240.0);
        let years: Vec<_> = ticks.iter().map(|t| (t.label.as_str(), t.year)).collect();
        assert_eq!(years, [("Dec", Some(2024)), ("Jan", Some(2025)), ("Feb", None), ("Mar", None)]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        let ticks = date_ticks(Date::MIN, Date::MAX, 780.0);
        assert!(!ticks.is_empty() && ticks.len() < 300);
        assert!(!date_ticks(Date::MAX, Date::MAX, 780.0).is_empty());
        assert!(date_ticks(Date::MAX, Date::MIN, 780.0).is_empty());
    }

    #[test]
    fn paces_are_round() {
        let labels: Vec<String> = pace_steps(2.5, 4.0, 5.0, Mile::Metric).into_iter().map(pace).collect();
        assert_eq!(labels, ["6:30", "6:00", "5:30", "5:00", "4:30"]);
        assert_eq!((pace(1000.0 / 342.0), pace(0.0)), ("5:42".to_owned(), "–".to_owned()));
        assert!(pace_steps(0.0, 9.0, 5.0, Mile::Metric).len() < 8);
        let miles = pace_steps(2.5, 4.0, 5.0, Mile::Statute).into_iter().map(|mps| pace_of(mps, Mile::Statute));
        assert_eq!(miles.collect::<Vec<_>>(), ["10:00", "9:00", "8:00", "7:00"]);
    }

    #[test]
    fn undrawable_numbers_are_no_numbers() {
        assert_eq!(drawable(f64::NAN), None);
        assert_eq!(drawable(f64::INFINITY), None);
        assert_eq!(drawable(1e300), Some(1e6));
    }
}
