//! Running time of each week, stacked by the kind of run, with its total and its change against the four weeks before.

use super::axis::{Steps, date_ticks, day_number, drawable, full_date};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Reads, SMALL, TINY, Words, draw, text_width};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign, names};
use super::palette::Tone;
use crate::label::Called;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Running time of one week.
#[derive(Clone, Debug, PartialEq)]
pub struct KindWeek {
    pub monday: Date,
    /// Moving hours of what runs are called, each at most once.
    pub hours: Vec<(Called, f64)>,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct WeeksInput {
    pub today: Date,
    /// Every week without a gap, in order.
    pub weeks: Vec<KindWeek>,
}

/// Longer histories show their last year.
const MOST_WEEKS: usize = 53;
/// With fewer weeks the picture begins before the first.
const LEAST_WEEKS: i64 = 8;
/// Weeks that a week is compared with.
const COMPARED: usize = 4;

pub fn figure(input: &WeeksInput) -> Figure {
    let weeks = &input.weeks[input.weeks.len().saturating_sub(MOST_WEEKS)..];
    let ramps: Vec<Option<f64>> = (0..input.weeks.len()).map(|i| ramp(&input.weeks, i)).collect();
    let ramps = &ramps[input.weeks.len() - weeks.len()..];
    let mut values = Values::of(&["Week from", "Hours", "Against the four weeks before", "By kind"]);
    let day_zero = day_zero(weeks);
    for (week, ramp) in weeks.iter().zip(ramps) {
        let kinds = kinds(week)
            .into_iter()
            .map(|(called, hours)| format!("{called} {hours:.1}"))
            .collect::<Vec<_>>()
            .join(", ");
        let ramp = ramp.map(percent).unwrap_or_default();
        values.push(day_number(day_zero, week.monday), None, [full_date(week.monday), clock(total(week)), ramp, kinds]);
    }
    let chart = Chart { weeks, ramps, running: running(input), day_zero };
    Figure::new("weekly", "Running time of each week", takeaway(input), values, |width, description| {
        chart.draw(width, description)
    })
}

/// The Monday of a week that is not over.
fn running(input: &WeeksInput) -> Option<Date> {
    let last = input.weeks.last()?;
    let is_over = input.today > last.monday.saturating_add(6.days());
    (!is_over && input.today.weekday() != Weekday::Sunday).then_some(last.monday)
}

/// In the order of the kinds by whose colours they are shown.
fn kinds(week: &KindWeek) -> Vec<(Called, f64)> {
    let hours = week.hours.iter().filter_map(|(called, hours)| Some((*called, drawable(*hours).filter(|h| *h > 0.0)?)));
    let mut kinds: Vec<(Called, f64)> = hours.collect();
    kinds.sort_by_key(|(called, _)| (called.nearest(), *called));
    kinds
}

fn total(week: &KindWeek) -> f64 {
    kinds(week).iter().map(|(_, hours)| hours).sum()
}

/// Change of a week against the mean of the four before, a fraction; `None` without four or with nothing in them.
fn ramp(weeks: &[KindWeek], i: usize) -> Option<f64> {
    let before = weeks.get(i.checked_sub(COMPARED)?..i)?;
    let mean = before.iter().map(total).sum::<f64>() / COMPARED as f64;
    (mean > 0.25).then(|| total(&weeks[i]) / mean - 1.0)
}

/// `+12 %`, `−8 %`.
fn percent(change: f64) -> String {
    let whole = (100.0 * change).round();
    let sign = match whole {
        0.0 => "",
        w if w < 0.0 => "−",
        _ => "+",
    };
    format!("{sign}{} %", whole.abs().min(999.0))
}

/// `4:45`.
fn clock(hours: f64) -> String {
    let minutes = (hours * 60.0).round() as i64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn takeaway(input: &WeeksInput) -> String {
    let running = running(input);
    let whole = input.weeks.iter().filter(|w| Some(w.monday) != running).count();
    let Some(last) = whole.checked_sub(1) else {
        return "No whole week is on file yet.".to_owned();
    };
    if total(&input.weeks[last]) <= 0.0 {
        return "Nothing was run in the last whole week.".to_owned();
    }
    let time = clock(total(&input.weeks[last]));
    match ramp(&input.weeks, last) {
        Some(change) if change.abs() <= 0.03 => {
            format!("{time} hours in the last whole week, as in the four weeks before.")
        }
        Some(change) => {
            let percent = (100.0 * change).abs().round().min(999.0);
            let word = if change > 0.0 { "more" } else { "less" };
            format!("{time} hours in the last whole week, {percent} % {word} than the mean of the four weeks before.")
        }
        None => format!("{time} hours in the last whole week; five whole weeks are needed to compare."),
    }
}

fn day_zero(weeks: &[KindWeek]) -> Date {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Date::default() };
    first.monday.min(last.monday.saturating_sub((LEAST_WEEKS - 1).weeks()))
}

struct Chart<'a> {
    weeks: &'a [KindWeek],
    ramps: &'a [Option<f64>],
    running: Option<Date>,
    day_zero: Date,
}

