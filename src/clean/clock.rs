//! Puts samples into the order of one clock.
//!
//! Watches set their clock in the middle of a run, files are stitched together, a single time may be garbage.
//! Nothing here may stretch a run over years or make it run backwards.

mod part;
mod sorted;

use crate::activity::{DeviceTotals, Sample, TimerEvent};
use part::{ClockPart, ClockStep};
use std::borrow::Cow;

/// A step back of at most this much is jitter: the late samples are dropped.
const JITTER_MS: i64 = 60_000;
/// A step forward of more than this belongs to another recording, unless the device's timer says that it does not.
const FAR_MS: i64 = 86_400_000;
/// The longest recording kept (ten days: the longest races on foot); bounds memory whatever the clock says.
const LONGEST_MS: i64 = 10 * FAR_MS;
/// At most this many samples in a row with a wrong time count as a spike.
const SPIKE_SAMPLES: usize = 10;
/// Times outside years -5900..9900 are garbage; also keeps all sums within `i64`.
const LIMIT_MS: i64 = 250_000_000_000_000;
/// 2000-01-01 00:00 UTC.
const YEAR_2000_MS: i64 = 946_684_800_000;
/// Where a later part is moved on, it starts this much after the earlier one.
const REJOIN_MS: i64 = 1000;
/// The device's time agrees with that of the samples within this share of it.
const AGREES: f64 = 0.02;
/// The device's time from start to end agrees with the samples within this share of it where it shows that a clock was set.
const SET_AGREES: f64 = 0.005;
/// A shorter step forward is a gap.
const LEAST_SET_MS: i64 = 300_000;
/// Time without a sample that may have been a pause, in milliseconds.
const PAUSE_MS: i64 = 25_000;

/// Samples in strictly increasing time.
#[derive(Debug, Default)]
pub struct Ordered<'a> {
    pub samples: Cow<'a, [Sample]>,
    /// How far the clock jumped back in all, in milliseconds; 0 if it never did.
    pub jumped_back_ms: i64,
    /// Samples recorded before the clock was set; moved to one second before the others.
    pub set_after: usize,
    /// Samples left out because their time is more than a day from the rest, or no time at all.
    pub far_off: usize,
    /// Samples that stood elsewhere than their time says, and were sorted.
    pub sorted: usize,
    /// The device's own time agrees with that of all samples put in order.
    pub is_confirmed: bool,
    /// Times of the file up to the first of these were moved by the second, both in milliseconds.
    moved: Option<(i64, i64)>,
}

/// Orders samples by one clock (methods §1.2 and the rules of this module).
///
/// * Blocks or single samples out of order are sorted; one step back is none of these, unless both sides meet.
/// * The same time twice: the later sample wins, field by field.
/// * Back by up to 60 s: dropped.
/// * Back by more: what follows is moved on to one second after where the clock was. By more than a day the clock was set: the
///   later times are right.
/// * Forward by more than a day: the clock was set and what precedes is moved up, if the clock was not set before 2000 or if the
///   device's time agrees with both sides together; otherwise the larger side is kept.
/// * Forward by five minutes to a day: the same, if the device's own time from start to end leaves the step out and the timer
///   was not stopped there.
/// * Up to ten samples in a row that step out and back again are dropped.
pub fn order<'a>(samples: &'a [Sample], totals: &DeviceTotals, timer: &[TimerEvent]) -> Ordered<'a> {
    if is_in_order(samples) {
        let kept = samples.partition_point(|sample| sample.time_ms - samples[0].time_ms <= LONGEST_MS);
        let (samples, far_off) = (&samples[..kept], samples.len() - kept);
        if let Some(first_right) = set_forward(samples, totals, timer) {
            let mut earlier = ClockPart { samples: samples[..first_right].to_vec(), ..ClockPart::default() };
            earlier.move_up_to(&samples[first_right]);
            earlier.samples.extend_from_slice(&samples[first_right + 1..]);
            return Ordered { is_confirmed: true, ..earlier.finish(far_off) };
        }
        let is_confirmed = agrees(active_ms(samples), totals);
        return Ordered { samples: Cow::Borrowed(samples), far_off, is_confirmed, ..Ordered::default() };
    }
    let (samples, sorted) = match sorted::sorted(samples) {
        Some((samples, count)) => (Cow::Owned(samples), count),
        None => (Cow::Borrowed(samples), 0),
    };
    let mut done: Vec<ClockPart> = Vec::new();
    let mut part = ClockPart::default();
    let mut garbage = 0;
    for (i, sample) in samples.iter().enumerate() {
        if !is_time(sample.time_ms) {
            garbage += 1;
            continue;
        }
        let rest = &samples[i + 1..];
        match part.place(sample, rest) {
            ClockStep::On => part.push(*sample),
            ClockStep::Same => part.merge(sample),
            ClockStep::Jitter => {}
            ClockStep::Spike => garbage += 1,
            ClockStep::Back if part.samples.len() <= SPIKE_SAMPLES && rest.len() > 10 * part.samples.len() => {
                garbage += part.samples.len();
                part = ClockPart::starting_with(*sample);
            }
            ClockStep::Back => garbage += part.rejoin(*sample),
            ClockStep::Far if part.is_set_by(sample) => part.move_up_to(sample),
            ClockStep::Far => done.push(std::mem::replace(&mut part, ClockPart::starting_with(*sample))),
        }
    }
    part.believe_later_clock();
    done.push(part);
    let whole = joined(&mut done, totals);
    let mut ordered = if let Some(whole) = whole { whole.finish(garbage) } else { largest(done, garbage) };
    ordered.sorted = sorted;
    ordered.is_confirmed = agrees(active_ms(&ordered.samples), totals);
    ordered
}

