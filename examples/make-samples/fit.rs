//! Writes FIT activities. The messages and their field numbers come from `rustyfit`; the bytes are put together here.

use super::recording::{Ground, Lap, Point, Recording, Spacing, Sport, Watch};
use rustyfit::profile::mesgdef;
use rustyfit::profile::typedef::{self, DateTime};
use rustyfit::proto::{Message, Value};

const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;
/// The field number of a message's time.
const TIMESTAMP: u8 = 253;

/// The smart-recording watch is an older one, which writes the shorter altitude and speed fields.
fn is_older_watch(watch: &Watch) -> bool {
    watch.spacing == Spacing::Smart
}

pub fn file(watch: &Watch, recording: &Recording) -> Vec<u8> {
    let older = is_older_watch(watch);
    let mut messages: Vec<Message> = vec![file_id(watch, recording).into(), user_profile(watch).into()];
    messages.push(timer(recording.start_s, typedef::EventType::START, 0).into());
    let pauses = recording.pauses();
    let mut coming = pauses.iter().peekable();
    let mut laps = recording.laps.iter().enumerate().peekable();
    for (i, point) in recording.points.iter().enumerate() {
        if point.resumes
            && let Some((stopped, started)) = coming.next()
        {
            messages.push(timer(recording.start_s + *stopped as i64, typedef::EventType::STOP_ALL, 1).into());
            messages.push(timer(recording.start_s + *started as i64, typedef::EventType::START, 1).into());
        }
        messages.push(record(recording.start_s, point, older).into());
        if let Some((number, lap)) = laps.next_if(|(_, lap)| lap.last == i) {
            messages.push(lap_message(watch, recording, number, *lap).into());
        }
    }
    let end_s = recording.start_s + recording.elapsed_s() as i64;
    messages.push(timer(end_s, typedef::EventType::STOP_ALL, 0).into());
    messages.push(session(watch, recording).into());
    messages.push(activity(recording, end_s).into());
    encode(messages, watch.packs_times)
}

fn time(unix_s: i64) -> DateTime {
    DateTime::from_unix_timestamp(unix_s)
}

fn file_id(watch: &Watch, recording: &Recording) -> mesgdef::FileId {
    mesgdef::FileId {
        r#type: typedef::File::ACTIVITY,
        manufacturer: typedef::Manufacturer::DEVELOPMENT,
        product: if is_older_watch(watch) { 1 } else { 2 },
        serial_number: 1_234_567,
        time_created: time(recording.start_s),
        ..mesgdef::FileId::new()
    }
}

fn user_profile(watch: &Watch) -> mesgdef::UserProfile {
    mesgdef::UserProfile {
        gender: typedef::Gender::MALE,
        age: watch.age.unwrap_or(u8::MAX),
        height: 179,
        weight: 712,
        resting_heart_rate: watch.resting_bpm.unwrap_or(u8::MAX),
        ..mesgdef::UserProfile::new()
    }
}

/// `trigger`: 0 by hand, 1 by itself.
fn timer(unix_s: i64, event_type: typedef::EventType, trigger: u32) -> mesgdef::Event {
    let mut event = mesgdef::Event::new();
    event.timestamp = time(unix_s);
    event.event = typedef::Event::TIMER;
    event.event_type = event_type;
    event.data = trigger;
    event.event_group = 0;
    event
}

fn record(start_s: i64, point: &Point, older: bool) -> mesgdef::Record {
    let mut record = mesgdef::Record::new();
    record.timestamp = time(start_s + point.second as i64);
    if let Some((lat_deg, lon_deg)) = point.position {
        record.position_lat = (lat_deg * SEMICIRCLES_PER_DEGREE).round() as i32;
        record.position_long = (lon_deg * SEMICIRCLES_PER_DEGREE).round() as i32;
    }
    let altitude = point.altitude_m.map(|metres| ((metres + 500.0) * 5.0).round());
    let speed = (point.speed_mps * 1_000.0).round();
    if older {
        record.altitude = altitude.map_or(u16::MAX, |fifths| fifths as u16);
        record.speed = speed as u16;
    } else {
        record.enhanced_altitude = altitude.map_or(u32::MAX, |fifths| fifths as u32);
        record.enhanced_speed = speed as u32;
    }
    record.distance = hundredths(point.distance_m);
    record.heart_rate = point.heart_rate_bpm.unwrap_or(u8::MAX);
    record.cadence = point.strides_per_min.floor() as u8;
    record.fractional_cadence = ((point.strides_per_min - point.strides_per_min.floor()) * 128.0) as u8;
    record
}

