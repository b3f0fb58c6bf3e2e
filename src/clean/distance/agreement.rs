//! Which of four sources says how far it was: the device's counter, positions, recorded speed, or the file's own total.
//!
//! Devices and services write counters in kilometres or as increments, speeds in km/h, totals that somebody corrected. What
//! one channel says is believed until two others agree that it is wrong, or one shows in which unit it was meant.

use super::counter::{self, Counted, by_counter};
use super::positions::by_positions;
use super::{DistanceSource, Measured, by_speed, position_of};
use crate::activity::{Activity, Format, Sample, Sport};
use crate::clean::pauses::TimerSpan;
use serde::{Deserialize, Serialize};

/// Two sources agree within this share of the larger.
const AGREE: f64 = 0.05;
/// A source further off than this factor is wrong if others agree.
const OFF: f64 = 1.25;
/// A treadmill's total that differs from the records' by these shares was corrected by its runner.
const CORRECTED: (f64, f64) = (0.02, 0.25);
/// Mean speeds (m/s) that people on foot have.
const ON_FOOT_MPS: (f64, f64) = (0.8, 6.5);
/// A counter that makes less than this (m/s) of a run stood still.
const STANDS_MPS: f64 = 0.5;
/// Totals beyond this are garbage, in metres.
const MAX_DISTANCE_M: f64 = 1e7;
/// A distance that changed by less than this share is not worth a word.
const SAID_FROM: f64 = 0.02;
/// A run shorter than this (s) may well be a few metres long.
const LONG_ENOUGH_S: f64 = 300.0;

const KILOMETRE_M: f64 = 1000.0;
const MILE_M: f64 = 1609.344;
const KMH_MPS: f64 = 1.0 / 3.6;
const MPH_MPS: f64 = 0.447_04;

/// What says how far it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    Counter,
    Positions,
    Speed,
    /// TCX.
    LapTotal,
    /// FIT.
    SessionTotal,
}

/// Why a distance was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    CounterInKilometres,
    CounterInMiles,
    CounterOfIncrements,
    CounterJumps,
    CounterBeganLate,
    CounterBeginsAnew,
    CounterStands,
    SpeedInKmh,
    SpeedInMph,
    /// A treadmill's distance corrected by its runner.
    Corrected,
    /// Two others agree.
    Outvoted,
}

/// A distance that was not believed, and the one taken instead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mended {
    pub before_m: f64,
    pub before: Witness,
    pub after_m: f64,
    pub after: Witness,
    pub fault: Fault,
}

/// What a run is measured under.
#[derive(Clone, Copy, Debug)]
pub struct Conditions<'a> {
    /// Fastest believable speed.
    pub max_mps: f64,
    /// Times that are no part of the run (Unix milliseconds), in order: the file's total counts them all the same.
    pub left_out: &'a [(i64, i64)],
}

impl Conditions<'_> {
    pub fn of(max_mps: f64) -> Conditions<'static> {
        Conditions { max_mps, left_out: &[] }
    }
}

/// Measures the run: by the device's counter, else by positions, else by recorded speed, else by the device's total; by
/// another of them where they agree that this one is wrong.
///
/// The counter must be there for at least half of the samples that have a position.
pub fn measure(activity: &Activity, samples: &[Sample], stretches: &[TimerSpan], under: &Conditions) -> Measured {
    let sources = Sources::of(activity, samples, stretches, under);
    let nothing = || {
        let total_m = total_of(activity);
        let source = if total_m.is_some() { DistanceSource::Total } else { DistanceSource::None };
        Measured { total_m: total_m.unwrap_or(0.0), ..Measured::of(source, vec![None; samples.len()]) }
    };
    sources.choose().unwrap_or_else(nothing)
}

fn total_of(activity: &Activity) -> Option<f64> {
    activity.totals.distance_m.filter(|m| *m > 0.0 && *m <= MAX_DISTANCE_M)
}

/// All that the sources say.
struct Sources {
    counter: Option<Measured>,
    /// The counter's values summed up, should they be increments.
    increments: Option<Measured>,
    positions: Option<Measured>,
    speed: Option<Measured>,
    total_m: Option<f64>,
    total: Witness,
    /// Seconds with the timer on.
    seconds: f64,
    on_foot: bool,
    treadmill: bool,
}

