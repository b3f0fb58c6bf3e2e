//! TCX of many writers.

use super::{activities, is_broken, only};
use crate::activity::{DeviceTotals, ReadNote, Sample, Sport};
use crate::read::{FileKind, ReadError, Reading, read};

fn document(activities: &str) -> String {
    format!("<TrainingCenterDatabase><Activities>{activities}</Activities></TrainingCenterDatabase>")
}

fn point(second: u32, inside: &str) -> String {
    format!("<Trackpoint><Time>2024-05-01T06:00:{second:02}Z</Time>{inside}</Trackpoint>")
}

fn lap(start: u32, seconds: u32, tracks: &str) -> String {
    format!(
        "<Lap StartTime=\"2024-05-01T06:00:{start:02}Z\"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>\
         <DistanceMeters>100</DistanceMeters><AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm>\
         <MaximumHeartRateBpm><Value>150</Value></MaximumHeartRateBpm>{tracks}</Lap>",
        120 + start
    )
}

fn run(laps: &str) -> String {
    document(&format!("<Activity Sport=\"Running\"><Id>2024-05-01T06:00:00Z</Id>{laps}</Activity>"))
}

#[test]
fn a_garmin_export() {
    let laps = lap(
        0,
        10,
        &format!(
            "<Track>{}</Track>",
            point(
                1,
                "<Position><LatitudeDegrees>51.5</LatitudeDegrees><LongitudeDegrees>7.25</LongitudeDegrees></Position>\
                 <AltitudeMeters>60.5</AltitudeMeters><DistanceMeters>3.5</DistanceMeters>\
                 <HeartRateBpm xsi:type=\"HeartRateInBeatsPerMinute_t\"><Value>131</Value></HeartRateBpm>\
                 <Cadence>60</Cadence><Extensions><ns3:TPX CadenceSensor=\"Footpod\"><ns3:Speed>2.75</ns3:Speed>\
                 <ns3:RunCadence>84</ns3:RunCadence><ns3:Watts>250</ns3:Watts></ns3:TPX></Extensions>"
            )
        ),
    );
    let text = run(&format!(
        "{laps}<Notes>Round the lake\nslow</Notes><Creator xsi:type=\"Device_t\"><Name>Forerunner 235</Name></Creator>"
    ));
    let run = only(format!("\n\n  <?xml version=\"1.0\"?>{text}").as_bytes());
    assert_eq!(run.sport, Sport::Running);
    assert_eq!((run.name.as_deref(), run.device.as_deref()), (Some("Round the lake"), Some("Forerunner 235")));
    assert_eq!(run.start.map(|start| start.to_string()).as_deref(), Some("2024-05-01T06:00:00Z"));
    assert_eq!(
        run.samples,
        [Sample {
            time_ms: 1_714_543_201_000,
            starts_segment: false,
            position: Some((51.5, 7.25)),
            altitude_m: Some(60.5),
            distance_m: Some(3.5),
            speed_mps: Some(2.75),
            heart_rate_bpm: Some(131.0),
            cadence_spm: Some(84.0),
            power_w: Some(250.0),
        }]
    );
    assert_eq!(run.notes, []);
}

#[test]
fn lap_totals_add_up() {
    let track = format!("<Track>{}</Track>", point(1, "<HeartRateBpm><Value>1</Value></HeartRateBpm>"));
    let totals = only(run(&(lap(0, 10, &track) + &lap(20, 30, &track))).as_bytes()).totals;
    assert_eq!(
        totals,
        DeviceTotals {
            distance_m: Some(200.0),
            timer_s: Some(40.0),
            heart_rate_mean_bpm: Some((120.0 * 10.0 + 140.0 * 30.0) / 40.0),
            heart_rate_max_bpm: Some(150.0),
            ..DeviceTotals::default()
        }
    );
}

#[test]
fn a_track_is_a_break_unless_it_merely_begins_a_lap() {
    let track = |second| format!("<Track>{}{}</Track>", point(second, ""), point(second + 1, ""));
    let breaks = |laps: &str| -> Vec<bool> {
        only(run(laps).as_bytes()).samples.iter().map(|sample| sample.starts_segment).collect()
    };
    assert_eq!(breaks(&lap(0, 10, &(track(0) + &track(5)))), [false, false, true, false], "two in a lap");
    assert_eq!(breaks(&(lap(0, 10, &track(0)) + &lap(10, 5, &track(10)))), [false; 4], "laps without a stop");
    assert_eq!(
        breaks(&(lap(0, 10, &track(0)) + &lap(30, 5, &track(30)))),
        [false, false, true, false],
        "a stop between laps"
    );
    let bare = format!("<Lap>{}</Lap><Lap>{}</Lap>", track(0), track(10));
    assert_eq!(breaks(&bare), [false, false, true, false], "laps that say nothing");
}

