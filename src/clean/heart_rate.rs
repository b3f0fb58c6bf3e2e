//! A heart rate one can rely on (methods §1.4).

use super::gait::Gait;
use super::resample::{Span, ranges};
use super::window::{SortedWindow, median_sorted};
use crate::activity::Sample;
use std::ops::Range;

/// At or below this (bpm) a sensor reads nothing.
pub const MIN_BPM: f64 = 30.0;
/// Above this (bpm) nobody's heart beats; the athlete's own limit is applied where the athlete is known.
pub const MAX_BPM: f64 = 230.0;
/// Half of the Hampel window, in seconds: 31 s in all.
const HAMPEL_HALF_S: usize = 15;
/// Spikes are looked for in so many seconds at once.
const HAMPEL_BLOCK_S: usize = 32;
/// From median absolute deviation to standard deviation, under a normal distribution.
const MAD_TO_SD: f64 = 1.4826;
/// Deviations (in SD) beyond which a value is a spike.
const HAMPEL_SD: f64 = 3.0;
/// Deviations up to this (bpm) are never spikes.
const HAMPEL_MIN_BPM: f64 = 8.0;
/// Longest missing stretch that is interpolated, in seconds.
const FILL_S: usize = 30;
/// The same value for so long (s) while moving is a dead strap.
const FLAT_S: usize = 180;
/// Cadence lock: length and step of the windows (s), and the shortest stretch that counts.
const LOCK_WINDOW_S: usize = 60;
const LOCK_STEP_S: usize = 10;
const LOCK_MIN_S: usize = 180;
/// Cadence lock: largest mean and SD of heart rate minus cadence, and lowest mean heart rate.
const LOCK_MEAN: f64 = 4.0;
const LOCK_SD: f64 = 3.0;
const LOCK_MIN_BPM: f64 = 130.0;
/// A heart rate follows the cadence if their differences over so many seconds go together by at least this correlation.
const FOLLOWS_S: usize = 10;
const FOLLOWS: f64 = 0.5;
/// Or if it jumps on to it: by so many bpm within so many seconds, later than this into the run.
const JUMP_BPM: f64 = 20.0;
const JUMP_S: usize = 20;
const JUMP_FROM_S: usize = 180;
/// The jump lies so near (s) to the beginning of the stretch.
const JUMP_NEAR_S: usize = 30;
/// A dry strap is wet after ten minutes at most, s.
const DRY_S: usize = 600;
/// Its end: the heart rate falls by so many bpm within so many seconds.
const DRY_FALL_BPM: f64 = 15.0;
const DRY_FALL_S: usize = 30;
/// Seconds before and after that fall, over which levels and speeds are compared.
const DRY_LEVEL_S: usize = 120;
/// The runner went on at this share of the speed or faster.
const DRY_SPEED: f64 = 0.9;
/// Heart rate written on change stands at so many of the samples at most, and hardly ever twice.
const ON_CHANGE_SHARE: f64 = 0.5;
const ON_CHANGE_SAME: f64 = 0.15;
/// It holds for so long, s.
pub const ON_CHANGE_S: f64 = 60.0;
/// So many records of one and the same value make a dead strap, where records are few.
const FLAT_RECORDS: f64 = 15.0;
/// Seconds of a lock window that must have both values.
const LOCK_VALID_S: usize = 54;

/// Heart rate after cleaning, at 1 Hz.
#[derive(Debug, Default)]
pub struct CleanHeartRate {
    pub bpm: Vec<Option<f64>>,
    /// The heart rate follows the cadence here; whether it is believed is decided where the athlete is known.
    pub cadence_lock: Vec<bool>,
    /// Seconds from the start that a dry strap may have spoiled; decided likewise.
    pub dry_s: usize,
    /// Seconds replaced by the median of their surroundings.
    pub spikes: usize,
    /// Seconds of a dead strap.
    pub flat: usize,
}

impl CleanHeartRate {
    /// Without a look at it.
    pub fn as_is(bpm: Vec<Option<f64>>) -> Self {
        CleanHeartRate { cadence_lock: vec![false; bpm.len()], bpm, ..CleanHeartRate::default() }
    }
}

