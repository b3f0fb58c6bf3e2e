//! What the runner says about runs afterwards: `notes.csv`, one statement per line, written by `freshlegs note` or by hand.
//!
//! ```text
//! run,note,value
//! 2026-07-09,race,
//! 2026-04-21T06:50,label,easy
//! 2026-04-21T18:05,rpe,3
//! ```
//!
//! Later lines replace earlier ones that say something about the same matter.

use crate::by_hand::{self, HandLine, Unreadable};
use crate::run_label::Label;
use crate::shown::Text;
use jiff::civil::{Date, DateTime};
use std::fmt;
use std::str::FromStr;

/// The first line of a file.
pub const HEADER: &str = "run,note,value";

/// The lines of a `notes.csv` that could be read, and what was wrong with the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    pub lines: Vec<Note>,
    pub unreadable: Vec<Unreadable<NoteFault>>,
}

/// One word about one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Line of the file, from 1; 0 before it is written.
    pub line: u64,
    pub run: RunRef,
    pub says: Says,
}

/// A run as a runner names it.
///
/// Prints and reads `2026-04-21`, `2026-04-21T06:50` and `20260421T045052Z-1f3a`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunRef {
    /// The only run of a local day.
    Day(Date),
    /// The run that started then on the local clock, to the minute.
    Start(Date, (i8, i8)),
    /// Its `run_id` in the tables, or a beginning of it that tells the day.
    Id(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    Race,
    NotRace,
    Label(Label),
    /// Leave it out of everything.
    Exclude,
    /// Its heart rate is wrong.
    NoHeartRate,
    /// Perceived exertion, 0..=10.
    Rpe(f64),
    Title(Text),
}

/// All that was said of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub is_race: Option<bool>,
    pub label: Option<Label>,
    pub is_excluded: bool,
    pub has_no_heart_rate: bool,
    /// Perceived exertion, 0..=10.
    pub rpe: Option<f64>,
    pub title: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteFault {
    NotARun(Text),
    NotANote(Text),
    NotALabel(Text),
    NotAnExertion(Text),
    NoTitle,
}

impl Notes {
    /// Reads a file, whoever wrote it; its first line may be missing.
    pub fn parse(bytes: &[u8]) -> Notes {
        let mut notes = Notes::default();
        for HandLine { number: line, fields } in by_hand::lines(bytes) {
            let field = |i: usize| fields.get(i).map_or("", String::as_str);
            if field(0).eq_ignore_ascii_case("run") {
                continue;
            }
            match Note::of(line, field(0), field(1), field(2)) {
                Ok(note) => notes.lines.push(note),
                Err(reason) => notes.unreadable.push(Unreadable { line, reason }),
            }
        }
        notes
    }

    /// What is said of the run that is meant by these names.
    pub fn of(&self, is_meant: impl Fn(&RunRef) -> bool) -> Said {
        let mut said = Said::default();
        self.lines.iter().filter(|note| is_meant(&note.run)).for_each(|note| said.take(&note.says));
        said
    }
}

impl Note {
    pub fn new(run: RunRef, says: Says) -> Note {
        Note { line: 0, run, says }
    }

    fn of(line: u64, run: &str, word: &str, value: &str) -> Result<Note, NoteFault> {
        let run = run.parse().map_err(|()| NoteFault::NotARun(Text::from(run)))?;
        Ok(Note { line, run, says: Says::of(word, value)? })
    }

    /// The line of the file, without its end.
    pub fn written(&self) -> String {
        let (word, value) = self.says.written();
        by_hand::written(&[self.run.to_string(), word.to_owned(), value])
    }
}

impl Says {
    fn of(word: &str, value: &str) -> Result<Says, NoteFault> {
        match word.to_ascii_lowercase().replace('-', "_").as_str() {
            "race" => Ok(Says::Race),
            "not_race" => Ok(Says::NotRace),
            "label" => label(value).map(Says::Label).ok_or_else(|| NoteFault::NotALabel(Text::from(value))),
            "exclude" => Ok(Says::Exclude),
            "no_heart_rate" => Ok(Says::NoHeartRate),
            "rpe" => rpe(value).map(Says::Rpe).ok_or_else(|| NoteFault::NotAnExertion(Text::from(value))),
            "title" => title(value).map(Says::Title).ok_or(NoteFault::NoTitle),
            _ => Err(NoteFault::NotANote(Text::from(word))),
        }
    }