#[test]
fn indoors_there_are_no_positions() {
    let points = point(0, "<DistanceMeters>0</DistanceMeters>") + &point(1, "<DistanceMeters>3</DistanceMeters>");
    let run = only(run(&format!("<Lap><Track>{points}</Track></Lap>")).as_bytes());
    assert_eq!(
        run.samples.iter().map(|s| (s.position, s.distance_m)).collect::<Vec<_>>(),
        [(None, Some(0.0)), (None, Some(3.0))]
    );
}

#[test]
fn every_sport_of_a_multisport_session_is_an_activity() {
    let part = |sport: &str, second| {
        let track = point(second, "<Cadence>80</Cadence>");
        format!("<Activity Sport=\"{sport}\"><Lap><Track>{track}</Track></Lap></Activity>")
    };
    let text = document(&format!(
        "<MultiSportSession><FirstSport>{}</FirstSport><NextSport>{}</NextSport></MultiSportSession>{}",
        part("Biking", 0),
        part("Running", 10),
        part("Other", 20)
    ));
    let parts: Vec<_> = activities(text.as_bytes()).iter().map(|a| (a.sport, a.samples[0].cadence_spm)).collect();
    assert_eq!(parts, [(Sport::Cycling, None), (Sport::Running, Some(80.0)), (Sport::Unknown, Some(80.0))]);
}

#[test]
fn a_transition_belongs_to_no_sport() {
    let track = |second| format!("<Lap><Track>{}</Track></Lap>", point(second, ""));
    let text = document(&format!(
        "<MultiSportSession><FirstSport><Activity Sport=\"Biking\">{}</Activity></FirstSport><NextSport>\
         <Transition StartTime=\"2024-05-01T06:00:05Z\">{}</Transition><Activity Sport=\"Running\">{}</Activity>\
         </NextSport></MultiSportSession>",
        track(0),
        track(5),
        track(10)
    ));
    let times: Vec<Vec<i64>> = activities(text.as_bytes())
        .iter()
        .map(|activity| activity.samples.iter().map(|sample| sample.time_ms - 1_714_543_200_000).collect())
        .collect();
    assert_eq!(times, [[0], [10_000]]);
}

#[test]
fn laps_without_points_stand_for_the_whole() {
    let run = only(run(&(lap(0, 10, "") + &lap(20, 30, ""))).as_bytes());
    assert_eq!(run.notes, [ReadNote::SummaryOnly]);
    assert_eq!(run.start.map(|start| start.to_string()).as_deref(), Some("2024-05-01T06:00:00Z"));
    assert_eq!(run.samples.len(), 3);
    assert_eq!(
        run.samples[1],
        Sample {
            time_ms: 1_714_543_220_000,
            distance_m: Some(100.0),
            heart_rate_bpm: Some(135.0),
            ..Sample::default()
        }
    );
}

#[test]
fn laps_that_lack_a_time_or_their_points_stand_for_nothing() {
    let untimed = "<Lap StartTime=\"2024-05-01T06:00:00Z\"><DistanceMeters>100</DistanceMeters></Lap>";
    assert_eq!(read(run(untimed).as_bytes()), Err(ReadError::NoSamples));
    let unbegun = "<Lap><TotalTimeSeconds>60</TotalTimeSeconds></Lap>";
    assert_eq!(read(run(unbegun).as_bytes()), Err(ReadError::NoSamples));
    let cut = run(&lap(0, 10, "<Track>"));
    assert!(matches!(read(cut.as_bytes()), Err(ReadError::Xml { .. })), "the points may be lost");
}

#[test]
fn courses_workouts_and_empty_files_are_told_apart() {
    let course = "<TrainingCenterDatabase><Courses><Course><Track><Trackpoint/></Track></Course></Courses></TrainingCenterDatabase>";
    assert_eq!(read(course.as_bytes()), Ok(Reading::NotAnActivity(FileKind::Course)));
    assert_eq!(
        read(b"<TrainingCenterDatabase><Workouts/></TrainingCenterDatabase>"),
        Ok(Reading::NotAnActivity(FileKind::Workout))
    );
    assert_eq!(read(run("<Lap/>").as_bytes()), Err(ReadError::NoSamples));
}

#[test]
fn points_without_a_time_are_left_out() {
    let text = run(&format!("<Lap><Track><Trackpoint/>{}</Track></Lap>", point(0, "")));
    assert_eq!(only(text.as_bytes()).notes, [ReadNote::UntimedPoints { count: 1 }]);
}

#[test]
fn cut_anywhere_a_document_keeps_what_precedes() {
    let points: String = (0..6).map(|second| point(second, "<Cadence>80</Cadence>")).collect();
    let whole = run(&lap(0, 10, &format!("<Track>{points}</Track>")));
    let mut most = 0;
    for end in 1..whole.len() {
        match read(&whole.as_bytes()[..end]) {
            Ok(Reading::Activities(runs)) => {
                let samples = runs[0].samples.len();
                assert!(samples >= most && is_broken(&runs[0]), "cut at {end}");
                most = samples;
            }
            Ok(Reading::NotAnActivity(kind)) => panic!("cut at {end}: {kind}"),
            Err(_) => assert_eq!(most, 0, "cut at {end}"),
        }
    }
    assert_eq!(most, 6);
}