/// A recorded heart rate if it can be one; zero is how devices write "none".
pub fn believable(bpm: f64) -> Option<f64> {
    (bpm > MIN_BPM && bpm <= MAX_BPM).then_some(bpm)
}

/// What a heart rate is cleaned with.
pub struct HeartContext<'a> {
    pub cadence_spm: &'a [Option<f64>],
    pub speed_mps: &'a [Option<f64>],
    pub gait: &'a [Option<Gait>],
    pub spans: &'a [Span],
    /// Same values for so many moving seconds are a dead strap; `None` where values are written on change.
    pub flat_s: Option<usize>,
}

/// Moving seconds of one value that make a dead strap, with records `spacing_s` apart.
pub fn flat_s(spacing_s: f64) -> usize {
    FLAT_S.max((FLAT_RECORDS * spacing_s) as usize)
}

/// True where a heart rate is written only when it changes, while samples go on.
pub fn is_on_change(samples: &[Sample]) -> bool {
    let beats: Vec<f64> = samples.iter().filter_map(|s| s.heart_rate_bpm).map(f64::round).collect();
    let same = beats.windows(2).filter(|w| w[0] == w[1]).count();
    beats.len() > 2
        && beats.len() as f64 <= ON_CHANGE_SHARE * samples.len() as f64
        && same as f64 <= ON_CHANGE_SAME * beats.len() as f64
}

/// Cleans a resampled heart rate, span by span: spikes, short losses, flat lines, cadence lock, a dry strap.
pub fn clean(bpm: Vec<Option<f64>>, beside: &HeartContext) -> CleanHeartRate {
    let mut out = CleanHeartRate { cadence_lock: vec![false; bpm.len()], bpm, ..CleanHeartRate::default() };
    for range in ranges(beside.spans) {
        let values = &mut out.bpm[range.clone()];
        let spikes = spikes(values);
        out.spikes += spikes.len();
        spikes.into_iter().for_each(|(i, median)| values[i] = Some(median));
        fill(values);
        if let Some(flat_s) = beside.flat_s {
            let moving: Vec<bool> = beside.gait[range.clone()].iter().map(|g| g.is_some_and(Gait::is_moving)).collect();
            out.flat += remove_flat(values, &moving, flat_s);
        }
        let cadence = &beside.cadence_spm[range.clone()];
        for (from, to) in cadence_lock(values, cadence) {
            if follows(&values[from..to], &cadence[from..to]) || jumps(values, from, range.start) {
                out.cadence_lock[range.start + from..range.start + to].fill(true);
            }
        }
    }
    out.dry_s = dry_s(&out.bpm, beside.speed_mps);
    out
}

/// The differences over ten seconds of heart rate and cadence go together.
fn follows(bpm: &[Option<f64>], cadence_spm: &[Option<f64>]) -> bool {
    let differences = bpm
        .windows(FOLLOWS_S + 1)
        .zip(cadence_spm.windows(FOLLOWS_S + 1))
        .filter_map(|(h, c)| Some((h[FOLLOWS_S]? - h[0]?, c[FOLLOWS_S]? - c[0]?)));
    let (mut n, mut sums, mut squares, mut product) = (0.0, (0.0, 0.0), (0.0, 0.0), 0.0);
    for (h, c) in differences {
        n += 1.0;
        sums = (sums.0 + h, sums.1 + c);
        squares = (squares.0 + h * h, squares.1 + c * c);
        product += h * c;
    }
    let spread = |sum: f64, square: f64| n * square - sum * sum;
    let both = spread(sums.0, squares.0) * spread(sums.1, squares.1);
    both > 0.0 && n * product - sums.0 * sums.1 >= FOLLOWS * both.sqrt()
}

/// The heart rate jumps on to the cadence where a stretch begins, later than three minutes into the run.
fn jumps(bpm: &[Option<f64>], from: usize, begins_s: usize) -> bool {
    let near = from.saturating_sub(JUMP_NEAR_S)..(from + JUMP_NEAR_S).min(bpm.len());
    let jump = |i: usize| Some((bpm.get(i + JUMP_S).copied().flatten()? - bpm[i]?).abs() >= JUMP_BPM);
    near.filter(|i| begins_s + i >= JUMP_FROM_S).any(|i| jump(i).unwrap_or(false))
}

