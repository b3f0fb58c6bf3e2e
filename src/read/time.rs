//! Times as programs write them: ISO 8601, and what comes near to it.

use super::ReadError;
use crate::shown::Text;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

/// Digits of Unix seconds and of Unix milliseconds, from 2001 on.
const UNIX_S_DIGITS: usize = 10;
const UNIX_MS_DIGITS: usize = 13;
/// No zone is further from UTC, in hours.
const MAX_OFFSET_H: u32 = 15;

/// Unix milliseconds of a time with any offset; without one it is UTC.
pub fn time_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Some(time_ms) = usual_ms(text) {
        return Some(time_ms);
    }
    let strict = text.parse::<Timestamp>().ok().or_else(|| {
        let clock = text.parse::<DateTime>().ok()?;
        Offset::UTC.to_timestamp(clock).ok()
    });
    let instant = strict.or_else(|| unix(text)).or_else(|| {
        let (clock, offset_s) = loose(text)?;
        Offset::from_seconds(offset_s).ok()?.to_timestamp(clock).ok()
    })?;
    // Down to the millisecond, before 1970 too.
    i64::try_from(instant.as_nanosecond().div_euclid(1_000_000)).ok()
}

/// `2018-02-21T14:30:50Z`, with milliseconds or without: what nearly all files hold, a time for every point.
fn usual_ms(text: &str) -> Option<i64> {
    let (whole, ms) = match text.as_bytes() {
        [whole @ .., b'.', a, b, c, b'Z'] if whole.len() == 19 => (whole, number(&[*a, *b, *c])?),
        [whole @ .., b'Z'] if whole.len() == 19 => (whole, 0),
        _ => return None,
    };
    let [y @ .., b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] = whole else { return None };
    let of = |a: &u8, b: &u8| number(&[*a, *b]);
    let (year, month, day) = (number(y)?, of(m1, m2)?, of(d1, d2)?);
    let (hour, minute, second) = (of(h1, h2)?, of(n1, n2)?, of(s1, s2)?);
    // A leap second, and what is no day, are for others.
    if hour > 23 || minute > 59 || second > 59 || !(1..=12).contains(&month) || !(1..=28).contains(&day) {
        return None;
    }
    let seconds = 86_400 * days_since_1970(year, month, day) + 3600 * hour + 60 * minute + second;
    Some(1000 * seconds + ms)
}

/// The number that these digits write.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + i64::from(digit - b'0')))
}

/// Days from 1970 to a day of the Gregorian calendar, by whole eras of 400 years that begin in March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    146_097 * era + 365 * of_era + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The first time of a file that says something and cannot be read.
#[derive(Debug, Default)]
pub struct UnreadableTime(Option<Text>);

/// Longer texts are cut when they are shown.
const SHOWN_CHARS: usize = 40;

impl UnreadableTime {
    /// As [`time_ms`]; keeps what cannot be read.
    pub fn time_ms(&mut self, text: &str) -> Option<i64> {
        let time = time_ms(text);
        if time.is_none() && self.0.is_none() && !text.trim().is_empty() {
            self.0 = Some(text.trim().chars().take(SHOWN_CHARS).collect::<String>().into());
        }
        time
    }

    /// Why a file has no samples, if it is for this.
    pub fn error(self) -> Option<ReadError> {
        self.0.map(|example| ReadError::UnreadableTimes { example })
    }
}

/// The offset from UTC that a time states. Zero counts as unstated: it is how most programs write UTC.
pub fn utc_offset_s(text: &str) -> Option<i32> {
    let text = text.trim();
    if text.ends_with('Z') {
        return None;
    }
    let strict = Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset()).map(Offset::seconds);
    strict.or_else(|| loose(text).map(|(_, seconds)| seconds)).filter(|seconds| *seconds != 0)
}

/// Seconds or milliseconds since 1970.
fn unix(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole.len() {
        UNIX_S_DIGITS => Timestamp::from_millisecond((text.parse::<f64>().ok()? * 1000.0) as i64).ok(),
        UNIX_MS_DIGITS => Timestamp::from_millisecond(whole.parse().ok()?).ok(),
        _ => None,
    }
}

/// A local time and its offset from UTC in seconds: the year first or, between full stops, last; one digit for two; blanks,
/// `Z` more than once, `UTC` and `GMT` before or after the offset.
fn loose(text: &str) -> Option<(DateTime, i32)> {
    let mut rest = Rest(text);
    let date = rest.date()?;
    rest.skip(|c| matches!(c, 'T' | 't' | ' ' | '_' | ','));
    let time = rest.time()?;
    Some((date.to_datetime(time), rest.zone()?))
}

