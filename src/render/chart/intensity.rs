//! How the time of each week was spent: easy, between the thresholds, and hard; with the polarisation index.

use super::axis::{date_ticks, day_number, full_date};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Reads, SMALL, Words, draw, text_width};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign};
use super::palette::Tone;
use crate::label::Label;
use crate::physiology::training::IntensityShares;
use jiff::ToSpan;
use jiff::civil::Date;

/// Seconds of one week below, between and above the thresholds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntensityWeek {
    pub monday: Date,
    /// Below LT1.
    pub low_s: f64,
    /// From LT1 to the threshold.
    pub middle_s: f64,
    /// From the threshold on.
    pub high_s: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct IntensityInput {
    pub today: Date,
    /// Every week without a gap, in order; empty weeks have no seconds.
    pub weeks: Vec<IntensityWeek>,
}

/// Longer histories show their last year.
const MOST_WEEKS: usize = 53;
const LEAST_WEEKS: i64 = 8;
/// Weeks that the takeaway sums up.
const SUMMED: usize = 4;
const ZONES: [(&str, Tone); 3] =
    [("easy", Tone::Kind(Label::Easy)), ("between", Tone::Kind(Label::Tempo)), ("hard", Tone::Kind(Label::Intervals))];

impl IntensityWeek {
    fn shares(&self) -> Option<[f64; 3]> {
        let seconds = [self.low_s, self.middle_s, self.high_s];
        let total: f64 = seconds.iter().sum();
        (total.is_finite() && total > 60.0).then(|| seconds.map(|s| s / total))
    }
}

fn intensity(weeks: &[IntensityWeek]) -> Option<IntensityShares> {
    let sum = |of: fn(&IntensityWeek) -> f64| weeks.iter().map(of).sum();
    IntensityShares::of_seconds(sum(|w| w.low_s), sum(|w| w.middle_s), sum(|w| w.high_s))
}

pub fn figure(input: &IntensityInput) -> Figure {
    let weeks = &input.weeks[input.weeks.len().saturating_sub(MOST_WEEKS)..];
    let zero = day_zero(weeks);
    let mut values = Values::of(&["Week from", "Easy", "Between", "Hard", "Polarisation"]);
    for week in weeks {
        let Some(shares) = week.shares() else { continue };
        let index = intensity(&[*week]).and_then(IntensityShares::polarization_index);
        let index = index.map(|i| format!("{i:.1}")).unwrap_or_default();
        let [low, middle, high] = shares.map(|s| format!("{:.0} %", 100.0 * s));
        values.push(day_number(zero, week.monday), None, [full_date(week.monday), low, middle, high, index]);
    }
    let title = "Time easy, between and hard";
    Figure::new("intensity", title, takeaway(input), values, |width, description| paint(weeks, width, description))
}

fn takeaway(input: &IntensityInput) -> String {
    // A week that is not over says little about four.
    let over = input.weeks.iter().filter(|w| w.monday.saturating_add(6.days()) < input.today).count();
    let recent = &input.weeks[over.saturating_sub(SUMMED)..over];
    let Some(intensity) = intensity(recent) else {
        return "No heart rate or pace in the last whole weeks to say how hard their minutes were.".to_owned();
    };
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let is_empty = |w: &&IntensityWeek| w.low_s + w.middle_s + w.high_s <= 0.0;
    let weeks = match recent.iter().skip_while(is_empty).count() {
        1 => "whole week",
        2 => "two whole weeks",
        3 => "three whole weeks",
        _ => "four whole weeks",
    };
    let mut text = format!(
        "In the last {weeks} {} % of the time was easy, {} % between the thresholds and {} % hard",
        percent(intensity.low),
        percent(intensity.middle),
        percent(intensity.high)
    );
    text += &match intensity.polarization_index().filter(|_| intensity.high >= 0.01) {
        Some(index) => {
            let index = format!("{index:.1}").replace('-', "−");
            format!(" ({}); the polarisation index is {index}, polarised from 2.0.", intensity.class())
        }
        None => format!(" ({}).", intensity.class()),
    };
    text
}

