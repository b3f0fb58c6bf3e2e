//! How the runner felt, day by day: `checkins.csv`, one line a check-in, written by `freshlegs checkin` or by hand.
//!
//! ```text
//! date,soreness,sleep_h,sleep_quality,motivation,stress,mood,resting_bpm,effort,state
//! 2026-07-09,6,5.5,,2,,,,,
//! 2026-07-10,,,,,,,,,ill fever
//! ```
//!
//! All but the date may be left out; columns are known by the names in the first line.

use crate::by_hand::{self, HandLine, Unreadable};
use crate::shown::Text;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;

/// The columns of a file, as its first line names them.
pub const COLUMNS: [&str; 10] =
    ["date", "soreness", "sleep_h", "sleep_quality", "motivation", "stress", "mood", "resting_bpm", "effort", "state"];

/// How the runner felt on a day (methods §7.7). Missing is neutral.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct CheckIn {
    pub date: Date,
    /// Muscle soreness, 0–10.
    pub soreness: Option<f64>,
    /// Hours slept last night.
    pub sleep_h: Option<f64>,
    /// Quality of that sleep, 1–5.
    pub sleep_quality: Option<u8>,
    /// Motivation, 1–5.
    pub motivation: Option<u8>,
    /// Stress, 1–5.
    pub stress: Option<u8>,
    /// Mood, 1–5.
    pub mood: Option<u8>,
    /// Resting heart rate in the morning, bpm.
    pub resting_bpm: Option<f64>,
    /// Effort of the day's run, 0–10.
    pub effort: Option<f64>,
    pub ill: bool,
    pub fever: bool,
    /// In pain, which is more than sore.
    pub pain: bool,
    /// Illness or pain is over.
    pub well: bool,
    /// Low on energy, jittery, just waking up, or not quite right.
    pub off: bool,
    /// Restless legs, or no sleep after a big session.
    pub restless: bool,
    /// A hot day.
    pub hot: bool,
}

/// The lines of a `checkins.csv` that could be read, by date, and what was wrong with the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckIns {
    pub days: Vec<CheckIn>,
    pub unreadable: Vec<Unreadable<CheckInFault>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckInFault {
    NotADate(Text),
    NotANumber { column: &'static str, text: Text, least: i32, most: i32 },
    NotAState(Text),
}

impl fmt::Display for CheckInFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CheckInFault::NotADate(text) => write!(f, "`{text}` is not a date; write it such as 2026-07-09"),
            CheckInFault::NotANumber { column, text, least, most } => {
                write!(f, "{column} is `{text}`; it is a number from {least} to {most}")
            }
            CheckInFault::NotAState(text) => {
                write!(f, "state is `{text}`; it is made of the words ill, fever, pain, well, off, restless and hot")
            }
        }
    }
}

/// The first line of a file.
pub fn header() -> String {
    COLUMNS.join(",")
}

/// A number within its range; a comma may stand for the point.
pub fn number(column: &'static str, text: &str) -> Result<f64, CheckInFault> {
    let (least, most) = range(column);
    by_hand::number(text, f64::from(least), f64::from(most)).ok_or_else(|| CheckInFault::NotANumber {
        column,
        text: Text::from(text),
        least,
        most,
    })
}

fn range(column: &str) -> (i32, i32) {
    match column {
        "soreness" | "effort" => (0, 10),
        "sleep_h" => (0, 24),
        "resting_bpm" => (25, 150),
        _ => (1, 5),
    }
}

impl CheckIn {
    fn flags(&mut self) -> [(&'static str, &mut bool); 7] {
        [
            ("ill", &mut self.ill),
            ("fever", &mut self.fever),
            ("pain", &mut self.pain),
            ("well", &mut self.well),
            ("off", &mut self.off),
            ("restless", &mut self.restless),
            ("hot", &mut self.hot),
        ]
    }

    /// True where nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == CheckIn { date: self.date, ..CheckIn::default() }
    }

    /// What a later check-in of the same day adds or replaces.
    #[must_use]
    pub fn then(self, later: CheckIn) -> CheckIn {
        CheckIn {
            date: later.date,
            soreness: later.soreness.or(self.soreness),
            sleep_h: later.sleep_h.or(self.sleep_h),
            sleep_quality: later.sleep_quality.or(self.sleep_quality),
            motivation: later.motivation.or(self.motivation),
            stress: later.stress.or(self.stress),
            mood: later.mood.or(self.mood),
            resting_bpm: later.resting_bpm.or(self.resting_bpm),
            effort: later.effort.or(self.effort),
            // Whoever is well again is neither ill nor in pain.
            ill: later.ill || self.ill && !later.well,
            fever: later.fever || self.fever && !later.well,
            pain: later.pain || self.pain && !later.well,
            well: later.well || self.well && !(later.ill || later.fever || later.pain),
            off: later.off || self.off,
            restless: later.restless || self.restless,
            hot: later.hot || self.hot,
        }
    }

