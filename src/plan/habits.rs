//! What a usual week of this runner is: the last eight ordinary weeks (methods §7).

use super::returning::{BREAK_DAYS, Return};
use super::timeline::{Timeline, add_days};
use super::{Kind, PastDay, Race, race::race_days};
use crate::calendar::{days_between, monday_of};
use crate::physiology::statistics::median;
use jiff::civil::{Date, Weekday};

/// Weeks looked back at most, and weeks counted at most.
const WEEKS_BACK: i64 = 26;
const WEEKS_COUNTED: usize = 8;
/// With fewer ordinary weeks than this there is no habit yet.
pub(super) const WEEKS_NEEDED: usize = 4;
/// A week under this share of the median is not ordinary.
const LEAST_OF_MEDIAN: f64 = 0.5;
/// Weeks around a race over more kilometres than this are not ordinary, from so many days before it.
const RACE_KM: f64 = 12.0;
const RACE_DAYS_BEFORE: i64 = 14;
/// Run days a week at most: one day in seven is off.
pub(super) const RUN_DAYS_MAX: u32 = 6;
/// A race up to this distance may be followed by the long run on the next day, where that is the habit.
pub(super) const SHORT_RACE_KM: f64 = 6.0;
/// Share of the gaps between hard or long days that were two days, from which on one easier day between may do.
const SHORT_GAPS: f64 = 0.25;
/// A weekday run in at most this share of the weeks is never run on.
const NEVER_SHARE: f64 = 0.125;

/// The usual week. Index 0 of the arrays is Monday.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Weeks it rests on; fewer than four are no habit yet.
    pub weeks: usize,
    /// Run days a week, 1–6.
    pub days: u32,
    /// Minutes run a week: the mean of the middle half of the weeks.
    pub minutes: f64,
    /// Hard sessions and races a week: 0.4 is two in five weeks.
    pub hard_rate: f64,
    /// Long runs a week.
    pub long_rate: f64,
    /// Weekday and kilometres of a short race, such as a parkrun, run in half of the weeks.
    pub race_day: Option<(Weekday, f64)>,
    /// Weekday of most long runs.
    pub long_day: Option<Weekday>,
    /// Share of the weeks in which a weekday was run.
    pub day_share: [f64; 7],
    /// Share of the weeks in which a weekday was hard or raced.
    pub hard_share: [f64; 7],
    /// At least a quarter of the gaps between hard or long days were two days or less.
    pub has_short_gaps: bool,
    /// The long run follows on the day after a short race in half of the weeks.
    pub long_after_race: bool,
    /// Two runs on a day in half of the weeks.
    pub runs_twice: bool,
    /// Runs on consecutive days have been seen.
    pub has_run_in_a_row: bool,
    /// Median minutes of the main run by kind.
    pub easy_min: Option<f64>,
    /// Minutes of the usual long run.
    pub long_min: Option<f64>,
    /// Minutes of the usual hard session.
    pub hard_min: Option<f64>,
    /// Median minutes at or above threshold in a hard session.
    pub hard_part_min: Option<f64>,
    /// Load of other sports by weekday, points.
    pub other_load: [f64; 7],
    /// Usual hour of the main run by weekday.
    pub hour: [f64; 7],
}

/// The hour of a run where nothing is known.
const HOUR: f64 = 8.0;

impl Habits {
    /// The habit as of a Monday. Without four ordinary weeks it is drawn from all there is and `weeks` says so.
    pub(super) fn of(timeline: &Timeline, races: &[Race], monday: Date) -> Habits {
        let weeks = ordinary_weeks(timeline, races, monday);
        if weeks.len() >= WEEKS_NEEDED {
            Habits::from(&weeks, timeline, monday)
        } else {
            let all: Vec<HabitWeek> = whole_weeks(timeline, monday).filter(|week| week.run_days() > 0).collect();
            Habits { weeks: weeks.len(), ..Habits::from(&all, timeline, monday) }
        }
    }

    /// True where there is enough on file to speak of habits.
    pub fn is_known(&self) -> bool {
        self.weeks >= WEEKS_NEEDED
    }

    /// Hard and long days a week, races counted.
    pub fn taxing_rate(&self) -> f64 {
        self.hard_rate + self.long_rate
    }

    /// Whether the long run is a habit.
    pub fn has_long(&self) -> bool {
        self.long_rate >= 0.5
    }

    /// Whether this weekday is one that the runner keeps free of running.
    pub fn never_runs(&self, weekday: usize) -> bool {
        self.is_known() && self.day_share[weekday] <= NEVER_SHARE
    }

