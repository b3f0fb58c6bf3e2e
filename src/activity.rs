//! What a file said, in SI units and UTC, before anything is judged or mended.

use crate::shown::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One recorded activity: the samples in file order and what the device said about the whole.
///
/// A file holds one activity, several (multisport, several GPX tracks) or none. Missing is `None`, never 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// What kind of file it came from.
    pub format: Format,
    /// What the file says; `Unknown` where it says nothing.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// Title given by the runner or the service.
    pub name: Option<Text>,
    /// Maker and model, as far as the file tells.
    pub device: Option<Text>,
    /// The device's own start of the activity; the first sample may be later.
    pub start: Option<Timestamp>,
    /// Local clock minus UTC in seconds, where the file states it.
    pub utc_offset_s: Option<i32>,
    /// Samples in file order; times may repeat or run backwards, cleaning sees to it.
    pub samples: Vec<Sample>,
    /// When the timer was stopped and started, in file order; empty where the format has no such events.
    pub timer: Vec<TimerEvent>,
    /// Where the altitude comes from, which decides how much it is smoothed.
    pub altitude: AltitudeSource,
    /// What the device added up.
    pub totals: DeviceTotals,
    /// What the laps of a FIT file add up to, where it has them.
    pub laps: LapTotals,
    /// What the watch thought of it.
    pub watch: WatchVerdicts,
    /// What the watch knows of its runner.
    pub settings: DeviceSettings,
    /// What was said of it beforehand or afterwards.
    pub told: Told,
    /// What reading it left out or doubted.
    pub notes: Vec<ReadNote>,
}

/// One recorded moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Unix time, UTC, in milliseconds.
    pub time_ms: i64,
    /// True on the first sample after a break that the format itself marks (GPX `<trkseg>`, TCX `<Track>`).
    pub starts_segment: bool,
    /// Latitude and longitude in degrees, WGS 84.
    pub position: Option<(f64, f64)>,
    /// Altitude above sea level, m.
    pub altitude_m: Option<f64>,
    /// Cumulative distance as counted by the device.
    pub distance_m: Option<f64>,
    /// Speed, m/s.
    pub speed_mps: Option<f64>,
    /// Heart rate, beats per minute.
    pub heart_rate_bpm: Option<f64>,
    /// Steps per minute, both feet.
    pub cadence_spm: Option<f64>,
    /// Power, W; as precise as a meter, in half the room: a recording has hundreds of thousands of samples.
    pub power_w: Option<f32>,
}

/// Power as samples hold it, W; what is negative or no number is none.
pub fn watts(power_w: Option<f64>) -> Option<f32> {
    power_w.map(|watts| watts as f32).filter(|watts| *watts >= 0.0 && watts.is_finite())
}

/// The timer was started or stopped at `time_ms` (Unix milliseconds, UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerEvent {
    /// Unix time, UTC, in milliseconds.
    pub time_ms: i64,
    /// The timer starts here; else it stops.
    pub running: bool,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Fit,
    Gpx,
    Tcx,
    Kml,
    AppleHealth,
    Polar,
}

/// The sports that matter here; everything else is `Other`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Sport {
    Running,
    Walking,
    Cycling,
    Swimming,
    /// Named by the file, and none of the above.
    Other,
    /// Not named by the file; gait decides.
    #[default]
    Unknown,
}

/// How or where a sport is done; `Generic` where the file says nothing closer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
#[serde(rename_all = "snake_case")]
pub enum SubSport {
    #[default]
    Generic,
    Treadmill,
    Street,
    Trail,
    Track,
    IndoorRunning,
    Virtual,
    Ultra,
}

/// Where the altitudes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AltitudeSource {
    /// FIT: assumed to come from a barometer.
    Barometric,
    /// GPX, TCX and phones: satellite or map altitude, noisier.
    Satellite,
}

/// The device's own totals (FIT `session`, TCX laps), kept to compare with, not to believe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeviceTotals {
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// From start to end, pauses included, s.
    pub elapsed_s: Option<f64>,
    /// With the timer on, s.
    pub timer_s: Option<f64>,
    /// Climb, m.
    pub ascent_m: Option<f64>,
    /// Descent, m.
    pub descent_m: Option<f64>,
    /// Mean heart rate, bpm.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest heart rate, bpm.
    pub heart_rate_max_bpm: Option<f64>,
}

