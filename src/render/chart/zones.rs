//! Heart-rate zones: the time of the last four weeks in each, beside the four weeks before.

use super::canvas::{Canvas, Frame, Panel, PlotArea, SMALL, Words, draw, text_width};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign};
use super::palette::Tone;
use crate::label::Label;
use crate::units::{Seconds, Spoken};
use std::ops::Range;

/// One zone, the gentlest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    pub name: &'static str,
    /// bpm; open at the bottom and at the top.
    pub bpm: Range<f64>,
    /// Seconds of running in the last four weeks, and in the four before.
    pub now_s: f64,
    pub before_s: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ZonesInput {
    /// Empty where no run has a heart rate.
    pub zones: Vec<Zone>,
    /// Whose zones they are.
    pub model: &'static str,
    /// The end of easy running, bpm.
    pub lt1_bpm: f64,
}

const ROW_PX: f64 = 30.0;
/// Colours by effort, as those of the kinds of run.
const TONES: [Label; 4] = [Label::Easy, Label::Steady, Label::Tempo, Label::Intervals];

impl ZonesInput {
    fn total(&self, of: fn(&Zone) -> f64) -> f64 {
        self.zones.iter().map(of).sum()
    }

    fn share(&self, seconds: f64, of: fn(&Zone) -> f64) -> f64 {
        seconds / self.total(of).max(1.0)
    }
}

pub fn figure(input: &ZonesInput) -> Figure {
    let mut values = Values::of(&["Zone", "Heart rate", "Last four weeks", "The four before"]);
    if input.total(|z| z.now_s) >= 60.0 {
        for (i, zone) in input.zones.iter().enumerate() {
            let cell = |seconds: f64, of| {
                format!(
                    "{} ({:.0} %)",
                    Spoken(Seconds(60.0 * (seconds / 60.0).round())),
                    100.0 * input.share(seconds, of)
                )
            };
            let cells = [
                zone.name.to_owned(),
                bounds(zone),
                cell(zone.now_s, |z| z.now_s),
                if input.total(|z| z.before_s) >= 60.0 { cell(zone.before_s, |z| z.before_s) } else { String::new() },
            ];
            values.push(i as f64, None, cells);
        }
    }
    let title = "Time in heart-rate zones";
    Figure::new("zones", title, takeaway(input), values, |width, description| paint(input, width, description))
}

fn takeaway(input: &ZonesInput) -> String {
    let total = input.total(|z| z.now_s);
    if total < 60.0 {
        return "No heart rate in the last four weeks.".to_owned();
    }
    let easy: f64 = input.zones.iter().filter(|z| z.bpm.end <= input.lt1_bpm + 0.5).map(|z| z.now_s).sum();
    let time = Spoken(Seconds(60.0 * (total / 60.0).round()));
    format!(
        "{time} of running with a heart rate in four weeks, {:.0} % of it below {:.0} bpm; zones after {}.",
        100.0 * easy / total,
        input.lt1_bpm,
        input.model
    )
}

/// `145–154 bpm`, `below 145 bpm`, `from 181 bpm`.
fn bounds(zone: &Zone) -> String {
    match (zone.bpm.start, zone.bpm.end) {
        (low, high) if low <= 0.0 => format!("below {high:.0} bpm"),
        (low, high) if high.is_infinite() => format!("from {low:.0} bpm"),
        (low, high) => format!("{low:.0}–{high:.0} bpm"),
    }
}

fn tone(zone: &Zone, lt1_bpm: f64, i: usize, count: usize) -> Tone {
    let is_easy = zone.bpm.end <= lt1_bpm + 0.5;
    let place = match (is_easy, i) {
        (true, 0) => 0,
        (true, _) => 1,
        (false, i) if 2 * i > count => 3,
        _ => 2,
    };
    Tone::Kind(TONES[place])
}

