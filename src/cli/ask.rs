//! `freshlegs athlete --ask`: the questions a coach asks, and the profile that comes of the answers.

use super::files::{reason, small_text};
use super::{Ending, Input, usage_error};
use crate::profile::edit::{Answer, RaceAnswer};
use crate::profile::{DayName, Goal, Priority, Profile, RaceTime};
use crate::shown::FileName;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{self, BufRead, ErrorKind, Write};
use std::path::{Path, PathBuf};

const FILE_NAME: &str = "profile.toml";

/// Asks, shows the profile that comes of it, and writes it if that is wanted.
pub(super) fn run(input: &Input) -> Result<Ending> {
    let path = place(input);
    let old = match small_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => bail!("cannot read the profile `{}`: {}", FileName::of(&path), reason(&error)),
    };
    if let Err(message) = Profile::parse(&old) {
        bail!("the profile `{}` has a mistake, so nothing is added to it: {message}", FileName::of(&path));
    }
    let mut talk = Talk { answers: io::stdin().lock(), questions: anstream::stderr().lock() };
    match talk.profile(&old, &FileName::of(&path))? {
        Some(new) => {
            write(&path, &old, &new).with_context(|| format!("{} could not be written", FileName::of(&path)))?;
            talk.say(&format!("Written to {}.", FileName::of(&path)))?;
        }
        None => talk.say("Nothing was written.")?,
    }
    Ok(Ending::Done)
}

/// The profile that is read with these paths, or the one that would be.
fn place(input: &Input) -> PathBuf {
    if let Some(path) = &input.profile {
        return path.clone();
    }
    let folders = || input.paths.iter().filter(|path| path.is_dir()).map(|path| path.join(FILE_NAME));
    let found = folders().find(|path| path.is_file()).or_else(|| folders().next());
    found.unwrap_or_else(|| usage_error("name the folder with your runs, or the profile with --profile"))
}

/// Puts the new text in the old one's place at one stroke, unless somebody else has written there meanwhile.
fn write(path: &Path, old: &str, new: &str) -> io::Result<()> {
    let draft = path.with_extension("toml.new");
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&draft)?;
    let written = file.write_all(new.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| {
        let now = match small_text(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text?,
        };
        if now != old {
            return Err(io::Error::other("it was changed in the meantime"));
        }
        // What is linked to stays linked to.
        fs::rename(&draft, path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    });
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

/// The end of the answers; a conversation that breaks off changes nothing.
struct Over;

type Answered<T> = io::Result<Result<T, Over>>;

struct Talk<A, Q> {
    answers: A,
    questions: Q,
}

impl<A: BufRead, Q: Write> Talk<A, Q> {
    /// The new text of the profile; `None` where it is not wanted.
    fn profile(&mut self, old: &str, name: &FileName) -> io::Result<Option<String>> {
        self.say("Press Enter where nothing shall change; `none` takes an answer back.\n")?;
        let Ok(new) = self.answered(old)? else { return Ok(None) };
        if new == old {
            return Ok(None);
        }
        self.say(&format!("\n{name} would read:\n\n{}", new.trim_end()))?;
        let Ok(answer) = self.line("\nWrite it? (yes or no) ")? else { return Ok(None) };
        Ok(["y", "yes"].contains(&&*answer.to_lowercase()).then_some(new))
    }

    /// The text with an answer to every question.
    fn answered(&mut self, old: &str) -> Answered<String> {
        let mut text = old.to_owned();
        for question in QUESTIONS {
            match self.ask(question, &text)? {
                Ok(new) => text = new,
                Err(Over) => return Ok(Err(Over)),
            }
        }
        loop {
            let question = "Which race comes next? Date and kilometres, and if you like your goal time and priority \
                            (A, B or C), such as\n2026-09-27 21.1 1:45:00 B  (Enter for no more) ";
            match self.line(question)? {
                Err(Over) => return Ok(Err(Over)),
                Ok(answer) if answer.is_empty() => return Ok(Ok(text)),
                Ok(answer) => match race(&answer).and_then(|race| Answer::Race(race).written_into(&text)) {
                    Ok(new) => text = new,
                    Err(message) => self.say(&first_line(&message))?,
                },
            }
        }
    }

    /// The text with an answer to one question, asked until it is understood.
    fn ask(&mut self, question: &ProfileQuestion, text: &str) -> Answered<String> {
        let profile = Profile::parse(text).unwrap_or_default();
        let now = (question.now)(&profile).map(|now| format!("[{now}] ")).unwrap_or_default();
        loop {
            match self.line(&format!("{} {now}", question.words))? {
                Err(Over) => return Ok(Err(Over)),
                Ok(answer) if answer.is_empty() => return Ok(Ok(text.to_owned())),
                Ok(answer) => match (question.read)(&answer).and_then(|answer| answer.written_into(text)) {
                    Ok(new) => return Ok(Ok(new)),
                    Err(message) => self.say(&first_line(&message))?,
                },
            }
        }
    }

    fn line(&mut self, question: &str) -> Answered<String> {
        write!(self.questions, "{question}")?;
        self.questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            writeln!(self.questions)?;
            return Ok(Err(Over));
        }
        Ok(Ok(line.trim().to_owned()))
    }

    fn say(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.questions, "{what}")
    }
}

