//! Made-up GPX files, and the season they make.

use crate::sane::analysis::check_analysis;
use freshlegs::outcome::{self, FileResult};
use freshlegs::pipeline::{Analysis, analyse, digest_all, recordings};
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::render::table::RunRow;
use freshlegs::season::Assessed;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

/// The name of the odd file.
const ODD: &str = "odd.gpx";
/// Metres of one degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// A run to be written: one point a second, northwards.
#[derive(Clone)]
pub struct Made {
    pub start: Timestamp,
    pub seconds: i64,
    pub speed_mps: f64,
    /// Heart rate at each second.
    pub bpm: fn(i64) -> Option<u32>,
    pub sport: &'static str,
    /// Where it begins, latitude and longitude.
    pub place: (f64, f64),
}

/// A heart that beats as it does: never quite the same.
pub fn steady(second: i64) -> Option<u32> {
    Some(132 + (second / 20 % 3) as u32)
}

impl Made {
    /// An easy run of 50 minutes at 2.9 m/s in Vienna.
    pub fn run(start: &str) -> Made {
        let start = start.parse().expect("a time");
        Made { start, seconds: 3000, speed_mps: 2.9, bpm: steady, sport: "running", place: (48.2, 16.4) }
    }

    fn point(&self, second: i64, time: Timestamp) -> String {
        let latitude = self.place.0 + self.speed_mps * second as f64 / DEGREE_M;
        let hr = (self.bpm)(second).map_or(String::new(), |bpm| format!("<extensions><hr>{bpm}</hr></extensions>"));
        format!("<trkpt lat=\"{latitude:.7}\" lon=\"{}\"><ele>200</ele><time>{time}</time>{hr}</trkpt>\n", self.place.1)
    }

    /// The file; `clock` tells the time of each second.
    pub fn gpx_by(&self, clock: impl Fn(i64) -> Timestamp) -> Vec<u8> {
        let points: String = (0..=self.seconds).map(|second| self.point(second, clock(second))).collect();
        let head = format!("<gpx version=\"1.1\"><trk><type>{}</type><trkseg>", self.sport);
        format!("{head}\n{points}</trkseg></trk></gpx>").into_bytes()
    }

    pub fn gpx(&self) -> Vec<u8> {
        self.gpx_by(|second| self.start + SignedDuration::from_secs(second))
    }
}

/// A season to put the odd file into: every other day an easy run, and a fast one every other week, five weeks from
/// 1 May 2024.
fn usual_runs() -> Vec<FileResult> {
    static DIGESTED: LazyLock<Vec<FileResult>> = LazyLock::new(|| {
        let day = |day: i64| {
            let start = Timestamp::from_second(1_714_539_600 + day * 86_400).expect("a time");
            let easy = Made { start, ..Made::run("2024-05-01T05:00:00Z") };
            let fast = Made { seconds: 1800, speed_mps: 3.9, bpm: |s| Some(178 + (s / 20 % 3) as u32), ..easy.clone() };
            (format!("usual-{day:02}.gpx"), if day % 14 == 12 { fast.gpx() } else { easy.gpx() })
        };
        digested((0..35).filter(|d| d % 2 == 0).map(day).collect())
    });
    DIGESTED.clone()
}

/// The first stage on files in memory.
pub fn digested(files: BTreeMap<String, Vec<u8>>) -> Vec<FileResult> {
    let names: Vec<String> = files.keys().cloned().collect();
    digest_all(&names, |name| Ok(Cursor::new(&files[name])), &Limits::default(), |_| None, |_| {})
}

/// What the whole program makes of some files.
pub struct Outcome {
    pub results: Vec<FileResult>,
    pub analysis: Analysis,
    runs: Vec<RunRow>,
}

impl Outcome {
    /// Runs the second stage and checks every number that comes out of it.
    fn of(results: Vec<FileResult>, today: Date) -> Outcome {
        let analysis = analyse(recordings(results.clone(), &TimeZone::UTC), &Profile::default(), today);
        check_analysis(&analysis).unwrap_or_else(|fault| panic!("{fault}"));
        Outcome { runs: RunRow::all(&analysis.season), results, analysis }
    }

    /// One odd file alone, looked at on some later day.
    pub fn alone(bytes: Vec<u8>, today: Date) -> Outcome {
        Outcome::of(digested([(ODD.to_owned(), bytes)].into()), today)
    }

    /// These files alone.
    pub fn of_files(files: BTreeMap<String, Vec<u8>>, today: Date) -> Outcome {
        Outcome::of(digested(files), today)
    }

    /// One odd file beside the usual runs, on 6 June 2024, two days after the last of them.
    pub fn with_odd(bytes: Vec<u8>) -> Outcome {
        let odd = digested([(ODD.to_owned(), bytes)].into());
        Outcome::of(usual_runs().into_iter().chain(odd).collect(), date(2024, 6, 6))
    }

    /// No file at all.
    pub fn of_nothing() -> Outcome {
        Outcome::of(Vec::new(), date(2024, 6, 6))
    }

    pub fn runs(&self) -> &[RunRow] {
        &self.runs
    }

    /// What counts as load only.
    pub fn others(&self) -> Vec<&Assessed> {
        self.analysis.season.others().collect()
    }

    pub fn odd_runs(&self) -> Vec<&RunRow> {
        self.runs.iter().filter(|run| run.file == ODD).collect()
    }

    /// The odd file, which must be one run.
    pub fn odd(&self) -> &RunRow {
        let runs = self.odd_runs();
        assert_eq!(runs.len(), 1);
        runs[0]
    }

    pub fn odd_result(&self) -> &outcome::Outcome {
        &self.results.iter().find(|r| r.file == ODD).expect("the odd file").outcome
    }
}
