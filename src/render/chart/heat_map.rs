//! A calendar of load: a square a day, a column a week; days whose load is a guess are hatched.

use super::axis::full_date;
use super::canvas::{Canvas, Frame, PlotArea, SMALL, Words, draw, text_width};
use super::figure::{Figure, Values};
use super::palette::Tone;
use jiff::ToSpan;
use jiff::civil::Date;

/// The load of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatMapDay {
    pub date: Date,
    /// Points.
    pub load: f64,
    /// From duration alone, or nothing measured it.
    pub is_guess: bool,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMapInput {
    pub today: Date,
    /// Every day without a gap, in order.
    pub days: Vec<HeatMapDay>,
}

/// Rows shown at most, the newest at the top; the table has every month.
const MOST_ROWS: usize = 4;
const ROW_GAP: f64 = 24.0;

pub fn figure(input: &HeatMapInput) -> Figure {
    let mut values = Values::of(&["Month", "Days with load", "Load"]);
    for month in input.days.chunk_by(|a, b| a.date.first_of_month() == b.date.first_of_month()) {
        let load: f64 = month.iter().map(|d| d.load).sum();
        let active = month.iter().filter(|d| d.load > 0.0).count();
        let name = month[0].date.strftime("%B %Y").to_string();
        values.push(0.0, None, [name, active.to_string(), format!("{load:.0}")]);
    }
    Figure::new("heat-map", "Load of every day", takeaway(input), values, |width, description| {
        paint(input, width, description)
    })
}

