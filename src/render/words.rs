//! Numbers in a runner's words, the same on the terminal and on the page.

use crate::physiology::training::{Fitness, FormZone, IntensityShares};
use crate::pipeline::Analysis;
use crate::season::{RecoveryBalance, SecondOpinion, Then, YesNo};
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
    let mut lines = vec![after_hard(balance)];
    lines.extend(
        balance
            .hard_every_h
            .map(|hours| format!("Your hard sessions follow each other by {hours:.0} h in the median.")),
    );
    lines.push(format!("{} of {} days without a run.", balance.days_without_run, balance.days));
    let too_hard = match balance.recovery_runs_too_hard {
        0 => String::new(),
        1 => "; 1 more was meant as one and run too hard".to_owned(),
        n => format!("; {n} more were meant as such and run too hard"),
    };
    lines.push(format!("{}{too_hard}.", counted(balance.recovery_runs, "true recovery run")));
    lines.extend(balance.intensity.map(intensity));
    lines
}

/// What followed the hard sessions.
fn after_hard(balance: &RecoveryBalance) -> String {
    let open = balance.hard.len() - balance.closed().count();
    let open = if open > 0 { format!(" ({open} too recent to tell)") } else { String::new() };
    let closed = balance.closed().count();
    let of = |then: Then, words: &str| {
        let count = balance.closed().filter(|hard| hard.then == then).count();
        (count > 0).then(|| format!("{count} by {words}"))
    };
    let followed: Vec<String> = [
        of(Then::Rest, "rest"),
        of(Then::Recovery, "recovery runs"),
        of(Then::Easy, "easy running"),
        of(Then::Spoiled, "recovery runs that were too hard"),
        of(Then::Steady, "steady running"),
        of(Then::Hard, "the next hard session"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (balance.hard.len(), closed) {
        (0, _) => "No hard session.".to_owned(),
        (n, 0) => format!("{}{open}.", counted(n, "hard session")),
        (n, closed) => format!(
            "{}{open}; {} of {closed} followed by a gentle day and a half: {}.",
            counted(n, "hard session"),
            balance.gentle(),
            followed.join(", ")
        ),
    }
}

/// `Your time: 82 % easy, 12 % between your thresholds, 6 % above: pyramidal (polarisation index 1.6).`
fn intensity(shares: IntensityShares) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let index = shares.polarization_index().filter(|index| *index > 0.0);
    let index = index.map(|index| format!(" (polarisation index {index:.1})")).unwrap_or_default();
    format!(
        "Your time: {} easy, {} between your thresholds, {} above: {}{index}.",
        percent(shares.low),
        percent(shares.middle),
        percent(shares.high),
        shares.class()
    )
}

/// How far the watch agrees, in sentences.
pub fn second_opinion(opinion: &SecondOpinion) -> Vec<String> {
    let agreed = |what: &str, of: YesNo| {
        let kappa = of.kappa().map(|kappa| format!(" (Cohen's κ {kappa:.2})")).unwrap_or_default();
        let (same, all) = (of.both + of.neither, of.all());
        (all > 0).then(|| {
            format!(
                "On which runs were {what} your watch agrees in {same} of {all}{kappa}: both {}, only this program {}, only the watch {}.",
                of.both, of.we_alone, of.watch_alone
            )
        })
    };
    let loads = opinion.loads.map(|(rho, runs)| {
        format!(
            "Its loads rank {} as the ones here do by {rho:.2} (rank correlation; 1 is the same order).",
            counted(runs, "run")
        )
    });
    [agreed("recovery runs", opinion.recovery), agreed("hard", opinion.hard), loads].into_iter().flatten().collect()
}

/// `1 run`, `3 runs`, `2 activities`.
pub fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {what}s"),
    }
}
