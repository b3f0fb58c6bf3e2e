//! The days as points, the scales that hold them, and the two panels drawn with them.

use super::super::axis::{Steps, day_number, drawable};
use super::super::canvas::{Canvas, Drawn, Panel, Place, Words, pixel, stroke};
use super::super::palette::{self, FATIGUE, FITNESS, FORM, LOAD, PLANNED_LOAD, SOFT_INK};
use super::{FitnessChart, Projection};
use crate::physiology::training::FormZone;
use crate::season::Day;
use jiff::ToSpan;
use jiff::civil::Date;
use plotters::element::{DashedPathElement, PathElement, Rectangle};
use plotters::style::{Color, RGBColor};
use std::ops::Range;

/// Where one zone of relative form ends and the next begins, percent (methods §4.1, as in [`FormZone::of`]).
const ZONE_ENDS: [f64; 4] = [-30.0, -10.0, 5.0, 25.0];
/// Form is drawn at least and at most this far, percent; past it lie only the first weeks and long breaks.
const FORM_AT_LEAST: (f64, f64) = (-40.0, 32.0);
const FORM_AT_MOST: (f64, f64) = (-80.0, 60.0);
/// With fewer days the picture begins before the first.
const LEAST_DAYS: i64 = 14;
/// From this many days on bars and lines show the means of seven days.
const WEEKLY_FROM_DAYS: f64 = 500.0;
/// Bars of load reach up to this share of the panel, so that the lines stay clear.
const LOAD_SHARE: f64 = 0.6;

/// One day of the chart, measured or projected; what cannot be drawn is `None`.
#[derive(Clone, Copy)]
pub(super) struct Point {
    x: f64,
    load: Option<f64>,
    fitness: Option<f64>,
    fatigue: Option<f64>,
    form: Option<f64>,
    /// False while fitness still grows from nothing and form means little.
    settled: bool,
}

/// The chart with its scales found.
pub(super) struct Plot {
    pub day_zero: Date,
    pub last_day: Date,
    past: Vec<Point>,
    ahead: Vec<Point>,
    pub x: Range<f64>,
    /// Each point of `past` is the mean of seven days.
    pub weekly: bool,
    upper_top: f64,
    load_steps: Steps,
    load_top: f64,
    form: Range<f64>,
}

