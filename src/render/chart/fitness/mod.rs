//! Fitness, fatigue and form over the days, with the recovery runs and what the plan makes of the days ahead.
//!
//! Two panels share the dates: above, fitness and fatigue as lines over the bars of daily load; below, relative form
//! over the bands of its zones (methods §4.1). A lane between them holds the recovery runs. What lies ahead is dashed.

mod plot;

use super::axis::{Steps, date_ticks, drawable, full_date};
use super::canvas::{Canvas, Caption, Drawn, Panel, Place, SMALL, Words, draw, pixel, stroke, text_width};
use super::legend::{Entry, Legend, Sign};
use super::palette::{self, FATIGUE, FITNESS, FORM, LOAD, PAPER, SOFT_INK};
use crate::label::Label;
use crate::physiology::training::{Fitness, FormZone};
use crate::pipeline::Analysis;
use crate::plan::{Kind, PlannedDay};
use crate::season::Day;
use jiff::civil::Date;
use plot::Plot;
use plotters::element::Rectangle;
use plotters::style::Color;

/// A day ahead, as the plan would have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    pub date: Date,
    /// Points; 100 = one hour at threshold.
    pub load: f64,
    /// Fitness at the end of the day, points.
    pub fitness: f64,
    /// Fatigue at the end of the day, points.
    pub fatigue: f64,
    /// Form in percent of fitness, in the morning.
    pub form_relative: f64,
    /// A recovery run is planned.
    pub recovery: bool,
}

/// What the chart shows.
#[derive(Clone, Debug)]
pub struct FitnessChart {
    /// In the order of their dates.
    pub days: Vec<Day>,
    pub today: Date,
    /// Days with a recovery run.
    pub recovery: Vec<Date>,
    /// Days with a run meant for recovery and run too hard.
    pub too_hard: Vec<Date>,
    /// The days ahead, in order; where they begin before the end of `days`, they stand for the rest of it.
    pub projection: Vec<Projection>,
}

const UPPER_PX: f64 = 200.0;
const LANE_PX: f64 = 26.0;
const LOWER_PX: f64 = 150.0;

/// Where everything lies, px.
struct Layout {
    size: (f64, f64),
    legend: Legend,
    upper: Place,
    lane: Place,
    lower: Place,
}

impl Projection {
    /// The plan's days; `days` tell the state on the evening before.
    fn of_plan(days: &[Day], plan: &[PlannedDay]) -> Vec<Projection> {
        let first = plan.first().map(|day| day.date);
        let before = days.iter().rfind(|day| Some(day.date) < first);
        let mut evening = before.map(|day| Fitness { ctl: day.fitness, atl: day.fatigue }).unwrap_or_default();
        let project = |day: &PlannedDay| {
            let morning = std::mem::replace(&mut evening, Fitness { ctl: day.fitness, atl: day.fatigue });
            Projection {
                date: day.date,
                load: day.load,
                fitness: day.fitness,
                fatigue: day.fatigue,
                form_relative: morning.relative_form(),
                recovery: day.kind == Kind::Recovery,
            }
        };
        plan.iter().map(project).collect()
    }
}

impl FitnessChart {
    /// The chart of a season and its plan.
    pub fn of(analysis: &Analysis) -> FitnessChart {
        let season = &analysis.season;
        let runs = |label: Label| season.runs().filter(move |(_, session)| session.verdict.label == label);
        let dates = |label| runs(label).map(|(run, _)| run.recording.date()).collect();
        let days = season.days();
        FitnessChart {
            projection: Projection::of_plan(&days, &analysis.plan),
            days,
            today: season.today,
            recovery: dates(Label::Recovery),
            too_hard: dates(Label::RecoveryTooHard),
        }
    }

    /// The chart as SVG, `width_px` pixels wide (at least 320).
    pub fn svg(&self, width_px: u32) -> String {
        let width = f64::from(width_px.clamp(320, 4000));
        let plot = Plot::new(self);
        let layout = Layout::new(width, Legend::rows(self.legend(&plot), width - 24.0));
        let caption = Caption {
            id: format!("fitness-{width_px}"),
            title: "Fitness, fatigue and form",
            description: self.description(),
        };
        draw(layout.size, &caption, |canvas| self.paint(canvas, &plot, &layout))
    }