fn paint(input: &ZonesInput, width: f64, description: &str) -> String {
    let before = input.total(|z| z.before_s) >= 60.0;
    let entries = vec![
        LegendEntry::new(LegendSign::Block(Tone::Kind(Label::Easy)), "the last four weeks"),
        LegendEntry::new(LegendSign::Line(Tone::Soft, 2.0), "the four before"),
    ];
    let legend = Legend::rows(if before { entries } else { Vec::new() }, width - 16.0);
    let words: Vec<String> = input.zones.iter().map(|zone| format!("{}  {}", zone.name, bounds(zone))).collect();
    let left = 12.0 + words.iter().map(|w| text_width(w, SMALL)).fold(0.0, f64::max);
    let rows = input.zones.len().max(1) as f64;
    let top = legend.height + 8.0;
    let place = PlotArea { left: left + 8.0, top, right: width - 88.0, bottom: top + ROW_PX * rows };
    let frame = Frame { width, height: place.bottom + 12.0, description: description.to_owned(), reads: None };
    draw(&frame, |canvas| {
        legend.draw(canvas, 8.0, 2.0);
        let shares = input
            .zones
            .iter()
            .flat_map(|z| [input.share(z.now_s, |z| z.now_s), input.share(z.before_s, |z| z.before_s)]);
        let most = shares.fold(0.05, f64::max);
        let panel = canvas.panel(place, 0.0..most, 0.0..rows);
        canvas.path(&[(place.left, place.top), (place.left, place.bottom)], Tone::Soft, 1.0);
        for (i, (zone, words)) in input.zones.iter().zip(&words).enumerate() {
            paint_zone(canvas, &panel, input, (i, zone, words));
        }
        if input.total(|z| z.now_s) < 60.0 {
            canvas.words(place.left + 10.0, place.top + ROW_PX / 2.0, Words::small("no heart rate"));
        }
    })
}

fn paint_zone(canvas: &Canvas, panel: &Panel, input: &ZonesInput, (i, zone, words): (usize, &Zone, &str)) {
    let middle = panel.place.top + ROW_PX * (i as f64 + 0.5);
    canvas.words(12.0, middle, Words::small(words));
    let share = input.share(zone.now_s, |z| z.now_s);
    let bar = PlotArea { left: panel.place.left, top: middle - 8.0, right: panel.px_x(share), bottom: middle + 8.0 };
    if share > 0.0 {
        canvas.block(bar, tone(zone, input.lt1_bpm, i, input.zones.len()));
    }
    let before = input.share(zone.before_s, |z| z.before_s);
    if before > 0.0 {
        let x = panel.px_x(before);
        canvas.path(&[(x, middle - 11.0), (x, middle + 11.0)], Tone::Soft, 2.0);
    }
    let minutes = Spoken(Seconds(60.0 * (zone.now_s / 60.0).round())).to_string();
    // Beside the bar; past the mark of the weeks before where that would stand in the words.
    let room = bar.right..bar.right + text_width(&minutes, SMALL) + 12.0;
    let mark = Some(panel.px_x(before)).filter(|x| before > 0.0 && room.contains(x));
    if zone.now_s >= 30.0 {
        canvas.words(mark.unwrap_or(bar.right) + 7.0, middle, Words::small(&minutes).toned(Tone::Ink));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &'static str, bpm: Range<f64>, now_s: f64, before_s: f64) -> Zone {
        Zone { name, bpm, now_s, before_s }
    }

    fn input() -> ZonesInput {
        let zones = vec![
            zone("Z1", 0.0..145.0, 3600.0, 1800.0),
            zone("Z2", 145.0..154.0, 1800.0, 1800.0),
            zone("Z3", 154.0..f64::INFINITY, 600.0, 0.0),
        ];
        ZonesInput { zones, model: "Friel", lt1_bpm: 154.0 }
    }

    #[test]
    fn what_is_easy_is_summed_up() {
        let figure = figure(&input());
        assert_eq!(
            figure.takeaway,
            "1 h 40 min of running with a heart rate in four weeks, 90 % of it below 154 bpm; zones after Friel."
        );
        let rows: Vec<&[String]> = figure.values.rows.iter().map(|row| &row.cells[..]).collect();
        assert_eq!(rows[0], ["Z1", "below 145 bpm", "1 h (60 %)", "30 min (50 %)"]);
        assert_eq!(rows[2][1], "from 154 bpm");
    }

    #[test]
    fn without_a_heart_rate_nothing_is_said() {
        for input in [ZonesInput::default(), ZonesInput { zones: vec![zone("Z1", 0.0..145.0, 0.0, 900.0)], ..input() }]
        {
            let figure = figure(&input);
            assert_eq!(figure.takeaway, "No heart rate in the last four weeks.");
            assert!(figure.values.rows.is_empty() && !figure.wide.contains("NaN"));
        }
    }
}
