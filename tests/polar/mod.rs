//! Training sessions of Polar's data archive, made up from public descriptions of both of its shapes.

use freshlegs::activity::{Format, ReadNote, Sex, Sport, SubSport};
use freshlegs::digest::Digest;
use freshlegs::outcome::{Outcome, outcome_of};
use freshlegs::read::{FileKind, Limits, ReadError};
use jiff::ToSpan;
use jiff::civil::{DateTime, datetime};
use serde_json::{Value, json};

const SECONDS: i64 = 1200;
const SPEED_MPS: f64 = 2.8;
/// What the clock showed in Helsinki; 05:30 UTC.
const START: DateTime = datetime(2025, 8, 16, 8, 30, 0, 0);
const START_MS: i64 = 1_755_322_200_000;

fn clock(second: i64) -> String {
    format!("{}.000", START.saturating_add(second.seconds()))
}

fn latitude(second: i64) -> f64 {
    60.17 + SPEED_MPS * second as f64 / 111_194.93
}

/// Heart rate with a sensor that loses a value now and then.
fn bpm(second: i64) -> Option<i64> {
    (second % 50 != 0).then_some(143 + second % 3)
}

/// A session of the earlier shape: `points` says how a channel's value at a second is written.
pub fn earlier(sport: &str, route_hours: i64) -> Value {
    let channel = |value: &dyn Fn(i64) -> Option<f64>| -> Vec<Value> {
        let point = |s: i64| match value(s) {
            Some(value) => json!({"dateTime": clock(s), "value": value}),
            None => json!({"dateTime": clock(s)}),
        };
        (0..=SECONDS).map(point).collect()
    };
    let place = |s: i64| {
        let time = clock(s + 3600 * route_hours);
        json!({"dateTime": time, "longitude": 24.94, "latitude": latitude(s), "altitude": 12.0})
    };
    json!({
        "exportVersion": "1.6", "name": "Morning", "startTime": clock(0), "stopTime": clock(SECONDS), "timeZoneOffset": 180,
        "distance": 3360.0, "duration": "PT1200S", "maximumHeartRate": 145, "averageHeartRate": 144, "kiloCalories": 300,
        "physicalInformationSnapshot": {
            "dateTime": clock(0), "sex": "MALE", "birthday": "1985-08-17", "height, cm": 180.0, "weight, kg": 70.0,
            "maximumHeartRate": 188, "restingHeartRate": 48, "aerobicThreshold": 141, "anaerobicThreshold": 169
        },
        "exercises": [{
            "startTime": clock(0), "stopTime": clock(SECONDS), "timezoneOffset": 180, "duration": "PT20M0.500S",
            "distance": 3360.0, "sport": sport, "ascent": 5.0, "heartRate": {"min": 100, "avg": 144, "max": 145},
            "zones": {"heart_rate": [{"lowerLimit": 94, "higherLimit": 112, "inZone": "PT0S", "zoneIndex": 1}]},
            "laps": [], "samples": {
                "heartRate": channel(&|s| bpm(s).map(|b| b as f64)),
                "speed": channel(&|_| Some(SPEED_MPS * 3.6)),
                "cadence": channel(&|_| Some(84.0)),
                "distance": channel(&|s| Some(SPEED_MPS * s as f64)),
                "altitude": channel(&|_| Some(12.0)),
                "rr": [{"duration": "PT0.4S"}],
                "recordedRoute": (0..=SECONDS).map(place).collect::<Vec<_>>()
            }
        }]
    })
}

