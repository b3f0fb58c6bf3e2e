//! All that the rest of the program ever needs of one recording, in a few kB.
//!
//! A digest depends on the file's bytes alone: it knows no athlete, so it can be kept and used again whatever
//! the settings are. Whatever depends on a threshold is computed from its [`Trace`].

use crate::activity::{DeviceSettings, DeviceTotals, Format, ReadNote, Sport, SubSport, WatchVerdicts};
use serde::{Deserialize, Serialize};

/// Durations (s) for which the best graded speed is kept (methods §5.6).
pub const SPEED_DURATIONS_S: [u32; 5] = [600, 1200, 1800, 2700, 3600];

/// Durations (s) for which the best mean heart rate is kept (methods §5.1, §5.3).
pub const HEART_RATE_DURATIONS_S: [u32; 4] = [30, 1200, 1800, 3600];

/// Distances (m) over which the best graded effort is kept (methods §5.4).
pub const EFFORT_DISTANCES_M: [f64; 5] = [400.0, 800.0, 1500.0, 3000.0, 5000.0];

/// One recording, cleaned and summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    pub format: Format,
    /// What the file says; `Unknown` where it says nothing.
    pub sport: Sport,
    pub sub_sport: SubSport,
    pub name: Option<String>,
    pub device: Option<String>,
    /// Unix time, UTC, of the first second on the timer, in milliseconds.
    pub start_ms: i64,
    /// Local clock minus UTC at the start, with its origin; `None` leaves it to the profile or the system.
    pub utc_offset: Option<UtcOffset>,
    /// From the first to the last second, pauses included.
    pub elapsed_s: f64,
    /// Seconds with the timer on.
    pub timer_s: f64,
    /// Timer-on seconds faster than a standstill.
    pub moving_s: f64,
    /// Moving seconds whose gait is running.
    pub running_s: f64,
    pub distance_m: f64,
    pub distance_source: DistanceSource,
    /// False on a treadmill and without positions: nothing checks the pace.
    pub pace_reliable: bool,
    pub ascent_m: Option<f64>,
    pub descent_m: Option<f64>,
    /// Normalised graded pace, as a speed (methods §2.5).
    pub ngp_mps: Option<f64>,
    /// Best mean graded speed over [`SPEED_DURATIONS_S`]; `None` where the run is shorter.
    pub best_graded_mps: [Option<f64>; 5],
    /// Shortest time (s) in which the graded distance covers [`EFFORT_DISTANCES_M`].
    pub best_effort_s: [Option<f64>; 5],
    /// Best mean heart rate over [`HEART_RATE_DURATIONS_S`], suspect seconds left out.
    pub best_heart_rate_bpm: [Option<f64>; 4],
    /// Lowest 60-s mean heart rate.
    pub lowest_heart_rate_bpm: Option<f64>,
    /// Decoupling of pace and heart rate, a fraction (methods §2.6).
    pub decoupling: Option<f64>,
    /// Normalised power over 30 s (methods §2.7).
    pub normalised_power_w: Option<f64>,
    /// A walk of at least 180 s closed the run.
    pub cooldown_walk_s: Option<f64>,
    /// Mean (graded speed, heart rate) of each full five minutes after the first five.
    pub windows: Vec<Window>,
    pub totals: DeviceTotals,
    pub watch: WatchVerdicts,
    pub settings: DeviceSettings,
    pub trace: Trace,
    pub read_notes: Vec<ReadNote>,
    pub notes: Vec<CleanNote>,
}

impl Digest {
    /// True where part of the recording is lost or its clock jumped, so that its length is not known for certain.
    pub fn length_is_in_doubt(&self) -> bool {
        let lost = self.read_notes.iter().any(|note| matches!(note, ReadNote::Broken { .. }));
        let jumped = |note: &CleanNote| matches!(note, CleanNote::ClockJumpedBack { .. } | CleanNote::FarOffSamples { .. });
        lost || self.notes.iter().any(jumped)
    }
}

