//! The drawing surface: plotters writing SVG into a string, with its text, axes and the frame around it.
//!
//! plotters' coordinates are integers. So that a line may lie between two pixels, everything is drawn ten times as
//! large, and the first tag says that it is to be shown small. Writing into a string cannot fail, so nothing here does.

use super::axis::{DateTick, Mile, Steps, day_number, pace_of, pace_steps};
use super::compact::{END_MARK, KM_MARK, MILE_MARK, PACE_MARK, compact};
use super::palette::Tone;
use jiff::civil::Date;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, register_font};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Once;

/// Units of the drawing for each pixel of the picture.
const FINE: f64 = 10.0;
/// What browsers and the PNG painter look for: the font inside the program, one of the same widths, any.
const FONT: &str = "DejaVu Sans, Verdana, sans-serif";
/// plotters divides the size it is given by this before it writes it into the SVG.
const SIZE_PER_EM: f64 = 1.24;
/// Ascent and descent of DejaVu Sans together, em: what plotters' measuring takes for the size of a font.
const HEIGHT_PER_EM: f64 = 1.164;

/// Sizes of text, px.
pub(super) const BODY: f64 = 12.0;
pub(super) const SMALL: f64 = 11.0;
pub(super) const TINY: f64 = 9.5;

/// Where something lies, px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlotArea {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl PlotArea {
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Moved in by so much on every side.
    pub fn shrunk(self, by: f64) -> PlotArea {
        PlotArea { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }
}

/// What the picture is, for those who hear it read and for the page's pointer.
pub(super) struct Frame {
    pub width: f64,
    pub height: f64,
    /// Title and takeaway.
    pub description: String,
    /// The panel whose values a pointer can read, with its ranges.
    pub reads: Option<Reads>,
}

/// How a place in the picture becomes a value.
pub(super) struct Reads {
    pub place: PlotArea,
    pub x: Range<f64>,
    /// Where only x counts, `None`.
    pub y: Option<Range<f64>>,
    /// The day at x = 0, where x counts days.
    pub day_zero: Option<Date>,
}

pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Pixels as units of the drawing.
fn fine(px: f64) -> i32 {
    (px * FINE).round() as i32
}

/// A line `width_px` wide.
fn stroke(tone: Tone, width_px: f64) -> ShapeStyle {
    RGBColor::from(tone).stroke_width(fine(width_px).unsigned_abs())
}

/// Width of a text in the embedded font, px.
pub(super) fn text_width(text: &str, size_px: f64) -> f64 {
    load_font();
    let font = FontDesc::new(FontFamily::Name(FONT), size_px * FINE * HEIGHT_PER_EM, FontStyle::Normal);
    font.box_size(text).map_or(0.0, |(width, _)| f64::from(width) / FINE)
}

/// Makes the embedded font known to plotters, once.
fn load_font() {
    static LOADED: Once = Once::new();
    LOADED.call_once(|| {
        let _ = register_font(FONT, FontStyle::Normal, dejavu::sans::regular());
        let _ = register_font(FONT, FontStyle::Bold, dejavu::sans::bold());
    });
}

/// Draws a picture on the page's paper.
pub(super) fn draw(frame: &Frame, paint: impl FnOnce(&Canvas<'_>)) -> String {
    load_font();
    let mut svg = String::new();
    {
        let size = (fine(frame.width).unsigned_abs(), fine(frame.height).unsigned_abs());
        let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area() };
        let _ = canvas.area.fill(&RGBColor::from(Tone::Paper));
        paint(&canvas);
        let _ = canvas.area.present();
    }
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    frame.first_tag() + &compact(body)
}

