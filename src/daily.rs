//! The loads of all calendar days without a gap, and the fitness and fatigue they make (methods §4.1).

use crate::calendar::days_between;
use crate::physiology::training::{self, Fitness};
use jiff::ToSpan;
use jiff::civil::Date;

/// One load a day from the first activity to the last day looked at, and the state at the end of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    pub first: Date,
    /// Points by day.
    pub loads: Vec<f64>,
    /// State on the evening before the first day.
    pub start: Fitness,
    /// State on the evening of each day.
    pub evenings: Vec<Fitness>,
}

impl Daily {
    /// Sums the loads by day, from the first of them to `last` inclusive; empty without any up to `last`.
    pub fn new(loads: impl Iterator<Item = (Date, f64)> + Clone, last: Date) -> Daily {
        let loads = loads.filter(|(date, _)| *date <= last);
        let first = loads.clone().map(|(date, _)| date).min().unwrap_or(last.saturating_add(1.day()));
        let days = days_between(first, last) + 1;
        let mut by_day = vec![0.0; usize::try_from(days).unwrap_or(0)];
        for (date, load) in loads {
            by_day[days_between(first, date) as usize] += load;
        }
        let start = Fitness::start(&by_day);
        Daily { first, start, evenings: training::fitness_series(start, &by_day), loads: by_day }
    }

    /// State on the morning of `date`: that of the evening before.
    pub fn morning(&self, date: Date) -> Fitness {
        match usize::try_from(days_between(self.first, date)) {
            Ok(0) | Err(_) => self.start,
            Ok(n) => self.evenings.get(n - 1).or(self.evenings.last()).copied().unwrap_or(self.start),
        }
    }

    /// Relative form on the morning of `date`, percent; 0 while fitness shows the start rather than the runner.
    pub fn settled_form(&self, date: Date) -> f64 {
        let evening = usize::try_from(days_between(self.first, date) - 1).ok();
        let morning = self.morning(date);
        let is_settled = evening.is_some_and(|day| !self.is_settling(day)) && morning.ctl >= training::LEAST_FITNESS;
        if is_settled { morning.relative_form() } else { 0.0 }
    }

    /// True in the first 42 days of a history and of what follows 42 days without load: fitness shows the start rather than
    /// the runner.
    pub fn is_settling(&self, day: usize) -> bool {
        let long_rest = |days: &[f64]| days.iter().all(|load| *load <= 0.0);
        let from = (day + 2).saturating_sub(2 * training::SETTLING_DAYS);
        let recent = self.loads.get(from..=day.min(self.loads.len().saturating_sub(1))).unwrap_or_default();
        day < training::SETTLING_DAYS || recent.windows(training::SETTLING_DAYS).any(long_rest)
    }

    /// Every day with its place.
    pub fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        let first = self.first;
        (0..self.loads.len()).map(move |i| first.saturating_add((i as i64).days()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_have_no_gaps_and_mornings_know_only_yesterday() {
        let loads = [(date(2026, 3, 28), 40.0), (date(2026, 3, 31), 60.0), (date(2026, 3, 28), 10.0)];
        let daily = Daily::new(loads.into_iter(), date(2026, 4, 1));
        assert_eq!(daily.loads, [50.0, 0.0, 0.0, 60.0, 0.0]);
        assert_eq!(daily.morning(date(2026, 3, 28)), daily.start);
        assert_eq!(daily.morning(date(2026, 3, 29)), daily.evenings[0]);
        assert_eq!(daily.morning(date(2026, 5, 1)), daily.evenings[4]);
    }

    #[test]
    fn the_first_weeks_settle_and_those_after_a_long_rest() {
        let first = date(2026, 1, 1);
        let day = |i: i64| first.saturating_add(i.days());
        let runs = (0..200).filter(|i| !(60..110).contains(i)).map(|i| (day(i), 50.0));
        let daily = Daily::new(runs, day(199));
        let settling: Vec<usize> = (0..200).filter(|i| daily.is_settling(*i)).collect();
        let expected: Vec<usize> = (0..42).chain(101..151).collect();
        assert_eq!(settling, expected);
    }

    #[test]
    fn nothing_recorded_is_no_day() {
        let daily = Daily::new(std::iter::empty(), date(2026, 4, 1));
        assert!(daily.loads.is_empty());
        assert_eq!(daily.morning(date(2026, 4, 1)), Fitness::default());
    }
}
