//! The watch: what it makes of the truth, with its noise, its gaps and its broken straps.

use super::athlete::{self, Day, Stop, Tick};
use super::noise::{Noise, Wander};
use super::route::{HILLS, HOME, Place, RACE_TOWN, Route, TREADMILL};
use super::season::{Course, Format, Outing, Spacing, Strap};
use super::session::{self, Extent, Plan, Step};
use std::error::Error;

/// An outing as it truly was, and as it was written down.
pub struct Recording {
    /// Unix seconds of the first tick.
    pub start_s: i64,
    /// Local clock minus UTC, seconds.
    pub utc_offset_s: i32,
    pub local_date: String,
    pub ticks: Vec<Tick>,
    pub points: Vec<Point>,
    pub laps: Vec<Lap>,
}

/// One line of the file.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Seconds since the start; also the index of the tick.
    pub second: usize,
    /// Degrees, rounded to 1e-6.
    pub position: Option<(f64, f64)>,
    pub altitude_m: Option<f64>,
    pub distance_m: f64,
    pub speed_mps: f64,
    pub heart_rate_bpm: Option<u8>,
    /// Steps of one leg, or turns of the cranks, a minute.
    pub strides_per_min: f64,
    /// The first point after a pause.
    pub resumes: bool,
}

/// From one press of the button to the next, in indices of `points`, the last one included.
#[derive(Clone, Copy, Debug)]
pub struct Lap {
    pub first: usize,
    pub last: usize,
}

impl Recording {
    pub fn elapsed_s(&self) -> usize {
        self.ticks.len() - 1
    }

    /// Seconds up to `second` during which the timer ran.
    pub fn timer_s(&self, from: usize, to: usize) -> usize {
        self.ticks[from..=to].windows(2).filter(|pair| pair[0].timer_on && pair[1].timer_on).count()
    }

    /// The ticks in which the runner moved at 0.5 m/s or more while the timer ran.
    pub fn moving(&self) -> impl Iterator<Item = &Tick> {
        self.ticks
            .windows(2)
            .filter(|pair| pair[0].timer_on && pair[1].timer_on)
            .map(|pair| &pair[1])
            .filter(|tick| tick.speed_mps >= 0.5)
    }

    /// Metres climbed and descended on the true ground.
    pub fn climbed_m(&self) -> (f64, f64) {
        self.ticks.windows(2).map(|pair| pair[1].altitude_m - pair[0].altitude_m).fold(
            (0.0, 0.0),
            |(up, down), rise| {
                if rise > 0.0 { (up + rise, down) } else { (up, down - rise) }
            },
        )
    }

    /// When the timer was stopped and started again, in seconds since the start.
    pub fn pauses(&self) -> Vec<(usize, usize)> {
        let mut pauses = Vec::new();
        for (i, pair) in self.ticks.windows(2).enumerate() {
            match (pair[0].timer_on, pair[1].timer_on) {
                (true, false) => pauses.push((i, i)),
                (false, true) => {
                    if let Some(last) = pauses.last_mut() {
                        last.1 = i + 1;
                    }
                }
                _ => {}
            }
        }
        pauses
    }
}

/// Lives and records an outing.
pub fn record(outing: &Outing) -> Result<Recording, Box<dyn Error>> {
    let mut body = Noise::new("body", &outing.start);
    let mut device = Noise::new("watch", &outing.start);
    let second = if outing.plan == Plan::HalfMarathon { 0 } else { body.whole(0, 60) };
    let starts = outing.starts(second as i8)?;
    let route = route(outing, &mut Noise::new("route", &outing.start));
    let steps = steps(outing, &mut body);
    let stops = stops(outing, &steps, &mut body);
    let ticks = athlete::live(&steps, &stops, &route, day(outing, &mut body)?, &mut body);
    let points = points(outing, &route, &ticks, &mut device);
    let laps = laps(outing, &ticks, &points);
    Ok(Recording {
        start_s: starts.timestamp().as_second(),
        utc_offset_s: starts.offset().seconds(),
        local_date: starts.date().to_string(),
        ticks,
        points,
        laps,
    })
}

