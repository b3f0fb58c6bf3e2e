//! FIT: Garmin, COROS, Wahoo, Suunto, Polar, Zwift and many more.
//!
//! Records are read straight from their bytes. The values of all other messages come from fitparser's raw messages, never
//! from its decoded ones: those mix developer fields with native ones of the same number.

#[cfg(test)]
mod tests;
mod base;
mod beats;
mod crc;
mod field;
mod framing;
mod messages;
mod profile;
mod record;
mod values;

#[cfg(test)]
pub use crc::crc;
pub use framing::is_fit;

use super::summary::Maker;
use super::{FileKind, Meter, ReadError, Reading, has_steps, timestamp};
use crate::activity::{Activity, Format, ReadNote, Sample, Sport, TimerEvent, WatchVerdicts, watts};
use crate::shown::Text;
use beats::Beats;
use field::file_id;
use framing::{Break, Checksum, Messages, Next, Section};
use messages::{FitLap, FitRecording, FitSession, lap_totals};
use profile::message;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is said of a file that made fitparser panic.
pub const BEYOND_READING: &str = "the data are damaged beyond reading";

/// Reads a FIT file, chained ones too: every section with records gives its own activities.
pub fn read(bytes: &[u8], meter: &Meter<'_>) -> Result<Reading, ReadError> {
    // fitparser gets only what has been checked; this is the last net.
    catch_unwind(AssertUnwindSafe(|| read_sections(bytes, meter)))
        .unwrap_or_else(|_| Err(ReadError::Fit { reason: BEYOND_READING.into() }))
}

/// What one section turned out to be.
enum SectionContent {
    Recorded(Box<FitRecording>, Vec<ReadNote>),
    NotAnActivity(FileKind),
}

/// A section weighs as much as so many samples, be it empty.
const SECTION_RECORDS: usize = 20;

fn read_sections(bytes: &[u8], meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let mut activities = Vec::new();
    let mut kind = None;
    let mut rest = bytes;
    let mut sections = 0;
    let mut failure = None;
    let mut trailing = None;
    let mut alien = 0;
    let mut maker = Maker::new();
    let mut beats = Beats::default();
    // Some writers fill up with zeros.
    while !rest.iter().all(|byte| *byte == 0) {
        match framing::split_section(rest) {
            Ok((section, after)) => {
                sections += 1;
                meter.records(SECTION_RECORDS)?;
                rest = after;
                let before = activities.len();
                match read_section(&section, meter)? {
                    SectionContent::Recorded(mut recording, notes) => {
                        beats.append(std::mem::take(&mut recording.beats));
                        activities.extend(assemble(*recording, notes, &mut maker));
                    }
                    SectionContent::NotAnActivity(other) => kind = kind.or(Some(other)),
                }
                // Activities say themselves that they are cut; what gives none would be passed over in silence.
                let is_cut = section.checksum == Checksum::Missing;
                failure = (is_cut && activities.len() == before).then_some(Break::Cut);
            }
            Err(reason) if sections == 0 => return Err(ReadError::Fit { reason: reason.to_string().into() }),
            Err(_) => match framing::next_header(rest) {
                // Parts that were joined by hand or by an app may have something between them.
                Some(at) => {
                    alien += at;
                    rest = &rest[at..];
                }
                None => {
                    trailing = Some(ReadNote::TrailingBytes { count: rest.len() });
                    break;
                }
            },
        }
    }
    beats.give_to(&mut activities);
    match (activities.last_mut(), kind, failure) {
        (Some(last), _, failure) => {
            let last: &mut Activity = last;
            last.notes.extend(failure.map(|reason| ReadNote::Broken { reason: reason.to_string().into() }));
            last.notes.extend((alien > 0).then_some(ReadNote::AlienBytes { count: alien }));
            last.notes.extend(trailing);
            Ok(Reading::Activities(activities))
        }
        (None, Some(kind), _) => Ok(Reading::NotAnActivity(kind)),
        (None, None, _) => Err(ReadError::NoSamples),
    }
}

