//! Sums a cleaned run up.

use super::best::{self, Sums};
use super::offset::utc_offset;
use super::{Digest, EFFORT_DISTANCES_M, HEART_RATE_DURATIONS_S, SPEED_DURATIONS_S, Second, Trace, Window};
use crate::activity::{Activity, ReadNote};
use crate::clean::gait::{Gait, cooldown_walk_s};
use crate::clean::resample::Span;
use crate::clean::{Series, clean};
use crate::physiology::effort;
use crate::physiology::statistics::mean;

/// Length of a steady window, and of the start of the run that belongs to none, in seconds.
const WINDOW_S: usize = 300;
/// Seconds of a steady window that must have both speed and heart rate.
const WINDOW_VALID_S: usize = 270;
/// The lowest heart rate is a mean over this many seconds.
const LOWEST_S: u32 = 60;

/// Cleans an activity and sums it up; `None` with fewer than two usable samples or no time on the timer.
pub fn digest(activity: &Activity) -> Option<Digest> {
    let series = clean(activity)?;
    Some(sum_up(activity, &SampleFacts::of(activity), series))
}

/// As [`digest`], in less memory: the samples are let go when they have been cleaned.
pub fn digest_at_last(mut activity: Activity) -> Option<Digest> {
    // They were gathered in a vector that doubled as it grew.
    activity.samples.shrink_to_fit();
    let series = clean(&activity)?;
    let samples = SampleFacts::of(&activity);
    activity.samples = Vec::new();
    Some(sum_up(&activity, &samples, series))
}

/// What is told of the samples as they were recorded.
struct SampleFacts {
    count: usize,
    altitude_m: Option<f64>,
}

impl SampleFacts {
    fn of(activity: &Activity) -> SampleFacts {
        let altitudes: Vec<f64> = activity.samples.iter().filter_map(|s| s.altitude_m).collect();
        SampleFacts { count: activity.samples.len(), altitude_m: mean(&altitudes) }
    }
}

/// What the pace and the heart rate of the moving seconds give.
struct Moving {
    seconds: usize,
    ngp_mps: Option<f64>,
    decoupling: Option<f64>,
    normalised_power_w: Option<f64>,
}

impl Moving {
    fn of(series: &Series, heart_rate: &[Option<f64>]) -> Moving {
        let moving = || (0..series.len()).filter(|i| series.is_moving(*i));
        let pace_and_heart: Vec<_> = moving().map(|i| (series.gap_mps[i], heart_rate[i])).collect();
        let decoupling = effort::decoupling(&pace_and_heart);
        let seconds = pace_and_heart.len();
        drop(pace_and_heart);
        let gap: Vec<f64> = moving().filter_map(|i| series.gap_mps[i]).collect();
        let ngp_mps = effort::ngp_mps(&gap).filter(|v| *v > 0.0);
        drop(gap);
        let power: Vec<f64> = moving().filter_map(|i| series.power_at(i)).collect();
        let normalised_power_w = effort::normalised_power_w(&power).filter(|w| *w > 0.0);
        Moving { seconds, ngp_mps, decoupling, normalised_power_w }
    }
}

