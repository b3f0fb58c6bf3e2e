//! Why a run got its label, in sentences with their numbers.

use super::evidence::{Criterion, Evidence, Measure, percent};
use super::race::RaceCall;
use super::ruling::{Hardest, HardestKind, Ruling};
use super::{Label, RecoveryPrompt};
use crate::intent::{Purpose, Voice};
use crate::physiology::curve;
use crate::units::{Bpm, Metres, Score, Seconds, Speed, Spoken};
use std::fmt;

/// One reason; prints as a phrase a runner understands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// The runner said by hand what it was.
    ByHand {
        rules_say: Label,
    },
    /// The runner said by hand that it was no race.
    NoRaceByHand,
    TooShort {
        minutes: f64,
        km: Option<f64>,
    },
    MostlyWalked {
        run_share: f64,
    },
    Stated {
        purpose: Purpose,
        voice: Voice,
    },
    RacedDistance {
        km: f64,
    },
    /// As long as a race and as hard or as fast, not both: the runner is asked.
    WasThisARace {
        km: f64,
    },
    /// Called a race, and far too easy for one.
    NoRaceByData {
        km: f64,
    },
    HardTime {
        seconds: f64,
        of_min: f64,
    },
    /// Harder than usual by pace alone.
    FasterThanUsual {
        mps: f64,
        usual_mps: f64,
    },
    Repetitions {
        count: usize,
        fast_mps: f64,
        between_mps: f64,
    },
    Long {
        minutes: f64,
        usual_min: Option<f64>,
    },
    /// A part that the label does not show.
    HardestPart(Hardest),
    BeforeRace {
        hours: f64,
    },
    /// A criterion of the recovery score.
    Measured(Evidence),
    RecoveryPrompt(RecoveryPrompt),
    Felt {
        rpe: f64,
    },
    /// Why it could not count as a recovery run.
    Spoilt(Spoil),
    /// Gentle enough, and no different from the runner's other easy runs.
    NoContrast,
    /// Within the uncertainty of the limit.
    Borderline {
        limit_bpm: f64,
        half_width_bpm: f64,
    },
    /// Slower than this runner can jog: walk breaks, and the share of the time that may be jogged.
    WalkBreaks {
        limit_bpm: f64,
        jog_share: Option<f64>,
    },
    Score {
        points: f64,
    },
    JudgedByPace {
        coverage: f64,
    },
    PaceUnreliable,
    /// So warm that the heart beats faster by itself.
    Hot {
        air_c: f64,
    },
    /// So high that a pace says something else.
    HighUp {
        altitude_m: f64,
    },
    /// Neither heart rates nor a pace are known well enough.
    OnlyDefaults,
    /// A heart rate at threshold for so long, at a pace far from it.
    HeartWithoutPace {
        minutes: f64,
    },
    NothingToJudgeBy,
    SummaryOnly,
    LengthInDoubt,
    PartOfSession {
        part: usize,
        of: usize,
    },
}

/// What keeps a gentle run from being a recovery run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spoil {
    HeartRateOver {
        bpm: f64,
    },
    TimeAboveEasy {
        share: f64,
    },
    TimeAtThreshold {
        share: f64,
    },
    /// Faster than the recovery pace by so much a kilometre.
    TooFast {
        s_per_km: f64,
    },
    FastSegments {
        seconds: f64,
    },
    TooLong {
        minutes: f64,
        most_min: f64,
    },
    HardPart(Hardest),
}

