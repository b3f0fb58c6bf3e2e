//! The few statistics the other files need.

use serde::{Deserialize, Serialize};

/// At most this many points enter [`theil_sen`], whose work grows with their square.
const THEIL_SEN_POINTS: usize = 300;

/// A straight line, `y = intercept + slope·x`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Rise of y for one x.
    pub slope: f64,
    /// The y at x = 0.
    pub intercept: f64,
}

/// A straight line fitted by least squares, with the share of the variance it explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The line of the smallest squares.
    pub line: Line,
    /// Coefficient of determination, at most 1.
    pub r2: f64,
}

impl Line {
    /// The y of this x.
    pub fn at(self, x: f64) -> Option<f64> {
        finite(self.intercept + self.slope * x)
    }

    /// The x of this y; `None` on a level line.
    pub fn inverse(self, y: f64) -> Option<f64> {
        ratio(y - self.intercept, self.slope)
    }
}

/// The number itself, unless it is NaN or infinite.
pub fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// `numerator / denominator`, `None` where that is no finite number.
pub fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    finite(numerator / denominator)
}

/// Arithmetic mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    ratio(values.iter().sum(), values.len() as f64)
}

/// The mean of values given one by one.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunningMean {
    sum: f64,
    count: usize,
}

impl RunningMean {
    /// Of all of these.
    pub fn of(values: impl Iterator<Item = f64>) -> RunningMean {
        let mut mean = RunningMean::default();
        values.for_each(|value| mean.add(value));
        mean
    }

    /// Takes in the next value.
    pub fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    /// How many they were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// `None` of nothing.
    pub fn mean(&self) -> Option<f64> {
        ratio(self.sum, self.count as f64)
    }
}

/// Population standard deviation (÷ n); `None` of nothing.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    finite((squares / values.len() as f64).sqrt())
}

/// Median; the mean of the two middle values of an even number; `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The same of values that may be put into another order.
pub fn median_of(values: &mut [f64]) -> Option<f64> {
    quantile_of(values, 0.5)
}

/// Quantile at the fraction `q`, held within 0..=1, linear between neighbours (type 7 of Hyndman & Fan 1996, Am Stat 50:361).
///
/// ```
/// use freshlegs::physiology::statistics::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.75), Some(3.25));
/// ```
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    quantile_of(&mut values.to_vec(), q)
}

