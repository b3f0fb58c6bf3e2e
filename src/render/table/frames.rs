//! Rows as polars data frames, and these as CSV and Parquet: the only home of polars.

use super::{MadeWith, Row};
use crate::calendar::days_between;
use crate::label::{Label, Reason};
use crate::load::Method;
use anyhow::bail;
use jiff::Zoned;
use jiff::civil::Date;
use polars::prelude::*;
use polars_io::csv::write::CsvWriter;
use polars_io::mmap::MmapBytesReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::{KeyValueMetadata, ParquetWriter};
use polars_io::{SerReader, SerWriter};
use serde_bytes::ByteBuf;

/// What a frame is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text: times with their local offset, lists joined with `; `, and nothing that a spreadsheet would run as a formula.
    Csv,
    /// Types: times as instants in UTC, lists as lists.
    Parquet,
}

/// What may stand in a column.
pub trait Cell {
    /// In the words of the data dictionary.
    const KIND: &'static str;

    /// A column of such cells.
    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Self>, form: Form) -> PolarsResult<Column>
    where
        Self: 'c;
}

/// A table as CSV with a header; missing is empty.
///
/// # Errors
/// Where polars cannot write the table; not for any table of this program.
pub fn csv<R: Row>(rows: &[R]) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(&mut R::frame(rows, Form::Csv)?)?;
    Ok(bytes)
}

/// A table as Parquet; what it was made with stands as JSON under the key `made_with` of the file's metadata.
///
/// # Errors
/// As [`csv()`].
pub fn parquet<R: Row>(rows: &[R], made_with: &MadeWith) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let made_with = vec![("made_with".to_owned(), serde_json::to_string(made_with)?)];
    ParquetWriter::new(&mut bytes)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(made_with)))
        .finish(&mut R::frame(rows, Form::Parquet)?)?;
    Ok(bytes)
}

/// Of a Parquet file that holds digests: whose each is, where a column says so, and its packed form. Other columns are ignored.
///
/// # Errors
/// Where it is no Parquet file, or one without digests.
pub fn digests_in(parquet: impl MmapBytesReader) -> anyhow::Result<Vec<(Option<String>, Vec<u8>)>> {
    let frame = ParquetReader::new(parquet).finish()?;
    let Ok(digests) = frame.column(DIGESTS) else { bail!("it has no column `{DIGESTS}`") };
    let athletes = frame.column(ATHLETES).ok().map(|column| column.str()).transpose()?;
    let each = digests.binary()?.iter().enumerate();
    let of = |(i, digest): (usize, Option<&[u8]>)| {
        let athlete = athletes.and_then(|names| names.get(i)).map(str::to_owned);
        digest.map(|digest| (athlete, digest.to_owned()))
    };
    Ok(each.filter_map(of).collect())
}

/// The columns of a table of digests that stage 2 looks at.
const DIGESTS: &str = "digest";
const ATHLETES: &str = "athlete";

/// A spreadsheet runs a cell that begins so as a formula, whoever wrote it.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Text that a spreadsheet shows as it is: with an apostrophe before what would be a formula.
fn plain(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

fn words<'c>(name: &str, words: impl Iterator<Item = Option<&'c str>>, form: Form) -> Column {
    let shown = |word: &str| if form == Form::Csv { plain(word) } else { word.to_owned() };
    Column::new(name.into(), words.map(|word| word.map(shown)).collect::<Vec<_>>())
}

impl Cell for f64 {
    const KIND: &'static str = "number";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c f64>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.copied().collect::<Vec<f64>>()))
    }
}

impl Cell for Option<f64> {
    const KIND: &'static str = "number or nothing";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Option<f64>>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.copied().collect::<Vec<Option<f64>>>()))
    }
}

impl Cell for usize {
    const KIND: &'static str = "count";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c usize>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.map(|count| *count as u32).collect::<Vec<u32>>()))
    }
}

impl Cell for Option<usize> {
    const KIND: &'static str = "count or nothing";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Option<usize>>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.map(|count| count.map(|n| n as u32)).collect::<Vec<Option<u32>>>()))
    }
}

