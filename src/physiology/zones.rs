//! Zone tables: where one zone ends and the next begins, as fractions of a reference (methods §2.2, §2.3).

/// What a zone table's fractions are fractions of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Heart rate at the lactate threshold.
    ThresholdHeartRate,
    /// Heart-rate reserve, `(hr - rest)/(max - rest)`.
    HeartRateReserve,
    /// Highest heart rate.
    MaximumHeartRate,
    /// Speed that can be held for an hour.
    ThresholdSpeed,
}

/// A zone model. A fraction equal to a bound belongs to the higher zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZoneTable {
    /// Name of the model.
    pub title: &'static str,
    /// What the bounds are fractions of.
    pub reference: Reference,
    /// Rising bounds between the zones.
    pub bounds: &'static [f64],
    /// Names of the zones, one more than bounds.
    pub names: &'static [&'static str],
}

/// First threshold as a share of LTHR where nothing better is known (methods §2.2).
pub const LT1_SHARE_OF_LTHR: f64 = 0.90;

/// Friel's running zones on LTHR: Z1 < 85 %, Z2 85–89, Z3 90–94, Z4 95–99, Z5a 100–102, Z5b 103–106, Z5c above.
pub const FRIEL_RUN: ZoneTable = ZoneTable {
    title: "Friel, seven zones on threshold heart rate",
    reference: Reference::ThresholdHeartRate,
    bounds: &[0.85, 0.90, 0.95, 1.00, 1.03, 1.06],
    names: &["Z1", "Z2", "Z3", "Z4", "Z5a", "Z5b", "Z5c"],
};

/// Five zones on LTHR as GoldenCheetah and sweatpy have them.
pub const FIVE_THRESHOLD: ZoneTable = ZoneTable {
    title: "five zones on threshold heart rate",
    reference: Reference::ThresholdHeartRate,
    bounds: &[0.68, 0.83, 0.94, 1.05],
    names: &["Z1", "Z2", "Z3", "Z4", "Z5"],
};

/// Five zones on heart-rate reserve (Karvonen).
pub const FIVE_RESERVE: ZoneTable = ZoneTable {
    title: "five zones on heart-rate reserve",
    reference: Reference::HeartRateReserve,
    bounds: TENTHS,
    names: TENTHS_NAMES,
};

/// Five zones on maximum heart rate (Garmin's default; Edwards 1993).
pub const FIVE_MAXIMUM: ZoneTable = ZoneTable {
    title: "five zones on maximum heart rate",
    reference: Reference::MaximumHeartRate,
    bounds: TENTHS,
    names: TENTHS_NAMES,
};

/// Seiler's three zones: below the first threshold, between the two, at the second and above.
pub const POLARIZED: ZoneTable = ZoneTable {
    title: "three zones around the two thresholds",
    reference: Reference::ThresholdHeartRate,
    bounds: &[LT1_SHARE_OF_LTHR, 1.00],
    names: &["low", "middle", "high"],
};

/// Running pace zones on threshold speed (GoldenCheetah, after Skiba).
pub const PACE: ZoneTable = ZoneTable {
    title: "pace zones on threshold speed",
    reference: Reference::ThresholdSpeed,
    bounds: &[0.80, 0.87, 0.95, 1.05, 1.19],
    names: &["recovery", "endurance", "tempo", "threshold", "VO2max", "anaerobic"],
};

/// Friel's pace zones; he gives them in per cent of threshold *pace*: slower than 129, 114–129, 106–113, 99–105, faster.
pub const FRIEL_PACE: ZoneTable = ZoneTable {
    title: "Friel, pace zones on threshold pace",
    reference: Reference::ThresholdSpeed,
    bounds: &[1.0 / 1.29, 1.0 / 1.14, 1.0 / 1.06, 1.0 / 0.99],
    names: &["Z1", "Z2", "Z3", "Z4", "Z5"],
};

const TENTHS: &[f64] = &[0.5, 0.6, 0.7, 0.8, 0.9];
const TENTHS_NAMES: &[&str] = &["below Z1", "Z1", "Z2", "Z3", "Z4", "Z5"];

impl ZoneTable {
    /// Place of a fraction of the reference in [`ZoneTable::names`], from 0.
    ///
    /// ```
    /// use freshlegs::physiology::zones::FRIEL_RUN;
    /// // 153 bpm at a threshold of 170 bpm: 90 %, the third zone.
    /// assert_eq!(FRIEL_RUN.index(153.0 / 170.0), 2);
    /// ```
    pub fn index(&self, fraction: f64) -> usize {
        self.bounds.iter().take_while(|bound| fraction >= **bound).count()
    }

    /// Name of the zone of a fraction of the reference.
    ///
    /// ```
    /// use freshlegs::physiology::zones::FRIEL_RUN;
    /// assert_eq!(FRIEL_RUN.name(144.0 / 170.0), "Z1");
    /// ```
    pub fn name(&self, fraction: f64) -> &'static str {
        self.names.get(self.index(fraction)).copied().unwrap_or_default()
    }

    /// Seconds spent in each zone; `fractions` are `dt_s` seconds each.
    ///
    /// ```
    /// use freshlegs::physiology::zones::POLARIZED;
    /// assert_eq!(POLARIZED.seconds([0.85, 0.95, 1.02], 60.0), [60.0, 60.0, 60.0]);
    /// ```
    pub fn seconds(&self, fractions: impl IntoIterator<Item = f64>, dt_s: f64) -> Vec<f64> {
        let mut seconds = vec![0.0; self.bounds.len() + 1];
        for fraction in fractions {
            seconds[self.index(fraction)] += dt_s;
        }
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ZoneTable; 7] = [FRIEL_RUN, FIVE_THRESHOLD, FIVE_RESERVE, FIVE_MAXIMUM, POLARIZED, PACE, FRIEL_PACE];

    #[test]
    fn tables_rise_and_name_every_zone() {
        for table in ALL {
            assert!(table.bounds.is_sorted(), "{}", table.title);
            assert_eq!(table.names.len(), table.bounds.len() + 1, "{}", table.title);
        }
    }

    #[test]
    fn a_bound_opens_the_higher_zone() {
        assert_eq!(FIVE_MAXIMUM.name(0.4999), "below Z1");
        assert_eq!(FIVE_MAXIMUM.name(0.5), "Z1");
        assert_eq!(FIVE_RESERVE.name(1.2), "Z5");
        assert_eq!(FIVE_THRESHOLD.name(0.94), "Z4");
        assert_eq!([0.79, 0.80, 1.0, 1.3].map(|x| PACE.name(x)), ["recovery", "endurance", "threshold", "anaerobic"]);
        assert_eq!([0.77, 0.78, 0.9, 1.0, 1.02].map(|x| FRIEL_PACE.name(x)), ["Z1", "Z2", "Z3", "Z4", "Z5"]);
    }

    #[test]
    fn seconds_add_up() {
        assert_eq!(POLARIZED.seconds([0.5, 0.89, 0.9, 1.0, 1.1, 1.2], 2.0), [4.0, 2.0, 6.0]);
    }
}
