//! The overtraining watch: signals from load, heart rate and check-ins, each with its points (methods §7.6).
//!
//! They are signals, not a diagnosis: no single marker is valid (Meeusen et al. 2013, MSSE 45:186), and a heavy week is
//! no illness. So load alone never makes more than amber; red needs a signal from the body or the mind.

use super::timeline::add_days;
use crate::calendar::days_between;
use crate::checkin::CheckIn;
use crate::label::{Label, Labelled};
use crate::physiology::statistics::{mean, median, standard_deviation};
use crate::physiology::training::ramp_limit;
use crate::season::{Day, Season};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the overtraining watch says (methods §7.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing unusual.
    #[default]
    Green,
    /// A few signals: no long run, no hard session for a week.
    Amber,
    /// Many signals: a week of rest and recovery runs, then a week of amber.
    Red,
}

/// Something that may speak of too much training.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Signal {
    /// Days much alike in a week that is not light.
    Monotony {
        monotony: f64,
    },
    /// A week's strain far above that of the twelve weeks before.
    Strain {
        times_usual: f64,
    },
    /// Fitness rose so many points in a week, where `limit` is enough.
    Ramp {
        points: f64,
        limit: f64,
    },
    /// Fatigue far above fitness on so many of seven days.
    DeepFatigue {
        days: u32,
    },
    /// A run far longer than any of the 30 days before it.
    LongJump {
        km: f64,
        longest_km: f64,
    },
    /// So many days in a row with a run.
    NoDayOff {
        days: u32,
    },
    /// Resting heart rate above its usual value, bpm.
    RestingHeartRate {
        above_bpm: f64,
    },
    /// Easy runs are slower at the same heart rate, as a share.
    SlowerAtSameHeartRate {
        share: f64,
    },
    /// The heart rate stayed low and the run felt hard all the same.
    LowHeartRateFeelsHard {
        below_bpm: f64,
        effort: f64,
    },
    /// Mean hours of sleep of three nights.
    ShortSleep {
        hours: f64,
    },
    Restless,
    /// Low motivation on so many of the last five check-ins.
    LowMotivation {
        times: u32,
    },
    /// Sore for so many days.
    LongSoreness {
        days: u32,
    },
}

impl Signal {
    /// What it weighs.
    pub fn points(self) -> u32 {
        match self {
            Signal::Ramp { points, limit } if points > RAMP_FAR * limit => 2,
            Signal::NoDayOff { days } if days >= NO_DAY_OFF_LONG => 2,
            Signal::LongSoreness { .. } => 2,
            _ => 1,
        }
    }

    /// Told by load alone: a heavy week makes several of these at once.
    fn is_of_load(self) -> bool {
        matches!(
            self,
            Signal::Monotony { .. }
                | Signal::Strain { .. }
                | Signal::Ramp { .. }
                | Signal::DeepFatigue { .. }
                | Signal::LongJump { .. }
                | Signal::NoDayOff { .. }
        )
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Signal::Monotony { .. } => {
                f.write_str("your days were much alike: make easy days easier and hard days rarer")
            }
            Signal::Strain { times_usual } => {
                write!(f, "the last week strained you {times_usual:.1} times as much as usual")
            }
            Signal::Ramp { points, limit } => {
                write!(f, "fitness rose by {points:.1} points in a week, where {limit:.1} is enough")
            }
            Signal::DeepFatigue { days } => write!(f, "fatigue was far above fitness on {days} of the last 7 days"),
            Signal::LongJump { km, longest_km } => {
                write!(f, "a run of {km:.0} km, where the longest of the 30 days before was {longest_km:.0} km")
            }
            Signal::NoDayOff { days } => write!(f, "{days} days in a row with a run"),
            Signal::RestingHeartRate { above_bpm } => {
                write!(f, "your resting heart rate is {above_bpm:.0} bpm above usual")
            }
            Signal::SlowerAtSameHeartRate { share } => {
                write!(
                    f,
                    "easy runs are {:.0} % slower at the same heart rate than in the two months before",
                    100.0 * share
                )
            }
            Signal::LowHeartRateFeelsHard { below_bpm, effort } => {
                write!(f, "an easy run felt like {effort:.0} of 10 at a heart rate {below_bpm:.0} bpm below usual")
            }
            Signal::ShortSleep { hours } => write!(f, "{hours:.1} h of sleep a night over three nights"),
            Signal::Restless => f.write_str("restless legs, or no sleep after a big session"),
            Signal::LowMotivation { times } => write!(f, "low motivation on {times} of the last 5 check-ins"),
            Signal::LongSoreness { days } => write!(f, "sore for {days} days"),
        }
    }
}

