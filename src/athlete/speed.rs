//! Threshold speed (methods §5.6).

use super::estimate::{Basis, Estimate, Trust};
use super::facts::Facts;
use super::known::Known;
use crate::physiology::{curve, statistics};
use jiff::civil::Date;

/// Half-widths by what the value rests on, as shares of it.
const GIVEN: f64 = 0.02;
const OWN: f64 = 0.03;
const LINE: f64 = 0.06;
const DEFAULT: f64 = 0.15;
/// A threshold heart rate that is off by no more than this (one standard deviation) confirms a pace, bpm.
const SURE_BPM: f64 = 4.0;
/// An effort at this fraction of LTHR shows that the threshold was approached.
const NEAR_THRESHOLD: f64 = 0.95;

/// A run near the threshold that was slower than this share of the best one was held up by hills, heat or hiking: its pace
/// says nothing of the threshold.
const COMPARABLE: f64 = 0.90;

/// Grade-adjusted speed at the threshold, m/s; `None` without any effort of ten minutes within a year.
pub(super) fn speed(known: &Known, lthr: &Estimate) -> Option<Estimate> {
    if let Some(pace) = known.given.threshold_pace {
        let mps = pace.0.0;
        return Some(Estimate::new(mps, GIVEN * mps, Basis::Given, Trust::High));
    }
    match Efforts::of(known.state) {
        Some(efforts) => Some(efforts.measured(known, lthr).unwrap_or_else(|| efforts.usual())),
        // After three months without a run the last year's says little.
        None => Efforts::of(known.year).map(|efforts| efforts.usual()),
    }
}

/// The runs that held this heart rate for 20 minutes.
fn near_threshold<'a>(known: &Known<'a>, limit_bpm: f64) -> impl Iterator<Item = &'a Facts> {
    let line = known.plain_line();
    let best_20min = move |f: &Facts| f.sound_bests(line).and_then(|[_, best, ..]| best);
    known.state.iter().filter(move |f| best_20min(f).is_some_and(|bpm| bpm >= limit_bpm))
}

/// Who runs for a quarter of an hour at LTHR or above is no slower than the threshold, m/s. Speed falls at least in proportion
/// to heart rate, which never falls to nothing. The fastest of these runs counts, since heat and hills only slow one.
fn at_most(known: &Known, lthr: &Estimate) -> Option<f64> {
    let at_lthr = |(mps, bpm): (f64, f64)| mps * lthr.value / bpm;
    let runs = near_threshold(known, lthr.value);
    runs.filter_map(|f| f.median_from(lthr.value, at_lthr)).reduce(f64::max)
}

/// The one-hour speeds of some runs.
struct Efforts {
    v60_mps: Vec<f64>,
    /// The best of them that another one confirms.
    best: (f64, Option<Date>),
    /// What they would suggest if all had been easy.
    if_easy_mps: f64,
}

impl Efforts {
    fn of(facts: &[Facts]) -> Option<Efforts> {
        let v60_mps: Vec<f64> = facts.iter().filter_map(|f| f.v60_mps).collect();
        let best = curve::v60_robust_mps(&v60_mps)?;
        let date = facts.iter().find(|f| f.v60_mps == Some(best)).map(|f| f.date);
        let usual_mps: Vec<f64> = facts.iter().filter_map(|f| f.usual_v60_mps).collect();
        let if_easy_mps = curve::threshold_of_usual_mps(statistics::median(&usual_mps)?);
        Some(Efforts { v60_mps, best: (best, date), if_easy_mps })
    }

    /// What a hard effort or the heart-rate–speed line shows. Both need a threshold heart rate that is more than a guess.
    fn measured(&self, known: &Known, lthr: &Estimate) -> Option<Estimate> {
        if lthr.trust == Trust::Low {
            return None;
        }
        let near = self.best_near_threshold(known, lthr).filter(|(mps, _)| *mps >= COMPARABLE * self.best.0);
        let ((v60, date), near) = match near {
            Some((mps, date)) if mps > self.best.0 => ((mps, Some(date)), true),
            near => (self.best, near.is_some()),
        };
        let by_line = known.line.and_then(|(line, windows)| Some((line.inverse(lthr.value)?, windows)));
        let at_most = if near { at_most(known, lthr) } else { None };
        let by_line = by_line.map(|(mps, windows)| (at_most.map_or(mps, |most| mps.min(most)), windows));
        if !near && by_line.is_none() {
            return None;
        }
        // A threshold heart rate that may be far off shifts the speed as far as the line does.
        let share = if near && lthr.half_width <= SURE_BPM { OWN } else { LINE };
        // Where all was easy, the best of it says nothing of the threshold: the line may go as high as usual runs suggest.
        let most = if near { 0.0 } else { self.if_easy_mps };
        let value = curve::threshold_mps(v60, by_line.map(|(mps, _)| mps), most);
        let basis = match (by_line, date) {
            (Some((_, windows)), _) if value > v60 => Basis::HeartRateLine { windows },
            (_, Some(date)) => Basis::BestEffort { date },
            _ => Basis::Assumed,
        };
        Some(Estimate::new(value, share * value, basis, Trust::Medium))
    }

    /// The best run that held 0.95·LTHR for 20 minutes: its heart rate confirms the pace at which it was that high, and no
    /// other, be it downhill or on a broken track.
    fn best_near_threshold(&self, known: &Known, lthr: &Estimate) -> Option<(f64, Date)> {
        const MOST_OF_MEDIAN: f64 = 1.45;
        const MOST_OF_HELD: f64 = 1.05;
        let most = MOST_OF_MEDIAN * statistics::median(&self.v60_mps)?;
        let limit_bpm = NEAR_THRESHOLD * lthr.value;
        let confirmed = |f: &Facts| {
            let v60 = f.v60_mps?;
            match f.median_from(limit_bpm, |(mps, _)| mps) {
                Some(held) => Some(v60.min(MOST_OF_HELD * held)),
                None => Some(v60).filter(|v60| *v60 <= most),
            }
        };
        let near = near_threshold(known, limit_bpm).filter_map(|f| Some((confirmed(f)?, f.date)));
        near.max_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// One's own easy pace is not one's threshold.
    fn usual(&self) -> Estimate {
        let (v60, date) = self.best;
        let value = v60.max(self.if_easy_mps);
        let basis = match date {
            Some(date) if value == v60 => Basis::BestEffort { date },
            _ => Basis::UsualPace { runs: self.v60_mps.len() },
        };
        Estimate::new(value, DEFAULT * value, basis, Trust::Low)
    }
}