/// Why the run got this label.
pub(super) fn reasons(label: Label, ruling: &Ruling) -> Vec<Reason> {
    let run = ruling.run;
    let mut reasons = match label {
        Label::Fragment => vec![Reason::TooShort { minutes: run.duration_min, km: run.distance_km }],
        Label::Walk => vec![Reason::MostlyWalked { run_share: run.run_share }],
        Label::Race => raced(ruling),
        Label::Intervals | Label::Tempo => hard(ruling),
        Label::Long => vec![Reason::Long { minutes: run.duration_min, usual_min: ruling.context.usual_min }],
        Label::Shakeout => Vec::new(),
        Label::Recovery => evidence(ruling),
        Label::RecoveryTooHard => [spoils(ruling), evidence(ruling)].concat(),
        Label::Steady | Label::Easy => [no_recovery(ruling), evidence(ruling)].concat(),
        Label::Unknown if ruling.has_no_measure() => vec![Reason::NothingToJudgeBy],
        Label::Unknown if run.summary_only => vec![Reason::SummaryOnly],
        Label::Unknown => vec![Reason::LengthInDoubt],
    };
    if !matches!(label, Label::Fragment | Label::Walk) {
        reasons.extend(asides(label, ruling));
        reasons.extend(caveats(label, ruling));
    }
    reasons
}

fn raced(ruling: &Ruling) -> Vec<Reason> {
    match ruling.race {
        RaceCall::Race { stated: Some(voice), .. } => vec![Reason::Stated { purpose: Purpose::Race, voice }],
        RaceCall::Race { km, .. } => vec![Reason::RacedDistance { km }],
        _ => Vec::new(),
    }
}

fn hard(ruling: &Ruling) -> Vec<Reason> {
    let run = ruling.run;
    let repetitions = ruling.repetitions().map(|r| Reason::Repetitions {
        count: r.count,
        fast_mps: r.fast_mps,
        between_mps: r.between_mps,
    });
    let seconds = run.effort.hard_s.max(ruling.hard_by_watch_s());
    let by_contrast = seconds < ruling.hard_by_contrast_s();
    let faster = (run.speed_mps.zip(ruling.context.ordinary_mps))
        .filter(|_| by_contrast)
        .map(|(mps, usual_mps)| Reason::FasterThanUsual { mps: mps.max(run.best_10min_mps.unwrap_or(0.0)), usual_mps });
    let hard = (seconds > 0.0 && !by_contrast).then_some(Reason::HardTime { seconds, of_min: run.duration_min });
    repetitions.into_iter().chain(hard).chain(faster).collect()
}

/// Every criterion of the score with its number.
fn evidence(ruling: &Ruling) -> Vec<Reason> {
    let shown = |e: &&Evidence| !matches!(e.measure, Measure::DaysBefore | Measure::SpeedToThreshold);
    let alone = !ruling.score.evidence.iter().any(|e| e.measure == Measure::SpeedToUsual);
    let to_threshold = |e: &&Evidence| alone && e.measure == Measure::SpeedToThreshold;
    let all = ruling.score.evidence.iter();
    let measured = all.filter(|e| shown(e) || to_threshold(e)).copied().map(Reason::Measured);
    let rest = [
        Some(Reason::RecoveryPrompt(ruling.context.prompt)),
        ruling.run.rpe.map(|rpe| Reason::Felt { rpe }),
        Some(Reason::Score { points: ruling.score.points }),
    ];
    measured.chain(rest.into_iter().flatten()).collect()
}