/// Local clock minus UTC, in seconds, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtcOffset {
    pub seconds: i32,
    pub source: OffsetSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetSource {
    /// The device wrote its local time.
    Device,
    /// The time zone at the start position.
    Position,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DistanceSource {
    /// Cumulative distance of the device.
    Device,
    /// Sum of great-circle distances between positions.
    Positions,
    /// Integrated from recorded speed.
    Speed,
    /// Nothing to measure it with.
    None,
}

/// Five minutes of steady recording.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    pub graded_mps: f64,
    pub heart_rate_bpm: f64,
}

/// The run at one value a second, timer-on seconds only.
///
/// All vectors have the same length; `spans` say which seconds since the start they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Unbroken stretches: (seconds since the start of the run, number of values).
    pub spans: Vec<(u32, u32)>,
    /// bpm; 0 where missing.
    heart_rate: Vec<u8>,
    /// mm/s; `u16::MAX` where missing.
    speed: Vec<u16>,
    /// mm/s on the flat at the same heart rate; `u16::MAX` where missing.
    graded: Vec<u16>,
    /// Steps per minute, both feet; 0 where missing.
    cadence: Vec<u8>,
    flags: Vec<u8>,
}

/// One second of a [`Trace`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Second {
    pub heart_rate_bpm: Option<f64>,
    pub speed_mps: Option<f64>,
    pub graded_mps: Option<f64>,
    pub cadence_spm: Option<f64>,
    pub moving: bool,
    pub running: bool,
    /// The heart rate follows the cadence: the sensor may have locked on to the steps.
    pub cadence_lock: bool,
}

const MOVING: u8 = 1;
const RUNNING: u8 = 2;
const CADENCE_LOCK: u8 = 4;

impl Trace {
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    pub fn push(&mut self, second: Second) {
        let milli =
            |v: Option<f64>| v.map_or(u16::MAX, |v| (v * 1000.0).round().clamp(0.0, f64::from(u16::MAX - 1)) as u16);
        let byte = |v: Option<f64>| v.map_or(0, |v| v.round().clamp(1.0, 255.0) as u8);
        self.heart_rate.push(byte(second.heart_rate_bpm));
        self.speed.push(milli(second.speed_mps));
        self.graded.push(milli(second.graded_mps));
        self.cadence.push(byte(second.cadence_spm));
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        self.flags.push(
            flag(second.moving, MOVING) | flag(second.running, RUNNING) | flag(second.cadence_lock, CADENCE_LOCK),
        );
    }

    pub fn second(&self, i: usize) -> Second {
        let mps = |v: u16| (v != u16::MAX).then(|| f64::from(v) / 1000.0);
        let byte = |v: u8| (v != 0).then(|| f64::from(v));
        let flags = self.flags[i];
        Second {
            heart_rate_bpm: byte(self.heart_rate[i]),
            speed_mps: mps(self.speed[i]),
            graded_mps: mps(self.graded[i]),
            cadence_spm: byte(self.cadence[i]),
            moving: flags & MOVING != 0,
            running: flags & RUNNING != 0,
            cadence_lock: flags & CADENCE_LOCK != 0,
        }
    }

    pub fn seconds(&self) -> impl Iterator<Item = Second> + '_ {
        (0..self.len()).map(|i| self.second(i))
    }
}

/// Something cleaning had to put up with, or decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CleanNote {
    /// The clock jumped back by this much; what follows was moved on.
    ClockJumpedBack { seconds: f64 },
    /// Samples more than a day from the rest were left out.
    FarOffSamples { count: usize },
    /// Points that would need more than 12.5 m/s.
    PositionSpikes { count: usize },
    /// Heart-rate values replaced by the median of their surroundings.
    HeartRateSpikes { seconds: usize },
    /// The same value for three minutes or more: the strap was dead.
    HeartRateFlat { seconds: usize },
    /// The heart rate follows the cadence.
    CadenceLock { seconds: usize },
    /// Time with the timer on and nothing recorded.
    Gaps { seconds: f64 },
    /// Cadence was stored for one leg and was doubled.
    SingleLegCadence,
}
