//! The words that Strava's headers hold, by language.

/// In the headers of files, in some of the languages.
pub(super) const FILE_WORDS: &[&str] =
    &["file", "datei", "fichier", "archivo", "fichero", "arquivo", "ficheiro", "bestand", "plik", "soubor", "файл"];
/// In the headers of types, in the languages of Strava.
pub(super) const TYPE_WORDS: &[&str] =
    &["type", "typ", "tipo", "art", "soort", "тип", "類型", "类型", "タイプ", "種類", "유형", "종류"];
/// Headers of flags, of perceived exertion and of the weather, as far as they are known.
pub(super) const RECOVERY_WORDS: &[&str] = &[
    "recovery",
    "regeneration",
    "erholung",
    "récupération",
    "recuperación",
    "recupero",
    "herstel",
    "recuperação",
    "återhämtning",
    "リカバリー",
    "恢复",
    "恢復",
];
pub(super) const COMPETITION_WORDS: &[&str] = &[
    "competition",
    "race",
    "wettkampf",
    "compétition",
    "competición",
    "gara",
    "competizione",
    "wedstrijd",
    "competição",
    "tävling",
    "大会",
    "レース",
    "比赛",
    "比賽",
];
pub(super) const LONG_RUN_WORDS: &[&str] = &[
    "long run",
    "langer lauf",
    "sortie longue",
    "tirada larga",
    "carrera larga",
    "corsa lunga",
    "lungo",
    "lange duurloop",
    "corrida longa",
    "longão",
    "långpass",
    "ロング走",
    "長距離走",
    "长跑",
    "長跑",
];
pub(super) const EXERTION_WORDS: &[&str] = &[
    "perceived exertion",
    "gefühlte anstrengung",
    "effort perçu",
    "effort ressenti",
    "esfuerzo percibido",
    "sforzo percepito",
    "ervaren inspanning",
    "esforço percebido",
    "upplevd ansträngning",
    "自覚的運動強度",
    "主观疲劳",
];
pub(super) const TEMPERATURE_WORDS: &[&str] = &[
    "weather temperature",
    "wetter: temperatur",
    "température météo",
    "météo : température",
    "temperatura del tiempo",
    "temperatura meteo",
    "weertemperatuur",
    "temperatura do tempo",
    "väder: temperatur",
];
/// In the headers of titles.
pub(super) const NAME_WORDS: &[&str] =
    &["name", "nom ", "nombre", "nome", "naam", "namn", "navn", "nazwa", "назв", "名", "이름"];
