//! Pace against heart rate of all runs, with the ceilings and the thresholds, each as wide as it is uncertain.

use super::axis::{Steps, drawable, full_date, pace, pace_of, pace_steps};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Reads, SMALL, Words, draw, spread, text_width};
use super::figure::{Figure, Values};
use super::legend::{Legend, LegendEntry, LegendSign, kinds};
use super::palette::Tone;
use crate::label::{Called, Label};
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// The means of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlottedRun {
    pub date: Date,
    pub called: Called,
    /// Grade-adjusted, m/s.
    pub speed_mps: f64,
    pub bpm: f64,
}

/// A limit with half the width of its interval, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    pub value: f64,
    pub half_width: f64,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PaceHeartRateInput {
    pub today: Date,
    /// Runs with a heart rate and a pace, in order of time.
    pub runs: Vec<PlottedRun>,
    /// Runs without one of them.
    pub without: usize,
    /// Highest mean heart rate of a recovery run, bpm.
    pub recovery_ceiling: Limit,
    /// End of easy running, bpm.
    pub lt1: Limit,
    /// Threshold, bpm.
    pub lthr: Limit,
    /// Threshold speed, m/s.
    pub speed: Option<Limit>,
}

/// Older runs are drawn fainter, days.
const RECENT_DAYS: i64 = 90;

pub fn figure(input: &PaceHeartRateInput) -> Figure {
    let mut values = Values::of(&["Day", "Kind", "Pace /km, flat", "Heart rate"]);
    for run in &input.runs {
        let cells = [full_date(run.date), run.called.to_string(), pace(run.speed_mps), format!("{:.0}", run.bpm)];
        values.push(run.speed_mps, Some(run.bpm), cells);
    }
    let title = "Pace against heart rate of every run";
    Figure::new("pace-heart-rate", title, takeaway(input), values, |width, description| {
        paint(input, width, description)
    })
}

fn takeaway(input: &PaceHeartRateInput) -> String {
    if input.runs.is_empty() {
        return match input.without {
            0 => "No run on file yet.".to_owned(),
            n => format!("None of {n} runs has both a heart rate and a pace."),
        };
    }
    let recent = input.today.saturating_sub(RECENT_DAYS.days());
    let gentle =
        |label: Label| matches!(label, Label::Recovery | Label::RecoveryTooHard | Label::Easy | Label::Shakeout);
    let runs: Vec<&PlottedRun> = input.runs.iter().filter(|r| r.date >= recent && gentle(r.called.nearest())).collect();
    let under = runs.iter().filter(|r| r.bpm <= input.lt1.value).count();
    let low = runs.iter().filter(|r| r.bpm <= input.recovery_ceiling.value).count();
    let (ceiling, lt1) = (input.recovery_ceiling.value.round(), input.lt1.value.round());
    match runs.len() {
        0 => "No gentle run in the last three months.".to_owned(),
        1 => format!("Below {lt1} bpm running is easy; recovery runs stay below {ceiling} bpm."),
        n => format!(
            "{under} of {n} gentle runs of the last three months stayed below {lt1} bpm, the end of easy running, and {low} \
             below {ceiling} bpm, your ceiling for recovery runs."
        ),
    }
}

struct ScatterScales {
    x: Range<f64>,
    y: Range<f64>,
}

impl ScatterScales {
    fn of(input: &PaceHeartRateInput) -> ScatterScales {
        let limits = [input.recovery_ceiling, input.lthr].map(|l| [l.value - l.half_width, l.value + l.half_width]);
        let beats = input.runs.iter().filter_map(|r| drawable(r.bpm)).chain(limits.into_iter().flatten());
        let (low, high) = beats.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let speeds = input.runs.iter().filter_map(|r| drawable(r.speed_mps)).filter(|v| *v > 0.5);
        let speeds = speeds.chain(input.speed.map(|s| s.value));
        let (slow, fast) = speeds.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let (slow, fast) = if slow > fast { (2.0, 4.0) } else { (slow - 0.12, fast + 0.12) };
        // One run is a dot in the middle, not at the edge.
        let (slow, fast) = if fast - slow < 0.8 { (slow - 0.4, fast + 0.4) } else { (slow, fast) };
        ScatterScales { x: slow..fast, y: (low - 5.0).max(40.0)..(high + 5.0).max(60.0) }
    }
}

fn paint(input: &PaceHeartRateInput, width: f64, description: &str) -> String {
    let old = input.today.saturating_sub(RECENT_DAYS.days());
    let mut entries = kinds(input.runs.iter().map(|r| r.called));
    if input.runs.iter().any(|r| r.date < old) {
        entries.push(LegendEntry::new(LegendSign::Dot(Tone::Hatch), "pale: over three months old"));
    }
    let legend = Legend::rows(entries, width - 16.0);
    let right = if width > 600.0 { 132.0 } else { 72.0 };
    let top = legend.height + 40.0;
    let place = PlotArea { left: 40.0, top, right: width - right, bottom: top + 260.0 };
    let scales = ScatterScales::of(input);
    let frame = Frame {
        width,
        height: place.bottom + 44.0,
        description: description.to_owned(),
        reads: Some(Reads { place, x: scales.x.clone(), y: Some(scales.y.clone()), day_zero: None }),
    };
    draw(&frame, |canvas| {
        legend.draw(canvas, 8.0, 2.0);
        canvas.words(8.0, place.top - 26.0, Words::small("mean heart rate, bpm"));
        let panel = canvas.panel(place, scales.x, scales.y);
        panel.left_axis(Steps::over(panel.y.end - panel.y.start, 6.0));
        paint_limits(canvas, &panel, input, width > 600.0);
        paint_speed(canvas, &panel, input.speed);
        for run in input.runs.iter().filter(|r| drawable(r.bpm).is_some() && drawable(r.speed_mps).is_some()) {
            let at = panel.px((run.speed_mps.clamp(panel.x.start, panel.x.end), run.bpm));
            let (radius, opacity) = if run.date >= old { (4.4, 0.95) } else { (3.4, 0.45) };
            match run.called.nearest() {
                Label::RecoveryTooHard => canvas.triangle(at, radius * 1.1, Tone::Beyond),
                label => canvas.glass(at, radius, Tone::Kind(label), opacity),
            }
        }
        if input.runs.is_empty() {
            let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            canvas.words_on_paper(x, y, Words::small("no run with both").centred());
        }
        paint_paces(canvas, &panel);
    })
}

