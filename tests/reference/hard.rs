//! Methods §6, §6.1, §6.2: the rules over time series.

use super::effort::intervals_mps;
use super::{Case, check, described, each, optional};
use freshlegs::physiology::hard::{self, HardLimits};
use serde_json::{Map, Value, json};

pub const CASES: &[Case] =
    &[("fast_segments", fast_segments), ("t_hard_seconds", t_hard_seconds), ("t_hard_crawl", t_hard_crawl)];

#[test]
fn hard_running_numbers() {
    check(CASES);
}

/// `120@2.7,20@4.0`: seconds at a speed, one after the other.
fn stretches(words: &str) -> Vec<Option<f64>> {
    let stretch = |words: &str| -> Option<Vec<Option<f64>>> {
        let (seconds, mps) = words.split_once('@')?;
        Some(vec![Some(mps.parse().ok()?); seconds.parse().ok()?])
    };
    words.split(',').flat_map(|words| stretch(words).unwrap_or_else(|| panic!("{words} is no stretch"))).collect()
}

fn fast_segments(input: &Value) -> Value {
    let words = input.as_str().and_then(|words| words.strip_prefix("gap: "));
    let (series, threshold) = words.and_then(|words| words.split_once("; v_thr ")).expect("a series and a threshold");
    let segments = hard::fast_segments(&stretches(series), threshold.parse().expect("a speed"));
    segments.into_iter().map(|segment| segment.len()).collect()
}

fn t_hard_seconds(input: &Value) -> Value {
    described(input, "gap = the «ngp» series; hr[0]=110, hr[i+1]=hr[i]+(60+27*gap[i]-hr[i])/40; lthr 170");
    let gap = intervals_mps();
    let following = gap.iter().scan(110.0, |bpm, mps| {
        let now = *bpm;
        *bpm += (60.0 + 27.0 * mps - now) / 40.0;
        Some(now)
    });
    let heart: Vec<Option<f64>> = following.map(Some).collect();
    let speed: Vec<Option<f64>> = gap.iter().copied().map(Some).collect();
    let limits = |threshold_mps| HardLimits { lthr_bpm: Some(170.0), threshold_mps, pace_alone: true, no_crawl: true };
    let mut out = Map::new();
    for threshold in [3.7, 4.5, 2.5] {
        let seconds = hard::hard_seconds(&speed, &heart, &limits(Some(threshold)));
        out.insert(format!("hr_vthr{threshold}"), json!(seconds));
    }
    let no_heart = vec![None; gap.len()];
    out.insert("nohr_vthr3.7".to_owned(), json!(hard::hard_seconds(&speed, &no_heart, &limits(Some(3.7)))));
    out.insert("hr_novthr".to_owned(), json!(hard::hard_seconds(&speed, &heart, &limits(None))));
    out.insert("hr_max".to_owned(), json!(heart.iter().flatten().copied().max_by(f64::total_cmp)));
    Value::Object(out)
}

fn t_hard_crawl(input: &Value) -> Value {
    let constant = |name: &str| -> Vec<Option<f64>> {
        let words: Vec<&str> = input[name].as_str().unwrap_or_default().split(' ').collect();
        let [value, "for", seconds, "s"] = words[..] else { panic!("{words:?} is no constant series") };
        vec![Some(value.parse().expect("a value")); seconds.parse().expect("a duration")]
    };
    let (heart, gap) = (constant("hr"), constant("gap"));
    each(&input["v_thr"], |threshold| {
        let limits = HardLimits {
            lthr_bpm: optional(&input["lthr"]),
            threshold_mps: optional(threshold),
            pace_alone: true,
            no_crawl: true,
        };
        hard::hard_seconds(&gap, &heart, &limits)
    })
}
