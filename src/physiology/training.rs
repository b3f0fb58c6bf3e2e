//! Loads added up over days: fitness, fatigue and form, how fast they grow, how they are spread (methods §4).
//!
//! Everything counts calendar days; a day without a run has load 0.

use super::statistics::{finite, mean, ratio, standard_deviation};
use std::fmt;

/// Time constant of fitness (CTL), days.
pub const FITNESS_DAYS: f64 = 42.0;
/// Time constant of fatigue (ATL), days.
pub const FATIGUE_DAYS: f64 = 7.0;
/// Days after the start of a history, or after as many without load, in which fitness shows the start rather than the runner.
pub const SETTLING_DAYS: usize = 42;
/// Below this fitness, points, form is a fraction of next to nothing.
pub const LEAST_FITNESS: f64 = 15.0;
/// Days whose loads make the start.
const START_DAYS: usize = 28;
/// Below this fitness, form is judged as if fitness were this much.
const LEAST_CTL_FOR_FORM: f64 = 20.0;
const MONOTONY_CAP: f64 = 10.0;

/// Daily gain of an exponentially weighted mean with time constant `days`: `1 - e^(-1/days)`; 1 without inertia.
///
/// ```
/// use freshlegs::physiology::training::{FATIGUE_DAYS, FITNESS_DAYS, k_tau};
/// assert!((k_tau(FITNESS_DAYS) - 0.023_53).abs() < 1e-5);
/// assert!((k_tau(FATIGUE_DAYS) - 0.133_12).abs() < 1e-5);
/// ```
pub fn k_tau(days: f64) -> f64 {
    if days > 0.0 { 1.0 - (-1.0 / days).exp() } else { 1.0 }
}

/// Fitness (CTL) and fatigue (ATL) at the end of a day, in points a day (Banister's model as all training logs compute it).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fitness {
    /// Fitness: load by an exponential mean of 42 days, points a day.
    pub ctl: f64,
    /// Fatigue: the same of 7 days.
    pub atl: f64,
}

impl Fitness {
    /// Where a history begins: fitness and fatigue as if its first 28 days had always been so; days that are not there
    /// count as rest, so that one run is not a fitness.
    ///
    /// ```
    /// use freshlegs::physiology::training::Fitness;
    /// // Four runs of 70 points in the first 28 days: 10 points a day.
    /// let start = Fitness::start(&[70.0, 70.0, 70.0, 70.0]);
    /// assert!((start.ctl - 10.0).abs() < 1e-9);
    /// ```
    pub fn start(daily_loads: &[f64]) -> Self {
        let first = &daily_loads[..daily_loads.len().min(START_DAYS)];
        let mean = first.iter().map(|load| load.max(0.0) / START_DAYS as f64).sum::<f64>();
        let start = finite(mean).unwrap_or(f64::MAX);
        Fitness { ctl: start, atl: start }
    }

    /// The evening of the next day, which brings this load; a negative load counts as none.
    ///
    /// ```
    /// use freshlegs::physiology::training::Fitness;
    /// let rested = Fitness { ctl: 50.0, atl: 70.0 }.step(0.0);
    /// assert!((rested.ctl - 48.824).abs() < 1e-3);
    /// assert!((rested.atl - 60.681).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn step(self, load: f64) -> Self {
        let towards = |value: f64, days: f64| value * (1.0 - k_tau(days)) + load.max(0.0) * k_tau(days);
        Fitness { ctl: towards(self.ctl, FITNESS_DAYS), atl: towards(self.atl, FATIGUE_DAYS) }
    }

    /// Form (TSB) of the following morning: fitness less fatigue, in points.
    ///
    /// ```
    /// use freshlegs::physiology::training::Fitness;
    /// assert_eq!(Fitness { ctl: 50.0, atl: 70.0 }.form(), -20.0);
    /// ```
    pub fn form(self) -> f64 {
        self.ctl - self.atl
    }

    /// Form of the following morning as if fitness were 100, so that small volumes get usable zones: `100·form/max(ctl, 20)`.
    ///
    /// ```
    /// use freshlegs::physiology::training::Fitness;
    /// assert_eq!(Fitness { ctl: 50.0, atl: 70.0 }.relative_form(), -40.0);
    /// ```
    pub fn relative_form(self) -> f64 {
        // Held below infinity for absurd loads.
        (self.form() / self.ctl.max(LEAST_CTL_FOR_FORM) * 100.0).clamp(f64::MIN, f64::MAX)
    }
}

