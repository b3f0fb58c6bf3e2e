//! Writes TCX: laps, a new track after each pause, speed and cadence in Garmin's `TPX` extension.

use super::recording::{Lap, Point, Recording};
use jiff::Timestamp;
use std::error::Error;
use std::fmt::Write;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
<Activities>
<Activity Sport="Running">
"#;

pub fn file(recording: &Recording) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(HEAD);
    writeln!(out, "<Id>{}</Id>", Timestamp::from_second(recording.start_s)?)?;
    for lap in &recording.laps {
        write_lap(&mut out, recording, *lap)?;
    }
    writeln!(out, "</Activity>\n</Activities>\n</TrainingCenterDatabase>")?;
    Ok(out)
}

fn write_lap(out: &mut String, recording: &Recording, lap: Lap) -> Result<(), Box<dyn Error>> {
    let points = &recording.points[lap.first..=lap.last];
    let (first, last) = (points[0], points[points.len() - 1]);
    let before = if lap.first == 0 { first } else { recording.points[lap.first - 1] };
    writeln!(out, r#"<Lap StartTime="{}">"#, Timestamp::from_second(recording.start_s + before.second as i64)?)?;
    writeln!(out, "<TotalTimeSeconds>{}.0</TotalTimeSeconds>", recording.timer_s(before.second, last.second))?;
    let metres = last.distance_m - before.distance_m;
    writeln!(out, "<DistanceMeters>{metres:.2}</DistanceMeters>\n<Calories>{:.0}</Calories>", metres * 0.068)?;
    let rates: Vec<u32> = points.iter().filter_map(|point| point.heart_rate_bpm).map(u32::from).collect();
    if let Some(highest) = rates.iter().max() {
        let mean = rates.iter().sum::<u32>() / rates.len() as u32;
        writeln!(out, "<AverageHeartRateBpm><Value>{mean}</Value></AverageHeartRateBpm>")?;
        writeln!(out, "<MaximumHeartRateBpm><Value>{highest}</Value></MaximumHeartRateBpm>")?;
    }
    writeln!(out, "<Intensity>Active</Intensity>\n<TriggerMethod>Distance</TriggerMethod>\n<Track>")?;
    for (i, point) in points.iter().enumerate() {
        if point.resumes && i > 0 {
            writeln!(out, "</Track>\n<Track>")?;
        }
        write_point(out, recording.start_s, point)?;
    }
    writeln!(out, "</Track>\n</Lap>")?;
    Ok(())
}

fn write_point(out: &mut String, start_s: i64, point: &Point) -> Result<(), Box<dyn Error>> {
    write!(out, "<Trackpoint><Time>{}</Time>", Timestamp::from_second(start_s + point.second as i64)?)?;
    if let Some((lat_deg, lon_deg)) = point.position {
        write!(out, "<Position><LatitudeDegrees>{lat_deg:.6}</LatitudeDegrees>")?;
        write!(out, "<LongitudeDegrees>{lon_deg:.6}</LongitudeDegrees></Position>")?;
    }
    if let Some(altitude_m) = point.altitude_m {
        write!(out, "<AltitudeMeters>{altitude_m:.1}</AltitudeMeters>")?;
    }
    write!(out, "<DistanceMeters>{:.2}</DistanceMeters>", point.distance_m)?;
    if let Some(bpm) = point.heart_rate_bpm {
        write!(out, "<HeartRateBpm><Value>{bpm}</Value></HeartRateBpm>")?;
    }
    let strides = point.strides_per_min.floor();
    writeln!(
        out,
        "<Extensions><ns3:TPX><ns3:Speed>{:.3}</ns3:Speed><ns3:RunCadence>{strides:.0}</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>",
        point.speed_mps
    )?;
    Ok(())
}
