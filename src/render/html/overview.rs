//! Several runners on one page: who needs a look first, and why.

use super::super::words;
use super::policy;
use crate::pipeline::Analysis;
use crate::season::Need;
use crate::shown::{FileName, Text};
use crate::units::{Seconds, Spoken, round};
use jiff::ToSpan;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value, json};

/// One runner of several.
#[derive(Clone, Debug)]
pub struct Runner {
    /// The name of the runner's folder.
    pub name: FileName,
    /// Where the report is, from the overview on; percent-encoded.
    pub link: String,
    pub result: Result<Standing, Text>,
}

/// What the overview says of a runner.
#[derive(Clone, Debug)]
pub struct Standing {
    needs: Vec<Need>,
    /// What to do next.
    advice: String,
    fitness: Option<f64>,
    form_percent: Option<f64>,
    runs: usize,
    seconds: f64,
    as_of: jiff::civil::Date,
}

impl Standing {
    pub fn of(analysis: &Analysis) -> Standing {
        let season = &analysis.season;
        let now = words::now(analysis).filter(|now| now.is_settled);
        let from = season.today.saturating_sub(27.days());
        let recent = || season.runs().filter(|(run, _)| run.recording.date() >= from);
        Standing {
            needs: Need::all(season),
            advice: super::super::advice::Advice::of(analysis)
                .map_or_else(|| "Nothing can be planned yet.".to_owned(), |advice| advice.headline),
            fitness: now.as_ref().map(|now| now.fitness),
            form_percent: now.as_ref().map(|now| now.form_relative),
            runs: recent().count(),
            seconds: recent().map(|(run, _)| run.recording.digest.moving_s).sum(),
            as_of: season.today,
        }
    }
}

impl Runner {
    /// Puts runners in order of need, then of their names.
    pub fn sort(runners: &mut [Runner]) {
        runners.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.name.cmp(&b.name)));
    }

    /// The same as data, under the names of the schema `athletes`.
    pub fn row(&self) -> Value {
        let found = self.result.as_ref().ok();
        json!({
            "name": self.name.to_string(),
            "report": found.map(|_| &self.link),
            "error": self.result.as_ref().err().map(ToString::to_string),
            "as_of": found.map(|found| found.as_of),
            "needs": found.map_or_else(Vec::new, |found| found.needs.iter().map(ToString::to_string).collect()),
            "advice": found.map(|found| &found.advice),
            "fitness": found.and_then(|found| found.fitness).map(|points| round(points, 1)),
            "form_percent": found.and_then(|found| found.form_percent).map(|percent| round(percent, 1)),
            "four_weeks_runs": found.map(|found| found.runs),
            "four_weeks_h": found.map(|found| round(found.seconds / 3600.0, 2)),
        })
    }

    /// Who has nothing usable comes first, then by the most pressing need, then by their number.
    fn rank(&self) -> (u8, usize) {
        match &self.result {
            Err(_) => (u8::MAX, 0),
            Ok(found) => (found.needs.iter().map(|need| need.weight()).max().unwrap_or(0), found.needs.len()),
        }
    }
}

/// The page, runners as they are sorted.
pub fn overview(runners: &[Runner]) -> String {
    let style = super::style();
    let needing = runners.iter().filter(|runner| runner.rank().0 > 0).count();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy::policy(&style, ""));
                (PreEscaped(super::MARK)) (PreEscaped(">"))
                title { "Fresh legs? " (super::counted(runners.len(), "runner", "runners")) }
                style { (PreEscaped(&style)) }
            }
            body {
                header {
                    h1.headline {
                        (super::counted(runners.len(), "runner", "runners")) ", "
                        @if needing == 0 { "nobody stands out in these numbers" } @else { (needing) " to look at first" }
                    }
                }
                main {
                    div.frame { table.stack {
                        thead { tr {
                            th scope="col" { "Runner" } th scope="col" { "What to look at" } th scope="col" { "Advice" }
                            th.number scope="col" { "Fitness" } th.number scope="col" { "Form" }
                            th.number scope="col" { "Four weeks" }
                        } }
                        tbody { @for runner in runners { (row(runner)) } }
                    } }
                    p.soft {
                        "By need: form far below fitness, a run much longer than those before, a fast ramp, recovery runs that were too \
                         hard, hard sessions without gentle days after them, no runs. Nothing here sees how a runner feels: ask."
                    }
                }
                footer { p { "Training guidance, not medical advice." } }
            }
        }
    };
    page.into_string()
}

fn row(runner: &Runner) -> Markup {
    html! {
        tr {
            @match &runner.result {
                Err(why) => {
                    th scope="row" { bdi { (runner.name) } }
                    td colspan="5" { "Not analysed: " bdi { (why) } }
                }
                Ok(found) => {
                    th scope="row" { a href=(runner.link) { bdi { (runner.name) } } }
                    td {
                        @if found.needs.is_empty() { span.soft { "Nothing in these numbers" } }
                        @for need in &found.needs { p { (words::capitalised(&need.to_string())) "." } }
                    }
                    td { (found.advice) " " small { "as of " (words::date(found.as_of)) } }
                    td.number data-is="fitness" { @if let Some(fitness) = found.fitness { (format!("{fitness:.0}")) } }
                    td.number data-is="form" { @if let Some(form) = found.form_percent { (format!("{form:+.0} %")) } }
                    td.number { (super::counted(found.runs, "run", "runs")) br; small { (Spoken(Seconds(found.seconds))) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner(name: &str, needs: &[Need]) -> Runner {
        let found = Standing {
            needs: needs.to_vec(),
            advice: "Today: a rest day.".into(),
            fitness: Some(40.0),
            form_percent: Some(-12.0),
            runs: 12,
            seconds: 36_000.0,
            as_of: jiff::civil::date(2026, 6, 22),
        };
        Runner { name: name.into(), link: format!("{name}/index.html"), result: Ok(found) }
    }

    #[test]
    fn who_needs_most_comes_first() {
        let calm = runner("ann", &[]);
        let spoils = runner("ben", &[Need::Spoils { spoiled: 1, of: 3 }]);
        let tired = runner("cem", &[Need::Rest { form_percent: -35.0 }]);
        let broken = Runner { result: Err("no activity".into()), ..runner("<i>dan", &[]) };
        let mut all = [calm, spoils, tired, broken];
        Runner::sort(&mut all);
        let page = overview(&all);
        let at = |name: &str| page.find(&format!("<bdi>{name}</bdi>")).unwrap_or_else(|| panic!("{name}: {page}"));
        assert!(at("&lt;i&gt;dan") < at("cem") && at("cem") < at("ben") && at("ben") < at("ann"));
        assert!(page.contains("4 runners, 3 to look at first") && page.contains(super::super::MARK));
        assert!(!page.contains("<script"));
    }
}
