//! Why a run got its label, in sentences with their numbers.

use super::{Freshening, Label};
use crate::units::{Bpm, Seconds, Speed};
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
    TitledRace,
    RacedDistance {
        km: f64,
    },
    HardTime {
        seconds: f64,
        of_min: f64,
    },
    Repetitions {
        count: usize,
    },
    Long {
        minutes: f64,
        usual_min: Option<f64>,
    },
    BeforeRace {
        hours: f64,
    },
    TitledRecovery,
    HeartRate {
        bpm: f64,
        ceiling_bpm: f64,
    },
    AboveLt1 {
        share: f64,
        lt1_bpm: f64,
    },
    FastPace {
        share: f64,
    },
    SlowerThanUsual {
        mps: f64,
        usual_mps: f64,
    },
    FasterThanUsual {
        mps: f64,
        usual_mps: f64,
    },
    OfThreshold {
        mps: f64,
        threshold_mps: f64,
    },
    Duration {
        minutes: f64,
        usual_min: Option<f64>,
    },
    Load {
        points: f64,
        fitness: f64,
    },
    Freshening(Freshening),
    Felt {
        rpe: f64,
    },
    /// Why it could not count as a recovery run.
    Spoilt(Spoil),
    Strides {
        seconds: f64,
    },
    Score {
        points: f64,
    },
    JudgedByPace {
        coverage: f64,
    },
    PaceUnreliable,
    ThresholdUnknownYet {
        runs: usize,
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
    TimeAboveLt1 {
        share: f64,
    },
    TimeAboveThreshold {
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
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Reason::TooShort { minutes, km: Some(km) } => {
                write!(f, "too short to judge: {minutes:.0} min and {km:.1} km")
            }
            Reason::TooShort { minutes, km: None } => write!(f, "too short to judge: {minutes:.0} min"),
            Reason::MostlyWalked { run_share } => {
                write!(f, "only {} of the moving time was running", percent(run_share))
            }
            Reason::TitledRace => f.write_str("its title names a race"),
            Reason::RacedDistance { km } => write!(f, "{km:.1} km without stops at racing effort"),
            Reason::HardTime { seconds, of_min } => {
                write!(f, "{} of hard running in {of_min:.0} min", Seconds(seconds))
            }
            Reason::Repetitions { count } => write!(f, "{count} fast repetitions"),
            Reason::Long { minutes, usual_min } => write!(f, "{minutes:.0} min{}", times_usual(minutes, usual_min)),
            Reason::BeforeRace { hours } => write!(f, "{hours:.0} h before a race"),
            Reason::TitledRecovery => f.write_str("its title says recovery"),
            Reason::HeartRate { bpm, ceiling_bpm } => {
                let sign = if bpm.round() <= ceiling_bpm.round() { "≤" } else { ">" };
                write!(f, "mean heart rate {:.0} {sign} {} ceiling", bpm, Bpm(ceiling_bpm))
            }
            Reason::AboveLt1 { share, lt1_bpm } => {
                write!(f, "{} of the time at or above {} (LT1)", percent(share), Bpm(lt1_bpm))
            }
            Reason::FastPace { share } => write!(f, "{} of the time faster than easy pace", percent(share)),
            Reason::SlowerThanUsual { mps, usual_mps } => {
                write!(f, "{}, slower than your usual {}", Speed(mps), Speed(usual_mps))
            }
            Reason::FasterThanUsual { mps, usual_mps } => {
                write!(f, "{}, not slower than your usual {}", Speed(mps), Speed(usual_mps))
            }
            Reason::OfThreshold { mps, threshold_mps } => {
                write!(f, "{} is {} of threshold speed", Speed(mps), percent(mps / threshold_mps))
            }
            Reason::Duration { minutes, usual_min } => write!(f, "{minutes:.0} min{}", times_usual(minutes, usual_min)),
            Reason::Load { points, fitness } => write!(f, "load {points:.0} against fitness {fitness:.0}"),
            Reason::Freshening(why) => write!(f, "{why}"),
            Reason::ByHand { rules_say } => write!(f, "you said so in notes.csv; the rules alone say {rules_say}"),
            Reason::NoRaceByHand => f.write_str("you said in notes.csv that it was not a race"),
            Reason::Felt { rpe } => write!(f, "felt {rpe:.0} of 10"),
            Reason::Spoilt(spoil) => write!(f, "{spoil}"),
            Reason::Strides { seconds } => write!(f, "with strides: {} fast", Seconds(seconds)),
            Reason::Score { points } => write!(f, "recovery score {points:.0} of 100"),
            Reason::JudgedByPace { coverage: 0.0 } => f.write_str("no heart rate: judged by pace"),
            Reason::JudgedByPace { coverage } => {
                write!(f, "heart rate covers only {} of it: judged by pace", percent(coverage))
            }
            Reason::PaceUnreliable => f.write_str("nothing checks its pace (treadmill or no positions): pace left out"),
            Reason::ThresholdUnknownYet { runs } => {
                write!(f, "only {runs} earlier runs: pace alone does not yet show what is hard for you")
            }
            Reason::NothingToJudgeBy => f.write_str("neither a heart rate nor a pace to compare with earlier runs"),
            Reason::SummaryOnly => f.write_str("only its means were recorded, which do not show how hard it was"),
            Reason::LengthInDoubt => {
                f.write_str("the recording breaks off or its clock jumps, so how long it really was is not known")
            }
            Reason::PartOfSession { part, of } => write!(f, "part {part} of {of} of one session, judged together"),
        }
    }
}

impl fmt::Display for Spoil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Spoil::HeartRateOver { bpm } => write!(f, "{bpm:.0} bpm above the recovery ceiling"),
            Spoil::TimeAboveLt1 { share } => write!(f, "{} of the time above the easy zone", percent(share)),
            Spoil::TimeAboveThreshold { share } => write!(f, "{} of the time at threshold or above", percent(share)),
            Spoil::TooFast { s_per_km } => write!(f, "{s_per_km:.0} s/km faster than recovery pace"),
            Spoil::FastSegments { seconds } => write!(f, "{} of fast running", Seconds(seconds)),
            Spoil::TooLong { minutes } => write!(f, "{minutes:.0} min is too long to recover"),
        }
    }
}

impl fmt::Display for Freshening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Freshening::AfterRace { days, of_days } => write!(f, "day {days} of {of_days} after a race"),
            Freshening::AfterHard { hours, label } if label.is_hard() => {
                write!(f, "{hours:.0} h after {}", article(label))
            }
            Freshening::AfterHard { hours, .. } => write!(f, "{hours:.0} h after an unusually hard run"),
            Freshening::LowForm { form_relative } => write!(f, "form was low that morning ({form_relative:.0} %)"),
            Freshening::Nothing => f.write_str("no hard session in the days before"),
        }
    }
}

fn article(label: Label) -> &'static str {
    match label {
        Label::Long => "a long run",
        Label::Tempo => "a tempo run",
        Label::Intervals => "intervals",
        Label::Race => "a race",
        _ => "a hard run",
    }
}

fn percent(fraction: f64) -> String {
    format!("{:.0} %", 100.0 * fraction)
}

fn times_usual(minutes: f64, usual_min: Option<f64>) -> String {
    usual_min.map(|usual| format!(", {:.2} of your usual {usual:.0}", minutes / usual)).unwrap_or_default()
}
