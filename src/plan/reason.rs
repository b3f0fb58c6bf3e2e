//! Why a day is what it is, in words a runner understands.

use std::fmt;

use jiff::civil::Weekday;
use serde::{Serialize, Serializer};

use super::Kind;
use crate::units::{Metres, Seconds, Spoken};

/// Why a day is what it is. `Display` is the sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// Race day.
    RaceDay {
        /// The race's distance in kilometres.
        distance_km: f64,
    },
    /// How long the race will take could only be guessed.
    RaceTimeGuessed,
    /// A race is due, but the runner checked in ill or in pain.
    RaceWhileUnwell,
    /// Illness or pain: nothing else counts until it is over.
    Unwell {
        /// The runner is ill.
        ill: bool,
        /// The runner is in pain.
        pain: bool,
    },
    /// One of the days after a race.
    PostRace {
        /// 1 = the day after.
        day: u32,
        /// The race's distance in kilometres.
        distance_km: f64,
    },
    /// The runner cannot train.
    Unavailable,
    /// The weekday on which the runner prefers to relax.
    PreferredRestDay {
        /// That weekday.
        weekday: Weekday,
    },
    /// The day before a race.
    RaceTomorrow {
        /// The race's distance in kilometres.
        distance_km: f64,
    },
    /// Two days before a race.
    RaceInTwoDays {
        /// The race's distance in kilometres.
        distance_km: f64,
    },
    /// The overtraining watch is on red.
    Overtraining,
    /// The overtraining watch is on amber, or was on red a week ago.
    Cautious,
    /// Muscles too sore to run.
    Sore {
        /// Soreness expected on this day, 0–10.
        soreness: f64,
    },
    /// The day after a long run, hard session or race.
    DayAfter {
        /// What yesterday was.
        yesterday: Kind,
    },
    /// The week has all its runs.
    RunsUsed {
        /// Runs in the last six days.
        runs: u32,
        /// Most runs in seven days.
        most: u32,
    },
    /// Enough days in a row with a run.
    Streak {
        /// Days in a row.
        days: u32,
    },
    /// A run on each of the last six days.
    NoBreak,
    /// The last hard session is not yet digested.
    NotRecovered {
        /// Hours left until the next hard session.
        residual_h: f64,
    },
    /// Little motivation today.
    LowMotivation {
        /// Motivation, 1–5.
        motivation: u8,
    },
    /// A short night.
    ShortSleep {
        /// Hours slept.
        sleep_h: f64,
    },
    /// Fatigue is far above fitness.
    Overloaded {
        /// Form as if fitness were 100 points, negative when tired.
        relative_form: f64,
    },
    /// Every day of the week was alike.
    Monotonous {
        /// Mean over standard deviation of the last seven loads.
        monotony: f64,
    },
    /// The runner's busiest day.
    BusiestDay {
        /// That weekday.
        weekday: Weekday,
    },
    /// The day of the long run.
    LongRunDay {
        /// Days since the last one, if there was one.
        days_since: Option<u32>,
    },
    /// Ready for a hard session.
    Recovered,
    /// Soon after a race one session a week may be brisk, but not more.
    ThresholdOrEasier {
        /// 1 = the day after the race.
        day: u32,
        /// The last restricted day.
        until_day: u32,
    },
    /// Nothing speaks against an easy run.
    AerobicBase,
    /// Fitness would rise too fast, so the day was made gentler.
    RampGuard {
        /// What the day would have been.
        instead_of: Kind,
        /// By how many points fitness would have risen in a week.
        rise: f64,
        /// The most it should rise in a week.
        limit: f64,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::RaceDay { distance_km } => write!(f, "race day: {}, enjoy it", Km(distance_km)),
            Self::RaceTimeGuessed => f.write_str("the race time is a guess, as your threshold speed is not known"),
            Self::RaceWhileUnwell => f.write_str("you checked in ill or in pain: start only if that is over"),
            Self::Unwell { ill, pain } => unwell(f, ill, pain),
            Self::PostRace { day, distance_km } => {
                write!(f, "day {day} after your race over {}: {}", Km(distance_km), after_race(day))
            }
            Self::Unavailable => f.write_str("you cannot train on this day"),
            Self::PreferredRestDay { weekday } => write!(f, "{} is the day you prefer to relax", Day(weekday)),
            Self::RaceTomorrow { distance_km } => {
                write!(f, "race over {} tomorrow: only loosen your legs", Km(distance_km))
            }
            Self::RaceInTwoDays { distance_km } => write!(f, "race over {} in two days: arrive fresh", Km(distance_km)),
            Self::Overtraining => {
                f.write_str("several signals of too much training: a week of rest and gentle runs comes first")
            }
            Self::Cautious => f.write_str("some signals of too much training: no long run and no hard session for now"),
            Self::Sore { soreness } => {
                write!(f, "sore muscles (about {soreness:.0} of 10 by this day): keep moving, but do not run")
            }
            Self::DayAfter { yesterday } => day_after(f, yesterday),
            Self::RunsUsed { runs, most } => {
                write!(f, "{} in the last six days, and {most} in seven are your most", Runs(runs))
            }
            Self::Streak { days } => write!(f, "{} in a row with a run: time for a break", Days(days)),
            Self::NoBreak => f.write_str("a run on each of the last six days: a day off lets your body adapt"),
            Self::NotRecovered { residual_h } => {
                write!(f, "still {} until you are ready for a hard session", Spoken(Seconds(residual_h * 3600.0)))
            }
            Self::LowMotivation { motivation } => {
                write!(f, "motivation {motivation} of 5: reason enough for a gentle day")
            }
            Self::ShortSleep { sleep_h } => {
                write!(f, "only {} of sleep: reason enough for a gentle day", Spoken(Seconds(sleep_h * 3600.0)))
            }
            Self::Overloaded { relative_form } => {
                write!(f, "form is at {:.0} % of fitness: fatigue has run far ahead", relative_form)
            }
            Self::Monotonous { monotony } => {
                write!(f, "the last seven days were much alike (monotony {monotony:.1}): rest makes the difference")
            }
            Self::BusiestDay { weekday } => write!(f, "{} is your busiest day", Day(weekday)),
            Self::LongRunDay { days_since: Some(days) } => {
                write!(f, "your long-run day, {} after the last long run", Days(days))
            }
            Self::LongRunDay { days_since: None } => f.write_str("your long-run day"),
            Self::Recovered => f.write_str("you are recovered: a hard session of your choice is allowed"),
            Self::ThresholdOrEasier { day, until_day } => write!(
                f,
                "day {day} after a race: until day {until_day} one such session a week, at threshold or easier"
            ),
            Self::AerobicBase => f.write_str("easy running builds your aerobic base"),
            Self::RampGuard { instead_of, rise, limit } => write!(
                f,
                "ramp guard: with {} fitness would rise {rise:.1} in a week, more than {limit:.1}",
                WithArticle(instead_of)
            ),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn unwell(f: &mut fmt::Formatter<'_>, ill: bool, pain: bool) -> fmt::Result {
    let what = match (ill, pain) {
        (true, true) => "you are ill and in pain",
        (true, false) => "you are ill",
        _ => "you are in pain",
    };
    write!(f, "{what}: no running until it is over, then check in again for a new plan")
}

fn day_after(f: &mut fmt::Formatter<'_>, yesterday: Kind) -> fmt::Result {
    let what = match yesterday {
        Kind::Race => "race",
        Kind::Long => "long run",
        _ => "hard session",
    };
    write!(f, "the day after your {what}: only rest or very easy running lets your legs recover")
}

/// Soreness peaks in the first days and is usually gone by days 4–7 (Takayama et al. 2017, PMC5613699).
fn after_race(day: u32) -> &'static str {
    match day {
        0..=3 => "soreness is at its worst, gentle movement helps",
        4..=7 => "soreness fades, your legs still mend",
        _ => "come back step by step",
    }
}