/// What kept it from being a recovery run, the weightiest first.
fn spoils(ruling: &Ruling) -> Vec<Reason> {
    let (run, context, rule) = (ruling.run, ruling.context, ruling.rule);
    let hard = ruling.is_hard().then(|| Hardest {
        kind: if ruling.repetitions().is_some() { HardestKind::Repetitions } else { HardestKind::Tempo },
        minutes: ruling.hard_s().max(ruling.repetitions().map_or(0.0, |r| r.seconds)) / 60.0,
    });
    let over = run.heart_rate_mean_bpm.map(|bpm| bpm - context.ceiling_bpm).filter(|over| *over > 0.5);
    let failed = ruling.score.value(Criterion::Excursions).is_some_and(|met| met < rule.least_excursions);
    let ceiling = curve::recovery_ceiling_mps(context.usual_mps, context.threshold_mps());
    let faster = run.speed_mps.zip(ceiling).map(|(mps, ceiling)| 1000.0 / ceiling - 1000.0 / mps);
    let spoils = [
        hard.map(Spoil::HardPart),
        over.map(|bpm| Spoil::HeartRateOver { bpm }),
        run.above_lt1.filter(|_| failed).map(|share| Spoil::TimeAboveEasy { share }),
        run.above_lthr.filter(|s| *s > rule.most_at_threshold).map(|share| Spoil::TimeAtThreshold { share }),
        faster.filter(|s| *s >= 1.0).map(|s_per_km| Spoil::TooFast { s_per_km }),
        Some(run.effort.fast_s).filter(|s| *s > rule.most_fast_s).map(|seconds| Spoil::FastSegments { seconds }),
    ];
    spoils.into_iter().flatten().map(Reason::Spoilt).collect()
}

/// Why an easy run was no recovery run, where it could have been one.
fn no_recovery(ruling: &Ruling) -> Vec<Reason> {
    let (run, context) = (ruling.run, ruling.context);
    let gate = ruling.failed_gate().filter(|_| ruling.score.points >= ruling.rule.least_score);
    let spoilt = gate.map(|gate| match gate.criterion {
        Criterion::Duration => Spoil::TooLong { minutes: gate.value, most_min: gate.limit },
        Criterion::Excursions if gate.measure == Measure::ShareAtThreshold => {
            Spoil::TimeAtThreshold { share: gate.value }
        }
        Criterion::Excursions => Spoil::TimeAboveEasy { share: gate.value },
        Criterion::Pace => Spoil::FastSegments { seconds: gate.value },
        _ => Spoil::HeartRateOver { bpm: (gate.value - context.ceiling_bpm).max(0.0) },
    });
    let meant = ruling.is_meant_as_recovery() && !ruling.passes();
    let borderline = (run.heart_rate_mean_bpm)
        .filter(|bpm| {
            meant && *bpm > context.ceiling_bpm && *bpm <= context.ceiling_bpm + context.ceiling_half_width_bpm
        })
        .map(|_| Reason::Borderline { limit_bpm: context.ceiling_bpm, half_width_bpm: context.ceiling_half_width_bpm });
    let no_contrast = (ruling.passes() && !ruling.has_contrast()).then_some(Reason::NoContrast);
    spoilt.map(Reason::Spoilt).into_iter().chain(borderline).chain(no_contrast).collect()
}

/// What else is worth knowing: what somebody said, and a part that the label does not show.
fn asides(label: Label, ruling: &Ruling) -> Vec<Reason> {
    let run = ruling.run;
    let says = |purpose: Purpose| run.intent.says(purpose).map(|voice| Reason::Stated { purpose, voice });
    let recovery = says(Purpose::Recovery).filter(|_| label != Label::Race);
    let long = says(Purpose::Long).filter(|_| label == Label::Long);
    let race = match ruling.race {
        RaceCall::Perhaps { km } if ruling.is_hard() || run.race.is_some_and(|r| r.stated.is_some()) => {
            Some(Reason::WasThisARace { km })
        }
        RaceCall::Race { km, .. } if label != Label::Race => Some(Reason::NoRaceByData { km }),
        RaceCall::Contradicted { km } => Some(Reason::NoRaceByData { km }),
        _ => None,
    };
    let minutes = ruling.hard_s().max(ruling.repetitions().map_or(0.0, |r| r.seconds)) / 60.0;
    let kind = if ruling.repetitions().is_some() { HardestKind::Repetitions } else { HardestKind::Tempo };
    let part = match label {
        Label::Long if ruling.is_hard() => Some(Hardest { kind, minutes }),
        Label::Easy | Label::Steady if run.effort.fast_s > ruling.rule.most_fast_s => {
            Some(Hardest { kind: HardestKind::Strides, minutes: run.effort.fast_s / 60.0 })
        }
        _ => None,
    };
    [recovery, long, race, part.map(Reason::HardestPart)].into_iter().flatten().collect()
}

