//! What the runner tells about themselves; every line overrides what the files say.

use crate::activity::Sex;
use crate::units::Speed;
use serde::Deserialize;

/// The content of `profile.toml`. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    #[serde(default)]
    pub athlete: AthleteSettings,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AthleteSettings {
    pub sex: Option<Sex>,
    pub birth_year: Option<i16>,
    /// bpm.
    pub heart_rate_max_bpm: Option<f64>,
    /// bpm, lying down in the morning.
    pub heart_rate_rest_bpm: Option<f64>,
    /// bpm one can hold for about an hour of racing.
    pub heart_rate_threshold_bpm: Option<f64>,
    /// Flat pace one can hold for about an hour of racing, `"m:ss"` a kilometre.
    pub threshold_pace: Option<Pace>,
    /// Critical power in running, W.
    pub critical_power_w: Option<f64>,
    /// IANA name, for recordings that don't tell where they were made.
    pub time_zone: Option<String>,
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

impl Profile {
    /// Reads the text of a profile.
    ///
    /// # Errors
    /// A sentence that names the line, what is wrong with it and what is allowed.
    pub fn parse(text: &str) -> Result<Profile, String> {
        let profile: Profile = toml::from_str(text).map_err(|e| e.to_string())?;
        profile.athlete.check()?;
        Ok(profile)
    }
}

impl AthleteSettings {
    /// Values no living runner has are a slip of the pen: say so instead of computing with them.
    fn check(&self) -> Result<(), String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_whole_profile() {
        let text =
            "[athlete]\nsex = \"female\"\nbirth_year = 1988\nheart_rate_max_bpm = 189\nthreshold_pace = \"4:30\"";
        let athlete = Profile::parse(text).unwrap().athlete;
        assert_eq!(athlete.sex, Some(Sex::Female));
        assert!((athlete.threshold_pace.unwrap().0.0 - 1000.0 / 270.0).abs() < 1e-12);
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("[athlete]\nheart_rate_max = 189", "unknown field `heart_rate_max`"),
            ("[athlete]\nthreshold_pace = \"4.30\"", "such as \"4:34\""),
            ("[athlete]\nheart_rate_max_bpm = 1890", "between 120 and 230"),
            ("[athlete]\nheart_rate_max_bpm = 150\nheart_rate_threshold_bpm = 170", "must rise"),
            ("[athlete]\ntime_zone = \"Vienna\"", "IANA name"),
        ];
        for (text, expected) in cases {
            let message = Profile::parse(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
