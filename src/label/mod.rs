//! What kind of run it was, and why: above all whether it was a recovery run (methods §6).

mod context;
mod decide;
mod features;
mod history;
mod reason;
mod score;
mod title;

pub use crate::run_label::Label;
pub use context::{Context, Freshening, context_score};
pub use decide::{Verdict, decide};
pub use features::{Features, Part, features};
pub use history::{Baseline, Labelled, Session, label_all, reasons_of_part, sessions};
pub use reason::{Reason, Spoil};
pub use score::{Criterion, RecoveryScore, Score, recovery_score};
pub use title::Title;
