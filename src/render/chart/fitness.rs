//! Fitness, fatigue and form over the days, the load in a band of its own, and what the plan makes of the days ahead.
//!
//! Three panels share the dates: fitness and fatigue as lines, the load of each day as bars, and the form of each morning
//! in percent of fitness over the bands of its zones (methods §4.1). What lies ahead is dashed; what is still settling is
//! hatched. A long season is drawn weekly, and its last weeks with the plan get a chart of their own.

use super::axis::{Steps, date_ticks, day_number, drawable, full_date};
use super::canvas::{Canvas, Frame, Panel, PlotArea, Reads, SMALL, Words, draw, spread, text_width};
use super::figure::{Figure, Values};
use super::palette::Tone;
use crate::physiology::training::FormZone;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// One day, measured or planned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitnessDay {
    pub date: Date,
    /// Points; 100 = one hour at threshold.
    pub load: f64,
    /// In the evening, points a day.
    pub fitness: f64,
    /// In the evening, points a day.
    pub fatigue: f64,
    /// In the morning, percent of fitness.
    pub form: f64,
    /// Too early to mean anything.
    pub settling: bool,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct FitnessInput {
    pub today: Date,
    /// Every day that is over, in order.
    pub past: Vec<FitnessDay>,
    /// The planned days, in order, today's first if it is not over.
    pub ahead: Vec<FitnessDay>,
}

/// Where one zone of form ends and the next begins, percent (methods §4.1, as in [`FormZone::of`]).
const ZONE_ENDS: [f64; 4] = [-30.0, -10.0, 5.0, 25.0];
/// Form is drawn at least and at most this far, percent.
const FORM_AT_LEAST: (f64, f64) = (-40.0, 32.0);
const FORM_AT_MOST: (f64, f64) = (-80.0, 60.0);
/// With fewer days the lines would be stubs.
const LEAST_DAYS: usize = 14;
/// From so many days on the past and the plan are two charts.
const SPLIT_FROM: usize = 183;
/// Days of the past beside the plan.
const NEAR_DAYS: usize = 42;
/// From this many days on bars and lines show the means of seven days.
const WEEKLY_FROM: usize = 500;
/// Below this fitness form says nothing, points.
const LEAST_FITNESS: f64 = 15.0;

/// One chart, or two once the season is long: the whole of it, and its last weeks with the plan.
pub fn figures(input: &FitnessInput) -> Vec<Figure> {
    if input.past.len() < SPLIT_FROM {
        return vec![figure("fitness", "Fitness, fatigue and form", input, takeaway(input))];
    }
    let near = input.past[input.past.len() - NEAR_DAYS..].to_vec();
    let near = FitnessInput { past: near, ..input.clone() };
    let whole = FitnessInput { ahead: Vec::new(), ..input.clone() };
    vec![
        figure("fitness-near", "Fitness, fatigue and form: six weeks and the plan", &near, takeaway(&near)),
        figure("fitness", "Fitness, fatigue and form: the whole season", &whole, over_the_season(&whole)),
    ]
}

fn figure(id: &'static str, title: &str, input: &FitnessInput, takeaway: String) -> Figure {
    let scales = FitnessScales::of(input);
    let mut values = Values::of(&["Day", "Load", "Fitness", "Fatigue", "Form, %"]);
    let days = scales.points.iter().map(|p| (p, "")).chain(scales.ahead.iter().map(|p| (p, " (planned)")));
    // Planned days alone are no history to look at.
    for (point, note) in days.filter(|_| !input.past.is_empty()) {
        let form = if point.settling { "settling".to_owned() } else { whole(point.form) };
        let cells = [full_date(point.date) + note, whole(point.load), whole(point.fitness), whole(point.fatigue), form];
        values.push(point.x, None, cells);
    }
    Figure::new(id, title, takeaway, values, |width, description| scales.draw(width, description, input))
}

fn whole(value: f64) -> String {
    Steps { step: 1.0 }.label(value.round())
}

