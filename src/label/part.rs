//! One recording of a session, with its believed heart rate.

use crate::digest::{Digest, Second, Trace};
use crate::heart_rate::HeartRate;
use crate::recording::Recording;
use std::borrow::Cow;

/// A recording with the heart rate that may be believed.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub recording: &'a Recording,
    pub heart_rate: &'a HeartRate,
    /// Mean grade-adjusted speed over the moving seconds, m/s.
    pub gap_mps: Option<f64>,
}

/// A part whose seconds lie open for as long as somebody looks at them.
pub(super) struct OpenPart<'a> {
    pub digest: &'a Digest,
    pub heart_rate: &'a HeartRate,
    pub trace: Cow<'a, Trace>,
}

impl<'a> OpenPart<'a> {
    pub fn all(parts: &[Part<'a>]) -> Vec<OpenPart<'a>> {
        let open = |part: &Part<'a>| {
            let digest: &'a Digest = &part.recording.digest;
            OpenPart { digest, heart_rate: part.heart_rate, trace: digest.trace.open() }
        };
        parts.iter().map(open).collect()
    }

    /// Second by second, each with the heart rate that may be believed, bpm.
    pub fn seconds(&self) -> impl Iterator<Item = (Second, Option<f64>)> + '_ {
        self.trace.seconds().zip(self.heart_rate.bpm(&self.trace))
    }
}
