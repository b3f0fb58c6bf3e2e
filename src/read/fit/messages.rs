//! What the messages of one section say, gathered without judging: records, sessions, timer, device, owner.

use super::beats::Beats;
use super::field;
use super::framing::Message;
use super::profile::{self, message};
use super::record::{FitRecord, PowerFields};
use super::values::{self, Fields};
use crate::activity::{
    DeviceSettings, DeviceTotals, Lap, LapTotals, Sample, Sport, SubSport, TimerEvent, Told, WatchVerdicts,
};
use crate::shown::Text;

/// All that one section says.
#[derive(Default)]
pub struct FitRecording {
    /// Samples in file order. `cadence_spm` still holds what the file counts: strides or turns per minute.
    pub samples: Vec<Sample>,
    /// Power from a developer field, one a sample, empty if there is no such field.
    pub developer_power: Vec<Option<f64>>,
    pub power_field: Option<String>,
    pub timer: Vec<TimerEvent>,
    pub beats: Beats,
    pub sessions: Vec<FitSession>,
    pub laps: Vec<FitLap>,
    /// From the `sport` message, which comes before the session does.
    pub sport: Option<(Sport, SubSport)>,
    pub settings: DeviceSettings,
    /// The watch's verdicts outside the session, each with its time.
    pub metrics: Vec<(i64, WatchVerdicts)>,
    pub device: Device,
    pub told: Told,
    pub utc_offset_s: Option<i32>,
}

/// One sport of an activity.
#[derive(Clone, Debug, Default)]
pub struct FitSession {
    pub start_ms: Option<i64>,
    pub sport_code: Option<u64>,
    pub sub_sport_code: Option<u64>,
    pub totals: DeviceTotals,
    pub watch: WatchVerdicts,
}

/// What a lap says of itself.
#[derive(Clone, Copy, Debug)]
pub struct FitLap {
    pub start_ms: i64,
    pub timer_s: f64,
    pub distance_m: Option<f64>,
}

impl FitLap {
    fn end_ms(&self) -> i64 {
        self.start_ms.saturating_add((1000.0 * self.timer_s) as i64)
    }
}

/// The sums of laps that follow each other; of laps that lie within others, nothing.
pub fn lap_totals(laps: &[FitLap]) -> LapTotals {
    if laps.windows(2).any(|pair| pair[1].start_ms + CLOSE_MS < pair[0].end_ms()) {
        return LapTotals::default();
    }
    let distance_m = laps.iter().filter_map(|lap| lap.distance_m).sum();
    LapTotals { timer_s: laps.iter().map(|lap| lap.timer_s).sum(), distance_m }
}

impl FitSession {
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

/// A lap may end so much later than the next one begins, ms: devices round.
const CLOSE_MS: i64 = 2000;
/// Laps, and steps of a workout, of which nobody has more.
const MOST_LAPS: usize = 1000;

impl FitRecording {
    /// Takes in one message.
    pub fn add(&mut self, message: &Message) {
        let fields = &message.fields;
        match message.global {
            message::HR => self.beats.add(message.time, fields),
            message::EVENT => self.add_event(message.time, fields),
            message::SESSION => self.sessions.push(session(message.time, fields)),
            message::FILE_ID => {
                use field::file_id::{MANUFACTURER, PRODUCT, PRODUCT_NAME};
                self.device.fill(MANUFACTURER.whole(fields), PRODUCT.whole(fields), PRODUCT_NAME.text(fields));
            }
            message::DEVICE_INFO => self.add_device(fields),
            message::SPORT => {
                let sport = field::sport::SPORT.whole(fields).map_or(Sport::Unknown, profile::sport);
                let sub_sport = field::sport::SUB_SPORT.whole(fields).map_or(SubSport::Generic, profile::sub_sport);
                self.sport = Some((sport, sub_sport));
            }
            message::ACTIVITY => {
                self.utc_offset_s = utc_offset_s(message.time, field::activity::LOCAL_TIMESTAMP.whole(fields));
            }
            message::WORKOUT => {
                self.told.workout = field::workout::NAME.text(fields).as_deref().and_then(Text::filled);
            }
            message::WORKOUT_STEP if self.told.steps.len() < MOST_LAPS => {
                let intensity = field::workout_step::INTENSITY.whole(fields);
                self.told.steps.extend(intensity.and_then(profile::intensity));
            }
            message::LAP if self.laps.len() < MOST_LAPS => {
                let lap = lap(fields);
                let intensity = field::lap::INTENSITY.whole(fields).and_then(profile::intensity);
                self.told.laps.extend(lap.zip(intensity).map(|(lap, intensity)| Lap {
                    start_ms: lap.start_ms,
                    timer_s: lap.timer_s,
                    intensity,
                }));
                self.laps.extend(lap);
            }
            message::USER_PROFILE => self.add_user_profile(fields),
            message::ZONES_TARGET => {
                use field::zones_target::{MAX_HEART_RATE, THRESHOLD_HEART_RATE};
                keep(&mut self.settings.heart_rate_max_bpm, MAX_HEART_RATE.positive(fields));
                keep(&mut self.settings.heart_rate_threshold_bpm, THRESHOLD_HEART_RATE.positive(fields));
            }
            message::TIME_IN_ZONE => self.add_time_in_zone(fields),
            message::PHYSIOLOGICAL_METRICS => self.add_metrics(message.time, fields),
            _ => {}
        }
    }

