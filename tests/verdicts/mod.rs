//! Verdicts that are right for a runner who gave nothing: made-up runners, what is true of them, and what is said.

mod followed;
mod labels;
mod made;
mod properties;
mod sensitivity;
mod thresholds;
mod validation;
