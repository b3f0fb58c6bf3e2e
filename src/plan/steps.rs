//! A planned day as steps: what the words, the calendar and the watch are made from.

use super::{Ceilings, Kind, Paces, PlanInputs, walking};
use crate::units::{Bpm, Seconds, Speed, Spoken};
use serde::Serialize;
use std::fmt;

/// What is done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Action {
    Walk,
    Jog,
    Run,
    WarmUp,
    /// At threshold effort.
    Threshold,
    /// Faster than threshold.
    Fast,
    Drills,
    /// Jogging between repetitions, as gently as it takes.
    Between,
    CoolDown,
    Race,
}

impl Action {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Action::Walk => "walk",
            Action::Jog | Action::Between => "jog",
            Action::Run => "run",
            Action::WarmUp => "warm up",
            Action::Threshold => "at threshold",
            Action::Fast => "fast",
            Action::Drills => "drills",
            Action::CoolDown => "cool down",
            Action::Race => "race",
        }
    }
}

/// One step. Limits are the most it allows; there is never a least.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// For how long, s.
    pub duration_s: f64,
    /// bpm.
    pub heart_rate_ceiling_bpm: Option<f64>,
    /// Fastest pace, seconds a kilometre of flat ground.
    pub pace_ceiling_s_per_km: Option<f64>,
}

/// One step, or some in turns.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "the names say it")]
pub enum WorkoutPart {
    Step(Step),
    Repeat { times: u32, steps: Vec<Step> },
}

impl WorkoutPart {
    /// All of it, s.
    pub fn duration_s(&self) -> f64 {
        match self {
            WorkoutPart::Step(step) => step.duration_s,
            WorkoutPart::Repeat { times, steps } => f64::from(*times) * steps.iter().map(|s| s.duration_s).sum::<f64>(),
        }
    }
}

/// How far one has come with walking and jogging: three sessions each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum WalkJogStage {
    First,
    Second,
    Third,
}

impl WalkJogStage {
    /// The stage after so many sessions.
    pub fn after(sessions: usize) -> WalkJogStage {
        match sessions {
            0..=2 => WalkJogStage::First,
            3..=5 => WalkJogStage::Second,
            _ => WalkJogStage::Third,
        }
    }

    /// Repetitions, minutes of jogging and minutes of walking.
    fn turns(self) -> (u32, f64, f64) {
        match self {
            WalkJogStage::First => (6, 1.0, 2.0),
            WalkJogStage::Second => (6, 2.0, 2.0),
            WalkJogStage::Third => (5, 4.0, 1.0),
        }
    }

    /// With a walk of five minutes before and of two after.
    pub fn minutes(self) -> f64 {
        let (times, jog, walk) = self.turns();
        WALK_BEFORE_MIN + f64::from(times) * (jog + walk) + WALK_AFTER_MIN
    }

    /// The furthest stage that fits into so many minutes.
    fn within(minutes: f64) -> Option<WalkJogStage> {
        [WalkJogStage::Third, WalkJogStage::Second, WalkJogStage::First]
            .into_iter()
            .find(|s| s.minutes() <= minutes + 0.5)
    }
}

const WALK_BEFORE_MIN: f64 = 5.0;
const WALK_AFTER_MIN: f64 = 2.0;
/// Drills inside a recovery run, and the gentle walk after it.
const DRILLS_MIN: f64 = 4.0;
const WALK_AFTER_RECOVERY_MIN: f64 = 5.0;
/// A recovery run of at least so many minutes has room for drills.
const DRILLS_FROM_MIN: f64 = 20.0;
/// Repetitions of the two hard sessions and the jogging after each, minutes.
const THRESHOLD_MIN: f64 = 8.0;
const FAST_MIN: f64 = 3.0;
const PAUSE_MIN: f64 = 2.0;
/// Fast minutes as a share of the threshold minutes they stand for, and their speed as one of threshold speed: by the square
/// of the speed both sessions then load about alike.
const FAST_SHARE: f64 = 0.75;
const FAST_SPEED: f64 = 1.05;
/// Warming up and cooling down last at least so long.
const LEAST_WARM_UP_MIN: f64 = 5.0;

/// A hard session of which one may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HardSession {
    /// What the choice is called.
    pub name: &'static str,
    /// What is done, in order.
    pub steps: Vec<WorkoutPart>,
}

/// The two hard sessions of a day so long, with so many seconds at threshold: the one the day's steps hold, and another.
pub fn hard_sessions(inputs: &PlanInputs, duration_s: f64, hard_s: f64) -> [HardSession; 2] {
    let ceilings = inputs.ceilings.ordered();
    let material = StepMaterial { ceilings: &ceilings, paces: &inputs.paces };
    let (minutes, hard_min) = (duration_s / 60.0, hard_s / 60.0);
    [
        HardSession { name: "threshold", steps: material.threshold(minutes, hard_min) },
        HardSession { name: "fast repetitions", steps: material.fast(minutes, hard_min) },
    ]
}

