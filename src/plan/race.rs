//! Before and after races: days to keep easy, the protocol of the days after, and what a race will cost.

pub use crate::physiology::race::{RaceDays, race_days};

use jiff::civil::Date;

use super::steps::WalkJogStage;
use super::timeline::{Timeline, add_days};
use super::{Kind, PlanReason, Priority, Race};
use crate::calendar::days_between;

/// No protocol, and no ban on hard sessions after a race, lasts longer than this.
pub const PROTOCOL_DAYS_MAX: u32 = 28;

/// The protocol after a race over up to this many kilometres: one item a day.
const PROTOCOLS: [(f64, &[Kind]); 3] = {
    use Kind::{CrossTrain, Easy, Recovery, WalkJog};
    [
        (6.0, &[Recovery, Easy]),
        (12.0, &[CrossTrain, Recovery, Easy, Easy]),
        (25.0, &[CrossTrain, CrossTrain, WalkJog, Recovery, Recovery, Easy, Easy, Easy]),
    ]
};

/// The protocol after a marathon; stretched after longer races.
const MARATHON_PROTOCOL: [Kind; 15] = {
    use Kind::{CrossTrain, Easy, Recovery, Rest, WalkJog};
    [
        CrossTrain, CrossTrain, Rest, CrossTrain, WalkJog, WalkJog, Rest, Recovery, Recovery, Rest, Recovery, Easy,
        Easy, Easy, Rest,
    ]
};
/// Minutes of the stages of running.
const STAGE_RECOVERY_MIN: f64 = 40.0;
const STAGE_EASY_MIN: f64 = 45.0;
const MARATHON_KM: f64 = 42.195;
/// Races longer than this stretch the marathon protocol.
const STRETCH_FROM_KM: f64 = 45.0;
/// The most the protocol is stretched.
const STRETCH_MAX: f64 = 2.0;

/// What the protocol asks for on day `day` after a race (1 = the day after); `None` once it is over. The first days keep
/// moving without running, then come walks with jogging, then easy runs. «race_stage_*»
pub fn race_stage(distance_km: f64, day: u32) -> Option<Kind> {
    let item = day.checked_sub(1).filter(|item| *item < PROTOCOL_DAYS_MAX)?;
    if let Some((_, kinds)) = PROTOCOLS.iter().find(|(up_to_km, _)| distance_km <= *up_to_km) {
        return kinds.get(item as usize).copied();
    }
    let stretch = if distance_km > STRETCH_FROM_KM { (distance_km / MARATHON_KM).sqrt().min(STRETCH_MAX) } else { 1.0 };
    let length = (MARATHON_PROTOCOL.len() as f64 * stretch).round_ties_even();
    let item = f64::from(item);
    if item < length { MARATHON_PROTOCOL.get((item / stretch) as usize).copied() } else { None }
}

/// The most minutes of a stage; `None` where the stage itself is the limit.
pub(super) fn stage_minutes(stage: Kind) -> Option<f64> {
    match stage {
        Kind::WalkJog => Some(WalkJogStage::First.minutes()),
        Kind::Recovery => Some(STAGE_RECOVERY_MIN),
        Kind::Easy => Some(STAGE_EASY_MIN),
        _ => None,
    }
}

/// A race, or a run as taxing as one, whose following days are restricted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aftermath {
    /// Day of the race.
    pub date: Date,
    /// Distance, km.
    pub distance_km: f64,
    /// False for a very long run.
    pub raced: bool,
}

/// A run is as taxing as a race beyond so many minutes, if it is so many times as long as any of 60 days …
const BIG_RUN_MIN: f64 = 120.0;
const BIG_RUN_RATIO: f64 = 1.3;
/// … or from so many kilometres on, unless two as long lie in those 60 days.
const BIG_RUN_KM: f64 = 40.0;
const BIG_RUN_DAYS: i64 = 60;
/// Kilometres an hour where a run's distance is not known.
const ASSUMED_KMH: f64 = 10.0;

impl Aftermath {
    /// 1 = the day after.
    pub fn day(&self, date: Date) -> Option<u32> {
        u32::try_from(days_between(self.date, date)).ok().filter(|day| *day > 0)
    }

