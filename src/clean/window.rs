//! Sliding means and medians over one span of a 1 Hz channel.

/// Median of values in ascending order; `None` of nothing.
pub fn median_sorted(sorted: &[f64]) -> Option<f64> {
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some((sorted[half - 1] + upper) / 2.0) }
}

/// Mean of the values present from `before` seconds before to `after` seconds after each second, cut off at the ends.
///
/// The means come one by one: what a window holds is the running sum at its end less that at its beginning, and both are made
/// anew on the way.
pub fn means<V>(values: V, before: usize, after: usize) -> impl Iterator<Item = Option<f64>>
where
    V: Iterator<Item = Option<f64>> + Clone,
{
    let add = |(sum, count): (f64, u32), value: Option<f64>| value.map_or((sum, count), |v| (sum + v, count + 1));
    let (mut ahead, mut behind) = (values.clone(), values);
    let (mut to, mut from) = ((0.0, 0), (0.0, 0));
    let (mut taken, mut i) = (0, 0);
    std::iter::from_fn(move || {
        while taken <= i + after {
            let Some(value) = ahead.next() else { break };
            to = add(to, value);
            taken += 1;
        }
        if i == taken {
            return None;
        }
        if i > before {
            from = add(from, behind.next()?);
        }
        i += 1;
        Some((to.1 > from.1).then(|| (to.0 - from.0) / f64::from(to.1 - from.1)))
    })
}

/// The values in ascending order within `half` seconds of a second that moves on.
pub struct SortedWindow<'a> {
    values: &'a [Option<f64>],
    half: usize,
    sorted: Vec<f64>,
}

impl<'a> SortedWindow<'a> {
    /// A window whose first centre will be `first`.
    pub fn new(values: &'a [Option<f64>], half: usize, first: usize) -> Self {
        let mut window = SortedWindow { values, half, sorted: Vec::with_capacity(2 * half + 2) };
        // What `around(first)` will not add; it takes away the one before its window.
        let already = first.saturating_sub(half + 1)..values.len().min(first + half);
        window.sorted.extend(values[already].iter().flatten());
        window.sorted.sort_unstable_by(f64::total_cmp);
        window
    }

    /// The window around second `i`; must be called for the first and those after it in turn.
    pub fn around(&mut self, i: usize) -> &[f64] {
        if let Some(Some(value)) = self.values.get(i + self.half) {
            self.insert(*value);
        }
        if let Some(Some(value)) = i.checked_sub(self.half + 1).and_then(|k| self.values.get(k)) {
            self.remove(*value);
        }
        &self.sorted
    }

    fn insert(&mut self, value: f64) {
        let at = self.sorted.partition_point(|v| *v < value);
        self.sorted.insert(at, value);
    }

    fn remove(&mut self, value: f64) {
        let at = self.sorted.partition_point(|v| *v < value);
        if at < self.sorted.len() {
            self.sorted.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_odd_even_and_nothing() {
        assert_eq!(median_sorted(&[1.0, 2.0, 3.0]), Some(2.0));
        assert_eq!(median_sorted(&[1.0, 2.0, 3.0, 4.0]), Some(2.5));
        assert_eq!(median_sorted(&[]), None);
    }

    #[test]
    fn means_skip_what_is_missing() {
        let values = [Some(1.0), None, Some(4.0), Some(7.0)];
        let means = |values: &[Option<f64>], before, after| {
            super::means(values.iter().copied(), before, after).collect::<Vec<_>>()
        };
        assert_eq!(means(&values, 1, 1), [Some(1.0), Some(2.5), Some(5.5), Some(5.5)]);
        assert_eq!(means(&values, 0, 9), [Some(4.0), Some(5.5), Some(5.5), Some(7.0)]);
        assert_eq!(means(&values, 9, 0), [Some(1.0), Some(1.0), Some(2.5), Some(4.0)]);
        assert_eq!(means(&[None, None], 1, 0), [None, None]);
        assert_eq!(means(&[], 1, 1), []);
    }

    #[test]
    fn the_sliding_window_is_the_window_sorted_anew() {
        let values: Vec<Option<f64>> = (0..50).map(|i| (i % 7 != 3).then_some(f64::from(i * 37 % 11))).collect();
        for first in [0, 3, 4, 5, 17] {
            let mut window = SortedWindow::new(&values, 4, first);
            for i in first..values.len() {
                let mut anew: Vec<f64> =
                    values[i.saturating_sub(4)..values.len().min(i + 5)].iter().flatten().copied().collect();
                anew.sort_unstable_by(f64::total_cmp);
                assert_eq!(window.around(i), anew, "{i}");
            }
        }
    }
}
