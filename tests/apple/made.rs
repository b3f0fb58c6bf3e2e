//! An export of Apple Health, made up from its public descriptions: who runs here has a heart rate of 60 + 30 beats for
//! each m/s.

use jiff::Timestamp;
use jiff::tz::Offset;

/// 2026-03-01 06:12:45 UTC.
pub const START: i64 = 1_772_345_565;
pub const SPEED_MPS: f64 = 2.8;

/// A time as exports write it, by the clock of a phone that is an hour ahead of UTC.
pub fn date(unix_s: i64) -> String {
    let clock = Offset::constant(1).to_datetime(Timestamp::from_second(unix_s).unwrap());
    clock.strftime("%Y-%m-%d %H:%M:%S +0100").to_string()
}

fn device() -> &'static str {
    "&lt;&lt;HKDevice: 0x3035d1db0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,10&gt;"
}

/// A `<Record>` of some seconds.
pub fn record(kind: &str, unit: &str, source: &str, from_s: i64, seconds: i64, value: f64) -> String {
    format!(
        " <Record type=\"HKQuantityTypeIdentifier{kind}\" sourceName=\"{source}\" sourceVersion=\"10.6\" device=\"{}\" \
         unit=\"{unit}\" creationDate=\"{}\" startDate=\"{}\" endDate=\"{}\" value=\"{value}\">\n  \
         <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/>\n </Record>\n",
        device(),
        date(from_s + seconds),
        date(from_s),
        date(from_s + seconds),
    )
}

/// Heart rate every five seconds, and every few minutes in the hours around.
pub fn heart_rates(from_s: i64, seconds: i64, bpm: f64) -> String {
    let rest = (-20..0).chain(1..20).map(|i| (from_s + if i < 0 { 0 } else { seconds } + 240 * i, 58.0));
    let run = (0..=seconds / 5).map(|i| (from_s + 5 * i, bpm + f64::from((i % 3) as i32 - 1)));
    rest.chain(run).map(|(at, bpm)| record("HeartRate", "count/min", "Ann’s Watch", at, 0, bpm)).collect()
}

/// A `<Workout>` with these elements in it.
pub fn workout(kind: &str, from_s: i64, seconds: i64, minutes: f64, inside: &str) -> String {
    format!(
        " <Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" duration=\"{minutes}\" durationUnit=\"min\" \
         sourceName=\"Ann’s Watch\" sourceVersion=\"10.6\" device=\"{}\" creationDate=\"{}\" startDate=\"{}\" \
         endDate=\"{}\">\n{inside} </Workout>\n",
        device(),
        date(from_s + seconds + 9),
        date(from_s),
        date(from_s + seconds),
    )
}

pub fn metadata(key: &str, value: &str) -> String {
    format!("  <MetadataEntry key=\"{key}\" value=\"{value}\"/>\n")
}

pub fn distance(kilometres: f64) -> String {
    format!(
        "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"{kilometres}\" unit=\"km\"/>\n"
    )
}

pub fn event(kind: &str, at_s: i64) -> String {
    format!("  <WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"{}\"/>\n", date(at_s))
}

pub fn route_reference(name: &str) -> String {
    format!(
        "  <WorkoutRoute sourceName=\"Ann’s Watch\">\n   <FileReference path=\"/workout-routes/{name}\"/>\n  </WorkoutRoute>\n"
    )
}

/// The document, with the broken document type of some years.
pub fn export(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!-- HealthKit's Export Version: 12 -->\n\
         <!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n<!ATTLIST RightEye\n  brand CDATA #IMPLIED\n\
         <!ELEMENT RightEye EMPTY>\n  device CDATA #IMPLIED\n>\n>\n]>\n<HealthData locale=\"en_DE\">\n <ExportDate value=\"{}\"/>\n \
         <Me HKCharacteristicTypeIdentifierDateOfBirth=\"1986-03-02\" \
         HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexFemale\"/>\n{inside}</HealthData>\n",
        date(START + 90_000_000)
    )
}

/// A route a second, northwards at an even speed; `pause` seconds in it are spent standing.
pub fn route(from_s: i64, seconds: i64, pause: std::ops::Range<i64>) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Apple Health Export\"><trk>\
         <name>Route 2026-03-01 7:12am</name><trkseg>",
    );
    let mut metres = 0.0;
    for second in 0..=seconds {
        let latitude = 52.5 + metres / 111_194.93;
        let time = Timestamp::from_second(from_s + second).unwrap();
        text.push_str(&format!(
            "<trkpt lon=\"13.4\" lat=\"{latitude:.7}\"><ele>34.2</ele><time>{time}</time>\
             <extensions><speed>{SPEED_MPS}</speed><hAcc>3</hAcc></extensions></trkpt>"
        ));
        metres += if pause.contains(&second) { 0.0 } else { SPEED_MPS };
    }
    text + "</trkseg></trk></gpx>"
}
