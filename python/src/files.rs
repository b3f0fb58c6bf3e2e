//! Single files: their digests, and their seconds.

use crate::arrow::Table;
use crate::{FreshlegsError, raised};
use freshlegs::activity::Activity;
use freshlegs::clean;
use freshlegs::import::Import;
use freshlegs::outcome::{FileResult, Outcome};
use freshlegs::pipeline;
use freshlegs::read::archive::{self, Content};
use freshlegs::read::{Limits, ReadError, Reading, read_within};
use freshlegs::render::table::SecondRow;
use freshlegs::sent;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};
use std::io::Cursor;

/// What came of a file, or of all that an archive holds, packed.
#[pyfunction]
pub fn digest<'py>(py: Python<'py>, name: &str, data: PyBackedBytes) -> PyResult<Bound<'py, PyBytes>> {
    let packed = py.allow_threads(|| sent::pack(&results(name, &data)));
    Ok(PyBytes::new(py, &packed.map_err(raised)?))
}

/// What a digest holds: file, status, activities, note and starts of each file.
#[pyfunction]
pub fn describe<'py>(py: Python<'py>, digest: PyBackedBytes) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let results = py.allow_threads(|| sent::unpack(&digest)).map_err(raised)?;
    let import = Import::of(&results);
    let each = results.iter().zip(&import.files).map(|(result, file)| {
        let starts: Vec<i64> = match &result.outcome {
            Outcome::Read(digests) => digests.iter().map(|digest| digest.start_ms).collect(),
            _ => Vec::new(),
        };
        let described = PyDict::new(py);
        described.set_item("file", file.file.as_str())?;
        described.set_item("status", file.fate.word())?;
        described.set_item("activities", file.activities)?;
        described.set_item("note", Some(&file.note).filter(|note| !note.is_empty()))?;
        described.set_item("starts_ms", starts)?;
        Ok(described)
    });
    each.collect()
}

/// The activities in a file, each as a description and its seconds.
#[pyfunction]
pub fn read<'py>(py: Python<'py>, name: &str, data: PyBackedBytes) -> PyResult<Vec<(Bound<'py, PyDict>, Table)>> {
    let activities = py.allow_threads(|| activities(name, &data)).map_err(raised)?;
    let mut read = Vec::new();
    for activity in &activities {
        let Some(series) = py.allow_threads(|| clean::clean(activity)) else { continue };
        let mended = activity.notes.iter().map(ToString::to_string).chain(series.notes.iter().map(ToString::to_string));
        let described = PyDict::new(py);
        described.set_item("sport", activity.sport.to_string())?;
        described.set_item("name", activity.name.as_deref())?;
        described.set_item("start_ms", series.start_ms)?;
        described.set_item("elapsed_s", series.elapsed_s)?;
        described.set_item("timer_s", series.len())?;
        described.set_item("distance_m", series.distance_m)?;
        described.set_item("ascent_m", series.ascent_m)?;
        described.set_item("descent_m", series.descent_m)?;
        described.set_item("mended", mended.collect::<Vec<String>>())?;
        read.push((described, Table::of(&SecondRow::all(&series))?));
    }
    if read.is_empty() {
        return Err(FreshlegsError::new_err(format!("{name}: {}", ReadError::NoDuration)));
    }
    Ok(read)
}

/// All activities in a file or archive, or why there is none.
fn activities(name: &str, data: &[u8]) -> anyhow::Result<Vec<Activity>> {
    let mut activities = Vec::new();
    archive::visit(name, Cursor::new(data), &Limits::USUAL, &mut |entry| {
        let reading = match entry.content {
            Content::Bytes { bytes, .. } => read_within(&bytes, &Limits::USUAL),
            Content::Long => read_within(data, &Limits::USUAL),
            _ => return,
        };
        if let Ok(Reading::Activities(found)) = reading {
            activities.extend(found);
        }
    });
    if activities.is_empty() {
        let files = Import::of(&results(name, data)).files;
        let why = files.iter().map(|file| file.note.as_str()).find(|note| !note.is_empty());
        anyhow::bail!("{name}: {}", why.unwrap_or("there is nothing in it"));
    }
    Ok(activities)
}

/// Stage 1 on a file in memory.
fn results(name: &str, data: &[u8]) -> Vec<FileResult> {
    pipeline::digest_all(&[name.to_owned()], |_| Ok(Cursor::new(data)), &Limits::USUAL, |_| None, |_| ())
}