/// What the watch says on a morning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch {
    /// The verdict.
    pub level: Level,
    /// Days since the level was reached; 0 = this morning.
    pub days: u32,
    /// The signals of the morning on which it was reached, the heaviest first.
    pub signals: Vec<Signal>,
}

/// Days of history without which nothing is said.
const HISTORY_DAYS: i64 = 28;
/// Mornings looked back for the beginning of a level, and how long one lasts before it is judged anew.
const EPISODE_DAYS: i64 = 56;
const LASTS_DAYS: i64 = 7;
/// Points from which on the level is amber, and red.
const AMBER: u32 = 2;
const RED: u32 = 4;
/// Monotony that warns, in a week of at least so many days' fitness.
const MONOTONY: f64 = 2.0;
const STRAIN_WEEKS: usize = 12;
const STRAIN_SPREADS: f64 = 1.5;
/// Rise of fitness in a week, in times the limit.
const RAMP: f64 = 1.5;
const RAMP_FAR: f64 = 2.0;
const DEEP_FORM: f64 = -30.0;
const DEEP_DAYS: usize = 3;
const JUMP: f64 = 1.3;
/// Kilometres below which no run is a jump.
const JUMP_FROM_KM: f64 = 5.0;
const LONGEST_DAYS: i64 = 30;
const NO_DAY_OFF: u32 = 10;
const NO_DAY_OFF_LONG: u32 = 14;
/// Resting heart rate today, or on three days, above the median of 28 days.
const RESTING_BPM: f64 = 7.0;
const RESTING_ON_DAYS_BPM: f64 = 5.0;
const RESTING_DAYS: i64 = 28;
const RESTING_VALUES: usize = 7;
/// Efficiency of easy runs: days and runs compared, and the loss that counts.
const EFFICIENCY_DAYS: (i64, i64) = (14, 60);
const EFFICIENCY_RUNS: (usize, usize) = (3, 6);
const EFFICIENCY_LOSS: f64 = 0.04;
/// A run that felt so hard at a heart rate so far below that of usual easy runs.
const FELT_HARD: f64 = 5.0;
const LOW_BPM: f64 = 5.0;
const SLEEP_H: f64 = 6.0;
const RESTLESS_DAYS: i64 = 3;
const LOW_MOTIVATION: u8 = 2;
const LOW_MOTIVATION_TIMES: usize = 3;
const CHECK_INS: usize = 5;
const CHECK_IN_DAYS: i64 = 14;
const SORE: f64 = 4.0;
const SORE_DAYS: i64 = 10;
/// A soreness told so many days ago says nothing of the days since.
const SORE_GAP_DAYS: i64 = 4;

impl Watch {
    /// On the morning of `date`, from what was run and told by then.
    pub fn of(season: &Season, check_ins: &[CheckIn], date: Date) -> Watch {
        let days = season.days();
        let seen = Seen { season, days: &days, check_ins };
        let mut watch: Option<(i64, Level, Vec<Signal>)> = None;
        for ago in (0..EPISODE_DAYS).rev() {
            let signals = seen.signals(add_days(date, -ago));
            let level = level(&signals);
            let stands = watch.as_ref().filter(|(since, ..)| since - ago < LASTS_DAYS).map(|(_, level, _)| *level);
            if level > stands.unwrap_or_default() {
                watch = Some((ago, level, signals));
            }
        }
        // Red is followed by a week of amber, which the planner knows.
        let lasts = |level: Level| if level == Level::Red { 2 * LASTS_DAYS } else { LASTS_DAYS };
        match watch {
            Some((since, level, signals)) if since < lasts(level) => Watch { level, days: since as u32, signals },
            _ => Watch::default(),
        }
    }
}

