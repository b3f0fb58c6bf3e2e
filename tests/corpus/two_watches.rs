//! Two watches on one runner: the loads agree, and in one folder the run counts once.

use super::folder;
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::season::Season;
use jiff::tz::TimeZone;
use std::fs::File;

/// Days on which one runner wore a Fenix 6 and a COROS Pace 2.
const PAIRS: [[&str; 2]; 2] = [
    ["20210507_run_garmin_fenix_6.fit", "20210507_run_coros_pace_2.fit"],
    ["20210604_track_run_garmin_fenix_6.fit", "20210604_track_run_coros_pace_2.fit"],
];

fn season(files: &[String]) -> Season {
    let open = |path: &str| File::open(path).map_err(|e| e.to_string());
    let results = pipeline::digest_all(files, open, &Limits::default(), |_| None, |_| {});
    let recordings = pipeline::recordings(results, &TimeZone::UTC);
    let today = recordings.iter().map(Recording::date).max().expect("a run");
    // Only one of the watches knows its runner's thresholds.
    let thresholds = "[athlete]\nheart_rate_max_bpm = 185\nheart_rate_rest_bpm = 50\nheart_rate_threshold_bpm = 168";
    Season::new(recordings, &Profile::parse(thresholds).expect("a profile"), today)
}

#[test]
fn two_watches_on_one_run_agree_and_count_once() {
    let Some(folder) = folder() else { return };
    for pair in PAIRS {
        let files = pair.map(|name| folder.join("fit-msimms").join(name).to_string_lossy().into_owned());
        let [one, other] = [0, 1].map(|i| season(&files[i..=i]).activities()[0].load.points);
        assert!((one / other - 1.0).abs() <= 0.05, "{pair:?}: loads {one} and {other}");
        let both = season(&files);
        assert_eq!((both.activities().len(), both.duplicates.len()), (1, 1), "{pair:?}");
        assert!(!both.duplicates[0].why.to_string().is_empty());
    }
}
