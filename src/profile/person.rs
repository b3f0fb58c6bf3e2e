//! `[days]`, `[plan]` and `[[race]]`: what the runner wishes of the coming weeks.

use crate::shown::Text;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// `[days]`: which days suit the runner.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySettings {
    /// The day to relax.
    pub rest: Option<DayName>,
    /// The busiest day: a short recovery run at most.
    pub busy: Option<DayName>,
    /// The day of the long run.
    pub long: Option<DayName>,
    /// Weekdays without running.
    #[serde(default)]
    pub off: Vec<DayName>,
    /// Dates without running: `"2026-07-03"`, or `"2026-07-10..2026-07-24"`.
    #[serde(default)]
    pub not_available: Vec<DateRange>,
    /// Minutes at most by weekday.
    #[serde(default)]
    pub minutes_at_most: BTreeMap<DayName, f64>,
    /// Run days a week at most.
    pub runs_at_most: Option<u32>,
}

/// `[plan]`: what the weeks are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSettings {
    /// What the plan should lead to.
    #[serde(default)]
    pub goal: Goal,
    /// Neither hard nor long days: in pregnancy, after birth, while recovering from an illness.
    #[serde(default)]
    pub no_hard: bool,
}

/// `[[race]]`: a race to come, or one that was run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaceSettings {
    /// Day of the race.
    #[serde(deserialize_with = "date")]
    pub date: Date,
    /// Distance, km.
    pub km: f64,
    /// `"3:45:00"` or `"48:30"`.
    pub goal_time: Option<RaceTime>,
    /// How much it matters.
    #[serde(default)]
    pub priority: Priority,
    /// Its name.
    pub name: Option<Text>,
}

/// What the runner wants of the coming weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// Keep the habit.
    #[default]
    #[serde(rename = "hold")]
    Hold,
    /// Run a little more from week to week, with every fourth week down.
    #[serde(rename = "build")]
    Build,
    /// Easy running only, at most the old habit.
    #[serde(rename = "come back")]
    ComeBack,
}

impl Goal {
    /// All of them, in order.
    pub const ALL: [Goal; 3] = [Goal::Hold, Goal::Build, Goal::ComeBack];

    /// The words used in the profile.
    pub fn word(self) -> &'static str {
        match self {
            Goal::Hold => "hold",
            Goal::Build => "build",
            Goal::ComeBack => "come back",
        }
    }
}

/// How much is given up for a race.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Priority {
    /// The whole taper.
    #[default]
    A,
    /// The taper's last week.
    B,
    /// Only the day before is easy.
    C,
}

impl Priority {
    /// The letter used in the profile.
    pub fn word(self) -> &'static str {
        match self {
            Priority::A => "A",
            Priority::B => "B",
            Priority::C => "C",
        }
    }
}

/// A weekday by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum DayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl DayName {
    /// All of them, in order.
    pub const ALL: [DayName; 7] = [
        DayName::Monday,
        DayName::Tuesday,
        DayName::Wednesday,
        DayName::Thursday,
        DayName::Friday,
        DayName::Saturday,
        DayName::Sunday,
    ];

    /// The word used in the profile.
    pub fn word(self) -> &'static str {
        match self {
            DayName::Monday => "monday",
            DayName::Tuesday => "tuesday",
            DayName::Wednesday => "wednesday",
            DayName::Thursday => "thursday",
            DayName::Friday => "friday",
            DayName::Saturday => "saturday",
            DayName::Sunday => "sunday",
        }
    }

    /// As the calendar counts it.
    pub fn weekday(self) -> Weekday {
        match self {
            DayName::Monday => Weekday::Monday,
            DayName::Tuesday => Weekday::Tuesday,
            DayName::Wednesday => Weekday::Wednesday,
            DayName::Thursday => Weekday::Thursday,
            DayName::Friday => Weekday::Friday,
            DayName::Saturday => Weekday::Saturday,
            DayName::Sunday => Weekday::Sunday,
        }
    }
}

/// One day or some in a row, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
pub struct DateRange {
    /// First day.
    pub first: Date,
    /// Last day, itself included.
    pub last: Date,
}

impl DateRange {
    /// True of the days in it.
    pub fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

/// A date as a string or as TOML has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Date(toml::value::Datetime),
}

impl Written {
    fn text(&self) -> String {
        match self {
            Written::Text(text) => text.trim().to_owned(),
            Written::Date(date) => date.to_string(),
        }
    }
}

impl TryFrom<Written> for DateRange {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let text = written.text();
        let (first, last) = text.split_once("..").unwrap_or((&text, &text));
        let range = day(first).zip(day(last)).map(|(first, last)| DateRange { first, last });
        range.filter(|range| range.first <= range.last).ok_or_else(|| {
            format!("\"{text}\" is not a date; write \"2026-07-03\", or \"2026-07-10..2026-07-24\" for days in a row")
        })
    }
}

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = Written::deserialize(deserializer)?.text();
    day(&text).ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is not a date; write \"2026-09-27\"")))
}

