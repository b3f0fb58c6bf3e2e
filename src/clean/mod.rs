//! From what a file said to a run one can compute with (methods §1).
//!
//! The samples are put on one clock ([`clock`]), split at pauses ([`pauses`]) and brought to one value a second of timer-on
//! time ([`resample`]); then distance and speed, gait, heart rate and elevation are made good, each in its own file. A
//! [`Series`] holds only seconds with the timer on, so a watch forgotten for three days costs no memory.

pub mod window;
pub mod note;
pub mod position;
pub mod clock;
pub mod pauses;
pub mod resample;
pub mod distance;
pub mod gait;
pub mod heart_rate;
pub mod elevation;
mod forgotten;

use crate::activity::{Activity, Format, ReadNote, Sample, TimerEvent};
use crate::physiology::grade::heart_rate_factor;
use distance::{DistanceSource, Measured, Motion};
use elevation::Elevation;
use gait::Gait;
use heart_rate::HeartRate;
use note::CleanNote;
use pauses::Stretch;
use resample::Span;

/// Cadences (steps per minute) and powers (W) outside these are garbage.
const MAX_CADENCE_SPM: f64 = 300.0;
const MAX_POWER_W: f64 = 3000.0;

/// A cleaned run: channels with one value for every timer-on second, one span after the other.
#[derive(Debug)]
pub struct Series {
    /// Unix time, UTC, of the first second, in milliseconds.
    pub start_ms: i64,
    /// From the first to the last second, pauses included.
    pub elapsed_s: f64,
    pub spans: Vec<Span>,
    pub distance_m: f64,
    pub distance_source: DistanceSource,
    pub ascent_m: Option<f64>,
    pub descent_m: Option<f64>,
    pub heart_rate_bpm: Vec<Option<f64>>,
    pub cadence_lock: Vec<bool>,
    pub speed_mps: Vec<Option<f64>>,
    /// Speed on the flat at the same heart rate.
    pub graded_mps: Vec<Option<f64>>,
    pub cadence_spm: Vec<Option<f64>>,
    pub power_w: Vec<Option<f64>>,
    pub gait: Vec<Option<Gait>>,
    /// The first position, latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    pub notes: Vec<CleanNote>,
}

impl Series {
    /// Seconds with the timer on.
    pub fn len(&self) -> usize {
        self.gait.len()
    }

    pub fn is_empty(&self) -> bool {
        self.gait.is_empty()
    }

    /// Unix time, UTC, of the end, in milliseconds.
    pub fn end_ms(&self) -> i64 {
        self.start_ms + (self.elapsed_s * 1000.0) as i64
    }

    /// True where the second is known to be faster than a standstill.
    pub fn is_moving(&self, i: usize) -> bool {
        self.gait[i].is_some_and(Gait::is_moving)
    }
}

/// Cleans an activity; `None` with fewer than two usable samples or no time on the timer.
///
/// A watch that was forgotten goes on for hours after the run: where the last hour or more was spent standing, it is
/// left out.
pub fn clean(activity: &Activity) -> Option<Series> {
    let series = clean_until(activity, i64::MAX)?;
    let Some(end_ms) = forgotten::end_ms(&series) else { return Some(series) };
    let seconds = (series.end_ms() - end_ms) as f64 / 1000.0;
    let mut shorter = clean_until(activity, end_ms)?;
    shorter.notes.push(CleanNote::ForgottenWatch { seconds });
    Some(shorter)
}

/// Cleans what of an activity was recorded up to this time (Unix milliseconds on the clock put in order).
fn clean_until(activity: &Activity, until_ms: i64) -> Option<Series> {
    let mut ordered = clock::order(&activity.samples);
    ordered.samples.retain(|sample| sample.time_ms <= until_ms);
    let samples = &ordered.samples;
    // Events of a clock that jumped cannot be laid over the samples any more.
    let mut timer = if ordered.jumped() { Vec::new() } else { timer_events(activity) };
    timer.retain(|event| event.time_ms <= until_ms);
    let mut stretches = pauses::stretches(samples, &timer);
    stretches.retain(|s| s.end_ms > s.begin_ms);
    let (start_ms, end_ms) = (stretches.first()?.begin_ms, stretches.last()?.end_ms);
    if stretches.iter().map(|s| s.samples.len()).sum::<usize>() < 2 {
        return None;
    }
    let measured = distance::measure(activity, samples, &stretches);
    let spans: Vec<Span> = stretches.iter().map(|s| Span::of(s, start_ms)).collect();
    if spans.iter().all(|s| s.len == 0) {
        return None;
    }
    let axis = Axis { samples, start_ms, spans, stretches };
    let mut notes = clock_notes(&ordered);
    notes.extend(distance_notes(&measured, pauses::gaps_s(samples, &axis.stretches)));
    let motion = axis.motion(&measured, distance::max_speed_mps(activity.sport));
    let (cadence_spm, single_leg) = axis.cadence(&motion, activity);
    let gait = gait::gaits(&motion.speed_mps, &cadence_spm, &axis.spans, activity.sport);
    let raw = axis.channel(|s| s.heart_rate_bpm.and_then(heart_rate::believable));
    // The mean of a summary stands still, and is no dead strap.
    let is_made = activity.notes.contains(&ReadNote::SummaryOnly);
    let heart = if is_made { HeartRate::as_is(raw) } else { heart_rate::clean(&raw, &cadence_spm, &gait, &axis.spans) };
    notes.extend(single_leg.then_some(CleanNote::SingleLegCadence));
    notes.extend(heart_notes(&heart));
    let position = axis.first_position();
    let outdoors = !activity.sub_sport.is_indoor();
    let elevation = if outdoors { axis.elevation(&motion, activity) } else { Elevation::default() };
    let graded_mps = graded(&motion.speed_mps, &elevation.grade, outdoors && position.is_some());
    Some(Series {
        start_ms,
        elapsed_s: (end_ms - start_ms) as f64 / 1000.0,
        distance_m: measured.total_m,
        distance_source: measured.source,
        ascent_m: elevation.ascent_m,
        descent_m: elevation.descent_m,
        heart_rate_bpm: heart.bpm,
        cadence_lock: heart.cadence_lock,
        speed_mps: motion.speed_mps,
        graded_mps,
        cadence_spm,
        power_w: axis.channel(|s| s.power_w.filter(|w| (0.0..=MAX_POWER_W).contains(w))),
        gait,
        position,
        notes,
        spans: axis.spans,
    })
}

