//! The summary on screen: what a runner wants to know in ten seconds. What matters most stands last, where the eye is when
//! the program ends: what to do today. Without `-v` the whole fits a screen.

mod columns;
mod plan;
mod runs;
mod spark;

use super::advice::Advice;
use super::table::RunRow;
use super::words;
use crate::athlete::Estimate;
use crate::guide::Guide;
use crate::import::Import;
use crate::label::{Agreement, Label, Labelled};
use crate::pipeline::Analysis;
use crate::plan::PlanNote;
use crate::recording::Recording;
use crate::units::{Bpm, Speed};
use anstyle::Style;
use columns::{INDENT, TextColumn, wrapped};
use std::fmt::Write;

/// How much may be shown, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Places in a line.
    pub width: usize,
    /// Lines of the whole; without a limit everything is shown.
    pub height: Option<usize>,
    /// Runs to be shown, where the user says how many.
    pub runs: Option<usize>,
    /// The whole plan is wanted.
    pub has_whole_plan: bool,
}

/// Lines that fit a screen of the usual height with the prompt below them.
pub const LINES: usize = 39;

/// Runs and days of the plan shown at least and at most where the screen decides.
const RUNS: std::ops::RangeInclusive<usize> = 3..=10;
/// Sentences on hard and easy where the screen is small.
const SENTENCES: usize = 2;
const DAYS: std::ops::RangeInclusive<usize> = 3..=7;

/// The whole summary.
pub fn summary(analysis: &Analysis, import: &Import, screen: &Screen) -> String {
    let guide = analysis.guide();
    let fitted = |trimmed| Summary { analysis, guide: &guide, import, screen, trimmed }.fitted();
    let fits = |lines: &Lines| screen.height.is_none_or(|height| lines.len() <= height);
    let lines = (0..TRIMMED_MOST).map(fitted).find(fits).unwrap_or_else(|| fitted(TRIMMED_MOST));
    lines.join("\n") + "\n"
}

/// One line a run; with `has_reasons` the reasons below it.
pub fn runs_table(runs: &[&RunRow], width: usize, has_reasons: bool) -> String {
    let lines = if has_reasons { runs::with_reasons(runs, width) } else { runs::lines(runs, width) };
    lines.iter().map(|line| format!("{line}\n")).collect()
}

struct Summary<'a> {
    analysis: &'a Analysis,
    guide: &'a Guide,
    import: &'a Import,
    screen: &'a Screen,
    /// How much is left out on a narrow screen: nothing (0), what is known or on the page (1), more of it (2 and on).
    trimmed: u8,
}

/// The most that can be left out.
const TRIMMED_MOST: u8 = 4;

type Lines = Vec<String>;

