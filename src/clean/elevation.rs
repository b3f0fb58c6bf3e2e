//! Climbing and descending (methods §1.5).

use super::resample::{Span, ranges};
use super::window::means;
use crate::activity::AltitudeSource;
use std::iter::Peekable;

/// Steepest grade that is believed, a fraction.
const MAX_GRADE: f64 = 0.45;
/// Over a shorter distance (m) than this there is no grade.
const MIN_WINDOW_M: f64 = 8.0;
/// Altitudes (m) outside are garbage.
const BELIEVABLE_M: (f64, f64) = (-500.0, 9000.0);

/// Nobody climbs or falls faster than this (m/s) for so many seconds, nor faster than the third for longer.
const STEEPEST: (f64, f64, f64) = (3.0, 5.0, 1.0);
/// Steps of up to this (m) may be noise.
const STEP_M: f64 = 4.0;
/// While the altitude is off the ground may rise or fall by this (m/s), and by this much (m), until it comes back.
const MEANWHILE: (f64, f64) = (0.2, 15.0);
/// Off for longer than this (s), the altitude has been set anew; at the end of a stretch for the second.
const RESET_S: (f64, f64) = (120.0, 20.0);
/// Zeros are missing where the land lies further (m) from the sea than this.
const SEA_M: f64 = 10.0;
/// Roughness of an altitude: how far (m) it leaves the line between what it was this many seconds before and after.
const ROUGHNESS_S: usize = 20;

/// How much an altitude is smoothed, by where it comes from.
#[derive(Clone, Copy, Debug)]
struct Smoothing {
    /// Half of the moving average, in seconds.
    half_s: usize,
    /// Half of the distance over which a grade is taken, in metres.
    half_m: f64,
    /// Ups and downs smaller than this (m) are noise.
    hysteresis_m: f64,
}

/// Satellite altitudes are the more smoothed the rougher they are: flat ground with 4 m of noise over 20 s must give the
/// speed it was run at within 2 %.
fn smoothing(source: AltitudeSource, roughness_m: impl Fn() -> f64) -> Smoothing {
    if source == AltitudeSource::Barometric {
        return Smoothing { half_s: 7, half_m: 20.0, hysteresis_m: 3.0 };
    }
    match roughness_m() {
        ..1.0 => Smoothing { half_s: 15, half_m: 40.0, hysteresis_m: 5.0 },
        ..1.8 => Smoothing { half_s: 22, half_m: 80.0, hysteresis_m: 6.0 },
        ..8.0 => Smoothing { half_s: 45, half_m: 160.0, hysteresis_m: 8.0 },
        _ => Smoothing { half_s: 60, half_m: 320.0, hysteresis_m: 15.0 },
    }
}