/// The timer's events; where the first is a stop, the device's own start precedes it.
fn timer_events(activity: &Activity) -> Vec<TimerEvent> {
    let first_stops = activity.timer.first().is_some_and(|e| !e.running);
    let start =
        activity.start.filter(|_| first_stops).map(|t| TimerEvent { time_ms: t.as_millisecond(), running: true });
    start.into_iter().chain(activity.timer.iter().copied()).collect()
}

/// Samples and the timer-on seconds they are brought to.
struct Axis<'a> {
    samples: &'a [Sample],
    start_ms: i64,
    stretches: Vec<Stretch>,
    spans: Vec<Span>,
}

impl Axis<'_> {
    /// One channel as (seconds since the start, value) of each stretch.
    fn points<'s>(&'s self, value: impl Fn(usize) -> Option<f64> + 's) -> impl Iterator<Item = Vec<(f64, f64)>> + 's {
        let seconds = |i: usize| (self.samples[i].time_ms - self.start_ms) as f64 / 1000.0;
        self.stretches
            .iter()
            .map(move |s| s.samples.clone().filter_map(|i| value(i).map(|v| (seconds(i), v))).collect())
    }

    fn channel(&self, value: impl Fn(&Sample) -> Option<f64>) -> Vec<Option<f64>> {
        let points = self.points(|i| value(&self.samples[i]));
        let seconds =
            |(points, span): (Vec<_>, &Span)| resample::channel(&points, f64::from(span.start_s), span.len as usize);
        points.zip(&self.spans).flat_map(seconds).collect()
    }

    fn motion(&self, measured: &Measured, max_mps: f64) -> Motion {
        let points: Vec<_> = self.points(|i| measured.cumulative_m[i]).collect();
        distance::motion(&points, &self.spans, max_mps)
    }

    /// Steps per minute of both feet, and whether they had to be doubled for that.
    fn cadence(&self, motion: &Motion, activity: &Activity) -> (Vec<Option<f64>>, bool) {
        let mut cadence = self.channel(|s| s.cadence_spm.filter(|c| (0.0..=MAX_CADENCE_SPM).contains(c)));
        gait::steps_only(&mut cadence);
        // FIT counts strides, and the reader has made steps of them already.
        let may_be_single = activity.format != Format::Fit;
        let single_leg = may_be_single && gait::is_single_leg(&motion.speed_mps, &cadence, activity.sport);
        if single_leg {
            cadence.iter_mut().flatten().for_each(|c| *c *= 2.0);
        }
        (cadence, single_leg)
    }

    fn elevation(&self, motion: &Motion, activity: &Activity) -> Elevation {
        let altitude = self.channel(|s| s.altitude_m.and_then(elevation::believable));
        elevation::elevation(&altitude, &motion.distance_m, &self.spans, activity.altitude)
    }

    fn first_position(&self) -> Option<(f64, f64)> {
        self.stretches.iter().flat_map(|s| &self.samples[s.samples.clone()]).find_map(distance::position_of)
    }
}

/// Speed times the grade factor; without positions or altitude the ground counts as flat (methods §1.7).
fn graded(speed: &[Option<f64>], grade: &[Option<f64>], hilly: bool) -> Vec<Option<f64>> {
    let factor = |i: usize| grade.get(i).copied().flatten().filter(|_| hilly).map_or(1.0, heart_rate_factor);
    speed.iter().enumerate().map(|(i, v)| v.map(|v| v * factor(i))).collect()
}

fn clock_notes(ordered: &clock::Ordered) -> Vec<CleanNote> {
    let back = ordered.jumped_back_ms;
    let jumped = (back > 0).then(|| CleanNote::ClockJumpedBack { seconds: back as f64 / 1000.0 });
    let set = (ordered.set_after > 0).then_some(CleanNote::ClockSet { samples: ordered.set_after });
    let far = (ordered.far_off > 0).then_some(CleanNote::FarOffSamples { count: ordered.far_off });
    jumped.into_iter().chain(set).chain(far).collect()
}

fn distance_notes(measured: &Measured, gaps_s: f64) -> Vec<CleanNote> {
    let spikes = (measured.spikes > 0).then_some(CleanNote::PositionSpikes { count: measured.spikes });
    let gaps = (gaps_s > 0.0).then_some(CleanNote::Gaps { seconds: gaps_s });
    spikes.into_iter().chain(gaps).collect()
}

fn heart_notes(heart: &HeartRate) -> Vec<CleanNote> {
    let locked = heart.cadence_lock.iter().filter(|l| **l).count();
    let spikes = (heart.spikes > 0).then_some(CleanNote::HeartRateSpikes { seconds: heart.spikes });
    let flat = (heart.flat > 0).then_some(CleanNote::HeartRateFlat { seconds: heart.flat });
    let lock = (locked > 0).then_some(CleanNote::CadenceLock { seconds: locked });
    spikes.into_iter().chain(flat).chain(lock).collect()
}
