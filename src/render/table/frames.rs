//! The rows as polars data frames, for CSV and Parquet.

use super::{DayRow, RunRow, WeekRow};
use crate::calendar::days_between;
use crate::label::Label;
use jiff::civil::Date;
use polars::prelude::*;

/// The days as a table.
pub fn days_table(days: &[DayRow]) -> PolarsResult<DataFrame> {
    let numbers = |pick: fn(&DayRow) -> f64| days.iter().map(pick).collect::<Vec<_>>();
    let some = |pick: fn(&DayRow) -> Option<f64>| days.iter().map(pick).collect::<Vec<_>>();
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
pub fn weeks_table(weeks: &[WeekRow]) -> PolarsResult<DataFrame> {
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
pub fn runs_table(runs: &[RunRow]) -> PolarsResult<DataFrame> {
    let numbers = |pick: fn(&RunRow) -> f64| runs.iter().map(pick).collect::<Vec<_>>();
    let some = |pick: fn(&RunRow) -> Option<f64>| runs.iter().map(pick).collect::<Vec<_>>();
    let words = |pick: fn(&RunRow) -> String| runs.iter().map(pick).collect::<Vec<_>>();
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
