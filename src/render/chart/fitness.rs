//! Fitness, fatigue and form over the days, with the recovery runs and what the plan makes of the days ahead.
//!
//! Two panels share the dates: above, fitness and fatigue as lines over the bars of daily load; below, relative form
//! over the bands of its zones (methods §4.1). A lane between them holds the recovery runs. What lies ahead is dashed.

use super::axis::{Steps, date_ticks, days_between, drawable, full_date};
use super::canvas::{Canvas, Caption, Drawn, Panel, Place, SMALL, Words, draw, pixel, stroke, text_width};
use super::legend::{Entry, Legend, Sign};
use super::palette::{self, FATIGUE, FITNESS, FORM, LOAD, PAPER, PLANNED_LOAD, SOFT_INK};
use crate::label::Label;
use crate::season::Day;
use jiff::civil::Date;
use plotters::element::{DashedPathElement, PathElement, Rectangle};
use plotters::style::{Color, RGBColor};
use std::ops::Range;

/// A day ahead, as the plan would have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    pub date: Date,
    /// Points; 100 = one hour at threshold.
    pub load: f64,
    /// Fitness at the end of the day, points.
    pub fitness: f64,
    /// Fatigue at the end of the day, points.
    pub fatigue: f64,
    /// Form in percent of fitness, in the morning.
    pub form_relative: f64,
    /// A recovery run is planned.
    pub recovery: bool,
}

/// What the chart shows.
#[derive(Clone, Copy, Debug)]
pub struct Fitness<'a> {
    /// In the order of their dates.
    pub days: &'a [Day],
    pub today: Date,
    /// Days with a recovery run.
    pub recovery: &'a [Date],
    /// Days with a run meant for recovery and run too hard.
    pub too_hard: &'a [Date],
    /// The days after the last of `days`, in order.
    pub projection: &'a [Projection],
}

/// Upper ends of the zones of relative form, percent, and their words (methods §4.1).
const ZONES: [(f64, &str); 5] =
    [(-30.0, "overload"), (-10.0, "productive"), (5.0, "neutral"), (25.0, "fresh"), (f64::INFINITY, "transition")];
/// Form is drawn at least and at most this far, percent; past it lie only the first weeks and long breaks.
const FORM_AT_LEAST: (f64, f64) = (-40.0, 32.0);
const FORM_AT_MOST: (f64, f64) = (-80.0, 60.0);
/// With fewer days the picture begins before the first.
const LEAST_DAYS: f64 = 14.0;
/// From this many days on bars and lines show the means of seven days.
const WEEKLY_FROM_DAYS: f64 = 500.0;
/// Bars of load reach up to this share of the panel, so that the lines stay clear.
const LOAD_SHARE: f64 = 0.6;
const UPPER_PX: f64 = 200.0;
const LANE_PX: f64 = 26.0;
const LOWER_PX: f64 = 150.0;

/// One day of the chart, measured or projected; what cannot be drawn is `None`.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    load: Option<f64>,
    fitness: Option<f64>,
    fatigue: Option<f64>,
    form: Option<f64>,
}

/// The chart with its scales found.
struct Plot {
    day_zero: Date,
    last_day: Date,
    past: Vec<Point>,
    ahead: Vec<Point>,
    x: Range<f64>,
    /// Each point of `past` is the mean of seven days.
    weekly: bool,
    upper_top: f64,
    load_steps: Steps,
    load_top: f64,
    form: Range<f64>,
}

/// Where everything lies, px.
struct Layout {
    size: (f64, f64),
    legend: Legend,
    upper: Place,
    lane: Place,
    lower: Place,
}

