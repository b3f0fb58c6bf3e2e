//! A small plot for the terminal: one value a column, limits as dashed lines.

use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Columns of the field at most, and its rows.
const MOST_COLUMNS: usize = 72;
const ROWS: usize = 10;
/// Columns before the field.
const BEFORE: usize = 8;
/// Halves of a row: each is a place of its own.
const HALVES: usize = 2 * ROWS;

/// A line across the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLimit {
    pub value: f64,
    /// Written at its right.
    pub words: String,
}

/// Values over time, evenly spaced; what is above the first limit is coloured.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot<'a> {
    pub values: &'a [Option<f64>],
    pub limits: &'a [PlotLimit],
    /// Minutes from the first to the last value.
    pub minutes: f64,
    /// Columns of the whole.
    pub width: usize,
}

impl Plot<'_> {
    /// The plot as lines of text; empty where nothing is known.
    pub fn draw(&self) -> String {
        let columns = columns(self.values, self.columns());
        let Some((low, high)) = self.range(&columns) else { return String::new() };
        let half = |value: f64| {
            let share = (value - low) / (high - low);
            ((share * HALVES as f64) as usize).min(HALVES - 1)
        };
        let mut out = String::new();
        for row in (0..ROWS).rev() {
            let limit = self.limits.iter().find(|limit| half(limit.value) / 2 == row && limit.value >= low);
            let label = low + (high - low) * (row as f64 + 0.5) / ROWS as f64;
            let shown = row % 3 == 0 || row == ROWS - 1;
            let _ = match shown {
                true => write!(out, "  {label:>4.0} ┤"),
                false => write!(out, "       │"),
            };
            for value in &columns {
                out.push_str(&self.cell(value.map(|v| (half(v), v)), row, limit.is_some()));
            }
            let words = limit.map(|limit| format!(" {}", limit.words)).unwrap_or_default();
            let _ = writeln!(out, "{}", words.trim_end());
        }
        out + &self.axis()
    }

    /// Columns of the field: what the limits' words beside it leave.
    fn columns(&self) -> usize {
        let words = self.limits.iter().map(|limit| limit.words.chars().count() + 1).max().unwrap_or(0).max(4);
        self.width.saturating_sub(BEFORE + words).clamp(1, MOST_COLUMNS)
    }

    fn cell(&self, value: Option<(usize, f64)>, row: usize, is_limit: bool) -> String {
        let Some((half, value)) = value.filter(|(half, _)| half / 2 == row) else {
            return if is_limit { "╌".to_owned() } else { " ".to_owned() };
        };
        let sign = if half % 2 == 1 { '▀' } else { '▄' };
        let is_above = self.limits.first().is_some_and(|limit| value > limit.value);
        let style = if is_above { Style::new().fg_color(Some(AnsiColor::Yellow.into())) } else { Style::new() };
        format!("{style}{sign}{style:#}")
    }

    /// The lowest and highest value shown: all values, and limits close to them.
    fn range(&self, columns: &[Option<f64>]) -> Option<(f64, f64)> {
        const MARGIN: f64 = 2.0;
        const LEAST_SPAN: f64 = 30.0;
        let low = columns.iter().flatten().copied().reduce(f64::min)?;
        let high = columns.iter().flatten().copied().reduce(f64::max)?;
        let near = |value: f64| value > low - 15.0 && value < high + 15.0;
        let limits = self.limits.iter().map(|limit| limit.value).filter(|value| near(*value));
        let (low, high) = limits.fold((low, high), |(low, high), limit| (low.min(limit), high.max(limit)));
        // A steady run should look steady.
        let missing = (LEAST_SPAN - (high - low)).max(0.0) / 2.0;
        Some(((low - missing - MARGIN).floor(), (high + missing + MARGIN).ceil()))
    }

    /// Minutes below the field, at round steps.
    fn axis(&self) -> String {
        let count = self.columns();
        let most = count as f64 / 9.0;
        let step = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0].into_iter().find(|s| self.minutes / s <= most).unwrap_or(300.0);
        let mut line: Vec<char> = vec!['─'; count];
        let mut words: Vec<char> = vec![' '; count + 8];
        let mut minute = 0.0;
        while minute <= self.minutes {
            let column = ((minute / self.minutes.max(1.0)) * (count - 1) as f64).round() as usize;
            line[column] = '┬';
            words.splice(column..column, format!("{minute:.0}").chars());
            words.truncate(count + 8);
            minute += step;
        }
        let line: String = line.into_iter().collect();
        let words: String = words.into_iter().collect();
        format!("       └{line} min\n        {}\n", words.trim_end())
    }
}

/// The values as so many columns, each the mean of what is known in its share of the time.
fn columns(values: &[Option<f64>], count: usize) -> Vec<Option<f64>> {
    let place = |column: usize| column * values.len() / count;
    let mean = |column: usize| {
        let known: Vec<f64> =
            values.get(place(column)..place(column + 1)).into_iter().flatten().flatten().copied().collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    (0..count).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(plot: &Plot) -> String {
        anstream::adapter::strip_str(&plot.draw()).to_string()
    }

    #[test]
    fn a_rise_is_a_rise() {
        let values: Vec<Option<f64>> = (0..1800).map(|s| Some(120.0 + f64::from(s) / 60.0)).collect();
        let limits = [PlotLimit { value: 141.0, words: "141 recovery".into() }];
        let text = plain(&Plot { values: &values, limits: &limits, minutes: 30.0, width: 100 });
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), ROWS + 2);
        let dashed: Vec<&&str> = rows.iter().filter(|row| row.contains('╌')).collect();
        assert_eq!(dashed.len(), 1, "{text}");
        assert!(dashed[0].ends_with("141 recovery"), "{text}");
        let first = |row: &str| row.chars().position(|c| c == '▀' || c == '▄');
        let starts: Vec<usize> = rows[..ROWS].iter().filter_map(|row| first(row)).collect();
        assert!(starts.is_sorted_by(|a, b| a > b), "{text}");
        for width in [60, 80] {
            let narrow = plain(&Plot { values: &values, limits: &limits, minutes: 30.0, width });
            assert!(narrow.lines().all(|line| line.chars().count() <= width), "{narrow}");
        }
        assert!(rows[ROWS + 1].trim_start().starts_with("0 ") && rows[ROWS + 1].trim_end().ends_with("30"), "{text}");
    }

    #[test]
    fn nothing_known_is_nothing_drawn_and_gaps_stay_gaps() {
        assert_eq!(Plot { values: &[None; 90], limits: &[], minutes: 1.5, width: 100 }.draw(), "");
        assert_eq!(Plot { values: &[], limits: &[], minutes: 0.0, width: 100 }.draw(), "");
        let mut values = vec![Some(140.0); 720];
        values[300..400].fill(None);
        let text = plain(&Plot { values: &values, limits: &[], minutes: 12.0, width: 100 });
        let line = text.lines().find(|line| line.contains(['▀', '▄'])).expect("a line");
        let field = line.split(['┤', '│']).nth(1).expect("a field");
        assert_eq!(field.chars().filter(|c| *c == ' ').count(), 10, "{text}");
        let two = plain(&Plot { values: &[Some(140.0), Some(150.0)], limits: &[], minutes: 0.02, width: 100 });
        assert_eq!(two.lines().count(), ROWS + 2);
    }
}