fn lap_message(watch: &Watch, recording: &Recording, number: usize, lap: Lap) -> mesgdef::Lap {
    let points = &recording.points[lap.first..=lap.last];
    let last = points[points.len() - 1];
    let before = if lap.first == 0 { points[0] } else { recording.points[lap.first - 1] };
    let timer_s = recording.timer_s(before.second, last.second);
    let metres = last.distance_m - before.distance_m;
    let (mean_bpm, highest_bpm) = heart_rates(points);
    let is_last = lap.last + 1 == recording.points.len();
    let mut message = mesgdef::Lap::new();
    message.message_index = typedef::MessageIndex(number as u16);
    message.timestamp = time(recording.start_s + last.second as i64);
    message.start_time = time(recording.start_s + before.second as i64);
    message.event = typedef::Event::LAP;
    message.event_type = typedef::EventType::STOP;
    message.total_elapsed_time = ((last.second - before.second) * 1_000) as u32;
    message.total_timer_time = (timer_s * 1_000) as u32;
    message.total_distance = hundredths(metres);
    message.avg_speed = (metres / timer_s.max(1) as f64 * 1_000.0).round() as u16;
    message.avg_heart_rate = mean_bpm;
    message.max_heart_rate = highest_bpm;
    message.sport = sport(watch);
    message.lap_trigger = match (is_last, watch.has_lap_button) {
        (true, _) => typedef::LapTrigger::SESSION_END,
        (_, true) => typedef::LapTrigger::MANUAL,
        _ => typedef::LapTrigger::DISTANCE,
    };
    message
}

fn session(watch: &Watch, recording: &Recording) -> mesgdef::Session {
    let last = recording.points[recording.points.len() - 1];
    let timer_s = recording.timer_s(0, recording.elapsed_s());
    let outside = watch.ground != Ground::Treadmill;
    let (ascent_m, descent_m) = recording.climbed_m();
    let whole_m = |metres: f64| if outside { metres.round() as u16 } else { u16::MAX };
    let (mean_bpm, highest_bpm) = heart_rates(&recording.points);
    let mut message = mesgdef::Session::new();
    message.message_index = typedef::MessageIndex(0);
    message.timestamp = time(recording.start_s + recording.elapsed_s() as i64);
    message.start_time = time(recording.start_s);
    message.event = typedef::Event::SESSION;
    message.event_type = typedef::EventType::STOP;
    message.sport = sport(watch);
    message.sub_sport = match watch.ground {
        Ground::Treadmill => typedef::SubSport::TREADMILL,
        Ground::Track => typedef::SubSport::TRACK,
        Ground::Road => typedef::SubSport::GENERIC,
    };
    message.total_elapsed_time = (recording.elapsed_s() * 1_000) as u32;
    message.total_timer_time = (timer_s * 1_000) as u32;
    message.total_distance = hundredths(last.distance_m);
    message.avg_speed = (last.distance_m / timer_s as f64 * 1_000.0).round() as u16;
    message.avg_heart_rate = mean_bpm;
    message.max_heart_rate = highest_bpm;
    message.total_ascent = whole_m(ascent_m);
    message.total_descent = whole_m(descent_m);
    message.first_lap_index = 0;
    message.num_laps = recording.laps.len() as u16;
    message.trigger = typedef::SessionTrigger::ACTIVITY_END;
    message
}

fn activity(recording: &Recording, end_s: i64) -> mesgdef::Activity {
    mesgdef::Activity {
        timestamp: time(end_s),
        total_timer_time: (recording.timer_s(0, recording.elapsed_s()) * 1_000) as u32,
        num_sessions: 1,
        r#type: typedef::Activity::MANUAL,
        event: typedef::Event::ACTIVITY,
        event_type: typedef::EventType::STOP,
        local_timestamp: typedef::LocalDateTime(time(end_s + i64::from(recording.utc_offset_s)).0),
        ..mesgdef::Activity::new()
    }
}

