//! All that the rest of the program ever needs of one recording, in a few kB.
//!
//! A digest depends on the file's bytes alone: it knows no athlete, so it can be kept and used again whatever
//! the settings are. Whatever depends on a threshold is computed from its [`Trace`].

mod columns;
mod trace;
mod best;
mod offset;
mod build;
mod wire;

pub use crate::clean::distance::DistanceSource;
use crate::clean::gait::RUN_SPM;
pub use crate::clean::note::CleanNote;
pub use build::{digest, digest_at_last};
pub(crate) use trace::PackedTrace;
pub use trace::{Second, Trace};

use crate::activity::{DeviceSettings, DeviceTotals, Format, ReadNote, Sport, SubSport, Told, WatchVerdicts};
use crate::shown::Text;
use serde::{Deserialize, Serialize};

/// To be raised whenever reading (its limits too), cleaning or the digest changes what comes of any file, or how it is
/// laid out: what was kept under another version is not used again. A test compares the samples' digests with those of
/// this version.
pub const VERSION: u32 = 16;

/// Samples so far apart (s) on the average were meant to be: gaps between them are nothing odd.
const SPARSE_S: f64 = 8.0;

/// Durations (s) for which the best grade-adjusted speed is kept (methods §5.6).
pub const SPEED_DURATIONS_S: [u32; 5] = [600, 1200, 1800, 2700, 3600];

/// Durations (s) for which the best mean heart rate is kept (methods §5.1, §5.3).
pub const HEART_RATE_DURATIONS_S: [u32; 4] = [30, 1200, 1800, 3600];

/// Distances (m) over which the best grade-adjusted effort is kept (methods §5.4).
pub const EFFORT_DISTANCES_M: [f64; 5] = [400.0, 800.0, 1500.0, 3000.0, 5000.0];

/// One recording, cleaned and summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "wire::Wire", into = "wire::Wire")]
pub struct Digest {
    /// What kind of file it came from.
    pub format: Format,
    /// What the file says; `Unknown` where it says nothing.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// Title in the file.
    pub name: Option<Text>,
    /// What recorded it.
    pub device: Option<Text>,
    /// Unix time, UTC, of the first second on the timer, in milliseconds.
    pub start_ms: i64,
    /// Local clock minus UTC at the start, with its origin; `None` leaves it to the profile or the system.
    pub utc_offset: Option<UtcOffset>,
    /// From the first to the last second, pauses included.
    pub elapsed_s: f64,
    /// Whole seconds with the timer on; as many as the trace has values.
    pub timer_s: f64,
    /// Timer-on seconds faster than a standstill.
    pub moving_s: f64,
    /// Moving seconds whose gait is running.
    pub running_s: f64,
    /// 0 where nothing measured it, as the source says.
    pub distance_m: f64,
    /// Which of its sources the distance was taken from.
    pub distance_source: DistanceSource,
    /// False on a treadmill and without positions: nothing checks the pace.
    pub pace_reliable: bool,
    /// Climb, m.
    pub ascent_m: Option<f64>,
    /// Descent, m.
    pub descent_m: Option<f64>,
    /// Normalised graded pace, as a speed (methods §2.5).
    pub ngp_mps: Option<f64>,
    /// Best mean grade-adjusted speed over [`SPEED_DURATIONS_S`]; `None` where the run is shorter. Pauses of up to 60 s count as
    /// standing, longer ones end an effort; seconds without a speed count as standing too.
    pub best_gap_mps: [Option<f64>; 5],
    /// Best mean speed over five minutes, as it was run.
    pub best_5min_mps: Option<f64>,
    /// Shortest time (s) in which the grade-adjusted distance covers [`EFFORT_DISTANCES_M`]; pauses as above.
    pub best_effort_s: [Option<f64>; 5],
    /// Best mean heart rate over [`HEART_RATE_DURATIONS_S`] of which 90 % have one; cadence-locked seconds have none.
    pub best_heart_rate_bpm: [Option<f64>; 4],
    /// The same with them; they may be the runner's after all, which only the athlete's other runs can tell.
    pub best_heart_rate_with_lock_bpm: [Option<f64>; 4],
    /// Lowest 60-s mean heart rate.
    pub lowest_heart_rate_bpm: Option<f64>,
    /// Decoupling of pace and heart rate, a fraction (methods §2.6).
    pub decoupling: Option<f64>,
    /// Normalised power over 30 s (methods §2.7).
    pub normalised_power_w: Option<f64>,
    /// A walk of at least 180 s closed the run.
    pub cooldown_walk_s: Option<f64>,
    /// Mean (grade-adjusted speed, heart rate) of each full five minutes after the first five.
    pub windows: Vec<Window>,
    /// Samples recorded; 0 where there was a summary only.
    pub recorded: u32,
    /// What the device added up.
    pub totals: DeviceTotals,
    /// What the watch thought of it.
    pub watch: WatchVerdicts,
    /// What the watch knows of its runner.
    pub settings: DeviceSettings,
    /// What was said of it.
    pub told: Told,
    /// Mean altitude, m.
    pub altitude_m: Option<f64>,
    /// Altitude over the time of the timer, m, to be drawn: means of at most a hundred equal stretches; empty where none is
    /// known.
    pub profile_m: Vec<Option<f32>>,
    /// Every second with the timer on.
    pub trace: Trace,
    /// What reading left out or doubted.
    pub read_notes: Vec<ReadNote>,
    /// What cleaning changed or doubted.
    pub notes: Vec<CleanNote>,
}

