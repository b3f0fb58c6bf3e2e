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
        let all = text.to_lowercase();
        let repeats = names_repeats(&all);
        let text = meant(&all);
        let split = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let (said, meant) = (split(&all), split(&text));
        let has = |text: &str, stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
        let any = |stems: &[&str]| has(&text, stems);
        let has_word = |words: &[String], list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let of_health = has(&all, words::NO_RECOVERY) || has_word(&said, words::ILLNESS);
        let recovery = any(words::RECOVERY) && !repeats && !of_health && !has_word(&said, words::LONG_WORDS);
        let marathon = meant.iter().any(|word| words::MARATHON_ENDS.iter().any(|end| word.ends_with(end)))
            || any(words::MARATHON_STEMS);
        let names_race = has_word(&meant, words::RACE) || any(words::RACE_STEMS) || marathon;
        let about = has_word(&said, words::NO_RACE_WORDS) || has(&all, words::NO_RACE_STEMS);
        let race = names_race && !about && !recovery && !repeats;
        let share = if any(words::HALF) { 0.5 } else { 1.0 };
        Title {
            recovery,
            easy: any(words::GENTLE),
            long: any(words::LONG) || has_word(&meant, &["lsd"]),
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

/// The text without what it says it was not, and without what only sounds like a kind of run: of `no race today`, `today`; of
/// `speedwork cancelled, easy run`, ` easy run`; of `hilly and greasy`, `hilly and `.
fn meant(text: &str) -> String {
    let mut text = text.to_owned();
    for other in words::MISLEADING {
        text = text.replace(other, " ");
    }
    let is_end =
        |c: char| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')' | '/' | '|' | '–' | '—' | '、' | '。');
    text.split_inclusive(is_end).flat_map(|clause| clause.split_inclusive(" - ")).map(affirmed).collect()
}

/// A clause without the words that another one in it denies.
fn affirmed(clause: &str) -> String {
    let pieces: Vec<&str> = clause.split_inclusive(|c: char| !c.is_alphanumeric()).collect();
    let word = |piece: &str| -> String { piece.chars().filter(|c| c.is_alphanumeric()).collect() };
    let is_any = |piece: &str, list: &[&str]| list.contains(&word(piece).as_str());
    if pieces.iter().any(|piece| is_any(piece, words::CALLED_OFF)) || words::DENIED.iter().any(|no| clause.contains(no))
    {
        return " ".to_owned();
    }
    let mut kept = String::with_capacity(clause.len());
    let mut denied = false;
    for (i, piece) in pieces.iter().enumerate() {
        let is_free = pieces.get(i + 1).is_some_and(|next| piece.ends_with('-') && is_any(next, &["free"]));
        if is_any(piece, words::NEGATIONS) {
            denied = true;
        } else if is_free {
            // `fartlek-free`
        } else if denied {
            // Small words between the negation and what it denies go too.
            denied = word(piece).is_empty() || is_any(piece, words::BETWEEN);
        } else {
            kept.push_str(piece);
        }
    }
    kept
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
    fn what_is_denied_is_not_meant() {
        for title in [
            "No race today",
            "Kein Wettkampf",
            "not easy",
            "Keine Intervalle",
            "No intervals",
            "Fartlek-free jog",
            "Speedwork cancelled",
            "Skipped the long run",
            "Gara annullata",
            "Niet herstellen maar knallen",
            "Anything but recovery",
            "今日は比赛取消",
        ] {
            assert_eq!(Title::of(title), Title::default(), "{title}");
        }
        let easy = Title::of("Speedwork cancelled, easy run instead");
        assert!(easy.easy && !easy.hard);
        assert!(Title::of("No pressure 10k race").race && Title::of("No watch, recovery run").recovery);
        assert!(Title::of("Recovery, no race").recovery);
    }

    #[test]
    fn what_only_sounds_like_it_is_not_meant() {
        for title in [
            "Race Street loop",
            "Race report in my head",
            "Parkrun course reversed",
            "Tempelhof Runde",
            "Temporary route",
            "Bel tempo!",
            "Intervallfasten Tag 3",
            "Naherholungsgebiet",
            "Erholungspark",
            "Herstelwerkzaamheden A2",
            "Hillsdale loop",
            "Greasy trails",
            "Recovering from covid",
            "Half marathon recovery week",
        ] {
            assert_eq!(Title::of(title), Title::default(), "{title}");
        }
        assert!(Title::of("Recovery from flu: first tempo").hard);
        assert!(Title::of("Recovery from yesterday's race").recovery);
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
