//! Planned runs as FIT workouts for the watch, one file a running day, from the same steps as the words.
//!
//! Limits are the most a step allows, so a target reaches from the lowest value there is up to the ceiling. A race has no
//! workout: no watch should hurry it.

use crate::content::ContentHash;
use crate::plan::steps::{Action, Step, WorkoutPart};
use crate::plan::{Ceilings, Kind, Plan, PlanInputs, PlannedDay};
use crate::shown::Text;
use embedded_io_adapters::std::FromStd;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::{FIT, Message};
use rustyfit::{Decoder, Encoder};
use std::io::Cursor;

/// Letters that every watch can show of a name.
const NAME: usize = 15;
/// Tells our files from those of other programs, together with the manufacturer `development`: "FL".
const PRODUCT: u16 = 0x464c;
/// Beats a minute stand 100 higher in a workout; what is lower is a share of the maximum.
const BPM_OFFSET: u32 = 100;
/// The lowest heart rate and the lowest speed (mm/s) that a target can have.
const LOWEST_BPM: u32 = 1;
const LOWEST_MM_PER_S: u32 = 1;

/// A workout file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkoutFile {
    /// `2026-06-22-recovery.fit`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// One workout for every run of a plan that was made on a day.
///
/// # Errors
/// Where a message cannot be encoded; not for any plan of this program.
pub fn workouts(plan: &Plan, inputs: &PlanInputs, made: Date) -> Result<Vec<WorkoutFile>, Text> {
    let ceilings = inputs.ceilings.ordered();
    let mut files = Vec::new();
    for day in plan.days.iter().filter(|day| day.kind.is_run() && day.kind != Kind::Race) {
        let word = day.kind.word().replace('_', "-");
        files.push(file(day, &word, &day.steps, made, files.len())?);
        if day.second_run_s > 0.0 {
            files.push(file(day, "second", &[second_run(day, &ceilings)], made, files.len())?);
        }
    }
    Ok(files)
}

/// The date in the name of a workout file, if it can be one of ours.
pub fn date_in(name: &str) -> Option<Date> {
    let (date, rest) = (name.get(..10)?, name.get(10..)?);
    let is_ours = rest.starts_with('-') && rest.ends_with(".fit");
    date.parse().ok().filter(|_| is_ours)
}

/// True for a whole file that this program wrote.
pub fn is_ours(bytes: &[u8]) -> bool {
    let Ok(Some(fit)) = Decoder::new().decode(&mut FromStd::new(Cursor::new(bytes))) else { return false };
    let ids = fit.messages.iter().filter(|message| message.num == typedef::MesgNum::FILE_ID);
    ids.map(mesgdef::FileId::from).any(|id| {
        id.r#type == typedef::File::WORKOUT
            && id.manufacturer == typedef::Manufacturer::DEVELOPMENT
            && id.product == PRODUCT
    })
}

/// The second run of a day, as gentle as a recovery run.
fn second_run(day: &PlannedDay, ceilings: &Ceilings) -> WorkoutPart {
    WorkoutPart::Step(Step {
        action: Action::Jog,
        duration_s: day.second_run_s,
        heart_rate_ceiling_bpm: ceilings.heart_rate_ceiling_bpm(Kind::Recovery),
        pace_ceiling_s_per_km: ceilings.pace_ceiling_s_per_km(Kind::Recovery),
    })
}

fn file(day: &PlannedDay, word: &str, parts: &[WorkoutPart], made: Date, place: usize) -> Result<WorkoutFile, Text> {
    let name = format!("{}-{word}.fit", day.date);
    let shown: String = format!("{} {word}", day.date.strftime("%a %-d")).chars().take(NAME).collect();
    let steps = steps(parts);
    let mut messages: Vec<Message> =
        vec![file_id(&format!("{name} {parts:?}"), made, place).into(), workout(&shown, steps.len()).into()];
    messages.extend(steps.into_iter().map(Message::from));
    let mut bytes = Cursor::new(Vec::new());
    let mut fit = FIT { messages, ..FIT::default() };
    Encoder::new()
        .encode(&mut FromStd::new(&mut bytes), &mut fit)
        .map_err(|error| Text::from(format!("{name}: {error:?}")))?;
    Ok(WorkoutFile { name, bytes: bytes.into_inner() })
}