    fn description(&self) -> String {
        let Some(day) = self.days.last() else { return "There are no days to show yet.".to_owned() };
        let first = self.days.first().map_or(day.date, |d| d.date);
        let ahead = if self.projection.is_empty() { "" } else { " The planned days follow, dashed." };
        format!(
            "Daily from {} to {} ({} to {}). {}. Recovery runs: {}; run too hard for recovery: {}.{ahead}",
            full_date(first),
            full_date(day.date),
            first,
            day.date,
            state(day),
            self.recovery.len(),
            self.too_hard.len(),
        )
    }

    fn legend(&self, plot: &Plot) -> Vec<Entry> {
        let green = palette::of(Label::Recovery);
        let mut entries = vec![
            Entry::new(Sign::Line(FITNESS, 2.4), "Fitness (42-day load)"),
            Entry::new(Sign::Line(FATIGUE, 1.6), "Fatigue (7-day load)"),
            Entry::new(Sign::Line(FORM, 2.0), "Form (fitness − fatigue)"),
            Entry::new(Sign::Block(LOAD), if plot.weekly { "Daily load (mean of a week)" } else { "Daily load" }),
        ];
        let mut add = |wanted: bool, sign, text| {
            if wanted {
                entries.push(Entry::new(sign, text));
            }
        };
        add(!self.recovery.is_empty(), Sign::Dot(green), "Recovery run");
        add(!self.too_hard.is_empty(), Sign::Triangle(palette::of(Label::RecoveryTooHard)), "Recovery run, too hard");
        add(!self.projection.is_empty(), Sign::Dashes(SOFT_INK), "Planned");
        add(self.projection.iter().any(|p| p.recovery), Sign::Ring(green), "Recovery run planned");
        entries
    }

    fn paint(&self, canvas: &Canvas, plot: &Plot, layout: &Layout) -> Drawn {
        canvas.words(12.0, 20.0, Words::title("Fitness, fatigue and form"))?;
        layout.legend.draw(canvas, 12.0, 36.0)?;
        let (upper, lower) = (plot.upper_panel(canvas, layout.upper), plot.lower_panel(canvas, layout.lower));
        plot.paint_upper(canvas, &upper, layout.upper)?;
        plot.paint_lower(canvas, &lower, layout.lower)?;
        self.paint_warming_up(canvas, plot, [&upper, &lower])?;
        self.paint_lane(canvas, plot, &upper, layout.lane)?;
        self.paint_today(canvas, plot, layout, &upper)?;
        let ticks = date_ticks(plot.day_zero, plot.last_day, layout.lower.width());
        canvas.date_axis(&lower, plot.day_zero, &ticks)
    }

    /// Greys the days on which fitness still grows from nothing.
    fn paint_warming_up(&self, canvas: &Canvas, plot: &Plot, panels: [&Panel; 2]) -> Drawn {
        let Some(last) = self.days.iter().take_while(|d| d.warming_up).last() else { return Ok(()) };
        let end = plot.x_of(last.date) + 0.5;
        for panel in panels {
            let y = panel.get_y_range();
            panel.draw(&Rectangle::new([(plot.x.start, y.start), (end, y.end)], PAPER.mix(0.65).filled()))?;
        }
        let [upper, _] = panels;
        let (left, top) = pixel(upper, plot.x.start, upper.get_y_range().end);
        let right = pixel(upper, end, 0.0).0;
        let words = if right - left > 150.0 { "first 42 days, settling" } else { "settling" };
        if text_width(words, SMALL) + 8.0 > right - left {
            return Ok(());
        }
        canvas.words((left + right) / 2.0, top + 10.0, Words::small(words).centred())
    }