impl Fitness<'_> {
    /// The chart as SVG, `width_px` pixels wide (at least 320).
    pub fn svg(&self, width_px: u32) -> String {
        let width = f64::from(width_px.clamp(320, 4000));
        let plot = Plot::new(self);
        let layout = Layout::new(width, Legend::rows(self.legend(&plot), width - 24.0));
        let caption = Caption {
            id: format!("fitness-{width_px}"),
            title: "Fitness, fatigue and form",
            description: self.description(&plot),
        };
        draw(layout.size, &caption, |canvas| self.paint(canvas, &plot, &layout))
    }

    fn description(&self, plot: &Plot) -> String {
        let Some(day) = self.days.last() else { return "There are no days to show yet.".to_owned() };
        let ahead = if self.projection.is_empty() { "" } else { " The planned days follow, dashed." };
        format!(
            "Daily from {} to {} ({} to {}). {}. Recovery runs: {}; run too hard for recovery: {}.{ahead}",
            full_date(plot.day_zero.max(self.days.first().map_or(day.date, |d| d.date))),
            full_date(day.date),
            self.days.first().map_or(day.date, |d| d.date),
            day.date,
            state(day),
            self.recovery.len(),
            self.too_hard.len(),
        )
    }

    fn legend(&self, plot: &Plot) -> Vec<Entry> {
        let green = palette::of(Label::Recovery);
        let mut entries = vec![
            Entry::new(Sign::Line(FITNESS, 2.4), "Fitness (42-day load)"),
            Entry::new(Sign::Line(FATIGUE, 1.6), "Fatigue (7-day load)"),
            Entry::new(Sign::Line(FORM, 2.0), "Form (fitness − fatigue)"),
            Entry::new(Sign::Block(LOAD), if plot.weekly { "Daily load (mean of a week)" } else { "Daily load" }),
        ];
        let mut add = |wanted: bool, sign, text| {
            if wanted {
                entries.push(Entry::new(sign, text));
            }
        };
        add(!self.recovery.is_empty(), Sign::Dot(green), "Recovery run");
        add(!self.too_hard.is_empty(), Sign::Triangle(palette::of(Label::RecoveryTooHard)), "Recovery run, too hard");
        add(!self.projection.is_empty(), Sign::Dashes(SOFT_INK), "Planned");
        add(self.projection.iter().any(|p| p.recovery), Sign::Ring(green), "Recovery run planned");
        entries
    }

    fn paint(&self, canvas: &Canvas, plot: &Plot, layout: &Layout) -> Drawn {
        canvas.words(12.0, 20.0, Words::title("Fitness, fatigue and form"))?;
        layout.legend.draw(canvas, 12.0, 36.0)?;
        let upper = canvas.panel(layout.upper, plot.x.clone(), 0.0..plot.upper_top);
        let load = canvas.panel(layout.upper, plot.x.clone(), 0.0..plot.load_top / LOAD_SHARE);
        let lower = canvas.panel(layout.lower, plot.x.clone(), plot.form.clone());
        plot.paint_upper(canvas, &upper, &load, layout.upper)?;
        plot.paint_lower(canvas, &lower, layout.lower)?;
        self.paint_warming_up(canvas, plot, [&upper, &lower])?;
        self.paint_lane(canvas, plot, &upper, layout.lane)?;
        self.paint_today(canvas, plot, layout, &upper)?;
        let ticks = date_ticks(plot.day_zero, plot.last_day, layout.lower.width());
        canvas.date_axis(&lower, plot.day_zero, &ticks)
    }

    /// Greys the days on which fitness still grows from nothing.
    fn paint_warming_up(&self, canvas: &Canvas, plot: &Plot, panels: [&Panel; 2]) -> Drawn {
        let Some(last) = self.days.iter().take_while(|d| d.warming_up).last() else { return Ok(()) };
        let end = plot.x_of(last.date) + 0.5;
        for panel in panels {
            let y = panel.get_y_range();
            panel.draw(&Rectangle::new([(plot.x.start, y.start), (end, y.end)], PAPER.mix(0.65).filled()))?;
        }
        let [upper, _] = panels;
        let (left, top) = pixel(upper, plot.x.start, upper.get_y_range().end);
        let right = pixel(upper, end, 0.0).0;
        let words = if right - left > 150.0 { "first 42 days, settling" } else { "settling" };
        if text_width(words, SMALL) + 8.0 > right - left {
            return Ok(());
        }
        canvas.words((left + right) / 2.0, top + 10.0, Words::small(words).centred())
    }

    fn paint_lane(&self, canvas: &Canvas, plot: &Plot, panel: &Panel, lane: Place) -> Drawn {
        let y = (lane.top + lane.bottom) / 2.0;
        let radius = (plot.px_per_day(lane) * 0.42).clamp(1.8, 4.5);
        let inside = |date: &&Date| (plot.x.start..plot.x.end).contains(&plot.x_of(**date));
        // Where the marks of a long history would cover each other, those of too hard runs get a row of their own.
        let apart = if plot.weekly { 5.0 } else { 0.0 };
        let at = |date: &Date, dy: f64| (pixel(panel, plot.x_of(*date), 0.0).0, y + dy);
        canvas.line((lane.left, y), (lane.right, y), stroke(palette::GRID, 1.0))?;
        for date in self.recovery.iter().filter(inside) {
            canvas.dot(at(date, -apart), radius, palette::of(Label::Recovery))?;
        }
        for date in self.too_hard.iter().filter(inside) {
            canvas.triangle(at(date, apart), radius * 1.15, palette::of(Label::RecoveryTooHard))?;
        }
        let planned = self.projection.iter().filter(|p| p.recovery).map(|p| &p.date);
        for date in planned.filter(inside) {
            canvas.ring(at(date, -apart), radius * 0.9, palette::of(Label::Recovery))?;
        }
        Ok(())
    }

    fn paint_today(&self, canvas: &Canvas, plot: &Plot, layout: &Layout, upper: &Panel) -> Drawn {
        let x = plot.x_of(self.today);
        if !plot.x.contains(&x) {
            return Ok(());
        }
        let at = pixel(upper, x, 0.0).0;
        for Place { top, bottom, .. } in [layout.upper, layout.lower] {
            canvas.line((at, top), (at, bottom), stroke(SOFT_INK, 1.0))?;
        }
        let words = Words::small("today");
        if at + text_width("today", SMALL) + 6.0 > layout.upper.right {
            canvas.words(at - 5.0, layout.upper.top + 9.0, words.ending())
        } else {
            canvas.words(at + 5.0, layout.upper.top + 9.0, words)
        }
    }
}

