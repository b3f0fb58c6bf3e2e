//! What is true of a runner and a run, taken from the life before the watch added its errors.

use super::athlete::Body;
use super::diary::{Purpose, Session};
use super::outing::Outing;
use super::people::Person;
use super::recording::Recording;
use serde_json::{Value, json};

/// What is true of a run.
#[derive(Clone, Debug)]
pub struct RunTruth {
    /// Local day.
    pub date: String,
    pub purpose: Purpose,
    pub is_as_meant: bool,
    pub title: String,
    pub mean_bpm: f64,
    pub distance_m: f64,
    pub moving_s: f64,
    /// 100 = an hour at the true threshold heart rate.
    pub load: f64,
    /// Threshold speed of that week.
    pub threshold_mps: f64,
    pub temperature_c: f64,
}

impl RunTruth {
    pub fn new(recording: &Recording, session: &Session, body: &Body, temperature_c: f64) -> RunTruth {
        let rates: Vec<f64> = recording.moving().map(|tick| tick.heart_rate_bpm).collect();
        let worn = recording.ticks.iter().filter(|tick| tick.timer_on).map(|tick| tick.heart_rate_bpm);
        RunTruth {
            date: recording.local_date.clone(),
            purpose: session.purpose,
            is_as_meant: session.is_as_meant,
            title: session.title.clone(),
            mean_bpm: rates.iter().sum::<f64>() / rates.len() as f64,
            distance_m: recording.ticks[recording.ticks.len() - 1].distance_m,
            moving_s: rates.len() as f64,
            load: load(body, worn),
            threshold_mps: body.threshold_mps,
            temperature_c,
        }
    }

    fn json(&self, file: &str) -> Value {
        json!({
            "file": file,
            "date": self.date,
            "purpose": self.purpose.word(),
            "as_meant": self.is_as_meant,
            "title": self.title,
            "mean_bpm": rounded(self.mean_bpm, 10.0),
            "distance_m": rounded(self.distance_m, 1.0),
            "moving_s": self.moving_s,
            "load": rounded(self.load, 10.0),
            "threshold_mps": rounded(self.threshold_mps, 1_000.0),
            "temperature_c": rounded(self.temperature_c, 1.0),
        })
    }
}

/// Banister's impulse second by second with the true constants, as a share of an hour at threshold.
///
/// The weight of Morton, Fitz-Clarke and Banister (1990), halfway between men's and women's.
fn load(body: &Body, rates: impl Iterator<Item = f64>) -> f64 {
    let resting_bpm = f64::from(body.resting_bpm);
    let impulse = |bpm: f64| {
        let reserve = ((bpm - resting_bpm) / (body.highest_bpm - resting_bpm)).max(0.0);
        reserve * (1.795 * reserve).exp()
    };
    100.0 * rates.map(impulse).sum::<f64>() / (3_600.0 * impulse(body.threshold_bpm))
}

/// Everything true of a person and the runs.
pub fn json(person: &Person, outings: &[Outing]) -> Value {
    json!({
        "name": person.name,
        "about": person.about,
        "highest_bpm": person.body.highest_bpm,
        "threshold_bpm": person.body.threshold_bpm,
        "resting_bpm": person.body.resting_bpm,
        "has_heart_rate": person.has_heart_rate,
        "runs": outings.iter().map(|outing| outing.truth.json(&outing.file)).collect::<Vec<Value>>(),
    })
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
