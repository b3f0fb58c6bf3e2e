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
        let if_easy_mps = curve::threshold_of_usual_mps(statistics::median(&v60_mps)?);
        Some(Efforts { v60_mps, best: (best, date), if_easy_mps })
    }

    /// What a hard effort or the heart-rate–speed line shows. Both need a threshold heart rate that is more than a guess.
    fn measured(&self, known: &Known, lthr: &Estimate) -> Option<Estimate> {
        if lthr.trust == Trust::Low {
            return None;
        }
        let near = self.best_near_threshold(known, lthr);
        let ((v60, date), near) = match near {
            Some((mps, date)) if mps > self.best.0 => ((mps, Some(date)), true),
            near => (self.best, near.is_some()),
        };
        let by_line = known.line.and_then(|(line, windows)| Some((line.inverse(lthr.value)?, windows)));
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

    /// The best run that held 0.95·LTHR for 20 minutes: its heart rate confirms its pace, where that is not out of all
    /// proportion to the others'.
    fn best_near_threshold(&self, known: &Known, lthr: &Estimate) -> Option<(f64, Date)> {
        const MOST_OF_MEDIAN: f64 = 1.45;
        let line = known.plain_line();
        let is_near = |f: &&Facts| {
            let best_20min = f.sound_bests(line).and_then(|[_, best, ..]| best);
            best_20min.is_some_and(|bpm| bpm >= NEAR_THRESHOLD * lthr.value)
        };
        let most = MOST_OF_MEDIAN * statistics::median(&self.v60_mps)?;
        let near = known.state.iter().filter(is_near).filter_map(|f| Some((f.v60_mps?, f.date)));
        near.filter(|(mps, _)| *mps <= most).max_by(|a, b| a.0.total_cmp(&b.0))
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
