//! Running time of each week, stacked by the kind of run.

use super::axis::{Steps, date_ticks, day_number, drawable, full_date};
use super::canvas::{Canvas, Caption, Drawn, Place, Words, draw};
use super::legend::{Entry, Legend, Sign};
use super::palette;
use crate::calendar::monday_of;
use crate::label::Label;
use crate::season::Week;
use jiff::ToSpan;
use jiff::civil::Date;
use plotters::element::Rectangle;
use plotters::style::Color;

/// Longer histories show their last year.
const MOST_WEEKS: usize = 53;
/// With fewer weeks the picture begins before the first.
const LEAST_WEEKS: i64 = 8;
const PANEL_PX: f64 = 210.0;

/// The chart of `weeks` (in order) as SVG, `width_px` pixels wide (at least 320).
pub fn svg(weeks: &[Week], width_px: u32) -> String {
    let width = f64::from(width_px.clamp(320, 4000));
    let shown = weeks.get(weeks.len().saturating_sub(MOST_WEEKS)..).unwrap_or_default();
    let legend = Legend::rows(entries(shown), width - 24.0);
    let top = 36.0 + legend.height + 30.0;
    let place = Place { left: 48.0, top, right: width - 16.0, bottom: top + PANEL_PX };
    let caption = Caption {
        id: format!("weekly-{width_px}"),
        title: "Running time of each week",
        description: description(shown),
    };
    draw((width, place.bottom + 40.0), &caption, |canvas| {
        canvas.words(12.0, 20.0, Words::title(caption.title))?;
        legend.draw(canvas, 12.0, 36.0)?;
        if shown.len() < weeks.len() {
            let note = format!("the last {} weeks", shown.len());
            canvas.words(place.right, top - 14.0, Words::small(&note).ending())?;
        }
        paint(canvas, shown, place)
    })
}

/// Hours of one kind of run in a week.
fn hours(week: &Week, label: Label) -> f64 {
    let seconds = Label::ALL.iter().position(|&l| l == label).and_then(|i| week.moving_s_by_label.get(i));
    seconds.and_then(|&s| drawable(s / 3600.0)).unwrap_or(0.0).max(0.0)
}

fn total(week: &Week) -> f64 {
    Label::ALL.into_iter().map(|label| hours(week, label)).sum()
}

/// A legend of the kinds of run that occur.
fn entries(weeks: &[Week]) -> Vec<Entry> {
    let occurs = |label: &Label| weeks.iter().any(|w| hours(w, *label) > 0.0);
    let entry = |label: Label| Entry::new(Sign::Block(palette::of(label)), label.to_string());
    Label::ALL.into_iter().filter(occurs).map(entry).collect()
}

fn description(weeks: &[Week]) -> String {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        return "There are no weeks to show yet.".to_owned();
    };
    let mean = weeks.iter().map(total).sum::<f64>() / weeks.len() as f64;
    format!(
        "Weeks from Monday {} to Monday {} ({} to {}), stacked by kind of run, the gentlest at the bottom; {mean:.1} hours a week on average.",
        full_date(first.monday),
        full_date(last.monday),
        first.monday,
        last.monday,
    )
}

