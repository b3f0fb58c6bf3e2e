//! Spikes: the length of each run against the longest of the 30 days before.

use super::axis::{day_number, full_date};
use super::figure::{Figure, Values};
use super::legend::{LegendEntry, LegendSign};
use super::over_time::{Curve, Dot, OverTime, day_zero};
use super::palette::Tone;
use jiff::civil::Date;

/// A run with its length and what it is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongerRun {
    pub date: Date,
    pub km: f64,
    /// Longest run of the 30 days before, km; `None` without any.
    pub longest_km: Option<f64>,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikesInput {
    pub today: Date,
    /// In order of time.
    pub runs: Vec<LongerRun>,
}

/// More than this times the longest of 30 days is a spike (Frandsen et al. 2025, Br J Sports Med 59:1203).
const SPIKE: f64 = 1.1;
/// Days that the takeaway looks at.
const RECENT_DAYS: i32 = 90;

impl LongerRun {
    /// Length over the longest of the 30 days before, where that is a spike.
    fn spike(&self) -> Option<f64> {
        self.longest_km.filter(|km| *km > 0.0).map(|km| self.km / km).filter(|ratio| *ratio > SPIKE)
    }
}

pub fn figure(input: &SpikesInput) -> Figure {
    let zero = day_zero(input.runs.iter().map(|r| r.date), input.today);
    let mut values = Values::of(&["Day", "km", "Longest of the 30 days before, km", "Longer by"]);
    for run in &input.runs {
        let longest = run.longest_km.map(|km| format!("{km:.1}")).unwrap_or_default();
        let spike = run.spike().map(|ratio| format!("{:.0} %", 100.0 * (ratio - 1.0))).unwrap_or_default();
        values.push(
            day_number(zero, run.date),
            Some(run.km),
            [full_date(run.date), format!("{:.1}", run.km), longest, spike],
        );
    }
    let title = "Runs much longer than usual";
    Figure::new("spikes", title, takeaway(input), values, |width, description| chart(input).draw(width, description))
}

fn takeaway(input: &SpikesInput) -> String {
    let recent = input.runs.iter().filter(|r| (input.today - r.date).get_days() < RECENT_DAYS);
    let spikes: Vec<(&LongerRun, f64)> = recent.filter_map(|r| Some((r, r.spike()?))).collect();
    let Some((run, ratio)) = spikes.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else {
        return "No run of the last three months was over 10 % longer than the longest of the 30 days before it."
            .to_owned();
    };
    let count = if spikes.len() == 1 { "One run".to_owned() } else { format!("{} runs", spikes.len()) };
    format!(
        "{count} of the last three months went over 10 % past the longest of the 30 days before; most on {}, {:.1} km, {:.0} % \
         longer. In a study of 5,200 runners such runs went with more injuries.",
        full_date(run.date),
        run.km,
        100.0 * (ratio - 1.0)
    )
}

fn chart(input: &SpikesInput) -> OverTime<'static> {
    let dot = |r: &LongerRun| {
        let is_beyond = r.spike().is_some();
        Dot { date: r.date, value: r.km, tone: if is_beyond { Tone::Beyond } else { Tone::Load }, is_beyond }
    };
    let limit = input.runs.iter().filter_map(|r| Some((r.date, SPIKE * r.longest_km?)));
    OverTime {
        unit: "km",
        dots: input.runs.iter().map(dot).collect(),
        curves: vec![Curve { points: limit.collect(), tone: Tone::Soft, width: 1.2, name: "limit" }],
        levels: vec![],
        y: 0.0..5.0,
        last: input.today,
        legend: vec![
            LegendEntry::new(LegendSign::Dot(Tone::Load), "run"),
            LegendEntry::new(LegendSign::Triangle(Tone::Beyond), "over the limit"),
            LegendEntry::new(LegendSign::Line(Tone::Soft, 1.2), "longest of 30 days + 10 %"),
        ],
        nothing: "no run with a distance yet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_tenth_more_is_no_spike_yet() {
        let run = |km| LongerRun { date: date(2026, 6, 1), km, longest_km: Some(10.0) };
        assert_eq!((run(11.0).spike(), run(13.0).spike()), (None, Some(1.3)));
        assert_eq!(LongerRun { longest_km: None, ..run(30.0) }.spike(), None);
    }
}
