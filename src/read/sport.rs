//! Sports as services write them in text: GPX `<type>`, TCX `Sport`.

use crate::activity::{Sport, SubSport};

/// Sport and sub-sport of a word ("running", "Trail Run", "VirtualRide") or of one of Strava's numbers. What is not
/// recognised is `Unknown`, "Other" too: it names no sport, and TCX knows only it beside running and biking.
pub fn by_name(name: &str) -> (Sport, SubSport) {
    let words = words(name);
    let joined = words.concat();
    let sport = by_number(&joined).unwrap_or_else(|| by_words(&words, &joined));
    (sport, sub_sport(&joined))
}

/// The words in lower case, split where capitals begin one too.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.chars().filter(|c| !is_accent(*c)) {
        if !letter.is_alphanumeric() || after_small && letter.is_uppercase() {
            words.push(String::new());
        }
        after_small = letter.is_lowercase();
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase().filter(|c| !is_accent(*c)));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// True of an accent written as a letter of its own.
fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Strava's GPX exports of some years hold a number; these are attested.
fn by_number(word: &str) -> Option<Sport> {
    Some(match word.parse::<u32>().ok()? {
        1 => Sport::Cycling,
        4 | 10 => Sport::Walking,
        9 => Sport::Running,
        16 => Sport::Swimming,
        _ => Sport::Unknown,
    })
}

/// Pieces of words that name a sport, whatever stands around them, in the languages of Strava and some more; `_` is the
/// border of a word. The first that fits counts: runs on skis and skates come before those on foot, a race or a trail on a
/// bicycle before those that say nothing more.
const PIECES: &[(Sport, &str)] = &[
    (
        Sport::Other,
        "langlauf skilauf skifahr _ski nordicski alpineski rollerski countryski touringski backcountryski \
         rollskilauf schneeschuh snowshoe snowboard snowmobil skiløb skøyt skøjt skridsko längdskid _skid \
         langrenn hiihto narciar łyżw lyž brusl _sci_ scialpin esquí esqui лыж коньк ролик スキー 스키 滑雪 eislauf \
         eisschnelllauf schlittschuh schlitt skate skating schaats patin pattin inline スケート 스케이트 滑冰 轮滑 \
         alpinetour wheelchair rollstuhl motor horse equest _reiten équit equit",
    ),
    (
        Sport::Cycling,
        "cycl bike biking _ride_ _rides_ _riding_ virtualride gravelride _mtb_ spinning radfahr radtour \
         rennrad _rad_ vélo _velo_ velomobil cicli bici pedal fiets cykl sykl _kolo_ rower велос заезд \
         bisiklet pyöräil kerékpár ποδηλα サイクリング ライド 자전거 라이딩 骑行 騎乘",
    ),
    (
        Sport::Running,
        "run jog lauf courseàpied courseapied footing corsa corrida carrera correr corren corrie hardlo löp \
         løb løp bieg běh _beh_ _behan juoks jooks futás futas _lari_ _berlari_ _tek_ trčan alergar bėgim \
         koşu бег пробежка біг бягане трчање τρέξ τρεξ ריצה ランニング ラン 달리기 러닝 跑步 跑",
    ),
    (
        Sport::Walking,
        "walk hik gehen spazier wander marche randonnée camina cammina caminha senderismo escursion wandel \
         promenad vandring gåtur spacer _trek chůze chodz turistik kävel vaellus gyalog ходьба прогулка поход \
         yürüyüş ウォーキング ハイキング 걷기 하이킹 步行 徒步",
    ),
    (
        Sport::Swimming,
        "swim schwimm natation natación natação nuot zwem simning svømm pływa plavání plávan _uinti úszás \
         плавание yüzme スイム 水泳 수영 游泳",
    ),
    (
        Sport::Other,
        "_row_ _rowing_ indoorrowing rowingmachine _ruder aviron _remo_ canottaggio roeien wioślar гребл \
         kayak kajak каяк canoe canoë _kano_ canoa paddl _padel_ _sup_ surf sail _segeln_ _voile_ yoga ioga \
         йога ヨガ 요가 瑜伽 pilates weight gewicht strength kraft muscul силов _gym cardio fitness crossfit \
         crosstrain climb kletter escal arrampica wspinacz boulder soccer football fußball fussball fútbol \
         futebol futsal calcio voetbal fotboll fotball basketball volleyball handball hockey rugby tennis \
         tenis badminton squash pickleball racquet golf ellipti stair stepper hiit highintensity dance \
         dancing _tanz boxing martial calisthenic stretch meditation breathwork transition",
    ),
    (
        Sport::Running,
        "trail трейл _race_ treadmill tapisroulant canicross orienteer orientierung orientation marathon \
         fartlek",
    ),
];

