//! Hindsight on screen: the figures, the weeks as planned and as run, the days that stand out; and as CSV.

use super::hindsight;
use super::words::{self, counted as count, date, short_date};
use super::wrap::{after, beside, fitted, wrapped};
use crate::calendar::monday_of;
use crate::plan::Kind;
use crate::replay::{Difference, Replay, ReplayDay, ReplaySummary};
use crate::season::Then;
use crate::units::{Seconds, Spoken};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Columns of the names of figures, and of a day that is named.
const NAME: usize = 15;
const DATE: usize = 12;
/// Days named one by one at most, the latest ones.
const DAYS_NAMED: usize = 20;

/// How the grid of weeks fits the screen.
struct ReplayLayout {
    /// Columns of a line's beginning, and of a day.
    head: usize,
    day: usize,
    /// How the beginning says whose week it is.
    monday: &'static str,
    /// Words for kinds of days: whole, short, or of two letters.
    word: fn(Kind) -> &'static str,
    /// Between a word, its minutes and the sign of a difference.
    gap: &'static str,
}

impl ReplayLayout {
    fn of(width: usize) -> ReplayLayout {
        let layouts = [
            ReplayLayout { head: 16, day: 14, monday: "%-d %b %y plan", word: words::kind, gap: " " },
            ReplayLayout { head: 12, day: 12, monday: "%-d %b plan", word: words::short_kind, gap: " " },
            ReplayLayout { head: 8, day: 7, monday: "%-d %b", word: two_letters, gap: "" },
        ];
        let [wide, short, narrow] = layouts;
        let fits = |layout: &ReplayLayout| layout.head + 7 * layout.day <= width;
        [wide, short].into_iter().find(fits).unwrap_or(narrow)
    }

    fn cell(&self, kind: Kind, minutes: f64, mark: &str) -> String {
        let gap = self.gap;
        let done = if minutes > 0.0 && !matches!(kind, Kind::Rest | Kind::CrossTrain) {
            format!("{}{gap}{minutes:.0}", (self.word)(kind))
        } else {
            words::kind(kind).to_owned()
        };
        if mark.is_empty() { done } else { format!("{done}{gap}{mark}") }
    }

    /// What the words stand for, where they are letters.
    fn legend(&self) -> Option<&'static str> {
        let letters =
            "re recovery, ea easy, lo long, ha hard, ra race, sh shakeout, wj walk and jog; with the minutes.";
        self.gap.is_empty().then_some(letters)
    }
}

/// Figures, the latest weeks, and the days that stand out, in lines of `width` columns.
pub fn text(replay: &Replay, weeks: usize, width: usize) -> String {
    let summary = &replay.summary;
    let (Some(first), Some(last)) = (summary.first, summary.last) else {
        return wrapped(hindsight::TOO_LITTLE, width, 0);
    };
    let what = format!("Hindsight, {} to {}: {}", date(first), date(last), hindsight::WHAT);
    let mut text = wrapped(&what, width, 0);
    if let Some(left_out) = hindsight::left_out(summary) {
        text += &wrapped(&left_out, width, 0);
    }
    let grid = grid(&replay.days, weeks, width);
    text + "\n" + &figures(summary, width) + "\n" + &grid + &days_of_note(&replay.days, width)
}

fn figures(summary: &ReplaySummary, width: usize) -> String {
    hindsight::figures(summary).iter().map(|(name, value)| after(&format!("{name:NAME$}"), value, width)).collect()
}

/// Two lines a week: the plans of its mornings, and what was run.
fn grid(days: &[ReplayDay], most: usize, width: usize) -> String {
    let layout = ReplayLayout::of(width);
    let (head, cell) = (layout.head, layout.day);
    let mut weeks: BTreeMap<jiff::civil::Date, Vec<&ReplayDay>> = BTreeMap::new();
    for day in days {
        weeks.entry(monday_of(day.date)).or_default().push(day);
    }
    let earlier = weeks.len().saturating_sub(most);
    if most == 0 {
        return String::new();
    }
    let mut text = format!("{:head$}", "");
    for name in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
        let _ = write!(text, "{name:cell$}");
    }
    text = text.trim_end().to_owned() + "\n";
    for (monday, days) in weeks.into_iter().skip(earlier) {
        let line = |name: String, shown: &dyn Fn(&ReplayDay) -> String| {
            let mut line = format!("{name:head$}");
            for place in 0..7_i8 {
                let day = days.iter().find(|day| day.date.weekday().to_monday_zero_offset() == place);
                let _ = write!(line, "{:cell$}", day.map(|day| shown(day)).unwrap_or_default());
            }
            line.trim_end().to_owned() + "\n"
        };
        let planned = |day: &ReplayDay| layout.cell(day.planned, day.planned_min, "");
        let done = |day: &ReplayDay| layout.cell(day.done, day.done_min, mark(day.difference));
        let name = monday.strftime(layout.monday).to_string();
        text += &line(name.clone(), &planned);
        text += &line(format!("{:>1$}", "run", name.len()), &done);
    }
    let legend = layout.legend().map(|letters| format!("{letters}\n")).unwrap_or_default();
    text += &fitted(&(legend + "+ more than planned, - less, ! a race the plan did not know of\n"), width, 0);
    if earlier > 0 {
        let more = format!("({} before: `--weeks {}` shows all)", count(earlier, "week"), earlier + most);
        text += &wrapped(&more, width, 0);
    }
    text
}

fn two_letters(kind: Kind) -> &'static str {
    match kind {
        Kind::WalkJog => "wj",
        kind => &words::kind(kind)[..2],
    }
}

fn mark(difference: Difference) -> &'static str {
    match difference {
        Difference::AsPlanned => "",
        Difference::Gentler => "-",
        Difference::Longer | Difference::Harder | Difference::RanOnRestDay => "+",
        Difference::Raced => "!",
    }
}

/// The latest days with a sign, or with more than planned after which the next two days were no rest.
fn days_of_note(days: &[ReplayDay], width: usize) -> String {
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
    found[left_out..].iter().for_each(|day| text += &beside(&short_date(day.date), &day_line(day), width, DATE));
    text
}

/// `planned: rest day (…); run: hard session, 50 min; …`
fn day_line(day: &ReplayDay) -> String {
    let time = |minutes: f64| Spoken(Seconds(60.0 * minutes));
    let mut text = format!("planned: {}", day.planned);
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
    text
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
