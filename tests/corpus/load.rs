//! The load of real runs against a computation of its own: no line of it is shared with the program, but the reading.

use super::files;
use crate::odd::made::digested;
use freshlegs::activity::{Activity, Sample};
use freshlegs::load::Method;
use freshlegs::outcome::FileResult;
use freshlegs::pipeline::recordings;
use freshlegs::profile::Profile;
use freshlegs::read::{Reading, read};
use freshlegs::season::Season;
use jiff::tz::TimeZone;

const MAX: f64 = 192.0;
const REST: f64 = 50.0;
const THRESHOLD: f64 = 170.0;
const GIVEN: &str = "[athlete]\nsex = \"male\"\nheart_rate_max_bpm = 192\nheart_rate_rest_bpm = 50\n\
                     heart_rate_threshold_bpm = 170\nthreshold_pace = \"4:20\"";
/// Longer gaps between samples are pauses, s.
const LONGEST_GAP_S: f64 = 25.0;

/// Banister's impulse of one second, as Morton, Fitz-Clarke and Banister (1990) weigh it for men.
fn impulse(bpm: f64) -> f64 {
    let reserve = ((bpm - REST) / (MAX - REST)).max(0.0);
    0.64 * reserve * (1.92 * reserve).exp()
}

fn is_paused(activity: &Activity, ms: i64) -> bool {
    let last = activity.timer.iter().rfind(|event| event.time_ms <= ms);
    last.is_some_and(|event| !event.running)
}

/// 100 = an hour at threshold; between two samples with a heart rate it goes in a straight line. `None` without any.
fn own_load(activity: &Activity) -> Option<f64> {
    let rate = |sample: &Sample| sample.heart_rate_bpm.filter(|bpm| (31.0..=1.08 * MAX).contains(bpm));
    let rates: Vec<(i64, f64)> = activity.samples.iter().filter_map(|s| Some((s.time_ms, rate(s)?))).collect();
    let mut sum = 0.0;
    for pair in rates.windows(2) {
        let ((from_ms, from_bpm), (to_ms, to_bpm)) = (pair[0], pair[1]);
        let seconds = (to_ms - from_ms) as f64 / 1000.0;
        if seconds <= 0.0 || seconds > LONGEST_GAP_S || is_paused(activity, from_ms) {
            continue;
        }
        let steps = seconds.ceil();
        for step in 0..steps as u32 {
            let middle = (f64::from(step) + 0.5) / steps;
            sum += impulse(from_bpm + middle * (to_bpm - from_bpm)) * seconds / steps;
        }
    }
    (sum > 0.0).then(|| 100.0 * sum / (3600.0 * impulse(THRESHOLD)))
}

#[test]
fn load_is_what_an_independent_sum_over_seconds_gives() {
    let profile = Profile::parse(GIVEN).expect("a profile");
    let (mut compared, mut wrong) = (0, Vec::new());
    for file in files() {
        let Ok(Reading::Activities(activities)) = read(&file.bytes) else { continue };
        let [activity] = &activities[..] else { continue };
        let Some(own) = own_load(activity) else { continue };
        let results: Vec<FileResult> = digested([(file.name.clone(), file.bytes)].into());
        let recordings = recordings(results, &TimeZone::UTC);
        let Some(today) = recordings.first().map(|recording| recording.date()) else { continue };
        let season = Season::new(recordings, &profile, today);
        let Some((run, _)) = season.runs().next() else { continue };
        let is_full = run.heart_rate.coverage >= 0.995 && run.load.method == Method::HeartRate;
        if !is_full || season.thresholds().heart_rate_max.value != MAX {
            continue;
        }
        compared += 1;
        let points = run.load.points;
        if (points - own).abs() > (0.01 * own).max(1.0) {
            wrong.push(format!("{}: load {points:.1}, independently {own:.1}", file.name));
        }
    }
    println!("{compared} runs compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
