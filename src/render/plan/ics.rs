//! The plan as a calendar file (RFC 5545): one event a day with something to do.
//!
//! A day always has the same UID, so importing a newer file updates the older events. An event that changed since the file
//! before has a higher SEQUENCE, and one that did not is written as it was. What the file before had and this plan has not is
//! cancelled, and stays cancelled until its day has passed.

mod lines;
mod zone;

use super::super::planned::{how_much, what, why};
use super::super::words::capitalised;
use crate::calendar::days_between;
use crate::guide::{DayGuide, Guide, Routine, RoutineKind};
use crate::plan::{Kind, Plan, PlannedDay};
use crate::units::{Seconds, Spoken};
use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use lines::{escaped, folded, unfolded};
use std::fmt::Write;

/// Who wrote a file: the line that tells ours from those of other programs.
const WRITER: &str = "PRODID:-//freshlegs//plan//EN";
const UID_END: &str = "@plan.freshlegs";
/// SEQUENCE of an event without a file before: the days since then, so that a lost file does not turn the clock back.
const FIRST_DAY: Date = date(2020, 1, 1);

/// When on their day events begin; without it they last all day.
#[derive(Clone, Debug)]
pub struct Hour {
    pub time: Time,
    /// Where the runner lives.
    pub zone: TimeZone,
}

/// The calendar of a plan made on a day; `before` is the file it replaces, or nothing.
pub fn calendar(plan: &Plan, guide: &Guide, made: Date, hour: Option<&Hour>, before: &str) -> String {
    let before = Event::all(before);
    let days = || plan.days.iter().zip(&guide.days).filter(|(day, _)| day.kind != Kind::Rest);
    let mut events: Vec<Event> = days().map(|(day, guide)| Event::of(day, guide, made, hour)).collect();
    let (from, to) = (plan.days.first(), plan.days.last());
    let (from, to) = (from.map_or(made, |day| day.date), to.map_or(made, |day| day.date));
    // Days beyond this plan stay as they were; what it no longer has is dropped.
    let others: Vec<&Event> =
        before.iter().filter(|old| old.date >= from && events.iter().all(|event| event.date != old.date)).collect();
    let kept = others.iter().map(|old| if old.date > to { (*old).clone() } else { Event::cancelled(old, made) });
    events.extend(kept);
    events.sort_by_key(|event| event.date);
    let old = |event: &Event| before.iter().find(|old| old.date == event.date);
    events.iter_mut().for_each(|event| event.follow(old(event)));
    let mut text = ["BEGIN:VCALENDAR", "VERSION:2.0", WRITER, "CALSCALE:GREGORIAN"].map(folded).concat();
    text += &folded("METHOD:PUBLISH");
    if let (Some(hour), Some(first), Some(last)) = (hour, events.first(), events.last()) {
        zone::lines(&hour.zone, first.date, last.date).iter().for_each(|line| text += &folded(line));
    }
    events.iter().for_each(|event| text += &event.written());
    text + &folded("END:VCALENDAR")
}

/// True for a calendar that this program wrote.
pub fn is_ours(file: &str) -> bool {
    unfolded(file).iter().any(|line| line == WRITER)
}

/// One day in the calendar.
#[derive(Clone, Debug, PartialEq)]
struct Event {
    date: Date,
    sequence: i64,
    stamp: String,
    /// Everything else, line by line.
    lines: Vec<String>,
}

