//! The days that have been, followed by the days already planned.

use super::{Kind, PastDay};
use crate::calendar::days_between;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Days without a gap, the oldest first. Before the first one nothing is known to have been run.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    first: Date,
    days: Vec<PastDay>,
}

/// The longest run of some days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Longest {
    pub minutes: f64,
    pub km: f64,
}

pub(super) fn add_days(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// 0 for Monday.
pub(super) fn place(date: Date) -> usize {
    weekday(date.weekday())
}

pub(super) fn weekday(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

impl Timeline {
    /// The past that ends on the day before `start`.
    pub fn before(start: Date, past: &[PastDay]) -> Timeline {
        Timeline { first: add_days(start, -(past.len() as i64)), days: past.iter().map(sane).collect() }
    }

    pub fn get(&self, date: Date) -> Option<&PastDay> {
        self.days.get(usize::try_from(days_between(self.first, date)).ok()?)
    }

    /// The day, or one without training where nothing is known.
    pub fn day(&self, date: Date) -> PastDay {
        self.get(date).copied().unwrap_or(PastDay::REST)
    }

    pub fn push(&mut self, day: PastDay) {
        self.days.push(day);
    }

    /// The day after the last one.
    pub fn end(&self) -> Date {
        add_days(self.first, self.days.len() as i64)
    }

    /// So many days before `date`, the oldest first; fewer where fewer are known.
    pub fn last_days(&self, date: Date, days: i64) -> &[PastDay] {
        let end = days_between(self.first, date).clamp(0, self.days.len() as i64);
        let from = (days_between(self.first, date) - days).clamp(0, end);
        &self.days[from as usize..end as usize]
    }

    /// Days that are runs, with their dates.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = (Date, &PastDay)> {
        let first = self.first;
        let dated = self.days.iter().enumerate().map(move |(i, day)| (add_days(first, i as i64), day));
        dated.filter(|(_, day)| day.is_run())
    }

    pub fn last_run_before(&self, date: Date) -> Option<Date> {
        self.runs().rev().map(|(day, _)| day).find(|day| *day < date)
    }

    /// The longest run of so many days before `date`, races apart.
    pub fn longest(&self, date: Date, days: i64) -> Longest {
        self.last_days(date, days).iter().fold(Longest::default(), |longest, day| Longest {
            minutes: longest.minutes.max(day.longest_min),
            km: longest.km.max(day.longest_km),
        })
    }

    /// Days in a row with a run, up to the day before `date`.
    pub fn streak_before(&self, date: Date) -> u32 {
        let end = days_between(self.first, date).clamp(0, self.days.len() as i64) as usize;
        self.days[..end].iter().rev().take_while(|day| day.is_run()).count() as u32
    }
}

/// Numbers that can be meant.
fn sane(day: &PastDay) -> PastDay {
    let ok = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    PastDay {
        load: ok(day.load),
        other_load: ok(day.other_load).min(ok(day.load)),
        minutes: ok(day.minutes),
        race_minutes: ok(day.race_minutes),
        longest_min: ok(day.longest_min),
        longest_km: ok(day.longest_km),
        hard_minutes: ok(day.hard_minutes),
        race_km: day.race_km.filter(|km| km.is_finite() && *km > 0.0),
        hour: day.hour.filter(|h| (0.0..24.0).contains(h)),
        taxing: day.taxing || day.kind >= Kind::Long,
        ..*day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_past_ends_on_the_day_before_the_plan() {
        let run = |minutes| PastDay { kind: Kind::Easy, longest_min: minutes, ..PastDay::REST };
        let timeline = Timeline::before(date(2026, 3, 2), &[run(40.0), PastDay::REST, run(30.0), run(20.0)]);
        assert_eq!(timeline.day(date(2026, 3, 1)).longest_min, 20.0);
        assert_eq!(timeline.end(), date(2026, 3, 2));
        assert_eq!(timeline.streak_before(date(2026, 3, 2)), 2);
        assert_eq!(timeline.longest(date(2026, 3, 2), 3).minutes, 30.0);
        assert_eq!(timeline.longest(date(2026, 3, 2), 30).minutes, 40.0);
        assert_eq!(timeline.last_run_before(date(2026, 2, 28)), Some(date(2026, 2, 26)));
        assert!(timeline.last_days(date(2026, 1, 1), 30).is_empty());
    }
}