/// What the steps of a day are made with.
#[derive(Clone, Copy, Debug)]
pub(super) struct StepMaterial<'a> {
    pub ceilings: &'a Ceilings,
    pub paces: &'a Paces,
}

impl StepMaterial<'_> {
    fn step(&self, action: Action, minutes: f64) -> Step {
        let kind = match action {
            Action::Run => Kind::Easy,
            Action::Jog | Action::WarmUp | Action::CoolDown => Kind::Recovery,
            Action::Walk | Action::Drills | Action::Between | Action::Race => Kind::Rest,
            Action::Threshold | Action::Fast => Kind::Hard,
        };
        let (heart_rate, speed) = match action {
            Action::Threshold => (self.threshold_bpm(), self.trusted_mps(1.0)),
            Action::Fast => (None, self.trusted_mps(FAST_SPEED)),
            _ => (self.ceilings.heart_rate_ceiling_bpm(kind), None),
        };
        let pace = speed.map(|v| 1000.0 / v).or_else(|| self.ceilings.pace_ceiling_s_per_km(kind));
        Step { action, duration_s: 60.0 * minutes, heart_rate_ceiling_bpm: heart_rate, pace_ceiling_s_per_km: pace }
    }

    /// Where heart rates count at all.
    fn threshold_bpm(&self) -> Option<f64> {
        self.paces.threshold_bpm.filter(|_| self.ceilings.recovery_hr_bpm.is_some())
    }

    fn trusted_mps(&self, share: f64) -> Option<f64> {
        self.paces.threshold_mps.filter(|_| self.paces.is_trusted).map(|v| share * v)
    }

    /// The steps of a day: minutes of the run, and of its hard part.
    pub fn parts(&self, kind: Kind, minutes: f64, hard_min: f64) -> Vec<WorkoutPart> {
        let one = |action, minutes| WorkoutPart::Step(self.step(action, minutes));
        match kind {
            Kind::Rest => Vec::new(),
            Kind::CrossTrain => {
                let ceiling = self.ceilings.heart_rate_ceiling_bpm(Kind::CrossTrain);
                let walk = Step { heart_rate_ceiling_bpm: ceiling, ..self.step(Action::Walk, minutes) };
                vec![WorkoutPart::Step(walk)]
            }
            Kind::WalkJog => self.walk_jog(minutes),
            Kind::Shakeout => vec![one(Action::Jog, minutes)],
            Kind::Recovery => self.recovery(minutes),
            Kind::Easy | Kind::Long => vec![one(Action::Run, minutes)],
            Kind::Hard => self.threshold(minutes, hard_min),
            Kind::Race => vec![one(Action::Race, minutes)],
        }
    }

    fn walk_jog(&self, minutes: f64) -> Vec<WorkoutPart> {
        let (times, jog, walk) = match WalkJogStage::within(minutes) {
            Some(stage) => stage.turns(),
            None => (((minutes - WALK_BEFORE_MIN - WALK_AFTER_MIN) / 3.0).floor().max(1.0) as u32, 1.0, 2.0),
        };
        let turns = vec![self.step(Action::Jog, jog), self.step(Action::Walk, walk)];
        vec![
            WorkoutPart::Step(self.step(Action::Walk, WALK_BEFORE_MIN)),
            WorkoutPart::Repeat { times, steps: turns },
            WorkoutPart::Step(self.step(Action::Walk, WALK_AFTER_MIN)),
        ]
    }

    /// Jogging, drills halfway where there is room for them, and a walk. Where jogging alone is too hard, jogging and
    /// walking in turns.
    fn recovery(&self, minutes: f64) -> Vec<WorkoutPart> {
        let one = |action, minutes| WorkoutPart::Step(self.step(action, minutes));
        let mut parts = Vec::new();
        let mut walk_after = WALK_AFTER_RECOVERY_MIN;
        if self.paces.walk_share > 0.0 {
            let (jog, walk) = walking::turns(self.paces.walk_share);
            let times = (minutes / (jog + walk)).floor().max(1.0);
            let steps = vec![self.step(Action::Jog, jog), self.step(Action::Walk, walk)];
            parts.push(WorkoutPart::Repeat { times: times as u32, steps });
            walk_after += (minutes - times * (jog + walk)).max(0.0);
        } else if minutes >= DRILLS_FROM_MIN {
            let before = (minutes / 2.0).round();
            let after = minutes - before - DRILLS_MIN;
            parts.extend([one(Action::Jog, before), one(Action::Drills, DRILLS_MIN), one(Action::Jog, after)]);
        } else {
            parts.push(one(Action::Jog, minutes));
        }
        parts.push(one(Action::Walk, walk_after));
        parts
    }

    /// Repetitions at threshold.
    fn threshold(&self, minutes: f64, hard_min: f64) -> Vec<WorkoutPart> {
        self.hard(minutes, Action::Threshold, repetitions(hard_min, THRESHOLD_MIN))
    }

    /// Fewer minutes, and faster.
    fn fast(&self, minutes: f64, hard_min: f64) -> Vec<WorkoutPart> {
        self.hard(minutes, Action::Fast, repetitions(FAST_SHARE * hard_min, FAST_MIN))
    }

    /// Repetitions between a warm-up and a cool-down, which make up the rest.
    fn hard(&self, minutes: f64, action: Action, (times, each): (u32, f64)) -> Vec<WorkoutPart> {
        let work = f64::from(times) * (each + PAUSE_MIN);
        let warm_up = ((minutes - work) / 2.0).floor().max(LEAST_WARM_UP_MIN);
        let cool_down = (minutes - work - warm_up).max(LEAST_WARM_UP_MIN);
        let turns = vec![self.step(action, each), self.step(Action::Between, PAUSE_MIN)];
        vec![
            WorkoutPart::Step(self.step(Action::WarmUp, warm_up)),
            WorkoutPart::Repeat { times, steps: turns },
            WorkoutPart::Step(self.step(Action::CoolDown, cool_down)),
        ]
    }
}