/// A distance in kilometres, given as it is said.
struct Km(f64);

impl fmt::Display for Km {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.fract() == 0.0 { write!(f, "{} km", self.0) } else { Metres(self.0 * 1000.0).fmt(f) }
    }
}

struct Runs(u32);

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { "run" } else { "runs" })
    }
}

struct Days(u32);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { "day" } else { "days" })
    }
}

struct WithArticle(Kind);

impl fmt::Display for WithArticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.0 == Kind::Easy { "an" } else { "a" }, self.0)
    }
}

struct Day(Weekday);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences_with_their_numbers() {
        let said = |reason: Reason| reason.to_string();
        assert_eq!(
            said(Reason::DayAfter { yesterday: Kind::Long }),
            "the day after your long run: only rest or very easy running lets your legs recover"
        );
        assert_eq!(
            said(Reason::RampGuard { instead_of: Kind::Easy, rise: 6.34, limit: 4.8 }),
            "ramp guard: with an easy run fitness would rise 6.3 in a week, more than 4.8"
        );
        assert_eq!(
            said(Reason::NotRecovered { residual_h: 13.5 }),
            "still 13 h 30 min until you are ready for a hard session"
        );
        assert_eq!(
            said(Reason::RaceTomorrow { distance_km: 21.0975 }),
            "race over 21.10 km tomorrow: only loosen your legs"
        );
        assert_eq!(said(Reason::RaceDay { distance_km: 10.0 }), "race day: 10 km, enjoy it");
        assert_eq!(
            said(Reason::RunsUsed { runs: 1, most: 1 }),
            "1 run in the last six days, and 1 in seven are your most"
        );
        assert_eq!(
            said(Reason::PreferredRestDay { weekday: Weekday::Friday }),
            "Friday is the day you prefer to relax"
        );
        assert_eq!(
            said(Reason::Unwell { ill: true, pain: false }),
            "you are ill: no running until it is over, then check in again for a new plan"
        );
        assert_eq!(
            said(Reason::Overloaded { relative_form: -41.35 }),
            "form is at -41 % of fitness: fatigue has run far ahead"
        );
    }
}