    fn from(weeks: &[HabitWeek], timeline: &Timeline, monday: Date) -> Habits {
        let n = weeks.len().max(1) as f64;
        let rate = |counts: &dyn Fn(&PastDay) -> bool| {
            weeks.iter().flat_map(|w| &w.days).filter(|day| counts(day)).count() as f64 / n
        };
        let share = |counts: &dyn Fn(&PastDay) -> bool| {
            std::array::from_fn(|i| weeks.iter().filter(|w| w.days[i..].first().is_some_and(counts)).count() as f64 / n)
        };
        let in_half = |holds: &dyn Fn(&HabitWeek) -> bool| {
            !weeks.is_empty() && 2 * weeks.iter().filter(|w| holds(w)).count() >= weeks.len()
        };
        let sizes = |kinds: &[Kind], value: fn(&PastDay) -> f64| {
            let days = weeks.iter().flat_map(|w| &w.days).filter(|day| kinds.contains(&day.kind));
            median(&days.map(value).filter(|v| *v > 0.0).collect::<Vec<_>>())
        };
        let longs: [f64; 7] = share(&|day| day.kind == Kind::Long);
        let has_long = longs.iter().any(|share| *share > 0.0);
        let long_day = (0..7_i8)
            .filter(|_| has_long)
            .max_by(|a, b| longs[*a as usize].total_cmp(&longs[*b as usize]).then(a.cmp(b)));
        let counts: Vec<f64> = weeks.iter().map(|w| w.run_days() as f64).collect();
        let minutes: Vec<f64> = weeks.iter().map(HabitWeek::minutes).collect();
        let mean_days = middle_mean(&counts).round_ties_even().clamp(1.0, f64::from(RUN_DAYS_MAX));
        let everything = timeline.last_days(monday, 7 * WEEKS_BACK);
        Habits {
            weeks: weeks.len(),
            days: mean_days as u32,
            minutes: middle_mean(&minutes),
            hard_rate: rate(&|day| day.kind >= Kind::Hard),
            long_rate: rate(&|day| day.kind == Kind::Long),
            race_day: race_day(weeks),
            long_day: long_day.and_then(|day| Weekday::from_monday_zero_offset(day).ok()),
            day_share: share(&PastDay::is_run),
            hard_share: share(&|day| day.kind >= Kind::Hard),
            has_short_gaps: has_short_gaps(weeks, timeline, monday),
            long_after_race: in_half(&|week| week.has_long_after_race(timeline)),
            runs_twice: in_half(&|week| week.days.iter().any(|day| day.sessions >= 2)),
            has_run_in_a_row: everything.windows(2).any(|pair| pair[0].is_run() && pair[1].is_run()),
            easy_min: sizes(&[Kind::Easy], |day| day.longest_min)
                .or_else(|| sizes(&[Kind::Recovery, Kind::Easy, Kind::Shakeout], |day| day.longest_min))
                .or_else(|| sizes(&Kind::ALL[3..], |day| day.longest_min)),
            long_min: sizes(&[Kind::Long], |day| day.longest_min),
            hard_min: sizes(&[Kind::Hard], |day| day.longest_min),
            hard_part_min: sizes(&[Kind::Hard], |day| day.hard_minutes),
            other_load: std::array::from_fn(|i| weeks.iter().map(|w| w.days[i].other_load).sum::<f64>() / n),
            hour: hours(everything, monday),
        }
    }
}

/// The weekday on which a short race is run in half of the weeks, with its usual distance.
fn race_day(weeks: &[HabitWeek]) -> Option<(Weekday, f64)> {
    let short = |day: &PastDay| day.race_km.filter(|km| *km <= SHORT_RACE_KM);
    let raced = |weekday: usize| weeks.iter().filter_map(move |w| short(&w.days[weekday])).collect::<Vec<f64>>();
    let (weekday, km) = (0..7).map(|i| (i, raced(i))).max_by_key(|(i, km)| (km.len(), *i))?;
    let usual = median(&km).filter(|_| 2 * km.len() >= weeks.len())?;
    Some((Weekday::from_monday_zero_offset(weekday as i8).ok()?, usual))
}

/// Median hour of the main run by weekday, else of all days.
fn hours(days: &[PastDay], monday: Date) -> [f64; 7] {
    let first = add_days(monday, -(days.len() as i64)).weekday().to_monday_zero_offset() as usize;
    let known = days.iter().enumerate().filter_map(|(i, day)| Some(((first + i) % 7, day.hour?)));
    let known: Vec<(usize, f64)> = known.collect();
    let of = |counts: &dyn Fn(usize) -> bool| {
        median(&known.iter().filter(|(weekday, _)| counts(*weekday)).map(|(_, hour)| *hour).collect::<Vec<_>>())
    };
    let usual = of(&|_| true).unwrap_or(HOUR);
    std::array::from_fn(|weekday| of(&|other| other == weekday).unwrap_or(usual))
}

struct HabitWeek {
    monday: Date,
    days: Vec<PastDay>,
}

impl HabitWeek {
    fn run_days(&self) -> usize {
        self.days.iter().filter(|day| day.is_run()).count()
    }

