//! From a diary to files: each session is lived through, recorded and written.

use super::athlete::{self, Body, Day, Stop};
use super::diary::{Course, Diary, Purpose, Session};
use super::noise::Noise;
use super::people::Person;
use super::recording::{Format, Ground, Spacing, Sport, Strap, Watch};
use super::route::{HILLS, HOME, RACE_TOWN, Route};
use super::step::{Extent, Step};
use super::truth::RunTruth;
use super::{Outcome, fit, gpx, watch};
use jiff::ToSpan;
use jiff::civil::date;

const TIME_ZONE: &str = "Europe/Berlin";

/// A run: its file and what is true of it.
pub struct Outing {
    pub file: String,
    pub bytes: Vec<u8>,
    pub truth: RunTruth,
}

/// All runs of a person, the oldest first. Another `seed` gives the same person other days.
pub fn outings(person: &Person, seed: u32) -> Outcome<Vec<Outing>> {
    let noise = Noise::new(&format!("diary {seed}"), person.name);
    let mut diary = Diary::new(&person.body, person.ways, person.gain, noise);
    (person.diary)(&mut diary);
    diary.sessions.iter().map(|session| outing(person, seed, session)).collect()
}

fn outing(person: &Person, seed: u32, session: &Session) -> Outcome<Outing> {
    let day = date(2026, 3, 2).checked_add(session.day.days())?;
    let starts = day.at(session.hour, session.minute, 0, 0).in_tz(TIME_ZONE)?;
    let name = starts.strftime("%Y-%m-%d-%H%M").to_string();
    let part = |part: &str| Noise::new(&format!("{part}{seed}{}", person.name), &name);
    let mut noise = part("body");
    let second = noise.whole(0, 60);
    let starts = starts.with().second(second as i8).build()?;
    let week = session.day / 7;
    let body = Body { threshold_mps: person.body.threshold_mps * (1.0 + person.gain * f64::from(week)), ..person.body };
    let route = route(session, &mut part("way"));
    let warmth_c = (person.warmth_c)(week) + if session.hour < 12 { -6.0 } else { 0.0 };
    let today =
        Day { offset_bpm: noise.normal(person.day_bpm), temperature_c: warmth_c + noise.normal(2.0), cycling: false };
    let stops = stops(session, &mut noise);
    let ticks = athlete::live(&body, &session.steps, &stops, &route, today, &mut noise);
    let watch = worn(person, session);
    let recording = watch::record(&watch, &starts, &route, ticks, &mut part("watch"));
    let truth = RunTruth::new(&recording, session, &body, today.temperature_c);
    let (file, bytes) = match person.format {
        Format::Fit => (format!("{name}.fit"), fit::file(&watch, &recording)),
        _ => (format!("{name}.gpx"), gpx::file(&watch, &recording)?.into_bytes()),
    };
    Ok(Outing { file, bytes, truth })
}

fn route(session: &Session, noise: &mut Noise) -> Route {
    let length_m: f64 = session
        .steps
        .iter()
        .map(|step| match step.extent {
            Extent::Seconds(seconds) => seconds * step.speed_mps,
            Extent::Metres(metres) => metres,
        })
        .sum();
    match session.course {
        Course::Loop => Route::looped(HOME, length_m, noise),
        Course::Hills => Route::out_and_back(HILLS, length_m, noise),
        Course::Race => Route::looped(RACE_TOWN, 0.5 * length_m, noise),
    }
}

/// Red lights, at which the watch stops by itself or not.
fn stops(session: &Session, noise: &mut Noise) -> Vec<Stop> {
    let length_s: f64 = session
        .steps
        .iter()
        .map(|step: &Step| match step.extent {
            Extent::Seconds(seconds) => seconds,
            Extent::Metres(metres) => metres / step.speed_mps,
        })
        .sum();
    let part = length_s / f64::from(session.lights.max(1));
    let lights = (0..session.lights).map(|i| {
        let at_s = part * (f64::from(i) + noise.between(0.2, 0.8));
        Stop { at_s: at_s as u32, lasts_s: noise.whole(15, 70), stops_timer: noise.whole(0, 2) == 0 }
    });
    lights.collect()
}

fn worn(person: &Person, session: &Session) -> Watch {
    Watch {
        format: person.format,
        spacing: match person.format {
            Format::Gpx => Spacing::Every(3),
            _ if person.every_second => Spacing::EverySecond,
            _ => Spacing::Smart,
        },
        packs_times: false,
        strap: if person.has_heart_rate { Strap::Good } else { Strap::Dead },
        title: None,
        sport: Sport::Running,
        ground: Ground::Road,
        has_lap_button: matches!(session.purpose, Purpose::Tempo | Purpose::Intervals),
        age: person.age,
        resting_bpm: person.resting_known.then_some(person.body.resting_bpm),
    }
}