/// So many repetitions of about `each` minutes that together last `total`.
fn repetitions(total: f64, each: f64) -> (u32, f64) {
    let times = (total / each).round().max(1.0);
    (times as u32, (total / times).floor().max(1.0))
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = Seconds(self.duration_s);
        let time = if self.duration_s % 60.0 == 0.0 { Spoken(seconds).to_string() } else { format!("{seconds} min") };
        match self.action {
            Action::Threshold | Action::Fast => {
                write!(f, "{time} {}", self.action.word())?;
                let pace = self.pace_ceiling_s_per_km.map(|pace| format!("about {}", Speed(1000.0 / pace)));
                let beats = self.heart_rate_ceiling_bpm.map(|bpm| format!("up to {}", Bpm(bpm)));
                [pace, beats].into_iter().flatten().try_for_each(|limit| write!(f, ", {limit}"))
            }
            action => write!(f, "{} {time}", action.word()),
        }
    }
}

impl fmt::Display for WorkoutPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkoutPart::Step(step) => step.fmt(f),
            WorkoutPart::Repeat { times, steps } => {
                write!(f, "{times} × (")?;
                for (i, step) in steps.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    step.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn material_parts(kind: Kind, minutes: f64, hard_min: f64) -> Vec<WorkoutPart> {
        StepMaterial { ceilings: &Ceilings::default(), paces: &Paces::default() }.parts(kind, minutes, hard_min)
    }

    #[test]
    fn walking_and_jogging_grow_stage_by_stage() {
        let said = |minutes| {
            material_parts(Kind::WalkJog, minutes, 0.0).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(said(25.0), "walk 5 min, 6 × (jog 1 min, walk 2 min), walk 2 min");
        assert_eq!(said(32.0), "walk 5 min, 5 × (jog 4 min, walk 1 min), walk 2 min");
        assert_eq!(said(20.0), "walk 5 min, 4 × (jog 1 min, walk 2 min), walk 2 min");
        assert_eq!([0, 3, 6].map(|n| WalkJogStage::after(n).minutes()), [25.0, 31.0, 32.0]);
    }

    #[test]
    fn who_cannot_jog_gently_enough_walks_in_between() {
        let paces = Paces { walk_share: 0.27, ..Paces::default() };
        let material = StepMaterial { ceilings: &Ceilings::default(), paces: &paces };
        let said: Vec<String> = material.parts(Kind::Recovery, 30.0, 0.0).iter().map(ToString::to_string).collect();
        assert_eq!(said.join(", "), "8 × (jog 2:30 min, walk 1 min), walk 7 min");
    }

    #[test]
    fn steps_last_as_long_as_the_run() {
        for (kind, minutes, hard) in [(Kind::Hard, 55.0, 22.0), (Kind::Hard, 30.0, 8.0), (Kind::Long, 110.0, 0.0)] {
            let total: f64 = material_parts(kind, minutes, hard).iter().map(WorkoutPart::duration_s).sum();
            assert!((total - 60.0 * minutes).abs() < 1.0, "{kind} {total}");
        }
        let inputs = PlanInputs::default();
        for (minutes, hard) in [(55.0, 22.0), (30.0, 8.0), (75.0, 32.0)] {
            for session in hard_sessions(&inputs, 60.0 * minutes, 60.0 * hard) {
                let total: f64 = session.steps.iter().map(WorkoutPart::duration_s).sum();
                assert!((total - 60.0 * minutes).abs() < 1.0, "{} {total}", session.name);
            }
        }
        assert_eq!(repetitions(22.0, 8.0), (3, 7.0));
        assert_eq!(repetitions(8.0, 8.0), (1, 8.0));
    }
}
