//! What the planner is told: the runner's state on the morning of the first day, and the runner's wishes.

use jiff::civil::{Date, Weekday};

use super::{Kind, race::Race};

/// Everything the planner knows on the morning of the first planned day (methods §7.4). Missing is neutral.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The first day to plan.
    pub start: Date,
    /// Fitness (CTL, points) at the end of each of the last eight days, oldest first.
    pub fitness: Vec<f64>,
    /// Fatigue (ATL, points) at the end of yesterday.
    pub fatigue: f64,
    /// The last seven days, oldest first; a day without a run is a day of rest.
    pub history: Vec<PastDay>,
    /// Hours until the next hard session, counted from 08:00 of the first day.
    pub residual_h: f64,
    /// Days since the last long run: 1 = yesterday; `None` = none on record.
    pub days_since_long: Option<u32>,
    /// Days since the last hard session or race: 1 = yesterday; `None` = none on record.
    pub days_since_hard: Option<u32>,
    /// Races to come, and past ones for the protocol after them (those of the last two months are enough).
    pub races: Vec<Race>,
    /// Runs in each of the last four weeks: the usual number is the budget when the runner names none.
    pub runs_per_week: Vec<u32>,
    /// What the runner wishes.
    pub preferences: Preferences,
    /// How long and how hard this runner's sessions usually are.
    pub usual: Usual,
    /// How the runner feels on the first day.
    pub check_in: CheckIn,
    /// What the overtraining watch says.
    pub level: Level,
    /// Age in years.
    pub age_years: Option<f64>,
    /// Threshold speed, which sets the time planned for a race.
    pub threshold_mps: Option<f64>,
    /// The upper limits of easy running.
    pub ceilings: Ceilings,
}

/// One day that has been.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastDay {
    /// The hardest thing done that day.
    pub kind: Kind,
    /// The day's load in points.
    pub load: f64,
}

impl PastDay {
    /// A day without training.
    pub const REST: Self = Self { kind: Kind::Rest, load: 0.0 };
}

/// What the runner wishes; whatever is not named is derived from the usual number of runs a week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// The day the runner prefers to relax.
    pub rest_day: Option<Weekday>,
    /// The runner's busiest day: a short run at most.
    pub busy_day: Option<Weekday>,
    /// The day of the long run.
    pub long_day: Option<Weekday>,
    /// Days on which the runner cannot train.
    pub unavailable: Vec<Date>,
    /// Most runs in any seven days.
    pub max_runs: Option<u32>,
    /// Most days in a row with a run.
    pub max_consecutive: Option<u32>,
    /// Most hard sessions in any seven days, races included.
    pub max_hard: Option<u32>,
}

/// How the runner feels on the first day (methods §7.7). Missing is neutral.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CheckIn {
    /// Muscle soreness, 0–10.
    pub soreness: Option<f64>,
    /// Hours slept last night.
    pub sleep_h: Option<f64>,
    /// Motivation, 1–5.
    pub motivation: Option<u8>,
    /// Ill today.
    pub ill: bool,
    /// In pain, which is more than sore.
    pub pain: bool,
}

/// What the overtraining watch says (methods §7.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing unusual.
    #[default]
    Green,
    /// A few signals: no long run, no hard session for a week.
    Amber,
    /// Many signals: a week of rest and recovery runs, then a week of amber.
    Red,
}

/// This runner's own medians; a missing one is replaced by a common value (methods §7.4).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usual {
    /// Median minutes of an easy run.
    pub easy_min: Option<f64>,
    /// Median minutes of a long run.
    pub long_min: Option<f64>,
    /// Median minutes of a hard session, warm-up included.
    pub hard_min: Option<f64>,
    /// Minutes of the longest run of the last 30 days.
    pub longest_30d_min: Option<f64>,
    /// Median load per hour by kind of day.
    pub load_per_h: LoadPerHour,
}

/// Own median load in points per hour for each kind of day; to be given where at least three runs tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadPerHour {
    /// Of recovery runs.
    pub recovery: Option<f64>,
    /// Of easy runs.
    pub easy: Option<f64>,
    /// Of long runs.
    pub long: Option<f64>,
    /// Of hard sessions.
    pub hard: Option<f64>,
    /// Of walking and jogging in turns.
    pub walk_jog: Option<f64>,
    /// Of walks, easy rides and swims.
    pub cross_train: Option<f64>,
    /// Of shakeouts.
    pub shakeout: Option<f64>,
}

/// The upper limits of easy running (methods §6.2, §7.5); a missing one is not prescribed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ceilings {
    /// Heart rate ceiling of a recovery run.
    pub recovery_hr_bpm: Option<f64>,
    /// Heart rate at the first lactate threshold (LT1): the ceiling of an easy run.
    pub easy_hr_bpm: Option<f64>,
    /// Heart rate ceiling of cross-training: 0.70 of the maximum.
    pub cross_train_hr_bpm: Option<f64>,
    /// Graded speed a recovery run stays below.
    pub recovery_speed_mps: Option<f64>,
    /// Graded speed an easy run stays below: 0.86 of the threshold speed.
    pub easy_speed_mps: Option<f64>,
}

