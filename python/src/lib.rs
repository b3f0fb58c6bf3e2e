//! freshlegs for Python: what `python/freshlegs` is made of.
//!
//! All work is done without Python's lock, so that threads of a program go on meanwhile. Errors are `FreshlegsError` and say
//! what the command line would say.

mod analysis;
mod arrow;
mod files;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

pyo3::create_exception!(freshlegs, FreshlegsError, PyValueError, "What the program would end with, in the same words.");

/// The error of the library as that of Python.
fn raised(error: impl Into<anyhow::Error>) -> PyErr {
    FreshlegsError::new_err(format!("{:#}", error.into()))
}

#[pymodule]
fn _freshlegs(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("DIGEST_VERSION", freshlegs::digest::VERSION)?;
    module.add("FreshlegsError", module.py().get_type::<FreshlegsError>())?;
    module.add_class::<arrow::Table>()?;
    module.add_class::<analysis::Digests>()?;
    module.add_class::<analysis::Season>()?;
    module.add_function(wrap_pyfunction!(files::digest, module)?)?;
    module.add_function(wrap_pyfunction!(files::describe, module)?)?;
    module.add_function(wrap_pyfunction!(files::read, module)?)?;
    module.add_function(wrap_pyfunction!(analysis::empty, module)?)?;
    module.add_function(wrap_pyfunction!(analysis::analyse, module)?)
}
