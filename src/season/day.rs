//! Calendar days: load, fitness, fatigue and form (methods §4).

use crate::daily::Daily;
use crate::physiology::training;
use jiff::civil::Date;

/// One calendar day; there is one for every day from the first activity on.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The local day.
    pub date: Date,
    /// Load of all activities that began on this local day, points.
    pub load: f64,
    /// Chronic training load (CTL) in the evening, points.
    pub fitness: f64,
    /// Acute training load (ATL) in the evening, points.
    pub fatigue: f64,
    /// Yesterday's fitness minus yesterday's fatigue: how fresh the morning is, points.
    pub form_morning: f64,
    /// The same in percent of fitness (at least 20).
    pub form_relative: f64,
    /// Change of fitness in seven days, points; `None` in the first week.
    pub ramp: Option<f64>,
    /// Mean over spread of the last seven loads, 0..=10; `None` in the first six days.
    pub monotony: Option<f64>,
    /// Last seven days' load times monotony.
    pub strain: Option<f64>,
    /// The first 42 days of a history, or after as many without load: fitness shows its start here and means little.
    pub warming_up: bool,
}

impl Day {
    /// Enough days are on file, and enough load, for fitness and form to mean something.
    pub fn is_settled(&self) -> bool {
        !self.warming_up && self.fitness >= training::LEAST_FITNESS
    }

    /// One value for every day of `daily`.
    pub(super) fn all(daily: &Daily) -> Vec<Day> {
        let days = daily.dates().enumerate().map(|(i, date)| {
            let evening = daily.evenings[i];
            let morning = daily.morning(date);
            let week = (i >= 6).then(|| training::monotony(&daily.loads[i - 6..=i])).flatten();
            let week_ago = i.checked_sub(7).map(|j| daily.evenings[j].ctl);
            Day {
                date,
                load: daily.loads[i],
                fitness: evening.ctl,
                fatigue: evening.atl,
                form_morning: morning.form(),
                form_relative: morning.relative_form(),
                ramp: week_ago.map(|ctl| evening.ctl - ctl),
                monotony: week.map(|w| w.monotony),
                strain: week.map(|w| w.strain),
                warming_up: daily.is_settling(i),
            }
        });
        days.collect()
    }
}