impl Summary<'_> {
    /// All sections with as many runs and days as the screen has room for.
    fn fitted(&self) -> Lines {
        let rows = RunRow::all(&self.analysis.season);
        let (all_runs, all_days) = (rows.len(), self.analysis.plan.days.len());
        let Some(height) = self.screen.height else {
            return self.lines(&rows, self.screen.runs.unwrap_or(*RUNS.end()).min(all_runs), all_days);
        };
        let mut runs = self.screen.runs.unwrap_or(*RUNS.start()).min(all_runs);
        let mut days = if self.screen.has_whole_plan { all_days } else { (*DAYS.start()).min(all_days) };
        let mut lines = self.lines(&rows, runs, days);
        let left = height.saturating_sub(lines.len());
        let more_days = if self.screen.has_whole_plan { 0 } else { (*DAYS.end()).min(all_days) - days };
        let more_runs = if self.screen.runs.is_some() { 0 } else { (*RUNS.end()).min(all_runs) - runs };
        // First the week ahead, then more of what has been.
        days += more_days.min(left);
        runs += more_runs.min(left.saturating_sub(more_days));
        if left > 0 {
            lines = self.lines(&rows, runs, days);
        }
        // A reason may take a second line.
        while lines.len() > height && days > *DAYS.start() && !self.screen.has_whole_plan {
            days -= 1;
            lines = self.lines(&rows, runs, days);
        }
        lines
    }

    fn lines(&self, rows: &[RunRow], runs: usize, days: usize) -> Lines {
        let sections =
            [self.header(), self.limits(), self.last_runs(rows, runs), self.balance(), self.plan(days), self.today()];
        let sections: Vec<Lines> = sections.into_iter().filter(|section| !section.is_empty()).collect();
        let mut lines = Vec::new();
        for (i, section) in sections.into_iter().enumerate() {
            if i > 0 {
                lines.push(String::new());
            }
            lines.extend(section);
        }
        lines
    }

    fn is_whole(&self) -> bool {
        self.screen.height.is_none()
    }

    fn wrapped(&self, text: &str, indent: usize) -> Lines {
        wrapped(text, self.screen.width, indent, INDENT)
    }

    /// What was read.
    fn header(&self) -> Lines {
        let season = &self.analysis.season;
        let is_walk = |labelled: &Labelled| labelled.verdict.label == Label::Walk;
        let walks = season.runs().filter(|(_, session)| is_walk(session)).count();
        let runs: Vec<&Recording> =
            season.runs().filter(|(_, session)| !is_walk(session)).map(|(run, _)| &run.recording).collect();
        let mut text = match (runs.first(), runs.last()) {
            (Some(first), Some(last)) => {
                let km: f64 = runs.iter().filter_map(|run| run.digest.known_distance_m()).sum::<f64>() / 1000.0;
                let span = words::span(first.date(), last.date());
                format!("{} {span}, {km:.0} km", words::counted(runs.len(), "run"))
            }
            _ => "No runs among them".to_owned(),
        };
        if walks > 0 {
            let _ = write!(text, "; {} walked", words::counted(walks, "recording"));
        }
        let others = season.others().count();
        if others > 0 {
            let _ = write!(text, "; {} in other sports", words::counted(others, "activity"));
        }
        let stale = self.import.stale.map(|(last, today)| {
            let (last, today) = (words::date(last), words::date(today));
            format!("Your last activity was on {last}; this report is as of {today} (change with `--today`).")
        });
        let counts = Some(self.import.counts(season)).filter(|_| self.trimmed < 4);
        [counts, Some(text), stale].into_iter().flatten().flat_map(|text| self.wrapped(&text, 0)).collect()
    }

    /// The limits of easy running in a line; with `-v` every threshold, and what it rests on.
    fn limits(&self) -> Lines {
        let thresholds = self.analysis.season.thresholds();
        let slowest = self.analysis.ceilings.recovery_speed_mps.map(|v| format!("slower than {}", Speed(v)));
        let limits = if thresholds.uses_heart_rate {
            format!(
                "Recovery runs: below {}{}. Easy runs: below {}.",
                Bpm(thresholds.recovery_ceiling_bpm()),
                slowest.map(|slowest| format!(", {slowest}")).unwrap_or_default(),
                Bpm(thresholds.lt1_bpm())
            )
        } else {
            let slowest = slowest.map(|slowest| format!(" Recovery runs: {slowest}."));
            words::WITHOUT_HEART_RATE.to_owned() + &slowest.unwrap_or_default()
        };
        let mut lines = vec![heading("Your limits")];
        lines.extend(self.wrapped(&limits, INDENT));
        if self.is_whole() {
            lines.extend(self.thresholds());
        }
        let mut say = |text: String| lines.extend(self.wrapped(&text, INDENT));
        for note in thresholds.notes.iter().filter(|_| self.is_whole()) {
            say(format!("{}.", words::capitalised(&note.to_string())));
        }
        if self.is_whole() {
            say(format!("{}.", words::capitalised(&self.analysis.season.sensitivity().to_string())));
        }
        let most = match (self.is_whole(), self.trimmed) {
            (true, _) => usize::MAX,
            (false, 0..3) => 1,
            _ => 0,
        };
        for question in thresholds.questions().iter().take(most) {
            say(format!("Not known yet: {question}."));
        }
        lines
    }

    fn thresholds(&self) -> Lines {
        let thresholds = self.analysis.season.thresholds();
        let bpm = |e: &Estimate| format!("{:.0} ± {}", e.value, Bpm(e.half_width));
        let heart = |name: &'static str, e| (name, bpm(e), Some(e));
        let speed = thresholds.speed_threshold.as_ref();
        let pace = speed.map_or("not known".to_owned(), |speed| Speed(speed.value).to_string());
        let rows = [
            heart("maximal heart rate", &thresholds.heart_rate_max),
            heart("resting heart rate", &thresholds.heart_rate_rest),
            heart("threshold heart rate", &thresholds.heart_rate_threshold),
            ("threshold pace", pace, speed),
        ];
        let trust = |e: &Option<&Estimate>| e.map(|e| format!("{} trust", e.trust)).unwrap_or_default();
        let basis = |e: &Option<&Estimate>| e.map(|e| e.basis.to_string()).unwrap_or_default();
        let columns = vec![
            TextColumn::words("", rows.iter().map(|row| row.0)),
            TextColumn::words("", rows.iter().map(|row| row.1.clone())),
            TextColumn::words("", rows.iter().map(|row| trust(&row.2))).giving_way(1),
            TextColumn::words("", rows.iter().map(|row| basis(&row.2))).giving_way(2),
        ];
        columns::table(columns, self.screen.width).split_off(1)
    }

    fn last_runs(&self, rows: &[RunRow], count: usize) -> Lines {
        if rows.is_empty() || count == 0 {
            return Vec::new();
        }
        let last: Vec<&RunRow> = rows[rows.len() - count..].iter().collect();
        let title = if count == rows.len() { "Your runs".to_owned() } else { format!("Your last {count} runs") };
        let width = self.screen.width;
        let table = if self.is_whole() { runs::with_reasons(&last, width) } else { runs::lines(&last, width) };
        std::iter::once(heading(&title)).chain(table).collect()
    }

    /// Hard and easy in the last four weeks, and whether fitness goes up.
    fn balance(&self) -> Lines {
        let season = &self.analysis.season;
        if season.runs().next().is_none() {
            return Vec::new();
        }
        let mut lines = vec![heading("The last four weeks")];
        let balance = season.balance();
        let most = match (self.is_whole(), self.trimmed) {
            (true, _) => usize::MAX,
            (false, 0) => SENTENCES,
            (false, _) => 1,
        };
        let sentences = if self.is_whole() { words::balance(&balance) } else { words::balance_in_short(&balance) };
        lines.extend(sentences.iter().take(most).flat_map(|sentence| self.wrapped(sentence, INDENT)));
        if let Some(trend) = words::fitness_trend(self.analysis) {
            let colon = if trend.answer.is_some() { "" } else { ":" };
            lines.extend(self.wrapped(&format!("Fitness{colon} {trend}"), INDENT));
        }
        let agreement = Agreement::of(season.sessions().iter());
        if !agreement.is_empty() && self.is_whole() {
            let all = agreement.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            lines.extend(self.wrapped(&format!("What you had said of your runs was so: {all}."), INDENT));
        }
        lines.extend(self.form());
        lines
    }

    /// Form of the last weeks in a line.
    fn form(&self) -> Lines {
        let Some(now) = words::now(self.analysis).filter(|now| now.is_settled) else { return Vec::new() };
        let start = self.analysis.plan.days.first().map_or(self.analysis.season.today, |day| day.date);
        let days = self.analysis.season.days();
        let past: Vec<_> = days.into_iter().filter(|day| day.date < start).collect();
        let name = "Form  ";
        let spark = spark::form(&past, self.screen.width - INDENT - name.len());
        let mut lines = vec![format!("{:INDENT$}{name}{spark}", "")];
        let said = format!("{:+.0} %: {}", now.form_relative, words::form(now.zone));
        lines.extend(wrapped(&said, self.screen.width, INDENT + name.len(), 0));
        lines
    }

    fn plan(&self, count: usize) -> Lines {
        let days = &self.analysis.plan.days[..count.min(self.analysis.plan.days.len())];
        if days.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![heading(&format!("The next {} days", days.len()))];
        let has_reasons = self.is_whole() || self.screen.has_whole_plan;
        lines.extend(plan::lines(days, &self.guide.days, self.screen.width, has_reasons));
        lines
    }

    /// What to do next, last on the screen, with what protects just before it.
    fn today(&self) -> Lines {
        let mut lines = Vec::new();
        let (plain, care): (Vec<_>, Vec<_>) = self
            .analysis
            .plan
            .notes
            .iter()
            .partition(|note| matches!(note, PlanNote::NextHard(_) | PlanNote::TakesForGranted));
        let is_shown = |note: &&&PlanNote| self.is_whole() || matches!(note, PlanNote::TakesForGranted);
        for note in plain.iter().filter(is_shown).chain(&care) {
            lines.extend(self.wrapped(&note.to_string(), 0));
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(heading(&words::long_date(self.analysis.season.today)));
        let Some(advice) = Advice::of(self.analysis) else {
            lines.extend(self.wrapped("Nothing can be planned yet.", INDENT));
            return lines;
        };
        let mut say = |what: &str, text: &str| lines.extend(self.wrapped(&format!("{what}: {text}"), INDENT));
        if let Some(what) = &advice.what {
            say("What", what);
        }
        if let Some(why) = &advice.why {
            say("Why", why);
        }
        if self.trimmed < 2 {
            say("How sure", &advice.how_sure);
        }
        say("What would change it", advice.what_would_change_it);
        // It stands in the plan just above, where the screen is small.
        if let Some((called, next)) = advice.next.as_ref().filter(|_| self.is_whole()) {
            say(called, next);
        }
        let bold = Style::new().bold();
        lines.extend(self.wrapped(&advice.headline, INDENT).iter().map(|line| format!("{bold}{line}{bold:#}")));
        lines
    }
}

fn heading(text: &str) -> String {
    let bold = Style::new().bold();
    format!("{bold}{text}{bold:#}")
}
