//! Sports as services write them in text: GPX `<type>`, TCX `Sport`.

use crate::activity::{Sport, SubSport};

/// Sport and sub-sport of a word ("running", "Trail Run", "VirtualRide") or of one of Strava's numbers.
pub fn by_name(name: &str) -> (Sport, SubSport) {
    let word: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let sport = by_number(&word).unwrap_or_else(|| by_word(&word));
    (sport, sub_sport(&word))
}

/// Strava's GPX exports of some years hold a number; these are attested.
fn by_number(word: &str) -> Option<Sport> {
    Some(match word.parse::<u32>().ok()? {
        1 => Sport::Cycling,
        4 | 10 => Sport::Walking,
        9 => Sport::Running,
        16 => Sport::Swimming,
        _ => Sport::Other,
    })
}

/// Words that name a sport, whatever stands around them. The first that fits counts: "run" is part of no other sport.
const WORDS: &[(Sport, &[&str])] = &[
    (Sport::Running, &["run", "jog", "lauf", "corsa", "corrida", "carrera", "courseàpied", "hardlop", "treadmill"]),
    (Sport::Cycling, &["cycl", "bike", "biking", "ride", "radfahren", "vélo", "ciclismo"]),
    (Sport::Walking, &["walk", "hik", "gehen", "wandern", "marche", "randonnée", "caminata", "wandelen"]),
    (Sport::Swimming, &["swim", "schwimmen", "natation", "nuoto", "natación"]),
];

/// Words that say nothing about the sport.
const VAGUE: &[&str] = &["", "unknown", "generic", "uncategorized", "default", "track", "activity", "gps"];

fn by_word(word: &str) -> Sport {
    if VAGUE.contains(&word) {
        return Sport::Unknown;
    }
    let named = WORDS.iter().find(|(_, parts)| parts.iter().any(|part| word.contains(part)));
    named.map_or(Sport::Other, |(sport, _)| *sport)
}

fn sub_sport(word: &str) -> SubSport {
    const PARTS: &[(&str, SubSport)] = &[
        ("treadmill", SubSport::Treadmill),
        ("virtual", SubSport::Virtual),
        ("indoor", SubSport::IndoorRunning),
        ("trail", SubSport::Trail),
        ("ultra", SubSport::Ultra),
        ("track", SubSport::Track),
        ("street", SubSport::Street),
        ("road", SubSport::Street),
    ];
    PARTS.iter().find(|(part, _)| word.contains(part)).map_or(SubSport::Generic, |(_, sub_sport)| *sub_sport)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sports_by_word_and_by_number() {
        let cases = [
            ("running", Sport::Running, SubSport::Generic),
            ("Run", Sport::Running, SubSport::Generic),
            ("trail_running", Sport::Running, SubSport::Trail),
            ("Treadmill Running", Sport::Running, SubSport::Treadmill),
            ("VirtualRun", Sport::Running, SubSport::Virtual),
            ("track_running", Sport::Running, SubSport::Track),
            ("9", Sport::Running, SubSport::Generic),
            ("1", Sport::Cycling, SubSport::Generic),
            ("10", Sport::Walking, SubSport::Generic),
            ("4", Sport::Walking, SubSport::Generic),
            ("16", Sport::Swimming, SubSport::Generic),
            ("23", Sport::Other, SubSport::Generic),
            ("Biking", Sport::Cycling, SubSport::Generic),
            ("Ride", Sport::Cycling, SubSport::Generic),
            ("hiking", Sport::Walking, SubSport::Generic),
            ("Walking", Sport::Walking, SubSport::Generic),
            ("lap_swimming", Sport::Swimming, SubSport::Generic),
            ("Other", Sport::Other, SubSport::Generic),
            ("alpineTour", Sport::Other, SubSport::Generic),
            (" ", Sport::Unknown, SubSport::Generic),
        ];
        for (name, sport, sub_sport) in cases {
            assert_eq!(by_name(name), (sport, sub_sport), "{name}");
        }
    }
}
