//! What was worked out before, by the fingerprint of all that it was worked out from.
//!
//! Most of a season stays as it was when a run is added: the same seconds held against the same thresholds give the same
//! numbers. Stage 2 asks here before it looks at seconds again. Nothing that it says depends on what is known: whatever is
//! not known, or cannot be read, is worked out.

use crate::content::ContentHash;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// What was not asked for is held for so many seasons that brought something new: another profile may come back.
const LONGEST_IDLE: u8 = 4;
/// Beyond so much, only what was asked for is held: some 60,000 runs.
const LARGEST_BYTES: usize = 64 << 20;

/// Results by what they were worked out from. May be used from several threads at once.
#[derive(Debug, Default)]
pub struct Memo {
    known: HashMap<ContentHash, KnownResult>,
    /// Worked out since; `None` where nothing is to be kept.
    new: Option<Mutex<HashMap<ContentHash, Vec<u8>>>>,
}

#[derive(Debug)]
struct KnownResult {
    result: KeptResult,
    is_used: AtomicBool,
}

/// A result as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptResult {
    from: ContentHash,
    /// How many seasons came and went that did not ask for it.
    idle: u8,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

impl Memo {
    /// Knows nothing and keeps nothing.
    pub fn none() -> Memo {
        Memo::default()
    }

    /// Knows what was kept, and keeps what is worked out.
    pub fn knowing(kept: Vec<KeptResult>) -> Memo {
        let known =
            kept.into_iter().map(|result| (result.from, KnownResult { result, is_used: AtomicBool::new(false) }));
        Memo { known: known.collect(), new: Some(Mutex::default()) }
    }

    /// The result of `work_out`, which depends on what `from` is the fingerprint of and on nothing else.
    pub fn result<T: Serialize + DeserializeOwned>(
        &self,
        from: impl FnOnce() -> ContentHash,
        work_out: impl FnOnce() -> T,
    ) -> T {
        let Some(new) = &self.new else { return work_out() };
        let from = from();
        if let Some(known) = self.known.get(&from)
            && let Ok(result) = postcard::from_bytes(&known.result.bytes)
        {
            known.is_used.store(true, Ordering::Relaxed);
            return result;
        }
        let result = work_out();
        if let Ok(bytes) = postcard::to_stdvec(&result) {
            new.lock().unwrap_or_else(PoisonError::into_inner).insert(from, bytes);
        }
        result
    }

    /// All that is to be known the next time; `None` where it is what was known before.
    pub fn kept(&self) -> Option<Vec<KeptResult>> {
        let new = self.new.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        if new.is_empty() {
            return None;
        }
        let known = self.known.values().filter(|known| !new.contains_key(&known.result.from)).map(|known| {
            let idle = if known.is_used.load(Ordering::Relaxed) { 0 } else { known.result.idle.saturating_add(1) };
            KeptResult { idle, ..known.result.clone() }
        });
        let new = new.iter().map(|(from, bytes)| KeptResult { from: *from, idle: 0, bytes: bytes.clone() });
        let mut kept: Vec<KeptResult> = known.filter(|result| result.idle <= LONGEST_IDLE).chain(new).collect();
        if kept.iter().map(|result| result.bytes.len()).sum::<usize>() > LARGEST_BYTES {
            kept.retain(|result| result.idle == 0);
        }
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn hash(text: &str) -> ContentHash {
        ContentHash::of(text.as_bytes())
    }

    /// The result of a text, and whether it had to be worked out.
    fn asked(memo: &Memo, text: &str) -> (Option<f64>, bool) {
        let worked = Cell::new(false);
        let result = memo.result(
            || hash(text),
            || {
                worked.set(true);
                Some(text.len() as f64 + 0.1)
            },
        );
        (result, worked.get())
    }

    #[test]
    fn what_is_known_is_not_worked_out_again() {
        let first = Memo::knowing(Vec::new());
        assert_eq!([asked(&first, "a"), asked(&first, "bc")], [(Some(1.1), true), (Some(2.1), true)]);
        let second = Memo::knowing(first.kept().expect("something new"));
        assert_eq!(asked(&second, "bc"), (Some(2.1), false));
        assert_eq!(second.kept(), None, "nothing new");
        assert_eq!(asked(&second, "def"), (Some(3.1), true));
        assert_eq!(second.kept().map(|kept| kept.len()), Some(3));
        assert_eq!((asked(&Memo::none(), "a"), Memo::none().kept()), ((Some(1.1), true), None));
    }

    #[test]
    fn what_nobody_asks_for_is_let_go() {
        let mut kept = Memo::knowing(Vec::new());
        asked(&kept, "old");
        for turn in 0..=LONGEST_IDLE {
            kept = Memo::knowing(kept.kept().expect("something new"));
            asked(&kept, "used");
            asked(&kept, &format!("new {turn}"));
        }
        let kept = kept.kept().expect("something new");
        assert!(
            kept.iter().all(|result| result.from != hash("old")) && kept.len() == 1 + usize::from(LONGEST_IDLE) + 1
        );
    }

    #[test]
    fn what_cannot_be_read_is_worked_out() {
        let memo = Memo::knowing(vec![KeptResult { from: hash("a"), idle: 0, bytes: vec![7] }]);
        assert_eq!(asked(&memo, "a"), (Some(1.1), true));
        let again = Memo::knowing(memo.kept().expect("something new"));
        assert_eq!((asked(&again, "a"), again.known.len()), ((Some(1.1), false), 1));
    }
}
