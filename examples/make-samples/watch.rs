//! The watch: what it makes of the truth, with its noise, its gaps and its broken straps.

use super::athlete::Tick;
use super::noise::{Noise, Wander};
use super::recording::{Format, Ground, Lap, Point, Recording, Spacing, Sport, Strap, Watch};
use super::route::Route;
use jiff::Zoned;

/// Records what happened, `noise` being that of the sensors.
pub fn record(watch: &Watch, starts: &Zoned, route: &Route, ticks: Vec<Tick>, noise: &mut Noise) -> Recording {
    let points = points(watch, route, &ticks, noise);
    let laps = laps(watch, &ticks, &points);
    Recording {
        start_s: starts.timestamp().as_second(),
        utc_offset_s: starts.offset().seconds(),
        local_date: starts.date().to_string(),
        ticks,
        points,
        laps,
    }
}

fn points(watch: &Watch, route: &Route, ticks: &[Tick], noise: &mut Noise) -> Vec<Point> {
    let mut sensors = Sensors::new(watch, noise);
    let mut points: Vec<Point> = Vec::new();
    let mut next = 0;
    for (second, tick) in ticks.iter().enumerate() {
        // The sensors run on during a pause; only the writing stops.
        let mut point = sensors.read(second, tick, route, noise);
        let last_before_stop = ticks.get(second + 1).is_none_or(|after| !after.timer_on);
        let resumes = second > 0 && !ticks[second - 1].timer_on;
        if tick.timer_on && (second >= next || last_before_stop || resumes) {
            point.resumes = resumes;
            points.push(point);
            next = second + interval(watch.spacing, noise);
        }
    }
    points
}

fn interval(spacing: Spacing, noise: &mut Noise) -> usize {
    match spacing {
        Spacing::EverySecond => 1,
        Spacing::Every(seconds) => seconds as usize,
        Spacing::Smart => noise.whole(1, 9) as usize,
    }
}

/// The sensors' errors, which wander rather than jump.
struct Sensors {
    watch: Watch,
    east: [Wander; 2],
    north: [Wander; 2],
    height: Wander,
    jitter: Wander,
    distance_m: f64,
    /// Share by which the watch counts long or short all day.
    scale: f64,
    last_true_m: f64,
    stuck_bpm: Option<u8>,
}

impl Sensors {
    fn new(watch: &Watch, noise: &mut Noise) -> Sensors {
        let barometer = watch.format == Format::Fit;
        // Wandering after wandering gives the smooth drift of a filtered satellite track.
        let mut drift = || [Wander::new(4.0, 25.0, noise), Wander::new(0.15, 4.0, noise)];
        Sensors {
            watch: watch.clone(),
            east: drift(),
            north: drift(),
            height: if barometer { Wander::new(0.8, 240.0, noise) } else { Wander::new(2.2, 90.0, noise) },
            jitter: Wander::new(0.5, 2.0, noise),
            distance_m: 0.0,
            scale: 1.0 + noise.normal(0.003),
            last_true_m: 0.0,
            stuck_bpm: None,
        }
    }

    fn read(&mut self, second: usize, tick: &Tick, route: &Route, noise: &mut Noise) -> Point {
        let moved_m = (tick.distance_m - self.last_true_m) * self.scale;
        self.last_true_m = tick.distance_m;
        let speed_mps = if moved_m < 0.05 { 0.0 } else { (moved_m + noise.normal(0.03)).max(0.0) };
        self.distance_m += speed_mps;
        let height_m = tick.altitude_m + self.height.step(noise);
        let (east_m, north_m) = (smooth(&mut self.east, noise), smooth(&mut self.north, noise));
        let (lat_deg, lon_deg) = route.degrees((tick.at.0 + east_m, tick.at.1 + north_m));
        let outside = self.watch.ground != Ground::Treadmill;
        Point {
            second,
            position: outside.then_some((rounded(lat_deg, 1e6), rounded(lon_deg, 1e6))),
            altitude_m: outside.then_some(rounded(height_m, 10.0)),
            distance_m: rounded(self.distance_m, 100.0),
            speed_mps: rounded(speed_mps, 1_000.0),
            heart_rate_bpm: self.heart_rate(second as u32, tick, noise),
            strides_per_min: rounded(self.strides(tick), 2.0),
            resumes: false,
        }
    }

    fn strides(&self, tick: &Tick) -> f64 {
        if self.watch.sport == Sport::Cycling { tick.cadence.round() } else { tick.cadence / 2.0 }
    }

    fn heart_rate(&mut self, second: u32, tick: &Tick, noise: &mut Noise) -> Option<u8> {
        let read = (tick.heart_rate_bpm + self.jitter.step(noise)).round() as u8;
        match self.watch.strap {
            Strap::Dead => None,
            Strap::Stuck { from_s, to_s } if (from_s..to_s).contains(&second) => {
                Some(*self.stuck_bpm.get_or_insert(read))
            }
            Strap::CountsSteps { from_s, to_s } if (from_s..to_s).contains(&second) => {
                Some((tick.cadence + noise.normal(0.8)).round() as u8).filter(|bpm| *bpm > 100).or(Some(read))
            }
            _ => Some(read),
        }
    }
}

/// The slow wander, followed at a distance of some seconds, and a little fast shake.
fn smooth(drift: &mut [Wander; 2], noise: &mut Noise) -> f64 {
    let slow = drift[0].step(noise);
    drift[1].value += (slow - drift[1].value) / 12.0;
    drift[1].value
}

/// To the given number of parts of one, so that the last bits of a sum never reach a file.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// By the button where the session has steps, else every kilometre.
fn laps(watch: &Watch, ticks: &[Tick], points: &[Point]) -> Vec<Lap> {
    let key = |point: &Point| {
        if watch.has_lap_button { ticks[point.second].step } else { (point.distance_m / 1_000.0) as usize }
    };
    let mut laps = vec![Lap { first: 0, last: 0 }];
    for i in 1..points.len() {
        let begins = key(&points[i]) != key(&points[i - 1]);
        if begins {
            laps.push(Lap { first: i, last: i });
        } else if let Some(lap) = laps.last_mut() {
            lap.last = i;
        }
    }
    laps
}
