//! The decision list (`Ruling::label`): the first rule that matches names the run (methods §6.4). And the questions it asks
//! of a run.

use super::evidence::{Criterion, Evidence, Role};
use super::race::RaceCall;
use super::score::RecoveryScore;
use super::{Context, Features, Label};
use crate::intent::{Purpose, Voice};
use crate::physiology::zones::LT1_SHARE_OF_LTHR;
use crate::rule::RecoveryRule;

/// The hardest part of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hardest {
    pub kind: HardestKind,
    pub minutes: f64,
}

/// The gentlest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HardestKind {
    None,
    Strides,
    Steady,
    Tempo,
    Repetitions,
    Race,
}

const SHORTEST_MIN: f64 = 10.0;
const SHORTEST_KM: f64 = 1.0;
/// Slower than this, m/s, and with less than these shares run it was a walk.
const WALK_MPS: f64 = 1.6;
/// With less than this share run, at whatever speed.
const NOBODY_RAN: f64 = 0.05;
const WALK_RUN_SHARE: f64 = 0.3;
const UNNAMED_WALK_RUN_SHARE: f64 = 0.5;
/// From this share on it is no long run with something in it.
const NO_LONG_HARD_SHARE: f64 = 0.25;
const LONG_MIN: f64 = 90.0;
/// Minutes and multiples of the usual ones that make a long run.
const LONG_FOR_THE_RUNNER: [(f64, f64); 2] = [(75.0, 1.3), (60.0, 1.5)];
/// The same where somebody said so.
const LONG_IF_STATED: (f64, f64) = (60.0, 1.15);
/// A criterion met by less than this failed.
const FAILED: f64 = 0.3;
const STEADY_SHARE: f64 = 0.5;
/// The least duration criterion of a run that was meant as a recovery run without a word.
const SHORT_ENOUGH: f64 = 0.5;

/// One run before its judge.
pub(super) struct Ruling<'a> {
    pub run: &'a Features,
    pub context: &'a Context,
    pub race: RaceCall,
    pub rule: &'a RecoveryRule,
    pub score: &'a RecoveryScore,
    pub gates: Vec<Evidence>,
}

