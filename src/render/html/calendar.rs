//! The plan as a calendar: two weeks ahead below the last four, each with its total; and the reasons day by day.

use super::super::words;
use super::day::PlanDay;
use super::runs::chip;
use super::{beside, kind_class, label_class, prose};
use crate::guide::Guide;
use crate::label::{Called, Label, Labelled};
use crate::pipeline::Analysis;
use crate::plan::{Kind, PlanNote, PlannedWeek};
use crate::season::Season;
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// Past weeks beside the plan.
const WEEKS_BEFORE: i64 = 4;

pub(super) fn plan(analysis: &Analysis, guide: &Guide, days: &[PlanDay]) -> Markup {
    let season = &analysis.season;
    html! {
        section #plan {
            h2 { "The plan" }
            (legend(season, days))
            div.frame { table.calendar {
                thead { tr {
                    th scope="col" { "Week of" }
                    @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th scope="col" { (day) } }
                    th.number scope="col" { "Running" }
                } }
                tbody { @for monday in mondays(season, days) { (week(season, days, monday)) } }
            } }
            details.fold open[days.len() <= 2] {
                summary { "Why, day by day" }
                (day_by_day(days))
            }
            (beside::asked(guide))
            (beside::exercises(guide))
            @if let Some(since) = analysis.planned_and_done() { (beside::planned_and_done(&since)) }
            (unusual_weeks(&analysis.plan.weeks))
            (notes(&analysis.plan.notes))
        }
    }
}

/// Why weeks are no usual ones, those of one reason together.
fn unusual_weeks(weeks: &[PlannedWeek]) -> Markup {
    let alike = weeks.chunk_by(|a, b| a.reasons == b.reasons).filter(|weeks| !weeks[0].reasons.is_empty());
    let monday = |week: &PlannedWeek| week.monday.strftime("%-d %b").to_string();
    html! {
        @for weeks in alike {
            p {
                @match weeks {
                    [one] => { "Week of " (monday(one)) }
                    [first, .., last] => { "Weeks of " (monday(first)) " to " (monday(last)) }
                    [] => {}
                }
                ": " (super::sentences(&weeks[0].reasons))
            }
        }
    }
}

/// What is to be read beside the plan: what protects, then when the next hard session is due, then what the plan rests on.
fn notes(notes: &[PlanNote]) -> Markup {
    let (when, others): (Vec<_>, Vec<_>) = notes.iter().partition(|note| matches!(note, PlanNote::NextHard(_)));
    let (plain, care): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|note| matches!(note, PlanNote::TakesForGranted));
    html! {
        @for note in care { p.care { (prose(&note.to_string())) } }
        @if !when.is_empty() { p { @for note in when { (prose(&note.to_string())) " " } } }
        p.soft { "Heart rates and paces are upper limits. " @for note in plain { (prose(&note.to_string())) } }
    }
}

fn monday_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// The last weeks that hold anything, and those of the plan.
fn mondays(season: &Season, days: &[PlanDay]) -> Vec<Date> {
    let this = monday_of(season.today);
    let first = monday_of(season.daily.first.min(season.today)).max(this.saturating_sub(WEEKS_BEFORE.weeks()));
    let last = monday_of(days.last().map_or(season.today, |day| day.date));
    (0_i64..).map(|i| first.saturating_add(i.weeks())).take_while(|monday| *monday <= last).collect()
}

fn week(season: &Season, days: &[PlanDay], monday: Date) -> Markup {
    let date = |i: i64| monday.saturating_add(i.days());
    let is_ahead = date(6) >= season.today;
    let (done, planned) = minutes(season, days, monday);
    html! {
        tr.ahead[is_ahead] {
            th.date scope="row" { (monday.strftime("%-d %b").to_string()) }
            @for i in 0..7 { (cell(season, days, date(i))) }
            td.number.total {
                @if done + planned > 0.0 { b { (Spoken(Seconds(60.0 * (done + planned)))) } }
                @if planned > 0.0 && done > 0.0 { br; " " small { (Spoken(Seconds(60.0 * done))) " done" } }
                @else if planned > 0.0 { br; " " small { "planned" } }
            }
        }
    }
}