/// Nothing is to be done, as with most recordings.
fn is_in_order(samples: &[Sample]) -> bool {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return true };
    is_time(first.time_ms)
        && is_time(last.time_ms)
        && samples.is_sorted_by(|a, b| a.time_ms < b.time_ms && b.time_ms.saturating_sub(a.time_ms) <= FAR_MS)
}

/// The first sample after a clock was set forward by less than a day: a step that the device's own time from start to end
/// does not hold, where the timer ran on.
fn set_forward(samples: &[Sample], totals: &DeviceTotals, timer: &[TimerEvent]) -> Option<usize> {
    let (first, last) = (samples.first()?.time_ms, samples.last()?.time_ms);
    let elapsed_ms = totals.elapsed_s.filter(|s| *s > 0.0).map(|s| s * 1000.0)?;
    let is_stated = |ms: i64| (ms as f64 - elapsed_ms).abs() <= (SET_AGREES * elapsed_ms).max(2000.0);
    // A device that writes no events cannot say that its timer ran on.
    if timer.is_empty() || is_stated(last - first) {
        return None;
    }
    let (at, step) =
        samples.windows(2).map(|w| w[1].time_ms - w[0].time_ms).enumerate().max_by_key(|(_, step)| *step)?;
    let (before, after) = (samples[at].time_ms, samples[at + 1].time_ms);
    let is_event_near = timer.iter().any(|e| (before - JITTER_MS..=after + JITTER_MS).contains(&e.time_ms));
    let is_set = step > LEAST_SET_MS && !is_event_near && is_stated(last - first - step + REJOIN_MS);
    is_set.then_some(at + 1)
}

fn is_time(time_ms: i64) -> bool {
    (-LIMIT_MS..=LIMIT_MS).contains(&time_ms)
}

fn largest(parts: Vec<ClockPart>, garbage: usize) -> Ordered<'static> {
    let total: usize = parts.iter().map(|p| p.samples.len()).sum();
    let Some(best) = parts.into_iter().reduce(|a, b| if b.samples.len() > a.samples.len() { b } else { a }) else {
        return Ordered::default();
    };
    let others = total - best.samples.len();
    best.finish(garbage + others)
}

