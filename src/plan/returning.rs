//! The way back after days without running (methods §7, coaching after Daniels†).

use super::timeline::{Longest, Timeline, add_days};
use crate::calendar::days_between;
use jiff::civil::Date;

/// So many days without a run are a break.
pub(super) const BREAK_DAYS: i64 = 8;
/// After a break no longer than this, a hard session may come before the return is over.
const SHORT_BREAK_DAYS: i64 = 14;
/// Below this share of the habit there is no long run; at or below the second no long and no hard one at all.
const LONG_FROM_SHARE: f64 = 0.70;
const EASY_ONLY_SHARE: f64 = 0.55;
/// After a break longer than this the return begins with walking and jogging.
const VERY_LONG_BREAK_DAYS: i64 = 56;
/// Days of each stage after a very long break.
const STAGE_DAYS: f64 = 21.0;

/// A return to running after a break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Return {
    /// The first run after the break.
    pub start: Date,
    /// Days without a run.
    pub gap: i64,
    /// The longest run of the month before the break.
    pub longest_before: Longest,
    /// The break is not over yet: what holds on its first day holds before it too.
    pub is_open: bool,
}

impl Return {
    /// All returns there have been.
    pub fn all(timeline: &Timeline) -> Vec<Return> {
        let runs: Vec<Date> = timeline.runs().map(|(date, _)| date).collect();
        runs.windows(2).filter_map(|pair| Return::between(timeline, pair[0], pair[1])).collect()
    }

    /// The return that begins at `start`, where the last run before it lies far enough back.
    pub fn beginning(timeline: &Timeline, start: Date) -> Option<Return> {
        let begins = Return::between(timeline, timeline.last_run_before(start)?, start)?;
        Some(Return { is_open: true, ..begins })
    }

    fn between(timeline: &Timeline, last: Date, start: Date) -> Option<Return> {
        let gap = days_between(last, start) - 1;
        let longest_before = timeline.longest(add_days(last, 1), 30);
        (gap >= BREAK_DAYS).then_some(Return { start, gap, longest_before, is_open: false })
    }

    /// Share of the habit by stage, each so many days long.
    fn stages(&self) -> Vec<(f64, f64)> {
        let days = self.gap as f64;
        let (shares, each): (&[f64], f64) = match self.gap {
            ..=28 => (&[0.50, 0.75], days / 2.0),
            29..=VERY_LONG_BREAK_DAYS => (&[0.33, 0.50, 0.75], days / 3.0),
            _ => (&[0.33, 0.50, 0.70, 0.85], STAGE_DAYS),
        };
        shares.iter().map(|share| (*share, each)).collect()
    }

    /// The first day without restriction.
    pub fn end(&self) -> Date {
        let days: f64 = self.stages().iter().map(|stage| stage.1).sum();
        add_days(self.start, days.round() as i64)
    }

    /// The share of the habit on a day; `None` before and after the return.
    pub fn share(&self, date: Date) -> Option<f64> {
        let stages = self.stages();
        let mut left = days_between(self.start, date) as f64;
        if left < 0.0 {
            return stages.first().map(|stage| stage.0).filter(|_| self.is_open);
        }
        if date >= self.end() {
            return None;
        }
        for (share, days) in &stages {
            // The day in which a stage ends belongs to it.
            if left < *days {
                return Some(*share);
            }
            left -= days;
        }
        stages.last().map(|stage| stage.0)
    }

    pub fn allows_long(&self, date: Date) -> bool {
        self.share(date).is_none_or(|share| share >= LONG_FROM_SHARE)
    }

    pub fn allows_hard(&self, date: Date) -> bool {
        self.share(date).is_none_or(|share| self.gap <= SHORT_BREAK_DAYS && share > EASY_ONLY_SHARE)
    }

    /// Walking and jogging in turns comes first.
    pub fn is_walk_jog(&self, date: Date) -> bool {
        let is_first = days_between(self.start, date) < STAGE_DAYS as i64;
        self.gap > VERY_LONG_BREAK_DAYS && is_first && self.share(date).is_some()
    }
}

/// The smallest share on a day, with the return it comes from.
pub(super) fn tightest(returns: &[Return], date: Date) -> Option<(f64, Return)> {
    returns
        .iter()
        .filter_map(|r| Some((r.share(date)?, *r)))
        .reduce(|least, next| if next.0 < least.0 { next } else { least })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn after(gap: i64) -> Return {
        Return { start: date(2026, 3, 2), gap, longest_before: Longest::default(), is_open: false }
    }

    fn shares(gap: i64) -> Vec<f64> {
        let r = after(gap);
        (0..).map_while(|day| r.share(add_days(r.start, day))).collect()
    }

    #[test]
    fn a_return_takes_as_long_as_the_break() {
        assert_eq!(shares(8), [vec![0.5; 4], vec![0.75; 4]].concat());
        assert_eq!(shares(28).len(), 28);
        assert_eq!(shares(42), [vec![0.33; 14], vec![0.5; 14], vec![0.75; 14]].concat());
        let long = shares(90);
        assert_eq!((long.len(), long[20], long[21], long[62], long[63]), (84, 0.33, 0.5, 0.7, 0.85));
    }

    #[test]
    fn hard_and_long_days_wait() {
        let day = |n| add_days(date(2026, 3, 2), n);
        assert!(!after(10).allows_hard(day(0)) && after(10).allows_hard(day(5)));
        assert!(!after(20).allows_hard(day(19)) && after(20).allows_hard(day(20)));
        assert!(!after(60).allows_long(day(41)) && after(60).allows_long(day(42)));
        assert!(after(60).is_walk_jog(day(20)) && !after(60).is_walk_jog(day(21)));
    }
}
