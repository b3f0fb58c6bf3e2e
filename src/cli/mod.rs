//! The command line: arguments, files on disk, the clock, the terminal. Everything else is pure.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the module that may touch the disk, the clock and the environment"
)]

mod analyse;
mod answer;
mod athlete;
mod athletes;
mod checkin;
mod appended;
mod ask;
mod clock;
mod completions;
mod digest;
mod digested;
mod digests;
pub mod embedded;
mod exercises;
mod explain;
mod files;
mod folder;
mod kept;
mod limits;
mod man;
mod material;
mod note;
mod output;
mod packing;
mod plan;
mod program;
mod replay;
mod report;
mod report_folder;
mod runs;
mod schema;
mod season;
mod talk;
mod workouts;

use crate::calendar;
use crate::rule::Preset;
use crate::shown::Text;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Shows how hard every run was and which were true recovery runs, and plans your next days.
///
/// Give it what your watch or service exports: FIT, GPX and TCX files, packed or not, archives as you downloaded them, or
/// folders. Everything stays on this computer. Training guidance, not medical advice.
#[derive(Debug, Parser)]
#[command(name = "freshlegs", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done · 1 nothing usable, a given path was missing, or an output could not be written · \
2 wrong usage · 3 done, but some files were unreadable or damaged under --strict";

