//! The fields of the FIT profile that are read: number, scale and unit, message by message (methods §0).

use super::profile::message;
use super::values::{self, Fields};

/// A field of a message. Its raw number divided by the scale is a value in the unit that its documentation names.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub number: u8,
    scale: f64,
}

impl Field {
    /// The value of a raw number.
    pub fn value(self, raw: f64) -> f64 {
        raw / self.scale
    }

    /// The value among the fields of a message, if it is set.
    pub fn of(self, fields: &Fields) -> Option<f64> {
        fields.get(&self.number).and_then(values::number).map(|raw| self.value(raw))
    }

    /// As [`Field::of`], where zero stands for "not set".
    pub fn positive(self, fields: &Fields) -> Option<f64> {
        self.of(fields).filter(|value| *value > 0.0)
    }

    /// A code, an index, a time stamp.
    pub fn whole(self, fields: &Fields) -> Option<u64> {
        fields.get(&self.number).and_then(values::unsigned)
    }

    pub fn text(self, fields: &Fields) -> Option<String> {
        fields.get(&self.number).and_then(values::text)
    }
}

/// A module for each message, with a constant for each field and the list of their numbers.
macro_rules! fields {
    ($($message:ident { $($name:ident = $number:literal $(/ $scale:literal)?, $unit:literal;)* })*) => {
        $(pub mod $message {
            use super::Field;
            $(#[doc = $unit] pub const $name: Field = Field { number: $number, scale: 1.0 $(* $scale)? };)*
            pub const NUMBERS: &[u8] = &[$($number),*];
        })*
    };
}

fields! {
    file_id {
        TYPE = 0, "code";
        MANUFACTURER = 1, "code";
        PRODUCT = 2, "code";
        PRODUCT_NAME = 8, "text";
    }
    user_profile {
        GENDER = 1, "code";
        AGE = 2, "years";
        RESTING_HEART_RATE = 8, "bpm";
        DEFAULT_MAX_RUNNING_HEART_RATE = 9, "bpm";
    }
    zones_target {
        MAX_HEART_RATE = 1, "bpm";
        THRESHOLD_HEART_RATE = 2, "bpm";
    }
    sport {
        SPORT = 0, "code";
        SUB_SPORT = 1, "code";
    }
    session {
        START_TIME = 2, "FIT seconds";
        SPORT = 5, "code";
        SUB_SPORT = 6, "code";
        TOTAL_ELAPSED_TIME = 7 / 1000.0, "s";
        TOTAL_TIMER_TIME = 8 / 1000.0, "s";
        TOTAL_DISTANCE = 9 / 100.0, "m";
        AVG_HEART_RATE = 16, "bpm";
        MAX_HEART_RATE = 17, "bpm";
        TOTAL_ASCENT = 22, "m";
        TOTAL_DESCENT = 23, "m";
        TOTAL_TRAINING_EFFECT = 24 / 10.0, "0 to 5";
        TOTAL_ANAEROBIC_TRAINING_EFFECT = 137 / 10.0, "0 to 5";
        TRAINING_LOAD_PEAK = 168 / 65_536.0, "the maker's points";
        PRIMARY_BENEFIT = 188, "code, undocumented";
        WORKOUT_FEEL = 192, "0 (very weak) to 100 (very strong)";
        WORKOUT_RPE = 193 / 10.0, "0 to 10";
    }
    lap {
        START_TIME = 2, "FIT seconds";
        TOTAL_TIMER_TIME = 8 / 1000.0, "s";
        TOTAL_DISTANCE = 9 / 100.0, "m";
        INTENSITY = 23, "code";
    }
    record {
        POSITION_LAT = 0, "semicircles";
        POSITION_LONG = 1, "semicircles";
        ALTITUDE = 2, "fifths of a metre above -500 m";
        HEART_RATE = 3, "bpm";
        CADENCE = 4, "strides or turns per minute";
        DISTANCE = 5 / 100.0, "m";
        SPEED = 6 / 1000.0, "m/s";
        POWER = 7, "W";
        COMPRESSED_SPEED_DISTANCE = 8, "12 bits of 1/100 m/s, 12 bits of 1/16 m";
        FRACTIONAL_CADENCE = 53 / 128.0, "strides or turns per minute";
        ENHANCED_SPEED = 73 / 1000.0, "m/s";
        ENHANCED_ALTITUDE = 78, "fifths of a metre above -500 m";
    }
    event {
        EVENT = 0, "code";
        EVENT_TYPE = 1, "code";
    }
    device_info {
        DEVICE_INDEX = 0, "0 is the one that wrote the file";
        MANUFACTURER = 2, "code";
        PRODUCT = 4, "code";
        PRODUCT_NAME = 27, "text";
    }
    workout {
        NAME = 8, "text";
    }
    workout_step {
        INTENSITY = 7, "code";
    }
    activity {
        LOCAL_TIMESTAMP = 5, "FIT seconds on the local clock";
    }
    hr {
        FRACTIONAL_TIMESTAMP = 0 / 32_768.0, "s";
        TIME_256 = 1 / 256.0, "s";
        FILTERED_BPM = 6, "bpm";
        EVENT_TIMESTAMP = 9, "1/1024 s of the strap's clock";
        EVENT_TIMESTAMP_12 = 10, "the low 12 bits of that, packed";
    }
    physiological_metrics {
        TRAINING_EFFECT = 4 / 10.0, "0 to 5";
        RECOVERY_TIME = 9 / 60.0, "h";
        THRESHOLD_HEART_RATE = 14, "bpm";
        ANAEROBIC_TRAINING_EFFECT = 20 / 10.0, "0 to 5";
        PRIMARY_BENEFIT = 41, "code";
    }
    field_description {
        DEVELOPER_DATA_INDEX = 0, "index";
        FIELD_DEFINITION_NUMBER = 1, "index";
        FIT_BASE_TYPE = 2, "code";
        FIELD_NAME = 3, "text";
        SCALE = 6, "raw numbers a unit";
        OFFSET = 7, "units to take off";
        NATIVE_MESSAGE = 14, "message number";
        NATIVE_FIELD = 15, "field number";
    }
    time_in_zone {
        MAX_HEART_RATE = 11, "bpm";
        RESTING_HEART_RATE = 12, "bpm";
        THRESHOLD_HEART_RATE = 13, "bpm";
    }
}

/// The fields that are read of a message, its time stamp apart; none means that the message is skipped.
pub fn wanted(global: u16) -> &'static [u8] {
    match global {
        message::FILE_ID => file_id::NUMBERS,
        message::USER_PROFILE => user_profile::NUMBERS,
        message::ZONES_TARGET => zones_target::NUMBERS,
        message::SPORT => sport::NUMBERS,
        message::SESSION => session::NUMBERS,
        message::RECORD => record::NUMBERS,
        message::EVENT => event::NUMBERS,
        message::HR => hr::NUMBERS,
        message::DEVICE_INFO => device_info::NUMBERS,
        message::LAP => lap::NUMBERS,
        message::WORKOUT => workout::NUMBERS,
        message::WORKOUT_STEP => workout_step::NUMBERS,
        message::ACTIVITY => activity::NUMBERS,
        message::PHYSIOLOGICAL_METRICS => physiological_metrics::NUMBERS,
        message::FIELD_DESCRIPTION => field_description::NUMBERS,
        message::TIME_IN_ZONE => time_in_zone::NUMBERS,
        _ => &[],
    }
}