/// `Fitness 43, fatigue 51, form −18 % (productive)`.
fn state(day: &Day) -> String {
    let number = |value: f64| drawable(value).map_or("unknown".to_owned(), |v| Steps { step: 1.0 }.label(v.round()));
    let zone = drawable(day.form_relative).map_or("", zone);
    format!(
        "Fitness {}, fatigue {}, form {} % of fitness ({zone})",
        number(day.fitness),
        number(day.fatigue),
        number(day.form_relative)
    )
}

/// The word for a relative form, percent.
fn zone(form_relative: f64) -> &'static str {
    let below = |&&(end, word): &&(f64, &str)| match word {
        "overload" | "productive" => form_relative < end,
        _ => form_relative <= end,
    };
    ZONES.iter().find(below).map_or("", |(_, word)| word)
}

impl Plot {
    fn new(chart: &Fitness) -> Plot {
        let dates = || chart.days.iter().map(|d| d.date).chain(chart.projection.iter().map(|p| p.date));
        let first = dates().min().unwrap_or(chart.today).min(chart.today);
        let last_day = dates().max().unwrap_or(chart.today).max(chart.today);
        let missing = (LEAST_DAYS - 1.0 - days_between(first, last_day)).max(0.0);
        let day_zero = first.checked_sub(jiff::SignedDuration::from_hours(24 * missing as i64)).unwrap_or(first);
        let x = -0.5..days_between(day_zero, last_day) + 0.5;
        let weekly = x.end - x.start > WEEKLY_FROM_DAYS;
        let days: Vec<Point> = chart.days.iter().map(|d| Point::of_day(day_zero, d)).collect();
        let past: Vec<Point> = days.chunks(if weekly { 7 } else { 1 }).filter_map(Point::mean).collect();
        let ahead: Vec<Point> = chart.projection.iter().map(|p| Point::of_projection(day_zero, p)).collect();
        let all = || past.iter().chain(&ahead);
        let most = |value: fn(&Point) -> Option<f64>| all().filter_map(value).fold(10.0, f64::max);
        let highest = most(|p| p.fitness).max(most(|p| p.fatigue)) * 1.08;
        let mut plot = Plot {
            day_zero,
            last_day,
            x,
            weekly,
            upper_top: Steps::over(highest, 6.0).above(highest),
            load_steps: Steps { step: 1.0 },
            load_top: 1.0,
            form: form_range(all().filter_map(|p| p.form)),
            past,
            ahead,
        };
        let heaviest = plot.bars().chain(plot.planned_bars()).map(|(_, load)| load).fold(10.0, f64::max);
        plot.load_steps = Steps::over(heaviest, 3.0);
        plot.load_top = plot.load_steps.above(heaviest);
        plot
    }