fn day_zero(weeks: &[IntensityWeek]) -> Date {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Date::default() };
    first.monday.min(last.monday.saturating_sub((LEAST_WEEKS - 1).weeks()))
}

fn paint(weeks: &[IntensityWeek], width: f64, description: &str) -> String {
    let entries = ZONES.map(|(name, tone)| {
        let words = match name {
            "easy" => "easy: below LT1",
            "between" => "between LT1 and threshold",
            _ => "hard: from the threshold on",
        };
        LegendEntry::new(LegendSign::Block(tone), words)
    });
    let legend = Legend::rows(entries, width - 16.0);
    let top = legend.height + 16.0;
    let place = PlotArea { left: 44.0, top, right: width - 60.0, bottom: top + 150.0 };
    let zero = day_zero(weeks);
    let last = weeks.last().map_or(zero, |w| w.monday);
    let x = -3.5..day_number(zero, last) + 3.5;
    let frame = Frame {
        width,
        height: place.bottom + 38.0,
        description: description.to_owned(),
        reads: Some(Reads { place, x: x.clone(), y: None, day_zero: Some(zero) }),
    };
    draw(&frame, |canvas| {
        legend.draw(canvas, 8.0, 2.0);
        let panel = canvas.panel(place, x, 0.0..1.0);
        for share in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
            panel.level(share, Tone::Grid, 1.0);
            let words = format!("{:.0} %", 100.0 * share);
            canvas.words(place.left - 6.0, panel.px_y(share), Words::small(&words).ending());
        }
        paint_bars(canvas, &panel, weeks, zero);
        canvas.dashes(&[(place.left, panel.px_y(0.8)), (place.right, panel.px_y(0.8))], Tone::Ink, 1.0);
        canvas.words(place.right + 6.0, panel.px_y(0.8), Words::small("80 %").toned(Tone::Ink));
        let ticks = if weeks.is_empty() { vec![] } else { date_ticks(zero, last, place.width()) };
        panel.date_axis(zero, &ticks);
    })
}

fn paint_bars(canvas: &Canvas, panel: &Panel, weeks: &[IntensityWeek], zero: Date) {
    let px_per_day = panel.place.width() / (panel.x.end - panel.x.start);
    let half = 2.9f64.min(22.0 / px_per_day);
    let mut any = false;
    for week in weeks {
        let Some(shares) = week.shares() else { continue };
        any = true;
        let middle = day_number(zero, week.monday);
        let mut bottom = 0.0;
        for (share, (_, tone)) in shares.into_iter().zip(ZONES) {
            if share > 0.0 {
                canvas.block(panel.place_of(middle - half..middle + half, bottom..bottom + share), tone);
            }
            bottom += share;
        }
    }
    if !any {
        let words = "no heart rate or pace yet";
        let (x, y) =
            ((panel.place.left + panel.place.right) / 2.0, (panel.place.top + panel.place.bottom) / 2.0 + 14.0);
        let half = text_width(words, SMALL) / 2.0 + 6.0;
        canvas.block(PlotArea { left: x - half, top: y - 9.0, right: x + half, bottom: y + 9.0 }, Tone::Paper);
        canvas.words(x, y, Words::small(words).centred());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn four_weeks_are_summed() {
        let monday = date(2026, 5, 25);
        let week = |i: i64| IntensityWeek {
            monday: monday.saturating_add(i.weeks()),
            low_s: 8000.0,
            middle_s: 500.0,
            high_s: 1500.0,
        };
        let input = IntensityInput { today: date(2026, 6, 22), weeks: (0..4).map(week).collect() };
        let said = takeaway(&input);
        assert!(said.starts_with(
            "In the last four whole weeks 80 % of the time was easy, 5 % between the thresholds and 15 % hard"
        ));
        assert!(said.ends_with("the polarisation index is 2.4, polarised from 2.0."), "{said}");
        assert!(takeaway(&IntensityInput { weeks: vec![], ..input }).starts_with("No heart rate"));
    }
}
