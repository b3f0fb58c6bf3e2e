//! From a workout, its records and its routes to an activity.

use super::records::{AppleChannel, AppleRecord};
use super::workout::Workout;
use crate::activity::{Activity, DeviceSettings, Format, ReadNote, Sample, WatchVerdicts, watts};
use crate::read::summary::Maker;
use crate::read::{Limits, Reading, has_steps, read_within, timestamp};
use crate::shown::Text;

/// A route may begin or end so long (ms) outside of its workout.
const SLACK_MS: i64 = 60_000;
/// Heart rate measured less often than this (s) is not that of a workout; its mean says more.
const SPARSE_S: i64 = 120;
/// Sums of distances that differ by more from the total are those of another device.
const SAME_DISTANCE: f64 = 0.1;
/// Steps are counted over at least so many seconds: one step more or less must not matter.
const STEPS_OVER_S: i64 = 15;
/// Records of steps further apart (s) do not belong together.
const STEPS_GAP_S: i64 = 5;

impl Workout {
    /// The workout with the routes that belong to it, each a GPX file.
    pub fn with_routes(&self, routes: &[Vec<u8>], limits: &Limits) -> Option<Activity> {
        let tracks = routes.iter().filter_map(|bytes| match read_within(bytes, limits) {
            Ok(Reading::Activities(tracks)) => Some(tracks),
            _ => None,
        });
        let within = (self.start_s * 1000 - SLACK_MS)..=(self.end_s * 1000 + SLACK_MS);
        let (mut route, mut notes) = (Vec::new(), Vec::new());
        for track in tracks.flatten() {
            route.extend(track.samples.into_iter().filter(|sample| within.contains(&sample.time_ms)));
            notes.extend(track.notes);
        }
        if route.len() < 2 {
            notes.push(ReadNote::NoRoute);
        }
        let mut activity = self.activity(route)?;
        activity.notes.extend(notes);
        Some(activity)
    }

    /// The workout as far as the export tells.
    pub fn without_routes(&self) -> Option<Activity> {
        self.activity(Vec::new())
    }

    fn activity(&self, route: Vec<Sample>) -> Option<Activity> {
        let (sport, sub_sport) = self.sport();
        let is_located = route.len() >= 2;
        let mut activity = Activity {
            sport,
            sub_sport,
            device: self.device.as_deref().and_then(Text::filled),
            start: timestamp(self.start_s * 1000),
            // The position knows better than the phone that exported everything years later.
            utc_offset_s: self.offset_s.or((!is_located).then_some(self.phone_offset_s)),
            totals: self.totals(),
            watch: WatchVerdicts { rpe: self.effort(), ..WatchVerdicts::default() },
            settings: DeviceSettings { sex: self.sex, age_years: self.age_years, ..DeviceSettings::default() },
            ..Activity::new(Format::AppleHealth)
        };
        if !is_located && !self.tells_its_course() {
            activity.samples = Maker::new().samples(self.start_s * 1000, &activity.totals)?;
            activity.notes.push(ReadNote::SummaryOnly);
            return Some(activity);
        }
        activity.timer = self.timer();
        activity.samples = merged(route.into_iter().chain(self.samples(is_located)).collect());
        if !has_steps(sport) {
            activity.samples.iter_mut().for_each(|sample| sample.cadence_spm = None);
        }
        Some(activity)
    }

    /// True where the records show more than the totals do.
    fn tells_its_course(&self) -> bool {
        let beats = self.of(AppleChannel::HeartRate).count() as i64;
        let moves = self.of(AppleChannel::Distance).count() + self.of(AppleChannel::Speed).count();
        beats >= 2 && beats * SPARSE_S >= self.end_s - self.start_s || moves >= 2
    }

    fn of(&self, channel: AppleChannel) -> impl Iterator<Item = &AppleRecord> {
        self.records.iter().filter(move |record| record.channel == channel)
    }

    fn effort(&self) -> Option<f64> {
        self.of(AppleChannel::Effort).last().map(|record| f64::from(record.value)).filter(|e| (1.0..=10.0).contains(e))
    }

