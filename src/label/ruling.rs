//! The decision list (`Ruling::label`): the first rule that matches names the run (methods §6.4). And the questions it asks
//! of a run.

use super::evidence::{Criterion, Evidence, Measure, Role};
use super::race::RaceCall;
use super::score::{RUNS_BEHIND_USUAL, RecoveryScore};
use super::{Context, Features, Label, Repeated};
use crate::athlete::Trust;
use crate::intent::{Purpose, Voice};
use crate::physiology::zones::LT1_SHARE_OF_LTHR;
use crate::rule::{RecoveryRule, Source};

/// The hardest part of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hardest {
    pub kind: HardestKind,
    pub minutes: f64,
}

/// The gentlest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HardestKind {
    None,
    Strides,
    Steady,
    Tempo,
    Repetitions,
    Race,
}

const SHORTEST_MIN: f64 = 10.0;
const SHORTEST_KM: f64 = 1.0;
/// Slower than this, m/s, and with less than these shares run it was a walk.
const WALK_MPS: f64 = 1.6;
/// With less than this share run, at whatever speed.
const NOBODY_RAN: f64 = 0.05;
const WALK_RUN_SHARE: f64 = 0.3;
const UNNAMED_WALK_RUN_SHARE: f64 = 0.5;
/// Hard time that makes a quality session, alone or with [`HARD_SHARE`] of the run, s.
pub(super) const HARD_S: f64 = 480.0;
const HARD_S_WITH_SHARE: f64 = 300.0;
const HARD_SHARE: f64 = 0.15;
/// From this share on it is no long run with something in it.
const NO_LONG_HARD_SHARE: f64 = 0.25;
const LONG_MIN: f64 = 90.0;
/// Minutes and multiples of the usual ones that make a long run.
const LONG_FOR_THE_RUNNER: [(f64, f64); 2] = [(75.0, 1.3), (60.0, 1.5)];
/// The same where somebody said so.
const LONG_IF_STATED: (f64, f64) = (60.0, 1.15);
/// A criterion met by less than this failed.
const FAILED: f64 = 0.3;
const STEADY_SHARE: f64 = 0.5;
/// The least duration criterion of a run that was meant as a recovery run without a word.
const SHORT_ENOUGH: f64 = 0.5;

/// One run before its judge.
pub(super) struct Ruling<'a> {
    pub run: &'a Features,
    pub context: &'a Context,
    pub race: RaceCall,
    pub rule: &'a RecoveryRule,
    pub score: &'a RecoveryScore,
    pub gates: Vec<Evidence>,
}

