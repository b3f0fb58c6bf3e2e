//! Made-up recordings, second by second, and writers for GPX, TCX and FIT.

use jiff::Timestamp;
use std::fmt::Write;

/// 10 May 2026, 07:00 UTC.
const START_S: i64 = 1_778_396_400;
/// Unix time at which FIT time begins.
const FIT_EPOCH_S: i64 = 631_065_600;
/// The way is a circle of this radius (m) in Vienna.
const RADIUS_M: f64 = 400.0;
const CENTRE: (f64, f64) = (48.21, 16.36);
const DEGREE_M: f64 = 111_195.0;

/// What is recorded at one moment.
#[derive(Clone, Copy)]
pub struct Point {
    /// Seconds since the start, by the device's clock.
    pub s: i64,
    /// Metres along the way.
    pub way_m: f64,
    /// What the device counted.
    pub counter_m: Option<f64>,
    pub mps: f64,
    pub bpm: Option<f64>,
    /// As the file counts it: in FIT strides of one foot.
    pub cadence: Option<f64>,
    pub altitude_m: f64,
    /// Begins a segment.
    pub segment: bool,
}

/// A recording to be written.
#[derive(Clone)]
pub struct Recorded {
    pub points: Vec<Point>,
    pub sport: Sport,
    pub has_places: bool,
    pub has_speed: bool,
    /// The file's own total and timer.
    pub total_m: f64,
    pub timer_s: f64,
    /// Timer events of a FIT file: seconds, and whether it runs.
    pub timer: Vec<(i64, bool)>,
    /// Laps of a FIT file: begin and length in seconds, and metres.
    pub laps: Vec<(i64, f64, f64)>,
    /// What times end in.
    pub zone: &'static str,
    /// Local clock minus UTC as a FIT file states it, s.
    pub offset_s: Option<i64>,
}

/// A sport in the words of each format.
#[derive(Clone, Copy)]
pub enum Sport {
    Running,
    Treadmill,
    Trail,
    Walking,
    Unnamed,
}

impl Recorded {
    /// A run of so many seconds; `mps` at each second. The heart takes its time, and never beats quite the same.
    pub fn run(seconds: i64, mps: impl Fn(i64) -> f64) -> Recorded {
        let mut way_m = 0.0;
        let point = |s: i64| {
            way_m += if s > 0 { mps(s) } else { 0.0 };
            Point {
                s,
                way_m,
                counter_m: Some(way_m),
                mps: mps(s),
                bpm: Some(105.0 + (0.7 * s as f64).min(35.0) + (s % 3) as f64),
                cadence: Some(83.0 + (s % 2) as f64),
                altitude_m: 170.0,
                segment: false,
            }
        };
        let points: Vec<Point> = (0..=seconds).map(point).collect();
        let total_m = points[points.len() - 1].way_m;
        Recorded {
            points,
            sport: Sport::Running,
            has_places: true,
            has_speed: false,
            total_m,
            timer_s: seconds as f64,
            timer: vec![(0, true), (seconds, false)],
            laps: Vec::new(),
            zone: "Z",
            offset_s: None,
        }
    }

    /// Twenty minutes at 2.8 m/s: 3,360 m.
    pub fn easy() -> Recorded {
        Recorded::run(1200, |_| 2.8)
    }

    /// The same with every point changed.
    pub fn with(mut self, change: impl Fn(&mut Point)) -> Recorded {
        self.points.iter_mut().for_each(change);
        self
    }

    /// The same with some points only.
    pub fn only(mut self, keep: impl Fn(&Point) -> bool) -> Recorded {
        self.points.retain(keep);
        self
    }

    pub fn without_places(self) -> Recorded {
        Recorded { has_places: false, ..self }
    }

    fn time(&self, s: i64) -> String {
        let time = Timestamp::from_second(START_S + s).expect("a time").to_string();
        time.replace('Z', self.zone)
    }

