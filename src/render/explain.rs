//! One run on the terminal, as a coach would note it down.

use super::plot::{Plot, PlotLimit};
use super::words;
use super::wrap::{after, fitted};
use crate::explain::{EarlierSession, Explanation};
use crate::heart_rate::Coverage;
use crate::label::{Evidence, HIGH, HardestKind, Label, MEDIUM, Measure, Reason, Role};
use crate::physiology::statistics;
use crate::season::{Assessed, Flip};
use crate::units::{Bpm, Load, Metres, Score, Seconds, Speed, Spoken};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Cells of a bar.
const BAR: usize = 10;

/// Two mean heart rates that lie this far apart are both said, bpm.
const TOLD_APART_BPM: f64 = 2.0;

/// The whole note, in lines of `width` columns. `folder` is where notes are kept, for the line to type where the verdict is
/// wrong.
pub fn text(explanation: &Explanation, folder: &str, width: usize) -> String {
    let note = CoachNote { of: explanation, width };
    let in_sentences = |text: String| fitted(&text, width, 2);
    let sections = [
        in_sentences(note.heading()),
        in_sentences(note.numbers()),
        in_sentences(note.verdict()),
        note.criteria(),
        in_sentences(note.wanted()),
        note.plot(),
        note.around(),
    ];
    let sections: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    sections.join("\n") + "\n" + &note.correction(folder)
}

struct CoachNote<'a> {
    of: &'a Explanation<'a>,
    width: usize,
}

fn bold(text: &str) -> String {
    let bold = Style::new().bold();
    format!("{bold}{text}{bold:#}")
}

