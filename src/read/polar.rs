//! Polar's data archive: `training-session-*.json`, in the shape of `exercises[].samples.heartRate[]` with a time for each
//! value, and in the later one of `samples.samples[]` with an interval for all.
//!
//! Times are local, with the offset from UTC beside them.

mod shape;

use super::summary::Maker;
use super::xml;
use super::{FileKind, Meter, ReadError, Reading, has_steps, position, sport, timestamp};
use crate::activity::{Activity, DeviceSettings, DeviceTotals, Format, ReadNote, Sample, Sex, Sport, SubSport, watts};
use crate::shown::Text;
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use shape::{Person, PolarExercise, PolarPlace, PolarPoint, PolarSession, PolarTime};
use std::borrow::Cow;

/// No clock is further from UTC.
const MAX_OFFSET_MIN: f64 = 15.0 * 60.0;
/// Nothing in a session is later than this after its start (ms): ten days.
const LONGEST_MS: f64 = 864e6;
/// Marks of JSON for each value of a sample, at the least of what real files have.
const MARKS_PER_VALUE: usize = 6;
/// A route that begins further (ms) from the exercise than this, but not from the same time in UTC, is in UTC.
const SAME_CLOCK_MS: i64 = 15 * 60_000;
/// Kilometres an hour in one metre a second.
const KMH: f64 = 3.6;
/// A mean cadence up to this is that of one leg.
const ONE_LEG_SPM: f64 = 120.0;

/// True if these bytes begin a training session, or a plan for one.
pub fn is_session(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let has = |key: &[u8]| text.windows(key.len()).any(|window| window == key);
    text.starts_with(b"{") && has(b"\"exercises\"") && has(b"\"startTime\"")
}

/// Reads every exercise of a session.
pub fn read(bytes: &[u8], meter: &Meter<'_>) -> Result<Reading, ReadError> {
    let text = xml::decode(bytes);
    let marks = text.bytes().filter(|byte| b",{[".contains(byte)).count();
    meter.records(marks / MARKS_PER_VALUE)?;
    let session: PolarSession =
        serde_json::from_str(&without_nan(&text)).map_err(|error| ReadError::Json { reason: reason(&error).into() })?;
    if !session.exercises.is_empty() && session.exercises.iter().all(PolarExercise::is_planned) {
        return Ok(Reading::NotAnActivity(FileKind::Workout));
    }
    let mut maker = Maker::new();
    let activities: Vec<Activity> =
        session.exercises.iter().filter_map(|exercise| activity(&session, exercise, &mut maker)).collect();
    if activities.is_empty() { Err(ReadError::NoSamples) } else { Ok(Reading::Activities(activities)) }
}

fn reason(error: &serde_json::Error) -> String {
    if error.is_eof() { "the file ends too early".into() } else { format!("it is damaged at line {}", error.line()) }
}

/// Values that a sensor lost are written `NaN`, which is no JSON.
fn without_nan(text: &str) -> Cow<'_, str> {
    if !text.contains("NaN") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // Every second piece stands in quotes, but for quotes within quotes.
    let (mut in_quotes, mut rest) = (false, text);
    while let Some(at) = rest.find('"') {
        let (piece, after) = rest.split_at(at);
        let is_escaped = in_quotes && piece.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        out.push_str(&if in_quotes { Cow::Borrowed(piece) } else { Cow::Owned(piece.replace("NaN", "null")) });
        out.push('"');
        in_quotes ^= !is_escaped;
        rest = &after[1..];
    }
    out.push_str(&rest.replace("NaN", "null"));
    Cow::Owned(out)
}

fn activity(session: &PolarSession, exercise: &PolarExercise, maker: &mut Maker) -> Option<Activity> {
    let credible = |minutes: &f64| minutes.abs() <= MAX_OFFSET_MIN;
    let offset_min = exercise.offset_min().or(session.offset_min()).filter(credible);
    let clock = PolarClock { offset_ms: (offset_min.unwrap_or(0.0) * 60_000.0) as i64 };
    let start_ms = clock.time_ms(exercise.start_time).or_else(|| clock.time_ms(session.start_time))?;
    let stop_ms = clock.time_ms(exercise.stop_time);
    let (sport, sub_sport) = sport_of(session, exercise);
    let totals = totals(exercise, start_ms, stop_ms);
    let mut samples = samples(&channels(exercise, &clock, start_ms), &route(exercise, &clock, start_ms));
    put_right(&mut samples, sport, &totals);
    let mut notes = Vec::new();
    if samples.len() < 2 {
        samples = maker.samples(start_ms, &totals)?;
        notes.push(ReadNote::SummaryOnly);
    }
    let start = timestamp(start_ms);
    Some(Activity {
        sport,
        sub_sport,
        name: session.name.as_deref().and_then(Text::filled),
        device: session.product.as_ref().and_then(|product| product.model_name.as_deref().and_then(Text::filled)),
        start,
        utc_offset_s: offset_min.map(|minutes| (minutes * 60.0) as i32),
        samples,
        totals,
        settings: session.person().map(|person| settings(person, start)).unwrap_or_default(),
        notes,
        ..Activity::new(Format::Polar)
    })
}

