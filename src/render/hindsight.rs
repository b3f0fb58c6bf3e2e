//! Hindsight in figures: the same sentences on the terminal and on the page.

use super::words::counted as count;
use crate::replay::{Difference, Followed, ReplaySummary};

/// What is compared.
pub const WHAT: &str = "what the plan would have said each morning, from what was known by then, and what was run.";
/// Said where nothing can be compared.
pub const TOO_LITTLE: &str =
    "Too little on file: no morning yet had four usual weeks behind it, so there is no plan to compare with.";

/// `Not counted: 28 days, on which there were not yet four usual weeks to go by.`
pub fn left_out(summary: &ReplaySummary) -> Option<String> {
    let days = count(summary.first_days, "day");
    (summary.first_days > 0)
        .then(|| format!("Not counted: {days}, on which there were not yet four usual weeks to go by."))
}

/// The figures by their names.
pub fn figures(summary: &ReplaySummary) -> [(&'static str, String); 6] {
    let ReplaySummary { days, run_days_planned, run_days_done, .. } = summary;
    [
        ("Run days", format!("{run_days_planned} planned, {run_days_done} run, of {}", count(*days, "day"))),
        (
            "Minutes",
            format!(
                "{:.0} a week planned, {:.0} a week run",
                summary.minutes_a_week_planned, summary.minutes_a_week_done
            ),
        ),
        ("Days", differences(summary)),
        (
            "Recovery runs",
            format!("{} planned, {} of them run harder", summary.recovery_runs, summary.recovery_runs_harder),
        ),
        ("Too much", signs(summary)),
        ("Within 3 days", followed(summary)),
    ]
}

fn differences(summary: &ReplaySummary) -> String {
    let counts = [
        (summary.as_planned, Difference::AsPlanned),
        (summary.gentler, Difference::Gentler),
        (summary.longer, Difference::Longer),
        (summary.harder, Difference::Harder),
        (summary.ran_on_rest_day, Difference::RanOnRestDay),
        (summary.raced, Difference::Raced),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    said.map(|(count, difference)| format!("{count} {}", difference.word())).collect::<Vec<_>>().join(", ")
}

fn signs(summary: &ReplaySummary) -> String {
    let counts = [
        (summary.jumps, "long jump in distance", "long jumps in distance"),
        (summary.spoiled_recoveries, "recovery run too hard", "recovery runs too hard"),
        (summary.hard_again, "hard or long day after another", "hard or long days after another"),
        (summary.no_day_off, "day without a day off in seven", "days without a day off in seven"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join(", ") }
}

fn followed(summary: &ReplaySummary) -> String {
    let of = |followed: Followed| format!("{} of {}", followed.by_a_sign, followed.days);
    format!(
        "something of that after {} days with more than planned, and after {} run days that kept to the plan",
        of(summary.after_more),
        of(summary.after_kept)
    )
}
