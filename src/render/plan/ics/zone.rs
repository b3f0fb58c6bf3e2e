//! The time zone that events refer to, for the days of a plan.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// A VTIMEZONE with the offset on the first day and every change up to the last; nothing for a zone without a name.
pub(super) fn lines(zone: &TimeZone, first: Date, last: Date) -> Vec<String> {
    let Some(name) = zone.iana_name() else { return Vec::new() };
    let Ok(start) = zone.to_timestamp(first.at(0, 0, 0, 0)) else { return Vec::new() };
    let end = zone.to_timestamp(last.saturating_add(1.day()).at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{name}")];
    let now = zone.to_offset_info(start);
    lines.extend(observance(start, now.offset(), now.offset(), now.dst().is_dst(), now.abbreviation()));
    let mut from = now.offset();
    for change in zone.following(start).take_while(|change| change.timestamp() < end) {
        lines.extend(observance(
            change.timestamp(),
            from,
            change.offset(),
            change.dst().is_dst(),
            change.abbreviation(),
        ));
        from = change.offset();
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// From when on which offset holds; its start stands on the clock of the offset before.
fn observance(at: Timestamp, from: Offset, to: Offset, is_dst: bool, name: &str) -> [String; 6] {
    let kind = if is_dst { "DAYLIGHT" } else { "STANDARD" };
    [
        format!("BEGIN:{kind}"),
        format!("DTSTART:{}", from.to_datetime(at).strftime("%Y%m%dT%H%M%S")),
        format!("TZOFFSETFROM:{}", written(from)),
        format!("TZOFFSETTO:{}", written(to)),
        format!("TZNAME:{name}"),
        format!("END:{kind}"),
    ]
}

/// `+0200`.
fn written(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn changes_of_the_clock_within_the_plan_are_told() {
        let zone = TimeZone::get("Europe/Vienna").expect("a zone");
        let text = lines(&zone, date(2026, 10, 19), date(2026, 11, 1)).join("\n");
        let winter = "BEGIN:STANDARD\nDTSTART:20261025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET";
        assert!(
            text.contains("TZID:Europe/Vienna\nBEGIN:DAYLIGHT\nDTSTART:20261019T000000") && text.contains(winter),
            "{text}"
        );
        assert_eq!(lines(&zone, date(2026, 6, 1), date(2026, 6, 14)).len(), 9);
    }
}
