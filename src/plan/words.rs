//! What to do on each kind of day, in a line or two (methods §7.5).

use super::Kind;
use crate::physiology::training::rest_cost;

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
