//! Weeks: how much was run, by kind of run.

use super::{Season, balance};
use crate::calendar::{days_between, monday_of};
use crate::label::Label;
use jiff::ToSpan;
use jiff::civil::Date;

/// One week, Monday to Sunday.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Walks are none.
    pub runs: usize,
    /// Distance of its runs, m.
    pub distance_m: f64,
    /// Moving time of its runs, s.
    pub moving_s: f64,
    /// Of all activities, points.
    pub load: f64,
    /// Seconds below the first threshold of their day, up to the threshold, and above: by heart rate, else by pace.
    pub zone_s: [f64; 3],
    /// Moving seconds by label, every label in [`Label::ALL`] order.
    pub moving_s_by_label: [f64; Label::ALL.len()],
}

impl Week {
    /// One value for every week from the first activity to today.
    pub(super) fn all(season: &Season) -> Vec<Week> {
        let daily = &season.daily;
        let first = monday_of(daily.first);
        let place = |date: Date| usize::try_from(days_between(first, date) / 7).unwrap_or(usize::MAX);
        let count = daily.dates().last().map_or(0, |last| place(last) + 1);
        let mut weeks: Vec<Week> = (0..count).map(|i| Week::empty(first.saturating_add((i as i64).weeks()))).collect();
        for (date, load) in daily.dates().zip(&daily.loads) {
            weeks[place(date)].load += load;
        }
        for (activity, session) in season.runs() {
            let Some(week) = weeks.get_mut(place(activity.recording.date())) else { continue };
            let digest = &activity.recording.digest;
            let label = session.verdict.label;
            // A walk is no run, and yet time on one's feet.
            let zones = balance::zone_seconds(season, activity).unwrap_or_default();
            week.zone_s = [0, 1, 2].map(|i| week.zone_s[i] + zones[i]);
            if label != Label::Walk {
                week.runs += 1;
                week.distance_m += digest.known_distance_m().unwrap_or(0.0);
                week.moving_s += digest.moving_s;
            }
            week.moving_s_by_label[label as usize] += digest.moving_s;
        }
        weeks
    }

    fn empty(monday: Date) -> Week {
        Week {
            monday,
            runs: 0,
            distance_m: 0.0,
            moving_s: 0.0,
            load: 0.0,
            zone_s: [0.0; 3],
            moving_s_by_label: [0.0; Label::ALL.len()],
        }
    }
}
