//! The row of a run.

use crate::activity::PrimaryBenefit;
use crate::heart_rate::Coverage;
use crate::label::{self, Label, Labelled, Reason};
use crate::load::Method;
use crate::season::{Assessed, Season};
use crate::units::round;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A judged run. Its fields are the columns of `runs.csv`, `runs.json` and `runs.parquet`, in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunRow {
    /// Local day.
    pub date: Date,
    /// RFC 3339 with the local offset.
    pub started: String,
    pub file: String,
    pub name: Option<String>,
    pub sport: String,
    pub sub_sport: String,
    pub distance_m: Option<f64>,
    pub elapsed_s: f64,
    pub timer_s: f64,
    pub moving_s: f64,
    pub ascent_m: Option<f64>,
    pub descent_m: Option<f64>,
    pub heart_rate_mean_bpm: Option<f64>,
    pub heart_rate_max_bpm: Option<f64>,
    /// Moving time with a heart rate over moving time, 0..=1.
    pub heart_rate_coverage: f64,
    /// Distance over moving time.
    pub speed_mean_mps: Option<f64>,
    /// Mean graded speed over moving time.
    pub graded_speed_mps: Option<f64>,
    /// Normalised graded pace, as a speed.
    pub ngp_mps: Option<f64>,
    /// NGP over threshold speed; 1 = threshold.
    pub intensity: Option<f64>,
    pub load: f64,
    pub load_method: Method,
    pub label: Label,
    /// 0..=100.
    pub recovery_score: f64,
    /// 0..=1.
    pub confidence: f64,
    #[serde(serialize_with = "sentences")]
    pub reasons: Vec<Reason>,
    /// Maker and model, as far as the file tells.
    pub device: Option<String>,
    /// Aerobic training effect by the watch, 0..=5; like the next four, to compare with and not used.
    pub watch_training_effect: Option<f64>,
    /// 0..=5.
    pub watch_anaerobic_effect: Option<f64>,
    /// In the maker's points.
    pub watch_load: Option<f64>,
    /// What the watch says it was good for.
    pub watch_benefit: Option<&'static str>,
    /// Hours of recovery that the watch asks for.
    pub watch_recovery_h: Option<f64>,
}

impl RunRow {
    /// One row for every run, in order of time.
    pub fn all(season: &Season) -> Vec<RunRow> {
        season.runs().map(|(activity, session)| RunRow::of(activity, session, season)).collect()
    }

    fn of(activity: &Assessed, session: &Labelled, season: &Season) -> RunRow {
        let Assessed { recording, heart_rate, load, .. } = activity;
        let d = &recording.digest;
        let threshold_mps = season.athlete.at(recording.date()).speed_mps();
        let moving = || d.trace.seconds().filter(|s| s.moving).filter_map(|s| s.graded_mps);
        let (count, sum) = moving().fold((0_u32, 0.0), |(n, sum), v| (n + 1, sum + v));
        let has_heart_rate = heart_rate.quality() != Coverage::None;
        RunRow {
            date: recording.date(),
            started: recording.started.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            file: recording.file.clone(),
            name: d.name.clone(),
            sport: d.sport.to_string(),
            sub_sport: d.sub_sport.to_string(),
            distance_m: d.known_distance_m().map(|m| round(m, 1)),
            elapsed_s: round(d.elapsed_s, 0),
            timer_s: round(d.timer_s, 0),
            moving_s: round(d.moving_s, 0),
            ascent_m: d.ascent_m.map(|v| round(v, 1)),
            descent_m: d.descent_m.map(|v| round(v, 1)),
            heart_rate_mean_bpm: heart_rate.mean_bpm.filter(|_| has_heart_rate).map(|v| round(v, 1)),
            heart_rate_max_bpm: heart_rate.max_bpm.filter(|_| has_heart_rate).map(|v| round(v, 0)),
            heart_rate_coverage: round(heart_rate.coverage, 3),
            speed_mean_mps: d.known_distance_m().filter(|_| d.moving_s > 0.0).map(|m| round(m / d.moving_s, 3)),
            graded_speed_mps: (count > 0).then(|| round(sum / f64::from(count), 3)),
            ngp_mps: d.ngp_mps.map(|v| round(v, 3)),
            intensity: d.ngp_mps.zip(threshold_mps).map(|(ngp, threshold)| round(ngp / threshold, 3)),
            load: round(load.points, 1),
            load_method: load.method,
            label: session.verdict.label,
            recovery_score: round(session.verdict.score.points, 1),
            confidence: round(session.verdict.confidence, 2),
            reasons: label::reasons_of_part(session, activity.id),
            device: d.device.clone(),
            watch_training_effect: d.watch.training_effect.map(|v| round(v, 1)),
            watch_anaerobic_effect: d.watch.anaerobic_training_effect.map(|v| round(v, 1)),
            watch_load: d.watch.exercise_load.map(|v| round(v, 1)),
            watch_benefit: d.watch.primary_benefit.map(PrimaryBenefit::word),
            watch_recovery_h: d.watch.recovery_time_h.map(|v| round(v, 1)),
        }
    }

    /// The confidence in a word: high from 0.75, medium from 0.55 (methods §6.4).
    pub fn confidence_word(&self) -> &'static str {
        match self.confidence {
            c if c >= 0.75 => "high",
            c if c >= 0.55 => "medium",
            _ => "low",
        }
    }
}

fn sentences<S: Serializer>(reasons: &[Reason], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(reasons.iter().map(ToString::to_string))
}