    /// The records as samples; how far and how fast it went only where no positions tell.
    fn samples(&self, is_located: bool) -> Vec<Sample> {
        let mut samples: Vec<Sample> = Vec::new();
        for record in &self.records {
            let time_ms = i64::midpoint(record.start_ms(), record.end_ms());
            let value = Some(f64::from(record.value));
            let sample = Sample { time_ms, ..Sample::default() };
            match record.channel {
                AppleChannel::HeartRate => samples.push(Sample { heart_rate_bpm: value, ..sample }),
                AppleChannel::Power => samples.push(Sample { power_w: watts(value), ..sample }),
                AppleChannel::Speed if !is_located => samples.push(Sample { speed_mps: value, ..sample }),
                AppleChannel::Speed | AppleChannel::Steps | AppleChannel::Distance | AppleChannel::Effort => {}
            }
        }
        samples.extend(self.cadence());
        if !is_located {
            samples.extend(self.counter());
        }
        samples
    }

    /// Distance so far, unless it is another one than that of the whole.
    fn counter(&self) -> Vec<Sample> {
        let mut total_m = 0.0;
        let mut counter = Vec::new();
        let mut end_ms = i64::MIN;
        for record in self.of(AppleChannel::Distance) {
            let mut at = |time_ms, metres| {
                counter.push(Sample { time_ms, distance_m: Some(metres), ..Sample::default() });
            };
            if record.start_ms() > end_ms {
                at(record.start_ms(), total_m);
            }
            total_m += f64::from(record.value);
            end_ms = record.end_ms().max(end_ms);
            at(end_ms, total_m);
        }
        let agrees = self.distance_m.is_none_or(|whole| (total_m - whole).abs() <= SAME_DISTANCE * whole);
        if agrees { counter } else { Vec::new() }
    }

    fn cadence(&self) -> Vec<Sample> {
        let mut cadence = Vec::new();
        let mut group: Option<(i64, i64, f64)> = None;
        let mut close = |group: Option<(i64, i64, f64)>| {
            let Some((from_s, to_s, steps)) = group.filter(|(from_s, to_s, _)| to_s - from_s >= STEPS_OVER_S) else {
                return;
            };
            let spm = 60.0 * steps / (to_s - from_s) as f64;
            // At both ends: between them it is interpolated.
            for time_s in [from_s, to_s - 1] {
                cadence.push(Sample { time_ms: time_s * 1000, cadence_spm: Some(spm), ..Sample::default() });
            }
        };
        for record in self.of(AppleChannel::Steps) {
            let (from_s, to_s) = (i64::from(record.start_s), record.end_ms() / 1000);
            group = match group {
                Some((began_s, end_s, steps)) if from_s - end_s <= STEPS_GAP_S && end_s - began_s < STEPS_OVER_S => {
                    Some((began_s, to_s.max(end_s), steps + f64::from(record.value)))
                }
                full => {
                    close(full);
                    Some((from_s, to_s, f64::from(record.value)))
                }
            };
        }
        close(group);
        cadence
    }
}

/// In order of time, and those of one moment as one.
fn merged(mut samples: Vec<Sample>) -> Vec<Sample> {
    samples.sort_by_key(|sample| sample.time_ms);
    let mut merged: Vec<Sample> = Vec::with_capacity(samples.len());
    for sample in samples {
        match merged.last_mut().filter(|last| last.time_ms == sample.time_ms) {
            Some(last) => complete(last, &sample),
            None => merged.push(sample),
        }
    }
    merged
}

fn complete(sample: &mut Sample, other: &Sample) {
    sample.position = sample.position.or(other.position);
    sample.altitude_m = sample.altitude_m.or(other.altitude_m);
    sample.distance_m = other.distance_m.or(sample.distance_m);
    sample.speed_mps = sample.speed_mps.or(other.speed_mps);
    sample.heart_rate_bpm = sample.heart_rate_bpm.or(other.heart_rate_bpm);
    sample.cadence_spm = sample.cadence_spm.or(other.cadence_spm);
    sample.power_w = sample.power_w.or(other.power_w);
}
