//! The part of the FIT profile that is read: message numbers, and what the codes in fields stand for (methods §0).

use crate::activity::{Intensity, PrimaryBenefit, Sex, Sport, SubSport};
use fitparser::profile::{FieldDataType, get_field_variant_as_string};

/// Global message numbers.
pub mod message {
    pub const FILE_ID: u16 = 0;
    pub const USER_PROFILE: u16 = 3;
    pub const ZONES_TARGET: u16 = 7;
    pub const SPORT: u16 = 12;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub const RECORD: u16 = 20;
    pub const EVENT: u16 = 21;
    pub const DEVICE_INFO: u16 = 23;
    pub const WORKOUT: u16 = 26;
    pub const WORKOUT_STEP: u16 = 27;
    pub const ACTIVITY: u16 = 34;
    /// Heart rates of a chest strap that the watch could not hear.
    pub const HR: u16 = 132;
    /// Undocumented: what the watch concluded.
    pub const PHYSIOLOGICAL_METRICS: u16 = 140;
    pub const FIELD_DESCRIPTION: u16 = 206;
    pub const TIME_IN_ZONE: u16 = 216;
}

/// `file_id.type` of an activity.
pub const ACTIVITY_FILE: u8 = 4;

/// `sport` of the stretch between two sports of a multisport activity.
pub const TRANSITION: u8 = 3;

/// `sport` of a session that sums up those of all sports.
pub const MULTISPORT: u8 = 18;

/// Running power, among developer fields: «Power» of Stryd and others, but not its parts («Form Power», «Air Power»)
/// and not its means («Lap Power», «Avg Power»).
pub fn is_power_name(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    matches!(letters.as_str(), "power" | "runpower" | "runningpower" | "strydpower" | "rppower" | "powerw")
}

/// Sport by its code; hiking counts as walking, "generic" and "all" say nothing.
pub fn sport(code: u64) -> Sport {
    match code {
        1 => Sport::Running,
        2 | 21 => Sport::Cycling,
        5 => Sport::Swimming,
        11 | 17 => Sport::Walking,
        0 | 18 | 254 | 255 => Sport::Unknown,
        _ => Sport::Other,
    }
}

/// Sub-sport by its code, as far as it matters for running.
pub fn sub_sport(code: u64) -> SubSport {
    match code {
        1 => SubSport::Treadmill,
        2 => SubSport::Street,
        3 => SubSport::Trail,
        4 => SubSport::Track,
        45 => SubSport::IndoorRunning,
        58 => SubSport::Virtual,
        67 => SubSport::Ultra,
        _ => SubSport::Generic,
    }
}

/// `primary_benefit` of the session and of message 140 (methods §6.6).
pub fn primary_benefit(code: u64) -> Option<PrimaryBenefit> {
    Some(match code {
        0 => PrimaryBenefit::None,
        1 => PrimaryBenefit::Recovery,
        2 => PrimaryBenefit::AerobicBase,
        3 => PrimaryBenefit::Tempo,
        4 => PrimaryBenefit::LactateThreshold,
        5 => PrimaryBenefit::Vo2Max,
        6 => PrimaryBenefit::AnaerobicCapacity,
        7 => PrimaryBenefit::Speed,
        _ => return None,
    })
}

/// `intensity` of a workout step or a lap.
pub fn intensity(code: u64) -> Option<Intensity> {
    Some(match code {
        0 => Intensity::Active,
        1 => Intensity::Rest,
        2 => Intensity::WarmUp,
        3 => Intensity::CoolDown,
        4 => Intensity::Recovery,
        5 => Intensity::Interval,
        6 => Intensity::Other,
        _ => return None,
    })
}

/// `gender` of the user profile.
pub fn sex(code: u64) -> Option<Sex> {
    match code {
        0 => Some(Sex::Female),
        1 => Some(Sex::Male),
        _ => None,
    }
}

/// What starts (true) or stops (false) the timer; other event types leave it alone.
pub fn timer_runs(event_type: u64) -> Option<bool> {
    match event_type {
        0 => Some(true),
        1 | 4 | 8 | 9 => Some(false),
        _ => None,
    }
}

/// Maker and model as words: "Garmin fenix6", "Wahoo Fitness", "COROS PACE 2".
pub fn device_name(maker: Option<u64>, product: Option<u64>, product_name: Option<&str>) -> Option<String> {
    let maker_name = maker.and_then(maker_name);
    let model = match product_name {
        Some(name) => Some(name.to_owned()),
        None => product.filter(|_| maker == Some(GARMIN)).and_then(|p| variant(FieldDataType::GarminProduct, p)),
    };
    match (maker_name, model) {
        (Some(maker), Some(model)) if !starts_with_ignoring_case(&model, &maker) => Some(format!("{maker} {model}")),
        (_, Some(model)) => Some(model),
        (maker, None) => maker,
    }
}

const GARMIN: u64 = 1;
/// Manufacturer code of programs that have none of their own.
const DEVELOPMENT: u64 = 255;

fn maker_name(code: u64) -> Option<String> {
    let words = variant(FieldDataType::Manufacturer, code).filter(|_| code != DEVELOPMENT)?;
    let capitalised = words.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    Some(capitalised.collect::<Vec<_>>().join(" "))
}

/// The name that fitparser has for a code, if it has one.
fn variant(kind: FieldDataType, code: u64) -> Option<String> {
    let code = i64::try_from(code).ok()?;
    kind.is_named_variant(code).then(|| get_field_variant_as_string(kind, code))
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn power_is_told_from_its_parts() {
        for name in ["Power", "power", "Stryd Power", "RP_Power", "Running Power"] {
            assert!(is_power_name(name), "{name}");
        }
        for name in ["Form Power", "Air Power", "Lap Power", "Avg Power", "Leg Spring Stiffness", ""] {
            assert!(!is_power_name(name), "{name}");
        }
    }

    #[test]
    fn devices_have_readable_names() {
        assert_eq!(device_name(Some(1), Some(3290), None).as_deref(), Some("Garmin fenix6"));
        assert_eq!(device_name(Some(32), Some(28), None).as_deref(), Some("Wahoo Fitness"));
        assert_eq!(device_name(Some(294), Some(1), Some("COROS PACE 2")).as_deref(), Some("COROS PACE 2"));
        assert_eq!(device_name(Some(1), Some(65000), None).as_deref(), Some("Garmin"));
        assert_eq!(device_name(Some(255), None, None), None);
        assert_eq!(device_name(None, None, None), None);
    }
}