/// Median distance (m) of the altitude from the line between its values 20 s before and after.
fn roughness_m(altitude_m: &[Option<f64>], spans: &[Span]) -> f64 {
    let mut all: Vec<f64> = Vec::with_capacity(altitude_m.len());
    for range in ranges(spans) {
        let own = &altitude_m[range];
        let bends = own.windows(2 * ROUGHNESS_S + 1).filter_map(|w| {
            let (before, here, after) = (w.first().copied()??, w[ROUGHNESS_S]?, w.last().copied()??);
            Some((before - 2.0 * here + after).abs() / 2.0)
        });
        all.extend(bends);
    }
    let middle = all.len() / 2;
    if all.is_empty() { 0.0 } else { *all.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

/// Altitudes (seconds, metres) of each stretch without what cannot be: steps faster than 3 m/s that come back, exact zeros
/// far above the sea. A step that stays is a device set anew, and no climb: what follows is moved to where it was.
pub fn without_outliers(stretches: Vec<Vec<(f64, f64)>>) -> Vec<Vec<(f64, f64)>> {
    let mut measured: Vec<f64> = stretches.iter().flatten().map(|p| p.1).filter(|m| *m != 0.0).collect();
    let middle = measured.len() / 2;
    let is_inland = !measured.is_empty() && measured.select_nth_unstable_by(middle, f64::total_cmp).1.abs() > SEA_M;
    drop(measured);
    stretches.into_iter().map(|points| steady(&points, is_inland)).collect()
}

fn steady(points: &[(f64, f64)], is_inland: bool) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    // What may be off, or a new level.
    let mut off: Vec<(f64, f64)> = Vec::new();
    let mut shift_m = 0.0;
    for &(t, raw) in points {
        let metres = raw + shift_m;
        let is_far_from_sea = || kept.last().map_or(is_inland, |last| (last.1 - shift_m).abs() > SEA_M);
        if raw == 0.0 && is_far_from_sea() {
            continue;
        }
        let Some(&last) = kept.last() else {
            kept.push((t, metres));
            continue;
        };
        let seconds = t - last.0;
        let reach_m =
            if off.is_empty() { reach_m(seconds) } else { reach_m(1.0) + (MEANWHILE.0 * seconds).min(MEANWHILE.1) };
        if (metres - last.1).abs() <= reach_m {
            off.clear();
            kept.push((t, metres));
            continue;
        }
        if off.last().is_some_and(|before| (metres - before.1).abs() > self::reach_m(t - before.0)) {
            off.clear();
        }
        off.push((t, metres));
        if off[0].0 + RESET_S.0 <= t {
            shift_m += settle(&mut kept, &mut off);
        }
    }
    if off.last().is_some_and(|last| last.0 - off[0].0 >= RESET_S.1) {
        settle(&mut kept, &mut off);
    }
    kept
}

/// Takes in what was off as a new level; returns how far it was moved.
fn settle(kept: &mut Vec<(f64, f64)>, off: &mut Vec<(f64, f64)>) -> f64 {
    let (Some(last), Some(first)) = (kept.last(), off.first()) else { return 0.0 };
    let shift_m = last.1 - first.1;
    kept.extend(off.drain(..).map(|(t, metres)| (t, metres + shift_m)));
    shift_m
}

/// How far the altitude can change in so many seconds.
fn reach_m(seconds: f64) -> f64 {
    STEP_M + STEEPEST.0 * seconds.min(STEEPEST.1) + STEEPEST.2 * seconds
}

/// Elevation of a run at 1 Hz.
#[derive(Debug, Default)]
pub struct Elevation {
    /// Grades as fractions; missing without altitude or distance.
    pub grade: Vec<Option<f64>>,
    pub ascent_m: Option<f64>,
    pub descent_m: Option<f64>,
    /// Smoothed altitude over the time of the timer, m: means of at most a hundred equal stretches.
    pub profile_m: Vec<Option<f64>>,
}

/// Points of a profile.
const PROFILE: usize = 100;

/// The altitude if it is one on Earth.
pub fn believable(altitude_m: f64) -> Option<f64> {
    (BELIEVABLE_M.0..=BELIEVABLE_M.1).contains(&altitude_m).then_some(altitude_m)
}

/// Smooths the altitude and takes grades span by span; gain and loss over pieces that no long pause divides.
///
/// What happens to the altitude in a long pause is no climb.
pub fn elevation(
    altitude_m: &[Option<f64>],
    distance_m: &[Option<f64>],
    spans: &[Span],
    source: AltitudeSource,
) -> Elevation {
    let how = smoothing(source, || roughness_m(altitude_m, spans));
    let mut out = Elevation { grade: Vec::with_capacity(altitude_m.len()), ..Elevation::default() };
    let mut smooth: Vec<Option<f64>> = Vec::with_capacity(altitude_m.len());
    let mut total: Option<(f64, f64)> = None;
    let mut piece = Climb::default();
    for (k, range) in ranges(spans).enumerate() {
        if k > 0 && spans[k - 1].is_apart_from(&spans[k]) {
            piece.end(&mut total);
        }
        smooth.extend(means(medians_of_three(&altitude_m[range.clone()]), how.half_s, how.half_s));
        let own = &smooth[range.clone()];
        own.iter().flatten().for_each(|altitude| piece.rise_to(*altitude, how.hysteresis_m));
        out.grade.extend(grades(&distance_m[range], own, how.half_m));
    }
    piece.end(&mut total);
    (out.ascent_m, out.descent_m) = total.unzip();
    out.profile_m = profile(&smooth);
    out
}

/// Means of equal stretches; empty where no altitude is known.
fn profile(altitude_m: &[Option<f64>]) -> Vec<Option<f64>> {
    let count = altitude_m.len();
    let points = count.min(PROFILE);
    let mean = |i: usize| {
        let known = altitude_m[i * count / points..(i + 1) * count / points].iter().flatten();
        let (sum, n) = known.fold((0.0, 0_u32), |(sum, n), m| (sum + m, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    };
    let means: Vec<Option<f64>> = (0..points).map(mean).collect();
    if means.iter().any(Option::is_some) { means } else { Vec::new() }
}

fn medians_of_three(values: &[Option<f64>]) -> impl Iterator<Item = Option<f64>> + Clone {
    let of = |before: Option<f64>, here: f64, after: Option<f64>| match (before, after) {
        (Some(a), Some(b)) => a.max(b).min(here).max(a.min(b)),
        (Some(a), None) | (None, Some(a)) => (a + here) / 2.0,
        (None, None) => here,
    };
    let at = |i: Option<usize>| i.and_then(|i| values.get(i).copied().flatten());
    (0..values.len()).map(move |i| values[i].map(|here| of(at(i.checked_sub(1)), here, at(Some(i + 1)))))
}

/// Grade at every second that has distance and altitude: rise over run between the last second at least `half_m` behind and
/// the first at least `half_m` ahead (cut off at the ends); 0 over less than 8 m, within ±0.45.
pub fn grades<'a>(
    distance_m: &'a [Option<f64>],
    altitude_m: &'a [Option<f64>],
    half_m: f64,
) -> impl Iterator<Item = Option<f64>> + 'a {
    let at = move |i: usize| distance_m[i].zip(altitude_m[i]);
    let known = || (0..distance_m.len()).filter_map(at);
    let (mut low, mut high) = (Ahead::of(known()), Ahead::of(known()));
    let grade = move |d: f64| {
        low.go_on_while(|_, next| next <= d - half_m);
        high.go_on_while(|here, _| here < d + half_m);
        let ((from_m, low_m), (to_m, high_m)) = low.here.zip(high.here)?;
        let run = to_m - from_m;
        Some(if run < MIN_WINDOW_M { 0.0 } else { ((high_m - low_m) / run).clamp(-MAX_GRADE, MAX_GRADE) })
    };
    (0..distance_m.len()).map(move |i| at(i).map(|(d, _)| d)).scan(grade, |grade, d| Some(d.and_then(&mut *grade)))
}

/// A place among (distance, altitude), and what comes next.
struct Ahead<I: Iterator<Item = (f64, f64)>> {
    here: Option<(f64, f64)>,
    rest: Peekable<I>,
}

impl<I: Iterator<Item = (f64, f64)>> Ahead<I> {
    fn of(mut places: I) -> Self {
        Ahead { here: places.next(), rest: places.peekable() }
    }

    /// Goes on for as long as the distances here and next are such; stops at the last place.
    fn go_on_while(&mut self, is_short: impl Fn(f64, f64) -> bool) {
        while let Some(here) = self.here {
            let Some(next) = self.rest.next_if(|next| is_short(here.0, next.0)) else { break };
            self.here = Some(next);
        }
    }
}

/// Gain and loss of one piece without a long pause, altitude by altitude.
#[derive(Default)]
struct Climb {
    level_m: Option<f64>,
    gain_m: f64,
    loss_m: f64,
}

impl Climb {
    fn rise_to(&mut self, altitude_m: f64, hysteresis_m: f64) {
        let step = altitude_m - *self.level_m.get_or_insert(altitude_m);
        if step.abs() >= hysteresis_m {
            if step > 0.0 {
                self.gain_m += step
            } else {
                self.loss_m -= step
            }
            self.level_m = Some(altitude_m);
        }
    }

    /// Adds gain and loss to the totals, if there was an altitude, and begins anew.
    fn end(&mut self, total: &mut Option<(f64, f64)>) {
        let piece = std::mem::take(self);
        if piece.level_m.is_some() {
            let (up, down) = total.unwrap_or_default();
            *total = Some((up + piece.gain_m, down + piece.loss_m));
        }
    }
}

/// Sum of rises and of falls (both positive) of at least `hysteresis_m` from the last turning level (GoldenCheetah).
pub fn gain_and_loss(altitude_m: &[f64], hysteresis_m: f64) -> (f64, f64) {
    let mut climb = Climb::default();
    altitude_m.iter().for_each(|altitude| climb.rise_to(*altitude, hysteresis_m));
    (climb.gain_m, climb.loss_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hill(seconds: u32) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
        let distance = |i: u32| 3.0 * f64::from(i);
        (
            (0..seconds).map(|i| Some(200.0 + 0.06 * distance(i))).collect(),
            (0..seconds).map(|i| Some(distance(i))).collect(),
        )
    }

    #[test]
    fn a_steady_hill_has_one_grade_and_its_height() {
        let (altitude, distance) = hill(600);
        let spans = [Span { start_s: 0, len: 600 }];
        let out = elevation(&altitude, &distance, &spans, AltitudeSource::Barometric);
        // The moving average is cut off at the ends, so these are flatter.
        assert!(out.grade[20..580].iter().flatten().all(|g| (g - 0.06).abs() < 1e-3), "{:?}", &out.grade[20..30]);
        let ascent = out.ascent_m.unwrap_or_default();
        assert!((ascent - 107.8).abs() < 5.0, "{ascent}");
        assert_eq!(out.descent_m, Some(0.0));
    }

    #[test]
    fn a_profile_is_short_and_follows_the_ground() {
        let rising: Vec<Option<f64>> = (0..1000).map(|s| Some(f64::from(s) / 10.0)).collect();
        let short = profile(&rising);
        assert_eq!((short.len(), short[0], short[99]), (PROFILE, Some(0.45), Some(99.45)));
        assert_eq!(profile(&[Some(3.0), None]), [Some(3.0), None]);
        assert_eq!(profile(&[None; 500]), []);
        assert_eq!(profile(&[]), []);
    }

    #[test]
    fn no_altitude_no_elevation() {
        let (_, distance) = hill(60);
        let out = elevation(&[None; 60], &distance, &[Span { start_s: 0, len: 60 }], AltitudeSource::Satellite);
        assert!(out.grade.iter().all(Option::is_none));
        assert_eq!((out.ascent_m, out.descent_m), (None, None));
    }

    #[test]
    fn a_lift_during_a_long_pause_is_no_climb() {
        let altitude: Vec<Option<f64>> = (0..120).map(|i| Some(if i < 60 { 500.0 } else { 1500.0 })).collect();
        let ascent = |start_s| {
            let spans = [Span { start_s: 0, len: 60 }, Span { start_s, len: 60 }];
            elevation(&altitude, &[None; 120], &spans, AltitudeSource::Barometric).ascent_m
        };
        assert_eq!(ascent(2000), Some(0.0));
        assert_eq!(ascent(120), Some(1000.0));
    }

    fn kept(altitude: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let points = (0..1200).map(|t| (f64::from(t), altitude(f64::from(t)))).collect();
        without_outliers(vec![points]).remove(0)
    }

    #[test]
    fn what_the_altitude_cannot_do_is_left_out() {
        let range = |points: &[(f64, f64)]| {
            points.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p.1), high.max(p.1)))
        };
        for (off, from, to) in [(0.0, 300.0, 308.0), (0.0, 300.0, 500.0), (350.0, 300.0, 340.0), (-400.0, 300.0, 390.0)]
        {
            let points = kept(|t| if (from..to).contains(&t) { off } else { 420.0 });
            assert_eq!((range(&points), points.len()), ((420.0, 420.0), 1200 - (to - from) as usize), "{off}");
        }
        // Set anew: the level changes, the climb does not.
        let anew = kept(|t| if t < 600.0 { 420.0 } else { 455.0 });
        assert_eq!((range(&anew), anew.len()), ((420.0, 420.0), 1200));
        // A descent to the sea, and a real climb.
        assert_eq!(kept(|t| (50.0 - t / 10.0).max(0.0)).len(), 1200);
        assert_eq!(kept(|t| 420.0 + 0.8 * t).len(), 1200);
    }

    #[test]
    fn noise_on_flat_ground_is_no_hill() {
        // A made-up noise of 4 m that changes over 20 s: straight lines between random heights.
        let mut state = 7_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let knots: Vec<f64> = (0..200).map(|_| (0..12).map(|_| random()).sum::<f64>() - 6.0).map(|x| 4.0 * x).collect();
        let altitude: Vec<Option<f64>> = (0..3600_usize)
            .map(|t| Some(170.0 + knots[t / 20] + (knots[t / 20 + 1] - knots[t / 20]) * (t % 20) as f64 / 20.0))
            .collect();
        let distance: Vec<Option<f64>> = (0..3600).map(|t| Some(2.8 * f64::from(t))).collect();
        let spans = [Span { start_s: 0, len: 3600 }];
        let out = elevation(&altitude, &distance, &spans, AltitudeSource::Satellite);
        let gap: Vec<f64> =
            out.grade.iter().flatten().map(|g| 2.8 * crate::physiology::grade::heart_rate_factor(*g)).collect();
        let mean = gap.iter().sum::<f64>() / gap.len() as f64;
        let ngp = crate::physiology::effort::ngp_mps(&gap).unwrap_or(0.0);
        assert!((mean / 2.8 - 1.0).abs() < 0.02 && (ngp / 2.8 - 1.0).abs() < 0.02, "{mean} {ngp}");
    }

    #[test]
    fn a_standstill_has_no_grade() {
        let altitude: Vec<Option<f64>> = (0..30).map(|i| Some(f64::from(i))).collect();
        assert!(grades(&[Some(5.0); 30], &altitude, 20.0).all(|g| g == Some(0.0)));
    }
}
