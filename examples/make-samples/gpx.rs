//! Writes GPX 1.1 with heart rate and cadence in Garmin's `TrackPointExtension`.

use super::recording::{Point, Recording, Sport, Watch};
use jiff::Timestamp;
use std::error::Error;
use std::fmt::Write;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="made-up samples" xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd http://www.garmin.com/xmlschemas/TrackPointExtension/v1 http://www.garmin.com/xmlschemas/TrackPointExtensionv1.xsd">
"#;

pub fn file(watch: &Watch, recording: &Recording) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(HEAD);
    writeln!(out, "<metadata><time>{}</time></metadata>", Timestamp::from_second(recording.start_s)?)?;
    writeln!(out, "<trk>")?;
    if let Some(title) = &watch.title {
        writeln!(out, "<name>{title}</name>")?;
    }
    let sport = match watch.sport {
        Sport::Walking => "walking",
        Sport::Cycling => "cycling",
        Sport::Running => "running",
    };
    writeln!(out, "<type>{sport}</type>\n<trkseg>")?;
    for point in &recording.points {
        if point.resumes {
            writeln!(out, "</trkseg>\n<trkseg>")?;
        }
        write_point(&mut out, recording.start_s, point)?;
    }
    writeln!(out, "</trkseg>\n</trk>\n</gpx>")?;
    Ok(out)
}

fn write_point(out: &mut String, start_s: i64, point: &Point) -> Result<(), Box<dyn Error>> {
    // GPX can't say anything without a position.
    let Some((lat_deg, lon_deg)) = point.position else { return Ok(()) };
    write!(out, r#"<trkpt lat="{lat_deg:.6}" lon="{lon_deg:.6}">"#)?;
    if let Some(altitude_m) = point.altitude_m {
        write!(out, "<ele>{altitude_m:.1}</ele>")?;
    }
    write!(out, "<time>{}</time>", Timestamp::from_second(start_s + point.second as i64)?)?;
    write!(out, "<extensions><gpxtpx:TrackPointExtension>")?;
    if let Some(bpm) = point.heart_rate_bpm {
        write!(out, "<gpxtpx:hr>{bpm}</gpxtpx:hr>")?;
    }
    write!(out, "<gpxtpx:cad>{:.0}</gpxtpx:cad>", point.strides_per_min.floor())?;
    writeln!(out, "</gpxtpx:TrackPointExtension></extensions></trkpt>")?;
    Ok(())
}