fn route(outing: &Outing, noise: &mut Noise) -> Route {
    let length_m = outing.plan.rough_length_m();
    let looped = |place: Place, length_m: f64, noise: &mut Noise| Route::looped(place, length_m, noise);
    match outing.course {
        Course::Loop => looped(HOME, length_m, noise),
        Course::OutAndBack => Route::out_and_back(HOME, length_m, noise),
        Course::Hills => looped(HILLS, length_m, noise),
        Course::Race => looped(RACE_TOWN, length_m, noise),
        Course::Treadmill => looped(TREADMILL, length_m, noise),
        Course::Track => Route::track(),
    }
}

fn steps(outing: &Outing, noise: &mut Noise) -> Vec<Step> {
    let walk = |seconds: f64| Step { extent: Extent::Seconds(seconds), speed_mps: 1.42 };
    let mut steps = session::steps(outing.plan, noise);
    if outing.walks_in {
        steps.insert(0, walk(240.0));
    }
    if outing.walks_out {
        steps.push(walk(300.0));
    }
    steps
}

/// Red lights at odd moments; stretching in the middle.
fn stops(outing: &Outing, steps: &[Step], noise: &mut Noise) -> Vec<Stop> {
    let length_s: f64 = steps
        .iter()
        .map(|step| match step.extent {
            Extent::Seconds(seconds) => seconds,
            Extent::Metres(metres) => metres / step.speed_mps,
        })
        .sum();
    let mut stops = Vec::new();
    if outing.plan.can_be_stopped() {
        for i in 0..outing.lights {
            let part = length_s / f64::from(outing.lights);
            let at_s = part * f64::from(i) + noise.between(0.2, 0.8) * part;
            stops.push(Stop { at_s: at_s as u32, lasts_s: noise.whole(18, 75), stops_timer: outing.stops_timer });
        }
    }
    if outing.stretches {
        for share in [0.45, 0.72] {
            stops.push(Stop { at_s: (share * length_s) as u32, lasts_s: noise.whole(50, 90), stops_timer: false });
        }
    }
    stops
}

/// Fitter by about three beats over the season, and warmer by the week.
fn day(outing: &Outing, noise: &mut Noise) -> Result<Day, Box<dyn Error>> {
    let season = outing.day()? / 112.0;
    let evening_c = if outing.start.contains(" 18:") { 4.0 } else { 0.0 };
    Ok(Day {
        offset_bpm: 1.5 - 3.0 * season + noise.normal(1.6),
        temperature_c: 5.0 + 13.0 * season + evening_c + noise.normal(2.5),
        cycling: matches!(outing.plan, Plan::Ride(_)),
    })
}

fn points(outing: &Outing, route: &Route, ticks: &[Tick], noise: &mut Noise) -> Vec<Point> {
    let mut sensors = Sensors::new(outing, noise);
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
            next = second + interval(outing.spacing, noise);
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
    outing: Outing,
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
    fn new(outing: &Outing, noise: &mut Noise) -> Sensors {
        let barometer = outing.format == Format::Fit;
        // Wandering after wandering gives the smooth drift of a filtered satellite track.
        let mut drift = || [Wander::new(4.0, 25.0, noise), Wander::new(0.15, 4.0, noise)];
        Sensors {
            outing: outing.clone(),
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
        let outside = self.outing.course != Course::Treadmill;
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
        if matches!(self.outing.plan, Plan::Ride(_)) { tick.cadence.round() } else { tick.cadence / 2.0 }
    }

    fn heart_rate(&mut self, second: u32, tick: &Tick, noise: &mut Noise) -> Option<u8> {
        let read = (tick.heart_rate_bpm + self.jitter.step(noise)).round() as u8;
        match self.outing.strap {
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
fn laps(outing: &Outing, ticks: &[Tick], points: &[Point]) -> Vec<Lap> {
    let key = |point: &Point| {
        if outing.plan.has_lap_button() { ticks[point.second].step } else { (point.distance_m / 1_000.0) as usize }
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
