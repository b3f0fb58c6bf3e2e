//! The report as one page: words, charts and tables in a single file that needs no script and asks for nothing outside.
//!
//! Names of runs and files come from strangers: [`maud`] escapes all that is put into the page, the charts alone are
//! put in as they are, and these hold the program's own words only.

mod tables;

use super::chart::fitness::FitnessChart;
use super::chart::{NARROW_PX, WIDE_PX, weekly};
use super::report::MARK;
use super::table::RunRow;
use super::words;
use crate::athlete::Estimate;
use crate::import::Import;
use crate::pipeline::Analysis;
use crate::plan::{Kind, PlannedDay};
use crate::units::{Bpm, Seconds, Speed, Spoken};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");
/// With a shorter history fitness is mostly a guess, days.
const SETTLED_DAYS: usize = 42;

/// The whole page.
pub fn page(analysis: &Analysis, import: &Import) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                (PreEscaped(MARK)) (PreEscaped(">"))
                title { "Fresh legs? " (words::long_date(analysis.season.today)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (header(analysis))
                main {
                    (charts(analysis))
                    (tables::plan(analysis))
                    (balance(analysis))
                    (thresholds(analysis, import))
                    (tables::runs(&RunRow::all(&analysis.season)))
                    (tables::others(&analysis.season))
                    (tables::files(&analysis.season, import))
                }
                footer {
                    p { "Training guidance, not medical advice." }
                    p.soft { (import.sentence()) ". Made by freshlegs " (env!("CARGO_PKG_VERSION")) "." }
                }
            }
        }
    };
    page.into_string()
}

fn header(analysis: &Analysis) -> Markup {
    let days = analysis.season.daily.loads.len();
    html! {
        header {
            h1 { (words::long_date(analysis.season.today)) }
            @match words::now(analysis) {
                Some(now) => {
                    p.verdict { "You are " (words::form(now.zone)) "." }
                    p.soft {
                        "Form " (signed(now.form)) " (" (now.zone) ", " (signed(now.form_relative)) " % of fitness): fitness "
                        (format!("{:.0}", now.fitness)) " less fatigue " (format!("{:.0}", now.fatigue)) "."
                        @if let Some(ramp) = now.ramp { " Fitness changed by " (signed_tenths(ramp)) " in seven days." }
                    }
                    @if days < SETTLED_DAYS {
                        p.soft { "There are only " (days) " days of history, so fitness and form are a rough guess yet." }
                    }
                }
                None => p.verdict { "No runs to judge yet." }
            }
            (cards(analysis))
        }
    }
}

/// `+3`, `−18`; never `−0`.
fn signed(value: f64) -> String {
    match value.round() as i64 {
        v @ ..0 => format!("−{}", v.unsigned_abs()),
        0 => "0".to_owned(),
        v => format!("+{v}"),
    }
}

fn signed_tenths(value: f64) -> String {
    format!("{:+.1}", value + 0.0).replace('-', "−")
}

/// What to do today and tomorrow; what was run today.
fn cards(analysis: &Analysis) -> Markup {
    let today = analysis.season.today;
    let planned = |date: Date| analysis.plan.iter().find(|day| day.date == date);
    html! {
        div.cards {
            @if let Some(day) = planned(today) { (card("Today", day)) } @else { (done(analysis)) }
            @if let Some(day) = planned(today.saturating_add(1.day())) { (card("Tomorrow", day)) }
        }
    }
}

/// The runs of today, which is over as far as the plan goes.
fn done(analysis: &Analysis) -> Markup {
    let mut runs = RunRow::all(&analysis.season);
    runs.retain(|run| run.date == analysis.season.today);
    html! {
        @if !runs.is_empty() {
            section.card {
                h2.soft style="margin:0" { "Today, done" }
                @for run in &runs {
                    p.what { (tables::chip(run.label)) }
                    p { (tables::run_in_short(run)) }
                    p.reasons { (tables::sentences(&run.reasons)) }
                }
            }
        }
    }
}

fn card(when: &str, day: &PlannedDay) -> Markup {
    html! {
        section.card.recovery[day.kind == Kind::Recovery] {
            h2.soft style="margin:0" { (when) ", " (words::short_date(day.date)) }
            p.what { (words::capitalised(&day.kind.to_string())) @if day.minutes > 0.0 { ", " (minutes(day)) } }
            @if let Some(limits) = limits(day) { p.limits { (limits) } }
            p { (day.kind.advice()) }
            p.reasons { "Why: " (tables::sentences(&day.reasons)) }
        }
    }
}