impl Sources {
    fn of(activity: &Activity, samples: &[Sample], stretches: &[TimerSpan], under: &Conditions) -> Sources {
        let seconds = stretches.iter().map(|s| s.end_ms - s.begin_ms).sum::<i64>() as f64 / 1000.0;
        let used = stretches.iter().flat_map(|s| s.samples.clone());
        let located = used.filter(|&i| position_of(&samples[i]).is_some()).count();
        let on_foot = matches!(activity.sport, Sport::Running | Sport::Walking | Sport::Unknown);
        // Of what was lost a total knows more than the records.
        let is_whole = |stated: f64| (stated - seconds).abs() <= AGREE * stated.max(seconds);
        let is_comparable = under.left_out.is_empty() && activity.totals.timer_s.is_none_or(is_whole);
        let (counter, increments) = counters(samples, stretches, under, located);
        let sources = Sources {
            counter,
            increments,
            positions: (located >= 2).then(|| by_positions(samples, stretches, under.max_mps)),
            speed: samples.iter().any(|s| s.speed_mps.is_some()).then(|| by_speed(samples, stretches)),
            total_m: total_of(activity).filter(|_| is_comparable),
            total: if activity.format == Format::Tcx { Witness::LapTotal } else { Witness::SessionTotal },
            seconds,
            on_foot,
            treadmill: on_foot && (activity.sub_sport.is_indoor() || activity.sport == Sport::Running && located == 0),
        };
        sources.without_silence(activity.format)
    }

    /// What measures nothing is no source. In GPX anybody may call anything a distance.
    fn without_silence(self, format: Format) -> Sources {
        let says = |measured: Option<Measured>| measured.filter(|m| m.total_m > 0.0);
        let positions = says(self.positions);
        let is_doubtful =
            |m: &Measured| format == Format::Gpx && positions.as_ref().is_some_and(|p| 2.0 * m.total_m < p.total_m);
        let counter = says(self.counter).filter(|counter| !is_doubtful(counter));
        Sources { increments: says(self.increments), speed: says(self.speed), counter, positions, ..self }
    }

    fn choose(mut self) -> Option<Measured> {
        if let Some(counter) = self.counter.take() {
            return Some(self.by_counter(counter));
        }
        if let Some(positions) = self.positions.take() {
            return Some(self.by_positions(positions));
        }
        let speed = self.speed.take()?;
        Some(self.by_speed(speed))
    }

    fn by_counter(mut self, counter: Measured) -> Measured {
        let counted_m = counter.total_m;
        let because = |better: Measured, by: Witness, fault| better.because(counted_m, Witness::Counter, by, fault);
        for (factor, fault) in [(KILOMETRE_M, Fault::CounterInKilometres), (MILE_M, Fault::CounterInMiles)] {
            if let Some(by) = self.independent_witness(counted_m, counted_m * factor) {
                return because(counter.scaled(factor), by, fault);
            }
        }
        if self.is_blind_in_kilometres(counted_m) {
            return because(counter.scaled(KILOMETRE_M), Witness::Counter, Fault::CounterInKilometres);
        }
        let sums = self.increments.take().filter(|sums| is_off(sums.total_m, counted_m));
        if let Some((sums, by)) =
            sums.and_then(|sums| self.independent_witness(counted_m, sums.total_m).map(|by| (sums, by)))
        {
            return because(sums, by, Fault::CounterOfIncrements);
        }
        if let Some((better, by)) = self.outvoting(counted_m) {
            return because(better, by, Fault::Outvoted);
        }
        if let Some(positions) = self.positions.take().filter(|p| self.stands(counted_m, p.total_m)) {
            return because(positions, Witness::Positions, Fault::CounterStands);
        }
        match self.total_m.filter(|total| self.treadmill && is_corrected(counted_m, *total)) {
            Some(total_m) => because(counter.scaled(total_m / counted_m), self.total, Fault::Corrected),
            None => counter,
        }
    }

    /// Positions give way only to speed and total together: a total may count what was never recorded.
    fn by_positions(self, positions: Measured) -> Measured {
        let located_m = positions.total_m;
        let total_m = self.total_m.filter(|total| is_off(*total, located_m));
        match total_m.and_then(|total| self.speed_like(total)) {
            Some((speed, fault)) => speed.because(located_m, Witness::Positions, self.total, fault),
            None => positions,
        }
    }

    /// Speed gives way to the file's total: to its unit, or where nobody on foot is so fast or so slow.
    fn by_speed(mut self, speed: Measured) -> Measured {
        let speed_m = speed.total_m;
        let Some(total_m) = self.total_m.filter(|total| is_off(*total, speed_m)) else { return speed };
        self.speed = Some(speed.clone());
        if let Some((better, fault)) = self.speed_like(total_m) {
            return better.because(speed_m, Witness::Speed, self.total, fault);
        }
        if self.on_foot && self.is_walkable(total_m) && !self.is_walkable(speed_m) {
            return speed.scaled(total_m / speed_m).because(speed_m, Witness::Speed, self.total, Fault::Outvoted);
        }
        speed
    }

    /// A source apart from the counter that gives so many metres. A total is often the counter's own, then it is none.
    fn independent_witness(&self, counted_m: f64, metres: f64) -> Option<Witness> {
        let of = |measured: &Option<Measured>| measured.as_ref().is_some_and(|m| agree(m.total_m, metres));
        let total = self.total_m.filter(|total| !agree(*total, counted_m) && agree(*total, metres));
        (of(&self.positions).then_some(Witness::Positions))
            .or(of(&self.speed).then_some(Witness::Speed))
            .or(total.map(|_| self.total))
    }

