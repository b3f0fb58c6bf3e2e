//! What to do on each kind of day, in a line or two (methods §7.5).

use super::steps::repetitions;
use super::{Kind, PlanInputs, PlannedDay};
use crate::physiology::training::rest_cost;
use crate::units::{Bpm, Speed};

impl Kind {
    /// What to do on such a day.
    pub fn advice(self) -> String {
        let text = match self {
            Self::Rest => {
                return format!(
                    "No running. Your body rebuilds today, so eat and drink as usual, and do something you enjoy: a walk, \
                     dinner with friends. One day of rest costs {:.1} % of modelled fitness.",
                    100.0 * rest_cost(1.0)
                );
            }
            Self::Recovery => {
                "One purpose: that the next session goes well. Effort 3 of 10 at most, whole sentences come easily. Go by \
                 feel, with no route and no distance to reach. Walk gently for 5–10 minutes after."
            }
            Self::Easy => "Conversational effort: whole sentences come easily.",
            Self::Long => "As easy as an easy run, only longer.",
            Self::Hard => {
                "Enough hours have passed for a hard session. Your legs decide: if the warm-up feels wrong, make it a \
                 recovery run."
            }
            Self::WalkJog => "Walk and jog in turns, so gently that you could chat all the way.",
            Self::CrossTrain => {
                "Walk, ride or swim easily. Gentle movement may ease stiffness; do not stay in bed or sit all day."
            }
            Self::Shakeout => "Very easy, only to loosen your legs.",
            Self::Race => "Race. Drink to thirst, and walk a little afterwards.",
        };
        text.to_owned()
    }
}

impl PlannedDay {
    /// What to do on the day: the advice for its kind, and on a hard day two sessions to choose from.
    pub fn advice(&self, inputs: &PlanInputs) -> String {
        match self.kind {
            Kind::Hard => format!("{} {}", self.kind.advice(), self.choices(inputs)),
            kind => kind.advice(),
        }
    }

    /// Two sessions with their minutes, pace and heart rate.
    fn choices(&self, inputs: &PlanInputs) -> String {
        let (times, each) = repetitions(self.hard_s / 60.0, 8.0);
        let (short, minutes) = repetitions(self.hard_s / 60.0, 3.0);
        let paces = &inputs.paces;
        let pace = |share: f64| {
            let speed = paces.threshold_mps.filter(|_| paces.is_trusted);
            speed.map(|v| format!(", about {}", Speed(share * v))).unwrap_or_default()
        };
        let threshold = paces.threshold_bpm.filter(|_| inputs.ceilings.recovery_hr_bpm.is_some());
        let beats = threshold.map(|bpm| format!(", up to {}", Bpm(bpm))).unwrap_or_default();
        format!(
            "Threshold: {times} × {each:.0} min comfortably hard{}{beats}, 2 min of jogging between. Or repetitions: \
             {short} × {minutes:.0} min hard but even{}, 2–3 min of jogging between.",
            pace(1.0),
            pace(1.05)
        )
    }
}
