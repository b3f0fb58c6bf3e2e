//! What the planner is told: what has been run, what the runner wishes, how the runner feels.

use super::Kind;
pub use super::watch::{Level, Signal};
pub use crate::checkin::CheckIn;
use crate::physiology::training::Fitness;
pub use crate::profile::{DateRange, Goal, Priority};
use jiff::civil::{Date, Weekday};

/// Everything the planner knows on the morning of the first planned day (methods §7). Missing is neutral.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanInputs {
    /// The first day to plan.
    pub start: Date,
    /// Every day from the first run on file to the day before `start`, oldest first. The last 13 months are enough.
    pub past: Vec<PastDay>,
    /// The day of the first run on file.
    pub first_run: Option<Date>,
    /// Fitness and fatigue on the morning of `start`.
    pub fitness: Fitness,
    /// Fitness (CTL, points) at the end of each of the last seven days before `start`, oldest first.
    pub fitness_before: Vec<f64>,
    /// Whether fitness and form say something yet: 42 days on file, none of them after 42 days without load.
    pub settled: bool,
    /// Hours from 0:00 of `start` until a hard session is due again.
    pub ready_h: f64,
    /// Races to come, and past ones: those on file and those the runner named.
    pub races: Vec<Race>,
    /// What the runner wants.
    pub wishes: Wishes,
    /// How the runner felt, by day; those of the last month are enough.
    pub check_ins: Vec<CheckIn>,
    /// What the overtraining watch says.
    pub level: Level,
    /// Days since the level was first reached; 0 = today.
    pub level_days: u32,
    /// The signals by which it was reached.
    pub signals: Vec<Signal>,
    /// Age in years.
    pub age_years: Option<f64>,
    /// Heart rates say nothing of this runner's effort, as the profile says.
    pub goes_by_effort: bool,
    /// Hours from 0:00 of `start` until the next hard session by other conventions than `ready_h`.
    pub due: Due,
    /// How far heart rate drifted against pace in the last two long runs, if it did so in both: the smaller share.
    pub fade: Option<f64>,
    /// What is usual, and what is threshold.
    pub paces: Paces,
    /// The upper limits of easy running.
    pub ceilings: Ceilings,
    /// Monday of a week the runner wants to be a down week.
    pub cut_back: Option<Date>,
    /// The hard session or long run that an earlier plan had on the day before `start`, and that was not run.
    pub missed: Option<Kind>,
    /// What the runner means to do on the first day, whatever the plan would say: a what-if.
    pub first_day: Option<Kind>,
}

/// Nobody under this age is given hard or long days.
const ADULT_YEARS: f64 = 18.0;

impl PlanInputs {
    /// Under 18.
    pub fn is_young(&self) -> bool {
        self.age_years.is_some_and(|age| age < ADULT_YEARS)
    }
}

/// When the next hard session is due by conventions that decide nothing: they are shown beside the plan's own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Due {
    /// By the recovery time that the watch gave after the last run; `None` once it is over.
    pub watch_h: Option<f64>,
    /// By how far apart the runner's own hard sessions usually lie; `None` once that is over.
    pub own_spacing_h: Option<f64>,
}

/// One day that has been, or is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PastDay {
    /// The hardest thing done that day.
    pub kind: Kind,
    /// Whether the next days should be easier: by its kind, or by its load or novelty.
    pub taxing: bool,
    /// The day's load in points, all sports.
    pub load: f64,
    /// Of it, other sports.
    pub other_load: f64,
    /// Minutes run, races included.
    pub minutes: f64,
    /// Kilometres raced.
    pub race_km: Option<f64>,
    /// Minutes raced.
    pub race_minutes: f64,
    /// The longest single run, races apart, in minutes.
    pub longest_min: f64,
    /// The longest single run, races apart, in kilometres.
    pub longest_km: f64,
    /// Runs at least three hours apart.
    pub sessions: u8,
    /// Minutes at or above threshold in a hard session.
    pub hard_minutes: f64,
    /// A run whose soreness comes late: much descent, or unusual in length or load.
    pub late_soreness: bool,
    /// Local hour at which the main run began.
    pub hour: Option<f64>,
}

impl PastDay {
    /// A day without training.
    pub const REST: Self = Self {
        kind: Kind::Rest,
        taxing: false,
        load: 0.0,
        other_load: 0.0,
        minutes: 0.0,
        race_km: None,
        race_minutes: 0.0,
        longest_min: 0.0,
        longest_km: 0.0,
        sessions: 0,
        hard_minutes: 0.0,
        late_soreness: false,
        hour: None,
    };

    /// True of a day with a run.
    pub fn is_run(&self) -> bool {
        self.kind.is_run()
    }

    /// The hard session or long run that was planned for this day, where nothing as demanding was done.
    pub fn missed(&self, planned: Kind) -> Option<Kind> {
        let is_done = self.taxing || self.kind.is_taxing();
        (matches!(planned, Kind::Hard | Kind::Long) && !is_done).then_some(planned)
    }

