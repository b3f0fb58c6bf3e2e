//! One run large: heart rate over the recovery ceiling above, grade-adjusted pace below, pauses marked in both.

use super::axis::{Mile, Steps, drawable, pace, pace_steps};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Words, draw, spread};
use super::palette::Tone;
use crate::explain::{Course, Explanation};
use crate::physiology::curve;
use crate::render::words;
use crate::units::{Bpm, Metres, Seconds, Spoken};
use std::ops::Range;

/// A limit drawn across: its value, its word, its colour.
pub type Limit = (f64, &'static str, Tone);

/// What the chart shows.
#[derive(Clone, Debug)]
pub struct ExplainedInput<'a> {
    pub course: &'a Course,
    /// bpm; time above the first is shaded.
    pub heart_rate_limits: Vec<Limit>,
    /// m/s.
    pub speed_limits: Vec<Limit>,
    /// Above the panels, such as `Tuesday, 21 April 2026, 06:50: easy`.
    pub title: String,
}

impl<'a> ExplainedInput<'a> {
    /// With the limits that held on the day of the run.
    pub fn of(explanation: &'a Explanation) -> ExplainedInput<'a> {
        let (session, thresholds) = (explanation.session, explanation.thresholds);
        let context = &session.context;
        let started = &explanation.parts[0].recording.started;
        let slow = curve::recovery_ceiling_mps(context.usual_mps, thresholds.speed_mps());
        ExplainedInput {
            course: &explanation.course,
            heart_rate_limits: vec![
                (context.ceiling_bpm, "recovery", Tone::Recovery),
                (context.lt1_bpm, "easy", Tone::Lt1),
                (thresholds.heart_rate_threshold.value, "threshold", Tone::Threshold),
            ],
            speed_limits: slow.map(|mps| (mps, "recovery", Tone::Recovery)).into_iter().collect(),
            title: format!(
                "{}, {}: {}",
                words::long_date(started.date()),
                started.strftime("%H:%M"),
                session.verdict.label
            ),
        }
    }
}

const HEART_PX: f64 = 210.0;
const PACE_PX: f64 = 150.0;
/// Room at the right for the words of the lines, px.
const WORDS_PX: f64 = 96.0;
/// Limits further than this from every value are not drawn, bpm and m/s.
const NEAR_BPM: f64 = 15.0;
const NEAR_MPS: f64 = 0.6;
/// A steady run should look steady: the least heights of the panels, bpm and m/s.
const LEAST_BPM: f64 = 40.0;
const LEAST_MPS: f64 = 0.9;
/// Slower than this is standing, and leaves the panel of paces.
const SLOWEST_MPS: f64 = 1.2;

/// A value at a minute of the run; `None` breaks the line.
type Line = Vec<(f64, Option<f64>)>;

/// The chart as SVG, `width_px` pixels wide (at least 320).
pub fn svg(input: &ExplainedInput, width_px: u32) -> String {
    let width = f64::from(width_px.clamp(320, 4000));
    let heart = PlotArea { left: 52.0, top: 62.0, right: width - WORDS_PX, bottom: 62.0 + HEART_PX };
    let pace = PlotArea { top: heart.bottom + 46.0, bottom: heart.bottom + 46.0 + PACE_PX, ..heart };
    let frame = Frame { width, height: pace.bottom + 34.0, description: description(input), reads: None };
    draw(&frame, |canvas| {
        canvas.words(12.0, 20.0, Words::new(&input.title).bold().sized(16.0));
        let painter = Painter { canvas, input, minutes: 0.0..(input.course.elapsed_s() / 60.0).max(1.0) };
        painter.heart_rate(heart);
        painter.pace(pace);
    })
}

fn description(input: &ExplainedInput) -> String {
    let course = input.course;
    let lasted = Spoken(Seconds(course.elapsed_s()));
    let metres = course.moments.last().map_or(0.0, |last| last.at_m);
    let above = input.heart_rate_limits.first().map(|(bpm, word, _)| {
        let seconds = course.above(*bpm).seconds;
        format!(" Heart rate lay above {} ({word}) for {}.", Bpm(*bpm), Seconds(seconds))
    });
    let above = above.unwrap_or_default();
    format!("{}. {} in {lasted}, {} pauses.{above}", input.title, Metres(metres), course.pauses.len())
}

struct Painter<'c, 'a> {
    canvas: &'c Canvas<'a>,
    input: &'c ExplainedInput<'c>,
    minutes: Range<f64>,
}

impl Painter<'_, '_> {
    fn heart_rate(&self, place: PlotArea) {
        self.canvas.words(12.0, place.top - 16.0, Words::small("Heart rate, bpm"));
        let line = self.line(&self.input.course.smooth_heart_rate(), place);
        let limits = &self.input.heart_rate_limits;
        let Some(range) = range(&line, limits, NEAR_BPM, LEAST_BPM) else {
            return self.nothing(place, "no heart rate");
        };
        let panel = self.canvas.panel(place, self.minutes.clone(), range);
        self.pauses(&panel);
        panel.left_axis(Steps::over(panel.y.end - panel.y.start, 6.0));
        if let Some((ceiling, ..)) = limits.first() {
            // Where even the axis begins above the limit, the area ends there.
            for piece in pieces_above(&line, ceiling.max(panel.y.start)) {
                let piece: Vec<(f64, f64)> = piece.into_iter().map(|point| panel.px(point)).collect();
                self.canvas.polygon(&piece, Tone::Beyond, 0.35);
            }
        }
        self.limits(&panel, limits, |bpm| format!("{bpm:.0}"));
        pieces(&line).iter().for_each(|piece| panel.curve(piece, Tone::Heart, 1.5));
        self.minute_axis(&panel, false);
    }