    pub fn gpx(&self) -> Vec<u8> {
        let sport = match self.sport {
            Sport::Unnamed => "",
            Sport::Walking => "<type>walking</type>",
            Sport::Trail => "<type>trail_running</type>",
            _ => "<type>running</type>",
        };
        let mut text = format!("<gpx version=\"1.1\"><trk>{sport}<trkseg>");
        for point in &self.points {
            if point.segment {
                text.push_str("</trkseg><trkseg>");
            }
            let (latitude, longitude) = place(point.way_m);
            let time = self.time(point.s);
            let _ = write!(
                text,
                "<trkpt lat=\"{latitude:.7}\" lon=\"{longitude:.7}\"><ele>{:.1}</ele><time>{time}</time>",
                point.altitude_m
            );
            let hr = point.bpm.map_or(String::new(), |bpm| format!("<hr>{bpm:.0}</hr>"));
            let cad = point.cadence.map_or(String::new(), |cad| format!("<cad>{cad:.0}</cad>"));
            let _ = writeln!(text, "<extensions>{hr}{cad}</extensions></trkpt>");
        }
        text.push_str("</trkseg></trk></gpx>");
        text.into_bytes()
    }

    pub fn tcx(&self) -> Vec<u8> {
        let sport = if matches!(self.sport, Sport::Unnamed | Sport::Walking) { "Other" } else { "Running" };
        let start = self.time(0);
        let mut text = format!(
            "<TrainingCenterDatabase><Activities><Activity Sport=\"{sport}\"><Lap StartTime=\"{start}\">\
             <TotalTimeSeconds>{}</TotalTimeSeconds><DistanceMeters>{}</DistanceMeters>",
            self.timer_s, self.total_m
        );
        text.push_str(if self.points.is_empty() { "" } else { "<Track>" });
        for point in &self.points {
            let _ = write!(text, "<Trackpoint><Time>{}</Time>", self.time(point.s));
            if self.has_places {
                let (latitude, longitude) = place(point.way_m);
                let _ = write!(
                    text,
                    "<Position><LatitudeDegrees>{latitude:.7}</LatitudeDegrees>\
                     <LongitudeDegrees>{longitude:.7}</LongitudeDegrees></Position>"
                );
            }
            let _ = write!(text, "<AltitudeMeters>{:.1}</AltitudeMeters>", point.altitude_m);
            if let Some(metres) = point.counter_m {
                let _ = write!(text, "<DistanceMeters>{metres:.4}</DistanceMeters>");
            }
            if let Some(bpm) = point.bpm {
                let _ = write!(text, "<HeartRateBpm><Value>{bpm:.0}</Value></HeartRateBpm>");
            }
            let speed = if self.has_speed { format!("<Speed>{:.3}</Speed>", point.mps) } else { String::new() };
            let cadence = point.cadence.map_or(String::new(), |c| format!("<RunCadence>{c:.0}</RunCadence>"));
            let _ = writeln!(text, "<Extensions><TPX>{speed}{cadence}</TPX></Extensions></Trackpoint>");
        }
        text.push_str(if self.points.is_empty() { "" } else { "</Track>" });
        text.push_str("</Lap></Activity></Activities></TrainingCenterDatabase>");
        text.into_bytes()
    }

