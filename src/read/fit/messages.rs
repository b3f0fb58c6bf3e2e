//! What the messages of one section say, gathered without judging: records, sessions, timer, device, owner.

use super::beats::Beats;
use super::framing::{Message, PowerFields};
use super::profile::{self, message};
use super::values::{self, CompressedSpeedDistance, Fields};
use crate::activity::{DeviceSettings, DeviceTotals, Lap, Sample, Sport, SubSport, TimerEvent, Told, WatchVerdicts};
use crate::read::position;
use crate::shown::Text;

/// All that one section says.
#[derive(Default)]
pub struct Recording {
    /// Samples in file order. `cadence_spm` still holds what the file counts: strides or turns per minute.
    pub samples: Vec<Sample>,
    /// Power from a developer field, one a sample, empty if there is no such field.
    pub developer_power: Vec<Option<f64>>,
    pub power_field: Option<String>,
    pub timer: Vec<TimerEvent>,
    pub beats: Beats,
    pub sessions: Vec<Session>,
    /// From the `sport` message, which comes before the session does.
    pub sport: Option<(Sport, SubSport)>,
    pub settings: DeviceSettings,
    /// The watch's verdicts outside the session, each with its time.
    pub metrics: Vec<(i64, WatchVerdicts)>,
    pub device: Device,
    pub told: Told,
    pub utc_offset_s: Option<i32>,
    counter: CompressedSpeedDistance,
}

/// One sport of an activity.
#[derive(Clone, Debug, Default)]
pub struct Session {
    pub start_ms: Option<i64>,
    pub sport_code: Option<u64>,
    pub sub_sport_code: Option<u64>,
    pub totals: DeviceTotals,
    pub watch: WatchVerdicts,
}

impl Session {
    pub fn is(&self, sport_code: u8) -> bool {
        self.sport_code == Some(u64::from(sport_code))
    }
}

/// Codes and names of the recording device.
#[derive(Default)]
pub struct Device {
    pub maker: Option<u64>,
    pub product: Option<u64>,
    pub product_name: Option<String>,
}

/// Longest credible distance from UTC.
const MAX_UTC_OFFSET_S: i64 = 14 * 3600;
/// Time zones lie on whole quarters of an hour.
const UTC_OFFSET_STEP_S: i64 = 900;

/// Laps, and steps of a workout, of which nobody has more.
const MOST_LAPS: usize = 1000;

impl Recording {
    /// Takes in one message.
    pub fn add(&mut self, message: &Message, power_fields: &PowerFields) {
        let fields = &message.fields;
        match message.global {
            message::RECORD => self.add_record(message, power_fields),
            message::HR => self.beats.add(message.time, fields),
            message::EVENT => self.add_event(message.time, fields),
            message::SESSION => self.sessions.push(session(message.time, fields)),
            message::FILE_ID => self.device.fill(whole(fields, 1), whole(fields, 2), text(fields, 8)),
            // The first of the devices is the one that wrote the file; the others are its sensors.
            message::DEVICE_INFO if whole(fields, 0) == Some(0) => {
                self.device.fill(whole(fields, 2), whole(fields, 4), text(fields, 27));
            }
            message::SPORT => {
                let sport = whole(fields, 0).map_or(Sport::Unknown, profile::sport);
                self.sport = Some((sport, whole(fields, 1).map_or(SubSport::Generic, profile::sub_sport)));
            }
            message::ACTIVITY => self.utc_offset_s = utc_offset_s(message.time, whole(fields, 5)),
            message::WORKOUT => self.told.workout = text(fields, 8).as_deref().and_then(Text::filled),
            message::WORKOUT_STEP if self.told.steps.len() < MOST_LAPS => {
                self.told.steps.extend(whole(fields, 7).and_then(profile::intensity));
            }
            message::LAP if self.told.laps.len() < MOST_LAPS => self.told.laps.extend(lap(fields)),
            message::USER_PROFILE => self.add_user_profile(fields),
            message::ZONES_TARGET => {
                keep(&mut self.settings.heart_rate_max_bpm, positive(fields, 1));
                keep(&mut self.settings.heart_rate_threshold_bpm, positive(fields, 2));
            }
            message::TIME_IN_ZONE => self.add_time_in_zone(fields),
            message::PHYSIOLOGICAL_METRICS => self.add_metrics(message.time, fields),
            _ => {}
        }
    }