    fn pace(&self, place: PlotArea) {
        self.canvas.words(12.0, place.top - 16.0, Words::small("Pace on the flat, min/km"));
        let speeds = self.input.course.smooth_gap_mps();
        let moving: Vec<Option<f64>> = speeds.into_iter().map(|v| v.filter(|mps| *mps >= SLOWEST_MPS)).collect();
        let line = self.line(&moving, place);
        let limits = &self.input.speed_limits;
        let Some(range) = range(&line, limits, NEAR_MPS, LEAST_MPS) else { return self.nothing(place, "no pace") };
        let panel = self.canvas.panel(place, self.minutes.clone(), range);
        self.pauses(&panel);
        for mps in pace_steps(panel.y.start, panel.y.end, 5.0, Mile::Metric) {
            panel.level(mps, Tone::Grid, 1.0);
            self.canvas.words(place.left - 7.0, panel.px_y(mps), Words::small(&pace(mps)).ending());
        }
        self.limits(&panel, limits, pace);
        pieces(&line).iter().for_each(|piece| panel.curve(piece, Tone::Fitness, 1.5));
        self.minute_axis(&panel, true);
    }

    /// The values at their minutes, about one a pixel.
    fn line(&self, values: &[Option<f64>], place: PlotArea) -> Line {
        let course = self.input.course;
        let step = (course.moments.len() / (place.width() as usize).max(1)).max(1);
        let mut line: Line = Vec::new();
        let mut before_s = f64::NEG_INFINITY;
        for (moment, value) in course.moments.iter().zip(values).step_by(step) {
            let paused = course.pauses.iter().any(|(from, to)| *from >= before_s && *to <= moment.at_s);
            if paused {
                line.push((moment.at_s / 60.0, None));
            }
            line.push((moment.at_s / 60.0, value.and_then(drawable)));
            before_s = moment.at_s;
        }
        line
    }

    fn pauses(&self, panel: &Panel) {
        for (from, to) in &self.input.course.pauses {
            self.canvas.shade(panel.place_of(from / 60.0..to / 60.0, panel.y.clone()), Tone::Grid, 0.7);
        }
    }

