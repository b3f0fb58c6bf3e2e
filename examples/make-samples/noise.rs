//! Seeded chance, and the two functions usually taken from the platform's mathematics library.
//!
//! Only `+ - * /` and the square root are used, which every platform rounds alike.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of chance of its own for each part of each outing, so that changing one changes no other.
pub struct Noise(ChaCha8Rng);

impl Noise {
    /// `part` says what the chance is for, `start` which outing it belongs to.
    pub fn new(part: &str, start: &str) -> Noise {
        let mut seed = [0_u8; 32];
        for (place, byte) in seed.iter_mut().zip(start.bytes().chain(part.bytes())) {
            *place = byte;
        }
        Noise(ChaCha8Rng::from_seed(seed))
    }

    /// Even between `low` and `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// A whole number from `low` up to and without `high`.
    pub fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.between(f64::from(low), f64::from(high)) as u32
    }

    /// Near enough a normal distribution around 0 (the sum of twelve even draws), never beyond six deviations.
    pub fn normal(&mut self, deviation: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.between(0.0, 1.0)).sum();
        deviation * (sum - 6.0)
    }
}

/// Noise with a memory: wanders around 0 and forgets over `memory_s` seconds.
pub struct Wander {
    pub value: f64,
    deviation: f64,
    memory_s: f64,
}

impl Wander {
    pub fn new(deviation: f64, memory_s: f64, noise: &mut Noise) -> Wander {
        Wander { value: noise.normal(deviation), deviation, memory_s }
    }

    /// One second later.
    pub fn step(&mut self, noise: &mut Noise) -> f64 {
        let kept = 1.0 - 1.0 / self.memory_s;
        self.value = self.value * kept + noise.normal(self.deviation * (1.0 - kept * kept).sqrt());
        self.value
    }
}

/// The sine of an angle given in whole turns.
pub fn sine(turns: f64) -> f64 {
    let turn = turns - turns.round();
    let quarter = if turn > 0.25 {
        0.5 - turn
    } else if turn < -0.25 {
        -0.5 - turn
    } else {
        turn
    };
    let angle = quarter * std::f64::consts::TAU;
    let square = angle * angle;
    let mut term = angle;
    let mut sum = angle;
    for n in [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0] {
        term = -term * square / (n * (n + 1.0));
        sum += term;
    }
    sum
}

/// The cosine of an angle given in whole turns.
pub fn cosine(turns: f64) -> f64 {
    sine(turns + 0.25)
}
