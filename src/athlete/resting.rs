//! Resting heart rate (methods §5.2).

use super::estimate::{Basis, Estimate, Trust};
use super::known::Known;
use crate::physiology::{heart, statistics};
use jiff::ToSpan;
use std::ops::RangeInclusive;

/// Days of device settings whose median sets it.
const DAYS: i64 = 30;
/// Half-widths by what the value rests on, bpm (own choice).
const GIVEN: f64 = 3.0;
const DEVICE: f64 = 5.0;
const DEFAULT: f64 = 8.0;
/// The lowest minute of a run lies a little above, bpm.
const BELOW_LOWEST_BPM: f64 = 2.0;
/// A watch holds a resting heart rate within this, or it was never set.
const CREDIBLE: RangeInclusive<f64> = 25.0..=110.0;

/// Resting heart rate of a week.
pub(super) fn resting(known: &Known) -> Estimate {
    if let Some(value) = known.given.heart_rate_rest_bpm {
        return Estimate::new(value, GIVEN, Basis::Given, Trust::High);
    }
    let estimate = device(known).unwrap_or(Estimate::new(heart::DEFAULT_REST_BPM, DEFAULT, Basis::Assumed, Trust::Low));
    match known.lowest {
        Some((bpm, date)) if bpm - BELOW_LOWEST_BPM < estimate.value => {
            Estimate::new(bpm - BELOW_LOWEST_BPM, DEFAULT, Basis::LowestSeen { date }, Trust::Low)
        }
        _ => estimate,
    }
}

fn device(known: &Known) -> Option<Estimate> {
    let mut recent = known.settings.rest.between(known.end.saturating_sub((DAYS - 1).days()), known.end);
    recent.retain(|bpm| CREDIBLE.contains(bpm));
    let median = statistics::median(&recent);
    let of_month = median.map(|bpm| (bpm, Basis::DeviceMedian { files: recent.len() }));
    let latest = || known.settings.rest.at(known.end, None).filter(|(_, bpm)| CREDIBLE.contains(bpm));
    let (value, basis) = of_month.or_else(|| latest().map(|(date, bpm)| (bpm, Basis::Device { date })))?;
    Some(Estimate::new(value, DEVICE, basis, Trust::Medium))
}
