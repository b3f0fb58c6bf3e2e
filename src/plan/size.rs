//! How long each day's session is and what load it brings (methods §7.4).

use super::{
    Kind, State,
    race::{THRESHOLD_UNKNOWN_MPS, race_cost},
    state::{LoadPerHour, Usual},
};

const EASY_MIN: f64 = 40.0;
const HARD_MIN: f64 = 50.0;
const WALK_JOG_MIN: f64 = 25.0;
const CROSS_TRAIN_MIN: f64 = 30.0;
const SHAKEOUT_MIN: f64 = 20.0;

/// A recovery run is this share of an easy run, in steps of five minutes, between 20 and 45.
const RECOVERY_SHARE: f64 = 0.65;
const RECOVERY_STEP_MIN: f64 = 5.0;
const RECOVERY_RANGE_MIN: (f64, f64) = (20.0, 45.0);
/// On the busiest day and after a short night a recovery run is no longer than this.
const RECOVERY_SHORT_MIN: f64 = 30.0;

/// A long run is at most this many times the longest run of the last 30 days: beyond, injuries grow more frequent
/// (Schuster Brandt Frandsen et al. 2025, BJSM 59:1203).
const LONG_GROWTH: f64 = 1.10;
/// A runner who never ran long starts with this many easy runs in one.
const FIRST_LONG_IN_EASY: f64 = 1.5;

/// Minutes and load of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Duration in minutes; 0 on a day of rest.
    pub minutes: f64,
    /// Load in points.
    pub load: f64,
}

/// The size of a kind of day; `short` shortens a recovery run, `race_km` is the distance on a day of racing.
pub fn size(kind: Kind, state: &State, short: bool, race_km: Option<f64>) -> Size {
    let usual = &state.usual;
    if let (Kind::Race, Some(km)) = (kind, race_km) {
        let cost = race_cost(km, given(state.threshold_mps).unwrap_or(THRESHOLD_UNKNOWN_MPS));
        return Size { minutes: cost.minutes, load: cost.load };
    }
    let minutes = minutes(kind, usual, short);
    Size { minutes, load: minutes / 60.0 * load_per_h(kind, &usual.load_per_h) }
}

fn minutes(kind: Kind, usual: &Usual, short: bool) -> f64 {
    let easy = given(usual.easy_min).unwrap_or(EASY_MIN);
    match kind {
        Kind::Rest | Kind::Race => 0.0,
        Kind::Recovery => recovery_minutes(easy, short),
        Kind::Easy => easy,
        Kind::Long => long_minutes(usual, easy),
        Kind::Hard => given(usual.hard_min).unwrap_or(HARD_MIN),
        Kind::WalkJog => WALK_JOG_MIN,
        Kind::CrossTrain => CROSS_TRAIN_MIN,
        Kind::Shakeout => SHAKEOUT_MIN,
    }
}

fn recovery_minutes(easy_min: f64, short: bool) -> f64 {
    let steps = (RECOVERY_SHARE * easy_min / RECOVERY_STEP_MIN).round_ties_even();
    let (least, most) = RECOVERY_RANGE_MIN;
    (RECOVERY_STEP_MIN * steps).clamp(least, if short { RECOVERY_SHORT_MIN } else { most })
}

fn long_minutes(usual: &Usual, easy_min: f64) -> f64 {
    let allowed = given(usual.longest_30d_min).map(|longest| LONG_GROWTH * longest);
    match (given(usual.long_min), allowed) {
        (Some(own), Some(allowed)) => own.min(allowed),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => FIRST_LONG_IN_EASY * easy_min,
    }
}

/// Points per hour: the runner's own median, else a common value.
fn load_per_h(kind: Kind, own: &LoadPerHour) -> f64 {
    let (own, common) = match kind {
        Kind::Rest | Kind::Race => (None, 0.0),
        Kind::Recovery => (own.recovery, 45.0),
        Kind::Easy => (own.easy, 60.0),
        Kind::Long => (own.long, 62.0),
        Kind::Hard => (own.hard, 80.0),
        Kind::WalkJog => (own.walk_jog, 35.0),
        Kind::CrossTrain => (own.cross_train, 25.0),
        Kind::Shakeout => (own.shakeout, 45.0),
    };
    given(own).unwrap_or(common)
}

/// A duration, speed or rate that can be meant.
fn given(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite() && *v > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_runs_go_by_five_minutes_halves_to_even() {
        // 0.65 · 50 / 5 = 6.5 steps: to even, 6.
        assert_eq!(
            [10.0, 30.0, 45.0, 50.0, 54.0, 90.0].map(|easy| recovery_minutes(easy, false)),
            [20.0, 20.0, 30.0, 30.0, 35.0, 45.0]
        );
        assert_eq!(recovery_minutes(90.0, true), 30.0);
    }

    #[test]
    fn a_long_run_grows_by_a_tenth_at_most() {
        let long =
            |own, longest| long_minutes(&Usual { long_min: own, longest_30d_min: longest, ..Usual::default() }, 40.0);
        assert!((long(Some(100.0), Some(80.0)) - 88.0).abs() < 1e-9);
        assert_eq!(long(Some(100.0), Some(100.0)), 100.0);
        assert_eq!(long(Some(100.0), None), 100.0);
        assert_eq!(long(None, None), 60.0);
    }

    #[test]
    fn own_rates_and_durations_come_first() {
        let mut state = State::default();
        assert_eq!(size(Kind::Easy, &state, false, None), Size { minutes: 40.0, load: 40.0 });
        state.usual.easy_min = Some(30.0);
        state.usual.load_per_h.easy = Some(50.0);
        assert_eq!(size(Kind::Easy, &state, false, None), Size { minutes: 30.0, load: 25.0 });
        assert_eq!(size(Kind::Rest, &state, false, None), Size { minutes: 0.0, load: 0.0 });
    }
}
