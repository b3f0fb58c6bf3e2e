//! A session second by second, and where in it the heart rate lay above a limit.

use crate::digest::{Second, Trace};
use crate::heart_rate::HeartRate;
use std::fmt;

/// Seconds over which heart rate is smoothed before it is held against a limit.
const SMOOTHED_S: usize = 30;
/// Time above a limit that is too short to mention, s.
const SHORTEST_S: usize = 45;
/// A dip below the limit that does not end a stretch, s.
const DIP_S: usize = 20;
/// Grade-adjusted speed over speed from which ground counts as climbing (about 2.5 % steep).
const CLIMBING: f64 = 1.06;
/// Speed over the run's own median from which a stretch counts as faster than the rest.
const FASTER: f64 = 1.05;
/// Breaks shorter than this are not worth marking, s.
const SHORTEST_PAUSE_S: f64 = 5.0;

/// One second of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CourseSecond {
    /// Seconds since the start, breaks included.
    pub at_s: f64,
    /// Metres run before.
    pub at_m: f64,
    /// The heart rate that is believed, bpm.
    pub heart_rate_bpm: Option<f64>,
    pub second: Second,
}

/// A session on one clock, its parts one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    pub moments: Vec<CourseSecond>,
    /// From and to, seconds since the start: the timer stood still, or one file had ended and the next not begun.
    pub pauses: Vec<(f64, f64)>,
}

/// A stretch of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CourseStretch {
    pub from_s: f64,
    pub seconds: f64,
    /// The kilometre in which its middle lies, from 1; `None` without a distance.
    pub km: Option<u32>,
    pub why: RiseCause,
}

/// What heart rate may have risen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiseCause {
    Climb,
    /// Faster than the rest of the run.
    Faster,
    /// Late in the run and no faster: heart rate crept up.
    Drift,
    /// Neither.
    Even,
}

/// The time above a limit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Above {
    pub seconds: f64,
    pub stretches: Vec<CourseStretch>,
}

impl Course {
    /// Puts parts one after the other; each starts so many seconds after the first.
    pub fn of<'a>(parts: impl Iterator<Item = (f64, &'a Trace, &'a HeartRate)>) -> Course {
        let mut course = Course::default();
        let mut at_m = 0.0;
        for (start_s, trace, heart_rate) in parts {
            let clock = trace.spans.iter().flat_map(|(from, count)| (0..*count).map(move |i| f64::from(from + i)));
            for ((second, bpm), after_s) in trace.seconds().zip(heart_rate.bpm(trace)).zip(clock) {
                let at_s = start_s + after_s;
                if let Some(last) = course.moments.last()
                    && at_s - last.at_s > SHORTEST_PAUSE_S
                {
                    course.pauses.push((last.at_s, at_s));
                }
                course.moments.push(CourseSecond { at_s, at_m, heart_rate_bpm: bpm, second });
                at_m += second.speed_mps.unwrap_or(0.0);
            }
        }
        course
    }

    /// Seconds from the first to the last moment.
    pub fn elapsed_s(&self) -> f64 {
        let (first, last) = (self.moments.first(), self.moments.last());
        first.zip(last).map_or(0.0, |(first, last)| last.at_s - first.at_s)
    }

    /// Heart rate smoothed over half a minute; `None` where less than half of it is known.
    pub fn smooth_heart_rate(&self) -> Vec<Option<f64>> {
        let value = |moment: &CourseSecond| moment.heart_rate_bpm;
        smoothed(&self.moments, SMOOTHED_S, value)
    }

    /// Grade-adjusted speed smoothed over half a minute, standing included.
    pub fn smooth_gap_mps(&self) -> Vec<Option<f64>> {
        smoothed(&self.moments, SMOOTHED_S, |moment| moment.second.gap_mps)
    }

    /// Where smoothed heart rate lay above a limit.
    pub fn above(&self, limit_bpm: f64) -> Above {
        let is_above: Vec<bool> =
            self.smooth_heart_rate().into_iter().map(|bpm| bpm.is_some_and(|bpm| bpm > limit_bpm)).collect();
        let usual_mps = median(self.moments.iter().filter(|m| m.second.running).filter_map(|m| m.second.gap_mps));
        let stretches = stretches(&is_above).into_iter().map(|(from, to)| self.stretch(from, to, usual_mps));
        Above { seconds: is_above.iter().filter(|above| **above).count() as f64, stretches: stretches.collect() }
    }

    fn stretch(&self, from: usize, to: usize, usual_mps: Option<f64>) -> CourseStretch {
        // Heart rate follows effort by some half a minute.
        let cause = &self.moments[from.saturating_sub(SMOOTHED_S)..to];
        let sum = |value: fn(&Second) -> Option<f64>| -> f64 { cause.iter().filter_map(|m| value(&m.second)).sum() };
        let (speed, gap) = (sum(|s| s.speed_mps), sum(|s| s.gap_mps));
        let mean_mps = gap / cause.len() as f64;
        let is_late = self.moments[from].at_s > 0.55 * self.elapsed_s();
        let why = match usual_mps {
            _ if speed > 0.0 && gap > CLIMBING * speed => RiseCause::Climb,
            Some(usual) if mean_mps > FASTER * usual => RiseCause::Faster,
            _ if is_late => RiseCause::Drift,
            _ => RiseCause::Even,
        };
        let middle = &self.moments[(from + to) / 2];
        let has_distance = self.moments[self.moments.len() - 1].at_m > 0.0;
        CourseStretch {
            from_s: self.moments[from].at_s,
            seconds: (to - from) as f64,
            km: has_distance.then(|| 1 + (middle.at_m / 1000.0) as u32),
            why,
        }
    }
}