impl Cell for i32 {
    const KIND: &'static str = "whole number";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c i32>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.copied().collect::<Vec<i32>>()))
    }
}

impl Cell for bool {
    const KIND: &'static str = "true or false";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c bool>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.copied().collect::<Vec<bool>>()))
    }
}

impl Cell for Option<bool> {
    const KIND: &'static str = "true, false or nothing";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Option<bool>>, _: Form) -> PolarsResult<Column> {
        Ok(Column::new(name.into(), cells.copied().collect::<Vec<Option<bool>>>()))
    }
}

impl Cell for ByteBuf {
    const KIND: &'static str = "bytes";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c ByteBuf>, _: Form) -> PolarsResult<Column> {
        let cells: Vec<&[u8]> = cells.map(|bytes| bytes.as_slice()).collect();
        Ok(BinaryChunked::from_slice(name.into(), &cells).into_column())
    }
}

impl Cell for String {
    const KIND: &'static str = "text";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c String>, form: Form) -> PolarsResult<Column> {
        Ok(words(name, cells.map(|text| Some(text.as_str())), form))
    }
}

impl Cell for Option<String> {
    const KIND: &'static str = "text or nothing";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Option<String>>, form: Form) -> PolarsResult<Column> {
        Ok(words(name, cells.map(Option::as_deref), form))
    }
}

impl Cell for &'static str {
    const KIND: &'static str = "word";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c &'static str>, form: Form) -> PolarsResult<Column> {
        Ok(words(name, cells.map(|word| Some(*word)), form))
    }
}

impl Cell for Option<&'static str> {
    const KIND: &'static str = "word or nothing";

    fn column<'c>(
        name: &str,
        cells: impl Iterator<Item = &'c Option<&'static str>>,
        form: Form,
    ) -> PolarsResult<Column> {
        Ok(words(name, cells.copied(), form))
    }
}

impl Cell for Label {
    const KIND: &'static str = "word";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Label>, form: Form) -> PolarsResult<Column> {
        Ok(words(name, cells.map(|label| Some(label.word())), form))
    }
}

impl Cell for Method {
    const KIND: &'static str = "word";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Method>, form: Form) -> PolarsResult<Column> {
        Ok(words(name, cells.map(|method| Some(method.word())), form))
    }
}

impl Cell for Date {
    const KIND: &'static str = "day";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Date>, _: Form) -> PolarsResult<Column> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days: Vec<i32> = cells.map(|day| days_between(epoch, *day) as i32).collect();
        Ok(Series::new(name.into(), days).cast(&DataType::Date)?.into_column())
    }
}

impl Cell for Option<Date> {
    const KIND: &'static str = "day or nothing";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Option<Date>>, _: Form) -> PolarsResult<Column> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days: Vec<Option<i32>> = cells.map(|day| day.map(|day| days_between(epoch, day) as i32)).collect();
        Ok(Series::new(name.into(), days).cast(&DataType::Date)?.into_column())
    }
}

impl Cell for Zoned {
    const KIND: &'static str = "time";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Zoned>, form: Form) -> PolarsResult<Column> {
        if form == Form::Csv {
            let texts: Vec<String> = cells.map(local_time).collect();
            return Ok(words(name, texts.iter().map(|text| Some(text.as_str())), form));
        }
        let instants: Vec<i64> = cells.map(|time| time.timestamp().as_millisecond()).collect();
        let instants = Int64Chunked::from_vec(name.into(), instants);
        Ok(instants.into_datetime(TimeUnit::Milliseconds, Some(TimeZone::UTC)).into_column())
    }
}

impl Cell for Vec<Reason> {
    const KIND: &'static str = "list of sentences";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Vec<Reason>>, form: Form) -> PolarsResult<Column> {
        Ok(lists(name, cells.map(|reasons| reasons.iter().map(ToString::to_string).collect()), form))
    }
}

impl Cell for Vec<String> {
    const KIND: &'static str = "list of sentences";

