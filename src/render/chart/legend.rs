//! Legends: signs with their words, laid out in rows that fit the picture.

use super::canvas::{BODY, Canvas, Drawn, Place, Words, stroke, text_width};
use plotters::style::RGBColor;

const ROW_PX: f64 = 19.0;
/// From the left edge of a sign to its word.
const SIGN_PX: f64 = 22.0;
const GAP_PX: f64 = 18.0;

/// The sign before a word.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    /// A line this wide, px.
    Line(RGBColor, f64),
    Dashes(RGBColor),
    Block(RGBColor),
    Dot(RGBColor),
    Ring(RGBColor),
    Triangle(RGBColor),
}

pub(super) struct Entry {
    pub sign: Sign,
    pub text: String,
}

impl Entry {
    pub fn new(sign: Sign, text: impl Into<String>) -> Self {
        Entry { sign, text: text.into() }
    }
}

/// Entries with their places.
pub(super) struct Legend {
    entries: Vec<(f64, f64, Entry)>,
    pub height: f64,
}

impl Legend {
    /// Fills rows `width` px wide from left to right.
    pub fn rows(entries: impl IntoIterator<Item = Entry>, width: f64) -> Legend {
        let (mut x, mut y) = (0.0, 0.0);
        let mut placed = Vec::new();
        for entry in entries {
            let length = SIGN_PX + text_width(&entry.text, BODY);
            if x > 0.0 && x + length > width {
                (x, y) = (0.0, y + ROW_PX);
            }
            placed.push((x, y + ROW_PX / 2.0, entry));
            x += length + GAP_PX;
        }
        let height = if placed.is_empty() { 0.0 } else { y + ROW_PX };
        Legend { entries: placed, height }
    }

    /// Draws the rows with their upper left corner at `(left, top)`.
    pub fn draw(&self, canvas: &Canvas, left: f64, top: f64) -> Drawn {
        for (x, y, entry) in &self.entries {
            entry.sign.draw(canvas, left + x, top + y)?;
            canvas.words(left + x + SIGN_PX, top + y, Words::new(&entry.text))?;
        }
        Ok(())
    }
}

impl Sign {
    fn draw(self, canvas: &Canvas, x: f64, y: f64) -> Drawn {
        match self {
            Sign::Line(colour, width) => canvas.line((x, y), (x + 16.0, y), stroke(colour, width)),
            Sign::Dashes(colour) => {
                canvas.line((x, y), (x + 6.5, y), stroke(colour, 1.8))?;
                canvas.line((x + 9.5, y), (x + 16.0, y), stroke(colour, 1.8))
            }
            Sign::Block(colour) => {
                canvas.block(Place { left: x + 3.0, top: y - 6.0, right: x + 15.0, bottom: y + 6.0 }, colour)
            }
            Sign::Dot(colour) => canvas.dot((x + 9.0, y), 4.5, colour),
            Sign::Ring(colour) => canvas.ring((x + 9.0, y), 4.2, colour),
            Sign::Triangle(colour) => canvas.triangle((x + 9.0, y), 5.0, colour),
        }
    }
}
