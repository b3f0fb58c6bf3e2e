//! What a season is made from: what came of the files, and what the runner wrote beside them.
//!
//! It can be kept in the report's folder, so that the report can be made again without the files, whatever has become of
//! them: by newer rules, for another day, or with other numbers in the profile.

use super::digests::digest_all;
use super::files::{Found, Written, reason, small_text};
use super::{Input, UsageError, checkin, clock, digested, note, packing};
use crate::checkin::CheckIns;
use crate::content::ContentHash;
use crate::digest;
use crate::import::Import;
use crate::job::Job;
use crate::notes::Notes;
use crate::outcome::{FileResult, Outcome};
use crate::profile::Profile;
use crate::read::ReadError;
use crate::rule::{Preset, RecoveryRule};
use crate::shown::{FileName, Text};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The file in the report's folder.
pub(super) const FILE: &str = "report.data";

const MAGIC: &str = "freshlegs report data";
/// Changes with the layout of what is kept; the layout of a digest has its own number.
const LAYOUT: u32 = 1;
/// Ten thousand runs take a tenth of it.
const LARGEST_BYTES: usize = 4 << 30;

/// Everything that was read.
#[derive(Clone, Debug)]
pub(super) struct Material {
    pub results: Vec<FileResult>,
    pub unreadable: Vec<(FileName, Text)>,
    /// Paths the user named that could not be opened, each with why.
    pub missing: Vec<String>,
    pub profile: Option<Written>,
    pub notes: Option<Written>,
    pub check_ins: Option<Written>,
    /// The system's time zone, where the profile names none.
    pub home: TimeZone,
    /// Where notes are kept.
    pub notes_folder: PathBuf,
    /// The day of the report this was kept in.
    pub as_of: Option<Date>,
}

/// What of it is kept, as it is read back.
#[derive(Deserialize)]
struct KeptMaterial {
    files: Vec<(FileName, FileName, Outcome)>,
    unreadable: Vec<(FileName, Text)>,
    profile: Option<Written>,
    notes: Option<Written>,
    check_ins: Option<Written>,
    home: Option<String>,
}

/// The same as it is written.
#[derive(Serialize)]
struct Keeping<'m> {
    files: Vec<(&'m FileName, &'m FileName, &'m Outcome)>,
    unreadable: &'m [(FileName, Text)],
    profile: &'m Option<Written>,
    notes: &'m Option<Written>,
    check_ins: &'m Option<Written>,
    home: Option<&'m str>,
}

/// What the runner wrote beside the files.
#[derive(Debug)]
pub(super) struct OwnWords {
    profile: Option<(PathBuf, String)>,
    notes: Option<Written>,
    check_ins: Option<Written>,
    /// Where notes are kept.
    notes_folder: PathBuf,
}

/// What the runner wrote beside the files under the user's paths.
///
/// # Errors
/// Where some of it cannot be read.
pub(super) fn words(input: &Input) -> Result<OwnWords> {
    let profile = profile(input)?;
    let path = profile.as_ref().map(|(path, _)| path.as_path());
    let notes_folder = notes_folder(input, path);
    Ok(OwnWords { notes: notes(&notes_folder)?, check_ins: checkin::written(input, path)?, notes_folder, profile })
}

impl Material {
    /// Reads everything under the user's paths.
    pub fn read(input: &Input) -> Result<Material> {
        let OwnWords { profile, notes, check_ins, notes_folder } = words(input)?;
        let (tables, paths): (Vec<PathBuf>, Vec<PathBuf>) =
            input.paths.iter().cloned().partition(|path| digested::is_table(path));
        let found = Found::under(&paths);
        let mut results = digest_all(&input.reading, &found.files)?;
        let missing = missing(&found, &results);
        for table in &tables {
            results.extend(digested::results(table, input.athlete.as_deref())?);
        }
        Ok(Material {
            missing,
            unreadable: found.unreadable,
            results,
            notes,
            check_ins,
            profile: profile.as_ref().map(|(path, text)| (FileName::of(path), text.clone())),
            home: clock::home_unless(input, || profile.as_ref().is_some_and(|(_, text)| names_time_zone(text))),
            notes_folder,
            as_of: None,
        })
    }

