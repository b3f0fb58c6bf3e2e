//! Small tables that a runner may write by hand: one statement a line, read so that one slip costs one line.

use std::fmt;

/// A line of a table with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandLine {
    /// From 1.
    pub number: u64,
    /// Without blanks and quotes around them; never empty.
    pub fields: Vec<String>,
}

/// A line that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable<R> {
    /// From 1.
    pub line: u64,
    pub reason: R,
}

/// The lines of a file, whoever wrote it: fields may be parted by commas, semicolons or tabs, lines that begin with `#` and
/// empty ones are left alone.
pub fn lines(bytes: &[u8]) -> Vec<HandLine> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // Each line by itself: a quote that a hand left open must not swallow the lines after it.
    let numbered = (1..).zip(text.lines()).filter(|(_, text)| !text.starts_with('#'));
    let read = numbered.map(|(number, text)| HandLine { number, fields: fields(text) });
    read.filter(|line| !line.fields.iter().all(String::is_empty)).collect()
}

fn fields(line: &str) -> Vec<String> {
    // What stands first holds none of them, and a program and a spreadsheet may have taken turns.
    let delimiter = line.bytes().find(|byte| matches!(byte, b',' | b';' | b'\t')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(str::to_owned).collect()
}

/// Fields as one line, without its end.
pub fn written(fields: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(fields);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

/// A number within its range, as a hand writes it: a comma may stand for the point.
pub fn number(text: &str, least: f64, most: f64) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|value| (least..=most).contains(value))
}

impl<R: fmt::Display> fmt::Display for Unreadable<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}; the line is left out", self.line, self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        lines(text.as_bytes()).into_iter().map(|line| (line.number, line.fields)).collect()
    }

    #[test]
    fn every_line_is_read_by_itself() {
        let text = "\u{feff}a; b;\"c\"\r\n\r\n# why; not\r\n;;\n2,\"x, \"\"y\"\"\",\"open\n3\tz\n";
        let expected: [(u64, &[&str]); 3] = [(1, &["a", "b", "c"]), (5, &["2", "x, \"y\"", "open"]), (6, &["3", "z"])];
        let expected: Vec<(u64, Vec<String>)> =
            expected.iter().map(|(line, fields)| (*line, fields.iter().map(ToString::to_string).collect())).collect();
        assert_eq!(read(text), expected);
        assert_eq!(read(""), []);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let fields = ["2026-07-09", "title", "slow; \"very\", with Dana", ""].map(str::to_owned);
        assert_eq!(read(&written(&fields)), [(1, fields.to_vec())]);
    }

    #[test]
    fn numbers_have_a_range_and_either_point() {
        assert_eq!(number(" 3,5 ", 0.0, 10.0), Some(3.5));
        assert_eq!([number("11", 0.0, 10.0), number("NaN", 0.0, 10.0), number("", 0.0, 10.0)], [None; 3]);
    }
}