fn minutes(day: &PlannedDay) -> Spoken {
    Spoken(Seconds(60.0 * day.minutes))
}

/// `Stay under 144 bpm and slower than 5:52 /km.`
fn limits(day: &PlannedDay) -> Option<String> {
    let pace = day.pace_min_s_per_km.map(|pace| Speed(1000.0 / pace));
    match (day.heart_rate_max_bpm.map(Bpm), pace) {
        (Some(bpm), Some(pace)) => Some(format!("At most {bpm}, and not faster than {pace} on flat ground.")),
        (Some(bpm), None) => Some(format!("At most {bpm}.")),
        (None, Some(pace)) => Some(format!("Not faster than {pace} on flat ground.")),
        (None, None) => None,
    }
}

fn charts(analysis: &Analysis) -> Markup {
    let fitness = FitnessChart::of(analysis);
    let weeks = analysis.season.weeks();
    html! {
        @for (width, class) in [(WIDE_PX, "wide"), (NARROW_PX, "narrow")] {
            div class=(class) {
                figure { (PreEscaped(fitness.svg(width))) }
                @if !weeks.is_empty() { figure { (PreEscaped(weekly::svg(&weeks, width))) } }
            }
        }
    }
}

fn balance(analysis: &Analysis) -> Markup {
    let balance = analysis.season.balance();
    html! {
        section {
            h2 { "Recovery balance of the last " (balance.days) " days" }
            ul { @for sentence in words::balance(&balance) { li { (sentence) } } }
        }
    }
}

fn thresholds(analysis: &Analysis, import: &Import) -> Markup {
    let thresholds = analysis.season.thresholds();
    let bpm = |name, estimate: &Estimate| threshold(name, &Bpm(estimate.value).to_string(), Some(estimate));
    let slowest = analysis.ceilings.recovery_speed_mps;
    html! {
        section {
            h2 { "Your thresholds" }
            p {
                "A recovery run stays under " (Bpm(thresholds.recovery_ceiling_bpm()))
                @if let Some(mps) = slowest { " and slower than " (Speed(mps)) }
                "; an easy run under " (Bpm(thresholds.lt1_bpm())) "."
            }
            div.frame { table {
                thead { tr { th { "Threshold" } th.number { "Value" } th { "Rests on" } th { "Trust" } } }
                tbody {
                    (bpm("Maximal heart rate", &thresholds.heart_rate_max))
                    (bpm("Resting heart rate", &thresholds.heart_rate_rest))
                    (bpm("Threshold heart rate", &thresholds.heart_rate_threshold))
                    @match &thresholds.speed_threshold {
                        Some(speed) => (threshold("Threshold pace", &Speed(speed.value).to_string(), Some(speed))),
                        None => (threshold("Threshold pace", "not known", None)),
                    }
                    @if let Some(watts) = thresholds.critical_power_w {
                        (threshold("Critical power", &format!("{watts:.0} W"), None))
                    }
                }
            } }
            p.soft {
                @match &import.profile {
                    Some(path) => { "Your profile: " bdi { (path) } "." }
                    None => "If you know better, say so in a profile: your numbers take the place of these.",
                }
            }
        }
    }
}

