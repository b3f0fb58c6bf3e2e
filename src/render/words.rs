//! Numbers in a runner's words, the same on the terminal and on the page.

use crate::physiology::training::{Fitness, FormZone};
use crate::pipeline::Analysis;
use crate::season::RecoveryBalance;
use jiff::civil::Date;

/// `Mon 22 Jun`.
pub fn short_date(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// `Monday, 22 June 2026`.
pub fn long_date(date: Date) -> String {
    date.strftime("%A, %-d %B %Y").to_string()
}

/// `22 June 2026`.
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The text with a large first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What a form zone means.
pub fn form(zone: FormZone) -> &'static str {
    match zone {
        FormZone::Overload => "overloaded: fatigue has run far ahead of fitness, recover first",
        FormZone::Productive => "tired from useful training",
        FormZone::Neutral => "balanced: neither tired nor especially fresh",
        FormZone::Fresh => "fresh",
        FormZone::Transition => "very rested; fitness is slowly going",
    }
}

/// Fitness, fatigue and form of this morning; `None` before the first day.
pub struct Now {
    pub fitness: f64,
    pub fatigue: f64,
    pub form: f64,
    /// Percent of fitness.
    pub form_relative: f64,
    /// Fitness gained in the last seven days.
    pub ramp: Option<f64>,
    pub zone: FormZone,
}

/// How the runner stands at the start of the plan: after the last day that is over.
pub fn now(analysis: &Analysis) -> Option<Now> {
    let start = analysis.plan.days.first()?.date;
    let days = analysis.season.days();
    let evening = days.iter().rfind(|day| day.date < start)?;
    let fitness = Fitness { ctl: evening.fitness, atl: evening.fatigue };
    Some(Now {
        fitness: fitness.ctl,
        fatigue: fitness.atl,
        form: fitness.form(),
        form_relative: fitness.relative_form(),
        ramp: evening.ramp,
        zone: FormZone::of(fitness.relative_form()),
    })
}

/// The recovery balance in sentences.
pub fn balance(balance: &RecoveryBalance) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(match balance.hard_sessions {
        0 => "No hard session.".to_owned(),
        1 => format!(
            "1 hard session, {}followed by 36 hours of rest or gentle running.",
            if balance.hard_then_gentle == 1 { "" } else { "not " }
        ),
        n => format!(
            "{n} hard sessions, {} followed by 36 hours of rest or gentle running.",
            if balance.hard_then_gentle == n {
                "all".to_owned()
            } else {
                format!("{} of them", balance.hard_then_gentle)
            },
        ),
    });
    lines.push(format!("{} of {} days without a run.", balance.days_without_run, balance.days));
    let too_hard = match balance.recovery_runs_too_hard {
        0 => String::new(),
        1 => "; 1 more was meant as one and run too hard".to_owned(),
        n => format!("; {n} more were meant as such and run too hard"),
    };
    let true_ones = if balance.recovery_runs == 1 { "true recovery run" } else { "true recovery runs" };
    lines.push(format!("{} {true_ones}{too_hard}.", balance.recovery_runs));
    lines
}