/// What the verdict had to do without.
fn caveats(label: Label, ruling: &Ruling) -> Vec<Reason> {
    let run = ruling.run;
    let no_heart_rate = run.heart_rate_mean_bpm.is_none();
    let by_pace = (no_heart_rate && run.speed_mps.is_some() && label != Label::Unknown)
        .then_some(Reason::JudgedByPace { coverage: run.heart_rate_coverage });
    let indoors = run.speed_mps.is_none().then_some(Reason::PaceUnreliable);
    let defaults = ruling.context.rough.then_some(Reason::OnlyDefaults);
    let hot = run.air_c.filter(|_| run.is_hot() && !no_heart_rate).map(|air_c| Reason::Hot { air_c });
    let contradicted = ruling.heart_without_pace_s();
    let contradicted = contradicted.map(|seconds| Reason::HeartWithoutPace { minutes: seconds / 60.0 });
    [by_pace, indoors, hot, contradicted, defaults].into_iter().flatten().collect()
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Reason::ByHand { rules_say } => write!(f, "you said so in notes.csv; the rules alone say {rules_say}"),
            Reason::NoRaceByHand => f.write_str("you said in notes.csv that it was not a race"),
            Reason::TooShort { minutes, km: Some(km) } => {
                write!(f, "too short to judge: {} and {}", Seconds(60.0 * minutes), Metres(1000.0 * km))
            }
            Reason::TooShort { minutes, km: None } => write!(f, "too short to judge: {}", Seconds(60.0 * minutes)),
            Reason::MostlyWalked { run_share } => {
                write!(f, "only {} of the moving time was running", percent(run_share))
            }
            Reason::Stated { purpose, voice } => write!(f, "{voice} says {purpose}"),
            Reason::RacedDistance { km } => write!(f, "{km:.1} km with hardly a stop, at racing heart rate and pace"),
            Reason::WasThisARace { km } => write!(f, "was this a race of {km:.1} km?"),
            Reason::NoRaceByData { km } => {
                write!(f, "called a race, but heart rate and pace were far below those of a race over {km:.1} km")
            }
            Reason::HardTime { seconds, of_min } => {
                write!(f, "{} of hard running in {of_min:.0} min", Seconds(seconds))
            }
            Reason::FasterThanUsual { mps, usual_mps } => {
                write!(f, "up to {}, well faster than your usual {}", Speed(mps), Speed(usual_mps))
            }
            Reason::Repetitions { count, fast_mps, between_mps } if between_mps > 0.5 => {
                write!(f, "{count} repetitions at {}, {} between them", Speed(fast_mps), Speed(between_mps))
            }
            Reason::Repetitions { count, fast_mps, .. } => {
                write!(f, "{count} repetitions at {}, standing between them", Speed(fast_mps))
            }
            Reason::Long { minutes, usual_min: Some(usual) } => {
                write!(f, "{minutes:.0} min, {} longer than your usual {usual:.0}", percent(minutes / usual - 1.0))
            }
            Reason::Long { minutes, usual_min: None } => {
                write!(f, "{}; too few earlier runs to say what is usual", Spoken(Seconds(60.0 * minutes)))
            }
            Reason::HardestPart(part) => write!(f, "with {part}"),
            Reason::BeforeRace { hours } => write!(f, "{hours:.0} h before a race"),
            Reason::Measured(evidence) => write!(f, "{evidence}"),
            Reason::RecoveryPrompt(why) => write!(f, "{why}"),
            Reason::Felt { rpe } => write!(f, "felt {rpe:.0} of 10"),
            Reason::Spoilt(spoil) => write!(f, "{spoil}"),
            Reason::NoContrast => f.write_str("gentle, and no slower, lower or shorter than your usual easy runs"),
            Reason::Borderline { limit_bpm, half_width_bpm } => {
                write!(f, "borderline: the limit of {} may be off by {half_width_bpm:.0} bpm", Bpm(limit_bpm))
            }
            Reason::WalkBreaks { limit_bpm, jog_share } => {
                write!(f, "every jog of yours is above {}: take walk breaks{}", Bpm(limit_bpm), walk_breaks(jog_share))
            }
            Reason::Score { points } => write!(f, "recovery score {} of 100", Score(points)),
            Reason::JudgedByPace { coverage: 0.0 } => f.write_str("no heart rate: judged by pace"),
            Reason::JudgedByPace { coverage } => {
                write!(f, "heart rate covers only {} of it: judged by pace", percent(coverage))
            }
            Reason::PaceUnreliable => f.write_str("pace not used: treadmill or no GPS"),
            Reason::Hot { air_c } => write!(f, "at {air_c:.0} °C the heart beats faster by itself"),
            Reason::HighUp { altitude_m } => write!(f, "pace not used: {altitude_m:.0} m up, far above your usual"),
            Reason::OnlyDefaults => f.write_str("your own heart-rate limits are not known yet: a rough word only"),
            Reason::HeartWithoutPace { minutes } => write!(
                f,
                "heart rate at threshold for {minutes:.0} min, at a pace far below it: wind, heat, soft ground, or one of \
                 the two thresholds is wrong"
            ),
            Reason::NothingToJudgeBy => f.write_str("neither a heart rate nor a pace to compare with earlier runs"),
            Reason::SummaryOnly => f.write_str("only its means were recorded, which do not show how hard it was"),
            Reason::LengthInDoubt => {
                f.write_str("the recording breaks off or its clock jumps, so how long it really was is not known")
            }
            Reason::PartOfSession { part, of } => write!(f, "part {part} of {of} of one session, judged together"),
        }
    }
}

