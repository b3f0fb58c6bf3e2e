//! What the sessions before a day say of one on it: what is usual for the runner, what it may be recovering from, and whether it
//! is unlike anything of late (methods §5.7, §6.1).

use super::session::{Labelled, Session};
use super::{Features, Label, RecoveryPrompt};
use crate::calendar::day_number;
use crate::physiology::race::race_days;
use crate::physiology::statistics::{median, median_of, quantile};
use jiff::civil::Date;

/// Days of history for the usual values, and the longer try (methods §5.7).
pub(super) const BASELINE_DAYS: [i64; 2] = [60, 180];
pub(super) const BASELINE_RUNS: usize = 5;
pub(super) const MS_PER_H: f64 = 3_600_000.0;

/// What is usual for the runner, from the sessions before a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Median duration, minutes.
    pub usual_min: Option<f64>,
    /// Median of the 30-s grade-adjusted speeds of all but hard runs, m/s.
    pub usual_mps: Option<f64>,
    /// The same of all runs, m/s.
    pub ordinary_mps: Option<f64>,
    /// Median of the mean heart rates of all but hard runs, bpm.
    pub usual_bpm: Option<f64>,
    /// The lowest of those, bpm.
    pub lowest_bpm: Option<f64>,
    /// Median heart rate while walking, bpm.
    pub walking_bpm: Option<f64>,
    /// Median altitude, m.
    pub altitude_m: Option<f64>,
    /// How many runs it rests on.
    pub runs: usize,
}

impl Baseline {
    /// Of labelled sessions, the oldest first.
    pub fn before(date: Date, sessions: &[Labelled]) -> Baseline {
        let [.., longest] = BASELINE_DAYS;
        let recent = sessions.iter().rev().map(RunBefore::of).take_while(|run| run.is_within(longest, date));
        let mut runs: Vec<RunBefore> = recent.collect();
        runs.reverse();
        RunsBefore { runs }.baseline(date)
    }
}

/// The sessions before a day, the oldest first.
pub(super) struct RunsBefore {
    runs: Vec<RunBefore>,
}

/// All that a later session asks of an earlier one, close together: each of thousands asks some fifty, several times.
#[derive(Clone, Copy)]
struct RunBefore {
    day: i64,
    label: Label,
    /// What was said and done was hard, whatever its load.
    is_hard: bool,
    /// Hard by its load or its novelty too.
    hard: bool,
    trail: bool,
    end_ms: i64,
    minutes: f64,
    load: f64,
    descent_m: f64,
    km: Option<f64>,
    race_km: Option<f64>,
    mean_mps: Option<f64>,
    usual_mps: Option<f64>,
    bpm: Option<f64>,
    walking_bpm: Option<f64>,
    altitude_m: Option<f64>,
}

impl RunBefore {
    fn of(labelled: &Labelled) -> RunBefore {
        let Labelled { session, features, verdict, hard, .. } = labelled;
        RunBefore {
            day: day_number(session.date),
            label: verdict.label,
            is_hard: verdict.label.is_hard() || verdict.hardest.is_hard(),
            hard: *hard,
            trail: features.trail,
            end_ms: session.end_ms,
            minutes: features.duration_min,
            load: features.load,
            descent_m: features.descent_m,
            km: features.distance_km,
            race_km: verdict.race_km,
            mean_mps: features.mean_mps(),
            usual_mps: features.speed_mps,
            bpm: features.heart_rate_mean_bpm,
            walking_bpm: features.walking_bpm,
            altitude_m: features.altitude_m,
        }
    }

    fn is_within(&self, days: i64, date: Date) -> bool {
        day_number(date) - self.day <= days
    }
}

impl RunsBefore {
    pub fn with_room_for(sessions: usize) -> RunsBefore {
        RunsBefore { runs: Vec::with_capacity(sessions) }
    }

    /// Adds the next session.
    pub fn add(&mut self, labelled: &Labelled) {
        self.runs.push(RunBefore::of(labelled));
    }

    /// The sessions of the days up to `date`, the latest first.
    fn within(&self, days: i64, date: Date) -> impl Iterator<Item = &RunBefore> {
        let first = day_number(date) - days;
        self.runs.iter().rev().take_while(move |run| run.day >= first)
    }

