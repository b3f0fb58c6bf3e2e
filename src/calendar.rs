//! Days and weeks of the calendar.

use jiff::ToSpan;
use jiff::civil::Date;

/// Whole days from `a` to `b`; negative where `b` comes first.
pub fn days_between(a: Date, b: Date) -> i64 {
    // A span of years, months and days costs many times as much.
    b.duration_since(a).as_hours() / 24
}

/// The day that a text means, written as 2026-06-22.
///
/// # Errors
/// For any other text: how to write it.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write the date as YYYY-MM-DD, such as 2026-06-22".to_owned())
}

/// The Monday of the week in which `date` lies.
pub fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        for day in 0..7 {
            let of_the_week = date(2026, 3, 30).saturating_add(day.days());
            assert_eq!(monday_of(of_the_week), date(2026, 3, 30));
        }
        assert_eq!(days_between(date(2026, 3, 30), date(2026, 2, 27)), -31);
    }
}
