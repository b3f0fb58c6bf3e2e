//! What each kind of day asks for, and what holds on all days. Each is said once for a whole plan.

use super::{DayGuide, RoutineKind, is_unwell};
use crate::physiology::training::rest_cost;
use crate::plan::{Kind, Plan, PlanInputs};
use serde::{Serialize, Serializer};
use std::fmt;

/// What one kind of day asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KindAdvice {
    pub kind: Kind,
    #[serde(rename = "text", serialize_with = "as_text")]
    pub facts: DayFacts,
}

/// What the words depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayFacts {
    kind: Kind,
    /// Share of a recovery run to be walked.
    walk_share: f64,
    /// A loaded pack may be carried.
    may_carry: bool,
    has_drills: bool,
    /// Some hard day offers two sessions.
    has_choice: bool,
    /// Ill or in pain on some of the days.
    is_unwell: bool,
}

impl KindAdvice {
    /// One for every kind of day in the plan, the gentlest first.
    pub(super) fn of(plan: &Plan, inputs: &PlanInputs, has_choice: bool) -> Vec<KindAdvice> {
        let is_planned = |kind: &Kind| plan.days.iter().any(|day| day.kind == *kind);
        let walk_share = inputs.paces.walk_share;
        let facts = |kind| DayFacts {
            kind,
            walk_share,
            may_carry: !inputs.wishes.no_hard,
            has_drills: walk_share <= 0.0,
            has_choice,
            is_unwell: plan.days.iter().any(is_unwell),
        };
        Kind::ALL.into_iter().filter(is_planned).map(|kind| KindAdvice { kind, facts: facts(kind) }).collect()
    }
}

impl fmt::Display for KindAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts.fmt(f)
    }
}

impl fmt::Display for DayFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Rest if self.is_unwell => write!(
                f,
                "No running, and no guilt: rest until it is over, and make up for nothing. Eat, drink and sleep. In pain \
                 leave out whatever hurts; with fever even a walk is too much. A whole day of rest costs no more than {:.1} % \
                 of modelled fitness.",
                100.0 * rest_cost(1.0)
            ),
            Kind::Rest => write!(
                f,
                "No running, and no guilt: your body adapts now, you run better for it, and injuries become fewer. Eat and \
                 drink as usual. Do something you enjoy: a walk, dinner with friends. A whole day of rest costs no more \
                 than {:.1} % of modelled fitness.",
                100.0 * rest_cost(1.0)
            ),
            Kind::Recovery => self.recovery(f),
            kind => f.write_str(match kind {
                Kind::CrossTrain => {
                    "Walk, ride or swim easily. Gentle movement may ease stiffness; do not stay in bed or sit all day."
                }
                Kind::WalkJog => "Walk and jog in turns, so gently that you could chat all the way.",
                Kind::Shakeout => "Very easy, only to loosen your legs. Nothing you do today makes you faster tomorrow.",
                Kind::Easy => "Conversational effort: whole sentences come easily. If you gasp between them, slow down.",
                Kind::Long => {
                    "As easy as an easy run, only longer. Any length within the range counts; end it when it stops being easy."
                }
                Kind::Hard if self.has_choice => {
                    "Choose one of the two sessions. At threshold you can still say a few words; fast repetitions are hard \
                     but even, the last like the first. Your legs decide: if the warm-up feels wrong, make it a recovery run."
                }
                Kind::Hard => {
                    "At threshold you can still say a few words. Your legs decide: if the warm-up feels wrong, make it a \
                     recovery run."
                }
                _ => "Start within your means. Drink to thirst, and walk a little afterwards.",
            }),
        }
    }
}

impl DayFacts {
    fn recovery(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "One purpose: that the next session goes well. Keep it short and go by feel, with no route and no distance to \
             reach. Effort 3 of 10 at most: whole sentences come easily. Heart rate and pace are the most, never a goal; \
             slower is fine.",
        )?;
        if self.walk_share > 0.0 {
            write!(
                f,
                " Even your slowest jog is more than recovery, so about {:.0} % of the run is walked.",
                100.0 * self.walk_share
            )?;
        }
        if self.has_drills {
            f.write_str(" The drills halfway wake up what running leaves out.")?;
        }
        f.write_str(" Walk for 5–10 minutes afterwards.")?;
        if self.may_carry {
            f.write_str(
                " To learn the slow, flat stride, carry a light pack for five flat minutes of an easy run, on another day, \
                 and run as you did under it; not with trouble in back, knees or feet.",
            )?;
        }
        Ok(())
    }
}

