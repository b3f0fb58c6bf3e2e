//! What came of a file's bytes, as it is kept: the seconds of its traces apart from all else, so that they are unpacked only
//! where somebody looks at them.

use super::sealed::Sealed;
use crate::content::ContentHash;
use crate::digest::{PackedTrace, Trace};
use crate::outcome::Outcome;
use crate::packed::{pack, unpack};
use serde::{Deserialize, Serialize};

/// Another number for another layout.
const KEY: &[u8] = b"content 2";

#[derive(Serialize, Deserialize)]
struct KeptOutcome<'k> {
    /// The outcome with empty traces, packed.
    #[serde(borrow, with = "serde_bytes")]
    outcome: &'k [u8],
    /// The traces of its digests.
    traces: Vec<PackedTrace>,
}

/// What a version of the digest made of a content; `None` where it cannot be packed.
///
/// The seconds are packed on the way, and stay so: the outcomes of a season wait for one another.
pub(super) fn sealed(version: u32, content: &ContentHash, outcome: &mut Outcome) -> Option<Sealed> {
    let Outcome::Read(digests) = outcome else { return sealed_parts(version, content, outcome, Vec::new()) };
    let mut traces = Vec::with_capacity(digests.len());
    for digest in &mut *digests {
        digest.trace.pack();
        traces.push(std::mem::take(&mut digest.trace));
    }
    let packed = traces.iter().map(Trace::packed).collect::<Option<Vec<_>>>();
    let sealed = packed.and_then(|traces| sealed_parts(version, content, outcome, traces));
    if let Outcome::Read(digests) = outcome {
        digests.iter_mut().zip(traces).for_each(|(digest, trace)| digest.trace = trace);
    }
    sealed
}

fn sealed_parts(version: u32, content: &ContentHash, outcome: &Outcome, traces: Vec<PackedTrace>) -> Option<Sealed> {
    let outcome = pack(&postcard::to_stdvec(outcome).ok()?)?;
    let bytes = postcard::to_stdvec(&KeptOutcome { outcome: &outcome, traces }).ok()?;
    Some(Sealed::packed(&[KEY, &version.to_le_bytes(), content.as_bytes()], bytes))
}

/// What was sealed, unless something happened to it.
pub(super) fn opened(version: u32, content: &ContentHash, kept: &Sealed) -> Option<Outcome> {
    let bytes = kept.unharmed(&[KEY, &version.to_le_bytes(), content.as_bytes()])?;
    let KeptOutcome { outcome, traces } = postcard::from_bytes(bytes).ok()?;
    let mut outcome: Outcome = postcard::from_bytes(&unpack(outcome)?).ok()?;
    if let Outcome::Read(digests) = &mut outcome {
        digests.iter_mut().zip(traces).for_each(|(digest, trace)| digest.trace = Trace::from(trace));
    }
    Some(outcome)
}
