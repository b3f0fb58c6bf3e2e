//! Made-up runners: heart rate = 60 + 30·speed, so that everything about them is known.

use freshlegs::activity::{Activity, DeviceSettings, Format, Sample, Sport, SubSport, Told};
use freshlegs::digest::digest;
use freshlegs::label::Labelled;
use freshlegs::profile::Profile;
use freshlegs::recording::Recording;
use freshlegs::season::Season;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::ops::Range;

/// The first day of every history.
pub const FIRST: Date = date(2026, 3, 2);
/// Metres of one degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// The profile of the base runner.
pub const KNOWN: &str = "[athlete]\nsex = \"male\"\nheart_rate_max_bpm = 190\nheart_rate_rest_bpm = 55\n\
                         heart_rate_threshold_bpm = 168";

/// One run to be made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Days after [`FIRST`].
    pub day: i64,
    /// Minutes after midnight, UTC.
    pub minute: i64,
    /// Seconds at a speed in m/s, one after the other; a speed of 0 is a pause of the watch.
    pub parts: Vec<(i64, f64)>,
    pub title: Option<&'static str>,
    pub sport: Sport,
    pub sub_sport: SubSport,
    /// Heart rate at a speed; `None` without a sensor.
    pub bpm: Option<fn(f64) -> f64>,
    /// Heart rates at equal distances in time from the first second to the last, in place of those that follow the speed.
    pub course_bpm: Vec<f64>,
    /// Added to every heart rate.
    pub more_bpm: f64,
    /// The heart follows the pace with this time constant, s.
    pub lag_s: f64,
    /// No heart beats quite evenly: its rate goes down and up by a beat, each for so many seconds.
    pub wobble_s: f64,
    /// From this share of the run on the sensor is lost.
    pub lost_from: f64,
    pub cadence_spm: Option<f64>,
    /// In these seconds the sensor counts steps, so many a minute.
    pub locked: Option<(Range<i64>, f64)>,
    pub settings: DeviceSettings,
    /// What the watch and the service were told.
    pub told: Told,
    pub altitude_m: f64,
    /// Only every so many-th second is recorded.
    pub every_s: i64,
    pub latitude: f64,
}

/// The base runner's heart.
pub fn base(mps: f64) -> f64 {
    60.0 + 30.0 * mps
}

impl Made {
    /// So many minutes at one speed, at seven in the morning.
    pub fn run(day: i64, minutes: i64, mps: f64) -> Made {
        Made::of(day, vec![(60 * minutes, mps)])
    }

    pub fn of(day: i64, parts: Vec<(i64, f64)>) -> Made {
        Made {
            day,
            minute: 7 * 60,
            parts,
            title: None,
            sport: Sport::Running,
            sub_sport: SubSport::Generic,
            bpm: Some(base),
            course_bpm: Vec::new(),
            more_bpm: 0.0,
            lag_s: 25.0,
            wobble_s: 20.0,
            lost_from: 1.0,
            cadence_spm: None,
            locked: None,
            settings: DeviceSettings::default(),
            told: Told::default(),
            altitude_m: 200.0,
            every_s: 1,
            latitude: 48.2,
        }
    }

    pub fn titled(self, title: &'static str) -> Made {
        Made { title: Some(title), ..self }
    }

    /// With a heart that goes its own way; at least two values.
    pub fn on_course(self, course_bpm: Vec<f64>) -> Made {
        Made { course_bpm, ..self }
    }

    /// The heart rate of its course after this share of the time, 0..=1.
    fn course_at(&self, share: f64) -> Option<f64> {
        let at = share.clamp(0.0, 1.0) * self.course_bpm.len().checked_sub(1)? as f64;
        let (before, after) = (self.course_bpm[at.floor() as usize], self.course_bpm[at.ceil() as usize]);
        Some(before + (after - before) * at.fract())
    }

    /// With a sensor that counts steps, so many a minute, for these seconds.
    pub fn locked(self, seconds: Range<i64>, spm: f64) -> Made {
        Made { locked: Some((seconds, spm)), cadence_spm: Some(spm), ..self }
    }

    pub fn without_heart_rate(self) -> Made {
        Made { bpm: None, ..self }
    }

    /// Repetitions: so often `fast_s` at `fast`, with as long at `slow` between, after and before ten minutes at `slow`.
    pub fn repetitions(day: i64, times: usize, fast_s: i64, fast: f64, slow: f64) -> Made {
        let reps = (0..times).flat_map(|_| [(fast_s, fast), (fast_s, slow)]);
        Made::of(day, std::iter::once((600, slow)).chain(reps).chain([(600, slow)]).collect())
    }