/// Minutes of running done and planned in a week.
fn minutes(season: &Season, days: &[PlanDay], monday: Date) -> (f64, f64) {
    let inside = |date: Date| monday_of(date) == monday;
    let done = season.sessions().iter().filter(|s| inside(s.session.date) && s.verdict.label != Label::Walk);
    let planned = days.iter().filter(|day| inside(day.date) && day.kind.is_run());
    (done.map(|s| s.features.duration_min).sum(), planned.map(|day| day.minutes).sum())
}

/// What the colours stand for, where past days have no room for words.
fn legend(season: &Season, days: &[PlanDay]) -> Markup {
    let from = mondays(season, days)[0];
    let recent = season.sessions().iter().filter(|s| s.session.date >= from);
    let mut kinds: Vec<Called> = recent.map(|s| s.verdict.called()).collect();
    kinds.sort_by_key(|called| (called.nearest(), *called));
    kinds.dedup();
    html! {
        @if !kinds.is_empty() {
            p.legend.soft {
                "Past days, in minutes: "
                @for called in kinds { (chip(called)) " " }
            }
        }
    }
}

fn cell(season: &Season, days: &[PlanDay], date: Date) -> Markup {
    let sessions: Vec<&Labelled> = season.sessions().iter().filter(|s| s.session.date == date).collect();
    let planned = days.iter().find(|day| day.date == date);
    html! {
        td.day.today[date == season.today].none[sessions.is_empty() && planned.is_none()] {
            span.when { (date.strftime("%a %-d").to_string()) }
            @for session in sessions { (done(session)) }
            @if let Some(day) = planned { (ahead(day)) }
        }
    }
}

fn done(session: &Labelled) -> Markup {
    let minutes = session.features.duration_min;
    let called = session.verdict.called();
    html! {
        span.done.(label_class(called.nearest())) {
            i {} b { (words::capitalised(&called.to_string())) }
            span.long { (Spoken(Seconds(60.0 * minutes))) } span.brief { (format!("{minutes:.0}′")) }
        }
    }
}

fn ahead(day: &PlanDay) -> Markup {
    html! {
        span.planned.(kind_class(day.kind)) {
            b { i {} (short(day.kind)) }
            @if day.minutes > 0.0 { span { (Spoken(Seconds(60.0 * day.minutes))) } }
            @if let Some(bpm) = day.ceiling_bpm { span.limit { "≤ " (Bpm(bpm)) } }
            @else if let Some(mps) = day.ceiling_mps { span.limit { "≥ " (Speed(mps)) } }
        }
    }
}

fn short(kind: Kind) -> &'static str {
    match kind {
        Kind::Rest => "Rest",
        Kind::Recovery => "Recovery",
        Kind::Easy => "Easy",
        Kind::Long => "Long",
        Kind::Hard => "Hard",
        Kind::WalkJog => "Walk, jog",
        Kind::CrossTrain => "Cross-train",
        Kind::Shakeout => "Shakeout",
        Kind::Race => "Race",
    }
}

fn day_by_day(days: &[PlanDay]) -> Markup {
    html! {
        dl.days {
            @for day in days {
                dt.(kind_class(day.kind)) {
                    i {} (words::short_date(day.date)) ": " (day.kind)
                    @if let Some(length) = &day.length { ", " (length) }
                }
                dd {
                    (prose(&day.why)) " "
                    @if let (Some(mps), true) = (day.ceiling_mps, day.ceiling_bpm.is_some()) {
                        " Not faster than " (Speed(mps)) " on flat ground."
                    }
                    @for line in &day.what { span.line { (line) } }
                }
            }
        }
    }
}