/// What is wrong, without the picture of the line.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    line.strip_prefix("line ").and_then(|line| line.split_once(": ")).map_or(line, |(_, rest)| rest).to_owned()
}

struct ProfileQuestion {
    words: &'static str,
    /// What the profile says now.
    now: fn(&Profile) -> Option<String>,
    read: fn(&str) -> Result<Answer, String>,
}

const QUESTIONS: &[ProfileQuestion] = &[
    ProfileQuestion {
        words: "Which day would you like to rest?",
        now: |profile| word(profile.days.rest),
        read: |text| day_or_none(text).map(Answer::RestDay),
    },
    ProfileQuestion {
        words: "Which is your busiest day? It gets a short recovery run at most.",
        now: |profile| word(profile.days.busy),
        read: |text| day_or_none(text).map(Answer::BusyDay),
    },
    ProfileQuestion {
        words: "When is your long run?",
        now: |profile| word(profile.days.long),
        read: |text| day_or_none(text).map(Answer::LongDay),
    },
    ProfileQuestion {
        words: "On which other days can you never run? (such as monday, thursday)",
        now: |profile| {
            let days: Vec<&str> = profile.days.off.iter().map(|day| day.word()).collect();
            (!days.is_empty()).then(|| days.join(", "))
        },
        read: |text| days(text).map(Answer::DaysOff),
    },
    ProfileQuestion {
        words: "How many days a week do you want to run at most?",
        now: |profile| profile.days.runs_at_most.map(|runs| runs.to_string()),
        read: |text| number_or_none(text, "write a number from 0 to 7, or none").map(Answer::RunsAtMost),
    },
    ProfileQuestion {
        words: "In which year were you born?",
        now: |profile| profile.athlete.birth_year.map(|year| year.to_string()),
        read: |text| number_or_none(text, "write the year, such as 1988, or none").map(Answer::BirthYear),
    },
    ProfileQuestion {
        words: "What do you want of the coming weeks: hold, build, or come back?",
        now: |profile| Some(profile.plan.goal.word().to_owned()),
        read: goal,
    },
];

fn word(day: Option<DayName>) -> Option<String> {
    day.map(|day| day.word().to_owned())
}

fn is_none(text: &str) -> bool {
    ["none", "no", "-"].contains(&&*text.to_lowercase())
}

/// A weekday by its name or the beginning of it.
fn day(text: &str) -> Result<DayName, String> {
    let small = text.trim().to_lowercase();
    let mut found = DayName::ALL.into_iter().filter(|day| small.len() >= 2 && day.word().starts_with(&small));
    found.next().ok_or_else(|| format!("`{text}` is no weekday; write one such as friday, or none"))
}

fn day_or_none(text: &str) -> Result<Option<DayName>, String> {
    if is_none(text) { Ok(None) } else { day(text).map(Some) }
}

fn days(text: &str) -> Result<Vec<DayName>, String> {
    if is_none(text) {
        return Ok(Vec::new());
    }
    let words = text.split([',', ' ']).filter(|word| !word.is_empty() && *word != "and");
    let mut days: Vec<DayName> = words.map(day).collect::<Result<_, _>>()?;
    days.sort();
    days.dedup();
    Ok(days)
}