/// What the last evening says.
fn takeaway(input: &FitnessInput) -> String {
    let Some(last) = input.past.last() else { return "There is no day to show yet.".to_owned() };
    if input.past.len() < LEAST_DAYS {
        return format!(
            "{} on file: not enough yet for fitness and form, which need {LEAST_DAYS}.",
            if input.past.len() == 1 { "One day".to_owned() } else { format!("{} days", input.past.len()) }
        );
    }
    let now = format!("Fitness {}, fatigue {}", whole(last.fitness), whole(last.fatigue));
    let morning = input.ahead.first().unwrap_or(last);
    if last.settling {
        return format!("{now}, both still settling: they need six weeks of runs before form means anything.");
    }
    if last.fitness < LEAST_FITNESS {
        return format!("{now}: too little load for form to mean anything.");
    }
    let zone = FormZone::of(morning.form);
    let mut text = format!("{now}, so form is {} % of fitness ({zone}).", whole(morning.form));
    if let Some(end) = input.ahead.last() {
        text += &format!(" With the plan, fitness is {} on {}.", whole(end.fitness), end.date.strftime("%-d %b"));
    }
    text
}

fn over_the_season(input: &FitnessInput) -> String {
    let settled = || input.past.iter().filter(|d| !d.settling);
    let highest = settled().max_by(|a, b| a.fitness.total_cmp(&b.fitness));
    let (Some(highest), Some(last)) = (highest, input.past.last()) else { return takeaway(input) };
    let gap = last.fitness - highest.fitness;
    let now =
        if gap > -1.0 { "it is about as high now".to_owned() } else { format!("it is {} now", whole(last.fitness)) };
    format!("Fitness was highest on {}, at {}; {now}.", full_date(highest.date), whole(highest.fitness))
}

/// A day, or the mean of a week.
#[derive(Clone, Copy)]
struct FitnessPoint {
    x: f64,
    date: Date,
    load: f64,
    fitness: f64,
    fatigue: f64,
    form: f64,
    settling: bool,
}

impl FitnessPoint {
    /// The middle of some days with their means; `None` without any day that can be drawn.
    fn mean(days: &[FitnessDay], day_zero: Date) -> Option<FitnessPoint> {
        let mean = |value: fn(&FitnessDay) -> f64| {
            let values: Vec<f64> = days.iter().map(value).filter_map(drawable).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let (first, last) = (days.first()?, days.last()?);
        Some(FitnessPoint {
            x: (day_number(day_zero, first.date) + day_number(day_zero, last.date)) / 2.0,
            date: first.date,
            load: mean(|d| d.load)?.max(0.0),
            fitness: mean(|d| d.fitness)?,
            fatigue: mean(|d| d.fatigue)?,
            form: mean(|d| d.form)?,
            settling: days.iter().any(|d| d.settling),
        })
    }
}

/// Everything that does not depend on the picture's width.
struct FitnessScales {
    day_zero: Date,
    last_day: Date,
    points: Vec<FitnessPoint>,
    ahead: Vec<FitnessPoint>,
    x: Range<f64>,
    days_a_point: f64,
    lines: Range<f64>,
    load_top: f64,
    form: Range<f64>,
    /// Enough days for lines.
    has_lines: bool,
}

impl FitnessScales {
    fn of(input: &FitnessInput) -> FitnessScales {
        let dates = || input.past.iter().chain(&input.ahead).map(|d| d.date);
        let first = dates().min().unwrap_or(input.today).min(input.today);
        let last_day = dates().max().unwrap_or(input.today).max(input.today);
        let day_zero = first.min(last_day.saturating_sub((LEAST_DAYS as i64 - 1).days()));
        let step = if input.past.len() >= WEEKLY_FROM { 7 } else { 1 };
        let points: Vec<FitnessPoint> =
            input.past.chunks(step).filter_map(|days| FitnessPoint::mean(days, day_zero)).collect();
        let ahead: Vec<FitnessPoint> =
            input.ahead.iter().filter_map(|day| FitnessPoint::mean(&[*day], day_zero)).collect();
        let all = || points.iter().chain(&ahead);
        let highest = all().map(|p| p.fitness.max(p.fatigue)).fold(10.0, f64::max) * 1.05;
        let steps = Steps::over(highest, 5.0);
        // The lines may begin above zero; where they would look steeper than they are, they do not.
        let lowest = all().map(|p| p.fitness.min(p.fatigue)).fold(highest, f64::min);
        let lowest = if lowest > 0.5 * highest { (0.7 * lowest / steps.step).floor() * steps.step } else { 0.0 };
        let heaviest = all().map(|p| p.load).fold(10.0, f64::max);
        let (low, high) = all()
            .filter(|p| !p.settling)
            .fold(FORM_AT_LEAST, |(low, high), p| (low.min(p.form - 3.0), high.max(p.form + 3.0)));
        FitnessScales {
            x: -0.6..day_number(day_zero, last_day) + 0.6,
            day_zero,
            last_day,
            days_a_point: step as f64,
            lines: lowest..steps.above(highest),
            load_top: Steps::over(heaviest, 2.0).above(heaviest),
            form: low.max(FORM_AT_MOST.0)..high.min(FORM_AT_MOST.1),
            has_lines: input.past.len() >= LEAST_DAYS,
            points,
            ahead,
        }
    }

