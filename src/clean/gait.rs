//! Standing, walking, running (methods §1.6).

use super::resample::{Span, ranges};
use super::window::means;
use crate::activity::{Activity, Sport, SubSport};
use crate::physiology::statistics::median;

/// Slower than this (m/s) is standing.
pub const STOP_MPS: f64 = 0.5;
/// From this cadence (steps per minute) on it is running (Hum Mov Sci 2023;90:103117).
pub const RUN_SPM: f64 = 140.0;
/// From this speed (m/s) on it is running, where there is no cadence and the file does not call itself a run.
pub const RUN_MPS: f64 = 2.0;
/// The same where it does: slow joggers are runners.
const NAMED_RUN_MPS: f64 = 1.6;
/// From this speed (m/s) on it is running, whatever the cadence says.
const SURE_RUN_MPS: f64 = 2.2;
/// From this grade on hikers in a mountain run are on the run.
const HIKE_GRADE: f64 = 0.10;
/// A run that climbs this share of its length is one in the mountains.
const MOUNTAIN_CLIMB: f64 = 0.04;
/// Fewer steps per minute than this are no gait.
const MIN_SPM: f64 = 30.0;
/// A median below this (steps per minute) may be one leg's.
const ONE_LEG_SPM: f64 = 120.0;
/// Nobody takes more steps per minute than this for long.
const MAX_SPM: f64 = 220.0;
/// Longer steps (m) than this at a walk mean that only every second step was counted.
const LONG_STEP_M: f64 = 1.1;
/// Shorter steps (m) than this at a walk mean that both feet were counted already.
const SHORT_STEP_M: f64 = 0.45;
/// Without a speed, running at fewer counted steps per minute than this is one leg's.
const ONE_LEG_BLIND_SPM: f64 = 100.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gait {
    Stop,
    Walk,
    Run,
}

impl Gait {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Gait::Stop => "stop",
            Gait::Walk => "walk",
            Gait::Run => "run",
        }
    }

    pub fn is_moving(self) -> bool {
        self != Gait::Stop
    }
}

/// Gait of a moment from its 10-s mean speed (m/s) and cadence (steps per minute, both feet).
///
/// Without a speed the cadence alone decides; without either nothing is known.
pub fn gait(speed_mps: Option<f64>, cadence_spm: Option<f64>) -> Option<Gait> {
    match (speed_mps, cadence_spm) {
        (Some(v), _) if v < STOP_MPS => Some(Gait::Stop),
        (_, Some(c)) => Some(if c >= RUN_SPM { Gait::Run } else { Gait::Walk }),
        (Some(v), None) => Some(if v >= RUN_MPS { Gait::Run } else { Gait::Walk }),
        (None, None) => None,
    }
}

/// Gait of every second, from means over the ten seconds around it (five before, four after) within the span.
///
/// At 2.2 m/s and more it is running whatever the cadence; without a cadence from 1.6 m/s on, if the file calls it a run.
/// A cadence of zero says nothing: it is a standstill or a lost sensor, and speed tells which. A recording without any speed
/// and cadence counts as moving throughout, running if it calls itself so. Rides and swims move but never run.
pub fn gaits(speed: &[Option<f64>], cadence: &[Option<f64>], spans: &[Span], sport: Sport) -> Vec<Option<Gait>> {
    if speed.iter().chain(cadence).all(Option::is_none) {
        let blind = if sport == Sport::Running { Gait::Run } else { Gait::Walk };
        return vec![Some(blind); speed.len()];
    }
    if !is_on_foot(sport) {
        return riding(speed, cadence);
    }
    let is_named = sport == Sport::Running;
    let mut out = Vec::with_capacity(speed.len());
    for range in ranges(spans) {
        let (speed, cadence) = (speed[range.clone()].iter().copied(), cadence[range].iter().copied());
        let around = means(speed.clone(), 5, 4).zip(means(cadence.clone(), 5, 4));
        // A mean that reaches into a gap does not say what happened in it.
        let second = |((speed, cadence), (speed_10, cadence_10)): ((Option<f64>, Option<f64>), _)| {
            let v = speed.and(speed_10);
            let c = if v.is_some() { cadence_10 } else { cadence.and(cadence_10) };
            let is_run = v.is_some_and(|v| v >= SURE_RUN_MPS || is_named && c.is_none() && v >= NAMED_RUN_MPS);
            if is_run { Some(Gait::Run) } else { gait(v, c) }
        };
        out.extend(speed.zip(cadence).zip(around).map(second));
    }
    out
}

/// Hiking up counts to the run in a run on trails or in the mountains (methods §1.6).
pub fn hike(gait: &mut [Option<Gait>], grade: &[Option<f64>], activity: &Activity, climbed: f64) {
    let on_trails = matches!(activity.sub_sport, SubSport::Trail | SubSport::Ultra) || climbed >= MOUNTAIN_CLIMB;
    if activity.sport != Sport::Running || !on_trails {
        return;
    }
    for (gait, grade) in gait.iter_mut().zip(grade) {
        if *gait == Some(Gait::Walk) && grade.is_some_and(|g| g >= HIKE_GRADE) {
            *gait = Some(Gait::Run);
        }
    }
}