    /// The last 60 days if they hold five runs, else 180, else nothing.
    pub fn baseline(&self, date: Date) -> Baseline {
        let counts = |run: &&RunBefore| !matches!(run.label, Label::Fragment | Label::Walk | Label::Unknown);
        for days in BASELINE_DAYS {
            let recent: Vec<&RunBefore> = self.within(days, date).filter(counts).collect();
            if recent.len() < BASELINE_RUNS {
                continue;
            }
            // Room for all at once: thousands of sessions ask for seven medians each.
            let mut values = Vec::with_capacity(recent.len());
            let mut usual = |of: fn(&RunBefore) -> Option<f64>, among: &dyn Fn(Label) -> bool| {
                values.clear();
                values.extend(recent.iter().filter(|run| among(run.label)).filter_map(|run| of(run)));
                median_of(&mut values)
            };
            return Baseline {
                usual_min: usual(|run| Some(run.minutes), &|_| true),
                usual_mps: usual(|run| run.usual_mps, &Label::is_usual_running),
                ordinary_mps: usual(|run| run.usual_mps, &|_| true),
                usual_bpm: usual(|run| run.bpm, &Label::is_usual_running),
                lowest_bpm: recent.iter().filter_map(|run| run.bpm).reduce(f64::min),
                walking_bpm: usual(|run| run.walking_bpm, &|_| true),
                altitude_m: usual(|run| run.altitude_m, &|_| true),
                runs: recent.len(),
            };
        }
        Baseline::default()
    }

    /// The race and the hard session that a run may be recovering from.
    pub fn prompt(&self, session: &Session, form_relative: f64) -> RecoveryPrompt {
        /// No race asks for more days than these.
        const RACE_DAYS: i64 = 60;
        /// Nor a hard session.
        const HARD_DAYS: i64 = 5;
        let race = self.within(RACE_DAYS, session.date).find_map(|run| {
            let km = run.race_km?;
            let days = u32::try_from(day_number(session.date) - run.day).ok()?;
            (days > 0).then(|| (days, race_days(km).no_hard))
        });
        let hard = self.within(HARD_DAYS, session.date).find(|run| run.hard).map(|run| {
            let hours = (session.start_ms - run.end_ms) as f64 / MS_PER_H;
            (hours, run.label, run.is_hard)
        });
        RecoveryPrompt::of(race, hard, form_relative)
    }

    /// Mean speeds of the sessions as long as a race, m/s, which must have outrun those of 60 days (methods §6.1).
    pub fn rivals_mps(&self, date: Date, km: f64) -> Vec<f64> {
        const RIVAL_DAYS: i64 = 60;
        const SAME_DISTANCE: f64 = 0.10;
        let alike = |other: f64| (other / km - 1.0).abs() <= SAME_DISTANCE;
        let rivals = self.within(RIVAL_DAYS, date).filter(|run| run.km.is_some_and(alike));
        rivals.filter_map(|run| run.mean_mps).collect()
    }

    /// A load above nine tenths of the runner's own, and well above the middle one (methods §6.1).
    pub fn makes_unusually_loaded(&self, run: &Features, date: Date) -> bool {
        const ABOVE_MEDIAN: f64 = 1.3;
        let loads: Vec<f64> = self.within(BASELINE_DAYS[0], date).map(|run| run.load).collect();
        if loads.len() < BASELINE_RUNS {
            return false;
        }
        let above = |limit: Option<f64>| limit.is_some_and(|limit| run.load > limit);
        above(quantile(&loads, 0.9)) && above(median(&loads).map(|load| ABOVE_MEDIAN * load))
    }

    /// Much more downhill than usual (methods §6.1).
    pub fn makes_eccentric(&self, run: &Features, date: Date) -> bool {
        const STEEP_M: f64 = 200.0;
        const DAYS: i64 = 365;
        if run.descent_m < STEEP_M {
            return false;
        }
        let descents: Vec<f64> = self.within(DAYS, date).map(|run| run.descent_m).collect();
        let usual = quantile(&descents, 0.9).filter(|_| descents.len() >= BASELINE_RUNS);
        usual.is_some_and(|usual| run.descent_m >= 2.0 * usual)
    }

    /// Unlike anything of late, which leaves the legs sore: much longer, or back on trails (methods §6.1).
    pub fn makes_novel(&self, run: &Features, date: Date) -> bool {
        const FEW: usize = 3;
        const MONTH: i64 = 30;
        const LEAST_MIN: f64 = 45.0;
        if run.duration_min < LEAST_MIN {
            return false;
        }
        let month = || self.within(MONTH, date);
        let longest = month().map(|run| run.minutes).fold(0.0, f64::max);
        let longer = month().count() >= FEW && run.duration_min >= 1.3 * longest;
        let known_longer = self.runs.first().is_some_and(|first| day_number(date) - first.day >= MONTH);
        longer || run.trail && known_longer && !month().any(|run| run.trail)
    }
}
