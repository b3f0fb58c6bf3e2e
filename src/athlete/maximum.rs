//! Maximal heart rate (methods §5.1).

use super::estimate::{Basis, Estimate, Trust};
use super::known::Known;
use super::note::AthleteNote;
use crate::physiology::heart::{self, AgeFormula};
use crate::physiology::statistics;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// Half-widths by what the value rests on, bpm.
const GIVEN: f64 = 2.0;
const OWN_HARD: f64 = 4.0;
const OWN: f64 = 6.0;
const DEVICE: f64 = 6.0;
const BY_AGE: f64 = 10.0;
const NOTHING: f64 = 16.0;
/// A watch holds a maximum within this, or it was never set.
const CREDIBLE: RangeInclusive<f64> = 110.0..=225.0;
/// Two runs this far above a setting show that it is too low, bpm.
const EXCEEDED_BPM: f64 = 3.0;
/// The best 30 s lie a little below the maximum, bpm.
const ABOVE_BEST_BPM: f64 = 2.0;
/// A heart rate above this multiple of the maximum is the sensor's (methods §1.4).
pub(crate) const ABOVE_MAX: f64 = 1.08;

/// The highest 30 s that may be believed.
#[derive(Clone, Copy)]
struct SeenMaximum {
    bpm: f64,
    date: Date,
    /// It stands out from the runner's easier runs.
    stands_out: bool,
    /// And on two hard days a run came within 3 bpm of it.
    by_hard_days: bool,
}

/// Maximal heart rate of a week.
pub(super) fn maximum(known: &Known, age_years: Option<f64>, notes: &mut Vec<AthleteNote>) -> Estimate {
    let bests = bests(known);
    let seen = seen(known, &bests);
    let estimate = settled(known, age_years, seen, &bests, notes);
    let with_threshold = above_threshold(known, estimate);
    raised_by_held(known, with_threshold)
}

fn settled(
    known: &Known,
    age_years: Option<f64>,
    seen: Option<SeenMaximum>,
    bests: &[(f64, Date)],
    notes: &mut Vec<AthleteNote>,
) -> Estimate {
    let exceeds = |bpm: f64| {
        let seen = seen.filter(|_| bests.iter().filter(|(best, _)| *best >= bpm + EXCEEDED_BPM).count() >= 2)?;
        Some((seen.bpm + ABOVE_BEST_BPM, seen.date))
    };
    if let Some(given) = known.given.heart_rate_max_bpm {
        let Some((bpm, date)) = exceeds(given) else { return Estimate::new(given, GIVEN, Basis::Given, Trust::High) };
        notes.push(AthleteNote::GivenMaxExceeded { bpm: given, seen_bpm: bpm - ABOVE_BEST_BPM });
        return Estimate::new(bpm, OWN_HARD, Basis::GivenRaised { given, date }, Trust::Medium);
    }
    if let Some((date, bpm)) = known.settings.max.at(known.end, known.since) {
        match exceeds(bpm) {
            None if CREDIBLE.contains(&bpm) => {
                return Estimate::new(bpm, DEVICE, Basis::Device { date }, Trust::Medium).at_most(known.most_trust());
            }
            Some((seen_bpm, _)) if CREDIBLE.contains(&bpm) => {
                notes.push(AthleteNote::WatchMaxExceeded { bpm, seen_bpm: seen_bpm - ABOVE_BEST_BPM });
            }
            _ => notes.push(AthleteNote::MaxIgnored { bpm }),
        }
    }
    from_history(age_years, seen).at_most(known.most_trust())
}

/// The best 30 s of every sound run, the oldest first.
fn bests(known: &Known) -> Vec<(f64, Date)> {
    known.sound_bests().filter_map(|(f, [best, ..])| Some((best?, f.date))).collect()
}

fn seen(known: &Known, bests: &[(f64, Date)]) -> Option<SeenMaximum> {
    const CLOSE_BPM: f64 = 5.0;
    let values: Vec<f64> = bests.iter().map(|b| b.0).collect();
    let bpm = statistics::highest_confirmed(&values, |first, second| first <= second + CLOSE_BPM)?;
    let date = bests.iter().find(|b| b.0 == bpm).map(|b| b.1)?;
    let stands_out = stands_out(bpm, &values);
    Some(SeenMaximum { bpm, date, stands_out, by_hard_days: stands_out && hard_days(known, bpm) >= 2 })
}