    /// The line of the file, without its end.
    pub fn written(&self) -> String {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let whole = |value: Option<u8>| value.map(|v| v.to_string()).unwrap_or_default();
        let mut copy = *self;
        let words: Vec<&str> = copy.flags().into_iter().filter(|(_, is_set)| **is_set).map(|(word, _)| word).collect();
        by_hand::written(&[
            self.date.to_string(),
            number(self.soreness),
            number(self.sleep_h),
            whole(self.sleep_quality),
            whole(self.motivation),
            whole(self.stress),
            whole(self.mood),
            number(self.resting_bpm),
            number(self.effort),
            words.join(" "),
        ])
    }

    fn of(fields: &[(&'static str, String)]) -> Result<CheckIn, CheckInFault> {
        let mut check_in = CheckIn::default();
        let mut dated = false;
        for (column, text) in fields.iter().filter(|(column, text)| !text.is_empty() || *column == "date") {
            let value = || number(column, text);
            let whole = || value().map(|v| v.round() as u8);
            match *column {
                "date" => {
                    check_in.date = text.parse().map_err(|_| CheckInFault::NotADate(Text::from(text)))?;
                    dated = true;
                }
                "soreness" => check_in.soreness = Some(value()?),
                "sleep_h" => check_in.sleep_h = Some(value()?),
                "sleep_quality" => check_in.sleep_quality = Some(whole()?),
                "motivation" => check_in.motivation = Some(whole()?),
                "stress" => check_in.stress = Some(whole()?),
                "mood" => check_in.mood = Some(whole()?),
                "resting_bpm" => check_in.resting_bpm = Some(value()?),
                "effort" => check_in.effort = Some(value()?),
                _ => {
                    for word in text.split_whitespace() {
                        let known = check_in.flags().into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
                        *known.ok_or_else(|| CheckInFault::NotAState(Text::from(word)))?.1 = true;
                    }
                }
            }
        }
        if dated { Ok(check_in) } else { Err(CheckInFault::NotADate(Text::default())) }
    }
}

impl CheckIns {
    /// Reads a file, whoever wrote it; columns may stand in any order. Later lines of a day add to earlier ones.
    pub fn parse(bytes: &[u8]) -> CheckIns {
        let mut found = CheckIns::default();
        let mut columns: Vec<Option<&'static str>> = COLUMNS.into_iter().map(Some).collect();
        for HandLine { number: line, fields } in by_hand::lines(bytes) {
            if fields[0].eq_ignore_ascii_case("date") {
                let known = |name: &String| COLUMNS.into_iter().find(|column| name.eq_ignore_ascii_case(column));
                columns = fields.iter().map(known).collect();
                continue;
            }
            let named = columns.iter().zip(fields).filter_map(|(name, field)| Some(((*name)?, field)));
            match CheckIn::of(&named.collect::<Vec<_>>()) {
                Ok(check_in) => found.add(check_in),
                Err(reason) => found.unreadable.push(Unreadable { line, reason }),
            }
        }
        found
    }

    /// How hard the run of a day felt, 0–10.
    pub fn effort(&self, date: Date) -> Option<f64> {
        let place = self.days.binary_search_by_key(&date, |c| c.date).ok()?;
        self.days[place].effort
    }

    /// Adds a check-in to its day.
    pub fn add(&mut self, check_in: CheckIn) {
        match self.days.binary_search_by_key(&check_in.date, |c| c.date) {
            Ok(i) => self.days[i] = self.days[i].then(check_in),
            Err(i) => self.days.insert(i, check_in),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_written_is_read_again() {
        let check_in = CheckIn {
            date: date(2026, 7, 9),
            soreness: Some(6.0),
            sleep_h: Some(5.5),
            motivation: Some(2),
            ill: true,
            hot: true,
            ..CheckIn::default()
        };
        assert_eq!(check_in.written(), "2026-07-09,6,5.5,,2,,,,,ill hot");
        let text = format!("{}\n{}\n", header(), check_in.written());
        assert_eq!(CheckIns::parse(text.as_bytes()), CheckIns { days: vec![check_in], unreadable: vec![] });
    }

    #[test]
    fn a_hand_may_edit_the_file() {
        let text = "# mine\nDate;Soreness;State\n2026-07-09;3;\n2026-07-09;;ill\nyesterday;2;\n2026-07-10;11;\n2026-07-11;2;tired\n";
        let found = CheckIns::parse(text.as_bytes());
        assert_eq!(found.days.len(), 1);
        assert_eq!((found.days[0].soreness, found.days[0].ill), (Some(3.0), true));
        let said: Vec<String> = found.unreadable.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "line 5: `yesterday` is not a date; write it such as 2026-07-09; the line is left out",
                "line 6: soreness is `11`; it is a number from 0 to 10; the line is left out",
                "line 7: state is `tired`; it is made of the words ill, fever, pain, well, off, restless and hot; the line is \
             left out",
            ]
        );
    }

    #[test]
    fn well_ends_illness_on_the_same_day() {
        let ill = CheckIn { ill: true, ..CheckIn::default() };
        let well = CheckIn { well: true, ..CheckIn::default() };
        assert!(!ill.then(well).ill && ill.then(well).well);
        assert!(well.then(ill).ill && !well.then(ill).well);
    }
}
