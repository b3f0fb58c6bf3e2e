//! A season, with its tables.

use crate::arrow::Table;
use crate::{FreshlegsError, raised};
use freshlegs::calendar;
use freshlegs::cli::embedded::{GivenProfile, SeasonFound, SeasonRequest};
use freshlegs::outcome::FileResult;
use freshlegs::render::table::{
    ActivityRow, AthleteWeekRow, CriterionRow, DayRow, MadeWith, PlanRow, Row, RunRow, WeekRow,
};
use freshlegs::sent;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A table without rows: what it would hold.
#[pyfunction]
pub fn empty(name: &str) -> PyResult<Table> {
    match name {
        RunRow::NAME => Table::of::<RunRow>(&[]),
        ActivityRow::NAME => Table::of::<ActivityRow>(&[]),
        DayRow::NAME => Table::of::<DayRow>(&[]),
        WeekRow::NAME => Table::of::<WeekRow>(&[]),
        PlanRow::NAME => Table::of::<PlanRow>(&[]),
        AthleteWeekRow::NAME => Table::of::<AthleteWeekRow>(&[]),
        CriterionRow::NAME => Table::of::<CriterionRow>(&[]),
        _ => Err(FreshlegsError::new_err(format!("there is no table `{name}`"))),
    }
}

/// A season analysed, and all that follows from it.
#[pyclass(frozen, module = "freshlegs")]
pub struct Season(SeasonFound);

/// Digests on their way into a season. Each is unpacked as it comes, so that nobody has to hold all of them twice.
#[pyclass(frozen, module = "freshlegs")]
#[derive(Default)]
pub struct Digests(Mutex<Vec<FileResult>>);

#[pymethods]
impl Digests {
    #[new]
    fn new() -> Digests {
        Digests::default()
    }

    /// Adds a digest in its packed form.
    fn add(&self, py: Python<'_>, digest: PyBackedBytes) -> PyResult<()> {
        let results = py.allow_threads(|| sent::unpack(&digest)).map_err(raised)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(results);
        Ok(())
    }
}

impl Digests {
    fn taken(&self) -> Vec<FileResult> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads and analyses the files of one runner, and the digests, which it takes.
#[pyfunction]
#[pyo3(signature = (paths, digests, *, profile_file, profile_json, today, rule, athlete, remember, keep))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
pub fn analyse(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    digests: &Digests,
    profile_file: Option<PathBuf>,
    profile_json: Option<String>,
    today: Option<String>,
    rule: Option<String>,
    athlete: Option<String>,
    remember: bool,
    keep: bool,
) -> PyResult<Season> {
    let text = profile_json.map(|json| profile_text(&json)).transpose()?;
    let request = SeasonRequest {
        paths,
        athlete,
        results: digests.taken(),
        profile: profile_file.map(GivenProfile::File).or(text.map(GivenProfile::Text)),
        today: today.as_deref().map(|day| calendar::day(day).map_err(|hint| not_a_day(day, &hint))).transpose()?,
        rule: rule.map(|rule| rule.parse().map_err(FreshlegsError::new_err)).transpose()?,
        remembers: remember,
        keeps: keep,
    };
    py.allow_threads(|| request.find()).map(Season).map_err(raised)
}

fn not_a_day(text: &str, hint: &str) -> PyErr {
    FreshlegsError::new_err(format!("`{text}`: {hint}"))
}

/// A profile given as a dictionary, as the text of its file.
fn profile_text(json: &str) -> PyResult<String> {
    let table: toml::Table = serde_json::from_str(json).map_err(raised)?;
    toml::to_string(&table).map_err(raised)
}

impl Season {
    fn table<R: Row + Send>(
        &self,
        py: Python<'_>,
        rows: impl FnOnce(&SeasonFound) -> Vec<R> + Send,
    ) -> PyResult<Table> {
        let rows = py.allow_threads(|| rows(&self.0));
        Table::of(&rows)
    }
}

#[pymethods]
impl Season {
    #[getter]
    fn runs(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| RunRow::all(&found.done.analysis.season))
    }

    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| ActivityRow::all(&found.done.analysis.season))
    }

    #[getter]
    fn days(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| DayRow::all(&found.done.analysis.season))
    }

    #[getter]
    fn weeks(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| WeekRow::all(&found.done.analysis.season))
    }

    #[getter]
    fn plan(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| PlanRow::all(&found.done.analysis.plan, &found.done.analysis.guide()))
    }

    #[getter]
    fn athlete(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| AthleteWeekRow::all(&found.done.analysis.season))
    }

    #[getter]
    fn evidence(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, |found| CriterionRow::all(&found.done.analysis.season))
    }

    /// The day it stands on, as text.
    #[getter]
    fn today(&self) -> String {
        self.0.done.analysis.season.today.to_string()
    }

    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.0.warnings.clone()
    }

    /// What the tables were made with, as JSON.
    fn made_with(&self) -> PyResult<String> {
        let done = &self.0.done;
        serde_json::to_string(&MadeWith::of(&done.analysis.season, &done.import)).map_err(raised)
    }

    /// The plan as JSON: a list of days.
    fn plan_json(&self) -> PyResult<String> {
        let analysis = &self.0.done.analysis;
        serde_json::to_string(&PlanRow::all(&analysis.plan, &analysis.guide())).map_err(raised)
    }

    fn summary(&self, py: Python<'_>) -> String {
        py.allow_threads(|| self.0.summary())
    }

    /// Writes the report and says where its page is.
    fn report(&self, py: Python<'_>, folder: PathBuf, share: bool) -> PyResult<PathBuf> {
        py.allow_threads(|| self.0.write_report(&folder, share)).map_err(raised)
    }

    /// The runs meant: each as JSON and as text.
    fn explain(&self, py: Python<'_>, run: &str) -> PyResult<Vec<(String, String)>> {
        let explained = py.allow_threads(|| self.0.explain(run)).map_err(raised)?;
        explained.into_iter().map(|(row, text)| Ok((serde_json::to_string(&row).map_err(raised)?, text))).collect()
    }
}
