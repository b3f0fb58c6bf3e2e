//! The page.
use crate::import::Import;
use crate::pipeline::Analysis;

/// The charts of the page, as SVG.
pub struct Charts<'a> {
    pub fitness: &'a str,
    pub weekly: &'a str,
}

/// The whole page.
pub fn page(_analysis: &Analysis, _import: &Import, charts: &Charts) -> String {
    format!("<!doctype html>{}{}{}", super::report::MARK, charts.fitness, charts.weekly)
}
