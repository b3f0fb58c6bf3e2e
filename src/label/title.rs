//! What a title gives away.

/// Stems that say recovery in the common languages (methods §6.4, rule 3b).
const RECOVERY: [&str; 10] =
    ["recover", "regener", "récup", "recup", "recupero", "rigener", "herstel", "återhämt", "リカバリ", "恢复"];
/// Other ways to say that it was meant to be gentle (methods §6.3).
const GENTLE: [&str; 10] = [
    "shakeout",
    "shake out",
    "shake-out",
    "easy jog",
    "locker",
    "footing",
    "trote suave",
    "corsa lenta",
    "rustige duurloop",
    "ジョグ",
];
/// Words that name a race (methods §6.1).
const RACE_WORDS: [&str; 4] = ["race", "parkrun", "wettkampf", "marathon"];
/// Words that only talk about one.
const NOT_A_RACE: [&str; 3] = ["pace", "plan", "training"];

/// What the title of a run says it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// It says recovery.
    pub recovery: bool,
    /// It says recovery, shakeout or easy jog.
    pub gentle: bool,
    pub race: bool,
}

impl Title {
    pub fn of(text: &str) -> Title {
        let text = text.to_lowercase();
        let any = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        // "Race" only as a word, so that a terrace stays one; "marathon" also at the end of a longer word.
        let names_race = words.any(|w| RACE_WORDS.contains(&w) || w.ends_with("marathon"));
        let recovery = any(&RECOVERY);
        Title { recovery, gentle: recovery || any(&GENTLE), race: names_race && !any(&NOT_A_RACE) && !recovery }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_and_what_only_sounds_like_one() {
        for race in ["City Marathon 2026", "Halbmarathon Graz", "parkrun #12", "10k race", "Wettkampf 5 km"] {
            assert!(Title::of(race).race, "{race}");
        }
        for other in
            ["Marathon pace 3x3k", "Marathontraining", "Terrace loop", "Race plan check", "Recovery after race"]
        {
            assert!(!Title::of(other).race, "{other}");
        }
    }

    #[test]
    fn recovery_in_several_languages() {
        for title in ["Recovery run", "Regenerationslauf", "Footing de récupération", "Corsa rigenerante", "恢复跑"]
        {
            assert!(Title::of(title).recovery, "{title}");
        }
        assert_eq!(Title::of("Shakeout"), Title { recovery: false, gentle: true, race: false });
        assert_eq!(Title::of("Morning Run"), Title::default());
    }
}