    fn minutes(&self) -> f64 {
        self.days.iter().map(|day| day.minutes).sum()
    }

    fn has_long_after_race(&self, timeline: &Timeline) -> bool {
        (0..7).any(|i| {
            let date = add_days(self.monday, i);
            let short_race = timeline.day(date).race_km.is_some_and(|km| km <= SHORT_RACE_KM);
            short_race && timeline.day(add_days(date, 1)).kind == Kind::Long
        })
    }

    fn touches(&self, from: Date, until: Date) -> bool {
        self.monday < until && add_days(self.monday, 7) > from
    }
}

/// Whole weeks on file before a Monday, the latest first.
fn whole_weeks(timeline: &Timeline, monday: Date) -> impl Iterator<Item = HabitWeek> {
    (1..=WEEKS_BACK).map_while(move |back| {
        let start = add_days(monday, -7 * back);
        timeline.get(start)?;
        Some(HabitWeek { monday: start, days: (0..7).map(|i| timeline.day(add_days(start, i))).collect() })
    })
}

/// The latest ordinary weeks, at most eight. Where races leave fewer than four, the weeks around races count too: who
/// races every month has a habit all the same.
fn ordinary_weeks(timeline: &Timeline, races: &[Race], monday: Date) -> Vec<HabitWeek> {
    let (breaks, raced) = (breaks(timeline, monday), race_windows(timeline, races));
    let unbroken = |week: &HabitWeek| !breaks.iter().any(|(from, until)| week.touches(*from, *until));
    let quiet = |week: &HabitWeek| !raced.iter().any(|(from, until)| week.touches(*from, *until));
    let strict = at_least_half(whole_weeks(timeline, monday).filter(|week| unbroken(week) && quiet(week)).collect());
    if strict.len() >= WEEKS_NEEDED {
        return strict;
    }
    at_least_half(whole_weeks(timeline, monday).filter(unbroken).collect())
}

fn at_least_half(weeks: Vec<HabitWeek>) -> Vec<HabitWeek> {
    let run: Vec<f64> = weeks.iter().map(HabitWeek::minutes).filter(|m| *m > 0.0).collect();
    let usual = median(&run).unwrap_or(0.0);
    let ordinary = weeks.into_iter().filter(|week| week.run_days() > 0 && week.minutes() >= LEAST_OF_MEDIAN * usual);
    ordinary.take(WEEKS_COUNTED).collect()
}

/// Breaks with the returns after them, as [from, until): as they stood on the Monday, so that the first run after a break
/// changes the habit with the next week, not in the middle of this one.
fn breaks(timeline: &Timeline, monday: Date) -> Vec<(Date, Date)> {
    let begun = Return::all(timeline).into_iter().filter(|back| back.start < monday);
    let over = begun.map(|back| (add_days(back.start, -back.gap), back.end()));
    let last = timeline.last_run_before(monday);
    let open = last.filter(|last| days_between(*last, monday) > BREAK_DAYS).map(|last| (add_days(last, 1), monday));
    over.chain(open).collect()
}

/// From two weeks before every race over 12 km to its full training, as [from, until).
fn race_windows(timeline: &Timeline, races: &[Race]) -> Vec<(Date, Date)> {
    let on_file = timeline.runs().filter_map(|(date, day)| Some((date, day.race_km?)));
    let named = races.iter().map(|race| (race.date, race.distance_km));
    let long = on_file.chain(named).filter(|(_, km)| *km > RACE_KM);
    let window = |(date, km)| {
        let full = i64::from(race_days(km).full.min(super::race::PROTOCOL_DAYS_MAX));
        (add_days(date, -RACE_DAYS_BEFORE), add_days(date, full + 1))
    };
    long.map(window).collect()
}

fn has_short_gaps(weeks: &[HabitWeek], timeline: &Timeline, monday: Date) -> bool {
    let Some(from) = weeks.iter().map(|week| week.monday).min() else { return false };
    let counted = |date: Date| weeks.iter().any(|week| week.monday == monday_of(date));
    let taxing: Vec<Date> = timeline
        .runs()
        .filter(|(date, day)| (from..monday).contains(date) && counted(*date) && day.kind.is_taxing())
        .map(|(date, _)| date)
        .collect();
    let gaps: Vec<i64> = taxing.windows(2).map(|pair| days_between(pair[0], pair[1])).collect();
    let short = gaps.iter().filter(|gap| **gap <= 2).count();
    short > 0 && short as f64 >= SHORT_GAPS * gaps.len() as f64
}

/// Mean of the middle half; 0 without any.
fn middle_mean(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cut = sorted.len() / 4;
    let middle = &sorted[cut..sorted.len() - cut];
    if middle.is_empty() { 0.0 } else { middle.iter().sum::<f64>() / middle.len() as f64 }
}
