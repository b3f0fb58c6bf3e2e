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

/// Words that name a sport, whatever stands around them, in the languages of Strava. The first that fits counts: "run" is
/// part of no other sport, but runs on skis and skates come before those on foot.
const WORDS: &[(Sport, &[&str])] = &[
    (Sport::Other, &["langlauf", "skilauf", "skifahr", "eislauf", "eisschnelllauf", "rollskilauf", "schneeschuh"]),
    (
        Sport::Running,
        &[
            "run",
            "jog",
            "lauf",
            "treadmill",
            "courseàpied",
            "corsa",
            "corrida",
            "carrera",
            "hardlo",
            "löp",
            "løb",
            "løp",
            "bieg",
            "koşu",
            "бег",
            "пробежка",
            "ランニング",
            "ラン",
            "달리기",
            "러닝",
            "跑步",
            "跑",
        ],
    ),
    (
        Sport::Cycling,
        &[
            "cycl",
            "bike",
            "biking",
            "ride",
            "radfahr",
            "vélo",
            "cicli",
            "bici",
            "pedal",
            "fiets",
            "cykl",
            "sykl",
            "rower",
            "велос",
            "заезд",
            "bisiklet",
            "サイクリング",
            "ライド",
            "자전거",
            "라이딩",
            "骑行",
            "騎乘",
        ],
    ),
    (
        Sport::Walking,
        &[
            "walk",
            "hik",
            "gehen",
            "spazier",
            "wander",
            "marche",
            "randonnée",
            "camina",
            "cammina",
            "caminha",
            "senderismo",
            "escursion",
            "wandel",
            "promenad",
            "vandring",
            "gåtur",
            "spacer",
            "ходьба",
            "прогулка",
            "поход",
            "yürüyüş",
            "ウォーキング",
            "ハイキング",
            "걷기",
            "하이킹",
            "步行",
            "徒步",
        ],
    ),
    (
        Sport::Swimming,
        &[
            "swim",
            "schwimm",
            "natation",
            "natación",
            "natação",
            "nuot",
            "zwem",
            "simning",
            "svømm",
            "pływa",
            "плавание",
            "yüzme",
            "スイム",
            "水泳",
            "수영",
            "游泳",
        ],
    ),
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
        ("virtu", SubSport::Virtual),
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
            ("Lauf", Sport::Running, SubSport::Generic),
            ("Virtueller Lauf", Sport::Running, SubSport::Virtual),
            ("Skilanglauf", Sport::Other, SubSport::Generic),
            ("E-Bike-Fahrt", Sport::Cycling, SubSport::Generic),
            ("Course à pied", Sport::Running, SubSport::Generic),
            ("Sortie à vélo", Sport::Cycling, SubSport::Generic),
            ("Paseo en bicicleta", Sport::Cycling, SubSport::Generic),
            ("Corsa", Sport::Running, SubSport::Generic),
            ("Camminata", Sport::Walking, SubSport::Generic),
            ("Hardloopsessie", Sport::Running, SubSport::Generic),
            ("ランニング", Sport::Running, SubSport::Generic),
            ("Бег", Sport::Running, SubSport::Generic),
        ];
        for (name, sport, sub_sport) in cases {
            assert_eq!(by_name(name), (sport, sub_sport), "{name}");
        }
    }
}
