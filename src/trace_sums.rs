//! What the seconds of one recording add up to, whatever the athlete's thresholds are.
//!
//! All of it is found in one look, so that the rest of a season does without the seconds where it can.

use crate::cadence_lock::Locked;
use crate::digest::{Second, Trace};
use serde::{Deserialize, Serialize};

/// Sums of a [`Trace`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceSums {
    /// Mean grade-adjusted speed over the moving seconds, m/s.
    pub moving_mps: Option<f64>,
    /// The same over the running seconds, m/s.
    pub running_mps: Option<f64>,
    /// Best grade-adjusted speed over three minutes, m/s.
    pub best_3min_mps: Option<f64>,
    /// The highest two minutes held without a break.
    pub held: Option<HeldHigh>,
    pub locked: Option<Locked>,
    pub beats: RecordedBeats,
}

/// The heart rate as it was recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordedBeats {
    /// Seconds at each heart rate that occurs, (bpm, s), the lowest first.
    pub seconds_at: Vec<(u8, u32)>,
    /// Moving seconds.
    pub moving_s: u32,
    /// Those of them with a heart rate, and the sum of that, bpm·s.
    pub moving_beats_s: u32,
    pub moving_sum: f64,
    /// Some of it may be the steps', or a dry strap's.
    pub is_doubtful: bool,
}

/// Two minutes of smooth, high heart rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldHigh {
    pub bpm: f64,
    /// Grade-adjusted speed meanwhile, m/s.
    pub mps: Option<f64>,
}

impl TraceSums {
    pub fn of(trace: &Trace) -> TraceSums {
        let trace = &*trace.open();
        let seconds: Vec<Second> = trace.seconds().collect();
        let mean = |counts: fn(&Second) -> bool| {
            let speeds = seconds.iter().filter(|s| counts(s)).filter_map(|s| s.gap_mps);
            let (count, sum) = speeds.fold((0_u32, 0.0), |(n, sum), mps| (n + 1, sum + mps));
            (count > 0).then(|| sum / f64::from(count))
        };
        let mut sums = TraceSums {
            moving_mps: mean(|s| s.moving),
            running_mps: mean(|s| s.running),
            best_3min_mps: None,
            held: None,
            locked: Locked::in_trace(trace),
            beats: RecordedBeats::of(trace, &seconds),
        };
        let mut from = 0;
        for (_, length) in &trace.spans {
            let span = &seconds[from..(from + *length as usize).min(seconds.len())];
            sums.best_3min_mps = sums.best_3min_mps.into_iter().chain(best_3min(span)).reduce(f64::max);
            let higher = |a: HeldHigh, b: HeldHigh| if b.bpm > a.bpm { b } else { a };
            sums.held = sums.held.into_iter().chain(highest_held(span)).reduce(higher);
            from += span.len();
        }
        sums
    }
}

impl RecordedBeats {
    fn of(trace: &Trace, seconds: &[Second]) -> RecordedBeats {
        let mut beats = RecordedBeats {
            seconds_at: seconds_at(trace.beats()),
            is_doubtful: trace.has_cadence_lock() || trace.dry_strap_s() > 0,
            ..RecordedBeats::default()
        };
        for second in seconds.iter().filter(|s| s.moving) {
            beats.moving_s += 1;
            beats.moving_beats_s += u32::from(second.heart_rate_bpm.is_some());
            beats.moving_sum += second.heart_rate_bpm.unwrap_or(0.0);
        }
        beats
    }

    /// Moving seconds with a heart rate, as a fraction of all moving seconds, 0..=1.
    pub fn coverage(&self) -> f64 {
        f64::from(self.moving_beats_s) / f64::from(self.moving_s.max(1))
    }

    /// The highest heart rate, bpm.
    pub fn highest_bpm(&self) -> Option<f64> {
        self.seconds_at.last().map(|(bpm, _)| f64::from(*bpm))
    }
}

/// Seconds at each heart rate that occurs among these, one a second and 0 where missing: (bpm, s), the lowest first.
pub fn seconds_at(beats: &[u8]) -> Vec<(u8, u32)> {
    let mut seconds = [0_u32; 256];
    beats.iter().for_each(|bpm| seconds[usize::from(*bpm)] += 1);
    (0..=u8::MAX).zip(seconds).filter(|(bpm, seconds)| *bpm != 0 && *seconds > 0).collect()
}

/// Best mean grade-adjusted speed over three unbroken minutes.
fn best_3min(span: &[Second]) -> Option<f64> {
    const LENGTH: usize = 180;
    let speed = |s: &Second| s.gap_mps.unwrap_or(0.0);
    let mut sum: f64 = span.get(..LENGTH)?.iter().map(speed).sum();
    let mut best = sum;
    for (leaving, entering) in span.iter().zip(&span[LENGTH..]) {
        sum += speed(entering) - speed(leaving);
        best = best.max(sum);
    }
    Some(best / LENGTH as f64).filter(|mps| *mps > 0.0)
}

/// The highest two minutes in which the heart rate never jumps and stays below 215 bpm.
fn highest_held(span: &[Second]) -> Option<HeldHigh> {
    const LENGTH: usize = 120;
    const LARGEST_STEP_BPM: f64 = 6.0;
    const HIGHEST_BPM: f64 = 215.0;
    let mut best: Option<HeldHigh> = None;
    let (mut smooth, mut sum) = (0, 0.0);
    let mut before: Option<f64> = None;
    for (i, second) in span.iter().enumerate() {
        let bpm = second.heart_rate_bpm.filter(|bpm| !second.cadence_lock && *bpm < HIGHEST_BPM);
        let goes_on = bpm.zip(before).is_some_and(|(now, then)| (now - then).abs() <= LARGEST_STEP_BPM);
        before = bpm;
        (smooth, sum) = match bpm {
            Some(bpm) if goes_on => (smooth + 1, sum + bpm),
            Some(bpm) => (1, bpm),
            None => (0, 0.0),
        };
        if smooth > LENGTH {
            sum -= span[i - LENGTH].heart_rate_bpm.unwrap_or(0.0);
            smooth = LENGTH;
        }
        let mean = sum / LENGTH as f64;
        if smooth == LENGTH && best.is_none_or(|best| mean > best.bpm) {
            let speeds = span[i + 1 - LENGTH..=i].iter().filter_map(|s| s.gap_mps);
            let (count, total) = speeds.fold((0_u32, 0.0), |(n, sum), mps| (n + 1, sum + mps));
            best = Some(HeldHigh { bpm: mean, mps: (count > 0).then(|| total / f64::from(count)) });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(bpm: f64, mps: f64) -> Second {
        Second { heart_rate_bpm: Some(bpm), gap_mps: Some(mps), moving: true, running: true, ..Second::default() }
    }

    #[test]
    fn a_spike_is_not_held() {
        let mut span = vec![second(150.0, 2.8); 300];
        span[150..165].fill(second(205.0, 2.8));
        assert_eq!(highest_held(&span).map(|held| held.bpm), Some(150.0));
        span.extend((0..60).map(|i| second(150.0 + f64::from(i) * 0.5, 4.0)));
        span.extend(vec![second(180.0, 4.0); 120]);
        assert_eq!(highest_held(&span), Some(HeldHigh { bpm: 180.0, mps: Some(4.0) }));
        assert_eq!(highest_held(&span[..100]), None);
    }

    #[test]
    fn three_minutes_are_three_minutes() {
        let mut span = vec![second(150.0, 2.0); 400];
        span[100..280].fill(second(150.0, 4.0));
        assert_eq!(best_3min(&span), Some(4.0));
        assert_eq!(best_3min(&span[..179]), None);
    }
}
