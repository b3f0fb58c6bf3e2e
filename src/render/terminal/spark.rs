//! Form of the last weeks in one line, a letter a day.

use crate::season::Day;

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Form at the lowest and the highest letter, percent of fitness: the edges of the outer zones.
const LOWEST: f64 = -40.0;
const HIGHEST: f64 = 30.0;
const MOST_DAYS: usize = 56;

/// The letters of the last days that fit; a dot stands for a day on which form means nothing yet.
pub(super) fn form(days: &[Day], width: usize) -> String {
    let from = days.len().saturating_sub(MOST_DAYS.min(width / 7 * 7));
    days[from..].iter().map(letter).collect()
}

fn letter(day: &Day) -> char {
    if day.warming_up {
        return '·';
    }
    let share = (day.form_relative - LOWEST) / (HIGHEST - LOWEST);
    let level = (share * LEVELS.len() as f64) as usize;
    LEVELS[level.min(LEVELS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(form_relative: f64, warming_up: bool) -> Day {
        Day {
            date: date(2026, 6, 1),
            load: 0.0,
            fitness: 30.0,
            fatigue: 30.0,
            form_morning: 0.0,
            form_relative,
            ramp: None,
            monotony: None,
            strain: None,
            warming_up,
        }
    }

    #[test]
    fn the_more_rested_the_higher() {
        let days =
            [day(0.0, true), day(-99.0, false), day(-39.0, false), day(0.0, false), day(29.0, false), day(99.0, false)];
        assert_eq!(form(&days, 80), "·▁▁▅██");
        assert_eq!(form(&vec![day(0.0, false); 100], 80).chars().count(), MOST_DAYS);
        assert_eq!(form(&vec![day(0.0, false); 100], 40).chars().count(), 35);
        assert_eq!(form(&[], 80), "");
    }
}