/// Watches keep two workouts apart by serial number and time: no two of ours that differ share both.
fn file_id(content: &str, made: Date, place: usize) -> mesgdef::FileId {
    let [a, b, c, d, ..] = *ContentHash::of(content.as_bytes()).as_bytes();
    let midnight_s = made.to_zoned(TimeZone::UTC).map_or(0, |midnight| midnight.timestamp().as_second());
    mesgdef::FileId {
        r#type: typedef::File::WORKOUT,
        manufacturer: typedef::Manufacturer::DEVELOPMENT,
        product: PRODUCT,
        // 0 stands for "none".
        serial_number: u32::from_le_bytes([a, b, c, d]).max(1),
        time_created: typedef::DateTime::from_unix_timestamp(midnight_s + place as i64),
        ..mesgdef::FileId::new()
    }
}

fn workout(name: &str, steps: usize) -> mesgdef::Workout {
    mesgdef::Workout {
        wkt_name: name.into(),
        sport: typedef::Sport::RUNNING,
        num_valid_steps: steps as u16,
        ..mesgdef::Workout::new()
    }
}

/// The steps in order; turns are followed by a step that says how often.
fn steps(parts: &[WorkoutPart]) -> Vec<mesgdef::WorkoutStep> {
    let mut messages: Vec<mesgdef::WorkoutStep> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let first = messages.len();
        match part {
            WorkoutPart::Step(only) => messages.push(step(first, only, i > 0 && i + 1 == parts.len())),
            WorkoutPart::Repeat { times, steps } => {
                messages.extend(steps.iter().enumerate().map(|(k, turn)| step(first + k, turn, false)));
                messages.push(repeat(messages.len(), first, *times));
            }
        }
    }
    messages
}

fn step(index: usize, step: &Step, is_last: bool) -> mesgdef::WorkoutStep {
    let mut message = mesgdef::WorkoutStep {
        message_index: typedef::MessageIndex(index as u16),
        wkt_step_name: step.action.word().chars().take(NAME).collect::<String>().into(),
        duration_type: typedef::WktStepDuration::TIME,
        duration_value: (1000.0 * step.duration_s).round() as u32,
        target_type: typedef::WktStepTarget::OPEN,
        target_value: 0,
        intensity: intensity(step.action, is_last),
        ..mesgdef::WorkoutStep::new()
    };
    if let Some(bpm) = step.heart_rate_ceiling_bpm {
        message.target_type = typedef::WktStepTarget::HEART_RATE;
        message.custom_target_value_low = BPM_OFFSET + LOWEST_BPM;
        // Rounded down: the ceiling is the most.
        message.custom_target_value_high = BPM_OFFSET + bpm.floor().max(f64::from(LOWEST_BPM)) as u32;
    } else if let Some(pace) = step.pace_ceiling_s_per_km {
        message.target_type = typedef::WktStepTarget::SPEED;
        message.custom_target_value_low = LOWEST_MM_PER_S;
        message.custom_target_value_high = (1_000_000.0 / pace).floor() as u32;
    }
    message
}

fn repeat(index: usize, first: usize, times: u32) -> mesgdef::WorkoutStep {
    mesgdef::WorkoutStep {
        message_index: typedef::MessageIndex(index as u16),
        duration_type: typedef::WktStepDuration::REPEAT_UNTIL_STEPS_CMPLT,
        duration_value: first as u32,
        target_type: typedef::WktStepTarget::OPEN,
        target_value: times,
        ..mesgdef::WorkoutStep::new()
    }
}

fn intensity(action: Action, is_last: bool) -> typedef::Intensity {
    match action {
        Action::WarmUp => typedef::Intensity::WARMUP,
        Action::CoolDown => typedef::Intensity::COOLDOWN,
        Action::Walk if is_last => typedef::Intensity::COOLDOWN,
        Action::Walk | Action::Drills | Action::Between => typedef::Intensity::REST,
        Action::Threshold | Action::Fast => typedef::Intensity::INTERVAL,
        Action::Jog | Action::Run | Action::Race => typedef::Intensity::ACTIVE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_name_says_whose_day_it_is() {
        assert_eq!(date_in("2026-06-22-recovery.fit"), Some(date(2026, 6, 22)));
        assert_eq!(
            (date_in("2026-06-22.fit"), date_in("morning-run.fit"), date_in("2026-06-22-x.gpx")),
            (None, None, None)
        );
    }

    #[test]
    fn only_whole_files_of_ours_are_ours() {
        let inputs = crate::plan::PlanInputs { start: date(2026, 6, 22), ..Default::default() };
        let files = workouts(&crate::plan::plan(&inputs, 7), &inputs, date(2026, 6, 22)).expect("encoded");
        assert!(!files.is_empty() && files.iter().all(|file| is_ours(&file.bytes)));
        let mut broken = files[0].bytes.clone();
        *broken.last_mut().expect("a checksum") ^= 1;
        assert!(!is_ours(&broken) && !is_ours(b"") && !is_ours(b"BEGIN:VCALENDAR"));
    }
}