fn threshold(name: &str, value: &str, estimate: Option<&Estimate>) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td.number { (value) }
            td { @if let Some(e) = estimate { (e.basis) } }
            td data-is="trust" { @if let Some(e) = estimate { (e.trust) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Format, Sample, Sport};
    use crate::digest::digest;
    use crate::import::{Fate, FileNote};
    use crate::pipeline::analyse;
    use crate::plan::reason;
    use crate::profile::Profile;
    use crate::recording::Recording;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    const TODAY: Date = date(2026, 6, 22);

    fn analysis(recordings: Vec<Recording>) -> Analysis {
        analyse(recordings, &Profile::default(), TODAY)
    }

    fn empty() -> Analysis {
        analysis(Vec::new())
    }

    /// Half an hour at 3 m/s on the morning of a day.
    fn recording(day: Date, sport: Sport, name: &str, file: &str) -> Recording {
        let start_ms = day.at(6, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp().as_millisecond();
        let mut activity = Activity::new(Format::Gpx);
        (activity.sport, activity.name) = (sport, Some(name.to_owned()));
        activity.samples = (0..=1800_i32)
            .map(|s| Sample {
                time_ms: start_ms + i64::from(s) * 1000,
                position: Some((47.0 + f64::from(s) * 2.7e-5, 15.0)),
                heart_rate_bpm: Some(139.0 + f64::from(s / 20 % 3)),
                ..Sample::default()
            })
            .collect();
        Recording::new(file.to_owned(), digest(&activity).expect("a digest"), &TimeZone::UTC).expect("a date")
    }

    fn run(day: Date) -> Recording {
        recording(day, Sport::Running, "Morning Run", "a.fit")
    }

    const HOSTILE: &str = "</title><script>alert(\"1\")</script>\u{202e}'";

    #[test]
    fn strange_names_stay_text() {
        let yesterday = TODAY.saturating_sub(1.days());
        let run = recording(TODAY, Sport::Running, HOSTILE, &format!("a/{HOSTILE}"));
        let analysis = analysis(vec![run, recording(yesterday, Sport::Cycling, HOSTILE, HOSTILE)]);
        let note = |fate| FileNote { file: HOSTILE.to_owned(), fate, activities: 0, note: HOSTILE.to_owned() };
        let import = Import {
            files: [Fate::Failed, Fate::Skipped, Fate::Salvaged, Fate::Read].map(note).into(),
            profile: Some(HOSTILE.to_owned()),
            ..Import::default()
        };
        let page = page(&analysis, &import);
        assert!(!page.contains("<script") && !page.contains("alert(\"1\")"));
        assert!(page.matches("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;").count() >= 8);
    }

    #[test]
    fn stands_alone() {
        let page = page(&analysis(vec![run(TODAY)]), &Import::default());
        assert!(page.contains(MARK));
        let addresses = page.matches("http").count() - page.matches("http-equiv").count();
        assert_eq!(addresses, page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count());
        for outside in [" src=", " href=", "url(", "@import", "<script", "<link"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("Training guidance, not medical advice."));
        assert!(!page.contains("NaN") && !page.contains("inf "));
    }

    #[test]
    fn names_used_for_reference_are_not_used_twice() {
        let page = page(&analysis(vec![run(TODAY)]), &Import::default());
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((count, ids.len()), (8, 8));
    }

    #[test]
    fn a_page_without_runs_says_so() {
        let page = page(&empty(), &Import::default());
        assert!(page.contains("No runs to judge yet.") && page.contains("None yet."));
        assert!(page.contains("The next 14 days"));
    }

    #[test]
    fn todays_run_is_done_and_older_runs_are_folded() {
        let runs = (0..40).map(|i| run(TODAY.saturating_sub((10 * i).days()))).collect();
        let page = page(&analysis(runs), &Import::default());
        assert!(page.contains("Today, done") && page.contains("5.40 km in 30:00, 5:33 /km, 140 bpm, load"));
        assert!(page.contains("12 earlier runs of 2025"), "28 of 40 are shown");
        assert!(!page.contains("Today, Mon 22 Jun") && page.contains("Tomorrow, Tue 23 Jun"));
        let newest = page.find("Mon 22 Jun <small>2026").unwrap();
        assert!(newest < page.find("Fri 12 Jun <small>2026").unwrap());
    }

    #[test]
    fn a_planned_recovery_run_stands_out_with_its_limits() {
        let mut analysis = empty();
        let day = &mut analysis.plan[0];
        (day.kind, day.minutes) = (Kind::Recovery, 30.0);
        (day.heart_rate_max_bpm, day.pace_min_s_per_km) = (Some(138.4), Some(375.0));
        day.reasons = vec![reason::Reason::AerobicBase];
        let page = page(&analysis, &Import::default());
        assert!(page.contains("Recovery run, 30 min"));
        assert!(page.contains("At most 138 bpm, and not faster than 6:15 /km on flat ground."));
        assert!(page.contains("<section class=\"card recovery\">") && page.contains("6:15 /km or slower"));
    }

    #[test]
    fn signs_are_true_signs() {
        assert_eq!((signed(-17.6), signed(-0.2), signed(3.0)), ("−18".into(), "0".into(), "+3".into()));
        assert_eq!((signed_tenths(-0.44), signed_tenths(1.25)), ("−0.4".into(), "+1.2".into()));
    }

    #[test]
    fn the_same_season_gives_the_same_page() {
        assert_eq!(page(&empty(), &Import::default()), page(&empty(), &Import::default()));
    }
}
