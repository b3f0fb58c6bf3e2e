//! The words of titles, in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Japanese and Chinese.
//!
//! *Stems* are looked for anywhere, since languages glue words together; *words* must stand alone, so that a terrace is no
//! race. Japanese and Chinese put no blanks between words: theirs are always stems.

/// Stems that say recovery.
pub const RECOVERY: &[&str] = &[
    "recover",
    "regener",
    "erhol",
    "récup",
    "recup",
    "rigener",
    "defatic",
    "herstel",
    "återhämt",
    "aterhamt",
    "リカバリ",
    "回復",
    "疲労抜き",
    "恢复",
    "恢復",
    "排酸",
];

/// What makes a title with such a stem speak of something else.
pub const NO_RECOVERY: &[&str] = &["recovered", "for recovery", "attempt", "not a"];

/// Other stems that say it was meant to be gentle.
pub const GENTLE: &[&str] = &[
    "shakeout",
    "shake out",
    "shake-out",
    "easy",
    "locker",
    "footing",
    "trote suave",
    "rodaje suave",
    "corsa lenta",
    "rustige duurloop",
    "rustig",
    "corrida leve",
    "lugn",
    "lätt jogg",
    "ジョグ",
    "慢跑",
    "轻松跑",
];

/// Stems of long runs.
pub const LONG: &[&str] = &[
    "long run",
    "longrun",
    "long jog",
    "long slow",
    "langer lauf",
    "langer dauerlauf",
    "longjog",
    "sortie longue",
    "tirada larga",
    "rodaje largo",
    "lunghissimo",
    "lange duurloop",
    "longão",
    "longao",
    "långpass",
    "ロング走",
    "ロングラン",
    "长距离",
    "長距離",
    "lsd",
];

/// Words that, beside one of recovery, show that it was a long run with something in it.
pub const LONG_WORDS: &[&str] = &["long", "langer", "lange", "longue", "larga", "largo", "lungo", "longo", "lång"];

/// Stems of hard sessions.
pub const HARD: &[&str] = &[
    "tempo",
    "threshold",
    "interval",
    "fartlek",
    "repeats",
    "speedwork",
    "speed work",
    "vo2",
    "progression run",
    "track workout",
    "hill reps",
    "intervall",
    "schwelle",
    "fahrtspiel",
    "fractionné",
    "fractionne",
    "seuil",
    "series de",
    "umbral",
    "cambios de ritmo",
    "ripetute",
    "soglia",
    "drempel",
    "limiar",
    "tiros de",
    "tröskel",
    "インターバル",
    "閾値",
    "ペース走",
    "ビルドアップ",
    "変化走",
    "间歇",
    "間歇",
    "节奏跑",
    "法特莱克",
];

/// Stems of walking: `Walk-jog 8 x (1 + 2)` repeats nothing hard.
pub const WALK: &[&str] = &[
    "walk",
    "gehpause",
    "gehen",
    "marche",
    "camina",
    "cammin",
    "wandel",
    "caminha",
    "promenad",
    "ウォーク",
    "走步",
    "步行",
];

/// Words that name a race.
pub const RACE: &[&str] = &[
    "race",
    "parkrun",
    "wettkampf",
    "volkslauf",
    "stadtlauf",
    "compétition",
    "competition",
    "competición",
    "gara",
    "wedstrijd",
    "competição",
    "lopp",
    "tävling",
];

/// Stems that name a race where no blanks divide words.
pub const RACE_STEMS: &[&str] = &["レース", "大会", "比赛", "比賽"];

/// Marathons, at the end of a word or alone; they need 95 % of their distance.
pub const MARATHON_ENDS: &[&str] = &["marathon", "maraton", "maratón", "maratona"];
pub const MARATHON_STEMS: &[&str] = &["マラソン", "马拉松", "馬拉松"];

/// What makes a marathon half as long.
pub const HALF: &[&str] =
    &["half", "halb", "semi", "media", "mezza", "halve", "meia", "halv", "ハーフ", "半程", "半马", "半馬"];

/// Words that only talk about a race, before it or after it.
pub const NO_RACE_WORDS: &[&str] = &[
    "week",
    "weekend",
    "block",
    "build",
    "buildup",
    "crew",
    "club",
    "sim",
    "simulation",
    "practice",
    "rehearsal",
    "prep",
    "pre",
    "post",
    "after",
    "before",
    "easy",
    "pace",
    "paces",
    "paced",
    "plan",
    "planned",
    "training",
    "recovery",
    "jog",
    "woche",
    "wochenende",
    "vorbereitung",
    "vor",
    "nach",
    "locker",
    "tempo",
    "einlaufen",
    "auslaufen",
    "aufwärmen",
    "semaine",
    "prépa",
    "préparation",
    "avant",
    "après",
    "allure",
    "entraînement",
    "facile",
    "footing",
    "échauffement",
    "semana",
    "preparación",
    "antes",
    "después",
    "ritmo",
    "entrenamiento",
    "suave",
    "fácil",
    "calentamiento",
    "settimana",
    "preparazione",
    "prima",
    "dopo",
    "allenamento",
    "lento",
    "riscaldamento",
    "voorbereiding",
    "voor",
    "na",
    "rustig",
    "schema",
    "opwarmen",
    "preparação",
    "depois",
    "treino",
    "leve",
    "aquecimento",
    "vecka",
    "före",
    "efter",
    "lugn",
    "träning",
    "fart",
    "uppvärmning",
];

/// The same as stems.
pub const NO_RACE_STEMS: &[&str] = &[
    "warm",
    "cool",
    "shake",
    "練習",
    "ペース",
    "ジョグ",
    "アップ",
    "ダウン",
    "レース前",
    "レース後",
    "大会前",
    "大会後",
    "训练",
    "訓練",
    "热身",
    "赛前",
    "賽前",
    "赛后",
    "賽後",
    "配速",
    "备战",
    "準備",
];