/// Seconds from the start that a dry strap may have spoiled: up to ten minutes that end in a fall of 15 bpm within 30 s
/// while the runner goes on as before; 0 without such a fall.
fn dry_s(bpm: &[Option<f64>], speed_mps: &[Option<f64>]) -> usize {
    let mean = |values: &[Option<f64>]| {
        let (sum, n) = values.iter().flatten().fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
        (n > 0.0).then(|| sum / n)
    };
    let fall = |i: usize| Some(bpm[i]? - bpm.get(i + DRY_FALL_S).copied().flatten()?);
    let last = DRY_S.min(bpm.len().saturating_sub(DRY_FALL_S + DRY_LEVEL_S));
    let deepest = (0..last).filter_map(|i| Some((i, fall(i)?))).max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((at, _)) = deepest.filter(|(at, fall)| *at > 0 && *fall >= DRY_FALL_BPM) else { return 0 };
    let end = at + DRY_FALL_S;
    let sides = |values: &[Option<f64>]| {
        mean(&values[at.saturating_sub(DRY_LEVEL_S)..at]).zip(mean(&values[end..end + DRY_LEVEL_S]))
    };
    let stays = sides(bpm).is_some_and(|(before, after)| before - after >= DRY_FALL_BPM);
    let goes_on = sides(speed_mps).is_some_and(|(before, after)| after >= DRY_SPEED * before);
    if stays && goes_on { end } else { 0 }
}

/// Hampel filter: a value further from the median of its 31 s than max(3 SD, 8 bpm) becomes that median.
///
/// SD is 1.4826 times the median absolute deviation; the window is cut off at the ends (sweatpy `median_filter`).
pub fn hampel(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut out = values.to_vec();
    spikes(values).into_iter().for_each(|(i, median)| out[i] = Some(median));
    out
}

/// The seconds whose values the Hampel filter replaces, each with the median in their place.
fn spikes(values: &[Option<f64>]) -> Vec<(usize, f64)> {
    let mut spikes = Vec::new();
    for from in (0..values.len()).step_by(HAMPEL_BLOCK_S) {
        let block = from..values.len().min(from + HAMPEL_BLOCK_S);
        let within = from.saturating_sub(HAMPEL_HALF_S)..values.len().min(block.end + HAMPEL_HALF_S);
        // Where all lie close together nothing is far from a median.
        let (low, high) = values[within].iter().flatten().fold((f64::MAX, f64::MIN), |(low, high), value| {
            (if *value < low { *value } else { low }, if *value > high { *value } else { high })
        });
        if high - low > HAMPEL_MIN_BPM {
            spikes.extend(spikes_in(values, block));
        }
    }
    spikes
}

fn spikes_in(values: &[Option<f64>], block: Range<usize>) -> impl Iterator<Item = (usize, f64)> {
    let mut window = SortedWindow::new(values, HAMPEL_HALF_S, block.start);
    block.filter_map(move |i| {
        let sorted = window.around(i);
        let median = median_sorted(sorted)?;
        let off = (values[i]? - median).abs();
        let is_spike = off > HAMPEL_MIN_BPM && off > HAMPEL_SD * MAD_TO_SD * deviation(sorted, median);
        is_spike.then_some((i, median))
    })
}

/// Median absolute deviation from the median of ascending values: the two sides are merged outwards from the middle.
fn deviation(sorted: &[f64], median: f64) -> f64 {
    let mut above = sorted.partition_point(|v| *v < median);
    let mut below = above;
    let n = sorted.len();
    let mut last_two = (0.0, 0.0);
    for _ in 0..=n / 2 {
        let down = below.checked_sub(1).map(|k| median - sorted[k]);
        let up = sorted.get(above).map(|v| v - median);
        let next = match (down, up) {
            (Some(d), Some(u)) if d <= u => {
                below -= 1;
                d
            }
            (Some(d), None) => {
                below -= 1;
                d
            }
            (_, Some(u)) => {
                above += 1;
                u
            }
            (None, None) => break,
        };
        last_two = (last_two.1, next);
    }
    if n % 2 == 1 { last_two.1 } else { (last_two.0 + last_two.1) / 2.0 }
}

