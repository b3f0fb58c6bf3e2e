//! The runner: what truly happened, second by second, before any watch looked at it.

use super::noise::{Noise, Wander};
use super::route::Route;
use super::session::{Extent, Step};

/// Speed on flat ground at which heart rate settles at the threshold.
pub const THRESHOLD_SPEED_MPS: f64 = 3.65;
pub const THRESHOLD_HEART_RATE_BPM: f64 = 170.0;
pub const HIGHEST_HEART_RATE_BPM: f64 = 189.0;
pub const RESTING_HEART_RATE_BPM: u8 = 52;
/// Further beats a minute for each further metre a second.
const BPM_PER_MPS: f64 = 38.0;
/// Slower than this the runner walks.
const WALK_BELOW_MPS: f64 = 2.0;

/// One second of the truth.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    pub speed_mps: f64,
    pub distance_m: f64,
    /// Metres east and north of the place's centre.
    pub at: (f64, f64),
    pub altitude_m: f64,
    pub heart_rate_bpm: f64,
    /// Steps (or turns of the cranks) a minute.
    pub cadence: f64,
    pub timer_on: bool,
    /// Which step of the session it belongs to.
    pub step: usize,
}

/// The runner stands still from second `at_s` on.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    pub at_s: u32,
    pub lasts_s: u32,
    /// The watch stops its timer; otherwise it goes on recording the standing.
    pub stops_timer: bool,
}

/// The day the body has.
#[derive(Clone, Copy)]
pub struct Day {
    /// Beats a minute above or below the usual at the same effort.
    pub offset_bpm: f64,
    pub temperature_c: f64,
    pub cycling: bool,
}

/// Lives through a session. The first tick is the moment the watch is started.
pub fn live(steps: &[Step], stops: &[Stop], route: &Route, day: Day, noise: &mut Noise) -> Vec<Tick> {
    let mut heart = Heart::new(day, noise);
    let mut legs = Legs::new(noise);
    let mut ticks: Vec<Tick> = Vec::new();
    let mut distance_m = 0.0;
    let mut step = 0;
    let mut done = 0.0;
    while step < steps.len() {
        let second = ticks.len() as u32;
        let stop = stops.iter().find(|stop| (stop.at_s..stop.at_s + stop.lasts_s).contains(&second));
        // The timer stops once the runner has stood for three seconds, and starts with the first step.
        let timer_on = !stop.is_some_and(|stop| stop.stops_timer && second > stop.at_s + 3);
        let grade = route.grade(distance_m);
        let speed_mps =
            if ticks.is_empty() || stop.is_some() { legs.halt() } else { legs.go(steps[step], grade, day, noise) };
        distance_m += speed_mps;
        let at = route.at(distance_m);
        let heart_rate_bpm = heart.beat(speed_mps * grade_cost(grade), noise);
        let cadence = cadence(speed_mps, day) + legs.cadence.value;
        ticks.push(Tick {
            speed_mps,
            distance_m,
            at,
            altitude_m: route.altitude_m(at),
            heart_rate_bpm,
            cadence: if speed_mps < 0.5 { 0.0 } else { cadence },
            timer_on,
            step,
        });
        if stop.is_none() {
            let (gained, size) = progress(steps[step].extent, speed_mps);
            done += gained;
            if done >= size {
                step += 1;
                done -= size;
            }
        }
    }
    ticks
}

/// How much of a step this second got done, and how much there is to do.
fn progress(extent: Extent, speed_mps: f64) -> (f64, f64) {
    match extent {
        Extent::Seconds(seconds) => (1.0, seconds),
        Extent::Metres(metres) => (speed_mps, metres),
    }
}

/// What running on a slope costs, as a multiple of the flat: dearer uphill, a little cheaper gently downhill.
fn grade_cost(grade: f64) -> f64 {
    (1.0 + 2.8 * grade + 15.5 * grade * grade).clamp(0.85, 2.0)
}