    /// Makes room for the records still to come, once: growing would copy what is there over and over.
    pub fn make_room(&mut self, to_come: impl FnOnce() -> usize) {
        /// Ten hours; who says that there are more may be lying.
        const MOST: usize = 36_000;
        if self.samples.capacity() == 0 {
            self.samples.reserve_exact(1 + to_come().min(MOST));
        }
    }

    /// Takes in one record.
    pub fn add_record(&mut self, record: FitRecord, power_fields: &PowerFields) {
        if record.developer_power.is_none() && self.goes_on(&record.sample) {
            return;
        }
        self.push(record.sample);
        if !power_fields.is_empty() {
            self.add_developer_power(record.developer_power, power_fields);
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
                };
            }
            _ => self.samples.push(sample),
        }
    }

    fn add_developer_power(&mut self, power: Option<(usize, f64)>, power_fields: &PowerFields) {
        // Records before the field was described have none.
        self.developer_power.resize(self.samples.len(), None);
        if let (Some((rank, watts)), Some(slot)) = (power, self.developer_power.last_mut()) {
            *slot = Some(watts);
            if self.power_field.is_none() {
                let field = power_fields.values().find(|field| field.rank == rank);
                self.power_field = field.map(|field| field.name.clone());
            }
        }
    }

    /// The first of the devices is the one that wrote the file; the others are its sensors.
    fn add_device(&mut self, fields: &Fields) {
        use field::device_info::{DEVICE_INDEX, MANUFACTURER, PRODUCT, PRODUCT_NAME};
        if DEVICE_INDEX.whole(fields) == Some(0) {
            self.device.fill(MANUFACTURER.whole(fields), PRODUCT.whole(fields), PRODUCT_NAME.text(fields));
        }
    }

    fn add_event(&mut self, time: Option<u32>, fields: &Fields) {
        let is_timer = field::event::EVENT.whole(fields) == Some(0);
        let running = field::event::EVENT_TYPE.whole(fields).and_then(profile::timer_runs);
        if let (true, Some(time), Some(running)) = (is_timer, time, running) {
            self.timer.push(TimerEvent { time_ms: values::unix_ms(u64::from(time)), running });
        }
    }

    fn add_user_profile(&mut self, fields: &Fields) {
        use field::user_profile::{AGE, DEFAULT_MAX_RUNNING_HEART_RATE, GENDER, RESTING_HEART_RATE};
        keep(&mut self.settings.sex, GENDER.whole(fields).and_then(profile::sex));
        keep(&mut self.settings.age_years, AGE.positive(fields));
        keep(&mut self.settings.heart_rate_rest_bpm, RESTING_HEART_RATE.positive(fields));
        keep(&mut self.settings.heart_rate_max_bpm, DEFAULT_MAX_RUNNING_HEART_RATE.positive(fields));
    }

    /// What the zones were worked out from is what was in force: it outranks the other two messages.
    fn add_time_in_zone(&mut self, fields: &Fields) {
        use field::time_in_zone::{MAX_HEART_RATE, RESTING_HEART_RATE, THRESHOLD_HEART_RATE};
        let settings = &mut self.settings;
        settings.heart_rate_max_bpm = MAX_HEART_RATE.positive(fields).or(settings.heart_rate_max_bpm);
        settings.heart_rate_rest_bpm = RESTING_HEART_RATE.positive(fields).or(settings.heart_rate_rest_bpm);
        settings.heart_rate_threshold_bpm = THRESHOLD_HEART_RATE.positive(fields).or(settings.heart_rate_threshold_bpm);
    }

    fn add_metrics(&mut self, time: Option<u32>, fields: &Fields) {
        use field::physiological_metrics::{
            ANAEROBIC_TRAINING_EFFECT, PRIMARY_BENEFIT, RECOVERY_TIME, THRESHOLD_HEART_RATE, TRAINING_EFFECT,
        };
        keep(&mut self.settings.heart_rate_threshold_bpm, THRESHOLD_HEART_RATE.positive(fields));
        let verdicts = WatchVerdicts {
            training_effect: TRAINING_EFFECT.positive(fields),
            anaerobic_training_effect: ANAEROBIC_TRAINING_EFFECT.of(fields),
            primary_benefit: PRIMARY_BENEFIT.whole(fields).and_then(profile::primary_benefit),
            recovery_time_h: RECOVERY_TIME.of(fields),
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

fn session(end: Option<u32>, fields: &Fields) -> FitSession {
    use field::session as of;
    let elapsed_s = of::TOTAL_ELAPSED_TIME.of(fields);
    let start = of::START_TIME.whole(fields).map(values::unix_ms);
    let counted_back = || {
        Some(values::unix_ms(u64::from(end?)) - elapsed_s.filter(|s| (0.0..1e8).contains(s)).map(|s| s as i64 * 1000)?)
    };
    FitSession {
        start_ms: start.or_else(counted_back),
        sport_code: of::SPORT.whole(fields),
        sub_sport_code: of::SUB_SPORT.whole(fields),
        totals: DeviceTotals {
            distance_m: of::TOTAL_DISTANCE.of(fields),
            elapsed_s,
            timer_s: of::TOTAL_TIMER_TIME.of(fields),
            ascent_m: of::TOTAL_ASCENT.of(fields),
            descent_m: of::TOTAL_DESCENT.of(fields),
            heart_rate_mean_bpm: of::AVG_HEART_RATE.positive(fields),
            heart_rate_max_bpm: of::MAX_HEART_RATE.positive(fields),
        },
        watch: WatchVerdicts {
            // A watch without heart rate writes 0.
            training_effect: of::TOTAL_TRAINING_EFFECT.positive(fields),
            anaerobic_training_effect: of::TOTAL_ANAEROBIC_TRAINING_EFFECT.of(fields),
            exercise_load: of::TRAINING_LOAD_PEAK.positive(fields),
            primary_benefit: of::PRIMARY_BENEFIT.whole(fields).and_then(profile::primary_benefit),
            recovery_time_h: None,
            rpe: of::WORKOUT_RPE.positive(fields).filter(|rpe| *rpe <= 10.0),
            feel: of::WORKOUT_FEEL.of(fields).filter(|feel| *feel <= 100.0),
        },
    }
}

fn lap(fields: &Fields) -> Option<FitLap> {
    use field::lap::{START_TIME, TOTAL_DISTANCE, TOTAL_TIMER_TIME};
    Some(FitLap {
        start_ms: START_TIME.whole(fields).map(values::unix_ms)?,
        timer_s: TOTAL_TIMER_TIME.of(fields)?,
        distance_m: TOTAL_DISTANCE.of(fields),
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
