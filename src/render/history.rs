//! What earlier reports said, kept in the report's folder, and what has changed since the last one.

use super::words::{self, counted};
use crate::label::Label;
use crate::pipeline::Analysis;
use crate::season::{Assessed, Season};
use crate::units::{Bpm, round};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file's name in the folder.
pub const FILE: &str = "history.json";

/// Reports that are kept; one a week is a year and more.
const MOST: usize = 60;
/// Verdicts of runs this recent are kept with each: later ones hardly ever change.
const VERDICT_DAYS: i64 = 42;
/// Changes of fitness, and of a heart rate, that are worth a word: points and bpm.
const WORTH_POINTS: f64 = 1.0;
const WORTH_BPM: f64 = 1.5;

/// What one report said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptReport {
    pub as_of: Date,
    /// Version of freshlegs that made it.
    pub version: String,
    /// Fitness (CTL, points) of the last evening.
    pub fitness: f64,
    /// Highest mean heart rate of a recovery run on that day, bpm.
    pub recovery_ceiling_bpm: f64,
    /// Runs on file.
    pub runs: usize,
    /// `run_id` and label of the runs of the last six weeks.
    pub verdicts: BTreeMap<String, Label>,
}

/// All that is kept, in order of time, one of each day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    pub reports: Vec<KeptReport>,
}

impl History {
    /// What stands in the file; nothing where it cannot be read.
    pub fn parse(bytes: &[u8]) -> History {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The same with the report of this analysis.
    pub fn with(&self, analysis: &Analysis) -> History {
        let now = KeptReport::of(analysis);
        let mut reports: Vec<KeptReport> =
            self.reports.iter().filter(|kept| kept.as_of != now.as_of).cloned().collect();
        reports.push(now);
        reports.sort_by_key(|kept| kept.as_of);
        reports.drain(..reports.len().saturating_sub(MOST));
        History { reports }
    }

    /// The last report of an earlier day.
    pub fn before(&self, today: Date) -> Option<&KeptReport> {
        self.reports.iter().rfind(|kept| kept.as_of < today)
    }
}

impl KeptReport {
    fn of(analysis: &Analysis) -> KeptReport {
        let season = &analysis.season;
        let from = season.today.saturating_sub(VERDICT_DAYS.days());
        let recent = runs(season).filter(|(run, _)| run.recording.date() > from);
        KeptReport {
            as_of: season.today,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fitness: round(words::now(analysis).map_or(0.0, |now| now.fitness), 1),
            recovery_ceiling_bpm: round(season.thresholds().recovery_ceiling_bpm(), 1),
            runs: runs(season).count(),
            verdicts: recent.map(|(run, label)| (run.recording.run_id().to_string(), label)).collect(),
        }
    }

    /// What has changed since, in sentences; the first one says what is new.
    pub fn changes(&self, analysis: &Analysis) -> Vec<String> {
        let (season, now) = (&analysis.season, KeptReport::of(analysis));
        let mut sentences = vec![self.news(season, &now)];
        if (now.fitness - self.fitness).abs() >= WORTH_POINTS {
            let verb = if now.fitness > self.fitness { "rose" } else { "fell" };
            sentences.push(format!("Fitness {verb} from {:.0} to {:.0}.", self.fitness, now.fitness));
        }
        let uses_heart_rate = season.thresholds().uses_heart_rate;
        if uses_heart_rate && (now.recovery_ceiling_bpm - self.recovery_ceiling_bpm).abs() >= WORTH_BPM {
            sentences.push(format!(
                "Your recovery limit is now {}; it was {}.",
                Bpm(now.recovery_ceiling_bpm),
                Bpm(self.recovery_ceiling_bpm)
            ));
        }
        sentences.extend(self.changed_verdicts(season, &now));
        sentences
    }

    /// `4 new runs: 1 hard, 1 recovery.`
    fn news(&self, season: &Season, now: &KeptReport) -> String {
        let new: Vec<(&Assessed, Label)> = runs(season).filter(|(run, _)| run.recording.date() >= self.as_of).collect();
        // What was recorded on the report's own day may stand in it already.
        let new: Vec<Label> = new
            .into_iter()
            .filter(|(run, _)| !self.verdicts.contains_key(&run.recording.run_id().to_string()))
            .map(|(_, label)| label)
            .collect();
        let count = |is: fn(Label) -> bool| new.iter().filter(|label| is(**label)).count();
        let kinds = [
            (count(Label::is_hard), "hard"),
            (count(|label| label == Label::Long), "long"),
            (count(|label| label == Label::Recovery), "recovery"),
            (count(|label| label == Label::RecoveryTooHard), "too hard for recovery"),
        ];
        let kinds: Vec<String> =
            kinds.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let older = match now.runs.saturating_sub(self.runs + new.len()) {
            0 => String::new(),
            n => format!(" {} added.", counted(n, "older run")),
        };
        let news = match (new.len(), kinds.is_empty()) {
            (0, _) => "No new run.".to_owned(),
            (n, true) => format!("{}, none of them hard, long or for recovery.", counted(n, "new run")),
            (n, false) => format!("{}: {}.", counted(n, "new run"), kinds.join(", ")),
        };
        news + &older
    }

    /// Runs that are called something else now.
    fn changed_verdicts(&self, season: &Season, now: &KeptReport) -> Option<String> {
        const NAMED: usize = 3;
        let changed: Vec<String> = runs(season)
            .filter_map(|(run, label)| {
                let before = *self.verdicts.get(&run.recording.run_id().to_string())?;
                let day = run.recording.date().strftime("%-d %b");
                (before != label).then(|| format!("{day}: {label} instead of {before}"))
            })
            .collect();
        let why = if self.version == now.version { "" } else { " by the rules of this version" };
        let named = changed.iter().rev().take(NAMED).rev().cloned().collect::<Vec<_>>().join("; ");
        match changed.len() {
            0 => None,
            1 => Some(format!("One verdict changed{why}: {named}.")),
            n if n <= NAMED => Some(format!("{n} verdicts changed{why}: {named}.")),
            n => Some(format!("{n} verdicts changed{why}, the last ones {named}.")),
        }
    }
}

/// Runs with their labels; what was walked is none.
fn runs(season: &Season) -> impl Iterator<Item = (&Assessed, Label)> {
    let labelled = season.runs().map(|(run, session)| (run, session.verdict.label));
    labelled.filter(|(_, label)| *label != Label::Walk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn kept(day: i8) -> KeptReport {
        KeptReport {
            as_of: date(2026, 6, day),
            version: "0.1.0".into(),
            fitness: 30.0,
            recovery_ceiling_bpm: 144.0,
            runs: 3,
            verdicts: BTreeMap::new(),
        }
    }

    #[test]
    fn the_last_report_of_an_earlier_day_is_the_one_to_compare_with() {
        let history = History { reports: vec![kept(1), kept(8), kept(15)] };
        assert_eq!(history.before(date(2026, 6, 15)).map(|kept| kept.as_of), Some(date(2026, 6, 8)));
        assert_eq!(history.before(date(2026, 6, 1)), None);
        let file = serde_json::json!({ "made_with": {}, "reports": history.reports });
        assert_eq!(History::parse(file.to_string().as_bytes()), history);
        assert_eq!(History::parse(b"not JSON"), History::default());
    }
}