    /// What the protocol allows at most on a day.
    pub fn stage(&self, date: Date) -> Option<Kind> {
        race_stage(self.distance_km, self.day(date)?)
    }

    /// The most the protocol has allowed up to a day: as [`stage`](Self::stage), its days of rest left out.
    pub(super) fn furthest_stage(&self, date: Date) -> Option<Kind> {
        let day = self.day(date)?;
        race_stage(self.distance_km, day)?;
        (1..=day).filter_map(|day| race_stage(self.distance_km, day)).max()
    }

    /// The last day without a hard or long one.
    pub fn no_hard_until(&self) -> Date {
        add_days(self.date, i64::from(race_days(self.distance_km).no_hard.min(PROTOCOL_DAYS_MAX)))
    }

    /// The last day before unrestricted training.
    pub fn full_until(&self) -> Date {
        add_days(self.date, i64::from(race_days(self.distance_km).full.min(PROTOCOL_DAYS_MAX)))
    }

    /// Why there is one hard session in seven days, and which.
    pub(super) fn one_session(&self) -> PlanReason {
        let until_day = race_days(self.distance_km).full.min(PROTOCOL_DAYS_MAX);
        PlanReason::OneAfterRace { until_day, distance_km: self.distance_km, raced: self.raced }
    }

    /// Races behind that are still felt.
    pub(super) fn of_past(inputs: &super::PlanInputs) -> impl Iterator<Item = Aftermath> {
        let timeline = Timeline::before(inputs.start, &inputs.past);
        Aftermath::reaching(&timeline, &inputs.races, inputs.start).into_iter().filter(|a| a.date < inputs.start)
    }

    /// All whose restrictions may reach the week that begins on `monday`, those of the runner's races in it included.
    pub(super) fn reaching(timeline: &Timeline, races: &[Race], monday: Date) -> Vec<Aftermath> {
        let (from, date) = (add_days(monday, -i64::from(PROTOCOL_DAYS_MAX)), add_days(monday, 7));
        let days = (0..days_between(from, date)).map(|n| add_days(from, n));
        let mut found: Vec<Aftermath> = days.filter_map(|day| Aftermath::of(timeline, day)).collect();
        let named = races.iter().filter(|race| (from..date).contains(&race.date));
        for race in named {
            // Of two races on one day the longer one counts.
            let is_known =
                |known: &Aftermath| known.raced && known.date == race.date && known.distance_km >= race.distance_km;
            if !found.iter().any(is_known) {
                found.push(Aftermath { date: race.date, distance_km: race.distance_km, raced: true });
            }
        }
        found
    }

    fn of(timeline: &Timeline, date: Date) -> Option<Aftermath> {
        let day = timeline.get(date)?;
        if let Some(distance_km) = day.race_km {
            return Some(Aftermath { date, distance_km, raced: true });
        }
        let before = timeline.last_days(date, BIG_RUN_DAYS);
        let longest = timeline.longest(date, BIG_RUN_DAYS).minutes;
        let unusual = day.longest_min > BIG_RUN_MIN && day.longest_min > BIG_RUN_RATIO * longest;
        let as_long = before.iter().filter(|d| d.longest_km >= BIG_RUN_KM).count();
        let very_long = day.longest_km >= BIG_RUN_KM && as_long < 2;
        let assumed_km = day.longest_min / 60.0 * ASSUMED_KMH;
        let distance_km = if day.longest_km > 0.0 { day.longest_km } else { assumed_km };
        (unusual || very_long).then_some(Aftermath { date, distance_km, raced: false })
    }
}

/// How a race over a distance is led up to: the share of the habit in the weeks that begin 14–20, 7–13 and 0–6 days
/// before it, and the days before it on which the last long run may lie (Bosquet 2007, MSSE 39:1358; Wang 2023, PLoS ONE
/// 18:e0282838: up to 21 days with 41–60 % less volume, intensity and run days kept).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Taper {
    over_km: f64,
    shares: &'static [f64],
    last_long_days: i64,
}