fn sum_up(activity: &Activity, samples: &SampleFacts, series: Series) -> Digest {
    let seconds_where = |is: &dyn Fn(usize) -> bool| (0..series.len()).filter(|i| is(*i)).count() as f64;
    let heart_rate: Vec<_> = (0..series.len()).map(|i| sound_heart_rate(&series, i)).collect();
    let moving = Moving::of(&series, &heart_rate);
    // The means of a summary are no best efforts.
    let spans = if activity.notes.contains(&ReadNote::SummaryOnly) { &[] } else { &series.spans[..] };
    let sums = |values: &[Option<f64>], spans: &[Span]| Sums::of_pieces(&best::pieces(values, spans));
    let heart = sums(&heart_rate, spans);
    let best_heart_rate_bpm = best::highest_heart_rates(&heart, HEART_RATE_DURATIONS_S);
    let is_all_sound = heart_rate == series.heart_rate_bpm;
    let gap_sums = sums(&series.gap_mps, spans);
    Digest {
        format: activity.format,
        sport: activity.sport,
        sub_sport: activity.sub_sport,
        name: activity.name.clone(),
        device: activity.device.clone(),
        start_ms: series.start_ms,
        utc_offset: utc_offset(activity.utc_offset_s, series.position, series.start_ms, series.end_ms()),
        elapsed_s: series.elapsed_s,
        timer_s: series.len() as f64,
        moving_s: moving.seconds as f64,
        running_s: seconds_where(&|i| series.gait[i] == Some(Gait::Run)),
        distance_m: series.distance_m,
        distance_source: series.distance_source,
        pace_reliable: !activity.sub_sport.is_indoor() && series.position.is_some(),
        ascent_m: series.ascent_m,
        descent_m: series.descent_m,
        ngp_mps: moving.ngp_mps,
        best_gap_mps: best::mean_speeds(&gap_sums, SPEED_DURATIONS_S),
        best_5min_mps: best::mean_speeds(&sums(&series.speed_mps, &series.spans), [300])[0],
        best_effort_s: best::effort_times(&gap_sums, EFFORT_DISTANCES_M),
        best_heart_rate_bpm,
        best_heart_rate_with_lock_bpm: if is_all_sound {
            best_heart_rate_bpm
        } else {
            best::highest_heart_rates(&sums(&series.heart_rate_bpm, spans), HEART_RATE_DURATIONS_S)
        },
        lowest_heart_rate_bpm: best::lowest_heart_rate(&heart, LOWEST_S),
        decoupling: moving.decoupling.filter(|_| !spans.is_empty()),
        normalised_power_w: moving.normalised_power_w,
        cooldown_walk_s: cooldown_walk_s(&series.gait),
        windows: if spans.is_empty() { Vec::new() } else { windows(&series) },
        recorded: if spans.is_empty() { 0 } else { u32::try_from(samples.count).unwrap_or(u32::MAX) },
        totals: activity.totals,
        watch: activity.watch,
        settings: activity.settings,
        told: activity.told.clone(),
        altitude_m: samples.altitude_m,
        profile_m: series.profile_m.iter().map(|m| m.map(|m| m as f32)).collect(),
        trace: trace(&series),
        read_notes: activity.notes.clone(),
        notes: series.notes,
    }
}

/// The heart rate unless the sensor may have counted steps, or was dry.
fn sound_heart_rate(series: &Series, i: usize) -> Option<f64> {
    series.heart_rate_bpm[i].filter(|_| !series.cadence_lock[i] && i >= series.dry_s)
}

/// Means of the full five minutes after the first five, in pieces without a long pause (methods §2.8).
///
/// Nine tenths of the seconds must move and have a speed and a heart rate.
fn windows(series: &Series) -> Vec<Window> {
    let usable = |i: usize| i >= WINDOW_S && series.is_moving(i) && sound_heart_rate(series, i).is_some();
    let gap: Vec<_> = (0..series.len()).map(|i| series.gap_mps[i].filter(|_| usable(i))).collect();
    let heart: Vec<_> = (0..series.len()).map(|i| sound_heart_rate(series, i).filter(|_| gap[i].is_some())).collect();
    let (gap, heart) = (best::pieces(&gap, &series.spans), best::pieces(&heart, &series.spans));
    let window = |(gap, heart): (&[Option<f64>], &[Option<f64>])| {
        let gap: Vec<f64> = gap.iter().flatten().copied().collect();
        let heart: Vec<f64> = heart.iter().flatten().copied().collect();
        let full = gap.len() >= WINDOW_VALID_S;
        full.then(|| Some(Window { gap_mps: mean(&gap)?, heart_rate_bpm: mean(&heart)? })).flatten()
    };
    let chunks = gap.iter().zip(&heart).flat_map(|(g, h)| g.chunks_exact(WINDOW_S).zip(h.chunks_exact(WINDOW_S)));
    chunks.filter_map(window).collect()
}

fn trace(series: &Series) -> Trace {
    let mut trace = Trace::over(series.spans.iter().map(|s| (s.start_s, s.len)).filter(|s| s.1 > 0).collect());
    for i in 0..series.len() {
        trace.push(Second {
            heart_rate_bpm: series.heart_rate_bpm[i],
            speed_mps: series.speed_mps[i],
            gap_mps: series.gap_mps[i],
            cadence_spm: series.cadence_spm[i],
            moving: series.is_moving(i),
            running: series.gait[i] == Some(Gait::Run),
            cadence_lock: series.cadence_lock[i],
            dry_strap: i < series.dry_s,
        });
    }
    trace
}
