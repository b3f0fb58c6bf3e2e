//! The row of one of several runners.

use super::row;
use jiff::civil::Date;

row! {
    /// How one of several runners stands, who needs a look first: `freshlegs analyse --athletes --format csv`.
    pub struct RunnerRow in "athletes" {
        /// The name of the runner's folder.
        name: String,
        /// Where the report is, from the overview on.
        report: Option<String>,
        /// Why there is none.
        error: Option<String>,
        /// The day as of which the runner was looked at.
        as_of: Option<Date>,
        /// What to look at, the most pressing first.
        needs: Vec<String>,
        /// What to do next.
        advice: Option<String>,
        /// Fitness, points; missing while too little is on file.
        fitness: Option<f64>,
        /// Form as percent of fitness.
        form_percent: Option<f64>,
        /// Runs of the last four weeks.
        four_weeks_runs: Option<usize>,
        /// Their hours.
        four_weeks_h: Option<f64>,
    }
}