    /// What two others agree upon, as that one of them which knows the way, and who else says so.
    fn outvoting(&mut self, counted_m: f64) -> Option<(Measured, Witness)> {
        let total_m = self.total_m.filter(|m| is_off(*m, counted_m));
        if let Some(located_m) = self.positions.as_ref().map(|p| p.total_m).filter(|m| is_off(*m, counted_m))
            && (total_m.is_some_and(|total| agree(total, located_m)) || self.speed_like(located_m).is_some())
        {
            return self.positions.take().map(|positions| (positions, Witness::Positions));
        }
        self.speed_like(total_m?).map(|(speed, _)| (speed, Witness::Speed))
    }

    /// Recorded speed, if it gives so many metres: as it stands, or read as km/h or mph.
    fn speed_like(&self, metres: f64) -> Option<(Measured, Fault)> {
        let speed = self.speed.as_ref()?;
        let units = [(1.0, Fault::Outvoted), (KMH_MPS, Fault::SpeedInKmh), (MPH_MPS, Fault::SpeedInMph)];
        let (factor, fault) = units.into_iter().find(|(factor, _)| agree(speed.total_m * factor, metres))?;
        Some((speed.clone().scaled(factor), fault))
    }

    fn is_walkable(&self, metres: f64) -> bool {
        self.seconds > 0.0 && (ON_FOOT_MPS.0..=ON_FOOT_MPS.1).contains(&(metres / self.seconds))
    }

    /// There is nothing else to compare it with, but no run is so short, and its thousandfold is one.
    fn is_blind_in_kilometres(&self, counted_m: f64) -> bool {
        let is_alone = self.positions.is_none() && self.speed.is_none();
        let says_the_same = self.total_m.is_some_and(|total| agree(total, counted_m));
        is_alone
            && says_the_same
            && self.on_foot
            && self.seconds >= LONG_ENOUGH_S
            && self.is_walkable(counted_m * KILOMETRE_M)
    }

    /// The counter stood still while positions moved on.
    fn stands(&self, counted_m: f64, located_m: f64) -> bool {
        self.on_foot
            && counted_m < STANDS_MPS * self.seconds
            && 2.0 * counted_m < located_m
            && self.is_walkable(located_m)
    }
}

/// The counter made good, and its values summed up; nothing where too few samples have one.
fn counters(
    samples: &[Sample],
    stretches: &[TimerSpan],
    under: &Conditions,
    located: usize,
) -> (Option<Measured>, Option<Measured>) {
    let (indices, points) = counter::points(samples, stretches, under.left_out);
    if points.len() < 2 || 2 * points.len() < located {
        return (None, None);
    }
    let from_s = stretches.first().map_or(0.0, |s| s.begin_ms as f64 / 1000.0);
    let counted = counter::unbroken(&points, from_s, under.max_mps);
    let measured = by_counter(samples.len(), &indices, &points, &counted.metres);
    let mended = mended(&counted, measured.total_m, &points);
    let length_s = points[points.len() - 1].0 - points[0].0;
    let sums = Some(&points).filter(|_| length_s >= LONG_ENOUGH_S).and_then(|p| counter::summed(p, under.max_mps));
    let sums = sums.map(|sums| by_counter(samples.len(), &indices, &points, &sums));
    (Some(Measured { mended, ..measured }), sums)
}

/// What there is to say of a counter that was mended on the way.
fn mended(counted: &Counted, total_m: f64, points: &[(f64, f64)]) -> Option<Mended> {
    let (first, last) = (points.first()?.1, points.last()?.1);
    let is_changed = |before_m: f64| (total_m - before_m).abs() > SAID_FROM * total_m;
    let (before_m, fault) = if counted.began_late && is_changed(last - first) {
        (last - first, Fault::CounterBeganLate)
    } else if is_changed(counted.as_it_stands_m) {
        (counted.as_it_stands_m, Fault::CounterJumps)
    } else if counted.restarts > 0 && is_changed(last) {
        (last, Fault::CounterBeginsAnew)
    } else if last < first {
        (0.0, Fault::CounterJumps)
    } else {
        return None;
    };
    Some(Mended { before_m, before: Witness::Counter, after_m: total_m, after: Witness::Counter, fault })
}

impl Measured {
    fn because(self, before_m: f64, before: Witness, after: Witness, fault: Fault) -> Measured {
        let mended = Mended { before_m, before, after_m: self.total_m, after, fault };
        Measured { mended: Some(mended), ..self }
    }
}

fn agree(a: f64, b: f64) -> bool {
    a > 0.0 && b > 0.0 && (a - b).abs() <= AGREE * a.max(b)
}

fn is_off(a: f64, b: f64) -> bool {
    a.max(b) > OFF * a.min(b)
}

fn is_corrected(counted_m: f64, total_m: f64) -> bool {
    (CORRECTED.0..=CORRECTED.1).contains(&(total_m / counted_m - 1.0).abs())
}
