//! Digests from a Parquet file, in place of the files that they were made from.

use super::UsageError;
use super::files::reason;
use crate::outcome::FileResult;
use crate::render::table;
use crate::sent;
use crate::shown::{FileName, Text};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Every Parquet file begins so.
const MAGIC: &[u8] = b"PAR1";

/// Runners named before the others are only counted.
const NAMED: usize = 8;

/// True for a Parquet file.
pub(super) fn is_table(path: &Path) -> bool {
    let mut head = [0; MAGIC.len()];
    path.is_file() && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == MAGIC
}

/// What came of the files of one athlete: the one named, or the only one there is.
pub(super) fn results(path: &Path, athlete: Option<&str>) -> Result<Vec<FileResult>> {
    let shown = FileName::of(path);
    let file = File::open(path).map_err(|error| anyhow!("{shown}: {}", reason(&error)))?;
    let digests = table::digests_in(file).with_context(|| format!("{shown} is no file by `freshlegs digest`"))?;
    let mut of_athletes: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for (athlete, digest) in digests {
        of_athletes.entry(athlete.unwrap_or_default()).or_default().push(digest);
    }
    let digests = match athlete {
        Some(name) => of_athletes.remove(name),
        None if of_athletes.len() > 1 => None,
        None => Some(of_athletes.pop_first().map(|(_, digests)| digests).unwrap_or_default()),
    };
    let digests = digests.ok_or_else(|| which(&shown, athlete, &of_athletes))?;
    let unpacked = digests.iter().map(|digest| sent::unpack(digest)).collect::<Result<Vec<_>, _>>();
    Ok(unpacked.with_context(|| shown.to_string())?.into_iter().flatten().collect())
}

fn which(shown: &FileName, athlete: Option<&str>, all: &BTreeMap<String, Vec<Vec<u8>>>) -> UsageError {
    let named: Vec<String> = all.keys().take(NAMED).map(|name| Text::from(name.as_str()).to_string()).collect();
    let more = if all.len() > NAMED { format!(" and {} more", all.len() - NAMED) } else { String::new() };
    let names = format!("{}{more}", named.join(", "));
    UsageError(match athlete {
        Some(name) => format!("{shown} has no runs of `{}`, but of {names}", Text::from(name)),
        None => format!("{shown} holds the runs of {names}; choose one with --athlete"),
    })
}