    /// The word of the file, and its value.
    pub fn written(&self) -> (&'static str, String) {
        match self {
            Says::Race => ("race", String::new()),
            Says::NotRace => ("not_race", String::new()),
            Says::Label(label) => ("label", label.word().to_owned()),
            Says::Exclude => ("exclude", String::new()),
            Says::NoHeartRate => ("no_heart_rate", String::new()),
            Says::Rpe(rpe) => ("rpe", rpe.to_string()),
            Says::Title(title) => ("title", title.to_string()),
        }
    }
}

/// A label by the word of the tables, or as it is printed.
pub fn label(text: &str) -> Option<Label> {
    let word = text.trim().to_lowercase().replace([' ', '-'], "_");
    Label::ALL.into_iter().find(|label| label.word() == word)
}

/// Perceived exertion of a whole run, 0..=10; a comma may stand for the point.
pub fn rpe(text: &str) -> Option<f64> {
    by_hand::number(text, 0.0, 10.0)
}

/// A title fit to be shown; `None` where nothing is left of it.
pub fn title(text: &str) -> Option<Text> {
    Text::filled(text)
}

impl Said {
    /// What was said of any part of a session, the last word about each matter.
    pub fn of_parts<'a>(parts: impl Iterator<Item = &'a Said>) -> Said {
        parts.fold(Said::default(), |all, part| Said {
            is_race: part.is_race.or(all.is_race),
            label: part.label.or(all.label),
            is_excluded: all.is_excluded && part.is_excluded,
            has_no_heart_rate: all.has_no_heart_rate || part.has_no_heart_rate,
            rpe: part.rpe.or(all.rpe),
            title: part.title.clone().or(all.title),
        })
    }

    fn take(&mut self, says: &Says) {
        match says {
            Says::Race => self.is_race = Some(true),
            Says::NotRace => self.is_race = Some(false),
            Says::Label(label) => self.label = Some(*label),
            Says::Exclude => self.is_excluded = true,
            Says::NoHeartRate => self.has_no_heart_rate = true,
            Says::Rpe(rpe) => self.rpe = Some(*rpe),
            Says::Title(title) => self.title = Some(title.clone()),
        }
    }
}

impl RunRef {
    /// The run that started then.
    pub fn starting(started: DateTime) -> RunRef {
        RunRef::Start(started.date(), (started.hour(), started.minute()))
    }

    /// Whether it means a run by its start; `is_alone` if that was the only one of its day.
    pub fn names_start(&self, started: DateTime, is_alone: bool) -> bool {
        match self {
            RunRef::Day(date) => is_alone && *date == started.date(),
            RunRef::Start(..) => *self == RunRef::starting(started),
            RunRef::Id(_) => false,
        }
    }
}

impl FromStr for RunRef {
    type Err = ();

    fn from_str(text: &str) -> Result<RunRef, ()> {
        let text = text.trim();
        if is_id(text) {
            return Ok(RunRef::Id(text.to_owned()));
        }
        let (date, start) = match text.split_once(['T', ' ']) {
            None => (text, None),
            Some((date, start)) => (date, Some(start)),
        };
        // A date in one piece is the beginning of an id.
        let date: Date = Some(date).filter(|date| date.contains('-')).ok_or(())?.parse().map_err(drop)?;
        let Some(start) = start else { return Ok(RunRef::Day(date)) };
        let (hour, rest) = start.split_once(':').ok_or(())?;
        let minute = rest.split(':').next().unwrap_or_default();
        let start = (hour.parse().map_err(drop)?, minute.parse().map_err(drop)?);
        let exists = (0..24).contains(&start.0) && (0..60).contains(&start.1);
        exists.then_some(RunRef::Start(date, start)).ok_or(())
    }
}

/// A `run_id`, from its time on: `20260421T045052Z-1f3a`.
fn is_id(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once('T').is_some_and(|(day, rest)| {
        let (time, hash) = rest.split_once("Z-").unwrap_or((rest.trim_end_matches('Z'), ""));
        day.len() == 8 && digits(day) && digits(time) && hash.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

impl fmt::Display for RunRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunRef::Day(date) => write!(f, "{date}"),
            RunRef::Start(date, (hour, minute)) => write!(f, "{date}T{hour:02}:{minute:02}"),
            RunRef::Id(id) => f.write_str(id),
        }
    }
}