/// Moving or not, by speed; where there is none at all, by cadence (a bicycle on a trainer).
fn riding(speed: &[Option<f64>], cadence: &[Option<f64>]) -> Vec<Option<Gait>> {
    if speed.iter().all(Option::is_none) {
        return cadence.iter().map(|c| c.map(|_| Gait::Walk)).collect();
    }
    speed.iter().map(|v| v.map(|v| if v < STOP_MPS { Gait::Stop } else { Gait::Walk })).collect()
}

/// A file that does not name its sport may be a run.
fn is_on_foot(sport: Sport) -> bool {
    matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown)
}

/// A cadence with its zeros made missing.
pub fn steps_only(cadence: &mut [Option<f64>]) {
    for value in cadence {
        *value = value.filter(|c| *c >= MIN_SPM);
    }
}

/// True where a file stores the cadence of one leg, so that it has to be doubled.
///
/// That is so when the median over moving seconds is below 120 and the double is what such a speed needs: at running speed
/// (median of 2 m/s or more), or when the counted steps would be longer than 1.1 m. A walk at 1.2..1.9 m/s with 100–119 steps
/// per minute takes steps of 0.65..1.1 m and keeps its cadence. Without a speed, only running below 100 is doubled.
/// A double of more than 220 is never right.
pub fn is_single_leg(speed: &[Option<f64>], cadence: &[Option<f64>], sport: Sport) -> bool {
    let moving = || speed.iter().zip(cadence).filter(|(v, _)| v.is_none_or(|v| v >= STOP_MPS));
    let Some(steps) = median(&moving().filter_map(|(_, c)| *c).collect::<Vec<_>>()) else { return false };
    if !is_on_foot(sport) || steps >= ONE_LEG_SPM || 2.0 * steps > MAX_SPM {
        return false;
    }
    let speeds: Vec<f64> = moving().filter(|(_, c)| c.is_some()).filter_map(|(v, _)| *v).collect();
    match median(&speeds) {
        Some(v) => v >= RUN_MPS || v * 60.0 / steps > LONG_STEP_M,
        None => sport == Sport::Running && steps < ONE_LEG_BLIND_SPM,
    }
}

/// True where a FIT file counts both feet, so that the reader's doubling has to be taken back: twice 110 steps is more than
/// anybody takes, and at a walk steps of under 0.45 m are half of what they were.
pub fn counts_both_feet(speed: &[Option<f64>], cadence: &[Option<f64>]) -> bool {
    let moving = || speed.iter().zip(cadence).filter(|(v, _)| v.is_none_or(|v| v >= STOP_MPS));
    let Some(steps) = median(&moving().filter_map(|(_, c)| *c).collect::<Vec<_>>()) else { return false };
    let speeds: Vec<f64> = moving().filter(|(_, c)| c.is_some()).filter_map(|(v, _)| *v).collect();
    let is_short = |v: f64| v < NAMED_RUN_MPS && v * 60.0 / steps < SHORT_STEP_M;
    steps > MAX_SPM || median(&speeds).is_some_and(is_short)
}