    fn x_of(&self, date: Date) -> f64 {
        days_between(self.day_zero, date)
    }

    fn px_per_day(&self, place: Place) -> f64 {
        place.width() / (self.x.end - self.x.start)
    }

    /// Middles and heights of the bars of load.
    fn bars(&self) -> impl Iterator<Item = (f64, f64)> {
        self.past.iter().filter_map(|p| Some((p.x, p.load?.max(0.0))))
    }

    fn planned_bars(&self) -> impl Iterator<Item = (f64, f64)> {
        let wanted = !self.weekly;
        self.ahead.iter().filter(move |_| wanted).filter_map(|p| Some((p.x, p.load?.max(0.0))))
    }

    fn paint_upper(&self, canvas: &Canvas, panel: &Panel, load: &Panel, place: Place) -> Drawn {
        let steps = Steps::over(self.upper_top, 6.0);
        canvas.left_axis(panel, steps)?;
        canvas.words(12.0, place.top - 14.0, Words::small("Fitness and fatigue, points a day"))?;
        let title = Words::small("Load, points").ending();
        canvas.words(place.right + 66.0, place.top - 14.0, title)?;
        let days = if self.weekly { 7.0 } else { 1.0 };
        // A gap between bars where there is room for one; never wider than a thin bar.
        let half = (days * 0.36f64).max(days / 2.0 - 0.5 / self.px_per_day(place)).min(7.0 / self.px_per_day(place));
        let bar = |(x, height): (f64, f64), colour: RGBColor| {
            load.draw(&Rectangle::new([(x - half, 0.0), (x + half, height)], colour.filled()))
        };
        self.bars().filter(|b| b.1 > 0.0).try_for_each(|b| bar(b, LOAD))?;
        self.planned_bars().filter(|b| b.1 > 0.0).try_for_each(|b| bar(b, PLANNED_LOAD))?;
        for value in self.load_steps.between(0.0, self.load_top) {
            let (right, y) = pixel(load, self.x.end, value);
            canvas.line((right, y), (right + 4.0, y), stroke(SOFT_INK, 1.0))?;
            canvas.words(right + 8.0, y, Words::small(&self.load_steps.label(value)))?;
        }
        let bottom = [(self.x.start, 0.0), (self.x.end, 0.0)];
        panel.draw(&PathElement::new(bottom.to_vec(), stroke(SOFT_INK, 1.0)))?;
        self.series(panel, |p| p.fatigue, FATIGUE, 1.6)?;
        self.series(panel, |p| p.fitness, FITNESS, 2.4)
    }

    fn paint_lower(&self, canvas: &Canvas, panel: &Panel, place: Place) -> Drawn {
        canvas.words(12.0, place.top - 12.0, Words::small("Form, % of fitness"))?;
        let mut low = self.form.start;
        for ((end, word), colour) in ZONES.into_iter().zip(palette::ZONES) {
            let high = end.min(self.form.end);
            panel.draw(&Rectangle::new([(self.x.start, low), (self.x.end, high)], colour.filled()))?;
            let (right, middle) = pixel(panel, self.x.end, (low + high) / 2.0);
            canvas.words(right + 8.0, middle, Words::small(word))?;
            low = high;
        }
        for (value, label) in self.form_labels() {
            let (left, y) = pixel(panel, self.x.start, value);
            canvas.words(left - 7.0, y, Words::small(&label).ending())?;
        }
        panel.draw(&PathElement::new(vec![(self.x.start, 0.0), (self.x.end, 0.0)], stroke(SOFT_INK, 0.6)))?;
        let range = self.form.clone();
        self.series(panel, move |p| p.form.map(|f| f.clamp(range.start, range.end)), FORM, 2.0)
    }

    /// The ends of the zones, and the ends of the panel where a line would leave it.
    fn form_labels(&self) -> Vec<(f64, String)> {
        let whole = |value: f64| Steps { step: 1.0 }.label(value);
        let all = || self.past.iter().chain(&self.ahead).filter_map(|p| p.form);
        let ends = [-30.0, -10.0, 5.0, 25.0];
        let mut labels: Vec<_> = ends.into_iter().map(|v| (v, whole(v))).collect();
        let room = |value: f64| ends.iter().all(|e| (value - e).abs() > 13.0);
        for (value, beyond) in [
            (self.form.start, all().any(|f| f < self.form.start).then_some('≤')),
            (self.form.end, all().any(|f| f > self.form.end).then_some('≥')),
        ] {
            if room(value) || beyond.is_some() {
                labels.push((value, beyond.map(String::from).unwrap_or_default() + &whole(value)));
            }
        }
        labels
    }

