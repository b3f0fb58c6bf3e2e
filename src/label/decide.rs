//! The decision list: the first rule that matches names the run (methods §6.4).

use super::{Context, Criterion, Features, Label, Reason, RecoveryScore, Spoil, recovery_score};
use crate::notes::Said;
use crate::physiology::curve;

/// A label with everything it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub label: Label,
    pub score: RecoveryScore,
    /// 0..=1; high from 0.75, medium from 0.55.
    pub confidence: f64,
    pub reasons: Vec<Reason>,
}

const SHORTEST_MIN: f64 = 10.0;
const SHORTEST_KM: f64 = 1.0;
const LEAST_RUN_SHARE: f64 = 0.5;
/// Hard time that makes a quality session, alone or with [`HARD_SHARE`] of the run, s.
const HARD_S: f64 = 480.0;
const HARD_S_WITH_SHARE: f64 = 300.0;
const HARD_SHARE: f64 = 0.15;
const INTERVALS_FROM: usize = 4;
const LONG_MIN: f64 = 90.0;
const LONG_RELATIVE_MIN: f64 = 60.0;
const LONG_OF_USUAL: f64 = 1.5;
const SHAKEOUT_WITHIN_H: f64 = 36.0;
const SHAKEOUT_MIN: f64 = 35.0;
/// Score from which a run is a recovery run, and the gates it must pass besides.
const RECOVERY_SCORE: f64 = 70.0;
const MOST_FAST_S: f64 = 30.0;
const MOST_ABOVE_LTHR: f64 = 0.02;
const LONGEST_RECOVERY_MIN: f64 = 75.0;
const MOST_OVER_CEILING: f64 = 1.05;
/// A criterion met by less than this failed.
const FAILED: f64 = 0.3;
const STEADY_SHARE: f64 = 0.5;
/// Up to this duration a run is likely a warm-up or cool-down, min.
const LIKELY_WARM_UP_MIN: f64 = 15.0;
/// Just under "high".
const MEDIUM_CONFIDENCE: f64 = 0.74;

impl Verdict {
    /// A hand's word beats every rule, and both are shown.
    pub(super) fn corrected(mut self, said: &Said) -> Verdict {
        let label = said.label.or(said.is_race.filter(|is_race| *is_race).map(|_| Label::Race));
        if let Some(label) = label {
            self.reasons.insert(0, Reason::ByHand { rules_say: self.label });
            (self.label, self.confidence) = (label, 1.0);
        } else if said.is_race == Some(false) {
            self.reasons.insert(0, Reason::NoRaceByHand);
        }
        self
    }
}

/// Names the run.
pub fn decide(run: &Features, context: &Context) -> Verdict {
    let score = recovery_score(run, context);
    let ruling = Ruling { run, context, score: &score };
    let label = ruling.label();
    let reasons = ruling.reasons(label);
    let confidence = ruling.confidence(label);
    Verdict { label, score, confidence, reasons }
}

struct Ruling<'a> {
    run: &'a Features,
    context: &'a Context,
    score: &'a RecoveryScore,
}

