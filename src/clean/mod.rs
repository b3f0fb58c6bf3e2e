//! From what a file said to a run one can compute with (methods §1).
//!
//! The samples are put on one clock ([`clock`]), split at pauses ([`pauses`]) and brought to one value a second of timer-on
//! time ([`resample`]); then distance and speed, gait, heart rate and elevation are made good, each in its own file. A
//! [`Series`] holds only seconds with the timer on, so a watch forgotten for three days costs no memory.

pub mod window;
pub mod note;
pub mod position;
pub mod clock;
mod spacing;
pub mod pauses;
pub mod resample;
pub mod distance;
pub mod gait;
pub mod heart_rate;
pub mod elevation;
mod forgotten;
mod vehicle;

use crate::activity::{Activity, Format, ReadNote, Sample, Sport, TimerEvent};
use crate::physiology::grade::heart_rate_factor;
use distance::{Conditions, DistanceSource, Measured, Motion};
use elevation::Elevation;
use gait::Gait;
use heart_rate::{CleanHeartRate, HeartContext};
use note::{CleanNote, DrivePlace, TotalsOf};
use pauses::TimerSpan;
use resample::Span;
use spacing::Spacing;
use std::borrow::Cow;
use vehicle::Drives;

/// Cadences (steps per minute) and powers (W) outside these are garbage.
const MAX_CADENCE_SPM: f64 = 300.0;
const MAX_POWER_W: f64 = 3000.0;
/// Nobody exercises for longer (s).
const TOO_LONG_S: f64 = 48.0 * 3600.0;
/// Longer than this (s) at less than this mean (m/s), without a heart rate, is a step counter's day.
const STEPS_S: f64 = 3.0 * 3600.0;
const STEPS_MPS: f64 = 0.3;
/// So long (s) from the first to the last point, in at least so many pieces: so is a phone's day.
const DAY_S: f64 = 10.0 * 3600.0;
const DAY_PIECES: usize = 5;
/// Totals that tell of so much more than the samples, and of so many seconds, are worth a word.
const MORE: f64 = 1.1;
const MORE_S: f64 = 60.0;

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
    /// Altitude over the time of the timer, m: means of at most a hundred equal stretches.
    pub profile_m: Vec<Option<f64>>,
    pub heart_rate_bpm: Vec<Option<f64>>,
    pub cadence_lock: Vec<bool>,
    /// Seconds at the start whose heart rate a dry strap may have spoiled.
    pub dry_s: usize,
    pub speed_mps: Vec<Option<f64>>,
    /// Speed on the flat at the same heart rate.
    pub gap_mps: Vec<Option<f64>>,
    pub cadence_spm: Vec<Option<f64>>,
    /// Power, W; empty where none was recorded: see [`Series::power_at`].
    power_w: Vec<Option<f64>>,
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

    /// Power at one place, W.
    pub fn power_at(&self, i: usize) -> Option<f64> {
        self.power_w.get(i).copied().flatten()
    }
}

/// Cleans an activity; `None` with fewer than two usable samples or no time on the timer.
///
/// A watch that was forgotten goes on for hours after the run: where the last hour or more was spent standing, it is
/// left out, and so is a drive.
pub fn clean(activity: &Activity) -> Option<Series> {
    let ordered = ActivityClock::of(activity);
    let series = clean_until(activity, &ordered, i64::MAX)?;
    let is_named_run = activity.sport == Sport::Running;
    let mut series = match forgotten::end_ms(&series, &ordered.ordered.samples) {
        Some(end_ms) => {
            let seconds = (series.end_ms() - end_ms) as f64 / 1000.0;
            // Of the longest recordings one series is a hundred megabytes.
            drop(series);
            let mut shorter = clean_until(activity, &ordered, end_ms)?;
            shorter.notes.push(CleanNote::ForgottenWatch { seconds });
            shorter
        }
        None => series,
    };
    series.notes.extend(no_exercise(&series, is_named_run));
    Some(series)
}