/// Sums over the laps, kept beside the device's own totals: a session that was cut short may know less.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LapTotals {
    /// With the timer on, s; 0 without laps.
    pub timer_s: f64,
    /// Distance, m; 0 where no lap tells.
    pub distance_m: f64,
}

/// What the watch itself concluded, and how the runner said it felt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WatchVerdicts {
    /// Aerobic training effect, 0..=5.
    pub training_effect: Option<f64>,
    /// Anaerobic training effect, 0..=5.
    pub anaerobic_training_effect: Option<f64>,
    /// EPOC-based exercise load, in the maker's points.
    pub exercise_load: Option<f64>,
    /// What the watch says it was good for.
    pub primary_benefit: Option<PrimaryBenefit>,
    /// Recovery time the watch asks for, in hours.
    pub recovery_time_h: Option<f64>,
    /// Rating of perceived exertion, 0..=10.
    pub rpe: Option<f64>,
    /// How it felt, 0 (very weak) ..= 100 (very strong).
    pub feel: Option<f64>,
}

/// Garmin's label for what a session was good for (FIT `session` field 188).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PrimaryBenefit {
    None,
    Recovery,
    AerobicBase,
    Tempo,
    LactateThreshold,
    Vo2Max,
    AnaerobicCapacity,
    Speed,
}

impl PrimaryBenefit {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            PrimaryBenefit::None => "none",
            PrimaryBenefit::Recovery => "recovery",
            PrimaryBenefit::AerobicBase => "aerobic_base",
            PrimaryBenefit::Tempo => "tempo",
            PrimaryBenefit::LactateThreshold => "lactate_threshold",
            PrimaryBenefit::Vo2Max => "vo2_max",
            PrimaryBenefit::AnaerobicCapacity => "anaerobic_capacity",
            PrimaryBenefit::Speed => "speed",
        }
    }
}

/// What the watch and the service were told of the run: what it was meant to be, how it felt, how warm it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Name of the workout that the watch led through.
    pub workout: Option<Text>,
    /// Intensities of that workout's steps, in order.
    pub steps: Vec<Intensity>,
    /// Laps to which the watch gave an intensity, in order.
    pub laps: Vec<Lap>,
    /// What the service's list says the run was.
    pub flag: Option<Flag>,
    /// Air temperature by the service's weather, °C; never the watch's own sensor, which the arm warms.
    pub air_c: Option<f64>,
}

/// One lap with the intensity it was meant to have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lap {
    /// Unix time, UTC, in milliseconds.
    pub start_ms: i64,
    /// On the timer, s.
    pub timer_s: f64,
    /// How hard it was meant to be.
    pub intensity: Intensity,
}

/// What a lap or a step of a workout is for (FIT `intensity`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Intensity {
    Active,
    Rest,
    WarmUp,
    CoolDown,
    Recovery,
    Interval,
    Other,
}

/// What the service's list calls a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Flag {
    Recovery,
    LongRun,
    Competition,
}

impl Intensity {
    /// Hard parts of a workout.
    pub fn is_work(self) -> bool {
        matches!(self, Intensity::Active | Intensity::Interval)
    }

    /// What lies between them.
    pub fn is_rest(self) -> bool {
        matches!(self, Intensity::Rest | Intensity::Recovery)
    }
}

impl Told {
    /// How often the workout's steps, or else the laps, go from work to rest: a workout of repetitions has at least three.
    pub fn repetitions(&self) -> usize {
        let changes = |intensities: Vec<Intensity>| {
            intensities.windows(2).filter(|pair| pair[0].is_work() && pair[1].is_rest()).count()
        };
        changes(self.steps.clone()).max(changes(self.laps.iter().map(|lap| lap.intensity).collect()))
    }

    /// Every step but warm-up and cool-down is one of recovery.
    pub fn is_recovery(&self) -> bool {
        let mut main =
            self.steps.iter().filter(|step| !matches!(step, Intensity::WarmUp | Intensity::CoolDown)).peekable();
        main.peek().is_some() && main.all(|step| *step == Intensity::Recovery)
    }
}

/// What the device knew of its owner when it recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeviceSettings {
    /// Highest heart rate, bpm.
    pub heart_rate_max_bpm: Option<f64>,
    /// Resting heart rate, bpm.
    pub heart_rate_rest_bpm: Option<f64>,
    /// Threshold heart rate, bpm.
    pub heart_rate_threshold_bpm: Option<f64>,
    /// As the device has it.
    pub sex: Option<Sex>,
    /// Age, years.
    pub age_years: Option<f64>,
}

