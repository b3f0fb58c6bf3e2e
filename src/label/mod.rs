//! What kind of run it was, and why: above all whether it was a recovery run (methods §6).

mod agreement;
mod called;
mod confidence;
mod context;
mod decide;
mod effort;
mod evidence;
mod features;
mod gates;
mod hardness;
mod history;
mod measured;
mod race;
mod part;
mod reason;
mod ruling;
mod score;

pub use crate::run_label::Label;
pub use agreement::Agreement;
pub use called::{Called, Rough};
pub use confidence::{HIGH, MEDIUM};
pub use context::{Context, RecoveryPrompt, context_score};
pub use decide::{Verdict, decide};
pub use effort::{Effort, EffortSeries, Repeated};
pub use evidence::{Criterion, Evidence, Measure, Role};
pub use features::{Features, UnweighedFeatures};
pub use history::{Baseline, Labelled, Session, label_all, reasons_of_part, sessions};
pub use measured::{measure_again, measure_all};
pub use part::Part;
pub use race::{RaceCall, RaceSigns};
pub use reason::{Reason, Spoil};
pub use ruling::{Hardest, HardestKind};
pub use score::{RecoveryScore, recovery_score};
