//! The people. Each is a kind of runner at whom rules of thumb go wrong.

use super::athlete::Body;
use super::diary::{Course, Diary, Ways, When};
use super::recording::Format;

/// A made-up runner.
pub struct Person {
    /// Also the name of the folder.
    pub name: &'static str,
    pub about: &'static str,
    pub body: Body,
    pub ways: Ways,
    /// By how much threshold speed grows in a week, as a share.
    pub gain: f64,
    /// How much heart rate at the same effort differs from day to day, bpm (one standard deviation).
    pub day_bpm: f64,
    pub format: Format,
    pub has_heart_rate: bool,
    /// Every second, rather than when something changes.
    pub every_second: bool,
    /// What the watch was once told.
    pub age: Option<u8>,
    pub resting_known: bool,
    /// The highest temperature of a day of that week, °C.
    pub warmth_c: fn(i32) -> f64,
    pub diary: fn(&mut Diary),
}

/// `shape`: highest, threshold and resting heart rate; threshold speed; beats for each metre a second.
const fn body((highest_bpm, threshold_bpm, resting_bpm): (f64, f64, u8), threshold_mps: f64, bpm_per_mps: f64) -> Body {
    Body {
        threshold_mps,
        threshold_bpm,
        highest_bpm,
        resting_bpm,
        bpm_per_mps,
        standing_bpm: resting_bpm as f64 + 24.0,
        bends_at_bpm: threshold_bpm + 2.0,
        creep_bpm_per_min: 0.045,
        usual_mps: 0.78 * threshold_mps,
        heat_bpm_per_c: 0.25,
        cadence_spm: 166.0,
        cadence_spm_per_mps: 11.0,
    }
}

const USUAL: Ways = Ways { recovery: (0.66, 0.71), easy: (0.765, 0.81), long: (0.745, 0.785) };

const SOMEONE: Person = Person {
    name: "club",
    about: "runs five or six times a week by a plan, with tempo, intervals, races and recovery runs, some of them too fast",
    body: body((189.0, 170.0, 52), 3.65, 38.0),
    ways: USUAL,
    gain: 0.002,
    day_bpm: 3.0,
    format: Format::Fit,
    has_heart_rate: true,
    every_second: false,
    age: Some(38),
    resting_known: true,
    warmth_c: spring,
    diary: club,
};

pub const PEOPLE: &[Person] = &[
    SOMEONE,
    Person {
        name: "newcomer",
        about: "began this spring; three runs a week with a phone, all at the one effort there is: brisk, and never hard",
        body: body((194.0, 173.0, 66), 2.95, 41.0),
        ways: Ways { recovery: (0.82, 0.86), easy: (0.82, 0.86), long: (0.82, 0.86) },
        gain: 0.004,
        format: Format::Gpx,
        age: None,
        resting_known: false,
        diary: newcomer,
        ..SOMEONE
    },
    Person {
        name: "ultra",
        about: "runs long in the hills on both days of the weekend, and a 50 km race",
        body: body((182.0, 163.0, 46), 3.55, 35.0),
        ways: Ways { recovery: (0.60, 0.65), easy: (0.71, 0.76), long: (0.65, 0.71) },
        age: Some(44),
        diary: ultra,
        ..SOMEONE
    },
    Person {
        name: "no-heart-rate",
        about: "trains as the club runner does, and wears no sensor",
        has_heart_rate: false,
        age: None,
        resting_known: false,
        ..SOMEONE
    },
    Person {
        name: "elite",
        about: "runs eight times a week; easy hours at 100 to 125 bpm",
        body: Body { cadence_spm: 170.0, cadence_spm_per_mps: 7.0, ..body((179.0, 163.0, 38), 5.35, 30.0) },
        ways: Ways { recovery: (0.62, 0.655), easy: (0.70, 0.75), long: (0.71, 0.76) },
        gain: 0.0005,
        day_bpm: 2.5,
        every_second: true,
        age: Some(27),
        diary: elite,
        ..SOMEONE
    },
    Person {
        name: "heat-wave",
        about: "has a month of 28 to 33 °C, in which the heart beats faster at the same effort",
        body: Body { heat_bpm_per_c: 0.55, ..body((185.0, 167.0, 50), 3.5, 39.0) },
        age: None,
        warmth_c: heat_wave,
        diary: heat,
        ..SOMEONE
    },
    Person {
        name: "walk-jogger",
        about: "jogs some minutes and walks some, three times a week, until twenty-five minutes can be run",
        body: body((178.0, 158.0, 68), 2.5, 44.0),
        ways: Ways { recovery: (0.86, 0.89), easy: (0.86, 0.90), long: (0.86, 0.90) },
        gain: 0.004,
        age: Some(51),
        resting_known: false,
        diary: walk_jogger,
        ..SOMEONE
    },
    Person {
        name: "near-cadence",
        about: "has a heart rate in tempo runs that equals the steps a minute, and both are right",
        body: Body { cadence_spm: 167.0, cadence_spm_per_mps: 3.5, ..body((191.0, 171.0, 54), 3.75, 36.0) },
        age: None,
        resting_known: false,
        diary: near_cadence,
        ..SOMEONE
    },
    Person {
        name: "older",
        about: "is 71 and never told the watch; true maximum 156, easy at 120",
        body: body((156.0, 141.0, 56), 2.95, 34.0),
        ways: Ways { recovery: (0.72, 0.755), easy: (0.80, 0.84), long: (0.785, 0.82) },
        age: None,
        resting_known: false,
        diary: older,
        ..SOMEONE
    },
    Person {
        name: "never-easy",
        about: "runs every recovery run at 82 % of the maximum, faster than the easy runs",
        body: body((190.0, 171.0, 55), 3.5, 37.0),
        ways: Ways { recovery: (0.875, 0.90), easy: (0.81, 0.845), long: (0.79, 0.83) },
        age: Some(35),
        diary: never_easy,
        ..SOMEONE
    },
    Person {
        name: "five-km",
        about: "jogs the same five kilometres for twelve weeks, and then races them",
        body: body((186.0, 167.0, 58), 3.4, 38.0),
        ways: Ways { recovery: (0.76, 0.81), easy: (0.76, 0.81), long: (0.76, 0.81) },
        age: None,
        resting_known: false,
        diary: five_km,
        ..SOMEONE
    },
];