impl Chart<'_> {
    fn draw(&self, width: f64, description: &str) -> String {
        let legend = Legend::rows(self.entries(), width - 16.0);
        let top = legend.height + 32.0;
        let place = PlotArea { left: 36.0, top, right: width - 8.0, bottom: top + 190.0 };
        let last = self.weeks.last().map_or(self.day_zero, |w| w.monday);
        let x = -3.5..day_number(self.day_zero, last) + 3.5;
        let over = |(week, _): &(&KindWeek, &Option<f64>)| self.running != Some(week.monday);
        let has_ramps = self.weeks.iter().zip(self.ramps).filter(over).any(|(_, ramp)| ramp.is_some());
        let frame = Frame {
            width,
            height: place.bottom + if has_ramps { 70.0 } else { 38.0 },
            description: description.to_owned(),
            reads: Some(Reads { place, x: x.clone(), y: None, day_zero: Some(self.day_zero) }),
        };
        draw(&frame, |canvas| {
            legend.draw(canvas, 8.0, 4.0);
            canvas.words(8.0, place.top - 14.0, Words::small("hours"));
            let highest = self.weeks.iter().map(total).fold(1.0, f64::max) * 1.1;
            let steps = Steps::over(highest, 5.0);
            let panel = canvas.panel(place, x, 0.0..steps.above(highest));
            panel.left_axis(steps);
            self.paint_bars(canvas, &panel);
            if self.weeks.is_empty() {
                let middle = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
                canvas.words_on_paper(middle.0, middle.1, Words::small("no run yet").centred());
            }
            if has_ramps {
                self.paint_ramps(canvas, &panel);
            }
            let mut ticks = date_ticks(self.day_zero, last, place.width());
            ticks.iter_mut().for_each(|tick| tick.date = monday_from(tick.date));
            ticks.retain(|tick| tick.date <= last);
            panel.date_axis(self.day_zero, &ticks);
        })
    }

    /// A legend of the kinds of run that occur.
    fn entries(&self) -> Vec<LegendEntry> {
        let kinds = names(self.weeks.iter().flat_map(kinds).map(|(called, _)| called));
        let entry = |(kind, name)| LegendEntry::new(LegendSign::Block(Tone::Kind(kind)), name);
        let running = self.running.map(|_| LegendEntry::new(LegendSign::Hatched, "week not over"));
        kinds.into_iter().map(entry).chain(running).collect()
    }

    fn pitch(panel: &Panel) -> f64 {
        7.0 * panel.place.width() / (panel.x.end - panel.x.start)
    }

    fn paint_bars(&self, canvas: &Canvas, panel: &Panel) {
        let pitch = Self::pitch(panel);
        let half = (2.9 / 7.0 * pitch).min(24.0) / pitch * 7.0;
        let fits = text_width("88:88", SMALL) < pitch - 2.0;
        for week in self.weeks {
            let middle = day_number(self.day_zero, week.monday);
            let mut bottom = 0.0;
            for (called, hours) in kinds(week) {
                canvas.block(panel.place_of(middle - half..middle + half, bottom..bottom + hours), Tone::of(called));
                bottom += hours;
            }
            if self.running == Some(week.monday) {
                let place = panel.place_of(middle - half..middle + half, 0.0..bottom.max(panel.y.end * 0.03));
                canvas.hatch(place, 5.0);
                canvas.outline(place, Tone::Hatch, 0.8);
            }
            if fits && bottom > 0.0 {
                let words = clock(bottom);
                canvas.words(
                    panel.px_x(middle),
                    panel.px_y(bottom) - 8.0,
                    Words::small(&words).toned(Tone::Ink).centred(),
                );
            }
        }
        if !fits {
            self.paint_extremes(canvas, panel);
        }
    }

    /// Where there is no room for every total: the highest.
    fn paint_extremes(&self, canvas: &Canvas, panel: &Panel) {
        let highest = self.weeks.iter().max_by(|a, b| total(a).total_cmp(&total(b)));
        let Some(week) = highest.filter(|w| total(w) > 0.0) else { return };
        let (words, half) = (clock(total(week)), 18.0);
        let at = panel.px_x(day_number(self.day_zero, week.monday));
        let at = at.clamp(panel.place.left + half, panel.place.right - half);
        canvas.words(at, panel.px_y(total(week)) - 8.0, Words::small(&words).toned(Tone::Ink).centred());
    }

    /// A row below the dates: how each week compares with the four before, for as many as there is room.
    fn paint_ramps(&self, canvas: &Canvas, panel: &Panel) {
        let y = panel.place.bottom + 58.0;
        let every = ((text_width("+888 %", TINY) + 6.0) / Self::pitch(panel)).ceil().max(1.0) as usize;
        canvas.words(8.0, y - 13.0, Words::tiny("against the four weeks before"));
        let weeks = self.weeks.iter().zip(self.ramps).rev().filter(|(w, _)| self.running != Some(w.monday));
        for (i, (week, ramp)) in weeks.enumerate() {
            let Some(change) = ramp.filter(|_| i % every == 0) else { continue };
            let words = percent(change);
            let half = text_width(&words, TINY) / 2.0;
            let at = panel.px_x(day_number(self.day_zero, week.monday)).min(panel.place.right - half);
            canvas.words(at, y + 3.0, Words::tiny(&words).toned(Tone::Ink).centred());
        }
    }
}

