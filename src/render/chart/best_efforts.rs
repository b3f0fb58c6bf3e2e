//! Best efforts: the fastest pace held over each distance, recently and in the year, with the critical speed.

use super::axis::{full_date, pace};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Reads, SMALL, Words, draw};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign};
use super::palette::Tone;
use jiff::civil::Date;

/// The best time over a distance, on the flat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestEffort {
    pub metres: f64,
    pub seconds: f64,
    pub date: Date,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct BestEffortsInput {
    /// Of the last 90 days, by distance.
    pub recent: Vec<BestEffort>,
    /// Of the last year, by distance.
    pub year: Vec<BestEffort>,
    /// The speed that could be held for long, m/s, where the efforts of 90 days agree on one.
    pub critical_mps: Option<f64>,
}

impl BestEffort {
    fn mps(&self) -> f64 {
        self.metres / self.seconds.max(1.0)
    }
}

pub fn figure(input: &BestEffortsInput) -> Figure {
    let mut values = Values::of(&["Distance", "Best of 90 days", "Pace", "Day", "Best of the year", "Pace", "Day"]);
    for year in &input.year {
        let recent = input.recent.iter().find(|e| (e.metres - year.metres).abs() < 1.0);
        let cells = |effort: Option<&BestEffort>| match effort {
            Some(e) => [clock(e.seconds), pace(e.mps()), full_date(e.date)],
            None => [String::new(), String::new(), String::new()],
        };
        let cells = [distance(year.metres)].into_iter().chain(cells(recent)).chain(cells(Some(year)));
        values.push(year.metres.ln(), Some(year.mps()), cells);
    }
    let title = "Best efforts and critical speed";
    Figure::new("best-efforts", title, takeaway(input), values, |width, description| paint(input, width, description))
}

/// `400 m`, `5000 m`: the name of a distance, the same for those who count in miles.
fn distance(metres: f64) -> String {
    format!("{metres:.0} m")
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as i64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn takeaway(input: &BestEffortsInput) -> String {
    let Some(longest) = input.recent.last() else {
        return "No effort with a reliable pace in the last 90 days.".to_owned();
    };
    let best = format!(
        "The fastest {} of the last 90 days, hills evened out, took {} ({} /km)",
        distance(longest.metres),
        clock(longest.seconds),
        pace(longest.mps())
    );
    match input.critical_mps {
        Some(mps) => format!("{best}; critical speed is {} /km.", pace(mps)),
        None => format!("{best}; these efforts agree on no critical speed, as most were not all out."),
    }
}

fn paint(input: &BestEffortsInput, width: f64, description: &str) -> String {
    // A year's line below the other would not be seen.
    let year: &[BestEffort] = if input.year == input.recent { &[] } else { &input.year };
    let mut entries = vec![LegendEntry::new(LegendSign::Line(Tone::Fitness, 2.2), "last 90 days, with times")];
    if !year.is_empty() {
        entries.push(LegendEntry::new(LegendSign::Line(Tone::Load, 2.0), "last 365 days"));
    }
    if input.critical_mps.is_some() {
        entries.push(LegendEntry::new(LegendSign::Dashes(Tone::Threshold), "critical speed"));
    }
    let legend = Legend::rows(entries, width - 16.0);
    let top = legend.height + 34.0;
    let place = PlotArea { left: 46.0, top, right: width - 24.0, bottom: top + 170.0 };
    let all = || input.recent.iter().chain(&input.year);
    let speeds = all().map(BestEffort::mps).chain(input.critical_mps);
    let (slow, fast) = speeds.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let y = if slow > fast { 2.0..4.0 } else { slow - 0.3..fast + 0.35 };
    let x = 330f64.ln()..6000f64.ln();
    let frame = Frame {
        width,
        height: place.bottom + 30.0,
        description: description.to_owned(),
        reads: Some(Reads { place, x: x.clone(), y: Some(y.clone()), day_zero: None }),
    };
    draw(&frame, |canvas| {
        legend.draw(canvas, 8.0, 2.0);
        canvas.words(8.0, place.top - 14.0, Words::small("pace on the flat, min /km"));
        let panel = canvas.panel(place, x, y);
        panel.pace_axis(6.0, SMALL);
        if let Some(mps) = input.critical_mps {
            let y = panel.px_y(mps);
            canvas.dashes(&[(place.left, y), (place.right, y)], Tone::Threshold, 1.6);
        }
        paint_efforts(canvas, &panel, year, Tone::Load);
        paint_efforts(canvas, &panel, &input.recent, Tone::Fitness);
        paint_times(canvas, &panel, input);
        if all().next().is_none() {
            let middle = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            canvas.words(middle.0, middle.1, Words::small("no effort with a reliable pace yet").centred());
        }
        canvas.path(&[(place.left, place.bottom), (place.right, place.bottom)], Tone::Soft, 1.0);
        for metres in [400.0, 800.0, 1500.0, 3000.0, 5000.0_f64] {
            canvas.words(panel.px_x(metres.ln()), place.bottom + 13.0, Words::small(&distance(metres)).centred());
        }
    })
}

fn paint_efforts(canvas: &Canvas, panel: &Panel, efforts: &[BestEffort], tone: Tone) {
    let points: Vec<(f64, f64)> = efforts.iter().map(|e| (e.metres.ln(), e.mps())).collect();
    panel.curve(&points, tone, 2.0);
    points.into_iter().for_each(|point| canvas.dot(panel.px(point), 3.4, tone));
}

/// The recent times, to the right above their line, where lines that fall leave room; below it and to the left, where the
/// line of the year lies just above.
fn paint_times(canvas: &Canvas, panel: &Panel, input: &BestEffortsInput) {
    const CLOSE_PX: f64 = 24.0;
    for effort in &input.recent {
        let (x, y) = panel.px((effort.metres.ln(), effort.mps()));
        let of_year = input.year.iter().find(|e| (e.metres - effort.metres).abs() < 1.0);
        let above = of_year.map_or(0.0, |year| y - panel.px_y(year.mps()));
        let words = clock(effort.seconds);
        let words = Words::small(&words).toned(Tone::Fitness);
        if above > 0.5 && above < CLOSE_PX {
            canvas.words_on_paper(x - 4.0, y + 12.0, words.ending());
        } else {
            canvas.words(x + 4.0, y - 10.0, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn says_the_longest_effort_and_the_critical_speed() {
        let effort = |metres, seconds| BestEffort { metres, seconds, date: date(2026, 6, 1) };
        let recent = vec![effort(400.0, 90.0), effort(5000.0, 1350.0)];
        let input = BestEffortsInput { year: recent.clone(), recent, critical_mps: Some(3.7) };
        assert_eq!(
            takeaway(&input),
            "The fastest 5000 m of the last 90 days, hills evened out, took 22:30 (4:30 /km); critical speed is 4:30 /km."
        );
    }
}