/// Who jogs a little faster than usual at the usual heart rate is not at work: `bests` are the best 30 s of all runs.
fn stands_out(bpm: f64, bests: &[f64]) -> bool {
    const LOWER_QUARTER: f64 = 0.25;
    const ABOVE_EASY: f64 = 1.10;
    statistics::quantile(bests, LOWER_QUARTER).is_some_and(|easy| bpm >= ABOVE_EASY * easy)
}

/// Days on which a run that was meant to be hard, or fast for this runner, came within 3 bpm of `bpm`.
fn hard_days(known: &Known, bpm: f64) -> usize {
    const NEAR_BPM: f64 = 3.0;
    const FAST: f64 = 1.15;
    let usual = known.usual_mps();
    let is_fast = |mps: Option<f64>| mps.zip(usual).is_some_and(|(mps, usual)| mps >= FAST * usual);
    let near = known.sound_bests().filter(|(_, [best, ..])| best.is_some_and(|best| best >= bpm - NEAR_BPM));
    let mut days: Vec<Date> = near
        .filter(|(f, _)| f.is_stated_hard || (f.is_all_run && is_fast(f.best_3min_mps)))
        .map(|(f, _)| f.date)
        .collect();
    days.dedup();
    days.len()
}

/// What was seen, unless it is so low that it was no maximum; then the formula.
fn from_history(age_years: Option<f64>, seen: Option<SeenMaximum>) -> Estimate {
    let by_age = age_years.map(|age| AgeFormula::Tanaka.max_bpm(age));
    let prior = by_age.unwrap_or(heart::DEFAULT_MAX_BPM);
    if let Some(SeenMaximum { bpm, date, stands_out, by_hard_days }) = seen {
        let basis = Basis::Observed { date };
        let value = bpm + ABOVE_BEST_BPM;
        let is_near = heart::is_near_prior(value, prior);
        match by_age {
            _ if by_hard_days => return Estimate::new(value, OWN_HARD, basis, Trust::Medium),
            // Easy runs lower no formula, however many.
            Some(_) if is_near && (stands_out || value > prior) => {
                return Estimate::new(value, BY_AGE, basis, Trust::Low);
            }
            None if is_near && value > prior => return Estimate::new(value, BY_AGE, basis, Trust::Low),
            _ => {}
        }
    }
    match age_years {
        Some(years) => Estimate::new(prior, BY_AGE, Basis::Age { years }, Trust::Low),
        None => Estimate::new(prior, NOTHING, Basis::Assumed, Trust::Low),
    }
}

/// A given threshold heart rate asks for a maximum well above it.
fn above_threshold(known: &Known, estimate: Estimate) -> Estimate {
    let least = known.given.heart_rate_threshold_bpm.map_or(0.0, |lthr| lthr / heart::MOST_LTHR_OF_MAX);
    if known.given.heart_rate_max_bpm.is_some() || estimate.value >= least {
        return estimate;
    }
    Estimate::new(least, OWN, Basis::AboveThreshold, Trust::Low)
}

/// Two smooth minutes far above, run faster than usual, are the runner's heart and not the sensor's. A formula is outvoted by
/// any such minutes above it.
fn raised_by_held(known: &Known, estimate: Estimate) -> Estimate {
    const FASTER: f64 = 1.05;
    let usual = known.usual_mps();
    let is_fast = |mps: Option<f64>| mps.zip(usual).is_some_and(|(mps, usual)| mps >= FASTER * usual);
    let held = known.traits.iter().filter_map(|f| Some((f.held?, f.date)));
    let limit_bpm = if estimate.is_default() { estimate.value } else { ABOVE_MAX * estimate.value };
    let above = held.filter(|(held, _)| held.bpm > limit_bpm && is_fast(held.mps));
    match above.max_by(|a, b| a.0.bpm.total_cmp(&b.0.bpm)) {
        Some((held, date)) => Estimate::new(held.bpm + ABOVE_BEST_BPM, OWN, Basis::Held { date }, Trust::Low),
        None => estimate,
    }
}
