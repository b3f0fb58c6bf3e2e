//! Threshold heart rate (methods §5.3).

use super::estimate::{Basis, Estimate, Trust};
use super::facts::Facts;
use super::known::Known;
use super::note::AthleteNote;
use crate::physiology::{heart, statistics};

/// Half-widths by what the value rests on, bpm. Watches are off by 9 to 11 bpm on average (Front Physiol 2025 16:1621996),
/// fixed shares by 5 to 7 (Nuuttila 2025, Eur J Appl Physiol 125:2161).
const GIVEN: f64 = 3.0;
const OWN: f64 = 4.0;
const DEVICE: f64 = 8.0;
const UNCONFIRMED: f64 = 8.0;
const DEFAULT: f64 = 9.0;

/// Threshold heart rate of a week.
pub(super) fn threshold(known: &Known, max: &Estimate, notes: &mut Vec<AthleteNote>) -> Estimate {
    if let Some(value) = known.given.heart_rate_threshold_bpm {
        return Estimate::new(value, GIVEN, Basis::Given, Trust::High);
    }
    let estimate = match (own(known, max), device(known, max, notes)) {
        (Some(own), Some(device)) if own.value < device.value => device,
        (Some(own), _) => own,
        (None, Some(device)) => device,
        (None, None) => Estimate::new(heart::lthr_default(max.value), DEFAULT, Basis::OfMax, Trust::Low),
    };
    estimate.at_most(known.most_trust())
}

fn device(known: &Known, max: &Estimate, notes: &mut Vec<AthleteNote>) -> Option<Estimate> {
    let (date, bpm) = known.settings.threshold.at(known.end, known.since)?;
    if !heart::device_lthr_is_plausible(bpm, max.value) {
        notes.push(AthleteNote::ThresholdIgnored { bpm, max_bpm: max.value });
        return None;
    }
    Some(Estimate::new(bpm, DEVICE, Basis::Device { date }, Trust::Medium))
}

/// The highest that the runner's own hard efforts suggest, if a second comes near it or it was the fastest of them too (no
/// sensor fails so); else the second.
fn own(known: &Known, max: &Estimate) -> Option<Estimate> {
    const CLOSE_BPM: f64 = 4.0;
    let found = candidates(known, max);
    let fastest = found.iter().filter_map(|c| c.1.v60_mps).reduce(f64::max);
    let highest = found.iter().reduce(|a, b| if b.0 > a.0 { b } else { a });
    let is_fastest = fastest.is_some() && highest.is_some_and(|highest| highest.1.v60_mps == fastest);
    let values: Vec<f64> = found.iter().map(|c| c.0).collect();
    let confirms = |first: f64, second: f64| is_fastest || first <= second + CLOSE_BPM;
    let value = statistics::highest_confirmed(&values, confirms)?;
    let date = found.iter().find(|c| c.0 == value).map(|c| c.1.date)?;
    // One alone counts if it was the fastest of many runs.
    let is_fastest_of_all =
        known.contrast().is_some() && known.traits.iter().filter_map(|f| f.v60_mps).reduce(f64::max) == fastest;
    let counts = found.len() > 1 || (is_fastest && is_fastest_of_all);
    let trust = if counts { Trust::Medium } else { Trust::Low };
    // How near to their limit such runs were is shown by a maximum that was reached, or was told.
    let shows_limit = max.trust > Trust::Low || found.iter().any(|(bpm, f)| *bpm == value && f.is_stated_hard);
    let half_width = if found.len() > 1 && shows_limit { OWN } else { UNCONFIRMED };
    Some(Estimate::new(value, half_width, Basis::BestHeartRate { date }, trust))
}

/// What each run suggests, where that fits the maximum. While the maximum is little more than a formula, how high a heart
/// rate is says nothing by itself: then only runs count that were meant to be hard, or that stand out from the others.
fn candidates<'a>(known: &Known<'a>, max: &Estimate) -> Vec<(f64, &'a Facts)> {
    let line = known.plain_line();
    let is_formula = max.trust == Trust::Low;
    let contrast = if is_formula { known.contrast() } else { None };
    let fits = |bpm: f64| heart::lthr_is_plausible(bpm, max.value, is_formula);
    let runs = known.traits.iter().filter_map(|f| Some((f, f.threshold_bpm(line).filter(|bpm| fits(*bpm))?)));
    let hard = runs.filter(|(f, bpm)| {
        !is_formula || f.is_stated_hard || contrast.is_some_and(|contrast| contrast.is_hard(f, *bpm))
    });
    hard.map(|(f, bpm)| (bpm, f)).collect()
}