/// Fitness at the end of each day, from `start` on the evening before the first.
///
/// ```
/// use freshlegs::physiology::training::{Fitness, fitness_series};
/// let week = fitness_series(Fitness { ctl: 50.0, atl: 70.0 }, &[0.0; 7]);
/// assert!((week[6].ctl - 42.324).abs() < 1e-3);
/// ```
pub fn fitness_series(start: Fitness, daily_loads: &[f64]) -> Vec<Fitness> {
    let evenings = daily_loads.iter().scan(start, |state, load| {
        *state = state.step(*load);
        Some(*state)
    });
    evenings.collect()
}

/// What relative form says about a morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FormZone {
    Overload,
    Productive,
    Neutral,
    Fresh,
    /// Long rested; fitness is going.
    Transition,
}

impl FormZone {
    /// Zone of a relative form in points: < -30, < -10, <= 5, <= 25, above (bounds as in Elevate).
    ///
    /// ```
    /// use freshlegs::physiology::training::FormZone;
    /// assert_eq!(FormZone::of(-20.0), FormZone::Productive);
    /// ```
    pub fn of(relative_form: f64) -> Self {
        match relative_form {
            f if f < -30.0 => FormZone::Overload,
            f if f < -10.0 => FormZone::Productive,
            f if f <= 5.0 => FormZone::Neutral,
            f if f <= 25.0 => FormZone::Fresh,
            _ => FormZone::Transition,
        }
    }
}

impl fmt::Display for FormZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            FormZone::Overload => "overload",
            FormZone::Productive => "productive",
            FormZone::Neutral => "neutral",
            FormZone::Fresh => "fresh",
            FormZone::Transition => "transition",
        })
    }
}

/// How much fitness may rise in seven days when days are planned: 8 % of it, 3 to 6 points.
///
/// ```
/// use freshlegs::physiology::training::ramp_limit;
/// assert!((ramp_limit(60.0) - 4.8).abs() < 1e-9);
/// ```
pub fn ramp_limit(ctl: f64) -> f64 {
    (0.08 * ctl).clamp(3.0, 6.0)
}

/// Share of fitness that so many days of complete rest cost in the model: `1 - e^(-days/42)`.
///
/// ```
/// use freshlegs::physiology::training::rest_cost;
/// // A week without running: 15 % of fitness.
/// assert!((rest_cost(7.0) - 0.1535).abs() < 1e-4);
/// ```
pub fn rest_cost(days: f64) -> f64 {
    1.0 - (-days.max(0.0) / FITNESS_DAYS).exp()
}

/// How far one run outgrew the longest of the previous 30 days
/// (Schuster Brandt Frandsen et al. 2025, BJSM 59:1203).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum SpikeClass {
    None,
    Small,
    Moderate,
    Large,
}

impl SpikeClass {
    /// Class of the ratio distance / longest of 30 days: up to 1.10, 1.30, 2.0, above.
    ///
    /// ```
    /// use freshlegs::physiology::training::SpikeClass;
    /// assert_eq!(SpikeClass::of(1.5), SpikeClass::Moderate);
    /// ```
    pub fn of(ratio: f64) -> Self {
        match ratio {
            r if r <= 1.10 => SpikeClass::None,
            r if r <= 1.30 => SpikeClass::Small,
            r if r <= 2.0 => SpikeClass::Moderate,
            _ => SpikeClass::Large,
        }
    }
}