fn spring(week: i32) -> f64 {
    7.0 + 0.8 * f64::from(week)
}

fn heat_wave(week: i32) -> f64 {
    if (8..12).contains(&week) { 30.5 } else { spring(week) }
}

fn is_light(week: i32) -> bool {
    week % 4 == 3
}

fn club(diary: &mut Diary) {
    for week in 0..12 {
        let size = if is_light(week) { 0.75 } else { 1.0 };
        let is_third = week % 3 == 2;
        if week == 10 {
            diary.easy(When(week, 1, 18), 45.0);
            diary.strides(When(week, 3, 18), 40.0);
            diary.shakeout(When(week, 5, 9), 20.0);
            diary.race(When(week, 6, 10), 21_097.5, 0.965);
            continue;
        }
        match week {
            11 => {
                diary.recovery(When(week, 2, 7), 30.0);
                diary.recovery(When(week, 4, 7), 35.0);
                diary.easy(When(week, 6, 9), 50.0);
                continue;
            }
            _ if is_third => diary.spoiled(When(week, 0, 7), 36.0, (0.86, 0.91)),
            _ => drop(diary.recovery(When(week, 0, 7), 35.0)),
        }
        if week % 2 == 0 {
            diary.intervals(When(week, 1, 18), 5 + (week / 5) as u32, 1_000.0, 120.0);
        } else {
            diary.tempo(When(week, 1, 18), 2, 15.0 + f64::from(week / 4));
        }
        if is_light(week) {
            diary.easy(When(week, 3, 18), 45.0);
        } else {
            diary.recovery(When(week, 2, 7), 32.0);
            diary.steady(When(week, 3, 18), 46.0);
        }
        diary.easy(When(week, 5, 9), 52.0 * size);
        if week == 6 {
            diary.race(When(week, 6, 10), 10_000.0, 1.01);
        } else if week % 5 == 4 {
            diary.fast_finish(When(week, 6, 9), 100.0, 14.0);
        } else {
            let course = if week % 4 == 2 { Course::Hills } else { Course::Loop };
            diary.long(When(week, 6, 9), (85.0 + 2.5 * f64::from(week)) * size).course = course;
        }
    }
}

fn newcomer(diary: &mut Diary) {
    for week in 0..14 {
        for weekday in [1, 3, 6] {
            diary.easy(When(week, weekday, 18), 28.0 + 0.7 * f64::from(week));
        }
    }
}