    fn column<'c>(name: &str, cells: impl Iterator<Item = &'c Vec<String>>, form: Form) -> PolarsResult<Column> {
        Ok(lists(name, cells.cloned(), form))
    }
}

/// A column of sentences, in CSV one text each.
fn lists(name: &str, sentences: impl Iterator<Item = Vec<String>>, form: Form) -> Column {
    if form == Form::Csv {
        let texts: Vec<String> = sentences.map(|sentences| sentences.join("; ")).collect();
        return words(name, texts.iter().map(|text| Some(text.as_str())), form);
    }
    let lists: Vec<Series> = sentences.map(|list| Series::new(PlSmallStr::EMPTY, list)).collect();
    if lists.is_empty() {
        return Column::new_empty(name.into(), &DataType::List(Box::new(DataType::String)));
    }
    Column::new(name.into(), lists)
}

/// RFC 3339 with the local offset.
pub(super) fn local_time(time: &Zoned) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{Row, row};
    use super::*;
    use std::io::Cursor;

    row! {
        /// A row with a cell of every kind.
        pub struct EveryCell in "any" {
            /// A day.
            day: Date,
            /// A time.
            #[serde(serialize_with = "super::super::run::as_local_time")]
            time: Zoned,
            /// A name.
            name: Option<String>,
            /// Reasons.
            #[serde(skip)]
            reasons: Vec<Reason>,
            /// A number,
            /// of two lines.
            number: Option<f64>,
            /// A count.
            count: usize,
        }
    }

    fn rows(names: &[&str]) -> Vec<EveryCell> {
        let row = |name: &&str| EveryCell {
            day: jiff::civil::date(2026, 6, 21),
            time: "2026-06-21T23:30:00-05:00[-05:00]".parse().expect("a time"),
            name: Some((*name).to_owned()).filter(|name| !name.is_empty()),
            reasons: vec![Reason::PaceUnreliable, Reason::Felt { rpe: 3.0 }],
            number: (!name.is_empty()).then_some(-1.5),
            count: 3,
        };
        names.iter().map(row).collect()
    }

    #[test]
    fn columns_are_the_fields_with_their_descriptions() {
        let columns: Vec<(&str, &str, &str)> = EveryCell::COLUMNS.iter().map(|c| (c.name, c.kind, c.about)).collect();
        assert_eq!(columns[0], ("day", "day", "A day."));
        assert_eq!(columns[4], ("number", "number or nothing", "A number, of two lines."));
    }

    #[test]
    fn csv_is_text_that_no_spreadsheet_runs() {
        let names = ["=HYPERLINK(\"x\")", "+1", "-2", "@a", "\tb", "plain = text", ""];
        let text = String::from_utf8(csv(&rows(&names)).expect("CSV")).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "day,time,name,reasons,number,count");
        assert!(lines[1].starts_with("2026-06-21,2026-06-21T23:30:00-05:00,\"'=HYPERLINK(\"\"x\"\")\","), "{text}");
        for (line, name) in lines[2..].iter().zip(["'+1", "'-2", "'@a", "'\tb", "plain = text"]) {
            assert!(line.contains(&format!(",{name},")), "{line}");
        }
        assert!(lines[7].ends_with("pace not used: treadmill or no GPS; felt 3 of 10,,3"), "{text}");
    }

    #[test]
    fn parquet_keeps_types_and_says_what_it_was_made_with() {
        for names in [&["-2", ""][..], &[]] {
            let bytes = parquet(&rows(names), &MadeWith::default()).expect("Parquet");
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.contains("made_with") && text.contains(env!("CARGO_PKG_VERSION")));
            let frame = ParquetReader::new(Cursor::new(&bytes)).finish().expect("a frame");
            let kinds: Vec<DataType> = frame.dtypes();
            assert_eq!(kinds[0], DataType::Date);
            assert_eq!(kinds[1], DataType::Datetime(TimeUnit::Milliseconds, Some(TimeZone::UTC)));
            assert_eq!(kinds[3], DataType::List(Box::new(DataType::String)));
            assert_eq!(frame.height(), names.len());
        }
    }
}
