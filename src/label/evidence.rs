//! Evidence as data: what was measured, what it was held against, and what it did to the verdict.

use super::RecoveryPrompt;
use crate::rule::Source;
use crate::units::{Bpm, Speed};
use std::fmt;

/// The six things that make a recovery run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Mean heart rate under the ceiling, and under the runner's usual easy one.
    Intensity,
    /// Hardly any time above the first threshold.
    Excursions,
    /// Slower than usual, and far from the threshold.
    Pace,
    /// Short.
    Duration,
    /// Little load for this runner.
    Load,
    /// A day that calls for it.
    Context,
}

/// What exactly was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Mean heart rate against the recovery ceiling, bpm.
    HeartRateToCeiling,
    /// Mean heart rate against the runner's usual easy one, bpm.
    HeartRateToUsual,
    /// Share of the time above the first threshold, 0..=1.
    ShareAboveLt1,
    /// Share of the time faster than easy pace, 0..=1.
    ShareFast,
    /// Grade-adjusted speed against the usual one, m/s.
    SpeedToUsual,
    /// Grade-adjusted speed against threshold speed, m/s.
    SpeedToThreshold,
    /// Minutes against the usual ones.
    MinutesToUsual,
    /// Minutes, while nothing is usual yet.
    Minutes,
    /// Load against fitness, points.
    LoadToFitness,
    /// How much the days before call for it, 0..=1.
    DaysBefore,
    /// Seconds of fast running.
    FastSeconds,
    /// Share of the time at the threshold heart rate or above, 0..=1.
    ShareAtThreshold,
    /// Mean heart rate against the first threshold, bpm.
    HeartRateToLt1,
}

/// How a criterion enters the verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// It adds to the score: its weight among all that could be judged, how far it was met (0..=1), and the points of 100
    /// that it added.
    Scored { weight: f64, met: f64, points: f64 },
    /// A limit beside the score.
    Gate { passed: bool },
}

/// One criterion of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub criterion: Criterion,
    pub measure: Measure,
    /// In the unit of the measure, as are the next four.
    pub value: f64,
    /// What it is held against.
    pub limit: f64,
    /// One standard deviation of what the limit may be off by; 0 where it is exact.
    pub half_width: f64,
    /// How far the value lies on the gentle side of the limit; negative beyond it.
    pub margin: f64,
    /// Where the measure is fully met, and where not at all.
    pub full: f64,
    pub none: f64,
    pub role: Role,
    pub source: Source,
}

impl Evidence {
    /// The limit less and plus its half-width.
    pub fn interval(&self) -> (f64, f64) {
        (self.limit - self.half_width, self.limit + self.half_width)
    }

    /// Standard deviations from the limit, positive on the gentle side; the whole margin where the limit is exact.
    pub fn sigmas(&self) -> f64 {
        if self.half_width > 0.0 { self.margin / self.half_width } else { self.margin.signum() * f64::INFINITY }
    }
}

impl Criterion {
    pub const ALL: [Criterion; 6] = [
        Criterion::Intensity,
        Criterion::Excursions,
        Criterion::Pace,
        Criterion::Duration,
        Criterion::Load,
        Criterion::Context,
    ];
}

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Criterion::Intensity => "heart rate",
            Criterion::Excursions => "time above easy",
            Criterion::Pace => "pace",
            Criterion::Duration => "duration",
            Criterion::Load => "load",
            Criterion::Context => "days before",
        })
    }
}

/// Prints the number with its meaning: `6:25 /km, 4 % slower than your usual 6:10 /km`.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Evidence { value, limit, .. } = *self;
        match self.measure {
            Measure::HeartRateToCeiling => {
                write!(
                    f,
                    "mean heart rate {}, {} your recovery limit of {}",
                    Bpm(value),
                    beside(value, limit),
                    Bpm(limit)
                )
            }
            Measure::HeartRateToUsual => match beats_apart(value, limit) {
                0.0 => write!(f, "heart rate as usual ({})", Bpm(limit)),
                _ => write!(f, "heart rate {} your usual {}", beside(value, limit), Bpm(limit)),
            },
            Measure::HeartRateToLt1 => {
                write!(f, "mean heart rate {}, {} the limit of {}", Bpm(value), beside(value, limit), Bpm(limit))
            }
            Measure::ShareAboveLt1 => write!(f, "{} of the time above easy", percent(value)),
            Measure::ShareFast => write!(f, "{} of the time faster than easy pace", percent(value)),
            Measure::ShareAtThreshold => write!(f, "{} of the time at threshold or above", percent(value)),
            Measure::SpeedToUsual => match compared(value, limit, "faster", "slower") {
                Some(words) => write!(f, "{}, {words} than your usual {}", Speed(value), Speed(limit)),
                None => write!(f, "{}, as usual", Speed(value)),
            },
            Measure::SpeedToThreshold => write!(f, "{} of your threshold speed", percent(value / limit)),
            Measure::MinutesToUsual => match compared(value, limit, "longer", "shorter") {
                Some(words) => write!(f, "{value:.0} min, {words} than your usual {limit:.0}"),
                None => write!(f, "{value:.0} min, as usual"),
            },
            Measure::Minutes => write!(f, "{value:.0} min"),
            Measure::LoadToFitness => write!(f, "load {value:.0} at a fitness of {limit:.0}"),
            Measure::DaysBefore => write!(f, "the days before call for it by {}", percent(value)),
            Measure::FastSeconds => write!(f, "{value:.0} s of fast running"),
        }
    }
}

fn beats_apart(value: f64, limit: f64) -> f64 {
    (value.round() - limit.round()).abs()
}

fn beside(value: f64, limit: f64) -> String {
    match beats_apart(value, limit) {
        0.0 => "at".to_owned(),
        beats if value < limit => format!("{beats:.0} bpm below"),
        beats => format!("{beats:.0} bpm above"),
    }
}

/// `11 % longer`; `None` within 3 %, which is as usual.
fn compared(value: f64, usual: f64, more: &str, less: &str) -> Option<String> {
    const AS_USUAL: f64 = 0.03;
    let difference = value / usual - 1.0;
    let word = if difference > 0.0 { more } else { less };
    (difference.abs() >= AS_USUAL).then(|| format!("{} {word}", percent(difference.abs())))
}

pub(super) fn percent(fraction: f64) -> String {
    format!("{:.0} %", 100.0 * fraction)
}

impl fmt::Display for RecoveryPrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            RecoveryPrompt::AfterRace { days, of_days } => write!(f, "day {days} of {of_days} after a race"),
            RecoveryPrompt::AfterHard { hours, label, .. } if label.is_hard() => {
                write!(f, "{hours:.0} h after {}", label.with_article())
            }
            RecoveryPrompt::AfterHard { hours, .. } => write!(f, "{hours:.0} h after an unusually hard run"),
            RecoveryPrompt::LowForm { form_relative } => write!(f, "form was low that morning ({form_relative:.0} %)"),
            RecoveryPrompt::Nothing => f.write_str("no hard session in the days before"),
        }
    }
}
