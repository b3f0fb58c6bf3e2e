//! What every chart becomes: two pictures, one sentence and the values behind them.

use super::canvas::{BODY, escaped, text_width};
use super::palette::Tone;
use std::fmt::Write;

/// A chart with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// A word without blanks that no other figure of a page has.
    pub id: &'static str,
    pub title: String,
    /// One sentence that says what the chart shows of this runner.
    pub takeaway: String,
    /// SVG for a page, a print or a README.
    pub wide: String,
    /// SVG for a phone.
    pub narrow: String,
    pub values: Values,
}

/// The values of a chart as a table, in the order of time where there is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    pub columns: Vec<&'static str>,
    pub rows: Vec<FigureRow>,
}

/// One row: where the chart shows it, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// On the chart's scales: across, and upwards where that counts.
    pub at: (f64, Option<f64>),
    pub cells: Vec<String>,
}

/// The width that suits a page, a print or a README, px.
pub const WIDE_PX: f64 = 900.0;
/// The width that suits a phone, px.
pub const NARROW_PX: f64 = 360.0;

impl Figure {
    pub(super) fn new(
        id: &'static str,
        title: &str,
        takeaway: String,
        values: Values,
        draw: impl Fn(f64, &str) -> String,
    ) -> Figure {
        let description = format!("{title}. {takeaway}");
        let [wide, narrow] = [WIDE_PX, NARROW_PX].map(|width| draw(width, &description));
        Figure { id, title: title.to_owned(), takeaway, wide, narrow, values }
    }

    /// The wide picture on its own, under its title and takeaway.
    pub fn standalone(&self) -> String {
        let lines = wrapped(&self.takeaway, WIDE_PX - 24.0);
        let head = 30.0 + 17.0 * lines.len() as f64;
        let height = self.wide.split("height=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<f64>().ok());
        let height = head + height.unwrap_or(0.0);
        let paper = Tone::Paper.hex();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDE_PX}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDE_PX} {height}\" font-family=\"DejaVu Sans, Verdana, sans-serif\">\
             <rect width=\"{WIDE_PX}\" height=\"{height}\" fill=\"{paper}\"/>\
             <text x=\"12\" y=\"22\" font-size=\"16\" font-weight=\"bold\" fill=\"{}\">{}</text>",
            Tone::Ink.hex(),
            escaped(&self.title)
        );
        for (i, line) in lines.iter().enumerate() {
            let y = 41.0 + 17.0 * i as f64;
            let _ = write!(
                svg,
                "<text x=\"12\" y=\"{y}\" font-size=\"{BODY}\" fill=\"{}\">{}</text>",
                Tone::Soft.hex(),
                escaped(line)
            );
        }
        svg + &self.wide.replacen("<svg ", &format!("<svg y=\"{head}\" "), 1) + "</svg>\n"
    }
}

/// A text in lines no longer than `width_px`.
fn wrapped(text: &str, width_px: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(line, BODY) + text_width(&format!(" {word}"), BODY) <= width_px => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

impl Values {
    pub fn of(columns: &[&'static str]) -> Values {
        Values { columns: columns.to_vec(), rows: Vec::new() }
    }

    pub fn push(&mut self, x: f64, y: Option<f64>, cells: impl IntoIterator<Item = String>) {
        self.rows.push(FigureRow { at: (x, y), cells: cells.into_iter().collect() });
    }
}