impl Event {
    fn of(day: &PlannedDay, guide: &DayGuide, made: Date, hour: Option<&Hour>) -> Event {
        let mut lines = match hour {
            Some(hour) => timed(day, hour),
            None => all_day(day.date),
        };
        lines.push(format!("SUMMARY:{}", escaped(&title(day))));
        lines.push(format!("DESCRIPTION:{}", escaped(&description(day, guide))));
        lines.push("STATUS:CONFIRMED".into());
        // A run takes an hour of the day; a note for the whole day takes none of it.
        lines.push(if hour.is_some() { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" }.into());
        Event::new(day.date, made, lines)
    }

    fn new(date: Date, made: Date, lines: Vec<String>) -> Event {
        let sequence = days_between(FIRST_DAY, made).max(0);
        Event { date, sequence, stamp: format!("{}T000000Z", made.strftime("%Y%m%d")), lines }
    }

    /// The same day, on which nothing is planned any more.
    fn cancelled(old: &Event, made: Date) -> Event {
        let is_when = |line: &&String| ["DTSTART", "DTEND", "DURATION"].iter().any(|name| line.starts_with(name));
        let mut lines: Vec<String> = old.lines.iter().filter(is_when).cloned().collect();
        lines.push("SUMMARY:Rest day".into());
        lines.push("DESCRIPTION:No longer planned.".into());
        lines.push("STATUS:CANCELLED".into());
        lines.push("TRANSP:TRANSPARENT".into());
        Event::new(old.date, made, lines)
    }

    /// Takes on the number and the stamp of the event before where nothing changed, else a higher number.
    fn follow(&mut self, old: Option<&Event>) {
        let Some(old) = old else { return };
        if old.lines == self.lines {
            (self.sequence, self.stamp) = (old.sequence, old.stamp.clone());
        } else {
            self.sequence = self.sequence.max(old.sequence.saturating_add(1));
        }
    }

    fn written(&self) -> String {
        let mut text = folded("BEGIN:VEVENT");
        text += &folded(&format!("UID:{}{UID_END}", self.date.strftime("%Y%m%d")));
        text += &folded(&format!("DTSTAMP:{}", self.stamp));
        text += &folded(&format!("SEQUENCE:{}", self.sequence));
        self.lines.iter().for_each(|line| text += &folded(line));
        text + &folded("END:VEVENT")
    }

    /// The events of a file of ours; those of others are not looked at.
    fn all(file: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        for line in unfolded(file) {
            match line.as_str() {
                "BEGIN:VEVENT" => lines.clear(),
                "END:VEVENT" => events.extend(Event::parsed(std::mem::take(&mut lines))),
                _ => lines.push(line),
            }
        }
        events
    }

    fn parsed(lines: Vec<String>) -> Option<Event> {
        let value = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let date = Date::strptime("%Y%m%d", value("UID")?.strip_suffix(UID_END)?).ok()?;
        let sequence = value("SEQUENCE").and_then(|number| number.parse().ok()).unwrap_or(0);
        let stamp = value("DTSTAMP")?.to_owned();
        let is_own = |line: &String| !["UID:", "DTSTAMP:", "SEQUENCE:"].iter().any(|name| line.starts_with(name));
        Some(Event { date, sequence, stamp, lines: lines.into_iter().filter(is_own).collect() })
    }
}

fn all_day(date: Date) -> Vec<String> {
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    vec![format!("DTSTART;VALUE=DATE:{}", day(date)), format!("DTEND;VALUE=DATE:{}", day(date.saturating_add(1.day())))]
}

/// At the local clock of a zone; where the zone has no name, at whatever clock the calendar shows.
fn timed(day: &PlannedDay, hour: &Hour) -> Vec<String> {
    let zone = hour.zone.iana_name().map(|name| format!(";TZID={name}")).unwrap_or_default();
    let start = day.date.to_datetime(hour.time).strftime("%Y%m%dT%H%M%S").to_string();
    let minutes = (day.duration_s / 60.0).round().max(1.0);
    vec![format!("DTSTART{zone}:{start}"), format!("DURATION:PT{minutes:.0}M")]
}

fn title(day: &PlannedDay) -> String {
    let length = Spoken(Seconds(day.duration_s));
    let second =
        if day.second_run_s > 0.0 { format!(" and {}", Spoken(Seconds(day.second_run_s))) } else { String::new() };
    format!("{}, {length}{second}", capitalised(&day.kind.to_string()))
}

/// The whole prescription.
fn description(day: &PlannedDay, guide: &DayGuide) -> String {
    let mut text = format!("{}{}.", capitalised(&day.kind.to_string()), how_much(day, guide));
    let mut line = |line: &str| {
        let _ = write!(text, "\n{line}");
    };
    line(&why(day, guide));
    what(day, guide).iter().for_each(|sentence| line(sentence));
    if let Some(advice) = &guide.advice {
        line(&advice.to_string());
    }
    guide.routines.iter().for_each(|routine| line(&exercises(routine)));
    line("Training guidance, not medical advice.");
    text
}

/// `Mobility, 15 min: hamstring rock (10–15 times on each side, …), …`
fn exercises(routine: &Routine) -> String {
    let said = routine.exercises.iter().map(|exercise| match routine.kind {
        // The same as before it.
        RoutineKind::MobilityAfter => exercise.name.to_owned(),
        _ => format!("{} ({})", exercise.name, exercise.dose),
    });
    let said: Vec<String> = said.collect();
    let half = if routine.half { ", each half as often" } else { "" };
    format!("{}{half}: {}.", capitalised(&routine.to_string()), said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{PlanInputs, plan};

    fn made_plan() -> (Plan, Guide) {
        let inputs = PlanInputs { start: date(2026, 6, 22), ..PlanInputs::default() };
        let plan = plan(&inputs, 7);
        let guide = Guide::of(&plan, &inputs, &[]);
        (plan, guide)
    }

    #[test]
    fn a_newer_file_updates_the_older_and_cancels_what_was_dropped() {
        let (plan, guide) = made_plan();
        let first = calendar(&plan, &guide, date(2026, 6, 22), None, "");
        let active = plan.days.iter().filter(|d| d.kind != Kind::Rest).count();
        assert_eq!(first.matches("BEGIN:VEVENT").count(), active);
        let mut rested = plan.clone();
        rested.days.iter_mut().for_each(|day| day.kind = Kind::Rest);
        let second = calendar(&rested, &guide, date(2026, 6, 23), None, &first);
        assert_eq!(second.matches("STATUS:CANCELLED").count(), active);
        // Who missed that file learns it from the next one.
        let third = calendar(&rested, &guide, date(2026, 6, 24), None, &second);
        assert_eq!(third, second);
    }

    #[test]
    fn a_shorter_plan_leaves_later_days_as_they_were() {
        let (plan, guide) = made_plan();
        let first = calendar(&plan, &guide, date(2026, 6, 22), None, "");
        let shorter = Plan { days: plan.days[..3].to_vec(), ..plan.clone() };
        assert_eq!(calendar(&shorter, &guide, date(2026, 6, 22), None, &first), first);
    }

    #[test]
    fn only_what_changed_gets_a_higher_number() {
        let (plan, guide) = made_plan();
        let first = calendar(&plan, &guide, date(2026, 6, 22), None, "");
        assert_eq!(calendar(&plan, &guide, date(2026, 6, 23), None, &first), first);
        let mut changed = plan.clone();
        let day = changed.days.iter_mut().find(|day| day.kind != Kind::Rest).expect("a run");
        day.duration_s += 300.0;
        // On the same day too.
        let second = calendar(&changed, &guide, date(2026, 6, 22), None, &first);
        let numbers = |text: &str| Event::all(text).iter().map(|event| event.sequence).collect::<Vec<_>>();
        let raised = numbers(&first).iter().zip(numbers(&second)).filter(|(a, b)| **a + 1 == *b).count();
        assert_eq!(raised, 1, "{:?} {:?}", numbers(&first), numbers(&second));
    }

    #[test]
    fn at_an_hour_events_stand_in_the_zone_of_the_runner() {
        let (plan, guide) = made_plan();
        let zone = TimeZone::get("Europe/Vienna").expect("a zone");
        let hour = Hour { time: jiff::civil::time(7, 30, 0, 0), zone };
        let text = calendar(&plan, &guide, date(2026, 6, 22), Some(&hour), "");
        let first = plan.days.iter().find(|day| day.kind != Kind::Rest).expect("a run");
        let start = format!("DTSTART;TZID=Europe/Vienna:{}T073000\r\n", first.date.strftime("%Y%m%d"));
        assert!(text.contains(&start), "{text}");
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    }

    /// Another program's reader sees what was meant, and refuses what is broken.
    #[test]
    fn another_parser_reads_it() {
        use icalendar::{Calendar, CalendarComponent, Component};
        let (plan, guide) = made_plan();
        let text = calendar(&plan, &guide, date(2026, 6, 22), None, "");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let read: Calendar = text.parse().expect("a calendar");
        let events: Vec<_> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
        let days: Vec<_> = plan.days.iter().zip(&guide.days).filter(|(day, _)| day.kind != Kind::Rest).collect();
        assert_eq!(events.len(), days.len());
        for (event, (day, guide)) in events.iter().zip(days) {
            assert_eq!(event.get_summary(), Some(&*title(day)));
            assert_eq!(event.get_description(), Some(&*description(day, guide)));
            assert_eq!(event.get_uid(), Some(&*format!("{}{UID_END}", day.date.strftime("%Y%m%d"))));
        }
        assert!(text.replacen("END:VEVENT", "", 1).parse::<Calendar>().is_err());
    }
}
