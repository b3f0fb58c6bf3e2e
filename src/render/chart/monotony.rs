//! Monotony and strain: how much alike the days of each week were, and what that makes of the load.

use super::axis::{day_number, full_date};
use super::figure::{Figure, Values};
use super::over_time::{Curve, OverTime, day_zero};
use super::palette::Tone;
use jiff::civil::Date;

/// The seven days up to a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonotonyDay {
    pub date: Date,
    /// Mean over spread of seven daily loads, 0..=10.
    pub monotony: f64,
    /// Load of seven days times monotony, points.
    pub strain: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct MonotonyInput {
    pub today: Date,
    /// In order of time.
    pub days: Vec<MonotonyDay>,
}

/// From here on days are much alike (Foster 1998, Med Sci Sports Exerc 30:1164).
const ALIKE: f64 = 2.0;
/// Longer histories are drawn once a week.
const WEEKLY_FROM: usize = 400;

pub fn figure(input: &MonotonyInput) -> Figure {
    let days = thinned(&input.days);
    let zero = day_zero(days.iter().map(|d| d.date), input.today);
    let mut values = Values::of(&["Seven days up to", "Monotony", "Strain"]);
    for day in &days {
        let cells = [full_date(day.date), format!("{:.1}", day.monotony), format!("{:.0}", day.strain)];
        values.push(day_number(zero, day.date), None, cells);
    }
    let title = "Monotony of the load";
    Figure::new("monotony", title, takeaway(input), values, |width, description| {
        chart(input, &days).draw(width, description)
    })
}

fn thinned(days: &[MonotonyDay]) -> Vec<MonotonyDay> {
    let step = if days.len() >= WEEKLY_FROM { 7 } else { 1 };
    let mut kept: Vec<MonotonyDay> = days.iter().rev().step_by(step).copied().collect();
    kept.reverse();
    kept
}

fn takeaway(input: &MonotonyInput) -> String {
    let Some(last) = input.days.last() else {
        return "Seven days are needed to say how much alike they are.".to_owned();
    };
    if last.strain <= 0.0 {
        return "There was no load in the last seven days.".to_owned();
    }
    let words = match last.monotony {
        m if m >= ALIKE => "days much alike: let easy days be easier and hard days harder",
        m if m >= 1.5 => "days rather alike",
        _ => "a good mix of hard and easy days",
    };
    format!("Monotony is {:.1} over the last seven days: {words}. Strain is {:.0}.", last.monotony, last.strain)
}

fn chart(input: &MonotonyInput, days: &[MonotonyDay]) -> OverTime<'static> {
    // Ten stands for seven days exactly alike, rest days often; the line is held at four.
    let points = days.iter().map(|d| (d.date, d.monotony.min(4.0))).collect();
    OverTime {
        unit: "monotony over seven days, drawn up to 4",
        dots: vec![],
        curves: vec![Curve { points, tone: Tone::Fitness, width: 1.6, name: "" }],
        levels: vec![(ALIKE, "days alike", Tone::Beyond)],
        y: 0.0..2.5,
        last: input.today,
        legend: vec![],
        nothing: "not enough days yet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn says_how_much_alike() {
        let input = |monotony| MonotonyInput {
            today: date(2026, 6, 22),
            days: vec![MonotonyDay { date: date(2026, 6, 21), monotony, strain: 300.0 }],
        };
        assert!(takeaway(&input(1.1)).contains("good mix"));
        assert!(takeaway(&input(2.4)).contains("much alike"));
    }
}