fn read_section(section: &Section<'_>, meter: &Meter<'_>) -> Result<SectionContent, ReadError> {
    let mut recording = FitRecording::default();
    let mut broken = None;
    match Messages::new(section.data, meter) {
        Ok(mut messages) => {
            while let Some(next) = messages.next() {
                match next {
                    Ok(Next::Record(record)) => {
                        recording.make_room(|| messages.records_to_come());
                        recording.add_record(record, &messages.power_fields);
                    }
                    Ok(Next::Message(message)) => {
                        // A second file_id after records is damage, not news.
                        if let Some(kind) = other_kind(&message).filter(|_| recording.samples.is_empty()) {
                            return Ok(SectionContent::NotAnActivity(kind));
                        }
                        recording.add(&message);
                    }
                    Err(Break::Limit(limit)) => return Err(limit),
                    Err(reason) => broken = Some(reason),
                }
            }
        }
        Err(reason) => broken = Some(reason),
    }
    let mut notes = Vec::new();
    if section.checksum == Checksum::Wrong {
        notes.push(ReadNote::ChecksumMismatch);
    }
    if section.checksum == Checksum::Missing {
        broken = broken.or(Some(Break::Cut));
    }
    notes.extend(broken.map(|reason| ReadNote::Broken { reason: reason.to_string().into() }));
    Ok(SectionContent::Recorded(Box::new(recording), notes))
}

/// The kind of the file, if its first message says that it is no activity: then nothing more need be read.
fn other_kind(message: &framing::Message) -> Option<FileKind> {
    if message.global != message::FILE_ID {
        return None;
    }
    let code = file_id::TYPE.whole(&message.fields)? as u8;
    (code != profile::ACTIVITY_FILE).then(|| FileKind::from_fit(code))
}

/// Makes one activity of every sport in a recording; transitions and what has neither samples nor a summary to make
/// them from are left out.
fn assemble(mut recording: FitRecording, mut notes: Vec<ReadNote>, maker: &mut Maker) -> Vec<Activity> {
    if let Some(field) = use_developer_power(&mut recording) {
        notes.push(ReadNote::DeveloperPower { field: field.into() });
    }
    let mut sessions = std::mem::take(&mut recording.sessions);
    drop_whole(&mut sessions);
    if sessions.is_empty() {
        notes.push(ReadNote::NoSummary);
        sessions.push(FitSession::default());
    }
    let mut parts = if let [_] = sessions.as_slice() {
        let samples = std::mem::take(&mut recording.samples);
        let timer = std::mem::take(&mut recording.timer);
        let watch = recording.metrics.iter().map(|(_, watch)| *watch).collect();
        vec![SessionPart { samples, timer, watch, laps: std::mem::take(&mut recording.laps), is_made: false }]
    } else {
        sessions.sort_by_key(|session| session.start_ms);
        split_by_time(&recording, &sessions)
    };
    // What a damaged file lacks may have been recorded.
    if !notes.iter().any(|note| matches!(note, ReadNote::Broken { .. })) {
        stand_in(&mut parts, &sessions, maker);
    }
    sessions
        .iter()
        .zip(parts)
        .filter(|(session, part)| !session.is(profile::TRANSITION) && !part.samples.is_empty())
        .map(|(session, part)| {
            let made = part.is_made.then_some(ReadNote::SummaryOnly);
            activity(&recording, session, part, notes.iter().cloned().chain(made).collect())
        })
        .collect()
}

/// Leaves out the session that sums up those of all sports.
fn drop_whole(sessions: &mut Vec<FitSession>) {
    if !sessions.iter().all(|session| session.is(profile::MULTISPORT)) {
        sessions.retain(|session| !session.is(profile::MULTISPORT));
    }
}

/// Makes samples for sessions that have none, the sessions in order of time. One whose time others fill is their sum or
/// their double.
fn stand_in(parts: &mut [SessionPart], sessions: &[FitSession], maker: &mut Maker) {
    let mut times: Vec<i64> = parts.iter().flat_map(|part| &part.samples).map(|sample| sample.time_ms).collect();
    times.sort_unstable();
    let mut made_until = i64::MIN;
    for (part, session) in parts.iter_mut().zip(sessions) {
        let (Some(start), Some(timer_s)) = (session.start_ms, session.totals.timer_s) else { continue };
        let end = start.saturating_add((timer_s * 1000.0) as i64);
        let next = times.partition_point(|time| *time <= start);
        let is_filled = start < made_until || times.get(next).is_some_and(|time| *time < end);
        if is_filled || !part.samples.is_empty() || session.is(profile::TRANSITION) {
            continue;
        }
        if let Some(samples) = maker.samples(start, &session.totals) {
            made_until = samples.last().map_or(made_until, |last| last.time_ms);
            // The timer's stops are not in the time on the timer.
            (part.samples, part.timer, part.is_made) = (samples, Vec::new(), true);
        }
    }
}

/// What belongs to one session.
#[derive(Default)]
struct SessionPart {
    samples: Vec<Sample>,
    timer: Vec<TimerEvent>,
    watch: Vec<WatchVerdicts>,
    laps: Vec<FitLap>,
    /// The samples were made from the session.
    is_made: bool,
}