impl fmt::Display for SpikeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            SpikeClass::None => "none",
            SpikeClass::Small => "small",
            SpikeClass::Moderate => "moderate",
            SpikeClass::Large => "large",
        })
    }
}

/// Distance over the longest run of the previous 30 days, and its class; `None` without such a run.
///
/// ```
/// use freshlegs::physiology::training::{SpikeClass, session_spike};
/// let (ratio, class) = session_spike(22_000.0, 18_000.0).unwrap();
/// assert!((ratio - 1.222).abs() < 1e-3);
/// assert_eq!(class, SpikeClass::Small);
/// ```
pub fn session_spike(distance_m: f64, longest_30_days_m: f64) -> Option<(f64, SpikeClass)> {
    let longest = Some(longest_30_days_m).filter(|m| *m > 0.0)?;
    ratio(distance_m, longest).map(|ratio| (ratio, SpikeClass::of(ratio)))
}

/// How alike the days of a week are, and what the week weighs for it (Foster 1998, MSSE 30:1164).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monotony {
    /// Mean over standard deviation of the daily loads, 0..=10; from 2 on a warning.
    pub monotony: f64,
    /// Sum of the loads times monotony.
    pub strain: f64,
}

/// Monotony and strain of these days, as a rule seven; `None` of nothing.
///
/// ```
/// use freshlegs::physiology::training::monotony;
/// let week = monotony(&[0.0, 65.0, 30.0, 85.0, 0.0, 45.0, 125.0]).unwrap();
/// assert!((week.monotony - 1.183).abs() < 1e-3);
/// assert!((week.strain - 414.13).abs() < 0.01);
/// ```
pub fn monotony(daily_loads: &[f64]) -> Option<Monotony> {
    let (centre, spread) = (mean(daily_loads)?, standard_deviation(daily_loads)?);
    let monotony =
        if centre <= 0.0 { 0.0 } else { ratio(centre, spread).map_or(MONOTONY_CAP, |m| m.min(MONOTONY_CAP)) };
    Some(Monotony { monotony, strain: finite(daily_loads.iter().sum::<f64>() * monotony)? })
}

/// Shares of time below the first threshold, between the two and above the second (Seiler's three zones).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntensityShares {
    /// Below the first threshold, 0..=1.
    pub low: f64,
    /// Between the two, 0..=1.
    pub middle: f64,
    /// Above the second, 0..=1.
    pub high: f64,
}

/// How training is spread over the three zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IntensityClass {
    Base,
    Polarized,
    Pyramidal,
    Threshold,
    HighIntensity,
}

/// Stands in for an empty middle zone, and is taken from the high one.
const EMPTY_MIDDLE: f64 = 0.01;

impl IntensityShares {
    /// Shares of these seconds; `None` of no time at all.
    ///
    /// ```
    /// use freshlegs::physiology::training::IntensityShares;
    /// let shares = IntensityShares::of_seconds(2880.0, 180.0, 540.0).unwrap();
    /// assert_eq!(shares, IntensityShares { low: 0.80, middle: 0.05, high: 0.15 });
    /// ```
    pub fn of_seconds(low_s: f64, middle_s: f64, high_s: f64) -> Option<Self> {
        let total = Some(low_s + middle_s + high_s).filter(|total| *total > 0.0)?;
        Some(IntensityShares {
            low: ratio(low_s, total)?,
            middle: ratio(middle_s, total)?,
            high: ratio(high_s, total)?,
        })
    }

    /// Polarization index `log10(low/middle·high·100)` (Treff et al. 2019, Front Physiol 10:707).
    ///
    /// 0 where nothing was hard; `None` where more was hard than easy.
    ///
    /// ```
    /// use freshlegs::physiology::training::IntensityShares;
    /// let shares = IntensityShares { low: 0.80, middle: 0.05, high: 0.15 };
    /// assert!((shares.polarization_index().unwrap() - 2.380).abs() < 1e-3);
    /// ```
    pub fn polarization_index(self) -> Option<f64> {
        if self.high > self.low {
            return None;
        }
        let empty = self.middle <= 0.0;
        let (middle, high) = if empty { (EMPTY_MIDDLE, self.high - EMPTY_MIDDLE) } else { (self.middle, self.high) };
        if high <= 0.0 { Some(0.0) } else { finite((self.low / middle * high * 100.0).log10()) }
    }

