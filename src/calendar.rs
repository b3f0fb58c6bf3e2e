//! Days and weeks of the calendar.

use jiff::ToSpan;
use jiff::civil::Date;

/// Whole days from `a` to `b`; negative where `b` comes first.
pub fn days_between(a: Date, b: Date) -> i64 {
    day_number(b) - day_number(a)
}

/// Days since the first of March of the year 0: a season counts them millions of times, and jiff's durations take ten times
/// as long.
pub fn day_number(date: Date) -> i64 {
    // A year from March to February has its odd day at its end, and months follow a pattern of five.
    let months = (i64::from(date.month()) + 9) % 12;
    let year = i64::from(date.year()) - i64::from(date.month() < 3);
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * months + 2) / 5 + i64::from(date.day()) - 1
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
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(days_between(date(2026, 3, 30), date(2026, 2, 27)), -31);
        let first = date(-401, 1, 1);
        let mut day = first;
        for count in 0..1_000_000 {
            assert_eq!(days_between(first, day), count, "{day}");
            day = day.tomorrow().expect("long before the last day");
        }
        let by_duration = date(9999, 12, 31).duration_since(Date::MIN).as_hours() / 24;
        assert_eq!(days_between(Date::MIN, date(9999, 12, 31)), by_duration);
    }
}
