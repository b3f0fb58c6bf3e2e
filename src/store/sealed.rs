//! Values as bytes that tell when they were damaged.
//!
//! SQLite has no checksums of its own. A bit that flips inside a value would pass for a measurement, so every value is
//! kept with a fingerprint of itself and of what it was kept under.

use crate::content::ContentHash;
use crate::packed::{pack, unpack};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes and their fingerprint.
#[derive(Debug)]
pub(super) struct Sealed {
    pub bytes: Vec<u8>,
    pub seal: Vec<u8>,
}

impl Sealed {
    /// Packs a value that is going to be kept under `key`; `None` where it cannot be written as bytes.
    pub(super) fn new(key: &[&[u8]], value: &impl Serialize) -> Option<Sealed> {
        Some(Sealed::packed(key, pack(&postcard::to_stdvec(value).ok()?)?))
    }

    /// Of what is packed already.
    pub(super) fn packed(key: &[&[u8]], bytes: Vec<u8>) -> Sealed {
        let seal = seal(key, &bytes);
        Sealed { bytes, seal }
    }

    /// The value, if nothing happened to it and it was kept under this key.
    pub(super) fn open<T: DeserializeOwned>(&self, key: &[&[u8]]) -> Option<T> {
        postcard::from_bytes(&unpack(self.unharmed(key)?)?).ok()
    }

    /// Its bytes, if nothing happened to them and they were kept under this key.
    pub(super) fn unharmed(&self, key: &[&[u8]]) -> Option<&[u8]> {
        (seal(key, &self.bytes) == self.seal).then_some(&self.bytes)
    }
}

fn seal(key: &[&[u8]], bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = key.iter().copied().chain([bytes]).collect();
    ContentHash::of_parts(&parts).as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unharmed_value_under_its_own_key_comes_back() {
        let value = vec![Some(1.5), None, Some(-0.0)];
        let mut sealed = Sealed::new(&[b"key"], &value).expect("sealed");
        assert_eq!(sealed.open::<Vec<Option<f64>>>(&[b"key"]), Some(value));
        assert_eq!(sealed.open::<Vec<Option<f64>>>(&[b"another"]), None);
        for i in 0..sealed.bytes.len() {
            sealed.bytes[i] ^= 1;
            assert_eq!(sealed.open::<Vec<Option<f64>>>(&[b"key"]), None);
            sealed.bytes[i] ^= 1;
        }
    }
}
