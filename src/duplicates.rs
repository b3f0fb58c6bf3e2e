//! The same run recorded twice counts once (methods §1.8).

use crate::digest::Digest;
use crate::recording::Recording;

/// Two recordings of one run start within this time of each other, ms.
const SAME_START_MS: i64 = 60_000;
/// and last equally long within this fraction.
const SAME_DURATION: f64 = 0.05;

/// A recording left out, and the one that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub file: String,
    pub kept: String,
}

/// Keeps one recording of each run, the one with most channels; the order by start is kept.
///
/// `recordings` must be sorted by start.
pub fn without_duplicates(recordings: Vec<Recording>) -> (Vec<Recording>, Vec<Duplicate>) {
    let mut kept: Vec<Recording> = Vec::with_capacity(recordings.len());
    let mut duplicates = Vec::new();
    for recording in recordings {
        let near = |other: &&mut Recording| is_same(&other.digest, &recording.digest);
        let starts_near = |other: &&mut Recording| recording.digest.start_ms - other.digest.start_ms <= SAME_START_MS;
        match kept.iter_mut().rev().take_while(starts_near).find(near) {
            Some(other) => {
                let (left, stays) = if richness(&recording.digest) > richness(&other.digest) {
                    (std::mem::replace(other, recording), &*other)
                } else {
                    (recording, &*other)
                };
                duplicates.push(Duplicate { file: left.file, kept: stays.file.clone() });
            }
            None => kept.push(recording),
        }
    }
    kept.sort_by_key(|r| r.digest.start_ms);
    (kept, duplicates)
}

fn is_same(a: &Digest, b: &Digest) -> bool {
    let longer = a.elapsed_s.max(b.elapsed_s);
    (a.start_ms - b.start_ms).abs() <= SAME_START_MS && (a.elapsed_s - b.elapsed_s).abs() <= SAME_DURATION * longer
}

/// How many channels a recording has, then how many seconds carry a heart rate.
fn richness(digest: &Digest) -> (u32, usize) {
    let heart_beats = digest.trace.seconds().filter(|s| s.heart_rate_bpm.is_some()).count();
    let channels = [
        heart_beats > 0,
        digest.pace_reliable,
        digest.ascent_m.is_some(),
        digest.normalised_power_w.is_some(),
        digest.trace.seconds().any(|s| s.cadence_spm.is_some()),
    ];
    (channels.iter().map(|has| u32::from(*has)).sum(), heart_beats)
}
