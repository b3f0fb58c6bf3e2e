//! The runner: what truly happened, second by second, before any watch looked at it.

use super::noise::{Noise, Wander};
use super::route::Route;
use super::step::{Extent, Step};

/// What a body can do, and how its heart answers.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// Speed on flat ground at which heart rate settles at the threshold.
    pub threshold_mps: f64,
    pub threshold_bpm: f64,
    pub highest_bpm: f64,
    pub resting_bpm: u8,
    /// Further beats a minute for each further metre a second.
    pub bpm_per_mps: f64,
    /// Standing about, on the way.
    pub standing_bpm: f64,
    /// Above this, heart rate answers less and less.
    pub bends_at_bpm: f64,
    /// How much heart rate creeps up in a minute of running at `usual_mps`.
    pub creep_bpm_per_min: f64,
    pub usual_mps: f64,
    /// Further beats a minute for each degree above 14 °C.
    pub heat_bpm_per_c: f64,
    /// Steps a minute at 2.85 m/s, and further ones for each further metre a second.
    pub cadence_spm: f64,
    pub cadence_spm_per_mps: f64,
}

/// The runner of `samples/`.
pub const SAMPLE_RUNNER: Body = Body {
    threshold_mps: 3.65,
    threshold_bpm: 170.0,
    highest_bpm: 189.0,
    resting_bpm: 52,
    bpm_per_mps: 38.0,
    standing_bpm: 76.0,
    bends_at_bpm: 172.0,
    creep_bpm_per_min: 0.040,
    usual_mps: 2.85,
    heat_bpm_per_c: 0.2,
    cadence_spm: 166.0,
    cadence_spm_per_mps: 12.5,
};

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
pub fn live(body: &Body, steps: &[Step], stops: &[Stop], route: &Route, day: Day, noise: &mut Noise) -> Vec<Tick> {
    let mut heart = Heart::new(*body, day, noise);
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
        let cadence = cadence(body, speed_mps, day) + legs.cadence.value;
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

fn cadence(body: &Body, speed_mps: f64, day: Day) -> f64 {
    if day.cycling {
        82.0
    } else if speed_mps < WALK_BELOW_MPS {
        60.0 + 37.0 * speed_mps
    } else {
        body.cadence_spm + body.cadence_spm_per_mps * (speed_mps - 2.85)
    }
}

/// Heart rate: follows effort with a lag, and creeps up as the run goes on.
struct Heart {
    rate_bpm: f64,
    creep_bpm: f64,
    wobble: Wander,
    body: Body,
    day: Day,
}

impl Heart {
    fn new(body: Body, day: Day, noise: &mut Noise) -> Heart {
        Heart { rate_bpm: noise.between(68.0, 82.0), creep_bpm: 0.0, wobble: Wander::new(1.0, 20.0, noise), body, day }
    }

    fn beat(&mut self, effort_mps: f64, noise: &mut Noise) -> f64 {
        let heat = (self.day.temperature_c - 14.0).max(0.0);
        let settled = self.settled_bpm(effort_mps) + self.day.offset_bpm + self.body.heat_bpm_per_c * heat;
        self.creep_bpm += self.body.creep_bpm_per_min / 60.0 * (effort_mps / self.body.usual_mps) * (1.0 + 0.05 * heat);
        let target = self.body.soft_ceiling(settled + self.creep_bpm);
        let lag_s = if target > self.rate_bpm { 33.0 } else { 72.0 };
        self.rate_bpm += (target - self.rate_bpm) / lag_s;
        (self.rate_bpm + self.wobble.step(noise)).min(self.body.highest_bpm)
    }

    /// Where heart rate settles after a few minutes on a cool day, by effort: standing, walking, running.
    fn settled_bpm(&self, effort_mps: f64) -> f64 {
        if self.day.cycling {
            return 66.0 + 8.0 * effort_mps;
        }
        let body = &self.body;
        let run = |mps: f64| body.threshold_bpm - body.bpm_per_mps * (body.threshold_mps - mps);
        if effort_mps >= WALK_BELOW_MPS {
            run(effort_mps)
        } else {
            body.standing_bpm
                + (run(WALK_BELOW_MPS) - body.standing_bpm)
                    * (effort_mps / WALK_BELOW_MPS)
                    * (0.45 + 0.275 * effort_mps)
        }
    }
}

impl Body {
    /// Near its highest, heart rate answers less and less.
    fn soft_ceiling(&self, bpm: f64) -> f64 {
        let room = self.highest_bpm - self.bends_at_bpm;
        let above = bpm - self.bends_at_bpm;
        if above <= 0.0 { bpm } else { self.bends_at_bpm + room * above / (above + room) }
    }
}
