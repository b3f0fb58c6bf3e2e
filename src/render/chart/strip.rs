//! Hard, then easy: eight weeks day by day, each hard session and what the 36 hours after it held.
//!
//! Days stand in lanes of whole weeks, each run in the colour of its kind: hard ones fill their day, others are dots. Below
//! a hard session a bracket spans the 36 hours that follow and says what became of them.

use super::axis::full_date;
use super::canvas::{Canvas, Frame, PlotArea, Words, draw};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign, names};
use super::palette::Tone;
use crate::label::{Called, Label};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What the 36 hours after a hard session held (methods §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// A recovery run, and nothing hard.
    Recovery,
    /// Rest or easy running only.
    Gentle,
    /// A recovery run that became too hard.
    Spoiled,
    /// Something hard came too early.
    HardAgain,
    /// They are not over.
    Open,
}

/// The run of a day; of several, the hardest part of the story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripRun {
    pub date: Date,
    pub called: Called,
    /// Hard for the days after.
    pub hard: bool,
}

/// A hard session and what followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hard {
    pub date: Date,
    pub label: Label,
    /// Local time of its end, hours after that day's midnight.
    pub end_h: f64,
    pub after: After,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct StripInput {
    pub today: Date,
    /// First day that can have runs; earlier ones are left empty.
    pub first: Date,
    /// In order of time.
    pub runs: Vec<StripRun>,
    /// In order of time.
    pub hard: Vec<Hard>,
}

const WEEKS: i64 = 8;
/// The same in words.
pub(in crate::render) const LAST_WEEKS: &str = "the last eight weeks";
/// How long the time after a hard session should stay gentle.
const GENTLE_H: f64 = 36.0;
const CELL_TOP: f64 = 26.0;
/// Room for the letters of the weekdays.
const LETTERS_PX: f64 = 16.0;
const LETTERS: [&str; 7] = ["M", "T", "W", "T", "F", "S", "S"];
const LANE_PX: f64 = 70.0;

impl After {
    fn words(self) -> &'static str {
        match self {
            After::Recovery => "a recovery run",
            After::Gentle => "rest or easy running only",
            After::Spoiled => "a recovery run that became too hard",
            After::HardAgain => "something hard too early",
            After::Open => "not over yet",
        }
    }

    /// As the protection of a hard session was meant.
    fn is_kept(self) -> bool {
        matches!(self, After::Recovery | After::Gentle)
    }

    fn is_broken(self) -> bool {
        matches!(self, After::Spoiled | After::HardAgain)
    }
}

pub fn figure(input: &StripInput) -> Figure {
    let mut values = Values::of(&["Hard session", "The 36 hours after"]);
    for hard in shown(input) {
        values.push(0.0, None, [full_date(hard.date), hard.after.words().to_owned()]);
    }
    Figure::new("strip", &format!("Hard, then easy: {LAST_WEEKS}"), takeaway(input), values, |width, description| {
        paint(input, width, description)
    })
}

/// The Monday with which the first lane begins.
pub(in crate::render) fn first_monday(today: Date) -> Date {
    let past = i64::from(today.weekday().to_monday_zero_offset());
    today.saturating_sub((past + 7 * (WEEKS - 1)).days())
}

fn shown(input: &StripInput) -> impl Iterator<Item = &Hard> {
    let first = first_monday(input.today);
    input.hard.iter().filter(move |hard| hard.date >= first)
}