/// Walking seconds at the end of a run after the last running one; `None` if fewer than 180 or nothing was run.
pub fn cooldown_walk_s(gait: &[Option<Gait>]) -> Option<f64> {
    const SHORTEST_S: usize = 180;
    let last_run = gait.iter().rposition(|g| *g == Some(Gait::Run))?;
    let walked = gait[last_run..].iter().filter(|g| **g == Some(Gait::Walk)).count();
    (walked >= SHORTEST_S).then_some(walked as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Format;

    fn single_leg(v: f64, c: f64) -> bool {
        is_single_leg(&[Some(v); 60], &[Some(c); 60], Sport::Running)
    }

    #[test]
    fn one_leg_is_told_from_a_walk() {
        assert!(single_leg(2.8, 82.0), "running, one leg");
        assert!(single_leg(1.9, 78.0), "slow jog, one leg");
        assert!(single_leg(1.3, 57.0), "walk, one leg");
        assert!(!single_leg(1.3, 102.0), "walk");
        assert!(!single_leg(1.9, 119.0), "brisk walk");
        assert!(!single_leg(1.0, 95.0), "stroll");
        assert!(!single_leg(2.8, 165.0), "running");
        assert!(!single_leg(2.1, 115.0), "half walked, half run");
        assert!(is_single_leg(&[None; 9], &[Some(85.0); 9], Sport::Running), "treadmill");
        assert!(!is_single_leg(&[None; 9], &[Some(85.0); 9], Sport::Walking));
        assert!(!is_single_leg(&[Some(3.0); 9], &[None; 9], Sport::Running));
        assert!(!is_single_leg(&[Some(8.0); 9], &[Some(85.0); 9], Sport::Cycling), "pedalling");
    }

    #[test]
    fn both_feet_are_told_from_one() {
        let both = |v: f64, c: f64| counts_both_feet(&[Some(v); 60], &[Some(c); 60]);
        assert!(both(1.45, 224.0), "walk");
        assert!(both(1.4, 200.0), "slow walk");
        assert!(both(2.8, 340.0), "run");
        assert!(!both(2.8, 180.0) && !both(1.45, 112.0) && !both(1.5, 164.0), "run, walk, slow jog");
        assert!(counts_both_feet(&[None; 9], &[Some(330.0); 9]) && !counts_both_feet(&[Some(1.4); 9], &[None; 9]));
    }

    #[test]
    fn speed_and_the_file_s_word_stand_beside_cadence() {
        let spans = [Span { start_s: 0, len: 60 }];
        let all = |v: f64, c: Option<f64>, sport| {
            let out = gaits(&[Some(v); 60], &[c; 60], &spans, sport);
            out.into_iter().reduce(|a, b| if a == b { a } else { None }).flatten()
        };
        assert_eq!(all(2.3, Some(120.0), Sport::Running), Some(Gait::Run), "long, slow steps");
        assert_eq!(all(2.1, Some(120.0), Sport::Running), Some(Gait::Walk));
        assert_eq!(all(1.7, None, Sport::Running), Some(Gait::Run), "a slow jogger");
        assert_eq!(all(1.7, None, Sport::Unknown), Some(Gait::Walk));
        assert_eq!(all(1.7, Some(112.0), Sport::Running), Some(Gait::Walk));
        assert_eq!(all(1.5, Some(160.0), Sport::Walking), Some(Gait::Run));
    }

    #[test]
    fn hiking_up_belongs_to_a_trail_run() {
        let hiked = |sport, sub_sport, grade: f64, climbed| {
            let activity = Activity { sport, sub_sport, ..Activity::new(Format::Fit) };
            let mut gait = [Some(Gait::Walk), Some(Gait::Stop)];
            hike(&mut gait, &[Some(grade); 2], &activity, climbed);
            assert_eq!(gait[1], Some(Gait::Stop));
            gait[0] == Some(Gait::Run)
        };
        assert!(hiked(Sport::Running, SubSport::Trail, 0.2, 0.0));
        assert!(hiked(Sport::Running, SubSport::Generic, 0.2, 0.1), "as steep as a mountain race");
        assert!(!hiked(Sport::Running, SubSport::Generic, 0.2, 0.01));
        assert!(!hiked(Sport::Running, SubSport::Trail, 0.05, 0.0));
        assert!(!hiked(Sport::Walking, SubSport::Trail, 0.2, 0.1), "a hike is one");
    }

    #[test]
    fn a_lost_cadence_leaves_speed_to_decide() {
        let spans = [Span { start_s: 0, len: 60 }];
        let mut cadence = vec![Some(0.0); 60];
        steps_only(&mut cadence);
        let fast = gaits(&[Some(3.0); 60], &cadence, &spans, Sport::Running);
        assert!(fast.iter().all(|g| *g == Some(Gait::Run)));
        let slow = gaits(&[Some(0.1); 60], &[Some(170.0); 60], &spans, Sport::Running);
        assert!(slow.iter().all(|g| *g == Some(Gait::Stop)));
        let ride = gaits(&[Some(8.0); 60], &[Some(85.0); 60], &spans, Sport::Cycling);
        assert!(ride.iter().all(|g| *g == Some(Gait::Walk)), "moving, not running");
    }

    #[test]
    fn without_speed_and_cadence_nothing_is_known_unless_there_is_never_any() {
        let spans = [Span { start_s: 0, len: 40 }];
        let mut speed = vec![Some(3.0); 40];
        speed[10..30].fill(None);
        let out = gaits(&speed, &[None; 40], &spans, Sport::Running);
        assert!(out[10..30].iter().all(Option::is_none) && out[30] == Some(Gait::Run));
        assert_eq!(gaits(&[None; 3], &[None; 3], &spans[..0], Sport::Running), [Some(Gait::Run); 3]);
        assert_eq!(gaits(&[None; 3], &[None; 3], &spans[..0], Sport::Unknown), [Some(Gait::Walk); 3]);
    }

    #[test]
    fn a_cool_down_is_a_walk_of_three_minutes_after_running() {
        let mut gait = vec![Some(Gait::Run); 100];
        gait.extend([Some(Gait::Walk); 179]);
        gait.extend([Some(Gait::Stop); 20]);
        assert_eq!(cooldown_walk_s(&gait), None);
        gait.push(Some(Gait::Walk));
        assert_eq!(cooldown_walk_s(&gait), Some(180.0));
        assert_eq!(cooldown_walk_s(&[Some(Gait::Walk); 300]), None);
    }
}