/// Interpolates missing stretches of up to 30 s between two values.
fn fill(values: &mut [Option<f64>]) {
    let mut last: Option<(usize, f64)> = None;
    for i in 0..values.len() {
        let Some(value) = values[i] else { continue };
        if let Some((from, before)) = last.filter(|(from, _)| i - from > 1 && i - from - 1 <= FILL_S) {
            let slope = (value - before) / (i - from) as f64;
            for (k, missing) in values[from + 1..i].iter_mut().enumerate() {
                *missing = Some(before + slope * (k + 1) as f64);
            }
        }
        last = Some((i, value));
    }
}

/// Removes stretches of one and the same whole number with at least so many moving seconds; returns the seconds removed.
fn remove_flat(values: &mut [Option<f64>], moving: &[bool], flat_s: usize) -> usize {
    let mut removed = 0;
    let mut from = 0;
    while from < values.len() {
        let whole = values[from].map(f64::round);
        let same = values[from..].iter().take_while(|v| v.map(f64::round) == whole).count();
        let stretch = from..from + same;
        if whole.is_some() && moving[stretch.clone()].iter().filter(|m| **m).count() >= flat_s {
            values[stretch].fill(None);
            removed += same;
        }
        from += same;
    }
    removed
}

/// Stretches [from, to) of at least 180 s in which the heart rate follows the cadence.
///
/// Windows of 60 s, 10 s apart, lock when the mean of heart rate minus cadence is within 4, its SD at most 3 and the mean
/// heart rate at least 130; touching windows are one stretch.
pub fn cadence_lock(bpm: &[Option<f64>], cadence_spm: &[Option<f64>]) -> Vec<(usize, usize)> {
    let n = bpm.len().min(cadence_spm.len());
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for from in (0..(n + 1).saturating_sub(LOCK_WINDOW_S)).step_by(LOCK_STEP_S) {
        let to = from + LOCK_WINDOW_S;
        if !is_locked(&bpm[from..to], &cadence_spm[from..to]) {
            continue;
        }
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => merged.push((from, to)),
        }
    }
    merged.retain(|(from, to)| to - from >= LOCK_MIN_S);
    merged
}