fn paint(canvas: &Canvas, weeks: &[Week], place: Place) -> Drawn {
    canvas.words(12.0, place.top - 14.0, Words::small("hours"))?;
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        return canvas.words(place.left, place.top + 20.0, Words::small("no weeks yet"));
    };
    let highest = weeks.iter().map(total).fold(1.0, f64::max) * 1.02;
    let steps = Steps::over(highest, 5.0);
    let day_zero = first.monday.min(last.monday.saturating_sub((LEAST_WEEKS - 1).weeks()));
    let x = -3.5..day_number(day_zero, last.monday) + 3.5;
    let panel = canvas.panel(place, x.clone(), 0.0..steps.above(highest));
    canvas.left_axis(&panel, steps)?;
    let px_per_day = place.width() / (x.end - x.start);
    let half = 2.9f64.min(24.0 / px_per_day);
    for week in weeks {
        let middle = day_number(day_zero, week.monday);
        let mut bottom = 0.0;
        for label in Label::ALL {
            let top = bottom + hours(week, label);
            if top > bottom {
                let corners = [(middle - half, bottom), (middle + half, top)];
                panel.draw(&Rectangle::new(corners, palette::of(label).filled()))?;
            }
            bottom = top;
        }
    }
    let mut ticks = date_ticks(day_zero, last.monday, place.width());
    ticks.iter_mut().for_each(|tick| tick.date = monday_from(tick.date));
    ticks.retain(|tick| tick.date <= last.monday);
    canvas.date_axis(&panel, day_zero, &ticks)
}

/// The first Monday from this day on: a month's name belongs below the first bar that begins in it.
fn monday_from(date: Date) -> Date {
    monday_of(date.saturating_add(6.days()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_svg, texts};
    use super::*;
    use jiff::civil::date;

    fn week(index: i64, of: &[(Label, f64)]) -> Week {
        let mut moving_s_by_label = [0.0; 12];
        for (label, hours) in of {
            moving_s_by_label[*label as usize] = hours * 3600.0;
        }
        let monday = date(2025, 3, 3).saturating_add((7 * index).days());
        Week { monday, runs: 0, distance_m: 0.0, moving_s: 0.0, load: 0.0, moving_s_by_label }
    }

    fn weeks(n: i64) -> Vec<Week> {
        (0..n).map(|i| week(i, &[(Label::Recovery, 0.5), (Label::Easy, 2.0), (Label::Long, 1.5)])).collect()
    }

    #[test]
    fn draws_any_length_of_history() {
        for n in [0, 1, 2, 16, 53, 520] {
            for width in [320, 440, 900] {
                check_svg(&svg(&weeks(n), width), width);
            }
        }
    }

    #[test]
    fn draws_what_no_season_should_hold() {
        check_svg(&svg(&[week(0, &[]), week(1, &[])], 900), 900);
        for hours in [f64::NAN, f64::INFINITY, f64::MAX, -3.0] {
            check_svg(&svg(&[week(0, &[(Label::Race, hours)]), week(1, &[(Label::Easy, 1.0)])], 900), 900);
        }
        let ends = [Date::MIN, Date::MAX].map(|monday| Week { monday, ..week(0, &[(Label::Easy, 1.0)]) });
        check_svg(&svg(&ends, 900), 900);
    }

    #[test]
    fn the_legend_holds_the_kinds_that_occur() {
        let texts = texts(&svg(&weeks(16), 900));
        assert_eq!(texts[1..4], ["recovery", "easy", "long"]);
        assert!(!texts.iter().any(|t| t == "race"));
    }

    #[test]
    fn a_long_history_shows_its_last_year() {
        let long = svg(&weeks(100), 900);
        assert!(texts(&long).contains(&"the last 53 weeks".to_owned()));
        assert!(long.contains("(2026-01-26 to 2027-01-25)"), "{}", &long[..600]);
        // Three kinds a week, and as many signs in the legend.
        let coloured = [Label::Recovery, Label::Easy, Label::Long].map(palette::css);
        let blocks = |colour: &String| long.matches(&format!("fill=\"{colour}\"")).count();
        assert_eq!(coloured.iter().map(blocks).collect::<Vec<_>>(), [54, 54, 54]);
    }

    #[test]
    fn months_stand_below_mondays() {
        assert_eq!(monday_from(date(2025, 4, 1)), date(2025, 4, 7));
        assert_eq!(monday_from(date(2025, 9, 1)), date(2025, 9, 1));
    }

    #[test]
    fn the_same_weeks_give_the_same_bytes() {
        assert_eq!(svg(&weeks(20), 440), svg(&weeks(20), 440));
    }
}