    /// Minutes run, races apart.
    pub fn training_minutes(&self) -> f64 {
        (self.minutes - self.race_minutes).max(0.0)
    }
}

/// A race, run or to be run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Race {
    /// Day of the race.
    pub date: Date,
    /// Distance, km.
    pub distance_km: f64,
    /// The time hoped for, minutes.
    pub goal_min: Option<f64>,
    /// How much it matters.
    pub priority: Priority,
}

/// What the runner wishes; whatever is not named follows the habit. Index 0 of the weekday arrays is Monday.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// The day the runner prefers to relax.
    pub rest_day: Option<Weekday>,
    /// The runner's busiest day: a short recovery run at most.
    pub busy_day: Option<Weekday>,
    /// The day of the long run.
    pub long_day: Option<Weekday>,
    /// Weekdays on which the runner cannot run.
    pub weekdays_off: [bool; 7],
    /// Days on which the runner cannot run.
    pub dates_off: Vec<DateRange>,
    /// Minutes at most on a weekday.
    pub minutes_at_most: [Option<f64>; 7],
    /// Run days a week at most, Monday to Sunday; races come first.
    pub runs_at_most: Option<u32>,
    /// No hard and no long days.
    pub no_hard: bool,
    /// What the plan should lead to.
    pub goal: Goal,
}

/// The runner's own speeds, m/s of flat ground.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paces {
    /// The speed one can hold for an hour.
    pub threshold_mps: Option<f64>,
    /// Usual speed of easy running.
    pub easy_mps: Option<f64>,
    /// Whether threshold speed has at least medium trust: only then paces are prescribed.
    pub is_trusted: bool,
    /// Threshold heart rate, bpm.
    pub threshold_bpm: Option<f64>,
    /// Share of a recovery run to be walked, where even the slowest jog is too hard; else 0.
    pub walk_share: f64,
}

/// The upper limits of easy running (methods §6.2, §7); a missing one is not prescribed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ceilings {
    /// Heart rate ceiling of a recovery run.
    pub recovery_hr_bpm: Option<f64>,
    /// Heart rate at the first lactate threshold (LT1): the ceiling of an easy run.
    pub easy_hr_bpm: Option<f64>,
    /// Heart rate ceiling of cross-training: 0.70 of the maximum.
    pub cross_train_hr_bpm: Option<f64>,
    /// Grade-adjusted speed a recovery run stays below.
    pub recovery_speed_mps: Option<f64>,
    /// Grade-adjusted speed an easy run stays below.
    pub easy_speed_mps: Option<f64>,
}

impl Ceilings {
    /// The same in the order of effort: recovery never above easy, cross-training never above recovery.
    #[must_use]
    pub fn ordered(self) -> Self {
        let least = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, _) => one,
        };
        let recovery_hr_bpm = least(self.recovery_hr_bpm, self.easy_hr_bpm);
        Self {
            recovery_hr_bpm,
            cross_train_hr_bpm: least(self.cross_train_hr_bpm, recovery_hr_bpm),
            recovery_speed_mps: least(self.recovery_speed_mps, self.easy_speed_mps),
            ..self
        }
    }

    /// The heart rate ceiling of a kind of day in bpm; none for rest, hard sessions and races.
    pub fn heart_rate_ceiling_bpm(&self, kind: Kind) -> Option<f64> {
        match kind {
            Kind::Recovery | Kind::WalkJog | Kind::Shakeout => self.recovery_hr_bpm,
            Kind::Easy | Kind::Long => self.easy_hr_bpm,
            Kind::CrossTrain => self.cross_train_hr_bpm,
            Kind::Rest | Kind::Hard | Kind::Race => None,
        }
    }

    /// The fastest pace of a kind of day in seconds per kilometre of flat ground.
    pub fn pace_ceiling_s_per_km(&self, kind: Kind) -> Option<f64> {
        let speed_mps = match kind {
            Kind::Recovery | Kind::WalkJog | Kind::Shakeout => self.recovery_speed_mps,
            Kind::Easy | Kind::Long => self.easy_speed_mps,
            Kind::CrossTrain | Kind::Rest | Kind::Hard | Kind::Race => None,
        };
        speed_mps.filter(|v| *v > 0.0).map(|v| 1000.0 / v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ceilings_rise_with_effort() {
        let given = Ceilings {
            recovery_hr_bpm: Some(152.0),
            easy_hr_bpm: Some(150.0),
            cross_train_hr_bpm: Some(133.0),
            recovery_speed_mps: Some(3.2),
            easy_speed_mps: Some(3.125),
        };
        let ordered = given.ordered();
        assert_eq!(ordered.heart_rate_ceiling_bpm(Kind::Recovery), Some(150.0));
        assert_eq!(ordered.heart_rate_ceiling_bpm(Kind::Long), Some(150.0));
        assert_eq!(ordered.heart_rate_ceiling_bpm(Kind::Hard), None);
        assert_eq!(ordered.pace_ceiling_s_per_km(Kind::Shakeout), Some(320.0));
        assert_eq!(ordered.pace_ceiling_s_per_km(Kind::CrossTrain), None);
    }
}