fn quantile_of(values: &mut [f64], q: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = q.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let (_, &mut low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    let share = place - below as f64;
    // The plain value where nothing is to be mixed: mixing would round.
    if share == 0.0 || low == high { finite(low) } else { finite(low * (1.0 - share) + high * share) }
}

/// The highest value if it is the only one or `close(highest, second)`, else the second: one bad recording must not decide.
pub fn highest_confirmed(values: &[f64], close: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let higher = |a: f64, b: f64| if b.total_cmp(&a).is_gt() { b } else { a };
    let highest = |values: &[f64]| values.iter().copied().reduce(higher);
    let first = highest(values)?;
    let place = values.iter().position(|value| value.total_cmp(&first).is_eq())?;
    let second = highest(&values[..place]).into_iter().chain(highest(&values[place + 1..])).reduce(higher);
    Some(second.map_or(first, |second| if close(first, second) { first } else { second }))
}

/// Robust line: the median of the slopes between all pairs of points, through the median of the residuals
/// (Theil 1950; Sen 1968, J Am Stat Assoc 63:1379).
///
/// Of more than 300 points 300 are taken, evenly spread over their order. `None` where no two points differ in x.
///
/// ```
/// use freshlegs::physiology::statistics::theil_sen;
/// // One outlier among four points on y = 2x does not move the line.
/// let line = theil_sen(&[(0.0, 0.0), (1.0, 2.0), (2.0, 4.0), (3.0, 6.0), (4.0, 80.0)]).unwrap();
/// assert_eq!(line.at(5.0), Some(10.0));
/// ```
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Line> {
    let chosen = evenly_chosen(points, THEIL_SEN_POINTS);
    let slopes: Vec<f64> = (chosen.iter().enumerate())
        .flat_map(|(i, a)| chosen[i + 1..].iter().filter_map(move |b| ratio(b.1 - a.1, b.0 - a.0)))
        .collect();
    let slope = median(&slopes)?;
    let residuals: Vec<f64> = chosen.iter().filter_map(|(x, y)| finite(y - slope * x)).collect();
    Some(Line { slope, intercept: median(&residuals)? })
}

/// Ordinary least squares of y on x; `None` where no two points differ in x or in y.
///
/// ```
/// use freshlegs::physiology::statistics::least_squares;
/// let fit = least_squares(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]).unwrap();
/// assert!((fit.line.slope - 2.0).abs() < 1e-9 && (fit.r2 - 1.0).abs() < 1e-9);
/// ```
pub fn least_squares(points: &[(f64, f64)]) -> Option<Fit> {
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let (mean_x, mean_y) = (mean(&xs)?, mean(&ys)?);
    let xx: f64 = xs.iter().map(|x| (x - mean_x).powi(2)).sum();
    let yy: f64 = ys.iter().map(|y| (y - mean_y).powi(2)).sum();
    let xy: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let slope = ratio(xy, xx)?;
    let intercept = finite(mean_y - slope * mean_x)?;
    let unexplained: f64 = points.iter().map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
    Some(Fit { line: Line { slope, intercept }, r2: 1.0 - ratio(unexplained, yy)? })
}

/// Mean of each value and those up to `window - 1` places before it; partial means at the start.
pub fn trailing_mean(values: &[f64], window: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let means = values.iter().enumerate().map(|(i, value)| {
        sum += value;
        if i >= window {
            sum -= values[i - window];
        }
        sum / (i + 1).min(window.max(1)) as f64
    });
    means.collect()
}

/// As [`trailing_mean`], over the values that are there; missing where the place itself has none.
pub fn trailing_mean_present(values: &[Option<f64>], window: usize) -> Vec<Option<f64>> {
    let (mut sum, mut count) = (0.0, 0_u32);
    let mut means = Vec::with_capacity(values.len());
    // A loop and no iterator of iterators: it runs over every second of every run, several times.
    for (place, entering) in values.iter().enumerate() {
        if let Some(entering) = entering {
            sum += entering;
            count += 1;
        }
        if let Some(Some(leaving)) = place.checked_sub(window).map(|gone| values[gone]) {
            sum -= leaving;
            count = count.saturating_sub(1);
        }
        means.push(if entering.is_some() { ratio(sum, f64::from(count)) } else { None });
    }
    means
}

/// Share of a standard normal distribution below `z`, 0..=1 (Φ), by formula 26.2.17 of Abramowitz & Stegun 1964, within
/// 7.5e-8.
///
/// ```
/// use freshlegs::physiology::statistics::normal_share_below;
/// assert!((normal_share_below(1.96) - 0.975).abs() < 1e-4);
/// ```
pub fn normal_share_below(z: f64) -> f64 {
    const TERMS: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    if z.is_nan() {
        return 0.5;
    }
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let beyond = density * series;
    if z < 0.0 { beyond } else { 1.0 - beyond }
}

/// 1 up to `full`, 0 from `zero` on, a straight line between: `clamp((zero - x)/(zero - full), 0, 1)`.
pub fn ramp(x: f64, full: f64, zero: f64) -> f64 {
    if x <= full {
        return 1.0;
    }
    ratio(zero - x, zero - full).map_or(0.0, |share| share.clamp(0.0, 1.0))
}

fn evenly_chosen<T: Copy>(items: &[T], most: usize) -> Vec<T> {
    if items.len() <= most {
        return items.to_vec();
    }
    (0..most).map(|i| items[i * (items.len() - 1) / (most - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(quantile(&[10.0, 20.0, 30.0], 0.9), Some(28.0));
        assert_eq!(quantile(&[10.0, 20.0, 30.0], 7.0), Some(30.0));
        assert_eq!(quantile(&[f64::MAX, f64::MIN], 0.5), Some(0.0));
    }

    #[test]
    fn the_highest_needs_a_second_near_it() {
        let highest = |values: &[f64]| highest_confirmed(values, |first, second| first <= second + 5.0);
        assert_eq!(highest(&[150.0, 190.0, 186.0]), Some(190.0));
        assert_eq!(highest(&[150.0, 190.0, 184.0]), Some(184.0));
        assert_eq!((highest(&[171.0]), highest(&[])), (Some(171.0), None));
    }

    #[test]
    fn deviation_is_of_the_population() {
        assert_eq!(standard_deviation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some(2.0));
        assert_eq!(standard_deviation(&[]), None);
    }

    #[test]
    fn theil_sen_forgives_outliers() {
        let mut points: Vec<(f64, f64)> = (0..1000).map(|i| (f64::from(i), 7.0 + 2.0 * f64::from(i))).collect();
        for point in points.iter_mut().step_by(5) {
            point.1 = -1e6;
        }
        let line = theil_sen(&points).unwrap();
        assert!((line.slope - 2.0).abs() < 1e-9 && (line.intercept - 7.0).abs() < 1e-6, "{line:?}");
        assert_eq!(theil_sen(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(theil_sen(&[]), None);
    }

    #[test]
    fn least_squares_finds_a_straight_line() {
        let fit = least_squares(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]).unwrap();
        assert_eq!(fit, Fit { line: Line { slope: 2.0, intercept: 1.0 }, r2: 1.0 });
        assert_eq!((fit.line.at(4.0), fit.line.inverse(9.0)), (Some(9.0), Some(4.0)));
        assert_eq!(least_squares(&[(1.0, 1.0), (1.0, 2.0)]), None);
    }

    #[test]
    fn trailing_means_look_back_and_skip_the_missing() {
        assert_eq!(trailing_mean(&[1.0, 3.0, 5.0, 7.0], 2), [1.0, 2.0, 4.0, 6.0]);
        let with_a_hole = [Some(1.0), None, Some(5.0), Some(7.0)];
        assert_eq!(trailing_mean_present(&with_a_hole, 3), [Some(1.0), None, Some(3.0), Some(6.0)]);
    }

    #[test]
    fn the_normal_distribution() {
        for (z, share) in [(0.0, 0.5), (1.0, 0.841_344_75), (-1.0, 0.158_655_25), (1.959_963_98, 0.975), (8.0, 1.0)] {
            assert!((normal_share_below(z) - share).abs() < 1e-7, "{z}");
        }
        assert_eq!((normal_share_below(f64::INFINITY), normal_share_below(f64::NEG_INFINITY)), (1.0, 0.0));
    }

    #[test]
    fn ramps_fall_from_full_to_zero() {
        assert_eq!(
            [0.9, 1.0, 1.03, 1.06, 2.0].map(|x| (ramp(x, 1.0, 1.06) * 10.0).round()),
            [10.0, 10.0, 5.0, 0.0, 0.0]
        );
        assert_eq!((ramp(1.0, 1.0, 1.0), ramp(1.1, 1.0, 1.0)), (1.0, 0.0));
    }
}
