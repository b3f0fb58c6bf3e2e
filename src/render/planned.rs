//! A planned day in sentences, the same on the terminal, in the calendar and on the page.

use super::words::capitalised;
use crate::guide::{DayGuide, RoutineKind};
use crate::plan::PlannedDay;
use crate::plan::steps::{HardSession, WorkoutPart};
use crate::units::{Bpm, Seconds, Speed, Spoken};

/// `, 30 min, at most 144 bpm, 6:03 /km or slower`.
pub fn how_much(day: &PlannedDay, guide: &DayGuide) -> String {
    let bpm = day.heart_rate_ceiling_bpm.map(|bpm| format!("at most {}", Bpm(bpm)));
    let pace = day.pace_ceiling_s_per_km.map(|pace| format!("{} or slower", Speed(1000.0 / pace)));
    let parts = [how_long(day, guide), bpm, pace].into_iter().flatten();
    parts.map(|part| format!(", {part}")).collect()
}

/// `30 min`, of a long run its range, and what a second run adds; nothing for a day of rest.
pub fn how_long(day: &PlannedDay, guide: &DayGuide) -> Option<String> {
    let spoken = |seconds: f64| Spoken(Seconds(seconds)).to_string();
    let length = match guide.least_s {
        _ if day.duration_s <= 0.0 => return None,
        Some(least) if least < day.duration_s => format!("{} to {}", spoken(least), spoken(day.duration_s)),
        _ => spoken(day.duration_s),
    };
    let second = (day.second_run_s > 0.0).then(|| format!(", and {} more, very easy", spoken(day.second_run_s)));
    Some(length + &second.unwrap_or_default())
}

/// Why the day is what it is, and what it is for.
pub fn why(day: &PlannedDay, guide: &DayGuide) -> String {
    let reasons: Vec<String> = day.reasons.iter().map(ToString::to_string).collect();
    let purpose = guide.purpose.map(|purpose| format!(" Keep it gentle, {purpose}.")).unwrap_or_default();
    capitalised(&reasons.join("; ")) + "." + &purpose
}

/// What is done, where one word does not say it.
pub fn what(day: &PlannedDay, guide: &DayGuide) -> Vec<String> {
    match &guide.sessions[..] {
        _ if guide.walks => vec!["A gentle walk of 15–30 min does you good.".to_owned()],
        [] if day.steps.len() > 1 => vec![capitalised(&steps(&day.steps)) + "."],
        [] => Vec::new(),
        sessions => sessions.iter().enumerate().map(|(i, session)| choice(i, session)).collect(),
    }
}

/// `3 × 8 min at threshold (4:36 /km, ≤ 171 bpm) or 6 × 3 min fast (4:23 /km)`; `None` but for hard sessions.
pub fn in_a_line(guide: &DayGuide) -> Option<String> {
    let said: Vec<String> = guide.sessions.iter().filter_map(work).collect();
    (!said.is_empty()).then(|| said.join(" or "))
}

/// The repetitions of a session, and how fast.
fn work(session: &HardSession) -> Option<String> {
    let repeated = session.steps.iter().find_map(|part| match part {
        WorkoutPart::Repeat { times, steps } => steps.first().map(|step| (*times, step)),
        WorkoutPart::Step(_) => None,
    });
    let (times, step) = repeated?;
    let what = format!("{} {}", Spoken(Seconds(step.duration_s)), step.action.word());
    let what = if times == 1 { what } else { format!("{times} × {what}") };
    let pace = step.pace_ceiling_s_per_km.map(|pace| Speed(1000.0 / pace).to_string());
    let beats = step.heart_rate_ceiling_bpm.map(|bpm| format!("≤ {}", Bpm(bpm)));
    let limits: Vec<String> = [pace, beats].into_iter().flatten().collect();
    Some(if limits.is_empty() { what } else { format!("{what} ({})", limits.join(", ")) })
}

/// `Threshold: warm up 15 min, …`, and `or fast repetitions: …`.
fn choice(place: usize, session: &HardSession) -> String {
    let name = if place == 0 { session.name.to_owned() } else { format!("or {}", session.name) };
    format!("{}: {}.", capitalised(&name), steps(&session.steps))
}

fn steps(steps: &[WorkoutPart]) -> String {
    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `Drills: skips forward, quad stretch into knee hug. Mobility, 15 min, calves first.`; nothing for what every other day has.
pub fn routines(guide: &DayGuide) -> Option<String> {
    let told = guide.routines.iter().filter(|routine| routine.kind != RoutineKind::Stretching);
    let said: Vec<String> = told
        .map(|routine| match routine.kind {
            RoutineKind::Drills => {
                let names: Vec<&str> = routine.exercises.iter().map(|exercise| exercise.name).collect();
                format!("Drills: {}.", names.join(", "))
            }
            _ => capitalised(&routine.to_string()) + ".",
        })
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}