impl Digest {
    /// Metres; `None` where nothing measured them.
    pub fn known_distance_m(&self) -> Option<f64> {
        (self.distance_source != DistanceSource::None).then_some(self.distance_m)
    }

    /// True where a sensor counted both feet's steps for at least half of the moving time, and they were a runner's. In a
    /// FIT file without a sport they may as well be turns of a crank.
    pub fn has_running_steps(&self) -> bool {
        if self.format == Format::Fit && self.sport == Sport::Unknown {
            return false;
        }
        let doubled = self.notes.iter().any(|note| matches!(note, CleanNote::SingleLegCadence));
        let running =
            self.trace.seconds().filter(|s| s.moving && s.cadence_spm.is_some_and(|spm| spm >= RUN_SPM)).count();
        !doubled && 2.0 * running as f64 >= self.moving_s.max(1.0)
    }

    /// Leaves out the heart rate and all that was taken from it: the runner says that it is wrong.
    pub fn forget_heart_rate(&mut self) {
        self.trace.forget_heart_rate();
        self.best_heart_rate_bpm = [None; 4];
        self.best_heart_rate_with_lock_bpm = [None; 4];
        self.lowest_heart_rate_bpm = None;
        self.decoupling = None;
        self.windows.clear();
    }

    /// True where the file holds a summary and no samples: the trace is made of its means.
    pub fn is_summary_only(&self) -> bool {
        self.read_notes.contains(&ReadNote::SummaryOnly)
    }

    /// What cleaning has to say for which something follows: a number changed by more than 2 %, or is in doubt. All else was
    /// mended in silence.
    pub fn mended(&self) -> impl Iterator<Item = &CleanNote> {
        const SAID_FROM: f64 = 0.02;
        let share = |seconds: f64| seconds > SAID_FROM * self.timer_s;
        let is_said = move |note: &&CleanNote| match note {
            CleanNote::SingleLegCadence | CleanNote::PositionSpikes { .. } => false,
            CleanNote::HeartRateSpikes { seconds } | CleanNote::HeartRateFlat { seconds } => share(*seconds as f64),
            CleanNote::Gaps { seconds } => share(*seconds) && self.recorded_spacing_s() < SPARSE_S,
            CleanNote::FarOffSamples { count } => *count as f64 > SAID_FROM * f64::from(self.recorded),
            _ => true,
        };
        self.notes.iter().filter(is_said)
    }

    /// Mean seconds from sample to sample.
    fn recorded_spacing_s(&self) -> f64 {
        self.timer_s / f64::from(self.recorded.max(1))
    }

    /// True where part of the recording is lost or its clock jumped, so that its length is not known for certain.
    pub fn length_is_in_doubt(&self) -> bool {
        use CleanNote::{ClockJumpedBack, ClockSet, FarOffSamples};
        let lost = self.read_notes.iter().any(|note| matches!(note, ReadNote::Broken { .. }));
        let jumped = |note: &CleanNote| match note {
            ClockJumpedBack { confirmed, .. } | ClockSet { confirmed, .. } => !confirmed,
            FarOffSamples { .. } => true,
            _ => false,
        };
        lost || self.notes.iter().any(jumped)
    }
}

/// Local clock minus UTC, in seconds, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtcOffset {
    /// Local time minus UTC, s.
    pub seconds: i32,
    /// Who says so.
    pub source: OffsetSource,
}

/// Where an offset comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetSource {
    /// The device wrote its local time.
    Device,
    /// The time zone at the start position.
    Position,
}

/// Five minutes of steady recording.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Mean grade-adjusted speed, m/s.
    pub gap_mps: f64,
    /// Mean heart rate, bpm.
    pub heart_rate_bpm: f64,
}