/// The clock of the place where the session was.
struct PolarClock {
    offset_ms: i64,
}

impl PolarClock {
    /// Unix milliseconds, UTC.
    fn time_ms(&self, moment: PolarTime) -> Option<i64> {
        match moment {
            PolarTime::None => None,
            PolarTime::Utc(ms) => Some(ms),
            PolarTime::Local(ms) => ms.checked_sub(self.offset_ms),
        }
    }
}

/// One channel of the samples: times in Unix milliseconds, and how a value is set.
struct PolarChannel {
    set: fn(&mut Sample, f64),
    points: Vec<(i64, f64)>,
}

/// What the names of a channel in both shapes set.
fn setter(name: &str) -> Option<fn(&mut Sample, f64)> {
    Some(match name {
        "HEART_RATE" => |sample, value| sample.heart_rate_bpm = Some(value).filter(|bpm| *bpm > 0.0),
        "ALTITUDE" => |sample, value| sample.altitude_m = Some(value),
        "SPEED" => |sample, value| sample.speed_mps = Some(value).filter(|speed| *speed >= 0.0),
        "CADENCE" => |sample, value| sample.cadence_spm = Some(value).filter(|spm| *spm >= 0.0),
        "DISTANCE" => |sample, value| sample.distance_m = Some(value).filter(|metres| *metres >= 0.0),
        "POWER" => |sample, value| sample.power_w = watts(Some(value)),
        _ => return None,
    })
}

fn channels(exercise: &PolarExercise, clock: &PolarClock, start_ms: i64) -> Vec<PolarChannel> {
    let recorded = &exercise.samples;
    let named: [(&str, &[PolarPoint]); 5] = [
        ("HEART_RATE", &recorded.heart_rate),
        ("ALTITUDE", &recorded.altitude),
        ("SPEED", &recorded.speed),
        ("CADENCE", &recorded.cadence),
        ("DISTANCE", &recorded.distance),
    ];
    let earlier = named.into_iter().filter_map(|(name, points)| {
        let point = |point: &PolarPoint| Some((clock.time_ms(point.date_time)?, point.value?));
        Some(PolarChannel { set: setter(name)?, points: points.iter().filter_map(point).collect() })
    });
    let later = recorded.samples.iter().filter_map(|stream| {
        let interval_ms = stream.interval_millis.filter(|ms| (1.0..=LONGEST_MS).contains(ms))?;
        let values = stream.values.iter().enumerate();
        let point = |(i, value): (usize, &Option<f64>)| Some((start_ms + (i as f64 * interval_ms) as i64, (*value)?));
        Some(PolarChannel { set: setter(stream.kind.as_deref()?)?, points: values.filter_map(point).collect() })
    });
    earlier.chain(later).collect()
}

/// The route's points with their times; in files whose route is in UTC, though all other times are local, too.
fn route<'e>(exercise: &'e PolarExercise, clock: &PolarClock, start_ms: i64) -> Vec<(i64, &'e PolarPlace)> {
    let earlier = exercise.samples.recorded_route.iter().filter_map(|p| Some((clock.time_ms(p.date_time)?, p)));
    let route = &exercise.routes.route;
    let begin_ms = clock.time_ms(route.start_time).unwrap_or(start_ms);
    let later = route.way_points.iter().filter_map(|p| {
        let elapsed_ms = p.elapsed_millis.filter(|ms| (0.0..=LONGEST_MS).contains(ms))?;
        Some((begin_ms + elapsed_ms as i64, p))
    });
    let mut points: Vec<(i64, &PolarPlace)> = earlier.chain(later).collect();
    let ahead_ms = points.first().map_or(0, |(first_ms, _)| first_ms - start_ms);
    let is_apart = |ms: i64| ms.abs() > SAME_CLOCK_MS;
    if is_apart(ahead_ms) && !is_apart(ahead_ms + clock.offset_ms) {
        points.iter_mut().for_each(|(time_ms, _)| *time_ms += clock.offset_ms);
    }
    points
}

