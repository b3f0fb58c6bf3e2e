//! Efficiency of gentle runs: metres of flat ground for each heartbeat.

use super::axis::{day_number, full_date};
use super::figure::{Figure, Values};
use super::legend::kinds;
use super::over_time::{Curve, Dot, OverTime, day_zero};
use super::palette::Tone;
use crate::label::Called;
use crate::physiology::statistics::median;
use jiff::civil::Date;

/// A gentle run with a sound heart rate and pace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EfficientRun {
    pub date: Date,
    pub called: Called,
    /// Grade-adjusted metres a beat.
    pub metres_a_beat: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct EfficiencyInput {
    pub today: Date,
    /// In order of time.
    pub runs: Vec<EfficientRun>,
}

/// The line is the median of so many days before each run.
const WINDOW_DAYS: i32 = 28;
/// With fewer runs in a window there is no line.
const LEAST_RUNS: usize = 3;
/// A change below this is none, a fraction.
const NOTHING: f64 = 0.02;

pub fn figure(input: &EfficiencyInput) -> Figure {
    let zero = day_zero(input.runs.iter().map(|r| r.date), input.today);
    let mut values = Values::of(&["Day", "Metres a beat", "Kind"]);
    for run in &input.runs {
        let cells = [full_date(run.date), format!("{:.2}", run.metres_a_beat), run.called.to_string()];
        values.push(day_number(zero, run.date), Some(run.metres_a_beat), cells);
    }
    let title = "Efficiency of gentle runs";
    Figure::new("efficiency", title, takeaway(input), values, |width, description| {
        chart(input).draw(width, description)
    })
}

/// Medians of the window before each run that has enough of them.
fn line(runs: &[EfficientRun]) -> Vec<(Date, f64)> {
    let window = |end: Date| {
        let near = runs.iter().filter(move |r| (0..WINDOW_DAYS).contains(&(end - r.date).get_days()));
        near.map(|r| r.metres_a_beat).collect::<Vec<_>>()
    };
    let medians = runs.iter().map(|r| (r.date, window(r.date)));
    medians
        .filter(|(_, near)| near.len() >= LEAST_RUNS)
        .filter_map(|(date, near)| Some((date, median(&near)?)))
        .collect()
}

fn takeaway(input: &EfficiencyInput) -> String {
    let line = line(&input.runs);
    let (Some((first, before)), Some((last, now))) = (line.first(), line.last()) else {
        return "Too few gentle runs with a heart rate to say.".to_owned();
    };
    if (*last - *first).get_days() < WINDOW_DAYS {
        return format!("{now:.2} m of flat ground for each heartbeat; too early to say where it goes.");
    }
    let change = now / before - 1.0;
    let percent = (100.0 * change).abs().round();
    if change.abs() < NOTHING {
        format!("{now:.2} m of flat ground for each heartbeat, as in {}.", first.strftime("%B %Y"))
    } else {
        let word = if change > 0.0 { "more" } else { "less" };
        format!("{now:.2} m of flat ground for each heartbeat, {percent} % {word} than in {}.", first.strftime("%B %Y"))
    }
}

fn chart(input: &EfficiencyInput) -> OverTime<'static> {
    let dot =
        |r: &EfficientRun| Dot { date: r.date, value: r.metres_a_beat, tone: Tone::of(r.called), is_beyond: false };
    let (low, high) = input
        .runs
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), r| (low.min(r.metres_a_beat), high.max(r.metres_a_beat)));
    OverTime {
        unit: "metres of flat ground for each heartbeat",
        dots: input.runs.iter().map(dot).collect(),
        curves: vec![Curve { points: line(&input.runs), tone: Tone::Ink, width: 2.2, name: "28 days" }],
        levels: vec![],
        y: if input.runs.is_empty() { 1.0..1.5 } else { low - 0.05..high + 0.05 },
        last: input.today,
        legend: kinds(input.runs.iter().map(|r| r.called)),
        nothing: "no gentle run with a heart rate yet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Label;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn the_change_is_that_of_the_medians() {
        let first = date(2026, 1, 1);
        let run = |i: i64| EfficientRun {
            date: first.saturating_add((3 * i).days()),
            called: Label::Easy.into(),
            metres_a_beat: if i < 15 { 1.2 } else { 1.26 },
        };
        let input = EfficiencyInput { today: date(2026, 4, 1), runs: (0..30).map(run).collect() };
        assert_eq!(takeaway(&input), "1.26 m of flat ground for each heartbeat, 5 % more than in January 2026.");
        let few = EfficiencyInput { runs: input.runs[..2].to_vec(), ..input };
        assert_eq!(takeaway(&few), "Too few gentle runs with a heart rate to say.");
    }
}