/// Speed, with its small unevenness.
struct Legs {
    speed_mps: f64,
    short: Wander,
    long: Wander,
    cadence: Wander,
}

impl Legs {
    fn new(noise: &mut Noise) -> Legs {
        Legs {
            speed_mps: 0.0,
            short: Wander::new(0.045, 12.0, noise),
            long: Wander::new(0.045, 150.0, noise),
            cadence: Wander::new(1.2, 25.0, noise),
        }
    }

    fn go(&mut self, step: Step, grade: f64, day: Day, noise: &mut Noise) -> f64 {
        let unevenness = self.short.step(noise) + self.long.step(noise);
        self.cadence.step(noise);
        let share = if day.cycling {
            5.0
        } else if step.speed_mps < WALK_BELOW_MPS {
            0.5
        } else {
            1.0
        };
        // Runners give way to a hill, but not by all that it costs.
        let give = 1.0 + 0.75 * (grade_cost(grade) - 1.0);
        let target = step.speed_mps / give + share * unevenness;
        self.speed_mps += (target - self.speed_mps) / 2.5;
        self.speed_mps
    }

    fn halt(&mut self) -> f64 {
        self.speed_mps = if self.speed_mps < 0.4 { 0.0 } else { self.speed_mps * 0.3 };
        self.speed_mps
    }
}

fn cadence(speed_mps: f64, day: Day) -> f64 {
    if day.cycling {
        82.0
    } else if speed_mps < WALK_BELOW_MPS {
        60.0 + 37.0 * speed_mps
    } else {
        166.0 + 12.5 * (speed_mps - 2.85)
    }
}

/// Heart rate: follows effort with a lag, and creeps up as the run goes on.
struct Heart {
    rate_bpm: f64,
    creep_bpm: f64,
    wobble: Wander,
    day: Day,
}

impl Heart {
    fn new(day: Day, noise: &mut Noise) -> Heart {
        Heart { rate_bpm: noise.between(68.0, 82.0), creep_bpm: 0.0, wobble: Wander::new(1.0, 20.0, noise), day }
    }

    fn beat(&mut self, effort_mps: f64, noise: &mut Noise) -> f64 {
        let heat = (self.day.temperature_c - 14.0).max(0.0);
        let settled = self.settled_bpm(effort_mps) + self.day.offset_bpm + 0.2 * heat;
        self.creep_bpm += 0.040 / 60.0 * (effort_mps / 2.85) * (1.0 + 0.05 * heat);
        let target = soft_ceiling(settled + self.creep_bpm);
        let lag_s = if target > self.rate_bpm { 33.0 } else { 72.0 };
        self.rate_bpm += (target - self.rate_bpm) / lag_s;
        (self.rate_bpm + self.wobble.step(noise)).min(HIGHEST_HEART_RATE_BPM)
    }

    /// Where heart rate settles after a few minutes on a cool day, by effort: standing, walking, running.
    fn settled_bpm(&self, effort_mps: f64) -> f64 {
        if self.day.cycling {
            return 66.0 + 8.0 * effort_mps;
        }
        let run = |mps: f64| THRESHOLD_HEART_RATE_BPM - BPM_PER_MPS * (THRESHOLD_SPEED_MPS - mps);
        if effort_mps >= WALK_BELOW_MPS {
            run(effort_mps)
        } else {
            76.0 + (run(WALK_BELOW_MPS) - 76.0) * (effort_mps / WALK_BELOW_MPS) * (0.45 + 0.275 * effort_mps)
        }
    }
}

/// Near its highest, heart rate answers less and less.
fn soft_ceiling(bpm: f64) -> f64 {
    const BENDS_AT_BPM: f64 = 172.0;
    const ROOM_BPM: f64 = HIGHEST_HEART_RATE_BPM - BENDS_AT_BPM;
    let above = bpm - BENDS_AT_BPM;
    if above <= 0.0 { bpm } else { BENDS_AT_BPM + ROOM_BPM * above / (above + ROOM_BPM) }
}