/// The same run in the later shape, with the lost values as no JSON knows them.
pub fn later() -> String {
    let values = |value: &dyn Fn(i64) -> String| (0..=SECONDS).map(value).collect::<Vec<_>>().join(",");
    let stream = |kind: &str, value: &dyn Fn(i64) -> String| {
        format!(r#"{{"type":"{kind}","intervalMillis":1000,"values":[{}]}}"#, values(value))
    };
    let streams = [
        stream("HEART_RATE", &|s| bpm(s).map_or("NaN".into(), |b| b.to_string())),
        stream("SPEED", &|_| (SPEED_MPS * 3.6).to_string()),
        stream("CADENCE", &|_| "84".into()),
        stream("DISTANCE", &|s| (SPEED_MPS * s as f64).to_string()),
        stream("SWIMMING_STROKES", &|_| "1".into()),
    ];
    let place = |s: i64| {
        let ms = 1000 * s;
        format!(r#"{{"latitude":{},"longitude":24.94,"altitude":12.0,"elapsedMillis":{ms}}}"#, latitude(s))
    };
    let places: Vec<String> = (0..=SECONDS).map(place).collect();
    let (start, stop) = (START, START.saturating_add(SECONDS.seconds()));
    format!(
        r#"{{"identifier":{{"id":"1"}},"name":"Running \"NaN\" \\","startTime":"{start}","stopTime":"{stop}",
        "durationMillis":1200500,"distanceMeters":3360.0,"timezoneOffsetMinutes":180,"recoveryTimeMillis":"7200000",
        "physicalInformation":{{"maximumHeartRate":188,"restingHeartRate":48,"anaerobicThreshold":169,"vo2Max":NaN}},
        "sport":{{"id":"1"}},"product":{{"modelName":"Polar Vantage V2"}},"exercises":[{{"identifier":{{"id":"2"}},
        "startTime":"{start}","stopTime":"{stop}","durationMillis":1200500,"distanceMeters":3360.0,"sport":{{"id":"1"}},
        "laps":{{}},"statistics":{{"statistics":[{{"type":"HEART_RATE","avg":144,"max":145}}]}},
        "samples":{{"samples":[{}]}},"routes":{{"route":{{"startTime":"{start}","wayPoints":[{}]}}}}}}]}}"#,
        streams.join(","),
        places.join(",")
    )
}

fn outcome(text: &str) -> Outcome {
    outcome_of("training-session-2025-08-16.json", text.as_bytes(), &Limits::default())
}

fn only(text: &str) -> Digest {
    match outcome(text) {
        Outcome::Read(mut digests) if digests.len() == 1 => digests.remove(0),
        Outcome::Read(digests) => panic!("{} digests", digests.len()),
        other => panic!("{other:?}"),
    }
}

fn assert_is_the_run(run: &Digest) {
    assert_eq!((run.format, run.sport, run.start_ms), (Format::Polar, Sport::Running, START_MS));
    assert_eq!((run.timer_s, run.utc_offset.map(|o| o.seconds)), (1200.0, Some(3 * 3600)));
    assert!((run.distance_m - 3360.0).abs() < 10.0 && run.pace_reliable, "{}", run.distance_m);
    let beats: Vec<f64> = run.trace.seconds().filter_map(|s| s.heart_rate_bpm).collect();
    assert!(beats.len() > 1190 && beats.iter().all(|bpm| (143.0..=145.0).contains(bpm)), "{beats:?}");
    let steps = run.trace.seconds().filter_map(|s| s.cadence_spm).collect::<Vec<_>>();
    assert!(steps.len() > 1190 && steps.iter().all(|spm| *spm == 168.0));
    assert!(run.best_5min_mps.is_some_and(|mps| (mps - SPEED_MPS).abs() < 0.02));
    assert_eq!((run.totals.heart_rate_max_bpm, run.totals.timer_s), (Some(145.0), Some(1200.5)));
    let known = &run.settings;
    assert_eq!((known.heart_rate_max_bpm, known.heart_rate_rest_bpm), (Some(188.0), Some(48.0)));
    assert_eq!(known.heart_rate_threshold_bpm, Some(169.0));
    assert!(run.read_notes.is_empty(), "{:?}", run.read_notes);
}