/// `, such as 2 min jog, 1 min walk`.
fn walk_breaks(jog_share: Option<f64>) -> &'static str {
    match jog_share {
        Some(share) if share >= 0.75 => ", such as 4 min jog, 1 min walk",
        Some(share) if share >= 0.6 => ", such as 2 min jog, 1 min walk",
        Some(share) if share >= 0.45 => ", such as 1 min jog, 1 min walk",
        Some(_) => ", such as 1 min jog, 2 min walk",
        None => "",
    }
}

impl fmt::Display for Spoil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Spoil::HeartRateOver { bpm } if bpm < 0.5 => f.write_str("heart rate at your recovery limit"),
            Spoil::HeartRateOver { bpm } => write!(f, "{bpm:.0} bpm above your recovery limit"),
            Spoil::TimeAboveEasy { share } => {
                write!(f, "{} of the time above easy, too much to recover", percent(share))
            }
            Spoil::TimeAtThreshold { share } => write!(f, "{} of the time at threshold or above", percent(share)),
            Spoil::TooFast { s_per_km } => write!(f, "{s_per_km:.0} s/km faster than recovery pace"),
            Spoil::FastSegments { seconds } => write!(f, "{} of fast running", Seconds(seconds)),
            Spoil::TooLong { minutes, most_min } => {
                write!(f, "{minutes:.0} min, too long to recover (at most {most_min:.0})")
            }
            Spoil::HardPart(part) => write!(f, "holds {part}"),
        }
    }
}

/// `12 min hard`.
impl fmt::Display for Hardest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = Seconds((60.0 * self.minutes).round());
        match self.kind {
            HardestKind::None => f.write_str("nothing hard"),
            HardestKind::Strides => write!(f, "strides, {minutes} fast"),
            HardestKind::Steady => write!(f, "{minutes} above easy"),
            HardestKind::Tempo => write!(f, "{minutes} hard"),
            HardestKind::Repetitions => write!(f, "{minutes} of repetitions"),
            HardestKind::Race => write!(f, "a race of {minutes}"),
        }
    }
}