fn number_or_none<N: std::str::FromStr>(text: &str, what: &str) -> Result<Option<N>, String> {
    if is_none(text) { Ok(None) } else { text.parse().map(Some).map_err(|_| what.to_owned()) }
}

fn goal(text: &str) -> Result<Answer, String> {
    let found = Goal::ALL.into_iter().find(|goal| goal.word() == text.to_lowercase());
    found.map(Answer::Goal).ok_or_else(|| format!("`{text}` is none of these; write hold, build or come back"))
}

/// `2026-09-27 21.1 1:45:00 B`; time and priority may be left out.
fn race(text: &str) -> Result<RaceAnswer, String> {
    const FORM: &str = "write the date and the kilometres, such as 2026-09-27 21.1";
    let mut words = text.split_ascii_whitespace();
    let (Some(date), Some(km)) = (words.next(), words.next()) else { return Err(FORM.to_owned()) };
    let mut race = RaceAnswer {
        date: date.parse().map_err(|_| FORM.to_owned())?,
        km: km.trim_end_matches("km").replace(',', ".").parse().map_err(|_| FORM.to_owned())?,
        goal_time: None,
        priority: Priority::default(),
    };
    for word in words.filter(|word| *word != "km") {
        match &*word.to_uppercase() {
            "A" => race.priority = Priority::A,
            "B" => race.priority = Priority::B,
            "C" => race.priority = Priority::C,
            time => race.goal_time = RaceTime::try_from(time.to_owned()).map(|_| Some(time.to_owned()))?,
        }
    }
    Ok(race)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of answers, and what was said meanwhile.
    fn talk(old: &str, answers: &str) -> (Option<String>, String) {
        let mut talk = Talk { answers: answers.as_bytes(), questions: Vec::new() };
        let new = talk.profile(old, &"profile.toml".into()).expect("nothing breaks");
        (new, String::from_utf8(talk.questions).expect("text"))
    }

    #[test]
    fn answers_become_a_profile() {
        let answers = "Fri\nwednesday\nsunday\n\n5\n1988\nbuild\n2026-09-27 21,1 1:45:00 b\n\nyes\n";
        let (new, said) = talk("", answers);
        let new = new.expect("wanted");
        let profile = Profile::parse(&new).expect("a profile");
        assert_eq!((profile.days.rest, profile.days.busy), (Some(DayName::Friday), Some(DayName::Wednesday)));
        assert_eq!((profile.plan.goal, profile.days.runs_at_most), (Goal::Build, Some(5)));
        assert_eq!((profile.races[0].km, profile.races[0].priority), (21.1, Priority::B));
        assert!(said.contains(new.trim_end()), "what is written was shown: {said}");
    }

    #[test]
    fn what_is_not_understood_is_asked_again() {
        let answers = "someday\nfriday\nnone\nfriday\nsunday\n\n\nlast year\nnone\n\nsoon\n\nyes\n";
        let (new, said) = talk("", answers);
        assert_eq!(new.as_deref(), Some("[days]\nrest = \"friday\"\nlong = \"sunday\"\n"), "{said}");
        for hint in [
            "`someday` is no weekday",
            "the long-run day is also your rest day",
            "such as 1988",
            "such as 2026-09-27 21.1",
        ] {
            assert!(said.contains(hint), "{hint}: {said}");
        }
    }

    #[test]
    fn nothing_is_written_without_a_yes() {
        let old = "[days]\nrest = \"monday\"\n";
        assert_eq!(talk(old, "friday\n").0, None, "it broke off");
        assert_eq!(talk(old, "friday\n\n\n\n\n\n\n\nno\n").0, None);
        assert_eq!(talk(old, "friday\n\n\n\n\n\n\n\n").0, None);
        let (kept, said) = talk(old, "\n\n\n\n\n\n\n\nyes\n");
        assert!(kept.is_none() && said.contains("[monday]"), "{said}");
    }

    #[test]
    fn a_profile_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE_NAME);
        write(&path, "", "[days]\n").expect("written");
        assert!(write(&path, "", "[plan]\n").is_err());
        assert_eq!(fs::read_to_string(&path).expect("there"), "[days]\n");
        write(&path, "[days]\n", "[plan]\n").expect("written");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