/// Gives everything that has a time to the last session that had begun by then.
fn split_by_time(recording: &FitRecording, sessions: &[FitSession]) -> Vec<SessionPart> {
    let mut parts: Vec<SessionPart> = sessions.iter().map(|_| SessionPart::default()).collect();
    let index = |time_ms: i64| {
        sessions.partition_point(|session| session.start_ms.is_none_or(|start| start <= time_ms)).saturating_sub(1)
    };
    for sample in &recording.samples {
        parts[index(sample.time_ms)].samples.push(*sample);
    }
    for event in &recording.timer {
        parts[index(event.time_ms)].timer.push(*event);
    }
    for lap in &recording.laps {
        parts[index(lap.start_ms)].laps.push(*lap);
    }
    hand_over_timer(&mut parts, sessions);
    count_from_zero(&mut parts);
    for (time_ms, watch) in &recording.metrics {
        parts[index(*time_ms)].watch.push(*watch);
    }
    parts
}

/// A timer that runs on from one session to the next stops for the one and starts for the other.
fn hand_over_timer(parts: &mut [SessionPart], sessions: &[FitSession]) {
    for (next, session) in sessions.iter().enumerate().take(parts.len()).skip(1) {
        let (before, after) = parts.split_at_mut(next);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { return };
        let runs_on = before.timer.last().is_some_and(|event| event.running);
        if let (true, Some(time_ms)) = (runs_on, session.start_ms) {
            before.timer.push(TimerEvent { time_ms, running: false });
            after.timer.insert(0, TimerEvent { time_ms, running: true });
        }
    }
}

/// Devices count the distance on over all sessions; each part is to have its own.
fn count_from_zero(parts: &mut [SessionPart]) {
    let mut counted_m = 0.0;
    for part in parts {
        let mut distances = part.samples.iter().filter_map(|sample| sample.distance_m);
        let first = distances.next();
        let last = distances.next_back().or(first);
        if first.is_some_and(|first| first >= counted_m) {
            part.samples.iter_mut().for_each(|sample| sample.distance_m = sample.distance_m.map(|m| m - counted_m));
        }
        counted_m = last.unwrap_or(counted_m);
    }
}

fn activity(recording: &FitRecording, session: &FitSession, part: SessionPart, notes: Vec<ReadNote>) -> Activity {
    let sport_message = recording.sport.unwrap_or_default();
    let sport = session.sport_code.map_or(sport_message.0, profile::sport);
    let mut samples = part.samples;
    count_steps(&mut samples, sport);
    let device = &recording.device;
    let start_ms = session.start_ms.or(samples.first().map(|sample| sample.time_ms));
    Activity {
        sport,
        sub_sport: session.sub_sport_code.map_or(sport_message.1, profile::sub_sport),
        name: recording.told.workout.clone(),
        device: profile::device_name(device.maker, device.product, device.product_name.as_deref()).map(Text::from),
        start: start_ms.and_then(timestamp),
        utc_offset_s: recording.utc_offset_s,
        samples,
        timer: part.timer,
        totals: session.totals,
        laps: lap_totals(&part.laps),
        watch: complete(session.watch, &part.watch),
        settings: recording.settings,
        told: recording.told.clone(),
        notes,
        ..Activity::new(Format::Fit)
    }
}

/// The session's verdicts, completed from message 140. The latest one counts; it can be stale, so the session goes first.
fn complete(session: WatchVerdicts, metrics: &[WatchVerdicts]) -> WatchVerdicts {
    metrics.iter().rev().fold(session, |known, more| WatchVerdicts {
        training_effect: known.training_effect.or(more.training_effect),
        anaerobic_training_effect: known.anaerobic_training_effect.or(more.anaerobic_training_effect),
        primary_benefit: known.primary_benefit.or(more.primary_benefit),
        recovery_time_h: known.recovery_time_h.or(more.recovery_time_h),
        ..known
    })
}

/// FIT counts the strides of one foot. On a bicycle the same field holds turns of the crank, which are no steps.
fn count_steps(samples: &mut [Sample], sport: Sport) {
    for sample in samples {
        sample.cadence_spm = sample.cadence_spm.filter(|_| has_steps(sport)).map(|strides| 2.0 * strides);
    }
}

/// Fills in power from a developer field where the device recorded none, or zeros throughout; returns the field's name if it was needed.
fn use_developer_power(recording: &mut FitRecording) -> Option<String> {
    let field = recording.power_field.take()?;
    if recording.samples.iter().any(|sample| sample.power_w.is_some_and(|power| power > 0.0)) {
        return None;
    }
    for (sample, power) in recording.samples.iter_mut().zip(&recording.developer_power) {
        sample.power_w = watts(*power);
    }
    Some(field)
}