impl Ceilings {
    /// The heart rate ceiling of a kind of day in bpm; none for rest, hard sessions and races.
    pub fn heart_rate_max_bpm(&self, kind: Kind) -> Option<f64> {
        match kind {
            Kind::Recovery | Kind::WalkJog | Kind::Shakeout => self.recovery_hr_bpm,
            Kind::Easy | Kind::Long => self.easy_hr_bpm,
            Kind::CrossTrain => self.cross_train_hr_bpm,
            Kind::Rest | Kind::Hard | Kind::Race => None,
        }
    }

    /// The fastest pace of a kind of day in seconds per kilometre of flat ground.
    pub fn pace_min_s_per_km(&self, kind: Kind) -> Option<f64> {
        let speed_mps = match kind {
            Kind::Recovery | Kind::WalkJog | Kind::Shakeout => self.recovery_speed_mps,
            Kind::Easy | Kind::Long => self.easy_speed_mps,
            Kind::CrossTrain | Kind::Rest | Kind::Hard | Kind::Race => None,
        };
        speed_mps.filter(|v| *v > 0.0).map(|v| 1000.0 / v)
    }
}

/// Fewest and most runs a week the planner assumes when the runner names no number.
const RUNS_PER_WEEK: (f64, f64) = (2.0, 6.0);
/// The budget when there is neither a wish nor a history.
const RUNS_PER_WEEK_UNKNOWN: f64 = 3.0;

/// How much the runner does at most, wishes and defaults together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most runs in any seven days.
    pub runs: u32,
    /// Most days in a row with a run.
    pub consecutive: u32,
    /// Most hard sessions in any seven days.
    pub hard: u32,
}

impl State {
    /// The limits: the runner's own, else from the usual number of runs a week (methods §7.4).
    pub fn limits(&self) -> Limits {
        let wish = &self.preferences;
        let runs = wish.max_runs.unwrap_or_else(|| usual_runs(&self.runs_per_week));
        let hard = match runs {
            5.. => 2,
            3.. => 1,
            _ => 0,
        };
        Limits {
            runs,
            consecutive: wish.max_consecutive.unwrap_or(if runs <= 3 { 2 } else { 6 }),
            hard: wish.max_hard.unwrap_or(hard),
        }
    }
}

/// The median number of runs a week, 2 to 6.
fn usual_runs(weeks: &[u32]) -> u32 {
    let mut weeks = weeks.to_vec();
    weeks.sort_unstable();
    let middle = weeks.len() / 2;
    let median = match weeks.len() {
        0 => RUNS_PER_WEEK_UNKNOWN,
        n if n % 2 == 1 => f64::from(weeks[middle]),
        _ => f64::midpoint(f64::from(weeks[middle - 1]), f64::from(weeks[middle])),
    };
    median.round_ties_even().clamp(RUNS_PER_WEEK.0, RUNS_PER_WEEK.1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_follow_the_usual_week_unless_the_runner_says_otherwise() {
        let limits = |weeks: &[u32]| State { runs_per_week: weeks.to_vec(), ..State::default() }.limits();
        assert_eq!(limits(&[5, 5, 6, 4]), Limits { runs: 5, consecutive: 6, hard: 2 });
        assert_eq!(limits(&[3, 4, 3, 4]), Limits { runs: 4, consecutive: 6, hard: 1 });
        assert_eq!(limits(&[2, 3, 3, 2]), Limits { runs: 2, consecutive: 2, hard: 0 });
        assert_eq!(limits(&[9, 9, 9, 9]).runs, 6);
        assert_eq!(limits(&[]).runs, 3);
        let preferences =
            Preferences { max_runs: Some(4), max_consecutive: Some(3), max_hard: Some(0), ..Preferences::default() };
        let own = State { preferences, runs_per_week: vec![6; 4], ..State::default() };
        assert_eq!(own.limits(), Limits { runs: 4, consecutive: 3, hard: 0 });
    }

    #[test]
    fn ceilings_by_kind() {
        let ceilings = Ceilings {
            recovery_hr_bpm: Some(141.0),
            easy_hr_bpm: Some(150.0),
            cross_train_hr_bpm: Some(133.0),
            recovery_speed_mps: Some(2.5),
            easy_speed_mps: Some(3.125),
        };
        assert_eq!(ceilings.heart_rate_max_bpm(Kind::Recovery), Some(141.0));
        assert_eq!(ceilings.heart_rate_max_bpm(Kind::Long), Some(150.0));
        assert_eq!(ceilings.heart_rate_max_bpm(Kind::CrossTrain), Some(133.0));
        assert_eq!(ceilings.heart_rate_max_bpm(Kind::Hard), None);
        assert_eq!(ceilings.pace_min_s_per_km(Kind::Shakeout), Some(400.0));
        assert_eq!(ceilings.pace_min_s_per_km(Kind::Easy), Some(320.0));
        assert_eq!(ceilings.pace_min_s_per_km(Kind::CrossTrain), None);
    }
}
