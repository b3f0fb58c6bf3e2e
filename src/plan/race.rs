//! Before and after races: days to keep easy, the protocol of the days after, and what a race will cost.

pub use crate::physiology::race::{RaceDays, race_days};

use jiff::civil::Date;

use super::Kind;

/// A race, run or to be run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Race {
    /// Its day.
    pub date: Date,
    /// Its distance in kilometres.
    pub distance_km: f64,
}

/// Printed with the days after any race.
pub const SEE_A_PROFESSIONAL: &str = "Stop and see a professional if soreness lasts more than ten days, pain is sharp or on \
     one side, something swells, urine turns dark, or you have a fever or a feeling in the chest.";

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
const MARATHON_KM: f64 = 42.195;
/// Races longer than this stretch the marathon protocol.
const STRETCH_FROM_KM: f64 = 45.0;
/// The most the protocol is stretched.
const STRETCH_MAX: f64 = 2.0;

/// What the protocol asks for on day `day` after a race (1 = the day after); `None` once it is over. The first days keep
/// moving without running, then come walks with jogging, then easy runs. «race_stage_*»
pub fn race_stage(distance_km: f64, day: u32) -> Option<Kind> {
    let item = day.checked_sub(1)?;
    if let Some((_, kinds)) = PROTOCOLS.iter().find(|(up_to_km, _)| distance_km <= *up_to_km) {
        return kinds.get(item as usize).copied();
    }
    let stretch = if distance_km > STRETCH_FROM_KM { (distance_km / MARATHON_KM).sqrt().min(STRETCH_MAX) } else { 1.0 };
    let length = (MARATHON_PROTOCOL.len() as f64 * stretch).round_ties_even();
    let item = f64::from(item);
    if item < length { MARATHON_PROTOCOL.get((item / stretch) as usize).copied() } else { None }
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
        // Never more than doubled.
        assert_eq!(race_stage(500.0, 30), Some(Kind::Rest));
        assert_eq!(race_stage(500.0, 31), None);
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