/// All parts as one, each moved up to the next, if that is as long as the device says.
fn joined(parts: &mut Vec<ClockPart>, totals: &DeviceTotals) -> Option<ClockPart> {
    if parts.len() < 2 || parts.iter().any(|part| part.samples.is_empty() || part.shift_ms != 0) {
        return None;
    }
    let lengths = parts.iter().map(|part| active_ms(&part.samples));
    let joints = REJOIN_MS * (parts.len() as i64 - 1);
    let (whole, active) = lengths.fold((joints, joints), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    if !agrees((whole, active), totals) {
        return None;
    }
    let mut parts = parts.drain(..);
    let first = parts.next()?;
    Some(parts.fold(first, |mut earlier, later| {
        let Some((next, rest)) = later.samples.split_first() else { return earlier };
        earlier.move_up_to(next);
        earlier.samples.extend_from_slice(rest);
        earlier
    }))
}

/// Milliseconds from the first to the last sample, and the same without gaps that may be pauses.
fn active_ms(samples: &[Sample]) -> (i64, i64) {
    let steps = samples.windows(2).map(|w| w[1].time_ms - w[0].time_ms);
    steps.fold((0, 0), |(whole, active), step| (whole + step, active + if step > PAUSE_MS { 0 } else { step }))
}

/// The device's timer or elapsed time is one of these, within 2 % (and two seconds, in short recordings).
fn agrees((whole, active): (i64, i64), totals: &DeviceTotals) -> bool {
    let stated = [totals.timer_s, totals.elapsed_s].into_iter().flatten().filter(|s| *s > 0.0);
    let is = |stated: f64, ms: i64| (ms as f64 / 1000.0 - stated).abs() <= (AGREES * stated).max(2.0);
    stated.into_iter().any(|stated| is(stated, whole) || is(stated, active))
}

impl Ordered<'_> {
    /// True where times were changed, so that other times of the file may no longer fit them.
    pub fn jumped(&self) -> bool {
        self.jumped_back_ms > 0 || self.set_after > 0
    }

    /// Where another time of the file lies on this clock; nothing where the clock went back and forth.
    pub fn on_this_clock(&self, time_ms: i64) -> Option<i64> {
        match self.moved {
            _ if self.jumped_back_ms > 0 => None,
            Some((until_ms, shift_ms)) if time_ms <= until_ms => Some(time_ms.saturating_add(shift_ms)),
            _ => Some(time_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: impl IntoIterator<Item = i64>) -> Vec<Sample> {
        seconds.into_iter().map(|s| Sample { time_ms: s * 1000, ..Sample::default() }).collect()
    }

    fn in_order(samples: &[Sample]) -> Ordered<'static> {
        owned(order(samples, &DeviceTotals::default(), &[]))
    }

    fn timed(samples: &[Sample], timer_s: f64) -> Ordered<'static> {
        owned(order(samples, &DeviceTotals { timer_s: Some(timer_s), ..DeviceTotals::default() }, &[]))
    }

    fn owned(ordered: Ordered<'_>) -> Ordered<'static> {
        let Ordered { samples, jumped_back_ms, set_after, far_off, sorted, is_confirmed, moved } = ordered;
        let samples = Cow::Owned(samples.into_owned());
        Ordered { samples, jumped_back_ms, set_after, far_off, sorted, is_confirmed, moved }
    }

    fn seconds(ordered: &Ordered<'_>) -> Vec<i64> {
        ordered.samples.iter().map(|s| s.time_ms / 1000).collect()
    }

    #[test]
    fn the_last_of_two_samples_at_one_time_wins_field_by_field() {
        let mut samples = at([0, 1, 1, 2]);
        samples[1].heart_rate_bpm = Some(120.0);
        samples[1].speed_mps = Some(3.0);
        samples[2].heart_rate_bpm = Some(130.0);
        let ordered = in_order(&samples);
        assert_eq!(seconds(&ordered), [0, 1, 2]);
        assert_eq!(ordered.samples[1].heart_rate_bpm, Some(130.0));
        assert_eq!(ordered.samples[1].speed_mps, Some(3.0));
    }

    #[test]
    fn jitter_is_dropped() {
        assert_eq!(seconds(&in_order(&at([0, 10, 7, 8, 11, 12]))), [0, 10, 11, 12]);
    }

    #[test]
    fn single_garbage_times_are_left_out() {
        for garbage in [-1_000_000_000, 4_000_000_000, 5_000, -5_000] {
            let ordered = in_order(&at((0..100).chain([garbage]).chain(100..200)));
            assert_eq!(seconds(&ordered), (0..200).collect::<Vec<_>>(), "{garbage}");
            assert_eq!((ordered.far_off, ordered.jumped_back_ms), (1, 0), "{garbage}");
            let first = in_order(&at([garbage].into_iter().chain(100..200)));
            assert!(seconds(&first).ends_with(&(100..200).collect::<Vec<_>>()), "{garbage}");
        }
        let mut samples = at(0..50);
        samples[20].time_ms = i64::MAX;
        samples[21].time_ms = i64::MIN;
        assert_eq!(in_order(&samples).samples.len(), 48);
    }

    #[test]
    fn what_follows_a_jump_back_is_moved_on() {
        let ordered = in_order(&at((5000..5100).chain(1000..1200)));
        assert_eq!(seconds(&ordered), (5000..5300).collect::<Vec<_>>());
        assert_eq!(ordered.jumped_back_ms, 4_100_000);
    }

    #[test]
    fn a_clock_set_right_again_is_believed() {
        let year = 31_536_000;
        let times = (40 * year..40 * year + 100).chain(0..200).chain(40 * year + 400..40 * year + 500);
        let ordered = in_order(&at(times));
        assert_eq!(ordered.samples.len(), 400);
        assert_eq!(seconds(&ordered).last(), Some(&(40 * year + 499)));
    }

    #[test]
    fn the_larger_side_of_a_far_jump_is_kept() {
        let ordered = in_order(&at((0..50).chain(1_000_000..1_000_200)));
        assert_eq!(seconds(&ordered), (1_000_000..1_000_200).collect::<Vec<_>>());
        assert_eq!(ordered.far_off, 50);
    }

    #[test]
    fn no_recording_is_longer_than_ten_days() {
        let ordered = in_order(&at((0..30).map(|day| day * 80_000)));
        assert!(seconds(&ordered).last() <= Some(&864_000));
        assert_eq!(ordered.samples.len() + ordered.far_off, 30);
    }

    #[test]
    fn a_clock_that_is_set_during_the_run_costs_nothing() {
        let true_s = 1_700_000_000;
        let mut samples = at(0..1500);
        samples.extend(at(true_s..true_s + 300));
        let ordered = in_order(&samples);
        assert_eq!(
            (ordered.samples.len(), ordered.set_after, ordered.far_off, ordered.jumped()),
            (1800, 1500, 0, true)
        );
        assert_eq!(seconds(&ordered)[0], true_s - 1500);
        assert!(seconds(&ordered).windows(2).all(|w| w[1] - w[0] == 1));
    }

    #[test]
    fn a_timer_that_counts_both_sides_joins_them() {
        let samples = at((0..600).chain(1_728_600..1_731_001));
        let joined = timed(&samples, 3000.0);
        assert_eq!((joined.samples.len(), joined.set_after, joined.far_off), (3001, 600, 0));
        assert_eq!((seconds(&joined)[0], joined.is_confirmed), (1_728_000, true));
        assert_eq!(joined.on_this_clock(0), Some(1_728_000_000));
        assert_eq!(joined.on_this_clock(1_731_000_000), Some(1_731_000_000));
        assert_eq!(timed(&samples, 2400.0).samples.len(), 2401);
        let thrice = at((0..600).chain(1_000_000..1_000_600).chain(2_000_000..2_000_601));
        assert_eq!(seconds(&timed(&thrice, 1800.0)), (1_998_800..2_000_601).collect::<Vec<_>>());
    }

    #[test]
    fn a_clock_set_back_by_days_is_right_afterwards() {
        let now = 1_700_000_000;
        let samples = at((now..now + 600).chain(now - 1_728_000..now - 1_728_000 + 2400));
        let back = timed(&samples, 3000.0);
        assert_eq!(seconds(&back), (now - 1_728_600..now - 1_725_600).collect::<Vec<_>>());
        assert!(back.is_confirmed && back.jumped());
        assert_eq!(back.on_this_clock(0), None);
    }

    #[test]
    fn a_clock_set_forward_by_hours_is_right_afterwards() {
        let samples = at((0..600).chain(7800..10_201));
        let elapsed = |s: f64| DeviceTotals { elapsed_s: Some(s), timer_s: Some(s), ..DeviceTotals::default() };
        let event = |s: i64, running| TimerEvent { time_ms: 1000 * s, running };
        let ran_on = [event(0, true), event(10_200, false)];
        let set = order(&samples, &elapsed(3000.0), &ran_on);
        assert_eq!(seconds(&set), (7200..10_201).collect::<Vec<_>>());
        assert_eq!((set.set_after, set.is_confirmed, set.far_off), (600, true, 0));
        assert_eq!(set.on_this_clock(0), Some(7_200_000));
        // The device counted the time, the timer was stopped, or nobody knows.
        let stopped = [event(0, true), event(600, false), event(7800, true), event(10_200, false)];
        for (stated_s, timer) in [(10_200.0, &ran_on[..]), (3000.0, &stopped), (3000.0, &[])] {
            assert_eq!(seconds(&order(&samples, &elapsed(stated_s), timer))[0], 0, "{stated_s} {timer:?}");
        }
    }
}