    fn draw(&self, width: f64, description: &str, input: &FitnessInput) -> String {
        let is_wide = width > 600.0;
        let (left, right) = (40.0, width - if is_wide { 88.0 } else { 76.0 });
        let place = |top: f64, height: f64| PlotArea { left, top, right, bottom: top + height };
        let lines = place(26.0, if self.has_lines { 170.0 } else { 50.0 });
        let load = place(lines.bottom + 32.0, 62.0);
        let form = place(load.bottom + 26.0, if self.has_lines { 120.0 } else { 0.0 });
        let foot = if self.has_lines { form.bottom } else { load.bottom };
        let reads = PlotArea { bottom: foot, ..lines };
        let frame = Frame {
            width,
            height: foot + 40.0,
            description: description.to_owned(),
            reads: Some(Reads { place: reads, x: self.x.clone(), y: None, day_zero: Some(self.day_zero) }),
        };
        draw(&frame, |canvas| {
            let lines = canvas.panel(lines, self.x.clone(), self.lines.clone());
            let load = canvas.panel(load, self.x.clone(), 0.0..self.load_top);
            let form = canvas.panel(form, self.x.clone(), self.form.clone());
            if self.has_lines {
                self.paint_lines(canvas, &lines);
                self.paint_form(canvas, &form);
                self.paint_settling(canvas, [&lines, &form], input);
            } else {
                self.paint_too_few(canvas, &lines, input.past.len());
            }
            self.paint_load(canvas, &load);
            self.paint_today(canvas, &lines, foot, input.today);
            self.paint_titles(canvas, [&lines, &load, &form]);
            let foot = if self.has_lines { &form } else { &load };
            foot.date_axis(self.day_zero, &date_ticks(self.day_zero, self.last_day, foot.place.width()));
        })
    }

    /// The names of the panels; the line of today passes below them.
    fn paint_titles(&self, canvas: &Canvas, [lines, load, form]: [&Panel; 3]) {
        let of_load =
            if self.days_a_point > 1.0 { "Load a day, mean of each week" } else { "Load of each day, points" };
        canvas.words_on_paper(8.0, load.place.top - 12.0, Words::small(of_load));
        if self.has_lines {
            canvas.words(8.0, lines.place.top - 14.0, Words::small("Fitness and fatigue, points a day"));
            canvas.words_on_paper(8.0, form.place.top - 12.0, Words::small("Form in the morning, % of fitness"));
        }
    }

    fn paint_lines(&self, canvas: &Canvas, panel: &Panel) {
        panel.left_axis(Steps::over(self.lines.end - self.lines.start, 5.0));
        self.series(panel, |p| p.fatigue, Tone::Fatigue, 1.6);
        self.series(panel, |p| p.fitness, Tone::Fitness, 2.6);
        let Some(end) = self.ahead.last().or(self.points.last()) else { return };
        let wanted = [panel.px_y(end.fitness), panel.px_y(end.fatigue)];
        let heights = spread(&wanted, 14.0, (panel.place.top + 6.0, panel.place.bottom - 6.0));
        let at = panel.px_x(end.x) + 7.0;
        canvas.words(at, heights[0], Words::small("Fitness").bold().toned(Tone::Fitness));
        canvas.words(at, heights[1], Words::small("Fatigue").bold().toned(Tone::Fatigue));
    }

