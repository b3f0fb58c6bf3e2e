//! Samples for what was only summed up: swims in a pool, treadmills, entries by hand.

use super::timestamp;
use crate::activity::{DeviceTotals, Sample};

/// No activity without samples lasts longer (s): a timer beyond it was never stopped, or is damaged.
const MAX_TIMER_S: f64 = 48.0 * 3600.0;
/// Seconds made for one file, lest a few bytes fill the memory: two years of swims in one TCX file.
const MAX_MADE_S: u32 = 1000 * 3600;
/// Seconds between samples, few enough to be one stretch.
const STEP_S: usize = 20;

/// Makes the samples for one file.
pub struct Maker {
    left_s: u32,
}

impl Maker {
    pub fn new() -> Self {
        Maker { left_s: MAX_MADE_S }
    }

    /// A sample every 20 seconds over the time on the timer, with the mean heart rate and an even pace throughout. They end with
    /// the timer's last whole second, so that those of the next sport never overlap.
    pub fn samples(&mut self, start_ms: i64, totals: &DeviceTotals) -> Option<Vec<Sample>> {
        timestamp(start_ms)?;
        let timer_s = totals.timer_s.filter(|s| (1.0..=MAX_TIMER_S).contains(s))?;
        let distance_m = totals.distance_m.filter(|m| *m > 0.0);
        let heart_rate_bpm = totals.heart_rate_mean_bpm.filter(|bpm| *bpm > 0.0);
        let last = timer_s as u32;
        self.left_s = self.left_s.checked_sub(last)?;
        let sample = |second: u32| Sample {
            time_ms: start_ms + i64::from(second) * 1000,
            distance_m: distance_m.map(|m| m * f64::from(second) / f64::from(last)),
            heart_rate_bpm,
            ..Sample::default()
        };
        Some((0..last).step_by(STEP_S).chain([last]).map(sample).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(timer_s: f64) -> DeviceTotals {
        DeviceTotals {
            timer_s: Some(timer_s),
            distance_m: Some(1000.0),
            heart_rate_mean_bpm: Some(130.0),
            ..DeviceTotals::default()
        }
    }

    fn samples(start_ms: i64, totals: &DeviceTotals) -> Option<Vec<Sample>> {
        Maker::new().samples(start_ms, totals)
    }

    #[test]
    fn the_means_stand_for_every_second() {
        let samples = samples(5000, &totals(100.7)).unwrap();
        assert_eq!(samples.len(), 6);
        let of = |at: usize| (samples[at].time_ms, samples[at].distance_m, samples[at].heart_rate_bpm);
        assert_eq!(of(0), (5000, Some(0.0), Some(130.0)));
        assert_eq!(of(2), (45_000, Some(400.0), Some(130.0)));
        assert_eq!(of(5), (105_000, Some(1000.0), Some(130.0)));
    }

    #[test]
    fn what_was_not_stated_is_not_made_up() {
        let bare = DeviceTotals { timer_s: Some(2.0), distance_m: Some(0.0), ..DeviceTotals::default() };
        let sample = samples(0, &bare).unwrap()[1];
        assert_eq!(sample, Sample { time_ms: 2000, ..Sample::default() });
    }

    #[test]
    fn without_a_credible_time_there_is_nothing() {
        for timer_s in [0.0, 0.9, -5.0, 172_801.0, 4_294_967.0, f64::NAN] {
            assert_eq!(samples(0, &totals(timer_s)), None, "{timer_s}");
        }
        assert_eq!(samples(0, &DeviceTotals::default()), None);
        assert_eq!(samples(i64::MAX, &totals(60.0)), None);
        assert_eq!(samples(0, &totals(172_800.0)).map(|samples| samples.len()), Some(8641));
    }

    #[test]
    fn one_file_gives_so_much_and_no_more() {
        let mut maker = Maker::new();
        let made = (0..200).filter_map(|_| maker.samples(0, &totals(MAX_TIMER_S))).count();
        assert_eq!(made, 20);
    }
}