impl CoachNote<'_> {
    fn heading(&self) -> String {
        let started = &self.of.parts[0].recording.started;
        let when = format!("{}, {}", words::long_date(started.date()), started.strftime("%H:%M"));
        let mut text = bold(&when) + "\n";
        // A file may hold several recordings of a session.
        let mut files: Vec<&Assessed> = self.of.parts.clone();
        files.dedup_by_key(|part| (&part.recording.file, &part.recording.digest.name));
        for part in files {
            let recording = &part.recording;
            let name = recording.digest.name.as_ref().map(|name| format!(" \"{name}\"")).unwrap_or_default();
            let _ = writeln!(text, "  {}{name}", recording.file);
        }
        text
    }

    fn numbers(&self) -> String {
        let features = &self.of.session.features;
        let digests = || self.of.parts.iter().map(|part| &part.recording.digest);
        let moving = Seconds(60.0 * features.duration_min);
        let mut first = match features.distance_km {
            Some(km) => format!("{} in {moving}", Metres(1000.0 * km)),
            None => format!("{moving}, distance not known"),
        };
        let stood_s: f64 = self.of.course.elapsed_s() - moving.0;
        if stood_s >= 60.0 {
            let _ = write!(first, " and {} standing", Spoken(Seconds(stood_s)));
        }
        if let Some(mps) = features.mean_mps() {
            let _ = write!(first, ", {}", Speed(mps));
        }
        let ascent: f64 = digests().filter_map(|digest| digest.ascent_m).sum();
        if let Some(flat) = features.speed_mps {
            let on_the_flat = if ascent >= 10.0 { " on the flat" } else { "" };
            let _ = write!(first, " (median {}{on_the_flat})", Speed(flat));
        }
        if ascent >= 10.0 {
            let _ = write!(first, ", {ascent:.0} m up");
        }
        format!("  {first}\n  {}\n", self.heart_rate_and_load())
    }

    fn heart_rate_and_load(&self) -> String {
        let of = self.of;
        let mut text = match of.session.features.heart_rate_mean_bpm {
            Some(judged) => {
                let highest = of.parts.iter().filter_map(|part| part.heart_rate.max_bpm).fold(judged, f64::max);
                // The mean that every table shows, and beside it the one that was judged.
                let mean = self.mean_heart_rate().unwrap_or(judged);
                let running = if (judged - mean).abs() >= TOLD_APART_BPM {
                    format!(" ({judged:.0} while running, once warm)")
                } else {
                    String::new()
                };
                format!("Heart rate {mean:.0}{running}, highest {}", Bpm(highest))
            }
            None if of.parts.iter().any(|part| part.heart_rate.coverage > 0.0) => {
                "Heart rate too patchy to be used".to_owned()
            }
            None => "No heart rate".to_owned(),
        };
        let patchy = of.parts.iter().find(|part| part.heart_rate.quality() == Coverage::Partial);
        if let Some(part) = patchy.filter(|part| part.heart_rate.coverage < 0.95) {
            let _ = write!(text, ", known for {:.0} % of the time", 100.0 * part.heart_rate.coverage);
        }
        let _ = write!(text, " · load {}", Load(of.session.features.load));
        if let Some(rpe) = of.session.features.rpe {
            let _ = write!(text, " · felt {rpe:.0} of 10");
        }
        text
    }

    /// Mean over all moving time with a heart rate, bpm.
    fn mean_heart_rate(&self) -> Option<f64> {
        let known_s = |part: &&Assessed| part.heart_rate.coverage * part.recording.digest.moving_s;
        let beats: f64 = self.of.parts.iter().filter_map(|part| Some(part.heart_rate.mean_bpm? * known_s(part))).sum();
        statistics::ratio(beats, self.of.parts.iter().map(known_s).sum())
    }

    fn verdict(&self) -> String {
        let verdict = &self.of.session.verdict;
        let name = verdict.called().to_string();
        let sure = match verdict.confidence {
            c if c >= HIGH => "sure",
            c if c >= MEDIUM => "fairly sure",
            _ => "not sure",
        };
        let borderline = if verdict.borderline || !self.flips().is_empty() { ", borderline" } else { "" };
        let mut text = format!("  {}", bold(&words::capitalised(&name)));
        if !matches!(verdict.label, Label::Fragment | Label::Unknown) {
            let _ = write!(text, " ({sure}{borderline})");
        }
        // The label of a quality session says it already, and its reasons count the minutes.
        let part = if matches!(verdict.label, Label::Tempo | Label::Intervals | Label::Race | Label::Steady) {
            HardestKind::None
        } else {
            verdict.hardest.kind
        };
        let _ = match part {
            HardestKind::None | HardestKind::Race => Ok(()),
            HardestKind::Strides => {
                write!(text, ", {} of it fast", Spoken(Seconds(60.0 * verdict.hardest.minutes)))
            }
            HardestKind::Steady => write!(text, ", {:.0} min of it steady", verdict.hardest.minutes),
            HardestKind::Tempo => write!(text, ", {:.0} min of it hard", verdict.hardest.minutes),
            HardestKind::Repetitions => {
                write!(text, ", {:.0} min of it in fast repetitions", verdict.hardest.minutes)
            }
        };
        text.push('\n');
        // What stands above, and in the table of criteria below, need not be said twice.
        let is_new = |reason: &&Reason| match reason {
            Reason::Score { .. } | Reason::HardestPart(_) | Reason::Measured(_) => false,
            Reason::RecoveryPrompt(_) => !self.asks_about_recovery(),
            _ => true,
        };
        for reason in verdict.reasons.iter().filter(is_new) {
            let _ = writeln!(text, "    {}", words::capitalised(&reason.to_string()));
        }
        for flip in self.flips() {
            let _ = writeln!(text, "    {}", self.if_shifted(flip));
        }
        text
    }

    /// What the verdict would be elsewhere within the thresholds' intervals.
    fn flips(&self) -> &[Flip] {
        let season = self.of.season;
        season.session_of(self.of.parts[0].id).map_or(&[], |session| season.sensitivity().of_session(session))
    }

    /// `It would be tempo if your threshold heart rate were 154 bpm, not 162`.
    fn if_shifted(&self, flip: &Flip) -> String {
        let (known, rule) = (self.of.thresholds, self.of.season.athlete.rule());
        let moved = flip.shift.of(known, rule);
        let would_be = flip.would_be;
        if flip.shift.is_of_heart_rate() {
            let [known, moved] = [known, &moved].map(|thresholds| thresholds.heart_rate_threshold.value);
            format!("It would be {would_be} if your threshold heart rate were {}, not {known:.0}", Bpm(moved))
        } else {
            let [known, moved] = [known, &moved]
                .map(|thresholds| thresholds.threshold_pace().map(|pace| pace.to_string()).unwrap_or_default());
            format!("It would be {would_be} if your threshold pace were {moved}, not {known}")
        }
    }

    /// Whether it might have been a recovery run: nobody asks that of intervals.
    fn asks_about_recovery(&self) -> bool {
        use Label::{Easy, Recovery, RecoveryTooHard, Shakeout, Steady};
        matches!(self.of.session.verdict.label, Recovery | RecoveryTooHard | Easy | Steady | Shakeout)
    }

    /// The criteria of a recovery run, each with a bar.
    fn criteria(&self) -> String {
        let verdict = &self.of.session.verdict;
        if !self.asks_about_recovery() {
            return String::new();
        }
        let need = self.of.season.athlete.rule().least_score;
        let mut text =
            format!("  As a recovery run: {} of 100 points, {need:.0} needed\n", Score(verdict.score.points));
        let mut before = None;
        for evidence in &verdict.score.evidence {
            let name = if before == Some(evidence.criterion) { String::new() } else { evidence.criterion.to_string() };
            let words = match evidence.measure {
                Measure::DaysBefore => self.of.session.context.prompt.to_string(),
                _ => evidence.to_string(),
            };
            if let Some(bar) = bar(evidence) {
                text += &after(&format!("    {name:<16} {bar}  "), &(words + &points(evidence)), self.width);
                before = Some(evidence.criterion);
            }
        }
        let mut failed: Vec<&Evidence> = verdict.gates.iter().filter(|gate| has_failed(gate)).collect();
        // Of two limits for the heart rate the one that counts stands first.
        failed.dedup_by_key(|gate| (gate.criterion, gate.value.to_bits()));
        let passed: Vec<String> = failed.into_iter().map(limit).collect();
        if !passed.is_empty() {
            text += &after(&format!("    {:<16} ", "over the limits"), &passed.join(", "), self.width);
        }
        text
    }

    /// What would have made it one, and where the heart rate was too high.
    fn wanted(&self) -> String {
        let mut text = String::new();
        if let Some(remedy) = &self.of.remedy {
            let _ = writeln!(text, "  It would have been a recovery run {}.", words::remedy(remedy));
        }
        let above = words::above(&self.of.above_ceiling, self.of.session.context.ceiling_bpm);
        if let Some(above) = above.filter(|_| self.asks_about_recovery()) {
            let _ = writeln!(text, "  {above}.");
        }
        text
    }

    fn plot(&self) -> String {
        let of = self.of;
        if of.session.features.heart_rate_mean_bpm.is_none() {
            return String::new();
        }
        let context = &of.session.context;
        let limits = [(context.ceiling_bpm, "recovery"), (context.lt1_bpm, "easy")]
            .map(|(value, word)| PlotLimit { value, words: format!("{value:.0} {word}") });
        let values = of.course.smooth_heart_rate();
        Plot { values: &values, limits: &limits, minutes: of.course.elapsed_s() / 60.0, width: self.width }.draw()
    }

    /// What came before, what was said, and what the watch thinks.
    fn around(&self) -> String {
        let mut text = String::new();
        for (i, before) in self.of.before.iter().enumerate() {
            text += &self.named(if i == 0 { "Before it" } else { "" }, &earlier(before));
        }
        text += &self.named("Said beforehand", &words::stated(self.of.session));
        // Each part of a session has its own; what is said of each of them alike is said once.
        let parts = self.of.parts.iter().map(|part| words::watch(&part.recording.digest.watch).join(", "));
        let mut watch: Vec<String> = parts.filter(|said| !said.is_empty()).collect();
        watch.dedup();
        if !watch.is_empty() {
            text += &self.named("The watch", &watch.join("; then "));
        }
        text
    }

    fn named(&self, name: &str, text: &str) -> String {
        after(&format!("  {name:<16} "), text, self.width)
    }

    fn correction(&self, folder: &str) -> String {
        let verdict = &self.of.session.verdict;
        let label = if verdict.label == Label::Easy { Label::Recovery } else { Label::Easy };
        // What is to be typed stays in one line.
        let typed = format!("freshlegs note {} {folder} --label {}", self.of.run_ref(), label.word());
        let line = format!("  If that is wrong: {typed}");
        if line.chars().count() <= self.width { line + "\n" } else { format!("  If that is wrong:\n  {typed}\n") }
    }
}