    fn keeping(&self) -> Keeping<'_> {
        Keeping {
            files: self.results.iter().map(|r| (&r.file, &r.source, &r.outcome)).collect(),
            unreadable: &self.unreadable,
            profile: &self.profile,
            notes: &self.notes,
            check_ins: &self.check_ins,
            home: self.home.iana_name(),
        }
    }

    /// The fingerprint of everything but the day.
    pub fn fingerprint(&self) -> Result<ContentHash> {
        packing::fingerprint(&self.keeping())
    }

    /// Everything but the day, packed. What a report in `folder` keeps is taken as it is if it is the same.
    pub fn packed(&self, folder: &Path) -> Result<Vec<u8>> {
        let keeping = self.keeping();
        let before = std::fs::read(folder.join(FILE)).unwrap_or_default();
        let before = opened(&before).map(|(_, packed)| packed).ok();
        match before.filter(|before| packing::holds(before, &keeping)) {
            Some(before) => Ok(before.to_vec()),
            None => packing::packed(&keeping),
        }
    }

    /// What was kept in a report's folder.
    pub fn kept(folder: &Path) -> Result<Material> {
        let path = folder.join(FILE);
        let shown = FileName::of(&path);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
                "{} holds no {FILE}\nhint: give a folder that `freshlegs analyse -o` wrote; one made with --share keeps no data",
                FileName::of(folder)
            ),
            Err(error) => bail!("{shown}: {}", reason(&error)),
        };
        let (as_of, packed) = opened(&bytes).with_context(|| format!("{shown} cannot be used"))?;
        let kept: KeptMaterial = unpacked(packed).with_context(|| format!("{shown} is damaged"))?;
        let home = kept.home.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
        let results = kept.files.into_iter();
        Ok(Material {
            results: results
                .map(|(file, source, outcome)| FileResult { file, source, content: None, outcome })
                .collect(),
            unreadable: kept.unreadable,
            missing: Vec::new(),
            profile: kept.profile,
            notes: kept.notes,
            check_ins: kept.check_ins,
            home,
            notes_folder: PathBuf::from("."),
            as_of: Some(as_of),
        })
    }

    /// The profile with its values as they were written.
    ///
    /// # Errors
    /// Where it has a mistake.
    pub fn profile(&self) -> Result<(Profile, toml::Table), UsageError> {
        let Some((path, text)) = &self.profile else { return Ok((Profile::default(), toml::Table::new())) };
        match Profile::parse(text) {
            Ok(profile) => Ok((profile, cleaned(text.parse().unwrap_or_default()))),
            Err(message) => Err(UsageError(format!("the profile `{path}` has a mistake: {message}"))),
        }
    }

    fn notes(&self) -> Notes {
        self.notes.as_ref().map_or_else(Notes::default, |(_, text)| Notes::parse(text.as_bytes()))
    }

    fn check_ins(&self) -> CheckIns {
        self.check_ins.as_ref().map_or_else(CheckIns::default, |(_, text)| CheckIns::parse(text.as_bytes()))
    }

    /// What a season is made from, what came of the files, and lines written by hand that cannot be read.
    ///
    /// # Errors
    /// Where the profile has a mistake.
    pub fn into_job(self, rule: Option<Preset>) -> Result<(Job, Import, Vec<String>), UsageError> {
        let (mut profile, settings) = self.profile()?;
        if let Some(preset) = rule {
            profile.model = RecoveryRule::of(preset);
        }
        let (notes, check_ins) = (self.notes(), self.check_ins());
        let home = match &profile.athlete.time_zone {
            Some(name) => TimeZone::get(name).unwrap_or(TimeZone::UTC),
            None => self.home,
        };
        let mut import = Import::of(&self.results);
        import.not_looked_into(self.unreadable);
        (import.profile, import.settings) = (self.profile.map(|(path, _)| path), settings);
        import.time_zone = home.iana_name().map(str::to_owned);
        let mut unread = Vec::new();
        if let Some((path, _)) = &self.notes {
            unread.extend(notes.unreadable.iter().map(|line| format!("{path}: {line}")));
        }
        if let Some((path, _)) = &self.check_ins {
            unread.extend(check_ins.unreadable.iter().map(|line| format!("{path}: {line}")));
        }
        Ok((Job { results: self.results, profile, notes, check_ins, home }, import, unread))
    }
}

/// The file's bytes: a line that says what it is and of which day, a fingerprint, and the packed rest.
pub(super) fn file(as_of: Date, packed: &[u8]) -> Vec<u8> {
    let head = format!("{MAGIC} {LAYOUT} {} {as_of} {}\n", digest::VERSION, ContentHash::of(packed));
    [head.as_bytes(), packed].concat()
}