    /// A line through the past, dashed through the days ahead.
    fn series(&self, panel: &Panel, value: impl Fn(&Point) -> Option<f64>, colour: RGBColor, width: f64) -> Drawn {
        let point = |p: &Point| Some((p.x, value(p)?));
        let past: Vec<_> = self.past.iter().filter_map(point).collect();
        let ahead: Vec<_> = past.last().copied().into_iter().chain(self.ahead.iter().filter_map(point)).collect();
        if let [(x, y)] = past[..] {
            panel.draw(&PathElement::new(vec![(x - 0.4, y), (x + 0.4, y)], stroke(colour, width)))?;
        }
        if ahead.len() > 1 {
            panel.draw(&DashedPathElement::new(ahead, 55, 35, stroke(colour, width)))?;
        }
        panel.draw(&PathElement::new(past, stroke(colour, width)))
    }
}

impl Point {
    /// The point in the middle of some days, with the means of what can be drawn.
    fn mean(days: &[Point]) -> Option<Point> {
        let mean = |value: fn(&Point) -> Option<f64>| {
            let (sum, n) = days.iter().filter_map(value).fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
            (n > 0.0).then(|| sum / n)
        };
        Some(Point {
            x: (days.first()?.x + days.last()?.x) / 2.0,
            load: mean(|p| p.load),
            fitness: mean(|p| p.fitness),
            fatigue: mean(|p| p.fatigue),
            form: mean(|p| p.form),
        })
    }

    fn of_day(day_zero: Date, day: &Day) -> Point {
        Point {
            x: days_between(day_zero, day.date),
            load: drawable(day.load),
            fitness: drawable(day.fitness),
            fatigue: drawable(day.fatigue),
            form: drawable(day.form_relative),
        }
    }

    fn of_projection(day_zero: Date, day: &Projection) -> Point {
        Point {
            x: days_between(day_zero, day.date),
            load: drawable(day.load),
            fitness: drawable(day.fitness),
            fatigue: drawable(day.fatigue),
            form: drawable(day.form_relative),
        }
    }
}

/// The range of form that holds all values, within reason.
fn form_range(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (low, high) = values.fold(FORM_AT_LEAST, |(low, high), v| (low.min(v - 3.0), high.max(v + 3.0)));
    low.max(FORM_AT_MOST.0)..high.min(FORM_AT_MOST.1)
}

impl Layout {
    fn new(width: f64, legend: Legend) -> Layout {
        let (left, right) = (48.0, width - 78.0);
        let upper_top = 36.0 + legend.height + 30.0;
        let place = |top: f64, height: f64| Place { left, top, right, bottom: top + height };
        let upper = place(upper_top, UPPER_PX);
        let lane = place(upper.bottom + 2.0, LANE_PX);
        let lower = place(lane.bottom + 22.0, LOWER_PX);
        Layout { size: (width, lower.bottom + 40.0), legend, upper, lane, lower }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_svg, texts};
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    const MONDAY: Date = date(2025, 3, 3);

    fn day(index: usize, load: f64) -> Day {
        Day {
            date: MONDAY.saturating_add((index as i64).days()),
            load,
            fitness: load * 0.8,
            fatigue: load * 0.9,
            form: -load * 0.1,
            form_relative: -12.5,
            ramp: None,
            monotony: None,
            strain: None,
            warming_up: false,
        }
    }

    fn days(n: usize) -> Vec<Day> {
        (0..n).map(|i| day(i, (i % 7) as f64 * 12.0)).collect()
    }

    fn ahead(days: &[Day]) -> Vec<Projection> {
        let date = |i: i64| days[days.len() - 1].date.saturating_add(i.days());
        let projection = |i| Projection {
            date: date(i),
            load: 30.0,
            fitness: 40.0,
            fatigue: 35.0,
            form_relative: 12.5,
            recovery: i == 2,
        };
        (1..=14).map(projection).collect()
    }

