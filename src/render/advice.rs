//! Today's advice in a runner's words: the same sentences on the page and on the terminal.

use super::planned::in_a_line;
use super::words::capitalised;
use crate::athlete::Trust;
use crate::pipeline::Analysis;
use crate::plan::{Kind, PlannedDay};
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::ToSpan;

/// With a shorter history the plan knows little of the runner's habits, days.
const HABITS_DAYS: usize = 28;
const LONG_HISTORY_DAYS: usize = 400;

/// What to do next, why, how sure that is, and what would change it.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// `Today: a recovery run of 30 min, at most 144 bpm.`
    pub headline: String,
    /// The two choices of a hard session.
    pub what: Option<String>,
    pub why: Option<String>,
    pub how_sure: String,
    pub what_would_change_it: &'static str,
    /// The day after: what it is called, what it holds and why, and of a hard session its two choices.
    pub next: Option<(&'static str, String)>,
}

impl Advice {
    /// `None` where nothing can be planned.
    pub fn of(analysis: &Analysis) -> Option<Advice> {
        let day = analysis.plan.days.first()?;
        let is_today = day.date == analysis.season.today;
        let when = if is_today { "Today" } else { "Today’s run is done. Tomorrow" };
        let next = analysis.plan.days.get(1).filter(|next| next.date == day.date.saturating_add(1.day()));
        let called = if is_today { "Tomorrow" } else { "The day after" };
        let guide = analysis.guide();
        let choices = |place: usize| guide.days.get(place).and_then(in_a_line).map(|what| capitalised(&what) + ".");
        Some(Advice {
            headline: format!("{when}: {}", in_short(day)),
            what: choices(0),
            why: day.reasons.first().map(|why| capitalised(&why.to_string()) + "."),
            how_sure: how_sure(analysis, day),
            what_would_change_it: what_would_change_it(day.kind),
            next: next.map(|next| {
                (called, [Some(with_reason(next)), choices(1)].into_iter().flatten().collect::<Vec<_>>().join(" "))
            }),
        })
    }
}

/// `a recovery run of 30 min, at most 144 bpm.`
pub fn in_short(day: &PlannedDay) -> String {
    let minutes = day.run_minutes().max(day.minutes());
    let mut text = day.kind.with_article();
    if minutes > 0.0 {
        text += &format!(" of {}", Spoken(Seconds(60.0 * minutes)));
    }
    if day.kind == Kind::Hard {
        text += ", if your legs agree";
    } else if let Some(bpm) = day.heart_rate_ceiling_bpm {
        text += &format!(", at most {}", Bpm(bpm));
    } else if let Some(s_per_km) = day.pace_ceiling_s_per_km {
        text += &format!(", {} or slower", Speed(1000.0 / s_per_km));
    }
    text + "."
}

/// `A hard session of 1 h, if your legs agree: enough hours have passed for a hard session.`
fn with_reason(day: &PlannedDay) -> String {
    let what = capitalised(&in_short(day));
    let why = day.reasons.first().map(|why| format!("{}: {why}.", what.trim_end_matches('.')));
    why.unwrap_or(what)
}

/// What the day and its limit rest on.
fn how_sure(analysis: &Analysis, day: &PlannedDay) -> String {
    let season = &analysis.season;
    let days = season.daily.loads.len();
    if season.runs().next().is_none() {
        return "Not at all: no run is on file yet.".to_owned();
    }
    let habits = match days {
        n if n < HABITS_DAYS => format!("Only {n} days are on file, so your habits are a guess"),
        n if n < LONG_HISTORY_DAYS => format!("The day rests on {} weeks of your runs", n / 7),
        _ => "The day rests on over a year of your runs".to_owned(),
    };
    let (Some(bpm), true) = (day.heart_rate_ceiling_bpm, day.kind.is_run()) else { return habits + "." };
    let half_width = season.thresholds().recovery_ceiling_half_width_bpm();
    let limit = match season.thresholds().heart_rate_threshold.trust {
        Trust::High => format!("the limit of {} (± {half_width:.0}) rests on what you told the program", Bpm(bpm)),
        Trust::Medium => format!("the limit of {} (± {half_width:.0}) rests on your own hard efforts", Bpm(bpm)),
        Trust::Low => format!("the limit of {} is a guess, as no hard effort is on file: go by feel first", Bpm(bpm)),
    };
    format!("{habits}; {limit}.")
}

fn what_would_change_it(kind: Kind) -> &'static str {
    match kind {
        Kind::Rest | Kind::CrossTrain => "Nothing has to be made up for. Ill or in pain: rest until it is over.",
        Kind::Race => "Fever, chest symptoms, or pain that changes your step: do not start.",
        Kind::Hard => "Heavy legs in the warm-up, a short night or soreness: make it a recovery run.",
        _ => "Sore, ill or in pain, or a short night: rest, or walk. Nothing has to be made up for.",
    }
}
