//! The fingerprint of a file's content.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Read, Write};

/// BLAKE3, 256 bits: two files with the same fingerprint hold the same bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> ContentHash {
        ContentHash(*blake3::hash(bytes).as_bytes())
    }

    /// Of all that a stream gives.
    pub fn of_stream(mut stream: impl Read) -> io::Result<ContentHash> {
        let (mut hasher, mut buffer) = (blake3::Hasher::new(), vec![0; 1 << 16]);
        loop {
            match stream.read(&mut buffer)? {
                0 => return Ok(ContentHash(*hasher.finalize().as_bytes())),
                count => hasher.update(&buffer[..count]),
            };
        }
    }

    /// Of all that somebody writes.
    ///
    /// # Errors
    /// Those of the writing.
    pub fn of_written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<ContentHash> {
        let mut hasher = blake3::Hasher::new();
        write(&mut hasher)?;
        Ok(ContentHash(*hasher.finalize().as_bytes()))
    }

    /// Of several byte strings; where one ends and the next begins counts too.
    pub fn of_parts(parts: &[&[u8]]) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        ContentHash(*hasher.finalize().as_bytes())
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_blake3_of_the_bytes() {
        // The test vector of the BLAKE3 authors for no input.
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(ContentHash::of(b"").to_string(), empty);
    }

    #[test]
    fn the_borders_of_parts_count() {
        assert_ne!(ContentHash::of_parts(&[b"ab", b"c"]), ContentHash::of_parts(&[b"a", b"bc"]));
        assert_ne!(ContentHash::of_parts(&[b"a"]), ContentHash::of_parts(&[b"a", b""]));
    }
}
