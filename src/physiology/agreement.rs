//! How far two judges agree.

use super::statistics::mean;

/// Cohen's κ of two judges' yes and no on the same cases: 1 for full agreement, 0 for what chance gives, down to -1.
///
/// `both` said yes, `first` and `second` alone said yes, `neither` did. `None` without cases, and where chance alone gives full
/// agreement. Cohen 1960, Educ Psychol Meas 20:37.
///
/// ```
/// use freshlegs::physiology::agreement::cohens_kappa;
/// // Both yes 20, the first alone 5, the second alone 10, neither 15 (Cohen's own kind of table).
/// let kappa = cohens_kappa(20, 5, 10, 15).unwrap();
/// assert!((kappa - 0.40).abs() < 1e-9);
/// ```
pub fn cohens_kappa(both: usize, first: usize, second: usize, neither: usize) -> Option<f64> {
    let [both, first, second, neither] = [both, first, second, neither].map(|count| count as f64);
    let all = both + first + second + neither;
    let observed = (both + neither) / all;
    let yes = (both + first) / all * ((both + second) / all);
    let no = (second + neither) / all * ((first + neither) / all);
    let by_chance = yes + no;
    (all > 0.0 && by_chance < 1.0 - 1e-12).then(|| (observed - by_chance) / (1.0 - by_chance))
}

/// Spearman's rank correlation of pairs, -1..=1; ties share the mean of their ranks.
///
/// `None` with fewer than three pairs, and where one side is always the same. Spearman 1904, Am J Psychol 15:72.
///
/// ```
/// use freshlegs::physiology::agreement::rank_correlation;
/// let pairs = [(10.0, 1.0), (20.0, 3.0), (30.0, 2.0), (40.0, 4.0)];
/// assert!((rank_correlation(&pairs).unwrap() - 0.8).abs() < 1e-9);
/// ```
pub fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 || pairs.iter().any(|(x, y)| !x.is_finite() || !y.is_finite()) {
        return None;
    }
    let x = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let y = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let (mean_x, mean_y) = (mean(&x)?, mean(&y)?);
    let sum = |of: &dyn Fn(f64, f64) -> f64| x.iter().zip(&y).map(|(x, y)| of(x - mean_x, y - mean_y)).sum::<f64>();
    let spread = (sum(&|dx, _| dx * dx) * sum(&|_, dy| dy * dy)).sqrt();
    (spread > 0.0).then(|| sum(&|dx, dy| dx * dy) / spread)
}

/// Ranks from 1.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut place = 0;
    while place < order.len() {
        let tied = order[place..].iter().take_while(|i| values[**i] == values[order[place]]).count();
        let rank = place as f64 + (tied as f64 + 1.0) / 2.0;
        order[place..place + tied].iter().for_each(|i| ranks[*i] = rank);
        place += tied;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_what_textbooks_say() {
        // Fifty grant proposals read by two people, a common example: κ 0.4.
        let kappa = cohens_kappa(20, 5, 10, 15).unwrap();
        assert!((kappa - 0.4).abs() < 1e-12, "{kappa}");
        assert_eq!(cohens_kappa(5, 0, 0, 7), Some(1.0));
        assert_eq!(cohens_kappa(0, 5, 5, 0), Some(-1.0));
        assert_eq!(cohens_kappa(0, 0, 0, 9), None);
        assert_eq!(cohens_kappa(0, 0, 0, 0), None);
    }

    #[test]
    fn rank_correlation_forgives_a_bend_and_shares_ties() {
        let curve: Vec<(f64, f64)> = (1..=9).map(|i| (f64::from(i), f64::from(i * i * i))).collect();
        assert_eq!(rank_correlation(&curve), Some(1.0));
        let down: Vec<(f64, f64)> = curve.iter().map(|(x, y)| (*x, -y)).collect();
        assert_eq!(rank_correlation(&down), Some(-1.0));
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5/√(4.5·5).
        let tied = rank_correlation(&[(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (3.0, 4.0)]).unwrap();
        assert!((tied - 4.5 / 22.5_f64.sqrt()).abs() < 1e-12, "{tied}");
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 2.0)]), None);
        assert_eq!(rank_correlation(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(rank_correlation(&[(1.0, f64::NAN), (1.0, 2.0), (1.0, 3.0)]), None);
    }
}