/// One sample for every moment that any channel has.
fn samples(channels: &[PolarChannel], route: &[(i64, &PolarPlace)]) -> Vec<Sample> {
    let of_channels = channels.iter().flat_map(|channel| channel.points.iter().map(|(time_ms, _)| *time_ms));
    let mut times: Vec<i64> = of_channels.chain(route.iter().map(|(time_ms, _)| *time_ms)).collect();
    times.sort_unstable();
    times.dedup();
    let mut samples: Vec<Sample> =
        times.iter().map(|time_ms| Sample { time_ms: *time_ms, ..Sample::default() }).collect();
    let place = |time_ms: &i64| times.binary_search(time_ms).ok();
    for channel in channels {
        for (time_ms, value) in &channel.points {
            if let Some(sample) = place(time_ms).and_then(|at| samples.get_mut(at)) {
                (channel.set)(sample, *value);
            }
        }
    }
    for (time_ms, point) in route {
        if let Some(sample) = place(time_ms).and_then(|at| samples.get_mut(at)) {
            sample.position = position(point.latitude, point.longitude);
            sample.altitude_m = sample.altitude_m.or(point.altitude);
        }
    }
    samples
}

/// Speed in km/h becomes m/s, strides become steps.
fn put_right(samples: &mut [Sample], sport: Sport, totals: &DeviceTotals) {
    let mean = |of: fn(&Sample) -> Option<f64>| {
        let (sum, count) =
            samples.iter().filter_map(of).filter(|v| *v > 0.0).fold((0.0, 0.0), |(s, n), v| (s + v, n + 1.0));
        (count > 0.0).then(|| sum / count)
    };
    let speed = mean(|sample| sample.speed_mps);
    let cadence = mean(|sample| sample.cadence_spm);
    let known_mps = totals.distance_m.zip(totals.timer_s).map(|(m, s)| m / s);
    let is_mps = speed.zip(known_mps).is_some_and(|(found, known)| (found - known).abs() < (found / KMH - known).abs());
    let per_leg = cadence.is_some_and(|spm| spm <= ONE_LEG_SPM);
    for sample in samples {
        sample.speed_mps = sample.speed_mps.map(|speed| if is_mps { speed } else { speed / KMH });
        sample.cadence_spm = sample.cadence_spm.filter(|_| has_steps(sport)).map(|c| if per_leg { 2.0 * c } else { c });
    }
}

/// The sport's own name, and in the later shape what the session is called.
fn sport_of(session: &PolarSession, exercise: &PolarExercise) -> (Sport, SubSport) {
    match exercise.sport.name() {
        Some(name) => {
            let (named, sub_sport) = sport::by_name(name);
            let says_nothing = matches!(name, "OTHER_OUTDOOR" | "OTHER");
            // It has a name, and not that of a sport that matters here.
            let is_other = named == Sport::Unknown && !says_nothing;
            if is_other { (Sport::Other, SubSport::Generic) } else { (named, sub_sport) }
        }
        None => session.name.as_deref().map(sport::by_name).unwrap_or_default(),
    }
}

fn totals(exercise: &PolarExercise, start_ms: i64, stop_ms: Option<i64>) -> DeviceTotals {
    let positive = |number: Option<f64>| number.filter(|n| *n > 0.0);
    let elapsed_s = stop_ms.map(|stop| (stop - start_ms) as f64 / 1000.0).filter(|s| *s > 0.0);
    let duration_s = exercise.duration_millis.map(|ms| ms / 1000.0);
    let written_s = || exercise.duration.as_deref().and_then(seconds);
    let (mean, max) = exercise.heart_rate();
    DeviceTotals {
        distance_m: positive(exercise.distance_meters.or(exercise.distance)),
        elapsed_s,
        timer_s: positive(duration_s.or_else(written_s)).or(elapsed_s),
        ascent_m: positive(exercise.ascent),
        descent_m: positive(exercise.descent),
        heart_rate_mean_bpm: positive(mean),
        heart_rate_max_bpm: positive(max),
    }
}

/// Seconds of an ISO 8601 duration (`PT1H2M3.5S`).
fn seconds(text: &str) -> Option<f64> {
    let span: Span = text.parse().ok()?;
    Some(SignedDuration::try_from(span).ok()?.as_secs_f64())
}

fn settings(person: &Person, start: Option<Timestamp>) -> DeviceSettings {
    let age = || {
        let born: Date = person.birthday.as_deref()?.get(..10)?.parse().ok()?;
        let day = start?.to_zoned(jiff::tz::TimeZone::UTC).date();
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        let years = day.year() - born.year() - i16::from(!had_birthday);
        (0..=120).contains(&years).then(|| f64::from(years))
    };
    DeviceSettings {
        heart_rate_max_bpm: person.maximum_heart_rate.filter(|bpm| *bpm > 0.0),
        heart_rate_rest_bpm: person.resting_heart_rate.filter(|bpm| *bpm > 0.0),
        heart_rate_threshold_bpm: person.anaerobic_threshold.filter(|bpm| *bpm > 0.0),
        sex: match person.sex.as_deref() {
            Some("FEMALE") => Some(Sex::Female),
            Some("MALE") => Some(Sex::Male),
            _ => None,
        },
        age_years: age(),
    }
}
