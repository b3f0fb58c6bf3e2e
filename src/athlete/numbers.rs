//! The numbers of thresholds, for what is remembered under them.

use super::{Estimate, Thresholds};

impl Thresholds {
    /// All that the seconds of a session are held against, to the bit: where these are equal, so is what comes of the same
    /// seconds. What only verdicts and loads ask for is left out.
    pub fn numbers(&self) -> Vec<u8> {
        let estimate = |e: &Estimate| (e.value, e.half_width, e.trust as u8, e.basis.word());
        let numbers =
            (estimate(&self.heart_rate_threshold), self.speed_threshold.as_ref().map(estimate), self.are_rough());
        // Writing numbers to memory cannot fail.
        postcard::to_stdvec(&numbers).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::athlete::{Athlete, Shift};
    use crate::profile::Profile;
    use jiff::civil::date;

    #[test]
    fn other_thresholds_have_other_numbers() {
        let day = date(2026, 6, 22);
        let profile =
            Profile::parse("[athlete]\nheart_rate_max_bpm = 190\nthreshold_pace = \"4:30\"").expect("a profile");
        let athlete = Athlete::new(&[], &profile, day);
        let all = Shift::ALL.map(|shift| athlete.shifted(shift).at(day).numbers());
        let own = athlete.at(day).numbers();
        assert_eq!(own, athlete.at(day).clone().numbers());
        assert!(!own.is_empty() && all.iter().all(|numbers| *numbers != own) && all[0] != all[1] && all[2] != all[3]);
    }
}
