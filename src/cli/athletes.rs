//! `freshlegs analyse --athletes`: one folder a runner, a report for each, and one page over all.

use super::files::reason;
use super::folder::ReportTarget;
use super::report_folder::WantedReport;
use super::season::Read;
use super::talk::{say, warning};
use super::{Ending, Input, kept, usage_error};
use crate::render::html::{Runner, Standing, overview};
use crate::render::report::{PAGE, ReportFile};
use crate::render::table::RunnerRow;
use crate::shown::{FileName, Text};
use anyhow::{Result, bail};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How every runner stands, who needs most first, and how it ended.
pub(super) struct Runners {
    pub(super) standings: Vec<RunnerRow>,
    pub(super) ending: Ending,
}

/// A report for every folder below the one given, and the overview; what one runner's files lack hinders no other.
pub(super) fn run(input: &Input, output: &Path, share: bool) -> Result<Runners> {
    let [team] = &input.paths[..] else {
        usage_error("with --athletes give one folder, with a folder for each runner in it")
    };
    let folders = folders(team, output)?;
    let overview_target = ReportTarget::check(output)?;
    let mut runners = Vec::new();
    let mut outcome = Ending::Done;
    for folder in folders {
        let name = folder.file_name().map(PathBuf::from).unwrap_or_default();
        let shown = FileName::of(&name);
        say(&input.reading, format_args!("{shown}"));
        let link = format!("{}/{PAGE}", encoded(&name));
        let one = Input { paths: vec![folder], ..input.clone() };
        let result = match report(&one, &output.join(&name), share) {
            Ok((found, Ending::Done)) => Ok(found),
            Ok((found, worse)) => {
                outcome = worse;
                Ok(found)
            }
            Err(error) => {
                let why = format!("{error:#}").lines().next().unwrap_or_default().to_owned();
                warning(format_args!("{shown}: {why}"));
                Err(Text::from(why))
            }
        };
        runners.push(Runner { name: shown, link, result });
    }
    if runners.iter().all(|runner| runner.result.is_err()) {
        bail!("no runner could be analysed");
    }
    Runner::sort(&mut runners);
    let page = ReportFile { name: PAGE.into(), bytes: overview(&runners).into_bytes() };
    overview_target.write(&[page])?;
    say(&input.reading, format_args!("Overview: {}", FileName::of(&output.join(PAGE))));
    Ok(Runners { standings: runners.iter().map(Runner::row).collect(), ending: outcome })
}

fn report(input: &Input, output: &Path, share: bool) -> Result<(Standing, Ending)> {
    let wanted = WantedReport::of(input, output, share, false)?;
    let mut read = Read::for_report(input, &wanted)?;
    kept::recall(input, &mut read.analysis, wanted.plans());
    read.write(&wanted)?;
    Ok((Standing::of(&read.analysis, &read.import), read.outcome(input)))
}

/// The folders in a folder, in the order of their names; hidden ones, and the one of the reports, are none.
fn folders(team: &Path, output: &Path) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(team) {
        Ok(entries) => entries,
        Err(error) => bail!("{}: {}", FileName::of(team), reason(&error)),
    };
    let output = output.canonicalize().ok();
    let is_runner = |path: &PathBuf| {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        path.is_dir() && !is_hidden && (output.is_none() || path.canonicalize().ok() != output)
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_runner).collect();
    folders.sort();
    if folders.is_empty() {
        bail!(
            "{} has no folders in it\nhint: make one folder for each runner, with that runner's files",
            FileName::of(team)
        );
    }
    Ok(folders)
}

/// A name as it stands in an address.
fn encoded(name: &Path) -> String {
    let mut address = String::new();
    for byte in name.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => address.push(char::from(*byte)),
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_addresses() {
        assert_eq!(encoded(Path::new("Ann-Marie_2")), "Ann-Marie_2");
        assert_eq!(encoded(Path::new("a b\"<é")), "a%20b%22%3C%C3%A9");
    }
}
