//! The next days, one a line, with the reason beside each where there is room; else below each, where it is wanted.

use super::super::planned::in_a_line;
use super::super::words;
use super::columns::{TextCell, TextColumn, table, wrapped};
use crate::guide::DayGuide;
use crate::plan::{Kind, PlanReason, PlannedDay};
use crate::units::{Bpm, Speed};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// From this width on the reason stands beside its day.
const WIDE: usize = 100;
/// From this width on a hard session's two choices are told where reasons are not.
const HAS_CHOICES: usize = 80;

/// The lines of a table of days, its head first.
pub(super) fn lines(days: &[PlannedDay], guides: &[DayGuide], width: usize, has_reasons: bool) -> Vec<String> {
    let pace = |day: &PlannedDay| {
        let limit = day.pace_ceiling_s_per_km.map(|s_per_km| Speed(1000.0 / s_per_km).to_string().replace(" /km", ""));
        limit.map(|pace| format!("≥ {pace}")).unwrap_or_default()
    };
    let columns = vec![
        TextColumn::words("day", days.iter().map(|day| words::short_date(day.date))),
        TextColumn::words("what", days.iter().map(|day| TextCell::styled(day.kind.to_string(), style(day.kind)))),
        TextColumn::numbers("min", days.iter().map(minutes)),
        TextColumn::numbers(
            "bpm",
            days.iter().map(|day| {
                day.heart_rate_ceiling_bpm.map(|bpm| format!("≤ {}", Bpm(bpm)).replace(" bpm", "")).unwrap_or_default()
            }),
        ),
        TextColumn::numbers("/km", days.iter().map(pace)),
    ];
    let table = table(columns, width);
    let left = table.iter().map(|line| shown_width(line)).max().unwrap_or(0) + 2;
    let mut lines = table.into_iter();
    let mut all: Vec<String> = lines.next().into_iter().collect();
    for ((line, day), guide) in lines.zip(days).zip(guides) {
        let content = in_a_line(guide).filter(|_| has_reasons || width >= HAS_CHOICES);
        // What it holds says that it is allowed.
        let says_more = |reason: &&PlanReason| content.is_none() || **reason != PlanReason::HardAllowed;
        let reasons = day.reasons.iter().filter(|_| has_reasons || width >= WIDE).filter(says_more);
        let why = content.iter().cloned().chain(reasons.map(ToString::to_string)).collect::<Vec<_>>().join("; ");
        if width >= WIDE {
            let room = " ".repeat(left - shown_width(&line));
            let mut why = wrapped(&why, width - left, 0, 0).into_iter();
            all.push(format!("{line}{room}{}", why.next().unwrap_or_default()).trim_end().to_owned());
            all.extend(why.map(|rest| format!("{:left$}{rest}", "")));
        } else {
            all.push(line);
            all.extend(wrapped(&why, width, 4, 0));
        }
    }
    all
}

fn minutes(day: &PlannedDay) -> String {
    match (day.minutes(), day.second_run_s) {
        (0.0, _) => String::new(),
        (first, 0.0) => format!("{first:.0}"),
        (first, second) => format!("{first:.0} + {:.0}", second / 60.0),
    }
}

fn shown_width(line: &str) -> usize {
    anstream::adapter::strip_str(line).to_string().width()
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Recovery | Kind::Shakeout => Style::new().fg_color(Some(AnsiColor::Green.into())),
        Kind::Hard | Kind::Race => Style::new().fg_color(Some(AnsiColor::Magenta.into())),
        Kind::Long => Style::new().fg_color(Some(AnsiColor::Blue.into())),
        Kind::Rest => Style::new().dimmed(),
        Kind::Easy | Kind::WalkJog | Kind::CrossTrain => Style::new(),
    }
}