impl fmt::Display for NoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteFault::NotARun(text) => {
                write!(
                    f,
                    "`{text}` is not a run; write its day (2026-04-21), day and start (2026-04-21T06:50) or run_id"
                )
            }
            NoteFault::NotANote(text) => {
                write!(f, "`{text}` is not a note; write race, not_race, label, exclude, no_heart_rate, rpe or title")
            }
            NoteFault::NotALabel(text) => {
                let words: Vec<&str> = Label::ALL.iter().map(|label| label.word()).collect();
                write!(f, "`{text}` is not a label; write one of {}", words.join(", "))
            }
            NoteFault::NotAnExertion(text) => write!(f, "`{text}` is not a perceived exertion from 0 to 10"),
            NoteFault::NoTitle => f.write_str("the title is empty"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_written_is_read_again() {
        let all = [
            Says::Race,
            Says::NotRace,
            Says::Label(Label::RecoveryTooHard),
            Says::Exclude,
            Says::NoHeartRate,
            Says::Rpe(3.5),
            Says::Title("Slow, \"very\" slow; with\tDana".into()),
        ];
        let run = RunRef::starting(date(2026, 4, 21).at(6, 50, 12, 0));
        let lines: Vec<String> = all.iter().map(|says| Note::new(run.clone(), says.clone()).written()).collect();
        let notes = Notes::parse(format!("{HEADER}\n{}\n", lines.join("\n")).as_bytes());
        assert_eq!(notes.unreadable, []);
        let read: Vec<Says> = notes.lines.iter().map(|note| note.says.clone()).collect();
        assert_eq!(read[..6], all[..6]);
        // A tab would steer the terminal.
        assert_eq!(read[6], Says::Title("Slow, \"very\" slow; with Dana".into()));
        assert!(notes.lines.iter().all(|note| note.run == run));
    }

    #[test]
    fn a_file_kept_by_hand_is_read_and_faults_have_a_line() {
        let text = "\u{feff}Run;Note;Value\r\n# the club race\r\n2026-07-09;race\r\n\r\n2026-07-10 18:05:33;RPE;3,5\r\n\
                    9 July;race\r\n2026-07-11;win\r\n2026-07-11;label;jog\r\n2026-07-11;rpe;12\r\n2026-07-11;title;\r\n";
        let notes = Notes::parse(text.as_bytes());
        assert_eq!(notes.lines.len(), 2);
        assert_eq!(notes.lines[1].says, Says::Rpe(3.5));
        assert_eq!(notes.lines[1].run.to_string(), "2026-07-10T18:05");
        let faults: Vec<String> = notes.unreadable.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 5);
        assert_eq!(
            faults[0],
            "line 6: `9 July` is not a run; write its day (2026-04-21), day and start (2026-04-21T06:50) or run_id; the \
             line is left out"
        );
        assert!(faults[1].starts_with("line 7: `win` is not a note"));
        assert!(faults[2].contains("write one of walk, shakeout, recovery"), "{}", faults[2]);
        assert_eq!(faults[3], "line 9: `12` is not a perceived exertion from 0 to 10; the line is left out");
        assert_eq!(faults[4], "line 10: the title is empty; the line is left out");
    }

    #[test]
    fn later_lines_replace_earlier_ones() {
        let notes = Notes::parse(b"2026-07-09,race,\n2026-07-09,not_race,\n2026-07-09,label,easy\n2026-07-09,rpe,2\n");
        let said = notes.of(|run| run.names_start(date(2026, 7, 9).at(7, 0, 0, 0), true));
        assert_eq!((said.is_race, said.label, said.rpe), (Some(false), Some(Label::Easy), Some(2.0)));
        assert!(!said.is_excluded && !said.has_no_heart_rate && said.title.is_none());
    }

    #[test]
    fn a_day_with_two_runs_needs_the_start() {
        let notes = Notes::parse(b"2026-07-09,race,\n2026-07-09T18:05,exclude,\n");
        let (morning, evening) = (date(2026, 7, 9).at(7, 0, 0, 0), date(2026, 7, 9).at(18, 5, 59, 0));
        let said = |started, is_alone| notes.of(|run| run.names_start(started, is_alone));
        assert_eq!(said(morning, false), Said::default());
        assert_eq!(said(morning, true).is_race, Some(true));
        assert!(said(evening, false).is_excluded);
        assert_eq!(said(date(2026, 7, 10).at(7, 0, 0, 0), true), Said::default());
    }

    #[test]
    fn a_run_can_be_named_as_in_the_tables() {
        for id in ["20260421T045052Z-1f3a", "20260421T045052Z", "20260421T0450"] {
            assert_eq!(id.parse(), Ok(RunRef::Id(id.to_owned())));
        }
        for odd in ["20260421", "20260421T04:50", "20260421T045052Z-xyz", "2026-13-01", "2026-04-21T25:00", "T", ""] {
            assert_eq!(odd.parse::<RunRef>(), Err(()), "{odd}");
        }
    }

    #[test]
    fn no_bytes_are_too_odd() {
        for bytes in [&b""[..], b"\xff\xfe\x00", b",,,\n,,", b"\"2026-07-09,race", b"run,note,value"] {
            assert_eq!(Notes::parse(bytes).lines, []);
        }
    }
}
