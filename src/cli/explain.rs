//! `freshlegs explain`: one run in full.

use super::files::reason;
use super::output::OutputFormat;
use super::season::Read;
use super::talk::{say, width};
use super::{Ending, Input, UsageError, usage_error};
use crate::explain::Explanation;
use crate::label::Labelled;
use crate::notes::RunRef;
use crate::render::chart::{self, explained};
use crate::render::explain;
use crate::render::explain_row::ExplainRow;
use crate::render::table::{self, CriterionRow, MadeWith};
use crate::season::Season;
use crate::shown::FileName;
use anyhow::{Result, anyhow, bail};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The run: `last`, its day (2026-04-21), day and start (2026-04-21T06:50), or its file
    #[arg(value_name = "last|DATE|RUN_ID|FILE")]
    run: String,
    #[command(flatten)]
    input: Input,
    /// Also write a chart of heart rate and pace, as SVG or PNG by the file's ending; only an earlier chart is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to print it; as CSV the criteria of a recovery run, a row each
    #[arg(long, default_value = "table")]
    format: OutputFormat,
}

/// Width of the chart.
const WIDE_PX: u32 = 900;

/// Which run is meant.
pub(super) enum Which {
    Last,
    Named(RunRef),
    File(String),
}

impl Which {
    pub(super) fn of(text: &str) -> Result<Which, UsageError> {
        match text.parse() {
            _ if text.eq_ignore_ascii_case("last") => Ok(Which::Last),
            Ok(run) => Ok(Which::Named(run)),
            Err(()) if Path::new(text).is_file() => Ok(Which::File(text.to_owned())),
            Err(()) => Err(UsageError(format!(
                "`{text}` is neither `last`, a day (2026-04-21), a day and start (2026-04-21T06:50), a run_id nor a file"
            ))),
        }
    }

    /// The sessions meant, at least one: several where a day has several.
    pub(super) fn among<'a>(&self, season: &'a Season, text: &str) -> Result<Vec<&'a Labelled>> {
        let sessions = self.find(season);
        if sessions.is_empty() {
            bail!("{}", nothing_found(self, text, season));
        }
        Ok(sessions)
    }

    fn find<'a>(&self, season: &'a Season) -> Vec<&'a Labelled> {
        let recordings =
            |session: &Labelled| -> Vec<_> { session.parts().map(|id| &season.activity(id).recording).collect() };
        let sessions = season.sessions();
        match self {
            Which::Last => sessions.last().into_iter().collect(),
            Which::Named(run) => {
                let names = |session: &&Labelled| recordings(session).iter().any(|r| r.is_named(run, true));
                sessions.iter().filter(names).collect()
            }
            Which::File(file) => {
                let name = |path: &str| Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
                let is_it = |path: &str| path == file || name(path) == name(file);
                let names = |session: &&Labelled| recordings(session).iter().any(|r| is_it(&r.file));
                sessions.iter().filter(names).collect()
            }
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let which = Which::of(&arguments.run)?;
    let format = arguments.output.as_deref().map(Picture::of);
    arguments.output.as_deref().map_or(Ok(()), refuse_others)?;
    let mut input = arguments.input.clone();
    if let Which::File(file) = &which {
        input.paths.push(PathBuf::from(file));
    }
    let read = Read::of(&input)?;
    let season = &read.analysis.season;
    let sessions = which.among(season, &arguments.run)?;
    let folder = FileName::of(&read.notes_folder).to_string();
    let mut out = anstream::stdout();
    let explanations: Vec<Explanation> = sessions.iter().map(|session| Explanation::of(season, session)).collect();
    match arguments.format {
        OutputFormat::Json => {
            let rows: Vec<ExplainRow> = explanations.iter().map(ExplainRow::of).collect();
            out.write_all(&table::json_of("explained", &rows, &MadeWith::of(season, &read.import))?)?;
        }
        OutputFormat::Csv => {
            let rows: Vec<CriterionRow> =
                sessions.iter().flat_map(|session| CriterionRow::of(session, season)).collect();
            out.write_all(&table::csv(&rows)?)?;
        }
        OutputFormat::Table => {
            let texts: Vec<String> = explanations.iter().map(|one| explain::text(one, &folder, width())).collect();
            out.write_all(texts.join("\n").as_bytes())?;
        }
    }
    if let (Some(path), Some(format), Some(first)) = (&arguments.output, &format, explanations.first()) {
        write_chart(path, format, first)?;
        say(&arguments.input.reading, format_args!("chart written to {}", FileName::of(path)));
    }
    Ok(read.outcome(&arguments.input))
}

fn nothing_found(which: &Which, text: &str, season: &Season) -> String {
    let dates: Vec<String> = season.sessions().iter().rev().take(3).map(|s| s.session.date.to_string()).collect();
    match which {
        Which::Last => "no run on file".to_owned(),
        Which::File(_) => format!("`{text}` is not a run that counts; `freshlegs runs -v` says why"),
        Which::Named(_) => format!("no run on {text}; the last ones are of {}", dates.join(", ")),
    }
}

/// What is written.
enum Picture {
    Svg,
    Png,
}

impl Picture {
    fn of(path: &Path) -> Picture {
        match path.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Picture::Svg,
            Some("png") => Picture::Png,
            _ => usage_error(format_args!("{} should end in .svg or .png", FileName::of(path))),
        }
    }
}

/// What stands in every chart that `explain` writes: only such a file is replaced.
const SVG_MARK: &str = "<!-- freshlegs -->";
const PNG_MARK: &[u8] = b"Software\0freshlegs";

/// Nothing of the runner's own is overwritten: an error where a file of this name is no chart of ours.
fn refuse_others(path: &Path) -> Result<()> {
    const LARGEST_CHART: u64 = 20_000_000;
    let Ok(found) = std::fs::metadata(path) else { return Ok(()) };
    let holds = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).any(|piece| piece == mark);
    let is_ours = found.is_file()
        && found.len() <= LARGEST_CHART
        && std::fs::read(path).is_ok_and(|bytes| holds(&bytes, PNG_MARK) || holds(&bytes, SVG_MARK.as_bytes()));
    if !is_ours {
        bail!(
            "{} exists and is not a chart by freshlegs\nhint: choose another name, or move that file away first",
            FileName::of(path)
        );
    }
    Ok(())
}

fn write_chart(path: &Path, format: &Picture, explanation: &Explanation) -> Result<()> {
    let svg = explained::svg(&explained::ExplainedInput::of(explanation), WIDE_PX);
    let bytes = match format {
        Picture::Svg => format!("{}\n{SVG_MARK}\n", svg.trim_end()).into_bytes(),
        Picture::Png => chart::png(&svg, 2.0).ok_or_else(|| anyhow!("the chart cannot be painted"))?,
    };
    std::fs::write(path, bytes).map_err(|e| anyhow!("{} cannot be written: {}", FileName::of(path), reason(&e)))
}
