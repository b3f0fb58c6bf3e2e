//! What must hold of everything the program says of a season.

use super::recording::ensure;
use freshlegs::pipeline::Analysis;
use freshlegs::render::table::RunRow;
use jiff::civil::Date;

/// Every number that is shown or written is a number.
pub fn check_analysis(analysis: &Analysis) -> Result<(), String> {
    let not_negative = |name: &str, day: Date, value: f64| {
        ensure(value.is_finite() && value >= 0.0, || format!("{day}: {name} is {value}"))
    };
    for run in &RunRow::all(&analysis.season) {
        let certain = [
            run.distance_m.unwrap_or(0.0),
            run.elapsed_s,
            run.timer_s,
            run.moving_s,
            run.load,
            run.heart_rate_coverage,
        ];
        let judged = [run.recovery_score / 100.0, run.confidence];
        let optional = [run.ascent_m, run.descent_m, run.heart_rate_mean_bpm, run.heart_rate_max_bpm];
        let speeds = [run.speed_mean_mps, run.gap_mps, run.ngp_mps, run.intensity];
        let all = certain.into_iter().chain(judged).chain(optional.into_iter().chain(speeds).flatten());
        all.into_iter().try_for_each(|value| not_negative(&run.file, run.date, value))?;
        ensure(judged.iter().all(|share| *share <= 1.0), || format!("{}: {judged:?}", run.file))?;
        let sentences = run.reasons.iter().map(ToString::to_string);
        ensure(sentences.clone().all(|s| !s.contains("NaN") && !s.contains("inf")), || {
            format!("{}: {:?}", run.file, sentences.collect::<Vec<_>>())
        })?;
    }
    for day in &analysis.season.days() {
        not_negative("load", day.date, day.load)?;
        not_negative("fitness", day.date, day.fitness)?;
        not_negative("fatigue", day.date, day.fatigue)?;
        let others = [Some(day.form_morning), Some(day.form_relative), day.ramp, day.monotony, day.strain];
        ensure(others.iter().flatten().all(|v| v.is_finite()), || format!("{day:?}"))?;
    }
    analysis.plan.days.iter().try_for_each(|day| {
        let numbers = [day.duration_s, day.second_run_s, day.load, day.other_load, day.fitness, day.fatigue];
        numbers.into_iter().try_for_each(|value| not_negative("plan", day.date, value))?;
        let limits = [day.heart_rate_ceiling_bpm, day.pace_ceiling_s_per_km, Some(day.form_morning)];
        ensure(limits.iter().flatten().all(|v| v.is_finite()), || format!("{day:?}"))
    })
}
