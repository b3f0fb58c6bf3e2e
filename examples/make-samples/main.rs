//! Writes the made-up season in `samples/`: sixteen weeks of one invented runner, and beside each file what is true of it.
//!
//! ```text
//! cargo run --example make-samples                    # writes samples/
//! cargo run --example make-samples -- DIR             # writes DIR
//! cargo run --example make-samples -- --one-run DIR   # one run as FIT, GPX and TCX
//! cargo run --example make-samples -- --year DIR      # 365 FIT runs of an hour, to measure with
//! ```
//!
//! Nothing here comes from the library, so a mistake cannot hide by being made twice. The same bytes come out each time:
//! all chance is seeded, and no function of the platform's mathematics library is called.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a generator writes files and says what went wrong"
)]

mod noise;
mod route;
mod step;
mod session;
mod athlete;
mod recording;
mod season;
mod watch;
mod outing;
mod fit;
mod gpx;
mod tcx;
mod truth;

use flate2::{Compression, GzBuilder};
use recording::{Format, Recording};
use season::Outing;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        [] => write_season(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")),
        ["--one-run", directory] => write_one_run(Path::new(directory)),
        ["--year", directory] => write_year(Path::new(directory)),
        [directory] if !directory.starts_with('-') => write_season(Path::new(directory)),
        _ => Err("usage: make-samples [DIR | --one-run DIR | --year DIR]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("make-samples: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_season(directory: &Path) -> Outcome<()> {
    fs::create_dir_all(directory)?;
    remove_earlier(directory)?;
    for outing in season::season() {
        let recording = outing::record(&outing)?;
        let name = outing.file_name();
        write_activity(&directory.join(&name), &outing, &recording)?;
    }
    Ok(())
}

/// The same made-up run in the three formats, for comparing what a reader makes of them.
pub fn write_one_run(directory: &Path) -> Outcome<()> {
    fs::create_dir_all(directory)?;
    for format in [Format::Fit, Format::Gpx, Format::Tcx] {
        let outing = season::one_run(format);
        let recording = outing::record(&outing)?;
        write_activity(&directory.join(format!("run.{}", format.extension())), &outing, &recording)?;
    }
    Ok(())
}

fn write_year(directory: &Path) -> Outcome<()> {
    fs::create_dir_all(directory)?;
    for outing in season::year()? {
        let recording = outing::record(&outing)?;
        fs::write(directory.join(outing.file_name()), fit::file(&outing.watch(), &recording))?;
    }
    Ok(())
}

fn write_activity(path: &Path, outing: &Outing, recording: &Recording) -> Outcome<()> {
    let bytes = match outing.format {
        Format::Fit => fit::file(&outing.watch(), recording),
        Format::Gpx => gpx::file(&outing.watch(), recording)?.into_bytes(),
        Format::Tcx => tcx::file(recording)?.into_bytes(),
    };
    fs::write(path, if outing.gz { gzip(&bytes)? } else { bytes })?;
    let mut truth_path = path.as_os_str().to_owned();
    truth_path.push(".truth.json");
    fs::write(PathBuf::from(truth_path), truth::json(outing, recording)?)?;
    Ok(())
}

/// Without a time stamp or the name of the system, so that the bytes are the same everywhere.
fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::new(6));
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

/// Removes what an earlier version of the season wrote, and nothing else.
fn remove_earlier(directory: &Path) -> Outcome<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ours = name.starts_with("2026-")
            && [".fit", ".gpx", ".tcx", ".gz", ".truth.json"].iter().any(|end| name.ends_with(end));
        if ours {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
