//! What a title gives away (methods §6.0).

use super::words;
use super::{Intent, Purpose, Voice};

/// Share of its distance from which a run titled after a marathon can be one.
const OF_THE_DISTANCE: f64 = 0.95;
const MARATHON_KM: f64 = 42.195;

/// What the title of a run says it was meant to be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Title {
    /// It says recovery.
    pub recovery: bool,
    /// It says shakeout, easy jog or the like.
    pub easy: bool,
    pub long: bool,
    pub hard: bool,
    pub race: bool,
    /// The race it names is a marathon or half marathon: it is one only from so many km on.
    pub race_from_km: Option<f64>,
}

impl Title {
    pub fn of(text: &str) -> Title {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let any = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
        let has_word = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let repeats = names_repeats(&text);
        let recovery = any(words::RECOVERY) && !repeats && !any(words::NO_RECOVERY) && !has_word(words::LONG_WORDS);
        let marathon = words.iter().any(|word| words::MARATHON_ENDS.iter().any(|end| word.ends_with(end)))
            || any(words::MARATHON_STEMS);
        let names_race = has_word(words::RACE) || any(words::RACE_STEMS) || marathon;
        let only_about = has_word(words::NO_RACE_WORDS) || any(words::NO_RACE_STEMS) || recovery || repeats;
        let race = names_race && !only_about;
        let share = if any(words::HALF) { 0.5 } else { 1.0 };
        Title {
            recovery,
            easy: any(words::GENTLE),
            long: any(words::LONG),
            hard: !recovery && ((repeats && !any(words::WALK)) || any(words::HARD)),
            race,
            race_from_km: (race && marathon).then_some(OF_THE_DISTANCE * share * MARATHON_KM),
        }
    }

    /// What it says, as the intent of the run.
    pub fn intent(self) -> Intent {
        let named = [
            (self.recovery, Purpose::Recovery),
            (self.easy, Purpose::Easy),
            (self.long, Purpose::Long),
            (self.hard, Purpose::Hard),
            (self.race, Purpose::Race),
        ];
        let purposes: Vec<Purpose> = named.into_iter().filter(|(is, _)| *is).map(|(_, purpose)| purpose).collect();
        Intent { race_from_km: self.race_from_km, ..Intent::default().and(Voice::Title, &purposes) }
    }
}

/// True for `6x400`, `4 × 1 km` and `3*(2`: a digit, a sign of multiplication, perhaps a bracket, a digit.
fn names_repeats(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '(').collect();
    signs.windows(3).any(|w| w[0].is_ascii_digit() && matches!(w[1], 'x' | '×' | '*') && w[2].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_in_several_languages() {
        for race in [
            "City Marathon 2026",
            "Halbmarathon Graz",
            "parkrun #12",
            "10k race",
            "Wettkampf 5 km",
            "Gara di paese",
            "Maratón de Valencia",
            "Semi-marathon de Paris",
            "東京マラソン",
            "北京马拉松",
            "Göteborgsvarvet lopp",
        ] {
            assert!(Title::of(race).race, "{race}");
        }
    }

    #[test]
    fn what_only_sounds_like_a_race() {
        for other in [
            "Marathon pace 3x3k",
            "Marathontraining",
            "Terrace loop",
            "Race plan check",
            "Recovery after race",
            "Berlin Marathon Block: easy 8k",
            "Race day shakeout",
            "Grace Park terrace loop",
            "Marathon week 3 - easy",
            "Pre-race jog",
            "Race crew Tuesday",
            "Warm-up parkrun",
            "Marathon Vorbereitung Woche 3",
            "Préparation semi-marathon",
            "マラソン練習",
            "马拉松训练",
            "Carrera de mañana",
            "Course à pied",
            "Corrida matinal",
        ] {
            assert!(!Title::of(other).race, "{other}");
        }
    }

    #[test]
    fn recovery_in_several_languages() {
        for title in [
            "Recovery run",
            "Regenerationslauf",
            "Erholungslauf",
            "Footing de récupération",
            "Recuperación suave",
            "Corsa rigenerante",
            "Herstelloop",
            "Corrida regenerativa",
            "Återhämtningsjogg",
            "リカバリーラン",
            "恢复跑",
            "Recovery w/ Anna",
            "40 min recovery",
        ] {
            assert!(Title::of(title).recovery, "{title}");
        }
        for title in [
            "Not a recovery run",
            "6x400 w/ 90s recovery",
            "4 x (1 km + 2 min recovery)",
            "Finally recovered",
            "Long run, recovery pace at the end",
            "Morning Run",
        ] {
            assert!(!Title::of(title).recovery, "{title}");
        }
    }

    #[test]
    fn other_purposes() {
        assert!(Title::of("Sunday Long Run").long && !Title::of("Long Beach jog").long);
        assert!(Title::of("5 × 1000 m").hard && Title::of("Tempodauerlauf").hard && Title::of("Fractionné 30/30").hard);
        assert!(!Title::of("Walk-jog 8 x (1 + 2)").hard && !Title::of("5 x 3 min mit Gehpausen").hard);
        assert!(Title::of("Shakeout").easy && !Title::of("Shakeout").recovery);
        assert_eq!(Title::of("Morning Run"), Title::default());
        assert_eq!(Title::of("Halbmarathon Graz").race_from_km.map(f64::round), Some(20.0));
    }
}
