//! The row of an activity.

use super::row;
use super::run::as_local_time;
use crate::load::Method;
use crate::season::{Assessed, Season};
use crate::units::round;
use jiff::Zoned;
use jiff::civil::Date;

row! {
    /// One activity that counts, of any sport: the loads of a day add up to the load in `days`.
    pub struct ActivityRow in "activities" {
        /// Its name everywhere: the same on any machine. A run's is its `run_id`.
        activity_id: String,
        /// Local day on which it started.
        date: Date,
        /// When it started, with the local offset (in Parquet in UTC).
        #[serde(serialize_with = "as_local_time")]
        started: Zoned,
        /// Local clock minus UTC, s.
        utc_offset_s: i32,
        /// Path within the folder that was read; for an archive with the entry.
        file: String,
        /// Title given by the runner or the service.
        name: Option<String>,
        /// `running`, `walking`, `cycling`, `swimming` or `other`, as the file says or as speed and steps suggest.
        sport: String,
        /// More exactly, such as `trail` or `treadmill`.
        sub_sport: String,
        /// It is a run, and so a row of `runs` too.
        is_run: bool,
        /// Metres; missing where nothing measured them.
        distance_m: Option<f64>,
        /// From start to end, s.
        elapsed_s: f64,
        /// With the timer on, s.
        timer_s: f64,
        /// Moving, s.
        moving_s: f64,
        /// Training load in points: 100 is one hour at threshold.
        load: f64,
        /// What the load was taken from: `heart_rate`, `pace`, `power`, `rpe` (effort felt), `duration` or `none`.
        load_method: Method,
        /// How far that method can be relied on, 0 to 1.
        load_quality: f64,
    }
}

impl ActivityRow {
    /// One row for every activity, in order of time.
    pub fn all(season: &Season) -> Vec<ActivityRow> {
        season.activities().iter().map(|activity| ActivityRow::of(activity, season)).collect()
    }

    fn of(activity: &Assessed, season: &Season) -> ActivityRow {
        let (recording, load) = (&activity.recording, activity.load);
        let digest = &recording.digest;
        ActivityRow {
            activity_id: recording.run_id().to_string(),
            date: recording.date(),
            started: recording.started.clone(),
            utc_offset_s: recording.started.offset().seconds(),
            file: recording.file.to_string(),
            name: digest.name.as_deref().map(str::to_owned),
            sport: recording.sport().to_string(),
            sub_sport: digest.sub_sport.to_string(),
            is_run: season.session_of(activity.id).is_some(),
            distance_m: digest.known_distance_m().map(|m| round(m, 1)),
            elapsed_s: round(digest.elapsed_s, 0),
            timer_s: round(digest.timer_s, 0),
            moving_s: round(digest.moving_s, 0),
            load: round(load.points, 1),
            load_method: load.method,
            load_quality: round(load.quality, 2),
        }
    }
}