fn level(signals: &[Signal]) -> Level {
    let points: u32 = signals.iter().map(|signal| signal.points()).sum();
    match points {
        ..AMBER => Level::Green,
        RED.. if !signals.iter().all(|signal| signal.is_of_load()) => Level::Red,
        _ => Level::Amber,
    }
}

/// What there is to look at.
struct Seen<'a> {
    season: &'a Season,
    days: &'a [Day],
    check_ins: &'a [CheckIn],
}

impl Seen<'_> {
    /// Everything that is said on a morning, the heaviest first.
    fn signals(&self, morning: Date) -> Vec<Signal> {
        let first = self.season.daily.first;
        if days_between(first, morning) < HISTORY_DAYS {
            return Vec::new();
        }
        let evenings = &self.days[..(days_between(first, morning) as usize).min(self.days.len())];
        let of_load = [monotony(evenings), strain(evenings), ramp(evenings), deep_fatigue(evenings)];
        let of_runs = [
            self.long_jump(morning),
            self.no_day_off(morning),
            self.slower_at_same_heart_rate(morning),
            self.low_heart_rate_feels_hard(morning),
        ];
        let of_feeling = [
            self.resting_heart_rate(morning),
            self.short_sleep(morning),
            self.restless(morning),
            self.low_motivation(morning),
            self.long_soreness(morning),
        ];
        let mut signals: Vec<Signal> = of_load.into_iter().chain(of_runs).chain(of_feeling).flatten().collect();
        signals.sort_by_key(|signal| std::cmp::Reverse(signal.points()));
        signals
    }

    /// Sessions of the `days` days before a morning.
    fn sessions(&self, morning: Date, days: i64) -> &[Labelled] {
        let all = self.season.sessions();
        let place = |date: Date| all.partition_point(|s| s.session.date < date);
        &all[place(add_days(morning, -days))..place(morning)]
    }

    /// Check-ins of the last `days` days up to and including a morning, the latest first.
    fn told(&self, morning: Date, days: i64) -> impl Iterator<Item = &CheckIn> + Clone {
        self.check_ins.iter().rev().filter(move |c| (0..days).contains(&days_between(c.date, morning)))
    }

    fn long_jump(&self, morning: Date) -> Option<Signal> {
        let km = |s: &Labelled| s.features.distance_km.unwrap_or(0.0);
        let week = self.sessions(morning, 7).iter().filter(|s| s.verdict.label != Label::Race);
        let longest = week.max_by(|a, b| km(a).total_cmp(&km(b)))?;
        let before = self.sessions(longest.session.date, LONGEST_DAYS);
        let (km, longest_km) = (km(longest), before.iter().map(km).fold(0.0, f64::max));
        let jumps = km >= JUMP_FROM_KM && longest_km > 0.0 && km > JUMP * longest_km;
        jumps.then_some(Signal::LongJump { km, longest_km })
    }

    fn no_day_off(&self, morning: Date) -> Option<Signal> {
        let ran = |ago: &i64| {
            let day = add_days(morning, -ago);
            self.sessions(add_days(day, 1), 1).iter().any(|s| s.verdict.label != Label::Walk)
        };
        let days = (1..=i64::from(4 * NO_DAY_OFF)).take_while(ran).count() as u32;
        (days >= NO_DAY_OFF).then_some(Signal::NoDayOff { days })
    }

    fn slower_at_same_heart_rate(&self, morning: Date) -> Option<Signal> {
        let easy = |s: &&Labelled| matches!(s.verdict.label, Label::Easy | Label::Recovery) && !s.features.is_hot();
        let efficiency = |sessions: &[Labelled]| -> Vec<f64> {
            let measured = sessions.iter().filter(easy);
            measured.filter_map(|s| Some(s.features.speed_mps? / s.features.heart_rate_mean_bpm?)).collect()
        };
        let (recent, before) = EFFICIENCY_DAYS;
        let now = efficiency(self.sessions(morning, recent));
        let then = efficiency(self.sessions(add_days(morning, -recent), before));
        let enough = now.len() >= EFFICIENCY_RUNS.0 && then.len() >= EFFICIENCY_RUNS.1;
        let share = 1.0 - median(&now).filter(|_| enough)? / median(&then)?;
        (share >= EFFICIENCY_LOSS).then_some(Signal::SlowerAtSameHeartRate { share })
    }

    /// Tired muscles and a heart that does not answer: the effort is there, the beats are not.
    fn low_heart_rate_feels_hard(&self, morning: Date) -> Option<Signal> {
        let gentle = |s: &&Labelled| matches!(s.verdict.label, Label::Easy | Label::Recovery | Label::Steady);
        let usual: Vec<f64> = self
            .sessions(add_days(morning, -LASTS_DAYS), EFFICIENCY_DAYS.1)
            .iter()
            .filter(gentle)
            .filter_map(|s| s.features.heart_rate_mean_bpm)
            .collect();
        let usual_bpm = median(&usual).filter(|_| usual.len() >= EFFICIENCY_RUNS.1)?;
        let felt = |s: &Labelled| {
            let told = self.check_ins.iter().find(|c| c.date == s.session.date).and_then(|c| c.effort);
            s.features.rpe.or(told)
        };
        let mut found = self.sessions(morning, LASTS_DAYS).iter().filter(gentle).filter_map(|s| {
            let (effort, below_bpm) = (felt(s)?, usual_bpm - s.features.heart_rate_mean_bpm?);
            (effort >= FELT_HARD && below_bpm >= LOW_BPM).then_some(Signal::LowHeartRateFeelsHard { below_bpm, effort })
        });
        found.next_back()
    }

    fn resting_heart_rate(&self, morning: Date) -> Option<Signal> {
        let values: Vec<f64> = self.told(add_days(morning, -3), RESTING_DAYS).filter_map(|c| c.resting_bpm).collect();
        let usual = median(&values).filter(|_| values.len() >= RESTING_VALUES)?;
        let above: Vec<f64> = self.told(morning, 3).filter_map(|c| Some(c.resting_bpm? - usual)).collect();
        let today = self.told(morning, 1).find_map(|c| c.resting_bpm).map(|bpm| bpm - usual);
        let high_today = today.filter(|above| *above >= RESTING_BPM);
        let on_days = above.len() == 3 && above.iter().all(|bpm| *bpm >= RESTING_ON_DAYS_BPM);
        let above_bpm = high_today.or_else(|| mean(&above).filter(|_| on_days))?;
        Some(Signal::RestingHeartRate { above_bpm })
    }

    fn short_sleep(&self, morning: Date) -> Option<Signal> {
        let nights: Vec<f64> = self.told(morning, 3).filter_map(|c| c.sleep_h).collect();
        let hours = mean(&nights).filter(|hours| nights.len() == 3 && *hours < SLEEP_H)?;
        Some(Signal::ShortSleep { hours })
    }

    fn restless(&self, morning: Date) -> Option<Signal> {
        self.told(morning, RESTLESS_DAYS).any(|c| c.restless).then_some(Signal::Restless)
    }

    fn low_motivation(&self, morning: Date) -> Option<Signal> {
        let last = self.told(morning, CHECK_IN_DAYS).filter_map(|c| c.motivation).take(CHECK_INS);
        let times = last.filter(|motivation| *motivation <= LOW_MOTIVATION).count();
        (times >= LOW_MOTIVATION_TIMES).then_some(Signal::LowMotivation { times: times as u32 })
    }

    /// Sore in every check-in that tells, for more than ten days up to a few days ago.
    fn long_soreness(&self, morning: Date) -> Option<Signal> {
        let told = self.told(morning, 3 * SORE_DAYS).filter_map(|c| Some((c.date, c.soreness?)));
        let mut sore = told.take_while(|(_, soreness)| *soreness >= SORE).map(|(date, _)| date);
        let last = sore.next().filter(|date| days_between(*date, morning) < SORE_GAP_DAYS)?;
        let mut first = last;
        for date in sore {
            if days_between(date, first) > SORE_GAP_DAYS {
                break;
            }
            first = date;
        }
        let days = days_between(first, morning);
        (days > SORE_DAYS).then_some(Signal::LongSoreness { days: days as u32 })
    }
}

