//! Writes made-up runners whose truth is known: what each run was for, whether it was run so, and what their bodies can do.
//!
//! ```text
//! cargo run --example make-runners -- DIR             # one folder a runner, with NAME.truth.json beside it
//! cargo run --example make-runners -- --stated DIR    # with an activities.csv whose titles say what each run was for
//! cargo run --example make-runners -- --seed 7 DIR    # other days, other noise, the same people
//! ```
//!
//! Nothing here comes from the library: rules that are tried on these runners cannot agree with them by sharing a mistake.
//! The same bytes come out each time.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a generator writes files and says what went wrong"
)]

#[path = "../make-samples/noise.rs"]
mod noise;
#[allow(dead_code, reason = "the sample season uses the rest")]
#[path = "../make-samples/route.rs"]
mod route;
#[allow(dead_code, reason = "the sample season uses the rest")]
#[path = "../make-samples/athlete.rs"]
mod athlete;
#[allow(dead_code, reason = "the sample season uses the rest")]
#[path = "../make-samples/recording.rs"]
mod recording;
#[path = "../make-samples/step.rs"]
mod step;
#[path = "../make-samples/watch.rs"]
mod watch;
#[path = "../make-samples/fit.rs"]
mod fit;
#[path = "../make-samples/gpx.rs"]
mod gpx;
mod diary;
mod people;
mod outing;
mod truth;

pub use diary::Purpose;
pub use outing::{Outing, outings};
pub use people::{PEOPLE, Person};
pub use truth::RunTruth;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match Arguments::parse().and_then(|arguments| arguments.write()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("make-runners: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    directory: PathBuf,
    is_stated: bool,
    seed: u32,
}

impl Arguments {
    fn parse() -> Outcome<Arguments> {
        let mut words = std::env::args().skip(1);
        let (mut directory, mut is_stated, mut seed) = (None, false, 0);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--stated" => is_stated = true,
                "--seed" => seed = words.next().ok_or("--seed needs a number")?.parse()?,
                path if !path.starts_with('-') && directory.is_none() => directory = Some(PathBuf::from(path)),
                _ => return Err("usage: make-runners [--stated] [--seed N] DIR".into()),
            }
        }
        let directory = directory.ok_or("usage: make-runners [--stated] [--seed N] DIR")?;
        Ok(Arguments { directory, is_stated, seed })
    }

    fn write(&self) -> Outcome<()> {
        for person in PEOPLE {
            let folder = self.directory.join(person.name);
            fs::create_dir_all(&folder)?;
            let outings = outings(person, self.seed)?;
            for outing in &outings {
                fs::write(folder.join(&outing.file), &outing.bytes)?;
            }
            if self.is_stated {
                fs::write(folder.join("activities.csv"), list(&outings))?;
            }
            let truth = serde_json::to_string_pretty(&truth::json(person, &outings))? + "\n";
            fs::write(truth_path(&self.directory, person), truth)?;
        }
        Ok(())
    }
}

fn truth_path(directory: &Path, person: &Person) -> PathBuf {
    directory.join(format!("{}.truth.json", person.name))
}

/// The list a service puts beside the files of its export, which says what the runner called each run.
pub fn list(outings: &[Outing]) -> String {
    let mut out = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Filename\n".to_owned();
    for (i, outing) in outings.iter().enumerate() {
        let truth = &outing.truth;
        out += &format!("{},\"{}\",{},Run,,{}\n", 1_000 + i, truth.date, truth.title, outing.file);
    }
    out
}
