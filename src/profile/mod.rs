//! What the runner tells about themselves; every line overrides what the files say.

mod athlete;
pub mod edit;
mod person;

pub use athlete::{AthleteSettings, HeartRateUse, Pace};
pub use person::{DateRange, DayName, DaySettings, Goal, PlanSettings, Priority, RaceSettings, RaceTime};

use crate::rule::{Preset, RecoveryRule};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The content of `profile.toml`. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `[athlete]`: who runs, and known thresholds.
    #[serde(default)]
    pub athlete: AthleteSettings,
    /// `[model]`: which recovery rule counts, and any of its numbers by name.
    #[serde(default, deserialize_with = "model")]
    pub model: RecoveryRule,
    /// `[days]`: which days suit.
    #[serde(default)]
    pub days: DaySettings,
    /// `[plan]`: what is wished of the plan.
    #[serde(default)]
    pub plan: PlanSettings,
    /// `[[race]]`: races to come and past.
    #[serde(default, rename = "race")]
    pub races: Vec<RaceSettings>,
}

/// `recovery_rule = "friel"`, and numbers that differ from that preset's.
fn model<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RecoveryRule, D::Error> {
    let mut changes = toml::Table::deserialize(deserializer)?;
    let preset = match changes.remove("recovery_rule") {
        Some(toml::Value::String(word)) => word.parse().map_err(D::Error::custom)?,
        Some(other) => {
            return Err(D::Error::custom(format!("recovery_rule is {other}; write a word such as \"balanced\"")));
        }
        None => Preset::default(),
    };
    RecoveryRule::with(preset, &changes).map_err(D::Error::custom)
}

impl Profile {
    /// Reads the text of a profile.
    ///
    /// # Errors
    /// A sentence that names the line, what is wrong with it and what is allowed.
    pub fn parse(text: &str) -> Result<Profile, String> {
        let profile: Profile = toml::from_str(text).map_err(|e| e.to_string())?;
        profile.athlete.check()?;
        person::check(&profile.days, &profile.races, text)?;
        Ok(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sex;

    #[test]
    fn reads_a_whole_profile() {
        let text =
            "[athlete]\nsex = \"female\"\nbirth_year = 1988\nheart_rate_max_bpm = 189\nthreshold_pace = \"4:30\"";
        let athlete = Profile::parse(text).unwrap().athlete;
        assert_eq!(athlete.sex, Some(Sex::Female));
        assert!((athlete.threshold_pace.unwrap().0.0 - 1000.0 / 270.0).abs() < 1e-12);
    }

    #[test]
    fn a_rule_can_be_chosen_and_changed() {
        let profile = Profile::parse("[model]\nrecovery_rule = \"friel\"\nleast_score = 75").unwrap();
        assert_eq!(profile.model, RecoveryRule { least_score: 75.0, ..RecoveryRule::of(Preset::Friel) });
        assert_eq!(Profile::parse("").unwrap().model, RecoveryRule::default());
    }

    #[test]
    fn reads_wishes_and_races() {
        let text = "[days]\nrest = \"friday\"\noff = [\"monday\"]\nnot_available = [\"2026-07-03\", \"2026-07-10..2026-07-12\"]\n\
                    minutes_at_most = { wednesday = 40 }\nruns_at_most = 4\n[plan]\ngoal = \"build\"\n\
                    [[race]]\ndate = 2026-09-27\nkm = 42.195\ngoal_time = \"3:45:00\"\npriority = \"B\"";
        let profile = Profile::parse(text).unwrap();
        assert_eq!(profile.days.rest, Some(DayName::Friday));
        assert!(profile.days.not_available[1].contains(jiff::civil::date(2026, 7, 12)));
        assert_eq!((profile.plan.goal, profile.races[0].priority), (Goal::Build, Priority::B));
        assert_eq!(profile.races[0].goal_time.unwrap().minutes, 225.0);
    }

    #[test]
    fn wishes_that_exclude_each_other_are_named_with_their_line() {
        let text = "[days]\nrest = \"sunday\"\nlong = \"sunday\"\n";
        assert_eq!(
            Profile::parse(text).unwrap_err(),
            "line 3: the long-run day is also your rest day; choose another one\n  |\n3 | long = \"sunday\"\n  |        ^^^^^^^^"
        );
        let cases = [
            ("[days]\nnot_available = [\"2026-09-20..2026-09-30\"]\n[[race]]\ndate = 2026-09-27\nkm = 10", "line 4"),
            ("[[race]]\ndate = \"2026-09-27\"\nkm = 0", "line 3: km of a race"),
            ("[days]\nrest = \"frday\"", "unknown variant `frday`"),
            ("[days]\nrests = \"friday\"", "unknown field `rests`"),
            ("[days]\nnot_available = [\"july\"]", "is not a date"),
            ("[[race]]\ndate = \"2026-09-27\"\nkm = 10\ngoal_time = \"fast\"", "\"3:45:00\""),
        ];
        for (text, expected) in cases {
            let message = Profile::parse(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("[athlete]\nheart_rate_max = 189", "unknown field `heart_rate_max`"),
            ("[athlete]\nthreshold_pace = \"4.30\"", "such as \"4:34\""),
            ("[athlete]\nheart_rate_max_bpm = 1890", "between 120 and 230"),
            ("[athlete]\nheart_rate_max_bpm = 150\nheart_rate_threshold_bpm = 170", "must rise"),
            ("[athlete]\ntime_zone = \"Vienna\"", "IANA name"),
            ("[athlete]\nheart_rate = \"of\"", "`on` or `off`"),
            ("[model]\nrecovery_rule = \"mine\"", "balanced, pfitzinger, friel, daniels or maf"),
            ("[model]\nweight_speed = 3", "not a number of the recovery rule"),
        ];
        for (text, expected) in cases {
            let message = Profile::parse(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