    fn chart(days: &[Day]) -> Fitness<'_> {
        let today = days.last().map_or(MONDAY, |d| d.date);
        Fitness { days, today, recovery: &[], too_hard: &[], projection: &[] }
    }

    #[test]
    fn draws_any_length_of_history() {
        for n in [0, 1, 14, 112, 3650] {
            let days = days(n);
            for width in [320, 440, 900] {
                check_svg(&chart(&days).svg(width), width);
            }
        }
    }

    #[test]
    fn draws_what_no_season_should_hold() {
        check_svg(&chart(&[day(0, 0.0), day(1, 0.0)]).svg(900), 900);
        for load in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, -5.0] {
            let mut odd = day(1, load);
            odd.form_relative = load;
            let days = [day(0, 40.0), odd, day(2, load), Day { date: Date::MAX, ..day(3, load) }];
            check_svg(&chart(&days).svg(900), 900);
            check_svg(&Fitness { today: Date::MIN, ..chart(&days[1..2]) }.svg(900), 900);
        }
    }

    #[test]
    fn the_same_days_give_the_same_bytes() {
        let days = days(112);
        let projection = ahead(&days);
        let chart = Fitness { projection: &projection, recovery: &[MONDAY], ..chart(&days) };
        assert_eq!(chart.svg(900), chart.svg(900));
        assert_eq!(super::super::png(&chart.svg(900), 1.0), super::super::png(&chart.svg(900), 1.0));
    }

    #[test]
    fn the_legend_names_what_is_there() {
        let days = days(28);
        let plain = texts(&chart(&days).svg(900));
        for word in
            ["Fitness (42-day load)", "Fatigue (7-day load)", "Form (fitness − fatigue)", "today", "3 Mar", "2025"]
        {
            assert!(plain.iter().any(|t| t == word), "{word}: {plain:?}");
        }
        assert!(!plain.iter().any(|t| t.contains("Recovery run") || t == "Planned"), "{plain:?}");

        let projection = ahead(&days);
        let full = Fitness { recovery: &[MONDAY], too_hard: &[days[3].date], projection: &projection, ..chart(&days) };
        let full = texts(&full.svg(900));
        for word in ["Recovery run", "Recovery run, too hard", "Planned", "Recovery run planned"] {
            assert!(full.iter().any(|t| t == word), "{word}: {full:?}");
        }
    }

    #[test]
    fn marks_lie_on_their_days_and_no_others_are_drawn() {
        let days = days(28);
        let outside = date(2031, 1, 1);
        let circles = |recovery: &[Date]| Fitness { recovery, ..chart(&days) }.svg(900).matches("<circle").count();
        // One of them is the legend's.
        assert_eq!(circles(&[MONDAY, days[7].date]), 3);
        assert_eq!(circles(&[MONDAY, outside]), 2);
    }

    #[test]
    fn the_first_weeks_of_a_long_history_are_greyed() {
        let mut days = days(120);
        days.iter_mut().take(42).for_each(|d| d.warming_up = true);
        assert!(texts(&chart(&days).svg(900)).contains(&"first 42 days, settling".to_owned()));
    }

    #[test]
    fn form_beyond_the_panel_is_said_to_be_beyond() {
        let low = Day { form_relative: -250.0, ..day(0, 90.0) };
        assert!(texts(&chart(&[low]).svg(900)).contains(&"≤−80".to_owned()));
        assert!(!texts(&chart(&days(14)).svg(900)).iter().any(|t| t.contains('≤')));
    }

    #[test]
    fn says_in_words_what_it_shows() {
        let svg = chart(&days(5)).svg(900);
        assert!(
            svg.contains(
                "Daily from 3 Mar 2025 to 7 Mar 2025 (2025-03-03 to 2025-03-07). \
                          Fitness 38, fatigue 43, form −13 % of fitness (productive)."
            ),
            "{}",
            &svg[..900]
        );
    }

    #[test]
    fn zones_have_their_bounds() {
        let cases = [(-30.1, "overload"), (-30.0, "productive"), (-10.0, "neutral"), (5.0, "neutral")];
        let more = [(5.1, "fresh"), (25.0, "fresh"), (25.1, "transition")];
        for (form, word) in cases.into_iter().chain(more) {
            assert_eq!(zone(form), word, "{form}");
        }
    }
}
