//! From a folder of files to the next days: `cargo run --example plan -- FOLDER`.

use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use jiff::Zoned;
use std::error::Error;
use std::fs::{self, File};

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example reads the clock and shows what it found"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "samples".to_owned());
    let mut files: Vec<String> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path().to_string_lossy().into_owned()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();

    // Stage 1: every file by itself. Archives are opened, and what cannot be read is one failed file.
    let open = |file: &str| File::open(file).map_err(|error| error.to_string());
    let results = pipeline::digest_all(&files, open, &Limits::default(), |_| None, |_| ());

    // Stage 2: the season of one athlete, as of a day. A profile may be empty: then thresholds are estimated.
    let now = Zoned::now();
    let recordings = pipeline::recordings(results, now.time_zone());
    let last_day = recordings.iter().map(|recording| recording.date()).max().ok_or("no activity there")?;
    let analysis = pipeline::analyse(recordings, &Profile::default(), last_day.tomorrow()?);

    for (_, run) in analysis.season.runs().rev().take(5) {
        println!("{} {}", run.session.date, run.verdict.label);
    }
    for day in &analysis.plan.days {
        let why = day.reasons.first().map(ToString::to_string).unwrap_or_default();
        println!("{} {} {:.0} min: {why}", day.date, day.kind, day.minutes());
    }
    Ok(())
}
