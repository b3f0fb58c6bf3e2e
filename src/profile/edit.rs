//! Writes answers into the text of a profile; what stands in it stays as it is, comments too.

use super::Profile;
use super::person::{DayName, Goal, Priority};
use jiff::civil::Date;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

/// One thing to write.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Answer {
    BirthYear(Option<i16>),
    RestDay(Option<DayName>),
    BusyDay(Option<DayName>),
    LongDay(Option<DayName>),
    /// Weekdays without running; none is an empty list.
    DaysOff(Vec<DayName>),
    RunsAtMost(Option<u32>),
    Goal(Goal),
    /// One more race.
    Race(RaceAnswer),
}

/// A race to come.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceAnswer {
    /// Day of the race.
    pub date: Date,
    /// Distance, km.
    pub km: f64,
    /// As it is written, such as `3:45:00`.
    pub goal_time: Option<String>,
    /// How much it matters.
    pub priority: Priority,
}

impl Answer {
    /// The text of the profile with this answer in it.
    ///
    /// # Errors
    /// A sentence that says why it does not fit what stands there.
    pub fn written_into(&self, text: &str) -> Result<String, String> {
        let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
        match self {
            Answer::BirthYear(year) => set(&mut document, "athlete", "birth_year", year.map(|y| i64::from(y).into()))?,
            Answer::RestDay(day) => set(&mut document, "days", "rest", day.map(name))?,
            Answer::BusyDay(day) => set(&mut document, "days", "busy", day.map(name))?,
            Answer::LongDay(day) => set(&mut document, "days", "long", day.map(name))?,
            Answer::DaysOff(days) => {
                let list = days.iter().map(|day| name(*day)).collect::<Array>();
                set(&mut document, "days", "off", (!days.is_empty()).then(|| list.into()))?;
            }
            Answer::RunsAtMost(runs) => {
                set(&mut document, "days", "runs_at_most", runs.map(|runs| i64::from(runs).into()))?;
            }
            Answer::Goal(goal) => {
                let stands = document.get("plan").and_then(|plan| plan.get("goal")).is_some();
                let word = (stands || *goal != Goal::default()).then(|| goal.word().into());
                set(&mut document, "plan", "goal", word)?;
            }
            Answer::Race(race) => push(&mut document, race)?,
        }
        let written = document.to_string();
        // Wishes that exclude each other show only now.
        Profile::parse(&written).map(|_| written)
    }
}

fn name(day: DayName) -> Value {
    day.word().into()
}

/// Sets a value or removes it; a value that stands keeps the comment beside it.
fn set(document: &mut DocumentMut, table: &str, key: &str, new: Option<Value>) -> Result<(), String> {
    if new.is_none() && document.get(table).is_none() {
        return Ok(());
    }
    let table = table_in(document, table)?;
    match (new, table.get_mut(key)) {
        (None, _) => {
            table.remove(key);
        }
        (Some(mut new), Some(Item::Value(old))) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (Some(new), _) => {
            table.insert(key, value(new));
        }
    }
    Ok(())
}

/// The table of this name, a new one at the end where there is none.
fn table_in<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut dyn TableLike, String> {
    if !document.contains_key(name) {
        let mut table = Table::new();
        table.decor_mut().set_prefix(what_stands_before_a_new_table(document));
        document.insert(name, Item::Table(table));
    }
    let table = document.entry(name).or_insert(Item::None);
    table.as_table_like_mut().ok_or_else(|| format!("`{name}` in the profile is no table"))
}

/// An empty line, after comments that stand at the end of the text: they belong to what is above them.
fn what_stands_before_a_new_table(document: &mut DocumentMut) -> String {
    let comments = document.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    document.set_trailing("");
    match (comments.is_empty(), document.is_empty()) {
        (true, true) => String::new(),
        (true, false) => "\n".to_owned(),
        (false, _) => format!("{comments}\n\n"),
    }
}

