//! The thresholds of a runner: as a table, as rows, and as a profile to keep.

use super::words;
use super::wrap::{after, wrapped};
use crate::athlete::{Basis, Estimate, ThresholdKind, Thresholds, Trust};
use crate::rule::RecoveryRule;
use crate::units::{Bpm, Speed, round};
use comfy_table::{ContentArrangement, Table};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write;

/// Columns from which on a table is no narrower than its words; on a narrower screen each threshold has lines of its own.
const TABLE: usize = 140;

/// Everything that is known of a runner on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AthleteRow {
    pub date: Date,
    pub age_years: Option<f64>,
    pub heart_rate_max_bpm: ThresholdRow,
    pub heart_rate_rest_bpm: ThresholdRow,
    pub heart_rate_threshold_bpm: ThresholdRow,
    pub threshold_speed_mps: Option<ThresholdRow>,
    /// The highest mean heart rate of a recovery run, and of easy running.
    pub recovery_limit_bpm: f64,
    pub recovery_limit_half_width_bpm: f64,
    pub easy_limit_bpm: f64,
    pub notes: Vec<String>,
    pub not_known_yet: Vec<String>,
    /// The numbers by which recovery runs are told; `[model]` in the profile changes them.
    pub recovery_rule: RecoveryRule,
}

/// One threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThresholdRow {
    pub value: f64,
    /// One standard deviation to either side.
    pub low: f64,
    pub high: f64,
    pub basis: &'static str,
    pub basis_in_words: String,
    /// Day of the run or the setting it comes from.
    pub from: Option<Date>,
    pub trust: Trust,
    /// What would settle it.
    pub advice: Option<&'static str>,
}

impl ThresholdRow {
    fn of(kind: ThresholdKind, estimate: &Estimate) -> ThresholdRow {
        let decimals = if kind == ThresholdKind::ThresholdPace { 3 } else { 1 };
        let (low, high) = estimate.interval();
        ThresholdRow {
            value: round(estimate.value, decimals),
            low: round(low, decimals),
            high: round(high, decimals),
            basis: estimate.basis.word(),
            basis_in_words: estimate.basis.to_string(),
            from: estimate.basis.date(),
            trust: estimate.trust,
            advice: kind.advice(Some(estimate)),
        }
    }
}

impl AthleteRow {
    pub fn of(date: Date, thresholds: &Thresholds, rule: &RecoveryRule) -> AthleteRow {
        let speed = thresholds.speed_threshold.as_ref();
        AthleteRow {
            date,
            age_years: thresholds.age_years,
            heart_rate_max_bpm: ThresholdRow::of(ThresholdKind::MaximalHeartRate, &thresholds.heart_rate_max),
            heart_rate_rest_bpm: ThresholdRow::of(ThresholdKind::RestingHeartRate, &thresholds.heart_rate_rest),
            heart_rate_threshold_bpm: ThresholdRow::of(
                ThresholdKind::ThresholdHeartRate,
                &thresholds.heart_rate_threshold,
            ),
            threshold_speed_mps: speed.map(|speed| ThresholdRow::of(ThresholdKind::ThresholdPace, speed)),
            recovery_limit_bpm: round(thresholds.recovery_ceiling_bpm(), 1),
            recovery_limit_half_width_bpm: round(thresholds.recovery_ceiling_half_width_bpm(), 1),
            easy_limit_bpm: round(thresholds.lt1_bpm(), 1),
            notes: thresholds.notes.iter().map(ToString::to_string).collect(),
            not_known_yet: thresholds.questions().iter().map(ToString::to_string).collect(),
            recovery_rule: rule.clone(),
        }
    }
}

/// What is said of one threshold: its name, its value, the interval, the trust, what it rests on and what would settle it.
type Said = [String; 6];

fn said(thresholds: &Thresholds) -> [Said; 4] {
    let of = |name: &str, kind: ThresholdKind, estimate: Option<&Estimate>, unit: &str, print: fn(f64) -> String| {
        let advice = kind.advice(estimate).unwrap_or_default().to_owned();
        let Some(e) = estimate else {
            return [name.to_owned(), "not known".to_owned(), String::new(), String::new(), String::new(), advice];
        };
        let (low, high) = e.interval();
        // Of paces the faster one first, as a runner says it.
        let (from, to) = if kind == ThresholdKind::ThresholdPace { (high, low) } else { (low, high) };
        let between = format!("{} to {} {unit}", print(from), print(to));
        [
            name.to_owned(),
            format!("{} {unit}", print(e.value)),
            between,
            e.trust.to_string(),
            e.basis.to_string(),
            advice,
        ]
    };
    let bpm = |value: f64| format!("{value:.0}");
    let pace = |mps: f64| Speed(mps).to_string().replace(" /km", "");
    [
        of("maximal heart rate", ThresholdKind::MaximalHeartRate, Some(&thresholds.heart_rate_max), "bpm", bpm),
        of("resting heart rate", ThresholdKind::RestingHeartRate, Some(&thresholds.heart_rate_rest), "bpm", bpm),
        of(
            "threshold heart rate",
            ThresholdKind::ThresholdHeartRate,
            Some(&thresholds.heart_rate_threshold),
            "bpm",
            bpm,
        ),
        of("threshold pace", ThresholdKind::ThresholdPace, thresholds.speed_threshold.as_ref(), "/km", pace),
    ]
}

