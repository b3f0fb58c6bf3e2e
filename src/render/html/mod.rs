//! The report as one page: words, charts and tables in a single file that needs no script and asks for nothing outside.
//!
//! Names of runs and files come from strangers: [`maud`] escapes all that is put into the page, the charts alone are
//! put in as they are, and these hold the program's own words only.

mod tables;

use super::chart::fitness::FitnessChart;
use super::chart::{NARROW_PX, WIDE_PX, weekly};
use super::report::MARK;
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
                title { "Fresh legs? " (words::long_date(analysis.today)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (header(analysis))
                main {
                    (charts(analysis))
                    (tables::plan(analysis))
                    (balance(analysis))
                    (thresholds(analysis, import))
                    (tables::runs(&analysis.runs))
                    (tables::others(&analysis.others))
                    (tables::files(analysis, import))
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
    html! {
        header {
            h1 { (words::long_date(analysis.today)) }
            @match words::now(analysis) {
                Some(now) => {
                    p.verdict { "You are " (words::form(now.zone)) "." }
                    p.soft {
                        "Form " (signed(now.form)) " (" (now.zone) ", " (signed(now.form_relative)) " % of fitness): fitness "
                        (format!("{:.0}", now.fitness)) " less fatigue " (format!("{:.0}", now.fatigue)) "."
                        @if let Some(ramp) = now.ramp { " Fitness changed by " (signed_tenths(ramp)) " in seven days." }
                    }
                    @if analysis.days.len() < SETTLED_DAYS {
                        p.soft { "There are only " (analysis.days.len()) " days of history, so fitness and form are a rough guess yet." }
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
    let today = analysis.today;
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
    let runs: Vec<_> = analysis.runs.iter().filter(|run| run.date == analysis.today).collect();
    html! {
        @if !runs.is_empty() {
            section.card {
                h2.soft style="margin:0" { "Today, done" }
                @for run in runs {
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
    html! {
        @for (width, class) in [(WIDE_PX, "wide"), (NARROW_PX, "narrow")] {
            div class=(class) {
                figure { (PreEscaped(fitness.svg(width))) }
                @if !analysis.weeks.is_empty() { figure { (PreEscaped(weekly::svg(&analysis.weeks, width))) } }
            }
        }
    }
}

fn balance(analysis: &Analysis) -> Markup {
    html! {
        section {
            h2 { "Recovery balance of the last " (analysis.balance.days) " days" }
            ul { @for sentence in words::balance(&analysis.balance) { li { (sentence) } } }
        }
    }
}

fn thresholds(analysis: &Analysis, import: &Import) -> Markup {
    let thresholds = &analysis.thresholds;
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
    use crate::activity::Sport;
    use crate::import::{Fate, FileNote};
    use crate::label::{Label, Reason};
    use crate::load::Method;
    use crate::pipeline::{OtherActivity, analyse};
    use crate::plan::reason;
    use crate::profile::Profile;
    use crate::run::Run;
    use crate::season::Week;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 22);

    fn empty() -> Analysis {
        analyse(Vec::new(), &Profile::default(), TODAY)
    }

    fn run(day: Date, name: &str, file: &str) -> Run {
        Run {
            date: day,
            started: String::new(),
            file: file.to_owned(),
            name: Some(name.to_owned()),
            sport: Sport::Running.to_string(),
            sub_sport: String::new(),
            distance_m: Some(8420.0),
            elapsed_s: 2820.0,
            timer_s: 2800.0,
            moving_s: 2790.0,
            ascent_m: None,
            descent_m: None,
            heart_rate_mean_bpm: Some(139.0),
            heart_rate_max_bpm: None,
            heart_rate_coverage: 1.0,
            speed_mean_mps: Some(3.0),
            graded_speed_mps: None,
            ngp_mps: None,
            intensity: None,
            load: 48.0,
            load_method: Method::HeartRate,
            label: Label::Recovery,
            recovery_score: 90.0,
            confidence: 0.8,
            reasons: vec![Reason::TitledRecovery],
            device: None,
            watch_training_effect: None,
            watch_anaerobic_effect: None,
            watch_load: None,
            watch_benefit: None,
            watch_recovery_h: None,
        }
    }

    const HOSTILE: &str = "</title><script>alert(\"1\")</script>\u{202e}'";

    #[test]
    fn strange_names_stay_text() {
        let mut analysis = empty();
        analysis.runs = vec![run(TODAY, HOSTILE, &format!("a/{HOSTILE}"))];
        analysis.others = vec![OtherActivity {
            date: TODAY,
            file: HOSTILE.to_owned(),
            sport: Sport::Cycling,
            duration_s: 60.0,
            load: 1.0,
            load_method: Method::Duration,
        }];
        let note = |fate| FileNote { file: HOSTILE.to_owned(), fate, note: HOSTILE.to_owned() };
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
        let mut analysis = empty();
        analysis.runs = vec![run(TODAY, "Morning Run", "a.fit")];
        let page = page(&analysis, &Import::default());
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
        let mut analysis = empty();
        analysis.weeks.push(Week {
            monday: TODAY,
            runs: 0,
            distance_m: 0.0,
            moving_s: 0.0,
            load: 0.0,
            moving_s_by_label: [0.0; 12],
        });
        let page = page(&analysis, &Import::default());
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
        let mut analysis = empty();
        analysis.plan.retain(|day| day.date > TODAY);
        analysis.runs = (0..40).rev().map(|i| run(TODAY.saturating_sub((10 * i).days()), "Run", "a.fit")).collect();
        let page = page(&analysis, &Import::default());
        assert!(page.contains("Today, done") && page.contains("8.42 km in 46:30, 5:33 /km, 139 bpm, load 48"));
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
