//! What the runner means to do: a session as a list of steps.

use super::noise::Noise;
use super::step::{Extent, Step};

/// What the runner set out to do, and, in `TooHard`, did not do. Sizes are minutes or repetitions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plan {
    Recovery(f64),
    /// Meant as a recovery run, run too fast.
    TooHard(f64),
    Easy(f64),
    Steady(f64),
    Long(f64),
    Tempo {
        repetitions: u32,
        minutes: f64,
    },
    Kilometres(u32),
    FourHundreds(u32),
    Shakeout(f64),
    HalfMarathon,
    Walk(f64),
    Ride(f64),
}

impl Plan {
    /// The word in the truth file.
    pub fn word(self) -> &'static str {
        match self {
            Plan::Recovery(_) => "recovery",
            Plan::TooHard(_) => "recovery_too_hard",
            Plan::Easy(_) => "easy",
            Plan::Steady(_) => "steady",
            Plan::Long(_) => "long",
            Plan::Tempo { .. } => "tempo",
            Plan::Kilometres(_) | Plan::FourHundreds(_) => "intervals",
            Plan::Shakeout(_) => "shakeout",
            Plan::HalfMarathon => "race",
            Plan::Walk(_) => "walk",
            Plan::Ride(_) => "ride",
        }
    }

    /// The lap button is pressed at each step, rather than a lap counted at each kilometre.
    pub fn has_lap_button(self) -> bool {
        matches!(self, Plan::Tempo { .. } | Plan::Kilometres(_) | Plan::FourHundreds(_))
    }

    /// Rough length in metres, by which a route is chosen.
    pub fn rough_length_m(self) -> f64 {
        match self {
            Plan::Recovery(minutes) | Plan::Shakeout(minutes) => minutes * 60.0 * 2.45,
            Plan::TooHard(minutes) | Plan::Steady(minutes) => minutes * 60.0 * 3.15,
            Plan::Easy(minutes) => minutes * 60.0 * 3.04,
            Plan::Long(minutes) => minutes * 60.0 * 2.84,
            Plan::Tempo { repetitions, minutes } => f64::from(repetitions) * minutes * 60.0 * 3.65 + 4_600.0,
            Plan::Kilometres(n) => f64::from(n) * 1_280.0 + 4_000.0,
            Plan::FourHundreds(n) => f64::from(n) * 600.0 + 4_000.0,
            Plan::HalfMarathon => 10_548.75,
            Plan::Walk(minutes) => minutes * 60.0 * 1.45,
            Plan::Ride(minutes) => minutes * 60.0 * 6.4,
        }
    }

    /// May be interrupted by a red light without spoiling the session.
    pub fn can_be_stopped(self) -> bool {
        !matches!(
            self,
            Plan::Tempo { .. } | Plan::Kilometres(_) | Plan::FourHundreds(_) | Plan::HalfMarathon | Plan::Shakeout(_)
        )
    }
}

fn minutes(length_min: f64, speed_mps: f64) -> Step {
    Step { extent: Extent::Seconds(length_min * 60.0), speed_mps }
}

fn metres(length_m: f64, speed_mps: f64) -> Step {
    Step { extent: Extent::Metres(length_m), speed_mps }
}

/// The steps of a session; `noise` settles how fast the runner happens to be that day.
pub fn steps(plan: Plan, noise: &mut Noise) -> Vec<Step> {
    match plan {
        Plan::Recovery(length) => vec![minutes(length, noise.between(2.36, 2.54))],
        Plan::TooHard(length) => {
            let speed = noise.between(3.15, 3.30);
            vec![minutes(4.0, 0.93 * speed), minutes(length - 4.0, speed)]
        }
        Plan::Easy(length) => {
            let speed = noise.between(3.00, 3.08);
            vec![minutes(5.0, speed - 0.15), minutes(length - 5.0, speed)]
        }
        Plan::Long(length) => {
            let speed = noise.between(2.78, 2.90);
            vec![minutes(10.0, speed - 0.10), minutes(length - 10.0, speed)]
        }
        Plan::Steady(length) => {
            vec![minutes(8.0, 2.80), minutes(length - 13.0, noise.between(3.20, 3.27)), minutes(5.0, 2.70)]
        }
        Plan::Shakeout(length) => vec![minutes(length, noise.between(2.50, 2.62))],
        Plan::Tempo { repetitions, minutes: length } => tempo(repetitions, length, noise),
        Plan::Kilometres(n) => repeated(n, metres(1_000.0, 3.95), minutes(2.0, 2.30), noise),
        Plan::FourHundreds(n) => repeated(n, metres(400.0, 4.30), metres(200.0, 2.20), noise),
        Plan::HalfMarathon => vec![
            metres(1_000.0, 3.63),
            metres(9_000.0, 3.545),
            metres(8_000.0, 3.515),
            metres(2_097.5, 3.55),
            metres(1_000.0, 3.80),
        ],
        Plan::Walk(length) => vec![minutes(length, 1.47)],
        Plan::Ride(length) => vec![minutes(5.0, 5.6), minutes(length - 8.0, 6.5), minutes(3.0, 5.2)],
    }
}

fn tempo(repetitions: u32, length: f64, noise: &mut Noise) -> Vec<Step> {
    let mut all = vec![minutes(14.0, 2.75)];
    for i in 0..repetitions {
        if i > 0 {
            all.push(minutes(3.0, 2.35));
        }
        all.push(minutes(length, 3.61 + noise.normal(0.02)));
    }
    all.push(minutes(9.0, 2.60));
    all
}

fn repeated(n: u32, fast: Step, jog: Step, noise: &mut Noise) -> Vec<Step> {
    let mut all = vec![minutes(14.0, 2.72)];
    for i in 0..n {
        if i > 0 {
            all.push(jog);
        }
        all.push(Step { speed_mps: fast.speed_mps + noise.normal(0.03), ..fast });
    }
    all.push(minutes(10.0, 2.50));
    all
}
