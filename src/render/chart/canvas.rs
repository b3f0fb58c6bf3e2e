//! The drawing surface: plotters writing SVG into a string, with its text, axes and the frame around it.
//!
//! plotters' coordinates are integers. So that a line may lie between two pixels, everything is drawn ten times as
//! large, and the first tag says that it is to be shown small.

use super::axis::{DateTick, Steps, day_number};
use super::palette::{GRID, INK, PAPER, SOFT_INK};
use jiff::civil::Date;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, register_font};
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
pub(super) const TITLE: f64 = 16.0;
pub(super) const BODY: f64 = 12.0;
pub(super) const SMALL: f64 = 11.0;

pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;
pub(super) type Panel<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// What a picture is called, for those who see it and for those who hear it read.
/// Written as it is: all its words are the program's own.
pub(super) struct Caption {
    /// A word without blanks that no other picture of a page has.
    pub id: String,
    pub title: &'static str,
    /// One or two sentences that say what the picture shows.
    pub description: String,
}

/// Where a panel lies, px.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Place {
    pub fn width(self) -> f64 {
        self.right - self.left
    }
}

pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Pixels as units of the drawing.
pub(super) fn fine(px: f64) -> i32 {
    (px * FINE).round() as i32
}

/// A line `width_px` wide.
pub(super) fn stroke(colour: RGBColor, width_px: f64) -> ShapeStyle {
    colour.stroke_width(fine(width_px).unsigned_abs())
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

/// Draws a picture of the given size, px, on white.
pub(super) fn draw((width, height): (f64, f64), caption: &Caption, paint: impl FnOnce(&Canvas<'_>) -> Drawn) -> String {
    load_font();
    let mut svg = String::new();
    {
        let size = (fine(width).unsigned_abs(), fine(height).unsigned_abs());
        let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area() };
        // Writing into a string cannot fail.
        let _ = canvas.area.fill(&PAPER).and_then(|()| paint(&canvas)).and_then(|()| canvas.area.present());
    }
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    first_tag(width, height, caption) + body
}

/// The first tag with the true size, and the caption.
fn first_tag(width: f64, height: f64, Caption { id, title, description }: &Caption) -> String {
    let view = format!("0 0 {} {}", fine(width), fine(height));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{view}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" stroke-linejoin=\"round\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>"
    )
}

/// A text and how it looks.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    text: &'t str,
    size_px: f64,
    colour: RGBColor,
    style: FontStyle,
    pinned: HPos,
}

impl<'t> Words<'t> {
    pub fn new(text: &'t str) -> Self {
        Words { text, size_px: BODY, colour: INK, style: FontStyle::Normal, pinned: HPos::Left }
    }

    pub fn title(text: &'t str) -> Self {
        Words { size_px: TITLE, style: FontStyle::Bold, ..Words::new(text) }
    }

    /// As on an axis.
    pub fn small(text: &'t str) -> Self {
        Words { size_px: SMALL, colour: SOFT_INK, ..Words::new(text) }
    }

    /// Ends where it is put.
    pub fn ending(self) -> Self {
        Words { pinned: HPos::Right, ..self }
    }

    pub fn centred(self) -> Self {
        Words { pinned: HPos::Center, ..self }
    }
}

/// Pixel of a point of a panel.
pub(super) fn pixel(panel: &Panel, x: f64, y: f64) -> (f64, f64) {
    let (x, y) = panel.map_coordinate(&(x, y));
    (f64::from(x) / FINE, f64::from(y) / FINE)
}

impl<'a> Canvas<'a> {
    /// A part of the picture with its own scales; the ranges must not be empty.
    pub fn panel(&self, place: Place, x: Range<f64>, y: Range<f64>) -> Panel<'a> {
        let corner = (fine(place.left), fine(place.top));
        let area = self.area.clone().shrink(corner, (fine(place.width()), fine(place.bottom - place.top)));
        let (across, down) = area.get_pixel_range();
        // Pixels count downwards, values upwards.
        let pixels = (across, down.end..down.start);
        area.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(x, y, pixels))
    }

    /// Puts words at a height's middle.
    pub fn words(&self, x: f64, y: f64, words: Words) -> Drawn {
        let font = FontDesc::new(FontFamily::Name(FONT), words.size_px * FINE * SIZE_PER_EM, words.style);
        let style = font.color(&words.colour).pos(Pos::new(words.pinned, VPos::Center));
        self.area.draw(&Text::new(words.text, (fine(x), fine(y)), style))
    }

    pub fn line(&self, from: (f64, f64), to: (f64, f64), style: ShapeStyle) -> Drawn {
        self.area.draw(&PathElement::new([from, to].map(|(x, y)| (fine(x), fine(y))).to_vec(), style))
    }

    pub fn block(&self, place: Place, colour: RGBColor) -> Drawn {
        let corners = [(fine(place.left), fine(place.top)), (fine(place.right), fine(place.bottom))];
        self.area.draw(&plotters::element::Rectangle::new(corners, colour.filled()))
    }

    pub fn dot(&self, (x, y): (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        self.area.draw(&Circle::new((fine(x), fine(y)), fine(radius), colour.filled()))
    }

    pub fn ring(&self, (x, y): (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        self.dot((x, y), radius, PAPER)?;
        self.area.draw(&Circle::new((fine(x), fine(y)), fine(radius), stroke(colour, 1.4)))
    }

    /// A hollow triangle that stands on its base.
    pub fn triangle(&self, (x, y): (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        let corner = |dx: f64, dy: f64| (fine(x + dx * radius), fine(y + dy * radius));
        let corners = [corner(0.0, -1.1), corner(1.0, 0.75), corner(-1.0, 0.75), corner(0.0, -1.1), corner(1.0, 0.75)];
        self.area.draw(&Polygon::new(corners.to_vec(), PAPER.filled()))?;
        self.area.draw(&PathElement::new(corners.to_vec(), stroke(colour, 1.4)))
    }

    /// Horizontal lines across a panel, with their numbers at its left.
    pub fn left_axis(&self, panel: &Panel, steps: Steps) -> Drawn {
        let (x, y) = (panel.get_x_range(), panel.get_y_range());
        for value in steps.between(y.start, y.end) {
            panel.draw(&PathElement::new(vec![(x.start, value), (x.end, value)], stroke(GRID, 1.0)))?;
            let (left, middle) = pixel(panel, x.start, value);
            self.words(left - 7.0, middle, Words::small(&steps.label(value)).ending())?;
        }
        Ok(())
    }

    /// Short strokes below a panel at dates, with their labels; `day_zero` is at x = 0.
    pub fn date_axis(&self, panel: &Panel, day_zero: Date, ticks: &[DateTick]) -> Drawn {
        let (x, y) = (panel.get_x_range(), panel.get_y_range());
        let (left, bottom) = pixel(panel, x.start, y.start);
        self.line((left, bottom), (pixel(panel, x.end, y.start).0, bottom), stroke(SOFT_INK, 1.0))?;
        for tick in ticks {
            let at = pixel(panel, day_number(day_zero, tick.date), y.start).0;
            self.line((at, bottom), (at, bottom + 4.0), stroke(SOFT_INK, 1.0))?;
            self.words(at, bottom + 13.0, Words::small(&tick.label).centred())?;
            if let Some(year) = tick.year {
                self.words(at, bottom + 27.0, Words::small(&year.to_string()).centred())?;
            }
        }
        Ok(())
    }
}
