//! The row of a criterion of a recovery run, held against one session.

use super::row;
use crate::label::Labelled;
use crate::render::explain_row::EvidenceRow;
use crate::season::Season;
use jiff::civil::Date;

row! {
    /// One criterion of a recovery run, as one session met it or did not: `freshlegs explain --format csv`, and all of them through Python.
    pub struct CriterionRow in "evidence" {
        /// The session: the `run_id` of its first recording.
        session_id: String,
        /// Its local day.
        date: Date,
        /// Which criterion.
        criterion: String,
        /// What was measured, in the unit of the measure: bpm, m/s, minutes, points or a share.
        value: f64,
        /// What it is held against, in the same unit.
        limit: f64,
        /// One standard deviation of the limit.
        half_width: f64,
        /// Distance from the limit, positive on the gentle side.
        margin: f64,
        /// Points of 100 that it added to the score; missing for a limit beside the score.
        points: Option<f64>,
        /// Whether a limit beside the score was kept.
        passed: Option<bool>,
        /// The same as a sentence.
        in_words: String,
    }
}

impl CriterionRow {
    /// One row for every criterion of every session.
    pub fn all(season: &Season) -> Vec<CriterionRow> {
        season.sessions().iter().flat_map(|session| CriterionRow::of(session, season)).collect()
    }

    /// Those of one session, the score's first.
    pub fn of(session: &Labelled, season: &Season) -> Vec<CriterionRow> {
        let id = session.parts().next().map(|id| season.activity(id).recording.run_id().to_string());
        let verdict = &session.verdict;
        let evidence = verdict.score.evidence.iter().chain(&verdict.gates).map(EvidenceRow::of);
        let row = |row: EvidenceRow| CriterionRow {
            session_id: id.clone().unwrap_or_default(),
            date: session.session.date,
            criterion: row.criterion,
            value: row.value,
            limit: row.limit,
            half_width: row.half_width,
            margin: row.margin,
            points: row.points,
            passed: row.passed,
            in_words: row.in_words,
        };
        evidence.map(row).collect()
    }
}
