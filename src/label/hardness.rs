//! Whether a run was hard, and for how long (methods §5.6, §6).

use super::Repeated;
use super::ruling::Ruling;
use crate::athlete::Trust;

/// Hard time that makes a quality session, alone or with [`HARD_SHARE`] of the run, s.
pub(super) const HARD_S: f64 = 480.0;
const HARD_S_WITH_SHARE: f64 = 300.0;
const HARD_SHARE: f64 = 0.15;

impl Ruling<'_> {
    /// Seconds of hard running: by heart rate and pace, while neither threshold is known by contrast to usual running, and
    /// while only the watch knows the runner by both.
    pub fn hard_s(&self) -> f64 {
        self.run.effort.hard_s.max(self.hard_by_contrast_s()).max(self.hard_by_watch_s())
    }

    /// Seconds at the threshold heart rate that the watch was told, in a run that stands out by pace and by heart rate: a
    /// watch alone, which may be wrong, makes nothing hard of somebody's usual running.
    pub fn hard_by_watch_s(&self) -> f64 {
        let is_both = self.faster_than_usual_s() > 0.0 && self.heart_stands_out() == Some(true);
        if is_both { self.run.effort.hard_by_watch_s } else { 0.0 }
    }

    /// What stands out as hard from the runner's own running, by pace and by what heart rate there is, while the thresholds
    /// are guesses (methods §5.6).
    pub fn hard_by_contrast_s(&self) -> f64 {
        let blind = self.run.heart_rate_mean_bpm.is_none() || self.context.lthr.trust == Trust::Low;
        let tells_little = blind && self.context.speed_is_guess();
        if tells_little && self.heart_stands_out() != Some(false) { self.faster_than_usual_s() } else { 0.0 }
    }

    /// Seconds of running well above the usual speed: the whole run, or ten minutes of it.
    fn faster_than_usual_s(&self) -> f64 {
        const TEN_MIN_S: f64 = 600.0;
        const TEN_MIN: f64 = 1.12;
        const WHOLE: f64 = 1.10;
        const WHOLE_IF_STATED: f64 = 1.05;
        let Some(usual) = self.context.ordinary_mps else { return 0.0 };
        let faster = |mps: Option<f64>| mps.map_or(0.0, |mps| mps / usual);
        let least = if self.run.intent.is_hard() { WHOLE_IF_STATED } else { WHOLE };
        if faster(self.run.speed_mps) >= least {
            60.0 * self.run.duration_min
        } else if faster(self.run.best_10min_mps) >= TEN_MIN {
            TEN_MIN_S
        } else {
            0.0
        }
    }

    /// Ten minutes of it well above the usual heart rate: who is a little faster than usual at the usual heart rate is not at
    /// work. `None` where nothing can be compared.
    fn heart_stands_out(&self) -> Option<bool> {
        const ABOVE_USUAL: f64 = 1.10;
        let (bpm, usual) = self.run.best_10min_bpm.zip(self.context.usual_bpm)?;
        Some(bpm >= ABOVE_USUAL * usual)
    }

    /// Seconds at the threshold heart rate in a run at a pace far below the threshold: one of the two says something wrong.
    /// `None` where they are too few to make a run hard.
    pub fn heart_without_pace_s(&self) -> Option<f64> {
        const FAR_BELOW: f64 = 0.80;
        let seconds = self.run.above_lthr? * 60.0 * self.run.duration_min;
        let speed = self.run.speed_mps.zip(self.context.threshold_mps().filter(|_| !self.context.speed_is_guess()));
        let is_slow = speed.is_some_and(|(mps, threshold)| mps < FAR_BELOW * threshold);
        (is_slow && seconds >= HARD_S && !self.is_hard()).then_some(seconds)
    }

    /// A quality session, or one with a hard part.
    pub fn is_hard(&self) -> bool {
        let (hard, whole) = (self.hard_s(), 60.0 * self.run.duration_min);
        let enough = hard >= HARD_S || (hard >= HARD_S_WITH_SHARE && hard >= HARD_SHARE * whole);
        enough || self.repetitions().is_some()
    }

    /// Repetitions; while the threshold speed is a guess only those in contrast to the runner's own speed, so that the jogs
    /// between walks are none.
    pub fn repetitions(&self) -> Option<Repeated> {
        const FASTER: f64 = 1.12;
        let is_fast = |r: &Repeated| match self.context.ordinary_mps {
            _ if !self.context.speed_is_guess() => true,
            Some(ordinary) => r.fast_mps >= FASTER * ordinary,
            None => self.run.intent.is_hard(),
        };
        self.run.effort.repetitions.filter(is_fast)
    }
}