impl Ruling<'_> {
    pub fn label(&self) -> Label {
        let run = self.run;
        if run.duration_min < SHORTEST_MIN || run.distance_km.is_some_and(|km| km < SHORTEST_KM) {
            Label::Fragment
        } else if self.is_walk() {
            Label::Walk
        } else if self.is_race() {
            Label::Race
        } else if self.is_hard() && !self.is_long() {
            match self.repetitions() {
                _ if self.is_stated_recovery() && !self.is_doubtful() => Label::RecoveryTooHard,
                Some(_) => Label::Intervals,
                None => Label::Tempo,
            }
        } else if self.is_long() {
            Label::Long
        } else if self.is_doubtful() {
            Label::Unknown
        } else if self.is_recovery() {
            Label::Recovery
        } else if self.is_meant_as_recovery() && self.is_clearly_too_hard() {
            Label::RecoveryTooHard
        } else if self.is_steady() {
            Label::Steady
        } else {
            Label::Easy
        }
    }

    /// More than half of it above easy; while only defaults are known, surely so.
    fn is_steady(&self) -> bool {
        let (run, context) = (self.run, self.context);
        let surely = |bpm: f64| bpm >= context.lt1_bpm + LT1_SHARE_OF_LTHR * context.lthr.half_width;
        let sure = !context.rough || run.heart_rate_mean_bpm.is_none_or(surely);
        sure && self.share_above_easy().is_some_and(|share| share > STEADY_SHARE)
    }

    /// Nobody who is at work like a runner walks.
    fn is_walk(&self) -> bool {
        let run = self.run;
        let slow = run.run_share < NOBODY_RAN || run.mean_mps().is_none_or(|mps| mps < WALK_MPS);
        let least = if run.names_running { WALK_RUN_SHARE } else { UNNAMED_WALK_RUN_SHARE };
        let at_work = run.heart_rate_mean_bpm.is_some_and(|bpm| bpm >= self.context.lt1_bpm);
        slow && run.run_share < least && !at_work
    }

    /// A word makes no race of what was neither hard, nor above easy for most of it, nor long.
    fn is_race(&self) -> bool {
        let by_word = matches!(self.race, RaceCall::Race { stated: Some(voice), .. } if voice < Voice::Runner);
        self.race_km().is_some() && (!by_word || self.is_hard() || self.is_steady() || self.is_long())
    }

    pub fn race_km(&self) -> Option<f64> {
        match self.race {
            RaceCall::Race { km, .. } => Some(km),
            _ => None,
        }
    }

    /// Long, with under a quarter of it hard.
    pub fn is_long(&self) -> bool {
        let hard = self.hard_s().max(self.repetitions().map_or(0.0, |r| r.seconds));
        self.long_from_min().is_some_and(|least| self.run.duration_min >= least)
            && hard < NO_LONG_HARD_SHARE * 60.0 * self.run.duration_min
    }

    /// Minutes from which a run is long for this runner; `None` for what was meant as a recovery run and only got too long.
    pub fn long_from_min(&self) -> Option<f64> {
        if self.is_stated_recovery() && self.run.duration_min < LONG_MIN {
            return None;
        }
        let Some(usual) = self.context.usual_min else { return Some(LONG_MIN) };
        let stated = self.run.intent.says(Purpose::Long).map(|_| LONG_IF_STATED);
        let limits = LONG_FOR_THE_RUNNER.into_iter().chain(stated);
        limits.map(|(minutes, times)| minutes.max(times * usual)).reduce(f64::min)
    }

    /// Neither intensity nor pace is known, or the recording may have lost a part: nothing gentle can be claimed.
    pub fn is_doubtful(&self) -> bool {
        self.has_no_measure() || self.run.summary_only || self.run.length_in_doubt
    }

    pub fn has_no_measure(&self) -> bool {
        let known = |criterion| self.score.value(criterion).is_some();
        !known(Criterion::Intensity) && !known(Criterion::Pace)
    }

    pub fn is_stated_recovery(&self) -> bool {
        self.run.intent.says(Purpose::Recovery).is_some()
    }

    fn is_recovery(&self) -> bool {
        let hard_word = self.run.intent.says(Purpose::Hard) >= Some(Voice::Service);
        self.passes() && (self.is_stated_recovery() || self.has_contrast()) && !hard_word
    }

    /// Score and gates.
    pub fn passes(&self) -> bool {
        self.score.points >= self.rule.least_score && self.failed_gate().is_none()
    }

    pub fn failed_gate(&self) -> Option<&Evidence> {
        self.gates.iter().find(|gate| gate.role == Role::Gate { passed: false })
    }

    /// Slower, lower or shorter than usual, or on a day that calls for it: nobody has recovery runs by accident.
    pub fn has_contrast(&self) -> bool {
        let (run, context, rule) = (self.run, self.context, self.rule);
        let less = |value: Option<f64>, usual: Option<f64>, share: f64| {
            value.zip(usual).is_some_and(|(value, usual)| value <= share * usual)
        };
        less(run.speed_mps, context.usual_mps, rule.contrast)
            || less(run.heart_rate_mean_bpm, context.usual_bpm, rule.contrast)
            || less(Some(run.duration_min), context.usual_min, rule.contrast_minutes)
            || context.prompt.score() >= 1.0
    }

    /// Somebody said so, or the day after something hard asked for it and it was short and slower than usual.
    pub fn is_meant_as_recovery(&self) -> bool {
        let slower = self.run.speed_mps.zip(self.context.usual_mps).is_some_and(|(mps, usual)| mps < usual);
        let short = self.score.value(Criterion::Duration).is_some_and(|met| met >= SHORT_ENOUGH);
        self.is_stated_recovery() || (self.context.prompt.asks_for_recovery() && short && slower)
    }

    /// Too hard for a recovery run by heart rate, without one by pace.
    pub fn is_too_intense(&self) -> bool {
        let failed = |criterion| self.score.value(criterion).is_some_and(|met| met < FAILED);
        match self.run.heart_rate_mean_bpm {
            Some(_) => failed(Criterion::Intensity) || failed(Criterion::Excursions),
            None => failed(Criterion::Pace),
        }
    }

    /// So far above the ceiling that its uncertainty does not excuse it.
    fn is_clearly_too_hard(&self) -> bool {
        let over = |bpm: f64| bpm > self.context.ceiling_bpm + self.context.ceiling_half_width_bpm;
        let too_fast = self.score.value(Criterion::Pace).is_some_and(|met| met < FAILED);
        // In the heat a heart rate alone accuses nobody.
        self.is_too_intense() && self.run.heart_rate_mean_bpm.is_none_or(over) && (!self.run.is_hot() || too_fast)
    }

    pub fn share_above_easy(&self) -> Option<f64> {
        self.run.above_lt1.or(self.run.fast_pace_share.filter(|_| !self.context.speed_is_guess()))
    }

    pub fn hardest(&self, label: Label) -> Hardest {
        let run = self.run;
        let minutes = |seconds: f64| seconds / 60.0;
        let (kind, minutes) = match (label, self.repetitions()) {
            (Label::Walk | Label::Fragment | Label::Unknown, _) => (HardestKind::None, 0.0),
            (Label::Race, _) => (HardestKind::Race, run.duration_min),
            (_, Some(repetitions)) => (HardestKind::Repetitions, minutes(repetitions.seconds)),
            _ if self.is_hard() => (HardestKind::Tempo, minutes(self.hard_s())),
            (Label::Steady, _) => (HardestKind::Steady, run.duration_min * self.share_above_easy().unwrap_or_default()),
            _ if run.effort.fast_s > self.rule.most_fast_s => (HardestKind::Strides, minutes(run.effort.fast_s)),
            _ => (HardestKind::None, 0.0),
        };
        Hardest { kind, minutes }
    }

    /// Earned or lost only within the ceiling's uncertainty.
    pub fn is_borderline(&self, label: Label) -> bool {
        let Some(bpm) = self.run.heart_rate_mean_bpm else { return false };
        let (ceiling, half_width) = (self.context.ceiling_bpm, self.context.ceiling_half_width_bpm);
        let within = bpm > ceiling && (bpm <= ceiling + half_width || self.run.is_hot());
        match label {
            Label::Recovery => within,
            Label::Easy | Label::Steady => within && self.is_meant_as_recovery() && !self.passes(),
            _ => false,
        }
    }

    pub fn as_stated(&self, label: Label) -> Option<(Purpose, bool)> {
        let says = |purpose| self.run.intent.says(purpose).is_some();
        let was = |purpose, labels: &[Label]| Some((purpose, labels.contains(&label)));
        if matches!(label, Label::Fragment | Label::Unknown) {
            None
        } else if says(Purpose::Race) {
            was(Purpose::Race, &[Label::Race])
        } else if says(Purpose::Hard) {
            Some((Purpose::Hard, self.is_hard() || label == Label::Race))
        } else if says(Purpose::Long) {
            was(Purpose::Long, &[Label::Long])
        } else if says(Purpose::Recovery) {
            was(Purpose::Recovery, &[Label::Recovery, Label::Shakeout])
        } else {
            None
        }
    }
}

impl Hardest {
    /// Hard enough to ask for gentle days after it.
    pub fn is_hard(&self) -> bool {
        self.kind >= HardestKind::Tempo
    }
}

impl HardestKind {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            HardestKind::None => "none",
            HardestKind::Strides => "strides",
            HardestKind::Steady => "steady",
            HardestKind::Tempo => "tempo",
            HardestKind::Repetitions => "repetitions",
            HardestKind::Race => "race",
        }
    }
}
