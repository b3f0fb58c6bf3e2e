//! The formulas: nothing but numbers in and out.
//!
//! Read them in this order: [`statistics`] and [`zones`] are the tools, [`heart`], [`grade`] and [`effort`] judge one run,
//! [`hard`] finds its hard seconds, [`curve`] tells what a runner can hold for how long, [`training`] adds the days up, and [`race`] tells how long a race stays in the legs.
//!
//! Speeds are metres per second, heart rates beats per minute, durations seconds, loads points (100 = one hour at
//! threshold), ratios fractions. What cannot be computed is `None`; no function returns NaN or an infinity for
//! finite input. Numbers after «methods» are sections of `docs/methods.md`.

pub mod statistics;
pub mod agreement;
pub mod zones;
pub mod heart;
pub mod grade;
pub mod effort;
pub mod hard;
pub mod curve;
pub mod training;
pub mod race;