const TAPERS: [Taper; 4] = [
    Taper { over_km: 25.0, shares: &[0.50, 0.75, 0.90], last_long_days: 11 },
    Taper { over_km: 12.0, shares: &[0.60, 0.90], last_long_days: 7 },
    Taper { over_km: 6.0, shares: &[0.75], last_long_days: 4 },
    Taper { over_km: 0.0, shares: &[], last_long_days: 2 },
];
/// No hard session in the last days before a race.
const LAST_HARD_DAYS: i64 = 3;

impl Race {
    fn taper(&self) -> Taper {
        TAPERS.into_iter().find(|taper| self.distance_km > taper.over_km).unwrap_or(TAPERS[TAPERS.len() - 1])
    }

    /// Share of the habit in the week that begins on `monday`, the race left out.
    pub fn taper_share(&self, monday: Date) -> Option<f64> {
        let week = usize::try_from(days_between(monday, self.date)).ok()? / 7;
        match self.priority {
            Priority::A => self.taper().shares.get(week).copied(),
            Priority::B => self.taper().shares.get(week).copied().filter(|_| week == 0),
            Priority::C => None,
        }
    }

    /// Too close to the race for a long run.
    pub fn bans_long(&self, date: Date) -> bool {
        let least = if self.priority == Priority::C { 2 } else { self.taper().last_long_days };
        (0..least).contains(&days_between(date, self.date))
    }

    /// Too close to the race for a hard session.
    pub fn bans_hard(&self, date: Date) -> bool {
        let last = if self.priority == Priority::C { 1 } else { LAST_HARD_DAYS };
        (0..=last).contains(&days_between(date, self.date))
    }
}

/// What a race will cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceCost {
    /// Expected duration in minutes.
    pub minutes: f64,
    /// Expected load in points.
    pub load: f64,
}

/// Threshold speed assumed for a runner of whom nothing is known: 10 km in an hour.
pub const THRESHOLD_UNKNOWN_MPS: f64 = 10_000.0 / 3600.0;

/// Speed in a race of up to this many kilometres, relative to threshold speed.
const INTENSITY: [(f64, f64); 4] = [(5.0, 1.05), (10.5, 1.0), (25.0, 0.95), (45.0, 0.88)];
/// The same beyond the marathon.
const INTENSITY_ULTRA: f64 = 0.75;

/// Expected duration and load of a race, 100 points being an hour at threshold (methods §7.4).
pub fn race_cost(distance_km: f64, threshold_mps: f64) -> RaceCost {
    let intensity = INTENSITY
        .iter()
        .find(|(up_to_km, _)| distance_km <= *up_to_km)
        .map_or(INTENSITY_ULTRA, |(_, intensity)| *intensity);
    let hours = distance_km * 1000.0 / (threshold_mps * intensity) / 3600.0;
    RaceCost { minutes: hours * 60.0, load: 100.0 * hours * intensity * intensity }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ultra_stretches_the_marathon_protocol() {
        // 100 km: stretched by sqrt(100 / 42.195) = 1.539, 23 days.
        assert_eq!(race_stage(100.0, 1), Some(Kind::CrossTrain));
        assert_eq!(race_stage(100.0, 4), Some(Kind::CrossTrain));
        assert_eq!(race_stage(100.0, 5), Some(Kind::Rest));
        assert_eq!(race_stage(100.0, 23), Some(Kind::Rest));
        assert_eq!(race_stage(100.0, 24), None);
        // Never more than doubled, and never more than four weeks.
        assert_eq!(race_stage(500.0, 28), Some(Kind::Easy));
        assert_eq!(race_stage(500.0, 29), None);
    }

    #[test]
    fn the_protocol_starts_the_day_after() {
        assert_eq!(race_stage(10.0, 0), None);
        assert_eq!(race_stage(5.0, 1), Some(Kind::Recovery));
        assert_eq!(race_stage(5.0, 3), None);
    }

    #[test]
    fn longer_races_are_run_slower() {
        let hour = race_cost(3.6 * 3.7, 3.7);
        assert!((hour.minutes - 60.0 / 0.95).abs() < 1e-9, "{hour:?}");
        let cost = |km| race_cost(km, 3.7).load / race_cost(km, 3.7).minutes;
        assert!([5.0, 10.0, 21.0975, 42.195, 50.0].map(cost).is_sorted_by(|a, b| a > b));
    }
}
