//! Tries the rules on the made-up runners and writes what came out to `docs/validation.md`.
//!
//! ```text
//! cargo run --example validate              # writes docs/validation.md
//! cargo run --example validate -- --seed 7  # prints it for other days and other noise
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool writes files and says what went wrong"
)]

#[allow(dead_code, reason = "files and arguments belong to the other command")]
#[path = "../make-runners/main.rs"]
mod make_runners;
mod trial;
mod tally;
mod page;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        [] => page(0).and_then(|text| Ok(std::fs::write(place(), text)?)),
        ["--seed", seed] => seed.parse().map_err(Into::into).and_then(page).map(|text| print!("{text}")),
        _ => Err("usage: validate [--seed N]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("validate: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Where the page lies.
pub fn place() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validation.md")
}

/// The page for runners made up with this seed.
pub fn page(seed: u32) -> Result<String, Box<dyn Error>> {
    Ok(page::page(&trial::all(seed)?))
}
