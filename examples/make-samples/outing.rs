//! One outing of the sample season: the way, the steps, the halts and the day, lived and recorded.

use super::athlete::{self, Day, SAMPLE_RUNNER, Stop};
use super::noise::Noise;
use super::recording::Recording;
use super::route::{HILLS, HOME, Place, RACE_TOWN, Route, TREADMILL};
use super::season::{Course, Outing};
use super::session::{self, Plan};
use super::step::{Extent, Step};
use super::watch;
use std::error::Error;

/// Lives and records an outing.
pub fn record(outing: &Outing) -> Result<Recording, Box<dyn Error>> {
    let mut body = Noise::new("body", &outing.start);
    let mut device = Noise::new("watch", &outing.start);
    let second = if outing.plan == Plan::HalfMarathon { 0 } else { body.whole(0, 60) };
    let starts = outing.starts(second as i8)?;
    let route = route(outing, &mut Noise::new("route", &outing.start));
    let steps = steps(outing, &mut body);
    let stops = stops(outing, &steps, &mut body);
    let ticks = athlete::live(&SAMPLE_RUNNER, &steps, &stops, &route, day(outing, &mut body)?, &mut body);
    Ok(watch::record(&outing.watch(), &starts, &route, ticks, &mut device))
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
