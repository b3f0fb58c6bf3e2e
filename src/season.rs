//! Days and weeks: what the loads add up to (methods §4).

use crate::daily::{Daily, days_between, monday_of};
use crate::label::{Label, Labelled};
use crate::physiology::training;
use crate::run::{Run, round};
use jiff::civil::Date;
use polars::prelude::*;
use serde::Serialize;

/// Days over which the recovery balance looks back (methods §4.7).
const BALANCE_DAYS: i64 = 28;
/// How long the time after a hard session should stay gentle, ms (methods §4.7).
const GENTLE_FOR_MS: i64 = 36 * 3600 * 1000;

/// One calendar day; there is one for every day from the first activity on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    pub date: Date,
    /// Load of all activities that began on this local day.
    pub load: f64,
    /// Chronic training load at the end of the day.
    pub fitness: f64,
    /// Acute training load at the end of the day.
    pub fatigue: f64,
    /// Yesterday's fitness minus yesterday's fatigue: how fresh the morning is.
    pub form: f64,
    /// Form in percent of fitness (at least 20).
    pub form_relative: f64,
    /// Change of fitness in seven days; `None` in the first week.
    pub ramp: Option<f64>,
    /// Mean over spread of the last seven loads, 0..=10; `None` in the first six days.
    pub monotony: Option<f64>,
    /// Last seven days' load times monotony.
    pub strain: Option<f64>,
    /// The first 42 days of a long history: fitness still grows from zero here and means little.
    #[serde(skip)]
    pub warming_up: bool,
}

/// One week, Monday to Sunday.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    pub monday: Date,
    pub runs: usize,
    pub distance_m: f64,
    pub moving_s: f64,
    pub load: f64,
    /// Moving seconds by label, every label in [`Label::ALL`] order.
    pub moving_s_by_label: [f64; 12],
}

/// Whether hard days are followed by easy ones, over the last 28 days (methods §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RecoveryBalance {
    pub hard_sessions: usize,
    /// Of these, how many had only rest or gentle running in the 36 hours after.
    pub hard_then_gentle: usize,
    pub days: usize,
    pub days_without_run: usize,
    pub recovery_runs: usize,
    pub recovery_runs_too_hard: usize,
}

impl Day {
    /// One row for every day of `daily`.
    pub fn all(daily: &Daily) -> Vec<Day> {
        let days = daily.dates().enumerate().map(|(i, date)| {
            let evening = daily.evenings[i];
            let morning = daily.morning(date);
            let week = (i >= 6).then(|| training::monotony(&daily.loads[i - 6..=i])).flatten();
            let week_ago = i.checked_sub(7).map(|j| daily.evenings[j].ctl);
            Day {
                date,
                load: round(daily.loads[i], 1),
                fitness: round(evening.ctl, 2),
                fatigue: round(evening.atl, 2),
                form: round(morning.form(), 2),
                form_relative: round(morning.relative_form(), 1),
                ramp: week_ago.map(|ctl| round(evening.ctl - ctl, 2)),
                monotony: week.map(|w| round(w.monotony, 2)),
                strain: week.map(|w| round(w.strain, 1)),
                warming_up: daily.is_running_in(i),
            }
        });
        days.collect()
    }
}

impl Week {
    /// One row for every week that `days` touch.
    pub fn all(days: &[Day], runs: &[Run]) -> Vec<Week> {
        let mut weeks: Vec<Week> = Vec::new();
        for day in days {
            let monday = monday_of(day.date);
            match weeks.last_mut().filter(|week| week.monday == monday) {
                Some(week) => week.load += day.load,
                None => weeks.push(Week {
                    monday,
                    runs: 0,
                    distance_m: 0.0,
                    moving_s: 0.0,
                    load: day.load,
                    moving_s_by_label: [0.0; 12],
                }),
            }
        }
        // A walk is no run, and yet time on one's feet.
        for run in runs {
            let monday = monday_of(run.date);
            let Some(week) = weeks.iter_mut().find(|week| week.monday == monday) else { continue };
            if run.label != Label::Walk {
                week.runs += 1;
                week.distance_m += run.distance_m.unwrap_or(0.0);
                week.moving_s += run.moving_s;
            }
            week.moving_s_by_label[run.label as usize] += run.moving_s;
        }
        for week in &mut weeks {
            week.load = round(week.load, 1);
            week.distance_m = round(week.distance_m, 1);
        }
        weeks
    }
}

impl RecoveryBalance {
    /// Looks at the 28 days up to and including `last`, or as many as there are since `first`.
    pub fn new(sessions: &[Labelled], first: Date, last: Date) -> RecoveryBalance {
        let days = BALANCE_DAYS.min(days_between(first, last) + 1).max(0);
        let recent: Vec<&Labelled> =
            sessions.iter().filter(|s| (0..days).contains(&days_between(s.session.date, last))).collect();
        let count = |label: Label| recent.iter().filter(|s| s.verdict.label == label).count();
        let hard: Vec<&&Labelled> = recent.iter().filter(|s| s.hard).collect();
        let mut run_days: Vec<Date> =
            recent.iter().filter(|s| s.verdict.label != Label::Walk).map(|s| s.session.date).collect();
        run_days.sort_unstable();
        run_days.dedup();
        RecoveryBalance {
            hard_sessions: hard.len(),
            hard_then_gentle: hard.iter().filter(|s| only_gentle_after(s, sessions)).count(),
            days: days as usize,
            days_without_run: days as usize - run_days.len(),
            recovery_runs: count(Label::Recovery),
            recovery_runs_too_hard: count(Label::RecoveryTooHard),
        }
    }
}

