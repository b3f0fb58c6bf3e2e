//! The made-up season, and other files, with their bytes moved about.

use super::{check, config};
use crate::apple::made;
use crate::polar::{earlier, later};
use flate2::read::GzDecoder;
use proptest::prelude::*;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

/// Longer files take their time without telling more.
const LONGEST_BYTES: usize = 120_000;

/// The samples of each format, unpacked, the shortest of each first.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(&folder).expect("samples").flatten().map(|entry| entry.path());
    let read = |path: std::path::PathBuf| {
        let name = path.to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a sample");
        let plain = name.strip_suffix(".gz").map(str::to_owned);
        let bytes = if plain.is_some() { unpacked(&bytes) } else { bytes };
        let format = plain.unwrap_or(name).rsplit('.').next().unwrap_or_default().to_owned();
        (format, bytes)
    };
    let mut samples: Vec<(String, Vec<u8>)> = entries.map(read).collect();
    samples.sort_by_key(|(_, bytes)| bytes.len());
    let of = |format: &str| {
        let some: Vec<Vec<u8>> = samples.iter().filter(|(f, _)| f == format).map(|(_, bytes)| bytes.clone()).collect();
        assert!(!some.is_empty(), "no {format} among the samples");
        some.into_iter().take(4)
    };
    let shortened = |mut bytes: Vec<u8>| {
        bytes.truncate(LONGEST_BYTES);
        bytes
    };
    of("fit").chain(of("gpx")).chain(of("tcx")).chain(made_up()).map(shortened).collect()
});

/// Formats that no sample is in.
fn made_up() -> Vec<Vec<u8>> {
    let workouts = [made::heart_rates(made::START, 600, 144.0), made::workout("Running", made::START, 600, 10.0, "")];
    let kml = "<kml><Placemark><Track>".to_owned()
        + &(10..40).map(|s| format!("<when>2024-05-01T06:00:{s}Z</when><coord>8 47.{s} 5</coord>")).collect::<String>()
        + "</Track></Placemark></kml>";
    let texts = [made::export(&workouts.concat()), earlier("RUNNING", 0).to_string(), later(), kml];
    texts.into_iter().map(String::into_bytes).collect()
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).expect("a packed sample");
    out
}

/// One change to a file; places and lengths are fractions of it.
#[derive(Clone, Debug)]
enum Change {
    Flip {
        at: f64,
        bit: u8,
    },
    Set {
        at: f64,
        byte: u8,
    },
    Insert {
        at: f64,
        bytes: Vec<u8>,
    },
    Remove {
        at: f64,
        length: usize,
    },
    /// Copies a piece to another place.
    Copy {
        from: f64,
        at: f64,
        length: usize,
    },
    Cut {
        at: f64,
    },
}

fn change() -> impl Strategy<Value = Change> {
    // The front holds headers and definitions.
    let place = || prop_oneof![2 => 0.0..1.0_f64, 1 => 0.0..0.02_f64];
    prop_oneof![
        4 => (place(), 0..8_u8).prop_map(|(at, bit)| Change::Flip { at, bit }),
        4 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Set { at, byte }),
        1 => (place(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Change::Insert { at, bytes }),
        1 => (place(), 1..200_usize).prop_map(|(at, length)| Change::Remove { at, length }),
        1 => (place(), place(), 1..2000_usize).prop_map(|(from, at, length)| Change::Copy { from, at, length }),
        1 => (0.0..1.0_f64).prop_map(|at| Change::Cut { at }),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: Change) {
    let index = |at: f64| (at * bytes.len() as f64) as usize;
    let range = |at: f64, length: usize| index(at)..(index(at) + length).min(bytes.len());
    match change {
        Change::Flip { at, bit } => {
            let at = index(at);
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
        }
        Change::Set { at, byte } => {
            let at = index(at);
            bytes.iter_mut().skip(at).take(1).for_each(|old| *old = byte);
        }
        Change::Insert { at, bytes: new } => {
            let at = index(at);
            bytes.splice(at..at, new);
        }
        Change::Remove { at, length } => {
            let range = range(at, length);
            bytes.drain(range);
        }
        Change::Copy { from, at, length } => {
            let (piece, at) = (bytes[range(from, length)].to_vec(), index(at));
            bytes.splice(at..at, piece);
        }
        Change::Cut { at } => {
            let at = index(at);
            bytes.truncate(at);
        }
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn samples_with_bytes_moved_about(
        sample in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..12),
    ) {
        let mut bytes = sample.get(&SAMPLES).clone();
        for change in changes {
            apply(&mut bytes, change);
        }
        check(&bytes)?;
    }
}
