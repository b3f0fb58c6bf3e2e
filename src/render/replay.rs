//! Hindsight on screen: the figures, the weeks as planned and as run, the days that stand out; and as CSV.

use super::hindsight;
use super::words::{counted as count, date, short_date};
use crate::calendar::monday_of;
use crate::plan::Kind;
use crate::replay::{Difference, Replay, ReplayDay, ReplaySummary};
use crate::season::Then;
use crate::units::{Seconds, Spoken};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Width of a day of the grid, columns.
const CELL: usize = 13;
/// Days named one by one at most, the latest ones.
const DAYS_NAMED: usize = 20;

/// Figures, the latest weeks, and the days that stand out.
pub fn text(replay: &Replay, weeks: usize) -> String {
    let summary = &replay.summary;
    let (Some(first), Some(last)) = (summary.first, summary.last) else {
        return format!("{}\n", hindsight::TOO_LITTLE);
    };
    let mut text = format!("Hindsight, {} to {}: {}\n", date(first), date(last), hindsight::WHAT);
    if let Some(left_out) = hindsight::left_out(summary) {
        let _ = writeln!(text, "{left_out}");
    }
    text + "\n" + &figures(summary) + "\n" + &grid(&replay.days, weeks) + &days_of_note(&replay.days)
}

fn figures(summary: &ReplaySummary) -> String {
    hindsight::figures(summary).iter().map(|(name, value)| format!("{name:15}{value}\n")).collect()
}

/// Two lines a week: the plans of its mornings, and what was run.
fn grid(days: &[ReplayDay], most: usize) -> String {
    let mut weeks: BTreeMap<jiff::civil::Date, Vec<&ReplayDay>> = BTreeMap::new();
    for day in days {
        weeks.entry(monday_of(day.date)).or_default().push(day);
    }
    let earlier = weeks.len().saturating_sub(most);
    if most == 0 {
        return String::new();
    }
    let mut text = format!("{:16}", "");
    for name in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
        let _ = write!(text, "{name:CELL$}");
    }
    text = text.trim_end().to_owned() + "\n";
    for (monday, days) in weeks.into_iter().skip(earlier) {
        let line = |head: String, cell: &dyn Fn(&ReplayDay) -> String| {
            let mut line = format!("{head:16}");
            for place in 0..7_i8 {
                let day = days.iter().find(|day| day.date.weekday().to_monday_zero_offset() == place);
                let _ = write!(line, "{:CELL$}", day.map(|day| cell(day)).unwrap_or_default());
            }
            line.trim_end().to_owned() + "\n"
        };
        text += &line(format!("{} plan", monday.strftime("%-d %b %y")), &|day| cell(day.planned, day.planned_min));
        text += &line(format!("{:>14}", "run"), &|day| cell(day.done, day.done_min) + mark(day.difference));
    }
    text += "+ more than planned, - less, ! a race the plan did not know of\n";
    if earlier > 0 {
        let _ = writeln!(text, "({} before: `--weeks {}` shows all)", count(earlier, "week"), earlier + most);
    }
    text
}

fn cell(kind: Kind, minutes: f64) -> String {
    let word = match kind {
        Kind::Rest => return "rest".to_owned(),
        Kind::CrossTrain => return "cross".to_owned(),
        Kind::WalkJog => "walk-jog",
        Kind::Shakeout => "shakeout",
        Kind::Recovery => "recovery",
        Kind::Easy => "easy",
        Kind::Long => "long",
        Kind::Hard => "hard",
        Kind::Race => "race",
    };
    format!("{word} {minutes:.0}")
}

fn mark(difference: Difference) -> &'static str {
    match difference {
        Difference::AsPlanned => "",
        Difference::Gentler => " -",
        Difference::Longer | Difference::Harder | Difference::RanOnRestDay => " +",
        Difference::Raced => " !",
    }
}

/// The latest days with a sign, or with more than planned after which the next two days were no rest.
fn days_of_note(days: &[ReplayDay]) -> String {
    let of_note = |day: &&ReplayDay| {
        let unrested = day.then.is_some_and(|then| !then.is_gentle() && then != Then::Open);
        !day.is_first_days && (!day.signs.is_empty() || day.difference.is_more() && unrested)
    };
    let found: Vec<&ReplayDay> = days.iter().filter(of_note).collect();
    if found.is_empty() {
        return String::new();
    }
    let left_out = found.len().saturating_sub(DAYS_NAMED);
    let mut text = "\nDays that stand out\n".to_owned();
    if left_out > 0 {
        let _ = writeln!(text, "({left_out} earlier ones: `--format csv` has every day)");
    }
    found[left_out..].iter().for_each(|day| text += &day_line(day));
    text
}

/// `Tue 12 May: planned rest day (…), run: hard session, 50 min. …`
fn day_line(day: &ReplayDay) -> String {
    let time = |minutes: f64| Spoken(Seconds(60.0 * minutes));
    let mut text = format!("{:11} planned: {}", short_date(day.date), day.planned);
    if day.planned_min > 0.0 {
        let _ = write!(text, ", {}", time(day.planned_min));
    }
    let _ = write!(text, " ({}); run: {}", day.because, day.done);
    if day.done_min > 0.0 {
        let _ = write!(text, ", {}", time(day.done_min));
    }
    for sign in &day.signs {
        let _ = write!(text, "; {sign}");
    }
    if let Some(then) = day.then.and_then(then) {
        let _ = write!(text, "; then {then}");
    }
    text + "\n"
}

/// What came in the two days after; nothing while they are not over.
fn then(then: Then) -> Option<&'static str> {
    match then {
        Then::Open => None,
        Then::Rest => Some("rest"),
        Then::Recovery => Some("a recovery run"),
        Then::Easy => Some("an easy run"),
        Then::Spoiled => Some("a recovery run too hard"),
        Then::Steady => Some("a run above easy"),
        Then::Hard => Some("the next hard or long run"),
    }
}

/// One line a day.
pub fn csv(replay: &Replay) -> String {
    let mut text =
        "date,counted,planned,planned_minutes,because,done,done_minutes,label,difference,then,signs\n".to_owned();
    for day in &replay.days {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let signs: Vec<String> = day.signs.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "{},{},{},{:.0},{},{},{:.0},{},{},{},{}",
            day.date,
            !day.is_first_days,
            day.planned.word(),
            day.planned_min,
            quoted(&day.because),
            day.done.word(),
            day.done_min,
            day.label.map(crate::label::Label::word).unwrap_or_default(),
            day.difference.word(),
            day.then.and_then(then).unwrap_or_default(),
            quoted(&signs.join("; "))
        );
    }
    text
}