/// Ceilings as lines across in bands as wide as they are uncertain.
fn paint_limits(canvas: &Canvas, panel: &Panel, input: &PaceHeartRateInput, is_wide: bool) {
    let limits = [
        (input.recovery_ceiling, "recovery", Tone::Recovery),
        (input.lt1, "easy", Tone::Lt1),
        (input.lthr, "threshold", Tone::Threshold),
    ];
    for (limit, _, tone) in limits {
        let y = (limit.value - limit.half_width).max(panel.y.start)..(limit.value + limit.half_width).min(panel.y.end);
        canvas.shade(panel.place_of(panel.x.clone(), y), tone, 0.10);
        panel.level(limit.value, tone, 1.5);
    }
    let wanted: Vec<f64> = limits.iter().map(|(limit, ..)| panel.px_y(limit.value)).collect();
    let heights = spread(&wanted, 14.0, (panel.place.top, panel.place.bottom));
    for ((limit, name, tone), y) in limits.into_iter().zip(heights) {
        let words = match (is_wide, name) {
            (true, "threshold") => format!("threshold {:.0} ± {:.0}", limit.value, limit.half_width),
            (true, _) => format!("{name} ≤ {:.0} ± {:.0}", limit.value, limit.half_width),
            (false, _) => format!("{name} {:.0}", limit.value),
        };
        canvas.words(
            panel.place.right + 5.0,
            y,
            Words::small(&words).sized(if is_wide { 11.0 } else { 9.5 }).toned(tone),
        );
    }
}

/// The threshold speed as an upright line in its band, named above the panel.
fn paint_speed(canvas: &Canvas, panel: &Panel, speed: Option<Limit>) {
    let Some(Limit { value, half_width }) = speed.filter(|s| panel.x.contains(&s.value)) else { return };
    let x = (value - half_width).max(panel.x.start)..(value + half_width).min(panel.x.end);
    canvas.shade(panel.place_of(x, panel.y.clone()), Tone::Threshold, 0.08);
    let at = panel.px_x(value);
    canvas.path(&[(at, panel.place.top), (at, panel.place.bottom)], Tone::Threshold, 1.5);
    let words = format!("threshold {} /km", pace(value));
    let half = text_width(&words, SMALL) / 2.0;
    let at = at.clamp(panel.place.left + half, (panel.place.right - half).max(panel.place.left + half));
    canvas.words(at, panel.place.top - 9.0, Words::small(&words).centred().toned(Tone::Threshold));
}

fn paint_paces(canvas: &Canvas, panel: &Panel) {
    let place = panel.place;
    canvas.path(&[(place.left, place.bottom), (place.right, place.bottom)], Tone::Soft, 1.0);
    canvas.in_both_units(|unit| {
        for speed in pace_steps(panel.x.start, panel.x.end, place.width() / 58.0, unit) {
            let at = panel.px_x(speed);
            canvas.path(&[(at, place.bottom), (at, place.bottom + 4.0)], Tone::Soft, 1.0);
            canvas.words(at, place.bottom + 13.0, Words::small(&pace_of(speed, unit)).centred());
        }
    });
    let title = "pace on the flat, min /km: faster to the right";
    canvas.words((place.left + place.right) / 2.0, place.bottom + 31.0, Words::small(title).centred());
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn input(runs: Vec<PlottedRun>) -> PaceHeartRateInput {
        let limit = |value| Limit { value, half_width: 4.0 };
        PaceHeartRateInput {
            today: date(2026, 6, 22),
            runs,
            without: 3,
            recovery_ceiling: limit(144.0),
            lt1: limit(154.0),
            lthr: limit(171.0),
            speed: None,
        }
    }

    #[test]
    fn counts_gentle_runs_of_three_months() {
        let run = |bpm, month, label: Label| PlottedRun {
            date: date(2026, month, 1),
            called: label.into(),
            speed_mps: 2.8,
            bpm,
        };
        let runs = vec![
            run(120.0, 1, Label::Easy),
            run(140.0, 6, Label::Recovery),
            run(150.0, 6, Label::Easy),
            run(158.0, 6, Label::RecoveryTooHard),
            run(175.0, 6, Label::Race),
        ];
        assert_eq!(
            takeaway(&input(runs)),
            "2 of 3 gentle runs of the last three months stayed below 154 bpm, the end of easy running, and 1 below 144 bpm, \
             your ceiling for recovery runs."
        );
        assert_eq!(takeaway(&input(vec![])), "None of 3 runs has both a heart rate and a pace.");
    }
}
