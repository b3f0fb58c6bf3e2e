//! Several runners on one page: who needs a look first, and why.

use super::super::table::RunnerRow;
use super::super::words;
use super::{policy, prose};
use crate::import::Import;
use crate::pipeline::Analysis;
use crate::season::Need;
use crate::shown::{FileName, Text};
use crate::units::{Seconds, Spoken, round};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};

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
    /// The day of the last activity, where it is so long ago that the numbers are those of the day after it.
    silent_since: Option<Date>,
    /// What to do next.
    advice: String,
    fitness: Option<f64>,
    form_percent: Option<f64>,
    runs: usize,
    seconds: f64,
    as_of: Date,
}

impl Standing {
    pub fn of(analysis: &Analysis, import: &Import) -> Standing {
        let season = &analysis.season;
        let now = words::now(analysis).filter(|now| now.is_settled);
        let from = season.today.saturating_sub(27.days());
        let recent = || season.runs().filter(|(run, _)| run.recording.date() >= from);
        Standing {
            needs: Need::all(season),
            silent_since: import.stale.map(|(last, _)| last),
            advice: super::super::advice::Advice::of(analysis)
                .map_or_else(|| "Nothing can be planned yet.".to_owned(), |advice| advice.headline),
            fitness: now.as_ref().map(|now| now.fitness),
            form_percent: now.as_ref().map(|now| now.form_relative),
            runs: recent().count(),
            seconds: recent().map(|(run, _)| run.recording.digest.moving_s).sum(),
            as_of: season.today,
        }
    }

    /// What to look at, in sentences.
    fn sentences(&self) -> Vec<String> {
        let silent = self
            .silent_since
            .map(|last| format!("nothing on file since {}; these numbers are of the day after", words::date(last)));
        self.needs.iter().map(ToString::to_string).chain(silent).collect()
    }
}

impl Runner {
    /// Puts runners in order of need, then of their names.
    pub fn sort(runners: &mut [Runner]) {
        runners.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.name.cmp(&b.name)));
    }

    /// The same as data.
    pub fn row(&self) -> RunnerRow {
        let found = self.result.as_ref().ok();
        RunnerRow {
            name: self.name.to_string(),
            report: found.map(|_| self.link.clone()),
            error: self.result.as_ref().err().map(ToString::to_string),
            as_of: found.map(|found| found.as_of),
            needs: found.map_or_else(Vec::new, |found| found.sentences()),
            advice: found.map(|found| found.advice.clone()),
            fitness: found.and_then(|found| found.fitness).map(|points| round(points, 1)),
            form_percent: found.and_then(|found| found.form_percent).map(|percent| round(percent, 1)),
            four_weeks_runs: found.map(|found| found.runs),
            four_weeks_h: found.map(|found| round(found.seconds / 3600.0, 2)),
        }
    }

    /// Who has nothing usable comes first, then by the most pressing need, then by their number.
    fn rank(&self) -> (u8, usize) {
        match &self.result {
            Err(_) => (u8::MAX, 0),
            Ok(found) => {
                let weights = found.needs.iter().map(|need| need.weight());
                let silent = found.silent_since.map(|_| Need::Quiet { days: 0 }.weight());
                (weights.chain(silent).max().unwrap_or(0), found.needs.len())
            }
        }
    }
}

/// The page, runners as they are sorted.
pub fn overview(runners: &[Runner]) -> String {
    let style = super::style();
    let as_of = one_day(runners);
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
                    @if let Some(day) = as_of { p.date { (words::long_date(day)) } }
                    h1.headline {
                        (super::counted(runners.len(), "runner", "runners")) ", "
                        @if needing == 0 { "nobody stands out in these numbers" }
                        @else if needing == runners.len() { "each with something to look at" }
                        @else { (needing) " to look at first" }
                    }
                }
                main {
                    div.frame { table.stack {
                        thead { tr {
                            th scope="col" { "Runner" } th scope="col" { "What to look at" } th scope="col" { "Advice" }
                            th.number scope="col" { "Fitness" } th.number scope="col" { "Form" }
                            th.number scope="col" { "Four weeks" }
                        } }
                        tbody { @for runner in runners { (row(runner, as_of.is_none())) } }
                    } }
                    p.soft {
                        "By need: form far below fitness, a run much longer than those before, a fast ramp, recovery runs that were too \
                         hard, hard sessions without gentle days after them, no runs for long. Nothing here sees how a runner feels: ask."
                    }
                }
                footer { p { "Training guidance, not medical advice." } }
            }
        }
    };
    prose::held_together(&page.into_string())
}

/// The day on which all of them are looked at, where it is the same.
fn one_day(runners: &[Runner]) -> Option<Date> {
    let mut days = runners.iter().filter_map(|runner| runner.result.as_ref().ok()).map(|found| found.as_of);
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

fn row(runner: &Runner, has_own_day: bool) -> Markup {
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
                        @if found.sentences().is_empty() { span.soft { "Nothing stands out" } }
                        @for sentence in found.sentences() { p { (words::capitalised(&sentence)) "." } }
                    }
                    td { (found.advice) @if has_own_day { " " small { "as of " (words::date(found.as_of)) } } }
                    td.number data-is="fitness" { @if let Some(fitness) = found.fitness { (format!("{fitness:.0}")) } }
                    td.number data-is="form" { @if let Some(form) = found.form_percent { (format!("{form:+.0} %").replace('-', "−")) } }
                    td.number { (super::counted(found.runs, "run", "runs")) br; " " small { (Spoken(Seconds(found.seconds))) } }
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
            silent_since: None,
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
        let mut silent = runner("eve", &[]);
        if let Ok(found) = &mut silent.result {
            found.silent_since = Some(jiff::civil::date(2026, 4, 1));
        }
        let broken = Runner { result: Err("no activity".into()), ..runner("<i>dan", &[]) };
        let mut all = [calm, spoils, tired, broken, silent];
        Runner::sort(&mut all);
        let page = overview(&all);
        let at = |name: &str| page.find(&format!("<bdi>{name}</bdi>")).unwrap_or_else(|| panic!("{name}: {page}"));
        assert!(
            at("&lt;i&gt;dan") < at("cem") && at("cem") < at("ben") && at("ben") < at("eve") && at("eve") < at("ann")
        );
        assert!(page.contains("Nothing on file since 1 April 2026") && page.contains("Monday, 22 June 2026"));
        assert!(page.contains("5 runners, 4 to look at first") && page.contains(super::super::MARK));
        assert!(!page.contains("<script"));
    }
}