impl Above {
    /// What most of the time above has in common, with the kilometre where it was longest.
    pub fn mostly(&self) -> Option<(RiseCause, Option<u32>)> {
        let all: f64 = self.stretches.iter().map(|s| s.seconds).sum();
        let of = |why: RiseCause| self.stretches.iter().filter(move |s| s.why == why);
        let why = [RiseCause::Climb, RiseCause::Faster, RiseCause::Drift]
            .into_iter()
            .find(|why| of(*why).map(|s| s.seconds).sum::<f64>() > 0.5 * all)?;
        let longest = of(why).max_by(|a, b| a.seconds.total_cmp(&b.seconds))?;
        Some((why, longest.km))
    }
}

/// Places from..to where the flags are set, dips of a few seconds included, short ones left out.
fn stretches(is_above: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, above) in is_above.iter().enumerate() {
        if !above {
            continue;
        }
        match found.last_mut() {
            Some(last) if i - last.1 <= DIP_S => last.1 = i + 1,
            _ => found.push((i, i + 1)),
        }
    }
    found.retain(|(from, to)| to - from >= SHORTEST_S);
    found
}

/// Centred means over `width` moments of the values there are, where at least half are.
fn smoothed(moments: &[CourseSecond], width: usize, value: impl Fn(&CourseSecond) -> Option<f64>) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0_usize)];
    for moment in moments {
        let (sum, count) = sums[sums.len() - 1];
        sums.push(value(moment).map_or((sum, count), |v| (sum + v, count + 1)));
    }
    let mean = |i: usize| {
        let (from, to) = (i.saturating_sub(width / 2), (i + width.div_ceil(2)).min(moments.len()));
        let count = sums[to].1 - sums[from].1;
        (2 * count >= to - from).then(|| (sums[to].0 - sums[from].0) / count as f64)
    };
    (0..moments.len()).map(mean).collect()
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// `the climb at km 3`.
impl fmt::Display for RiseCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RiseCause::Climb => "on the climb",
            RiseCause::Faster => "where you ran faster",
            RiseCause::Drift => "late in the run, at the same effort",
            RiseCause::Even => "on even ground",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Athlete;
    use crate::profile::Profile;
    use crate::trace_sums::TraceSums;
    use jiff::civil::date;

    /// `seconds` of running at a heart rate, a speed and a grade-adjusted speed.
    type Piece = (u32, f64, f64, f64);

    fn course(spans: &[(u32, u32)], pieces: &[Piece]) -> Course {
        let mut trace = Trace::over(spans.to_vec());
        for (seconds, bpm, speed, gap) in pieces {
            for _ in 0..*seconds {
                trace.push(Second {
                    heart_rate_bpm: Some(*bpm),
                    speed_mps: Some(*speed),
                    gap_mps: Some(*gap),
                    cadence_spm: Some(170.0),
                    moving: true,
                    running: true,
                    ..Second::default()
                });
            }
        }
        let day = date(2026, 4, 21);
        let athlete = Athlete::new(&[], &Profile::default(), day);
        let heart_rate = HeartRate::of(&trace, &TraceSums::of(&trace), athlete.at(day));
        Course::of([(0.0, &trace, &heart_rate)].into_iter())
    }

    #[test]
    fn finds_the_climb() {
        let course = course(&[(0, 1800)], &[(900, 130.0, 2.5, 2.5), (300, 150.0, 2.2, 2.7), (600, 132.0, 2.5, 2.5)]);
        let above = course.above(141.0);
        assert_eq!(above.stretches.len(), 1);
        assert!((above.seconds - 300.0).abs() <= 2.0, "{above:?}");
        assert_eq!(above.mostly(), Some((RiseCause::Climb, Some(3))));
    }

    #[test]
    fn tells_faster_running_from_a_heart_that_creeps_up() {
        let faster = course(&[(0, 1800)], &[(1200, 130.0, 2.5, 2.5), (300, 150.0, 3.0, 3.0), (300, 130.0, 2.5, 2.5)]);
        assert_eq!(faster.above(141.0).mostly().map(|m| m.0), Some(RiseCause::Faster));
        let drift = course(&[(0, 1800)], &[(1200, 138.0, 2.5, 2.5), (600, 143.0, 2.5, 2.5)]);
        assert_eq!(drift.above(141.0).mostly().map(|m| m.0), Some(RiseCause::Drift));
        let even = course(&[(0, 1800)], &[(1800, 150.0, 2.5, 2.5)]);
        assert_eq!(even.above(141.0).mostly(), None);
        assert_eq!(even.above(141.0).seconds, 1800.0);
        assert_eq!(even.above(151.0), Above::default());
    }

    #[test]
    fn pauses_are_on_the_clock_and_no_distance_is_no_kilometre() {
        let course = course(&[(0, 600), (700, 600)], &[(1200, 150.0, 0.0, 0.0)]);
        assert_eq!(course.pauses, [(599.0, 700.0)]);
        assert_eq!(course.elapsed_s(), 1299.0);
        assert_eq!(course.above(140.0).stretches[0].km, None);
        assert_eq!(Course::default().above(140.0), Above::default());
    }
}
