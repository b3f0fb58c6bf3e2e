//! One run in full, for other programs.

use super::words;
use crate::explain::{EarlierSession, Explanation, Remedy};
use crate::label::{Evidence, Label, Role};
use crate::units::round;
use jiff::civil::Date;
use serde::Serialize;

/// A session with all that bears on its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainRow {
    /// The `run_id` of its first recording.
    pub session_id: String,
    /// Those of all its recordings.
    pub run_ids: Vec<String>,
    pub date: Date,
    pub label: Label,
    /// While nothing but defaults is known: `gentle`, `moderate` or `hard`.
    pub rough: Option<&'static str>,
    /// 0 to 1.
    pub confidence: f64,
    pub borderline: bool,
    pub reasons: Vec<String>,
    /// 0 to 100.
    pub recovery_score: f64,
    pub evidence: Vec<EvidenceRow>,
    /// Highest mean heart rate of a recovery run on that day, bpm.
    pub recovery_limit_bpm: f64,
    pub above_limit_s: f64,
    /// Where the heart rate was above it.
    pub above_limit: Option<String>,
    /// The least change after which it would have been a recovery run.
    pub remedy: Option<RemedyRow>,
    pub before: Vec<BeforeRow>,
    pub said_beforehand: String,
    pub watch: Vec<String>,
}

/// One criterion of a recovery run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceRow {
    pub criterion: String,
    /// In the unit of the measure: bpm, m/s, minutes, points or a share.
    pub value: f64,
    pub limit: f64,
    /// One standard deviation of the limit.
    pub half_width: f64,
    /// Positive on the gentle side.
    pub margin: f64,
    /// Points of 100 that it added; missing for a limit beside the score.
    pub points: Option<f64>,
    /// Whether a limit beside the score was kept.
    pub passed: Option<bool>,
    pub in_words: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemedyRow {
    pub lower_bpm: Option<f64>,
    pub slower_s_per_km: Option<f64>,
    pub at_most_min: Option<f64>,
    pub with_walk_breaks: bool,
    pub without_fast_s: Option<f64>,
    pub in_words: String,
}

/// An earlier session that matters for this one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BeforeRow {
    pub date: Date,
    pub label: Label,
    /// From its end to the start of this one.
    pub hours: f64,
}

impl ExplainRow {
    pub fn of(explanation: &Explanation) -> ExplainRow {
        let (session, verdict) = (explanation.session, &explanation.session.verdict);
        let run_ids: Vec<String> = explanation.parts.iter().map(|p| p.recording.run_id().to_string()).collect();
        let evidence = verdict.score.evidence.iter().chain(&verdict.gates);
        let watch = explanation.parts.iter().flat_map(|part| words::watch(&part.recording.digest.watch));
        ExplainRow {
            session_id: run_ids.first().cloned().unwrap_or_default(),
            run_ids,
            date: session.session.date,
            label: verdict.label,
            rough: verdict.rough.map(|rough| rough.word()),
            confidence: round(verdict.confidence, 2),
            borderline: verdict.borderline,
            reasons: verdict.reasons.iter().map(ToString::to_string).collect(),
            recovery_score: round(verdict.score.points, 1),
            evidence: evidence.map(EvidenceRow::of).collect(),
            recovery_limit_bpm: round(session.context.ceiling_bpm, 1),
            above_limit_s: explanation.above_ceiling.seconds,
            above_limit: words::above(&explanation.above_ceiling, session.context.ceiling_bpm),
            remedy: explanation.remedy.as_ref().map(RemedyRow::of),
            before: explanation.before.iter().map(BeforeRow::of).collect(),
            said_beforehand: words::stated(session),
            watch: watch.collect(),
        }
    }
}

impl EvidenceRow {
    pub fn of(evidence: &Evidence) -> EvidenceRow {
        let finite = |value: f64| round(value.clamp(-1e9, 1e9), 3);
        let (points, passed) = match evidence.role {
            Role::Scored { points, .. } => (Some(round(points, 1)), None),
            Role::Gate { passed } => (None, Some(passed)),
        };
        EvidenceRow {
            criterion: evidence.criterion.to_string(),
            value: finite(evidence.value),
            limit: finite(evidence.limit),
            half_width: finite(evidence.half_width),
            margin: finite(evidence.margin),
            points,
            passed,
            in_words: evidence.to_string(),
        }
    }
}

impl RemedyRow {
    fn of(remedy: &Remedy) -> RemedyRow {
        RemedyRow {
            lower_bpm: remedy.lower_bpm,
            slower_s_per_km: remedy.slower_s_per_km,
            at_most_min: remedy.at_most_min,
            with_walk_breaks: remedy.with_walk_breaks,
            without_fast_s: remedy.without_fast_s.map(|s| round(s, 0)),
            in_words: words::remedy(remedy),
        }
    }
}

impl BeforeRow {
    fn of(before: &EarlierSession) -> BeforeRow {
        let session = before.session;
        BeforeRow { date: session.session.date, label: session.verdict.label, hours: round(before.hours, 1) }
    }
}
