//! How long a race stays in the legs (methods §7.2).

/// How many days after a race are restricted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaceDays {
    /// Days without a hard session.
    pub no_hard: u32,
    /// Days until training is unrestricted.
    pub full: u32,
}

const KM_PER_MILE: f64 = 1.609_344;
/// One easy day for every 3 km raced (Daniels).
const KM_PER_EASY_DAY: f64 = 3.0;

/// Days to keep easy after a race: one per 3 km without a hard session (Daniels), one per mile (folk rule) until training is
/// unrestricted. «race_days»
///
/// ```
/// use freshlegs::physiology::race::race_days;
/// // A half marathon: eight days without a hard session, two weeks in all.
/// let days = race_days(21.0975);
/// assert_eq!((days.no_hard, days.full), (8, 14));
/// ```
pub fn race_days(distance_km: f64) -> RaceDays {
    RaceDays { no_hard: (distance_km / KM_PER_EASY_DAY).ceil() as u32, full: (distance_km / KM_PER_MILE).ceil() as u32 }
}
