//! Hours until the next hard session (methods §7.1).

use super::Kind;

/// No session asks for more hours than this, as on Garmin's watches.
pub const HOURS_MAX: f64 = 96.0;
/// Hours asked for by each point of load relative to fitness.
const HOURS_PER_RELATIVE_LOAD: f64 = 15.0;
/// Fitness below this counts as this, so that a beginner's runs do not ask for days.
const FITNESS_MIN: f64 = 30.0;
/// A long run from this many minutes on asks for more.
const VERY_LONG_MIN: f64 = 120.0;
/// Added after a run with much descent.
const ECCENTRIC_H: f64 = 24.0;
/// Share of what was left from before that a hard session carries on.
const CARRIED: f64 = 0.5;
/// The most a gentle session asks for.
const GENTLE_H: f64 = 12.0;

/// How a session taxes the body, as far as recovery goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxingEffort {
    /// A race.
    Race,
    /// Repetitions above threshold.
    Intervals,
    /// A continuous stretch near threshold.
    Tempo,
    /// A long run.
    Long,
    /// Faster than easy, slower than tempo.
    Steady,
    /// An easy run.
    Easy,
    /// Recovery run, shakeout, walk and jog, cross-training or rest.
    Gentle,
}

impl From<Kind> for TaxingEffort {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Race => Self::Race,
            // What the runner will choose is not known: plan for the most tiring choice.
            Kind::Hard => Self::Intervals,
            Kind::Long => Self::Long,
            Kind::Easy => Self::Easy,
            Kind::Rest | Kind::Recovery | Kind::WalkJog | Kind::CrossTrain | Kind::Shakeout => Self::Gentle,
        }
    }
}

/// One session, as far as recovery goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaxingSession {
    /// How it taxes the body.
    pub effort: TaxingEffort,
    /// Load in points.
    pub load: f64,
    /// Duration in minutes.
    pub minutes: f64,
    /// Whether much of it was run downhill.
    pub eccentric: bool,
}

impl TaxingSession {
    /// Hours that the kind of session asks for by itself. Autonomic recovery takes up to 24 h after low, 24–48 h after
    /// threshold and 48 h or more after high intensity (Stanley, Peake & Buchheit 2013, Sports Med 43:1259).
    fn base_h(&self) -> f64 {
        match self.effort {
            TaxingEffort::Race => 72.0,
            TaxingEffort::Intervals => 48.0,
            TaxingEffort::Tempo => 36.0,
            TaxingEffort::Long if self.minutes >= VERY_LONG_MIN => 48.0,
            TaxingEffort::Long => 36.0,
            TaxingEffort::Steady => 24.0,
            TaxingEffort::Easy => 12.0,
            TaxingEffort::Gentle => 0.0,
        }
    }

    /// Hours until the next hard session, 0–96, counted from the start of this one, which began with `residual_h` left
    /// from before. `fitness` is the CTL before the session. «recovery_hours»
    pub fn recovery_h(&self, fitness: f64, age_years: Option<f64>, residual_h: f64) -> f64 {
        let load_h = HOURS_PER_RELATIVE_LOAD * self.load / fitness.max(FITNESS_MIN);
        let eccentric_h = if self.eccentric { ECCENTRIC_H } else { 0.0 };
        let own_h = (self.base_h().max(load_h) * age_factor(age_years) + eccentric_h).min(HOURS_MAX);
        match self.effort {
            TaxingEffort::Race | TaxingEffort::Intervals | TaxingEffort::Tempo | TaxingEffort::Long => {
                (own_h + CARRIED * residual_h).min(HOURS_MAX)
            }
            TaxingEffort::Steady | TaxingEffort::Easy => own_h.max(residual_h),
            TaxingEffort::Gentle => load_h.min(GENTLE_H).max(residual_h),
        }
    }
}

/// Older runners take longer: 1.0 below 40 years, 1.1 below 50, 1.2 below 60, else 1.3.
fn age_factor(age_years: Option<f64>) -> f64 {
    match age_years {
        Some(age) if age >= 60.0 => 1.3,
        Some(age) if age >= 50.0 => 1.2,
        Some(age) if age >= 40.0 => 1.1,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(effort: TaxingEffort, load: f64, minutes: f64) -> TaxingSession {
        TaxingSession { effort, load, minutes, eccentric: false }
    }

    #[test]
    fn age_lengthens_recovery_from_its_birthdays_on() {
        let hours = |age| session(TaxingEffort::Intervals, 80.0, 55.0).recovery_h(45.0, Some(age), 0.0);
        assert_eq!([39.9, 40.0, 50.0, 60.0].map(|age| (hours(age) * 10.0).round() / 10.0), [48.0, 52.8, 57.6, 62.4]);
    }

    #[test]
    fn a_gentle_day_never_lengthens_what_is_left_by_more_than_half_a_day() {
        let walk = session(TaxingEffort::Gentle, 500.0, 300.0);
        assert_eq!(walk.recovery_h(45.0, None, 0.0), 12.0);
        assert_eq!(walk.recovery_h(45.0, None, 40.0), 40.0);
    }

    #[test]
    fn no_session_asks_for_more_than_four_days() {
        let race = TaxingSession { effort: TaxingEffort::Race, load: 900.0, minutes: 600.0, eccentric: true };
        assert_eq!(race.recovery_h(45.0, Some(70.0), 96.0), HOURS_MAX);
    }
}