    /// A FIT file with events, records, a session and, where an offset is known, an activity message.
    pub fn fit(&self) -> Vec<u8> {
        let (sport, sub_sport) = match self.sport {
            Sport::Running => (1, 0),
            Sport::Treadmill => (1, 1),
            Sport::Trail => (1, 3),
            Sport::Walking => (11, 0),
            Sport::Unnamed => (0, 0),
        };
        let time = |s: i64| ((START_S - FIT_EPOCH_S + s) as u32).to_le_bytes();
        let mut data = message(0, 0, &[(0, &[4]), (1, &[1, 0])]);
        for (s, runs) in &self.timer {
            data.extend(message(1, 21, &[(253, &time(*s)), (0, &[0]), (1, &[if *runs { 0 } else { 4 }])]));
        }
        for (i, point) in self.points.iter().enumerate() {
            let record = self.record(point, time(point.s));
            // Of one definition all records are made.
            data.extend(if i == 0 { record } else { record[RECORD_DEFINITION..].to_vec() });
        }
        let (first, last) = (self.points.first().map_or(0, |p| p.s), self.points.last().map_or(0, |p| p.s));
        let centi = |value: f64, by: f64| ((value * by).round() as u32).to_le_bytes();
        let (timer, total) = (centi(self.timer_s, 1000.0), centi(self.total_m, 100.0));
        for (from, seconds, metres) in &self.laps {
            let (timer, total) = (centi(*seconds, 1000.0), centi(*metres, 100.0));
            data.extend(message(5, 19, &[(2, &time(*from)), (8, &timer), (9, &total)]));
        }
        data.extend(message(
            3,
            18,
            &[
                (253, &time(last)),
                (2, &time(first)),
                (5, &[sport]),
                (6, &[sub_sport]),
                (7, &timer),
                (8, &timer),
                (9, &total),
            ],
        ));
        if let Some(offset_s) = self.offset_s {
            data.extend(message(4, 34, &[(253, &time(last)), (5, &time(last + offset_s))]));
        }
        section(&data)
    }

    fn record(&self, point: &Point, time: [u8; 4]) -> Vec<u8> {
        let (latitude, longitude) = place(point.way_m);
        let semicircles = |degrees: f64| ((degrees / 180.0 * 2_147_483_648.0) as i32).to_le_bytes();
        let nowhere = i32::MAX.to_le_bytes();
        let place = if self.has_places { (semicircles(latitude), semicircles(longitude)) } else { (nowhere, nowhere) };
        let counter = point.counter_m.map_or(u32::MAX, |m| (m * 100.0).round() as i64 as u32).to_le_bytes();
        let speed = if self.has_speed { (point.mps * 1000.0).round() as u16 } else { u16::MAX }.to_le_bytes();
        let altitude = (((point.altitude_m + 500.0) * 5.0).round() as u16).to_le_bytes();
        let byte = |value: Option<f64>| [value.map_or(u8::MAX, |v| v.round() as u8)];
        let fields: [(u8, &[u8]); 8] = [
            (253, &time),
            (0, &place.0),
            (1, &place.1),
            (5, &counter),
            (6, &speed),
            (2, &altitude),
            (3, &byte(point.bpm)),
            (4, &byte(point.cadence)),
        ];
        message(2, 20, &fields)
    }
}

/// Bytes of the definition before the first record.
const RECORD_DEFINITION: usize = 6 + 3 * 8;

/// Latitude and longitude so far along the way.
fn place(way_m: f64) -> (f64, f64) {
    let angle = way_m / RADIUS_M;
    let north = CENTRE.0 + RADIUS_M * angle.sin() / DEGREE_M;
    let east = RADIUS_M * (1.0 - angle.cos()) / (DEGREE_M * CENTRE.0.to_radians().cos());
    (north, CENTRE.1 + east)
}

/// A definition and one message of it; the base type follows from the field's size.
pub fn message(local: u8, global: u8, fields: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0, global, 0, fields.len() as u8];
    for (number, value) in fields {
        let is_place = global == 20 && matches!(number, 0 | 1);
        let base_type = match value.len() {
            1 => 0x02,
            2 => 0x84,
            4 if is_place => 0x85,
            4 => 0x86,
            _ => 0x0d,
        };
        bytes.extend([*number, value.len() as u8, base_type]);
    }
    bytes.push(local);
    fields.iter().for_each(|(_, value)| bytes.extend(*value));
    bytes
}

/// A FIT file of these data, without a checksum over them: 0 stands for none where the header's is none.
pub fn section(data: &[u8]) -> Vec<u8> {
    let mut file = vec![14, 0x20, 0, 8];
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(*b".FIT\0\0");
    file.extend(data);
    let crc = crc(&file);
    file.extend(crc.to_le_bytes());
    file
}

/// CRC-16 as FIT has it.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 })
    })
}