    fn paint_load(&self, canvas: &Canvas, panel: &Panel) {
        panel.left_axis(Steps { step: self.load_top / 2.0 });
        let px_per_day = panel.place.width() / (self.x.end - self.x.start);
        let half = (self.days_a_point / 2.0 - (0.6 / px_per_day).min(0.14)).min(7.0 / px_per_day);
        for (points, tone) in [(&self.points, Tone::Load), (&self.ahead, Tone::PlannedLoad)] {
            for point in points.iter().filter(|p| p.load > 0.0) {
                canvas.block(panel.place_of(point.x - half..point.x + half, 0.0..point.load), tone);
            }
        }
        panel.level(0.0, Tone::Soft, 1.0);
    }

    fn paint_form(&self, canvas: &Canvas, panel: &Panel) {
        let mut low = self.form.start;
        for (i, high) in ZONE_ENDS.into_iter().chain([self.form.end]).enumerate() {
            canvas.block(panel.place_of(self.x.clone(), low..high), Tone::Zone(i));
            let middle = panel.px_y((low + high) / 2.0);
            canvas.words(panel.place.right + 7.0, middle, Words::small(&FormZone::of((low + high) / 2.0).to_string()));
            if i > 0 {
                canvas.words(panel.place.left - 7.0, panel.px_y(low), Words::small(&whole(low)).ending());
            }
            low = high;
        }
        panel.level(0.0, Tone::Hatch, 0.8);
        self.series(panel, |p| p.form, Tone::Form, 2.0);
        // A line that leaves the panel says so.
        let beyond = self.points.iter().filter(|p| !p.settling).any(|p| p.form < self.form.start);
        if beyond {
            let label = format!("≤{}", whole(self.form.start));
            canvas.words(panel.place.left - 7.0, panel.place.bottom - 4.0, Words::small(&label).ending());
        }
    }

    /// A line through the past, dashed through the days ahead.
    fn series(&self, panel: &Panel, value: fn(&FitnessPoint) -> f64, tone: Tone, width: f64) {
        let past: Vec<_> = self.points.iter().map(|p| (p.x, value(p))).collect();
        let ahead: Vec<_> =
            past.last().copied().into_iter().chain(self.ahead.iter().map(|p| (p.x, value(p)))).collect();
        panel.dashed(&ahead, tone, width);
        panel.curve(&past, tone, width);
    }

    /// Hatches every stretch whose numbers show the beginning rather than the runner.
    fn paint_settling(&self, canvas: &Canvas, panels: [&Panel; 2], input: &FitnessInput) {
        for days in input.past.chunk_by(|a, b| a.settling == b.settling).filter(|days| days[0].settling) {
            let from = day_number(self.day_zero, days[0].date) - 0.5;
            let to = day_number(self.day_zero, days[days.len() - 1].date) + 0.5;
            for panel in panels {
                let place = panel.place_of(from.max(self.x.start)..to, panel.y.clone());
                canvas.shade(place, Tone::Paper, 0.55);
                canvas.hatch(place, 9.0);
            }
            let (left, right) = (panels[0].px_x(from), panels[0].px_x(to));
            let word = "settling";
            let half = text_width(word, SMALL) / 2.0 + 4.0;
            if right - left > 2.0 * half {
                let (x, y) = ((left + right) / 2.0, panels[0].place.top + 11.0);
                canvas.block(PlotArea { left: x - half, top: y - 8.0, right: x + half, bottom: y + 8.0 }, Tone::Paper);
                canvas.words(x, y, Words::small(word).centred());
            }
        }
    }

    fn paint_too_few(&self, canvas: &Canvas, panel: &Panel, days: usize) {
        let words = format!("Not enough days yet: {days} of {LEAST_DAYS}");
        let place = panel.place;
        canvas.outline(place, Tone::Grid, 1.0);
        canvas.words(
            (place.left + place.right) / 2.0,
            (place.top + place.bottom) / 2.0,
            Words::small(&words).centred(),
        );
    }

    fn paint_today(&self, canvas: &Canvas, panel: &Panel, bottom: f64, today: Date) {
        let x = day_number(self.day_zero, today);
        if self.ahead.is_empty() || !self.x.contains(&x) {
            return;
        }
        let at = panel.px_x(x - 0.5);
        canvas.path(&[(at, panel.place.top), (at, bottom)], Tone::Soft, 1.0);
        let words = Words::small("plan");
        if at + text_width("plan", SMALL) + 6.0 < panel.place.right {
            canvas.words(at + 5.0, panel.place.top + 9.0, words);
        }
    }
}