/// As training impulse needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// The word in the profile.
    pub fn word(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
        }
    }
}

/// Something the reader had to put up with. The run is still used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ReadNote {
    /// The checksum does not match; the values are used as they are.
    ChecksumMismatch,
    /// The file ends or breaks in the middle; what precedes is used.
    Broken { reason: Text },
    /// No summary of the activity in the file; totals come from the samples.
    NoSummary,
    /// Points without a time were left out.
    UntimedPoints { count: usize },
    /// Power comes from a developer field because no native power was recorded.
    DeveloperPower { field: Text },
    /// Something that is not FIT follows a sound recording.
    TrailingBytes { count: usize },
    /// No samples were recorded: those there are were made from the summary.
    SummaryOnly,
    /// Between the recordings of a file lies something that is not FIT.
    AlienBytes { count: usize },
    /// What the file was packed in breaks off or cannot be unpacked to its end; what came out is used.
    DamagedPacking,
    /// The route of a workout is missing or could not be read.
    NoRoute,
}

impl ReadNote {
    /// True where part of the file is lost or damaged.
    pub fn is_salvage(&self) -> bool {
        use ReadNote::{AlienBytes, Broken, ChecksumMismatch, DamagedPacking, TrailingBytes};
        matches!(self, Broken { .. } | ChecksumMismatch | TrailingBytes { .. } | AlienBytes { .. } | DamagedPacking)
    }
}

impl fmt::Display for ReadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadNote::ChecksumMismatch => f.write_str("its checksum does not match; the values were used as they are"),
            ReadNote::Broken { reason } => write!(f, "it breaks off ({reason}); everything before that was used"),
            ReadNote::NoSummary => f.write_str("it has no summary; totals come from its samples"),
            ReadNote::UntimedPoints { count } => write!(f, "{count} points without a time were left out"),
            ReadNote::DeveloperPower { field } => write!(f, "power comes from the developer field «{field}»"),
            ReadNote::TrailingBytes { count } => {
                write!(f, "{count} bytes at its end are not FIT; everything before them was used")
            }
            ReadNote::AlienBytes { count } => {
                write!(f, "{count} bytes between its recordings are not FIT; the recordings were used")
            }
            ReadNote::DamagedPacking => {
                f.write_str("what it was packed in is cut off or damaged; what could be unpacked was used")
            }
            ReadNote::NoRoute => f.write_str("its route could not be read; heart rate and distance were used"),
            ReadNote::SummaryOnly => {
                f.write_str("it holds a summary but no samples, so its averages stand for the whole")
            }
        }
    }
}

impl fmt::Display for Sport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sport::Running => "running",
            Sport::Walking => "walking",
            Sport::Cycling => "cycling",
            Sport::Swimming => "swimming",
            Sport::Other => "other",
            Sport::Unknown => "unknown",
        })
    }
}

impl fmt::Display for SubSport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SubSport::Generic => "generic",
            SubSport::Treadmill => "treadmill",
            SubSport::Street => "street",
            SubSport::Trail => "trail",
            SubSport::Track => "track",
            SubSport::IndoorRunning => "indoor_running",
            SubSport::Virtual => "virtual_activity",
            SubSport::Ultra => "ultra",
        })
    }
}

impl SubSport {
    /// Treadmill and its like: no positions, a distance that cannot be checked.
    pub fn is_indoor(self) -> bool {
        matches!(self, SubSport::Treadmill | SubSport::IndoorRunning | SubSport::Virtual)
    }
}

impl Activity {
    /// Its samples are of more than one moment.
    pub fn takes_time(&self) -> bool {
        self.samples.windows(2).any(|pair| pair[0].time_ms != pair[1].time_ms)
    }

    /// An activity of this format about which nothing is known yet.
    pub fn new(format: Format) -> Self {
        let altitude = if format == Format::Fit { AltitudeSource::Barometric } else { AltitudeSource::Satellite };
        Activity {
            format,
            sport: Sport::Unknown,
            sub_sport: SubSport::Generic,
            name: None,
            device: None,
            start: None,
            utc_offset_s: None,
            samples: Vec::new(),
            timer: Vec::new(),
            altitude,
            totals: DeviceTotals::default(),
            laps: LapTotals::default(),
            watch: WatchVerdicts::default(),
            settings: DeviceSettings::default(),
            told: Told::default(),
            notes: Vec::new(),
        }
    }
}
