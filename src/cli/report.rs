//! `freshlegs report`: a report made again from what its folder keeps.

use super::files::{reason, small_text};
use super::material::Material;
use super::output::{OutputFormat, refuse_csv_of_a_summary};
use super::report_folder::WantedReport;
use super::season::Read;
use super::talk::say;
use super::{Ending, Input, ReadingFlags, kept, usage_error};
use crate::calendar;
use crate::render::report;
use crate::render::summary::SummaryRow;
use crate::render::table::{self, MadeWith};
use crate::rule::Preset;
use crate::shown::FileName;
use anyhow::Result;
use jiff::civil::Date;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of a report that `freshlegs analyse -o` wrote, or a file in it
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Write the new report here instead
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Leave out what tells who and where: titles, file names, the profile, the time zone; needs another folder
    #[arg(long, requires = "output")]
    share: bool,
    /// Show on the page, too, what the plan would have said on each morning, and what you ran; takes some seconds a year
    #[arg(long)]
    hindsight: bool,
    /// As of this date (YYYY-MM-DD) [default: the day of the report]
    #[arg(long, value_name = "DATE", value_parser = calendar::day)]
    today: Option<Date>,
    /// Use this profile instead of the one that is kept
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Whose idea of a recovery run counts: balanced, pfitzinger, friel, daniels or maf
    #[arg(long, value_name = "RULE")]
    recovery_rule: Option<Preset>,
    /// Print warnings and errors only
    #[arg(short, long)]
    quiet: bool,
    /// What to print: nothing but where the report is, or the summary as JSON
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

impl Arguments {
    /// The report's folder, where a file in it was named.
    fn folder(&self) -> PathBuf {
        match self.folder.parent() {
            Some(above) if self.folder.is_file() && above.as_os_str().is_empty() => PathBuf::from("."),
            Some(above) if self.folder.is_file() => above.to_owned(),
            _ => self.folder.clone(),
        }
    }

    /// As if the files had been given.
    fn input(&self, folder: &Path) -> Input {
        Input {
            profile: self.profile.clone(),
            recovery_rule: self.recovery_rule,
            today: self.today,
            reading: ReadingFlags { no_store: true, quiet: self.quiet, ..ReadingFlags::default() },
            ..Input::of(vec![folder.to_owned()])
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    refuse_csv_of_a_summary(arguments.format);
    let kept_in = arguments.folder();
    let input = arguments.input(&kept_in);
    let mut material = Material::kept(&kept_in)?;
    if let Some(path) = &arguments.profile {
        match small_text(path) {
            Ok(text) => material.profile = Some((FileName::of(path), text)),
            Err(error) => {
                usage_error(format_args!("cannot read the profile `{}`: {}", FileName::of(path), reason(&error)))
            }
        }
    }
    let folder = arguments.output.as_ref().unwrap_or(&kept_in);
    let wanted = WantedReport::of(&input, folder, arguments.share, arguments.hindsight)?;
    let mut read = Read::again(&input, material, &wanted)?;
    kept::recall(&input, &mut read.analysis, wanted.plans());
    read.write(&wanted)?;
    if arguments.format == OutputFormat::Json {
        let made_with = MadeWith::of(&read.analysis.season, &read.import);
        let bytes = table::json_of("summary", &SummaryRow::of(&read.analysis, None), &made_with)?;
        anstream::stdout().write_all(&bytes)?;
    }
    say(&input.reading, format_args!("Report: {}", FileName::of(&folder.join(report::PAGE))));
    Ok(read.outcome(&input))
}