/// A day of steps, or longer than anybody exercises.
fn no_exercise(series: &Series, is_named_run: bool) -> Option<CleanNote> {
    let (seconds, distance_m) = (series.len() as f64, series.distance_m);
    let is_slow_over = |s: f64| series.distance_source != DistanceSource::None && distance_m < STEPS_MPS * s;
    let has_heart = series.heart_rate_bpm.iter().any(Option::is_some);
    // Nobody stops and starts a watch all day long on a walk as short as this.
    let elapsed_s = series.elapsed_s;
    let is_day = elapsed_s > DAY_S && series.spans.len() >= DAY_PIECES && !is_named_run && is_slow_over(elapsed_s);
    if seconds > TOO_LONG_S {
        Some(CleanNote::TooLong { seconds })
    } else if seconds > STEPS_S && is_slow_over(seconds) && !has_heart {
        Some(CleanNote::StepCounter { seconds, distance_m })
    } else if is_day && !has_heart {
        Some(CleanNote::StepCounter { seconds: elapsed_s, distance_m })
    } else {
        None
    }
}

/// An activity's samples and timer events on one clock.
struct ActivityClock<'a> {
    ordered: clock::Ordered<'a>,
    timer: Vec<TimerEvent>,
    spacing: Spacing,
}

impl ActivityClock<'_> {
    fn of(activity: &Activity) -> ActivityClock<'_> {
        let mut ordered = clock::order(&activity.samples, &activity.totals, &activity.timer);
        let spacing = Spacing::of(&ordered.samples);
        let on_clock = |e: TimerEvent| Some(TimerEvent { time_ms: ordered.on_this_clock(e.time_ms)?, ..e });
        let timer: Vec<TimerEvent> = timer_events(activity).into_iter().filter_map(on_clock).collect();
        if timer.is_empty() && !activity.notes.contains(&ReadNote::SummaryOnly) {
            end_with_the_laps(&mut ordered.samples, activity, spacing);
        }
        ActivityClock { ordered, timer, spacing }
    }
}

/// Points seconds apart end before the last lap does: what the laps say beyond is added, if it is less than a gap.
fn end_with_the_laps(samples: &mut Cow<'_, [Sample]>, activity: &Activity, spacing: Spacing) {
    let (Some(first), Some(&last), Some(timer_s)) = (samples.first(), samples.last(), activity.totals.timer_s) else {
        return;
    };
    let missing_s = timer_s - (last.time_ms - first.time_ms) as f64 / 1000.0;
    if !spacing.is_sparse() || missing_s < 1.0 || missing_s > spacing.channel_s() / 2.0 {
        return;
    }
    let is_reached = |metres: f64, m: f64| (0.0..=distance::MAX_RUNNING_MPS * missing_s).contains(&(metres - m));
    let distance_m = last.distance_m.and_then(|m| activity.totals.distance_m.filter(|total| is_reached(*total, m)));
    let time_ms = last.time_ms + (missing_s * 1000.0) as i64;
    samples.to_mut().push(Sample { time_ms, starts_segment: false, position: None, distance_m, ..last });
}