fn sport(watch: &Watch) -> typedef::Sport {
    match watch.sport {
        Sport::Walking => typedef::Sport::WALKING,
        Sport::Cycling => typedef::Sport::CYCLING,
        Sport::Running => typedef::Sport::RUNNING,
    }
}

fn hundredths(metres: f64) -> u32 {
    (metres * 100.0).round() as u32
}

/// Mean and highest as a watch shows them; 255 is FIT's "none".
fn heart_rates(points: &[Point]) -> (u8, u8) {
    let rates: Vec<u32> = points.iter().filter_map(|point| point.heart_rate_bpm).map(u32::from).collect();
    match rates.iter().max() {
        Some(highest) => ((rates.iter().sum::<u32>() / rates.len() as u32) as u8, *highest as u8),
        None => (u8::MAX, u8::MAX),
    }
}

/// The whole file: header, definitions before the messages that need them, checksum.
fn encode(messages: Vec<Message>, packs_times: bool) -> Vec<u8> {
    let mut data = Vec::new();
    let mut definitions: [Vec<u8>; 4] = Default::default();
    let mut oldest = 0;
    let mut clock = 0;
    for mut message in messages {
        let header = message_header(&mut message, packs_times, &mut clock);
        let definition = definition(&message);
        let local = definitions.iter().position(|known| *known == definition).unwrap_or_else(|| {
            let slot = oldest;
            oldest = (oldest + 1) % definitions.len();
            data.push(0x40 | slot as u8);
            data.extend_from_slice(&definition);
            definitions[slot] = definition;
            slot
        }) as u8;
        data.push(header.map_or(local, |offset| 0x80 | local << 5 | offset));
        for field in &message.fields {
            write_value(&mut data, &field.value);
        }
    }
    let mut out = vec![14, 0x10];
    out.extend_from_slice(&2_132_u16.to_le_bytes());
    out.extend_from_slice(&(data.len() as u32).to_le_bytes());
    out.extend_from_slice(b".FIT");
    out.extend_from_slice(&checksum(&out).to_le_bytes());
    out.extend_from_slice(&data);
    out.extend_from_slice(&checksum(&out).to_le_bytes());
    out
}

/// The five bits of time that replace a record's time stamp, where they can: within 32 s of the time before.
fn message_header(message: &mut Message, packs_times: bool, clock: &mut u32) -> Option<u8> {
    let stamp = message.fields.iter().find(|field| field.num == TIMESTAMP).map(|field| &field.value);
    let Some(Value::Uint32(now_s)) = stamp else { return None };
    let (now_s, before_s) = (*now_s, *clock);
    *clock = now_s;
    let close = now_s >= before_s && now_s - before_s < 32;
    if !packs_times || !close || message.num != typedef::MesgNum::RECORD {
        return None;
    }
    message.fields.retain(|field| field.num != TIMESTAMP);
    Some((now_s & 31) as u8)
}

/// Little-endian definition message, without its header byte.
fn definition(message: &Message) -> Vec<u8> {
    let mut bytes = vec![0, 0];
    bytes.extend_from_slice(&message.num.0.to_le_bytes());
    bytes.push(message.fields.len() as u8);
    for field in &message.fields {
        let mut value = Vec::new();
        write_value(&mut value, &field.value);
        bytes.extend_from_slice(&[field.num, value.len() as u8, field.base_type.0]);
    }
    bytes
}

/// Only the kinds of value that the messages above hold.
fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Uint8(v) => out.push(*v),
        Value::Uint16(v) => out.extend_from_slice(&v.to_le_bytes()),
        Value::Uint32(v) => out.extend_from_slice(&v.to_le_bytes()),
        Value::Int32(v) => out.extend_from_slice(&v.to_le_bytes()),
        other => unreachable!("no message here holds {other:?}"),
    }
}

/// CRC-16/ARC, as the FIT protocol asks.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc: u16, _| if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 })
    })
}