impl Ruling<'_> {
    fn label(&self) -> Label {
        let run = self.run;
        if run.duration_min < SHORTEST_MIN || run.distance_km.is_some_and(|km| km < SHORTEST_KM) {
            Label::Fragment
        } else if run.run_share < LEAST_RUN_SHARE {
            Label::Walk
        } else if run.race_km.is_some() {
            Label::Race
        } else if run.title.recovery && !self.is_doubtful() {
            if self.is_recovery() { Label::Recovery } else { Label::RecoveryTooHard }
        } else if self.is_quality() {
            if run.repetitions >= INTERVALS_FROM { Label::Intervals } else { Label::Tempo }
        } else if self.is_long() {
            Label::Long
        } else if self.is_doubtful() {
            Label::Unknown
        } else if self.is_shakeout() {
            Label::Shakeout
        } else if self.is_recovery() {
            Label::Recovery
        } else if self.is_intended() && self.is_too_intense() {
            Label::RecoveryTooHard
        } else if self.share_above_easy().is_some_and(|share| share > STEADY_SHARE) {
            Label::Steady
        } else {
            Label::Easy
        }
    }

    fn is_quality(&self) -> bool {
        let (hard, whole) = (self.run.hard_s, 60.0 * self.run.duration_min);
        hard >= HARD_S || (hard >= HARD_S_WITH_SHARE && hard >= HARD_SHARE * whole)
    }

    fn is_long(&self) -> bool {
        let minutes = self.run.duration_min;
        let for_this_runner = self.context.usual_min.is_some_and(|usual| minutes >= LONG_OF_USUAL * usual);
        minutes >= LONG_MIN || (minutes >= LONG_RELATIVE_MIN && for_this_runner)
    }

    /// Neither intensity nor pace is known, or the recording may have lost a part: nothing gentle can be claimed.
    fn is_doubtful(&self) -> bool {
        self.has_no_measure() || self.run.summary_only || self.run.length_in_doubt
    }

    fn has_no_measure(&self) -> bool {
        let known = |criterion| self.score.value(criterion).is_some();
        !known(Criterion::Intensity) && !known(Criterion::Pace)
    }

    fn is_shakeout(&self) -> bool {
        self.context.race_in_h.is_some_and(|h| (0.0..=SHAKEOUT_WITHIN_H).contains(&h))
            && self.run.duration_min <= SHAKEOUT_MIN
            && self.above_lthr() <= MOST_ABOVE_LTHR
    }

    fn is_recovery(&self) -> bool {
        self.score.points >= RECOVERY_SCORE
            && self.run.fast_s <= MOST_FAST_S
            && self.above_lthr() <= MOST_ABOVE_LTHR
            && self.run.duration_min <= LONGEST_RECOVERY_MIN
            && self.run.heart_rate_mean_bpm.is_none_or(|bpm| bpm <= MOST_OVER_CEILING * self.context.ceiling_bpm)
    }

    /// Meant as a recovery run: by its title, or short and on a day that calls for one.
    fn is_intended(&self) -> bool {
        let met = |criterion, at_least| self.score.value(criterion).is_some_and(|v| v >= at_least);
        self.run.title.gentle || (met(Criterion::Context, 0.7) && met(Criterion::Duration, 0.5))
    }

    fn is_too_intense(&self) -> bool {
        let failed = |criterion| self.score.value(criterion).is_some_and(|v| v < FAILED);
        if self.run.heart_rate_mean_bpm.is_some() {
            failed(Criterion::Intensity) || failed(Criterion::Excursions)
        } else {
            failed(Criterion::Pace)
        }
    }

    fn above_lthr(&self) -> f64 {
        self.run.above_lthr.unwrap_or(0.0)
    }

    fn share_above_easy(&self) -> Option<f64> {
        self.run.above_lt1.or(self.run.fast_pace_share)
    }

    fn confidence(&self, label: Label) -> f64 {
        const OF_A_PLAIN_RULE: f64 = 0.9;
        let by_score = (0.5 + (self.score.points - RECOVERY_SCORE).abs() / 40.0).clamp(0.5, 1.0);
        let known = match self.context.base_runs {
            20.. => 1.0,
            8.. => 0.9,
            _ => 0.75,
        };
        let confidence = self.run.quality
            * match label {
                Label::Unknown => return 0.0,
                Label::Recovery | Label::RecoveryTooHard | Label::Steady | Label::Easy => by_score * known,
                _ => OF_A_PLAIN_RULE,
            };
        let likely_warm_up = (SHORTEST_MIN..=LIKELY_WARM_UP_MIN).contains(&self.run.duration_min);
        if likely_warm_up { confidence.min(MEDIUM_CONFIDENCE) } else { confidence }
    }

    fn reasons(&self, label: Label) -> Vec<Reason> {
        let run = self.run;
        let mut reasons = match label {
            Label::Fragment => vec![Reason::TooShort { minutes: run.duration_min, km: run.distance_km }],
            Label::Walk => vec![Reason::MostlyWalked { run_share: run.run_share }],
            Label::Race if run.title.race => vec![Reason::TitledRace],
            Label::Race => vec![Reason::RacedDistance { km: run.race_km.or(run.distance_km).unwrap_or_default() }],
            Label::Intervals => vec![self.hard_time(), Reason::Repetitions { count: run.repetitions }],
            Label::Tempo => vec![self.hard_time()],
            Label::Long => vec![Reason::Long { minutes: run.duration_min, usual_min: self.context.usual_min }],
            Label::Shakeout => {
                vec![Reason::BeforeRace { hours: self.context.race_in_h.unwrap_or_default() }, self.duration()]
            }
            Label::Recovery => self.evidence(),
            Label::RecoveryTooHard => [self.spoils(), self.evidence()].concat(),
            Label::Steady | Label::Easy => {
                let strides = (run.fast_s > MOST_FAST_S).then_some(Reason::Strides { seconds: run.fast_s });
                self.evidence().into_iter().chain(strides).collect()
            }
            Label::Unknown if self.has_no_measure() => vec![Reason::NothingToJudgeBy],
            Label::Unknown if self.run.summary_only => vec![Reason::SummaryOnly],
            Label::Unknown => vec![Reason::LengthInDoubt],
        };
        if !matches!(label, Label::Fragment | Label::Walk) {
            reasons.extend(self.caveats());
        }
        reasons
    }

    fn hard_time(&self) -> Reason {
        Reason::HardTime { seconds: self.run.hard_s, of_min: self.run.duration_min }
    }

    fn duration(&self) -> Reason {
        Reason::Duration { minutes: self.run.duration_min, usual_min: self.context.usual_min }
    }

    /// Every criterion of the score with its number.
    fn evidence(&self) -> Vec<Reason> {
        let (run, context) = (self.run, self.context);
        let heart_rate = run.heart_rate_mean_bpm.map(|bpm| Reason::HeartRate { bpm, ceiling_bpm: context.ceiling_bpm });
        let excursions = match run.heart_rate_mean_bpm {
            Some(_) => run.above_lt1.map(|share| Reason::AboveLt1 { share, lt1_bpm: context.lt1_bpm }),
            None => run.fast_pace_share.map(|share| Reason::FastPace { share }),
        };
        let pace = run.speed_mps.and_then(|mps| match (context.usual_mps, context.threshold_mps) {
            (Some(usual_mps), _) if mps < usual_mps => Some(Reason::SlowerThanUsual { mps, usual_mps }),
            (Some(usual_mps), _) => Some(Reason::FasterThanUsual { mps, usual_mps }),
            (None, Some(threshold_mps)) => Some(Reason::OfThreshold { mps, threshold_mps }),
            (None, None) => None,
        });
        let titled = run.title.recovery.then_some(Reason::TitledRecovery);
        let rest = [
            Some(self.duration()),
            Some(Reason::Load { points: run.load, fitness: context.fitness }),
            Some(Reason::Freshening(context.freshening)),
            run.rpe.map(|rpe| Reason::Felt { rpe }),
            titled,
            Some(Reason::Score { points: self.score.points }),
        ];
        [heart_rate, excursions, pace].into_iter().chain(rest).flatten().collect()
    }

    /// What kept it from being a recovery run, the weightiest first.
    fn spoils(&self) -> Vec<Reason> {
        let (run, context) = (self.run, self.context);
        let over = run.heart_rate_mean_bpm.map(|bpm| bpm - context.ceiling_bpm).filter(|over| *over > 0.5);
        let above_lt1 = run.above_lt1.filter(|_| self.score.value(Criterion::Excursions).is_some_and(|v| v < FAILED));
        let ceiling = curve::recovery_ceiling_mps(context.usual_mps, context.threshold_mps);
        let faster = run.speed_mps.zip(ceiling).map(|(mps, ceiling)| 1000.0 / ceiling - 1000.0 / mps);
        let spoils = [
            over.map(|bpm| Spoil::HeartRateOver { bpm }),
            above_lt1.map(|share| Spoil::TimeAboveLt1 { share }),
            run.above_lthr.filter(|s| *s > MOST_ABOVE_LTHR).map(|share| Spoil::TimeAboveThreshold { share }),
            faster.filter(|s| *s >= 1.0).map(|s_per_km| Spoil::TooFast { s_per_km }),
            Some(run.fast_s).filter(|s| *s > MOST_FAST_S).map(|seconds| Spoil::FastSegments { seconds }),
            Some(run.duration_min).filter(|m| *m > LONGEST_RECOVERY_MIN).map(|minutes| Spoil::TooLong { minutes }),
        ];
        spoils.into_iter().flatten().map(Reason::Spoilt).collect()
    }

    /// What the verdict had to do without.
    fn caveats(&self) -> Vec<Reason> {
        let run = self.run;
        let no_heart_rate = run.heart_rate_mean_bpm.is_none();
        let by_pace = (no_heart_rate && run.speed_mps.is_some())
            .then_some(Reason::JudgedByPace { coverage: run.heart_rate_coverage });
        let cold = (by_pace.is_some() && run.earlier_runs < super::features::RUNS_TO_KNOW_THRESHOLD)
            .then_some(Reason::ThresholdUnknownYet { runs: run.earlier_runs });
        let indoors = run.speed_mps.is_none().then_some(Reason::PaceUnreliable);
        [by_pace, cold, indoors].into_iter().flatten().collect()
    }
}