    fn add_record(&mut self, message: &Message, power_fields: &PowerFields) {
        let Some(time) = message.time else { return };
        let mut sample = Sample { time_ms: values::unix_ms(u64::from(time)), ..Sample::default() };
        let mut place = (None, None);
        let mut enhanced = (None, None);
        let mut compressed = None;
        let mut fraction = 0.0;
        for (field, value) in &message.fields {
            let number = || values::number(value);
            match field {
                0 => place.0 = number().map(values::degrees),
                1 => place.1 = number().map(values::degrees),
                2 => sample.altitude_m = number().and_then(values::altitude_m),
                3 => sample.heart_rate_bpm = number().filter(|bpm| *bpm > 0.0),
                4 => sample.cadence_spm = number(),
                5 => sample.distance_m = number().map(|d| d / 100.0),
                6 => sample.speed_mps = number().map(|v| v / 1000.0),
                7 => sample.power_w = number(),
                8 => compressed = self.counter.decode(value),
                13 => sample.temperature_c = number(),
                53 => fraction = number().unwrap_or(0.0) / 128.0,
                73 => enhanced.0 = number().map(|v| v / 1000.0),
                78 => enhanced.1 = number().and_then(values::altitude_m),
                _ => {}
            }
        }
        sample.position = position(place.0, place.1);
        sample.speed_mps = enhanced.0.or(sample.speed_mps).or(compressed.map(|(speed, _)| speed));
        sample.altitude_m = enhanced.1.or(sample.altitude_m);
        sample.distance_m = sample.distance_m.or(compressed.map(|(_, distance)| distance));
        sample.cadence_spm = sample.cadence_spm.map(|c| c + fraction);
        if message.developer_fields.is_empty() && self.goes_on(&sample) {
            return;
        }
        self.push(sample);
        if !power_fields.is_empty() {
            self.add_developer_power(message, power_fields);
        }
    }

    /// True where this is one of a mass of records in a row that say nothing but the time: of these, enough are kept to show
    /// that the recording went on. No sound recording is so long: there, a strap's beats may belong to such records.
    fn goes_on(&mut self, sample: &Sample) -> bool {
        if self.samples.len() < EMPTY_KEPT {
            return false;
        }
        let [.., before, last] = self.samples.as_mut_slice() else { return false };
        let is_near = (0..=EMPTY_STEP_MS).contains(&(sample.time_ms - before.time_ms));
        let goes_on = is_near && [sample, last, before].into_iter().all(says_nothing);
        if goes_on {
            last.time_ms = sample.time_ms;
        }
        goes_on
    }

    /// Appends a sample. Some programs write position and distance of one moment as two records: those become one.
    fn push(&mut self, sample: Sample) {
        match self.samples.last_mut() {
            Some(last) if last.time_ms == sample.time_ms => {
                *last = Sample {
                    time_ms: sample.time_ms,
                    starts_segment: false,
                    position: sample.position.or(last.position),
                    altitude_m: sample.altitude_m.or(last.altitude_m),
                    distance_m: sample.distance_m.or(last.distance_m),
                    speed_mps: sample.speed_mps.or(last.speed_mps),
                    heart_rate_bpm: sample.heart_rate_bpm.or(last.heart_rate_bpm),
                    cadence_spm: sample.cadence_spm.or(last.cadence_spm),
                    power_w: sample.power_w.or(last.power_w),
                    temperature_c: sample.temperature_c.or(last.temperature_c),
                };
            }
            _ => self.samples.push(sample),
        }
    }

    fn add_developer_power(&mut self, message: &Message, power_fields: &PowerFields) {
        let described = message.developer_fields.iter().filter_map(|(key, value)| {
            let field = power_fields.get(key)?;
            Some((field, values::number(value)? / field.scale - field.offset))
        });
        let found = described.min_by_key(|(field, _)| field.rank);
        // Records before the field was described have none.
        self.developer_power.resize(self.samples.len(), None);
        if let (Some((field, power)), Some(slot)) = (found, self.developer_power.last_mut()) {
            *slot = Some(power);
            self.power_field.get_or_insert_with(|| field.name.clone());
        }
    }

    fn add_event(&mut self, time: Option<u32>, fields: &Fields) {
        let is_timer = whole(fields, 0) == Some(0);
        let running = whole(fields, 1).and_then(profile::timer_runs);
        if let (true, Some(time), Some(running)) = (is_timer, time, running) {
            self.timer.push(TimerEvent { time_ms: values::unix_ms(u64::from(time)), running });
        }
    }

    fn add_user_profile(&mut self, fields: &Fields) {
        keep(&mut self.settings.sex, whole(fields, 1).and_then(profile::sex));
        keep(&mut self.settings.age_years, positive(fields, 2));
        keep(&mut self.settings.heart_rate_rest_bpm, positive(fields, 8));
        keep(&mut self.settings.heart_rate_max_bpm, positive(fields, 9));
    }

    /// What the zones were worked out from is what was in force: it outranks the other two messages.
    fn add_time_in_zone(&mut self, fields: &Fields) {
        let settings = &mut self.settings;
        settings.heart_rate_max_bpm = positive(fields, 11).or(settings.heart_rate_max_bpm);
        settings.heart_rate_rest_bpm = positive(fields, 12).or(settings.heart_rate_rest_bpm);
        settings.heart_rate_threshold_bpm = positive(fields, 13).or(settings.heart_rate_threshold_bpm);
    }

    fn add_metrics(&mut self, time: Option<u32>, fields: &Fields) {
        keep(&mut self.settings.heart_rate_threshold_bpm, positive(fields, 14));
        let verdicts = WatchVerdicts {
            training_effect: positive(fields, 4).map(|raw| raw / 10.0),
            anaerobic_training_effect: number(fields, 20).map(|raw| raw / 10.0),
            primary_benefit: whole(fields, 41).and_then(profile::primary_benefit),
            recovery_time_h: number(fields, 9).map(|minutes| minutes / 60.0),
            ..WatchVerdicts::default()
        };
        self.metrics.push((values::unix_ms(u64::from(time.unwrap_or(0))), verdicts));
    }
}