impl Ruling<'_> {
    pub fn label(&self) -> Label {
        let run = self.run;
        if run.duration_min < SHORTEST_MIN || run.distance_km.is_some_and(|km| km < SHORTEST_KM) {
            Label::Fragment
        } else if self.is_walk() {
            Label::Walk
        } else if self.is_race() {
            Label::Race
        } else if self.is_hard() && !self.is_long() {
            match self.repetitions() {
                _ if self.is_stated_recovery() && !self.is_doubtful() => Label::RecoveryTooHard,
                Some(_) => Label::Intervals,
                None => Label::Tempo,
            }
        } else if self.is_long() {
            Label::Long
        } else if self.is_doubtful() {
            Label::Unknown
        } else if self.is_recovery() {
            Label::Recovery
        } else if self.is_meant_as_recovery() && self.is_clearly_too_hard() {
            Label::RecoveryTooHard
        } else if self.is_steady() {
            Label::Steady
        } else {
            Label::Easy
        }
    }

    /// More than half of it above easy; while only defaults are known, surely so.
    fn is_steady(&self) -> bool {
        let (run, context) = (self.run, self.context);
        let surely = |bpm: f64| bpm >= context.lt1_bpm + LT1_SHARE_OF_LTHR * context.lthr.half_width;
        let sure = !context.rough || run.heart_rate_mean_bpm.is_none_or(surely);
        sure && self.share_above_easy().is_some_and(|share| share > STEADY_SHARE)
    }

    /// Nobody who is at work like a runner walks.
    fn is_walk(&self) -> bool {
        let run = self.run;
        let slow = run.run_share < NOBODY_RAN || run.mean_mps().is_none_or(|mps| mps < WALK_MPS);
        let least = if run.names_running { WALK_RUN_SHARE } else { UNNAMED_WALK_RUN_SHARE };
        let at_work = run.heart_rate_mean_bpm.is_some_and(|bpm| bpm >= self.context.lt1_bpm);
        slow && run.run_share < least && !at_work
    }

    /// A word makes no race of what was neither hard, nor above easy for most of it, nor long.
    fn is_race(&self) -> bool {
        let by_word = matches!(self.race, RaceCall::Race { stated: Some(voice), .. } if voice < Voice::Runner);
        self.race_km().is_some() && (!by_word || self.is_hard() || self.is_steady() || self.is_long())
    }

    pub fn race_km(&self) -> Option<f64> {
        match self.race {
            RaceCall::Race { km, .. } => Some(km),
            _ => None,
        }
    }

    /// Seconds of hard running: by heart rate and pace, while neither threshold is known by contrast to usual running, and
    /// while only the watch knows the runner by both.
    pub fn hard_s(&self) -> f64 {
        self.run.effort.hard_s.max(self.hard_by_contrast_s()).max(self.hard_by_watch_s())
    }

    /// Seconds at the threshold heart rate that the watch was told, in a run that stands out by pace and by heart rate: a
    /// watch alone, which may be wrong, makes nothing hard of somebody's usual running.
    pub fn hard_by_watch_s(&self) -> f64 {
        let is_both = self.faster_than_usual_s() > 0.0 && self.heart_stands_out() == Some(true);
        if is_both { self.run.effort.hard_by_watch_s } else { 0.0 }
    }

    /// What stands out as hard from the runner's own running, by pace and by what heart rate there is, while the thresholds
    /// are guesses (methods §5.6).
    pub fn hard_by_contrast_s(&self) -> f64 {
        let blind = self.run.heart_rate_mean_bpm.is_none() || self.context.lthr.trust == Trust::Low;
        let tells_little = blind && self.context.speed_is_guess();
        if tells_little && self.heart_stands_out() != Some(false) { self.faster_than_usual_s() } else { 0.0 }
    }

    /// Seconds of running well above the usual speed: the whole run, or ten minutes of it.
    fn faster_than_usual_s(&self) -> f64 {
        const TEN_MIN_S: f64 = 600.0;
        const TEN_MIN: f64 = 1.12;
        const WHOLE: f64 = 1.10;
        const WHOLE_IF_STATED: f64 = 1.05;
        let Some(usual) = self.context.ordinary_mps else { return 0.0 };
        let faster = |mps: Option<f64>| mps.map_or(0.0, |mps| mps / usual);
        let least = if self.run.intent.is_hard() { WHOLE_IF_STATED } else { WHOLE };
        if faster(self.run.speed_mps) >= least {
            60.0 * self.run.duration_min
        } else if faster(self.run.best_10min_mps) >= TEN_MIN {
            TEN_MIN_S
        } else {
            0.0
        }
    }

    /// Ten minutes of it well above the usual heart rate: who is a little faster than usual at the usual heart rate is not at
    /// work. `None` where nothing can be compared.
    fn heart_stands_out(&self) -> Option<bool> {
        const ABOVE_USUAL: f64 = 1.10;
        let (bpm, usual) = self.run.best_10min_bpm.zip(self.context.usual_bpm)?;
        Some(bpm >= ABOVE_USUAL * usual)
    }

    /// Seconds at the threshold heart rate in a run at a pace far below the threshold: one of the two says something wrong.
    /// `None` where they are too few to make a run hard.
    pub fn heart_without_pace_s(&self) -> Option<f64> {
        const FAR_BELOW: f64 = 0.80;
        let seconds = self.run.above_lthr? * 60.0 * self.run.duration_min;
        let speed = self.run.speed_mps.zip(self.context.threshold_mps().filter(|_| !self.context.speed_is_guess()));
        let is_slow = speed.is_some_and(|(mps, threshold)| mps < FAR_BELOW * threshold);
        (is_slow && seconds >= HARD_S && !self.is_hard()).then_some(seconds)
    }

    /// A quality session, or one with a hard part.
    pub fn is_hard(&self) -> bool {
        let (hard, whole) = (self.hard_s(), 60.0 * self.run.duration_min);
        let enough = hard >= HARD_S || (hard >= HARD_S_WITH_SHARE && hard >= HARD_SHARE * whole);
        enough || self.repetitions().is_some()
    }

    /// Repetitions; while the threshold speed is a guess only those in contrast to the runner's own speed, so that the jogs
    /// between walks are none.
    pub fn repetitions(&self) -> Option<Repeated> {
        const FASTER: f64 = 1.12;
        let is_fast = |r: &Repeated| match self.context.ordinary_mps {
            _ if !self.context.speed_is_guess() => true,
            Some(ordinary) => r.fast_mps >= FASTER * ordinary,
            None => self.run.intent.is_hard(),
        };
        self.run.effort.repetitions.filter(is_fast)
    }

    /// Long, with under a quarter of it hard.
    pub fn is_long(&self) -> bool {
        let hard = self.hard_s().max(self.repetitions().map_or(0.0, |r| r.seconds));
        self.long_from_min().is_some_and(|least| self.run.duration_min >= least)
            && hard < NO_LONG_HARD_SHARE * 60.0 * self.run.duration_min
    }

    /// Minutes from which a run is long for this runner; `None` for what was meant as a recovery run and only got too long.
    pub fn long_from_min(&self) -> Option<f64> {
        if self.is_stated_recovery() && self.run.duration_min < LONG_MIN {
            return None;
        }
        let Some(usual) = self.context.usual_min else { return Some(LONG_MIN) };
        let stated = self.run.intent.says(Purpose::Long).map(|_| LONG_IF_STATED);
        let limits = LONG_FOR_THE_RUNNER.into_iter().chain(stated);
        limits.map(|(minutes, times)| minutes.max(times * usual)).reduce(f64::min)
    }

    /// Neither intensity nor pace is known, or the recording may have lost a part: nothing gentle can be claimed.
    pub fn is_doubtful(&self) -> bool {
        self.has_no_measure() || self.run.summary_only || self.run.length_in_doubt
    }

    pub fn has_no_measure(&self) -> bool {
        let known = |criterion| self.score.value(criterion).is_some();
        !known(Criterion::Intensity) && !known(Criterion::Pace)
    }

    pub fn is_stated_recovery(&self) -> bool {
        self.run.intent.says(Purpose::Recovery).is_some()
    }

    fn is_recovery(&self) -> bool {
        let hard_word = self.run.intent.says(Purpose::Hard) >= Some(Voice::Service);
        self.passes() && (self.is_stated_recovery() || self.has_contrast()) && !hard_word
    }

    /// Score and gates.
    pub fn passes(&self) -> bool {
        self.score.points >= self.rule.least_score && self.failed_gate().is_none()
    }

    pub fn failed_gate(&self) -> Option<&Evidence> {
        self.gates.iter().find(|gate| gate.role == Role::Gate { passed: false })
    }

    /// Slower, lower or shorter than usual, or on a day that calls for it: nobody has recovery runs by accident.
    pub fn has_contrast(&self) -> bool {
        let (run, context, rule) = (self.run, self.context, self.rule);
        let less = |value: Option<f64>, usual: Option<f64>, share: f64| {
            value.zip(usual).is_some_and(|(value, usual)| value <= share * usual)
        };
        less(run.speed_mps, context.usual_mps, rule.contrast)
            || less(run.heart_rate_mean_bpm, context.usual_bpm, rule.contrast)
            || less(Some(run.duration_min), context.usual_min, rule.contrast_minutes)
            || context.prompt.score() >= 1.0
    }

    /// Somebody said so, or the day after something hard asked for it and it was short and slower than usual.
    pub fn is_meant_as_recovery(&self) -> bool {
        let slower = self.run.speed_mps.zip(self.context.usual_mps).is_some_and(|(mps, usual)| mps < usual);
        let short = self.score.value(Criterion::Duration).is_some_and(|met| met >= SHORT_ENOUGH);
        self.is_stated_recovery() || (self.context.prompt.asks_for_recovery() && short && slower)
    }

    /// Too hard for a recovery run by heart rate, without one by pace.
    pub fn is_too_intense(&self) -> bool {
        let failed = |criterion| self.score.value(criterion).is_some_and(|met| met < FAILED);
        match self.run.heart_rate_mean_bpm {
            Some(_) => failed(Criterion::Intensity) || failed(Criterion::Excursions),
            None => failed(Criterion::Pace),
        }
    }

    /// So far above the ceiling that its uncertainty does not excuse it.
    fn is_clearly_too_hard(&self) -> bool {
        let over = |bpm: f64| bpm > self.context.ceiling_bpm + self.context.ceiling_half_width_bpm;
        let too_fast = self.score.value(Criterion::Pace).is_some_and(|met| met < FAILED);
        // In the heat a heart rate alone accuses nobody.
        self.is_too_intense() && self.run.heart_rate_mean_bpm.is_none_or(over) && (!self.run.is_hot() || too_fast)
    }

    fn above_lthr(&self) -> f64 {
        self.run.above_lthr.unwrap_or(0.0)
    }

    pub fn share_above_easy(&self) -> Option<f64> {
        self.run.above_lt1.or(self.run.fast_pace_share.filter(|_| !self.context.speed_is_guess()))
    }

    /// The most that the mean heart rate of a recovery run may be, bpm.
    pub fn heart_rate_limit_bpm(&self) -> f64 {
        let slack = self.context.ceiling_half_width_bpm.min(self.rule.most_over_ceiling_bpm);
        (self.context.ceiling_bpm + slack).min(self.context.lt1_bpm - self.rule.below_lt1_bpm)
    }

    /// What a recovery run must keep beside its score.
    pub fn gates(&self) -> Vec<Evidence> {
        let (run, context, rule) = (self.run, self.context, self.rule);
        let heart = run.heart_rate_mean_bpm.map(|bpm| {
            let limit = self.heart_rate_limit_bpm();
            gate(Criterion::Intensity, Measure::HeartRateToLt1, bpm, limit, Source::OwnChoice)
                .within(context.ceiling_half_width_bpm)
        });
        let intensity = self.score.value(Criterion::Intensity).map(|met| {
            // Held against the ceiling: what is passed or failed is the criterion as a whole.
            let bpm = run.heart_rate_mean_bpm.unwrap_or_default();
            gate(Criterion::Intensity, Measure::HeartRateToCeiling, bpm, context.ceiling_bpm, Source::OwnChoice)
                .within(context.ceiling_half_width_bpm)
                .decided(met >= rule.least_intensity)
        });
        let (above, measure) = match run.heart_rate_mean_bpm {
            Some(_) => (run.above_lt1, Measure::ShareAboveLt1),
            None => (run.fast_pace_share, Measure::ShareFast),
        };
        let excursions = above.map(|share| {
            let limit = rule.excursions_none - rule.least_excursions * (rule.excursions_none - rule.excursions_full);
            gate(Criterion::Excursions, measure, share, limit, Source::Seiler2007)
        });
        let at_threshold = run.above_lthr.map(|_| {
            let (share, most) = (self.above_lthr(), rule.most_at_threshold);
            gate(Criterion::Excursions, Measure::ShareAtThreshold, share, most, Source::OwnChoice)
        });
        let fast = gate(
            Criterion::Pace,
            Measure::FastSeconds,
            run.effort.fast_s,
            rule.most_fast_s,
            Source::PerfectRecoveryRun,
        );
        let all = [heart, intensity, excursions, at_threshold, Some(fast), Some(self.duration_gate())];
        all.into_iter().flatten().collect()
    }

    fn duration_gate(&self) -> Evidence {
        let rule = self.rule;
        let usual = self.context.usual_min.filter(|_| self.context.base_runs >= RUNS_BEHIND_USUAL);
        let times = if self.is_stated_recovery() {
            rule.most_of_usual_if_stated
        } else {
            rule.usual_minutes_none - rule.least_duration * (rule.usual_minutes_none - rule.usual_minutes_full)
        };
        let alone = if self.is_stated_recovery() {
            rule.most_minutes
        } else {
            rule.minutes_none - rule.least_duration * (rule.minutes_none - rule.minutes_full)
        };
        let most = usual.map_or(alone, |usual| times * usual).min(rule.most_minutes);
        gate(Criterion::Duration, Measure::Minutes, self.run.duration_min, most, Source::PerfectRecoveryRun)
    }

    pub fn hardest(&self, label: Label) -> Hardest {
        let run = self.run;
        let minutes = |seconds: f64| seconds / 60.0;
        let (kind, minutes) = match (label, self.repetitions()) {
            (Label::Walk | Label::Fragment | Label::Unknown, _) => (HardestKind::None, 0.0),
            (Label::Race, _) => (HardestKind::Race, run.duration_min),
            (_, Some(repetitions)) => (HardestKind::Repetitions, minutes(repetitions.seconds)),
            _ if self.is_hard() => (HardestKind::Tempo, minutes(self.hard_s())),
            (Label::Steady, _) => (HardestKind::Steady, run.duration_min * self.share_above_easy().unwrap_or_default()),
            _ if run.effort.fast_s > self.rule.most_fast_s => (HardestKind::Strides, minutes(run.effort.fast_s)),
            _ => (HardestKind::None, 0.0),
        };
        Hardest { kind, minutes }
    }

    /// Earned or lost only within the ceiling's uncertainty.
    pub fn is_borderline(&self, label: Label) -> bool {
        let Some(bpm) = self.run.heart_rate_mean_bpm else { return false };
        let (ceiling, half_width) = (self.context.ceiling_bpm, self.context.ceiling_half_width_bpm);
        let within = bpm > ceiling && (bpm <= ceiling + half_width || self.run.is_hot());
        match label {
            Label::Recovery => within,
            Label::Easy | Label::Steady => within && self.is_meant_as_recovery() && !self.passes(),
            _ => false,
        }
    }

    pub fn as_stated(&self, label: Label) -> Option<(Purpose, bool)> {
        let says = |purpose| self.run.intent.says(purpose).is_some();
        let was = |purpose, labels: &[Label]| Some((purpose, labels.contains(&label)));
        if matches!(label, Label::Fragment | Label::Unknown) {
            None
        } else if says(Purpose::Race) {
            was(Purpose::Race, &[Label::Race])
        } else if says(Purpose::Hard) {
            Some((Purpose::Hard, self.is_hard() || label == Label::Race))
        } else if says(Purpose::Long) {
            was(Purpose::Long, &[Label::Long])
        } else if says(Purpose::Recovery) {
            was(Purpose::Recovery, &[Label::Recovery, Label::Shakeout])
        } else {
            None
        }
    }
}

/// A limit that must be kept; the value must not exceed it.
fn gate(criterion: Criterion, measure: Measure, value: f64, limit: f64, source: Source) -> Evidence {
    Evidence {
        criterion,
        measure,
        value,
        limit,
        half_width: 0.0,
        margin: limit - value,
        full: limit,
        none: limit,
        role: Role::Gate { passed: value <= limit },
        source,
    }
}

impl Evidence {
    fn within(self, half_width: f64) -> Evidence {
        Evidence { half_width, ..self }
    }

    fn decided(self, passed: bool) -> Evidence {
        Evidence { role: Role::Gate { passed }, ..self }
    }
}

impl Hardest {
    /// Hard enough to ask for gentle days after it.
    pub fn is_hard(&self) -> bool {
        self.kind >= HardestKind::Tempo
    }
}

impl HardestKind {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            HardestKind::None => "none",
            HardestKind::Strides => "strides",
            HardestKind::Steady => "steady",
            HardestKind::Tempo => "tempo",
            HardestKind::Repetitions => "repetitions",
            HardestKind::Race => "race",
        }
    }
}
