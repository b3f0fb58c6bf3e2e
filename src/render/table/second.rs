//! The row of a second of one recording.

use super::row;
use crate::clean::Series;
use crate::clean::gait::Gait;

row! {
    /// One second of a recording with the timer on, cleaned (through Python only).
    pub struct SecondRow in "seconds" {
        /// Seconds since the start; it jumps where the timer was off.
        second: usize,
        /// Heart rate, bpm.
        heart_rate_bpm: Option<f64>,
        /// Speed over ground, m/s.
        speed_mps: Option<f64>,
        /// Grade-adjusted speed: what the same effort would be on the flat, m/s.
        gap_mps: Option<f64>,
        /// Steps of both feet a minute.
        cadence_spm: Option<f64>,
        /// Power, W.
        power_w: Option<f64>,
        /// `run`, `walk` or `stop`; missing where nothing tells.
        gait: Option<&'static str>,
        /// Whether it was faster than a standstill.
        moving: bool,
        /// Whether the heart rate follows the cadence, and may be none.
        cadence_lock: bool,
    }
}

impl SecondRow {
    /// One row for every second.
    pub fn all(series: &Series) -> Vec<SecondRow> {
        let seconds = series.spans.iter().flat_map(|span| span.start_s..span.start_s + span.len);
        let row = |(i, second): (usize, u32)| SecondRow {
            second: second as usize,
            heart_rate_bpm: series.heart_rate_bpm[i],
            speed_mps: series.speed_mps[i],
            gap_mps: series.gap_mps[i],
            cadence_spm: series.cadence_spm[i],
            power_w: series.power_at(i),
            gait: series.gait[i].map(Gait::word),
            moving: series.is_moving(i),
            cadence_lock: series.cadence_lock[i],
        };
        seconds.enumerate().map(row).collect()
    }
}