/// A time in a race, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct RaceTime {
    /// Goal time, minutes.
    pub minutes: f64,
}

impl TryFrom<String> for RaceTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts: Option<Vec<f64>> =
            text.trim().split(':').map(|part| part.parse::<u32>().ok().map(f64::from)).collect();
        let minutes = match parts.as_deref() {
            Some([h, m, s]) if *m < 60.0 && *s < 60.0 => Some(60.0 * h + m + s / 60.0),
            Some([m, s]) if *s < 60.0 => Some(m + s / 60.0),
            _ => None,
        };
        minutes.filter(|m| (1.0..=6000.0).contains(m)).map(|minutes| RaceTime { minutes }).ok_or_else(|| {
            format!("goal_time is \"{text}\"; write hours, minutes and seconds (\"3:45:00\") or minutes and seconds (\"48:30\")")
        })
    }
}

/// Where the settings stand in the text, for messages.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Places {
    days: DayPlaces,
    race: Vec<RacePlaces>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DayPlaces {
    busy: Option<Spanned<toml::Value>>,
    long: Option<Spanned<toml::Value>>,
    off: Option<Spanned<toml::Value>>,
    minutes_at_most: Option<Spanned<toml::Value>>,
    runs_at_most: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
struct RacePlaces {
    date: Spanned<toml::Value>,
    km: Spanned<toml::Value>,
}

/// Values that cannot be meant, and wishes that exclude each other.
pub(super) fn check(days: &DaySettings, races: &[RaceSettings], text: &str) -> Result<(), String> {
    let places: Places = toml::from_str(text).unwrap_or_default();
    let span = |place: &Option<Spanned<toml::Value>>| place.as_ref().map_or(0..0, Spanned::span);
    let wrong = |span: Range<usize>, message: String| Err(pointed(text, span, &message));
    if let Some(long) = days.long {
        let clash = match () {
            () if days.rest == Some(long) => Some("your rest day"),
            () if days.busy == Some(long) => Some("your busiest day, which holds a short run at most"),
            () if days.off.contains(&long) => Some("a day without running"),
            () => None,
        };
        if let Some(clash) = clash {
            return wrong(span(&places.days.long), format!("the long-run day is also {clash}; choose another one"));
        }
    }
    if days.busy.is_some_and(|busy| days.off.contains(&busy)) {
        return wrong(span(&places.days.busy), "the busiest day is also a day without running; leave one out".into());
    }
    if (0..7).all(|i| days.off.iter().any(|day| day.weekday().to_monday_zero_offset() == i)) {
        return wrong(span(&places.days.off), "every weekday is off; leave at least one to run on".into());
    }
    if days.minutes_at_most.values().any(|minutes| !(0.0..=1440.0).contains(minutes)) {
        let message = "minutes at most of a day lie between 0 and 1440".into();
        return wrong(span(&places.days.minutes_at_most), message);
    }
    if days.runs_at_most.is_some_and(|runs| runs > 7) {
        return wrong(span(&places.days.runs_at_most), "runs_at_most is the number of run days a week, 0 to 7".into());
    }
    for (i, race) in races.iter().enumerate() {
        let place = places.race.get(i);
        let date_span = || place.map_or(0..0, |p| p.date.span());
        if !(0.1..=1000.0).contains(&race.km) {
            return wrong(place.map_or(0..0, |p| p.km.span()), "km of a race lie between 0.1 and 1000".into());
        }
        let weekday_off = days.off.iter().any(|day| day.weekday() == race.date.weekday());
        if weekday_off || days.not_available.iter().any(|range| range.contains(race.date)) {
            return wrong(date_span(), "this race is on a day that is not available; change one of the two".into());
        }
        if races[..i].iter().any(|other| other.date == race.date) {
            return wrong(date_span(), "there is another race on this date; keep one of them".into());
        }
    }
    Ok(())
}

/// A message with the line it is about, and a caret under the place.
fn pointed(text: &str, span: Range<usize>, message: &str) -> String {
    let start = span.start.min(text.len());
    let before = text.get(..start).unwrap_or_default();
    let (line, column) =
        (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or_default().chars().count());
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    let width = text.get(span).map_or(1, |at| at.lines().next().unwrap_or_default().chars().count()).max(1);
    let margin = " ".repeat(line.to_string().len());
    format!(
        "line {line}: {message}\n{margin} |\n{line} | {shown}\n{margin} | {}{}",
        " ".repeat(column),
        "^".repeat(width)
    )
}
