//! Drives and rides within a run: the watch was not stopped before the way home, or started on the way there.

use super::distance::{self, position_of, straight_m};
use super::pauses::TimerSpan;
use super::position::at_most_m;
use crate::activity::{Sample, Sport};

/// Faster than this (m/s) for a minute is no running, unless steps or the heart say so.
const FAST_MPS: f64 = 7.0;
/// Nobody runs a minute at this speed, m/s.
const NEVER_RUN_MPS: f64 = 11.0;
/// Faster than any car: a jump of the satellites.
const JUMP_MPS: f64 = 100.0;
/// Speed is looked at over blocks of this length, in milliseconds.
const BLOCK_MS: i64 = 10_000;
/// Shortest drive, in milliseconds.
const LEAST_MS: i64 = 60_000;
/// A halt between two drives is part of them up to this length: lights, a queue; in milliseconds.
const HALT_MS: i64 = 180_000;
/// Less running than this before a first or after a last drive is no run, in milliseconds.
const RUN_MS: i64 = 300_000;
/// Without a sensor for steps a runner may be this fast (m/s) for so long (ms).
const SPRINT: (f64, i64) = (8.5, 240_000);
/// Slower than this (m/s) nobody runs.
const SLOW_MPS: f64 = 1.0;
/// Running speeds, m/s.
const RUNNING_MPS: (f64, f64) = (1.6, FAST_MPS);
/// The heart must beat slower by this (bpm) than in the slowest tenth of the run.
const CALMER_BPM: f64 = 5.0;
/// Where most of a recording is fast, the heart must beat faster by this (bpm) in the rest to make that a run.
const CONTRAST_BPM: f64 = 10.0;
/// In a drive there are less steps than this share of what the run had.
const STEPS: f64 = 0.8;

/// Ten seconds of a recording.
struct Block {
    begin_ms: i64,
    end_ms: i64,
    mps: f64,
    bpm: Option<f64>,
    /// As counted: of one foot or both.
    cadence: Option<f64>,
}

/// What is no part of the run: times in Unix milliseconds, in order.
#[derive(Debug, Default)]
pub struct Drives {
    pub left_out: Vec<(i64, i64)>,
    /// Most of the recording is as fast: somebody rode.
    pub is_ride: bool,
}

/// Finds drives in what is or may be a run.
///
/// A drive is over 7 m/s for a minute or more without a runner's steps, or with a heart rate below that of the slowest tenth
/// of the rest. At the end it takes with it what follows, if that holds under five minutes of running, and the standing
/// before it; at the start the same the other way round.
pub fn drives(samples: &[Sample], stretches: &[TimerSpan], sport: Sport) -> Drives {
    if !matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown) || !is_fast_somewhere(samples, stretches) {
        return Drives::default();
    }
    let blocks = blocks(samples, stretches);
    let moving = blocks.iter().filter(|b| b.mps >= SLOW_MPS).count();
    let fast = blocks.iter().filter(|b| is_fast(b)).count();
    let rest = RunItself::of(&blocks);
    if 2 * fast >= moving.max(1) && !rest.is_run_beside_a_drive {
        return Drives { is_ride: sport == Sport::Unknown, ..Drives::default() };
    }
    let found = fast_stretches(&blocks);
    let mut found: Vec<(usize, usize)> = found.into_iter().filter(|(a, b)| rest.is_drive(&blocks[*a..*b])).collect();
    merge(&mut found, &blocks);
    widen(&mut found, &blocks, &rest);
    let left: i64 = blocks
        .iter()
        .enumerate()
        .filter(|(i, _)| !found.iter().any(|(a, b)| (*a..*b).contains(i)))
        .map(|(_, b)| if is_running(b) { b.end_ms - b.begin_ms } else { 0 })
        .sum();
    if left < RUN_MS {
        return Drives::default();
    }
    let ends = |(a, b): (usize, usize)| {
        let from_ms = if a == 0 { i64::MIN } else { last_step_ms(samples, &blocks[a]) };
        (from_ms, if b == blocks.len() { i64::MAX } else { blocks[b - 1].end_ms })
    };
    Drives { left_out: found.into_iter().map(ends).collect(), is_ride: false }
}

/// A first look, to spare all other recordings the second.
fn is_fast_somewhere(samples: &[Sample], stretches: &[TimerSpan]) -> bool {
    stretches.iter().any(|stretch| {
        let of = &samples[stretch.samples.clone()];
        let mut from = 0;
        of.iter().any(|sample| {
            while of[from].time_ms < sample.time_ms - 3 * BLOCK_MS && from + 1 < of.len() {
                from += 1;
            }
            let far_enough = sample.time_ms - of[from].time_ms >= 2 * BLOCK_MS;
            far_enough && may_be_fast(&of[from], sample) && speed(&of[from], sample).is_some_and(|mps| mps > FAST_MPS)
        })
    })
}

