//! The past and the plan as one row of days, with what can be asked of it.

use crate::plan::{Kind, Plan, PlanInputs, PlannedDay};
use jiff::ToSpan;
use jiff::civil::Date;

pub(super) fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

pub(super) fn monday_of(date: Date) -> Date {
    date - i64::from(date.weekday().to_monday_zero_offset()).days()
}

/// The past and the plan as one row of days.
pub(super) struct PlanStory<'a> {
    pub(super) inputs: &'a PlanInputs,
    pub(super) first: Date,
    pub(super) kinds: Vec<Kind>,
    pub(super) taxing: Vec<bool>,
    pub(super) longest_min: Vec<f64>,
    pub(super) longest_km: Vec<f64>,
    pub(super) race_km: Vec<Option<f64>>,
    pub(super) minutes: Vec<f64>,
}

impl<'a> PlanStory<'a> {
    pub(super) fn of(inputs: &'a PlanInputs, plan: &Plan) -> PlanStory<'a> {
        let first = inputs.start - (inputs.past.len() as i64).days();
        let race_km = |day: &PlannedDay| {
            (day.kind == Kind::Race).then(|| {
                let entered = inputs.races.iter().filter(|race| race.date == day.date).map(|race| race.distance_km);
                entered.reduce(f64::max).unwrap_or(5.0)
            })
        };
        let trains = |day: &&PlannedDay| day.kind.is_run() && day.kind != Kind::Race;
        let km = |day: &PlannedDay| {
            let share = match day.kind {
                Kind::Hard => 1.08,
                Kind::Recovery | Kind::Shakeout => 0.93,
                Kind::WalkJog => 0.65,
                _ => 1.0,
            };
            Some(day).filter(trains).map_or(0.0, |d| d.minutes() * 60.0 * 2.75 * share / 1000.0)
        };
        let days = &plan.days;
        PlanStory {
            inputs,
            first,
            kinds: inputs.past.iter().map(|d| d.kind).chain(days.iter().map(|d| d.kind)).collect(),
            taxing: inputs
                .past
                .iter()
                .map(|d| d.taxing || d.kind.is_taxing())
                .chain(days.iter().map(|d| d.kind.is_taxing()))
                .collect(),
            longest_min: inputs
                .past
                .iter()
                .map(|d| d.longest_min)
                .chain(days.iter().map(|d| Some(d).filter(trains).map_or(0.0, PlannedDay::minutes)))
                .collect(),
            longest_km: inputs.past.iter().map(|d| d.longest_km).chain(days.iter().map(km)).collect(),
            race_km: inputs.past.iter().map(|d| d.race_km).chain(days.iter().map(race_km)).collect(),
            minutes: inputs.past.iter().map(|d| d.minutes).chain(days.iter().map(PlannedDay::run_minutes)).collect(),
        }
    }

    pub(super) fn start(&self) -> usize {
        self.inputs.past.len()
    }

    pub(super) fn date(&self, i: usize) -> Date {
        self.first + (i as i64).days()
    }

    pub(super) fn entered(&self, i: usize) -> bool {
        self.inputs.races.iter().any(|race| race.date == self.date(i))
    }

    /// Runs after at least eight days without one: place of the first run, and days without.
    pub(super) fn breaks(&self) -> Vec<(usize, usize)> {
        let runs: Vec<usize> = (0..self.kinds.len()).filter(|i| self.kinds[*i].is_run()).collect();
        runs.windows(2).filter(|p| p[1] - p[0] > 8).map(|p| (p[1], p[1] - p[0] - 1)).collect()
    }

    /// Share of the habit allowed at a place by a break, if any.
    pub(super) fn share(&self, i: usize) -> Option<(f64, usize, usize)> {
        let of = |(from, gap): &(usize, usize)| {
            let day = i.checked_sub(*from)? as f64;
            let g = *gap as f64;
            let stages: Vec<(f64, f64)> = match gap {
                ..=28 => vec![(0.5, g / 2.0), (0.75, g / 2.0)],
                29..=56 => vec![(0.33, g / 3.0), (0.5, g / 3.0), (0.75, g / 3.0)],
                _ => vec![(0.33, 21.0), (0.5, 21.0), (0.7, 21.0), (0.85, 21.0)],
            };
            let mut end = 0.0;
            stages.iter().find_map(|(share, days)| {
                end += days;
                (day < end - 0.5).then_some((*share, *from, *gap))
            })
        };
        self.breaks().iter().filter_map(of).min_by(|a, b| a.0.total_cmp(&b.0))
    }
}
