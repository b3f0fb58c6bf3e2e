//! What would have made a run a recovery run: the same run slower, or shorter, put to the same rules.

use super::Course;
use crate::athlete::Thresholds;
use crate::label::{Effort, Features, Label, Labelled, RaceCall, decide};
use crate::season::Season;

/// The most that is tried, bpm; beyond it another session is meant.
const MOST_BPM: u32 = 30;
/// Steps of a shorter run, minutes, and the shortest worth naming.
const STEP_MIN: f64 = 5.0;
const SHORTEST_MIN: f64 = 20.0;
/// How heart rate follows speed where the runner's own line is not known, bpm for each m/s.
const USUAL_SLOPE: f64 = 35.0;
const LEAST_SLOPE: f64 = 20.0;
const MOST_SLOPE: f64 = 60.0;
/// Nobody runs slower than this, m/s; then walk breaks bring the heart rate down.
const SLOWEST_MPS: f64 = 1.9;
/// Steps of a slower run where no heart rate is known, s/km, and the most tried.
const STEP_S_PER_KM: f64 = 5.0;
const MOST_S_PER_KM: f64 = 120.0;

/// The least change after which the rules call it a recovery run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Remedy {
    /// Lower mean heart rate, bpm.
    pub lower_bpm: Option<f64>,
    /// Slower on the flat, s/km: what the lower heart rate asks for, or the pace itself without one.
    pub slower_s_per_km: Option<f64>,
    /// As long as this, minutes.
    pub at_most_min: Option<f64>,
    /// It would be slower than running: walk breaks are meant.
    pub with_walk_breaks: bool,
    /// Seconds of fast running to leave out.
    pub without_fast_s: Option<f64>,
}

/// What would have made it one; `None` where it is one, or where more than pace and length would have had to change.
pub fn remedy(season: &Season, session: &Labelled, course: &Course) -> Option<Remedy> {
    let asked = matches!(session.verdict.label, Label::Easy | Label::Steady | Label::RecoveryTooHard);
    if !asked {
        return None;
    }
    let run = Replayed { season, session, course, thresholds: season.athlete.at(session.session.date) };
    let slower = || run.slower_steps();
    let shorter = || run.shorter_steps();
    let works = |change: &Tweak| run.is_recovery(change);
    slower()
        .find(works)
        .or_else(|| shorter().find(works))
        .or_else(|| shorter().find_map(|minutes| slower().map(|slow| slow.and(&minutes)).find(works)))
        .map(|change| run.in_words(&change))
}

/// A change of the run.
#[derive(Clone, Copy, Debug, Default)]
struct Tweak {
    lower_bpm: f64,
    slower_s_per_km: f64,
    minutes: Option<f64>,
}

impl Tweak {
    fn and(self, other: &Tweak) -> Tweak {
        Tweak { minutes: other.minutes, ..self }
    }
}

struct Replayed<'a> {
    season: &'a Season,
    session: &'a Labelled,
    course: &'a Course,
    thresholds: &'a Thresholds,
}

impl Replayed<'_> {
    /// Slower step by step: by a beat each where there is a heart rate, else by pace.
    fn slower_steps(&self) -> Box<dyn Iterator<Item = Tweak> + '_> {
        let features = &self.session.features;
        match features.heart_rate_mean_bpm {
            Some(_) => Box::new((0..=MOST_BPM).map(|bpm| {
                let lower_bpm = f64::from(bpm);
                let slower_s_per_km = features.speed_mps.map_or(0.0, |mps| self.pace_for(lower_bpm, mps));
                Tweak { lower_bpm, slower_s_per_km, minutes: None }
            })),
            None => {
                let steps = (MOST_S_PER_KM / STEP_S_PER_KM) as u32;
                Box::new(
                    (0..=steps)
                        .map(|step| Tweak { slower_s_per_km: STEP_S_PER_KM * f64::from(step), ..Tweak::default() }),
                )
            }
        }
    }

    /// Shorter by five minutes each.
    fn shorter_steps(&self) -> impl Iterator<Item = Tweak> {
        let from = (self.session.features.duration_min / STEP_MIN).floor() * STEP_MIN;
        let steps = ((from - SHORTEST_MIN) / STEP_MIN).max(-1.0) as i32;
        (0..=steps).map(move |step| Tweak { minutes: Some(from - STEP_MIN * f64::from(step)), ..Tweak::default() })
    }

    /// Slower by how much, s/km, for a heart rate so much lower. A line through noisy tracks is flatter than any heart.
    fn pace_for(&self, lower_bpm: f64, mps: f64) -> f64 {
        let slope = self.thresholds.line.map_or(USUAL_SLOPE, |line| line.slope).clamp(LEAST_SLOPE, MOST_SLOPE);
        let slower_mps = (mps - lower_bpm / slope).max(0.4 * mps);
        1000.0 / slower_mps - 1000.0 / mps
    }

    fn is_recovery(&self, change: &Tweak) -> bool {
        let rule = self.season.athlete.rule();
        decide(&self.changed(change), &self.session.context, RaceCall::None, rule).label == Label::Recovery
    }

    /// The features of the same run after the change.
    fn changed(&self, change: &Tweak) -> Features {
        let run = &self.session.features;
        let shorter = change.minutes.map_or(1.0, |minutes| minutes / run.duration_min);
        let slower = run.speed_mps.map_or(1.0, |mps| 1.0 / (1.0 + change.slower_s_per_km * mps / 1000.0));
        let mut features = run.clone();
        features.duration_min = run.duration_min * shorter;
        features.distance_km = run.distance_km.map(|km| km * shorter * slower);
        features.load = run.load * shorter * slower * slower;
        features.speed_mps = run.speed_mps.map(|mps| mps * slower);
        features.heart_rate_mean_bpm = run.heart_rate_mean_bpm.map(|bpm| bpm - change.lower_bpm);
        features.above_lt1 = run.above_lt1.map(|_| self.share_from(self.session.context.lt1_bpm + change.lower_bpm));
        let lthr_bpm = self.thresholds.heart_rate_threshold.value;
        features.above_lthr = run.above_lthr.map(|_| self.share_from(lthr_bpm + change.lower_bpm));
        features.fast_pace_share = run.fast_pace_share.map(|share| if slower < 1.0 { 0.0 } else { share });
        features.effort = Effort::default();
        features
    }

    /// Share of the running time with a heart rate from this one on.
    fn share_from(&self, bpm: f64) -> f64 {
        let known = self.course.moments.iter().filter(|m| m.second.running).filter_map(|m| m.heart_rate_bpm);
        let (count, above) =
            known.fold((0.0_f64, 0.0), |(n, above), value| (n + 1.0, above + f64::from(u8::from(value >= bpm))));
        above / count.max(1.0)
    }

    fn in_words(&self, change: &Tweak) -> Remedy {
        const MENTIONED_S: f64 = 30.0;
        let some = |value: f64| Some(value).filter(|v| *v > 0.0);
        let fast_s = self.session.features.effort.fast_s;
        let mps = self.session.features.speed_mps;
        let slower_mps = mps.map(|mps| 1000.0 / (1000.0 / mps + change.slower_s_per_km));
        Remedy {
            lower_bpm: some(change.lower_bpm),
            slower_s_per_km: some((change.slower_s_per_km / STEP_S_PER_KM).ceil() * STEP_S_PER_KM),
            with_walk_breaks: change.slower_s_per_km > 0.0 && slower_mps.is_some_and(|mps| mps < SLOWEST_MPS),
            at_most_min: change.minutes,
            without_fast_s: Some(fast_s).filter(|s| *s > MENTIONED_S),
        }
    }
}