impl Frame {
    /// The first tag with the true size; the font stands here once for all texts.
    fn first_tag(&self) -> String {
        let view = format!("0 0 {} {}", fine(self.width), fine(self.height));
        let mut tag = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"{view}\" role=\"img\" \
             aria-label=\"{}\" stroke-linejoin=\"round\" font-family=\"{FONT}\"",
            self.width,
            self.height,
            escaped(&self.description)
        );
        if let Some(Reads { place, x, y, day_zero }) = &self.reads {
            let _ = write!(tag, " data-plot=\"{} {} {} {}\"", place.left, place.top, place.right, place.bottom);
            let _ = write!(tag, " data-x=\"{} {}\"", x.start, x.end);
            if let Some(y) = y {
                let _ = write!(tag, " data-y=\"{} {}\"", y.start, y.end);
            }
            if let Some(date) = day_zero {
                let _ = write!(tag, " data-zero=\"{date}\"");
            }
        }
        tag + ">"
    }
}

/// Text as it may stand in XML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text and how it looks.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    text: &'t str,
    size_px: f64,
    tone: Tone,
    style: FontStyle,
    pinned: HPos,
    is_pace: bool,
}

impl<'t> Words<'t> {
    pub fn new(text: &'t str) -> Self {
        Words { text, size_px: BODY, tone: Tone::Ink, style: FontStyle::Normal, pinned: HPos::Left, is_pace: false }
    }

    /// As on an axis.
    pub fn small(text: &'t str) -> Self {
        Words { size_px: SMALL, tone: Tone::Soft, ..Words::new(text) }
    }

    pub fn tiny(text: &'t str) -> Self {
        Words { size_px: TINY, tone: Tone::Soft, ..Words::new(text) }
    }

    pub fn bold(self) -> Self {
        Words { style: FontStyle::Bold, ..self }
    }

    pub fn sized(self, size_px: f64) -> Self {
        Words { size_px, ..self }
    }

    pub fn toned(self, tone: Tone) -> Self {
        Words { tone, ..self }
    }

    /// Holds a pace a kilometre, which the page can show a mile.
    pub fn with_pace(self) -> Self {
        Words { is_pace: true, ..self }
    }

    /// Ends where it is put.
    pub fn ending(self) -> Self {
        Words { pinned: HPos::Right, ..self }
    }

    pub fn centred(self) -> Self {
        Words { pinned: HPos::Center, ..self }
    }
}