fn takeaway(input: &HeatMapInput) -> String {
    let recent = &input.days[input.days.len().saturating_sub(28)..];
    let free = recent.iter().filter(|d| d.load <= 0.0).count();
    let (mut longest, mut run) = (0, 0);
    for day in recent {
        run = if day.load > 0.0 { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let Some(heaviest) = input.days.iter().max_by(|a, b| a.load.total_cmp(&b.load)) else {
        return "There is no day to show yet.".to_owned();
    };
    let heaviest = format!("The heaviest day was {}, with {:.0} points.", full_date(heaviest.date), heaviest.load);
    if recent.len() < 7 {
        return heaviest;
    }
    if longest == 0 {
        return format!("None of the last {} days had any load. {heaviest}", recent.len());
    }
    let were = if free == 1 { "was" } else { "were" };
    format!(
        "{free} of the last {} days {were} without load, and at most {longest} in a row had some. {heaviest}",
        recent.len()
    )
}

/// Loads that divide light from dark: of the days with load, four equal parts.
fn steps(days: &[HeatMapDay]) -> [f64; 3] {
    let mut loads: Vec<f64> = days.iter().map(|d| d.load).filter(|l| *l > 0.0).collect();
    loads.sort_by(f64::total_cmp);
    let at = |share: f64| loads.get((share * loads.len() as f64) as usize).copied().unwrap_or(f64::MAX);
    [at(0.25), at(0.5), at(0.75)]
}

/// Stretches of at most `weeks` weeks, the newest first, each from a Monday.
fn rows(input: &HeatMapInput, weeks: i64) -> Vec<Date> {
    let past = i64::from(input.today.weekday().to_monday_zero_offset());
    let this_monday = input.today.saturating_sub(past.days());
    let first = input.days.first().map_or(input.today, |d| d.date);
    let start = |i: i64| this_monday.saturating_sub((weeks * (i + 1) - 1).weeks());
    let mut rows = vec![start(0)];
    while *rows.last().unwrap_or(&first) > first && rows.len() < MOST_ROWS {
        rows.push(start(rows.len() as i64));
    }
    rows
}

fn paint(input: &HeatMapInput, width: f64, description: &str) -> String {
    let most: i64 = if width > 600.0 { 53 } else { 26 };
    let there = input.days.len() as i64 / 7 + 2;
    let weeks = most.min(there.max(12));
    let left = 34.0;
    let cell = ((width - left - 8.0) / weeks as f64).min(20.0);
    let rows = rows(input, weeks);
    let row_px = 7.0 * cell + ROW_GAP;
    let frame =
        Frame { width, height: rows.len() as f64 * row_px + 32.0, description: description.to_owned(), reads: None };
    let steps = steps(&input.days);
    draw(&frame, |canvas| {
        for (i, monday) in rows.iter().enumerate() {
            let top = i as f64 * row_px + 20.0;
            let grid = Grid { left, top, cell, monday: *monday, weeks };
            grid.paint_names(canvas);
            let last = monday.saturating_add((7 * weeks - 1).days());
            for day in input.days.iter().filter(|d| d.date >= *monday && d.date <= last) {
                grid.paint_day(canvas, day, steps);
            }
        }
        let has_guesses = input.days.iter().any(|d| d.is_guess);
        paint_key(canvas, rows.len() as f64 * row_px + 16.0, steps, has_guesses);
    })
}

struct Grid {
    left: f64,
    top: f64,
    cell: f64,
    monday: Date,
    weeks: i64,
}

impl Grid {
    fn paint_names(&self, canvas: &Canvas) {
        for (row, name) in [(0, "Mon"), (3, "Thu"), (6, "Sun")] {
            let y = self.top + (f64::from(row) + 0.5) * self.cell;
            canvas.words(self.left - 5.0, y, Words::tiny(name).ending());
        }
        let mut free_from = self.left;
        for week in 0..self.weeks {
            let monday = self.monday.saturating_add(week.weeks());
            let x = self.left + week as f64 * self.cell;
            if monday.day() > 7 || x < free_from {
                continue;
            }
            let words = if monday.month() == 1 || free_from == self.left {
                monday.strftime("%b %Y").to_string()
            } else {
                monday.strftime("%b").to_string()
            };
            free_from = x + text_width(&words, SMALL) + 6.0;
            if free_from < self.left + self.weeks as f64 * self.cell + 8.0 {
                canvas.words(x, self.top - 9.0, Words::small(&words));
            }
        }
    }

    fn paint_day(&self, canvas: &Canvas, day: &HeatMapDay, steps: [f64; 3]) {
        let index = i64::from((day.date - self.monday).get_days());
        let (column, row) = ((index / 7) as f64, (index % 7) as f64);
        let (x, y) = (self.left + column * self.cell, self.top + row * self.cell);
        let place = PlotArea { left: x, top: y, right: x + self.cell, bottom: y + self.cell }.shrunk(0.7);
        canvas.block(place, tone(day.load, steps));
        if day.is_guess {
            canvas.hatch_in(place, 3.4, Tone::Soft);
        }
    }
}

fn tone(load: f64, steps: [f64; 3]) -> Tone {
    if load <= 0.0 {
        return Tone::Heat(0);
    }
    Tone::Heat(1 + steps.iter().filter(|step| load >= **step).count())
}

fn paint_key(canvas: &Canvas, y: f64, steps: [f64; 3], has_guesses: bool) {
    let mut x = 34.0;
    let mut sign = |tone: Option<Tone>, words: &str| {
        let place = PlotArea { left: x, top: y - 6.0, right: x + 12.0, bottom: y + 6.0 };
        match tone {
            Some(tone) => canvas.block(place, tone),
            None => {
                canvas.block(place, Tone::Heat(1));
                canvas.hatch_in(place, 3.4, Tone::Soft);
            }
        }
        canvas.words(x + 16.0, y, Words::small(words));
        x += 24.0 + text_width(words, SMALL);
    };
    sign(Some(Tone::Heat(0)), "none");
    if steps[2] < f64::MAX {
        sign(Some(Tone::Heat(1)), &format!("< {:.0}", steps[0]));
        for (i, step) in (2..).zip(steps) {
            let next = steps.get(i - 1).copied().unwrap_or(f64::MAX);
            if step < next {
                sign(Some(Tone::Heat(i)), &format!("≥ {step:.0}"));
            }
        }
    }
    if has_guesses {
        sign(None, "guess");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_quarter_of_the_days_with_load_is_darkest() {
        let first = date(2026, 1, 1);
        let day = |i: i64| HeatMapDay { date: first.saturating_add(i.days()), load: i as f64, is_guess: false };
        let days: Vec<HeatMapDay> = (0..9).map(day).collect();
        let steps = steps(&days);
        let tones: Vec<Tone> = days.iter().map(|d| tone(d.load, steps)).collect();
        assert_eq!(tones[0], Tone::Heat(0));
        assert_eq!(tones.iter().filter(|t| **t == Tone::Heat(4)).count(), 2);
        let input = HeatMapInput { today: date(2026, 1, 9), days };
        assert_eq!(
            takeaway(&input),
            "1 of the last 9 days was without load, and at most 8 in a row had some. The heaviest day was 9 Jan 2026, \
             with 8 points."
        );
    }
}