/// What holds on all days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    AfterRunning,
    Mobility,
    Stretching,
    Sleep,
    Aids,
    Care,
}

impl Aside {
    /// What the days of a plan call for.
    pub(super) fn of(days: &[DayGuide]) -> Vec<Aside> {
        let has = |kind: RoutineKind| days.iter().flat_map(|day| &day.routines).any(|routine| routine.kind == kind);
        let mobility = [RoutineKind::Mobility, RoutineKind::MobilityBefore].into_iter().any(has);
        let stretching = has(RoutineKind::Stretching);
        let all = [
            (!days.is_empty(), Aside::AfterRunning),
            (mobility, Aside::Mobility),
            (stretching, Aside::Stretching),
            (mobility || stretching, Aside::Care),
            (!days.is_empty(), Aside::Sleep),
            (!days.is_empty(), Aside::Aids),
        ];
        all.into_iter().filter(|(applies, _)| *applies).map(|(_, beside)| beside).collect()
    }

    /// Two or three words for it.
    pub fn name(self) -> &'static str {
        match self {
            Aside::AfterRunning => "After a run",
            Aside::Mobility => "Mobility",
            Aside::Stretching => "Stretching",
            Aside::Sleep => "Sleep",
            Aside::Aids => "If you like",
            Aside::Care => "With care",
        }
    }
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Aside::AfterRunning => {
                "Walk for 5–10 minutes, stretch gently while you are warm, each stretch held and relaxed, and drink something."
            }
            Aside::Mobility => {
                "About 15 minutes, four to five times a week: hamstring rock, 90/90 hip rotations, dynamic calf stretch. \
                 Before hard sessions and races half of it, before the warm-up; after them, after races and after hills the \
                 calves first."
            }
            Aside::Stretching => {
                "10–15 minutes on the other days: hip opener, child's pose, cat and cow, spinal twist, hamstring, pigeon."
            }
            Aside::Sleep => {
                "Perhaps the best recovery there is. Seven to nine hours suit most people; how you feel in the morning counts for more."
            }
            Aside::Aids => {
                "Massage, a warm bath, compression, soft shoes. Massage eases soreness most in studies; you need none of them."
            }
            Aside::Care => "To a mild pull, never to pain; hold on to something; leave out what hurts.",
        })
    }
}

impl Serialize for Aside {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct NamedAside {
            name: &'static str,
            text: String,
        }
        NamedAside { name: self.name(), text: self.to_string() }.serialize(serializer)
    }
}

fn as_text<S: Serializer>(facts: &DayFacts, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_promise_and_nothing_that_frightens() {
        let facts = |kind| DayFacts {
            kind,
            walk_share: 0.3,
            may_carry: true,
            has_drills: true,
            has_choice: true,
            is_unwell: false,
        };
        let mut said: Vec<String> = Kind::ALL.into_iter().map(|kind| facts(kind).to_string()).collect();
        let beside = [Aside::AfterRunning, Aside::Mobility, Aside::Stretching, Aside::Sleep, Aside::Aids, Aside::Care];
        said.push(DayFacts { is_unwell: true, ..facts(Kind::Rest) }.to_string());
        said.push(DayFacts { has_choice: false, ..facts(Kind::Hard) }.to_string());
        said.extend(beside.iter().map(ToString::to_string));
        for text in said {
            let small = text.to_lowercase();
            for word in ["danger", "flush", "lactate", "heal", "cure", "safe", "prevent"] {
                assert!(!small.contains(word), "{word}: {text}");
            }
            assert!(text.ends_with('.'), "{text}");
        }
    }

    #[test]
    fn a_recovery_run_names_the_share_to_walk_only_where_it_is_needed() {
        let facts = DayFacts {
            kind: Kind::Recovery,
            walk_share: 0.27,
            may_carry: false,
            has_drills: false,
            has_choice: false,
            is_unwell: false,
        };
        let said = facts.to_string();
        assert!(said.contains("27 % of the run is walked") && !said.contains("pack") && !said.contains("drills"));
        assert!(!DayFacts { walk_share: 0.0, ..facts }.to_string().contains("walked,"));
    }
}
