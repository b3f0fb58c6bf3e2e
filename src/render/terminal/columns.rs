//! Tables and paragraphs that fit a screen: columns give way in a fixed order, words are never cut in two.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: usize = 2;
/// Before every line.
pub(super) const INDENT: usize = 2;

/// A cell: its words and how they look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TextCell {
    pub text: String,
    pub style: Style,
}

impl TextCell {
    pub fn styled(text: impl Into<String>, style: Style) -> TextCell {
        TextCell { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for TextCell {
    fn from(text: T) -> TextCell {
        TextCell::styled(text, Style::new())
    }
}

/// One column of a table.
pub(super) struct TextColumn {
    pub head: &'static str,
    pub cells: Vec<TextCell>,
    /// Numbers end at the right.
    pub is_number: bool,
    /// The highest gives way first; 0 stays.
    pub gives_way: u8,
    /// Cut off at so many places.
    pub at_most: usize,
}

impl TextColumn {
    pub fn words(head: &'static str, cells: impl Iterator<Item = impl Into<TextCell>>) -> TextColumn {
        TextColumn { head, cells: cells.map(Into::into).collect(), is_number: false, gives_way: 0, at_most: usize::MAX }
    }

    pub fn numbers(head: &'static str, cells: impl Iterator<Item = impl Into<TextCell>>) -> TextColumn {
        TextColumn { is_number: true, ..TextColumn::words(head, cells) }
    }

    pub fn giving_way(self, gives_way: u8) -> TextColumn {
        TextColumn { gives_way, ..self }
    }

    pub fn at_most(self, at_most: usize) -> TextColumn {
        TextColumn { at_most, ..self }
    }

    fn width(&self) -> usize {
        let widest = self.cells.iter().map(|cell| cell.text.width()).max().unwrap_or(0);
        widest.max(self.head.width()).min(self.at_most)
    }

    /// Nothing stands in it.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }

    fn shown(&self, text: &str, style: Style, width: usize, is_last: bool) -> String {
        let text = cut(text, width);
        let room = " ".repeat(width - text.width());
        match (self.is_number, is_last) {
            (true, _) => format!("{room}{style}{text}{style:#}"),
            (false, true) => format!("{style}{text}{style:#}"),
            (false, false) => format!("{style}{text}{style:#}{room}"),
        }
    }
}

/// The lines of a table, its head first; columns that do not fit `width` are left out.
pub(super) fn table(mut columns: Vec<TextColumn>, width: usize) -> Vec<String> {
    columns.retain(|column| !column.is_empty());
    let needed = |columns: &[TextColumn]| INDENT + columns.iter().map(|c| c.width() + GAP).sum::<usize>() - GAP;
    while !columns.is_empty() && needed(&columns) > width {
        let first = columns.iter().map(|column| column.gives_way).max().unwrap_or(0);
        if first == 0 {
            break;
        }
        columns.retain(|column| column.gives_way != first);
    }
    let rows = columns.first().map_or(0, |column| column.cells.len());
    // Once a column, not once a cell: a width looks at every row.
    let widths: Vec<usize> = columns.iter().map(TextColumn::width).collect();
    let line = |cell: &dyn Fn(&TextColumn) -> TextCell| {
        let last = columns.len() - 1;
        let cells = columns.iter().zip(&widths).enumerate().map(|(i, (column, width))| {
            let TextCell { text, style } = cell(column);
            column.shown(&text, style, *width, i == last)
        });
        let text = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
        format!("{:INDENT$}{text}", "").trim_end().to_owned()
    };
    if columns.is_empty() {
        return Vec::new();
    }
    let head = line(&|column| TextCell::styled(column.head, Style::new().dimmed()));
    std::iter::once(head).chain((0..rows).map(|i| line(&|column| column.cells[i].clone()))).collect()
}

/// A text cut off with a sign that it goes on.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if kept.width() + letter.to_string().width() + 1 > width {
            break;
        }
        kept.push(letter);
    }
    kept.trim_end().to_owned() + "…"
}

/// A text in lines no longer than `width`, the later ones `hanging` places further in than the first.
pub(super) fn wrapped(text: &str, width: usize, indent: usize, hanging: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{:1$}{word}", "", indent + hanging)),
            None => lines.push(format!("{:indent$}{word}", "")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[String]) -> Vec<String> {
        lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect()
    }

    fn columns() -> Vec<TextColumn> {
        vec![
            TextColumn::words("day", ["Mon 1", "Tue 22"].into_iter()),
            TextColumn::numbers("km", ["9.5", "10.25"].into_iter()),
            TextColumn::words("score", ["70", "8"].into_iter()).giving_way(1),
            TextColumn::words("basis", ["by heart rate", "by pace"].into_iter()).giving_way(2),
        ]
    }

    #[test]
    fn columns_give_way_in_their_order() {
        let lines = |width| plain(&table(columns(), width));
        assert_eq!(lines(80)[1], "  Mon 1     9.5  70     by heart rate");
        assert_eq!(lines(30), ["  day        km  score", "  Mon 1     9.5  70", "  Tue 22  10.25  8"]);
        assert_eq!(lines(20), ["  day        km", "  Mon 1     9.5", "  Tue 22  10.25"]);
        assert_eq!(lines(4)[0], "  day        km", "what stays is never cut");
        assert!(table(Vec::new(), 80).is_empty());
    }

    #[test]
    fn wide_letters_take_two_places_and_long_words_are_cut_at_the_end() {
        let titles = TextColumn::words("title", ["東京マラソン", "Run"].into_iter()).at_most(8);
        let lines = plain(&table(vec![titles, TextColumn::numbers("km", ["1", "2"].into_iter())], 40));
        assert_eq!(lines, ["  title     km", "  東京マ…    1", "  Run        2"]);
    }

    #[test]
    fn no_line_is_longer_than_the_screen() {
        let text = "the day after your long run, which was longer than usual";
        for width in [20, 40, 60] {
            let lines = wrapped(text, width, 2, 2);
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
            assert_eq!(lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" "), text);
        }
        assert!(wrapped("", 20, 2, 2).is_empty());
    }
}