/// One more `[[race]]` below the others.
fn push(document: &mut DocumentMut, race: &RaceAnswer) -> Result<(), String> {
    let before = what_stands_before_a_new_table(document);
    let races = document.entry("race").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let races =
        races.as_array_of_tables_mut().ok_or("write your races as [[race]] tables, so that one can be added")?;
    let mut table = Table::new();
    table.insert("date", value(race.date.to_string()));
    table.insert("km", value(race.km));
    if let Some(time) = &race.goal_time {
        table.insert("goal_time", value(time));
    }
    if race.priority != Priority::default() {
        table.insert("priority", value(race.priority.word()));
    }
    table.decor_mut().set_prefix(before);
    races.push(table);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn all(text: &str, answers: &[Answer]) -> String {
        answers.iter().fold(text.to_owned(), |text, answer| answer.written_into(&text).expect("it fits"))
    }

    #[test]
    fn a_new_profile_is_plain() {
        let race =
            RaceAnswer { date: date(2026, 9, 27), km: 21.1, goal_time: Some("1:45:00".into()), priority: Priority::B };
        let text = all(
            "",
            &[
                Answer::RestDay(Some(DayName::Friday)),
                Answer::BusyDay(None),
                Answer::DaysOff(vec![DayName::Monday]),
                Answer::BirthYear(Some(1988)),
                Answer::Goal(Goal::ComeBack),
                Answer::Race(race),
            ],
        );
        assert_eq!(
            text,
            "[days]\nrest = \"friday\"\noff = [\"monday\"]\n\n[athlete]\nbirth_year = 1988\n\n[plan]\n\
             goal = \"come back\"\n\n[[race]]\ndate = \"2026-09-27\"\nkm = 21.1\ngoal_time = \"1:45:00\"\npriority = \"B\"\n"
        );
    }

    #[test]
    fn what_stands_there_stays() {
        let text = "# mine\n[athlete]\nsex = \"female\" # yes\n\n[days]\nrest = \"monday\"   # after the long run\n\n[[race]]\ndate = 2026-05-01\nkm = 10\n";
        let race = RaceAnswer { date: date(2026, 9, 27), km: 42.195, goal_time: None, priority: Priority::A };
        let new =
            all(text, &[Answer::RestDay(Some(DayName::Friday)), Answer::BirthYear(Some(1990)), Answer::Race(race)]);
        for kept in [
            "# mine\n",
            "sex = \"female\" # yes\n",
            "rest = \"friday\"   # after the long run\n",
            "date = 2026-05-01\nkm = 10\n",
        ] {
            assert!(new.contains(kept), "{kept}: {new}");
        }
        assert!(
            new.contains("birth_year = 1990\n") && new.ends_with("\n\n[[race]]\ndate = \"2026-09-27\"\nkm = 42.195\n")
        );
        assert_eq!(all(text, &[Answer::RestDay(None)]), text.replace("rest = \"monday\"   # after the long run\n", ""));
    }

    #[test]
    fn comments_at_the_end_stay_with_what_is_above_them() {
        let text = "[athlete]\nsex = \"male\"\n# birth_year = 1988\n";
        let rest = [Answer::RestDay(Some(DayName::Friday))];
        assert_eq!(all(text, &rest), format!("{text}\n[days]\nrest = \"friday\"\n"));
        assert_eq!(all("# mine", &rest), "# mine\n\n[days]\nrest = \"friday\"\n");
        let race = RaceAnswer { date: date(2026, 9, 27), km: 10.0, goal_time: None, priority: Priority::B };
        let new = all(text, &[Answer::Race(race)]);
        assert!(new.starts_with(&format!("{text}\n[[race]]\n")), "{new}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let long = Answer::LongDay(Some(DayName::Friday));
        let message = long.written_into("[days]\nrest = \"friday\"\n").unwrap_err();
        assert!(message.contains("also your rest day"), "{message}");
        assert!(long.written_into("days = 3\n").is_err());
        assert!(long.written_into("[days\n").is_err());
    }
}