/// True where the 36 hours after a hard session hold only rest and gentle running.
fn only_gentle_after(hard: &Labelled, sessions: &[Labelled]) -> bool {
    let (from, until) = (hard.session.end_ms, hard.session.end_ms + GENTLE_FOR_MS);
    let mut after = sessions.iter().filter(|s| s.session.start_ms >= from && s.session.start_ms < until);
    after.all(|s| s.verdict.label.is_gentle() && !s.hard)
}

/// The days as a table.
pub fn days_table(days: &[Day]) -> PolarsResult<DataFrame> {
    let numbers = |pick: fn(&Day) -> f64| days.iter().map(pick).collect::<Vec<_>>();
    let some = |pick: fn(&Day) -> Option<f64>| days.iter().map(pick).collect::<Vec<_>>();
    df!(
        "date" => dates(days.iter().map(|d| d.date))?,
        "load" => numbers(|d| d.load),
        "fitness" => numbers(|d| d.fitness),
        "fatigue" => numbers(|d| d.fatigue),
        "form" => numbers(|d| d.form),
        "form_relative" => numbers(|d| d.form_relative),
        "ramp" => some(|d| d.ramp),
        "monotony" => some(|d| d.monotony),
        "strain" => some(|d| d.strain),
    )
}

/// The weeks as a table, with one column of moving seconds for every label.
pub fn weeks_table(weeks: &[Week]) -> PolarsResult<DataFrame> {
    let mut table = df!(
        "monday" => dates(weeks.iter().map(|w| w.monday))?,
        "runs" => weeks.iter().map(|w| w.runs as u32).collect::<Vec<_>>(),
        "distance_m" => weeks.iter().map(|w| w.distance_m).collect::<Vec<_>>(),
        "moving_s" => weeks.iter().map(|w| w.moving_s).collect::<Vec<_>>(),
        "load" => weeks.iter().map(|w| w.load).collect::<Vec<_>>(),
    )?;
    for (i, label) in Label::ALL.iter().enumerate() {
        let seconds: Vec<f64> = weeks.iter().map(|w| w.moving_s_by_label[i]).collect();
        table.with_column(Column::new(format!("{}_s", label.word()).into(), seconds))?;
    }
    Ok(table)
}

/// The runs as a table; the reasons of a run stand in one cell, divided by `; `.
pub fn runs_table(runs: &[Run]) -> PolarsResult<DataFrame> {
    let numbers = |pick: fn(&Run) -> f64| runs.iter().map(pick).collect::<Vec<_>>();
    let some = |pick: fn(&Run) -> Option<f64>| runs.iter().map(pick).collect::<Vec<_>>();
    let words = |pick: fn(&Run) -> String| runs.iter().map(pick).collect::<Vec<_>>();
    df!(
        "date" => dates(runs.iter().map(|r| r.date))?,
        "started" => words(|r| r.started.clone()),
        "file" => words(|r| r.file.clone()),
        "name" => runs.iter().map(|r| r.name.clone()).collect::<Vec<_>>(),
        "sport" => words(|r| r.sport.clone()),
        "sub_sport" => words(|r| r.sub_sport.clone()),
        "distance_m" => some(|r| r.distance_m),
        "elapsed_s" => numbers(|r| r.elapsed_s),
        "timer_s" => numbers(|r| r.timer_s),
        "moving_s" => numbers(|r| r.moving_s),
        "ascent_m" => some(|r| r.ascent_m),
        "descent_m" => some(|r| r.descent_m),
        "heart_rate_mean_bpm" => some(|r| r.heart_rate_mean_bpm),
        "heart_rate_max_bpm" => some(|r| r.heart_rate_max_bpm),
        "heart_rate_coverage" => numbers(|r| r.heart_rate_coverage),
        "speed_mean_mps" => some(|r| r.speed_mean_mps),
        "graded_speed_mps" => some(|r| r.graded_speed_mps),
        "ngp_mps" => some(|r| r.ngp_mps),
        "intensity" => some(|r| r.intensity),
        "load" => numbers(|r| r.load),
        "load_method" => words(|r| r.load_method.word().to_owned()),
        "label" => words(|r| r.label.word().to_owned()),
        "recovery_score" => numbers(|r| r.recovery_score),
        "confidence" => numbers(|r| r.confidence),
        "reasons" => words(|r| r.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
        "device" => runs.iter().map(|r| r.device.clone()).collect::<Vec<_>>(),
        "watch_training_effect" => some(|r| r.watch_training_effect),
        "watch_anaerobic_effect" => some(|r| r.watch_anaerobic_effect),
        "watch_load" => some(|r| r.watch_load),
        "watch_benefit" => runs.iter().map(|r| r.watch_benefit).collect::<Vec<_>>(),
        "watch_recovery_h" => some(|r| r.watch_recovery_h),
    )
}

/// A column of days.
fn dates(days: impl Iterator<Item = Date>) -> PolarsResult<Series> {
    let epoch = jiff::civil::date(1970, 1, 1);
    let numbers: Vec<i32> = days.map(|day| days_between(epoch, day) as i32).collect();
    Series::new("date".into(), numbers).cast(&DataType::Date)
}
