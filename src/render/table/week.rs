//! The row of a week.

use super::row;
use crate::label::Label;
use crate::physiology::training::IntensityShares;
use crate::season::{Season, Week};
use crate::units::round;
use jiff::civil::Date;

row! {
    /// One week, Monday to Sunday.
    pub struct WeekRow in "weeks" {
        /// Its first day.
        monday: Date,
        /// Recordings of runs; walks are none.
        runs: usize,
        /// Metres run.
        distance_m: f64,
        /// Moving time of these runs, s.
        moving_s: f64,
        /// Load of all activities, points.
        load: f64,
        /// Time below the first threshold, by heart rate, else by pace, s.
        zone_easy_s: f64,
        /// Time from the first threshold up to the threshold, s.
        zone_middle_s: f64,
        /// Time from the threshold on, s.
        zone_hard_s: f64,
        /// log10(easy/middle·hard·100) of the shares of these three (Treff et al. 2019, Front Physiol 10:707); above 2 is
        /// polarised.
        polarisation_index: Option<f64>,
        /// Moving time of what was mostly walked, s.
        walk_s: f64,
        /// Moving time of shakeouts before a race, s.
        shakeout_s: f64,
        /// Moving time of recovery runs, s.
        recovery_s: f64,
        /// Moving time of runs meant for recovery and run too hard, s.
        recovery_too_hard_s: f64,
        /// Moving time of easy runs, s.
        easy_s: f64,
        /// Moving time of steady runs, s.
        steady_s: f64,
        /// Moving time of long runs, s.
        long_s: f64,
        /// Moving time of tempo runs, s.
        tempo_s: f64,
        /// Moving time of interval sessions, s.
        intervals_s: f64,
        /// Moving time of races, s.
        race_s: f64,
        /// Moving time of recordings too short to judge, s.
        fragment_s: f64,
        /// Moving time of runs that could not be judged, s.
        unknown_s: f64,
    }
}

impl WeekRow {
    /// One row for every week.
    pub fn all(season: &Season) -> Vec<WeekRow> {
        season.weeks().iter().map(WeekRow::of).collect()
    }

    fn of(week: &Week) -> WeekRow {
        let [low, middle, high] = week.zone_s.map(|s| round(s, 0));
        let seconds = |label: Label| round(week.moving_s_by_label[label as usize], 0);
        WeekRow {
            monday: week.monday,
            runs: week.runs,
            distance_m: round(week.distance_m, 1),
            moving_s: round(week.moving_s, 0),
            load: round(week.load, 1),
            zone_easy_s: low,
            zone_middle_s: middle,
            zone_hard_s: high,
            polarisation_index: IntensityShares::of_seconds(low, middle, high)
                .and_then(IntensityShares::polarization_index)
                .map(|index| round(index, 2)),
            walk_s: seconds(Label::Walk),
            shakeout_s: seconds(Label::Shakeout),
            recovery_s: seconds(Label::Recovery),
            recovery_too_hard_s: seconds(Label::RecoveryTooHard),
            easy_s: seconds(Label::Easy),
            steady_s: seconds(Label::Steady),
            long_s: seconds(Label::Long),
            tempo_s: seconds(Label::Tempo),
            intervals_s: seconds(Label::Intervals),
            race_s: seconds(Label::Race),
            fragment_s: seconds(Label::Fragment),
            unknown_s: seconds(Label::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Row;
    use super::*;

    #[test]
    fn every_label_has_its_column() {
        let columns: Vec<&str> = WeekRow::COLUMNS.iter().map(|column| column.name).collect();
        let labels: Vec<String> = Label::ALL.iter().map(|label| format!("{}_s", label.word())).collect();
        assert_eq!(columns[9..], labels);
    }
}