impl Device {
    fn fill(&mut self, maker: Option<u64>, product: Option<u64>, product_name: Option<String>) {
        // Product numbers mean something beside their own maker only.
        if self.maker.is_none() || self.maker == maker {
            keep(&mut self.product, product);
        }
        keep(&mut self.maker, maker);
        keep(&mut self.product_name, product_name);
    }
}

/// From so many records on, those without a value are kept this far apart: four days and more at one a second.
const EMPTY_KEPT: usize = 400_000;
const EMPTY_STEP_MS: i64 = 10_000;

fn says_nothing(sample: &Sample) -> bool {
    *sample == Sample { time_ms: sample.time_ms, ..Sample::default() }
}

fn session(end: Option<u32>, fields: &Fields) -> Session {
    let elapsed_s = number(fields, 7).map(|ms| ms / 1000.0);
    let start = whole(fields, 2).map(values::unix_ms);
    let counted_back = || {
        Some(values::unix_ms(u64::from(end?)) - elapsed_s.filter(|s| (0.0..1e8).contains(s)).map(|s| s as i64 * 1000)?)
    };
    Session {
        start_ms: start.or_else(counted_back),
        sport_code: whole(fields, 5),
        sub_sport_code: whole(fields, 6),
        totals: DeviceTotals {
            distance_m: number(fields, 9).map(|raw| raw / 100.0),
            elapsed_s,
            timer_s: number(fields, 8).map(|ms| ms / 1000.0),
            ascent_m: number(fields, 22),
            descent_m: number(fields, 23),
            heart_rate_mean_bpm: positive(fields, 16),
            heart_rate_max_bpm: positive(fields, 17),
        },
        watch: WatchVerdicts {
            // A watch without heart rate writes 0.
            training_effect: positive(fields, 24).map(|raw| raw / 10.0),
            anaerobic_training_effect: number(fields, 137).map(|raw| raw / 10.0),
            exercise_load: positive(fields, 168).map(|raw| raw / 65_536.0),
            primary_benefit: whole(fields, 188).and_then(profile::primary_benefit),
            recovery_time_h: None,
            rpe: positive(fields, 193).map(|raw| raw / 10.0).filter(|rpe| *rpe <= 10.0),
            feel: number(fields, 192).filter(|feel| *feel <= 100.0),
        },
    }
}

/// A lap with an intensity; most have none.
fn lap(fields: &Fields) -> Option<Lap> {
    Some(Lap {
        start_ms: whole(fields, 2).map(values::unix_ms)?,
        timer_s: number(fields, 8).map(|ms| ms / 1000.0)?,
        intensity: whole(fields, 23).and_then(profile::intensity)?,
    })
}

/// Local clock minus UTC, both in FIT seconds, on whole quarters of an hour.
fn utc_offset_s(utc: Option<u32>, local: Option<u64>) -> Option<i32> {
    let difference = i64::try_from(local?).ok()? - i64::from(utc?);
    if difference.abs() > MAX_UTC_OFFSET_S + UTC_OFFSET_STEP_S / 2 {
        return None;
    }
    let steps = (difference as f64 / UTC_OFFSET_STEP_S as f64).round();
    Some((steps * UTC_OFFSET_STEP_S as f64) as i32)
}

/// Sets what is not yet known.
fn keep<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn number(fields: &Fields, field: u8) -> Option<f64> {
    fields.get(&field).and_then(values::number)
}

/// Zero stands for "not set" in these fields.
fn positive(fields: &Fields, field: u8) -> Option<f64> {
    number(fields, field).filter(|n| *n > 0.0)
}

fn whole(fields: &Fields, field: u8) -> Option<u64> {
    fields.get(&field).and_then(values::unsigned)
}

fn text(fields: &Fields, field: u8) -> Option<String> {
    fields.get(&field).and_then(values::text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_offsets_lie_on_quarters_of_an_hour_and_on_earth() {
        let noon = 1_000_000_000u32;
        let local = |seconds: i64| Some((i64::from(noon) + seconds) as u64);
        assert_eq!(utc_offset_s(Some(noon), local(7200)), Some(7200));
        assert_eq!(utc_offset_s(Some(noon), local(7201 + 60)), Some(7200), "clocks disagree by a minute");
        assert_eq!(utc_offset_s(Some(noon), local(-12_600)), Some(-12_600), "Newfoundland");
        assert_eq!(utc_offset_s(Some(noon), local(20_700)), Some(20_700), "Nepal");
        assert_eq!(utc_offset_s(Some(noon), local(50_400)), Some(50_400), "Line Islands");
        assert_eq!(utc_offset_s(Some(noon), local(60_000)), None);
        assert_eq!(utc_offset_s(Some(noon), Some(0)), None);
        assert_eq!(utc_offset_s(None, Some(5)), None);
        assert_eq!(utc_offset_s(Some(noon), None), None);
    }
}