    /// The first of base, polarized, pyramidal, threshold and high-intensity that fits, else pyramidal.
    ///
    /// ```
    /// use freshlegs::physiology::training::{IntensityClass, IntensityShares};
    /// let shares = IntensityShares { low: 0.75, middle: 0.20, high: 0.05 };
    /// assert_eq!(shares.class(), IntensityClass::Pyramidal);
    /// ```
    pub fn class(self) -> IntensityClass {
        const NOTHING_HARD: f64 = 0.01;
        const POLARIZED_ABOVE: f64 = 2.0;
        let IntensityShares { low, middle, high } = self;
        let polarized = self.polarization_index().is_some_and(|index| index > POLARIZED_ABOVE);
        if high < NOTHING_HARD && low > middle {
            IntensityClass::Base
        } else if polarized && low > high && high > middle {
            IntensityClass::Polarized
        } else if low > middle && middle > high {
            IntensityClass::Pyramidal
        } else if middle > low && middle > high {
            IntensityClass::Threshold
        } else if high > low && high > middle {
            IntensityClass::HighIntensity
        } else {
            IntensityClass::Pyramidal
        }
    }
}

impl fmt::Display for IntensityClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            IntensityClass::Base => "base",
            IntensityClass::Polarized => "polarised",
            IntensityClass::Pyramidal => "pyramidal",
            IntensityClass::Threshold => "threshold",
            IntensityClass::HighIntensity => "high intensity",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_starts_from_its_first_four_weeks() {
        assert_eq!(Fitness::start(&[0.0; 90]), Fitness::default());
        assert_eq!(Fitness::start(&[28.0; 400]), Fitness { ctl: 28.0, atl: 28.0 });
        assert_eq!(Fitness::start(&[56.0]), Fitness { ctl: 2.0, atl: 2.0 }, "one run is not a fitness of 56");
        assert_eq!(Fitness::start(&[]), Fitness::default());
    }

    #[test]
    fn a_steady_load_becomes_fitness() {
        let last = fitness_series(Fitness::default(), &[50.0; 1000]).pop().unwrap();
        assert!((last.ctl - 50.0).abs() < 1e-6 && last.form().abs() < 1e-6, "{last:?}");
    }

    #[test]
    fn small_fitness_does_not_blow_form_up() {
        assert_eq!(Fitness { ctl: 5.0, atl: 15.0 }.relative_form(), -50.0);
    }

    #[test]
    fn intensity_classes() {
        let class = |low, middle, high| IntensityShares { low, middle, high }.class();
        assert_eq!(class(0.95, 0.05, 0.0), IntensityClass::Base);
        assert_eq!(class(0.80, 0.05, 0.15), IntensityClass::Polarized);
        assert_eq!(class(0.75, 0.20, 0.05), IntensityClass::Pyramidal);
        assert_eq!(class(0.30, 0.60, 0.10), IntensityClass::Threshold);
        assert_eq!(class(0.30, 0.20, 0.50), IntensityClass::HighIntensity);
        assert_eq!(class(0.40, 0.40, 0.20), IntensityClass::Pyramidal);
        assert_eq!(IntensityShares::of_seconds(0.0, 0.0, 0.0), None);
        assert_eq!(
            IntensityShares::of_seconds(30.0, 20.0, 50.0),
            Some(IntensityShares { low: 0.3, middle: 0.2, high: 0.5 })
        );
    }

    #[test]
    fn nothing_to_compare_with() {
        assert_eq!(session_spike(10_000.0, 0.0), None);
        assert_eq!(monotony(&[]), None);
    }
}
