//! The search for the best whole week that begins with what has been done in it. It is exact: every choice is tried.

use super::Kind;
use super::frame::WeekFrame;
use super::morning::Morning;
use super::sized::{DayChoice, Filled, Week};

/// Tried in this order: of weeks as good as each other, the one with the earlier and harder days wins.
const CHOICES: [DayChoice; 4] = [DayChoice::Hard, DayChoice::Long, DayChoice::Gentle, DayChoice::Off];
/// A longer time without a run counts as this many days when runs are spread.
const GAP_DAYS_COUNTED: i64 = 14;

/// So few run days a week need not lie three in a row.
const FEW_RUN_DAYS: u32 = 4;

/// How good a week is, what counts most first.
type Score = [i64; 9];

/// Searches the whole week.
pub(super) struct Search<'a> {
    frame: &'a WeekFrame<'a>,
    first: Morning,
    best: Option<(Score, Week, Filled)>,
}

impl<'a> Search<'a> {
    /// The best week with its minutes; what is over in it stays as it was.
    pub fn best(frame: &'a WeekFrame<'a>, first: Morning) -> (Week, Filled) {
        let mut search = Search { frame, first, best: None };
        let mut week = [DayChoice::Off; 7];
        for (day, choice) in week.iter_mut().enumerate().take(frame.done) {
            *choice = frame.past(day).map_or(DayChoice::Off, |past| DayChoice::Fixed(past.kind));
        }
        search.visit(frame.done, first, &mut week);
        match search.best {
            Some((_, week, filled)) => (week, filled),
            // A week of rest is always possible, so there is a best one.
            None => (week, frame.fill(first, &week)),
        }
    }

    fn visit(&mut self, day: usize, morning: Morning, week: &mut Week) {
        if day == 7 {
            let score = self.score(week);
            if self.best.as_ref().is_none_or(|(best, ..)| score > *best)
                && let Some(filled) = self.frame.settle(self.first, week)
            {
                self.best = Some((score, *week, filled));
            }
            return;
        }
        let left = (7 - day) as i64;
        if self.best.as_ref().is_some_and(|(best, ..)| i64::from(morning.runs) + left < best[0]) {
            return;
        }
        for choice in self.choices(day) {
            if self.frame.forbids(&morning, day, choice).is_none() {
                week[day] = choice;
                self.visit(day + 1, self.frame.next(&morning, day, choice), week);
            }
        }
    }

    fn choices(&self, day: usize) -> impl Iterator<Item = DayChoice> + use<> {
        let fixed = self.frame.fixed(day);
        fixed.into_iter().chain(CHOICES.into_iter().filter(move |_| fixed.is_none()))
    }

    /// Runs placed, long run, the wished day of it, hard sessions, its usual day, weekdays, no long gaps, even spread, few runs
    /// in a row.
    fn score(&self, week: &Week) -> Score {
        let frame = self.frame;
        let is_run = |day: usize| match week[day] {
            DayChoice::Off => false,
            DayChoice::Fixed(kind) => kind.is_run(),
            _ => true,
        };
        let is = |day: usize, choice: DayChoice, kind: Kind| week[day] == choice || week[day] == DayChoice::Fixed(kind);
        let runs: Vec<usize> = (0..7).filter(|day| is_run(*day)).collect();
        let longs: Vec<usize> = (0..7).filter(|day| is(*day, DayChoice::Long, Kind::Long)).collect();
        let hards: Vec<usize> = (0..7).filter(|day| is(*day, DayChoice::Hard, Kind::Hard)).collect();
        let long_day = frame.long_day();
        let on_day = longs.iter().any(|day| Some(*day) == long_day) as i64;
        let blocks_next = i64::from(self.blocks_next_long(week, long_day));
        let thousandths = |share: f64| (1000.0 * share).round() as i64;
        let weekdays: i64 = runs.iter().map(|day| thousandths(frame.weekday_share(*day))).sum();
        let hard_days: i64 = hards.iter().map(|day| thousandths(frame.habits.hard_share[*day])).sum();
        let (long_gaps, spread) = self.gaps(&runs);
        [
            runs.len() as i64,
            longs.len().min(1) as i64,
            if frame.inputs.wishes.long_day.is_some() { on_day } else { 0 },
            hards.len() as i64,
            on_day - blocks_next,
            weekdays + hard_days,
            -long_gaps,
            -spread,
            if frame.target.run_days <= FEW_RUN_DAYS { -three_in_a_row(&runs) } else { 0 },
        ]
    }

    /// A hard or long day so late in the week that the next long run could not be on its day.
    fn blocks_next_long(&self, week: &Week, long_day: Option<usize>) -> bool {
        let Some(long_day) = long_day.filter(|_| self.frame.wants_long()) else { return false };
        let gap = self.frame.gap();
        let last = (self.frame.done..7).rev().find(|day| matches!(week[*day], DayChoice::Hard | DayChoice::Long));
        last.is_some_and(|last| (7 + long_day - last) < gap as usize)
    }

    /// Days without a run beyond three in a row, for those who run three days a week or more; and how unevenly the runs
    /// lie: the sum of the squared gaps.
    fn gaps(&self, runs: &[usize]) -> (i64, i64) {
        // Who never ran is taken to have run on the day before the week.
        let before = self.first.last_run.map_or(-1, |day| day.max(-GAP_DAYS_COUNTED));
        let open = runs.iter().map(|day| *day as i64).filter(|day| *day >= self.frame.done as i64);
        let mut last = before;
        let (mut long_gaps, mut spread) = (0, 0);
        for day in open.chain([7]) {
            let gap = day - last;
            long_gaps += (gap - 4).max(0);
            spread += gap * gap;
            last = day;
        }
        if self.frame.habits.days >= 3 { (long_gaps, spread) } else { (0, spread) }
    }
}

/// How often three runs lie on days in a row.
fn three_in_a_row(runs: &[usize]) -> i64 {
    runs.windows(3).filter(|run| run[2] - run[0] == 2).count() as i64
}

impl WeekFrame<'_> {
    /// What stands before anything is chosen: a race, or what the runner means to do today.
    fn fixed(&self, day: usize) -> Option<DayChoice> {
        let date = self.date(day);
        let wished = self.inputs.first_day.filter(|_| date == self.inputs.start).map(DayChoice::Fixed);
        wished.or_else(|| self.coming_race(day).map(|_| DayChoice::Race))
    }
}