impl<'a> Canvas<'a> {
    /// A part of the picture with its own scales.
    pub fn panel<'c>(&'c self, place: PlotArea, x: Range<f64>, y: Range<f64>) -> Panel<'c, 'a> {
        Panel { canvas: self, place, x, y }
    }

    fn element<E>(&self, element: &E)
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        let _ = self.area.draw(element);
    }

    /// Puts words at a height's middle.
    pub fn words(&self, x: f64, y: f64, words: Words) {
        let font = FontDesc::new(FontFamily::Name(FONT), words.size_px * FINE * SIZE_PER_EM, words.style);
        let style = font.color(&RGBColor::from(words.tone)).pos(Pos::new(words.pinned, VPos::Center));
        // plotters knows no classes: a sign before the words becomes one when the picture is compacted.
        let mark = if words.is_pace { PACE_MARK } else { "" };
        self.element(&Text::new(format!("{mark}{}", words.text), (fine(x), fine(y)), style));
    }

    /// Draws something for readers in kilometres, and the same for those in miles; the page shows one of both.
    pub fn in_both_units(&self, paint: impl Fn(Mile)) {
        for (unit, mark) in [(Mile::Metric, KM_MARK), (Mile::Statute, MILE_MARK)] {
            self.words(0.0, 0.0, Words::small(mark));
            paint(unit);
            self.words(0.0, 0.0, Words::small(END_MARK));
        }
    }

    /// Words on paper of their own, so that no line crosses them.
    pub fn words_on_paper(&self, x: f64, y: f64, words: Words) {
        let wide = text_width(words.text, words.size_px);
        let left = match words.pinned {
            HPos::Left => x,
            HPos::Center => x - wide / 2.0,
            HPos::Right => x - wide,
        };
        let place = PlotArea { left: left - 3.0, top: y - 6.0, right: left + wide + 3.0, bottom: y + 6.0 };
        self.block(place, Tone::Paper);
        self.words(x, y, words);
    }

    pub fn path(&self, points: &[(f64, f64)], tone: Tone, width_px: f64) {
        if points.len() > 1 {
            self.element(&PathElement::new(whole(points), stroke(tone, width_px)));
        }
    }

    pub fn dashes(&self, points: &[(f64, f64)], tone: Tone, width_px: f64) {
        if points.len() > 1 {
            self.element(&DashedPathElement::new(whole(points), 50, 35, stroke(tone, width_px)));
        }
    }

    pub fn polygon(&self, points: &[(f64, f64)], tone: Tone, opacity: f64) {
        if points.len() > 2 {
            self.element(&Polygon::new(whole(points), RGBColor::from(tone).mix(opacity).filled()));
        }
    }

    pub fn block(&self, place: PlotArea, tone: Tone) {
        self.shade(place, tone, 1.0);
    }

    /// A block that lets through what lies below.
    pub fn shade(&self, place: PlotArea, tone: Tone, opacity: f64) {
        let corners = [(fine(place.left), fine(place.top)), (fine(place.right), fine(place.bottom))];
        self.element(&Rectangle::new(corners, RGBColor::from(tone).mix(opacity).filled()));
    }

    pub fn outline(&self, place: PlotArea, tone: Tone, width_px: f64) {
        let PlotArea { left, top, right, bottom } = place;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        self.path(&corners, tone, width_px);
    }

    /// Slanting lines over a place: not known, or not settled.
    pub fn hatch(&self, place: PlotArea, gap_px: f64) {
        self.hatch_in(place, gap_px, Tone::Hatch);
    }

    pub fn hatch_in(&self, place: PlotArea, gap_px: f64, tone: Tone) {
        let PlotArea { left, top, right, bottom } = place;
        let height = bottom - top;
        let mut foot = left - height + gap_px / 2.0;
        while foot < right {
            // From the foot up and to the right, cut off at the sides.
            let (x0, x1) = (foot.max(left), (foot + height).min(right));
            if x1 > x0 {
                self.path(&[(x0, bottom - (x0 - foot)), (x1, bottom - (x1 - foot))], tone, 0.7);
            }
            foot += gap_px;
        }
    }

    pub fn dot(&self, (x, y): (f64, f64), radius: f64, tone: Tone) {
        self.element(&Circle::new((fine(x), fine(y)), fine(radius), RGBColor::from(tone).filled()));
    }

    /// A dot that shows those below it.
    pub fn glass(&self, (x, y): (f64, f64), radius: f64, tone: Tone, opacity: f64) {
        let style = RGBColor::from(tone).mix(opacity).filled();
        self.element(&Circle::new((fine(x), fine(y)), fine(radius), style));
    }

    /// A triangle that stands on its base.
    pub fn triangle(&self, (x, y): (f64, f64), radius: f64, tone: Tone) {
        self.polygon(
            &[(x, y - 1.1 * radius), (x + radius, y + 0.75 * radius), (x - radius, y + 0.75 * radius)],
            tone,
            1.0,
        );
    }

    pub fn cross(&self, (x, y): (f64, f64), radius: f64, tone: Tone) {
        self.path(&[(x - radius, y - radius), (x + radius, y + radius)], tone, 1.8);
        self.path(&[(x - radius, y + radius), (x + radius, y - radius)], tone, 1.8);
    }

    pub fn tick(&self, (x, y): (f64, f64), radius: f64, tone: Tone) {
        self.path(&[(x - radius, y), (x - 0.25 * radius, y + 0.7 * radius), (x + radius, y - 0.8 * radius)], tone, 1.8);
    }
}

fn whole(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().map(|&(x, y)| (fine(x), fine(y))).collect()
}

/// A part of the picture with its own scales: points are values, not pixels.
pub(super) struct Panel<'c, 'a> {
    canvas: &'c Canvas<'a>,
    pub place: PlotArea,
    pub x: Range<f64>,
    pub y: Range<f64>,
}

impl Panel<'_, '_> {
    pub fn px_x(&self, x: f64) -> f64 {
        self.place.left + (x - self.x.start) / (self.x.end - self.x.start) * self.place.width()
    }

    pub fn px_y(&self, y: f64) -> f64 {
        self.place.bottom - (y - self.y.start) / (self.y.end - self.y.start) * (self.place.bottom - self.place.top)
    }

