//! What one file says: `cargo run --example one_file -- FILE`.

use freshlegs::outcome::{Outcome, outcome_of};
use freshlegs::read::Limits;
use freshlegs::units::{Seconds, Speed};
use std::error::Error;

#[allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example reads a file and shows what is in it")]
fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which file? cargo run --example one_file -- FILE")?;
    let bytes = std::fs::read(&path)?;
    // The outcome depends on the bytes alone: it can be worked out anywhere, in any order, and kept.
    let digests = match outcome_of(&path, &bytes, &Limits::default()) {
        Outcome::Read(digests) => digests,
        Outcome::Failed(error) => return Err(error.to_string().into()),
        Outcome::Skipped(_) | Outcome::Listing(_) | Outcome::Unrelated => {
            return Err("there is no activity in it".into());
        }
    };
    for digest in digests {
        println!("{}: {:.2} km in {}", digest.sport, digest.distance_m / 1000.0, Seconds(digest.timer_s));
        if let Some(mps) = digest.ngp_mps {
            println!("  as on flat ground: {}", Speed(mps));
        }
        for note in &digest.notes {
            println!("  {note}");
        }
    }
    Ok(())
}
