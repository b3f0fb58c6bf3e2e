//! What a run was meant to be, as far as somebody said so beforehand (methods §6.0).

mod title;
mod words;

pub use title::Title;

use crate::activity::Flag;
use crate::recording::Recording;
use crate::run_label::Label;
use std::fmt;

/// Changes from work to rest that make a workout of repetitions.
pub(crate) const LEAST_REPETITIONS: usize = 3;

/// What a run was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    Recovery,
    /// Shakeout, easy jog and the like.
    Easy,
    Long,
    /// Tempo, intervals, hills.
    Hard,
    Race,
}

/// Who said what a run was meant to be, the weakest voice first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// Its title.
    Title,
    /// A flag in the service's list of activities.
    Service,
    /// The workout the watch led through.
    Watch,
    /// The runner, by hand, afterwards.
    Runner,
}

/// What was said, by the strongest voice that spoke.
///
/// Words confirm and never decide: a title or a flag alone makes no run hard, gentle, long or a race.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Intent {
    voice: Option<Voice>,
    /// Whether each [`Purpose`] was named.
    named: [bool; 5],
    /// A race named after its distance is one only from so many km on.
    pub race_from_km: Option<f64>,
}

impl Intent {
    /// Takes in what one voice says: a stronger one silences a weaker one, an equal one is added.
    #[must_use]
    pub fn and(mut self, voice: Voice, purposes: &[Purpose]) -> Intent {
        if purposes.is_empty() || self.voice.is_some_and(|known| known > voice) {
            return self;
        }
        if self.voice.is_some_and(|known| known < voice) {
            self = Intent::default();
        }
        self.voice = Some(voice);
        purposes.iter().for_each(|purpose| self.named[*purpose as usize] = true);
        self
    }

    /// The intent of one recording.
    pub fn of(recording: &Recording) -> Intent {
        let by_title = recording.digest.name.as_deref().map(|name| Title::of(name).intent()).unwrap_or_default();
        let told = &recording.digest.told;
        let by_flag = told.flag.map(|flag| match flag {
            Flag::Recovery => Purpose::Recovery,
            Flag::LongRun => Purpose::Long,
            Flag::Competition => Purpose::Race,
        });
        let workout = told.workout.as_deref().map(|name| Title::of(name).intent().purposes()).unwrap_or_default();
        let repeated = (told.repetitions() >= LEAST_REPETITIONS).then_some(Purpose::Hard);
        let gentle = told.is_recovery().then_some(Purpose::Recovery);
        let by_watch: Vec<Purpose> = workout.into_iter().chain(repeated).chain(gentle).collect();
        let said = &recording.said;
        let by_hand = said.label.and_then(Purpose::of_label).or(said.is_race.filter(|is| *is).map(|_| Purpose::Race));
        by_title
            .and(Voice::Service, by_flag.as_slice())
            .and(Voice::Watch, &by_watch)
            .and(Voice::Runner, by_hand.as_slice())
    }

    /// The intent of a session from those of its parts.
    pub fn of_session(parts: impl Iterator<Item = Intent>) -> Intent {
        parts.fold(Intent::default(), |all, part| {
            let race_from_km = all.race_from_km.or(part.race_from_km);
            let together = part.voice.map_or(all, |voice| all.and(voice, &part.purposes()));
            Intent { race_from_km, ..together }
        })
    }

    /// Who named this purpose; `None` where nobody did.
    pub fn says(&self, purpose: Purpose) -> Option<Voice> {
        self.voice.filter(|_| self.named[purpose as usize])
    }

    /// A race by its words, if it is long enough for what it is called.
    pub fn says_race(&self, distance_km: Option<f64>) -> Option<Voice> {
        let far_enough = self.race_from_km.is_none_or(|least| distance_km.is_some_and(|km| km >= least));
        self.says(Purpose::Race).filter(|_| far_enough)
    }

    /// Meant to be gentle, whatever it was called.
    pub fn is_gentle(&self) -> bool {
        self.says(Purpose::Recovery).or(self.says(Purpose::Easy)).is_some()
    }

    /// Meant to be hard: a race too.
    pub fn is_hard(&self) -> bool {
        self.says(Purpose::Hard).or(self.says(Purpose::Race)).is_some()
    }

    /// Everything that was named, the gentlest first.
    pub fn purposes(&self) -> Vec<Purpose> {
        let all = [Purpose::Recovery, Purpose::Easy, Purpose::Long, Purpose::Hard, Purpose::Race];
        all.into_iter().filter(|purpose| self.named[*purpose as usize]).collect()
    }
}

impl Purpose {
    /// What a run with this label is run for.
    fn of_label(label: Label) -> Option<Purpose> {
        match label {
            Label::Recovery | Label::RecoveryTooHard => Some(Purpose::Recovery),
            Label::Shakeout | Label::Easy => Some(Purpose::Easy),
            Label::Long => Some(Purpose::Long),
            Label::Tempo | Label::Intervals => Some(Purpose::Hard),
            Label::Race => Some(Purpose::Race),
            Label::Walk | Label::Steady | Label::Fragment | Label::Unknown => None,
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Purpose::Recovery => "a recovery run",
            Purpose::Easy => "an easy run",
            Purpose::Long => "a long run",
            Purpose::Hard => "a hard session",
            Purpose::Race => "a race",
        })
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Voice::Title => "its title",
            Voice::Service => "the flag in the list of activities",
            Voice::Watch => "the workout on the watch",
            Voice::Runner => "your correction",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stronger_voice_silences_a_weaker_one() {
        let title = Intent::default().and(Voice::Title, &[Purpose::Recovery]);
        assert_eq!(title.says(Purpose::Recovery), Some(Voice::Title));
        let told = title.and(Voice::Watch, &[Purpose::Hard]);
        assert_eq!((told.says(Purpose::Recovery), told.says(Purpose::Hard)), (None, Some(Voice::Watch)));
        assert_eq!(told.and(Voice::Service, &[Purpose::Long]), told);
        assert_eq!(told.and(Voice::Runner, &[]), told, "who says nothing silences nobody");
    }

    #[test]
    fn a_race_is_as_long_as_it_is_called() {
        let marathon = Title::of("Vienna City Marathon").intent();
        assert_eq!(marathon.says_race(Some(12.0)), None);
        assert_eq!(marathon.says_race(None), None);
        assert_eq!(marathon.says_race(Some(42.4)), Some(Voice::Title));
        assert_eq!(Title::of("parkrun #12").intent().says_race(None), Some(Voice::Title));
    }
}
