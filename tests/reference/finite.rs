//! No formula answers NaN or an infinity, whatever finite numbers it is given.

use freshlegs::physiology::heart::{self, AgeFormula, TrimpWeight};
use freshlegs::physiology::statistics::{self, ramp};
use freshlegs::physiology::training::{self, Fitness, IntensityShares};
use freshlegs::physiology::{curve, effort, grade, hard};
use proptest::prelude::*;

/// Numbers as they come, and the ones on which divisions fail.
fn any_number() -> impl Strategy<Value = f64> {
    let odd =
        prop::sample::select(vec![0.0, -0.0, 1.0, -1.0, 30.0, 60.0, 190.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE]);
    prop_oneof![odd, 0.0..300.0, -1e4..1e4, prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO]
}

fn all_finite(values: impl IntoIterator<Item = Option<f64>>) -> Result<(), TestCaseError> {
    for (place, value) in values.into_iter().enumerate() {
        prop_assert!(value.is_none_or(f64::is_finite), "place {place}: {value:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn heart(a in any_number(), b in any_number(), c in any_number(), d in any_number()) {
        all_finite([
            heart::reserve(a, b, c),
            heart::trimp([a, b], c, d, a, TrimpWeight::MEN),
            heart::trimp([a], b, c, d, TrimpWeight::UNKNOWN),
            heart::heart_rate_load(a, b, c, d, TrimpWeight::WOMEN),
            Some(heart::recovery_ceiling_bpm(a, b, c)),
            Some(AgeFormula::Tanaka.max_bpm(a)),
            Some(AgeFormula::Gellish.max_bpm(a)),
            Some(AgeFormula::Nes.max_bpm(a)),
            heart::lthr_from_bests(Some(a), Some(b), None),
            Some(heart::lthr_default(a)),
        ])?;
    }

    #[test]
    fn one_run(a in any_number(), b in any_number(), c in any_number(), d in any_number()) {
        let seconds = [(Some(a), Some(b)), (Some(c), None), (Some(d), Some(a)), (None, Some(b))];
        all_finite([
            Some(grade::heart_rate_factor(a)),
            effort::ngp_mps(&[a, b, c]),
            effort::normalised_power_w(&[a]),
            effort::efficiency(a, b),
            effort::mean_efficiency(&seconds),
            effort::decoupling_of_halves(&seconds),
            effort::decoupling(&seconds.repeat(800)),
            effort::rtss(a, b, c),
            effort::power_load(a, b, c),
            effort::rpe_load(a, b),
            Some(effort::pace_calibration(&[(a, b), (c, d)].repeat(4))),
        ])?;
    }

    #[test]
    fn what_can_be_held(a in any_number(), b in any_number(), c in any_number(), d in any_number()) {
        let fit = curve::critical_speed(&[(a, b), (c, d), (b, c), (d, a)]);
        all_finite([
            fit.map(|fit| fit.speed_mps),
            fit.map(|fit| fit.reserve_m),
            fit.map(|fit| fit.r2),
            curve::riegel_time_s(a, b, c),
            curve::riegel_speed_mps(a, b),
            curve::v60_mps(a, b),
            curve::v60_robust_mps(&[a, b, c]),
            Some(curve::threshold_mps(a, Some(b), c)),
            Some(curve::threshold_of_usual_mps(a)),
            curve::recovery_ceiling_mps(Some(a), Some(b)),
            hard::race_distance_m(a),
        ])?;
    }

    #[test]
    fn days(a in any_number(), b in any_number(), c in any_number(), d in any_number()) {
        let loads = [a, b, c, d].repeat(7);
        let last = training::fitness_series(Fitness::start(&loads), &loads).pop().unwrap_or_default();
        let week = training::monotony(&loads[..7]);
        let shares = IntensityShares::of_seconds(a, b, c);
        all_finite([
            Some(last.ctl),
            Some(last.atl),
            Some(last.form()),
            Some(last.relative_form()),
            Some(training::ramp_limit(a)),
            Some(training::rest_cost(a)),
            Some(training::k_tau(a)),
            training::session_spike(a, b).map(|(ratio, _)| ratio),
            week.map(|week| week.monotony),
            week.map(|week| week.strain),
            shares.and_then(IntensityShares::polarization_index),
        ])?;
    }

    #[test]
    fn statistics_of_anything(values in prop::collection::vec(any_number(), 0..20), q in any_number()) {
        let points: Vec<(f64, f64)> = values.iter().copied().zip(values.iter().rev().copied()).collect();
        let line = statistics::theil_sen(&points);
        all_finite([
            statistics::mean(&values),
            statistics::standard_deviation(&values),
            statistics::median(&values),
            statistics::quantile(&values, q),
            line.map(|line| line.slope),
            line.and_then(|line| line.at(q)),
            line.and_then(|line| line.inverse(q)),
            Some(ramp(q, 0.0, 1.0)),
        ])?;
        let present: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        all_finite(statistics::trailing_mean_present(&present, 3))?;
        prop_assert!(hard::fast_segments(&present, q).iter().all(|segment| segment.end <= values.len()));
    }
}