fn ultra(diary: &mut Diary) {
    for week in 0..11 {
        let size = if is_light(week) { 0.65 } else { 1.0 };
        if week == 9 {
            diary.easy(When(week, 1, 6), 50.0);
            diary.easy(When(week, 3, 6), 40.0);
            diary.race(When(week, 5, 7), 50_000.0, 0.735).course = Course::Hills;
            continue;
        }
        if week == 10 {
            diary.recovery(When(week, 3, 6), 30.0);
            diary.recovery(When(week, 5, 8), 40.0);
            continue;
        }
        diary.recovery(When(week, 0, 6), 42.0);
        diary.easy(When(week, 1, 6), 75.0 * size);
        if week % 2 == 0 {
            diary.tempo(When(week, 2, 18), 2, 18.0);
        } else {
            diary.easy(When(week, 2, 6), 80.0 * size);
        }
        diary.easy(When(week, 3, 6), 65.0 * size);
        diary.long(When(week, 5, 7), (170.0 + 8.0 * f64::from(week)) * size).course = Course::Hills;
        diary.long(When(week, 6, 8), 115.0 * size).course = Course::Hills;
    }
}

fn elite(diary: &mut Diary) {
    for week in 0..8 {
        let size = if is_light(week) { 0.8 } else { 1.0 };
        diary.easy(When(week, 0, 8), 70.0 * size);
        diary.recovery(When(week, 0, 17), 38.0);
        diary.intervals(When(week, 1, 10), 8, 1_000.0, 90.0);
        diary.easy(When(week, 2, 8), 75.0 * size);
        diary.recovery(When(week, 2, 17), 36.0);
        diary.tempo(When(week, 3, 10), 2, 20.0);
        diary.easy(When(week, 4, 8), 70.0 * size);
        diary.strides(When(week, 5, 8), 60.0);
        if week == 6 {
            diary.race(When(week, 6, 10), 10_000.0, 1.02);
        } else {
            diary.long(When(week, 6, 8), 125.0 * size);
        }
    }
}

fn heat(diary: &mut Diary) {
    for week in 0..12 {
        diary.recovery(When(week, 0, 18), 35.0);
        if week % 2 == 0 {
            diary.tempo(When(week, 1, 18), 2, 15.0);
        } else {
            diary.intervals(When(week, 1, 18), 6, 800.0, 120.0);
        }
        diary.easy(When(week, 3, 18), 50.0);
        diary.easy(When(week, 4, 18), 45.0);
        diary.long(When(week, 6, 10), if is_light(week) { 75.0 } else { 95.0 });
    }
}

fn walk_jogger(diary: &mut Diary) {
    for week in 0..14 {
        for weekday in [1, 3, 6] {
            let when = When(week, weekday, 9);
            match week {
                0..=2 => diary.walk_jog(when, 8, 1.0, 2.0),
                3..=5 => diary.walk_jog(when, 7, 2.0, 2.0),
                6..=8 => diary.walk_jog(when, 6, 3.0, 2.0),
                9..=11 => diary.walk_jog(when, 5, 5.0, 1.0),
                _ => drop(diary.easy(when, 25.0)),
            }
        }
    }
}

fn near_cadence(diary: &mut Diary) {
    for week in 0..12 {
        diary.tempo(When(week, 1, 18), 1, 20.0 + f64::from(week % 3) * 3.0);
        diary.recovery(When(week, 2, 7), 35.0);
        diary.easy(When(week, 4, 18), 50.0);
        diary.easy(When(week, 5, 9), 45.0);
        diary.long(When(week, 6, 9), 95.0);
    }
}

fn older(diary: &mut Diary) {
    for week in 0..12 {
        diary.easy(When(week, 1, 9), 45.0);
        if week % 2 == 0 {
            diary.tempo(When(week, 3, 9), 2, 12.0);
        } else {
            diary.easy(When(week, 3, 9), 50.0);
        }
        diary.recovery(When(week, 4, 9), 30.0);
        diary.long(When(week, 6, 9), 80.0);
    }
}

fn never_easy(diary: &mut Diary) {
    for week in 0..12 {
        diary.spoiled(When(week, 0, 7), 40.0, (0.875, 0.90));
        if week % 2 == 0 {
            diary.intervals(When(week, 1, 18), 6, 800.0, 120.0);
        } else {
            diary.tempo(When(week, 1, 18), 2, 14.0);
        }
        if week % 4 == 1 {
            diary.spoiled(When(week, 2, 7), 38.0, (0.875, 0.90));
        }
        diary.easy(When(week, 3, 18), 50.0);
        diary.easy(When(week, 5, 9), 45.0);
        diary.long(When(week, 6, 9), 90.0);
    }
}

fn five_km(diary: &mut Diary) {
    for week in 0..13 {
        for weekday in [1, 3, 5] {
            if week == 12 && weekday == 5 {
                diary.race(When(week, 5, 10), 5_000.0, 1.05);
            } else {
                diary.jog_m(When(week, weekday, 18), 5_000.0);
            }
        }
    }
}