fn opened(bytes: &[u8]) -> Result<(Date, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n').context("it is not what freshlegs kept")?;
    let (head, packed) = (std::str::from_utf8(&bytes[..end]).unwrap_or_default(), &bytes[end + 1..]);
    let rest = head.strip_prefix(MAGIC).context("it is not what freshlegs kept")?;
    let [layout, digests, as_of, seal] = rest.split_whitespace().collect::<Vec<_>>()[..] else {
        bail!("it is not what freshlegs kept")
    };
    if (layout, digests) != (LAYOUT.to_string().as_str(), digest::VERSION.to_string().as_str()) {
        bail!("another version of freshlegs kept it; run `freshlegs analyse` on your files again");
    }
    if seal != ContentHash::of(packed).to_string() {
        bail!("it is damaged; run `freshlegs analyse` on your files again");
    }
    Ok((as_of.parse()?, packed))
}

fn unpacked(packed: &[u8]) -> Result<KeptMaterial> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().context("no size")?;
    let size = usize::try_from(size)?;
    if size > LARGEST_BYTES {
        bail!("too large");
    }
    Ok(postcard::from_bytes(&zstd::bulk::decompress(packed, size)?)?)
}

fn names_time_zone(profile: &str) -> bool {
    Profile::parse(profile).is_ok_and(|profile| profile.athlete.time_zone.is_some())
}

/// What the user named and could not be opened.
fn missing(found: &Found, results: &[FileResult]) -> Vec<String> {
    let named: HashSet<&str> = found.files.iter().filter(|file| file.is_named).map(|file| &*file.name).collect();
    let closed = results.iter().filter_map(|result| match &result.outcome {
        Outcome::Failed(ReadError::Disk { reason }) if named.contains(&*result.file) => {
            Some(format!("{}: {reason}", result.file))
        }
        _ => None,
    });
    let unlisted = found.unreadable.iter().filter(|(path, _)| found.given.contains(path));
    closed.chain(unlisted.map(|(path, reason)| format!("{path}: {reason}"))).collect()
}

/// The profile named, or the one in a folder given.
fn profile(input: &Input) -> Result<Option<(PathBuf, String)>, UsageError> {
    let beside = || input.paths.iter().map(|path| path.join("profile.toml")).find(|path| path.is_file());
    let Some(path) = input.profile.clone().or_else(beside) else { return Ok(None) };
    match small_text(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) => Err(UsageError(format!("cannot read the profile `{}`: {}", FileName::of(&path), reason(&error)))),
    }
}

/// The same with its texts fit to be shown.
fn cleaned(settings: toml::Table) -> toml::Table {
    let value = |value: toml::Value| match value {
        toml::Value::String(text) => toml::Value::String(Text::from(text).into()),
        toml::Value::Table(table) => toml::Value::Table(cleaned(table)),
        other => other,
    };
    settings.into_iter().map(|(name, of)| (Text::from(name).into(), value(of))).collect()
}

/// The folder of the notes: beside the profile, else the first folder given that has some, else the first folder given.
fn notes_folder(input: &Input, profile: Option<&Path>) -> PathBuf {
    let beside = profile.and_then(Path::parent).map(Path::to_path_buf);
    let folders = || input.paths.iter().filter(|path| path.is_dir()).cloned();
    let noted = folders().find(|folder| folder.join(note::FILE_NAME).is_file());
    let folder = beside.or(noted).or_else(|| folders().next()).unwrap_or_default();
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

/// The notes in a folder.
fn notes(folder: &Path) -> Result<Option<Written>> {
    let path = folder.join(note::FILE_NAME);
    if !path.is_file() {
        return Ok(None);
    }
    let shown = FileName::of(&path);
    let text = small_text(&path).with_context(|| format!("cannot read the notes `{shown}`"))?;
    Ok(Some((shown, text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn only_what_this_version_kept_unharmed_is_used() {
        let today = date(2026, 6, 22);
        let mut bytes = file(today, b"packed");
        assert_eq!(opened(&bytes).expect("sound"), (today, &b"packed"[..]));
        for other in [&b""[..], b"freshlegs report data\n", b"\n", b"something else\nx"] {
            assert!(opened(other).is_err());
        }
        let newer = String::from_utf8_lossy(&bytes).replacen(&format!("{MAGIC} {LAYOUT}"), &format!("{MAGIC} 999"), 1);
        assert!(opened(newer.as_bytes()).expect_err("another").to_string().contains("another version"));
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert!(opened(&bytes).expect_err("damaged").to_string().contains("damaged"));
    }
}
