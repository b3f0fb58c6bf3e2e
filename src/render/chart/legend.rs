//! Legends: signs with their words, laid out in rows that fit the picture.

use super::canvas::{BODY, Canvas, PlotArea, Words, text_width};
use super::palette::Tone;
use crate::label::{Called, Label};

const ROW_PX: f64 = 19.0;
/// From the left edge of a sign to its word.
const SIGN_PX: f64 = 20.0;
const GAP_PX: f64 = 16.0;

/// The sign before a word.
#[derive(Clone, Copy)]
pub(super) enum LegendSign {
    /// A line this wide, px.
    Line(Tone, f64),
    Dashes(Tone),
    Block(Tone),
    Hatched,
    Dot(Tone),
    Triangle(Tone),
}

pub(super) struct LegendEntry {
    pub sign: LegendSign,
    pub text: String,
}

impl LegendEntry {
    pub fn new(sign: LegendSign, text: impl Into<String>) -> Self {
        LegendEntry { sign, text: text.into() }
    }
}

/// The kinds among these, as dots; what was too hard for recovery is a triangle.
pub(super) fn kinds(runs: impl Iterator<Item = Called>) -> Vec<LegendEntry> {
    let sign = |kind: Label| match kind {
        Label::RecoveryTooHard => LegendSign::Triangle(Tone::Beyond),
        kind => LegendSign::Dot(Tone::Kind(kind)),
    };
    names(runs).into_iter().map(|(kind, name)| LegendEntry::new(sign(kind), name)).collect()
}

/// The kinds by whose colours these are shown, each with what those are called: `easy`, `gentle`, or `easy or gentle`.
pub(super) fn names(runs: impl Iterator<Item = Called>) -> Vec<(Label, String)> {
    let mut all: Vec<(Label, Called)> = runs.map(|called| (called.nearest(), called)).collect();
    all.sort_unstable();
    all.dedup();
    let name = |alike: &[(Label, Called)]| {
        let words: Vec<String> = alike.iter().map(|(_, called)| called.to_string()).collect();
        (alike[0].0, words.join(" or "))
    };
    all.chunk_by(|a, b| a.0 == b.0).map(name).collect()
}

/// Entries with their places.
pub(super) struct Legend {
    entries: Vec<(f64, f64, LegendEntry)>,
    pub height: f64,
}

impl Legend {
    /// Fills rows `width` px wide from left to right.
    pub fn rows(entries: impl IntoIterator<Item = LegendEntry>, width: f64) -> Legend {
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
    pub fn draw(&self, canvas: &Canvas, left: f64, top: f64) {
        for (x, y, entry) in &self.entries {
            entry.sign.draw(canvas, left + x, top + y);
            canvas.words(left + x + SIGN_PX, top + y, Words::new(&entry.text));
        }
    }
}

impl LegendSign {
    pub fn draw(self, canvas: &Canvas, x: f64, y: f64) {
        let middle = (x + 8.0, y);
        let block = PlotArea { left: x + 2.0, top: y - 6.0, right: x + 14.0, bottom: y + 6.0 };
        match self {
            LegendSign::Line(tone, width) => canvas.path(&[(x, y), (x + 15.0, y)], tone, width),
            LegendSign::Dashes(tone) => canvas.dashes(&[(x, y), (x + 15.0, y)], tone, 1.6),
            LegendSign::Block(tone) => canvas.block(block, tone),
            LegendSign::Hatched => {
                canvas.outline(block, Tone::Hatch, 0.8);
                canvas.hatch(block, 4.0);
            }
            LegendSign::Dot(tone) => canvas.dot(middle, 4.5, tone),
            LegendSign::Triangle(tone) => canvas.triangle(middle, 5.2, tone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Rough;

    #[test]
    fn a_colour_is_called_by_all_that_it_stands_for() {
        let runs =
            [Label::Long.into(), Called::Roughly(Rough::Gentle), Label::Easy.into(), Called::Roughly(Rough::Hard)];
        let names: Vec<String> = names(runs.into_iter()).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["easy or gentle", "long", "hard"]);
    }
}