    /// Dashed lines with their words at the right.
    fn limits(&self, panel: &Panel, limits: &[Limit], number: impl Fn(f64) -> String) {
        let shown: Vec<&Limit> = limits.iter().filter(|(value, ..)| panel.y.contains(value)).collect();
        let wanted: Vec<f64> = shown.iter().map(|(value, ..)| panel.px_y(*value)).collect();
        let heights = spread(&wanted, 13.0, (panel.place.top, panel.place.bottom));
        for ((value, word, tone), y) in shown.into_iter().zip(heights) {
            panel.dashed(&[(self.minutes.start, *value), (self.minutes.end, *value)], *tone, 1.3);
            let words = format!("{} {word}", number(*value));
            self.canvas.words(panel.place.right + 6.0, y, Words::small(&words).toned(*tone));
        }
    }

    fn minute_axis(&self, panel: &Panel, has_words: bool) {
        let PlotArea { left, right, bottom, .. } = panel.place;
        self.canvas.path(&[(left, bottom), (right, bottom)], Tone::Soft, 1.0);
        let steps = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0];
        let step = steps.into_iter().find(|step| self.minutes.end / step <= 9.0).unwrap_or(1440.0);
        for minute in (Steps { step }).between(0.0, self.minutes.end) {
            let x = panel.px_x(minute);
            self.canvas.path(&[(x, bottom), (x, bottom + 4.0)], Tone::Soft, 1.0);
            if has_words {
                self.canvas.words(x, bottom + 13.0, Words::small(&format!("{minute:.0}")).centred());
            }
        }
        if has_words {
            self.canvas.words(right + 12.0, bottom + 13.0, Words::small("min"));
        }
    }

    fn nothing(&self, place: PlotArea, what: &str) {
        self.canvas.words(place.left, place.top + 20.0, Words::small(what));
    }
}

/// From the lowest to the highest value, and limits close to them, with some air; `None` where nothing is known.
fn range(line: &Line, limits: &[Limit], near: f64, least: f64) -> Option<Range<f64>> {
    let known = || line.iter().filter_map(|(_, value)| *value);
    let (low, high) = (known().reduce(f64::min)?, known().reduce(f64::max)?);
    let close = limits.iter().map(|(value, ..)| *value).filter(|value| *value > low - near && *value < high + near);
    let (low, high) = close.fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
    let missing = (least - (high - low)).max(0.0) / 2.0 + 0.04 * (high - low);
    Some(low - missing..high + missing)
}

/// The unbroken pieces of a line.
fn pieces(line: &Line) -> Vec<Vec<(f64, f64)>> {
    let pieces = line.split(|(_, value)| value.is_none());
    let points = |piece: &[(f64, Option<f64>)]| piece.iter().filter_map(|(x, y)| Some((*x, (*y)?))).collect();
    pieces.map(points).filter(|piece: &Vec<(f64, f64)>| piece.len() > 1).collect()
}

