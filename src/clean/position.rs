//! Places on Earth.

use crate::activity::Sample;

/// Mean radius of the Earth in metres (sauce4strava's value, methods §1.3).
const EARTH_RADIUS_M: f64 = 6_371_000.0;

/// Great-circle distance in metres between two positions (latitude, longitude in degrees).
pub fn straight_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    Location::at(a).straight_m(&Location::at(b))
}

/// No two positions (latitude, longitude in degrees) lie further apart than this, in metres: much sooner known than how far.
pub fn at_most_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    const MORE_THAN_ROUNDING: f64 = 1.0 + 1e-9;
    EARTH_RADIUS_M * ((b.0 - a.0).abs() + (b.1 - a.1).abs()).to_radians() * MORE_THAN_ROUNDING
}

/// A position with what every distance from it takes.
#[derive(Clone, Copy)]
pub struct Location {
    latitude_rad: f64,
    longitude_deg: f64,
    cos_latitude: f64,
}

impl Location {
    /// At this latitude and longitude in degrees.
    pub fn at((latitude, longitude): (f64, f64)) -> Location {
        let latitude_rad = latitude.to_radians();
        Location { latitude_rad, longitude_deg: longitude, cos_latitude: latitude_rad.cos() }
    }

    /// Great-circle distance in metres.
    pub fn straight_m(&self, to: &Location) -> f64 {
        let half_lat = ((to.latitude_rad - self.latitude_rad) / 2.0).sin();
        let half_lon = ((to.longitude_deg - self.longitude_deg).to_radians() / 2.0).sin();
        let h = half_lat * half_lat + self.cos_latitude * to.cos_latitude * half_lon * half_lon;
        2.0 * EARTH_RADIUS_M * h.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// The position of a sample if it is one on Earth; (0, 0) is what devices write when they have none.
pub fn position_of(sample: &Sample) -> Option<(f64, f64)> {
    sample.position.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0 && (*lat, *lon) != (0.0, 0.0))
}
