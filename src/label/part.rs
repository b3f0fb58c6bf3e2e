//! One recording of a session, with its believed heart rate.

use crate::heart_rate::HeartRate;
use crate::recording::Recording;

/// A recording with the heart rate that may be believed.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub recording: &'a Recording,
    pub heart_rate: &'a HeartRate,
    /// Mean grade-adjusted speed over the moving seconds, m/s.
    pub gap_mps: Option<f64>,
}