fn monotony(evenings: &[Day]) -> Option<Signal> {
    let last = evenings.last()?;
    let load: f64 = evenings.iter().rev().take(7).map(|day| day.load).sum();
    let monotony = last.monotony.filter(|m| *m >= MONOTONY && load >= 7.0 * last.fitness)?;
    Some(Signal::Monotony { monotony })
}

fn strain(evenings: &[Day]) -> Option<Signal> {
    let last = evenings.last().filter(|day| !day.warming_up)?;
    let before: Vec<f64> =
        evenings.iter().rev().skip(7).step_by(7).take(STRAIN_WEEKS).filter_map(|day| day.strain).collect();
    let (usual, spread) = (mean(&before)?, standard_deviation(&before)?);
    let strain = last.strain.filter(|_| before.len() == STRAIN_WEEKS && usual > 0.0)?;
    (strain > usual + STRAIN_SPREADS * spread).then_some(Signal::Strain { times_usual: strain / usual })
}

fn ramp(evenings: &[Day]) -> Option<Signal> {
    let last = evenings.last().filter(|day| !day.warming_up)?;
    let points = last.ramp?;
    let limit = ramp_limit(last.fitness - points);
    (points > RAMP * limit).then_some(Signal::Ramp { points, limit })
}

fn deep_fatigue(evenings: &[Day]) -> Option<Signal> {
    let week = evenings.iter().rev().take(7).filter(|day| !day.warming_up && day.form_relative < DEEP_FORM);
    let days = week.count();
    (days >= DEEP_DAYS).then_some(Signal::DeepFatigue { days: days as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_alone_is_never_red() {
        let heavy = [
            Signal::Ramp { points: 9.0, limit: 4.0 },
            Signal::Strain { times_usual: 2.0 },
            Signal::DeepFatigue { days: 5 },
            Signal::NoDayOff { days: 15 },
        ];
        assert_eq!(heavy.iter().map(|signal| signal.points()).sum::<u32>(), 6);
        assert_eq!(level(&heavy), Level::Amber);
        assert_eq!(level(&[&heavy[..2], &[Signal::Restless]].concat()), Level::Red);
        assert_eq!(level(&[Signal::LongSoreness { days: 12 }]), Level::Amber);
        assert_eq!(level(&[Signal::Restless]), Level::Green);
        assert_eq!(level(&[]), Level::Green);
    }

    #[test]
    fn signals_are_sentences_with_their_numbers() {
        let said = |signal: Signal| signal.to_string();
        assert_eq!(
            said(Signal::LowHeartRateFeelsHard { below_bpm: 8.0, effort: 7.0 }),
            "an easy run felt like 7 of 10 at a heart rate 8 bpm below usual"
        );
        assert_eq!(
            said(Signal::SlowerAtSameHeartRate { share: 0.052 }),
            "easy runs are 5 % slower at the same heart rate than in the two months before"
        );
        assert_eq!(said(Signal::ShortSleep { hours: 5.25 }), "5.2 h of sleep a night over three nights");
    }
}