/// What is still to be read of a text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn skip(&mut self, of: impl Fn(char) -> bool) {
        self.0 = self.0.trim_start_matches(of);
    }

    fn take(&mut self, c: char) -> bool {
        let after = self.0.strip_prefix(c);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    /// Up to so many digits.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number = self.0.get(..digits)?.parse().ok()?;
        self.0 = &self.0[digits..];
        Some((number, digits))
    }

    fn date(&mut self) -> Option<Date> {
        let (first, digits) = self.number(4)?;
        let separator = self.0.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
        let next = |rest: &mut Self, most| {
            if let Some(separator) = separator
                && !rest.take(separator)
            {
                return None;
            }
            rest.number(most)
        };
        let (second, _) = next(self, 2)?;
        let (third, third_digits) = next(self, if digits == 4 { 2 } else { 4 })?;
        let (year, month, day) = match (digits, third_digits, separator) {
            (4, ..) => (first, second, third),
            // Between slashes nobody knows which is the month.
            (_, 4, Some('.')) => (third, second, first),
            _ => return None,
        };
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    fn time(&mut self) -> Option<Time> {
        let (hour, _) = self.number(2)?;
        let apart = self.take(':');
        let (minute, _) = self.number(2)?;
        let has_seconds = if apart { self.take(':') } else { self.0.starts_with(|c: char| c.is_ascii_digit()) };
        let second = if has_seconds { self.number(2)?.0 } else { 0 };
        let mut nanosecond = 0;
        if self.take('.') || self.take(',') {
            let (fraction, digits) = self.number(9)?;
            nanosecond = fraction * 10_u32.pow(9 - digits as u32);
            self.skip(|c| c.is_ascii_digit());
        }
        let narrow = |n: u32| i8::try_from(n).ok();
        // A leap second is the one before it.
        let second = second.min(59);
        Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, i32::try_from(nanosecond).ok()?).ok()
    }

    /// The offset in seconds, if nothing else is left.
    fn zone(&mut self) -> Option<i32> {
        let mut offset_s = 0;
        loop {
            self.skip(|c| c == ' ' || c == 'Z' || c == 'z');
            let name = ["UTC", "GMT", "utc", "gmt"].into_iter().find_map(|name| self.0.strip_prefix(name));
            if let Some(rest) = name {
                self.0 = rest;
            } else if let Some(sign) = self.0.chars().next().filter(|c| matches!(c, '+' | '-')) {
                self.take(sign);
                let (hours, _) = self.number(2)?;
                self.take(':');
                let minutes = self.number(2).map_or(0, |(minutes, _)| minutes);
                if hours > MAX_OFFSET_H || minutes > 59 {
                    return None;
                }
                let seconds = i32::try_from(3600 * hours + 60 * minutes).ok()?;
                offset_s = if sign == '-' { -seconds } else { seconds };
            } else {
                // A zone named in brackets says no more than the offset before it.
                return (self.0.is_empty() || self.0.starts_with('[')).then_some(offset_s);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_any_offset() {
        let cases = [
            ("2018-02-21T14:30:50Z", None),
            ("2018-02-21T14:30:50", None),
            ("2018-02-21 14:30:50", None),
            (" 2018-02-21T14:30:50+00:00 ", None),
            ("2018-02-21T16:30:50+02:00", Some(7200)),
            ("2018-02-21T16:30:50+0200", Some(7200)),
            ("2018-02-21T16:30:50+02", Some(7200)),
            ("2018-02-21T16:30:50 +2:00", Some(7200)),
            ("2018-02-21T11:00:50-0330", Some(-12_600)),
            ("2018-02-21T16:30:50GMT+02:00", Some(7200)),
            ("2018-02-21T16:30:50+02:00[Europe/Vienna]", Some(7200)),
            ("2018-02-21T14:30:50ZZ", None),
            ("2018-02-21T14:30:50 Z", None),
            ("2018-02-21t14:30:50z", None),
            ("2018-02-21T14:30:50UTC", None),
            ("2018-02-21T14:30:50+0000Z", None),
            ("2018-2-21T14:30:50Z", None),
            ("2018/02/21 14:30:50", None),
            ("21.02.2018 14:30:50", None),
            ("20180221T143050Z", None),
            ("20180221143050", None),
            ("1519223450", None),
            ("1519223450000", None),
        ];
        for (text, offset_s) in cases {
            assert_eq!(time_ms(text), Some(1_519_223_450_000), "{text}");
            assert_eq!(utc_offset_s(text), offset_s, "{text}");
        }
        for text in ["2018-02-21T14:30:50.25Z", "2018-02-21T14:30:50,25ZZ", "1519223450.25"] {
            assert_eq!(time_ms(text), Some(1_519_223_450_250), "{text}");
        }
        assert_eq!(time_ms("2018-02-21T14:30"), Some(1_519_223_400_000));
    }

    #[test]
    fn the_usual_form_is_the_same_time() {
        for year in [1, 1899, 1900, 1969, 1970, 1999, 2000, 2023, 2024, 2100, 9998] {
            for (month, day) in (1..=12).flat_map(|month| [1, 9, 28, 29, 30, 31].map(|day| (month, day))) {
                for rest in ["00:00:00Z", "23:59:59Z", "12:34:56.789Z", "23:59:60Z", "24:00:00Z", "1a:00:00Z"] {
                    let text = format!("{year:04}-{month:02}-{day:02}T{rest}");
                    let strict = text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond);
                    assert!(usual_ms(&text).is_none_or(|time| Some(time) == strict), "{text}");
                    assert!(usual_ms(&text).is_some() || day > 28 || !rest.starts_with("12"), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let none = [
            "",
            "yesterday",
            "02/21/2018 14:30:50",
            "2018-02-30T00:00:00",
            "2018-02-21T14:30:50+99:00",
            "2018-02-21T25:00:00Z",
            "2018-02-21T14:30:50 CEST",
            "12",
            "é018-02-21",
        ];
        for text in none {
            assert_eq!(time_ms(text), None, "{text}");
        }
    }
}