    fn paint_lane(&self, canvas: &Canvas, plot: &Plot, panel: &Panel, lane: Place) -> Drawn {
        let y = (lane.top + lane.bottom) / 2.0;
        let radius = (plot.px_per_day(lane) * 0.42).clamp(1.8, 4.5);
        let inside = |date: &&Date| (plot.x.start..plot.x.end).contains(&plot.x_of(**date));
        // Where the marks of a long history would cover each other, those of too hard runs get a row of their own.
        let apart = if plot.weekly { 5.0 } else { 0.0 };
        let at = |date: &Date, dy: f64| (pixel(panel, plot.x_of(*date), 0.0).0, y + dy);
        canvas.line((lane.left, y), (lane.right, y), stroke(palette::GRID, 1.0))?;
        for date in self.recovery.iter().filter(inside) {
            canvas.dot(at(date, -apart), radius, palette::of(Label::Recovery))?;
        }
        for date in self.too_hard.iter().filter(inside) {
            canvas.triangle(at(date, apart), radius * 1.15, palette::of(Label::RecoveryTooHard))?;
        }
        let planned = self.projection.iter().filter(|p| p.recovery).map(|p| &p.date);
        for date in planned.filter(inside) {
            canvas.ring(at(date, -apart), radius * 0.9, palette::of(Label::Recovery))?;
        }
        Ok(())
    }

    fn paint_today(&self, canvas: &Canvas, plot: &Plot, layout: &Layout, upper: &Panel) -> Drawn {
        let x = plot.x_of(self.today);
        if !plot.x.contains(&x) {
            return Ok(());
        }
        let at = pixel(upper, x, 0.0).0;
        for Place { top, bottom, .. } in [layout.upper, layout.lower] {
            canvas.line((at, top), (at, bottom), stroke(SOFT_INK, 1.0))?;
        }
        let words = Words::small("today");
        if at + text_width("today", SMALL) + 6.0 > layout.upper.right {
            canvas.words(at - 5.0, layout.upper.top + 9.0, words.ending())
        } else {
            canvas.words(at + 5.0, layout.upper.top + 9.0, words)
        }
    }
}

/// `Fitness 43, fatigue 51, form −18 % (productive)`.
fn state(day: &Day) -> String {
    let number = |value: f64| drawable(value).map_or("unknown".to_owned(), |v| Steps { step: 1.0 }.label(v.round()));
    let zone = drawable(day.form_relative).map_or(String::new(), |f| FormZone::of(f).to_string());
    format!(
        "Fitness {}, fatigue {}, form {} % of fitness ({zone})",
        number(day.fitness),
        number(day.fatigue),
        number(day.form_relative)
    )
}

impl Layout {
    fn new(width: f64, legend: Legend) -> Layout {
        let (left, right) = (48.0, width - 78.0);
        let upper_top = 36.0 + legend.height + 30.0;
        let place = |top: f64, height: f64| Place { left, top, right, bottom: top + height };
        let upper = place(upper_top, UPPER_PX);
        let lane = place(upper.bottom + 2.0, LANE_PX);
        let lower = place(lane.bottom + 22.0, LOWER_PX);
        Layout { size: (width, lower.bottom + 40.0), legend, upper, lane, lower }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_svg, texts};
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    const MONDAY: Date = date(2025, 3, 3);

    fn day(index: usize, load: f64) -> Day {
        Day {
            date: MONDAY.saturating_add((index as i64).days()),
            load,
            fitness: load * 0.8,
            fatigue: load * 0.9,
            form_morning: -load * 0.1,
            form_relative: -12.5,
            ramp: None,
            monotony: None,
            strain: None,
            warming_up: false,
        }
    }

    fn days(n: usize) -> Vec<Day> {
        (0..n).map(|i| day(i, (i % 7) as f64 * 12.0)).collect()
    }

    fn ahead(days: &[Day]) -> Vec<Projection> {
        let date = |i: i64| days[days.len() - 1].date.saturating_add(i.days());
        let projection = |i| Projection {
            date: date(i),
            load: 30.0,
            fitness: 40.0,
            fatigue: 35.0,
            form_relative: 12.5,
            recovery: i == 2,
        };
        (1..=14).map(projection).collect()
    }