fn takeaway(input: &StripInput) -> String {
    let judged: Vec<&Hard> = shown(input).filter(|hard| hard.after != After::Open).collect();
    let kept = judged.iter().filter(|hard| hard.after.is_kept()).count();
    let long = match judged.iter().filter(|hard| hard.label == Label::Long).count() {
        0 => String::new(),
        n if n == judged.len() => format!(", {} long runs,", if n == 2 { "both" } else { "all of them" }),
        1 => ", 1 of them a long run,".to_owned(),
        n => format!(", {n} of them long runs,"),
    };
    let first = first_monday(input.today);
    let recent = || input.runs.iter().filter(|r| r.date >= first);
    let runs = |label: Label| recent().filter(|r| r.called == label.into()).count();
    let (true_ones, spoiled) = (runs(Label::Recovery), runs(Label::RecoveryTooHard));
    let is_rough = recent().next().is_some() && recent().all(|r| matches!(r.called, Called::Roughly(_)));
    let open = shown(input).count() - judged.len();
    let mut text = match (judged.len(), kept) {
        (0, _) if open == 1 => "The one hard session is too recent to tell what follows".to_owned(),
        (0, _) if open > 1 => format!("The {open} hard sessions are too recent to tell what follows"),
        (0, _) if input.first > first => "No hard session to look back on yet".to_owned(),
        (0, _) => "No hard session to look back on in eight weeks".to_owned(),
        (1, kept) => format!(
            "The one {} was {}followed by 36 hours of rest or gentle running",
            if long.is_empty() { "hard session" } else { "long run" },
            if kept == 1 { "" } else { "not " },
        ),
        (2, 2) => format!("Both hard sessions{long} were followed by 36 hours of rest or gentle running"),
        (n, k) if n == k => format!("All {n} hard sessions{long} were followed by 36 hours of rest or gentle running"),
        (n, k) => {
            format!("Of {n} hard sessions{long} {k} {} followed by 36 hours of rest or gentle running", were(k))
        }
    };
    text += &match (true_ones, spoiled) {
        (0, 0) if is_rough => "; recovery runs cannot be told yet.".to_owned(),
        (0, 0) => "; no recovery runs.".to_owned(),
        (n, 0) => format!("; {}, none too hard.", counted(n)),
        (n, m) => format!("; {}, and {m} more too hard to be one.", counted(n)),
    };
    text
}

