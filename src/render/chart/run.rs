//! One run: heart rate and grade-adjusted pace over the minutes, with the ceilings.

use super::axis::{Steps, pace};
use super::canvas::{Canvas, Frame, Panel, PlotArea, TINY, Words, draw, spread};
use super::palette::Tone;
use std::ops::Range;

/// Values at equal distances of time; `None` where missing or left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunInput {
    /// Minutes from the first value to the last.
    pub minutes: f64,
    /// bpm.
    pub heart_rate: Vec<Option<f64>>,
    /// Grade-adjusted, m/s.
    pub speed: Vec<Option<f64>>,
    /// Altitude, m.
    pub altitude: Vec<Option<f64>>,
    /// Stretches whose heart rate was left out or filled in, in minutes.
    pub mended: Vec<Range<f64>>,
    /// Highest mean heart rate of a recovery run, and the end of easy running, bpm.
    pub ceilings_bpm: Option<(f64, f64)>,
    /// Fastest pace of a recovery run, m/s.
    pub ceiling_mps: Option<f64>,
}

/// Values kept for a picture of this kind.
pub const POINTS: usize = 100;
const WIDTH_PX: f64 = 560.0;
const PANEL_PX: f64 = 74.0;
const LOW_PANEL_PX: f64 = 34.0;
/// Ground that rises and falls by less than this is flat, m.
const FLAT_M: f64 = 12.0;

/// The picture; `None` where there is neither heart rate nor pace.
pub fn svg(input: &RunInput, description: &str) -> Option<String> {
    let has = |values: &[Option<f64>]| values.iter().flatten().count() > 1;
    let (has_heart, has_speed) = (has(&input.heart_rate), has(&input.speed));
    if !(has_heart || has_speed) || input.minutes <= 0.0 {
        return None;
    }
    let is_hilly = range_of(&input.altitude).is_some_and(|(low, high)| high - low >= FLAT_M);
    let heights = [(has_heart, PANEL_PX), (has_speed, PANEL_PX), (is_hilly, LOW_PANEL_PX)];
    let mut top = 18.0;
    let places = heights.map(|(is_shown, height)| {
        let place = PlotArea { left: 34.0, top, right: WIDTH_PX - 70.0, bottom: top + height };
        top += if is_shown { height + 22.0 } else { 0.0 };
        place
    });
    let last = (0..3).rfind(|i| heights[*i].0).map_or(places[0], |i| places[i]);
    let frame = Frame { width: WIDTH_PX, height: last.bottom + 22.0, description: description.to_owned(), reads: None };
    let svg = draw(&frame, |canvas| {
        if has_heart {
            paint_heart(canvas, places[0], input);
        }
        if has_speed {
            paint_speed(canvas, places[1], input);
        }
        if is_hilly {
            paint_altitude(canvas, places[2], input);
        }
        paint_minutes(canvas, last, input.minutes);
    });
    Some(with_common_look(&svg))
}

/// Most words look alike: said once for all of them, as a page holds hundreds of these pictures.
fn with_common_look(svg: &str) -> String {
    let look = format!(" font-size=\"{}\" fill=\"{}\"", 10.0 * TINY, Tone::Soft.hex());
    let size = format!(" font-size=\"{}\"", 10.0 * TINY);
    svg.replace(&look, "").replace(&size, "").replacen("<svg ", &format!("<svg{look} "), 1)
}

fn range(values: impl Iterator<Item = f64>, least: f64) -> Range<f64> {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let margin = ((least - (high - low)) / 2.0).max(0.06 * (high - low));
    low - margin..high + margin
}

fn paint_heart(canvas: &Canvas, place: PlotArea, input: &RunInput) {
    let limits = input.ceilings_bpm.into_iter().flat_map(|(recovery, lt1)| [recovery, lt1]);
    let y = range(input.heart_rate.iter().flatten().copied().chain(limits), 30.0);
    let panel = canvas.panel(place, 0.0..input.minutes, y);
    let unit = if input.mended.is_empty() { "heart rate, bpm" } else { "heart rate, bpm (hatched: not believed)" };
    canvas.words(2.0, place.top - 9.0, Words::tiny(unit));
    let steps = Steps::over(panel.y.end - panel.y.start, 4.0).between(panel.y.start, panel.y.end);
    steps.iter().for_each(|value| panel.level(*value, Tone::Grid, 0.8));
    for value in steps {
        canvas.words(place.left - 5.0, panel.px_y(value), Words::tiny(&format!("{value:.0}")).ending());
    }
    for mended in &input.mended {
        canvas.hatch(panel.place_of(mended.clone(), panel.y.clone()), 5.0);
    }
    if let Some((recovery, lt1)) = input.ceilings_bpm {
        let limits = [(recovery, "recovery", Tone::Recovery), (lt1, "easy", Tone::Lt1)];
        let heights = spread(&limits.map(|l| panel.px_y(l.0)), 11.0, (place.top, place.bottom));
        for ((value, name, tone), y) in limits.into_iter().zip(heights) {
            panel.level(value, tone, 1.2);
            canvas.words(place.right + 4.0, y, Words::tiny(&format!("{name} {value:.0}")).toned(tone));
        }
    }
    paint_curve(&panel, &input.heart_rate, Tone::Heart);
}