/// Declares the commands: each is the module of that name, with its `Arguments` and its `run`.
macro_rules! commands {
    ($($(#[$about:meta])* $name:ident($module:ident),)+) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$about])* $name($module::Arguments),)+
        }

        impl Command {
            fn run(&self) -> anyhow::Result<Ending> {
                match self {
                    $(Command::$name(arguments) => $module::run(arguments),)+
                }
            }
        }
    };
}

commands! {
    /// Analyse a season: a summary on screen, and with -o a report with a page, charts and tables
    #[command(visible_alias = "analyze")]
    #[command(after_help = "Examples:\n  freshlegs analyse samples\n  freshlegs analyse samples -o report\n  freshlegs analyse samples -o shared --share")]
    Analyse(analyse),
    /// List your runs, one a line: date, distance, time, pace, heart rate, load, label
    Runs(runs),
    /// Your thresholds: heart rates and pace, what they rest on, and what would settle them
    #[command(after_help = "Examples:\n  freshlegs athlete samples\n  freshlegs athlete samples --toml")]
    Athlete(athlete),
    /// One run in full: why it got its label, what would have made it a recovery run, and its heart rate
    #[command(after_help = "Examples:\n  freshlegs explain last samples\n  freshlegs explain 2026-04-15 samples\n  freshlegs explain 2026-04-15 samples -o run.svg")]
    Explain(explain),
    /// The next days: rest, recovery, easy, long and hard, with how gently and why
    #[command(after_help = "Examples:\n  freshlegs plan samples\n  freshlegs plan samples --days 28 --race 2026-07-19=10\n  freshlegs plan samples --what-if rest")]
    Plan(plan),
    /// Mobility, stretching and drills: what each is for and how to do it
    Exercises(exercises),
    /// Hindsight: what the plan would have said on each morning of your season, and what you ran
    Replay(replay),
    /// Say how you feel: soreness, sleep, illness; the plan listens
    #[command(after_help = "Examples:\n  freshlegs checkin samples --soreness 4 --sleep 6.5\n  freshlegs checkin samples --ill\n  freshlegs checkin samples --well")]
    Checkin(checkin),
    /// Make a report again from what its folder keeps, by the present rules or for another day
    #[command(after_help = "Examples:\n  freshlegs report report\n  freshlegs report report -o shared --share")]
    Report(report),
    /// Correct what the program thinks of a run: a race, another label, a wrong heart rate, how it felt
    #[command(after_help = "Examples:\n  freshlegs note 2026-05-31 samples --not-race\n  freshlegs note 2026-04-15 samples --label easy --rpe 4")]
    Note(note),
    /// Read files once and for all: what is needed of each, in one Parquet file that every command takes in place of them
    #[command(after_help = "Examples:\n  freshlegs digest samples -o digests.parquet\n  freshlegs digest samples --athlete anna -o digests.parquet\n  freshlegs analyse digests.parquet --athlete anna")]
    Digest(digest),
    /// What the JSON of each command and file looks like, as JSON Schema
    #[command(after_help = "Examples:\n  freshlegs schema\n  freshlegs schema runs")]
    Schema(schema),
    /// Let your shell complete commands, options and their values
    Completions(completions),
    /// Print the manual page, or write one for each command
    Man(man),
}

/// What every command that reads files takes.
#[derive(Clone, Debug, Args)]
struct Input {
    /// Files, archives, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Whose runs to look at, in a file by `freshlegs digest` that holds those of several
    #[arg(long, value_name = "NAME")]
    athlete: Option<String>,
    /// Your profile [default: profile.toml in one of the folders]
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Whose idea of a recovery run counts, instead of [model] in the profile: balanced, pfitzinger, friel, daniels or
    /// maf
    #[arg(long, value_name = "RULE")]
    recovery_rule: Option<Preset>,
    /// Analyse as of this date (YYYY-MM-DD); later runs are ignored [default: today, or the day after your last activity if
    /// that was more than six weeks ago]
    #[arg(long, value_name = "DATE", value_parser = calendar::day)]
    today: Option<Date>,
    #[command(flatten)]
    reading: ReadingFlags,
}

/// How files are read, and how much is said of it.
#[derive(Clone, Debug, Default, Args)]
struct ReadingFlags {
    /// Number of threads [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Remember what was read here, so that no file is read twice [default: freshlegs/store.sqlite in your cache folder]
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Read every file again and remember nothing
    #[arg(long, conflicts_with = "store")]
    no_store: bool,
    #[command(flatten)]
    limits: limits::Flags,
    /// Exit with code 3 if any file could not be read or is damaged
    #[arg(long)]
    strict: bool,
    /// Print results, warnings and errors only
    #[arg(short, long)]
    quiet: bool,
    /// Name every file that was skipped or repaired
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Done,
    /// The rest was done.
    PathMissing,
    /// Some files could not be read, and the user wants to know.
    SomeUnreadable,
}

impl Input {
    /// Files, and all else as usual.
    fn of(paths: Vec<PathBuf>) -> Input {
        Input {
            paths,
            athlete: None,
            profile: None,
            recovery_rule: None,
            today: None,
            reading: ReadingFlags::default(),
        }
    }
}

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            if let Some(path) = mistaken_for_a_command(&error) {
                talk::error(format_args!("`{path}` is not a command"));
                talk::line(format_args!("hint: try `freshlegs analyse {path}`"));
                return ExitCode::from(2);
            }
            // Help and version are no errors: clap knows which stream and which code.
            let is_wrong = error.use_stderr();
            if is_wrong && talk::is_json() {
                talk::error(usage_in_a_line(&error));
            } else if is_wrong
                && std::env::args_os().any(|argument| argument.to_string_lossy().contains(char::is_control))
            {
                // An argument may be the name of a file that was written by others.
                talk::line(error.render());
            } else {
                let _ = error.print();
            }
            return ExitCode::from(if is_wrong { 2 } else { 0 });
        }
    };
    let choice = match cli.color {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    silence_panics_of_readers();
    match cli.command.run() {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::PathMissing) => ExitCode::from(1),
        Ok(Ending::SomeUnreadable) => ExitCode::from(3),
        // The reader of our output had enough, as `head` has.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast::<UsageError>() {
            Ok(UsageError(message)) => usage_error(message),
            Err(error) => {
                talk::error(format_args!("{error:#}"));
                ExitCode::from(1)
            }
        },
    }
}

/// The first sentence of what clap has to say.
fn usage_in_a_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let first: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    first.join(" ").trim_start_matches("error: ").to_owned()
}

/// A wrong argument that only shows while the command is at work.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UsageError(String);

/// A wrong argument that clap cannot see: prints it as clap would and ends with code 2.
fn usage_error(message: impl std::fmt::Display) -> ! {
    if talk::is_json() {
        talk::error(message);
        std::process::exit(2);
    }
    Cli::command().error(clap::error::ErrorKind::ValueValidation, Text::lines(&message.to_string())).exit()
}

/// A file or folder that stands where a command should.
fn mistaken_for_a_command(error: &clap::Error) -> Option<Text> {
    let is_path = |text: &str| std::path::Path::new(text).exists() || text.contains(['/', '\\', '.']);
    match error.get(clap::error::ContextKind::InvalidSubcommand) {
        Some(clap::error::ContextValue::String(text)) if is_path(text) => Some(Text::from(text)),
        _ => None,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// A parser that panics on a broken file is caught and reported with the file; its own message would only confuse.
fn silence_panics_of_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let in_a_parser = info.location().is_some_and(|place| place.file().contains("fitparser"));
        if !in_a_parser {
            usual(info);
        }
    }));
}