/// The first Monday from this day on: a month's name belongs below the first bar that begins in it.
fn monday_from(date: Date) -> Date {
    let past = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_add(((7 - past) % 7).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Label;
    use jiff::civil::date;

    fn week(index: i64, hours: &[(Label, f64)]) -> KindWeek {
        KindWeek {
            monday: date(2025, 3, 3).saturating_add((7 * index).days()),
            hours: hours.iter().map(|(label, h)| ((*label).into(), *h)).collect(),
        }
    }

    #[test]
    fn months_stand_below_mondays() {
        assert_eq!(monday_from(date(2025, 4, 1)), date(2025, 4, 7));
        assert_eq!(monday_from(date(2025, 9, 1)), date(2025, 9, 1));
    }

    #[test]
    fn a_week_is_compared_with_the_four_before() {
        let hours = [4.0, 4.0, 4.0, 4.0, 5.0, 2.0];
        let weeks: Vec<KindWeek> = (0..).zip(hours).map(|(i, h)| week(i, &[(Label::Easy, h)])).collect();
        let today = date(2025, 4, 9);
        assert_eq!(ramp(&weeks, 3), None);
        assert_eq!(ramp(&weeks, 4), Some(0.25));
        // The sixth week, from 7 April, is not over.
        let input = WeeksInput { today, weeks };
        assert_eq!(running(&input), Some(date(2025, 4, 7)));
        assert_eq!(
            takeaway(&input),
            "5:00 hours in the last whole week, 25 % more than the mean of the four weeks before."
        );
        let idle = vec![week(0, &[(Label::Easy, 4.0)]), week(1, &[])];
        assert_eq!(takeaway(&WeeksInput { today, weeks: idle }), "Nothing was run in the last whole week.");
        assert_eq!((percent(0.251), percent(-0.08)), ("+25 %".to_owned(), "−8 %".to_owned()));
    }

    #[test]
    fn hours_that_are_no_numbers_are_left_out() {
        assert_eq!(total(&week(0, &[(Label::Race, f64::NAN), (Label::Easy, 1.5), (Label::Long, -3.0)])), 1.5);
    }
}
