//! The row of a run.

use super::frames::local_time;
use super::row;
use crate::activity::PrimaryBenefit;
use crate::heart_rate::Coverage;
use crate::label::{self, Label, Labelled, Reason, Rough};
use crate::load::Method;
use crate::season::{Assessed, Season};
use crate::units::round;
use jiff::Zoned;
use jiff::civil::Date;
use serde::Serializer;

row! {
    /// One run, judged.
    pub struct RunRow in "runs" {
        /// Its name everywhere: made of start, sport and duration, the same on any machine and in whatever archive it lies.
        run_id: String,
        /// The `run_id` of the first recording of the session; recordings less than 30 minutes apart are judged together.
        session_id: String,
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
        /// What the file says: `running`, or `unknown` where it says nothing.
        sport: String,
        /// More exactly, such as `trail` or `treadmill`.
        sub_sport: String,
        /// Metres; missing where nothing measured them.
        distance_m: Option<f64>,
        /// From start to end, s.
        elapsed_s: f64,
        /// With the timer on, s.
        timer_s: f64,
        /// Moving, s.
        moving_s: f64,
        /// Metres climbed.
        ascent_m: Option<f64>,
        /// Metres descended.
        descent_m: Option<f64>,
        /// Mean heart rate while moving, bpm.
        heart_rate_mean_bpm: Option<f64>,
        /// Highest heart rate of the run, bpm.
        heart_rate_max_bpm: Option<f64>,
        /// Moving time with a heart rate over moving time, 0 to 1.
        heart_rate_coverage: f64,
        /// Distance over moving time, m/s.
        speed_mean_mps: Option<f64>,
        /// Mean grade-adjusted speed (GAP) while moving, m/s.
        gap_mps: Option<f64>,
        /// Normalised graded pace (NGP) as a speed, m/s.
        ngp_mps: Option<f64>,
        /// NGP over threshold speed; 1 is threshold.
        intensity: Option<f64>,
        /// Training load in points: 100 is one hour at threshold.
        load: f64,
        /// What the load was taken from: `heart_rate`, `pace`, `power`, `rpe` (effort felt), `duration` or `none`.
        load_method: Method,
        /// The kind of run.
        label: Label,
        /// How much of a recovery run it was, 0 to 100.
        recovery_score: f64,
        /// How sure the label is, 0 to 1.
        confidence: f64,
        /// Earned or lost only within the uncertainty of the thresholds: `could_be` says what it may be as well.
        borderline: bool,
        /// What it would be called if heart rates or pace of the thresholds were off by one standard deviation (joined with
        /// `; `).
        could_be: Option<String>,
        /// While nothing but defaults is known of the runner: `gentle`, `moderate` or `hard`, and no more can be said.
        rough: Option<&'static str>,
        /// What its hardest part was: `none`, `strides`, `steady`, `tempo`, `repetitions` or `race`.
        hardest_part: &'static str,
        /// How long that part was, min.
        hardest_min: f64,
        /// Why it has this label (in CSV joined with `; `).
        #[serde(serialize_with = "sentences")]
        reasons: Vec<Reason>,
        /// Maker and model, as far as the file tells.
        device: Option<String>,
        /// Aerobic training effect by the watch, 0 to 5; like the next four, to compare with and not used.
        watch_training_effect: Option<f64>,
        /// Anaerobic training effect by the watch, 0 to 5.
        watch_anaerobic_effect: Option<f64>,
        /// Load by the watch, in the maker's points.
        watch_load: Option<f64>,
        /// What the watch says the run was good for.
        watch_benefit: Option<&'static str>,
        /// Recovery time that the watch asks for, h.
        watch_recovery_h: Option<f64>,
    }
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
        let has_heart_rate = heart_rate.quality() != Coverage::None;
        let could_be = could_be(activity, season);
        let session_id = session.parts().next().map(|first| season.activity(first).recording.run_id());
        RunRow {
            run_id: recording.run_id().to_string(),
            session_id: session_id.map(|id| id.to_string()).unwrap_or_default(),
            date: recording.date(),
            started: recording.started.clone(),
            utc_offset_s: recording.started.offset().seconds(),
            file: recording.file.to_string(),
            name: d.name.as_deref().map(str::to_owned),
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
            gap_mps: activity.gap_mps.map(|v| round(v, 3)),
            ngp_mps: d.ngp_mps.map(|v| round(v, 3)),
            intensity: d.ngp_mps.zip(threshold_mps).map(|(ngp, threshold)| round(ngp / threshold, 3)),
            load: round(load.points, 1),
            load_method: load.method,
            label: session.verdict.label,
            recovery_score: round(session.verdict.score.points, 1),
            confidence: round(session.verdict.confidence, 2),
            borderline: session.verdict.borderline || !could_be.is_empty(),
            could_be: (!could_be.is_empty()).then(|| could_be.join("; ")),
            rough: session.verdict.rough.map(Rough::word),
            hardest_part: session.verdict.hardest.kind.word(),
            hardest_min: round(session.verdict.hardest.minutes, 1),
            reasons: label::reasons_of_part(session, activity.id),
            device: d.device.as_deref().map(str::to_owned),
            watch_training_effect: d.watch.training_effect.map(|v| round(v, 1)),
            watch_anaerobic_effect: d.watch.anaerobic_training_effect.map(|v| round(v, 1)),
            watch_load: d.watch.exercise_load.map(|v| round(v, 1)),
            watch_benefit: d.watch.primary_benefit.map(PrimaryBenefit::word),
            watch_recovery_h: d.watch.recovery_time_h.map(|v| round(v, 1)),
        }
    }

    /// The confidence in a word (methods §6.4).
    pub fn confidence_word(&self) -> &'static str {
        match self.confidence {
            c if c >= label::HIGH => "high",
            c if c >= label::MEDIUM => "medium",
            _ => "low",
        }
    }

    /// What the run is called: its label, or a rough word where that is all that can be stood by.
    pub fn word(&self) -> String {
        self.rough.map_or(self.label.to_string(), str::to_owned)
    }
}

/// The other verdicts within the thresholds' intervals, each once.
fn could_be(activity: &Assessed, season: &Season) -> Vec<String> {
    let flips = season.session_of(activity.id).map(|session| season.sensitivity().of_session(session));
    let mut words: Vec<String> = flips.into_iter().flatten().map(|flip| flip.would_be.word().to_owned()).collect();
    words.dedup();
    words
}

pub(super) fn as_local_time<S: Serializer>(time: &Zoned, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&local_time(time))
}

fn sentences<S: Serializer>(reasons: &[Reason], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(reasons.iter().map(ToString::to_string))
}
