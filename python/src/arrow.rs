//! Tables handed over by the Arrow PyCapsule interface: the very frames that the program writes as Parquet.

use crate::raised;
use freshlegs::render::table::{Form, Row};
use polars::prelude::{CompatLevel, DataFrame, SchemaExt};
use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{export_field_to_c, export_iterator};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

/// What every reader of Arrow understands: strings as bytes with offsets.
const COMPAT: CompatLevel = CompatLevel::oldest();

/// A table with the meaning of its columns.
#[pyclass(frozen, module = "freshlegs")]
pub struct Table {
    name: &'static str,
    frame: DataFrame,
    /// Name, and what its cells mean.
    columns: Vec<(&'static str, &'static str)>,
}

impl Table {
    /// The table of these rows.
    pub fn of<R: Row>(rows: &[R]) -> PyResult<Table> {
        let mut frame = R::frame(rows, Form::Parquet).map_err(raised)?;
        frame.align_chunks();
        let columns = R::COLUMNS.iter().map(|column| (column.name, column.about)).collect();
        Ok(Table { name: R::NAME, frame, columns })
    }

    fn field(&self) -> Field {
        let fields = self.frame.schema().to_arrow(COMPAT).iter_values().cloned().collect();
        Field::new("".into(), ArrowDataType::Struct(fields), false)
    }
}

#[pymethods]
impl Table {
    /// The name of the table, as that of its file in a report.
    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    /// The meaning of every column, with unit and range.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (name, about) in &self.columns {
            columns.set_item(name, about)?;
        }
        Ok(columns)
    }

    fn __len__(&self) -> usize {
        self.frame.height()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("<freshlegs.Table {}: {} rows; {}>", self.name, self.frame.height(), names.join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new(py, export_field_to_c(&self.field()), Some(c"arrow_schema".to_owned()))
    }

    /// The rows as one batch. A schema that somebody wishes for is not looked at, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let field = self.field();
        let batches: Vec<Box<dyn Array>> = self
            .frame
            .iter_chunks(COMPAT, false)
            .map(|batch| {
                let rows = batch.height();
                Box::new(StructArray::new(field.dtype().clone(), rows, batch.into_arrays(), None)) as Box<dyn Array>
            })
            .collect();
        let stream = export_iterator(Box::new(batches.into_iter().map(Ok)), field);
        PyCapsule::new(py, stream, Some(c"arrow_array_stream".to_owned()))
    }
}
