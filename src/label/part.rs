//! One recording of a session, with its believed heart rate and its load.

use crate::heart_rate::HeartRate;
use crate::load::RunLoad;
use crate::recording::Recording;

/// A recording with what the second stage has found out about it.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub recording: &'a Recording,
    pub heart_rate: &'a HeartRate,
    pub load: RunLoad,
}