/// Cleans what of an activity was recorded up to this time (Unix milliseconds on the clock put in order).
fn clean_until(activity: &Activity, clock: &ActivityClock<'_>, until_ms: i64) -> Option<Series> {
    let kept = clock.ordered.samples.partition_point(|sample| sample.time_ms <= until_ms);
    let samples = &clock.ordered.samples[..kept];
    let timer: Vec<TimerEvent> = clock.timer.iter().copied().filter(|event| event.time_ms <= until_ms).collect();
    let is_whole = kept == clock.ordered.samples.len();
    let stated_s = activity.totals.timer_s.filter(|_| is_whole);
    let mut stretches = pauses::stretches(samples, &timer, stated_s);
    let drives = vehicle::drives(samples, &stretches, activity.sport);
    let whole = stretches.clone();
    stretches = vehicle::without(stretches, samples, &drives.left_out);
    stretches.retain(|s| s.end_ms > s.begin_ms);
    let (start_ms, end_ms) = (stretches.first()?.begin_ms, stretches.last()?.end_ms);
    if stretches.iter().map(|s| s.samples.len()).sum::<usize>() < 2 {
        return None;
    }
    let spans: Vec<Span> = stretches.iter().map(|s| Span::of(s, start_ms)).collect();
    if spans.iter().all(|s| s.len == 0) {
        return None;
    }
    let max_mps = if drives.is_ride { distance::MAX_RIDING_MPS } else { distance::max_speed_mps(activity.sport) };
    let under = Conditions { max_mps, left_out: &drives.left_out };
    let measured = distance::measure(activity, samples, &stretches, &under);
    let mut notes = clock_notes(&clock.ordered);
    notes.extend(drive_note(activity, samples, &whole, &drives, &measured));
    notes.extend(distance_notes(&measured, pauses::gaps_s(samples, &stretches)));
    let axis = Axis { samples, start_ms, spans, stretches, spacing: clock.spacing };
    if is_whole && drives.left_out.is_empty() {
        notes.extend(totals_note(activity, &axis, &measured));
    }
    let Measured { cumulative_m, total_m, source, .. } = measured;
    let Motion { distance_m, speed_mps } = axis.motion(&cumulative_m, max_mps);
    // Of the longest recordings each channel is megabytes: none is held for longer than it is used.
    drop(cumulative_m);
    let (cadence_spm, single_leg) = axis.cadence(&speed_mps, activity);
    let mut gait = gait::gaits(&speed_mps, &cadence_spm, &axis.spans, activity.sport);
    let position = axis.first_position();
    let outdoors = !activity.sub_sport.is_indoor();
    let elevation = if outdoors { axis.elevation(&distance_m, activity) } else { Elevation::default() };
    drop(distance_m);
    let Elevation { grade, ascent_m, descent_m, profile_m } = elevation;
    let climbed = ascent_m.filter(|_| total_m > 0.0).map_or(0.0, |m| m / total_m);
    gait::hike(&mut gait, &grade, activity, climbed);
    let gap_mps = grade_adjusted(&speed_mps, grade, outdoors && position.is_some());
    let heart = axis.heart_rate(activity, &speed_mps, &cadence_spm, &gait);
    let power = |sample: &Sample| sample.power_w.map(f64::from).filter(|watts| (0.0..=MAX_POWER_W).contains(watts));
    let power_w = if activity.samples.iter().any(|s| power(s).is_some()) { axis.channel(power) } else { Vec::new() };
    notes.extend(single_leg.then_some(CleanNote::SingleLegCadence));
    notes.extend(heart_notes(&heart));
    Some(Series {
        start_ms,
        elapsed_s: (end_ms - start_ms) as f64 / 1000.0,
        distance_m: total_m,
        distance_source: source,
        ascent_m,
        descent_m,
        profile_m,
        heart_rate_bpm: heart.bpm,
        cadence_lock: heart.cadence_lock,
        dry_s: heart.dry_s,
        speed_mps,
        gap_mps,
        cadence_spm,
        power_w,
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
    stretches: Vec<TimerSpan>,
    spans: Vec<Span>,
    spacing: Spacing,
}

impl Axis<'_> {
    /// One channel as (seconds since the start, value) of each stretch.
    fn points<'s>(&'s self, value: impl Fn(usize) -> Option<f64> + 's) -> impl Iterator<Item = Vec<(f64, f64)>> + 's {
        let seconds = |i: usize| (self.samples[i].time_ms - self.start_ms) as f64 / 1000.0;
        self.stretches.iter().map(move |s| {
            let mut points = Vec::with_capacity(s.samples.len());
            points.extend(s.samples.clone().filter_map(|i| value(i).map(|v| (seconds(i), v))));
            points
        })
    }

    fn channel(&self, value: impl Fn(&Sample) -> Option<f64>) -> Vec<Option<f64>> {
        self.at_seconds(self.points(|i| value(&self.samples[i])))
    }

    fn at_seconds(&self, points: impl Iterator<Item = Vec<(f64, f64)>>) -> Vec<Option<f64>> {
        let gap_s = self.spacing.channel_s();
        let mut out = Vec::with_capacity(self.seconds());
        for (points, span) in points.zip(&self.spans) {
            out.extend(resample::channel(&points, f64::from(span.start_s), span.len as usize, gap_s));
        }
        out
    }

    /// Seconds with the timer on.
    fn seconds(&self) -> usize {
        self.spans.iter().map(|span| span.len as usize).sum()
    }

    fn motion(&self, cumulative_m: &[Option<f64>], max_mps: f64) -> Motion {
        let points = self.points(|i| cumulative_m[i]);
        distance::motion(points, &self.spans, max_mps, self.spacing.distance_s())
    }

    /// Steps per minute of both feet, and whether they had to be doubled for that.
    fn cadence(&self, speed_mps: &[Option<f64>], activity: &Activity) -> (Vec<Option<f64>>, bool) {
        // The reader has made steps of FIT's strides, even where the file had counted both feet.
        let most = if activity.format == Format::Fit { 2.0 * MAX_CADENCE_SPM } else { MAX_CADENCE_SPM };
        let mut cadence = self.channel(|s| s.cadence_spm.filter(|c| (0.0..=most).contains(c)));
        gait::steps_only(&mut cadence);
        let is_fit = activity.format == Format::Fit;
        if is_fit && gait::counts_both_feet(speed_mps, &cadence) {
            cadence.iter_mut().flatten().for_each(|c| *c /= 2.0);
        }
        cadence.iter_mut().for_each(|c| *c = c.filter(|c| *c <= MAX_CADENCE_SPM));
        let single_leg = !is_fit && gait::is_single_leg(speed_mps, &cadence, activity.sport);
        if single_leg {
            cadence.iter_mut().flatten().for_each(|c| *c *= 2.0);
        }
        (cadence, single_leg)
    }

    fn elevation(&self, distance_m: &[Option<f64>], activity: &Activity) -> Elevation {
        let points = self.points(|i| self.samples[i].altitude_m.and_then(elevation::believable)).collect();
        let altitude = self.at_seconds(elevation::without_outliers(points).into_iter());
        elevation::elevation(&altitude, distance_m, &self.spans, activity.altitude)
    }

    fn heart_rate(
        &self,
        activity: &Activity,
        speed_mps: &[Option<f64>],
        cadence_spm: &[Option<f64>],
        gait: &[Option<Gait>],
    ) -> CleanHeartRate {
        let believable = |s: &Sample| s.heart_rate_bpm.and_then(heart_rate::believable);
        // The mean of a summary stands still, and is no dead strap.
        if activity.notes.contains(&ReadNote::SummaryOnly) {
            return CleanHeartRate::as_is(self.channel(believable));
        }
        let on_change = heart_rate::is_on_change(self.samples);
        let raw = if on_change {
            let mut held = Vec::with_capacity(self.seconds());
            for (points, span) in self.points(|i| believable(&self.samples[i])).zip(&self.spans) {
                let (from_s, seconds) = (f64::from(span.start_s), span.len as usize);
                held.extend(resample::held(&points, from_s, seconds, heart_rate::ON_CHANGE_S));
            }
            held
        } else {
            self.channel(believable)
        };
        let flat_s = (!on_change).then(|| heart_rate::flat_s(self.spacing.median_s()));
        let spans = &self.spans;
        heart_rate::clean(raw, &HeartContext { cadence_spm, speed_mps, gait, spans, flat_s })
    }

    fn first_position(&self) -> Option<(f64, f64)> {
        self.stretches.iter().flat_map(|s| &self.samples[s.samples.clone()]).find_map(distance::position_of)
    }
}

/// Speed times the grade factor; without positions or altitude the ground counts as flat (methods §1.7).
fn grade_adjusted(speed: &[Option<f64>], grade: Vec<Option<f64>>, hilly: bool) -> Vec<Option<f64>> {
    let grade = grade.into_iter().chain(std::iter::repeat(None));
    let factor = |grade: Option<f64>| grade.filter(|_| hilly).map_or(1.0, heart_rate_factor);
    speed.iter().zip(grade).map(|(v, grade)| v.map(|v| v * factor(grade))).collect()
}

fn clock_notes(ordered: &clock::Ordered<'_>) -> Vec<CleanNote> {
    let (back, confirmed) = (ordered.jumped_back_ms, ordered.is_confirmed);
    let sorted = (ordered.sorted > 0).then_some(CleanNote::OutOfOrder { samples: ordered.sorted });
    let jumped = (back > 0).then(|| CleanNote::ClockJumpedBack { seconds: back as f64 / 1000.0, confirmed });
    let set = (ordered.set_after > 0).then_some(CleanNote::ClockSet { samples: ordered.set_after, confirmed });
    let far = (ordered.far_off > 0).then_some(CleanNote::FarOffSamples { count: ordered.far_off });
    sorted.into_iter().chain(jumped).chain(set).chain(far).collect()
}

fn distance_notes(measured: &Measured, gaps_s: f64) -> Vec<CleanNote> {
    let mended = measured.mended.map(CleanNote::Distance);
    let spikes = (measured.spikes > 0).then_some(CleanNote::PositionSpikes { count: measured.spikes });
    let gaps = (gaps_s > 0.0).then_some(CleanNote::Gaps { seconds: gaps_s });
    mended.into_iter().chain(spikes).chain(gaps).collect()
}

/// What a drive made of the distance, and where it was.
fn drive_note(
    activity: &Activity,
    samples: &[Sample],
    whole: &[TimerSpan],
    drives: &Drives,
    measured: &Measured,
) -> Option<CleanNote> {
    let (first, last) = (whole.first()?.begin_ms, whole.last()?.end_ms);
    let place = match drives.left_out.as_slice() {
        [] => return None,
        [(from, _)] if *from <= first => DrivePlace::Start,
        [(_, to)] if *to >= last => DrivePlace::End,
        [_] => DrivePlace::Middle,
        _ => DrivePlace::Several,
    };
    let lost_ms = drives.left_out.iter().map(|(from, to)| (*to).min(last) - (*from).max(first)).sum::<i64>();
    let with = distance::measure(activity, samples, whole, &Conditions::of(distance::MAX_RIDING_MPS));
    let (before_m, after_m) = (with.total_m, measured.total_m);
    Some(CleanNote::Drive { seconds: lost_ms as f64 / 1000.0, place, before_m, after_m })
}

/// What the totals or the laps know and the samples do not; a broken file says that it is one.
fn totals_note(activity: &Activity, axis: &Axis, measured: &Measured) -> Option<CleanNote> {
    let recorded_s = axis.spans.iter().map(|s| f64::from(s.len)).sum::<f64>();
    let whole = (TotalsOf::Whole, activity.totals.timer_s.unwrap_or(0.0), activity.totals.distance_m);
    let laps = (TotalsOf::Laps, activity.laps.timer_s, Some(activity.laps.distance_m));
    let (whose, timer_s, distance_m) = if laps.1 > MORE * whole.1 { laps } else { whole };
    let is_more = timer_s > MORE * recorded_s && timer_s - recorded_s > MORE_S;
    let is_broken = activity.notes.iter().any(|note| matches!(note, ReadNote::Broken { .. }));
    let distance_m = distance_m.filter(|m| *m > 0.0);
    let note = CleanNote::TotalsKnowMore { whose, timer_s, distance_m, recorded_s, recorded_m: measured.total_m };
    (is_more && !is_broken).then_some(note)
}

fn heart_notes(heart: &CleanHeartRate) -> Vec<CleanNote> {
    let locked = heart.cadence_lock.iter().filter(|l| **l).count();
    let spikes = (heart.spikes > 0).then_some(CleanNote::HeartRateSpikes { seconds: heart.spikes });
    let flat = (heart.flat > 0).then_some(CleanNote::HeartRateFlat { seconds: heart.flat });
    let lock = (locked > 0).then_some(CleanNote::CadenceLock { seconds: locked });
    spikes.into_iter().chain(flat).chain(lock).collect()
}
