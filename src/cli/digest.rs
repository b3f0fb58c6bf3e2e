//! `freshlegs digest`: stage 1 alone, into one Parquet file.

use super::digested::is_table;
use super::digests::digest_all;
use super::files::{Found, reason};
use super::output::{OutputFormat, print_json};
use super::season::set_threads;
use super::talk::{print, say, warning};
use super::{Ending, ReadingFlags, UsageError};
use crate::import::Import;
use crate::render::table::{self, DigestRow, DigestedRow, MadeWith};
use crate::shown::{FileName, Text};
use anyhow::{Result, anyhow, bail};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(mut_arg("quiet", |quiet| quiet.help("Print warnings and errors only")))]
pub(super) struct Arguments {
    /// Files, archives, or folders of them; each folder is taken for that of one runner
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The Parquet file to write; only an earlier one is replaced
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// All of it is this runner's [default: the name of each folder]
    #[arg(long, value_name = "NAME")]
    athlete: Option<String>,
    /// How to print what was written
    #[arg(long, default_value = "table")]
    format: OutputFormat,
    #[command(flatten)]
    reading: ReadingFlags,
}

impl Arguments {
    /// The paths of each athlete.
    fn athletes(&self) -> BTreeMap<String, Vec<PathBuf>> {
        let mut athletes: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for path in &self.paths {
            let name = self.athlete.clone().unwrap_or_else(|| folder_of(path));
            athletes.entry(name).or_default().push(path.clone());
        }
        athletes
    }
}

/// The name of a folder, or of the one that a file lies in.
fn folder_of(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = if whole.is_dir() { Some(whole.as_path()) } else { whole.parent() };
    folder.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let (reading, output) = (&arguments.reading, &arguments.output);
    refuse_others(output)?;
    set_threads(reading)?;
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        bail!("{}: no such file or folder", FileName::of(missing));
    }
    if arguments.paths.iter().any(|path| is_table(path)) {
        return Err(UsageError("give the files themselves, not what was made of them".to_owned()).into());
    }
    let (mut rows, mut athletes, mut has_damage) = (Vec::new(), Vec::new(), false);
    for (athlete, paths) in arguments.athletes() {
        let found = Found::under(&paths);
        let results = digest_all(reading, &found.files)?;
        let mut import = Import::of(&results);
        import.not_looked_into(found.unreadable);
        import.messages(reading.verbose).iter().for_each(warning);
        has_damage |= import.has_damage();
        let of_athlete = DigestRow::all(&athlete, &results)?;
        let activities: usize = of_athlete.iter().map(|row| row.activities).sum();
        say(reading, format_args!("{}: {activities} activities", Text::from(athlete.as_str())));
        athletes.push(DigestedRow { name: athlete, files: of_athlete.len(), activities });
        rows.extend(of_athlete);
    }
    if rows.iter().all(|row| row.activities == 0) {
        bail!("no activity in any of the files, so nothing was written");
    }
    let bytes = table::parquet(&rows, &MadeWith::default())?;
    std::fs::write(output, &bytes)
        .map_err(|error| anyhow!("{} cannot be written: {}", FileName::of(output), reason(&error)))?;
    match arguments.format {
        OutputFormat::Table => {}
        OutputFormat::Csv => print(&table::csv(&athletes)?)?,
        OutputFormat::Json => {
            let file = FileName::of(output).to_string();
            print_json(&json!({ "file": file, "bytes": bytes.len(), "athletes": athletes }))?;
        }
    }
    say(reading, format_args!("Digests: {} ({} kB)", FileName::of(output), bytes.len().div_ceil(1000)));
    Ok(if reading.strict && has_damage { Ending::SomeUnreadable } else { Ending::Done })
}

/// Nothing of the runner's own is overwritten: an error where a file of this name holds no digests.
fn refuse_others(path: &Path) -> Result<()> {
    let is_ours = || std::fs::File::open(path).is_ok_and(|file| is_table(path) && table::digests_in(file).is_ok());
    if path.exists() && !is_ours() {
        bail!(
            "{} exists and is not a file by `freshlegs digest`\nhint: choose another name, or move that file away first",
            FileName::of(path)
        );
    }
    Ok(())
}
