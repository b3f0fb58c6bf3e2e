//! Decoupling of longer runs: how much the second half needed more heartbeats for its pace than the first.

use super::axis::{day_number, full_date};
use super::figure::{Figure, Values};
use super::legend::{LegendEntry, LegendSign, kinds};
use super::over_time::{Dot, OverTime, day_zero};
use super::palette::Tone;
use crate::label::Called;
use jiff::civil::Date;

/// A run of even pace, long enough to be halved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecoupledRun {
    pub date: Date,
    pub called: Called,
    pub minutes: f64,
    /// Percent; positive where the second half cost more.
    pub decoupling: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct DecouplingInput {
    pub today: Date,
    /// In order of time.
    pub runs: Vec<DecoupledRun>,
}

/// Below this a run counts as well coupled (Friel), percent.
const WELL_COUPLED: f64 = 5.0;
/// Runs that the takeaway looks at.
const LATEST: usize = 6;

pub fn figure(input: &DecouplingInput) -> Figure {
    let zero = day_zero(input.runs.iter().map(|r| r.date), input.today);
    let mut values = Values::of(&["Day", "Decoupling, %", "Minutes", "Kind"]);
    for run in &input.runs {
        let cells =
            [full_date(run.date), signed(run.decoupling), format!("{:.0}", run.minutes), run.called.to_string()];
        values.push(day_number(zero, run.date), Some(run.decoupling), cells);
    }
    let title = "Decoupling of longer runs";
    Figure::new("decoupling", title, takeaway(input), values, |width, description| {
        chart(input).draw(width, description)
    })
}

fn signed(percent: f64) -> String {
    format!("{percent:+.1}").replace('-', "−")
}

fn takeaway(input: &DecouplingInput) -> String {
    let latest = &input.runs[input.runs.len().saturating_sub(LATEST)..];
    let well = latest.iter().filter(|r| r.decoupling < WELL_COUPLED).count();
    match latest.len() {
        0 => "No run of an even pace over 50 minutes with a whole heart rate yet.".to_owned(),
        1 => format!("The one such run drifted by {} %; under 5 % counts as steady.", signed(latest[0].decoupling)),
        n => format!("{well} of the last {n} such runs drifted by less than 5 %, which counts as steady."),
    }
}

fn chart(input: &DecouplingInput) -> OverTime<'static> {
    let dot = |r: &DecoupledRun| {
        let is_beyond = r.decoupling >= WELL_COUPLED;
        Dot { date: r.date, value: r.decoupling, tone: Tone::of(r.called), is_beyond }
    };
    let mut legend = kinds(input.runs.iter().map(|r| r.called));
    if input.runs.iter().any(|r| r.decoupling >= WELL_COUPLED) {
        legend.push(LegendEntry::new(LegendSign::Triangle(Tone::Soft), "5 % or more"));
    }
    OverTime {
        unit: "drift of heart rate against pace, %",
        dots: input.runs.iter().map(dot).collect(),
        curves: vec![],
        levels: vec![(WELL_COUPLED, "5 %", Tone::Soft), (0.0, "", Tone::Soft)],
        y: -2.0..10.0,
        last: input.today,
        legend,
        nothing: "no long, even run with a heart rate yet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Label;
    use jiff::civil::date;

    #[test]
    fn the_last_six_runs_are_counted() {
        let run =
            |decoupling| DecoupledRun { date: date(2026, 5, 1), called: Label::Long.into(), minutes: 80.0, decoupling };
        let input = |d: &[f64]| DecouplingInput { today: date(2026, 6, 1), runs: d.iter().map(|d| run(*d)).collect() };
        assert_eq!(
            takeaway(&input(&[9.0, 9.0, 1.0, 2.0, 6.0, -1.0, 3.0, 4.0])),
            "5 of the last 6 such runs drifted by less than 5 %, which counts as steady."
        );
        assert_eq!(takeaway(&input(&[-1.24])), "The one such run drifted by −1.2 %; under 5 % counts as steady.");
    }
}