fn were(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn counted(runs: usize) -> String {
    format!("{runs} recovery run{}", if runs == 1 { "" } else { "s" })
}

/// Where the days stand.
struct Lanes {
    first: Date,
    days: i64,
    days_a_lane: i64,
    left: f64,
    pitch: f64,
    top: f64,
}

impl Lanes {
    /// Middle of a day's cell and the top of its lane, px.
    fn at(&self, date: Date) -> (f64, f64) {
        let day = i64::from((date - self.first).get_days());
        let (lane, column) = (day.div_euclid(self.days_a_lane), day.rem_euclid(self.days_a_lane));
        (self.left + (column as f64 + 0.5) * self.pitch, self.top + lane as f64 * LANE_PX)
    }
}

fn paint(input: &StripInput, width: f64, description: &str) -> String {
    let legend = Legend::rows(entries(input), width - 16.0);
    let days_a_lane = if width > 600.0 { 28 } else { 14 };
    let first = first_monday(input.today);
    // Lanes that end before the first run are left out.
    let empty =
        i64::from((input.first - first).get_days()).div_euclid(days_a_lane).clamp(0, 7 * WEEKS / days_a_lane - 1);
    let days = 7 * WEEKS - empty * days_a_lane;
    let lanes = Lanes {
        first: first.saturating_add((empty * days_a_lane).days()),
        days,
        days_a_lane,
        left: 8.0,
        pitch: (width - 16.0) / days_a_lane as f64,
        top: legend.height + 6.0 + LETTERS_PX,
    };
    let count = (days / days_a_lane) as f64;
    let frame =
        Frame { width, height: lanes.top + count * LANE_PX + 4.0, description: description.to_owned(), reads: None };
    draw(&frame, |canvas| {
        legend.draw(canvas, 8.0, 2.0);
        for column in 0..days_a_lane {
            let (x, top) = lanes.at(lanes.first.saturating_add(column.days()));
            let letter = LETTERS[(column % 7) as usize];
            canvas.words(x, top - LETTERS_PX / 2.0, Words::small(letter).toned(Tone::Soft).centred());
        }
        for day in 0..days {
            paint_day(canvas, &lanes, input, lanes.first.saturating_add(day.days()));
        }
        // A long or hard run covers what was gentle on the same day.
        let mut runs: Vec<&StripRun> =
            input.runs.iter().filter(|r| r.date >= lanes.first && r.date <= input.today).collect();
        runs.sort_by_key(|r| (r.date, r.hard, matches!(r.called.nearest(), Label::Recovery | Label::RecoveryTooHard)));
        for runs in runs.chunk_by(|a, b| a.date == b.date) {
            paint_run(canvas, &lanes, runs[runs.len() - 1]);
        }
        for (i, hard) in shown(input).enumerate() {
            // Brackets that overlap lie below each other.
            let below = 56.0 + if i % 2 == 0 { 0.0 } else { 4.5 };
            paint_after(canvas, &lanes, hard, below);
        }
    })
}

fn entries(input: &StripInput) -> Vec<LegendEntry> {
    let first = first_monday(input.today);
    let recent = || input.runs.iter().filter(|r| (first..=input.today).contains(&r.date));
    let [heavy, other] = [true, false].map(|hard| names(recent().filter(|r| r.hard == hard).map(|r| r.called)));
    let mut entries = Vec::new();
    let mut add = |wanted: bool, sign, text: &str| {
        if wanted {
            entries.push(LegendEntry::new(sign, text));
        }
    };
    for (kind, name) in heavy.into_iter().rev() {
        let text = match kind {
            Label::RecoveryTooHard => "recovery, much too hard".to_owned(),
            kind if kind.is_hard() => name,
            _ => format!("{name}, yet hard for you"),
        };
        add(true, LegendSign::Block(Tone::Kind(kind)), &text);
    }
    let has_recovery = recent().any(|r| !matches!(r.called, Called::Roughly(_)));
    add(has_recovery, LegendSign::Dot(Tone::Recovery), "recovery");
    let spoiled = other.iter().any(|(kind, _)| *kind == Label::RecoveryTooHard);
    add(spoiled, LegendSign::Triangle(Tone::Beyond), &Label::RecoveryTooHard.to_string());
    for (kind, name) in other.into_iter().rev() {
        let has_a_sign = matches!(kind, Label::Recovery | Label::RecoveryTooHard);
        add(!has_a_sign, LegendSign::Dot(Tone::Kind(kind)), &name);
    }
    let ended = |wanted: fn(After) -> bool| shown(input).any(|hard| wanted(hard.after));
    add(ended(After::is_kept), LegendSign::Line(Tone::Recovery, 2.6), "✓ 36 gentle hours");
    add(ended(After::is_broken), LegendSign::Line(Tone::Beyond, 2.6), "✗ not gentle");
    add(ended(|after| after == After::Open), LegendSign::Dashes(Tone::Hatch), "? not over yet");
    entries
}

fn paint_day(canvas: &Canvas, lanes: &Lanes, input: &StripInput, date: Date) {
    let (x, top) = lanes.at(date);
    let half = lanes.pitch / 2.0 - 1.0;
    let place =
        PlotArea { left: x - half, top: top + 16.0, right: x + half, bottom: top + 16.0 + 2.0 * CELL_TOP - 16.0 };
    let is_there = date >= input.first && date <= input.today;
    if is_there {
        canvas.block(place, Tone::Zone(2));
    } else {
        canvas.outline(place, Tone::Grid, 0.8);
    }
    if date.weekday() == Weekday::Monday {
        let words = if date == lanes.first || date.day() <= 7 { "%-d %b" } else { "%-d" };
        canvas.words(x - half, top + 8.0, Words::small(&date.strftime(words).to_string()));
    }
    if date == input.today {
        canvas.outline(place, Tone::Soft, 1.4);
    }
}

fn paint_run(canvas: &Canvas, lanes: &Lanes, run: &StripRun) {
    let (x, top) = lanes.at(run.date);
    let y = top + 34.0;
    let radius = (lanes.pitch * 0.26).min(7.0);
    let half = lanes.pitch / 2.0 - 3.0;
    match run.called.nearest() {
        label if run.hard => {
            let place = PlotArea { left: x - half, top: y - 14.0, right: x + half, bottom: y + 14.0 };
            canvas.block(place, Tone::Kind(label));
        }
        Label::RecoveryTooHard => canvas.triangle((x, y), radius * 1.05, Tone::Beyond),
        Label::Recovery => canvas.dot((x, y), radius, Tone::Recovery),
        label => canvas.dot((x, y), radius * 0.7, Tone::Kind(label)),
    }
}

/// The verdict in the cell of a hard session, and the bracket below the hours that follow.
fn paint_after(canvas: &Canvas, lanes: &Lanes, hard: &Hard, below: f64) {
    let Hard { date, end_h, after, label } = *hard;
    let tone = match after {
        _ if after.is_kept() => Tone::Recovery,
        After::Open => Tone::Hatch,
        _ => Tone::Beyond,
    };
    for day in 0..4_i32 {
        // The part of the bracket that lies in this day, in hours of the day.
        let midnight = 24.0 * f64::from(day);
        let (from, to) = ((end_h - midnight).clamp(0.0, 24.0), (end_h + GENTLE_H - midnight).clamp(0.0, 24.0));
        let next = date.saturating_add(day.days());
        if to <= from || i64::from((next - lanes.first).get_days()) >= lanes.days {
            continue;
        }
        let (x, top) = lanes.at(next);
        let at = |hour: f64| (x + (hour / 24.0 - 0.5) * lanes.pitch, top + below);
        let line = [at(from), at(to)];
        if after == After::Open {
            canvas.dashes(&line, tone, 2.0);
        } else {
            canvas.path(&line, tone, 2.6);
        }
    }
    let (x, top) = lanes.at(date);
    let at = (x, top + 34.0);
    let mark = Tone::on(label);
    match after {
        After::Open => canvas.words(at.0, at.1, Words::new("?").bold().toned(mark).centred()),
        _ if after.is_kept() => canvas.tick(at, 5.0, mark),
        _ => canvas.cross(at, 4.0, mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Rough;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 22);

    fn input(hard: &[(i64, Label, After)], runs: &[(i64, Label)]) -> StripInput {
        let ago = |days: i64| TODAY.saturating_sub(days.days());
        StripInput {
            today: TODAY,
            first: ago(100),
            runs: runs.iter().map(|&(d, label)| StripRun { date: ago(d), called: label.into(), hard: false }).collect(),
            hard: hard.iter().map(|&(d, label, after)| Hard { date: ago(d), label, end_h: 19.0, after }).collect(),
        }
    }

    #[test]
    fn lanes_begin_on_a_monday_and_end_with_this_week() {
        assert_eq!(first_monday(TODAY), date(2026, 5, 4));
        assert_eq!(first_monday(date(2026, 6, 28)), date(2026, 5, 4));
    }

    #[test]
    fn open_sessions_and_older_ones_are_not_counted() {
        let hard = [
            (70, Label::Tempo, After::HardAgain),
            (20, Label::Tempo, After::Recovery),
            (10, Label::Long, After::HardAgain),
            (1, Label::Long, After::Open),
        ];
        let runs = [(60, Label::Recovery), (19, Label::Recovery), (9, Label::RecoveryTooHard)];
        let expected = "Of 2 hard sessions, 1 of them a long run, 1 was followed by 36 hours of rest or gentle running; \
                        1 recovery run, and 1 more too hard to be one.";
        assert_eq!(takeaway(&input(&hard, &runs)), expected);
        let expected = "The one long run was not followed by 36 hours of rest or gentle running; no recovery runs.";
        assert_eq!(takeaway(&input(&hard[2..], &[])), expected);
        let open = "The one hard session is too recent to tell what follows; no recovery runs.";
        assert_eq!(takeaway(&input(&hard[3..], &[])), open);
        let none = "No hard session to look back on in eight weeks; no recovery runs.";
        assert_eq!(takeaway(&input(&[], &[])), none);
        let rough = StripRun { date: TODAY, called: Called::Roughly(Rough::Gentle), hard: false };
        let new = StripInput { first: TODAY, runs: vec![rough], ..input(&[], &[]) };
        assert_eq!(takeaway(&new), "No hard session to look back on yet; recovery runs cannot be told yet.");
    }
}
