//! `[athlete]`: thresholds and facts that override what the files say.

use crate::activity::Sex;
use crate::units::Speed;
use jiff::civil::Date;
use serde::Deserialize;

/// `[athlete]`: who runs, and known thresholds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AthleteSettings {
    /// For training impulse.
    pub sex: Option<Sex>,
    /// For the maximal heart rate by age.
    pub birth_year: Option<i16>,
    /// bpm.
    pub heart_rate_max_bpm: Option<f64>,
    /// bpm, lying down in the morning.
    pub heart_rate_rest_bpm: Option<f64>,
    /// `"off"` where the heart rate says nothing of the effort (beta blockers, a pacemaker, an irregular heartbeat,
    /// pregnancy): then pace, effort and talking count alone.
    #[serde(default)]
    pub heart_rate: HeartRateUse,
    /// Only heart rates from this day on count: a new medicine, a new sensor.
    pub heart_rate_since: Option<Date>,
    /// bpm one can hold for about an hour of racing.
    pub heart_rate_threshold_bpm: Option<f64>,
    /// Flat pace one can hold for about an hour of racing, `"m:ss"` a kilometre.
    pub threshold_pace: Option<Pace>,
    /// Critical power in running, W.
    pub critical_power_w: Option<f64>,
    /// IANA name, for recordings that don't tell where they were made.
    pub time_zone: Option<String>,
}

/// Whether heart rates are used at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeartRateUse {
    /// Heart rate counts.
    #[default]
    On,
    /// Heart rate is left out everywhere.
    Off,
}

/// A pace written `"4:34"`: minutes and seconds a kilometre.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pace(pub Speed);

impl TryFrom<String> for Pace {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let seconds = text
            .trim()
            .split_once(':')
            .and_then(|(m, s)| Some(f64::from(m.parse::<u32>().ok()?) * 60.0 + f64::from(s.parse::<u32>().ok()?)))
            .filter(|s| (120.0..=900.0).contains(s));
        match seconds {
            Some(s) => Ok(Pace(Speed(1000.0 / s))),
            None => {
                Err(format!("threshold_pace is \"{text}\"; write minutes and seconds a kilometre, such as \"4:34\""))
            }
        }
    }
}

impl AthleteSettings {
    /// Values no living runner has are a slip of the pen: say so instead of computing with them.
    pub(super) fn check(&self) -> Result<(), String> {
        let within = |name: &str, value: Option<f64>, low: f64, high: f64| match value {
            Some(v) if !(low..=high).contains(&v) => {
                Err(format!("{name} is {v}; it should lie between {low} and {high}"))
            }
            _ => Ok(()),
        };
        within("heart_rate_max_bpm", self.heart_rate_max_bpm, 120.0, 230.0)?;
        within("heart_rate_rest_bpm", self.heart_rate_rest_bpm, 25.0, 110.0)?;
        within("heart_rate_threshold_bpm", self.heart_rate_threshold_bpm, 90.0, 220.0)?;
        within("critical_power_w", self.critical_power_w, 50.0, 700.0)?;
        within("birth_year", self.birth_year.map(f64::from), 1900.0, 2100.0)?;
        let rising = [self.heart_rate_rest_bpm, self.heart_rate_threshold_bpm, self.heart_rate_max_bpm];
        if !rising.iter().flatten().is_sorted_by(|a, b| a < b) {
            return Err(
                "heart_rate_rest_bpm, heart_rate_threshold_bpm and heart_rate_max_bpm must rise in that order".into()
            );
        }
        match &self.time_zone {
            Some(name) if jiff::tz::TimeZone::get(name).is_err() => {
                Err(format!("time_zone \"{name}\" is not known; write an IANA name such as \"Europe/Vienna\""))
            }
            _ => Ok(()),
        }
    }
}
