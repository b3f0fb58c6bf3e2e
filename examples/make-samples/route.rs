//! Invented routes: smooth loops, ways out and back, a 400 m track. They follow no real road.

use super::noise::{Noise, cosine, sine};

/// Metres in a degree of latitude on a sphere of 6 371 km.
const METRES_PER_DEGREE: f64 = 6_371_000.0 * std::f64::consts::PI / 180.0;

/// A point of the plane around a home: metres east and metres north.
type Plane = (f64, f64);

/// A stretch of country: open, rolling farmland, with nobody's front door at its centre.
#[derive(Clone, Copy)]
pub struct Place {
    lat_deg: f64,
    lon_deg: f64,
    altitude_m: f64,
    /// How hilly: 0 is flat, 1 climbs about 140 m in 10 km.
    hilliness: f64,
}

pub const HOME: Place = Place { lat_deg: 51.90, lon_deg: 13.20, altitude_m: 112.0, hilliness: 0.35 };
pub const HILLS: Place = Place { lat_deg: 51.84, lon_deg: 13.05, altitude_m: 138.0, hilliness: 1.15 };
pub const RACE_TOWN: Place = Place { lat_deg: 51.71, lon_deg: 13.62, altitude_m: 96.0, hilliness: 0.2 };
pub const TRACK_FIELD: Place = Place { lat_deg: 51.908, lon_deg: 13.223, altitude_m: 109.0, hilliness: 0.0 };
pub const TREADMILL: Place = Place { lat_deg: 51.90, lon_deg: 13.20, altitude_m: 0.0, hilliness: 0.0 };

/// A line on the ground, followed from its start.
pub struct Route {
    place: Place,
    points: Vec<Plane>,
    /// Distance from the start at each point, metres.
    along_m: Vec<f64>,
    there_and_back: bool,
}

impl Route {
    /// A closed, uneven loop of the given length that starts and ends at the same corner.
    pub fn looped(place: Place, length_m: f64, noise: &mut Noise) -> Route {
        let bends: Vec<(f64, f64, f64)> = (2..=12)
            .map(|k| (f64::from(k), noise.between(0.04, 0.30) / f64::from(k), noise.between(0.0, 1.0)))
            .collect();
        let turned = noise.between(0.0, 1.0);
        let corner = |i: u32| {
            let turn = f64::from(i) / 900.0;
            let radius = 1.0 + bends.iter().map(|(k, size, phase)| size * sine(k * turn + phase)).sum::<f64>();
            (radius * cosine(turn + turned), radius * sine(turn + turned))
        };
        let (x0, y0) = corner(0);
        let outline: Vec<Plane> = (0..=900).map(corner).map(|(x, y)| (x - x0, y - y0)).collect();
        let scale = length_m / length(&outline);
        let points = outline.into_iter().map(|(x, y)| (x * scale, y * scale)).collect();
        Route::along(place, points, false)
    }

    /// A winding way to a turning point and back, the given length in all.
    pub fn out_and_back(place: Place, length_m: f64, noise: &mut Noise) -> Route {
        let bends: Vec<(f64, f64, f64)> =
            [420.0, 1_100.0, 2_600.0].map(|l| (l, noise.between(0.02, 0.10), noise.between(0.0, 1.0))).to_vec();
        let heading = noise.between(0.0, 1.0);
        let mut points = vec![(0.0, 0.0)];
        let mut at = (0.0, 0.0);
        for i in 0..(length_m / 2.0 / 5.0).ceil() as u32 {
            let along_m = f64::from(i) * 5.0;
            let turn = heading + bends.iter().map(|(l, size, phase)| size * sine(along_m / l + phase)).sum::<f64>();
            at = (at.0 + 5.0 * cosine(turn), at.1 + 5.0 * sine(turn));
            points.push(at);
        }
        Route::along(place, points, true)
    }

    /// The inside lane of a running track: two straights and two half circles.
    pub fn track() -> Route {
        const STRAIGHT_M: f64 = 84.39;
        const RADIUS_M: f64 = 36.8;
        let bend = |i: u32, from_turn: f64, centre_x: f64| {
            let turn = from_turn + f64::from(i) / 80.0;
            (centre_x + RADIUS_M * cosine(turn), RADIUS_M * sine(turn))
        };
        let mut points: Vec<Plane> = vec![(0.0, -RADIUS_M)];
        points.extend((0..=40).map(|i| bend(i, 0.75, STRAIGHT_M)));
        points.extend((0..=40).map(|i| bend(i, 0.25, 0.0)));
        let scale = 400.0 / length(&points);
        let points = points.into_iter().map(|(x, y)| (x * scale, y * scale)).collect();
        Route::along(TRACK_FIELD, points, false)
    }

    fn along(place: Place, points: Vec<Plane>, there_and_back: bool) -> Route {
        let mut so_far_m = 0.0;
        let mut along_m = vec![0.0];
        for pair in points.windows(2) {
            so_far_m += distance(pair[0], pair[1]);
            along_m.push(so_far_m);
        }
        Route { place, points, along_m, there_and_back }
    }

    /// Where one is after so many metres, going round again (or to and fro) as often as needed.
    pub fn at(&self, distance_m: f64) -> Plane {
        let whole_m = self.along_m[self.along_m.len() - 1];
        let mut rest_m = distance_m.max(0.0);
        let lap_m = if self.there_and_back { 2.0 * whole_m } else { whole_m };
        rest_m -= (rest_m / lap_m).floor() * lap_m;
        if self.there_and_back && rest_m > whole_m {
            rest_m = 2.0 * whole_m - rest_m;
        }
        let next = self.along_m.partition_point(|&m| m <= rest_m).clamp(1, self.points.len() - 1);
        let ((x0, y0), (x1, y1)) = (self.points[next - 1], self.points[next]);
        let share = (rest_m - self.along_m[next - 1]) / (self.along_m[next] - self.along_m[next - 1]).max(1e-9);
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
    }

    /// Height of the ground, metres: a property of the place, so that a loop ends as high as it began.
    pub fn altitude_m(&self, (x, y): Plane) -> f64 {
        let swell = 7.0 * sine(x / 2_300.0 + y / 3_100.0 + 0.1)
            + 5.0 * sine(x / 1_100.0 - y / 1_700.0 + 0.6)
            + 3.0 * sine(x / 1_900.0 + y / 760.0 + 0.3);
        self.place.altitude_m + self.place.hilliness * swell
    }

    /// Slope of the ground in the direction of travel, as a fraction.
    pub fn grade(&self, distance_m: f64) -> f64 {
        let (behind, ahead) = (self.at(distance_m), self.at(distance_m + 8.0));
        (self.altitude_m(ahead) - self.altitude_m(behind)) / 8.0
    }

    /// Degrees of latitude and longitude, unrounded.
    pub fn degrees(&self, (x, y): Plane) -> (f64, f64) {
        let lat_deg = self.place.lat_deg + y / METRES_PER_DEGREE;
        let lon_deg = self.place.lon_deg + x / (METRES_PER_DEGREE * cosine(lat_deg / 360.0));
        (lat_deg, lon_deg)
    }
}

fn distance((x0, y0): Plane, (x1, y1): Plane) -> f64 {
    ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)).sqrt()
}

fn length(points: &[Plane]) -> f64 {
    points.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}
