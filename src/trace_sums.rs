//! What the seconds of one recording add up to, whatever the athlete's thresholds are.
//!
//! All of it is found in one look, so that the rest of a season does without the seconds where it can.

use crate::cadence_lock::Locked;
use crate::digest::Trace;
use crate::physiology::statistics::RunningMean;
use serde::{Deserialize, Serialize};

/// No heart beats faster for two minutes, bpm.
const HIGHEST_BPM: f64 = 215.0;

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
        let (mut moving, mut running) = (RunningMean::default(), RunningMean::default());
        // Column by column: a second in full takes ten times the room.
        let (mut speeds, mut sound) = (Vec::with_capacity(trace.len()), Vec::with_capacity(trace.len()));
        let mut beats = RecordedBeats {
            seconds_at: seconds_at(trace.beats()),
            is_doubtful: trace.has_cadence_lock() || trace.dry_strap_s() > 0,
            ..RecordedBeats::default()
        };
        for second in trace.seconds() {
            if second.moving {
                second.gap_mps.into_iter().for_each(|mps| moving.add(mps));
                beats.add(second.heart_rate_bpm);
            }
            if second.running {
                second.gap_mps.into_iter().for_each(|mps| running.add(mps));
            }
            speeds.push(second.gap_mps);
            sound.push(second.heart_rate_bpm.filter(|bpm| !second.cadence_lock && *bpm < HIGHEST_BPM));
        }
        let mut sums = TraceSums {
            moving_mps: moving.mean(),
            running_mps: running.mean(),
            best_3min_mps: None,
            held: None,
            locked: Locked::in_trace(trace),
            beats,
        };
        let mut from = 0;
        for (_, length) in &trace.spans {
            let span = from..(from + *length as usize).min(speeds.len());
            from = span.end;
            sums.best_3min_mps =
                sums.best_3min_mps.into_iter().chain(best_3min(&speeds[span.clone()])).reduce(f64::max);
            let higher = |a: HeldHigh, b: HeldHigh| if b.bpm > a.bpm { b } else { a };
            let held = highest_held(&sound[span.clone()], &speeds[span]);
            sums.held = sums.held.into_iter().chain(held).reduce(higher);
        }
        sums
    }
}

impl RecordedBeats {
    /// Takes in a moving second.
    fn add(&mut self, bpm: Option<f64>) {
        self.moving_s += 1;
        self.moving_beats_s += u32::from(bpm.is_some());
        self.moving_sum += bpm.unwrap_or(0.0);
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
fn best_3min(speeds_mps: &[Option<f64>]) -> Option<f64> {
    const LENGTH: usize = 180;
    let speed = |mps: &Option<f64>| mps.unwrap_or(0.0);
    let mut sum: f64 = speeds_mps.get(..LENGTH)?.iter().map(speed).sum();
    let mut best = sum;
    for (leaving, entering) in speeds_mps.iter().zip(&speeds_mps[LENGTH..]) {
        sum += speed(entering) - speed(leaving);
        best = best.max(sum);
    }
    Some(best / LENGTH as f64).filter(|mps| *mps > 0.0)
}

/// The highest two minutes in which a sound heart rate never jumps.
fn highest_held(sound_bpm: &[Option<f64>], speeds_mps: &[Option<f64>]) -> Option<HeldHigh> {
    const LENGTH: usize = 120;
    const LARGEST_STEP_BPM: f64 = 6.0;
    let mut best: Option<(usize, f64)> = None;
    let (mut smooth, mut sum) = (0, 0.0);
    let mut before: Option<f64> = None;
    for (i, bpm) in sound_bpm.iter().enumerate() {
        let goes_on = bpm.zip(before).is_some_and(|(now, then)| (now - then).abs() <= LARGEST_STEP_BPM);
        before = *bpm;
        (smooth, sum) = match bpm {
            Some(bpm) if goes_on => (smooth + 1, sum + bpm),
            Some(bpm) => (1, *bpm),
            None => (0, 0.0),
        };
        if smooth > LENGTH {
            sum -= sound_bpm[i - LENGTH].unwrap_or(0.0);
            smooth = LENGTH;
        }
        if smooth == LENGTH && best.is_none_or(|(_, best)| sum > best) {
            best = Some((i, sum));
        }
    }
    let (last, sum) = best?;
    let speeds = speeds_mps[last + 1 - LENGTH..=last].iter().flatten().copied();
    Some(HeldHigh { bpm: sum / LENGTH as f64, mps: RunningMean::of(speeds).mean() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The highest two minutes of these heart rates, bpm, and speeds, m/s.
    fn held(span: &[(f64, f64)]) -> Option<HeldHigh> {
        let (bpm, mps): (Vec<_>, Vec<_>) = span.iter().map(|(bpm, mps)| (Some(*bpm), Some(*mps))).unzip();
        highest_held(&bpm, &mps)
    }

    #[test]
    fn a_spike_is_not_held() {
        let mut span = vec![(150.0, 2.8); 300];
        span[150..165].fill((205.0, 2.8));
        assert_eq!(held(&span).map(|held| held.bpm), Some(150.0));
        span.extend((0..60).map(|i| (150.0 + f64::from(i) * 0.5, 4.0)));
        span.extend(vec![(180.0, 4.0); 120]);
        assert_eq!(held(&span), Some(HeldHigh { bpm: 180.0, mps: Some(4.0) }));
        assert_eq!(held(&span[..100]), None);
    }

    #[test]
    fn three_minutes_are_three_minutes() {
        let mut span = vec![Some(2.0); 400];
        span[100..280].fill(Some(4.0));
        assert_eq!(best_3min(&span), Some(4.0));
        assert_eq!(best_3min(&span[..179]), None);
    }
}
