//! Totals: this week, four weeks and the season, against before and the same weeks last year.

use super::super::words;
use crate::label::Label;
use crate::season::Season;
use crate::units::Seconds;
use crate::units::Spoken;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// What a period adds up to.
#[derive(Clone, Copy, Default)]
struct Sum {
    runs: u32,
    metres: f64,
    seconds: f64,
    climb_m: f64,
    load: f64,
    easy_s: f64,
    zone_s: f64,
}

/// Days from the first to the last, both included.
#[derive(Clone, Copy)]
struct Period {
    first: Date,
    last: Date,
}

impl Period {
    fn of_days(last: Date, days: i64) -> Period {
        Period { first: last.saturating_sub((days - 1).days()), last }
    }

    fn back(self, days: i64) -> Period {
        Period { first: self.first.saturating_sub(days.days()), last: self.last.saturating_sub(days.days()) }
    }

    fn holds(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    fn sum(self, season: &Season) -> Sum {
        let loads = season.daily.dates().zip(&season.daily.loads).filter(|(date, _)| self.holds(*date));
        let mut sum = Sum { load: loads.map(|(_, load)| load).sum(), ..Sum::default() };
        for (activity, session) in season.runs().filter(|(a, _)| self.holds(a.recording.date())) {
            if session.verdict.label == Label::Walk {
                continue;
            }
            let digest = &activity.recording.digest;
            sum.runs += 1;
            sum.metres += digest.known_distance_m().unwrap_or(0.0);
            sum.seconds += digest.moving_s;
            sum.climb_m += digest.ascent_m.unwrap_or(0.0);
            if let Some([low, middle, high]) = season.zone_seconds(activity) {
                sum.easy_s += low;
                sum.zone_s += low + middle + high;
            }
        }
        sum
    }
}

pub(super) fn totals(season: &Season) -> Markup {
    let today = season.today;
    if season.runs().next().is_none() {
        return html! {};
    }
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let four = Period::of_days(today, 28);
    let season_long = Period { first: season.daily.first, last: today };
    let year_ago = four.back(364);
    let before = four.back(28);
    html! {
        section #totals {
            h2 { "Totals" }
            div.frame { table.totals {
                thead { tr {
                    th scope="col" { "When" }
                    th.number scope="col" { "Runs" } th.number scope="col" { "Distance" } th.number scope="col" { "Time" }
                    th.number scope="col" { "Climb" } th.number scope="col" { "Load" } th.number scope="col" { "Easy" }
                } }
                tbody {
                    (row("This week so far", Period { first: monday, last: today }.sum(season)))
                    (row("Last four weeks", four.sum(season)))
                    @if season.daily.first < four.first { (row("The four before", before.sum(season))) }
                    @if season.daily.first <= year_ago.first { (row("The same a year ago", year_ago.sum(season))) }
                    (row("All on file", season_long.sum(season)))
                }
            } }
            @if season.daily.first <= before.first {
                p.soft { (comparison(four.sum(season), before.sum(season))) }
            }
            h3 { "Hard and easy, last four weeks" }
            ul #balance { @for sentence in words::balance(&season.balance()) { li { (sentence) } } }
        }
    }
}

fn row(name: &str, sum: Sum) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td.number data-is="runs" { (sum.runs) }
            td.number data-is="distance" { @if sum.runs > 0 { (super::distance(sum.metres)) } }
            td.number data-is="time" { @if sum.runs > 0 { (Spoken(Seconds(sum.seconds))) } }
            td.number data-is="climb" { @if sum.climb_m > 0.0 { (super::climb(sum.climb_m)) } }
            td.number data-is="load" { (format!("{:.0}", sum.load)) }
            td.number data-is="easy" { @if sum.zone_s > 0.0 { (format!("{:.0} %", 100.0 * sum.easy_s / sum.zone_s)) } }
        }
    }
}

/// How four weeks compare with the four before.
fn comparison(now: Sum, before: Sum) -> String {
    if before.seconds <= 0.0 {
        return "Nothing was run in the four weeks before.".to_owned();
    }
    if now.seconds <= 0.0 {
        return "Nothing was run in the last four weeks.".to_owned();
    }
    let change = |now: f64, before: f64| now / before.max(1e-9) - 1.0;
    let said = |change: f64| match (100.0 * change).round() {
        c if c.abs() <= 3.0 => "as much".to_owned(),
        c if c > 0.0 => format!("{c} % more"),
        c => format!("{} % less", -c),
    };
    let (time, load) = (change(now.seconds, before.seconds), change(now.load, before.load));
    format!(
        "Against the four weeks before: {} time and {} load. Easy is the share of the time below the first threshold.",
        said(time),
        said(load)
    )
}