#[test]
fn the_earlier_shape() {
    let run = only(&earlier("RUNNING", 0).to_string());
    assert_is_the_run(&run);
    assert_eq!((run.settings.sex, run.settings.age_years), (Some(Sex::Male), Some(39.0)));
    assert_eq!(run.name.as_deref(), Some("Morning"));
    // Indented, and with a mark before it.
    let pretty = format!("\u{feff} {}", serde_json::to_string_pretty(&earlier("RUNNING", 0)).expect("text"));
    assert_eq!(only(&pretty), run);
    // A route whose times are UTC beside local ones.
    assert_is_the_run(&only(&earlier("RUNNING", -3).to_string()));
}

#[test]
fn the_later_shape() {
    let run = only(&later());
    assert_is_the_run(&run);
    assert_eq!((run.name.as_deref(), run.device.as_deref()), (Some("Running \"NaN\" \\"), Some("Polar Vantage V2")));
    // Values that are neither in the one unit nor in the other are told by the distance.
    let in_mps = later().replace(&(SPEED_MPS * 3.6).to_string(), "2.8");
    assert_eq!(only(&in_mps).best_5min_mps, run.best_5min_mps);
}

#[test]
fn sports_by_their_names() {
    let of = |name: &str| {
        let run = only(&earlier(name, 0).to_string());
        (run.sport, run.sub_sport)
    };
    let generic = |sport: Sport| (sport, SubSport::Generic);
    assert_eq!(of("TRAIL_RUNNING"), (Sport::Running, SubSport::Trail));
    assert_eq!(of("TREADMILL_RUNNING"), (Sport::Running, SubSport::Treadmill));
    assert_eq!(of("JOGGING"), generic(Sport::Running));
    assert_eq!(of("NORDIC_WALKING"), generic(Sport::Walking));
    assert_eq!(of("MOUNTAIN_BIKING"), generic(Sport::Cycling));
    assert_eq!(of("CROSS_COUNTRY_SKIING").0, Sport::Other);
    assert_eq!(of("OTHER_INDOOR"), generic(Sport::Other));
    assert_eq!(of("GROUP_EXERCISE"), generic(Sport::Other));
    assert_eq!(of("OTHER_OUTDOOR"), generic(Sport::Unknown));
}

#[test]
fn a_session_without_samples_counts_by_its_summary() {
    let mut session = earlier("RUNNING", 0);
    session["exercises"][0]["samples"] = json!({});
    let run = only(&session.to_string());
    assert_eq!((run.timer_s, run.distance_m), (1200.0, 3360.0));
    assert_eq!(run.read_notes, [ReadNote::SummaryOnly]);
}

#[test]
fn what_is_no_session() {
    let plan = json!({"startTime": clock(0), "name": "Intervals", "exercises": [{"sport": "RUNNING", "phases": [{"index": 0}]}]});
    assert_eq!(outcome(&plan.to_string()), Outcome::Skipped(FileKind::Workout));
    let none = json!({"startTime": clock(0), "stopTime": clock(9), "exercises": []});
    assert_eq!(outcome(&none.to_string()), Outcome::Failed(ReadError::NoSamples));
    assert_eq!(outcome(r#"{"exportVersion":"1.6","date":"2025-08-16"}"#), Outcome::Failed(ReadError::UnknownFormat));
    let whole = earlier("RUNNING", 0).to_string();
    let cut = outcome(&whole[..whole.len() / 2]);
    assert_eq!(cut, Outcome::Failed(ReadError::Json { reason: "the file ends too early".into() }));
    let odd = whole.replace("\"duration\":\"PT20M0.500S\"", "\"duration\":[{}]");
    assert_eq!(only(&odd).timer_s, 1200.0);
}

#[test]
fn many_values_in_a_small_file_are_refused() {
    let limits = Limits { records: 1000, ..Limits::default() };
    let bomb = format!(
        r#"{{"startTime":"2025-08-16T08:30:00","exercises":[{{"samples":{{"heartRate":[{}{{}}]}}}}]}}"#,
        "{},".repeat(10_000)
    );
    let refused = outcome_of("a.json", bomb.as_bytes(), &limits);
    assert_eq!(refused, Outcome::Failed(ReadError::TooManyRecords { limit: 1000 }));
}
