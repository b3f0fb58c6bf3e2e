//! What several charts share: one measure of each run over the dates, with the lines it is held against.

use super::axis::{Mile, Steps, date_ticks, day_number};
use super::canvas::{Frame, PlotArea, Reads, SMALL, Words, draw, spread, text_width};
use super::legend::{Legend, LegendEntry};
use super::palette::Tone;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// With a shorter history the picture begins before the first day.
const LEAST_DAYS: i64 = 28;

/// A measure over the dates.
pub(super) struct OverTime<'t> {
    /// Above the numbers at the left.
    pub unit: &'t str,
    pub dots: Vec<Dot>,
    pub curves: Vec<Curve>,
    /// Values with a line across and a few words at its right end.
    pub levels: Vec<(f64, &'t str, Tone)>,
    /// Values to be shown at least.
    pub y: Range<f64>,
    /// Up to which day the dates go.
    pub last: Date,
    pub legend: Vec<LegendEntry>,
    /// Shown where there is nothing.
    pub nothing: &'t str,
}

#[derive(Clone, Copy)]
pub(super) struct Dot {
    pub date: Date,
    pub value: f64,
    pub tone: Tone,
    /// A triangle, so that colour is not needed.
    pub is_beyond: bool,
}

pub(super) struct Curve {
    pub points: Vec<(Date, f64)>,
    pub tone: Tone,
    pub width: f64,
    pub name: &'static str,
}

/// The day at x = 0 of a chart over these days.
pub(super) fn day_zero(dates: impl Iterator<Item = Date>, last: Date) -> Date {
    dates.min().unwrap_or(last).min(last.saturating_sub((LEAST_DAYS - 1).days()))
}

impl OverTime<'_> {
    fn dates(&self) -> impl Iterator<Item = Date> {
        self.dots.iter().map(|d| d.date).chain(self.curves.iter().flat_map(|c| c.points.iter().map(|p| p.0)))
    }

    pub fn draw(mut self, width: f64, description: &str) -> String {
        let legend = Legend::rows(std::mem::take(&mut self.legend), width - 16.0);
        let day_zero = day_zero(self.dates(), self.last);
        let words = self.levels.iter().map(|l| l.1).chain(self.curves.iter().map(|c| c.name));
        let widest = words.map(|w| text_width(w, SMALL)).fold(0.0, f64::max);
        let top = legend.height + 30.0;
        let place = PlotArea { left: 44.0, top, right: width - widest - 16.0, bottom: top + 180.0 };
        let values =
            self.dots.iter().map(|d| d.value).chain(self.curves.iter().flat_map(|c| c.points.iter().map(|p| p.1)));
        let (low, high) = values.fold((self.y.start, self.y.end), |(low, high), v| (low.min(v), high.max(v)));
        let steps = Steps::over(high - low, 5.0);
        let y = (low / steps.step).floor() * steps.step..steps.above(high);
        let x = -1.0..day_number(day_zero, self.last) + 1.0;
        let frame = Frame {
            width,
            height: place.bottom + 38.0,
            description: description.to_owned(),
            reads: Some(Reads { place, x: x.clone(), y: Some(y.clone()), day_zero: Some(day_zero) }),
        };
        draw(&frame, |canvas| {
            legend.draw(canvas, 8.0, 2.0);
            canvas.words(8.0, place.top - 14.0, Words::small(self.unit));
            let panel = canvas.panel(place, x, y);
            if self.unit == "km" {
                canvas.in_both_units(|unit| {
                    let km = unit.metres() / Mile::Metric.metres();
                    panel.left_axis_by(Steps::over((panel.y.end - panel.y.start) / km, 5.0), km);
                });
            } else {
                panel.left_axis(steps);
            }
            for (value, _, tone) in &self.levels {
                panel.level(*value, *tone, 1.4);
            }
            let radius = (place.width() / self.dots.len().max(1) as f64 * 0.5).clamp(2.2, 4.0);
            for dot in &self.dots {
                let at = panel.px((day_number(day_zero, dot.date), dot.value));
                if dot.is_beyond {
                    canvas.triangle(at, radius * 1.15, dot.tone);
                } else {
                    canvas.glass(at, radius, dot.tone, 0.85);
                }
            }
            for curve in &self.curves {
                let points: Vec<_> = curve.points.iter().map(|(d, v)| (day_number(day_zero, *d), *v)).collect();
                panel.curve(&points, curve.tone, curve.width);
            }
            self.paint_words(canvas, &panel);
            if self.dots.is_empty() && self.curves.iter().all(|c| c.points.is_empty()) {
                let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
                canvas.words_on_paper(x, y, Words::small(self.nothing).centred());
            }
            panel.date_axis(day_zero, &date_ticks(day_zero, self.last, place.width()));
        })
    }

    /// Names of lines and levels at the right, none on another.
    fn paint_words(&self, canvas: &super::canvas::Canvas, panel: &super::canvas::Panel) {
        let ends = self.curves.iter().filter_map(|c| Some((c.points.last()?.1, c.name, c.tone)));
        let all: Vec<_> = self.levels.iter().copied().chain(ends).filter(|(_, words, _)| !words.is_empty()).collect();
        let wanted: Vec<f64> = all.iter().map(|(value, ..)| panel.px_y(*value)).collect();
        let heights = spread(&wanted, 13.0, (panel.place.top, panel.place.bottom - 2.0));
        for ((_, words, tone), y) in all.iter().zip(heights) {
            canvas.words(panel.place.right + 6.0, y, Words::small(words).toned(*tone));
        }
    }
}
