//! What is known of the athlete for one week.

use super::estimate::Trust;
use super::facts::{Bests, Facts};
use crate::physiology::statistics::{self, Line};
use crate::profile::AthleteSettings;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days of history that set a state: threshold speed and the heart-rate–speed line (methods §5.6).
pub(super) const STATE_DAYS: i64 = 90;
/// Days to either side that set a trait: maximal and threshold heart rate (methods §5).
pub(super) const TRAIT_DAYS: i64 = 365;
/// Sound runs needed before one of them can stand out.
const RUNS_TO_COMPARE: usize = 5;

/// The facts that count for one week, each list in order of time.
pub(super) struct Known<'a> {
    pub given: &'a AthleteSettings,
    /// The last day whose recordings are known, for states.
    pub end: Date,
    /// Heart rates before this day were another sensor's or another heart's.
    pub since: Option<Date>,
    /// The 90 days up to `end`.
    pub state: &'a [Facts],
    /// The year up to `end`.
    pub year: &'a [Facts],
    /// A year to either side, up to today, between two changes.
    pub traits: &'a [Facts],
    /// Heart rate over grade-adjusted speed, and the number of five-minute windows behind it.
    pub line: Option<(Line, usize)>,
    /// The lowest minute up to `end`.
    pub lowest: Option<(f64, Date)>,
    pub settings: &'a Settings,
}

impl<'a> Known<'a> {
    /// The facts of the days in `from..=to`.
    pub fn between(facts: &'a [Facts], from: Date, to: Date) -> &'a [Facts] {
        let start = facts.partition_point(|f| f.date < from);
        let end = facts.partition_point(|f| f.date <= to);
        &facts[start..end.max(start)]
    }

    pub fn plain_line(&self) -> Option<Line> {
        self.line.map(|(line, _)| line)
    }

    /// Best heart rates of the runs that may set a trait.
    pub fn sound_bests(&self) -> impl Iterator<Item = (&'a Facts, Bests)> + use<'a> {
        let line = self.plain_line();
        self.traits.iter().filter_map(move |f| Some((f, f.sound_bests(line)?)))
    }

    /// While evidence is cut off by a change it is thin.
    pub fn most_trust(&self) -> Trust {
        let is_cut = self.since.is_some_and(|since| since > self.end.saturating_sub(TRAIT_DAYS.days()));
        if is_cut { Trust::Low } else { Trust::High }
    }

    /// Usual grade-adjusted speed of all runs that may set a trait, m/s.
    pub fn usual_mps(&self) -> Option<f64> {
        let speeds: Vec<f64> = self.traits.iter().filter_map(|f| f.mean_mps).collect();
        statistics::median(&speeds)
    }

    /// What a run must exceed to stand out from the runner's other running; `None` with too few to compare.
    pub fn contrast(&self) -> Option<Contrast> {
        const BPM_ABOVE: f64 = 1.10;
        const MPS_ABOVE: f64 = 1.10;
        const LOWER_QUARTER: f64 = 0.25;
        let line = self.plain_line();
        let bpm: Vec<f64> = self.traits.iter().filter_map(|f| f.threshold_bpm(line)).collect();
        let mps: Vec<f64> = self.traits.iter().filter_map(|f| f.v60_mps).collect();
        let usual_bpm = statistics::quantile(&bpm, LOWER_QUARTER).filter(|_| bpm.len() >= RUNS_TO_COMPARE)?;
        Some(Contrast {
            bpm: BPM_ABOVE * usual_bpm,
            mps: statistics::quantile(&mps, LOWER_QUARTER).map(|usual| MPS_ABOVE * usual),
        })
    }
}

/// Where effort begins that the runner's usual runs don't show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contrast {
    bpm: f64,
    mps: Option<f64>,
}

impl Contrast {
    /// Higher in heart rate, and faster where the pace is known, than the runner's easier runs.
    pub fn is_hard(&self, facts: &Facts, threshold_bpm: f64) -> bool {
        let faster = facts.v60_mps.zip(self.mps).is_none_or(|(mps, limit)| mps >= limit);
        threshold_bpm >= self.bpm && faster
    }
}

/// What the watches were set to, in order of time: those of running files, and of others only if there are none.
#[derive(Default)]
pub(super) struct Settings {
    pub max: Readings,
    pub threshold: Readings,
    pub rest: Readings,
    pub age: Readings,
}

/// One setting by day.
#[derive(Default)]
pub(super) struct Readings(Vec<(Date, f64)>);

impl Settings {
    pub fn of(facts: &[Facts]) -> Settings {
        let readings = |pick: fn(&Facts) -> Option<f64>| {
            let of = |running: bool| -> Vec<(Date, f64)> {
                let some = facts.iter().filter(|f| f.is_run || !running);
                some.filter_map(|f| Some((f.date, pick(f)?))).collect()
            };
            let running = of(true);
            Readings(if running.is_empty() { of(false) } else { running })
        };
        Settings {
            max: readings(|f| f.settings.heart_rate_max_bpm),
            threshold: readings(|f| f.settings.heart_rate_threshold_bpm),
            rest: readings(|f| f.settings.heart_rate_rest_bpm),
            age: readings(|f| f.settings.age_years),
        }
    }
}

impl Readings {
    /// The latest up to `end` and not before `since`; the first after it where there is none.
    pub fn at(&self, end: Date, since: Option<Date>) -> Option<(Date, f64)> {
        let after = self.0.partition_point(|(date, _)| *date <= end);
        let known = after.checked_sub(1).map(|i| self.0[i]).or_else(|| self.0.get(after).copied());
        known.filter(|(date, _)| since.is_none_or(|since| *date >= since))
    }

    /// The values of the days in `from..=to`.
    pub fn between(&self, from: Date, to: Date) -> Vec<f64> {
        let start = self.0.partition_point(|(date, _)| *date < from);
        let days = self.0[start..].iter().take_while(|(date, _)| *date <= to);
        days.map(|(_, value)| *value).collect()
    }
}