fn has_failed(gate: &Evidence) -> bool {
    gate.role == Role::Gate { passed: false }
}

/// How far a criterion was met; `None` for one that was not weighed.
fn bar(evidence: &Evidence) -> Option<String> {
    let Role::Scored { weight, met, .. } = evidence.role else { return None };
    let colour = match met {
        m if m >= 0.7 => AnsiColor::Green,
        m if m >= 0.3 => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    let style = Style::new().fg_color(Some(colour.into()));
    let full = (met * BAR as f64).round() as usize;
    (weight > 0.0).then(|| format!("{style}{}{}{style:#}", "█".repeat(full), "░".repeat(BAR - full)))
}

/// ` (10 of 12)`: the points it added, and how many it could have.
fn points(evidence: &Evidence) -> String {
    match evidence.role {
        Role::Scored { met, points, .. } if met > 0.0 => format!(" ({points:.0} of {:.0})", points / met),
        Role::Scored { .. } => " (0)".to_owned(),
        Role::Gate { .. } => String::new(),
    }
}

/// `heart rate 157 bpm of at most 148`.
fn limit(gate: &Evidence) -> String {
    let (value, limit) = (gate.value, gate.limit);
    let percent = |what: &str| format!("{:.0} % {what} of at most {:.0}", 100.0 * value, 100.0 * limit);
    match gate.measure {
        Measure::HeartRateToCeiling | Measure::HeartRateToUsual | Measure::HeartRateToLt1 => {
            format!("{value:.0} bpm of at most {limit:.0}")
        }
        Measure::ShareAboveLt1 => percent("above easy"),
        Measure::ShareFast => percent("fast"),
        Measure::ShareAtThreshold => percent("at threshold"),
        Measure::DaysBefore => percent("called for"),
        Measure::SpeedToUsual | Measure::SpeedToThreshold => format!("{} of at most {}", Speed(value), Speed(limit)),
        Measure::MinutesToUsual | Measure::Minutes => format!("{value:.0} min of at most {limit:.0}"),
        Measure::LoadToFitness => format!("load {value:.0} of at most {limit:.0}"),
        Measure::FastSeconds => format!("{} fast of at most {}", Seconds(value), Seconds(limit)),
    }
}

/// `Sun 19 Apr  long, 110 min, load 96; 39 h before`.
fn earlier(before: &EarlierSession) -> String {
    let session = before.session;
    let ago = match before.hours {
        h if h < 60.0 => format!("{h:.0} h before"),
        h => format!("{:.0} days before", h / 24.0),
    };
    format!(
        "{}: {}, {:.0} min, load {}; {ago}",
        words::short_date(session.session.date),
        session.verdict.called(),
        session.features.duration_min,
        Load(session.features.load)
    )
}
