//! What to do today: one sentence about this runner, why, how sure, and what would change it.

use super::day::PlanDay;
use crate::athlete::Trust;
use crate::pipeline::Analysis;
use crate::plan::Kind;
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::ToSpan;
use maud::{Markup, html};

/// With a shorter history the plan knows little of the runner's habits, days.
const HABITS_DAYS: usize = 28;

pub(super) fn today(analysis: &Analysis, days: &[PlanDay]) -> Markup {
    let Some(day) = days.first() else {
        return html! { p.headline { "Nothing can be planned yet." } };
    };
    let is_today = day.date == analysis.season.today;
    html! {
        h1.headline { (headline(day, is_today)) }
        dl.because {
            @if let Some(why) = day.reasons.first() { dt { "Why" } dd { (sentence(why)) } }
            dt { "How sure" } dd { (how_sure(analysis, day)) }
            dt { "What would change it" } dd { (what_would_change_it(day.kind)) }
            @if let Some(next) = days.get(1).filter(|next| next.date == day.date.saturating_add(1.day())) {
                dt { @if is_today { "Tomorrow" } @else { "The day after" } }
                dd { (super::super::words::capitalised(&in_short(next))) }
            }
        }
    }
}

/// `Today: a recovery run of 30 min, below 144 bpm.`
fn headline(day: &PlanDay, is_today: bool) -> String {
    let when = if is_today { "Today" } else { "Today’s run is done. Tomorrow" };
    format!("{when}: {}", in_short(day))
}

/// `a recovery run of 30 min, at most 144 bpm.`
pub(super) fn in_short(day: &PlanDay) -> String {
    let article = match day.kind {
        Kind::Easy => "an ",
        Kind::CrossTrain => "",
        _ => "a ",
    };
    let mut text = format!("{article}{}", day.kind);
    if day.minutes > 0.0 {
        text += &format!(" of {}", Spoken(Seconds(60.0 * day.minutes)));
    }
    if day.kind == Kind::Hard {
        text += ", if your legs agree";
    } else if let Some(bpm) = day.ceiling_bpm {
        text += &format!(", at most {}", Bpm(bpm));
    } else if let Some(mps) = day.ceiling_mps {
        text += &format!(", {} or slower", Speed(mps));
    }
    text + "."
}

fn sentence(text: &str) -> String {
    super::super::words::capitalised(text) + "."
}

/// What the day and its limit rest on.
fn how_sure(analysis: &Analysis, day: &PlanDay) -> String {
    let season = &analysis.season;
    let days = season.daily.loads.len();
    if season.runs().next().is_none() {
        return "Not at all: no run is on file yet.".to_owned();
    }
    let habits = if days < HABITS_DAYS {
        format!("Only {days} days are on file, so your habits are a guess")
    } else {
        format!(
            "The day rests on {} of your runs",
            if days < 400 { format!("{} weeks", days / 7) } else { "over a year".into() }
        )
    };
    let (Some(bpm), true) = (day.ceiling_bpm, day.kind.is_run()) else { return habits + "." };
    let threshold = &season.thresholds().heart_rate_threshold;
    let half_width = season.thresholds().recovery_ceiling_half_width_bpm();
    let limit = match threshold.trust {
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