/// A session in the gym at Strava; with other words beside it they count.
const GYM_SESSION: &str = "workout";

fn by_words(words: &[String], joined: &str) -> Sport {
    let bordered = format!("_{}_", words.join("_"));
    let is_in = |piece: &str| if piece.contains('_') { bordered.contains(piece) } else { joined.contains(piece) };
    let named = PIECES.iter().find(|(_, pieces)| pieces.split_whitespace().any(is_in));
    named.map_or(if joined == GYM_SESSION { Sport::Other } else { Sport::Unknown }, |(sport, _)| *sport)
}

fn sub_sport(word: &str) -> SubSport {
    const PARTS: &[(&str, SubSport)] = &[
        ("treadmill", SubSport::Treadmill),
        ("laufband", SubSport::Treadmill),
        ("tapisroulant", SubSport::Treadmill),
        ("virtu", SubSport::Virtual),
        ("indoor", SubSport::IndoorRunning),
        ("trail", SubSport::Trail),
        ("трейл", SubSport::Trail),
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
            ("23", Sport::Unknown, SubSport::Generic),
            ("0", Sport::Unknown, SubSport::Generic),
            ("Biking", Sport::Cycling, SubSport::Generic),
            ("Ride", Sport::Cycling, SubSport::Generic),
            ("hiking", Sport::Walking, SubSport::Generic),
            ("Walking", Sport::Walking, SubSport::Generic),
            ("lap_swimming", Sport::Swimming, SubSport::Generic),
            ("Other", Sport::Unknown, SubSport::Generic),
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
            ("Trail", Sport::Running, SubSport::Trail),
            ("Treadmill", Sport::Running, SubSport::Treadmill),
            ("Tapis roulant", Sport::Running, SubSport::Treadmill),
            ("treadmill walk", Sport::Walking, SubSport::Treadmill),
        ];
        for (name, sport, sub_sport) in cases {
            assert_eq!(by_name(name), (sport, sub_sport), "{name}");
        }
    }

    fn assert_all_are(sport: Sport, names: &str) {
        for name in names.split('|') {
            assert_eq!(by_name(name).0, sport, "{name}");
        }
    }

    #[test]
    fn runs_in_many_languages() {
        let names = "Běh|Be\u{30c}h|BĚHÁNÍ|beh|Juoksu|Footing|Correr|Corrida|course_a_pied|COURSE À PIED|\
                     course a\u{300} pied|Futás|Lari|Τρέξιμο|Bieg górski|Трейл|race|Race|Canicross|Orienteering|\
                     Carrera|Laufband|Crosslauf|trail_race|Morning Running Workout";
        assert_all_are(Sport::Running, names);
    }

    #[test]
    fn a_word_that_names_no_sport_leaves_it_open() {
        let names = "|Training|undefined|null|None|unknown|other|OTHER|Generic|Track|Activity|brown|behind|\
                     courseware|trace|Strides|Bruder|Alaris";
        assert_all_are(Sport::Unknown, names);
    }

    #[test]
    fn other_sports_by_their_own_words() {
        let names = "Workout|Weight Training|WeightTraining|Yoga|Krafttraining|Musculation|Rowing|row|VirtualRow|\
                     Rudern|Kayaking|StandUpPaddling|Klettern|Fußball|Football (Soccer)|Tennis|Elliptical|\
                     StairStepper|HIIT|strength_training|indoor_cardio|Golf|Transition";
        assert_all_are(Sport::Other, names);
    }

    #[test]
    fn runs_on_skis_skates_and_wheels_are_none() {
        let names = "NordicSki|nordic_ski|BackcountrySki|Skilanglauf|Biegi narciarskie|Skiløb|Skøyteløp|\
                     Schlittschuhlaufen|InlineSkate|Snowshoe Run|Běžecké lyžování|wheelchair_push_run|Motorbike|\
                     Horseback Riding";
        assert_all_are(Sport::Other, names);
    }

    #[test]
    fn a_trail_or_a_race_on_wheels_is_a_ride() {
        let names = "trail bike|Mountainbike Trail|MountainBikeRide|bike race|Rower|rower górski|Bici da corsa|\
                     Carrera ciclista|VirtualRide|virtualride|Cyklistika|Rad";
        assert_all_are(Sport::Cycling, names);
        assert_all_are(Sport::Walking, "Trail Walk|Nordic Walking|Trekking");
    }
}
