//! The summary as data: what the terminal says in sentences, for other programs.

use super::advice::Advice;
use super::table::{PlanRow, RunRow};
use super::words;
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::season::{RecoveryBalance, Then};
use crate::units::round;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Runs that the summary holds where nobody says how many.
const RUNS: usize = 10;

/// What `freshlegs analyse --format json` prints under `summary`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SummaryRow {
    /// `None` where nothing can be planned.
    pub advice: Option<AdviceRow>,
    pub runs: RunTotals,
    pub limits: LimitRow,
    /// What is not known of the runner and would help.
    pub not_known_yet: Vec<String>,
    /// `None` before the first day.
    pub fitness: Option<FitnessRow>,
    pub last_four_weeks: FourWeeks,
    /// The last runs, oldest first.
    pub last_runs: Vec<RunRow>,
    pub plan: Vec<PlanRow>,
    pub plan_notes: Vec<String>,
}

/// What to do next, in the words of page and terminal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdviceRow {
    /// The day it is about: today, or tomorrow where today's run is done.
    pub date: Date,
    pub headline: String,
    pub why: Option<String>,
    pub how_sure: String,
    pub what_would_change_it: &'static str,
}

/// All runs on file; walks are none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RunTotals {
    pub count: usize,
    pub distance_km: f64,
    pub first: Option<Date>,
    pub last: Option<Date>,
}

/// Below these limits a run is a recovery run, or easy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LimitRow {
    pub recovery_bpm: f64,
    pub recovery_half_width_bpm: f64,
    pub recovery_s_per_km: Option<f64>,
    pub easy_bpm: f64,
}

/// How the runner stands after the last day that is over, points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FitnessRow {
    pub fitness: f64,
    pub fatigue: f64,
    pub form: f64,
    pub form_percent: f64,
    /// Fitness gained in seven days.
    pub ramp: Option<f64>,
    /// Enough is on file for the numbers to mean something.
    pub is_settled: bool,
    pub trend: Option<String>,
}

/// Hard and easy in the last 28 days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FourWeeks {
    pub days: usize,
    pub days_without_run: usize,
    /// Hard sessions by what the next 48 hours held.
    pub hard_sessions: BTreeMap<&'static str, usize>,
    pub recovery_runs: usize,
    pub recovery_runs_too_hard: usize,
    /// Shares of the time below the first threshold, between both, and above.
    pub intensity: Option<[f64; 3]>,
    pub in_words: Vec<String>,
}

impl SummaryRow {
    /// The summary with so many of the last runs.
    pub fn of(analysis: &Analysis, runs: Option<usize>) -> SummaryRow {
        let season = &analysis.season;
        let thresholds = season.thresholds();
        let all = RunRow::all(season);
        let from = all.len().saturating_sub(runs.unwrap_or(RUNS));
        let advice = Advice::of(analysis).zip(analysis.plan.days.first()).map(|(advice, day)| AdviceRow {
            date: day.date,
            headline: advice.headline,
            why: advice.why,
            how_sure: advice.how_sure,
            what_would_change_it: advice.what_would_change_it,
        });
        SummaryRow {
            advice,
            runs: RunTotals::of(analysis),
            limits: LimitRow {
                recovery_bpm: round(thresholds.recovery_ceiling_bpm(), 1),
                recovery_half_width_bpm: round(thresholds.recovery_ceiling_half_width_bpm(), 1),
                recovery_s_per_km: analysis.ceilings.recovery_speed_mps.map(|mps| round(1000.0 / mps, 1)),
                easy_bpm: round(thresholds.lt1_bpm(), 1),
            },
            not_known_yet: thresholds.questions().iter().map(ToString::to_string).collect(),
            fitness: FitnessRow::of(analysis),
            last_four_weeks: FourWeeks::of(&season.balance()),
            last_runs: all[from..].to_vec(),
            plan: PlanRow::all(&analysis.plan, &analysis.guide()),
            plan_notes: analysis.plan.notes.iter().map(ToString::to_string).collect(),
        }
    }
}

impl RunTotals {
    fn of(analysis: &Analysis) -> RunTotals {
        let runs = || analysis.season.runs().filter(|(_, session)| session.verdict.label != Label::Walk);
        let metres: f64 = runs().filter_map(|(run, _)| run.recording.digest.known_distance_m()).sum();
        RunTotals {
            count: runs().count(),
            distance_km: round(metres / 1000.0, 2),
            first: runs().next().map(|(run, _)| run.recording.date()),
            last: runs().next_back().map(|(run, _)| run.recording.date()),
        }
    }
}

impl FitnessRow {
    fn of(analysis: &Analysis) -> Option<FitnessRow> {
        let now = words::now(analysis)?;
        Some(FitnessRow {
            fitness: round(now.fitness, 1),
            fatigue: round(now.fatigue, 1),
            form: round(now.form, 1),
            form_percent: round(now.form_relative, 1),
            ramp: now.ramp.map(|ramp| round(ramp, 1)),
            is_settled: now.is_settled,
            trend: words::fitness_trend(analysis).map(|trend| trend.to_string()),
        })
    }
}

impl FourWeeks {
    fn of(balance: &RecoveryBalance) -> FourWeeks {
        let all = [Then::Open, Then::Rest, Then::Recovery, Then::Easy, Then::Spoiled, Then::Steady, Then::Hard];
        let count = |then: Then| balance.hard.iter().filter(|hard| hard.then == then).count();
        FourWeeks {
            days: balance.days,
            days_without_run: balance.days_without_run,
            hard_sessions: all.into_iter().map(|then| (then.word(), count(then))).collect(),
            recovery_runs: balance.recovery_runs,
            recovery_runs_too_hard: balance.recovery_runs_too_hard,
            intensity: balance.intensity.map(|i| [i.low, i.middle, i.high].map(|share| round(share, 3))),
            in_words: words::balance(balance),
        }
    }
}
