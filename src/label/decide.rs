//! Puts a verdict together: the label by the list in `ruling`, its confidence, and its reasons.

use super::evidence::Evidence;
use super::race::RaceCall;
use super::reason::reasons;
use super::ruling::{Hardest, HardestKind, Ruling};
use super::score::{RecoveryScore, recovery_score};
use super::{Called, Context, Features, Label, Reason, Rough, confidence};
use crate::intent::Purpose;
use crate::notes::Said;
use crate::rule::RecoveryRule;

/// A label with everything it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub label: Label,
    /// Its hardest part, which the label may not show: a long run with a fast finish.
    pub hardest: Hardest,
    pub score: RecoveryScore,
    /// The limits beside the score that a recovery run must keep.
    pub gates: Vec<Evidence>,
    /// 0..=1; high from 0.85, medium from 0.65.
    pub confidence: f64,
    /// It lies within the uncertainty of what decided.
    pub borderline: bool,
    /// The only word that can be stood by while nothing but defaults is known.
    pub rough: Option<Rough>,
    /// Distance of the race, km.
    pub race_km: Option<f64>,
    /// Whether it was what somebody had said beforehand; `None` where nobody said anything that can be checked.
    pub as_stated: Option<(Purpose, bool)>,
    pub reasons: Vec<Reason>,
}

impl Verdict {
    /// What the session is called.
    pub fn called(&self) -> Called {
        self.rough.map_or(Called::Label(self.label), Called::Roughly)
    }

    /// A hand's word beats every rule, and both are shown.
    pub(super) fn corrected(mut self, said: &Said, distance_km: Option<f64>) -> Verdict {
        if let Some(label) = said.label {
            self.reasons.insert(0, Reason::ByHand { rules_say: self.label });
            (self.label, self.confidence, self.rough, self.borderline) = (label, 1.0, None, false);
            self.race_km = self.race_km.or(distance_km).filter(|_| label == Label::Race);
            if !label.is_hard() && label != Label::RecoveryTooHard && self.hardest.is_hard() {
                self.hardest = Hardest { kind: HardestKind::None, minutes: 0.0 };
            }
        } else if said.is_race == Some(true) {
            (self.confidence, self.rough) = (1.0, None);
        } else if said.is_race == Some(false) {
            self.reasons.insert(0, Reason::NoRaceByHand);
        }
        self
    }
}

/// Names the run.
pub fn decide(run: &Features, context: &Context, race: RaceCall, rule: &RecoveryRule) -> Verdict {
    let score = recovery_score(run, context, rule);
    let mut ruling = Ruling { run, context, race, rule, score: &score, gates: Vec::new() };
    ruling.gates = ruling.gates();
    let label = ruling.label();
    Verdict {
        label,
        hardest: ruling.hardest(label),
        gates: ruling.gates.clone(),
        confidence: confidence::of(label, &ruling),
        borderline: ruling.is_borderline(label),
        rough: context.rough.then(|| Rough::of(label)).flatten(),
        race_km: ruling.race_km().filter(|_| label == Label::Race),
        as_stated: ruling.as_stated(label),
        reasons: reasons(label, &ruling),
        score: score.clone(),
    }
}