/// False where two positions lie too near for more than 7 m/s, which is sooner known than the speed.
fn may_be_fast(a: &Sample, b: &Sample) -> bool {
    let seconds = (b.time_ms - a.time_ms) as f64 / 1000.0;
    position_of(a).zip(position_of(b)).is_none_or(|(p, q)| at_most_m(p, q) > FAST_MPS * seconds)
}

/// Speed from one sample to another: of the straight line, else by the counter, else as recorded.
fn speed(a: &Sample, b: &Sample) -> Option<f64> {
    let seconds = (b.time_ms - a.time_ms) as f64 / 1000.0;
    let line = position_of(a).zip(position_of(b)).map(|(p, q)| straight_m(p, q));
    let counted = || Some(distance::counter::counter_of(b)? - distance::counter::counter_of(a)?);
    let recorded = || Some((a.speed_mps? + b.speed_mps?) / 2.0);
    line.or_else(counted).map(|metres| metres / seconds).or_else(recorded).filter(|_| seconds > 0.0)
}

fn blocks(samples: &[Sample], stretches: &[TimerSpan]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for stretch in stretches {
        let of = &samples[stretch.samples.clone()];
        let mut from = 0;
        for to in 1..of.len() {
            if of[to].time_ms - of[from].time_ms < BLOCK_MS && to + 1 < of.len() {
                continue;
            }
            let inside = &of[from..=to];
            blocks.push(Block {
                begin_ms: of[from].time_ms,
                end_ms: of[to].time_ms,
                mps: speed(&of[from], &of[to]).filter(|mps| (0.0..JUMP_MPS).contains(mps)).unwrap_or(0.0),
                bpm: mean(inside.iter().filter_map(|s| s.heart_rate_bpm)),
                cadence: mean(inside.iter().filter_map(|s| s.cadence_spm)),
            });
            from = to;
        }
    }
    blocks
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn is_fast(block: &Block) -> bool {
    block.mps > FAST_MPS
}

fn is_running(block: &Block) -> bool {
    (RUNNING_MPS.0..=RUNNING_MPS.1).contains(&block.mps)
}

fn fast_stretches(blocks: &[Block]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < blocks.len() {
        let to = from + blocks[from..].iter().take_while(|b| is_fast(b)).count();
        if to > from && blocks[to - 1].end_ms - blocks[from].begin_ms >= LEAST_MS {
            out.push((from, to));
        }
        from = to.max(from + 1);
    }
    out
}

/// What the run itself is like.
struct RunItself {
    /// Mean heart rate of its slowest tenth, bpm.
    slow_bpm: Option<f64>,
    /// Steps of its running.
    cadence: Option<f64>,
    /// Steps or the heart tell the slower part from the faster one as a run from a drive.
    is_run_beside_a_drive: bool,
}

impl RunItself {
    fn of(blocks: &[Block]) -> RunItself {
        let mut own: Vec<&Block> = blocks.iter().filter(|b| !is_fast(b) && b.mps >= SLOW_MPS).collect();
        own.sort_by(|a, b| a.mps.total_cmp(&b.mps));
        let slowest = &own[..own.len().div_ceil(10)];
        let runs = || own.iter().filter(|b| is_running(b));
        let fast = || blocks.iter().filter(|b| is_fast(b));
        let bpm = mean(runs().filter_map(|b| b.bpm)).zip(mean(fast().filter_map(|b| b.bpm)));
        let cadence = mean(runs().filter_map(|b| b.cadence)).filter(|c| *c > 0.0);
        let steps = cadence.zip(mean(fast().map(|b| b.cadence.unwrap_or(0.0))));
        RunItself {
            slow_bpm: mean(slowest.iter().filter_map(|b| b.bpm)),
            cadence,
            is_run_beside_a_drive: bpm.is_some_and(|(run, drive)| run >= drive + CONTRAST_BPM)
                || steps.is_some_and(|(run, drive)| drive < STEPS * run),
        }
    }

    fn is_drive(&self, fast: &[Block]) -> bool {
        // The heart needs a minute to come down.
        let later = &fast[fast.len() / 2..];
        let bpm = mean(later.iter().filter_map(|b| b.bpm));
        let is_calm = bpm.zip(self.slow_bpm).map(|(bpm, slow)| bpm < slow - CALMER_BPM);
        let steps = mean(fast.iter().map(|b| b.cadence.unwrap_or(0.0)));
        let has_steps = self.cadence.zip(steps).map(|(own, steps)| steps >= STEPS * own);
        let mps = mean(fast.iter().map(|b| b.mps)).unwrap_or(0.0);
        let length_ms = fast.last().map_or(0, |b| b.end_ms) - fast.first().map_or(0, |b| b.begin_ms);
        match (is_calm, has_steps) {
            _ if mps > NEVER_RUN_MPS => true,
            (Some(true), _) | (_, Some(false)) => true,
            (_, Some(true)) => false,
            // No steps were counted at all: a sprinter is as fast for a short while.
            (_, None) => mps > SPRINT.0 || length_ms > SPRINT.1,
        }
    }

    /// Running, as far as speed and heart rate tell.
    fn is_run(&self, block: &Block) -> bool {
        let is_calm = block.bpm.zip(self.slow_bpm).is_some_and(|(bpm, slow)| bpm < slow - CALMER_BPM);
        is_running(block) && !is_calm
    }
}

/// Drives that only a halt divides are one.
fn merge(found: &mut Vec<(usize, usize)>, blocks: &[Block]) {
    found.dedup_by(|later, earlier| {
        let near = blocks[later.0].begin_ms - blocks[earlier.1 - 1].end_ms <= HALT_MS;
        if near {
            earlier.1 = later.1;
        }
        near
    });
}

/// Takes in what belongs to a drive: the halts beside it; what is left at either end, if hardly anybody ran there.
fn widen(found: &mut Vec<(usize, usize)>, blocks: &[Block], rest: &RunItself) {
    let run_ms = |of: &[Block]| of.iter().filter(|b| rest.is_run(b)).map(|b| b.end_ms - b.begin_ms).sum::<i64>();
    while let [.., (from, to)] = found.as_mut_slice()
        && *to < blocks.len()
        && run_ms(&blocks[*to..]) < RUN_MS
    {
        *to = blocks.len();
        let from = *from;
        if let [.., before, _] = found.as_mut_slice()
            && run_ms(&blocks[before.1..from]) < RUN_MS
        {
            before.1 = blocks.len();
            found.pop();
        }
    }
    if let Some(first) = found.first_mut()
        && run_ms(&blocks[..first.0]) < RUN_MS
    {
        first.0 = 0;
    }
    let is_part = |b: &Block| b.mps < SLOW_MPS || b.mps > RUNNING_MPS.1 - 2.0;
    let stands = |i: Option<usize>| i.and_then(|i| blocks.get(i)).is_some_and(|b| b.mps < SLOW_MPS);
    // Beside a halt there is a block in which the car set off or came to a stand.
    for (from, to) in found {
        while *from > 0 && (is_part(&blocks[*from - 1]) || stands(from.checked_sub(2))) {
            *from -= 1;
        }
        while *to < blocks.len() && (is_part(&blocks[*to]) || stands(Some(*to + 1))) {
            *to += 1;
        }
    }
}

/// When the runner took the last step at a runner's speed in a block.
fn last_step_ms(samples: &[Sample], block: &Block) -> i64 {
    let from = samples.partition_point(|s| s.time_ms < block.begin_ms);
    let to = samples.partition_point(|s| s.time_ms <= block.end_ms);
    let is_step =
        |w: &&[Sample]| speed(&w[0], &w[1]).is_some_and(|mps| (RUNNING_MPS.0..=RUNNING_MPS.1 - 2.0).contains(&mps));
    let run = samples[from..to].windows(2).take_while(|w| is_step(w)).last();
    run.map_or(block.begin_ms, |w| w[1].time_ms)
}

/// Stretches without the times left out.
pub fn without(stretches: Vec<TimerSpan>, samples: &[Sample], left_out: &[(i64, i64)]) -> Vec<TimerSpan> {
    if left_out.is_empty() {
        return stretches;
    }
    let mut out = Vec::new();
    for stretch in stretches {
        let mut begin_ms = stretch.begin_ms;
        let mut keep = |begin_ms: i64, end_ms: i64| {
            let within =
                |ms: i64| samples.partition_point(|s| s.time_ms < ms).clamp(stretch.samples.start, stretch.samples.end);
            let range = within(begin_ms)..within(end_ms.saturating_add(1));
            if end_ms > begin_ms && !range.is_empty() {
                out.push(TimerSpan { begin_ms, end_ms, samples: range });
            }
        };
        for &(from, to) in left_out {
            if from < stretch.end_ms && to > begin_ms {
                keep(begin_ms, from);
                begin_ms = to.max(begin_ms);
            }
        }
        if begin_ms < stretch.end_ms {
            keep(begin_ms, stretch.end_ms);
        }
    }
    out
}
