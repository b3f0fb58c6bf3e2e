//! Local time at the start of a run.

use super::{OffsetSource, UtcOffset};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::OnceLock;
use tzf_rs::EmbeddedFinder;

/// No place on Earth is further from UTC than this, in seconds.
const MAX_OFFSET_S: i32 = 15 * 3600;
/// All offsets in use today are whole quarters of an hour; devices stamp local and UTC time a moment apart.
const QUARTER_S: i32 = 900;

/// Clocks change by this, in seconds.
const HOUR_S: i32 = 3600;

/// The device's own offset, else that of the time zone at the position at that instant.
///
/// An offset of zero says nothing: that is what devices write that never learn their time zone (all COROS watches seen), and
/// where it is true the position tells as much. Devices state the offset at the end of a run: where the clocks changed
/// during it, the zone at the position has the one at the start. A stated offset that is wrong by exactly one hour all through
/// the run missed a change of clocks: the position goes first.
pub fn utc_offset(
    device_s: Option<i32>,
    position: Option<(f64, f64)>,
    start_ms: i64,
    end_ms: i64,
) -> Option<UtcOffset> {
    let quarters = |s: i32| (f64::from(s) / f64::from(QUARTER_S)).round() as i32 * QUARTER_S;
    let stated = device_s.filter(|s| s.checked_abs().is_some_and(|s| s <= MAX_OFFSET_S)).map(quarters);
    let at = |unix_ms: i64| at_position(position?, unix_ms);
    match stated.filter(|seconds| *seconds != 0) {
        Some(seconds) => {
            if let Some(there) = position.and_then(|_| at(start_ms))
                && (there - seconds).abs() == HOUR_S
            {
                // Through a change of clocks both are right, each at its end.
                let changes = at(end_ms) == Some(seconds);
                let source = if changes { OffsetSource::Device } else { OffsetSource::Position };
                return Some(UtcOffset { seconds: there, source });
            }
            Some(UtcOffset { seconds, source: OffsetSource::Device })
        }
        None => Some(UtcOffset { seconds: at(start_ms)?, source: OffsetSource::Position }),
    }
}

fn at_position((latitude, longitude): (f64, f64), unix_ms: i64) -> Option<i32> {
    // It searches the borders as they are packed: to unpack all of them costs more than a season's starts.
    static FINDER: OnceLock<EmbeddedFinder> = OnceLock::new();
    let name = FINDER.get_or_init(EmbeddedFinder::new).get_tz_name(longitude, latitude);
    let zone = TimeZone::get(name).ok()?;
    Some(zone.to_offset(Timestamp::from_millisecond(unix_ms).ok()?).seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours_at(latitude: f64, longitude: f64, time: &str) -> Option<f64> {
        let instant: Timestamp = time.parse().ok()?;
        let start_ms = instant.as_millisecond();
        let offset = utc_offset(None, Some((latitude, longitude)), start_ms, start_ms + 3_600_000)?;
        assert_eq!(offset.source, OffsetSource::Position);
        Some(f64::from(offset.seconds) / 3600.0)
    }

    #[test]
    fn zones_off_the_hour_are_exact() {
        assert_eq!(hours_at(27.7172, 85.3240, "2024-05-01T00:00:00Z"), Some(5.75), "Kathmandu");
        assert_eq!(hours_at(22.5726, 88.3639, "2024-05-01T00:00:00Z"), Some(5.5), "Kolkata");
    }

    #[test]
    fn summer_time_follows_the_instant() {
        assert_eq!(hours_at(51.5074, -0.1278, "2024-01-15T12:00:00Z"), Some(0.0), "London, winter");
        assert_eq!(hours_at(51.5074, -0.1278, "2024-07-15T12:00:00Z"), Some(1.0), "London, summer");
        assert_eq!(hours_at(-36.8485, 174.7633, "2024-01-15T12:00:00Z"), Some(13.0), "Auckland, summer");
        assert_eq!(hours_at(-36.8485, 174.7633, "2024-07-15T12:00:00Z"), Some(12.0), "Auckland, winter");
        // The hour of the change itself: 2024-03-31 01:00 UTC.
        assert_eq!(hours_at(51.5074, -0.1278, "2024-03-31T00:59:59Z"), Some(0.0));
        assert_eq!(hours_at(51.5074, -0.1278, "2024-03-31T01:00:00Z"), Some(1.0));
    }

    #[test]
    fn both_sides_of_the_date_line_are_right() {
        assert_eq!(hours_at(-13.8333, -171.7667, "2024-05-01T00:00:00Z"), Some(13.0), "Apia");
        assert_eq!(hours_at(1.8721, -157.4278, "2024-05-01T00:00:00Z"), Some(14.0), "Kiritimati");
        assert_eq!(hours_at(-14.2756, -170.7020, "2024-05-01T00:00:00Z"), Some(-11.0), "Pago Pago");
    }

    #[test]
    fn the_device_comes_first_if_it_can_be_true() {
        let device = |s| utc_offset(Some(s), None, 0, 0).map(|o| o.seconds);
        assert_eq!(device(20_700), Some(20_700));
        assert_eq!(device(7_199), Some(7_200));
        assert_eq!(device(i32::MIN), None);
        assert_eq!(device(1_000_000), None);
        assert_eq!(utc_offset(None, None, 0, 0), None);
    }

    #[test]
    fn a_device_that_knows_no_zone_is_not_asked() {
        let evening: Timestamp = "2024-05-07T00:30:00Z".parse().unwrap();
        let (start_ms, new_york) = (evening.as_millisecond(), Some((40.78, -73.97)));
        let offset = utc_offset(Some(0), new_york, start_ms, start_ms).unwrap();
        assert_eq!((offset.seconds, offset.source), (-4 * 3600, OffsetSource::Position));
        assert_eq!(utc_offset(Some(100), None, start_ms, start_ms), None);
    }

    #[test]
    fn a_run_begins_by_the_clock_of_its_beginning() {
        let ms = |time: &str| time.parse::<Timestamp>().unwrap().as_millisecond();
        let berlin = Some((52.52, 13.40));
        let hours = |stated_h: i32, start: &str, end: &str| {
            utc_offset(Some(3600 * stated_h), berlin, ms(start), ms(end)).unwrap().seconds / 3600
        };
        assert_eq!(hours(1, "2024-10-26T22:10:00Z", "2024-10-27T02:10:00Z"), 2, "clocks went back");
        assert_eq!(hours(2, "2024-03-30T22:30:00Z", "2024-03-31T02:30:00Z"), 1, "clocks went forward");
        assert_eq!(hours(9, "2024-03-30T22:30:00Z", "2024-03-31T02:30:00Z"), 9, "a watch on another zone's time");
    }

    #[test]
    fn an_offset_that_missed_the_change_of_clocks_follows_the_position() {
        let summer = "2024-07-15T22:30:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        let offset = |hours: i32, place| utc_offset(Some(3600 * hours), place, summer, summer + 1_800_000).unwrap();
        let berlin = Some((52.52, 13.40));
        assert_eq!(offset(1, berlin), UtcOffset { seconds: 7200, source: OffsetSource::Position });
        assert_eq!(offset(3, berlin), UtcOffset { seconds: 7200, source: OffsetSource::Position });
        assert_eq!(offset(2, berlin), UtcOffset { seconds: 7200, source: OffsetSource::Device });
        assert_eq!(offset(1, None), UtcOffset { seconds: 3600, source: OffsetSource::Device });
    }
}
