//! Whether a run was a race: only if heart rate and pace confirm it (methods §6.1).

use super::Context;
use super::part::Part;
use crate::athlete::Trust;
use crate::heart_rate::Coverage;
use crate::intent::{Intent, Voice};
use crate::physiology::{curve, hard};

/// The most of a race that is spent standing, 0..=1.
const MOST_STOPPED: f64 = 0.03;
/// A race is run at least at this share of the speed that Riegel expects.
const PACE_SHARE: f64 = 0.95;
/// The heart rate may lie this share of LTHR below that of a usual race.
const HEART_RATE_SLACK: f64 = 0.02;

/// What a recording shows of a race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceSigns {
    pub km: f64,
    /// The race distance it is as long as, m.
    pub race_m: Option<f64>,
    /// Share of the elapsed time spent standing, 0..=1.
    pub stop_share: f64,
    /// Mean grade-adjusted speed over the moving time, m/s; `None` where the pace is not reliable.
    pub mean_mps: Option<f64>,
    /// Mean over the moving time, bpm.
    pub mean_bpm: Option<f64>,
    /// Who said that it was one.
    pub stated: Option<Voice>,
}

/// What is to be made of those signs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RaceCall {
    /// A race: how far, whether somebody said so, and by how many standard deviations it was fast or hard enough.
    Race {
        km: f64,
        stated: Option<Voice>,
        sigmas: f64,
    },
    /// It may have been one; the runner is asked.
    Perhaps {
        km: f64,
    },
    /// Somebody said so, and it was far too easy for one.
    Contradicted {
        km: f64,
    },
    None,
}

impl RaceSigns {
    /// The part that somebody called a race, else the one of a race distance that was run fastest.
    pub(super) fn among(parts: &[Part]) -> Option<RaceSigns> {
        let signs = parts.iter().filter_map(RaceSigns::of);
        let rank = |signs: &RaceSigns| (signs.stated.is_some(), signs.mean_mps.unwrap_or(0.0));
        signs.reduce(|a, b| if rank(&b) > rank(&a) { b } else { a })
    }

    /// `None` for what is neither as long as a race nor called one.
    fn of(part: &Part) -> Option<RaceSigns> {
        let d = &part.recording.digest;
        let km = d.known_distance_m()? / 1000.0;
        if part.recording.said.is_race == Some(false) {
            return None;
        }
        let stated = Intent::of(part.recording).says_race(Some(km));
        let race_m = hard::race_distance_m(d.distance_m);
        if stated.is_none() && race_m.is_none() {
            return None;
        }
        let mean_mps = part.gap_mps.filter(|_| d.pace_reliable);
        let believed = part.heart_rate.quality() != Coverage::None;
        Some(RaceSigns {
            km,
            race_m,
            stop_share: 1.0 - d.moving_s / d.elapsed_s.max(1.0),
            mean_mps,
            mean_bpm: part.heart_rate.mean_bpm.filter(|_| believed),
            stated,
        })
    }

    /// Judges them against the runner's thresholds; `rivals_mps` are the mean speeds of the runs as long in the 60 days before.
    pub(super) fn judge(&self, context: &Context, rivals_mps: &[f64]) -> RaceCall {
        let speed = context.threshold;
        let riegel = speed.and_then(|speed| curve::riegel_speed_mps(speed.value, 1000.0 * self.km));
        let of_riegel = self.mean_mps.zip(riegel).map(|(mps, riegel)| mps / riegel);
        let of_lthr = self.mean_bpm.map(|bpm| bpm / context.lthr.value);
        if let Some(voice) = self.stated {
            return self.judge_stated(voice, of_lthr, of_riegel, context);
        }
        let Some(race_m) = self.race_m.filter(|_| self.stop_share <= MOST_STOPPED) else { return RaceCall::None };
        let share = hard::race_share_of_lthr(race_m) - HEART_RATE_SLACK;
        let at_heart_rate = of_lthr.map(|of_lthr| of_lthr >= share);
        let at_pace = of_riegel.map(|of_riegel| of_riegel >= PACE_SHARE);
        if at_heart_rate != Some(true) && at_pace != Some(true) {
            return RaceCall::None;
        }
        let trusted = speed.is_some_and(|speed| speed.trust > Trust::Low);
        let fastest = self.mean_mps.is_some_and(|mps| rivals_mps.iter().all(|rival| mps > *rival));
        if !trusted || !fastest || at_pace != Some(true) || at_heart_rate == Some(false) {
            return RaceCall::Perhaps { km: self.km };
        }
        let by_heart = of_lthr.map(|of| (of - share) * context.lthr.value / context.lthr.half_width);
        let by_pace = of_riegel.zip(speed).map(|(of, speed)| (of - PACE_SHARE) * speed.value / speed.half_width);
        let sigmas = by_heart.into_iter().chain(by_pace).fold(f64::INFINITY, f64::min);
        RaceCall::Race { km: self.km, stated: None, sigmas }
    }

    /// A word is believed unless heart rate and pace, as far as they are known, both speak against it.
    fn judge_stated(&self, voice: Voice, of_lthr: Option<f64>, of_riegel: Option<f64>, context: &Context) -> RaceCall {
        /// Up to so many km a race needs at least these shares of LTHR and of Riegel's speed.
        const LEAST: [(f64, f64, f64); 3] = [(21.5, 0.88, 0.85), (43.0, 0.84, 0.80), (f64::INFINITY, 0.70, 0.60)];
        let (_, heart, pace) = LEAST.into_iter().find(|(km, ..)| self.km <= *km).unwrap_or(LEAST[2]);
        let km = self.km;
        let too_low = of_lthr.map(|of| of < heart);
        let too_slow = of_riegel.map(|of| of < pace);
        match (voice, too_low, too_slow) {
            (Voice::Runner, ..) => RaceCall::Race { km, stated: Some(voice), sigmas: 3.0 },
            (_, None, None) => RaceCall::Perhaps { km },
            (_, Some(true) | None, Some(true) | None) => RaceCall::Contradicted { km },
            _ => {
                let by_heart = of_lthr.map(|of| (of - heart) * context.lthr.value / context.lthr.half_width);
                let speed = context.threshold.map(|speed| speed.value / speed.half_width);
                let by_pace = of_riegel.zip(speed).map(|(of, per_width)| (of - pace) * per_width);
                let sigmas = by_heart.into_iter().chain(by_pace).fold(f64::NEG_INFINITY, f64::max);
                RaceCall::Race { km, stated: Some(voice), sigmas }
            }
        }
    }
}