    pub fn date(&self) -> Date {
        FIRST.saturating_add(self.day.days())
    }

    fn activity(&self) -> Activity {
        let start = self.date().at(0, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp().as_millisecond();
        let start = start + self.minute * 60_000;
        let moving: i64 = self.parts.iter().map(|part| part.0).sum();
        let mut samples = Vec::new();
        let (mut second, mut metres, mut heart) = (0_i64, 0.0, None::<f64>);
        for (seconds, mps) in &self.parts {
            for i in 0..*seconds {
                let is_kept = *mps > 0.0 && (second % self.every_s == 0 || i == 0 || i == seconds - 1);
                if let Some(bpm) = self.bpm {
                    // Standing still the heart falls, and not to rest.
                    let wanted = if *mps > 0.0 { bpm(*mps) } else { bpm(1.0) };
                    let now = heart.unwrap_or(wanted);
                    let course = self.course_at(second as f64 / moving as f64);
                    heart = course.or(Some(now + (wanted - now) / self.lag_s));
                }
                if is_kept {
                    samples.push(self.sample(
                        start,
                        second,
                        metres,
                        heart.filter(|_| (second as f64) < self.lost_from * moving as f64),
                    ));
                }
                metres += mps;
                second += 1;
            }
        }
        Activity {
            sport: self.sport,
            sub_sport: self.sub_sport,
            name: self.title.map(Into::into),
            samples,
            settings: self.settings,
            told: self.told.clone(),
            ..Activity::new(Format::Tcx)
        }
    }

    fn sample(&self, start_ms: i64, second: i64, metres: f64, heart: Option<f64>) -> Sample {
        let wobble = (second as f64 / self.wobble_s).floor() % 3.0 - 1.0;
        let steps = |spm: f64| spm + (second % 7 - 3) as f64 / 3.0;
        let locked = self.locked.as_ref().filter(|(seconds, _)| seconds.contains(&second));
        let locked = locked.map(|(_, spm)| steps(*spm).round());
        Sample {
            time_ms: start_ms + second * 1000,
            position: Some((self.latitude + metres / DEGREE_M, 16.4)),
            altitude_m: Some(self.altitude_m),
            distance_m: Some(metres),
            heart_rate_bpm: locked.or_else(|| heart.map(|bpm| (bpm + wobble + self.more_bpm).round())),
            cadence_spm: self.cadence_spm.map(steps),
            ..Sample::default()
        }
    }

    pub fn recording(&self) -> Recording {
        let digest = digest(&self.activity()).expect("a digest");
        Recording::new(format!("{:03}-{}.tcx", self.day, self.minute).into(), digest, &TimeZone::UTC)
            .expect("a recording")
    }
}

/// A season of these runs as of the day after the last.
pub fn season(runs: &[Made], profile: &str) -> Season {
    let last = runs.iter().map(|run| run.day).max().unwrap_or(0);
    season_on(runs, profile, last + 1)
}

/// A season of these runs as of some day after [`FIRST`].
pub fn season_on(runs: &[Made], profile: &str, day: i64) -> Season {
    season_of(runs.iter().map(Made::recording).collect(), profile, day)
}

/// The same of recordings made before.
pub fn season_of(recordings: Vec<Recording>, profile: &str, day: i64) -> Season {
    Season::new(recordings, &Profile::parse(profile).expect("a profile"), FIRST.saturating_add(day.days()))
}

/// The session that began on this day.
pub fn on(season: &Season, day: i64) -> &Labelled {
    let date = FIRST.saturating_add(day.days());
    season.sessions().iter().find(|s| s.session.date == date).expect("a session on that day")
}

/// Ten weeks of the base runner: Tuesday and Thursday 40 easy minutes, Saturday 30, Sunday 80; with a tempo run of 20 minutes
/// on Thursdays if asked for.
pub fn base_season(with_tempo: bool) -> Vec<Made> {
    let week = |week: i64| {
        let day = 7 * week;
        // No two easy runs are quite alike.
        let mps = 2.7 + 0.02 * (week % 4) as f64;
        let tempo = Made::of(day + 3, vec![(780, 2.7), (1200, 3.7), (720, 2.7)]);
        [
            Made::run(day + 1, 40, mps),
            if with_tempo { tempo } else { Made::run(day + 3, 40, mps + 0.03) },
            Made::run(day + 5, 30, mps - 0.12),
            Made::run(day + 6, 80, mps - 0.04),
        ]
    };
    (0..10).flat_map(week).collect()
}
