//! Places on Earth.

use crate::activity::Sample;

/// Mean radius of the Earth in metres (sauce4strava's value, methods §1.3).
const EARTH_RADIUS_M: f64 = 6_371_000.0;

/// Great-circle distance in metres between two positions (latitude, longitude in degrees).
pub fn straight_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * h.clamp(0.0, 1.0).sqrt().asin()
}

/// The position of a sample if it is one on Earth; (0, 0) is what devices write when they have none.
pub fn position_of(sample: &Sample) -> Option<(f64, f64)> {
    sample.position.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0 && (*lat, *lon) != (0.0, 0.0))
}