/// For the terminal, in lines of `width` columns: each threshold with its interval, its trust, what it rests on and what
/// would settle it, and the limits that follow.
pub fn text(date: Date, thresholds: &Thresholds, width: usize) -> String {
    let said = said(thresholds);
    let mut text = format!("Your thresholds on {}\n", words::long_date(date));
    text += &if width < TABLE { one_by_one(&said, width) } else { table(said, width) };
    let limits = if thresholds.uses_heart_rate {
        format!(
            "Recovery runs: mean heart rate at most {} (give or take {:.0}). Easy runs: at most {}.",
            Bpm(thresholds.recovery_ceiling_bpm()),
            thresholds.recovery_ceiling_half_width_bpm(),
            Bpm(thresholds.lt1_bpm())
        )
    } else {
        words::WITHOUT_HEART_RATE.to_owned()
    };
    text += &format!("\n{}", wrapped(&limits, width, 0));
    for note in &thresholds.notes {
        text += &wrapped(&format!("{}.", words::capitalised(&note.to_string())), width, 0);
    }
    for question in thresholds.questions() {
        text += &wrapped(&format!("Not known yet: {question}."), width, 0);
    }
    text
}

fn table(said: [Said; 4], width: usize) -> String {
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width as u16)
        .set_header(["", "", "probably", "trust", "rests on", "to know it better"]);
    for row in said {
        table.add_row(row);
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The same below each other.
fn one_by_one(said: &[Said; 4], width: usize) -> String {
    let mut text = String::new();
    for [name, value, between, trust, basis, advice] in said {
        text += &match between.is_empty() {
            true => format!("  {name:<21} {value}\n"),
            false => format!("  {name:<21} {value}, probably {between}\n"),
        };
        let lines = [format!("{trust} trust: {basis}"), format!("surer by: {advice}")];
        let known = lines.iter().zip([basis, advice]).filter(|(_, what)| !what.is_empty());
        known.for_each(|(line, _)| text += &after("    ", line, width));
    }
    text
}

/// A `profile.toml` that keeps what is more than a guess; the rest stands as comments.
pub fn toml(date: Date, thresholds: &Thresholds) -> String {
    let mut text = format!(
        "# What freshlegs makes of your runs up to {date}. Correct what you know better: a line here beats every estimate.\n\n\
         [athlete]\n"
    );
    let mut line = |name: &str, value: String, estimate: &Estimate| {
        let mark = if estimate.trust == Trust::Low { "# " } else { "" };
        let basis = if estimate.basis == Basis::Given { String::new() } else { format!("  # {}", estimate.basis) };
        let _ = writeln!(text, "{mark}{name} = {value}{basis}");
    };
    let whole = |e: &Estimate| format!("{:.0}", e.value);
    line("heart_rate_max_bpm", whole(&thresholds.heart_rate_max), &thresholds.heart_rate_max);
    line("heart_rate_rest_bpm", whole(&thresholds.heart_rate_rest), &thresholds.heart_rate_rest);
    line("heart_rate_threshold_bpm", whole(&thresholds.heart_rate_threshold), &thresholds.heart_rate_threshold);
    if let Some(speed) = &thresholds.speed_threshold {
        let pace = Speed(speed.value).to_string();
        line("threshold_pace", format!("\"{}\"", pace.trim_end_matches(" /km")), speed);
    }
    match thresholds.age_years {
        Some(age) => {
            let _ = writeln!(text, "birth_year = {}  # give or take one", date.year() - age as i16);
        }
        None => text += "# birth_year = 1988\n",
    }
    if let Some(sex) = thresholds.sex {
        let _ = writeln!(text, "sex = \"{}\"", sex.word());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Athlete;
    use crate::profile::Profile;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 22);

    fn thresholds(profile: &str) -> Thresholds {
        Athlete::new(&[], &Profile::parse(profile).unwrap(), TODAY).at(TODAY).clone()
    }

    #[test]
    fn the_profile_can_be_read_again() {
        let given = "[athlete]\nheart_rate_max_bpm = 187\nheart_rate_threshold_bpm = 170\nthreshold_pace = \"4:34\"\nsex = \"female\"";
        let known = thresholds(given);
        let again = thresholds(&toml(TODAY, &known));
        assert_eq!(again.heart_rate_max, known.heart_rate_max);
        assert_eq!(again.heart_rate_threshold, known.heart_rate_threshold);
        assert_eq!(again.sex, known.sex);
        assert!((again.speed_mps().unwrap() - known.speed_mps().unwrap()).abs() < 1e-9);
        let guesses = toml(TODAY, &thresholds(""));
        assert!(guesses.contains("# heart_rate_max_bpm = 190"), "{guesses}");
        assert!(Profile::parse(&guesses).is_ok());
    }

    #[test]
    fn what_is_not_known_is_asked() {
        let shown = text(TODAY, &thresholds(""), 100);
        assert!(shown.contains("Not known yet: your age"), "{shown}");
        assert!(shown.contains("190 bpm, probably 174 to 206 bpm"), "{shown}");
        let off = text(TODAY, &thresholds("[athlete]\nheart_rate = \"off\""), 100);
        assert!(off.contains("Heart rates are not used") && !off.contains("heart rate at most"), "{off}");
    }
}