    fn chart(days: &[Day]) -> FitnessChart {
        let today = days.last().map_or(MONDAY, |d| d.date);
        FitnessChart { days: days.to_vec(), today, recovery: vec![], too_hard: vec![], projection: vec![] }
    }

    #[test]
    fn draws_any_length_of_history() {
        for n in [0, 1, 14, 112, 3650] {
            let days = days(n);
            for width in [320, 440, 900] {
                check_svg(&chart(&days).svg(width), width);
            }
        }
    }

    #[test]
    fn draws_what_no_season_should_hold() {
        check_svg(&chart(&[day(0, 0.0), day(1, 0.0)]).svg(900), 900);
        for load in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, -5.0] {
            let mut odd = day(1, load);
            odd.form_relative = load;
            let days = [day(0, 40.0), odd, day(2, load), Day { date: Date::MAX, ..day(3, load) }];
            check_svg(&chart(&days).svg(900), 900);
            check_svg(&FitnessChart { today: Date::MIN, ..chart(&days[1..2]) }.svg(900), 900);
        }
    }

    #[test]
    fn the_same_days_give_the_same_bytes() {
        let days = days(112);
        let chart = FitnessChart { projection: ahead(&days), recovery: vec![MONDAY], ..chart(&days) };
        assert_eq!(chart.svg(900), chart.svg(900));
        assert_eq!(super::super::png(&chart.svg(900), 1.0), super::super::png(&chart.svg(900), 1.0));
    }

    #[test]
    fn the_legend_names_what_is_there() {
        let days = days(28);
        let plain = texts(&chart(&days).svg(900));
        for word in
            ["Fitness (42-day load)", "Fatigue (7-day load)", "Form (fitness − fatigue)", "today", "3 Mar", "2025"]
        {
            assert!(plain.iter().any(|t| t == word), "{word}: {plain:?}");
        }
        assert!(!plain.iter().any(|t| t.contains("Recovery run") || t == "Planned"), "{plain:?}");

        let full = FitnessChart {
            recovery: vec![MONDAY],
            too_hard: vec![days[3].date],
            projection: ahead(&days),
            ..chart(&days)
        };
        let full = texts(&full.svg(900));
        for word in ["Recovery run", "Recovery run, too hard", "Planned", "Recovery run planned"] {
            assert!(full.iter().any(|t| t == word), "{word}: {full:?}");
        }
    }

    #[test]
    fn marks_lie_on_their_days_and_no_others_are_drawn() {
        let days = days(28);
        let outside = date(2031, 1, 1);
        let circles = |recovery: &[Date]| {
            FitnessChart { recovery: recovery.to_vec(), ..chart(&days) }.svg(900).matches("<circle").count()
        };
        // One of them is the legend's.
        assert_eq!(circles(&[MONDAY, days[7].date]), 3);
        assert_eq!(circles(&[MONDAY, outside]), 2);
    }

    #[test]
    fn the_first_weeks_of_a_long_history_are_greyed() {
        let mut days = days(120);
        days.iter_mut().take(42).for_each(|d| d.warming_up = true);
        assert!(texts(&chart(&days).svg(900)).contains(&"first 42 days, settling".to_owned()));
    }

    #[test]
    fn form_beyond_the_panel_is_said_to_be_beyond() {
        let low = Day { form_relative: -250.0, ..day(0, 90.0) };
        assert!(texts(&chart(&[low]).svg(900)).contains(&"≤−80".to_owned()));
        assert!(!texts(&chart(&days(14)).svg(900)).iter().any(|t| t.contains('≤')));
    }

    #[test]
    fn says_in_words_what_it_shows() {
        let svg = chart(&days(5)).svg(900);
        assert!(
            svg.contains(
                "Daily from 3 Mar 2025 to 7 Mar 2025 (2025-03-03 to 2025-03-07). \
                          Fitness 38, fatigue 43, form −13 % of fitness (productive)."
            ),
            "{}",
            &svg[..900]
        );
    }
}