fn is_locked(bpm: &[Option<f64>], cadence_spm: &[Option<f64>]) -> bool {
    let pairs = || bpm.iter().zip(cadence_spm).filter_map(|(h, c)| h.zip(*c));
    let n = pairs().count();
    if n < LOCK_VALID_S {
        return false;
    }
    let n = n as f64;
    let mean = pairs().map(|(h, c)| h - c).sum::<f64>() / n;
    let variance = pairs().map(|(h, c)| (h - c - mean).powi(2)).sum::<f64>() / n;
    let mean_bpm = pairs().map(|(h, _)| h).sum::<f64>() / n;
    mean.abs() <= LOCK_MEAN && variance.sqrt() <= LOCK_SD && mean_bpm >= LOCK_MIN_BPM
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::statistics::median;

    #[test]
    fn zeros_and_nonsense_are_missing() {
        assert_eq!(
            [0.0, 30.0, 31.0, 230.0, 231.0, f64::NAN].map(|v| believable(v).is_some()),
            [false, false, true, true, false, false]
        );
    }

    #[test]
    fn the_deviation_is_the_median_of_the_deviations() {
        for list in [vec![1.0], vec![1.0, 5.0], vec![1.0, 2.0, 9.0], vec![3.0; 6], vec![1.0, 1.0, 2.0, 8.0, 9.0, 30.0]]
        {
            let m = median(&list).unwrap_or(f64::NAN);
            let anew = median(&list.iter().map(|v| (v - m).abs()).collect::<Vec<_>>());
            assert_eq!(Some(deviation(&list, m)), anew, "{list:?}");
        }
    }

    #[test]
    fn short_losses_are_interpolated_and_long_ones_are_not() {
        let lose = |n: usize| {
            let mut values = vec![Some(140.0)];
            values.extend(std::iter::repeat_n(None, n));
            values.push(Some(150.0));
            fill(&mut values);
            values
        };
        assert_eq!(lose(4), [140.0, 142.0, 144.0, 146.0, 148.0, 150.0].map(Some));
        assert!(lose(30).iter().all(Option::is_some));
        assert!(lose(31)[1..32].iter().all(Option::is_none));
        let mut open = vec![None, Some(140.0), None];
        fill(&mut open);
        assert_eq!(open, [None, Some(140.0), None]);
    }

    #[test]
    fn a_flat_line_counts_only_while_moving() {
        let line: Vec<Option<f64>> =
            (0..400).map(|i| Some(if i < 200 { 140.0 } else { 141.0 + f64::from(i % 2) })).collect();
        let mut values = line.clone();
        assert_eq!(remove_flat(&mut values, &[true; 400], FLAT_S), 200);
        assert!(values[..200].iter().all(Option::is_none) && values[200..].iter().all(Option::is_some));
        let mut resting = line;
        assert_eq!(remove_flat(&mut resting, &[false; 400], FLAT_S), 0);
    }

    #[test]
    fn nothing_crosses_a_pause() {
        let spans = [Span { start_s: 0, len: 20 }, Span { start_s: 400, len: 20 }];
        let mut bpm = vec![Some(120.0); 20];
        bpm.extend(vec![Some(180.0); 20]);
        bpm[19] = None;
        bpm[20] = None;
        let beside = HeartContext {
            cadence_spm: &[None; 40],
            speed_mps: &[None; 40],
            gait: &[Some(Gait::Run); 40],
            spans: &spans,
            flat_s: Some(FLAT_S),
        };
        let out = clean(bpm.clone(), &beside);
        assert_eq!(out.bpm, bpm);
        assert_eq!((out.spikes, out.flat), (0, 0));
    }

    #[test]
    fn a_lock_follows_the_steps() {
        let waves = |by: f64| move |i: usize| Some(170.0 + by * ((i as f64) / 9.0).sin());
        let near: Vec<Option<f64>> = (0..300).map(waves(2.0)).collect();
        let steps: Vec<Option<f64>> = (0..300).map(waves(3.0)).collect();
        let others: Vec<Option<f64>> = (0..300).map(|i| Some(170.0 + f64::from(i % 2))).collect();
        assert!(follows(&near, &steps));
        assert!(!follows(&near, &others), "a tempo run at 170 bpm and 170 spm");
        let mut jumped = vec![Some(140.0); 200];
        jumped.extend([Some(171.0); 200]);
        assert!(jumps(&jumped, 190, 0));
        assert!(!jumps(&jumped[100..], 90, 0), "within the first three minutes");
        let climbed: Vec<Option<f64>> =
            (0..400).map(|i| Some(140.0 + 30.0 * (f64::from(i) / 120.0).min(1.0))).collect();
        assert!(!jumps(&climbed, 100, 200));
    }

    #[test]
    fn a_dry_strap_ends_in_a_fall() {
        let fell = |before: f64, after: f64| -> Vec<Option<f64>> {
            (0..1200).map(|i| Some(if i < 240 { before } else { after })).collect()
        };
        let steady = vec![Some(2.8); 1200];
        let dry = dry_s(&fell(185.0, 140.0), &steady);
        assert!((240..280).contains(&dry), "{dry}");
        assert_eq!(dry_s(&fell(150.0, 140.0), &steady), 0);
        let slower: Vec<Option<f64>> = (0..1200).map(|i| Some(if i < 240 { 4.0 } else { 2.5 })).collect();
        assert_eq!(dry_s(&fell(185.0, 140.0), &slower), 0, "a fast start");
    }

    #[test]
    fn on_change_is_told_from_every_other_second() {
        let samples = |bpm: &dyn Fn(u32) -> Option<f64>| -> Vec<Sample> {
            (0..600).map(|i| Sample { heart_rate_bpm: bpm(i), ..Sample::default() }).collect()
        };
        assert!(is_on_change(&samples(&|i| (i % 7 == 0).then(|| 140.0 + f64::from(i / 7 % 2)))));
        assert!(!is_on_change(&samples(&|i| (i % 7 == 0).then_some(140.0))));
        assert!(!is_on_change(&samples(&|i| Some(140.0 + f64::from(i % 2)))));
    }
}