impl Plot {
    pub fn new(chart: &FitnessChart) -> Plot {
        let dates = || chart.days.iter().map(|d| d.date).chain(chart.projection.iter().map(|p| p.date));
        let first = dates().min().unwrap_or(chart.today).min(chart.today);
        let last_day = dates().max().unwrap_or(chart.today).max(chart.today);
        let day_zero = first.min(last_day.saturating_sub((LEAST_DAYS - 1).days()));
        let x = -0.5..day_number(day_zero, last_day) + 0.5;
        let weekly = x.end - x.start > WEEKLY_FROM_DAYS;
        // A day that is still planned is not yet over.
        let planned = chart.projection.first().map_or(Date::MAX, |p| p.date);
        let over = chart.days.iter().take_while(|d| d.date < planned || chart.projection.is_empty());
        let days: Vec<Point> = over.map(|d| Point::of_day(day_zero, d)).collect();
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
            form: form_range(all().filter(|p| p.settled).filter_map(|p| p.form)),
            past,
            ahead,
        };
        let heaviest = plot.bars().chain(plot.planned_bars()).map(|(_, load)| load).fold(10.0, f64::max);
        plot.load_steps = Steps::over(heaviest, 3.0);
        plot.load_top = plot.load_steps.above(heaviest);
        plot
    }

    pub fn upper_panel<'a>(&self, canvas: &Canvas<'a>, place: Place) -> Panel<'a> {
        canvas.panel(place, self.x.clone(), 0.0..self.upper_top)
    }

    pub fn lower_panel<'a>(&self, canvas: &Canvas<'a>, place: Place) -> Panel<'a> {
        canvas.panel(place, self.x.clone(), self.form.clone())
    }

    pub fn x_of(&self, date: Date) -> f64 {
        day_number(self.day_zero, date)
    }

    pub fn px_per_day(&self, place: Place) -> f64 {
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

    /// Fitness and fatigue over the bars of load.
    pub fn paint_upper(&self, canvas: &Canvas, panel: &Panel, place: Place) -> Drawn {
        let steps = Steps::over(self.upper_top, 6.0);
        canvas.left_axis(panel, steps)?;
        canvas.words(12.0, place.top - 14.0, Words::small("Fitness and fatigue, points a day"))?;
        self.paint_load(canvas, place)?;
        let bottom = [(self.x.start, 0.0), (self.x.end, 0.0)];
        panel.draw(&PathElement::new(bottom.to_vec(), stroke(SOFT_INK, 1.0)))?;
        self.series(panel, |p| p.fatigue, FATIGUE, 1.6)?;
        self.series(panel, |p| p.fitness, FITNESS, 2.4)
    }

    /// Bars on a scale of their own, at the right.
    fn paint_load(&self, canvas: &Canvas, place: Place) -> Drawn {
        let load = canvas.panel(place, self.x.clone(), 0.0..self.load_top / LOAD_SHARE);
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
            let (right, y) = pixel(&load, self.x.end, value);
            canvas.line((right, y), (right + 4.0, y), stroke(SOFT_INK, 1.0))?;
            canvas.words(right + 8.0, y, Words::small(&self.load_steps.label(value)))?;
        }
        Ok(())
    }

    /// Form over its zones.
    pub fn paint_lower(&self, canvas: &Canvas, panel: &Panel, place: Place) -> Drawn {
        canvas.words(12.0, place.top - 12.0, Words::small("Form, % of fitness"))?;
        let mut low = self.form.start;
        for (high, colour) in ZONE_ENDS.into_iter().chain([self.form.end]).zip(palette::ZONES) {
            panel.draw(&Rectangle::new([(self.x.start, low), (self.x.end, high)], colour.filled()))?;
            let (right, middle) = pixel(panel, self.x.end, (low + high) / 2.0);
            let zone = FormZone::of((low + high) / 2.0).to_string();
            canvas.words(right + 8.0, middle, Words::small(&zone))?;
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
        let all = || self.past.iter().chain(&self.ahead).filter(|p| p.settled).filter_map(|p| p.form);
        let mut labels: Vec<_> = ZONE_ENDS.into_iter().map(|v| (v, whole(v))).collect();
        let room = |value: f64| ZONE_ENDS.iter().all(|e| (value - e).abs() > 13.0);
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
            settled: days.iter().all(|p| p.settled),
        })
    }

    fn of_day(day_zero: Date, day: &Day) -> Point {
        Point {
            x: day_number(day_zero, day.date),
            load: drawable(day.load),
            fitness: drawable(day.fitness),
            fatigue: drawable(day.fatigue),
            form: drawable(day.form_relative),
            settled: !day.warming_up,
        }
    }

    fn of_projection(day_zero: Date, day: &Projection) -> Point {
        Point {
            x: day_number(day_zero, day.date),
            load: drawable(day.load),
            fitness: drawable(day.fitness),
            fatigue: drawable(day.fatigue),
            form: drawable(day.form_relative),
            settled: true,
        }
    }
}

/// The range of form that holds all values, within reason.
fn form_range(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (low, high) = values.fold(FORM_AT_LEAST, |(low, high), v| (low.min(v - 3.0), high.max(v + 3.0)));
    low.max(FORM_AT_MOST.0)..high.min(FORM_AT_MOST.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_are_the_zones() {
        for end in ZONE_ENDS {
            assert_ne!(FormZone::of(end - 0.01), FormZone::of(end + 0.01), "{end}");
        }
        assert!(FORM_AT_LEAST.0 < ZONE_ENDS[0] && ZONE_ENDS[3] < FORM_AT_LEAST.1);
    }

    #[test]
    fn means_leave_out_what_is_missing() {
        let point =
            |x: f64, load: Option<f64>| Point { x, load, fitness: None, fatigue: None, form: Some(x), settled: true };
        let mean = Point::mean(&[point(0.0, Some(10.0)), point(1.0, None), point(2.0, Some(30.0))]).unwrap();
        assert_eq!((mean.x, mean.load, mean.fitness, mean.form), (1.0, Some(20.0), None, Some(1.0)));
    }
}
