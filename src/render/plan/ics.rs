//! The plan as a calendar file (RFC 5545): one event a day with something to do.
//!
//! A day always has the same UID, and its SEQUENCE grows with the day the plan was made: importing a newer file updates the
//! older events. What an earlier file had and this plan has not is cancelled.

use crate::calendar::days_between;
use crate::plan::{Kind, Plan, PlanInputs, PlannedDay};
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::fmt::Write;

/// Octets of a line at most.
const LINE: usize = 75;
const UID_END: &str = "@plan.freshlegs";

/// The calendar of a plan made on a day; `before` is the file it replaces, or nothing.
pub fn calendar(plan: &Plan, made: Date, before: &str) -> String {
    let mut text = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//freshlegs//plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        push(&mut text, line);
    }
    let days: Vec<&PlannedDay> = plan.days.iter().filter(|day| day.kind != Kind::Rest).collect();
    for day in &days {
        event(&mut text, day.date, made, &title(day), &description(day), "CONFIRMED");
    }
    let from = plan.days.first().map_or(made, |day| day.date);
    let dropped = dates(before).into_iter().filter(|date| *date >= from && days.iter().all(|day| day.date != *date));
    for date in dropped {
        event(&mut text, date, made, "Rest day", "No longer planned.", "CANCELLED");
    }
    push(&mut text, "END:VCALENDAR");
    text
}

fn event(text: &mut String, day: Date, made: Date, title: &str, description: &str, status: &str) {
    let sequence = days_between(date(2020, 1, 1), made).max(0);
    push(text, "BEGIN:VEVENT");
    push(text, &format!("UID:{}{UID_END}", day.strftime("%Y%m%d")));
    push(text, &format!("DTSTAMP:{}T000000Z", made.strftime("%Y%m%d")));
    push(text, &format!("SEQUENCE:{sequence}"));
    push(text, &format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")));
    push(text, &format!("DTEND;VALUE=DATE:{}", day.saturating_add(1.day()).strftime("%Y%m%d")));
    push(text, &format!("SUMMARY:{}", escaped(title)));
    push(text, &format!("DESCRIPTION:{}", escaped(description)));
    push(text, &format!("STATUS:{status}"));
    push(text, "TRANSP:TRANSPARENT");
    push(text, "END:VEVENT");
}

fn title(day: &PlannedDay) -> String {
    format!("{}, {}", super::super::words::capitalised(&day.kind.to_string()), Spoken(Seconds(day.duration_s)))
}

/// The whole prescription.
fn description(day: &PlannedDay) -> String {
    let mut text = day.advice(&PlanInputs::default());
    if let Some(bpm) = day.heart_rate_ceiling_bpm {
        let _ = write!(text, "\nHeart rate: at most {}.", Bpm(bpm));
    }
    if let Some(pace) = day.pace_ceiling_s_per_km {
        let _ = write!(text, "\nPace: {} or slower.", Speed(1000.0 / pace));
    }
    for step in &day.steps {
        let _ = write!(text, "\n- {step}");
    }
    if day.second_run_s > 0.0 {
        let _ = write!(text, "\nA second, very easy run of {}.", Spoken(Seconds(day.second_run_s)));
    }
    let why: Vec<String> = day.reasons.iter().map(ToString::to_string).collect();
    let _ = write!(text, "\nWhy: {}.\nTraining guidance, not medical advice.", why.join("; "));
    text
}

/// The days of the events of an earlier file that are not cancelled yet.
fn dates(before: &str) -> Vec<Date> {
    let events = before.split("BEGIN:VEVENT").skip(1).filter(|event| !event.contains("STATUS:CANCELLED"));
    events
        .filter_map(|event| {
            let uid = event.lines().find_map(|line| line.strip_prefix("UID:"))?;
            Date::strptime("%Y%m%d", uid.trim().strip_suffix(UID_END)?).ok()
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A content line, folded after 75 octets without cutting a character.
fn push(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    fn made_plan() -> Plan {
        plan(&PlanInputs { start: date(2026, 6, 22), ..PlanInputs::default() }, 7)
    }

    #[test]
    fn lines_are_folded_and_escaped() {
        let mut text = String::new();
        push(&mut text, &format!("DESCRIPTION:{}", escaped(&"ä, ".repeat(60))));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("DESCRIPTION:{}\r\n", "ä\\, ".repeat(60)));
    }

    #[test]
    fn a_newer_file_updates_the_older_and_cancels_what_was_dropped() {
        let plan = made_plan();
        let first = calendar(&plan, date(2026, 6, 22), "");
        assert_eq!(first.matches("BEGIN:VEVENT").count(), plan.days.iter().filter(|d| d.kind != Kind::Rest).count());
        let mut rested = plan.clone();
        rested.days.iter_mut().for_each(|day| day.kind = Kind::Rest);
        let second = calendar(&rested, date(2026, 6, 23), &first);
        assert_eq!(second.matches("STATUS:CANCELLED").count(), first.matches("STATUS:CONFIRMED").count());
        assert_eq!(calendar(&rested, date(2026, 6, 24), &second).matches("BEGIN:VEVENT").count(), 0);
        assert!(dates(&first).iter().all(|date| dates(&second).is_empty() && *date >= jiff::civil::date(2026, 6, 22)));
    }
}