/// The areas between a line and a limit where the line lies above it.
fn pieces_above(line: &Line, limit: f64) -> Vec<Vec<(f64, f64)>> {
    let mut areas = Vec::new();
    for piece in pieces(line) {
        let mut area: Vec<(f64, f64)> = Vec::new();
        for pair in piece.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let crossing = || (x0 + (x1 - x0) * (limit - y0) / (y1 - y0), limit);
            match (y0 > limit, y1 > limit) {
                (true, true) => area.push((x1, y1)),
                (false, true) => area = vec![crossing(), (x1, y1)],
                (true, false) => {
                    area.push(crossing());
                    areas.push(std::mem::take(&mut area));
                }
                (false, false) => {}
            }
            if area.len() == 1 {
                area.splice(0..0, [(x0, limit), (x0, y0)]);
            }
        }
        if let Some(last) = area.last().copied() {
            area.push((last.0, limit));
            areas.push(area);
        }
    }
    areas.retain(|area| area.len() > 2);
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Second;
    use crate::explain::CourseSecond;

    fn course(minutes: usize, value: impl Fn(usize) -> (Option<f64>, Option<f64>)) -> Course {
        let moments = (0..60 * minutes).map(|i| {
            let (heart_rate_bpm, mps) = value(i);
            let second = Second { speed_mps: mps, gap_mps: mps, moving: true, running: true, ..Second::default() };
            CourseSecond { at_s: i as f64, at_m: 2.5 * i as f64, heart_rate_bpm, second }
        });
        Course { moments: moments.collect(), pauses: Vec::new() }
    }

    fn chart(course: &Course) -> ExplainedInput<'_> {
        ExplainedInput {
            course,
            heart_rate_limits: vec![
                (144.0, "recovery", Tone::Recovery),
                (153.0, "easy", Tone::Lt1),
                (170.0, "threshold", Tone::Threshold),
            ],
            speed_limits: vec![(2.8, "recovery", Tone::Recovery)],
            title: "Tuesday, 21 April 2026".to_owned(),
        }
    }

    #[test]
    fn draws_any_run() {
        let steady = course(40, |i| (Some(135.0 + (i / 120) as f64), Some(2.6)));
        let blind = course(40, |_| (None, Some(2.6)));
        let still = course(3, |_| (Some(80.0), Some(0.0)));
        let odd = course(5, |i| (Some(if i % 7 == 0 { f64::NAN } else { 255.0 }), Some(f64::MAX)));
        for course in [&steady, &blind, &still, &odd, &Course::default()] {
            for width in [320, 440, 900] {
                let svg = svg(&chart(course), width);
                assert!(svg.contains(&format!("width=\"{width}\"")) && !svg.contains("NaN") && !svg.contains("inf"));
                assert!(crate::render::chart::png(&svg, 2.0).is_some());
            }
        }
        let svg = svg(&chart(&steady), 900);
        assert!(svg.contains("144 recovery") && svg.contains("153 easy") && svg.contains("5:57 recovery"), "{svg}");
        assert!(!svg.contains("170 threshold"), "too far from this run to matter");
    }

    #[test]
    fn time_above_is_an_area_and_pauses_are_bands() {
        let mut paused = course(40, |i| (Some(if (600..900).contains(&i) { 155.0 } else { 135.0 }), Some(2.6)));
        let calm = svg(&chart(&course(40, |_| (Some(135.0), Some(2.6)))), 900);
        assert!(!calm.contains("<polygon"));
        let hot = svg(&chart(&paused), 900);
        assert!(hot.contains("<polygon"), "{hot}");
        assert!(hot.contains("above 144 bpm (recovery) for 5:0"), "{}", &hot[..700]);
        for moment in &mut paused.moments[1200..] {
            moment.at_s += 300.0;
        }
        // Far above every limit the area ends with the axis.
        let far = svg(&chart(&course(40, |i| (Some(190.0 + (i / 120 % 3) as f64), Some(2.6)))), 900);
        let (_, area) = far.split_once("<polygon").expect("an area");
        let (_, points) = area.split_once("points=\"").expect("its points");
        let heights =
            points.split('"').next().unwrap_or_default().split_whitespace().filter_map(|xy| xy.split(',').nth(1));
        let lowest = heights.filter_map(|y| y.parse::<f64>().ok()).fold(0.0, f64::max);
        // Charts count in tenths of a pixel.
        assert!((620.0..=10.0 * (62.0 + HEART_PX) + 1.0).contains(&lowest), "{lowest}");
        paused.pauses.push((1199.0, 1500.0));
        let bands = |text: &str| text.matches("opacity=\"0.7\"").count();
        assert_eq!(bands(&svg(&chart(&paused), 900)), bands(&hot) + 2);
    }

    #[test]
    fn areas_begin_and_end_on_the_limit() {
        let line: Line =
            [130.0, 150.0, 150.0, 130.0, 130.0, 160.0].iter().zip(0..).map(|(y, x)| (f64::from(x), Some(*y))).collect();
        let areas = pieces_above(&line, 140.0);
        assert_eq!(areas.len(), 2);
        assert_eq!(areas[0], [(0.5, 140.0), (1.0, 150.0), (2.0, 150.0), (2.5, 140.0)]);
        assert_eq!(areas[1].last(), Some(&(5.0, 140.0)));
        let always: Line = (0..3).map(|x| (f64::from(x), Some(150.0))).collect();
        assert_eq!(
            pieces_above(&always, 140.0),
            [[(0.0, 140.0), (0.0, 150.0), (1.0, 150.0), (2.0, 150.0), (2.0, 140.0)]]
        );
    }
}