    pub fn px(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.px_x(x), self.px_y(y))
    }

    /// The block between two values each way.
    pub fn place_of(&self, x: Range<f64>, y: Range<f64>) -> PlotArea {
        PlotArea {
            left: self.px_x(x.start),
            right: self.px_x(x.end),
            top: self.px_y(y.end),
            bottom: self.px_y(y.start),
        }
    }

    /// A line through values; it stays inside the panel.
    pub fn curve(&self, values: &[(f64, f64)], tone: Tone, width_px: f64) {
        self.canvas.path(&self.inside(values), tone, width_px);
    }

    pub fn dashed(&self, values: &[(f64, f64)], tone: Tone, width_px: f64) {
        self.canvas.dashes(&self.inside(values), tone, width_px);
    }

    fn inside(&self, values: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let held = |(x, y): (f64, f64)| (x, y.clamp(self.y.start, self.y.end));
        values.iter().map(|&value| self.px(held(value))).collect()
    }

    /// Horizontal lines across, with their numbers at the left.
    pub fn left_axis(&self, steps: Steps) {
        self.left_axis_by(steps, 1.0);
    }

    /// The same for steps of another unit, of which one is so many of the panel's.
    pub fn left_axis_by(&self, steps: Steps, unit: f64) {
        for value in steps.between(self.y.start / unit, self.y.end / unit) {
            self.level(value * unit, Tone::Grid, 1.0);
            self.canvas.words(
                self.place.left - 7.0,
                self.px_y(value * unit),
                Words::small(&steps.label(value)).ending(),
            );
        }
    }

    /// Horizontal lines at round paces, of kilometres and of miles, with their words at the left.
    pub fn pace_axis(&self, most: f64, size_px: f64) {
        self.canvas.in_both_units(|unit| {
            let steps = pace_steps(self.y.start, self.y.end, most, unit);
            steps.iter().for_each(|speed| self.level(*speed, Tone::Grid, 0.9));
            for speed in steps {
                let label = pace_of(speed, unit);
                let words = Words::small(&label).sized(size_px).ending();
                self.canvas.words(self.place.left - 6.0, self.px_y(speed), words);
            }
        });
    }

    /// A line across at one value.
    pub fn level(&self, value: f64, tone: Tone, width_px: f64) {
        let y = self.px_y(value);
        self.canvas.path(&[(self.place.left, y), (self.place.right, y)], tone, width_px);
    }

    /// Short strokes below at dates, with their labels; `day_zero` is at x = 0.
    pub fn date_axis(&self, day_zero: Date, ticks: &[DateTick]) {
        let bottom = self.place.bottom;
        self.canvas.path(&[(self.place.left, bottom), (self.place.right, bottom)], Tone::Soft, 1.0);
        for tick in ticks {
            let at = self.px_x(day_number(day_zero, tick.date));
            self.canvas.path(&[(at, bottom), (at, bottom + 4.0)], Tone::Soft, 1.0);
            self.canvas.words(at, bottom + 13.0, Words::small(&tick.label).centred());
            if let Some(year) = tick.year {
                self.canvas.words(at, bottom + 27.0, Words::small(&year.to_string()).centred());
            }
        }
    }
}

/// Heights of labels moved apart so that each has `gap` px, kept within `low..=high` where they fit.
pub(super) fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = vec![0.0; wanted.len()];
    let mut next = low;
    for &i in &order {
        placed[i] = wanted[i].max(next);
        next = placed[i] + gap;
    }
    let mut most = high;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(most);
        most = placed[i] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_inside() {
        assert_eq!(spread(&[10.0, 12.0, 50.0], 14.0, (0.0, 100.0)), [10.0, 24.0, 50.0]);
        assert_eq!(spread(&[99.0, 98.0], 10.0, (0.0, 100.0)), [100.0, 90.0]);
        assert!(spread(&[], 10.0, (0.0, 1.0)).is_empty());
    }

    #[test]
    fn text_in_xml_is_text() {
        assert_eq!(escaped("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
    }
}