fn paint_speed(canvas: &Canvas, place: PlotArea, input: &RunInput) {
    // Standing at a light is no pace; the line breaks there.
    let speed: Vec<Option<f64>> = input.speed.iter().map(|v| v.filter(|mps| *mps > 0.8)).collect();
    let y = range(speed.iter().flatten().copied().chain(input.ceiling_mps), 0.6);
    let panel = canvas.panel(place, 0.0..input.minutes, y);
    canvas.words(2.0, place.top - 9.0, Words::tiny("pace on the flat, min /km"));
    panel.pace_axis(4.0, TINY);
    if let Some(mps) = input.ceiling_mps {
        panel.level(mps, Tone::Recovery, 1.2);
        let words = format!("recovery {}", pace(mps));
        canvas.words(place.right + 4.0, panel.px_y(mps), Words::tiny(&words).toned(Tone::Recovery).with_pace());
    }
    paint_curve(&panel, &speed, Tone::Fitness);
}

fn range_of(values: &[Option<f64>]) -> Option<(f64, f64)> {
    let known = || values.iter().flatten().copied();
    known().reduce(f64::min).zip(known().reduce(f64::max))
}

/// The ground as an area, its lowest and highest point named.
fn paint_altitude(canvas: &Canvas, place: PlotArea, input: &RunInput) {
    let Some((low, high)) = range_of(&input.altitude) else { return };
    let panel = canvas.panel(place, 0.0..input.minutes, low - 0.08 * (high - low)..high);
    canvas.words(2.0, place.top - 9.0, Words::tiny("elevation, m"));
    let step = panel.x.end / (input.altitude.len().max(2) - 1) as f64;
    let points: Vec<Option<(f64, f64)>> =
        (0..).zip(&input.altitude).map(|(i, v)| v.map(|v| panel.px((f64::from(i) * step, v)))).collect();
    for stretch in points.split(Option::is_none) {
        let line: Vec<(f64, f64)> = stretch.iter().flatten().copied().collect();
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            let foot = [(last.0, place.bottom), (first.0, place.bottom)];
            canvas.polygon(&[&line[..], &foot].concat(), Tone::Load, 0.6);
        }
    }
    canvas.words(place.left - 5.0, place.top + 3.0, Words::tiny(&format!("{high:.0}")).ending());
    canvas.words(place.left - 5.0, place.bottom - 4.0, Words::tiny(&format!("{low:.0}")).ending());
}

/// A line with gaps where values are missing.
fn paint_curve(panel: &Panel, values: &[Option<f64>], tone: Tone) {
    let step = panel.x.end / (values.len().max(2) - 1) as f64;
    let points: Vec<Option<(f64, f64)>> = (0..).zip(values).map(|(i, v)| v.map(|v| (f64::from(i) * step, v))).collect();
    for stretch in points.split(Option::is_none) {
        let stretch: Vec<(f64, f64)> = stretch.iter().flatten().copied().collect();
        panel.curve(&stretch, tone, 1.4);
    }
}

fn paint_minutes(canvas: &Canvas, place: PlotArea, minutes: f64) {
    let panel = canvas.panel(place, 0.0..minutes, 0.0..1.0);
    canvas.path(&[(place.left, place.bottom), (place.right, place.bottom)], Tone::Soft, 0.8);
    let steps = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0];
    let step = steps.into_iter().find(|s| minutes / s <= 8.0).unwrap_or(480.0);
    for value in (Steps { step }).between(0.0, minutes) {
        canvas.words(panel.px_x(value), place.bottom + 10.0, Words::tiny(&format!("{value:.0}")).centred());
    }
    canvas.words(place.right + 16.0, place.bottom + 10.0, Words::tiny("min"));
}

/// Means of equal stretches, at most [`POINTS`] of them.
pub fn thinned(values: impl ExactSizeIterator<Item = Option<f64>>) -> Vec<Option<f64>> {
    let count = values.len();
    let points = count.clamp(1, POINTS);
    let mut sums = vec![(0.0, 0_u32); points];
    for (i, value) in values.enumerate() {
        if let Some(value) = value {
            let (sum, n) = &mut sums[i * points / count];
            *sum += value;
            *n += 1;
        }
    }
    sums.into_iter().map(|(sum, n)| (n > 0).then(|| sum / f64::from(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_are_thinned_to_means() {
        let thin = thinned((0..1200).map(|i| Some(f64::from(i))));
        assert_eq!((thin.len(), thin[0], thin[99]), (POINTS, Some(5.5), Some(1193.5)));
        assert_eq!(thinned([None, Some(2.0)].into_iter()), [None, Some(2.0)]);
        assert_eq!(thinned(std::iter::empty()), [None]);
    }

    #[test]
    fn without_any_measure_there_is_no_picture() {
        assert_eq!(svg(&RunInput { minutes: 30.0, ..RunInput::default() }, "a run"), None);
    }
}
